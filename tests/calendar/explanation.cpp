// Explanations of what only some deadlines have: cut-offs, months, bounds, service hours, predicted holidays, JSON.
#include "recourse/calendar/explanation.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/holidays.hpp"
#include "rows.hpp"

using namespace recourse;
using Catch::Contains;
using recourse::test::day;

namespace {

instant at(std::string_view text) { return parse_instant(text).value(); }
time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

deadline_rule rule(std::string_view length, std::optional<std::int32_t> cut_off = {},
                   start_rule start = start_rule::count, roll_rule roll = roll_rule::none) {
    return {.length = parse_period(length).value(), .start = start, .roll = roll, .cut_off = cut_off};
}

constexpr std::int32_t five_in_the_afternoon = 17 * 3'600;

}  // namespace

TEST_CASE("an event at the cut-off or later counts as one of the next day") {
    auto const germany = *find_calendar("DE");
    auto const berlin = zone("Europe/Berlin");
    auto const due = [&](deadline_rule const& of, std::string_view from) {
        return due_in_words(compute_deadline(of, at(from), germany, berlin)->due, berlin);
    };
    auto const one = rule("1 business_days", five_in_the_afternoon);
    CHECK(due(one, "2026-03-03T16:59:59+01:00") == "Wed 4 Mar 2026 24:00 Europe/Berlin");
    CHECK(due(one, "2026-03-03T17:00:00+01:00") == "Thu 5 Mar 2026 24:00 Europe/Berlin");
    // On a Friday evening the next day is a Saturday; with adjust_then_count the event counts as one of Monday.
    CHECK(due(one, "2026-03-06T18:00:00+01:00") == "Mon 9 Mar 2026 24:00 Europe/Berlin");
    auto const adjusted = rule("1 business_days", five_in_the_afternoon, start_rule::adjust_then_count);
    CHECK(due(adjusted, "2026-03-06T18:00:00+01:00") == "Tue 10 Mar 2026 24:00 Europe/Berlin");
    CHECK(due(rule("24 hours", five_in_the_afternoon), "2026-03-03T18:00:00+01:00") ==
          "Wed 4 Mar 2026 18:00:00 Europe/Berlin (CET)");
    auto const told = explain(adjusted, at("2026-03-06T18:00:00+01:00"), germany, berlin);
    CHECK_THAT(to_text(*told),
               Contains("  Sat 7 Mar 2026: counts as the day of the event, it came on Fri 6 Mar 2026 at "
                        "17:00 or later\n  Sat 7 Mar 2026: day 0, not counted\n"));
}

TEST_CASE("weeks, months and years end on the same day, or on the last of a short month") {
    auto const germany = *find_calendar("DE");
    auto const berlin = zone("Europe/Berlin");
    auto const last = [&](deadline_rule const& of, std::string_view from) {
        auto const told = explain(of, at(from), germany, berlin);
        REQUIRE(told);
        return to_text(berlin.local_date({told->answer.due.microseconds - 1}));
    };
    CHECK(last(rule("2 weeks"), "2026-03-03T12:00:00Z") == "2026-03-17");
    CHECK(last(rule("1 months"), "2026-01-31T12:00:00Z") == "2026-02-28");
    CHECK(last(rule("1 months"), "2028-01-31T12:00:00Z") == "2028-02-29");
    CHECK(last(rule("1 years"), "2028-02-29T12:00:00Z") == "2029-02-28");
    // 28 February 2026 is a Saturday.
    CHECK(last(rule("1 months", {}, start_rule::count, roll_rule::following), "2026-01-31T12:00:00Z") == "2026-03-02");
    CHECK(last(rule("1 months", {}, start_rule::count, roll_rule::modified_following), "2026-01-31T12:00:00Z") ==
          "2026-02-27");
    auto const told = explain(rule("1 months", {}, start_rule::count, roll_rule::following), at("2026-01-31T12:00:00Z"),
                              germany, berlin);
    CHECK_THAT(to_text(*told), Contains("  Sat 28 Feb 2026: 1 month later\n  Sat 28 Feb 2026: closed, weekend\n"));
}

