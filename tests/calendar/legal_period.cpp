// Periods counted by regimes: worked examples of the rules themselves, and what each regime does not do.
#include "recourse/calendar/legal_period.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"
#include "rows.hpp"

using namespace recourse;
using recourse::test::day;

namespace {

struct place {
    business_calendar const& calendar;
    time_zone zone;
};

place place_of(std::string_view calendar, std::string_view zone) {
    return {*find_calendar(calendar), *time_zone::find(zone)};
}

// What the examples count on: real dates whose years lie before the built-in tables are spelled out.
business_calendar around(std::vector<std::string> const& holidays) {
    calendar_content content;
    content.name = "COURT";
    content.title = "The holidays around an example";
    content.data_version = "1";
    for (auto const& one : holidays) content.holidays.emplace_back().day = day(one);
    for (auto& one : content.holidays) one.name = "holiday";
    return business_calendar::make(std::move(content)).value();
}

std::string answer(legal_period const& rule, std::string const& from, business_calendar const& calendar,
                   time_zone const& zone) {
    auto const event = parse_date(from);
    auto const end =
        event ? end_of(rule, *event, calendar, zone) : end_of(rule, parse_instant(from).value(), calendar, zone);
    if (!end) return end.error().sentence;
    auto const told =
        event ? explain(rule, *event, calendar, zone) : explain(rule, parse_instant(from).value(), calendar, zone);
    REQUIRE(told);
    CHECK(told->answer.due == end->due);
    return to_text(end->last_day);
}

std::string end_text(legal_period const& rule, std::string const& from, place const& at) {
    auto const end = end_of(rule, parse_instant(from).value(), at.calendar, at.zone);
    return end ? to_text(end->due) : end.error().sentence;
}

constexpr period days(std::int32_t length) { return {length, period_unit::calendar_days}; }

}  // namespace

// legal.tsv has fifteen worked examples; each is a row here, with the holidays that it names.
TEST_CASE("the worked examples of the regimes come out as they are published") {
    using enum legal_regime;
    auto const before = count_direction::before;
    auto const germany = place_of("DE", "Europe/Berlin");
    auto const england = place_of("GB-ENG", "Europe/London");
    auto const states = place_of("US", "America/New_York");
    auto const china = place_of("CN", "Asia/Shanghai");
    auto const netherlands = time_zone::find("Europe/Amsterdam").value();
    auto const trinidad = time_zone::find("America/Port_of_Spain").value();

    SECTION("Civil Procedure Rules 2.8") {
        CHECK(answer({uk_cpr_2_8, days(3), before}, "2023-10-20", england.calendar, england.zone) == "2023-10-16");
        CHECK(answer({uk_cpr_2_8, days(14)}, "2023-10-02", england.calendar, england.zone) == "2023-10-16");
        CHECK(answer({uk_cpr_2_8, days(28), count_direction::after, true}, "2023-10-01", england.calendar,
                     england.zone) == "2023-10-30");
        CHECK(answer({uk_cpr_2_8, days(7), before}, "2023-10-17", around({}), trinidad) == "2023-10-09");
    }
    SECTION("Federal Rules of Civil Procedure 6(a)") {
        auto const court = around({"2007-09-03"});
        CHECK(answer({us_frcp_6a, days(10), before}, "2007-09-11", court, states.zone) == "2007-08-31");
        CHECK(answer({us_frcp_6a, days(10)}, "2007-08-22", court, states.zone) == "2007-09-04");
        CHECK(answer({us_frcp_6a, days(1)}, "2024-07-03", states.calendar, states.zone) == "2024-07-05");
        CHECK(end_text({us_frcp_6a, {24, period_unit::hours}}, "2024-12-24T15:00:00-05:00", states) ==
              "2024-12-26T20:00:00Z");
    }
    SECTION("Regulation 1182/71") {
        CHECK(answer({eu_1182_71, days(14)}, "2024-12-11", germany.calendar, germany.zone) == "2024-12-27");
        CHECK(answer({eu_1182_71, {1, period_unit::months}}, "2025-01-31", germany.calendar, germany.zone) ==
              "2025-02-28");
        CHECK(answer({eu_1182_71, {1, period_unit::months}}, "2024-01-31", germany.calendar, germany.zone) ==
              "2024-02-29");
        CHECK(answer({eu_1182_71, {3, period_unit::weeks}}, "1998-03-12", around({}), netherlands) == "1998-04-02");
        CHECK(answer({eu_1182_71, {1, period_unit::weeks}, before}, "2025-06-08", germany.calendar, germany.zone) ==
              "2025-06-01");
        // The hour from 00 to 01 is not counted; 01 to 02 and, past the gap, 03 to 04 are.
        CHECK(end_text({eu_1182_71, {2, period_unit::hours}}, "2025-03-30T00:30:00+01:00", germany) ==
              "2025-03-30T02:00:00Z");
    }
    SECTION("Civil Code of China 201 to 203") {
        CHECK(answer({cn_civil_code, days(7)}, "2024-09-28", china.calendar, china.zone) == "2024-10-08");
        // Saturday 12 October 2024 was worked for the holiday, so a period may end on it.
        CHECK(answer({cn_civil_code, days(14)}, "2024-09-28", china.calendar, china.zone) == "2024-10-12");
    }
}

