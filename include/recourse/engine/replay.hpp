// replay: a dispute from its log alone. No policy, no calendar and no table is asked: what happened, happened.
#pragma once

#include <span>

#include "recourse/lifecycle/event.hpp"
#include "recourse/lifecycle/record.hpp"

namespace recourse {

// The record that the events add up to. A log with a gap, or with an event that starts from another state than the
// events before it left, is damaged: throws failure{store_corrupt} that names the event.
record replay(std::span<event const> log);

}  // namespace recourse
