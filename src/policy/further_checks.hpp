// What parts of a policy mean together with the rest of it; each part is checked in the file that it is used in.
#pragma once

#include "policy/findings.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse {

void check_selector(policy const& read, findings& found);
void check_reminders(policy const& read, findings& found);

}  // namespace recourse
