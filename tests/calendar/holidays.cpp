// The built-in tables, against the tables of other libraries.
#include "recourse/calendar/holidays.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::rows_of;

TEST_CASE("the built-in calendars are found by their exact names") {
    CHECK(calendar_names() == std::vector<std::string_view>{"BE", "CN", "WEEKDAYS"});
    for (auto const name : calendar_names()) {
        REQUIRE(find_calendar(name) != nullptr);
        CHECK(find_calendar(name)->name() == name);
        CHECK(find_calendar(name) == find_calendar(name));
    }
    for (std::string_view const name : {"", "be", "BE ", "XX", "../BE"}) CHECK(find_calendar(name) == nullptr);
    CHECK(find_calendar(std::string_view{"BE\0", 3}) == nullptr);
}

TEST_CASE("Belgium has exactly the holidays on which all libraries agree") {
    std::set<std::string> expected;
    std::set<std::string> ours;
    for (auto const& row : rows_of("holidays_be.tsv")) expected.insert(row[0]);
    for (auto const& row : find_calendar("BE")->rows()) {
        CHECK(row.kind == special_kind::holiday);
        ours.insert(to_text(row.day));
    }
    CHECK(ours == expected);
    CHECK(ours.size() == 50);
}

TEST_CASE("China departs from Monday to Friday exactly where the notices say so") {
    std::set<std::string> expected;
    std::set<std::string> ours;
    for (auto const& row : rows_of("cn_adjusted.tsv")) expected.insert(row[0] + " " + row[1]);
    auto const& china = *find_calendar("CN");
    auto const& weekdays = *find_calendar("WEEKDAYS");
    for (date at = day("2024-01-01"); at <= day("2026-12-31"); at = plus_days(at, 1)) {
        bool const open = *china.is_business_day(at);
        if (open != *weekdays.is_business_day(at)) ours.insert(to_text(at) + (open ? " work" : " off"));
    }
    CHECK(ours == expected);
    CHECK(ours.size() == china.rows().size());
}
