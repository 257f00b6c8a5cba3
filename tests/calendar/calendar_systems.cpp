// Other calendars: against the days of other libraries; Easter and the solar terms also against other ways to them.
#include "recourse/calendar/calendar_systems.hpp"

#include <array>
#include <limits>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::rows_of;

namespace {

constexpr std::array extreme_numbers{std::numeric_limits<std::int32_t>::min(), -1, 0, 31, 255, 4096,
                                     std::numeric_limits<std::int32_t>::max()};

struct month_and_day {
    std::int32_t month;
    std::int32_t day;
};

// "chuseok 8/15"
month_and_day last_word(std::string const& key) {
    auto const slash = key.find('/');
    auto const from = key.find_last_of(' ') + 1;
    return {std::stoi(key.substr(from, slash - from)), std::stoi(key.substr(slash + 1))};
}

std::optional<date> lunisolar_key(lunisolar_tradition tradition, std::int32_t year, std::string const& key) {
    if (key.starts_with("leap-month-")) return lunisolar_day(tradition, year, std::stoi(key.substr(11)), 1, true);
    auto const [month, day_of_month] = last_word(key);
    return lunisolar_day(tradition, year, month, day_of_month);
}

// "independence 5 Iyar (unshifted)", "rosh-hashana 1 Tishri": the day in the Hebrew year that it belongs to.
std::optional<date> hebrew_key(std::int32_t year, std::string const& key) {
    static std::map<std::string, hebrew_month> const months{{"Tishri", hebrew_month::tishri},
                                                            {"Adar", hebrew_month::adar},
                                                            {"Nisan", hebrew_month::nisan},
                                                            {"Iyar", hebrew_month::iyar},
                                                            {"Sivan", hebrew_month::sivan}};
    auto const words = recourse::test::fields(key, ' ');
    auto const month = months.at(words[2]);
    return hebrew_day(year + (month == hebrew_month::tishri ? 3761 : 3760), month, std::stoi(words[1]));
}

std::optional<date> solar_term_key(std::int32_t year, std::string const& key) {
    static std::map<std::string, solar_term> const terms{{"vernal-equinox (UTC+8)", solar_term::march_equinox},
                                                         {"qingming (UTC+8)", solar_term::qingming},
                                                         {"autumnal-equinox (UTC+8)", solar_term::september_equinox},
                                                         {"winter-solstice (UTC+8)", solar_term::winter_solstice}};
    return solar_term_day(terms.at(key), year, 8);
}

std::set<std::string> days_of(std::string const& calendar, std::string const& key, std::int32_t year) {
    std::set<std::string> days;
    auto const add = [&](std::optional<date> found) {
        if (found && year_of(*found) == year) days.insert(to_text(*found));
    };
    if (calendar == "chinese") add(lunisolar_key(lunisolar_tradition::chinese, year, key));
    if (calendar == "dangi") add(lunisolar_key(lunisolar_tradition::korean, year, key));
    if (calendar == "easter") add(key == "western" ? easter_sunday(year) : orthodox_easter_sunday(year));
    if (calendar == "hebrew") add(hebrew_key(year, key));
    if (calendar == "solarterm") add(solar_term_key(year, key));
    if (calendar.starts_with("islamic-")) {
        auto const [month, day_of_month] = last_word(key);
        for (std::int32_t hijri = (year - 622) * 33 / 32 - 1; hijri <= (year - 622) * 33 / 32 + 2; ++hijri) {
            add(calendar == "islamic-civil" ? islamic_civil_day(hijri, month, day_of_month)
                                            : umm_al_qura_day(hijri, month, day_of_month));
        }
    }
    return days;
}

// Another way to Easter, by the shifted epact of Reingold and Dershowitz: the Sunday after the paschal full moon.
date sunday_after(date full_moon) {
    return plus_days(full_moon, 7 - (static_cast<int>(weekday_of(full_moon)) + 1) % 7);
}

date easter_by_epact(std::int32_t year) {
    std::int32_t const century = year / 100 + 1;
    std::int32_t const shifted = (14 + 11 * (year % 19) - 3 * century / 4 + (5 + 8 * century) / 25 + 3'000) % 30;
    bool const one_more = shifted == 0 || (shifted == 1 && year % 19 > 10);
    return sunday_after(plus_days(to_date({year, 4, 19}), -(shifted + (one_more ? 1 : 0))));
}

date orthodox_easter_by_epact(std::int32_t year) {
    std::int32_t const shifted = (14 + 11 * (year % 19)) % 30;
    std::int32_t const behind = year / 100 - year / 400 - 2;  // days from the Julian calendar to ours, after February
    return sunday_after(plus_days(to_date({year, 4, 19}), behind - shifted));
}

}  // namespace

TEST_CASE("other calendars have the days that other libraries give") {
    std::map<std::array<std::string, 3>, std::set<std::string>> expected;
    std::size_t rows = 0;
    for (auto const& row : rows_of("lunar.tsv")) {
        expected[{row[0], row[1], row[2]}].insert(row[3]);
        ++rows;
    }
    CHECK(rows == 1838);
    for (auto const& [row, days] : expected) {
        CAPTURE(row);
        CHECK(days_of(row[0], row[1], std::stoi(row[2])) == days);
    }
}

TEST_CASE("the tables and the Hebrew rule give the days of their sources, all of them") {
    // The first days of all months in order, hashed over the sources themselves: the packages that the tables name,
    // with the corrections that they name, and @hebcal/hdate 0.22.8 for the Hebrew calendar.
    struct fingerprint {
        std::uint64_t hash = 14'695'981'039'346'656'037U;  // FNV-1a, a day at a time
        std::size_t days = 0;
        void add(std::optional<date> found) {
            if (!found) return;
            hash = (hash ^ static_cast<std::uint32_t>(found->days)) * 1'099'511'628'211U;
            ++days;
        }
        bool operator==(fingerprint const&) const = default;
    };
    auto const lunisolar = [](lunisolar_tradition tradition) {
        fingerprint all;
        for (std::int32_t year = lunisolar_first_year; year <= lunisolar_last_year; ++year) {
            for (std::int32_t month = 1; month <= 12; ++month) {
                for (bool const leap : {false, true}) all.add(lunisolar_day(tradition, year, month, 1, leap));
            }
        }
        return all;
    };
    auto const umm_al_qura = [](umm_al_qura_table table) {
        fingerprint all;
        for (std::int32_t year = umm_al_qura_first_year; year <= umm_al_qura_last_year; ++year) {
            for (std::int32_t month = 1; month <= 12; ++month) all.add(umm_al_qura_day(year, month, 1, table));
        }
        return all;
    };
    fingerprint hebrew;
    for (std::int32_t year = hebrew_first_year; year <= hebrew_last_year; ++year) {
        for (int month = 0; month < 13; ++month) hebrew.add(hebrew_day(year, static_cast<hebrew_month>(month), 1));
    }
    fingerprint solar_terms;
    for (std::int32_t year = solar_term_first_year; year <= solar_term_last_year; ++year) {
        for (int term = 0; term < 24; ++term) {
            for (std::int32_t offset = -12; offset <= 14; ++offset) {
                solar_terms.add(solar_term_day(static_cast<solar_term>(term), year, offset));
            }
        }
    }
    CHECK(lunisolar(lunisolar_tradition::chinese) == fingerprint{0xd9596a9c296b9f98, 2'486});
    CHECK(lunisolar(lunisolar_tradition::korean) == fingerprint{0x5bb88bcd9a25e53f, 2'486});
    CHECK(lunisolar(lunisolar_tradition::vietnamese) == fingerprint{0x73eecba43dd4dd8e, 2'486});
    CHECK(umm_al_qura(umm_al_qura_table::unicode) == fingerprint{0xb8042326cd318368, 1'896});
    CHECK(umm_al_qura(umm_al_qura_table::printed) == fingerprint{0x2246cb193097e190, 1'632});
    CHECK(solar_terms == fingerprint{0x1544676ca6593d8f, 130'248});
    CHECK(hebrew == fingerprint{0x5da5547130c2ada1, 123'660});
}

TEST_CASE("Easter is the Sunday after the paschal full moon in every year, west and east") {
    for (std::int32_t year = year_min; year <= year_max; ++year) {
        date const west = easter_sunday(year);
        date const east = orthodox_easter_sunday(year);
        bool const same = west == easter_by_epact(year) && east == orthodox_easter_by_epact(year);
        bool const sunday = weekday_of(west) == weekday::sunday && weekday_of(east) == weekday::sunday;
        if (!same || !sunday) FAIL(year << ": " << to_text(west) << " and " << to_text(east));
        if (west < to_date({year, 3, 22}) || west > to_date({year, 4, 25})) FAIL(to_text(west));
    }
    CHECK(to_text(easter_sunday(1818)) == "1818-03-22");  // the earliest
    CHECK(to_text(easter_sunday(1943)) == "1943-04-25");  // the latest
    CHECK(to_text(easter_sunday(1954)) == "1954-04-18");  // the two corner cases
    CHECK(to_text(easter_sunday(1981)) == "1981-04-19");
    for (std::int32_t year = 1900; year <= 2099; ++year) {
        auto const later = orthodox_easter_sunday(year).days - easter_sunday(year).days;
        CAPTURE(year);
        CHECK((later == 0 || later == 7 || later == 28 || later == 35));
    }
}

TEST_CASE("solar terms follow each other by 14 to 16 days, and a zone further east is never behind") {
    date previous = day("1899-12-22");
    for (std::int32_t year = solar_term_first_year; year <= solar_term_last_year; ++year) {
        for (int number = 0; number < 24; ++number) {
            auto const term = static_cast<solar_term>(number);
            date const at = solar_term_day(term, year, 0).value();
            auto const gap = at.days - previous.days;
            if (gap < 14 || gap > 16) FAIL(to_text(at));
            if (to_civil(at).year != year || to_civil(at).month != number / 2 + 1) FAIL(to_text(at));
            for (std::int32_t offset = -12; offset < 14; ++offset) {
                auto const west = solar_term_day(term, year, offset)->days;
                auto const east = solar_term_day(term, year, offset + 1)->days;
                if (east - west != 0 && east - west != 1) FAIL(to_text(at) << " at " << offset);
            }
            previous = at;
        }
    }
}

TEST_CASE("the equinoxes of Japan are those of its almanac") {
    // The approximation that the almanac's readers use for 1980 to 2099.
    for (std::int32_t year = 1980; year <= 2099; ++year) {
        CAPTURE(year);
        double const drift = 0.242194 * (year - 1980);
        std::int32_t const leap_days = (year - 1980) / 4;
        auto const march = static_cast<std::int32_t>(20.8431 + drift) - leap_days;
        auto const september = static_cast<std::int32_t>(23.2488 + drift) - leap_days;
        CHECK(solar_term_day(solar_term::march_equinox, year, 9) == to_date({year, 3, march}));
        CHECK(solar_term_day(solar_term::september_equinox, year, 9) == to_date({year, 9, september}));
    }
}

TEST_CASE("a minute before midnight is still the day before") {
    // 2021-12-21 at 15:59:15 UTC: 23:59 in China, the 22nd in Korea.
    CHECK(solar_term_day(solar_term::winter_solstice, 2021, 8) == day("2021-12-21"));
    CHECK(solar_term_day(solar_term::winter_solstice, 2021, 9) == day("2021-12-22"));
    // 2008-05-20 at 16:00:50 UTC: just after midnight in China.
    CHECK(solar_term_day(solar_term::grain_buds, 2008, 8) == day("2008-05-21"));
    CHECK(solar_term_day(solar_term::grain_buds, 2008, 7) == day("2008-05-20"));
}

TEST_CASE("a solar term outside the table is nothing") {
    CHECK(solar_term_day(solar_term::minor_cold, solar_term_first_year, -12).has_value());
    CHECK(solar_term_day(solar_term::winter_solstice, solar_term_last_year, 14).has_value());
    CHECK_FALSE(solar_term_day(solar_term::winter_solstice, solar_term_first_year - 1, 8));
    CHECK_FALSE(solar_term_day(solar_term::minor_cold, solar_term_last_year + 1, 8));
    CHECK_FALSE(solar_term_day(solar_term::qingming, 2026, -13));
    CHECK_FALSE(solar_term_day(solar_term::qingming, 2026, 15));
    CHECK_FALSE(solar_term_day(static_cast<solar_term>(24), 2026, 8));
    CHECK_FALSE(solar_term_day(static_cast<solar_term>(255), 2026, 8));
    for (auto const number : extreme_numbers) {
        CAPTURE(number);
        CHECK_FALSE(solar_term_day(solar_term::qingming, number, 8));
        if (number < -12 || number > 14) CHECK_FALSE(solar_term_day(solar_term::qingming, 2026, number));
    }
}