TEST_CASE("bounds hold a deadline, in their order, and say so") {
    auto const& weekdays = *find_calendar("WEEKDAYS");
    auto const utc = zone("UTC");
    auto const from = at("2026-03-02T12:00:00Z");
    auto const three_days = rule("3 calendar_days");  // ends on 6 March, 00:00
    auto const due = [&](deadline_bounds const& bounds) {
        return to_text(compute_deadline(three_days, from, weekdays, utc, bounds)->due);
    };
    CHECK(due({}) == "2026-03-06T00:00:00Z");
    CHECK(due({.not_before = at("2026-03-05T00:00:00Z"), .not_after = {}, .shown = {}}) == "2026-03-06T00:00:00Z");
    CHECK(due({.not_before = at("2026-03-08T00:00:00Z"), .not_after = {}, .shown = {}}) == "2026-03-08T00:00:00Z");
    CHECK(due({.not_before = {}, .not_after = at("2026-03-04T00:00:00Z"), .shown = {}}) == "2026-03-04T00:00:00Z");
    deadline_bounds const all{at("2026-03-08T00:00:00Z"), at("2026-03-07T00:00:00Z"), at("2026-03-09T00:00:00Z")};
    CHECK(due(all) == "2026-03-09T00:00:00Z");  // what was shown is kept
    auto const told = explain(three_days, from, weekdays, utc, all);
    CHECK_THAT(to_text(*told), Contains("  Sat 7 Mar 2026: not before Sat 7 Mar 2026 24:00 UTC\n"
                                        "  Fri 6 Mar 2026: not after Fri 6 Mar 2026 24:00 UTC\n"
                                        "  Sun 8 Mar 2026: not earlier than was shown, Sun 8 Mar 2026 24:00 UTC\n"
                                        "due before Sun 8 Mar 2026 24:00 UTC"));
}

TEST_CASE("service hours are told window by window") {
    service_hours hours{.name = "desk", .zone = zone("Europe/Berlin")};
    hours.windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}};
    auto const schedule = service_schedule::make(hours, day("2026-01-01"), day("2026-12-31")).value();
    auto const told = explain({8, period_unit::service_hours}, at("2026-03-27T15:00:00+01:00"), schedule);
    REQUIRE(told);
    CHECK(to_text(told->answer.due) == "2026-03-30T13:00:00Z");
    auto const text = to_text(*told);
    CHECK_THAT(text, Contains("8 service hours from Fri 27 Mar 2026 15:00:00 Europe/Berlin (CET)\n"));
    CHECK_THAT(text, Contains("  Fri 27 Mar 2026: 2:00 hours, "));
    CHECK_THAT(text, Contains("  Mon 30 Mar 2026: 6:00 hours, "));
    CHECK_THAT(text, Contains("  the clocks change on the way, CET +01:00 to CEST +02:00\n"));
    CHECK_THAT(text, Contains("due before Mon 30 Mar 2026 15:00:00 Europe/Berlin (CEST)"));
    CHECK_FALSE(explain({10'000, period_unit::service_hours}, at("2026-03-27T15:00:00Z"), schedule));
    // A rule in service hours has no answer on days alone.
    CHECK_FALSE(
        compute_deadline(rule("8 service_hours"), at("2026-03-27T15:00:00Z"), *find_calendar("DE"), zone("UTC")));
}

TEST_CASE("a predicted holiday on the way gives the earliest and the latest last day") {
    auto const& emirates = *find_calendar("AE");
    auto const dubai = zone("Asia/Dubai");
    // The feast at the end of Ramadan 2029 is predicted; a sighting may move it by a day.
    auto const days = emirates.holiday_days(day("2029-02-01"), day("2029-02-28"));
    REQUIRE_FALSE(days.empty());
    CHECK(days.front().known_by == certainty::predicted);
    auto const before = plus_days(days.front().day, -3);
    auto const told = explain(rule("5 business_days"), dubai.start_of_day(before), emirates, dubai);
    REQUIRE(told);
    REQUIRE(told->may_fall);
    auto const last = dubai.local_date({told->answer.due.microseconds - 1});
    CHECK(told->may_fall->earliest <= last);
    CHECK(last <= told->may_fall->latest);
    CHECK(told->may_fall->earliest < told->may_fall->latest);
    CHECK_THAT(to_text(*told), Contains("a predicted holiday may move the last day: "));
    CHECK_THAT(to_text(*told), Contains(", predicted"));
    // Far from any feast there is nothing to say.
    auto const sure = explain(rule("5 business_days"), at("2029-09-03T12:00:00Z"), emirates, dubai);
    CHECK_FALSE(sure->may_fall);
}

TEST_CASE("an explanation as JSON has every step with its source and certainty") {
    auto const told =
        explain(rule("2 business_days"), at("2026-09-30T12:00:00+08:00"), *find_calendar("CN"), zone("Asia/Shanghai"));
    auto const json = to_json(*told);
    CHECK_THAT(json, Contains(R"({"due":"2026-10-09T16:00:00Z","due_words":"Fri 9 Oct 2026 24:00 Asia/Shanghai",)"));
    CHECK_THAT(json, Contains(R"("period":"2 business_days","calendar":"CN","zone":"Asia/Shanghai")"));
    CHECK_THAT(json, Contains(R"({"kind":"day_zero","first":"2026-09-30","last":"2026-09-30","number":0)"));
    CHECK_THAT(json, Contains(R"("reason":"National Day","source":")"));
    CHECK_THAT(json, Contains(R"("known_by":"decreed"})"));
}
