// The text of a period.
#include "recourse/calendar/period.hpp"

#include <charconv>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

std::string to_text(period const& length) { return fmt::format("{} {}", length.length, wire_name(length.unit)); }

result<period, std::string> parse_period(std::string_view text) {
    auto const no_period = [&](std::string_view why) {
        return failed{fmt::format("{} is not a period: {}", quoted(text), why)};
    };
    auto const space = text.find(' ');
    if (space == std::string_view::npos) return no_period("write a length, one space and a unit, \"5 business_days\"");
    auto const number = text.substr(0, space);
    auto const unit = text.substr(space + 1);
    std::int32_t length = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), length);
    bool const whole = error == std::errc{} && end == number.data() + number.size() && number.front() != '0';
    if (!whole || length < period_length_min || length > period_length_max) {
        return no_period("its length is a whole number from 1 to 10000");
    }
    if (auto const known = from_wire_name<period_unit>(unit)) return period{length, *known};
    return no_period("its unit is hours, calendar_days or business_days");
}

}  // namespace recourse
