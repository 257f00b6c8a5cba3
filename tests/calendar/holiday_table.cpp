// From rows to days: each kind of rule, substitutes that collide, regions, years, decrees, and documents that are wrong.
#include "recourse/calendar/holiday_table.hpp"

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;

namespace {

// A table of one year's span around the rows given, as JSON text.
std::string table_text(std::string const& rows, std::string const& more = "") {
    return R"({"calendar": "XX", "title": "A table for tests", "weekends": [{"days": "saturday sunday"}],
        "first_year": 2015, "last_year": 2040, "version": "1", "source": "The test", )" +
           more + R"("holidays": [)" + rows + "]}";
}

holiday_table table_of(std::string const& rows, std::string const& more = "") {
    auto read = read_holiday_table(table_text(rows, more));
    if (!read) FAIL(to_text(read.error()));
    return std::move(read).value();
}

// The closing days of a year, with a star behind a substitute.
std::string days_of(holiday_table const& table, std::int32_t year, compile_span const& span = {},
                    std::vector<holiday_decree> const& decrees = {}) {
    auto const calendar = compile_calendar(table, span, decrees);
    if (!calendar) return calendar.error();
    std::string text;
    for (auto const& one : calendar->holiday_days(to_date({year, 1, 1}), to_date({year, 12, 31}))) {
        if (!text.empty()) text += ' ';
        text += to_text(one.day).substr(5);
        if (one.substitute != 0) text += '*';
        if (one.kind == holiday_kind::worked_weekend) text += '+';
    }
    return text;
}

std::string days_of(std::string const& rows, std::int32_t year) { return days_of(table_of(rows), year); }

std::string problem_of(std::string const& text) {
    auto const read = read_holiday_table(text);
    return read ? "read" : to_text(read.error());
}

}  // namespace

TEST_CASE("each form of a day rule gives its day") {
    auto const on = [](std::string const& when, std::int32_t year) {
        return days_of(R"({"when": ")" + when + R"(", "name": "x"})", year);
    };
    // clang-format off
    CHECK(on("12-25"                                , 2026) == "12-25");
    CHECK(on("02-29"                                , 2026) == "");
    CHECK(on("02-29"                                , 2028) == "02-29");
    CHECK(on("easter +1"                            , 2026) == "04-06");
    CHECK(on("orthodox_easter"                      , 2026) == "04-12");
    CHECK(on("3rd monday in january"                , 2026) == "01-19");
    CHECK(on("5th monday in january"                , 2026) == "");
    CHECK(on("last monday in may"                   , 2026) == "05-25");
    CHECK(on("monday on or after 06-12"             , 2026) == "06-15");
    CHECK(on("monday on or after 06-15"             , 2026) == "06-15");
    CHECK(on("monday after 06-15"                   , 2026) == "06-22");
    CHECK(on("monday on or before 05-24"            , 2026) == "05-18");
    CHECK(on("friday before easter"                 , 2026) == "04-03");
    CHECK(on("monday nearest 06-18"                 , 2026) == "06-15");
    CHECK(on("monday nearest 06-19"                 , 2026) == "06-22");
    CHECK(on("2nd friday after 11-01"               , 2026) == "11-13");
    CHECK(on("tuesday after 1st monday in november" , 2026) == "11-03");
    CHECK(on("chinese 1/1"                          , 2027) == "02-06");
    CHECK(on("korean 1/1"                           , 2027) == "02-07");
    CHECK(on("chinese 1/1 -1"                       , 2027) == "02-05");
    CHECK(on("chinese 12/8"                         , 2026) == "01-26");  // of the lunar year before
    CHECK(on("vietnamese 1/1"                       , 2030) == "02-02");
    CHECK(on("hijri 10/1"                           , 2026) == "03-20");
    CHECK(on("hijri 1/1"                            , 2015) == "10-14");
    CHECK(on("hijri 10/1"                           , 2033) == "01-02 12-23");  // twice in one of our years
    CHECK(on("hebrew tishri 10"                     , 2026) == "09-21");
    CHECK(on("qingming utc+8"                       , 2026) == "04-05");
    CHECK(on("march_equinox utc+9"                  , 2026) == "03-20");
    // clang-format on
}

