// The values of iCalendar properties and the days of recurring events, both by libical: the only place that knows it.
//
//     read_moments(line)                                                   // DTSTART, EXDATE, ...: dates and times
//     recurring_days("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", start, last, steps)   // every Thanksgiving
//
// Safe from several threads. libical has settings that hold for the whole process: none is changed here but the one by
// which it would abort, once. Every error is a sentence without its place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/icalendar/content_lines.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse::icalendar {

// A date, or a time on it: of the zone that is named, of UTC, or of wherever one is.
struct moment {
    date day;
    std::int32_t seconds_of_day = 0;
    bool is_date = false;
    bool is_utc = false;
    std::string zone{};  // TZID as it is written
};

// Days first, by the calendar, then seconds, by the clock: RFC 5545 section 3.3.6.
struct length {
    std::int64_t days = 0;
    std::int64_t seconds = 0;
};

// What recurring events may still cost. libical needs 2 to 10 microseconds for one step.
struct steps {
    std::int64_t left = 0;
};

// Unescaped; one for each part between commas of CATEGORIES, else one; none for an empty value.
result<std::vector<std::string>, std::string> read_texts(content_line const& line);
result<std::vector<moment>, std::string> read_moments(content_line const& line);
result<length, std::string> read_length(content_line const& line);

// The rule in capitals, after a check that it is one that gives days.
result<std::string, std::string> read_rule(content_line const& line);
// The UNTIL of a rule that was read, if it has one.
std::vector<moment> until_of(std::string_view rule);
// Every day of the rule from `start` to `last`, whatever its UNTIL. An error when `start` is none of them, and when the
// steps are used up.
result<std::vector<date>, std::string> recurring_days(std::string_view rule, date start, date last, steps& allowed);

}  // namespace recourse::icalendar
