// Calendars joined: which days are open, what their holidays are called, and what cannot be joined.
#include <catch2/catch.hpp>

#include "business_days.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

calendar_content named(std::string name, std::vector<holiday> holidays) {
    calendar_content content{
        .name = std::move(name), .title = "One part", .data_version = "7", .first_year = 2026, .last_year = 2027};
    content.holidays = std::move(holidays);
    return content;
}

std::string reason(business_calendar const& calendar, std::string_view at) {
    return to_text(*calendar.day_reason(day(at)));
}

holiday half_day_on(std::string_view at, half_day_span closed) {
    auto row = holiday_on(day(at), "Short", holiday_kind::half_day);
    row.closed = closed;
    return row;
}

constexpr std::int32_t hour = 3'600;

}  // namespace

TEST_CASE("a joined calendar is closed if any or if all of its parts are, and names whose holiday it is") {
    auto const saturday = day("2026-01-03");
    auto const a = made(named("A", {holiday_on(day("2026-01-01"), "New Year"), holiday_on(day("2026-05-01"), "May"),
                                    holiday_on(saturday, "Swap", holiday_kind::worked_weekend)}));
    auto b_content = named("B", {holiday_on(day("2026-01-01"), "Jour de l'An"), holiday_on(day("2026-07-14"), "14")});
    b_content.holidays[0].english = "New Year";
    auto const b = made(b_content);

    auto const any = joined({&a, &b}, join_rule::closed_if_any).value();
    CHECK(any.name() == "A+B");
    CHECK(any.title() == "One part");
    CHECK(any.data_version() == "7");
    CHECK(reason(any, "2026-01-01") == "New Year (A) and New Year (B)");
    CHECK(any.holidays(day("2026-01-01"), day("2026-01-01"))->at(1).name == "Jour de l'An (B)");
    CHECK(reason(any, "2026-05-01") == "May (A)");
    CHECK(reason(any, "2026-07-14") == "14 (B)");
    CHECK(reason(any, "2026-01-03") == "weekend");  // worked in A alone
    CHECK(any.holiday_days(saturday, saturday).empty());

    auto const all = joined({&a, &b}, join_rule::closed_if_all).value();
    CHECK(all.name() == "A&B");
    CHECK(reason(all, "2026-01-01") == "New Year (A) and New Year (B)");
    CHECK(reason(all, "2026-05-01") == "working day");
    CHECK(all.holiday_days(day("2026-05-01"), day("2026-05-01")).empty());
    CHECK(reason(all, "2026-01-03") == "worked weekend (Swap (A))");
}