TEST_CASE("years, cycles, weekdays and moves narrow a row") {
    CHECK(days_of(R"({"when": "05-08", "name": "x", "from": 2020, "to": 2022, "except": [2021]})", 2019) == "");
    CHECK(days_of(R"({"when": "05-08", "name": "x", "from": 2020, "to": 2022, "except": [2021]})", 2020) == "05-08");
    CHECK(days_of(R"({"when": "05-08", "name": "x", "from": 2020, "to": 2022, "except": [2021]})", 2021) == "");
    CHECK(days_of(R"({"when": "05-05", "name": "x", "from": 2015, "every": 5})", 2020) == "05-05");
    CHECK(days_of(R"({"when": "05-05", "name": "x", "from": 2015, "every": 5})", 2021) == "");
    CHECK(days_of(R"({"when": "09-20", "name": "x", "only_on": "friday"})", 2026) == "");
    CHECK(days_of(R"({"when": "09-20", "name": "x", "only_on": "friday"})", 2030) == "09-20");
    // The King's Day of the Netherlands goes to Saturday when it is a Sunday.
    CHECK(days_of(R"({"when": "04-27", "name": "x", "moved": "sunday -> -1"})", 2025) == "04-26");
    CHECK(days_of(R"({"when": "04-27", "name": "x", "moved": "sunday -> -1"})", 2026) == "04-27");
}

TEST_CASE("listed days stand in the place of the rule for their years, as they are") {
    std::string const row = R"({"when": "hijri 10/1", "name": "x", "only_on": "monday",
                               "dates": ["2025-03-31", "2026-03-21"]})";
    auto const table = table_of(row);
    CHECK(days_of(table, 2025) == "03-31");
    CHECK(days_of(table, 2026) == "03-21");  // a Saturday: no rule of the row is asked
    auto const calendar = compile_calendar(table).value();
    CHECK(calendar.holiday_days(day("2026-03-21"), day("2026-03-21")).front().known_by == certainty::decreed);
    auto const predicted = compile_calendar(table_of(R"({"when": "hijri 10/1", "name": "x"})")).value();
    auto const one = predicted.holiday_days(day("2026-03-20"), day("2026-03-20")).front();
    CHECK(one.known_by == certainty::predicted);
    CHECK(one.may_move_days == 1);
}

TEST_CASE("substitutes give way to holidays and to one another") {
    std::string const boxing = R"({"when": "12-25", "name": "a", "substitute": "saturday sunday -> next working day"},
                                  {"when": "12-26", "name": "b", "substitute": "saturday sunday -> next working day"})";
    CHECK(days_of(boxing, 2025) == "12-25 12-26");
    CHECK(days_of(boxing, 2026) == "12-25 12-26 12-28*");
    CHECK(days_of(boxing, 2027) == "12-25 12-26 12-27* 12-28*");
    CHECK(days_of(boxing, 2022) == "12-25 12-26 12-27*");
    // Into the year before.
    std::string const new_year = R"({"when": "01-01", "name": "a", "substitute": "saturday -> -1; sunday -> +1"})";
    CHECK(days_of(new_year, 2021) == "01-01 12-31*");
    CHECK(days_of(new_year, 2022) == "01-01");
    CHECK(days_of(new_year, 2023) == "01-01 01-02*");
    // A day that is another holiday already.
    std::string const twice = R"({"when": "05-05", "name": "a"},
                                 {"when": "05-05", "name": "b", "substitute": "holiday -> next working day"})";
    CHECK(days_of(twice, 2026) == "05-05 05-05 05-06*");
    // Next non-holiday may be a Saturday.
    CHECK(days_of(R"({"when": "05-01", "name": "a"},
                     {"when": "05-01", "name": "b", "substitute": "holiday -> next non-holiday"})",
                  2026) == "05-01 05-01 05-02*");
}

TEST_CASE("a day between two holidays is one in Japan, unless it is a Sunday") {
    std::string const japan = R"({"when": "3rd monday in september", "name": "a"},
                                 {"when": "september_equinox utc+9", "name": "b"},
                                 {"when": "between holidays", "name": "c"})";
    CHECK(days_of(japan, 2026) == "09-21 09-22 09-23");
    CHECK(days_of(japan, 2025) == "09-15 09-23");
    CHECK(days_of(R"({"when": "05-02", "name": "a"}, {"when": "05-04", "name": "b"},
                     {"when": "between holidays", "name": "c"})",
                  2026) == "05-02 05-04");
}

TEST_CASE("a row may follow an earlier row") {
    std::string const rows = R"({"when": "4th thursday in november", "name": "a", "id": "thanks"},
                                {"when": "row thanks +1", "name": "b"})";
    CHECK(days_of(rows, 2026) == "11-26 11-27");
}

