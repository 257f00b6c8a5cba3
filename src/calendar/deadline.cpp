// The end of a period, and the same end walked day by day for people.
#include "recourse/calendar/deadline.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace recourse {

namespace {

// The days between which a deadline runs. Hours have none.
struct day_span {
    date event;     // the local date of the instant
    date day_zero;  // after the start rule
    date counted;   // the last day by counting
    date last;      // after the roll rule
};

result<date, calendar_gap> count_from(date day_zero, period const& length, business_calendar const& calendar) {
    if (length.unit == period_unit::business_days) return calendar.add_business_days(day_zero, length.length);
    auto const last = std::int64_t{day_zero.days} + length.length;
    // No calendar of days goes on beyond the year 9999.
    if (last > last_date.days) return failed{calendar_gap{calendar.name(), year_max + 1}};
    return date{static_cast<std::int32_t>(last)};
}

result<day_span, calendar_gap> days_of(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                       time_zone const& zone) {
    date const event = zone.local_date(from);
    auto const day_zero =
        rule.start == start_rule::adjust_then_count ? calendar.rolled(event, roll_rule::following) : event;
    if (!day_zero) return failed{day_zero.error()};
    auto const counted = count_from(*day_zero, rule.length, calendar);
    if (!counted) return failed{counted.error()};
    // Business days end on an open day by themselves.
    auto const last = rule.length.unit == period_unit::calendar_days ? calendar.rolled(*counted, rule.roll) : *counted;
    if (!last) return failed{last.error()};
    // A short period that rolls back over a long holiday would otherwise end before it began.
    return day_span{event, *day_zero, *counted, std::max(*last, *day_zero)};
}

std::string data_version_of(business_calendar const& calendar) {
    std::string text;
    auto const zones = zone_data_version();
    text.reserve(calendar.name().size() + calendar.data_version().size() + zones.size() + 9);
    text += calendar.name();
    text += ' ';
    text += calendar.data_version();
    text += ", zones ";
    text += zones;
    return text;
}

result<deadline, calendar_gap> made(instant due, deadline_rule const& rule, instant from,
                                    business_calendar const& calendar, time_zone const& zone) {
    if (due > last_instant) return failed{calendar_gap{calendar.name(), year_max + 1}};
    return deadline{due, from, rule.length, calendar.name(), std::string{zone.name()}, data_version_of(calendar)};
}

std::string period_words(period const& length) {
    auto text = to_text(length);
    for (char& letter : text) letter = letter == '_' ? ' ' : letter;
    if (length.length == 1) text.pop_back();
    return text;
}

// Counts from the day after day 0, one step for each run of counted days and one for each day skipped.
void walk_business_days(std::vector<explanation_step>& steps, day_span const& days, business_calendar const& calendar) {
    std::int32_t number = 0;
    for (date day = plus_days(days.day_zero, 1); day <= days.last; day = plus_days(day, 1)) {
        auto const state = calendar.day_reason(day).value();  // covered: it was counted over
        bool const goes_on = steps.back().kind == step_kind::counted && steps.back().last == plus_days(day, -1);
        if (!state.is_open()) {
            steps.push_back({step_kind::skipped, day, day, 0, to_text(state)});
        } else if (goes_on && state.kind == day_kind::working && steps.back().reason.empty()) {
            steps.back().last = day;
            steps.back().number = ++number;
        } else {
            auto reason = state.kind == day_kind::working ? std::string{} : to_text(state);
            steps.push_back({step_kind::counted, day, day, ++number, std::move(reason)});
        }
    }
}

// The closed days from the last counted day to the day that the deadline moved to.
void walk_roll(std::vector<explanation_step>& steps, day_span const& days, roll_rule roll,
               business_calendar const& calendar) {
    std::int32_t const step = days.last > days.counted ? 1 : -1;
    for (date day = days.counted; day != days.last; day = plus_days(day, step)) {
        steps.push_back({step_kind::skipped, day, day, 0, to_text(calendar.day_reason(day).value())});
    }
    if (days.last != days.counted) {
        steps.push_back({step_kind::rolled, days.last, days.last, 0, std::string{wire_name(roll)}});
    }
}

void walk_days(std::vector<explanation_step>& steps, deadline_rule const& rule, day_span const& days,
               business_calendar const& calendar) {
    steps.push_back({step_kind::day_zero, days.event, days.event, 0, {}});
    for (date day = days.event; day < days.day_zero; day = plus_days(day, 1)) {
        steps.push_back({step_kind::skipped, day, day, 0, to_text(calendar.day_reason(day).value())});
    }
    if (days.day_zero != days.event) {
        steps.push_back({step_kind::start_moved, days.day_zero, days.day_zero, 0, {}});
    }
    if (rule.length.unit == period_unit::business_days) return walk_business_days(steps, days, calendar);
    steps.push_back({step_kind::counted, plus_days(days.day_zero, 1), days.counted, rule.length.length, {}});
    walk_roll(steps, days, rule.roll, calendar);
}

std::string offset_text(local_time const& local) {
    auto const minutes = std::abs(local.offset_seconds) / 60;
    return fmt::format("{} {}{:02}:{:02}", local.abbreviation, local.offset_seconds < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

}  // namespace

result<deadline, calendar_gap> compute_deadline(deadline_rule const& rule, instant from,
                                                business_calendar const& calendar, time_zone const& zone) {
    if (from < first_instant || from > last_instant) {
        return failed{calendar_gap{calendar.name(), year_of(zone.local_date(from))}};
    }
    if (rule.length.unit == period_unit::hours) {
        auto const due = plus_seconds(from, std::int64_t{rule.length.length} * 3'600);
        return made(due, rule, from, calendar, zone);
    }
    auto const days = days_of(rule, from, calendar, zone);
    if (!days) return failed{days.error()};
    return made(zone.end_of_day(days->last), rule, from, calendar, zone);
}

result<explanation, calendar_gap> explain(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                          time_zone const& zone) {
    auto answer = compute_deadline(rule, from, calendar, zone);
    if (!answer) return failed{answer.error()};
    explanation told{*answer, {}, due_in_words(answer->due, zone), {}};
    auto const start = zone.to_local(from);
    auto const end = zone.to_local(answer->due);
    told.from_words = in_words(from, zone);
    if (rule.length.unit == period_unit::hours) {
        told.steps.push_back({step_kind::hours_run, start.day, end.day, rule.length.length, {}});
    } else {
        walk_days(told.steps, rule, days_of(rule, from, calendar, zone).value(), calendar);
    }
    if (start.offset_seconds != end.offset_seconds) {
        told.steps.push_back({step_kind::offset_changed, start.day, end.day, 0,
                              fmt::format("{} to {}", offset_text(start), offset_text(end))});
    }
    return told;
}

std::string to_text(explanation_step const& step) {
    auto const days = step.first == step.last ? to_words(step.first)
                                              : fmt::format("{} to {}", to_words(step.first), to_words(step.last));
    switch (step.kind) {
        case step_kind::hours_run: return fmt::format("{}: hours run from the instant, through closed days", days);
        case step_kind::day_zero: return fmt::format("{}: day 0, not counted", days);
        case step_kind::start_moved: return fmt::format("{}: day 0 instead, the first working day", days);
        case step_kind::counted: {
            auto const first = step.number - (step.last.days - step.first.days);
            auto const numbers =
                first == step.number ? fmt::format("day {}", first) : fmt::format("days {} to {}", first, step.number);
            return fmt::format("{}: {}{}{}", days, numbers, step.reason.empty() ? "" : ", ", step.reason);
        }
        case step_kind::skipped: return fmt::format("{}: closed, {}", days, step.reason);
        case step_kind::rolled: return fmt::format("{}: the last day instead ({})", days, step.reason);
        case step_kind::offset_changed: return fmt::format("the clocks change on the way, {}", step.reason);
    }
    return "unknown step";
}

std::string to_text(explanation const& told) {
    auto const& answer = told.answer;
    auto text = fmt::format("{} from {}\n", period_words(answer.length), told.from_words);
    for (auto const& step : told.steps) text += fmt::format("  {}\n", to_text(step));
    text += fmt::format("due before {} ({})\n", told.due_words, to_text(answer.due));
    text += fmt::format("calendar {}, zone {}, data {}\n", answer.calendar, answer.zone, answer.data_version);
    return text;
}

}  // namespace recourse
