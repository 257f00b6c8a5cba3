// The text of a period and of a range of them.
#include "recourse/calendar/period.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "calendar/walk.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

failed<std::string> no_period(std::string_view text, std::string_view why) {
    return failed{fmt::format("{} is not a period: {}", quoted(text), why)};
}

// A whole number from 1 to 10000 without sign and without leading zeros.
std::optional<std::int32_t> read_length(std::string_view number) {
    std::int32_t length = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), length);
    bool const whole = error == std::errc{} && end == number.data() + number.size() && number.front() != '0';
    if (!whole || length < period_length_min || length > period_length_max) return std::nullopt;
    return length;
}

// "P14D", "P2W", "P6M", "P1Y", "PT48H": one number with one unit.
result<period, std::string> parse_iso_duration(std::string_view text) {
    bool const of_time = text.starts_with("PT");
    auto const rest = text.substr(of_time ? 2 : 1);
    auto const letter = rest.empty() ? ' ' : rest.back();
    std::optional<period_unit> unit;
    if (of_time && letter == 'H') unit = period_unit::hours;
    if (!of_time && letter == 'D') unit = period_unit::calendar_days;
    if (!of_time && letter == 'W') unit = period_unit::weeks;
    if (!of_time && letter == 'M') unit = period_unit::months;
    if (!of_time && letter == 'Y') unit = period_unit::years;
    if (!unit || rest.size() < 2)
        return no_period(text, "an ISO 8601 duration has one number and one unit here, P14D, P2W, P6M, P1Y or PT48H");
    auto const length = read_length(rest.substr(0, rest.size() - 1));
    if (!length) return no_period(text, "its length is a whole number from 1 to 10000, without more units");
    return period{*length, *unit};
}

}  // namespace

std::string to_text(period const& length) {
    fmt::basic_memory_buffer<char, 64> text;
    walk::append_period(text, length);
    return {text.data(), text.size()};
}

std::string to_text(period_range const& range) {
    if (range.target == range.limit) return to_text(range.limit);
    return fmt::format("{}-{}", range.target.length, to_text(range.limit));
}

result<period, std::string> parse_period(std::string_view text) {
    if (text.starts_with('P')) return parse_iso_duration(text);
    auto const space = text.find(' ');
    if (space == std::string_view::npos) {
        return no_period(text, "write a length, one space and a unit, \"5 business_days\"");
    }
    auto const length = read_length(text.substr(0, space));
    if (!length) return no_period(text, "its length is a whole number from 1 to 10000");
    if (auto const known = from_wire_name<period_unit>(text.substr(space + 1))) return period{*length, *known};
    return no_period(text, fmt::format("its unit is one of {}", fmt::join(wire_names<period_unit>, ", ")));
}

result<period_range, std::string> parse_period_range(std::string_view text) {
    auto const hyphen = text.find('-');
    auto const limit = parse_period(hyphen == std::string_view::npos ? text : text.substr(hyphen + 1));
    if (hyphen == std::string_view::npos && limit) return period_range{*limit, *limit};
    if (!limit) return failed{limit.error()};
    auto const target = read_length(text.substr(0, hyphen));
    if (!target || *target > limit->length) {
        return no_period(text,
                         "its first length is a whole number that is not above the second, \"2-3 business_days\"");
    }
    return period_range{{*target, limit->unit}, *limit};
}

}  // namespace recourse
