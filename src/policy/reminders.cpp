// Reminders in a policy: for which clocks, and how long before their end.
#include <fmt/format.h>

#include <algorithm>

#include "policy/described.hpp"
#include "policy/further_checks.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {
namespace {

// These lengths are asked for by others and run on no machine.
constexpr std::array<std::string_view, 3> never_run{"escalation_wait", "mediation_lease", "appeal_window_of_loser"};

struct named_clock {
    std::string_view name;
    clock_rule const* rule = nullptr;  // null: the policy has none
};
std::vector<named_clock> clocks_that_run(policy const& read) {
    std::vector<named_clock> clocks;
    boost::mp11::mp_for_each<boost::describe::describe_members<clock_rules, boost::describe::mod_public>>(
        [&](auto member) {
            if (std::find(never_run.begin(), never_run.end(), member.name) != never_run.end()) return;
            auto const& clock = read.clocks.*member.pointer;
            if constexpr (json::is_optional<std::remove_cvref_t<decltype(clock)>>)
                clocks.push_back({member.name, clock ? &*clock : nullptr});
            else
                clocks.push_back({member.name, &clock});
        });
    clocks.push_back({"protection", &read.protection.length});
    return clocks;
}

}  // namespace

void check_reminders(policy const& read, findings& found) {
    json::place const whole;
    auto const list = whole.member("reminders");
    auto const clocks = clocks_that_run(read);
    for (std::size_t at = 0; at < read.reminders.size(); ++at) {
        auto const& one = read.reminders[at];
        auto const where = list.element(at);
        auto const clock =
            std::find_if(clocks.begin(), clocks.end(), [&](auto const& known) { return known.name == one.clock; });
        if (clock == clocks.end()) {
            std::vector<std::string_view> names;
            for (auto const& known : clocks) names.push_back(known.name);
            found.report(where.member("clock"), fmt::format("expected one of {}; found {}{}", fmt::join(names, ", "),
                                                            quoted(one.clock), json::nearest(one.clock, names)));
        } else if (clock->rule == nullptr) {
            found.report(where.member("clock"),
                         fmt::format("would never be sent: the policy has no clock {}", one.clock));
        } else if (auto const& length = clock->rule->rule.length;
                   length.unit == one.before.unit && one.before.length >= length.length) {
            found.report(where.member("before"),
                         fmt::format("would never be sent: {} is as long as the clock, {}, or longer",
                                     to_text(one.before), to_text(length)));
        }
        if (one.before.unit == period_unit::service_hours)
            found.report(where.member("before"), "a policy names no service schedule to count service_hours on");
        if (one.to.empty()) found.report(where.member("to"), "names nobody, so that it would never be sent");
        for (std::size_t who = 0; who < one.to.size(); ++who) {
            if (one.to[who] == role::timer)
                found.report(where.member("to").element(who), "a timer is no one who could be reminded");
            if (std::find(one.to.begin(), one.to.begin() + static_cast<std::ptrdiff_t>(who), one.to[who]) !=
                one.to.begin() + static_cast<std::ptrdiff_t>(who))
                found.report(where.member("to").element(who), "is listed before");
        }
        for (std::size_t before = 0; before < at; ++before) {
            if (read.reminders[before].clock == one.clock && read.reminders[before].before == one.before)
                found.report(where, fmt::format("repeats /reminders/{}", before));
        }
    }
}

}  // namespace recourse

namespace recourse::json {

void read_value(value const& from, reminder_rule& into, place const& where, problems& found) {
    written_reminder written;
    read_value<written_reminder>(from, written, where, found);
    into.clock = std::move(written.clock);
    into.to = std::move(written.to);
    if (written.before.empty()) return;
    if (auto const before = parse_period(written.before))
        into.before = *before;
    else
        found.report(where.member("before"), before.error());
}

}  // namespace recourse::json
