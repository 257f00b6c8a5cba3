// Calendars by the moon, lunisolar, Hijri and Hebrew: what must hold for every year that is covered, and what must not.
#include <array>
#include <limits>
#include <set>

#include <catch2/catch.hpp>

#include "recourse/calendar/calendar_systems.hpp"
#include "rows.hpp"

using namespace recourse;
using recourse::test::day;

namespace {

constexpr std::array traditions{lunisolar_tradition::chinese, lunisolar_tradition::korean,
                                lunisolar_tradition::vietnamese};
constexpr std::array umm_al_qura_tables{umm_al_qura_table::unicode, umm_al_qura_table::printed};
constexpr std::array extreme_numbers{std::numeric_limits<std::int32_t>::min(), -1, 0, 31, 255, 4096,
                                     std::numeric_limits<std::int32_t>::max()};

constexpr std::int32_t first_year_of(umm_al_qura_table table) {
    return table == umm_al_qura_table::printed ? umm_al_qura_printed_first_year : umm_al_qura_first_year;
}

}  // namespace

TEST_CASE("lunisolar months follow each other without a hole") {
    for (auto const tradition : traditions) {
        date expected = day("1900-01-31");
        for (std::int32_t year = lunisolar_first_year; year <= lunisolar_last_year; ++year) {
            CAPTURE(static_cast<int>(tradition), year);
            CHECK(expected >= to_date({year, 1, 21}));
            CHECK(expected <= to_date({year, 2, 21}));
            std::int32_t const doubled = lunisolar_leap_month(tradition, year).value();
            for (std::int32_t month = 1; month <= 12; ++month) {
                for (bool const leap : {false, true}) {
                    CAPTURE(month, leap);
                    CHECK(lunisolar_day(tradition, year, month, 1, leap).has_value() == (!leap || month == doubled));
                    if (leap && month != doubled) continue;
                    CHECK(lunisolar_day(tradition, year, month, 1, leap) == expected);
                    CHECK(lunisolar_day(tradition, year, month, 29, leap) == plus_days(expected, 28));
                    bool const has_30_days = lunisolar_day(tradition, year, month, 30, leap).has_value();
                    expected = plus_days(expected, has_30_days ? 30 : 29);
                }
            }
        }
        CHECK(expected == day("2101-01-29"));
    }
}

TEST_CASE("the winter solstice is in month 11, and a leap month holds no major solar term") {
    struct row {
        lunisolar_tradition tradition;
        std::int32_t utc_offset_hours;
        std::int32_t since;  // before, the calendar was made at another meridian
    };
    for (auto const& [tradition, offset, since] :
         {row{lunisolar_tradition::chinese, 8, 1929}, row{lunisolar_tradition::korean, 9, 1912},
          row{lunisolar_tradition::vietnamese, 7, 1968}}) {
        std::set<date> major;
        for (std::int32_t year = since; year <= lunisolar_last_year; ++year) {
            for (int term = 1; term < 24; term += 2) {
                major.insert(*solar_term_day(static_cast<solar_term>(term), year, offset));
            }
        }
        for (std::int32_t year = since; year < lunisolar_last_year; ++year) {
            CAPTURE(static_cast<int>(tradition), year);
            auto const solstice = solar_term_day(solar_term::winter_solstice, year, offset);
            auto const eleventh = lunisolar_day(tradition, year, 11, 1);
            CHECK(eleventh <= solstice);
            bool const leap = lunisolar_leap_month(tradition, year) == 11;
            CHECK(solstice < lunisolar_day(tradition, year, leap ? 11 : 12, 1, leap));
            if (auto const doubled = lunisolar_leap_month(tradition, year).value(); doubled != 0) {
                date const first = lunisolar_day(tradition, year, doubled, 1, true).value();
                bool const long_month = lunisolar_day(tradition, year, doubled, 30, true).has_value();
                auto const next = major.lower_bound(first);
                CHECK((next == major.end() || *next >= plus_days(first, long_month ? 30 : 29)));
            }
        }
    }
}

