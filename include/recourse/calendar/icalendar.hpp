// Days in iCalendar (.ics, RFC 5545): the events of a calendar read as holidays, and a calendar written for others.
//
//     auto const days = read_icalendar(text, {.first_year = 2026, .last_year = 2028});
//     days->front().name                                    // "Inventur": its SUMMARY
//     read_icalendar("hello", {.first_year = 2026, .last_year = 2028}).error()    // line 1: expected NAME:VALUE
//     write_icalendar(*find_calendar("BE"), first, last)    // "BEGIN:VCALENDAR...", the same on every day
//
// An event is every day that it touches: all days of a VALUE=DATE event up to its exclusive end, the local days of one
// with times. Recurring events (RRULE, RDATE, EXDATE, RECURRENCE-ID) give their days in the years asked for; days
// outside are left out, and so are cancelled events. The whole text is read or none of it: an event that cannot be read
// is never skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/calendar/holiday.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

// What is longer is an error: a calendar of closures has hundreds of events.
inline constexpr std::size_t icalendar_bytes_max = 4 << 20;
inline constexpr std::size_t icalendar_events_max = 20'000;
inline constexpr std::size_t icalendar_days_max = 100'000;  // after recurring events were written out
inline constexpr std::int32_t icalendar_years_max = 200;    // from the first to the last that is asked for

// The name that a calendar gives to a zone which is not its IANA name, such as Outlook's "W. Europe Standard Time".
struct zone_alias {
    std::string name;
    time_zone zone;
};

struct icalendar_options {
    std::int32_t first_year = 0;  // both must be given
    std::int32_t last_year = 0;
    std::optional<time_zone> zone{};  // whose days count; without one an event with a time and a zone is a problem
    std::vector<zone_alias> zone_aliases{};
    holiday_kind kind = holiday_kind::public_holiday;  // of events that write_icalendar did not write; not half_day
    certainty known_by = certainty::decreed;           // likewise
    std::vector<std::string> only_categories{};        // empty: events of every category, and of none
    std::vector<std::string> except_categories{};      // an event that has one of them is left out
    bool only_busy = false;                            // leave out events that are TRANSP:TRANSPARENT
};

// In the order of their days. Names have at most 120 bytes, as in every calendar: what is longer is cut after a letter
// and ends in "...". Line breaks, other control characters and blanks in a row are one space. An event without a
// SUMMARY is a "holiday".
//
// The pointer of a problem is the line where it stands and the UID of the event: "line 12, event 7f3a@shop".
result<std::vector<holiday>, input_problems> read_icalendar(std::string_view text, icalendar_options const& options);

// One all-day event a holiday; days outside the calendar's years are left out. Its UID is made of the calendar, the day
// and the name, so a later version of the calendar changes the event and adds no second. DTSTAMP is the day in the
// calendar's data version, the latest if it has several, or 1970-01-01. read_icalendar gives the same holidays back,
// every member of them, but for blanks around or in a row within a name.
std::string write_icalendar(business_calendar const& calendar, date first, date last);

}  // namespace recourse
