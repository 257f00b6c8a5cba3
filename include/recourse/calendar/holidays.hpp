// The calendars that are built in: one table a country in src/calendar/holidays, one decree a year in src/calendar/decrees.
//
//     find_calendar("DE")->title()        // "Germany, national public holidays"
//     find_calendar("DE-BY")->name()      // "DE-BY": a region of a country, ISO 3166-2
//     find_calendar("de")                 // nullptr: names are exact
//     find_calendar("WEEKDAYS")           // Monday to Friday of every year, no holidays
//
// A calendar is compiled when it is first asked for and lives until the program ends. Safe from several threads.
#pragma once

#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/holiday_table.hpp"

namespace recourse {

// By its name, by another name that its table lists, or by one of its regions.
business_calendar const* find_calendar(std::string_view name);

// Without regions and other names, in alphabetical order.
std::vector<std::string_view> calendar_names();

// The rows behind a calendar or region, and the decrees above them; nothing for WEEKDAYS.
holiday_table const* find_holiday_table(std::string_view name);
std::vector<holiday_decree> const& built_in_decrees(holiday_table const& table);

}  // namespace recourse
