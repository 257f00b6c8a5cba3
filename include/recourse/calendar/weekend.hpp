// The weekly rest days of a calendar, and since when.
//
//     saturday_and_sunday.has(weekday::sunday)                           // true
//     open_days_a_week(friday_and_saturday)                              // 5
//     weekend_rule{to_date({2022, 1, 1}), saturday_and_sunday}           // the United Arab Emirates since 2022
#pragma once

#include <bit>
#include <compare>
#include <cstdint>

#include "recourse/calendar/date.hpp"

namespace recourse {

struct weekend_days {
    std::uint8_t bits = 0;  // bit 0 is Monday
    [[nodiscard]] constexpr bool has(weekday day) const noexcept {
        return ((bits >> static_cast<unsigned>(day)) & 1U) != 0;
    }
    auto operator<=>(weekend_days const&) const = default;
};

inline constexpr weekend_days saturday_and_sunday{0b110'0000};
inline constexpr weekend_days friday_and_saturday{0b011'0000};

constexpr std::int32_t open_days_a_week(weekend_days weekend) noexcept {
    return 7 - std::popcount(static_cast<std::uint8_t>(weekend.bits & 0b111'1111U));
}

struct weekend_rule {
    date from = first_date;
    weekend_days days = saturday_and_sunday;
    bool operator==(weekend_rule const&) const = default;
};

}  // namespace recourse
