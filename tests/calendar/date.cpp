// Days and their text.
#include "recourse/calendar/date.hpp"

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;

static_assert(to_date({1970, 1, 1}).days == 0);
static_assert(to_date({2026, 3, 29}).days == 20'541);
static_assert(to_date({0, 3, 1}).days == -719'468);
static_assert(to_civil({-1}) == year_month_day{1969, 12, 31});
static_assert(weekday_of({0}) == weekday::thursday);
static_assert(weekday_of({-4}) == weekday::sunday);
static_assert(!exists({2026, 2, 29}) && exists({2024, 2, 29}) && !exists({1900, 2, 29}) && exists({2000, 2, 29}));

TEST_CASE("every day from 0001 to 9999 follows the day before it, in both directions") {
    year_month_day expected{year_min, 1, 1};
    auto week_day = weekday::monday;  // 0001-01-01 was a Monday
    for (date at = first_date; at <= last_date; at = plus_days(at, 1)) {
        bool const same = to_civil(at) == expected && to_date(expected) == at && weekday_of(at) == week_day;
        if (!same) FAIL(to_text(at));
        week_day = week_day == weekday::sunday ? weekday::monday : static_cast<weekday>(static_cast<int>(week_day) + 1);
        if (++expected.day > days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month == 13) expected = {expected.year + 1, 1, 1};
        }
    }
    CHECK(expected == year_month_day{10'000, 1, 1});
}

TEST_CASE("a day has a text for machines and one for people") {
    CHECK(to_text(day("2026-03-29")) == "2026-03-29");
    CHECK(to_words(day("2026-03-29")) == "Sun 29 Mar 2026");
    CHECK(to_text(first_date) == "0001-01-01");
    CHECK(to_words(last_date) == "Fri 31 Dec 9999");
}

TEST_CASE("a date that is not one is refused with a sentence") {
    struct row {
        std::string_view text;
        std::string_view error;
    };
    // clang-format off
    row const rows[] = {
        {"2026-02-29" , R"("2026-02-29" is not a date: February 2026 has 28 days)"},
        {"2026-04-00" , R"("2026-04-00" is not a date: April 2026 has 30 days)"},
        {"2026-13-01" , R"("2026-13-01" is not a date: months run from 01 to 12)"},
        {"0000-01-01" , R"("0000-01-01" is not a date: years run from 0001 to 9999)"},
        {"2026-3-29"  , R"("2026-3-29" is not a date: write it as "2026-03-29")"},
        {"2026/03/29" , R"("2026/03/29" is not a date: write it as "2026-03-29")"},
        {"2026-03-29 ", R"("2026-03-29 " is not a date: write it as "2026-03-29")"},
        {"-026-03-29" , R"("-026-03-29" is not a date: write it as "2026-03-29")"},
        {""           , R"("" is not a date: write it as "2026-03-29")"},
    };
    // clang-format on
    for (auto const& [text, error] : rows) {
        auto const parsed = parse_date(text);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error() == error);
    }
    CHECK(parse_date(std::string(10'000, '1')).error().size() < 120);
}
