// Clocks that pause: what each unit counts, what a pause takes, caps, reasons, and every command that is refused.
#include "recourse/calendar/countdown.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"

using namespace recourse;
using Catch::Matchers::Contains;
using enum period_unit;
constexpr auto open_hours = period_unit::service_hours;
using enum countdown_state;

namespace {

time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

instant at(std::string_view text) { return parse_instant(text).value(); }

counting belgium() { return {borrowed(*find_calendar("BE")), zone("Europe/Brussels")}; }

// March 2026 in Brussels, before the clocks change: "10 15:00" is Tuesday the 10th.
instant march(std::string_view text) {
    return at("2026-03-" + std::string{text.substr(0, 2)} + "T" + std::string{text.substr(3)} + ":00+01:00");
}

std::string due(countdown const& clock) {
    return clock.due ? due_in_words(*clock.due, zone("Europe/Brussels")) : "not due";
}

countdown days(std::int32_t length, std::string_view from, period_unit unit = business_days) {
    return arm({length, unit}, march(from), belgium()).value();
}

countdown paused_at(countdown const& clock, std::string_view when, std::string_view reason = "information",
                    std::optional<period> cap = {}) {
    return pause(clock, march(when), reason, belgium(), cap).value();
}

countdown resumed_at(countdown const& clock, std::string_view when) {
    return resume(clock, march(when), belgium()).value();
}

std::string left(countdown const& clock, std::string_view when) {
    auto const amount = remaining(clock, march(when), belgium());
    return amount ? to_text(*amount) : amount.error();
}

std::string why_not(countdown_answer const& answer) { return answer ? "accepted" : answer.error(); }

service_schedule const& desk() {
    static auto const made =
        service_schedule::make(
            {.name = "desk", .zone = zone("Europe/Brussels"), .windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}}},
            to_date({2026, 1, 1}), to_date({2026, 12, 31}))
            .value();
    return made;
}

counting at_desk() {
    auto on = belgium();
    on.schedule = &desk();
    return on;
}

}  // namespace

