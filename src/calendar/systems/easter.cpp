// Easter: the Sunday after the first full moon of spring, as the churches reckon that moon.
#include "recourse/calendar/calendar_systems.hpp"

namespace recourse {

// The Gregorian computus in whole numbers, without exceptions: "A New York correspondent", Nature, 20 April 1876;
// printed again by Butcher and by Meeus. Its moon is the one of the Gregorian reform of 1582.
date easter_sunday(std::int32_t year) noexcept {
    std::int32_t const golden = year % 19;  // the place in the Moon's cycle of 19 years
    std::int32_t const century = year / 100;
    std::int32_t const year_of_century = year % 100;
    std::int32_t const moon_correction = (century - (century + 8) / 25 + 1) / 3;
    std::int32_t const epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    std::int32_t const to_sunday =
        (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
    // Two corner cases of the epact that would put Easter on 26 April, or on 25 April twice in one cycle.
    std::int32_t const week_back = (golden + 11 * epact + 22 * to_sunday) / 451;
    std::int32_t const from_first_of_march = epact + to_sunday - 7 * week_back + 21;
    return plus_days(to_date({year, 3, 1}), from_first_of_march);
}

// The Easter of the Julian calendar repeats after 19 x 4 x 7 years (Meeus, Astronomical Algorithms, chapter 8).
date orthodox_easter_sunday(std::int32_t year) noexcept {
    std::int32_t const epact = (19 * (year % 19) + 15) % 30;
    std::int32_t const to_sunday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7;
    std::int32_t const from_first_of_march = epact + to_sunday + 21;
    // 1 March of the Julian calendar came two days before that of the Gregorian in the year 1, and falls behind by the
    // leap days of the centuries since: 13 days from 1900 to 2099.
    std::int32_t const behind = year / 100 - year / 400 - 2;
    return plus_days(to_date({year, 3, 1}), from_first_of_march + behind);
}

}  // namespace recourse
