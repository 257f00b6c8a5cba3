// The subcommands of `recourse`, as functions of streams; exit codes are what they return.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "recourse/engine/engine.hpp"
#include "tools/calendar/sources.hpp"

namespace recourse::tools {

// Documented in docs/commands.md; frozen once released.
enum exit_code : int {
    exit_done = 0,
    exit_differs =
        1,  // play: a story did not go as told; verify, simulate: something did not hold; policy diff: they differ
    exit_usage = 2,    // wrong arguments, or something named that is not there
    exit_refused = 3,  // submit: at least one command was refused
    exit_invalid = 4,  // submit: at least one line was no command
    exit_failed = 5,   // the store, a calendar or a file failed
};

struct streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& error;
};

struct common_options {
    std::string store_path;  // empty: in memory, gone at the end
    std::vector<std::string> policy_paths;
    calendar_sources calendars;
    std::optional<instant> now;
    bool json = false;
    bool announces = false;  // submit, run-due
    engine_options engine;   // submit
    std::vector<std::string> certificate_paths{};
};

int submit(common_options const& options, streams with);
int play(common_options const& options, std::vector<std::string> const& stories, bool quiet, streams with);
int show(common_options const& options, std::string const& dispute, std::string const& viewer, streams with);
int show_actions(common_options const& options, std::string const& dispute, std::string const& role,
                 std::string const& id, streams with);
int show_worklist(common_options const& options, std::string const& role, std::string const& id, std::size_t limit,
                  streams with);
// Those after `after` until now.
int show_reminders(common_options const& options, std::string const& after, streams with);
int show_eligibility(common_options const& options, streams with);
int due(common_options const& options, std::size_t limit, streams with);
int run_due(common_options const& options, std::size_t limit, streams with);
int verify_store(common_options const& options, std::string const& dispute, streams with);
// `subject` is ROLE/ID.
int erase_texts(common_options const& options, std::string const& subject, streams with);
int export_dispute(common_options const& options, std::string const& dispute, streams with);
int write_lifecycles(std::string const& folder, streams with);
int print_lifecycles(streams with);  // all tables as one JSON object

// The whole command line, for main and for tests.
int run(int count, char const* const* arguments, streams with);

}  // namespace recourse::tools
