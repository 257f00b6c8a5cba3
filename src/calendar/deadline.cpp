// The end of a period, and the same end walked day by day for people.
#include "recourse/calendar/deadline.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "calendar/walk.hpp"
#include "recourse/calendar/clock_time.hpp"

namespace recourse {

namespace {

// The days between which a deadline runs. Hours have none.
struct day_span {
    date event;     // the local date of the instant
    date received;  // after the cut-off
    date day_zero;  // after the start rule
    date counted;   // the last day by counting
    date last;      // after the roll rule
};

calendar_gap beyond_dates(business_calendar const& calendar) { return {calendar.name(), year_max + 1}; }

result<date, calendar_gap> count_from(date day_zero, period const& length, business_calendar const& calendar) {
    if (length.unit == period_unit::business_days) return calendar.add_business_days(day_zero, length.length);
    auto const reached = walk::shifted(day_zero, length.unit, length.length);
    // No calendar of days goes on beyond the year 9999.
    if (!reached) return failed{beyond_dates(calendar)};
    return *reached;
}

result<day_span, calendar_gap> days_of(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                       time_zone const& zone) {
    date const event = zone.local_date(from);
    bool const late = rule.cut_off && zone.to_local(from).seconds_of_day >= *rule.cut_off;
    date const received = late ? plus_days(event, 1) : event;
    auto const day_zero =
        rule.start == start_rule::adjust_then_count ? calendar.rolled(received, roll_rule::following) : received;
    if (!day_zero) return failed{day_zero.error()};
    auto const counted = count_from(*day_zero, rule.length, calendar);
    if (!counted) return failed{counted.error()};
    // Business days end on an open day by themselves.
    auto const last = rule.length.unit == period_unit::business_days ? *counted : calendar.rolled(*counted, rule.roll);
    if (!last) return failed{last.error()};
    // A short period that rolls back over a long holiday would otherwise end before it began.
    return day_span{event, received, *day_zero, *counted, std::max(*last, *day_zero)};
}

instant bounded(instant due, deadline_bounds const& bounds) {
    if (bounds.not_before) due = std::max(due, *bounds.not_before);
    if (bounds.not_after) due = std::min(due, *bounds.not_after);
    if (bounds.shown) due = std::max(due, *bounds.shown);
    return due;
}

// One step for each bound that moved the answer.
void walk_bounds(walk::steps& told, instant due, deadline_bounds const& bounds, time_zone const& zone) {
    auto const hold = [&](std::optional<instant> const& bound, bool later, step_kind kind) {
        if (!bound || (later ? *bound <= due : *bound >= due)) return;
        due = *bound;
        told.push_back(walk::step(kind, zone.local_date({due.microseconds - 1}), due_in_words(due, zone)));
    };
    hold(bounds.not_before, true, step_kind::held_not_before);
    hold(bounds.not_after, false, step_kind::held_not_after);
    hold(bounds.shown, true, step_kind::held_as_shown);
}

void walk_days(walk::steps& told, deadline_rule const& rule, day_span const& days, business_calendar const& calendar) {
    if (days.received != days.event) {
        told.push_back(walk::step(
            step_kind::cut_off, days.received,
            fmt::format("it came on {} at {} or later", to_words(days.event), to_clock_text(*rule.cut_off))));
    }
    told.push_back(walk::step(step_kind::day_zero, days.received));
    for (date day = days.received; day < days.day_zero; day = plus_days(day, 1)) {
        told.push_back(walk::skipped(calendar, day));
    }
    if (days.day_zero != days.received) told.push_back(walk::step(step_kind::start_moved, days.day_zero));
    if (rule.length.unit == period_unit::business_days) {
        return walk::business_days(told, days.day_zero, days.last, calendar);
    }
    if (rule.length.unit == period_unit::calendar_days) {
        auto counted = walk::step(step_kind::counted, plus_days(days.day_zero, 1));
        counted.last = days.counted;
        counted.number = rule.length.length;
        told.push_back(std::move(counted));
    } else {
        told.push_back(
            walk::step(step_kind::shifted, days.counted, fmt::format("{} later", walk::period_words(rule.length))));
    }
    walk::roll(told, days.counted, days.last, std::string{wire_name(rule.roll)}, {}, calendar);
}

// The answer before its bounds.
result<instant, calendar_gap> counted_due(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                          time_zone const& zone) {
    if (from < first_instant || from > last_instant) {
        return failed{calendar_gap{calendar.name(), year_of(zone.local_date(from))}};
    }
    if (rule.length.unit == period_unit::service_hours) return failed{calendar_gap{calendar.name(), no_year}};
    if (rule.length.unit == period_unit::hours) return plus_seconds(from, std::int64_t{rule.length.length} * 3'600);
    auto const days = days_of(rule, from, calendar, zone);
    if (!days) return failed{days.error()};
    return zone.end_of_day(days->last);
}

std::optional<date> last_day_of(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                time_zone const& zone, deadline_bounds const& bounds) {
    auto const due = counted_due(rule, from, calendar, zone);
    if (!due) return std::nullopt;
    return zone.local_date({bounded(*due, bounds).microseconds - 1});
}

}  // namespace

result<instant, calendar_gap> due_at(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                     time_zone const& zone, deadline_bounds const& bounds) {
    auto const counted = counted_due(rule, from, calendar, zone);
    if (!counted) return failed{counted.error()};
    auto const due = bounded(*counted, bounds);
    if (due < first_instant || due > last_instant) return failed{beyond_dates(calendar)};
    return due;
}

result<deadline, calendar_gap> compute_deadline(deadline_rule const& rule, instant from,
                                                business_calendar const& calendar, time_zone const& zone,
                                                deadline_bounds const& bounds) {
    auto const due = due_at(rule, from, calendar, zone, bounds);
    if (!due) return failed{due.error()};
    return deadline{
        *due, from, rule.length, calendar.name(), std::string{zone.name()}, walk::data_version_of(calendar)};
}

result<explanation, calendar_gap> explain(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                          time_zone const& zone, deadline_bounds const& bounds) {
    auto answer = compute_deadline(rule, from, calendar, zone, bounds);
    if (!answer) return failed{answer.error()};
    explanation told{*answer, in_words(from, zone), due_in_words(answer->due, zone), {}, std::nullopt};
    auto const start = zone.local_date(from);
    if (rule.length.unit == period_unit::hours) {
        auto hours = walk::step(step_kind::hours_run, start);
        // Midnight is the end of a day here.
        hours.last = zone.local_date({from.microseconds + std::int64_t{rule.length.length} * 3'600'000'000 - 1});
        hours.number = rule.length.length;
        told.steps.push_back(std::move(hours));
    } else {
        auto const days = days_of(rule, from, calendar, zone).value();
        walk_days(told.steps, rule, days, calendar);
        auto const last = zone.local_date({answer->due.microseconds - 1});
        told.may_fall = walk::may_fall(calendar, {days.event, days.last}, last, [&](business_calendar const& other) {
            return last_day_of(rule, from, other, zone, bounds);
        });
    }
    walk_bounds(told.steps, counted_due(rule, from, calendar, zone).value(), bounds, zone);
    walk::clock_change(told.steps, from, answer->due, zone);
    return told;
}

result<deadline, schedule_gap> compute_deadline(period const& service_hours, instant from,
                                                service_schedule const& schedule, deadline_bounds const& bounds) {
    auto const counted = schedule.add(from, std::int64_t{service_hours.length} * 3'600, edge_convention::close);
    if (!counted) return failed{counted.error()};
    auto const zone = schedule.zone();
    return deadline{bounded(*counted, bounds),
                    from,
                    service_hours,
                    schedule.name(),
                    std::string{zone.name()},
                    fmt::format("zones {}", zone_data_version())};
}

result<explanation, schedule_gap> explain(period const& service_hours, instant from, service_schedule const& schedule,
                                          deadline_bounds const& bounds) {
    auto answer = compute_deadline(service_hours, from, schedule, bounds);
    if (!answer) return failed{answer.error()};
    auto const& zone = schedule.zone();
    explanation told{*answer, in_words(from, zone), due_in_words(answer->due, zone), {}, std::nullopt};
    auto const counted = schedule.add(from, std::int64_t{service_hours.length} * 3'600, edge_convention::close).value();
    auto const open = schedule.open_intervals(from, counted);
    if (!open) return failed{open.error()};
    for (auto const& one : *open) {
        auto const seconds = (one.closes.microseconds - one.opens.microseconds) / microseconds_per_second;
        auto step = walk::step(step_kind::open_hours, zone.local_date(one.opens),
                               fmt::format("{} to {}", in_words(one.opens, zone), due_in_words(one.closes, zone)));
        step.number = static_cast<std::int32_t>(seconds);
        told.steps.push_back(std::move(step));
    }
    walk_bounds(told.steps, counted, bounds, zone);
    walk::clock_change(told.steps, from, answer->due, zone);
    return told;
}

}  // namespace recourse
