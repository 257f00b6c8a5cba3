// The members of clocks, for JSON.
#pragma once

#include "recourse/lifecycle/clock.hpp"
#include "vocabulary/described.hpp"

namespace recourse::lifecycle {

BOOST_DESCRIBE_STRUCT(started_clock, (), (kind, due, since, length, calendar, zone, data))
BOOST_DESCRIBE_STRUCT(running_clock, (), (kind, due, since))

}  // namespace recourse::lifecycle
