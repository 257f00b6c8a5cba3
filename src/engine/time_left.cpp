// Counting the ends of days that are left of a clock.
#include "engine/time_left.hpp"

#include <algorithm>

namespace recourse::engine {
namespace {

using lifecycle::running_clock;
using lifecycle::started_clock;

bool counts_days(clock_rule const& rule) noexcept {
    return rule.rule.length.unit != period_unit::hours && rule.rule.length.unit != period_unit::service_hours;
}
bool is_business(clock_rule const& rule) noexcept { return rule.rule.length.unit == period_unit::business_days; }

bool is_counted(date day, clock_rule const& rule, business_calendar const& calendar) {
    if (!is_business(rule)) return true;
    auto const open = calendar.is_business_day(day);
    if (!open) throw failure{failure_kind::calendar_not_covered, to_text(open.error())};
    return *open;
}

// A deadline at a local midnight is the end of the day before it.
bool ends_a_day(instant due, time_zone const& zone) { return zone.start_of_day(zone.local_date(due)) == due; }

}  // namespace

clock_amount time_left(running_clock const& running, instant at, terms const& known) {
    auto const micros = clock_amount{running.due.microseconds - at.microseconds, period_unit::hours};
    if (running.kind == lifecycle::clock::delivery_hold) return micros;
    auto const& rule = rule_of(running.kind, *known.policy);
    if (!rule.schedule.empty()) {
        auto const open_seconds = schedule_of(rule, known).between(at, running.due);
        if (!open_seconds) throw failure{failure_kind::calendar_not_covered, to_text(open_seconds.error())};
        return {*open_seconds * microseconds_per_second, period_unit::service_hours};
    }
    auto const zone = zone_of(running.kind, known);
    if (!counts_days(rule) || !ends_a_day(running.due, zone)) return micros;
    auto const& calendar = calendar_of(running.kind, known);
    auto const past = zone.local_date(running.due);
    std::int64_t days = 0;
    for (auto day = zone.local_date(at); day < past; day = plus_days(day, 1))
        days += is_counted(day, rule, calendar) ? 1 : 0;
    return {std::max<std::int64_t>(days, 1),
            is_business(rule) ? period_unit::business_days : period_unit::calendar_days};
}

started_clock resumed(running_clock const& running, instant paused, instant at, terms const& known) {
    auto const left = time_left(running, paused, known);
    if (running.kind == lifecycle::clock::delivery_hold)
        return {running.kind, std::max(running.due, at), at, {}, {}, {}, {}};
    auto made = start_clock(running.kind, at, known);
    made.since = at;
    made.length = to_text(left);
    auto const& rule = rule_of(running.kind, *known.policy);
    auto const zone = zone_of(running.kind, known);
    auto const& calendar = calendar_of(running.kind, known);
    if (left.unit == period_unit::service_hours) {
        made.due = open_time_later(rule, at, left.amount / microseconds_per_second, known);
        return made;
    }
    if (left.unit == period_unit::hours) {
        made.due = {at.microseconds + left.amount};
        return made;
    }
    auto day = zone.local_date(at);
    for (std::int64_t counted = is_counted(day, rule, calendar) ? 1 : 0; counted < left.amount;) {
        day = plus_days(day, 1);
        counted += is_counted(day, rule, calendar) ? 1 : 0;
    }
    // A law that counts otherwise than plainly lets no period end on a day of rest.
    bool const rolls = rule.regime && *rule.regime != legal_regime::plain;
    auto const last = calendar.rolled(day, rolls ? roll_rule::following : rule.rule.roll);
    if (!last) throw failure{failure_kind::calendar_not_covered, to_text(last.error())};
    made.due = zone.end_of_day(*last);
    return made;
}

}  // namespace recourse::engine
