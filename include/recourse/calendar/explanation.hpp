// Why an answer of the calendar is what it is: the days walked one by one, as a structure, as text and as JSON.
//
//     to_text(told)        // "3 business days from Fri 27 Feb 2026 ...", one line a step
//     to_json(told)        // {"due":"2026-03-04T23:00:00Z","steps":[{"kind":"day_zero",...
//     told.steps[2].source // who says that this day is a holiday
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

struct deadline {
    instant due;  // exclusive
    instant from;
    period length;
    std::string calendar;
    std::string zone;
    std::string data_version;  // of both: "BE 2026-11-22, zones 2026f"
    bool operator==(deadline const&) const = default;
};

enum class step_kind : unsigned char {
    hours_run,        // the whole period, in hours from the instant
    day_zero,         // the day of the event, not counted
    start_moved,      // day 0 was closed; `first` is the new one
    counted,          // days `first` to `last`; `number` is what the last of them counts as
    skipped,          // one closed day, not counted or not fit to end on
    rolled,           // the last day was closed; `first` is the new one
    offset_changed,   // the zone's clock was changed between start and end
    cut_off,          // the event came too late in the day; `first` counts as its day
    shifted,          // so many weeks, months or years on; `first` is the day that is reached
    lengthened,       // a provision moved the last day to `first`
    not_counted,      // days or hours that a provision leaves out
    open_hours,       // service hours that run on `first`; `number` is how many seconds
    held_not_before,  // the answer would have been earlier; `first` is where it is held
    held_not_after,   // the answer would have been later
    held_as_shown,    // the answer would have been earlier than what somebody was shown
    anchored,         // what the period runs from
};
template <>
inline constexpr std::array<std::string_view, 16> wire_names<step_kind>{
    "hours_run",       "day_zero",       "start_moved",   "counted",    "skipped",     "rolled",
    "offset_changed",  "cut_off",        "shifted",       "lengthened", "not_counted", "open_hours",
    "held_not_before", "held_not_after", "held_as_shown", "anchored"};

struct explanation_step {
    step_kind kind = step_kind::day_zero;
    date first;
    date last;
    std::int32_t number = 0;
    std::string reason;                           // "weekend", "Easter Monday", "following"
    std::string source;                           // who says so: a law, a decree, a provision; may be empty
    std::optional<recourse::certainty> known_by;  // of a holiday
    bool operator==(explanation_step const&) const = default;
};

enum class count_direction : unsigned char { after, before };
template <>
inline constexpr std::array<std::string_view, 2> wire_names<count_direction>{"after", "before"};

// Where the last day may come to lie when predicted holidays fall on another day.
struct day_range {
    date earliest;
    date latest;
    bool operator==(day_range const&) const = default;
};

struct explanation {
    deadline answer;
    std::string from_words;  // "Fri 27 Feb 2026 15:30:00 Europe/Brussels (CET)"
    std::string due_words;   // "Fri 6 Mar 2026 24:00 Europe/Brussels"
    std::vector<explanation_step> steps;
    std::optional<day_range> may_fall{};  // only where a predicted holiday lies on the way
    std::string regime{};                 // the legal regime that it was counted by; empty: a rule of a policy
    count_direction direction = count_direction::after;
};

std::string to_text(explanation_step const&);
std::string to_text(explanation const&);  // several lines, each ended by a newline
std::string to_json(explanation const&);  // one object on one line

}  // namespace recourse
