// A clock that can be paused: a length of time that runs down over segments, in its own unit.
//
//     auto clock = *arm({5, period_unit::business_days}, monday_10h, belgium);    // due on Monday, 24:00
//     clock = *pause(clock, tuesday_10h, "information", belgium);              // no due instant
//     clock = *resume(clock, thursday_9h, belgium);    // due on Wednesday: two days were lost
//     pause(clock, wednesday_24h, "information", belgium).error()    // a sentence: it has expired
//
// Hours and service hours run to the microsecond. Days are counted by their ends: a day counts when its local midnight
// passes while the clock runs, so a pause from 10:00 to 15:00 costs nothing and one over midnight costs that day. A
// midnight on which a pause ends is lost, one on which it begins is not. The day on which the clock was armed is day 0
// and never counts. In time is t < due.
//
// Pauses are a set of reasons: the clock stands while any of them holds, and time that two share is lost once. There is
// no roll rule: business days end on open days by themselves. A command that is refused changes nothing; the refusal is
// a sentence.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/anchor.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/explanation.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class countdown_state : unsigned char { running, paused, stopped, expired };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<countdown_state>{"running", "paused", "stopped", "expired"};

// Time in the unit of a clock: days, or microseconds of hours and service hours.
struct clock_amount {
    std::int64_t amount = 0;
    period_unit unit = period_unit::hours;
    auto operator<=>(clock_amount const&) const = default;
};
std::string to_text(clock_amount const&);  // "3 business_days", "4:30:00 hours", "0:00:00.250000 service_hours"

struct countdown_segment {
    std::int32_t run = 1;  // a restart begins the next one; only the last run counts
    countdown_state kind = countdown_state::running;
    instant from;
    std::optional<instant> to{};         // nothing: it goes on
    std::vector<std::string> reasons{};  // of a pause: all that held in it; of a stop: its reason
    std::int64_t spent = 0;              // of a running one that has ended, as clock_amount
    bool operator==(countdown_segment const&) const = default;
};

struct held_pause {
    std::string reason;
    instant since;
    std::optional<instant> until{};  // its cap: then it ends by itself
    bool operator==(held_pause const&) const = default;
};

struct countdown_extension {
    instant at;
    std::int32_t by = 0;  // in the unit of the clock
    bool operator==(countdown_extension const&) const = default;
};

// Everything that is needed to go on, as plain values that can be stored with an event. What was counted is kept, so
// new holiday data changes only what is still to come, and nothing before the next command. Made by `arm`; the members
// are there to be read.
struct countdown {
    period length{};                            // of hours, calendar_days, business_days or service_hours
    std::vector<countdown_segment> segments{};  // in their order, without a hole; the last one goes on
    std::vector<held_pause> held{};             // while it is paused
    std::vector<countdown_extension> extensions{};
    std::optional<date> day_zero{};  // of the last run, when days are counted
    std::optional<instant> due{};    // nothing while it is stopped, or paused by a reason without a cap
    instant last_event;              // nothing may happen earlier
    std::string calendar{};          // or the name of the service hours
    std::string zone{};
    std::string data_version{};  // of the last answer
    bool operator==(countdown const&) const = default;
};

// Of every command: nothing, or why it is refused.
using countdown_answer = result<countdown, std::string>;

inline constexpr std::size_t pause_reason_length_max = 128;
inline constexpr std::int32_t countdown_length_max = 100'000;  // of the unit, with all extensions

countdown_answer arm(period const& length, instant at, counting const&);
// The cap runs from `at` as a deadline does, on the same calendar and zone, or the service hours. While every reason
// has one, `due` is when the clock runs out if nobody resumes it; to resume it earlier makes it due earlier.
countdown_answer pause(countdown const&, instant at, std::string_view reason, counting const&,
                       std::optional<period> cap = {});
// One reason, or all of them. A clock that was stopped goes on where it stood: a case that is opened again.
countdown_answer resume(countdown const&, instant at, counting const&, std::optional<std::string_view> reason = {});
// The whole length anew, extensions included, from any state; pauses end. A clock that ran is not due earlier for it.
countdown_answer restart(countdown const&, instant at, counting const&);
// In the unit of the clock; not once it has expired, nor while it is stopped.
countdown_answer extend(countdown const&, instant at, period const& by, counting const&);
countdown_answer stop(countdown const&, instant at, std::string_view reason, counting const&);

// As seen from an instant that is not before the last event.
countdown_state state_at(countdown const&, instant at);
clock_amount full_length(countdown const&);  // with its extensions
// What ran in the last run up to `at`, and what is left; both add up to the full length. An expired clock has 0 left.
result<clock_amount, std::string> elapsed(countdown const&, instant at, counting const&);
result<clock_amount, std::string> remaining(countdown const&, instant at, counting const&);

struct countdown_explanation {
    countdown_state state = countdown_state::running;
    clock_amount elapsed;
    clock_amount remaining;
    std::optional<instant> due;
    std::string due_words;                // "Fri 6 Mar 2026 24:00 Europe/Brussels"; empty without a due instant
    std::vector<explanation_step> steps;  // each running segment day by day, each pause with what it took
    std::string data_version;
    bool operator==(countdown_explanation const&) const = default;
};

result<countdown_explanation, std::string> explain(countdown const&, instant at, counting const&);
std::string to_text(countdown_explanation const&);  // several lines, each ended by a newline

}  // namespace recourse