TEST_CASE("a clock that nobody touches is due as a deadline is") {
    CHECK(due(days(5, "09 10:00")) == "Mon 16 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(days(5, "09 10:00", calendar_days)) == "Sat 14 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(days(5, "09 10:00", hours)) == "Mon 9 Mar 2026 15:00:00 Europe/Brussels (CET)");
    for (auto const unit : {hours, calendar_days, business_days}) {
        for (auto const* start : {"2026-03-28T23:30:00+01:00", "2026-03-29T12:00:00Z", "2026-04-03T22:00:00Z",
                                  "2026-10-24T23:59:59.999999Z", "2026-12-24T23:00:00Z"}) {
            for (std::int32_t const length : {1, 3, 40}) {
                deadline_rule const rule{
                    .length = {length, unit}, .start = start_rule::count, .roll = roll_rule::none, .cut_off = {}};
                auto const plain =
                    compute_deadline(rule, at(start), *find_calendar("BE"), zone("Europe/Brussels")).value();
                auto const clock = arm(rule.length, at(start), belgium()).value();
                CHECK(clock.due == plain.due);
                CHECK(clock.data_version == plain.data_version);
                CHECK(clock.zone == plain.zone);
            }
        }
    }
    auto late = belgium();
    late.cut_off = 15 * 3'600;
    late.start = start_rule::adjust_then_count;  // Friday at 15:00 is Saturday, which is Monday
    CHECK(due(*arm({1, business_days}, march("13 15:00"), late)) == "Tue 17 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(*arm({1, business_days}, march("13 14:59"), late)) == "Mon 16 Mar 2026 24:00 Europe/Brussels");
}

TEST_CASE("a day counts when its end passes while the clock runs") {
    auto const clock = days(5, "09 10:00");
    // From 10:00 to 15:00 of one day: no end of a day is lost.
    CHECK(due(resumed_at(paused_at(clock, "10 10:00"), "10 15:00")) == due(clock));
    CHECK(due(resumed_at(paused_at(clock, "10 00:01"), "10 23:59")) == due(clock));
    // Over one midnight, however short: that day is lost.
    CHECK(due(resumed_at(paused_at(clock, "10 23:59"), "11 00:01")) == "Tue 17 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(resumed_at(paused_at(clock, "10 10:00"), "12 09:00")) == "Wed 18 Mar 2026 24:00 Europe/Brussels");
    // A pause that begins with midnight leaves the day before counted; one that ends with midnight takes it.
    CHECK(due(resumed_at(paused_at(clock, "11 00:00"), "11 12:00")) == due(clock));
    CHECK(due(resumed_at(paused_at(clock, "10 12:00"), "11 00:00")) == "Tue 17 Mar 2026 24:00 Europe/Brussels");
    // Day 0 is not counted, so its end cannot be lost.
    CHECK(due(resumed_at(paused_at(clock, "09 11:00"), "10 09:00")) == due(clock));
    // A weekend costs no business day, but two calendar days.
    CHECK(due(resumed_at(paused_at(clock, "14 00:00"), "16 00:00")) == due(clock));
    auto const calendar = days(10, "09 10:00", calendar_days);
    CHECK(due(calendar) == "Thu 19 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(resumed_at(paused_at(calendar, "14 00:00"), "16 00:00")) == "Sat 21 Mar 2026 24:00 Europe/Brussels");
}

// St. John's, 7 November 2010: at 00:01 the clocks went back to 23:01 of the day before, whose end had passed.
TEST_CASE("a midnight that has passed stays passed when the clocks go back over it") {
    counting const on{nullptr, zone("America/St_Johns")};
    auto const clock = arm({2, calendar_days}, at("2010-11-05T12:00:00Z"), on).value();
    CHECK(to_text(*clock.due) == "2010-11-08T03:30:00Z");
    auto const again = at("2010-11-07T02:40:00Z");
    CHECK(to_text(on.zone.to_local(again)).starts_with("2010-11-06 23:10:00"));
    CHECK(elapsed(clock, again, on) == clock_amount{1, calendar_days});
    auto const stands = pause(clock, again, "a", on).value();
    CHECK(resume(stands, at("2010-11-07T04:00:00Z"), on)->due == clock.due);
}

TEST_CASE("elapsed and remaining time are in the clock's own unit") {
    auto const clock = days(5, "09 10:00");
    CHECK(left(clock, "09 10:00") == "5 business_days");
    CHECK(left(clock, "10 23:59") == "5 business_days");
    CHECK(left(clock, "11 00:00") == "4 business_days");
    CHECK(left(clock, "16 23:59") == "1 business_days");
    CHECK(left(clock, "17 00:00") == "0 business_days");
    CHECK(state_at(clock, march("16 23:59")) == running);
    CHECK(state_at(clock, march("17 00:00")) == expired);
    auto const stands = paused_at(clock, "12 10:00");
    CHECK(due(stands) == "not due");
    CHECK(left(stands, "12 10:00") == "3 business_days");
    CHECK(left(stands, "31 10:00") == "3 business_days");
    CHECK(state_at(stands, march("31 10:00")) == paused);
    CHECK(elapsed(stands, march("31 10:00"), belgium()) == clock_amount{2, business_days});
    CHECK(full_length(stands) == clock_amount{5, business_days});
}

TEST_CASE("hours run to the microsecond, through nights and clock changes") {
    auto const clock = arm({48, hours}, at("2026-03-28T12:00:00.000001Z"), belgium()).value();
    auto const stands = pause(clock, at("2026-03-28T13:00:00.000004Z"), "a", belgium()).value();
    CHECK(to_text(*remaining(stands, at("2026-03-29T00:00:00Z"), belgium())) == "46:59:59.999997 hours");
    auto const again = resume(stands, at("2026-03-29T13:00:00Z"), belgium()).value();
    CHECK(to_text(*again.due) == "2026-03-31T11:59:59.999997Z");
    CHECK(to_text(*elapsed(again, at("2026-03-29T13:00:00.000003Z"), belgium())) == "1:00:00.000006 hours");
}

TEST_CASE("service hours stand while the desk is closed, paused or not") {
    auto const friday = march("13 16:00");
    auto const clock = arm({10, open_hours}, friday, at_desk()).value();
    CHECK(due(clock) == "Tue 17 Mar 2026 10:00:00 Europe/Brussels (CET)");
    CHECK(clock.calendar == "desk");
    auto const over = [&](std::string_view from, std::string_view to) {
        auto const stands = pause(clock, march(from), "a", at_desk()).value();
        return due(*resume(stands, march(to), at_desk()));
    };
    CHECK(over("13 18:00", "16 09:00") == due(clock));  // a weekend at home
    CHECK(over("13 16:30", "16 09:00") == "Tue 17 Mar 2026 10:30:00 Europe/Brussels (CET)");
    CHECK(over("13 16:30", "16 10:00") == "Tue 17 Mar 2026 11:30:00 Europe/Brussels (CET)");
    auto const stands = pause(clock, plus_seconds(friday, 600), "a", at_desk()).value();
    CHECK(to_text(*remaining(stands, march("20 10:00"), at_desk())) == "9:50:00 service_hours");
    // Half a microsecond short of nothing is lost: the fraction is found in the next open second.
    auto const odd = pause(clock, {friday.microseconds + 1}, "a", at_desk()).value();
    CHECK(to_text(*remaining(odd, march("16 09:00"), at_desk())) == "9:59:59.999999 service_hours");
    auto const late = resume(odd, march("16 09:00"), at_desk()).value();
    CHECK(to_text(*late.due) == "2026-03-17T09:59:59.999999Z");
    // A clock that ends with the day ends on the closing instant, with a fraction on the way too.
    auto const edge = arm({1, open_hours}, {friday.microseconds - 500'000}, at_desk()).value();
    auto const half = pause(edge, {friday.microseconds - 300'000}, "a", at_desk()).value();
    CHECK(due(*resume(half, {friday.microseconds + 200'000}, at_desk())) ==
          "Fri 13 Mar 2026 17:00:00 Europe/Brussels (CET)");
    auto const one = arm({1, open_hours}, friday, at_desk()).value();
    CHECK(due(one) == "Fri 13 Mar 2026 17:00:00 Europe/Brussels (CET)");
    auto const broken = pause(one, {friday.microseconds + 1}, "a", at_desk()).value();
    CHECK(to_text(*resume(broken, {friday.microseconds + 2}, at_desk())->due) == "2026-03-16T08:00:00.000001Z");
}

TEST_CASE("a pause and its end at one instant change nothing") {
    for (auto const& clock : {days(5, "09 10:00"), days(5, "09 10:00", calendar_days), days(50, "09 10:00", hours)}) {
        auto same = resumed_at(paused_at(clock, "11 10:00"), "11 10:00");
        CHECK(same.last_event == march("11 10:00"));
        same.last_event = clock.last_event;
        CHECK(same == clock);
        auto at_once = resumed_at(paused_at(clock, "09 10:00"), "09 10:00");
        CHECK(at_once == clock);
    }
    // A clock that runs for no time between two pauses was paused all along.
    auto const first = paused_at(days(5, "09 10:00"), "10 10:00");
    auto const again = paused_at(resumed_at(first, "11 10:00"), "11 10:00", "carrier");
    CHECK(again.segments.size() == first.segments.size());
    CHECK(again.segments.back().from == march("10 10:00"));
    CHECK(again.segments.back().reasons == std::vector<std::string>{"information", "carrier"});
}

TEST_CASE("a clock stands while any reason holds, and shared time is lost once") {
    auto const clock = days(5, "09 10:00");
    auto both = paused_at(paused_at(clock, "10 10:00", "information"), "11 10:00", "chargeback");
    auto const one = resume(both, march("12 10:00"), belgium(), "information").value();
    CHECK(state_at(one, march("12 11:00")) == paused);
    CHECK(one.held.size() == 1);
    auto const none = resume(one, march("13 10:00"), belgium(), "chargeback").value();
    CHECK(due(none) == due(resumed_at(paused_at(clock, "10 10:00"), "13 10:00")));
    CHECK(due(resumed_at(both, "13 10:00")) == due(none));  // without a reason: all of them
    CHECK(why_not(pause(both, march("12 10:00"), "chargeback", belgium())) ==
          "The clock is paused for \"chargeback\" already, since Wed 11 Mar 2026 10:00:00 Europe/Brussels (CET)");
    CHECK(why_not(resume(both, march("12 10:00"), belgium(), "carrier")) ==
          "The clock is not paused for \"carrier\", but for \"information\", \"chargeback\"");
}

TEST_CASE("a pause with a cap ends by itself") {
    auto const clock = days(5, "09 10:00");
    auto const stands = paused_at(clock, "10 10:00", "information", period{24, hours});
    CHECK(due(stands) ==
          "Tue 17 Mar 2026 24:00 Europe/Brussels");  // the end of Tuesday is lost, and the cap gives the due
    CHECK(state_at(stands, march("11 09:59")) == paused);
    CHECK(state_at(stands, march("11 10:00")) == running);
    CHECK(left(stands, "12 00:00") == "4 business_days");
    CHECK(why_not(resume(stands, march("11 10:00"), belgium())) ==
          "The clock is not paused: it went on by itself on Wed 11 Mar 2026 10:00:00 Europe/Brussels (CET)");
    CHECK(due(resumed_at(stands, "10 12:00")) == due(clock));
    // The next command finds the clock running since then.
    auto const again = paused_at(stands, "12 10:00", "information");
    REQUIRE(again.segments.size() == 4);
    CHECK(again.segments[1].to == march("11 10:00"));
    CHECK(again.segments[2].spent == 1);
    // The last of several caps counts, and one without a cap leaves no due instant.
    auto const two = paused_at(stands, "10 11:00", "carrier", period{3, calendar_days});
    CHECK(due(two) == "Fri 20 Mar 2026 24:00 Europe/Brussels");  // it takes Tuesday to Friday
    auto const other_order = paused_at(paused_at(clock, "10 10:00", "carrier", period{3, calendar_days}), "10 11:00",
                                       "information", period{24, hours});
    CHECK(due(other_order) == due(two));
    auto const gone_on = stop(other_order, march("16 10:00"), "closed", belgium()).value();
    CHECK(gone_on.segments[1].to == march("14 00:00"));
    auto const open = paused_at(two, "10 12:00", "chargeback");
    CHECK(due(open) == "not due");
    CHECK(state_at(open, march("20 00:00")) == paused);
    CHECK(resume(open, march("20 00:00"), belgium(), "chargeback")->segments.back().from == march("20 00:00"));
    CHECK(due(*resume(open, march("10 13:00"), belgium(), "chargeback")) == due(two));
    // It may expire while nobody looks.
    CHECK(state_at(stands, march("18 00:00")) == expired);
    CHECK_THAT(why_not(resume(stands, march("18 00:00"), belgium())),
               Contains("The clock expired on Tue 17 Mar 2026 24:00"));
    CHECK_THAT(why_not(pause(clock, march("10 10:00"), "a", belgium(), period{9'999, business_days})), Contains("BE"));
    CHECK_THAT(why_not(pause(clock, march("10 10:00"), "a", belgium(), period{2, open_hours})),
               Contains("no service hours"));
    CHECK_THAT(why_not(pause(clock, march("10 10:00"), "a", belgium(), period{0, hours})), Contains("not a length"));
}

TEST_CASE("a clock starts anew with its whole length, from any state") {
    auto const clock = days(5, "09 10:00");
    auto const anew = restart(clock, march("12 10:00"), belgium()).value();
    CHECK(due(anew) == "Thu 19 Mar 2026 24:00 Europe/Brussels");
    CHECK(anew.segments.size() == 2);
    CHECK(anew.segments[0].spent == 2);
    CHECK(anew.segments[1].run == 2);
    CHECK(left(anew, "12 10:00") == "5 business_days");
    auto const from_pause = restart(paused_at(clock, "10 10:00"), march("12 10:00"), belgium()).value();
    CHECK(due(from_pause) == due(anew));
    CHECK(from_pause.held.empty());
    auto const stopped_clock = stop(clock, march("10 10:00"), "closed", belgium()).value();
    CHECK(due(*restart(stopped_clock, march("12 10:00"), belgium())) == due(anew));
    auto const after_end = restart(clock, march("18 10:00"), belgium()).value();
    CHECK(due(after_end) == "Wed 25 Mar 2026 24:00 Europe/Brussels");
    CHECK(after_end.segments[0].spent == 5);
    CHECK(after_end.segments[1].kind == expired);
    CHECK(after_end.segments[1].from == *clock.due);
    // What was added stays, so that a clock that runs is never due earlier for it.
    auto const longer = extend(clock, march("09 11:00"), {10, business_days}, belgium()).value();
    CHECK(left(*restart(longer, march("10 10:00"), belgium()), "10 10:00") == "15 business_days");
}

TEST_CASE("a clock is extended in its own unit") {
    auto const clock = days(5, "09 10:00");
    auto const longer = extend(clock, march("12 10:00"), {2, business_days}, belgium()).value();
    CHECK(due(longer) == "Wed 18 Mar 2026 24:00 Europe/Brussels");
    CHECK(left(longer, "12 10:00") == "5 business_days");
    CHECK(longer.extensions == std::vector<countdown_extension>{{march("12 10:00"), 2}});
    auto const stands = extend(paused_at(clock, "12 10:00"), march("12 11:00"), {2, business_days}, belgium()).value();
    CHECK(due(stands) == "not due");
    CHECK(left(stands, "12 11:00") == "5 business_days");
    CHECK(why_not(extend(clock, march("12 10:00"), {2, hours}, belgium())) ==
          "A clock of 5 business_days cannot be extended by 2 hours: it goes on in its own unit");
    CHECK_THAT(why_not(extend(clock, march("12 10:00"), {-2, business_days}, belgium())),
               Contains("cannot be extended by -2"));
    CHECK_THAT(why_not(extend(clock, march("12 10:00"), {0, business_days}, belgium())), Contains("it is 1 to 10000"));
    CHECK_THAT(why_not(extend(clock, march("17 00:00"), {2, business_days}, belgium())),
               Contains("The clock expired on Mon 16 Mar 2026 24:00 Europe/Brussels, and cannot be extended"));
    auto much = days(10'000, "09 10:00", hours);
    for (int one = 0; one < 9; ++one) much = extend(much, march("09 10:00"), {10'000, hours}, belgium()).value();
    CHECK_THAT(why_not(extend(much, march("09 10:00"), {1, hours}, belgium())),
               Contains("100001 of them, above 100000"));
}

TEST_CASE("a case that is closed and opened again goes on where its clock stood") {
    auto const clock = days(5, "09 10:00");
    auto const closed = stop(clock, march("11 10:00"), "withdrawn", belgium()).value();
    CHECK(state_at(closed, march("30 10:00")) == stopped);
    CHECK(due(closed) == "not due");
    CHECK(left(closed, "30 10:00") == "4 business_days");
    CHECK(due(resumed_at(closed, "16 10:00")) == "Thu 19 Mar 2026 24:00 Europe/Brussels");
    // Directly from a pause too, whatever held it.
    auto const from_pause = stop(paused_at(clock, "11 10:00"), march("12 10:00"), "withdrawn", belgium()).value();
    CHECK(from_pause.held.empty());
    CHECK(due(resumed_at(from_pause, "16 10:00")) == "Thu 19 Mar 2026 24:00 Europe/Brussels");
    CHECK(why_not(stop(closed, march("12 10:00"), "again", belgium())) == "The clock is stopped already");
    CHECK(why_not(pause(closed, march("12 10:00"), "a", belgium())) == "The clock is stopped, and cannot be paused");
    CHECK(why_not(extend(closed, march("12 10:00"), {1, business_days}, belgium())) ==
          "The clock is stopped, and cannot be extended");
    CHECK_THAT(why_not(resume(closed, march("12 10:00"), belgium(), "withdrawn")),
               Contains("resume it without a reason"));
    CHECK(why_not(resume(clock, march("12 10:00"), belgium())) == "The clock is not paused");
}

TEST_CASE("an expired clock takes no command but a new start: in time is before the due instant") {
    auto const clock = days(5, "09 10:00");
    instant const last_moment{clock.due->microseconds - 1};
    CHECK(pause(clock, last_moment, "a", belgium()));
    CHECK(stop(clock, last_moment, "a", belgium()));
    CHECK(why_not(pause(clock, *clock.due, "a", belgium())) ==
          "The clock expired on Mon 16 Mar 2026 24:00 Europe/Brussels, and cannot be paused");
    CHECK_THAT(why_not(stop(clock, *clock.due, "a", belgium())), Contains("and cannot be stopped"));
    CHECK_THAT(why_not(resume(clock, *clock.due, belgium())), Contains("and cannot be resumed"));
    // With the last microsecond left it goes on with all of it.
    auto const tight = resume(*pause(clock, last_moment, "a", belgium()), march("20 10:00"), belgium()).value();
    CHECK(due(tight) == "Fri 20 Mar 2026 24:00 Europe/Brussels");
}

TEST_CASE("events come in their order, on the calendar that the clock was armed on") {
    auto const clock = paused_at(days(5, "09 10:00"), "11 10:00");
    auto const early = march("11 09:59");
    for (auto const& answer :
         {pause(clock, early, "b", belgium()), resume(clock, early, belgium()), restart(clock, early, belgium()),
          extend(clock, early, {1, business_days}, belgium()), stop(clock, early, "b", belgium())}) {
        CHECK(why_not(answer) ==
              "Wed 11 Mar 2026 09:59:00 Europe/Brussels (CET) is before the last event of the clock, "
              "Wed 11 Mar 2026 10:00:00 Europe/Brussels (CET)");
    }
    CHECK_THAT(remaining(clock, early, belgium()).error(), Contains("before the last event"));
    CHECK_THAT(explain(clock, early, belgium()).error(), Contains("before the last event"));
    counting const germany{borrowed(*find_calendar("DE")), zone("Europe/Brussels")};
    CHECK(why_not(resume(clock, march("12 10:00"), germany)) ==
          "The clock was armed on \"BE\" in Europe/Brussels, and cannot go on on \"DE\" in Europe/Brussels");
    counting const paris{borrowed(*find_calendar("BE")), zone("Europe/Paris")};
    CHECK_THAT(why_not(resume(clock, march("12 10:00"), paris)), Contains("Europe/Paris"));
    CHECK(why_not(resume({}, march("12 10:00"), belgium())) == "This clock was never armed");
    CHECK(state_at({}, march("12 10:00")) == stopped);
    CHECK(why_not(resume(clock, {INT64_MAX}, belgium())) == "The instant is beyond the year 9999");
    CHECK_THAT(why_not(stop(clock, march("12 10:00"), "", belgium())), Contains("is not a reason"));
    CHECK_THAT(why_not(pause(clock, march("12 10:00"), std::string(129, 'a'), belgium())),
               Contains("1 to 128 characters"));
}

TEST_CASE("a clock that cannot be counted is not armed, and a refusal leaves the clock as it was") {
    auto const from = march("09 10:00");
    CHECK_THAT(why_not(arm({0, hours}, from, belgium())), Contains("0 hours is not the length of a clock"));
    CHECK_THAT(why_not(arm({-1, business_days}, from, belgium())), Contains("-1 business_days"));
    CHECK_THAT(why_not(arm({10'001, hours}, from, belgium())), Contains("1 to 10000"));
    for (auto const unit : {weeks, months, years}) {
        CHECK_THAT(why_not(arm({1, unit}, from, belgium())),
                   Contains("A clock runs in hours, calendar_days, business_days or service_hours, not in"));
    }
    CHECK_THAT(why_not(arm({1, open_hours}, from, belgium())), Contains("No service hours are known"));
    auto no_calendar = belgium();
    no_calendar.calendar.reset();
    CHECK_THAT(why_not(arm({1, business_days}, from, no_calendar)), Contains("No calendar is known"));
    CHECK(arm({1, calendar_days}, from, no_calendar));
    CHECK(arm({1, hours}, from, no_calendar));
    CHECK_THAT(why_not(arm({1, hours}, {INT64_MIN}, belgium())), Contains("within the years 0001 to 9999"));
    CHECK_THAT(why_not(arm({10'000, hours}, last_instant, belgium())), Contains("beyond the year 9999"));
    CHECK_THAT(why_not(arm({2, calendar_days}, last_instant, no_calendar)), Contains("beyond the year 9999"));
    CHECK_THAT(why_not(arm({9'000, business_days}, from, belgium())), Contains("BE"));
    CHECK_THAT(why_not(arm({9'000, open_hours}, from, at_desk())), Contains("desk"));
    // The year in which it would go on has no data: the pause stays as it is.
    auto const clock = paused_at(days(5, "09 10:00"), "11 10:00");
    auto const before = clock;
    CHECK_THAT(why_not(resume(clock, at("9990-01-01T00:00:00Z"), belgium())), Contains("BE has no data"));
    CHECK(clock == before);
}

TEST_CASE("new holiday data moves only what is still to come") {
    auto const plain = [](std::vector<holiday> holidays, std::string version) {
        return business_calendar::make(calendar_content{.name = "SHOP",
                                                        .title = "Shop",
                                                        .data_version = std::move(version),
                                                        .holidays = std::move(holidays)})
            .value();
    };
    auto const first = plain({}, "1");
    auto const second = plain(
        {{.day = to_date({2026, 3, 10}), .name = "Found late"}, {.day = to_date({2026, 3, 18}), .name = "Decreed"}},
        "2");
    counting const before{borrowed(first), zone("Europe/Brussels")};
    counting const after{borrowed(second), zone("Europe/Brussels")};
    auto const stands =
        pause(*arm({5, business_days}, march("09 10:00"), before), march("12 10:00"), "a", before).value();
    CHECK(stands.segments[0].spent == 2);
    auto const goes_on = resume(stands, march("17 10:00"), after).value();  // Tuesday, Thursday and Friday
    CHECK(due(goes_on) == "Fri 20 Mar 2026 24:00 Europe/Brussels");
    CHECK(goes_on.data_version.starts_with("SHOP 2, zones "));
}

TEST_CASE("a clock explains what ran in which segment and which pause took what") {
    auto const clock = resumed_at(paused_at(days(5, "09 10:00"), "11 10:00"), "13 09:00");
    auto const told = explain(clock, march("14 10:00"), belgium()).value();
    CHECK(told.state == running);
    CHECK(told.elapsed == clock_amount{2, business_days});
    auto const text = to_text(told);
    CHECK_THAT(text, Contains("running: 2 business_days have run, 3 business_days are left"));
    CHECK_THAT(text, Contains("Mon 9 Mar 2026: day 0, not counted"));
    CHECK_THAT(text, Contains("Tue 10 Mar 2026: day 1"));
    CHECK_THAT(text, Contains("Wed 11 Mar 2026 to Fri 13 Mar 2026: not counted, paused for information"));
    CHECK_THAT(text, Contains("it took 2 business_days"));
    CHECK_THAT(text, Contains("Fri 13 Mar 2026: day 2"));
    CHECK_THAT(text, Contains("Sat 14 Mar 2026: closed, weekend"));
    CHECK_THAT(text, Contains("Mon 16 Mar 2026 to Wed 18 Mar 2026: days 3 to 5"));
    CHECK_THAT(text, Contains("due before Wed 18 Mar 2026 24:00 Europe/Brussels"));
    auto const stands = to_text(*explain(paused_at(clock, "16 10:00", "chargeback"), march("17 10:00"), belgium()));
    CHECK_THAT(stands, Contains("paused: 2 business_days have run"));
    CHECK_THAT(
        stands,
        Contains(
            "paused for chargeback, Mon 16 Mar 2026 10:00:00 Europe/Brussels (CET) to now: it took 1 business_days"));
    CHECK_THAT(stands, Contains("not due as long as it stands"));
    auto const desk_clock =
        pause(*arm({10, open_hours}, march("13 16:00"), at_desk()), march("16 10:00"), "a", at_desk());
    auto const desk_text =
        to_text(*explain(*resume(*desk_clock, march("16 11:30"), at_desk()), march("16 12:00"), at_desk()));
    CHECK_THAT(desk_text, Contains("1:00 hours, Fri 13 Mar 2026 16:00:00"));
    CHECK_THAT(desk_text, Contains("it took 1:30:00 service_hours"));
    auto const anew = to_text(*explain(*restart(clock, march("16 10:00"), belgium()), march("16 10:00"), belgium()));
    CHECK_THAT(anew, Contains("before the clock was started anew"));
    auto const hour_text = to_text(*explain(days(3, "09 10:00", hours), march("09 11:00"), belgium()));
    CHECK_THAT(hour_text, Contains("1:00:00 hours have run, 2:00:00 hours are left"));
}
