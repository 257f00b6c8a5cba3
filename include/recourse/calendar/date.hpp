// A calendar day, without clock and without zone, in the Gregorian calendar (proleptic before 1582).
//
//     to_date({2026, 3, 29}).days                      // 20541: days since 1970-01-01
//     weekday_of(to_date({2026, 3, 29}))               // weekday::sunday
//     to_text(plus_days(to_date({2026, 2, 28}), 1))    // "2026-03-01"
//     to_text(*plus_months(to_date({2026, 1, 31}), 1)) // "2026-02-28": clipped to the month
//     parse_date("2026-02-29")                         // error: February 2026 has 28 days
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "recourse/vocabulary/result.hpp"

namespace recourse {

struct date {
    std::int32_t days = 0;  // since 1970-01-01
    auto operator<=>(date const&) const = default;
};

struct year_month_day {
    std::int32_t year = 1970;
    std::int32_t month = 1;  // 1 to 12
    std::int32_t day = 1;    // 1 to 31
    auto operator<=>(year_month_day const&) const = default;
};

enum class weekday : unsigned char { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

struct weekday_set {
    std::uint8_t bits = 0;  // bit 0 is Monday
    [[nodiscard]] constexpr bool has(weekday day) const noexcept {
        return ((bits >> static_cast<unsigned>(day)) & 1U) != 0;
    }
    auto operator<=>(weekday_set const&) const = default;
};

inline constexpr weekday_set monday_to_friday{0b001'1111};
inline constexpr weekday_set every_weekday{0b111'1111};

// The range of every reader, of instants too.
inline constexpr std::int32_t year_min = 1;
inline constexpr std::int32_t year_max = 9999;

constexpr date plus_days(date from, std::int32_t days) noexcept { return {from.days + days}; }

constexpr bool is_leap_year(std::int32_t year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) noexcept {
    constexpr std::array<std::int32_t, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

constexpr bool exists(year_month_day const& civil) noexcept {
    return civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
           civil.day <= days_in_month(civil.year, civil.month);
}

// Both conversions count in eras of 400 years that begin on 1 March, so the leap day is the last day of its year.
constexpr date to_date(year_month_day const& civil) noexcept {
    std::int32_t const year = civil.year - (civil.month <= 2 ? 1 : 0);
    std::int32_t const era = (year >= 0 ? year : year - 399) / 400;
    std::int32_t const year_of_era = year - era * 400;
    std::int32_t const day_of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
    std::int32_t const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return {era * 146'097 + day_of_era - 719'468};
}

constexpr year_month_day to_civil(date day) noexcept {
    std::int64_t const shifted = std::int64_t{day.days} + 719'468;
    std::int64_t const era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    auto const day_of_era = static_cast<std::int32_t>(shifted - era * 146'097);
    std::int32_t const year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    std::int32_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int32_t const march_month = (5 * day_of_year + 2) / 153;
    std::int32_t const month = march_month + (march_month < 10 ? 3 : -9);
    std::int32_t const year = year_of_era + static_cast<std::int32_t>(era) * 400 + (month <= 2 ? 1 : 0);
    return {year, month, day_of_year - (153 * march_month + 2) / 5 + 1};
}

constexpr std::int32_t year_of(date day) noexcept { return to_civil(day).year; }

constexpr weekday weekday_of(date day) noexcept {
    std::int32_t const since_monday = (day.days % 7 + 10) % 7;  // 1970-01-01 was a Thursday
    return static_cast<weekday>(since_monday);
}

inline constexpr date first_date = to_date({year_min, 1, 1});
inline constexpr date last_date = to_date({year_max, 12, 31});

constexpr date end_of_month(date day) noexcept {
    auto const civil = to_civil(day);
    return to_date({civil.year, civil.month, days_in_month(civil.year, civil.month)});
}

// The same day of a later or earlier month, or its last day where it has no such day. Nothing outside the years 0001 to
// 9999.
constexpr std::optional<date> plus_months(date from, std::int64_t months) noexcept {
    if (from < first_date || from > last_date) return std::nullopt;
    constexpr std::int64_t months_max = std::int64_t{year_max} * 12;
    if (months < -months_max || months > months_max) return std::nullopt;
    auto const civil = to_civil(from);
    std::int64_t const since_year_one = std::int64_t{civil.year - year_min} * 12 + (civil.month - 1) + months;
    if (since_year_one < 0 || since_year_one >= months_max) return std::nullopt;
    auto const year = static_cast<std::int32_t>(since_year_one / 12) + year_min;
    auto const month = static_cast<std::int32_t>(since_year_one % 12) + 1;
    auto const length = days_in_month(year, month);
    return to_date({year, month, civil.day < length ? civil.day : length});
}

constexpr std::string_view name(weekday day) noexcept {
    constexpr std::array<std::string_view, 7> names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
    return names[static_cast<std::size_t>(day)];
}

std::string to_text(date);   // "2026-03-29"
std::string to_words(date);  // "Sun 29 Mar 2026"

// Exactly YYYY-MM-DD, years 0001 to 9999. The error is a sentence.
result<date, std::string> parse_date(std::string_view text);

}  // namespace recourse
