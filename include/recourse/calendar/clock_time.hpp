// A time of the day on the wall, as seconds: "09:00", "17:30:15", and "24:00" for the end of the day.
//
//     *parse_clock_time("09:00")        // 32400
//     to_clock_text(86'400)             // "24:00"
//     parse_clock_time("9:00").error()  // expected HH:MM or HH:MM:SS ...
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/vocabulary/result.hpp"

namespace recourse {

inline constexpr std::int32_t seconds_per_civil_day = 86'400;

// 0 to 86400. The error is a sentence.
result<std::int32_t, std::string> parse_clock_time(std::string_view text);

std::string to_clock_text(std::int32_t seconds_of_day);  // "09:00"; seconds only where there are some

}  // namespace recourse
