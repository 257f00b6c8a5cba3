// The weekend that holds on a day.
#pragma once

#include <vector>

#include "recourse/calendar/weekend.hpp"

namespace recourse {

// Of rules in the order of their days; the first holds before it too.
inline weekend_days weekend_on(std::vector<weekend_rule> const& weekends, date day) noexcept {
    auto rule = weekends.end() - 1;
    while (rule != weekends.begin() && day < rule->from) --rule;
    return rule->days;
}

}  // namespace recourse
