// The subcommands of `recourse policy`, and the documents that they are about.
#include "tools/policy/commands.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse::tools {

std::function<std::function<int(streams)>()> add_policy_commands(CLI::App& app) {
    auto* policies = app.add_subcommand("policy", "Policies: what they say");
    policies->require_subcommand(1);
    auto const all = std::make_shared<std::vector<policy_subcommand>>();
    for (auto* add : {add_policy_list, add_policy_show, add_policy_read, add_policy_schema, add_policy_diff,
                      add_policy_what_if, add_policy_render, add_policy_migrate, add_policy_check, add_policy_certify})
        all->push_back(add(*policies));
    return [all]() -> std::function<int(streams)> {
        for (auto const& one : *all) {
            if (one.command->parsed()) return one.run;
        }
        return {};
    };
}

std::string policy_text(std::string const& file_or_preset) {
    if (std::ifstream file{file_or_preset, std::ios::binary}) return {std::istreambuf_iterator<char>{file}, {}};
    if (auto const* built_in = find_preset(file_or_preset)) return std::string{built_in->text};
    throw std::invalid_argument{fmt::format("{} is neither a file that can be read nor a preset; the presets are {}",
                                            quoted(std::string_view{file_or_preset}), fmt::join(preset_names(), ", "))};
}

policy policy_named(std::string const& file_or_preset, calendar_set const& calendars) {
    auto read = read_policy(policy_text(file_or_preset), calendars);
    if (!read)
        throw failure{failure_kind::policy_missing, fmt::format("{} is not a sound policy:\n{}", file_or_preset,
                                                                to_text(read.error(), file_or_preset))};
    return std::move(*read);
}

}  // namespace recourse::tools
