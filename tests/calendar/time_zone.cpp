// Local time: skipped and repeated hours, skipped midnights, a skipped day, the far future, and names that are none.
#include "recourse/calendar/time_zone.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <thread>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::rows_of;

namespace {

time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

instant at(std::string_view text) { return parse_instant(text).value(); }

std::int32_t seconds_of(std::string_view clock) {  // "02:30:00"
    auto const number = [&](std::size_t from) { return std::stoi(std::string{clock.substr(from, 2)}); };
    return number(0) * 3'600 + number(3) * 60 + number(6);
}

std::string utc(std::string_view zone_name, std::string_view local, choose rule = choose::compatible) {
    auto const found = zone(zone_name).to_instant(day(local.substr(0, 10)), seconds_of(local.substr(11)), rule);
    return found ? to_text(found->at) : found.error();
}

std::string local_text(local_time const& local) {
    auto const text = to_text(local);
    return text.substr(0, 10) + "T" + text.substr(11, 8);
}

}  // namespace

TEST_CASE("local time and UTC agree with other libraries, in gaps and folds too") {
    auto const rows = rows_of("tz.tsv");
    REQUIRE(rows.size() == 2'500);
    for (auto const& row : rows) {
        CAPTURE(row);
        auto const& [name, direction, input, expected] = std::tie(row[0], row[1], row[2], row[3]);
        auto const here = zone(name);
        bool const to_utc = direction == "local2utc";
        auto const local = to_utc ? input : expected;
        auto const clock = seconds_of(std::string_view{local}.substr(11));
        auto const found = here.to_instant(day(local.substr(0, 10)), clock);
        REQUIRE(found);
        auto const kind = found->kind == local_kind::gap ? "gap" : found->kind == local_kind::fold ? "fold" : "unique";
        auto const offset = (row[4][0] == '-' ? -1 : 1) * seconds_of(std::string_view{row[4]}.substr(1));
        if (!to_utc) {
            CHECK(local_text(here.to_local(at(input + "Z"))) == expected);
            CHECK(here.to_local(at(input + "Z")).offset_seconds == offset);
            CHECK(here.offset_at(at(input + "Z")) == offset);
            // "fold" marks the second time that the clocks show what they showed before, and nothing marks the first.
            bool const second = to_text(found->at) != input + "Z";
            CHECK(second == (row[5] == "fold"));
            CHECK((!second || (found->kind == local_kind::fold && utc(name, local, choose::later) == input + "Z")));
            continue;
        }
        auto const other = row[5] == "gap" ? choose::earlier : choose::later;
        CHECK(to_text(found->at) == expected + "Z");
        CHECK(kind == row[5]);
        CHECK(day(local.substr(0, 10)).days * seconds_per_day + clock - offset ==
              found->at.microseconds / microseconds_per_second);
        CHECK(utc(name, local, other) == row[6] + "Z");
        CHECK((utc(name, local, choose::reject) == expected + "Z") == (row[5] == "unique"));
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

TEST_CASE("the years that a zone file does not list follow the rule at its end") {
    struct row {
        std::string_view zone;
        std::string_view at;
        std::string_view local;
    };
    // clang-format off
    row const rows[] = {
        {"Europe/Brussels"    , "2037-12-31T12:00:00Z", "2037-12-31 13:00:00 CET"},
        {"Europe/Brussels"    , "2038-07-01T12:00:00Z", "2038-07-01 14:00:00 CEST"},
        {"Europe/Brussels"    , "2050-07-01T12:00:00Z", "2050-07-01 14:00:00 CEST"},
        {"Europe/Brussels"    , "2050-03-27T00:59:59Z", "2050-03-27 01:59:59 CET"},
        {"Europe/Brussels"    , "2050-03-27T01:00:00Z", "2050-03-27 03:00:00 CEST"},
        {"Europe/Brussels"    , "2437-10-25T00:59:59Z", "2437-10-25 02:59:59 CEST"},
        {"Europe/Brussels"    , "2437-10-25T01:00:00Z", "2437-10-25 02:00:00 CET"},
        {"Europe/Brussels"    , "9999-07-01T12:00:00Z", "9999-07-01 14:00:00 CEST"},
        {"Europe/Dublin"      , "2060-01-15T12:00:00Z", "2060-01-15 12:00:00 GMT"},   // winter is the time that is saved
        {"Europe/Dublin"      , "2060-07-15T12:00:00Z", "2060-07-15 13:00:00 IST"},
        {"America/New_York"   , "2099-07-01T12:00:00Z", "2099-07-01 08:00:00 EDT"},
        {"America/New_York"   , "2099-12-01T12:00:00Z", "2099-12-01 07:00:00 EST"},
        {"America/Nuuk"       , "2051-03-25T23:00:00Z", "2051-03-25 21:00:00 -02"},   // on a Saturday, an hour before
        {"Australia/Sydney"   , "2075-01-15T12:00:00Z", "2075-01-15 23:00:00 AEDT"},  // the southern summer
        {"Australia/Sydney"   , "2075-07-15T12:00:00Z", "2075-07-15 22:00:00 AEST"},
        {"Australia/Lord_Howe", "2075-01-15T12:00:00Z", "2075-01-15 23:00:00 +11"},   // half an hour
        {"Australia/Lord_Howe", "2075-07-15T12:00:00Z", "2075-07-15 22:30:00 +1030"},
        {"Antarctica/Troll"   , "2075-07-15T12:00:00Z", "2075-07-15 14:00:00 +02"},   // two hours
        {"Asia/Tokyo"         , "2099-07-01T12:00:00Z", "2099-07-01 21:00:00 JST"},   // no rule: the last offset stays
        {"UTC"                , "9999-12-31T23:59:59Z", "9999-12-31 23:59:59 UTC"},
    };
    // clang-format on
    for (auto const& [name, then, local] : rows) {
        CAPTURE(name, then);
        CHECK(to_text(zone(name).to_local(at(then))) == local);
    }
    CHECK(utc("Europe/Brussels", "2050-03-27T02:30:00", choose::earlier) == "2050-03-27T00:30:00Z");
    CHECK(utc("Europe/Brussels", "2050-03-27T02:30:00") == "2050-03-27T01:30:00Z");
    CHECK(utc("Europe/Brussels", "9999-10-31T02:30:00") == "9999-10-31T00:30:00Z");
    CHECK(utc("Europe/Brussels", "9999-10-31T02:30:00", choose::later) == "9999-10-31T01:30:00Z");
}

TEST_CASE("every local time of every later year comes back from its instant") {
    auto const name = GENERATE("Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Asia/Gaza", "Asia/Tokyo");
    CAPTURE(name);
    auto const here = zone(name);
    for (date today = day("2038-01-01"); today < day("2900-01-01"); today = plus_days(today, 1)) {
        auto const noon = here.to_instant(today, 43'200, choose::reject);
        auto const night = here.to_instant(today, 9'000);
        REQUIRE((noon && night));
        auto const back = here.to_local(night->at);
        bool const same = back.day == today && back.seconds_of_day == 9'000;
        if (same == (night->kind == local_kind::gap)) FAIL(to_text(today));
        if (here.local_date(noon->at) != today) FAIL(to_text(today));
    }
}

TEST_CASE("the offsets between two instants are the spans between the changes") {
    auto const brussels = zone("Europe/Brussels");
    auto const from = at("2026-01-01T00:00:00.5Z");
    CHECK(brussels.offsets_between(from, at("2027-01-01T00:00:00Z")) ==
          std::vector<offset_span>{
              {from, 3'600}, {at("2026-03-29T01:00:00Z"), 7'200}, {at("2026-10-25T01:00:00Z"), 3'600}});
    // The end is exclusive, the start is not.
    auto const change = at("2026-03-29T01:00:00Z");
    CHECK(brussels.offsets_between(from, change) == std::vector<offset_span>{{from, 3'600}});
    CHECK(brussels.offsets_between(from, {change.microseconds + 1}).size() == 2);
    CHECK(brussels.offsets_between(change, {change.microseconds + 1}) == std::vector<offset_span>{{change, 7'200}});
    CHECK(brussels.offsets_between(change, change).empty());
    CHECK(brussels.offsets_between(change, from).empty());
    CHECK(zone("UTC").offsets_between(first_instant, last_instant) == std::vector<offset_span>{{first_instant, 0}});
}

TEST_CASE("a new name for the same offset is no new span") {
    auto const new_york = zone("America/New_York");
    CHECK(new_york.to_local(at("1945-08-14T22:59:59Z")).abbreviation == "EWT");
    CHECK(new_york.to_local(at("1945-08-14T23:00:00Z")).abbreviation == "EPT");
    auto const from = at("1945-01-01T00:00:00Z");
    CHECK(new_york.offsets_between(from, at("1946-01-01T00:00:00Z")) ==
          std::vector<offset_span>{{from, -14'400}, {at("1945-09-30T06:00:00Z"), -18'000}});
}

TEST_CASE("the offsets from year 1 to year 9999 are those of each instant, and repeat after 400 years") {
    auto const name = GENERATE("Europe/Berlin", "America/Santiago", "Africa/Casablanca", "Asia/Gaza", "Pacific/Apia");
    CAPTURE(name);
    auto const here = zone(name);
    auto const spans = here.offsets_between(first_instant, last_instant);
    REQUIRE(spans.front().from == first_instant);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        auto const end = i + 1 < spans.size() ? spans[i + 1].from : last_instant;
        bool const right = spans[i].from < end && here.offset_at(spans[i].from) == spans[i].offset_seconds &&
                           here.offset_at({end.microseconds - 1}) == spans[i].offset_seconds &&
                           (i == 0 || spans[i - 1].offset_seconds != spans[i].offset_seconds);
        if (!right) FAIL(to_text(spans[i].from));
    }
    constexpr std::int64_t cycle = 146'097 * seconds_per_day;
    auto later = here.offsets_between(at("2500-01-01T00:00:00Z"), at("2900-01-01T00:00:00Z"));
    for (auto& span : later) span.from = plus_seconds(span.from, cycle);
    CHECK(later == here.offsets_between(at("2900-01-01T00:00:00Z"), at("3300-01-01T00:00:00Z")));
}

TEST_CASE("twenty-six years of Berlin have a change each spring and autumn") {
    auto const spans = zone("Europe/Berlin").offsets_between(at("2020-01-01T00:00:00Z"), at("2046-01-01T00:00:00Z"));
    REQUIRE(spans.size() == 53);
    CHECK(spans[52] == offset_span{at("2045-10-29T01:00:00Z"), 3'600});
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
    CHECK(to_text(brussels.start_of_day(plus_days(first_date, 1))) == "0001-01-01T23:42:30Z");  // local mean time
    CHECK(to_text(brussels.start_of_day(last_date)) == "9999-12-30T23:00:00Z");
    CHECK(to_text(brussels.end_of_day(last_date)) == "9999-12-31T23:00:00Z");
    CHECK(brussels.start_of_day(first_date) < first_instant);
    CHECK(zone("America/New_York").end_of_day(last_date) > last_instant);
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
    for (auto const name : {""sv,
                            "../../etc/passwd"sv,
                            "/etc/passwd"sv,
                            "Europe/Brussels\0"sv,
                            "Europe/Brussels "sv,
                            "Europe\\Brussels"sv,
                            "posix/Europe/Brussels"sv,
                            "right/Europe/Brussels"sv,
                            "localtime"sv,
                            "Factory"sv,
                            "posixrules"sv,
                            "tzdata.zi"sv,
                            "Europe"sv,
                            "Europe/"sv,
                            "\xff\xfe"sv,
                            "Fixed/UTC+01:00:00"sv,
                            "libc:localtime"sv,
                            "file:/etc/passwd"sv,
                            "America/"sv,
                            "EST5"sv}) {
        CAPTURE(name);
        auto const found = time_zone::find(name);
        REQUIRE_FALSE(found);
        CHECK(found.error().size() < 200);
    }
    auto const error = time_zone::find(std::string(10'240, 'A')).error();
    CHECK(error.size() < 200);
    CHECK_THAT(error, Catch::Matchers::Contains("is not the name of a time zone"));
}

TEST_CASE("the environment has no say in what a zone is") {
    ::setenv("TZDIR", "/nowhere", 1);
    ::setenv("TZ", "America/New_York", 1);
    ::setenv("LOCALTIME", "America/New_York", 1);
    CHECK(to_text(zone("Indian/Mauritius").to_local(at("2026-07-01T12:00:00Z"))) == "2026-07-01 16:00:00 +04");
    CHECK(to_text(zone("UTC").to_local(at("2026-07-01T12:00:00Z"))) == "2026-07-01 12:00:00 UTC");
    for (auto const* name : {"TZDIR", "TZ", "LOCALTIME"}) ::unsetenv(name);
}

TEST_CASE("a zone that several threads ask for at once is one zone") {
    std::vector<std::string_view> const names{"Asia/Kolkata", "Pacific/Chatham", "America/Caracas", "Africa/Maputo"};
    std::vector<std::vector<time_zone>> found(4);
    std::vector<std::thread> threads;
    for (auto& own : found) {
        threads.emplace_back([&own, &names] {
            for (auto const name : names) {
                own.push_back(time_zone::find(name).value());
                if (own.back().offsets_between(first_instant, last_instant).empty()) own.clear();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    for (auto const& own : found) CHECK(own == found[0]);
    CHECK(found[0].size() == names.size());
}

TEST_CASE("the zone data names its version") {
    CHECK_FALSE(zone_data_version().empty());
    CHECK(zone_data_version() == zone_data_version());
}
