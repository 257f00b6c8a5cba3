// The Hebrew calendar of Hillel II: the mean new moon of Tishri, and the rules that postpone the new year.
//
// Maimonides, Mishneh Torah, Sanctification of the New Moon, chapters 6 to 8; in modern terms Reingold and Dershowitz,
// Calendrical Calculations, chapter 8. An hour has 1080 parts, a day begins at 18:00 of the evening before.
#include "recourse/calendar/calendar_systems.hpp"

namespace recourse {

namespace {

constexpr std::int64_t parts_per_hour = 1'080;
constexpr std::int64_t parts_per_day = 24 * parts_per_hour;
constexpr std::int64_t parts_per_month = 29 * parts_per_day + 12 * parts_per_hour + 793;

// The mean new moon before the first year, on a Monday at 5 hours and 204 parts, and the Sunday before it.
constexpr std::int64_t first_new_moon = parts_per_day + 5 * parts_per_hour + 204;
constexpr date first_sunday = to_date({-3760, 9, 6});
static_assert(weekday_of(first_sunday) == weekday::sunday);

constexpr std::int64_t at(std::int64_t hours, std::int64_t parts) { return hours * parts_per_hour + parts; }

constexpr bool has_leap_month(std::int32_t year) { return (7 * year + 1) % 19 < 7; }  // seven years in 19

// 1 Tishri, in days since the Sunday before the first new moon.
constexpr std::int32_t new_year(std::int32_t year) {
    std::int64_t const months = (235 * std::int64_t{year} - 234) / 19;
    std::int64_t const moon = first_new_moon + months * parts_per_month;
    auto day = static_cast<std::int32_t>(moon / parts_per_day);
    std::int64_t const time = moon % parts_per_day;
    std::int32_t const since_sunday = day % 7;
    bool const old_moon = time >= at(18, 0);
    bool const too_long = since_sunday == 2 && time >= at(9, 204) && !has_leap_month(year);       // would have 356 days
    bool const too_short = since_sunday == 1 && time >= at(15, 589) && has_leap_month(year - 1);  // the last: 382
    if (old_moon || too_long || too_short) ++day;
    // Never on Sunday, Wednesday or Friday, so that neither Hoshana Rabba nor Yom Kippur touches the Sabbath.
    if (day % 7 == 0 || day % 7 == 3 || day % 7 == 5) ++day;
    return day;
}

constexpr std::int32_t month_length(hebrew_month month, std::int32_t year_length) {
    bool const leap = year_length > 355;
    switch (month) {
        using enum hebrew_month;
        case heshvan: return year_length % 10 == 5 ? 30 : 29;
        case kislev: return year_length % 10 == 3 ? 29 : 30;
        case adar_first: return leap ? 30 : 0;
        case tevet:
        case adar:
        case iyar:
        case tammuz:
        case elul: return 29;
        case tishri:
        case shevat:
        case nisan:
        case sivan:
        case av: return 30;
    }
    return 0;  // a number that is no month
}

}  // namespace

std::optional<date> hebrew_day(std::int32_t hebrew_year, hebrew_month month, std::int32_t day) noexcept {
    if (hebrew_year < hebrew_first_year || hebrew_year > hebrew_last_year) return std::nullopt;
    std::int32_t const first = new_year(hebrew_year);
    std::int32_t const year_length = new_year(hebrew_year + 1) - first;
    if (day < 1 || day > month_length(month, year_length)) return std::nullopt;
    std::int32_t before = 0;
    for (auto past = hebrew_month::tishri; past < month; past = static_cast<hebrew_month>(static_cast<int>(past) + 1)) {
        before += month_length(past, year_length);
    }
    return plus_days(first_sunday, first + before + day - 1);
}

}  // namespace recourse
