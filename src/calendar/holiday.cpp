// The text of the closed part of a half day.
#include "recourse/calendar/holiday.hpp"

#include <fmt/format.h>

namespace recourse {

namespace {

std::string time_of_day(std::int32_t second) {
    auto const text = fmt::format("{:02}:{:02}", second / 3'600, second / 60 % 60);
    return second % 60 == 0 ? text : fmt::format("{}:{:02}", text, second % 60);
}

}  // namespace

std::string to_text(half_day_span span) {
    return fmt::format("closed from {} to {}", time_of_day(span.from), time_of_day(span.until));
}

}  // namespace recourse
