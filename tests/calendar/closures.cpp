// A host's own days on top of a calendar: who has the last word on a day, and what the calendar is called.
#include "recourse/calendar/closures.hpp"

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"

namespace {

using namespace recourse;

business_calendar base() {
    return *business_calendar::make(
        {.name = "BASE",
         .title = "The base",
         .data_version = "2026-11-20",
         .holidays = {{.day = to_date({2026, 1, 1}), .name = "New Year"},
                      {.day = to_date({2026, 1, 10}), .name = "Worked", .kind = holiday_kind::worked_weekend},
                      {.day = to_date({2026, 12, 24}),
                       .name = "Eve",
                       .kind = holiday_kind::half_day,
                       .closed = {43'200, 86'400}}},
         .first_year = 2026,
         .last_year = 2027});
}

holiday own(year_month_day day, holiday_kind kind = holiday_kind::public_holiday) {
    return {.day = to_date(day), .name = "Own", .kind = kind};
}

std::string reason(business_calendar const& calendar, year_month_day day) {
    return to_text(*calendar.day_reason(to_date(day)));
}

}  // namespace

TEST_CASE("own closing days close, whatever the base says") {
    auto const shop = with_closures(base(), "SHOP", {own({2026, 1, 5}), own({2026, 1, 10}), own({2026, 12, 24})});
    REQUIRE(shop);
    CHECK(shop->name() == "SHOP");
    CHECK(reason(*shop, {2026, 1, 5}) == "Own");
    CHECK(reason(*shop, {2026, 1, 10}) == "Own");  // the base works that Saturday
    CHECK(reason(*shop, {2026, 12, 24}) == "Own");
    CHECK(reason(*shop, {2026, 1, 1}) == "New Year");
    CHECK(reason(*shop, {2026, 1, 6}) == "working day");
}

TEST_CASE("own worked days open weekends, holidays and half days of the base") {
    auto const worked = holiday_kind::worked_weekend;
    auto const shop = with_closures(
        base(), "SHOP", {own({2026, 1, 1}, worked), own({2026, 1, 11}, worked), own({2026, 12, 24}, worked)});
    REQUIRE(shop);
    CHECK(reason(*shop, {2026, 1, 1}) == "working day");
    CHECK(reason(*shop, {2026, 1, 11}) == "worked weekend (Own)");
    CHECK(reason(*shop, {2026, 12, 24}) == "working day");
    CHECK(*shop->is_business_day(to_date({2026, 1, 1})));
}

TEST_CASE("of two own rows on one day closing beats worked, and half of a holiday is worked by saying both") {
    auto half = own({2026, 1, 1}, holiday_kind::half_day);
    half.closed = {43'200, 86'400};
    auto const worked = own({2026, 1, 1}, holiday_kind::worked_weekend);
    CHECK(reason(*with_closures(base(), "SHOP", {worked, own({2026, 1, 1})}), {2026, 1, 1}) == "Own");
    CHECK(reason(*with_closures(base(), "SHOP", {half}), {2026, 1, 1}) == "New Year");
    CHECK(reason(*with_closures(base(), "SHOP", {half, worked}), {2026, 1, 1}) == "half day (Own)");
}

TEST_CASE("the years and the weekends are those of the base, and an own day outside them is refused") {
    auto const shop = with_closures(*find_calendar("AE"), "SHOP", {own({2026, 3, 3})});
    REQUIRE(shop);
    CHECK(shop->weekends() == find_calendar("AE")->weekends());
    CHECK(shop->first_year() == find_calendar("AE")->first_year());
    auto const outside = with_closures(base(), "SHOP", {own({2028, 1, 3})});
    REQUIRE_FALSE(outside);
    CHECK_THAT(outside.error(), Catch::Contains("2028-01-03 lies outside the covered years 2026 to 2027"));
}

TEST_CASE("the data version says the base and the own days") {
    auto const one = with_closures(base(), "SHOP", {own({2026, 1, 5})});
    auto const other = with_closures(base(), "SHOP", {own({2026, 1, 6})});
    CHECK_THAT(one->data_version(), Catch::StartsWith("2026-11-20.own-"));
    CHECK(one->data_version() != other->data_version());
    CHECK(one->data_version() == with_closures(base(), "SHOP", {own({2026, 1, 5})})->data_version());
    CHECK(with_closures(base(), "SHOP", {own({2026, 1, 5})}, {"", "7"})->data_version() == "2026-11-20.7");
    CHECK(with_closures(base(), "SHOP", {})->data_version() == "2026-11-20");
    CHECK(one->title() == "The base, with own days");
    CHECK(with_closures(base(), "SHOP", {}, {"Mine", ""})->title() == "Mine");
}

TEST_CASE("joined calendars take own days too, although their names and versions are long") {
    std::vector<business_calendar> parts;
    std::vector<business_calendar const*> pointers;
    for (int at = 0; at < 9; ++at) {
        parts.push_back(
            *business_calendar::make(calendar_content{.name = "PART-" + std::to_string(at),
                                                      .title = "A part with a title, number ü" + std::to_string(at),
                                                      .data_version = "2026-11-0" + std::to_string(at),
                                                      .first_year = 2026,
                                                      .last_year = 2026}));
    }
    for (auto const& part : parts) pointers.push_back(&part);
    auto const all = joined(pointers, join_rule::closed_if_any);
    REQUIRE(all);
    auto const shop = with_closures(*all, "SHOP", {own({2026, 1, 5})});
    INFO((shop ? std::string{} : shop.error()));
    REQUIRE(shop);
    CHECK(shop->data_version().size() <= 32);
    CHECK_THAT(shop->title(), Catch::EndsWith(", with own days"));
    auto const renamed = with_closures(*all, "ALL", {});
    REQUIRE(renamed);
    CHECK_FALSE(*shop->is_business_day(to_date({2026, 1, 5})));
}

TEST_CASE("a wrong name or own day is refused with a sentence") {
    CHECK_FALSE(with_closures(base(), "", {}));
    CHECK_FALSE(with_closures(base(), "A+B", {}));
    CHECK_FALSE(with_closures(base(), "SHOP", {own({2026, 1, 5}, holiday_kind::half_day)}));
    CHECK_FALSE(with_closures(base(), "SHOP", {own({2026, 1, 5})}, {"", "a version, with blanks"}));
}