TEST_CASE("China, Korea and Vietnam begin some years on different days") {
    auto const differing = [](lunisolar_tradition other) {
        std::set<std::string> days;
        for (std::int32_t year = 1954; year <= lunisolar_last_year; ++year) {
            auto const there = lunisolar_day(other, year, 1, 1);
            if (there != lunisolar_day(lunisolar_tradition::chinese, year, 1, 1)) days.insert(to_text(*there));
        }
        return days;
    };
    CHECK(differing(lunisolar_tradition::vietnamese) ==
          std::set<std::string>{"1968-01-29", "1969-02-16", "1985-01-21", "2007-02-17", "2030-02-02", "2053-02-18"});
    auto const korean = differing(lunisolar_tradition::korean);
    for (auto const* text : {"1954-02-04", "1966-01-22", "1988-02-18", "1997-02-08", "2027-02-07", "2028-01-27"}) {
        CAPTURE(text);
        CHECK(korean.contains(text));
    }
    CHECK(lunisolar_leap_month(lunisolar_tradition::chinese, 1984) == 10);
    CHECK(lunisolar_leap_month(lunisolar_tradition::vietnamese, 1985) == 2);
    CHECK(lunisolar_leap_month(lunisolar_tradition::chinese, 2012) == 4);
    CHECK(lunisolar_leap_month(lunisolar_tradition::korean, 2012) == 3);
    for (auto const tradition : traditions) CHECK(lunisolar_leap_month(tradition, 2033) == 11);
}

TEST_CASE("a lunisolar date that does not exist is nothing") {
    auto const chinese = lunisolar_tradition::chinese;
    CHECK(lunisolar_day(chinese, 2025, 6, 29, true) == day("2025-08-22"));
    CHECK_FALSE(lunisolar_day(chinese, 2025, 6, 30, true));  // the leap month has 29 days
    CHECK_FALSE(lunisolar_day(chinese, 2025, 5, 1, true));   // it is not doubled
    CHECK_FALSE(lunisolar_day(chinese, 2026, 6, 1, true));   // a common year
    CHECK_FALSE(lunisolar_day(chinese, 2025, 12, 30));       // New Year's Eve is the 29th
    CHECK(lunisolar_day(chinese, 2025, 12, 29) == plus_days(*lunisolar_day(chinese, 2026, 1, 1), -1));
    CHECK_FALSE(lunisolar_day(chinese, 2025, 13, 1));
    CHECK_FALSE(lunisolar_day(chinese, 1899, 12, 1));
    CHECK_FALSE(lunisolar_day(chinese, 2101, 1, 1));
    CHECK_FALSE(lunisolar_leap_month(chinese, 1899));
    CHECK_FALSE(lunisolar_leap_month(chinese, 2101));
    CHECK_FALSE(lunisolar_day(static_cast<lunisolar_tradition>(3), 2026, 1, 1));
    CHECK_FALSE(lunisolar_leap_month(static_cast<lunisolar_tradition>(255), 2026));
    for (auto const number : extreme_numbers) {
        CAPTURE(number);
        CHECK_FALSE(lunisolar_day(chinese, number, 1, 1));
        CHECK_FALSE(lunisolar_day(chinese, 2026, number, 1));
        CHECK_FALSE(lunisolar_day(chinese, 2026, number, 1, true));
        CHECK_FALSE(lunisolar_day(chinese, 2026, 1, number));
    }
}

TEST_CASE("the months of Umm al-Qura follow each other without a hole, and a day knows its year") {
    for (auto const table : umm_al_qura_tables) {
        std::int32_t const first_year = first_year_of(table);
        date const first = umm_al_qura_day(first_year, 1, 1, table).value();
        date expected = first;
        for (std::int32_t year = first_year; year <= umm_al_qura_last_year; ++year) {
            CAPTURE(static_cast<int>(table), year);
            date const new_year = expected;
            for (std::int32_t month = 1; month <= 12; ++month) {
                CHECK(umm_al_qura_day(year, month, 1, table) == expected);
                CHECK(umm_al_qura_day(year, month, 29, table) == plus_days(expected, 28));
                bool const has_30_days = umm_al_qura_day(year, month, 30, table).has_value();
                expected = plus_days(expected, has_30_days ? 30 : 29);
            }
            auto const length = expected.days - new_year.days;
            CHECK((length >= 353 && length <= 356));
            bool same = true;
            for (date at = new_year; at < expected; at = plus_days(at, 1)) {
                same = same && umm_al_qura_year_of(at, table) == year;
            }
            CHECK(same);
        }
        CHECK(expected == day("2077-11-17"));
        CHECK_FALSE(umm_al_qura_year_of(plus_days(first, -1), table));
        CHECK_FALSE(umm_al_qura_year_of(expected, table));
    }
    CHECK(umm_al_qura_day(umm_al_qura_first_year, 1, 1) == day("1924-08-02"));
}

