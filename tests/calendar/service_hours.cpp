// Service hours: what each rule means, by example; what is refused; and how the schedule without a horizon ends.
#include "recourse/calendar/service_hours.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::rows_of;

namespace {

constexpr std::int32_t hour = 3'600;
constexpr auto closing = edge_convention::close;
constexpr auto opening = edge_convention::open;
constexpr weekday_set only_saturday{0b010'0000};
constexpr weekday_set only_sunday{0b100'0000};

time_zone zone(std::string_view name) { return time_zone::find(name).value(); }

instant at(std::string_view text) { return parse_instant(text).value(); }

service_hours office(std::string_view zone_name = "Europe/Berlin") {
    return {.name = "office", .zone = zone(zone_name), .windows = {{monday_to_friday, 9 * hour, 17 * hour}}};
}

service_schedule compiled(service_hours const& hours, std::string_view first = "2026-01-01",
                          std::string_view last = "2026-12-31", business_calendar const* calendar = nullptr) {
    return service_schedule::make(hours, day(first), day(last), calendar).value();
}

std::string added(service_schedule const& schedule, std::string_view from, std::int64_t seconds,
                  edge_convention convention = closing) {
    auto const answer = schedule.add(at(from), seconds, convention);
    return answer ? to_text(*answer) : to_text(answer.error());
}

std::int64_t open_seconds(service_schedule const& schedule, std::string_view from, std::string_view to) {
    return schedule.between(at(from), at(to)).value();
}

// "2026-03-27T08:00:00Z/2026-03-27T16:00:00Z ...": what is open from one instant to the other.
std::string open_text(service_schedule const& schedule, std::string_view from, std::string_view to) {
    std::string text;
    auto const intervals = schedule.open_intervals(at(from), at(to)).value();
    for (auto const& [opens, closes] : intervals) {
        text += (text.empty() ? "" : " ") + to_text(opens) + "/" + to_text(closes);
    }
    return text;
}

std::string text_of(result<instant, schedule_gap> const& answer) {
    return answer ? to_text(*answer) : to_text(answer.error());
}

std::string error_of(service_hours const& hours, std::string_view first = "2026-01-01",
                     std::string_view last = "2026-12-31", business_calendar const* calendar = nullptr) {
    auto const made = service_schedule::make(hours, day(first), day(last), calendar);
    return made ? "made" : made.error();
}

holiday row(std::string_view on, holiday_kind kind, half_day_span closed = {}) {
    holiday made;
    made.day = day(on);
    made.name = "Row";
    made.kind = kind;
    made.closed = closed;
    return made;
}

business_calendar calendar_2026() {
    calendar_content content;
    content.name = "CAL";
    content.title = "A calendar for tests";
    content.data_version = "1";
    content.holidays = {row("2026-01-01", holiday_kind::public_holiday),
                        row("2026-02-07", holiday_kind::worked_weekend),  // a Saturday
                        row("2026-12-24", holiday_kind::half_day, {14 * hour, 24 * hour})};
    content.first_year = 2026;
    content.last_year = 2027;
    return business_calendar::make(std::move(content)).value();
}

}  // namespace

TEST_CASE("open seconds are elapsed time, over the weekend and over a clock change") {
    auto const schedule = compiled(office());
    // From Friday 16:00: the hour that is left, then three hours of Monday, in summer time.
    CHECK(added(schedule, "2026-03-27T15:00:00Z", 4 * hour) == "2026-03-30T10:00:00Z");
    CHECK(added(schedule, "2026-03-30T10:00:00Z", -4 * hour) == "2026-03-27T15:00:00Z");
    CHECK(open_seconds(schedule, "2026-03-27T15:00:00Z", "2026-03-30T10:00:00Z") == 4 * hour);
    CHECK(open_seconds(schedule, "2026-03-30T10:00:00Z", "2026-03-27T15:00:00Z") == -4 * hour);
    CHECK(open_seconds(schedule, "2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z") == 0);
}

TEST_CASE("time that runs out on an edge stays there or goes on, as the convention says") {
    auto const schedule = compiled(office("UTC"));
    CHECK(added(schedule, "2026-03-04T16:00:00Z", hour, closing) == "2026-03-04T17:00:00Z");
    CHECK(added(schedule, "2026-03-04T16:00:00Z", hour, opening) == "2026-03-05T09:00:00Z");
    CHECK(added(schedule, "2026-03-04T10:00:00Z", -hour, closing) == "2026-03-04T09:00:00Z");
    CHECK(added(schedule, "2026-03-04T10:00:00Z", -hour, opening) == "2026-03-03T17:00:00Z");
    // Away from the edges both say the same.
    CHECK(added(schedule, "2026-03-04T16:00:00Z", hour - 1, opening) == "2026-03-04T16:59:59Z");
    CHECK(added(schedule, "2026-03-04T16:00:00Z", hour + 1, closing) == "2026-03-05T09:00:01Z");
    CHECK(added(schedule, "2026-03-04T17:00:00Z", -1, opening) == "2026-03-04T16:59:59Z");
    CHECK(added(schedule, "2026-03-04T09:00:00Z", -1, closing) == "2026-03-03T16:59:59Z");
}

TEST_CASE("no seconds give the instant itself while it is open, otherwise the next opening") {
    auto const schedule = compiled(office("UTC"));
    for (auto const convention : {closing, opening}) {
        CHECK(added(schedule, "2026-03-04T10:00:00Z", 0, convention) == "2026-03-04T10:00:00Z");
        CHECK(added(schedule, "2026-03-04T09:00:00Z", 0, convention) == "2026-03-04T09:00:00Z");
        CHECK(added(schedule, "2026-03-04T17:00:00Z", 0, convention) == "2026-03-05T09:00:00Z");
        CHECK(added(schedule, "2026-03-07T12:00:00.5Z", 0, convention) == "2026-03-09T09:00:00Z");
    }
}

TEST_CASE("a fraction of a second survives inside a window, and ends with it") {
    auto const schedule = compiled(office("UTC"));
    CHECK(added(schedule, "2026-03-04T10:00:00.250000Z", hour) == "2026-03-04T11:00:00.250000Z");
    CHECK(added(schedule, "2026-03-04T10:00:00.250000Z", -hour) == "2026-03-04T09:00:00.250000Z");
    CHECK(added(schedule, "2026-03-04T10:00:00.250000Z", -hour - 1) == "2026-03-03T16:59:59.250000Z");
    CHECK(added(schedule, "2026-03-04T16:00:00.250000Z", hour) == "2026-03-05T09:00:00.250000Z");
    CHECK(added(schedule, "2026-03-04T16:59:59.999999Z", 1, opening) == "2026-03-05T09:00:00.999999Z");
    CHECK(added(schedule, "2026-03-04T08:00:00.250000Z", hour) == "2026-03-04T10:00:00Z");
    CHECK(schedule.is_open(at("2026-03-04T16:59:59.999999Z")) == true);
    CHECK(schedule.is_open(at("2026-03-04T08:59:59.999999Z")) == false);
    CHECK(open_seconds(schedule, "2026-03-04T10:00:00.250000Z", "2026-03-04T10:00:01.249999Z") == 0);
    CHECK(open_seconds(schedule, "2026-03-04T10:00:00.250000Z", "2026-03-04T10:00:01.250000Z") == 1);
}

TEST_CASE("windows are half open, and the next edge is after the instant, the previous at it or before") {
    auto const schedule = compiled(office("UTC"));
    CHECK(schedule.is_open(at("2026-03-04T09:00:00Z")) == true);
    CHECK(schedule.is_open(at("2026-03-04T17:00:00Z")) == false);
    CHECK(text_of(schedule.next_opening(at("2026-03-04T08:59:59.9Z"))) == "2026-03-04T09:00:00Z");
    CHECK(text_of(schedule.next_opening(at("2026-03-04T09:00:00Z"))) == "2026-03-05T09:00:00Z");
    CHECK(text_of(schedule.previous_opening(at("2026-03-04T09:00:00Z"))) == "2026-03-04T09:00:00Z");
    CHECK(text_of(schedule.previous_opening(at("2026-03-04T08:59:59.9Z"))) == "2026-03-03T09:00:00Z");
    CHECK(text_of(schedule.next_closing(at("2026-03-04T16:59:59.9Z"))) == "2026-03-04T17:00:00Z");
    CHECK(text_of(schedule.next_closing(at("2026-03-04T17:00:00Z"))) == "2026-03-05T17:00:00Z");
    CHECK(text_of(schedule.previous_closing(at("2026-03-04T17:00:00Z"))) == "2026-03-04T17:00:00Z");
    CHECK(text_of(schedule.previous_closing(at("2026-03-04T16:59:59.9Z"))) == "2026-03-03T17:00:00Z");
}

TEST_CASE("an overnight window belongs to the day on which it opens") {
    auto hours = office("UTC");
    hours.windows = {{monday_to_friday, 22 * hour, 6 * hour}};
    hours.holidays = {day("2026-03-04")};  // a Wednesday: its night is dropped, that of Tuesday stays
    CHECK(open_text(compiled(hours), "2026-03-03T12:00:00Z", "2026-03-06T12:00:00Z") ==
          "2026-03-03T22:00:00Z/2026-03-04T06:00:00Z 2026-03-05T22:00:00Z/2026-03-06T06:00:00Z");
    // Friday's runs into Saturday; the horizon's first day has the tail of the night before it.
    CHECK(open_text(compiled(hours, "2026-03-07", "2026-03-08"), "2026-03-07T00:00:00Z", "2026-03-09T00:00:00Z") ==
          "2026-03-07T00:00:00Z/2026-03-07T06:00:00Z");
    hours.windows = {{only_saturday, 9 * hour, 9 * hour}};
    CHECK(open_text(compiled(hours), "2026-03-06T00:00:00Z", "2026-03-09T00:00:00Z") ==
          "2026-03-07T09:00:00Z/2026-03-08T09:00:00Z");
    hours.windows = {{only_saturday, 24 * hour, 3 * hour}};
    CHECK(open_text(compiled(hours), "2026-03-06T00:00:00Z", "2026-03-09T00:00:00Z") ==
          "2026-03-08T00:00:00Z/2026-03-08T03:00:00Z");
}

TEST_CASE("windows that overlap or touch are one") {
    auto hours = office("UTC");
    hours.windows = {{monday_to_friday, 12 * hour, 17 * hour},
                     {monday_to_friday, 9 * hour, 12 * hour},
                     {monday_to_friday, 10 * hour, 11 * hour},
                     {only_saturday, 22 * hour, 24 * hour},
                     {only_sunday, 0, 2 * hour}};
    auto const schedule = compiled(hours);
    CHECK(open_text(schedule, "2026-03-06T00:00:00Z", "2026-03-09T00:00:00Z") ==
          "2026-03-06T09:00:00Z/2026-03-06T17:00:00Z 2026-03-07T22:00:00Z/2026-03-08T02:00:00Z");
    CHECK(added(schedule, "2026-03-06T11:00:00Z", hour, opening) == "2026-03-06T12:00:00Z");
    CHECK(added(schedule, "2026-03-08T01:00:00Z", -hour, opening) == "2026-03-08T00:00:00Z");
}

TEST_CASE("a schedule that is always open has no edges") {
    auto hours = office();
    hours.windows = {{every_weekday, 0, 24 * hour}};
    auto const schedule = compiled(hours);
    CHECK(schedule.between(schedule.horizon_start(), schedule.horizon_end()) == 365 * seconds_per_day);
    CHECK(added(schedule, "2026-03-28T12:00:00Z", seconds_per_day, opening) == "2026-03-29T12:00:00Z");
    for (auto const& edge :
         {schedule.next_opening(at("2026-03-28T12:00:00Z")), schedule.next_closing(at("2026-03-28T12:00:00Z")),
          schedule.previous_opening(at("2026-03-28T12:00:00Z")),
          schedule.previous_closing(at("2026-03-28T12:00:00Z"))}) {
        REQUIRE_FALSE(edge);
        CHECK(edge.error().kind == schedule_gap_kind::answer);
    }
    // Up to the end of the horizon is known, past it is not.
    auto const last_hour = plus_seconds(schedule.horizon_end(), -hour);
    CHECK(schedule.add(last_hour, hour, closing) == schedule.horizon_end());
    CHECK_FALSE(schedule.add(last_hour, hour, opening));
    CHECK_FALSE(schedule.add(last_hour, hour + 1, closing));
    CHECK(schedule.add(schedule.horizon_end(), -hour, closing) == last_hour);
}

TEST_CASE("a shift replaces the windows of its date, on a holiday too, and several add up") {
    auto hours = office("UTC");
    hours.holidays = {day("2026-03-05")};
    hours.shifts = {{day("2026-03-05"), 10 * hour, 12 * hour},
                    {day("2026-03-04"), 18 * hour, 2 * hour},
                    {day("2026-03-04"), 7 * hour, 8 * hour},
                    {day("2026-03-07"), 10 * hour, 14 * hour}};
    CHECK(open_text(compiled(hours), "2026-03-04T00:00:00Z", "2026-03-08T00:00:00Z") ==
          "2026-03-04T07:00:00Z/2026-03-04T08:00:00Z 2026-03-04T18:00:00Z/2026-03-05T02:00:00Z "
          "2026-03-05T10:00:00Z/2026-03-05T12:00:00Z 2026-03-06T09:00:00Z/2026-03-06T17:00:00Z "
          "2026-03-07T10:00:00Z/2026-03-07T14:00:00Z");
}

TEST_CASE("a break is cut out by local time on its date, whichever window it meets") {
    auto hours = office("UTC");
    hours.windows = {{monday_to_friday, 9 * hour, 17 * hour}, {monday_to_friday, 22 * hour, 6 * hour}};
    auto const cut = [&](std::vector<dated_window> breaks) {
        auto given = hours;
        given.breaks = std::move(breaks);
        return open_text(compiled(given), "2026-03-04T07:00:00Z", "2026-03-05T07:00:00Z");
    };
    CHECK(cut({{day("2026-03-04"), 12 * hour, 13 * hour}}) ==
          "2026-03-04T09:00:00Z/2026-03-04T12:00:00Z 2026-03-04T13:00:00Z/2026-03-04T17:00:00Z "
          "2026-03-04T22:00:00Z/2026-03-05T06:00:00Z");
    // The tail of the night before is of the break's own date.
    CHECK(cut({{day("2026-03-05"), hour, 2 * hour}}) ==
          "2026-03-04T09:00:00Z/2026-03-04T17:00:00Z 2026-03-04T22:00:00Z/2026-03-05T01:00:00Z "
          "2026-03-05T02:00:00Z/2026-03-05T06:00:00Z");
    // A break runs over midnight when it closes at or before its opening, and may end at 24:00.
    CHECK(cut({{day("2026-03-04"), 23 * hour, hour}}) ==
          "2026-03-04T09:00:00Z/2026-03-04T17:00:00Z 2026-03-04T22:00:00Z/2026-03-04T23:00:00Z "
          "2026-03-05T01:00:00Z/2026-03-05T06:00:00Z");
    CHECK(cut({{day("2026-03-04"), 16 * hour, 24 * hour}}) ==
          "2026-03-04T09:00:00Z/2026-03-04T16:00:00Z 2026-03-05T00:00:00Z/2026-03-05T06:00:00Z");
    // Breaks that overlap are cut once; a whole window may go.
    CHECK(cut({{day("2026-03-04"), 8 * hour, 12 * hour},
               {day("2026-03-04"), 10 * hour, 20 * hour},
               {day("2026-03-04"), 9 * hour, 10 * hour}}) == "2026-03-04T22:00:00Z/2026-03-05T06:00:00Z");
    hours.shifts = {{day("2026-03-04"), 10 * hour, 20 * hour}};
    CHECK(cut({{day("2026-03-04"), 12 * hour, 13 * hour}}) ==
          "2026-03-04T10:00:00Z/2026-03-04T12:00:00Z 2026-03-04T13:00:00Z/2026-03-04T20:00:00Z");
}

TEST_CASE("edges that the clocks skip or repeat are those of choose::compatible") {
    auto hours = office();
    auto const on_sundays = [&](std::int32_t opens, std::int32_t closes) {
        hours.windows = {{only_sunday, opens, closes}};
        return compiled(hours);
    };
    // 2026-03-29: 02:00 to 03:00 does not exist, so the window is empty and is dropped.
    auto const skipped = on_sundays(2 * hour, 3 * hour);
    CHECK(open_text(skipped, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z").empty());
    CHECK(added(skipped, "2026-03-23T00:00:00Z", 0) == "2026-04-05T00:00:00Z");
    CHECK(open_text(on_sundays(2 * hour + hour / 2, 4 * hour), "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z") ==
          "2026-03-29T01:30:00Z/2026-03-29T02:00:00Z");
    // 2026-10-25: 02:00 to 03:00 comes twice; it opens the first time and closes after the second.
    CHECK(open_text(on_sundays(2 * hour, 3 * hour), "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z") ==
          "2026-10-25T00:00:00Z/2026-10-25T02:00:00Z");
    CHECK(open_text(on_sundays(2 * hour, 2 * hour + hour / 2), "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z") ==
          "2026-10-25T00:00:00Z/2026-10-25T00:30:00Z");
    // A break is cut before its edges become instants: 02:15 and 02:45 are 03:15 and 03:45 of that day.
    hours.breaks = {{day("2026-03-29"), 2 * hour + 900, 2 * hour + 2'700}};
    CHECK(open_text(on_sundays(hour, 5 * hour), "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z") ==
          "2026-03-29T00:00:00Z/2026-03-29T01:15:00Z 2026-03-29T01:45:00Z/2026-03-29T03:00:00Z");
}

TEST_CASE("a day that the clocks skip leaves its windows to the next") {
    auto hours = office("Pacific/Apia");
    // Friday 2011-12-30 did not happen: its window is moved onto Saturday, its night too.
    hours.windows = {{monday_to_friday, 9 * hour, 17 * hour}, {monday_to_friday, 22 * hour, hour}};
    CHECK(open_text(compiled(hours, "2011-12-31", "2012-01-02"), "2011-12-30T10:00:00Z", "2012-01-01T10:00:00Z") ==
          "2011-12-30T10:00:00Z/2011-12-30T11:00:00Z 2011-12-30T19:00:00Z/2011-12-31T03:00:00Z");
    CHECK(compiled(hours, "2011-12-30", "2011-12-30").horizon_start() ==
          compiled(hours, "2011-12-30", "2011-12-30").horizon_end());
}

TEST_CASE("every edge is what the zone says of it, in every zone and about every clock change") {
    std::set<std::string> names{"Australia/Lord_Howe", "Pacific/Apia"};
    for (auto const& row : rows_of("tz.tsv")) names.insert(row[0]);
    int changes = 0;
    for (auto const& name : names) {
        auto const here = zone(name);
        auto const spans = here.offsets_between(at("1990-01-01T00:00:00Z"), at("2045-01-01T00:00:00Z"));
        for (std::size_t change = 1; change < spans.size(); ++change, ++changes) {
            auto const local = spans[change].from.microseconds / microseconds_per_second +
                               std::max(spans[change].offset_seconds, spans[change - 1].offset_seconds);
            for (auto shown = local - 3 * hour; shown <= local + hour; shown += hour / 2) {
                date const of{static_cast<std::int32_t>(shown / seconds_per_day)};
                auto const second = static_cast<std::int32_t>(shown % seconds_per_day);
                service_hours const hours{.zone = here, .shifts = {{of, second, second}}};
                auto const schedule = service_schedule::make(hours, plus_days(of, -1), plus_days(of, 2)).value();
                auto const open = schedule.open_intervals(schedule.horizon_start(), schedule.horizon_end()).value();
                open_interval const expected{here.to_instant(of, second).value().at,
                                             here.to_instant(plus_days(of, 1), second).value().at};
                // Where a whole day is skipped, both are the same instant.
                bool const right = expected.opens < expected.closes ? open == std::vector{expected} : open.empty();
                if (!right) FAIL(name << " " << to_text(of) << " " << second);
            }
        }
    }
    CHECK(changes > 2'000);
}

TEST_CASE("a calendar closes its weekends and holidays, and a shift opens them") {
    auto const calendar = calendar_2026();
    auto hours = office("UTC");
    hours.windows = {{every_weekday, 9 * hour, 17 * hour}};
    hours.shifts = {{day("2026-01-04"), 10 * hour, 11 * hour}};
    auto const schedule = compiled(hours, "2026-01-01", "2026-12-31", &calendar);
    CHECK(open_text(schedule, "2026-01-01T00:00:00Z", "2026-01-06T00:00:00Z") ==
          "2026-01-02T09:00:00Z/2026-01-02T17:00:00Z 2026-01-04T10:00:00Z/2026-01-04T11:00:00Z "
          "2026-01-05T09:00:00Z/2026-01-05T17:00:00Z");
}

TEST_CASE("a worked weekend has its own windows, or those of a named weekday, or none") {
    auto const calendar = calendar_2026();
    auto hours = office("UTC");
    auto const on_it = [&] {
        return open_text(compiled(hours, "2026-01-01", "2026-12-31", &calendar), "2026-02-07T00:00:00Z",
                         "2026-02-08T00:00:00Z");
    };
    hours.windows = {{monday_to_friday, 9 * hour, 17 * hour}, {{0b000'0001}, 18 * hour, 19 * hour}};
    CHECK(on_it() == "2026-02-07T09:00:00Z/2026-02-07T17:00:00Z 2026-02-07T18:00:00Z/2026-02-07T19:00:00Z");
    hours.worked_weekend_as = weekday::friday;
    CHECK(on_it() == "2026-02-07T09:00:00Z/2026-02-07T17:00:00Z");
    hours.worked_weekend_as = std::nullopt;
    CHECK(on_it().empty());
    hours.windows.push_back({only_saturday, 10 * hour, 11 * hour});
    hours.worked_weekend_as = weekday::friday;
    CHECK(on_it() == "2026-02-07T10:00:00Z/2026-02-07T11:00:00Z");
    // The Saturdays that are no worked weekends stay closed.
    CHECK(open_text(compiled(hours, "2026-01-01", "2026-12-31", &calendar), "2026-02-14T00:00:00Z",
                    "2026-02-15T00:00:00Z")
              .empty());
}

TEST_CASE("a half day shortens the windows that open on it, unless said otherwise") {
    auto const calendar = calendar_2026();
    auto hours = office("UTC");
    hours.windows = {{monday_to_friday, 9 * hour, 17 * hour}, {monday_to_friday, 22 * hour, 6 * hour}};
    auto const on_it = [&] {
        return open_text(compiled(hours, "2026-01-01", "2026-12-31", &calendar), "2026-12-24T00:00:00Z",
                         "2026-12-25T07:00:00Z");
    };
    // Closed from 14:00: no night after it, but that of the 23rd stays.
    CHECK(on_it() == "2026-12-24T00:00:00Z/2026-12-24T06:00:00Z 2026-12-24T09:00:00Z/2026-12-24T14:00:00Z");
    hours.half_days = half_day_rule::closed;
    CHECK(on_it() == "2026-12-24T00:00:00Z/2026-12-24T06:00:00Z");
    hours.half_days = half_day_rule::open;
    CHECK(on_it() ==
          "2026-12-24T00:00:00Z/2026-12-24T06:00:00Z 2026-12-24T09:00:00Z/2026-12-24T17:00:00Z "
          "2026-12-24T22:00:00Z/2026-12-25T06:00:00Z");
    hours.half_days = half_day_rule::shortened;
    hours.shifts = {{day("2026-12-24"), 12 * hour, 18 * hour}};
    CHECK(on_it() == "2026-12-24T00:00:00Z/2026-12-24T06:00:00Z 2026-12-24T12:00:00Z/2026-12-24T18:00:00Z");
}

TEST_CASE("a year that the calendar does not cover is an error, and so is a night that it may have left open") {
    auto const calendar = calendar_2026();
    auto hours = office("UTC");
    CHECK(error_of(hours, "2026-01-01", "2028-01-01", &calendar) ==
          R"(service hours "office": the calendar CAL has no data for the year 2028)");
    CHECK(error_of(hours, "2025-12-31", "2026-12-31", &calendar) ==
          R"(service hours "office": the calendar CAL has no data for the year 2025)");
    CHECK(compiled(hours, "2026-01-01", "2027-12-31", &calendar).horizon_start() == at("2026-01-01T00:00:00Z"));
    // Was 2025-12-31 a holiday? Its night would have ended at 06:00.
    hours.windows = {{monday_to_friday, 22 * hour, 6 * hour}};
    auto const nights = compiled(hours, "2026-01-01", "2027-12-31", &calendar);
    CHECK(nights.horizon_start() == at("2026-01-01T06:00:00Z"));
    CHECK(nights.is_open(at("2026-01-01T03:00:00Z")).error() ==
          schedule_gap{schedule_gap_kind::question, day("2026-01-01"), "office", {}});
    // The hours themselves may say it.
    hours.holidays = {day("2025-12-31")};
    CHECK(compiled(hours, "2026-01-01", "2027-12-31", &calendar).is_open(at("2026-01-01T03:00:00Z")) == false);
    hours.shifts = {{day("2025-12-31"), 20 * hour, 4 * hour}};
    CHECK(compiled(hours, "2026-01-01", "2027-12-31", &calendar).is_open(at("2026-01-01T03:00:00Z")) == true);
}

TEST_CASE("a question or an answer outside the horizon is an error that names the schedule and a day") {
    auto const schedule = compiled(office());
    CHECK(added(schedule, "2027-01-04T10:00:00Z", hour) ==
          R"(the service hours "office" are not compiled for 2027-01-04)");
    CHECK(added(schedule, "2025-12-31T22:59:59Z", hour) ==
          R"(the service hours "office" are not compiled for 2025-12-31)");
    CHECK(added(schedule, "2026-12-31T15:00:00Z", 2 * hour) ==
          R"(the answer lies beyond 2026-12-31, as far as the service hours "office" are compiled)");
    CHECK(added(schedule, "2026-01-01T10:00:00Z", -2 * hour - 1) ==
          R"(the answer lies beyond 2026-01-01, as far as the service hours "office" are compiled)");
    CHECK(added(schedule, "2026-12-31T15:00:00Z", hour, closing) == "2026-12-31T16:00:00Z");
    CHECK_FALSE(schedule.add(at("2026-12-31T15:00:00Z"), hour, opening));
    CHECK_FALSE(schedule.add(at("2026-12-31T17:00:00Z"), 0, closing));
    for (auto const seconds : {INT64_MIN, INT64_MIN + 1, -(INT64_MAX / 1'000'000), INT64_MAX}) {
        CHECK(schedule.add(at("2026-06-01T10:00:00Z"), seconds, closing).error().kind == schedule_gap_kind::answer);
        CHECK(schedule.add(at("2028-06-01T10:00:00Z"), seconds, closing).error().kind == schedule_gap_kind::question);
    }
    for (auto const extreme : {instant{INT64_MIN}, instant{INT64_MAX}, first_instant, last_instant}) {
        CHECK_FALSE(schedule.add(extreme, hour, closing));
        CHECK_FALSE(schedule.is_open(extreme));
        CHECK_FALSE(schedule.between(at("2026-06-01T10:00:00Z"), extreme));
        CHECK_FALSE(schedule.between(extreme, at("2026-06-01T10:00:00Z")));
        CHECK_FALSE(schedule.next_opening(extreme));
        CHECK_FALSE(schedule.previous_opening(extreme));
        CHECK_FALSE(schedule.next_closing(extreme));
        CHECK_FALSE(schedule.previous_closing(extreme));
        CHECK_FALSE(schedule.open_intervals(extreme, at("2026-06-01T10:00:00Z")));
    }
    CHECK(schedule.is_open(schedule.horizon_start()) == false);
    CHECK_FALSE(schedule.is_open(schedule.horizon_end()));
    CHECK(schedule.between(schedule.horizon_end(), schedule.horizon_end()) == 0);
}

TEST_CASE("a horizon without an open second answers what it knows") {
    auto const schedule = compiled(office(), "2026-03-07", "2026-03-08");
    CHECK(schedule.is_open(at("2026-03-07T12:00:00Z")) == false);
    CHECK(open_seconds(schedule, "2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z") == 0);
    CHECK_FALSE(schedule.add(at("2026-03-07T12:00:00Z"), 0, closing));
    CHECK_FALSE(schedule.add(at("2026-03-07T12:00:00Z"), -1, opening));
    CHECK_FALSE(schedule.next_opening(at("2026-03-07T12:00:00Z")));
    CHECK_FALSE(schedule.previous_opening(at("2026-03-07T12:00:00Z")));
    CHECK_FALSE(schedule.next_closing(at("2026-03-07T12:00:00Z")));
    CHECK_FALSE(schedule.previous_closing(at("2026-03-07T12:00:00Z")));
    CHECK(open_text(schedule, "2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z").empty());
}

TEST_CASE("every day of the years that instants have can be compiled, a hundred years at a time") {
    for (auto const name : {"UTC", "Pacific/Kiritimati", "America/New_York"}) {
        auto const first = compiled(office(name), "0001-01-01", "0100-12-31");
        CHECK(first.horizon_start() >= first_instant);
        CHECK(first.is_open(at("0001-01-03T00:00:00Z")).has_value());
        auto const last = compiled(office(name), "9900-01-01", "9999-12-31");
        CHECK(last.horizon_end() <= instant{last_instant.microseconds + 1});
        CHECK(last.add(at("9999-12-01T00:00:00Z"), hour, closing).has_value());
        CHECK_FALSE(last.add(last.horizon_end(), hour, closing));
    }
}

TEST_CASE("hours that cannot be are refused with a sentence") {
    auto const changed = [](auto change) {
        auto hours = office();
        change(hours);
        return error_of(hours);
    };
    CHECK(changed([](auto&) {}) == "made");
    CHECK(changed([](auto& hours) { hours.windows[0].open_seconds = -1; }) ==
          R"(service hours "office": window 1 names second -1 of a day; seconds run from 0 to 86400, which is 24:00)");
    CHECK(
        changed([](auto& hours) { hours.windows[0].close_seconds = 86'401; }) ==
        R"(service hours "office": window 1 names second 86401 of a day; seconds run from 0 to 86400, which is 24:00)");
    CHECK(changed([](auto& hours) { hours.windows[0].days = {}; }) ==
          R"(service hours "office": window 1 is of no weekday; name at least one)");
    CHECK(changed([](auto& hours) { hours.windows[0].days.bits = 0x80; }) ==
          R"(service hours "office": window 1 names more than seven weekdays)");
    CHECK(changed([](auto& hours) { hours.windows.clear(); }) ==
          R"(service hours "office": there is no window and no shift; one at least must say when it is open)");
    CHECK(changed([](auto& hours) { hours.windows.assign(169, hours.windows[0]); }) ==
          R"(service hours "office": there are 169 windows; at most 168 are taken)");
    CHECK(changed([](auto& hours) { hours.windows.assign(168, hours.windows[0]); }) == "made");
    CHECK(changed([](auto& hours) { hours.holidays.assign(10'001, day("2026-01-01")); }) ==
          R"(service hours "office": there are 10001 holidays; at most 10000 are taken)");
    CHECK(changed([](auto& hours) {
              hours.breaks.assign(10'001, {day("2026-01-01"), 0, 1});
          }) == R"(service hours "office": there are 10001 breaks; at most 10000 are taken)");
    CHECK(changed([](auto& hours) { hours.holidays = {{INT32_MAX}}; }) ==
          R"(service hours "office": holiday 1 is outside the years 0001 to 9999)");
    CHECK(changed([](auto& hours) {
              hours.shifts = {{{INT32_MIN}, 0, 1}};
          }) == R"(service hours "office": shift 1 is outside the years 0001 to 9999)");
    CHECK(changed([](auto& hours) {
              hours.breaks = {{plus_days(last_date, 1), 0, 1}};
          }) == R"(service hours "office": break 1 is outside the years 0001 to 9999)");
    CHECK(changed([](auto& hours) {
              hours.shifts = {{day("2026-02-01"), 0, 90'000}};
          }) ==
          R"(service hours "office": shift 1 on 2026-02-01 names second 90000 of a day; seconds run from 0 to 86400, )"
          "which is 24:00");
    CHECK(changed([](auto& hours) { hours.worked_weekend_as = static_cast<weekday>(7); }) ==
          R"(service hours "office": the weekday whose windows a worked weekend has is none of the seven)");
    CHECK(changed([](auto& hours) { hours.half_days = static_cast<half_day_rule>(3); }) ==
          R"(service hours "office": half days are shortened, open or closed)");
    CHECK(changed([](auto& hours) { hours.name = "a\nb"; }) ==
          R"(service hours "a\x0ab": their name has at most 120 bytes and no control characters)");
    CHECK(error_of(office(), "2026-01-02", "2026-01-01") ==
          R"(service hours "office": the horizon runs from a first day to a last, both in the years 0001 to 9999)");
    CHECK(error_of(office(), "2000-01-01", "2100-01-01") ==
          R"(service hours "office": the horizon from 2000-01-01 to 2100-01-01 has more than 36525 days)");
    CHECK(error_of(office(), "2000-01-01", "2099-12-31") == "made");
    CHECK_FALSE(service_schedule::make(office(), {INT32_MIN}, {INT32_MAX}));
    CHECK_FALSE(growing_schedule::make({.zone = zone("UTC")}));
}

TEST_CASE("a schedule without a horizon answers any year, and ends where nothing opens any more") {
    auto schedule = growing_schedule::make(office("UTC")).value();
    CHECK(schedule.compiled() == nullptr);
    CHECK(to_text(schedule.add(at("2026-03-06T16:00:00Z"), 2 * hour, closing).value()) == "2026-03-09T10:00:00Z");
    CHECK(schedule.compiled()->bytes() < 4'096);
    CHECK(schedule.between(at("1800-01-01T00:00:00Z"), at("2200-01-01T00:00:00Z")) == 104'355 * 8LL * hour);
    CHECK(to_text(schedule.add(at("1800-01-01T00:00:00Z"), 104'355 * 8LL * hour, closing).value()) ==
          "2199-12-31T17:00:00Z");
    CHECK(to_text(schedule.add(at("2200-01-01T00:00:00Z"), -104'355 * 8LL * hour, closing).value()) ==
          "1800-01-01T09:00:00Z");
    CHECK(schedule.is_open(at("0001-01-01T12:00:00Z")) == true);
    CHECK(schedule.is_open(at("9999-12-31T12:00:00Z")) == true);
    CHECK(schedule.is_open(last_instant) == false);
    for (auto const seconds : {INT64_MIN, std::int64_t{-400'000'000'000}, std::int64_t{-80'000'000'000}}) {
        CHECK(schedule.add(at("2026-03-06T16:00:00Z"), seconds, closing).error() ==
              schedule_gap{schedule_gap_kind::never_open, first_date, "office", {}});
    }
    for (auto const seconds : {INT64_MAX, std::int64_t{400'000'000'000}, std::int64_t{80'000'000'000}}) {
        CHECK(to_text(schedule.add(at("2026-03-06T16:00:00Z"), seconds, opening).error()) ==
              R"(the service hours "office" have no open time left beyond 9999-12-31)");
    }
    for (auto const extreme : {instant{INT64_MIN}, instant{INT64_MAX}}) {
        CHECK(schedule.add(extreme, hour, closing).error().kind == schedule_gap_kind::question);
        CHECK(schedule.is_open(extreme).error().kind == schedule_gap_kind::question);
        CHECK(schedule.between(extreme, extreme).error().kind == schedule_gap_kind::question);
        CHECK_FALSE(schedule.between(extreme, at("2026-03-06T16:00:00Z")));
        CHECK_FALSE(schedule.between(at("2026-03-06T16:00:00Z"), extreme));
    }
}

TEST_CASE("a schedule of shifts alone finds them however far they are, and stops after the last") {
    service_hours const hours{.name = "fair",
                              .zone = zone("Europe/Berlin"),
                              .shifts = {{day("1926-05-01"), 10 * hour, 12 * hour},
                                         {day("2026-05-01"), 23 * hour, hour},
                                         {day("8026-05-01"), 10 * hour, 12 * hour}}};
    auto schedule = growing_schedule::make(hours).value();
    auto const now = at("2026-03-06T16:00:00Z");
    CHECK(to_text(schedule.add(now, 0, closing).value()) == "2026-05-01T21:00:00Z");
    CHECK(to_text(schedule.add(now, 2 * hour, closing).value()) == "2026-05-01T23:00:00Z");
    CHECK(to_text(schedule.add(now, 2 * hour, opening).value()) == "8026-05-01T08:00:00Z");
    CHECK(to_text(schedule.add(now, 4 * hour, closing).value()) == "8026-05-01T10:00:00Z");
    CHECK(to_text(schedule.add(now, -2 * hour, closing).value()) == "1926-05-01T09:00:00Z");
    CHECK(to_text(schedule.add(now, -1, opening).value()) == "1926-05-01T10:59:59Z");
    CHECK(to_text(schedule.add(now, 4 * hour, opening).error())
              .starts_with(R"(the service hours "fair" have no open time left beyond 80)"));
    CHECK(schedule.add(now, -2 * hour, opening).error().kind == schedule_gap_kind::never_open);
    CHECK(schedule.add(at("9000-01-01T00:00:00Z"), 0, closing).error().kind == schedule_gap_kind::never_open);
    CHECK(schedule.add(at("9000-01-01T00:00:00Z"), -1, closing) == at("8026-05-01T09:59:59Z"));
    CHECK(schedule.between(at("0100-01-01T00:00:00Z"), at("9000-01-01T00:00:00Z")) == 6 * hour);
}

TEST_CASE("a night shift on the last day that was compiled runs on") {
    for (std::int32_t days = 0; days < 24; ++days) {
        auto const night = plus_days(day("2026-03-06"), days);
        service_hours const hours{.zone = zone("UTC"), .shifts = {{night, 23 * hour, hour}}};
        auto schedule = growing_schedule::make(hours).value();
        auto const ends = instant{(night.days * seconds_per_day + 25 * hour) * microseconds_per_second};
        CHECK(schedule.add(at("2026-03-06T16:00:00Z"), 2 * hour, closing) == ends);
        CHECK(schedule.compiled()->bytes() < 4'096);
    }
}

TEST_CASE("many breaks in windows that overlap leave what is open in order") {
    auto hours = office("UTC");
    hours.windows.push_back({monday_to_friday, 9 * hour, 16 * hour});
    hours.windows.push_back({monday_to_friday, 10 * hour, 18 * hour});
    for (std::int32_t minute = 0; minute < 240; minute += 2) {
        hours.breaks.push_back({day("2026-03-04"), 11 * hour + minute * 60, 11 * hour + (minute + 1) * 60});
    }
    auto const schedule = compiled(hours);
    auto const open = schedule.open_intervals(at("2026-03-04T00:00:00Z"), at("2026-03-05T00:00:00Z")).value();
    CHECK(open.size() == 121);
    for (std::size_t number = 1; number < open.size(); ++number) CHECK(open[number - 1].closes < open[number].opens);
    CHECK(open_seconds(schedule, "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z") == 7 * hour);
    CHECK(added(schedule, "2026-03-04T09:00:00Z", 2 * hour + 61) == "2026-03-04T11:03:01Z");
}

TEST_CASE("a schedule whose windows the calendar always closes ends with the calendar") {
    auto const calendar = calendar_2026();
    auto hours = office("UTC");
    hours.windows = {{only_sunday, 9 * hour, 17 * hour}};
    auto schedule = growing_schedule::make(hours, &calendar).value();
    auto const missing = schedule.add(at("2026-03-06T16:00:00Z"), 1, closing);
    CHECK(missing.error() == schedule_gap{schedule_gap_kind::calendar_data, day("2028-01-01"), "office", "CAL"});
    CHECK(to_text(missing.error()) ==
          R"(the calendar CAL, by which the service hours "office" close, has no data for 2028-01-01)");
    CHECK(schedule.add(at("2026-03-06T16:00:00Z"), -1, closing).error().day == day("2025-12-31"));
    CHECK(schedule.add(at("2030-03-06T16:00:00Z"), 1, closing).error().day == day("2030-03-06"));
    CHECK(schedule.is_open(at("2030-03-06T16:00:00Z")).error().kind == schedule_gap_kind::calendar_data);
    CHECK(schedule.between(at("2027-03-06T16:00:00Z"), at("2030-03-06T16:00:00Z")).error().kind ==
          schedule_gap_kind::calendar_data);
    CHECK(schedule.between(at("2026-03-06T16:00:00Z"), at("2027-12-31T16:00:00Z")) == 0);
    // A worked weekend is the one time that it opens, if it may.
    hours.windows.push_back({{0b000'0001}, 9 * hour, 10 * hour});
    hours.holidays.clear();
    auto worked = growing_schedule::make(hours, &calendar).value();
    CHECK(worked.is_open(at("2026-02-07T09:30:00Z")) == true);
}

TEST_CASE("twenty-six years of two windows a day stay below 256 KB, answers apart by years are still exact") {
    auto hours = office();
    hours.windows = {{every_weekday, 8 * hour, 12 * hour}, {every_weekday, 13 * hour, 18 * hour}};
    auto const schedule = compiled(hours, "2015-01-01", "2040-12-31");
    CHECK(schedule.bytes() <= 256 * 1'024);
    auto const open = schedule.between(schedule.horizon_start(), schedule.horizon_end()).value();
    CHECK(open == 9'497 * 9LL * hour);
    CHECK(schedule.add(schedule.horizon_start(), open, closing) == at("2040-12-31T17:00:00Z"));
}

TEST_CASE("the conventions and rules have names") {
    CHECK(from_wire_name<edge_convention>("close") == closing);
    CHECK(wire_name(opening) == "open");
    CHECK(wire_name(half_day_rule::shortened) == "shortened");
}
