// A deadline: when a period ends that runs from an instant, on a calendar and in a zone; and why it ends there.
//
//     deadline_rule const rule{.length = {5, period_unit::business_days}};
//     compute_deadline(rule, friday_afternoon, *find_calendar("BE"), brussels)->due    // Friday a week later, 24:00
//     to_text(*explain(rule, friday_afternoon, *find_calendar("BE"), brussels))        // each day skipped, and why
//
// In time is t < due. Hours run from the instant; neither start nor roll rule touches them. Days are local days: the
// day of the event is day 0 and not counted (Regulation 1182/71 article 3(1)); the period ends at local midnight after
// its last day. A civil day that the zone skipped as a whole counts, as on a wall calendar.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

// What happens when day 0 is a closed day.
enum class start_rule : unsigned char {
    count,              // it is day 0 like any other: the next day may be day 1
    adjust_then_count,  // the next business day becomes day 0
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<start_rule>{"count", "adjust_then_count"};

struct deadline_rule {
    period length;
    start_rule start = start_rule::count;
    roll_rule roll = roll_rule::none;  // for calendar_days; never moves the last day before day 0
    bool operator==(deadline_rule const&) const = default;
};

struct deadline {
    instant due;  // exclusive
    instant from;
    period length;
    std::string calendar;
    std::string zone;
    std::string data_version;  // of both: "BE 2026-11-22, zones 2026f"
    bool operator==(deadline const&) const = default;
};

// The calendar is asked only about the days that the rule needs: hours, and calendar days that neither adjust nor roll,
// never meet a gap before the year 10000.
result<deadline, calendar_gap> compute_deadline(deadline_rule const& rule, instant from,
                                                business_calendar const& calendar, time_zone const& zone);

enum class step_kind : unsigned char {
    hours_run,       // the whole period, in hours from the instant
    day_zero,        // the day of the event, not counted
    start_moved,     // day 0 was closed; `first` is the new one
    counted,         // days `first` to `last`; `number` is what the last of them counts as
    skipped,         // one closed day, not counted or not fit to end on
    rolled,          // the last day was closed; `first` is the new one
    offset_changed,  // the zone's clock was changed between start and end
};

struct explanation_step {
    step_kind kind = step_kind::day_zero;
    date first;
    date last;
    std::int32_t number = 0;
    std::string reason;  // "weekend", "Easter Monday", "following"
    bool operator==(explanation_step const&) const = default;
};

struct explanation {
    deadline answer;
    std::string from_words;  // "Fri 27 Feb 2026 15:30:00 Europe/Brussels (CET)"
    std::string due_words;   // "Fri 6 Mar 2026 24:00 Europe/Brussels"
    std::vector<explanation_step> steps;
};

// The answer of compute_deadline, walked day by day.
result<explanation, calendar_gap> explain(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                          time_zone const& zone);

std::string to_text(explanation_step const&);
std::string to_text(explanation const&);  // several lines, each ended by a newline

}  // namespace recourse