TEST_CASE("the two tables of Umm al-Qura are one from 1420 to 1450") {
    std::int32_t apart = 0;
    for (std::int32_t year = umm_al_qura_printed_first_year; year <= umm_al_qura_last_year; ++year) {
        for (std::int32_t month = 1; month <= 12; ++month) {
            CAPTURE(year, month);
            auto const unicode = umm_al_qura_day(year, month, 1, umm_al_qura_table::unicode);
            auto const printed = umm_al_qura_day(year, month, 1, umm_al_qura_table::printed);
            if (year >= 1420 && year <= 1450) {
                CHECK(unicode == printed);
            } else {
                apart += unicode == printed ? 0 : 1;
                CHECK(std::abs(unicode->days - printed->days) <= 2);
            }
        }
    }
    CHECK(apart > 500);
    CHECK(umm_al_qura_day(1447, 9, 1, umm_al_qura_table::printed) == day("2026-02-18"));
    // The Moon is new on 14 December 2031 at 09:06 UTC and sets at Mecca a quarter of an hour after the Sun, so by the
    // rule the month begins on the 15th.
    CHECK(umm_al_qura_day(1453, 9, 1, umm_al_qura_table::printed) == day("2031-12-15"));
    CHECK(umm_al_qura_day(1453, 9, 1, umm_al_qura_table::unicode) == day("2031-12-16"));
}

