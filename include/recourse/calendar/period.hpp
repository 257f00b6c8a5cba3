// A length of time in the unit in which it is promised: "5 business_days" is not a number of hours.
//
//     parse_period("5 business_days")      // period{5, period_unit::business_days}
//     to_text({48, period_unit::hours})    // "48 hours"
//     parse_period("5 days")               // error: names the units there are
//     parse_period("P14D")                 // period{14, period_unit::calendar_days}
//     parse_period_range("2-3 business_days")   // a target of 2 and a limit of 3
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class period_unit : unsigned char { hours, calendar_days, business_days, service_hours, weeks, months, years };
template <>
inline constexpr std::array<std::string_view, 7> wire_names<period_unit>{
    "hours", "calendar_days", "business_days", "service_hours", "weeks", "months", "years"};

inline constexpr std::int32_t period_length_min = 1;
inline constexpr std::int32_t period_length_max = 10'000;

struct period {
    std::int32_t length = period_length_min;
    period_unit unit = period_unit::calendar_days;
    bool operator==(period const&) const = default;
};

std::string to_text(period const&);

// The length, one space, the unit; 1 to 10000. Or an ISO 8601 duration of one unit: P14D (calendar days), P2W, P6M, P1Y,
// PT48H; days with hours have no meaning on a calendar. The error is a sentence.
result<period, std::string> parse_period(std::string_view text);

// What is promised and what is allowed: "2-3 business days".
struct period_range {
    period target;
    period limit;  // of the same unit, not shorter
    bool operator==(period_range const&) const = default;
};

std::string to_text(period_range const&);  // "2-3 business_days"; "3 business_days" if both are the same

// Two lengths with a hyphen between them, one space, the unit; or a period, which is its own limit.
result<period_range, std::string> parse_period_range(std::string_view text);

}  // namespace recourse
