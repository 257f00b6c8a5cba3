// An instant: a point on the UTC time line in microseconds; leap seconds are not counted.
//
//     parse_instant("2026-03-29T01:30:00Z")->microseconds          // 1774747800000000
//     parse_instant("2026-03-29T03:30:00+02:00") == the same       // true
//     parse_instant("2026-03-29T03:30:00")                         // error: no zone
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/vocabulary/result.hpp"

namespace recourse {

struct instant {
    std::int64_t microseconds = 0;  // since 1970-01-01T00:00:00Z
    auto operator<=>(instant const&) const = default;
};

inline constexpr std::int64_t microseconds_per_second = 1'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;

// The years 0001 to 9999 are the range of every reader; arithmetic inside it cannot overflow.
inline constexpr instant first_instant{-62'135'596'800 * microseconds_per_second};
inline constexpr instant last_instant{253'402'300'800 * microseconds_per_second - 1};

constexpr instant plus_seconds(instant from, std::int64_t seconds) noexcept {
    return {from.microseconds + seconds * microseconds_per_second};
}

// RFC 3339 in UTC; the fraction is left out when it is zero: "2026-03-29T01:30:00Z".
std::string to_text(instant);

// RFC 3339 with a zone ("Z" or "+02:00"); up to six digits of fraction. The error is a sentence.
result<instant, std::string> parse_instant(std::string_view text);

}  // namespace recourse
