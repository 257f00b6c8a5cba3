// `recourse policy diff A B`: what differs between two policies, and whom it favours.
#include <fmt/format.h>

#include <memory>
#include <ostream>

#include "recourse/policy/policy_diff.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/policy/commands.hpp"

namespace recourse::tools {
namespace {

std::string whom(favoured one) {
    switch (one) {
        case favoured::neither: return "favours neither party";
        case favoured::depends: return "whom it favours depends";
        default: return fmt::format("favours the {}", wire_name(one));
    }
}

int tell_differences(std::string const& before, std::string const& after, calendar_sources const& calendars,
                     bool as_json, streams with) {
    auto const known = calendars_of(calendars);
    auto const changes = policy_diff(policy_named(before, known), policy_named(after, known));
    for (auto const& one : changes) {
        if (as_json)
            with.out << to_json(one) << "\n";
        else
            with.out << fmt::format("{}\n  {}\n  {}: {}\n", one.pointer, one.words, whom(one.favours), one.because);
    }
    if (changes.empty() && !as_json) with.out << "Both policies mean the same.\n";
    return changes.empty() ? exit_done : exit_differs;
}

}  // namespace

policy_subcommand add_policy_diff(CLI::App& policies) {
    struct arguments {
        std::string before;
        std::string after;
        calendar_sources calendars;
        bool as_json = false;
    };
    auto* command = policies.add_subcommand("diff", "What differs between two policies, and whom each change favours");
    auto const given = std::make_shared<arguments>();
    command->add_option("before", given->before, "A preset, or a file")->required();
    command->add_option("after", given->after, "A preset, or a file")->required();
    command->add_flag("--json", given->as_json, "Answer in JSON, one object a change");
    add_calendar_sources(*command, given->calendars);
    return {command, [given](streams with) {
                return tell_differences(given->before, given->after, given->calendars, given->as_json, with);
            }};
}

}  // namespace recourse::tools
