// Deadlines: stories with their answers, and the explanation that must tell the same.
#include "recourse/calendar/deadline.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"
#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using enum period_unit;

namespace {

time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

instant at(std::string_view text) { return parse_instant(text).value(); }

business_calendar const& calendar(std::string_view name) { return *find_calendar(name); }

std::string due(deadline_rule const& rule, std::string_view from, std::string_view calendar_name,
                std::string_view zone_name) {
    auto const computed = compute_deadline(rule, at(from), calendar(calendar_name), zone(zone_name));
    return computed ? due_in_words(computed->due, zone(zone_name)) : to_text(computed.error());
}

deadline_rule days(std::int32_t length, roll_rule roll = roll_rule::none, start_rule start = start_rule::count) {
    return {{length, calendar_days}, start, roll};
}

deadline_rule working(std::int32_t length, start_rule start = start_rule::count) {
    return {{length, business_days}, start, roll_rule::none};
}

}  // namespace

TEST_CASE("the last second before midnight in Brussels decides which day is day 0") {
    // 60 days cross the change to summer time on 2026-03-29: the end is at local midnight all the same.
    CHECK(due(days(60), "2026-02-03T22:59:59.999999Z", "BE", "Europe/Brussels") ==
          "Sat 4 Apr 2026 24:00 Europe/Brussels");
    CHECK(due(days(60), "2026-02-03T23:00:00Z", "BE", "Europe/Brussels") == "Sun 5 Apr 2026 24:00 Europe/Brussels");
    auto const computed =
        compute_deadline(days(60), at("2026-02-03T22:59:59Z"), calendar("BE"), zone("Europe/Brussels"));
    CHECK(to_text(computed->due) == "2026-04-04T22:00:00Z");
    CHECK(due(days(1), "2026-03-28T12:00:00Z", "BE", "Europe/Brussels") == "Sun 29 Mar 2026 24:00 Europe/Brussels");
}

TEST_CASE("a complaint on a Friday has its business days over weekend and holidays") {
    // Friday 3 April 2026 is Good Friday, a working day in Belgium; Easter Monday is not.
    CHECK(due(working(1), "2026-04-03T16:00:00+02:00", "BE", "Europe/Brussels") ==
          "Tue 7 Apr 2026 24:00 Europe/Brussels");
    CHECK(due(working(5), "2026-03-06T16:00:00+01:00", "BE", "Europe/Brussels") ==
          "Fri 13 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(working(5), "2026-03-06T23:30:00Z", "BE", "Europe/Brussels") == "Fri 13 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(working(5), "2026-04-30T16:00:00+02:00", "BE", "Europe/Brussels") ==
          "Fri 8 May 2026 24:00 Europe/Brussels");
}

TEST_CASE("a start on a closed day counts from it or from the next business day, as the rule says") {
    auto const saturday = "2026-03-07T10:00:00+01:00";
    CHECK(due(working(1), saturday, "BE", "Europe/Brussels") == "Mon 9 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(working(1, start_rule::adjust_then_count), saturday, "BE", "Europe/Brussels") ==
          "Tue 10 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(days(2), saturday, "BE", "Europe/Brussels") == "Mon 9 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(days(2, roll_rule::none, start_rule::adjust_then_count), saturday, "BE", "Europe/Brussels") ==
          "Wed 11 Mar 2026 24:00 Europe/Brussels");
}

TEST_CASE("hours run from the instant, through closed days and clock changes") {
    deadline_rule const rule{{48, hours}, start_rule::adjust_then_count, roll_rule::following};
    CHECK(due(rule, "2026-03-06T16:00:00+01:00", "BE", "Europe/Brussels") ==
          "Sun 8 Mar 2026 16:00:00 Europe/Brussels (CET)");
    CHECK(due(rule, "2026-03-28T12:00:00+01:00", "BE", "Europe/Brussels") ==
          "Mon 30 Mar 2026 13:00:00 Europe/Brussels (CEST)");
    CHECK(due(rule, "2040-03-06T16:00:00Z", "BE", "UTC") == "Thu 8 Mar 2040 16:00:00 UTC (UTC)");  // asks no calendar
}

TEST_CASE("business days in China skip the long holidays and count the weekends worked for them") {
    // Golden Week 2026: off from 1 to 7 October; Saturday the 10th is worked.
    CHECK(due(working(1), "2026-09-30T12:00:00+08:00", "CN", "Asia/Shanghai") == "Thu 8 Oct 2026 24:00 Asia/Shanghai");
    CHECK(due(working(3), "2026-09-30T12:00:00+08:00", "CN", "Asia/Shanghai") == "Sat 10 Oct 2026 24:00 Asia/Shanghai");
    // Spring Festival 2026: Saturday 14 February is worked, then off to the 23rd.
    CHECK(due(working(1), "2026-02-13T12:00:00+08:00", "CN", "Asia/Shanghai") == "Sat 14 Feb 2026 24:00 Asia/Shanghai");
    CHECK(due(working(2), "2026-02-13T12:00:00+08:00", "CN", "Asia/Shanghai") == "Tue 24 Feb 2026 24:00 Asia/Shanghai");
    // Golden Week 2025 holds the Mid-Autumn Festival and lasts to the 8th.
    CHECK(due(working(1), "2025-09-30T12:00:00+08:00", "CN", "Asia/Shanghai") == "Thu 9 Oct 2025 24:00 Asia/Shanghai");
}

