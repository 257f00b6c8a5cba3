// What a calendar refuses to be made of.
#include <catch2/catch.hpp>

#include "business_days.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

template <class Calendar>
std::string error_of(Calendar content) {
    auto const result = business_calendar::make(std::move(content));
    return result ? "made" : result.error();
}

std::string error_after(void (*change)(calendar_content&)) {
    auto content = small_content();
    change(content);
    return error_of(std::move(content));
}

std::string error_after(void (*change)(calendar_rows&)) {
    auto rows = small_rows();
    change(rows);
    return error_of(std::move(rows));
}

constexpr std::int32_t far = INT32_MAX;
constexpr std::int32_t long_ago = INT32_MIN;

}  // namespace

TEST_CASE("a calendar that contradicts itself is refused with a sentence") {
    using content = calendar_content;
    using Catch::Matchers::Contains;
    CHECK(error_of(small_content()) == "made");
    // What a host may do: any order, several rows a day, a worked day that is no weekend day.
    CHECK(error_after([](content& c) { c.holidays.push_back(c.holidays.back()); }) == "made");
    CHECK(error_after([](content& c) { std::swap(c.holidays[0], c.holidays[1]); }) == "made");
    CHECK(error_after([](content& c) { c.holidays[0].kind = holiday_kind::worked_weekend; }) == "made");
    CHECK(error_after([](content& c) { c.holidays.clear(); }) == "made");
    CHECK(error_after([](content& c) { c.weekends[0].days = {}; }) == "made");
    // What it may not.
    CHECK(error_after([](content& c) { c.holidays.push_back(holiday_on(day("2028-01-01"), "Late")); }) ==
          R"(calendar "TEST": 2028-01-01 lies outside the covered years 2026 to 2027)");
    CHECK(error_after([](content& c) { c.holidays[0].day = day("2025-12-31"); }) ==
          R"(calendar "TEST": 2025-12-31 lies outside the covered years 2026 to 2027)");
    CHECK_THAT(error_after([](content& c) { c.holidays[0].day = {far}; }), Contains("lies outside"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].name = "a\nb"; }), Contains(R"("a\x0ab")"));
    CHECK(error_after([](content& c) { c.holidays[0].name = ""; }) ==
          R"(calendar "TEST": the name of 2026-01-01 is ""; a name has 1 to 120 bytes without control characters)");
    CHECK_THAT(error_after([](content& c) { c.holidays[0].name = std::string(121, 'x'); }), Contains("1 to 120 bytes"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].english = "\x7\x7"; }), Contains("the English name of"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].source = std::string(1, '\t'); }),
               Contains("the source of 2026-01-01"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].source = std::string(401, 'x'); }), Contains("at most 400"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].may_move_days = 8; }), Contains("it is 0 to 7"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].may_move_days = -1; }), Contains("may move -1 days"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].kind = static_cast<holiday_kind>(4); }),
               Contains("no known kind; there are public, bank, half_day, worked_weekend"));
    CHECK_THAT(error_after([](content& c) { c.holidays[0].known_by = static_cast<certainty>(3); }),
               Contains("no known certainty; there are decreed, rule, predicted"));
    CHECK(error_after([](content& c) {
              c.holidays[0].closed = {0, 1};
          }) == R"(calendar "TEST": 2026-01-01 is no half day, so it has no closed part)");
    CHECK_THAT(error_after([](content& c) { c.weekends[0].days.bits = 127; }), Contains("every day is weekend"));
    CHECK_THAT(error_after([](content& c) { c.weekends[0].days.bits = 128; }), Contains("more than seven days"));
    CHECK_THAT(error_after([](content& c) { c.weekends.clear(); }), Contains("it has no weekend"));
    CHECK_THAT(error_after([](content& c) { c.weekends.push_back(c.weekends[0]); }),
               Contains("its weekend from 0001-01-01 stands after that from 0001-01-01"));
    CHECK_THAT(error_after([](content& c) { c.last_year = 2025; }), Contains("it covers 2026 to 2025"));
    CHECK_THAT(error_after([](content& c) { c.first_year = 0; }), Contains("it covers 0 to 2027"));
    CHECK_THAT(error_after([](content& c) { c.last_year = INT32_MAX; }), Contains("it covers 2026 to"));
    CHECK_THAT(error_after([](content& c) { c.name = "../BE"; }), Contains("its name is not"));
    CHECK_THAT(error_after([](content& c) { c.name = "A+B"; }), Contains("its name is not"));
    CHECK_THAT(error_after([](content& c) { c.name = ""; }), Contains("its name is not"));
    CHECK_THAT(error_after([](content& c) { c.title = ""; }), Contains("its title is not"));
    CHECK_THAT(error_after([](content& c) { c.data_version = ""; }), Contains("its data version"));
}

TEST_CASE("a half day is closed for a part of the day that exists") {
    auto const error = [](std::int32_t from, std::int32_t until) {
        auto content = small_content();
        content.holidays.push_back(holiday_on(day("2026-12-24"), "Christmas Eve", holiday_kind::half_day));
        content.holidays.back().closed = {from, until};
        return error_of(content);
    };
    CHECK(error(0, 86'399) == "made");
    CHECK(error(1, 86'400) == "made");
    CHECK(
        error(0, 86'400) ==
        R"(calendar "TEST": 2026-12-24 is a half day closed from second 0 to 86400; the closed part begins before it )"
        "ends, within 0 to 86400, and is not the whole day");
    CHECK(error(0, 0) != "made");
    CHECK(error(-1, 86'400) != "made");
    CHECK(error(3, 2) != "made");
    CHECK(error(5, 86'401) != "made");
    CHECK(error(long_ago, far) != "made");
}

TEST_CASE("compact rows are refused when they are out of order or have no words") {
    using rows = calendar_rows;
    using Catch::Matchers::Contains;
    CHECK(error_of(small_rows()) == "made");
    CHECK(error_after([](rows& r) { r.days.push_back(r.days[0]); }) == "made");
    CHECK(error_after([](rows& r) {
              r.days.push_back(r.days[0]);
              r.days[0].day = day("2026-01-02");
          }) == R"(calendar "TEST": 2026-01-01 stands after 2026-01-02; rows go in the order of their days)");
    CHECK_THAT(error_after([](rows& r) { r.days[0].words = 1; }), Contains("2026-01-01 has words 1, and there are 1"));
    CHECK_THAT(error_after([](rows& r) { r.words = nullptr; }), Contains("has words 0, and there are 0"));
    CHECK_THAT(error_after([](rows& r) { r.days[0].day = day("2028-01-01"); }), Contains("lies outside"));
    CHECK_THAT(error_after([](rows& r) { r.days[0].kind = holiday_kind::half_day; }), Contains("is a half day closed"));
    CHECK_THAT(error_after([](rows& r) {
                   r.words = std::make_shared<std::vector<holiday_words> const>(1, holiday_words{"", "", "", {}});
               }),
               Contains("the name of words 0 is"));
    CHECK_THAT(error_after([](rows& r) { r.first_year = 2028; }), Contains("it covers 2028 to 2027"));
    CHECK_THAT(error_after([](rows& r) { r.weekends[0].days.bits = 127; }), Contains("every day is weekend"));
}
