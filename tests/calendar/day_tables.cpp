// The tables of open days where they begin, end and have nothing in them.
#include "recourse/calendar/day_tables.hpp"

#include <catch2/catch.hpp>

#include "rows.hpp"

using namespace recourse;
using recourse::test::day;

namespace {

holiday_day row_on(std::string_view at, holiday_kind kind = holiday_kind::public_holiday) {
    holiday_day row;
    row.day = day(at);
    row.kind = kind;
    return row;
}

struct both_tables {
    dense_days dense;
    sparse_days sparse;
    both_tables(std::string_view first, std::string_view last, std::vector<weekend_rule> const& weekends,
                std::vector<holiday_day> const& rows)
        : dense{day(first), day(last), weekends, rows}, sparse{day(first), day(last), weekends, rows} {
        std::int32_t open = 0;
        for (date at = day(first); at <= day(last); at = plus_days(at, 1)) {
            CAPTURE(to_text(at));
            REQUIRE(dense.has(at));
            REQUIRE(sparse.has(at));
            REQUIRE(dense.is_open(at) == sparse.is_open(at));
            REQUIRE(dense.open_before(at) == open);
            REQUIRE(sparse.open_before(at) == open);
            if (!dense.is_open(at)) continue;
            REQUIRE(dense.nth(open) == at);
            REQUIRE(sparse.nth(open) == at);
            ++open;
        }
        for (std::string_view const end : {first, last}) {
            auto const out = plus_days(day(end), end == first ? -1 : 1);
            REQUIRE_FALSE(dense.has(out));
            REQUIRE_FALSE(sparse.has(out));
        }
        REQUIRE(dense.open_before(plus_days(day(last), 1)) == open);
        REQUIRE(sparse.open_before(plus_days(day(last), 1)) == open);
        REQUIRE_FALSE(dense.has_nth(open));
        REQUIRE_FALSE(sparse.has_nth(open));
    }
};

std::vector<weekend_rule> const ordinary{weekend_rule{}};

}  // namespace

TEST_CASE("the tables know how many open days come before a day and which is the nth") {
    both_tables const tables{"2026-01-01", "2026-12-31", ordinary, {row_on("2026-01-01")}};
    CHECK(tables.dense.open_before(day("2026-03-01")) == 41);
    CHECK(to_text(tables.dense.nth(41)) == "2026-03-02");
    CHECK(to_text(tables.sparse.nth(41)) == "2026-03-02");
    CHECK(tables.dense.has_nth(259));
    CHECK_FALSE(tables.dense.has_nth(260));
}

TEST_CASE("tables that hold nothing have no day") {
    CHECK_FALSE(dense_days{}.has({0}));
    CHECK_FALSE(sparse_days{}.has({0}));
    CHECK_FALSE(dense_days{}.has_nth(0));
    CHECK_FALSE(sparse_days{}.has_nth(0));
}

TEST_CASE("rows on the first and the last day, one after another, and several on one day") {
    using enum holiday_kind;
    both_tables const tables{
        "2024-02-01",
        "2024-06-30",
        ordinary,
        {row_on("2024-02-01"), row_on("2024-02-02"), row_on("2024-02-03", worked_weekend),
         row_on("2024-02-04", worked_weekend), row_on("2024-02-05"), row_on("2024-02-05", bank),
         row_on("2024-02-06", worked_weekend), row_on("2024-02-07", half_day), row_on("2024-02-10", worked_weekend),
         row_on("2024-02-10"), row_on("2024-06-29"), row_on("2024-06-30", worked_weekend)}};
    CHECK_FALSE(tables.dense.is_open(day("2024-02-01")));
    CHECK(to_text(tables.sparse.nth(0)) == "2024-02-03");
    CHECK(to_text(tables.sparse.nth(1)) == "2024-02-04");
    CHECK(to_text(tables.sparse.nth(2)) == "2024-02-06");
    CHECK(tables.dense.is_open(day("2024-02-07")));
    CHECK_FALSE(tables.dense.is_open(day("2024-02-10")));
    CHECK(tables.dense.is_open(day("2024-06-30")));
}

TEST_CASE("weekends change before, on, in and after the days of a table, and on a holiday") {
    both_tables const tables{"2021-12-01",
                             "2022-03-31",
                             {{first_date, weekend_days{0b000'0001}},
                              {day("2021-06-01"), weekend_days{0b000'0010}},
                              {day("2021-12-01"), friday_and_saturday},
                              {day("2022-01-01"), saturday_and_sunday},
                              {day("2022-01-02"), weekend_days{}},
                              {day("2022-03-31"), weekend_days{0b000'1000}},
                              {day("2022-04-01"), weekend_days{0b111'1110}}},
                             {row_on("2022-01-01"), row_on("2022-01-02")}};
    CHECK_FALSE(tables.dense.is_open(day("2021-12-31")));
    CHECK_FALSE(tables.dense.is_open(day("2022-01-02")));
    CHECK(tables.dense.is_open(day("2022-01-08")));
    CHECK_FALSE(tables.dense.is_open(day("2022-03-31")));  // a Thursday
}

TEST_CASE("the weekend in force is the last that began, however long before the table") {
    both_tables const tables{"2021-12-01",
                             "2022-03-31",
                             {{first_date, weekend_days{0b000'0001}}, {day("2020-01-01"), friday_and_saturday}},
                             {}};
    CHECK_FALSE(tables.dense.is_open(day("2021-12-03")));  // a Friday
    CHECK(tables.dense.is_open(day("2021-12-06")));        // a Monday
}

TEST_CASE("tables without an open day, and of one day") {
    std::vector<weekend_rule> const closed{{first_date, weekend_days{0b111'1111}}};
    both_tables const none{"2026-01-01", "2026-12-31", closed, {}};
    CHECK(none.dense.open_before(day("2026-12-31")) == 0);
    both_tables const one{"2026-01-01", "2026-12-31", closed, {row_on("2026-07-04", holiday_kind::worked_weekend)}};
    CHECK(to_text(one.dense.nth(0)) == "2026-07-04");
    CHECK(to_text(one.sparse.nth(0)) == "2026-07-04");
    both_tables const day_alone{"2026-01-01", "2026-01-01", ordinary, {}};
    CHECK(day_alone.dense.has_nth(0));
    both_tables const ends{"9999-12-01", "9999-12-31", ordinary, {row_on("9999-12-31")}};
    CHECK(to_text(ends.sparse.nth(21)) == "9999-12-30");
    both_tables const begins{"0001-01-01", "0001-02-01", ordinary, {row_on("0001-01-01")}};
    CHECK(to_text(begins.dense.nth(0)) == "0001-01-02");
}
