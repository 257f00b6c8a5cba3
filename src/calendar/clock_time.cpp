// Times of the day: exactly HH:MM or HH:MM:SS.
#include "recourse/calendar/clock_time.hpp"

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

// Two digits at `at`, or -1.
constexpr std::int32_t two_digits(std::string_view text, std::size_t at) {
    auto const digit = [&](std::size_t place) { return place < text.size() ? text[place] - '0' : -1; };
    auto const tens = digit(at);
    auto const ones = digit(at + 1);
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

}  // namespace

result<std::int32_t, std::string> parse_clock_time(std::string_view text) {
    bool const has_seconds = text.size() == 8;
    auto const hours = two_digits(text, 0);
    auto const minutes = two_digits(text, 3);
    auto const seconds = has_seconds ? two_digits(text, 6) : 0;
    bool const shaped = (text.size() == 5 || has_seconds) && text[2] == ':' && (!has_seconds || text[5] == ':');
    bool const in_range = hours >= 0 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60 &&
                          hours * 3'600 + minutes * 60 + seconds <= seconds_per_civil_day;
    if (!shaped || !in_range) {
        return failed{fmt::format("expected a time HH:MM or HH:MM:SS from 00:00 to 24:00; found {}", quoted(text))};
    }
    return hours * 3'600 + minutes * 60 + seconds;
}

std::string to_clock_text(std::int32_t seconds_of_day) {
    auto text = fmt::format("{:02}:{:02}", seconds_of_day / 3'600, seconds_of_day / 60 % 60);
    if (seconds_of_day % 60 != 0) text += fmt::format(":{:02}", seconds_of_day % 60);
    return text;
}

}  // namespace recourse