TEST_CASE("the arithmetic Hijri calendar repeats after 30 years of 10631 days") {
    date expected = day("0622-07-19");
    CHECK(weekday_of(expected) == weekday::friday);
    for (std::int32_t year = islamic_civil_first_year; year <= islamic_civil_last_year; ++year) {
        bool whole = true;
        for (std::int32_t month = 1; month <= 12; ++month) {
            whole = whole && islamic_civil_day(year, month, 1) == expected;
            expected = plus_days(expected, islamic_civil_day(year, month, 30) ? 30 : 29);
        }
        if (!whole) FAIL(year);
        if (year % 30 == 0 && expected.days - day("0622-07-19").days != year / 30 * 10'631) FAIL(year);
    }
    CHECK(expected <= last_date);
}

TEST_CASE("a Hijri date that does not exist is nothing") {
    CHECK_FALSE(umm_al_qura_day(umm_al_qura_first_year - 1, 12, 1));
    CHECK_FALSE(umm_al_qura_day(umm_al_qura_last_year + 1, 1, 1));
    CHECK_FALSE(umm_al_qura_day(umm_al_qura_printed_first_year - 1, 1, 1, umm_al_qura_table::printed));
    CHECK_FALSE(umm_al_qura_day(1447, 13, 1));
    CHECK_FALSE(islamic_civil_day(1447, 13, 1));
    CHECK_FALSE(umm_al_qura_day(1447, 9, 31));
    CHECK(umm_al_qura_day(1447, 9, 30) == day("2026-03-19"));
    CHECK_FALSE(umm_al_qura_day(1447, 8, 30));
    CHECK_FALSE(islamic_civil_day(1446, 12, 30));
    CHECK(islamic_civil_day(1447, 12, 30).has_value());  // a leap year
    CHECK_FALSE(islamic_civil_day(islamic_civil_last_year + 1, 1, 1));
    CHECK_FALSE(umm_al_qura_year_of({std::numeric_limits<std::int32_t>::min()}));
    CHECK_FALSE(umm_al_qura_year_of({std::numeric_limits<std::int32_t>::max()}));
    for (auto const number : extreme_numbers) {
        CAPTURE(number);
        for (auto const table : umm_al_qura_tables) {
            CHECK_FALSE(umm_al_qura_day(number, 1, 1, table));
            CHECK_FALSE(umm_al_qura_day(1447, number, 1, table));
            CHECK_FALSE(umm_al_qura_day(1447, 1, number, table));
        }
        CHECK_FALSE(islamic_civil_day(1447, number, 1));
        CHECK_FALSE(islamic_civil_day(1447, 1, number));
        if (number < 1 || number > islamic_civil_last_year) CHECK_FALSE(islamic_civil_day(number, 1, 1));
    }
}

TEST_CASE("Hebrew months follow each other without a hole, in years of six lengths") {
    std::set<std::int32_t> lengths;
    date expected = hebrew_day(hebrew_first_year, hebrew_month::tishri, 1).value();
    CHECK(expected >= first_date);
    for (std::int32_t year = hebrew_first_year; year <= hebrew_last_year; ++year) {
        date const new_year = expected;
        auto const starts_on = weekday_of(new_year);
        bool right = starts_on != weekday::sunday && starts_on != weekday::wednesday && starts_on != weekday::friday;
        for (int number = 0; number < 13; ++number) {
            auto const month = static_cast<hebrew_month>(number);
            bool const leap = (std::set{3, 6, 8, 11, 14, 17, 0}.contains(year % 19));
            bool const exists = month != hebrew_month::adar_first || leap;
            right = right && hebrew_day(year, month, 1).has_value() == exists;
            if (!exists) continue;
            right = right && hebrew_day(year, month, 1) == expected;
            expected = plus_days(expected, hebrew_day(year, month, 30) ? 30 : 29);
        }
        // From Passover to the new year it is always 163 days.
        right = right && plus_days(*hebrew_day(year, hebrew_month::nisan, 15), 163) == expected;
        lengths.insert(expected.days - new_year.days);
        if (!right) FAIL(year);
    }
    CHECK(lengths == std::set<std::int32_t>{353, 354, 355, 383, 384, 385});
    CHECK(expected <= last_date);
}

TEST_CASE("Purim is in the last Adar, and the calendar shifts no holiday") {
    CHECK(hebrew_day(5784, hebrew_month::adar, 14) == day("2024-03-24"));  // a leap year: Adar II
    CHECK(hebrew_day(5784, hebrew_month::adar_first, 14) == day("2024-02-23"));
    CHECK(hebrew_day(5785, hebrew_month::adar, 14) == day("2025-03-14"));
    CHECK_FALSE(hebrew_day(5785, hebrew_month::adar_first, 14));
    // 5 Iyar of 2025 was a Saturday: Independence Day was kept on Thursday, 1 May, which is not the calendar's doing.
    CHECK(hebrew_day(5785, hebrew_month::iyar, 5) == day("2025-05-03"));
}

TEST_CASE("a Hebrew date that does not exist is nothing") {
    CHECK(hebrew_day(5786, hebrew_month::tishri, 30).has_value());
    CHECK_FALSE(hebrew_day(5786, hebrew_month::tishri, 31));
    CHECK_FALSE(hebrew_day(5786, hebrew_month::elul, 30));
    CHECK_FALSE(hebrew_day(5786, hebrew_month::adar_first, 1));
    CHECK_FALSE(hebrew_day(hebrew_first_year - 1, hebrew_month::elul, 1));
    CHECK_FALSE(hebrew_day(hebrew_last_year + 1, hebrew_month::tishri, 1));
    CHECK_FALSE(hebrew_day(5786, static_cast<hebrew_month>(13), 1));
    CHECK_FALSE(hebrew_day(5786, static_cast<hebrew_month>(255), 1));
    for (auto const number : extreme_numbers) {
        CAPTURE(number);
        if (number < hebrew_first_year || number > hebrew_last_year) {
            CHECK_FALSE(hebrew_day(number, hebrew_month::tishri, 1));
        }
        CHECK_FALSE(hebrew_day(5786, hebrew_month::tishri, number));
    }
}
