// When a holiday is, year by year, and which day is off instead if it falls badly: one line of text each.
//
//     parse_day_rule("easter +1")                               // Easter Monday
//     parse_day_rule("tuesday after 1st monday in november")    // election day in the United States
//     parse_substitute_rule("saturday -> -1; sunday -> +1")     // the Friday before, the Monday after
//     parse_day_rule("easter + 1").error()                      // names the word that was not understood
//
// A day is a base, a search from it and a number of days:
//
//     [[NTH] WEEKDAY on or after | on or before | after | before | nearest] BASE [+N | -N]
//
//     12-25                             month and day; 02-29 is absent in other years
//     3rd monday in may                 1st to 5th, or last
//     easter, orthodox_easter           Sunday, western and eastern
//     chinese 8/15, korean, vietnamese  lunisolar month and day
//     hijri 10/1                        month and day by the Umm al-Qura tables
//     hebrew tishri 10                  month and day; adar is the last Adar of the year, adar_first that of leap years
//     qingming utc+8                    solar terms: also march_equinox, june_solstice, september_equinox, winter_solstice
//     row NAME                          the day of an earlier row of the table that has this id
//     between holidays                  a day whose neighbours are both holidays
//     listed                            only the days that the row lists
//
// A substitute rule is a list of WHEN -> WHERE. WHEN: weekdays, or `holiday` for a day that is another holiday already.
// WHERE: +N, -N, next WEEKDAY, previous WEEKDAY, next working day, previous working day, next non-holiday.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

enum class day_base : unsigned char {
    fixed,
    weekday_of_month,
    easter,
    orthodox_easter,
    chinese,
    korean,
    vietnamese,
    hijri,
    hebrew,
    qingming,
    march_equinox,
    june_solstice,
    september_equinox,
    winter_solstice,
    row,
    between_holidays,
    listed,
};

enum class weekday_search : unsigned char { none, on_or_after, on_or_before, after, before, nearest };

struct day_rule {
    day_base base = day_base::listed;
    std::int32_t month = 0;  // of fixed days, months and moons; of Hebrew days the enumerator
    std::int32_t day = 0;
    std::int32_t utc_offset_hours = 0;               // of solar terms
    std::int32_t nth = 0;                            // of weekday_of_month; -1 is the last
    recourse::weekday weekday = weekday::monday;     // of weekday_of_month
    std::string row;                                 // id of an earlier row
    weekday_search search = weekday_search::none;    // from the base
    std::int32_t search_nth = 1;                     // 2: the second such weekday
    recourse::weekday search_for = weekday::monday;  // the weekday that is searched
    std::int32_t offset_days = 0;                    // from there
    bool operator==(day_rule const&) const = default;
};

enum class substitute_target : unsigned char {
    days,                  // so many days later or earlier
    next_weekday,          // the next day that is the named weekday
    previous_weekday,      //
    next_working_day,      // neither weekend nor holiday nor another substitute
    previous_working_day,  //
    next_non_holiday,      // may be a weekend day
};

struct substitute_clause {
    weekday_set on;           // weekdays on which the clause holds
    bool on_holiday = false;  // or the day is another holiday
    substitute_target target = substitute_target::days;
    std::int32_t days = 0;
    recourse::weekday weekday = weekday::monday;
    bool operator==(substitute_clause const&) const = default;
};

// The first clause that holds, counts; none: the holiday stays alone.
using substitute_rule = std::vector<substitute_clause>;

result<day_rule, std::string> parse_day_rule(std::string_view text);
result<substitute_rule, std::string> parse_substitute_rule(std::string_view text);
result<weekday, std::string> parse_weekday(std::string_view text);       // "monday"
result<weekday_set, std::string> parse_weekdays(std::string_view text);  // "friday saturday"

// The text that reads back as the same rule.
std::string to_text(day_rule const&);
std::string to_text(substitute_rule const&);
std::string to_text(weekday_set);

}  // namespace recourse
