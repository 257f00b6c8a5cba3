// The text of rules: read, written back the same, and refused with the word that was not understood.
#include "recourse/calendar/holiday_rule.hpp"

#include <catch2/catch.hpp>

using namespace recourse;

TEST_CASE("a day rule is read and written as one line") {
    for (std::string_view const text : {"01-01",
                                        "02-29",
                                        "12-25 +1",
                                        "easter",
                                        "easter -47",
                                        "orthodox_easter +50",
                                        "3rd monday in may",
                                        "last monday in august",
                                        "1st tuesday in november -1",
                                        "monday on or after 06-12",
                                        "monday on or before 05-24",
                                        "friday before easter",
                                        "sunday nearest 06-22",
                                        "2nd friday after 11-01",
                                        "tuesday after 1st monday in november",
                                        "thursday before last monday in may +3",
                                        "chinese 8/15",
                                        "korean 1/1 -1",
                                        "vietnamese 3/10",
                                        "hijri 10/1",
                                        "hijri 12/9 +2",
                                        "hebrew tishri 10",
                                        "hebrew adar_first 14",
                                        "qingming utc+8",
                                        "march_equinox utc+9",
                                        "winter_solstice utc-5",
                                        "row thanksgiving +1",
                                        "between holidays",
                                        "listed"}) {
        CAPTURE(text);
        auto const rule = parse_day_rule(text);
        REQUIRE(rule);
        CHECK(to_text(*rule) == text);
        CHECK(parse_day_rule(to_text(*rule)) == *rule);
    }
    CHECK(to_text(*parse_day_rule("  monday   on or after   06-12 ")) == "monday on or after 06-12");
}

TEST_CASE("a day rule that is none is refused at its word") {
    struct row {
        std::string_view text;
        std::string_view words;
    };
    // clang-format off
    row const rows[] = {
        {""                              , "found the end"},
        {"christmas"                     , "found \"christmas\""},
        {"13-01"                         , "a month and day that exist"},
        {"02-30"                         , "a month and day that exist"},
        {"1-1"                           , "expected a day, such as 12-25"},
        {"easter + 1"                    , "expected +N, -N or the end, found \"+\""},
        {"easter +1000"                  , "found \"+1000\""},
        {"easter +"                      , "found \"+\""},
        {"easter +1 +1"                  , "found \"+1\""},
        {"monday in may"                 , "1st to 5th or last before the weekday of a month"},
        {"6th monday in may"             , "found \"6th\""},
        {"1st moonday in may"            , "a weekday, such as monday, found \"moonday\""},
        {"1st monday in spring"          , "a month, such as january"},
        {"monday"                        , "behind the weekday"},
        {"monday on after 05-01"         , "behind the weekday"},
        {"last monday after 05-01"       , "neither last"},
        {"2nd monday nearest 05-01"      , "neither last"},
        {"monday after tuesday after 05-01", "found \"tuesday\""},
        {"1-025"                         , "expected a day, such as 12-25"},
        {"easter +367"                   , "found \"+367\""},
        {"listed +3"                     , "expected listed alone"},
        {"monday after listed"           , "expected listed alone"},
        {"between holidays -1"           , "expected between holidays alone"},
        {"chinese"                       , "a month and day of the moon"},
        {"chinese 13/1"                  , "a month and day of the moon"},
        {"hijri 9/31"                    , "a month and day of the moon"},
        {"hebrew smarch 1"               , "a Hebrew month"},
        {"hebrew tishri 31"              , "a day of the month"},
        {"qingming"                      , "the zone of the solar term"},
        {"qingming utc+15"               , "the zone of the solar term"},
        {"row"                           , "the id of a row"},
        {"between"                       , "expected holidays"},
    };
    // clang-format on
    for (auto const& [text, words] : rows) {
        CAPTURE(text);
        auto const rule = parse_day_rule(text);
        REQUIRE_FALSE(rule);
        CHECK_THAT(rule.error(), Catch::Contains(std::string{words}));
    }
}

TEST_CASE("a substitute rule is read and written as its clauses") {
    for (std::string_view const text :
         {"sunday -> +1", "saturday -> -1; sunday -> +1", "saturday sunday -> next working day",
          "sunday holiday -> next non-holiday", "holiday -> next working day", "tuesday wednesday -> previous monday",
          "friday -> next monday", "saturday -> previous working day"}) {
        CAPTURE(text);
        auto const rule = parse_substitute_rule(text);
        REQUIRE(rule);
        CHECK(to_text(*rule) == text);
    }
    CHECK(parse_substitute_rule("")->empty());
    for (std::string_view const text :
         {"sunday", "-> +1", "sunday ->", "sunday -> 0", "sunday -> +0", "sunday -> tomorrow", "sunday -> next",
          "sunday -> next working", "sunday -> previous non-holiday", "sunday -> +1 monday", "holidays -> +1", ";"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_substitute_rule(text));
    }
    CHECK_THAT(parse_substitute_rule("sunday -> tomorrow").error(), Catch::Contains("found \"tomorrow\""));
}
