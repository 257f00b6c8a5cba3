// The facts of an order, as the anchors of protection terms see them.
#pragma once

#include <string>

#include "recourse/policy/protection.hpp"

namespace recourse {

// A fact that cannot be, in a sentence; empty when there is none.
std::string facts_problem(protection_facts const&, protection_terms const&, time_zone const&);

// What is known of one line, of all its parcels together.
known_facts facts_of_line(protection_facts const&, protected_line const&, protection_terms const&);

}  // namespace recourse
