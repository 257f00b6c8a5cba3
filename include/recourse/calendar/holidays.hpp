// The calendars that are built in, one table each in src/calendar/holidays.
//
//     find_calendar("BE")->title()      // "Belgium, national public holidays"
//     find_calendar("be")               // nullptr: names are exact
//     calendar_names()                  // "BE", "CN", "WEEKDAYS"
#pragma once

#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"

namespace recourse {

// Lives until the program ends. Safe from several threads.
business_calendar const* find_calendar(std::string_view name);

std::vector<std::string_view> calendar_names();

}  // namespace recourse
