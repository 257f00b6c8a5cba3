// The text of a period.
#include "recourse/calendar/period.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace recourse;

TEST_CASE("a period is read and written as its length and its unit") {
    for (std::string_view const text : {"5 business_days", "1 calendar_days", "10000 hours", "48 hours",
                                        "8 service_hours", "2 weeks", "6 months", "2 years"}) {
        auto const parsed = parse_period(text);
        REQUIRE(parsed);
        CHECK(to_text(*parsed) == text);
    }
    CHECK(parse_period("5 business_days") == period{5, period_unit::business_days});
}

TEST_CASE("a period that is not one is refused with a sentence") {
    struct row {
        std::string_view text;
        std::string_view words;
    };
    // clang-format off
    row const rows[] = {
        {""                      , "write a length, one space and a unit"},
        {"5"                     , "write a length, one space and a unit"},
        {"business_days"         , "write a length, one space and a unit"},
        {"0 hours"               , "a whole number from 1 to 10000"},
        {"-5 hours"              , "a whole number from 1 to 10000"},
        {"+5 hours"              , "a whole number from 1 to 10000"},
        {"05 hours"              , "a whole number from 1 to 10000"},
        {"10001 hours"           , "a whole number from 1 to 10000"},
        {"99999999999999 hours"  , "a whole number from 1 to 10000"},
        {"1.5 hours"             , "a whole number from 1 to 10000"},
        {" hours"                , "a whole number from 1 to 10000"},
        {" 5 hours"              , "a whole number from 1 to 10000"},
        {"5 days"                , "its unit is one of hours, calendar_days, business_days"},
        {"5  hours"              , "its unit is one of hours, calendar_days, business_days"},
        {"5 hours "              , "its unit is one of hours, calendar_days, business_days"},
        {"5 Hours"               , "its unit is one of hours, calendar_days, business_days"},
    };
    // clang-format on
    for (auto const& [text, words] : rows) {
        CAPTURE(text);
        auto const parsed = parse_period(text);
        REQUIRE_FALSE(parsed);
        CHECK_THAT(parsed.error(), Catch::Matchers::Contains(std::string{words}));
    }
}

TEST_CASE("a range of periods is a target and a limit of one unit") {
    auto const range = parse_period_range("2-3 business_days");
    REQUIRE(range);
    CHECK(range->target == period{2, period_unit::business_days});
    CHECK(range->limit == period{3, period_unit::business_days});
    CHECK(to_text(*range) == "2-3 business_days");
    CHECK(to_text(*parse_period_range("3-3 weeks")) == "3 weeks");
    CHECK(parse_period_range("4 hours") == period_range{{4, period_unit::hours}, {4, period_unit::hours}});
    for (std::string_view const text : {"", "-", "3-2 hours", "0-2 hours", "-2 hours", "1-2", "1-2-3 hours",
                                        "1 - 2 hours", "a-2 hours", "1-10001 hours", "02-3 hours"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_period_range(text));
    }
}
