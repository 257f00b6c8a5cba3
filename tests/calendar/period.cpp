// The text of a period.
#include "recourse/calendar/period.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace recourse;

TEST_CASE("a period is read and written as its length and its unit") {
    for (std::string_view const text : {"5 business_days", "1 calendar_days", "10000 hours", "48 hours"}) {
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
        {"5 days"                , "its unit is hours, calendar_days or business_days"},
        {"5  hours"              , "its unit is hours, calendar_days or business_days"},
        {"5 hours "              , "its unit is hours, calendar_days or business_days"},
        {"5 Hours"               , "its unit is hours, calendar_days or business_days"},
    };
    // clang-format on
    for (auto const& [text, words] : rows) {
        CAPTURE(text);
        auto const parsed = parse_period(text);
        REQUIRE_FALSE(parsed);
        CHECK_THAT(parsed.error(), Catch::Matchers::Contains(std::string{words}));
    }
}
