// Service hours checked and put in order, and the open time that they make of a span of days.
//
//     auto const rules = rules_of(desk, nullptr);                 // the error says which field is wrong
//     windows_of(*rules, first_day, last_day).open                // {32'400, 61'200}, ...: seconds from `start`
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "recourse/calendar/service_hours.hpp"

namespace recourse {

// In seconds from the local midnight that begins the day: `closes` is after `opens`, by a day or less, so at most 172800.
struct day_window {
    std::int32_t opens = 0;
    std::int32_t closes = 0;
};

// In local seconds since 1970-01-01.
struct local_span {
    std::int64_t opens = 0;
    std::int64_t closes = 0;
};

struct day_shift {
    date day;
    day_window window;
};

struct service_rules {
    std::string name;
    time_zone zone;
    business_calendar const* calendar = nullptr;  // may be null
    std::vector<day_window> windows;              // Monday's, Tuesday's, ..., each in the order of their openings
    std::array<std::uint16_t, 8> first_window{};  // of each weekday; the last is the end
    std::vector<date> holidays;                   // in order
    std::vector<local_span> breaks;               // in order, none touches another
    std::vector<day_shift> shifts;                // in the order of their openings
    std::optional<weekday> worked_weekend_as;
    half_day_rule half_days = half_day_rule::shortened;

    [[nodiscard]] std::int64_t open_seconds_a_week() const noexcept;  // overlaps counted twice
};

result<service_rules, std::string> rules_of(service_hours hours, business_calendar const* calendar);

failed<std::string> refused_hours(std::string const& name, std::string const& why);

struct open_span {
    std::uint32_t opens = 0;
    std::uint32_t closes = 0;
};

struct compiled_windows {
    instant start;                // of the horizon
    instant end;                  // exclusive
    std::vector<open_span> open;  // in seconds from `start`, in order, none touches another
};

// At most horizon_days_max days of the years 1 to 9999 that the calendar covers.
compiled_windows windows_of(service_rules const& rules, date first_day, date last_day);

}  // namespace recourse