TEST_CASE("worked examples of the law come out as written") {
    // Regulation 1182/71 article 3(4): day 14 is Christmas Day, so the period ends with Friday 27 December.
    auto const eu = compute_deadline(days(14, roll_rule::following), at("2024-12-11T10:00:00Z"), calendar("DE"),
                                     zone("Europe/Berlin"));
    CHECK(due_in_words(eu->due, zone("Europe/Berlin")) == "Fri 27 Dec 2024 24:00 Europe/Berlin");
    // Civil Code of China, articles 201 to 203: day 7 lies in Golden Week, so the first day after it.
    CHECK(due(days(7, roll_rule::following), "2024-09-28T12:00:00+08:00", "CN", "Asia/Shanghai") ==
          "Tue 8 Oct 2024 24:00 Asia/Shanghai");
    // Civil Procedure Rules 2.8(3), example (iii): served on 2 October, 14 days, the last is the 16th.
    CHECK(due(days(14), "2023-10-02T09:00:00Z", "WEEKDAYS", "Europe/London") == "Mon 16 Oct 2023 24:00 Europe/London");
}

TEST_CASE("a deadline never ends before day 0 is over") {
    // Saturday and one day: Sunday, rolled back to Friday, which is over already.
    CHECK(due(days(1, roll_rule::preceding), "2026-03-07T10:00:00+01:00", "BE", "Europe/Brussels") ==
          "Sat 7 Mar 2026 24:00 Europe/Brussels");
    CHECK(due(days(3, roll_rule::preceding), "2026-03-05T10:00:00+01:00", "BE", "Europe/Brussels") ==
          "Fri 6 Mar 2026 24:00 Europe/Brussels");
}

TEST_CASE("a day that did not exist counts as on a wall calendar") {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    auto const from = "2011-12-29T12:00:00-10:00";
    CHECK(due(days(1), from, "WEEKDAYS", "Pacific/Apia") == "Thu 29 Dec 2011 24:00 Pacific/Apia");
    CHECK(due(days(2), from, "WEEKDAYS", "Pacific/Apia") == "Sat 31 Dec 2011 24:00 Pacific/Apia");
    CHECK(due(working(2), from, "WEEKDAYS", "Pacific/Apia") == "Mon 2 Jan 2012 24:00 Pacific/Apia");
}

TEST_CASE("a deadline in a year that the calendar does not cover is an error") {
    auto const gap = [](std::int32_t year) { return to_text(calendar_gap{"BE", year}); };
    CHECK(due(working(5), "2040-12-28T10:00:00Z", "BE", "Europe/Brussels") == gap(2041));
    CHECK(due(working(5), "2014-12-28T10:00:00Z", "BE", "Europe/Brussels") == gap(2014));
    CHECK(due(days(4, roll_rule::following), "2040-12-28T10:00:00Z", "BE", "Europe/Brussels") == gap(2041));
    CHECK(due(days(2, roll_rule::none, start_rule::adjust_then_count), "2041-12-28T10:00:00Z", "BE",
              "Europe/Brussels") == gap(2041));
    // Days without roll and adjustment ask no calendar.
    CHECK(due(days(5), "2040-12-28T10:00:00Z", "BE", "Europe/Brussels") == "Wed 2 Jan 2041 24:00 Europe/Brussels");
    CHECK(explain(working(5), at("2040-12-28T10:00:00Z"), calendar("BE"), zone("UTC")).error() ==
          calendar_gap{"BE", 2041});
}

