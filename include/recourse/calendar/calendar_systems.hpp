// Days of other calendars as Gregorian days: Easter, lunisolar, Hijri and Hebrew dates, and the solar terms.
//
//     easter_sunday(2026)                                               // 2026-04-05
//     lunisolar_day(lunisolar_tradition::korean, 2027, 1, 1)            // 2027-02-07, in China 2027-02-06
//     umm_al_qura_day(1447, 10, 1)                                      // 2026-03-20
//     hebrew_day(5787, hebrew_month::tishri, 1)                         // 2026-09-12
//     solar_term_day(solar_term::qingming, 2026, 8)                     // 2026-04-05
//
// What a table does not cover, and what a calendar does not have, is nothing: never a neighbouring day, never a guess.
// A day is the one that begins at midnight. Where a feast begins at sunset, that is the evening before.
#pragma once

#include <cstdint>
#include <optional>

#include "recourse/calendar/date.hpp"

namespace recourse {

// By the Gregorian computus. The year is from 1 to 9999, as everywhere; before 1583 it is what the rule would give.
date easter_sunday(std::int32_t year) noexcept;

// By the Julian computus, given as a Gregorian day: Easter of the Orthodox churches.
date orthodox_easter_sunday(std::int32_t year) noexcept;

// One rule, three meridians: a month begins on the local day of the new moon, and a moon near midnight begins a month a
// day apart. Each has a table of its own.
enum class lunisolar_tradition : unsigned char {
    chinese,     // UTC+8; the meridian of Beijing to 1928
    korean,      // UTC+9; as the Korean almanac has it to 2050, by the rule from 2051
    vietnamese,  // UTC+7 from 1968; the meridian of Beijing and UTC+8 before
};

inline constexpr std::int32_t lunisolar_first_year = 1900;
inline constexpr std::int32_t lunisolar_last_year = 2100;

// `lunar_year` is the Gregorian year in which the lunar year begins; its months 11 and 12 reach into the next one.
// The leap month carries the number of the month before it. Nothing for a leap month that the year does not have, for
// day 30 of a month of 29 days, and outside the years above. New Year's Eve is a day before month 1, day 1 of the next
// year: month 12 may have no day 30.
std::optional<date> lunisolar_day(lunisolar_tradition, std::int32_t lunar_year, std::int32_t month, std::int32_t day,
                                  bool leap_month = false) noexcept;

// The number of the leap month, 0 in a common year. Nothing outside the years above.
std::optional<std::int32_t> lunisolar_leap_month(lunisolar_tradition, std::int32_t lunar_year) noexcept;

// Umm al-Qura is the civil calendar of Saudi Arabia. Two tables of it are in use. They are the same from AH 1420 to
// 1450, April 1999 to May 2029. Before, most months of `unicode` begin a day later, a few two days later or one
// earlier; after, every third month begins a day later.
enum class umm_al_qura_table : unsigned char {
    unicode,  // the calendar `islamic-umalqura` of ICU, so of browsers, Android and Java
    printed,  // the almanac of Mecca; from AH 1423 it follows its rule, which `unicode` leaves in AH 1451
};

inline constexpr std::int32_t umm_al_qura_first_year = 1343;          // begins on 1924-08-02
inline constexpr std::int32_t umm_al_qura_printed_first_year = 1365;  // earlier almanacs have months of 28 and 31 days
inline constexpr std::int32_t umm_al_qura_last_year = 1500;           // ends on 2077-11-16

// Months are 1, Muharram, to 12, Dhu al-Hijja. Feasts wait for the moon to be sighted: this is a forecast of them.
std::optional<date> umm_al_qura_day(std::int32_t hijri_year, std::int32_t month, std::int32_t day,
                                    umm_al_qura_table = umm_al_qura_table::unicode) noexcept;

// The Hijri year of a day. A Gregorian year touches two of them, seldom three: those of its first and its last day, and
// the one in between.
std::optional<std::int32_t> umm_al_qura_year_of(date, umm_al_qura_table = umm_al_qura_table::unicode) noexcept;

inline constexpr std::int32_t islamic_civil_first_year = 1;  // begins on 622-07-19
inline constexpr std::int32_t islamic_civil_last_year = 9665;

// The arithmetic Hijri calendar: 11 leap years in 30, counted from Friday, 16 July 622 of the Julian calendar.
std::optional<date> islamic_civil_day(std::int32_t hijri_year, std::int32_t month, std::int32_t day) noexcept;

// In the order of the year. A common year has one Adar; in a leap year `adar_first` comes before it, and `adar` is
// Adar II, the month of Purim.
enum class hebrew_month : unsigned char {
    tishri,
    heshvan,
    kislev,
    tevet,
    shevat,
    adar_first,
    adar,
    nisan,
    iyar,
    sivan,
    tammuz,
    av,
    elul,
};

inline constexpr std::int32_t hebrew_first_year = 3762;  // the first and the last whole year of our dates
inline constexpr std::int32_t hebrew_last_year = 13'759;

// The year turns in autumn: Nisan of 2026 is in 5786, Tishri of 2026 begins 5787. These are the days of the calendar
// itself. Israel moves some of its days off, Independence Day on 5 Iyar among them, away from the Sabbath: such a
// shift is a rule of the holiday and not of the calendar.
std::optional<date> hebrew_day(std::int32_t hebrew_year, hebrew_month, std::int32_t day) noexcept;

// The 24 instants at which the Sun has gone another 15 degrees, in the order of the Gregorian year.
enum class solar_term : unsigned char {
    minor_cold,
    major_cold,
    start_of_spring,
    rain_water,
    awakening_of_insects,
    march_equinox,
    qingming,
    grain_rain,
    start_of_summer,
    grain_buds,
    grain_in_ear,
    june_solstice,
    minor_heat,
    major_heat,
    start_of_autumn,
    end_of_heat,
    white_dew,
    september_equinox,
    cold_dew,
    frost_descent,
    start_of_winter,
    minor_snow,
    major_snow,
    winter_solstice,  // in December
};

inline constexpr std::int32_t solar_term_first_year = 1900;
inline constexpr std::int32_t solar_term_last_year = 2100;

// The local day of the term: China and Taiwan are 8 hours ahead of UTC, Japan and Korea 9. Offsets are -12 to 14.
std::optional<date> solar_term_day(solar_term, std::int32_t year, std::int32_t utc_offset_hours) noexcept;

}  // namespace recourse
