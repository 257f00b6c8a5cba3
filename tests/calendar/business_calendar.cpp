// Business days: against a recount day by day, against other libraries' answers, and what a calendar refuses to be.
#include "recourse/calendar/business_calendar.hpp"

#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "recourse/calendar/holidays.hpp"
#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::fields;
using recourse::test::rows_of;

namespace {

calendar_content small_content() {
    return {"TEST",
            "A calendar for tests",
            saturday_and_sunday,
            {{day("2026-01-01"), "New Year", special_kind::holiday}, {day("2026-01-03"), "Swap", special_kind::worked}},
            2026,
            2027,
            "1"};
}

std::string error_of(calendar_content content) {
    auto const made = business_calendar::make(std::move(content));
    return made ? "made" : made.error();
}

roll_rule roll_of(std::string const& name) {
    static std::map<std::string, roll_rule> const names{
        {"", roll_rule::none},
        {"following", roll_rule::following},
        {"forward", roll_rule::following},
        {"preceding", roll_rule::preceding},
        {"backward", roll_rule::preceding},
        {"modifiedfollowing", roll_rule::modified_following},
        {"modifiedpreceding", roll_rule::modified_preceding},
    };
    return names.at(name);
}

business_calendar calendar_of(std::string const& working_days, std::string const& holidays) {
    calendar_content content{"ROW", "A row of the table", {}, {}, year_min, year_max, "1"};
    for (std::size_t at = 0; at < 7; ++at) {
        if (working_days[at] == '0')
            content.weekend.bits = static_cast<std::uint8_t>(content.weekend.bits | (1U << at));
    }
    std::map<date, special_day> rows;
    for (auto const& text : fields(holidays, ',')) {
        if (!text.empty()) rows[day(text)] = {day(text), "holiday", special_kind::holiday};
    }
    for (auto const& [at, row] : rows) content.rows.push_back(row);
    return business_calendar::make(content).value();
}

}  // namespace

TEST_CASE("business days agree with the answers of other libraries") {
    for (auto const& row : rows_of("busday.tsv")) {
        CAPTURE(row);
        auto const calendar = calendar_of(row[3], row[4]);
        auto const from = day(row[1]);
        if (row[0] == "is_busday") {
            CHECK(*calendar.is_business_day(from) == (row[6] == "1"));
        } else if (row[0] == "offset") {
            auto const start = calendar.rolled(from, roll_of(row[5]));
            CHECK(to_text(*calendar.add_business_days(*start, std::stoi(row[2]))) == row[6]);
        } else {
            // The table counts [from, to), and (to, from] negatively; we count (from, to].
            auto const to = day(row[2]);
            auto const count = to < from ? -*calendar.business_days_between(to, from)
                                         : *calendar.business_days_between(plus_days(from, -1), plus_days(to, -1));
            CHECK(count == std::stoi(row[6]));
        }
    }
}

TEST_CASE("adding and counting business days agree with a recount day by day") {
    auto const name = GENERATE("BE", "CN", "WEEKDAYS");
    CAPTURE(name);
    auto const& calendar = *find_calendar(name);
    auto const first = day("2024-01-01");
    auto const last = day("2026-12-31");
    for (date from = first; from <= last; from = plus_days(from, 1)) {
        std::int32_t number = 0;
        for (date to = plus_days(from, 1); to <= last; to = plus_days(to, 1)) {
            bool const open = *calendar.is_business_day(to);
            number += open ? 1 : 0;
            if (calendar.business_days_between(from, to) != number) FAIL(to_text(from) << " " << to_text(to));
            if (open && calendar.add_business_days(from, number) != to) FAIL(to_text(from) << " + " << number);
        }
        number = 0;
        for (date to = plus_days(from, -1); to >= first; to = plus_days(to, -1)) {
            bool const open = *calendar.is_business_day(to);
            number -= open ? 1 : 0;
            if (calendar.business_days_between(from, to) != number) FAIL(to_text(from) << " " << to_text(to));
            if (open && calendar.add_business_days(from, number) != to) FAIL(to_text(from) << " - " << -number);
        }
    }
    CHECK(calendar.add_business_days(first, 0) == first);
}

