// Local time: skipped and repeated hours, skipped midnights, a skipped day, and names that are none.
#include "recourse/calendar/time_zone.hpp"

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::rows_of;

namespace {

time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

instant at(std::string_view text) { return parse_instant(text).value(); }

std::string utc(std::string_view zone_name, std::string_view local, choose rule = choose::compatible) {
    auto const clock = local.substr(11);
    auto const number = [&](std::size_t from) { return std::stoi(std::string{clock.substr(from, 2)}); };
    auto const seconds = number(0) * 3'600 + number(3) * 60 + number(6);
    auto const found = zone(zone_name).to_instant(day(local.substr(0, 10)), seconds, rule);
    return found ? to_text(found->at) : found.error();
}

std::string local_text(local_time const& local) {
    auto const text = to_text(local);
    return text.substr(0, 10) + "T" + text.substr(11, 8);
}

}  // namespace

TEST_CASE("local time and UTC agree with other libraries, in gaps and folds too") {
    for (auto const& row : rows_of("tz.tsv")) {
        CAPTURE(row);
        if (row[1] == "utc2local") {
            CHECK(local_text(zone(row[0]).to_local(at(row[2] + "Z"))) == row[3]);
            continue;
        }
        auto const other = row[5] == "gap" ? choose::earlier : choose::later;
        CHECK(utc(row[0], row[2]) == row[3] + "Z");
        CHECK(utc(row[0], row[2], other) == row[6] + "Z");
        CHECK((utc(row[0], row[2], choose::reject) == row[3] + "Z") == (row[5] == "unique"));
    }
}

