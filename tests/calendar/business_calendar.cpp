// What a calendar says of a day, how it counts, and where counting ends.
#include "recourse/calendar/business_calendar.hpp"

#include <catch2/catch.hpp>

#include "business_days.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

business_calendar belgium() { return made(belgium_content()); }

std::string reason(business_calendar const& calendar, std::string_view at) {
    return to_text(*calendar.day_reason(day(at)));
}

constexpr std::int32_t far = INT32_MAX;
constexpr std::int32_t long_ago = INT32_MIN;

}  // namespace

TEST_CASE("a year that is not covered is an error, never counted by weekdays") {
    auto const calendar = belgium();
    calendar_gap const before{"BE", 2023};
    calendar_gap const after{"BE", 2029};
    CHECK(calendar.is_business_day(day("2029-01-02")).error() == after);
    CHECK(calendar.day_reason(day("2023-12-31")).error() == before);
    CHECK(calendar.add_business_days(day("2028-12-28"), 1) == day("2028-12-29"));
    CHECK(calendar.add_business_days(day("2028-12-28"), 2).error() == after);
    CHECK(calendar.add_business_days(day("2024-01-02"), -1) == day("2024-01-01"));
    CHECK(calendar.add_business_days(day("2024-01-01"), -1).error() == before);
    CHECK(calendar.add_business_days(day("2035-06-01"), 0).error() == calendar_gap{"BE", 2035});
    CHECK(calendar.business_days_between(day("2028-01-01"), day("2029-01-01")).error() == after);
    CHECK(calendar.business_days_between(day("2023-12-31"), day("2028-01-01")).error() == before);
    CHECK(calendar.count_business_days(day("2029-01-01"), day("2029-01-01"), false, false).error() == after);
    CHECK(calendar.rolled(day("2028-12-30"), roll_rule::following).error() == after);
    CHECK(calendar.rolled(day("2030-12-30"), roll_rule::preceding).error() == calendar_gap{"BE", 2030});
    CHECK(calendar.rolled(day("2030-12-30"), roll_rule::none) == day("2030-12-30"));  // the calendar is not asked
    CHECK(calendar.next_business_day(day("2028-12-29")).error() == after);
    CHECK(calendar.previous_business_day(day("2024-01-01")).error() == before);
    CHECK(calendar.advance(day("2028-12-15"), 1, advance_unit::months, roll_rule::following).error() == after);
    CHECK(calendar.holidays(day("2028-12-15"), day("2029-01-01")).error() == after);
    CHECK(calendar.nth_business_day(2029, 1, 1).error() ==
          calendar_error{calendar_error_kind::no_data, "the calendar BE has no data for the year 2029"});
    CHECK(calendar.offset_business_days(day("2028-12-30"), 0, roll_rule::following).error() == to_error(after));
    // What is rolled out of the covered years does not come back.
    CHECK(calendar.offset_business_days(day("2028-12-30"), -3, roll_rule::following).error() == to_error(after));
    CHECK(to_text(after) == "the calendar BE has no data for the year 2029");
}

TEST_CASE("a roll at the end of the covered years is certain where the days beyond cannot matter") {
    auto const calendar = belgium();  // ends on Sunday 2028-12-31, with the Friday before it open
    auto const sunday = day("2028-12-31");
    auto const saturday = day("2028-12-30");
    CHECK(calendar.rolled(sunday, roll_rule::modified_following) == day("2028-12-29"));
    CHECK(calendar.rolled(sunday, roll_rule::half_month_modified_following) == day("2028-12-29"));
    CHECK(calendar.rolled(saturday, roll_rule::nearest) == day("2028-12-29"));  // Monday would be two days away
    CHECK(calendar.rolled(sunday, roll_rule::nearest).error() == calendar_gap{"BE", 2029});  // Monday may be one
    auto content = belgium_content();
    content.first_year = 2023;  // begins on a Sunday
    CHECK(made(content).rolled(day("2023-01-01"), roll_rule::modified_preceding) == day("2023-01-02"));
    CHECK(made(content).rolled(day("2023-01-01"), roll_rule::nearest) == day("2023-01-02"));  // later on a tie
    content.holidays.push_back(holiday_on(day("2023-01-02"), "New Year"));
    CHECK(made(content).rolled(day("2023-01-01"), roll_rule::nearest).error() == calendar_gap{"BE", 2022});
}

