// `recourse policy ...`: the policies on the command line, one file a subcommand. Described in docs/commands.md.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "recourse/policy/policy.hpp"
#include "tools/commands.hpp"

namespace recourse::tools {

// One subcommand and what it does when it was given; what it throws becomes the exit code, as in commands.hpp.
struct policy_subcommand {
    CLI::App* command;
    std::function<int(streams)> run;
};

// Adds the subcommands; the function answers the one that was given, and is empty otherwise.
std::function<std::function<int(streams)>()> add_policy_commands(CLI::App& app);

policy_subcommand add_policy_list(CLI::App& policies);
policy_subcommand add_policy_show(CLI::App& policies);
policy_subcommand add_policy_read(CLI::App& policies);
policy_subcommand add_policy_schema(CLI::App& policies);
policy_subcommand add_policy_diff(CLI::App& policies);
policy_subcommand add_policy_what_if(CLI::App& policies);
policy_subcommand add_policy_render(CLI::App& policies);
policy_subcommand add_policy_migrate(CLI::App& policies);
policy_subcommand add_policy_check(CLI::App& policies);
policy_subcommand add_policy_certify(CLI::App& policies);

// The text of a policy that is named on the command line: a file, or a preset if there is no such file.
// Throws std::invalid_argument if it is neither, and names the presets.
std::string policy_text(std::string const& file_or_preset);

// The same, read; all its problems are in the message if it is not sound.
policy policy_named(std::string const& file_or_preset, calendar_set const& calendars = {});

}  // namespace recourse::tools