TEST_CASE("a skipped local time moves forward by the gap, and the caller may choose otherwise") {
    CHECK(utc("Europe/Brussels", "2026-03-29T02:30:00") == "2026-03-29T01:30:00Z");
    CHECK(utc("Europe/Brussels", "2026-03-29T02:30:00", choose::later) == "2026-03-29T01:30:00Z");
    CHECK(utc("Europe/Brussels", "2026-03-29T02:30:00", choose::earlier) == "2026-03-29T00:30:00Z");
    CHECK(utc("Europe/Brussels", "2026-03-29T02:30:00", choose::reject) ==
          "2026-03-29 02:30:00 is skipped by the clocks in Europe/Brussels");
    CHECK(utc("Australia/Lord_Howe", "2025-10-05T02:15:00") == "2025-10-04T15:45:00Z");  // a gap of half an hour
    CHECK(zone("Europe/Brussels").to_instant(day("2026-03-29"), 9'000)->kind == local_kind::gap);
}

TEST_CASE("a repeated local time is the first, and the caller may choose otherwise") {
    CHECK(utc("Europe/Brussels", "2026-10-25T02:30:00") == "2026-10-25T00:30:00Z");
    CHECK(utc("Europe/Brussels", "2026-10-25T02:30:00", choose::earlier) == "2026-10-25T00:30:00Z");
    CHECK(utc("Europe/Brussels", "2026-10-25T02:30:00", choose::later) == "2026-10-25T01:30:00Z");
    CHECK(utc("Europe/Brussels", "2026-10-25T02:30:00", choose::reject) ==
          "2026-10-25 02:30:00 comes twice in Europe/Brussels");
    CHECK(zone("Europe/Brussels").to_instant(day("2026-10-25"), 9'000)->kind == local_kind::fold);
    CHECK(zone("Europe/Brussels").to_instant(day("2026-10-25"), 0)->kind == local_kind::unique);
    CHECK(zone("UTC").to_instant(day("2026-10-25"), 86'400).error() ==
          "second 86400 of a day does not exist; seconds run from 0 to 86399");
    CHECK_FALSE(zone("UTC").to_instant(day("2026-10-25"), -1));
}

TEST_CASE("a local time carries its offset, its abbreviation and its microseconds") {
    auto const winter = zone("Europe/Brussels").to_local(at("2026-03-06T13:05:09.25Z"));
    CHECK(winter == local_time{day("2026-03-06"), 50'709, 250'000, 3'600, "CET"});
    CHECK(to_text(winter) == "2026-03-06 14:05:09.250000 CET");
    CHECK(to_text(zone("Europe/Brussels").to_local(at("2026-07-06T12:05:09Z"))) == "2026-07-06 14:05:09 CEST");
    CHECK(zone("America/New_York").to_local(at("1969-12-31T23:59:59.999999Z")) ==
          local_time{day("1969-12-31"), 68'399, 999'999, -18'000, "EST"});
}

TEST_CASE("a day starts at its first instant, also where midnight is skipped or comes twice") {
    struct row {
        std::string_view zone;
        std::string_view day;
        std::string_view start;
        std::string_view end;
    };
    // clang-format off
    row const rows[] = {
        {"Europe/Brussels"  , "2026-03-06", "2026-03-05T23:00:00Z", "2026-03-06T23:00:00Z"},
        {"Europe/Brussels"  , "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},  // 23 hours
        {"Europe/Brussels"  , "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},  // 25 hours
        {"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},  // midnight skipped
        {"America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"},  // 23:00 comes twice
        {"Asia/Beirut"      , "2022-03-27", "2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z"},  // midnight skipped
        {"America/Havana"   , "2022-11-06", "2022-11-06T04:00:00Z", "2022-11-07T05:00:00Z"},  // midnight comes twice
        {"Pacific/Apia"     , "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
        {"Pacific/Apia"     , "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},  // never happened
        {"Pacific/Apia"     , "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
        {"Asia/Kathmandu"   , "2026-03-06", "2026-03-05T18:15:00Z", "2026-03-06T18:15:00Z"},
    };
    // clang-format on
    for (auto const& [name, date_text, start, end] : rows) {
        CAPTURE(name, date_text);
        CHECK(to_text(zone(name).start_of_day(day(date_text))) == start);
        CHECK(to_text(zone(name).end_of_day(day(date_text))) == end);
    }
}

TEST_CASE("the start of a day is the first instant whose local date is that day or later") {
    auto const name = GENERATE("Europe/Brussels", "America/Sao_Paulo", "Asia/Beirut", "America/Havana", "Pacific/Apia",
                               "America/St_Johns", "Africa/Cairo", "Asia/Tehran", "America/Asuncion", "Asia/Gaza");
    CAPTURE(name);
    auto const here = zone(name);
    for (date at_day = day("1990-01-01"); at_day <= day("2037-12-31"); at_day = plus_days(at_day, 1)) {
        auto const start = here.start_of_day(at_day);
        bool const first = here.local_date(start) >= at_day && here.local_date({start.microseconds - 1}) < at_day;
        if (!first) FAIL(to_text(at_day) << " " << to_text(start));
    }
}

TEST_CASE("the zone data lists the clock changes of later years one by one") {
    // Zone files without that list would silently stop changing the clocks.
    CHECK(zone("America/New_York").to_local(at("2036-07-01T12:00:00Z")).abbreviation == "EDT");
    CHECK(zone("Europe/Brussels").to_local(at("2037-07-01T12:00:00Z")).abbreviation == "CEST");
}

TEST_CASE("an exclusive end at local midnight is shown as 24:00 of the day that ends") {
    CHECK(due_in_words(at("2026-03-06T23:00:00Z"), zone("Europe/Brussels")) == "Fri 6 Mar 2026 24:00 Europe/Brussels");
    CHECK(due_in_words(at("2026-03-06T22:59:59Z"), zone("Europe/Brussels")) ==
          "Fri 6 Mar 2026 23:59:59 Europe/Brussels (CET)");
    CHECK(due_in_words(at("2018-11-04T03:00:00Z"), zone("America/Sao_Paulo")) ==
          "Sat 3 Nov 2018 24:00 America/Sao_Paulo");
    CHECK(due_in_words(at("2011-12-30T10:00:00Z"), zone("Pacific/Apia")) == "Thu 29 Dec 2011 24:00 Pacific/Apia");
    CHECK(in_words(at("2026-03-06T23:00:00Z"), zone("Europe/Brussels")) ==
          "Sat 7 Mar 2026 00:00:00 Europe/Brussels (CET)");
}

TEST_CASE("instants at the edges of the range have a local time") {
    auto const brussels = zone("Europe/Brussels");
    CHECK(to_text(brussels.to_local(last_instant)).substr(0, 19) == "10000-01-01 00:59:5");
    CHECK(brussels.to_local(first_instant).day == first_date);
    CHECK_FALSE(brussels.to_instant({INT32_MAX}, 0));
    CHECK_FALSE(brussels.to_instant(plus_days(first_date, -1), 0));
    CHECK(brussels.to_instant(first_date, 0).has_value());
    for (auto const extreme : {INT64_MIN, INT64_MAX}) CHECK_FALSE(to_text(brussels.to_local({extreme})).empty());
}

TEST_CASE("a zone that does not exist is refused with the nearest names") {
    CHECK(time_zone::find("Europe/Brusels").error() ==
          R"(there is no time zone "Europe/Brusels"; did you mean Europe/Brussels?)");
    CHECK(time_zone::find("europe/brussels").error() ==
          R"(there is no time zone "europe/brussels"; did you mean Europe/Brussels?)");
    CHECK(time_zone::find("Brussels").error() == R"(there is no time zone "Brussels"; did you mean Europe/Brussels?)");
    CHECK(time_zone::find("Mars/Olympus").error() == R"(there is no time zone "Mars/Olympus")");
    CHECK(zone("Europe/Brussels").name() == "Europe/Brussels");
    CHECK(zone("Europe/Brussels") == zone("Europe/Brussels"));
}

TEST_CASE("a hostile zone name is refused and opens no file") {
    using namespace std::string_view_literals;
    for (auto const name : {""sv, "../../etc/passwd"sv, "/etc/passwd"sv, "Europe/Brussels\0"sv, "Europe/Brussels "sv,
                            "Europe\\Brussels"sv, "posix/Europe/Brussels"sv, "right/Europe/Brussels"sv, "localtime"sv,
                            "Factory"sv, "posixrules"sv, "tzdata.zi"sv, "Europe"sv, "Europe/"sv, "\xff\xfe"sv}) {
        CAPTURE(name);
        auto const found = time_zone::find(name);
        REQUIRE_FALSE(found);
        CHECK(found.error().size() < 200);
    }
    auto const error = time_zone::find(std::string(10'240, 'A')).error();
    CHECK(error.size() < 200);
    CHECK_THAT(error, Catch::Matchers::Contains("is not the name of a time zone"));
}

TEST_CASE("the zone data names its version") {
    CHECK_FALSE(zone_data_version().empty());
    CHECK(zone_data_version() == zone_data_version());
}
