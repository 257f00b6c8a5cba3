// The rows of `recourse calendar eval`: the members of each operation, as they are written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/json.hpp"
#include "recourse/calendar/legal_period.hpp"
#include "recourse/calendar/service_hours.hpp"

namespace recourse::tools {

using json::raw;

enum class count_rule : unsigned char { roll_first, quantlib };

// --- the members of each operation -------------------------------------------------------------------------------

struct define_row {
    std::string op;
    std::string name;
    raw calendar;
};
BOOST_DESCRIBE_STRUCT(define_row, (), (op, name, calendar))

struct holidays_row {
    std::string op;
    raw calendar;
    date from;
    date to;
};
BOOST_DESCRIBE_STRUCT(holidays_row, (), (op, calendar, from, to))

struct is_business_day_row {
    std::string op;
    raw calendar;
    recourse::date date;
};
BOOST_DESCRIBE_STRUCT(is_business_day_row, (), (op, calendar, date))

struct add_row {
    std::string op;
    raw calendar;
    recourse::date date;
    std::int32_t business_days = 0;
    roll_rule roll = roll_rule::none;
    count_rule count = count_rule::roll_first;
};
BOOST_DESCRIBE_STRUCT(add_row, (), (op, calendar, date, business_days, roll, count))

struct count_row {
    std::string op;
    raw calendar;
    date from;
    date to;
    bool include_first = true;
    bool include_last = false;
};
BOOST_DESCRIBE_STRUCT(count_row, (), (op, calendar, from, to, include_first, include_last))

struct adjust_row {
    std::string op;
    raw calendar;
    recourse::date date;
    roll_rule roll = roll_rule::none;
};
BOOST_DESCRIBE_STRUCT(adjust_row, (), (op, calendar, date, roll))

struct advance_row {
    std::string op;
    raw calendar;
    recourse::date date;
    std::int32_t n = 0;
    advance_unit unit = advance_unit::business_days;
    roll_rule roll = roll_rule::following;
    bool end_of_month = false;
};
BOOST_DESCRIBE_STRUCT(advance_row, (), (op, calendar, date, n, unit, roll, end_of_month))

struct service_add_row {
    std::string op;
    raw schedule;
    instant from;
    std::int64_t seconds = 0;
    edge_convention convention = edge_convention::close;
};
BOOST_DESCRIBE_STRUCT(service_add_row, (), (op, schedule, from, seconds, convention))

struct service_between_row {
    std::string op;
    raw schedule;
    instant from;
    instant to;
};
BOOST_DESCRIBE_STRUCT(service_between_row, (), (op, schedule, from, to))

struct service_is_open_row {
    std::string op;
    raw schedule;
    instant at;
};
BOOST_DESCRIBE_STRUCT(service_is_open_row, (), (op, schedule, at))

struct to_utc_row {
    std::string op;
    std::string zone;
    std::string local;
    recourse::choose choose = choose::compatible;
};
BOOST_DESCRIBE_STRUCT(to_utc_row, (), (op, zone, local, choose))

struct to_local_row {
    std::string op;
    std::string zone;
    instant utc;
};
BOOST_DESCRIBE_STRUCT(to_local_row, (), (op, zone, utc))

struct period_row {
    std::string op;
    legal_regime regime = legal_regime::plain;
    raw calendar;
    std::string zone;
    std::string from;
    std::int32_t length = 0;
    period_unit unit = period_unit::calendar_days;
    count_direction direction = count_direction::after;
    bool ends_with_event = false;
};
BOOST_DESCRIBE_STRUCT(period_row, (), (op, regime, calendar, zone, from, length, unit, direction, ends_with_event))

// --- a schedule --------------------------------------------------------------------------------------------------

struct written_window {
    std::vector<std::string> days;
    std::string open;
    std::string close;
};
BOOST_DESCRIBE_STRUCT(written_window, (), (days, open, close))

struct written_dated {
    recourse::date date;
    std::string open;
    std::string close;
};
BOOST_DESCRIBE_STRUCT(written_dated, (), (date, open, close))

struct written_schedule {
    std::string zone;
    std::vector<written_window> windows;
    std::vector<date> holidays;
    std::vector<written_dated> breaks;
    std::vector<written_dated> shifts;
};
BOOST_DESCRIBE_STRUCT(written_schedule, (), (zone, windows, holidays, breaks, shifts))

}  // namespace recourse::tools

namespace recourse {
template <>
inline constexpr std::array<std::string_view, 2> wire_names<tools::count_rule>{"roll_first", "quantlib"};
}  // namespace recourse

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 2> defaulted<tools::add_row>{"roll", "count"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<tools::count_row>{"include_first", "include_last"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<tools::advance_row>{"roll", "end_of_month"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<tools::service_add_row>{"convention"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<tools::to_utc_row>{"choose"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<tools::period_row>{"direction", "ends_with_event"};
}  // namespace recourse::json