TEST_CASE("a row that follows another has its years, moves and certainty") {
    std::string const rows =
        R"({"when": "12-25", "name": "a", "id": "x", "moved": "saturday sunday -> next monday", "to": 2027},
                                {"when": "row x +1", "name": "b"},
                                {"when": "hijri 10/1", "name": "c", "id": "feast"}, {"when": "row feast +1", "name": "d"})";
    auto const table = table_of(rows);
    CHECK(days_of(table, 2027) == "03-09 03-10 12-27 12-28");
    CHECK(days_of(table, 2028) == "02-26 02-27");
    auto const calendar = compile_calendar(table).value();
    auto const second = calendar.holiday_days(day("2027-03-10"), day("2027-03-10")).front();
    CHECK(second.known_by == certainty::predicted);
    CHECK(second.may_move_days == 1);
    std::string chain = R"({"when": "01-01", "name": "a", "id": "r0"})";
    for (int at = 1; at <= 9; ++at) {
        chain += R"(,{"when": "row r)" + std::to_string(at - 1) + R"( +1", "name": "a", "id": "r)" +
                 std::to_string(at) + "\"}";
    }
    CHECK_THAT(problem_of(table_text(chain)), Catch::Contains("refers over more than 8 rows"));
}

TEST_CASE("a table that was made by hand is checked before it is compiled") {
    auto table = table_of(R"({"when": "05-01", "name": "a", "substitute": "friday -> next working day"})");
    CHECK_FALSE(compile_calendar(table, {.first_year = 2030, .last_year = 2020}));
    CHECK_FALSE(compile_calendar(table, {.first_year = INT32_MIN, .last_year = INT32_MAX}));
    auto never = table;
    never.weekends = {{first_date, weekend_days{0b111'1111}}};
    CHECK_FALSE(compile_calendar(never));
    never.weekends.clear();
    CHECK_FALSE(compile_calendar(never));
    never = table;
    never.last_year = INT32_MAX;
    CHECK_FALSE(compile_calendar(never));
    never = table;
    never.holidays[0].when = *parse_day_rule("row nobody");
    CHECK_FALSE(compile_calendar(never));
}

TEST_CASE("a region has the rows of everywhere and its own, less those that leave it out") {
    auto const table =
        table_of(R"({"when": "01-01", "name": "a"}, {"when": "01-06", "name": "b", "regions": ["XX-A"]},
                                   {"when": "05-01", "name": "c", "except_regions": ["XX-A"]})",
                 R"("regions": [{"code": "XX-A", "name": "Anderland"}, {"code": "XX-B", "name": "B"}],)");
    CHECK(days_of(table, 2026) == "01-01 05-01");
    CHECK(days_of(table, 2026, {.region = "XX-A"}) == "01-01 01-06");
    CHECK(days_of(table, 2026, {.region = "XX-B"}) == "01-01 05-01");
    CHECK(days_of(table, 2026, {.region = "XX-C"}) == "the calendar XX has no region \"XX-C\"");
    CHECK(compile_calendar(table, {.region = "XX-A"})->title() == "A table for tests: Anderland");
}

TEST_CASE("years outside the table are an error that names them") {
    auto const table = table_of(R"({"when": "01-01", "name": "a"})");
    CHECK(days_of(table, 2026, {.region = {}, .first_year = 2014}) ==
          "the calendar XX has data for the years 2015 to 2040; asked for 2014 to 2040");
    CHECK_FALSE(compile_calendar(table, {.region = {}, .first_year = 2030, .last_year = 2029}));
    auto const narrow = compile_calendar(table, {.region = {}, .first_year = 2026, .last_year = 2026});
    REQUIRE(narrow);
    CHECK(narrow->is_business_day(day("2027-01-01")).error() == calendar_gap{"XX", 2027});
}

TEST_CASE("rules beyond their tables are an error, never a year without the holiday") {
    auto const moon = table_text(R"({"when": "hijri 10/1", "name": "feast"})");
    auto wide = moon;
    wide.replace(wide.find("2040"), 4, "2100");
    CHECK_THAT(problem_of(wide), Catch::Contains("have no data for the year 2077"));
}

TEST_CASE("a decree adds, removes and moves days, and the newest of a year counts") {
    auto const table = table_of(R"({"when": "05-01", "name": "a", "substitute": "friday -> +1"},
                                   {"when": "10-01", "name": "b"})",
                                R"("decreed_yearly": true,)");
    auto const read = [](std::string const& version, std::string const& more) {
        auto decree = read_holiday_decree(R"({"calendar": "XX", "year": 2026, "version": ")" + version +
                                          R"(", "source": "A notice", )" + more + "}");
        if (!decree) FAIL(to_text(decree.error()));
        return std::move(decree).value();
    };
    auto const first = read("2025-11-01", R"("added": [{"date": "2026-06-01", "name": "n"}])");
    auto const second = read("2025-12-01", R"("lists_substitutes": true, "removed": ["2026-10-01"],
        "moved": [{"off": "2026-05-04", "worked": "2026-05-09", "name": "m"}])");
    CHECK(days_of(table, 2026) == "05-01 05-02* 10-01");
    CHECK(days_of(table, 2026, {}, {first}) == "05-01 05-02* 06-01 10-01");
    CHECK(days_of(table, 2026, {}, {first, second}) == "05-01 05-04 05-09+");
    CHECK(days_of(table, 2026, {}, {second, first}) == "05-01 05-04 05-09+");
    CHECK(days_of(table, 2027, {}, {second}) == "05-01 10-01");
    // A substitute can be removed, and what is worked must not be a holiday.
    auto const third = read("2025-12-02", R"("removed": ["2026-05-02"])");
    CHECK(days_of(table, 2026, {}, {third}) == "05-01 10-01");
    auto const torn = read("2025-12-03", R"("moved": [{"off": "2026-05-04", "worked": "2026-05-02", "name": "m"}])");
    CHECK(days_of(table, 2026, {}, {torn}) ==
          "the decree of XX for 2026 has 2026-05-02 worked, which is a holiday; remove that first");
    auto const calendar = compile_calendar(table, {}, {second}).value();
    CHECK(calendar.data_version() == "2025-12-01");
    CHECK(*calendar.is_business_day(day("2026-05-09")));
    CHECK(calendar.holiday_days(day("2026-05-01"), day("2026-05-01")).front().known_by == certainty::decreed);
    CHECK(calendar.holiday_days(day("2027-05-01"), day("2027-05-01")).front().known_by == certainty::predicted);
}