TEST_CASE("weekends are joined from each of their dates on") {
    auto a_content = named("A", {});
    a_content.weekends = {{first_date, friday_and_saturday}, {day("2026-07-01"), saturday_and_sunday}};
    auto const a = made(a_content);
    auto const b = made(named("B", {}));
    auto const any = joined({&a, &b}, join_rule::closed_if_any).value();
    auto const all = joined({&a, &b}, join_rule::closed_if_all).value();
    CHECK(any.weekends() ==
          std::vector<weekend_rule>{{first_date, weekend_days{0b111'0000}}, {day("2026-07-01"), saturday_and_sunday}});
    CHECK(all.weekends() ==
          std::vector<weekend_rule>{{first_date, weekend_days{0b010'0000}}, {day("2026-07-01"), saturday_and_sunday}});
}

TEST_CASE("calendars that leave no weekday open together are not joined") {
    auto const closed_on = [](std::string name, std::vector<weekend_rule> weekends) {
        auto content = named(std::move(name), {});
        content.weekends = std::move(weekends);
        return made(std::move(content));
    };
    auto const only_monday = closed_on("A", {{first_date, weekend_days{0b111'1110}}});
    auto const without_monday = closed_on("B", {{first_date, weekend_days{0b000'0001}}});
    CHECK(joined({&only_monday, &without_monday}, join_rule::closed_if_any).error() ==
          "the calendars A+B leave no weekday open; at least one must be open in all of them");
    auto const all = joined({&only_monday, &without_monday}, join_rule::closed_if_all).value();
    CHECK(open_days_a_week(all.weekends().front().days) == 7);
    // Three of which each pair would do.
    auto const first_days = closed_on("C", {{first_date, weekend_days{0b000'1111}}});
    auto const friday = closed_on("D", {{first_date, friday_and_saturday}});
    auto const usual = closed_on("E", {{first_date, saturday_and_sunday}});
    auto const from_july =
        closed_on("F", {{first_date, weekend_days{}}, {day("2026-07-01"), weekend_days{0b001'1111}}});
    CHECK(joined({&friday, &first_days}, join_rule::closed_if_any));
    CHECK(joined({&friday, &usual}, join_rule::closed_if_any));
    CHECK(joined({&first_days, &usual}, join_rule::closed_if_any));
    CHECK(joined({&friday, &first_days, &usual}, join_rule::closed_if_any).error() ==
          "the calendars D+C+E leave no weekday open; at least one must be open in all of them");
    CHECK(joined({&usual, &from_july}, join_rule::closed_if_any).error() ==
          "the calendars E+F leave no weekday open from 2026-07-01 on; at least one must be open in all of them");
}

TEST_CASE("calendars of all years join as those of few do") {
    auto a_content = named("A", {holiday_on(day("2026-05-01"), "May")});
    a_content.first_year = year_min;
    a_content.last_year = year_max;
    a_content.weekends = {{first_date, weekend_days{0b000'1111}}};
    auto b_content = a_content;
    b_content.name = "B";
    b_content.weekends = {{first_date, weekend_days{0b011'0001}}};
    auto const a = made(a_content);
    auto const b = made(b_content);
    auto const any = joined({&a, &b}, join_rule::closed_if_any).value();  // only Sundays are left
    CHECK(any.business_days_between(day("2026-05-01"), day("2026-06-01")) == 5);
    CHECK(any.add_business_days(last_date, 1).error() == calendar_gap{"A+B", 10'000});
    CHECK(any.rolled(last_date, roll_rule::following).error() == calendar_gap{"A+B", 10'000});
    CHECK(any.rolled(first_date, roll_rule::preceding).error() == calendar_gap{"A+B", 0});
    auto const all = joined({&a, &b}, join_rule::closed_if_all).value();      // only Mondays are free in both
    CHECK(all.add_business_days(day("2026-04-30"), 2) == day("2026-05-03"));  // over May Day and no weekend
    CHECK(all.next_business_day(day("2026-05-03")) == day("2026-05-05"));
}

TEST_CASE("half days of a joined calendar are closed while any or while all are") {
    auto const a = made(named(
        "A", {half_day_on("2026-12-24", {12 * hour, 24 * hour}), half_day_on("2026-12-31", {12 * hour, 24 * hour}),
              half_day_on("2027-12-24", {12 * hour, 24 * hour})}));
    auto const b =
        made(named("B", {half_day_on("2026-12-24", {14 * hour, 23 * hour}), holiday_on(day("2026-12-31"), "Old Year"),
                         half_day_on("2027-12-24", {14 * hour, 23 * hour})}));
    auto const c = made(named("C", {half_day_on("2026-12-24", {0, 9 * hour})}));
    auto const parts = [](business_calendar const& of, std::string_view at) {
        std::vector<half_day_span> found;
        auto const rows = of.holidays(day(at), day(at)).value();
        for (auto const& row : rows) found.push_back(row.closed);
        return found;
    };
    using spans = std::vector<half_day_span>;
    auto const any = joined({&a, &b}, join_rule::closed_if_any).value();
    CHECK(parts(any, "2026-12-24") == spans{{12 * hour, 24 * hour}, {14 * hour, 23 * hour}});
    CHECK(reason(any, "2026-12-24") == "half day (Short (A) and Short (B))");
    CHECK(reason(any, "2026-12-31") == "Old Year (B)");
    CHECK(any.holiday_days(day("2026-12-31"), day("2026-12-31")).size() == 1);

    auto const all = joined({&a, &b}, join_rule::closed_if_all).value();
    CHECK(parts(all, "2026-12-24") == spans{{14 * hour, 23 * hour}, {14 * hour, 23 * hour}});
    CHECK(parts(all, "2026-12-31") == spans{{12 * hour, 24 * hour}});  // closed in B, short in A
    CHECK(reason(all, "2026-12-31") == "half day (Short (A))");
    CHECK(parts(all, "2027-12-24") == spans{{14 * hour, 23 * hour}, {14 * hour, 23 * hour}});
    // A is closed from noon and C until nine: somebody always works.
    CHECK(reason(joined({&a, &c}, join_rule::closed_if_all).value(), "2026-12-24") == "working day");
    CHECK(reason(joined({&a, &c}, join_rule::closed_if_all).value(), "2026-12-31") == "working day");
}

TEST_CASE("a calendar that comes twice is joined once, and alone it stays as it is") {
    auto const a = made(named("A", {holiday_on(day("2026-05-01"), "May")}));
    auto const copy = a;
    CHECK(joined({&a}, join_rule::closed_if_any) == a);
    CHECK(joined({&a, &a, &copy}, join_rule::closed_if_all) == a);
    auto const b = made(named("B", {}));
    CHECK(joined({&a, &b, &copy}, join_rule::closed_if_any)->name() == "A+B");
}

TEST_CASE("joined calendars join again, and the name says how") {
    auto const a = made(named("A", {holiday_on(day("2026-05-01"), "May")}));
    auto const b = made(named("B", {}));
    auto const c = made(named("C", {holiday_on(day("2026-05-01"), "Mai")}));
    auto const ab = joined({&a, &b}, join_rule::closed_if_any).value();
    CHECK(joined({&ab, &c}, join_rule::closed_if_any)->name() == "A+B+C");
    auto const mixed = joined({&ab, &c}, join_rule::closed_if_all).value();
    CHECK(mixed.name() == "(A+B)&C");
    CHECK(reason(mixed, "2026-05-01") == "May (A) and Mai (C)");
}

TEST_CASE("covered years are those that all cover, and calendars without one are not joined") {
    auto a_content = named("A", {holiday_on(day("2026-05-01"), "May"), holiday_on(day("2027-05-01"), "May")});
    auto b_content = named("B", {});
    b_content.first_year = 2020;
    b_content.last_year = 2026;
    auto const a = made(a_content);
    auto const b = made(b_content);
    auto const both = joined({&a, &b}, join_rule::closed_if_any).value();
    CHECK(both.first_year() == 2026);
    CHECK(both.last_year() == 2026);
    CHECK(both.holiday_days(first_date, last_date).size() == 1);
    CHECK(both.is_business_day(day("2027-01-01")).error() == calendar_gap{"A+B", 2027});
    CHECK(joined({&a, &b}, join_rule::closed_if_any)->data_version() == "7");
    b_content.last_year = 2025;
    b_content.data_version = "8";
    auto const old = made(b_content);
    CHECK(joined({&a, &old}, join_rule::closed_if_any).error() ==
          "the calendars A+B have no year in common: A covers 2026 to 2027, B covers 2020 to 2025");
    CHECK(joined({}, join_rule::closed_if_any).error() == "no calendars to join; give at least one");
    CHECK(joined({&a, nullptr}, join_rule::closed_if_all).error() == "calendar 2 of 2 to join is missing");
    b_content.last_year = 2026;
    auto const newer = made(b_content);
    CHECK(joined({&a, &newer}, join_rule::closed_if_any)->data_version() == "7+8");
}
