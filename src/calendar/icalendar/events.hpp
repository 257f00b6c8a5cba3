// The events of an iCalendar text as they are written: each property read, nothing written out yet.
//
//     problem_list found;
//     auto const text = read_events("BEGIN:VCALENDAR\r\n...", found);
//     text.events.front().start                  // its DTSTART
//     found.none()                               // every line that decides about days was understood
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/icalendar/values.hpp"
#include "recourse/calendar/holiday.hpp"
#include "recourse/vocabulary/input.hpp"

namespace recourse::icalendar {

struct event {
    std::size_t line = 0;    // of its BEGIN
    std::size_t number = 0;  // in the text, from 1
    std::string uid;
    std::string name;
    std::vector<std::string> categories;
    std::optional<moment> start;
    std::optional<moment> end;
    std::optional<length> lasts;
    std::optional<moment> replaces;  // RECURRENCE-ID
    std::vector<std::string> rules;
    std::vector<moment> more;     // RDATE
    std::vector<moment> without;  // EXDATE
    bool cancelled = false;
    bool transparent = false;
    bool is_ours = false;  // written by write_icalendar
    holiday ours;
    std::string closed;
    std::map<std::string, std::size_t, std::less<>> lines;  // where each of its properties stands
};

// As many problems as anybody reads.
class problem_list {
  public:
    void report(std::string pointer, std::string reason);
    void report(std::size_t line, std::string reason);
    void report(event const& of, std::string_view property, std::string reason);  // at the line of the property
    [[nodiscard]] bool none() const { return found_.empty(); }
    [[nodiscard]] bool are_enough() const;
    [[nodiscard]] input_problems take() { return std::move(found_); }

  private:
    input_problems found_;
};

struct event_list {
    std::vector<event> events;
    std::map<std::string, std::string, std::less<>> zone_places;  // TZID of a VTIMEZONE to its X-LIC-LOCATION
};

event_list read_events(std::string_view text, problem_list& found);

constexpr std::size_t name_bytes_max = 120;
constexpr std::size_t source_bytes_max = 400;

// A text for people: control characters and blanks are one space, and what a calendar would refuse as too long is cut.
std::string cleaned(std::string_view text, std::size_t bytes_max = name_bytes_max);

}  // namespace recourse::icalendar
