// The text of the closed part of a half day.
#include "recourse/calendar/holiday.hpp"

#include <fmt/format.h>

#include "recourse/calendar/clock_time.hpp"

namespace recourse {

std::string to_text(half_day_span span) {
    return fmt::format("closed from {} to {}", to_clock_text(span.from), to_clock_text(span.until));
}

}  // namespace recourse
