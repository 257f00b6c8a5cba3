// The arithmetic Hijri calendar: months of 30 and 29 days in turn, and 11 leap days in 30 years.
#include "recourse/calendar/calendar_systems.hpp"

namespace recourse {

std::optional<date> islamic_civil_day(std::int32_t hijri_year, std::int32_t month, std::int32_t day) noexcept {
    if (hijri_year < islamic_civil_first_year || hijri_year > islamic_civil_last_year) return std::nullopt;
    if (month < 1 || month > 12) return std::nullopt;
    bool const leap = (11 * hijri_year + 14) % 30 < 11;  // the years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29
    std::int32_t const length = month % 2 == 1 || (month == 12 && leap) ? 30 : 29;
    if (day < 1 || day > length) return std::nullopt;
    std::int32_t const before_year = 354 * (hijri_year - 1) + (11 * hijri_year + 3) / 30;
    std::int32_t const before_month = 29 * (month - 1) + month / 2;
    return plus_days(to_date({622, 7, 19}), before_year + before_month + day - 1);  // 16 July 622, Julian
}

}  // namespace recourse