TEST_CASE("the end of a period is the instant after its last day in the zone") {
    auto const germany = place_of("DE", "Europe/Berlin");
    auto const end = end_of({legal_regime::eu_1182_71, days(14)}, day("2024-12-11"), germany.calendar, germany.zone);
    CHECK(to_text(end->due) == "2024-12-27T23:00:00Z");
    auto const from_evening = end_text({legal_regime::eu_1182_71, days(14)}, "2024-12-11T22:59:59Z", germany);
    CHECK(from_evening == "2024-12-27T23:00:00Z");
    auto const from_midnight = end_text({legal_regime::eu_1182_71, days(14)}, "2024-12-11T23:00:00Z", germany);
    CHECK(from_midnight == "2024-12-27T23:00:00Z");  // the 12th in Berlin: day 14 is the 26th
}

TEST_CASE("a European period of two days or more holds two working days") {
    auto const germany = place_of("DE", "Europe/Berlin");
    auto const last = [&](std::string const& from, period const& length) {
        return answer({legal_regime::eu_1182_71, length}, from, germany.calendar, germany.zone);
    };
    // From Friday: Saturday and Sunday, then Monday by article 3(4), then Tuesday by article 3(5).
    CHECK(last("2026-03-06", days(2)) == "2026-03-10");
    CHECK(last("2026-03-06", days(1)) == "2026-03-09");
    CHECK(last("2026-03-05", days(2)) == "2026-03-09");  // Friday and Monday
    CHECK(last("2026-03-04", days(2)) == "2026-03-06");
}

TEST_CASE("a period in working days is no longer than it says") {
    auto const germany = place_of("DE", "Europe/Berlin");
    legal_period const one{legal_regime::eu_1182_71, {1, period_unit::business_days}};
    CHECK(answer(one, "2026-06-01", germany.calendar, germany.zone) == "2026-06-02");
}

TEST_CASE("clear days are for periods in days, not for months") {
    auto const england = place_of("GB-ENG", "Europe/London");
    legal_period const month{legal_regime::uk_cpr_2_8, {1, period_unit::months}, count_direction::before};
    CHECK(answer(month, "2026-06-15", england.calendar, england.zone) == "2026-05-15");
}

TEST_CASE("hours that end at midnight end with the day before, and going back on the day that begins") {
    auto const states = place_of("US", "America/New_York");
    legal_period const after{legal_regime::us_frcp_6a, {72, period_unit::hours}};
    // Friday 24:00 is the end of a working day.
    CHECK(end_text(after, "2026-06-03T04:00:00Z", states) == "2026-06-06T04:00:00Z");
    CHECK(answer(after, "2026-06-03T04:00:00Z", states.calendar, states.zone) == "2026-06-05");
    // Saturday 24:00 goes on to Monday 24:00.
    CHECK(end_text(after, "2026-06-04T04:00:00Z", states) == "2026-06-09T04:00:00Z");
    legal_period const before{legal_regime::us_frcp_6a, {72, period_unit::hours}, count_direction::before};
    CHECK(answer(before, "2026-06-04T04:00:00Z", states.calendar, states.zone) == "2026-06-01");
    CHECK(end_text(before, "2026-06-04T04:00:00Z", states) == "2026-06-01T04:00:00Z");
}