TEST_CASE("a table that is wrong says where and what would be right") {
    auto const with = [](std::string const& rows, std::string const& more = "") {
        return problem_of(table_text(rows, more));
    };
    using Catch::Contains;
    CHECK_THAT(problem_of("{}"), Contains("/calendar: is missing"));
    CHECK_THAT(problem_of("[]"), Contains("expected an object"));
    CHECK_THAT(with(R"({"when": "christmas", "name": "x"})"), Contains("/holidays/0/when: "));
    CHECK_THAT(with(R"({"when": "12-25"})"), Contains("/holidays/0/name: is missing"));
    CHECK_THAT(with(R"({"when": "12-25", "name": ""})"), Contains("/holidays/0/name: expected 1 to 120 bytes"));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "substitut": ""})"), Contains("did you mean \"substitute\"?"));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "from": 2021, "to": 2020})"), Contains("lies before \"from\""));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "every": 2})"), Contains("counts from the member \"from\""));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "only_on": "funday"})"), Contains("/holidays/0/only_on"));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "moved": "holiday -> +1"})"), Contains("by its weekday alone"));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "dates": ["2026-02-30"]})"), Contains("/holidays/0/dates/0"));
    CHECK_THAT(with(R"({"when": "listed", "name": "x"})"), Contains("lists no day"));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "regions": ["XX-A"]})"), Contains("not in the table's list"));
    CHECK_THAT(with(R"({"when": "row later", "name": "x"}, {"when": "12-25", "name": "y", "id": "later"})"),
               Contains("no row before this one has the id \"later\""));
    CHECK_THAT(with(R"({"when": "12-24", "name": "x", "id": "a"}, {"when": "12-25", "name": "y", "id": "a"})"),
               Contains("is the id of an earlier row"));
    CHECK_THAT(with(R"({"when": "12-24", "name": "x", "kind": "half_day"})"), Contains("/holidays/0/closed"));
    CHECK_THAT(with(R"({"when": "12-24", "name": "x", "closed": "13:00-24:00"})"), Contains("only a half_day"));
    CHECK_THAT(with(R"({"when": "12-24", "name": "x", "source": ")" + std::string(401, 'x') + "\"}"),
               Contains("/holidays/0/source: has 401 bytes; expected at most 400"));
    CHECK_THAT(problem_of(R"({"calendar": "XX", "title": "t", "weekends": [], "first_year": 2015, "last_year": 2040,
                              "version": "1", "source": "s", "holidays": []})"),
               Contains("lists no weekend"));
    CHECK_THAT(problem_of(R"({"calendar": "XX", "title": "t", "weekends": [{"days": "saturday sunday"}],
                              "first_year": 1815, "last_year": 2040, "version": "1", "source": "s", "holidays": []})"),
               Contains("/first_year: expected 1900 to 2200"));
    CHECK_THAT(with(R"({"when": "12-25", "name": "x", "from": -2147483648, "every": 2})"),
               Contains("/holidays/0/from: expected 1 to 9999"));
    auto const undated = read_holiday_decree(R"({"calendar": "XX", "year": 2026, "version": "v9", "source": "s"})");
    REQUIRE_FALSE(undated);
    CHECK_THAT(to_text(undated.error()), Contains("/version: "));
    auto const far = read_holiday_decree(R"({"calendar": "XX", "year": 2026, "version": "2026-01-01", "source": "s",
                                             "removed": ["2029-01-01"]})");
    REQUIRE_FALSE(far);
    CHECK_THAT(to_text(far.error()), Contains("/removed/0: 2029-01-01 is far from the year 2026"));
}