TEST_CASE("a deadline beyond the year 9999 is an error and never overflows") {
    for (auto const unit : {hours, calendar_days, business_days}) {
        deadline_rule const rule{{10'000, unit}};
        CHECK(due(rule, "9999-12-31T23:00:00Z", "WEEKDAYS", "UTC") == to_text(calendar_gap{"WEEKDAYS", 10'000}));
        for (auto const extreme : {INT64_MIN, INT64_MAX}) {
            CHECK_FALSE(compute_deadline(rule, instant{extreme}, calendar("WEEKDAYS"), zone("Asia/Tokyo")));
        }
    }
    CHECK(due(days(1), "9999-12-30T12:00:00Z", "WEEKDAYS", "Asia/Tokyo") == "Fri 31 Dec 9999 24:00 Asia/Tokyo");
    CHECK(due(days(1), "9999-12-30T12:00:00Z", "WEEKDAYS", "America/New_York") ==
          to_text(calendar_gap{"WEEKDAYS", 10'000}));
    deadline_rule const absurd{{INT32_MAX, calendar_days}};
    CHECK_FALSE(compute_deadline(absurd, at("2026-01-01T00:00:00Z"), calendar("WEEKDAYS"), zone("UTC")));
}

TEST_CASE("a deadline carries what it was computed from") {
    auto const from = at("2026-03-06T16:00:00+01:00");
    auto const computed = compute_deadline(working(5), from, calendar("BE"), zone("Europe/Brussels")).value();
    CHECK(computed.from == from);
    CHECK(computed.length == period{5, business_days});
    CHECK(computed.calendar == "BE");
    CHECK(computed.zone == "Europe/Brussels");
    CHECK(computed.data_version == "BE 2026-11-22, zones " + std::string{zone_data_version()});
}

TEST_CASE("an explanation tells each day of business days over Easter") {
    auto const told = explain(working(5), at("2026-04-02T15:30:00+02:00"), calendar("BE"), zone("Europe/Brussels"));
    CHECK(to_text(*told) ==
          "5 business days from Thu 2 Apr 2026 15:30:00 Europe/Brussels (CEST)\n"
          "  Thu 2 Apr 2026: day 0, not counted\n"
          "  Fri 3 Apr 2026: day 1\n"
          "  Sat 4 Apr 2026: closed, weekend\n"
          "  Sun 5 Apr 2026: closed, weekend\n"
          "  Mon 6 Apr 2026: closed, Easter Monday [1]\n"
          "  Tue 7 Apr 2026 to Fri 10 Apr 2026: days 2 to 5\n"
          "due before Fri 10 Apr 2026 24:00 Europe/Brussels (2026-04-10T22:00:00Z)\n"
          "calendar BE, zone Europe/Brussels, data BE 2026-11-22, zones " +
              std::string{zone_data_version()} + "\n[1] " + find_holiday_table("BE")->source + "\n");
}

TEST_CASE("an explanation tells the adjusted start and the worked weekend") {
    auto const told = explain(working(2, start_rule::adjust_then_count), at("2026-10-06T12:00:00+08:00"),
                              calendar("CN"), zone("Asia/Shanghai"));
    CHECK_THAT(to_text(*told),
               Catch::Matchers::Contains("  Tue 6 Oct 2026: day 0, not counted\n"
                                         "  Tue 6 Oct 2026: closed, National Day, decreed [1]\n"
                                         "  Wed 7 Oct 2026: closed, National Day, decreed [1]\n"
                                         "  Thu 8 Oct 2026: day 0 instead, the first working day\n"
                                         "  Fri 9 Oct 2026: day 1\n"
                                         "  Sat 10 Oct 2026: day 2, worked weekend (National Day), decreed [1]\n"
                                         "due before Sat 10 Oct 2026 24:00 Asia/Shanghai"));
}

TEST_CASE("an explanation tells the roll and the change of the clocks") {
    auto const told = explain(days(60, roll_rule::following), at("2026-02-03T14:30:00+01:00"), calendar("BE"),
                              zone("Europe/Brussels"));
    CHECK_THAT(to_text(*told), Catch::Matchers::Contains("  Wed 4 Feb 2026 to Sat 4 Apr 2026: days 1 to 60\n"
                                                         "  Sat 4 Apr 2026: closed, weekend\n"
                                                         "  Sun 5 Apr 2026: closed, weekend\n"
                                                         "  Mon 6 Apr 2026: closed, Easter Monday [1]\n"
                                                         "  Tue 7 Apr 2026: the last day instead (following)\n"
                                                         "  the clocks change on the way, CET +01:00 to CEST +02:00\n"
                                                         "due before Tue 7 Apr 2026 24:00 Europe/Brussels"));
}

TEST_CASE("an explanation has the answer that was computed, and its steps add up to it") {
    auto const name = GENERATE("BE", "CN", "WEEKDAYS");
    auto const unit = GENERATE(hours, calendar_days, business_days);
    auto const start = GENERATE(start_rule::count, start_rule::adjust_then_count);
    auto const roll = GENERATE(roll_rule::none, roll_rule::following, roll_rule::preceding,
                               roll_rule::modified_following, roll_rule::modified_preceding);
    auto const length = GENERATE(1, 3, 14, 60);
    CAPTURE(name, wire_name(unit), wire_name(start), wire_name(roll), length);
    auto const here = zone("Europe/Brussels");
    deadline_rule const rule{{length, unit}, start, roll};
    for (std::int32_t day_number = 0; day_number < 400; ++day_number) {
        auto const from = plus_seconds(at("2025-01-01T11:00:00Z"), day_number * seconds_per_day);
        auto const told = explain(rule, from, calendar(name), here);
        REQUIRE(told);
        REQUIRE(told->answer == compute_deadline(rule, from, calendar(name), here));
        REQUIRE(told->answer.due > from);
        std::int32_t counted = 0;
        date last = here.local_date(from);
        for (auto const& step : told->steps) {
            if (step.kind == step_kind::counted) counted += step.last.days - step.first.days + 1;
            bool const moves = step.kind == step_kind::counted || step.kind == step_kind::rolled;
            if (moves) last = step.last;
        }
        if (unit == hours) continue;
        REQUIRE(counted == length);
        REQUIRE(here.end_of_day(last) == told->answer.due);
    }
}