TEST_CASE("the same holds for other weekends, with holidays and worked days anywhere") {
    auto const seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U);
    CAPTURE(seed);
    std::mt19937 random{seed};
    calendar_content content{"RANDOM", "Random", {static_cast<std::uint8_t>(random() % 127)}, {}, 2026, 2026, "1"};
    auto const first = day("2026-01-01");
    auto const last = day("2026-12-31");
    for (date at = first; at <= last; at = plus_days(at, 1)) {
        if (random() % 6 != 0) continue;
        bool const weekend = content.weekend.has(weekday_of(at));
        bool const worked = weekend && random() % 2 == 0;
        content.rows.push_back({at, "row", worked ? special_kind::worked : special_kind::holiday});
    }
    auto const calendar = business_calendar::make(content).value();
    for (date from = first; from <= last; from = plus_days(from, 1)) {
        std::int32_t number = 0;
        for (date to = plus_days(from, 1); to <= last; to = plus_days(to, 1)) {
            if (!*calendar.is_business_day(to)) continue;
            ++number;
            REQUIRE(calendar.add_business_days(from, number) == to);
            REQUIRE(calendar.business_days_between(from, to) == number);
        }
        CHECK(calendar.add_business_days(from, number + 1).error().year == 2027);
        number = 0;
        for (date to = plus_days(from, -1); to >= first; to = plus_days(to, -1)) {
            if (!*calendar.is_business_day(to)) continue;
            --number;
            REQUIRE(calendar.add_business_days(from, number) == to);
            REQUIRE(calendar.business_days_between(from, to) == number);
        }
        CHECK(calendar.add_business_days(from, number - 1).error().year == 2025);
    }
}

TEST_CASE("a year that is not covered is an error, never counted by weekdays") {
    auto const& belgium = *find_calendar("BE");
    calendar_gap const before{"BE", 2023};
    calendar_gap const after{"BE", 2029};
    CHECK(belgium.is_business_day(day("2029-01-02")).error() == after);
    CHECK(belgium.day_reason(day("2023-12-31")).error() == before);
    CHECK(belgium.add_business_days(day("2028-12-28"), 1) == day("2028-12-29"));
    CHECK(belgium.add_business_days(day("2028-12-28"), 2).error() == after);
    CHECK(belgium.add_business_days(day("2024-01-02"), -1).error() == before);
    CHECK(belgium.add_business_days(day("2035-06-01"), 0).error() == calendar_gap{"BE", 2035});
    CHECK(belgium.business_days_between(day("2028-01-01"), day("2029-01-01")).error() == after);
    CHECK(belgium.business_days_between(day("2023-12-31"), day("2028-01-01")).error() == before);
    CHECK(belgium.rolled(day("2028-12-30"), roll_rule::following).error() == after);
    CHECK(to_text(after) == "the calendar BE has no data for the year 2029");
}

