// The text of an instant: what is read, what is refused and with which words.
#include "recourse/vocabulary/instant.hpp"

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

using namespace recourse;

namespace {

std::string error_of(std::string_view text) {
    auto const parsed = parse_instant(text);
    return parsed ? "read as " + to_text(*parsed) : parsed.error();
}

}  // namespace

TEST_CASE("an instant is read from RFC 3339 with a zone") {
    struct row {
        std::string_view text;
        std::int64_t microseconds;
    };
    // clang-format off
    row const rows[] = {
        {"1970-01-01T00:00:00Z"             ,                      0},
        {"2026-03-29T01:30:00Z"             ,  1'774'747'800'000'000},
        {"2026-03-29T03:30:00+02:00"        ,  1'774'747'800'000'000},
        {"2026-03-28T20:00:00-05:30"        ,  1'774'747'800'000'000},
        {"2026-03-29T01:30:00-00:00"        ,  1'774'747'800'000'000},
        {"2026-03-29t01:30:00z"             ,  1'774'747'800'000'000},
        {"2026-03-29T01:30:00.5Z"           ,  1'774'747'800'500'000},
        {"2026-03-29T01:30:00.000001Z"      ,  1'774'747'800'000'001},
        {"1969-12-31T23:59:59.999999Z"      ,                     -1},
        {"2024-02-29T00:00:00Z"             ,  1'709'164'800'000'000},
        {"0001-01-01T00:00:00Z"             , first_instant.microseconds},
        {"9999-12-31T23:59:59.999999Z"      ,  last_instant.microseconds},
        {"9999-12-31T23:59:59.999999+23:59" ,  last_instant.microseconds - 86'340'000'000},
    };
    // clang-format on
    for (auto const& [text, microseconds] : rows) {
        CAPTURE(text);
        CHECK(error_of(text) == "read as " + to_text(instant{microseconds}));
        CHECK(parse_instant(text) == instant{microseconds});
    }
}

TEST_CASE("an instant is refused with a sentence that says what would be right") {
    struct row {
        std::string_view text;
        std::string_view words;
    };
    using namespace std::string_view_literals;
    // clang-format off
    row const rows[] = {
        {""                                 , "does not begin with a date"},
        {"now"                              , "does not begin with a date"},
        {" 2026-03-29T01:30:00Z"            , "does not begin with a date"},
        {"+2026-03-29T01:30:00Z"            , "does not begin with a date"},
        {"26-03-29T01:30:00Z"               , "does not begin with a date"},
        {"12026-03-29T01:30:00Z"            , "does not begin with a date"},
        {"2026-3-29T01:30:00Z"              , "does not begin with a date"},
        {"20260329T013000Z"                 , "does not begin with a date"},
        {"0000-01-01T00:00:00Z"             , "years run from 0001 to 9999"},
        {"2026-02-29T00:00:00Z"             , "no such day"},
        {"2026-13-01T00:00:00Z"             , "no such day"},
        {"2026-00-01T00:00:00Z"             , "no such day"},
        {"2026-04-31T00:00:00Z"             , "no such day"},
        {"2026-03-29"                       , "a \"T\" and a time follow"},
        {"2026-03-29 01:30:00Z"             , "a \"T\" and a time follow"},
        {"2026-03-29T01:30Z"                , "not hh:mm:ss"},
        {"2026-03-29T1:30:00Z"              , "not hh:mm:ss"},
        {"2026-03-29T24:00:00Z"             , "hours run from 00 to 23"},
        {"2026-03-29T23:60:00Z"             , "minutes run from 00 to 59"},
        {"2016-12-31T23:59:60Z"             , "leap seconds are not counted"},
        {"2026-03-29T23:59:61Z"             , "seconds run from 00 to 59"},
        {"2026-03-29T01:30:00.Z"            , "a digit follows the decimal point"},
        {"2026-03-29T01:30:00.1234567Z"     , "at most six digits"},
        {"2026-03-29T01:30:00,5Z"           , "a zone is required"},
        {"2026-03-29T01:30:00"              , "a zone is required"},
        {"2026-03-29T01:30:00 CET"          , "a zone is required"},
        {"2026-03-29T01:30:00+0200"         , "an offset is +hh:mm"},
        {"2026-03-29T01:30:00+02"           , "an offset is +hh:mm"},
        {"2026-03-29T01:30:00+24:00"        , "an offset is +hh:mm"},
        {"2026-03-29T01:30:00+02:60"        , "an offset is +hh:mm"},
        {"2026-03-29T01:30:00Z "            , "nothing may follow the zone"},
        {"2026-03-29T01:30:00Z\0"sv         , "nothing may follow the zone"},
        {"2026-03-29T01:30:00Z[UTC]"        , "nothing may follow the zone"},
        {"0001-01-01T00:00:00+00:01"        , "outside the years 0001 to 9999"},
        {"9999-12-31T23:59:59-00:01"        , "outside the years 0001 to 9999"},
    };
    // clang-format on
    for (auto const& [text, words] : rows) {
        CAPTURE(text);
        CHECK_THAT(error_of(text), Catch::Matchers::Contains(std::string{words}));
    }
}

TEST_CASE("a refused instant is quoted short and without control characters") {
    CHECK_THAT(error_of("a\n\x1b[31m\"\xff"),
               Catch::Matchers::StartsWith(R"("a\x0a\x1b[31m\"\xff" is not an instant)"));
    auto const error = error_of(std::string(10'000, 'x'));
    CHECK_THAT(error, Catch::Matchers::StartsWith('"' + std::string(40, 'x') + "...\""));
    CHECK(error.size() < 200);
}

TEST_CASE("an instant is written in UTC, with six digits of fraction or none") {
    CHECK(to_text(instant{0}) == "1970-01-01T00:00:00Z");
    CHECK(to_text(instant{-1}) == "1969-12-31T23:59:59.999999Z");
    CHECK(to_text(instant{500'000}) == "1970-01-01T00:00:00.500000Z");
    CHECK(to_text(first_instant) == "0001-01-01T00:00:00Z");
    CHECK(to_text(last_instant) == "9999-12-31T23:59:59.999999Z");
}

TEST_CASE("an instant outside the years 0001 to 9999 is written as a number") {
    CHECK(to_text(instant{first_instant.microseconds - 1}) ==
          "-62135596800000001 microseconds from 1970-01-01T00:00:00Z");
    CHECK(to_text(instant{INT64_MAX}) == "9223372036854775807 microseconds from 1970-01-01T00:00:00Z");
    CHECK_FALSE(parse_instant(to_text(instant{INT64_MAX})));
}

TEST_CASE("what is written of an instant reads as the same instant") {
    std::int64_t const stride = 86'399'999'983'777;  // a little less than 1000 days, so that every field varies
    for (auto at = first_instant.microseconds; at <= last_instant.microseconds - stride; at += stride) {
        REQUIRE(parse_instant(to_text(instant{at})) == instant{at});
    }
}
