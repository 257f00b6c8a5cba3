// The clock of a policy by its name in the document: "seller_response".
#pragma once

#include <string_view>

#include "recourse/policy/policy.hpp"

namespace recourse {

// nullptr: there is none of that name, or the policy goes without it.
clock_rule const* clock_named(policy const& of, std::string_view name);

}  // namespace recourse
