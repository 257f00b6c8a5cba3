// How a clock counts: the time that runs between two instants in its own unit, and when a rest of it runs out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "recourse/calendar/countdown.hpp"

namespace recourse {

// What one of a unit is in a clock_amount: 1 day, or 3'600'000'000 microseconds.
std::int64_t countdown_ticks(period_unit unit);

// Why a clock of that unit cannot be counted on it; empty when it can.
std::string countdown_basis_problem(period_unit unit, counting const& on);
std::pair<std::string, std::string> countdown_basis_names(period_unit unit, counting const& on);  // calendar, zone
std::string countdown_data_version(period_unit unit, counting const& on);

// The day on which the clock is armed, after cut-off and start rule; nothing for hours.
result<std::optional<date>, std::string> countdown_day_zero(period_unit unit, instant at, counting const& on);

// By the running segments of the last run that have ended.
std::int64_t spent_before(countdown const& clock);

// The time in (from, to] for the ends of days, in [from, to) for hours.
result<std::int64_t, std::string> spent_between(countdown const& clock, instant from, instant to, counting const& on);
// When so much more has run from an instant; at least a day or a microsecond.
result<instant, std::string> runs_out(countdown const& clock, instant from, std::int64_t amount, counting const& on);

// The end of a period that runs from an event.
result<instant, std::string> ends_after(instant at, period const& length, counting const& on);

// Of a clock whose pauses that have ended are ended.
result<std::vector<explanation_step>, std::string> countdown_steps(countdown const& clock, instant at,
                                                                   counting const& on);

}  // namespace recourse
