// Months added to a day.
#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;

TEST_CASE("months keep the day or end with their month, and nothing lies outside the years 1 to 9999") {
    auto const text = [](std::string_view from, std::int64_t months) {
        auto const to = plus_months(day(from), months);
        return to ? to_text(*to) : std::string{"nothing"};
    };
    CHECK(text("2026-01-31", 1) == "2026-02-28");
    CHECK(text("2024-01-31", 1) == "2024-02-29");
    CHECK(text("2026-01-31", 0) == "2026-01-31");
    CHECK(text("2026-01-15", -1) == "2025-12-15");
    CHECK(text("2026-12-31", 1) == "2027-01-31");
    CHECK(text("2026-03-31", -13) == "2025-02-28");
    CHECK(text("2024-02-29", 48) == "2028-02-29");
    CHECK(text("0001-01-01", 119'987) == "9999-12-01");
    CHECK(text("9999-12-31", -119'987) == "0001-01-31");
    CHECK(text("0001-01-01", 119'988) == "nothing");
    CHECK(text("0001-01-31", -1) == "nothing");
    CHECK(text("9999-12-01", 1) == "nothing");
    CHECK(text("2026-01-01", INT64_MAX) == "nothing");
    CHECK(text("2026-01-01", INT64_MIN) == "nothing");
    CHECK_FALSE(plus_months({INT32_MAX}, 0));
    CHECK_FALSE(plus_months({INT32_MIN}, 0));
    CHECK(to_text(end_of_month(day("2024-02-01"))) == "2024-02-29");
    CHECK(end_of_month(last_date) == last_date);
}
