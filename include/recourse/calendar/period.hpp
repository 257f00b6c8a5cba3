// A length of time in the unit in which it is promised: "5 business_days" is not a number of hours.
//
//     parse_period("5 business_days")      // period{5, period_unit::business_days}
//     to_text({48, period_unit::hours})    // "48 hours"
//     parse_period("5 days")               // error: names the three units
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class period_unit : unsigned char { hours, calendar_days, business_days };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<period_unit>{"hours", "calendar_days", "business_days"};

inline constexpr std::int32_t period_length_min = 1;
inline constexpr std::int32_t period_length_max = 10'000;

struct period {
    std::int32_t length = period_length_min;
    period_unit unit = period_unit::calendar_days;
    bool operator==(period const&) const = default;
};

std::string to_text(period const&);

// The length, one space, the unit; 1 to 10000. The error is a sentence.
result<period, std::string> parse_period(std::string_view text);

}  // namespace recourse
