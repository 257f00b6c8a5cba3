// The text of a day.
#include "recourse/calendar/date.hpp"

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

std::string_view month_name(std::int32_t month) { return month_names[static_cast<std::size_t>(month - 1)]; }

constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

}  // namespace

std::string to_text(date day) {
    auto const civil = to_civil(day);
    return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

std::string to_words(date day) {
    auto const civil = to_civil(day);
    return fmt::format("{} {} {} {:04}", name(weekday_of(day)).substr(0, 3), civil.day,
                       month_name(civil.month).substr(0, 3), civil.year);
}

result<date, std::string> parse_date(std::string_view text) {
    bool shaped = text.size() == 10;
    for (std::size_t at = 0; shaped && at < text.size(); ++at) {
        shaped = at == 4 || at == 7 ? text[at] == '-' : is_digit(text[at]);
    }
    if (!shaped) return failed{fmt::format("{} is not a date: write it as \"2026-03-29\"", quoted(text))};
    auto const number = [&](std::size_t from, std::size_t length) {
        std::int32_t value = 0;
        for (char const digit : text.substr(from, length)) value = value * 10 + (digit - '0');
        return value;
    };
    year_month_day const civil{number(0, 4), number(5, 2), number(8, 2)};
    if (civil.year < year_min)
        return failed{fmt::format("{} is not a date: years run from 0001 to 9999", quoted(text))};
    if (civil.month < 1 || civil.month > 12) {
        return failed{fmt::format("{} is not a date: months run from 01 to 12", quoted(text))};
    }
    if (!exists(civil)) {
        return failed{fmt::format("{} is not a date: {} {} has {} days", quoted(text), month_name(civil.month),
                                  civil.year, days_in_month(civil.year, civil.month))};
    }
    return to_date(civil);
}

}  // namespace recourse
