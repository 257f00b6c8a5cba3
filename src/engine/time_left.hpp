// What remains of a clock that is paused, in its own unit, and the clock that goes on with it.
#pragma once

#include "engine/situation.hpp"
#include "recourse/calendar/countdown.hpp"

namespace recourse::engine {

// Days are counted by their ends, as `countdown` counts them: a day remains if its midnight has not passed. Hours, and
// deadlines that are not at a midnight, remain to the microsecond.
clock_amount time_left(lifecycle::running_clock const& running, instant at, terms const& known);

// The clock that has as much left at `at` as it had when it was paused. A promised delivery does not move: it is due when
// it was, or at once.
lifecycle::started_clock resumed(lifecycle::running_clock const& running, instant paused, instant at,
                                 terms const& known);

}  // namespace recourse::engine
