// A country's holidays as data: one row a holiday, decrees for single years on top, compiled into a business calendar.
//
//     holiday_table const table = *read_holiday_table(text);        // a JSON document, as in src/calendar/holidays
//     compile_calendar(table, {.region = "DE-BY"})->name()         // "DE-BY"
//     read_holiday_table("{}").error()                              // every problem with its pointer
//
// A row gives its days by rule; for a year in which it lists days, those are the days, and they are decreed. A decree
// adds, removes and moves days of one year; the newest decree of a year wins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/holiday.hpp"
#include "recourse/calendar/holiday_rule.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

// One row of a table.
struct holiday_rule {
    day_rule when;
    std::string name;     // in the language of the place
    std::string english;  // empty: as name
    holiday_kind kind = holiday_kind::public_holiday;
    std::optional<std::int32_t> from;     // first year
    std::optional<std::int32_t> to;       // last year
    std::int32_t every = 1;               // years from `from` on
    std::vector<std::int32_t> except;     // years without it
    weekday_set only_on = every_weekday;  // the weekdays on which it counts at all
    substitute_rule moved;                // the day goes there
    substitute_rule substitute;           // that day is off as well
    std::vector<date> dates;              // as decreed; in their years `when` is not asked
    std::vector<std::string> regions;     // ISO 3166-2; empty: everywhere
    std::vector<std::string> except_regions;
    std::optional<recourse::certainty> certainty;  // what the kind of rule implies, unless said
    half_day_span closed{};                        // of a half day
    std::string id;                                // for rows that refer to it
    std::string source;                            // where it differs from the table's
};

struct holiday_region {
    std::string code;  // ISO 3166-2: "DE-BY"
    std::string name;
    bool operator==(holiday_region const&) const = default;
};

// What was published for one year, above the rules.
struct holiday_decree {
    struct added_day {
        date day;
        std::string name;
        std::string english;
        holiday_kind kind = holiday_kind::public_holiday;
        half_day_span closed{};
    };
    struct moved_day {  // a day off, paired with a weekend day that is worked for it
        date off;
        date worked;
        std::string name;
        std::string english;
    };
    std::string calendar;  // "CN"
    std::int32_t year = 0;
    std::string version;  // the day it was read; the later wins
    std::string source;
    bool lists_substitutes = false;  // no substitutes by rule in this year: the decree adds them all
    std::vector<added_day> added;
    std::vector<date> removed;
    std::vector<moved_day> moved;
};

struct compile_span {
    std::string region{};         // empty: what holds everywhere
    std::int32_t first_year = 0;  // 0: as the table says
    std::int32_t last_year = 0;
};

struct holiday_table {
    std::string code;  // ISO 3166-1, or a name of its own: "BE", "TARGET2"
    std::string title;
    std::vector<std::string> also;  // other names that find it
    std::vector<weekend_rule> weekends;
    std::int32_t first_year = 0;
    std::int32_t last_year = 0;
    std::string version;  // the day on which the rows were last compared with their source
    std::string source;
    bool decreed_yearly = false;  // years without a decree are predictions as a whole
    std::vector<holiday_region> regions;
    std::vector<holiday_rule> holidays;
};

// Years outside the table's and regions that it does not list are errors; so is a row that refers to a row that does
// not stand before it. Decrees of other calendars and of other years are left out.
result<business_calendar, std::string> compile_calendar(holiday_table const& table, compile_span const& span = {},
                                                        std::vector<holiday_decree> const& decrees = {});

result<holiday_table, input_problems> read_holiday_table(std::string_view json);
result<holiday_decree, input_problems> read_holiday_decree(std::string_view json);

}  // namespace recourse