TEST_CASE("every count and every day up to the ends of time has an answer or is a gap") {
    auto const all = weekdays();
    CHECK(all.add_business_days(day("2026-03-06"), 1) == day("2026-03-09"));
    CHECK(all.add_business_days(first_date, 2'608'614) == last_date);
    CHECK(all.add_business_days(first_date, 2'608'615).error() == calendar_gap{"WEEKDAYS", 10'000});
    CHECK(all.add_business_days(last_date, -2'608'614) == first_date);
    CHECK(all.business_days_between(first_date, last_date) == 2'608'614);
    CHECK(all.business_days_between(last_date, first_date) == -2'608'614);
    CHECK(all.count_business_days(first_date, last_date, true, true) == 2'608'615);
    CHECK(all.add_business_days(last_date, 1).error() == calendar_gap{"WEEKDAYS", 10'000});
    CHECK(all.is_business_day({far}).error().calendar == "WEEKDAYS");
    // What begins outside does not come in.
    CHECK(all.advance(plus_days(last_date, 1), -1, advance_unit::weeks, roll_rule::none).error() ==
          calendar_gap{"WEEKDAYS", 10'000});
    CHECK(all.advance(plus_days(first_date, -1), 1, advance_unit::weeks, roll_rule::none).error() ==
          calendar_gap{"WEEKDAYS", 0});
    auto const few = belgium();
    for (auto const* calendar : {&all, &few}) {
        CAPTURE(calendar->name());
        auto const after = calendar_gap{calendar->name(), calendar->last_year() + 1};
        auto const before = calendar_gap{calendar->name(), calendar->first_year() - 1};
        date const from = day("2026-03-06");
        CHECK(calendar->add_business_days(from, far).error() == after);
        CHECK(calendar->add_business_days(from, long_ago).error() == before);
        CHECK(calendar->offset_business_days(from, far, roll_rule::none).error() == to_error(after));
        CHECK(calendar->offset_business_days(from, long_ago, roll_rule::none).error() == to_error(before));
        for (auto const roll : {roll_rule::none, roll_rule::nearest}) {
            for (auto const unit : {advance_unit::weeks, advance_unit::months, advance_unit::years}) {
                for (bool const end : {true, false}) {
                    CHECK(calendar->advance(from, far, unit, roll, end).error() ==
                          calendar_gap{calendar->name(), 10'000});
                    CHECK(calendar->advance(from, long_ago, unit, roll, end).error() ==
                          calendar_gap{calendar->name(), 0});
                    CHECK(!calendar->advance({far}, 1, unit, roll, end));
                    CHECK(!calendar->advance({long_ago}, -1, unit, roll, end));
                }
            }
        }
        for (date const out : {date{far}, date{long_ago}, plus_days(last_date, 1), plus_days(first_date, -1)}) {
            CHECK(!calendar->is_business_day(out));
            CHECK(!calendar->day_reason(out));
            CHECK(!calendar->add_business_days(out, 1));
            CHECK(!calendar->add_business_days(out, far));
            CHECK(!calendar->add_business_days(out, long_ago));
            CHECK(!calendar->business_days_between(out, from));
            CHECK(!calendar->business_days_between(from, out));
            CHECK(!calendar->count_business_days(out, out, true, true));
            CHECK(!calendar->rolled(out, roll_rule::nearest));
            CHECK(!calendar->offset_business_days(out, 1, roll_rule::following));
            CHECK(!calendar->holidays(out, from));
            CHECK(calendar->holiday_days(out, out).empty());
        }
        CHECK(!calendar->nth_business_day(far, 1, 1));
        CHECK(!calendar->nth_business_day(long_ago, 1, 1));
        CHECK(!calendar->nth_business_day(2026, 1, long_ago));
        CHECK(!calendar->nth_business_day(2026, 1, far));
    }
}

TEST_CASE("a closed day rolls as its rule says") {
    auto const calendar = belgium();
    struct row {
        std::string_view day;
        roll_rule roll;
        std::string_view result;
    };
    using enum roll_rule;
    // clang-format off
    row const rows[] = {
        {"2026-05-30", none                         , "2026-05-30"},
        {"2026-05-30", following                    , "2026-06-01"},
        {"2026-05-30", modified_following           , "2026-05-29"},
        {"2026-05-30", preceding                    , "2026-05-29"},
        {"2026-08-01", preceding                    , "2026-07-31"},
        {"2026-08-01", modified_preceding           , "2026-08-03"},
        {"2026-04-04", following                    , "2026-04-07"},  // over Easter Monday
        {"2026-04-07", following                    , "2026-04-07"},
        {"2026-08-15", modified_following           , "2026-08-17"},
        {"2026-08-15", half_month_modified_following, "2026-08-14"},  // the 17th is in the other half
        {"2026-08-16", half_month_modified_following, "2026-08-17"},  // from there already
        {"2026-05-30", half_month_modified_following, "2026-05-29"},
        {"2026-08-15", nearest                      , "2026-08-14"},
        {"2026-08-16", nearest                      , "2026-08-17"},
        {"2026-05-14", nearest                      , "2026-05-15"},  // a Thursday: the later of two
        {"2026-04-05", nearest                      , "2026-04-07"},  // Friday and Tuesday are both two days away
        {"2026-05-30", nearest                      , "2026-05-29"},
        {"2026-05-31", nearest                      , "2026-06-01"},  // nearest does not mind the month
    };
    // clang-format on
    auto content = belgium_content();
    content.first_year = year_min;
    content.last_year = year_max;
    auto const all_years = made(content);
    for (auto const& [from, roll, result] : rows) {
        CAPTURE(from, wire_name(roll));
        CHECK(to_text(*calendar.rolled(day(from), roll)) == result);
        CHECK(to_text(*all_years.rolled(day(from), roll)) == result);
    }
}

TEST_CASE("a count has its first and its last day as the flags say, forward and back") {
    auto const calendar = belgium();
    auto const count = [&](std::string_view from, std::string_view to, bool first, bool last) {
        return *calendar.count_business_days(day(from), day(to), first, last);
    };
    CHECK(*calendar.count_business_days(day("2026-04-03"), day("2026-04-07")) == 1);
    CHECK(*calendar.count_business_days(day("2026-04-07"), day("2026-04-03")) == -1);
    CHECK(count("2026-04-03", "2026-04-07", true, true) == 2);
    CHECK(count("2026-04-03", "2026-04-07", false, false) == 0);
    CHECK(count("2026-04-07", "2026-04-03", true, true) == -2);
    CHECK(count("2026-04-07", "2026-04-03", false, true) == -1);
    CHECK(count("2026-04-08", "2026-04-06", true, false) == -2);  // Wednesday and Tuesday; Easter Monday is closed
    CHECK(count("2026-04-08", "2026-04-06", false, true) == -1);
    CHECK(count("2026-04-07", "2026-04-07", true, true) == 1);
    CHECK(count("2026-04-07", "2026-04-07", true, false) == 0);
    CHECK(count("2026-04-07", "2026-04-07", false, true) == 0);
    CHECK(count("2026-04-07", "2026-04-07", false, false) == 0);
    CHECK(count("2026-04-06", "2026-04-06", true, true) == 0);
}

TEST_CASE("roll first then count, and count without a roll, differ from a closed day") {
    auto const calendar = belgium();
    auto const saturday = day("2026-04-11");
    CHECK(calendar.offset_business_days(saturday, 1, roll_rule::following) == day("2026-04-14"));
    CHECK(calendar.offset_business_days(saturday, 1, roll_rule::preceding) == day("2026-04-13"));
    CHECK(calendar.offset_business_days(saturday, -1, roll_rule::following) == day("2026-04-10"));
    CHECK(calendar.offset_business_days(saturday, 0, roll_rule::nearest) == day("2026-04-10"));
    CHECK(calendar.add_business_days(saturday, 1) == day("2026-04-13"));
    CHECK(calendar.add_business_days(saturday, -1) == day("2026-04-10"));
    CHECK(calendar.add_business_days(saturday, 0) == saturday);
    auto const refused = calendar.offset_business_days(day("2026-04-06"), 1, roll_rule::none).error();
    CHECK(refused.kind == calendar_error_kind::closed_day);
    CHECK(refused.sentence ==
          "2026-04-06 is closed in the calendar BE (Easter Monday); with the roll \"none\" business "
          "days are counted from an open day");
    CHECK(calendar.offset_business_days(day("2026-04-07"), 0, roll_rule::none) == day("2026-04-07"));
}

TEST_CASE("the nth business day of a month is counted from either end") {
    auto const calendar = belgium();
    CHECK(calendar.nth_business_day(2026, 5, 1) == day("2026-05-04"));  // the 1st is Labour Day
    CHECK(calendar.nth_business_day(2026, 5, 19) == day("2026-05-29"));
    CHECK(calendar.nth_business_day(2026, 5, -1) == day("2026-05-29"));
    CHECK(calendar.nth_business_day(2026, 5, -19) == day("2026-05-04"));
    CHECK(calendar.last_business_day(2026, 5) == day("2026-05-29"));
    CHECK(calendar.last_business_day(2028, 12) == day("2028-12-29"));
    CHECK(weekdays().last_business_day(9999, 12) == last_date);
    CHECK(weekdays().nth_business_day(1, 1, 1) == first_date);
    auto const error = [&](std::int32_t month, std::int32_t n) {
        auto const answer = calendar.nth_business_day(2026, month, n);
        CHECK(answer.error().kind == calendar_error_kind::no_such_business_day);
        return answer.error().sentence;
    };
    CHECK(error(5, 20) == "2026-05 has 19 business days in the calendar BE; there is no number 20");
    CHECK(error(5, -20) == "2026-05 has 19 business days in the calendar BE; there is no number -20");
    CHECK(error(5, 0) == "there is no business day 0 of a month; the first is 1 and the last is -1");
    CHECK(error(13, 1) == "there is no month 13; months run from 1 to 12");
    CHECK(error(0, 1) == "there is no month 0; months run from 1 to 12");
    auto content = small_content();
    for (date at = day("2027-03-01"); at <= day("2027-03-31"); at = plus_days(at, 1)) {
        content.holidays.push_back(holiday_on(at, "Moving"));
    }
    CHECK(made(content).last_business_day(2027, 3).error().sentence ==
          "2027-03 has 0 business days in the calendar TEST; there is no number -1");
    // The month has none, so its end is where the last open day before it is.
    CHECK(made(content).advance(day("2027-02-26"), 1, advance_unit::months, roll_rule::following, true) ==
          day("2027-02-26"));
}

TEST_CASE("weeks, months and years are shifted, clipped and rolled; the end of a month stays the end") {
    auto const calendar = belgium();
    struct row {
        std::string_view from;
        std::int32_t n;
        advance_unit unit;
        roll_rule roll;
        bool end_of_month;
        std::string_view result;
    };
    using enum advance_unit;
    using enum roll_rule;
    // clang-format off
    row const rows[] = {
        {"2026-04-04",  0, months       , following         , true , "2026-04-07"},  // 0 only rolls
        {"2026-04-04",  0, business_days, preceding         , false, "2026-04-03"},
        {"2026-04-04",  0, business_days, none              , false, "2026-04-04"},
        {"2026-04-04",  1, business_days, preceding         , false, "2026-04-07"},  // steps, whatever the roll
        {"2026-04-04", -1, business_days, none              , true , "2026-04-03"},
        {"2026-03-23",  2, weeks        , following         , true , "2026-04-07"},  // Easter Monday; no end of month
        {"2026-03-23",  2, weeks        , none              , false, "2026-04-06"},
        {"2026-01-31",  1, months       , none              , false, "2026-02-28"},
        {"2026-01-31",  1, months       , following         , false, "2026-03-02"},
        {"2026-01-31",  1, months       , modified_following, false, "2026-02-27"},
        {"2026-01-30",  1, months       , following         , true , "2026-02-27"},  // a Friday, January's last open day
        {"2026-01-29",  1, months       , following         , true , "2026-03-02"},
        {"2026-02-27",  1, months       , following         , true , "2026-03-31"},
        {"2026-02-27",  1, months       , none              , true , "2026-03-27"},  // not the last calendar day
        {"2026-02-28",  1, months       , none              , true , "2026-03-31"},
        {"2026-02-28",  1, months       , none              , false, "2026-03-28"},
        {"2026-03-31", -1, months       , none              , true , "2026-02-28"},
        {"2024-02-29",  1, years        , none              , false, "2025-02-28"},
        {"2024-02-29",  4, years        , none              , true , "2028-02-29"},
        {"2027-02-28",  1, years        , none              , true , "2028-02-29"},
        {"2025-12-31",  1, years        , preceding         , true , "2026-12-31"},
    };
    // clang-format on
    for (auto const& one : rows) {
        CAPTURE(one.from, one.n, wire_name(one.unit), wire_name(one.roll), one.end_of_month);
        CHECK(to_text(*calendar.advance(day(one.from), one.n, one.unit, one.roll, one.end_of_month)) == one.result);
    }
    // `none` does not ask the calendar: neither where it comes from nor where it comes to is covered.
    CHECK(calendar.advance(day("2031-01-31"), 1, months, none, true) == day("2031-02-28"));
    CHECK(calendar.advance(day("2031-01-31"), 1, months, following, true).error() == calendar_gap{"BE", 2031});
}

TEST_CASE("a day says why it is closed, or what is special about it") {
    auto const calendar = belgium();
    CHECK(reason(calendar, "2026-04-06") == "Easter Monday");
    CHECK(reason(calendar, "2026-04-05") == "weekend");
    CHECK(reason(calendar, "2026-04-07") == "working day");
    CHECK(reason(calendar, "2026-08-15") == "Assumption Day");  // a Saturday: the holiday is named
    CHECK_FALSE(calendar.day_reason(day("2026-08-15"))->is_open());
}

TEST_CASE("several rows of one day: a holiday closes, a worked weekend opens a weekend, a half day closes nothing") {
    struct row {
        std::vector<holiday_kind> kinds;
        std::string_view on_thursday;
        std::string_view on_saturday;
    };
    using enum holiday_kind;
    row const rows[] = {
        {{}, "working day", "weekend"},
        {{public_holiday}, "0", "0"},
        {{bank}, "0", "0"},
        {{worked_weekend}, "working day", "worked weekend (0)"},  // no effect on a day that is worked anyway
        {{half_day}, "half day (0)", "weekend"},
        {{half_day, worked_weekend}, "half day (0)", "half day (0)"},
        {{worked_weekend, public_holiday}, "1", "1"},
        {{public_holiday, half_day, bank, worked_weekend}, "0 and 2", "0 and 2"},
        {{worked_weekend, worked_weekend}, "working day", "worked weekend (0 and 1)"},
    };
    for (bool const all_years : {true, false}) {
        for (auto const& [kinds, on_thursday, on_saturday] : rows) {
            calendar_content content{.name = "TEST", .title = "Several", .data_version = "1"};
            if (!all_years) {
                content.first_year = 2026;
                content.last_year = 2026;
            }
            for (std::string_view const at : {"2026-01-03", "2026-01-01"}) {  // in no order
                for (std::size_t number = 0; number < kinds.size(); ++number) {
                    auto one = holiday_on(day(at), std::to_string(number), kinds[number]);
                    if (one.kind == half_day) one.closed = {13 * 3'600, 86'400};
                    content.holidays.push_back(std::move(one));
                }
            }
            auto const calendar = made(content);
            CAPTURE(all_years, on_thursday, on_saturday);
            CHECK(reason(calendar, "2026-01-01") == on_thursday);
            CHECK(reason(calendar, "2026-01-03") == on_saturday);
            for (date const at : {day("2026-01-01"), day("2026-01-03")}) {
                CHECK(calendar.is_business_day(at) == calendar.day_reason(at)->is_open());
                CHECK(calendar.count_business_days(at, at, true, true) == (calendar.day_reason(at)->is_open() ? 1 : 0));
            }
        }
    }
}

TEST_CASE("a name that two rows of a day share is said once, in English where there is one") {
    auto content = small_content();
    auto public_row = holiday_on(day("2026-12-25"), "Weihnachten");
    public_row.english = "Christmas Day";
    auto bank_row = holiday_on(day("2026-12-25"), "Christmas Day", holiday_kind::bank);
    content.holidays = {public_row, bank_row, holiday_on(day("2026-12-25"), "Friday off")};
    CHECK(reason(made(content), "2026-12-25") == "Christmas Day and Friday off");
}

TEST_CASE("a weekend holds from its date, and the first one before it too") {
    calendar_content content{.name = "AE", .title = "Emirates", .data_version = "1"};
    content.weekends = {{day("2015-01-01"), friday_and_saturday}, {day("2022-01-01"), saturday_and_sunday}};
    for (bool const all_years : {true, false}) {
        if (!all_years) {
            content.first_year = 2010;
            content.last_year = 2030;
        }
        auto const calendar = made(content);
        CAPTURE(all_years);
        CHECK_FALSE(*calendar.is_business_day(day("2014-01-03")));  // a Friday
        CHECK(*calendar.is_business_day(day("2021-12-26")));        // a Sunday
        CHECK_FALSE(*calendar.is_business_day(day("2021-12-31")));  // a Friday
        CHECK_FALSE(*calendar.is_business_day(day("2022-01-01")));
        CHECK_FALSE(*calendar.is_business_day(day("2022-01-02")));
        CHECK(*calendar.is_business_day(day("2022-01-07")));  // a Friday
        CHECK(calendar.add_business_days(day("2021-12-30"), 1) == day("2022-01-03"));
        CHECK(calendar.add_business_days(day("2022-01-03"), -1) == day("2021-12-30"));
        CHECK(calendar.is_weekend(day("2021-12-31")));
        CHECK_FALSE(calendar.is_weekend(day("2022-01-07")));
    }
}

TEST_CASE("the holidays of a span come with their words, kinds and certainty, in the order of their days") {
    auto content = belgium_content();
    auto half = holiday_on(day("2026-12-24"), "Kerstavond", holiday_kind::half_day);
    half.closed = {13 * 3'600, 86'400};
    half.known_by = certainty::decreed;
    half.source = "a decree";
    auto eid = holiday_on(day("2026-03-20"), "Eid", holiday_kind::bank);
    eid.known_by = certainty::predicted;
    eid.may_move_days = 1;
    eid.substitute = true;
    content.holidays.push_back(half);
    content.holidays.push_back(eid);
    auto const calendar = made(content);
    auto const found = calendar.holidays(day("2026-01-01"), day("2026-12-31")).value();
    REQUIRE(found.size() == 7);
    CHECK(found[0] == eid);
    CHECK(found[1].name == "Paasmaandag");
    CHECK(found[1].english == "Easter Monday");
    CHECK(found[4].day == day("2026-08-15"));  // a Saturday
    CHECK(found[5] == half);
    CHECK(found[6].day == day("2026-12-25"));
    CHECK(calendar.holidays(day("2026-12-25"), day("2026-12-25"))->size() == 1);
    CHECK(calendar.holidays(day("2026-12-26"), day("2026-12-25"))->empty());
    CHECK(calendar.holidays(day("2026-12-26"), day("2027-12-31"))->empty());
    CHECK(calendar.holiday_days(day("2026-12-24"), day("2026-12-25")).size() == 2);
    CHECK(calendar.words_of(calendar.holiday_days(day("2026-12-24"), day("2026-12-24"))[0]).closed == half.closed);
    CHECK(to_text(half.closed) == "closed from 13:00 to 24:00");
    CHECK(to_text(half_day_span{1, 3'661}) == "closed from 00:00:01 to 01:01:01");
}

TEST_CASE("the same holidays make equal calendars in either form, and small ones") {
    auto content = small_content();
    content.holidays.pop_back();
    auto const one = made(content);
    CHECK(one == business_calendar::make(small_rows()).value());
    content.holidays[0].english = "New Year";
    CHECK_FALSE(one == made(content));
    content.holidays.clear();
    CHECK_FALSE(one == made(content));
    auto rows = small_rows();
    rows.days.clear();
    rows.words = nullptr;
    CHECK(made(content) == business_calendar::make(rows).value());
    auto many = small_content();  // 26 years with 20 holidays each
    many.first_year = 2015;
    many.last_year = 2040;
    many.holidays.clear();
    for (std::int32_t year = 2015; year <= 2040; ++year) {
        for (std::int32_t month = 1; month <= 10; ++month) {
            for (std::int32_t const at : {3, 17}) {
                many.holidays.push_back(holiday_on(
                    to_date({year, month, at}), "A rather long name of a holiday " + std::to_string(month * 100 + at)));
            }
        }
    }
    CHECK(made(many).bytes() <= 65'536);
    CHECK(made(many).bytes() > 33'000);  // the tables themselves
    CHECK(weekdays().bytes() < 1024);
}

TEST_CASE("a calendar of as many years as the dense tables hold answers as one of all years") {
    for (std::int32_t const years : {1, dense_years_max, dense_years_max + 1}) {
        calendar_content content{.name = "TEST", .title = "Long", .data_version = "1", .first_year = 1600};
        content.last_year = content.first_year + years - 1;
        content.weekends = {{first_date, weekend_days{}}};  // every day is open, so every number is used
        auto const calendar = made(content);
        auto const first = to_date({content.first_year, 1, 1});
        auto const last = to_date({content.last_year, 12, 31});
        auto const days = last.days - first.days;
        CHECK(calendar.add_business_days(first, days) == last);
        CHECK(calendar.add_business_days(last, -days) == first);
        CHECK(!calendar.add_business_days(first, days + 1));
        CHECK(!calendar.add_business_days(last, -days - 1));
        CHECK(calendar.count_business_days(first, last, true, true) == days + 1);
    }
}