TEST_CASE("lengths and days out of range are errors of a regime") {
    auto const states = place_of("US", "America/New_York");
    for (std::int32_t const length : {0, -5, INT32_MIN, 10'001, INT32_MAX}) {
        for (auto const unit : {period_unit::calendar_days, period_unit::weeks, period_unit::years}) {
            auto const end =
                end_of({legal_regime::us_frcp_6a, {length, unit}}, day("2026-06-06"), states.calendar, states.zone);
            REQUIRE_FALSE(end);
            CHECK(end.error().kind == period_error_kind::length_out_of_range);
        }
    }
    auto const& weekdays = *find_calendar("WEEKDAYS");
    auto const last = end_of({legal_regime::plain, days(1)}, day("9999-12-30"), weekdays, states.zone);
    REQUIRE_FALSE(last);
    CHECK(last.error().sentence == "the calendar WEEKDAYS has no data for the year 10000");
    auto const first =
        end_of({legal_regime::uk_cpr_2_8, days(6), count_direction::before}, day("0001-01-07"), weekdays, states.zone);
    REQUIRE_FALSE(first);
    CHECK(first.error().sentence == "the calendar WEEKDAYS has no data for the year 0");
}

TEST_CASE("up to five days the English rule counts working days only, above it all of them") {
    auto const england = place_of("GB-ENG", "Europe/London");
    auto const last = [&](std::string const& from, std::int32_t length, count_direction direction) {
        return answer({legal_regime::uk_cpr_2_8, days(length), direction}, from, england.calendar, england.zone);
    };
    CHECK(last("2026-12-23", 5, count_direction::after) == "2027-01-04");  // 24, 29, 30, 31 December, 4 January
    CHECK(last("2026-12-23", 6, count_direction::after) == "2026-12-29");  // the 29th itself, past Christmas
    CHECK(last("2026-12-31", 6, count_direction::before) == "2026-12-24");
}

TEST_CASE("hours need an instant, and service hours a schedule") {
    auto const germany = place_of("DE", "Europe/Berlin");
    legal_period const hours{legal_regime::plain, {4, period_unit::hours}};
    auto const no_instant = end_of(hours, day("2026-03-06"), germany.calendar, germany.zone);
    REQUIRE_FALSE(no_instant);
    CHECK(no_instant.error().kind == period_error_kind::needs_an_instant);
    CHECK(end_text(hours, "2026-03-06T12:00:00.25Z", germany) == "2026-03-06T16:00:00.250000Z");
    legal_period const service{legal_regime::plain, {4, period_unit::service_hours}};
    CHECK(end_of(service, day("2026-03-06"), germany.calendar, germany.zone).error().kind ==
          period_error_kind::unit_is_not_counted);
}

TEST_CASE("a year without holidays in the table is an error of a regime that rolls, and none of a plain one") {
    auto const germany = place_of("DE", "Europe/Berlin");
    auto const rolled = end_of({legal_regime::eu_1182_71, days(14)}, day("2041-01-01"), germany.calendar, germany.zone);
    REQUIRE_FALSE(rolled);
    CHECK(rolled.error().kind == period_error_kind::no_data);
    CHECK(rolled.error().sentence == "the calendar DE has no data for the year 2041");
    CHECK(answer({legal_regime::plain, days(14)}, "2041-01-01", germany.calendar, germany.zone) == "2041-01-15");
    CHECK_FALSE(end_of({legal_regime::plain, days(10'000)}, last_date, germany.calendar, germany.zone));
}

TEST_CASE("the explanation of a regime names its provisions") {
    auto const germany = place_of("DE", "Europe/Berlin");
    auto const told = explain({legal_regime::eu_1182_71, days(14)}, day("2024-12-11"), germany.calendar, germany.zone);
    REQUIRE(told);
    auto const text = to_text(*told);
    CAPTURE(text);
    CHECK_THAT(text, Catch::Contains("Wed 11 Dec 2024: day 0, not counted [1]\n"));
    CHECK_THAT(text, Catch::Contains("Wed 25 Dec 2024: closed, Christmas Day"));
    CHECK_THAT(text, Catch::Contains("Fri 27 Dec 2024: the last day instead (following) [3]\n"));
    CHECK_THAT(text, Catch::Contains("due before Fri 27 Dec 2024 24:00 Europe/Berlin (2024-12-27T23:00:00Z)"));
    CHECK_THAT(text, Catch::Contains("[1] Regulation 1182/71 article 3(1)\n"));
    CHECK_THAT(text, Catch::Contains("[3] Regulation 1182/71 article 3(4)\n"));
    auto const json = to_json(*told);
    CHECK_THAT(json, Catch::Contains(R"("due":"2024-12-27T23:00:00Z")"));
    CHECK_THAT(json, Catch::Contains(R"x("source":"Regulation 1182/71 article 3(4)")x"));
}
