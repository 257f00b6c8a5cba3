// What parts of a policy mean together with the rest of it; each part is checked in the file that it is used in.
#pragma once

#include "recourse/policy/policy.hpp"
#include "vocabulary/json.hpp"

namespace recourse {

void check_selector(policy const& read, json::problems& found);
void check_reminders(policy const& read, json::problems& found);

}  // namespace recourse