TEST_CASE("the plain calendar covers all years up to 9999 and not one more") {
    auto const& weekdays = *find_calendar("WEEKDAYS");
    CHECK(weekdays.add_business_days(day("2026-03-06"), 1) == day("2026-03-09"));
    CHECK(weekdays.add_business_days(first_date, 2'608'375).has_value());
    CHECK(weekdays.add_business_days(day("2026-03-06"), INT32_MAX).error() == calendar_gap{"WEEKDAYS", 10'000});
    CHECK(weekdays.add_business_days(day("2026-03-06"), INT32_MIN).error() == calendar_gap{"WEEKDAYS", 0});
    CHECK(weekdays.add_business_days(last_date, 1).error() == calendar_gap{"WEEKDAYS", 10'000});
    CHECK(weekdays.business_days_between(first_date, last_date) == 2'608'614);
    CHECK(*weekdays.is_business_day(day("2026-12-25")));
    CHECK(weekdays.is_business_day({INT32_MAX}).error().calendar == "WEEKDAYS");
}

TEST_CASE("a closed day rolls as its rule says, and modified rules stay in the month") {
    auto const& belgium = *find_calendar("BE");
    struct row {
        std::string_view day;
        roll_rule roll;
        std::string_view result;
    };
    using enum roll_rule;
    // clang-format off
    row const rows[] = {
        {"2026-05-30", none              , "2026-05-30"},
        {"2026-05-30", following         , "2026-06-01"},
        {"2026-05-30", modified_following, "2026-05-29"},
        {"2026-05-30", preceding         , "2026-05-29"},
        {"2026-08-01", preceding         , "2026-07-31"},
        {"2026-08-01", modified_preceding, "2026-08-03"},
        {"2026-04-04", following         , "2026-04-07"},  // over Easter Monday
        {"2026-04-07", following         , "2026-04-07"},
    };
    // clang-format on
    for (auto const& [from, roll, result] : rows) {
        CAPTURE(from, wire_name(roll));
        CHECK(to_text(*belgium.rolled(day(from), roll)) == result);
    }
}

TEST_CASE("a closed day says why it is closed") {
    auto const& belgium = *find_calendar("BE");
    auto const& china = *find_calendar("CN");
    CHECK(to_text(*belgium.day_reason(day("2026-04-06"))) == "Easter Monday");
    CHECK(to_text(*belgium.day_reason(day("2026-04-05"))) == "weekend");
    CHECK(to_text(*belgium.day_reason(day("2026-04-07"))) == "working day");
    CHECK(to_text(*belgium.day_reason(day("2026-08-15"))) == "Assumption Day");  // a Saturday: the holiday is named
    CHECK(to_text(*china.day_reason(day("2026-02-14"))) == "worked weekend (Spring Festival)");
    CHECK(china.day_reason(day("2026-02-14"))->is_open());
}

TEST_CASE("a calendar that contradicts itself is refused with a sentence") {
    CHECK(error_of(small_content()) == "made");
    auto const changed = [](auto change) {
        auto content = small_content();
        change(content);
        return error_of(std::move(content));
    };
    auto const holiday = special_kind::holiday;
    using content = calendar_content;
    CHECK(changed([&](content& c) { c.rows.push_back(c.rows.back()); }) ==
          R"(calendar "TEST": 2026-01-03 has two rows; join their names in one)");
    CHECK(changed([&](content& c) { std::swap(c.rows[0], c.rows[1]); }) ==
          R"(calendar "TEST": 2026-01-01 stands after 2026-01-03; rows go in the order of their days)");
    CHECK(changed([&](content& c) {
              c.rows.push_back({day("2028-01-01"), "Late", holiday});
          }) == R"(calendar "TEST": 2028-01-01 lies outside the covered years 2026 to 2027)");
    CHECK(changed([&](content& c) { c.rows[0].kind = special_kind::worked; }) ==
          R"(calendar "TEST": 2026-01-01 is marked as a worked weekend, but a Thursday is no weekend day here)");
    CHECK_THAT(changed([&](content& c) { c.rows[0].name = "a\nb"; }), Catch::Matchers::Contains(R"("a\x0ab")"));
    CHECK_THAT(changed([&](content& c) { c.rows[0].name = ""; }), Catch::Matchers::Contains("1 to 120 bytes"));
    CHECK_THAT(changed([&](content& c) { c.weekend.bits = 127; }), Catch::Matchers::Contains("every day is weekend"));
    CHECK_THAT(changed([&](content& c) { c.weekend.bits = 128; }), Catch::Matchers::Contains("more than seven days"));
    CHECK_THAT(changed([&](content& c) { c.last_year = 2025; }), Catch::Matchers::Contains("it covers 2026 to 2025"));
    CHECK_THAT(changed([&](content& c) { c.first_year = 0; }), Catch::Matchers::Contains("it covers 0 to 2027"));
    CHECK_THAT(changed([&](content& c) { c.last_year = INT32_MAX; }), Catch::Matchers::Contains("it covers 2026 to"));
    CHECK_THAT(changed([&](content& c) { c.name = "../BE"; }), Catch::Matchers::Contains("its name is not"));
    CHECK_THAT(changed([&](content& c) { c.name = ""; }), Catch::Matchers::Contains("its name is not"));
    CHECK_THAT(changed([&](content& c) { c.title = ""; }), Catch::Matchers::Contains("its title is not"));
    CHECK_THAT(changed([&](content& c) { c.data_version = ""; }), Catch::Matchers::Contains("its data version"));
}
