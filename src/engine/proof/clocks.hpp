// What a policy's clocks can be, whenever they start.
#pragma once

#include "recourse/engine/proof.hpp"

namespace recourse::engine {

// Every clock in hours, as long as its calendar makes it from any day of the ten years after `start`, as far as there is
// data. No deadline is later than it says, whatever the start.
clock_rules longest_clocks(terms const& known, instant start);
std::vector<clock_bound> bounds_of(clock_rules const& longest);  // of these

// Of what opens at one clock and ends at another, that it never opens on some day of these years.
std::vector<policy_flaw> window_flaws(terms const& known, instant start);

// From when on some clock of the policy has no deadline, looked for in the same years, and which.
struct end_of_data {
    instant until;
    std::string pointer;
};
end_of_data end_of_calendars(terms const& known, instant start);

}  // namespace recourse::engine
