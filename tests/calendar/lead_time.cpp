// Leads: the instant so long before a deadline, and the days back to it.
#include "recourse/calendar/lead_time.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"

using namespace recourse;
using recourse::period_unit::business_days;
using recourse::period_unit::calendar_days;
using recourse::period_unit::hours;
using recourse::period_unit::months;
using recourse::period_unit::weeks;
using recourse::period_unit::years;

namespace {

period const open_hour{1, period_unit::service_hours};
time_zone const brussels = time_zone::find("Europe/Brussels").value();
business_calendar const& belgium() { return *find_calendar("BE"); }
instant at(std::string_view text) { return parse_instant(text).value(); }

std::string before(std::string_view due, period const& lead) {
    auto const found = lead_before(at(due), lead, belgium(), brussels);
    return found ? to_text(*found) : to_text(found.error());
}

service_schedule nine_to_five() {
    service_hours desk{.name = "desk", .zone = brussels};
    desk.windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}};
    return service_schedule::make(desk, to_date({2026, 1, 1}), to_date({2026, 12, 31})).value();
}

}  // namespace

TEST_CASE("hours before a deadline are elapsed time, also where the clocks change") {
    CHECK(before("2026-03-29T10:00:00Z", {24, hours}) == "2026-03-28T10:00:00Z");
}

TEST_CASE("days, weeks, months and years before a deadline keep its local time") {
    // The clocks go forward in the night to the 29th: 12:00 there is 10:00 UTC, the day before it is 11:00.
    CHECK(before("2026-03-29T10:00:00Z", {1, calendar_days}) == "2026-03-28T11:00:00Z");
    CHECK(before("2026-03-29T10:00:00.250000Z", {1, weeks}) == "2026-03-22T11:00:00.250000Z");
    CHECK(before("2026-03-31T10:00:00Z", {1, months}) == "2026-02-28T11:00:00Z");
    CHECK(before("2026-03-31T10:00:00Z", {1, years}) == "2025-03-31T10:00:00Z");
}

TEST_CASE("a deadline at the end of a day is reminded of at the end of a day") {
    // The end of Thursday the 19th; two days before is the end of Tuesday.
    CHECK(before("2026-03-19T23:00:00Z", {2, calendar_days}) == "2026-03-17T23:00:00Z");
}

TEST_CASE("of business days so many lie between the lead and the deadline") {
    // Monday 12:00 in Brussels: Friday 12:00.
    CHECK(before("2026-03-09T11:00:00Z", {1, business_days}) == "2026-03-06T11:00:00Z");
    // The end of Sunday: all of Friday lies between.
    CHECK(before("2026-03-08T23:00:00Z", {1, business_days}) == "2026-03-05T23:00:00Z");
    // The end of Tuesday after Easter Monday: Tuesday and Thursday, with Good Friday worked in Belgium.
    CHECK(before("2026-04-07T22:00:00Z", {2, business_days}) == "2026-04-02T22:00:00Z");
}

TEST_CASE("a lead that no calendar reaches, or none can count, is an error") {
    auto const short_one = business_calendar::make(calendar_content{
        .name = "short", .title = "One year", .data_version = "1", .first_year = 2026, .last_year = 2026});
    REQUIRE(short_one);
    auto const found = lead_before(at("2026-01-05T10:00:00Z"), {10, business_days}, *short_one, brussels);
    REQUIRE_FALSE(found);
    CHECK(found.error().year == 2025);
    CHECK_FALSE(lead_before(at("0001-06-01T00:00:00Z"), {1, years}, belgium(), brussels));
    CHECK_FALSE(lead_before(at("2026-01-05T10:00:00Z"), open_hour, belgium(), brussels));
}

TEST_CASE("a business hour before an answer is due lies on the day before, if the day has just begun") {
    auto const desk = nine_to_five();
    // Due on Monday at 9:18: 18 minutes of Monday, and 42 before the desk closes on Friday.
    auto const due = at("2026-03-09T08:18:00Z");
    CHECK(to_text(lead_before(due, open_hour, desk).value()) == "2026-03-06T15:18:00Z");
    auto const why = explain_lead(due, open_hour, desk).value();
    CHECK(lead_in_words(why) ==
          "1 service hour before Mon 9 Mar 2026 09:18:00 Europe/Brussels (CET)\n"
          "  Fri 6 Mar 2026: 0:42 hours, Fri 6 Mar 2026 16:18:00 Europe/Brussels (CET) to Fri 6 Mar 2026 17:00:00 "
          "Europe/Brussels (CET)\n"
          "  Mon 9 Mar 2026: 0:18 hours, Mon 9 Mar 2026 09:00:00 Europe/Brussels (CET) to Mon 9 Mar 2026 09:18:00 "
          "Europe/Brussels (CET)\n"
          "is Fri 6 Mar 2026 16:18:00 Europe/Brussels (CET) (2026-03-06T15:18:00Z)\n");
    // On an opening it is that opening, not the closing before it.
    CHECK(to_text(lead_before(at("2026-03-09T09:00:00Z"), open_hour, desk).value()) == "2026-03-09T08:00:00Z");
    CHECK_FALSE(lead_before(at("2026-01-01T08:00:00Z"), open_hour, desk));
}

TEST_CASE("the explanation of a lead has its instant, the deadline and the days between") {
    auto const due = at("2026-04-07T22:00:00Z");
    auto const why = explain_lead(due, {2, business_days}, belgium(), brussels).value();
    CHECK(why.answer.from == due);
    CHECK(why.answer.due == lead_before(due, {2, business_days}, belgium(), brussels).value());
    CHECK(why.answer.calendar == "BE");
    CHECK(why.direction == count_direction::before);
    auto const words = lead_in_words(why);
    CAPTURE(words);
    CHECK(words.starts_with("2 business days before Tue 7 Apr 2026 24:00 Europe/Brussels\n"));
    CHECK(words.find("Mon 6 Apr 2026: closed, Easter Monday") != std::string::npos);
    CHECK(words.find("Fri 3 Apr 2026: day 2") != std::string::npos);
    auto const hours_back = explain_lead(at("2026-03-29T10:00:00Z"), {24, hours}, belgium(), brussels).value();
    CHECK(hours_back.steps.front().kind == step_kind::hours_run);
    CHECK(hours_back.steps.back().kind == step_kind::offset_changed);
    auto const weeks_back = explain_lead(due, {1, weeks}, belgium(), brussels).value();
    CHECK(weeks_back.steps.front().reason == "1 week back");
}
