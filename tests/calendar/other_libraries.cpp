// Business days against the answers that numpy and QuantLib give.
#include <map>

#include <catch2/catch.hpp>

#include "business_days.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// numpy's names; `nat` and `raise` refuse a closed day.
roll_rule roll_of_numpy(std::string const& name) {
    using enum roll_rule;
    static std::map<std::string, roll_rule> const names{
        {"following", following},
        {"forward", following},
        {"preceding", preceding},
        {"backward", preceding},
        {"modifiedfollowing", modified_following},
        {"modifiedpreceding", modified_preceding},
        {"nat", none},
        {"raise", none},
    };
    return names.at(name);
}

calendar_content content_of(std::string const& working_days, std::string const& holidays) {
    weekend_days weekend;
    for (std::size_t at = 0; at < 7; ++at) {
        if (working_days[at] == '0') weekend.bits = static_cast<std::uint8_t>(weekend.bits | (1U << at));
    }
    calendar_content content{
        .name = "ROW", .title = "A row of the table", .data_version = "1", .weekends = {{first_date, weekend}}};
    for (auto const& text : fields(holidays, ',')) {
        if (!text.empty()) content.holidays.push_back(holiday_on(day(text), "holiday"));
    }
    return content;
}

std::string text_of(result<date, calendar_error> const& answer) {
    return answer ? to_text(*answer) : std::string{wire_name(answer.error().kind)};
}

std::string answer_of(business_calendar const& calendar, std::vector<std::string> const& row) {
    if (row[2] == "NaT") return "closed_day";  // numpy's date that is none; parse_date refuses it
    auto const from = day(row[2]);
    if (row[1] == "is_busday") return *calendar.is_business_day(from) ? "1" : "0";
    if (row[1] == "count") return std::to_string(*calendar.count_business_days(from, day(row[3])));
    return text_of(calendar.offset_business_days(from, std::stoi(row[3]), roll_of_numpy(row[6])));
}

roll_rule roll_of_quantlib(std::string const& name) {
    using enum roll_rule;
    static std::map<std::string, roll_rule> const names{
        {"Unadjusted", none},
        {"Following", following},
        {"Preceding", preceding},
        {"ModifiedFollowing", modified_following},
        {"ModifiedPreceding", modified_preceding},
        {"HalfMonthModifiedFollowing", half_month_modified_following},
        {"Nearest", nearest},
    };
    return names.at(name);
}

advance_unit unit_of_quantlib(std::string const& name) {
    static std::map<std::string, advance_unit> const names{
        {"Days", advance_unit::business_days},
        {"Weeks", advance_unit::weeks},
        {"Months", advance_unit::months},
        {"Years", advance_unit::years},
    };
    return names.at(name);
}

struct quantlib_calendar {
    std::int32_t first_year = 0;
    std::int32_t last_year = 0;
    std::string bits;
};

std::map<std::string, quantlib_calendar> quantlib_calendars() {
    std::map<std::string, quantlib_calendar> found;
    for (auto const& row : rows_of("quantlib_vector_calendars.tsv")) {
        auto& calendar = found[row[0]];
        auto const year = std::stoi(row[1]);
        REQUIRE((calendar.bits.empty() || year == calendar.last_year + 1));
        REQUIRE(row[2].size() == (is_leap_year(year) ? 366U : 365U));
        if (calendar.bits.empty()) calendar.first_year = year;
        calendar.last_year = year;
        calendar.bits += row[2];
    }
    return found;
}

std::string plain_name(std::string name) {
    for (char& letter : name) letter = letter == '+' || letter == ':' ? '-' : letter;
    return name;
}

// `years` false gives the same days to a calendar of all years, which counts by its sparse tables.
std::map<std::string, business_calendar> calendars_of_quantlib(bool years) {
    std::map<std::string, business_calendar> made_ones;
    for (auto const& [name, of] : quantlib_calendars()) {
        auto content = content_of_bits(plain_name(name), of.first_year, of.last_year, of.bits);
        if (!years) {
            content.first_year = year_min;
            content.last_year = year_max;
        }
        made_ones.emplace(name, made(std::move(content)));
    }
    return made_ones;
}

}  // namespace

TEST_CASE("business days agree with numpy, with all years and with few") {
    bool const all_years = GENERATE(true, false);
    std::size_t rows = 0;
    for (auto const& row : rows_of("busday.tsv")) {
        auto content = content_of(row[4], row[5]);
        if (!all_years) {
            content.first_year = 1990;
            content.last_year = 2110;
        }
        auto const answer = answer_of(made(std::move(content)), row);
        auto const expected = row[7] == "NaT" || row[7] == "ERROR" ? "closed_day" : row[7];
        if (answer != expected) FAIL_CHECK(row[1] << " " << row[2] << " " << row[3] << " " << row[6] << ": " << answer);
        ++rows;
    }
    CHECK(rows == 3653);
}

TEST_CASE("business days agree with QuantLib, with all years and with few") {
    bool const years = GENERATE(true, false);
    auto const calendars = calendars_of_quantlib(years);
    std::size_t rows = 0;
    for (auto const& row : rows_of("quantlib.tsv")) {
        CAPTURE(row);
        auto const& calendar = calendars.at(row[1]);
        auto const from = day(row[2]);
        ++rows;
        if (row[0] == "adjust") {
            CHECK(to_text(*calendar.rolled(from, roll_of_quantlib(row[5]))) == row[7]);
        } else if (row[0] == "advance") {
            auto const answer = calendar.advance(from, std::stoi(row[3]), unit_of_quantlib(row[4]),
                                                 roll_of_quantlib(row[5]), row[6] == "1");
            CHECK(to_text(*answer) == row[7]);
        } else {
            auto const count =
                calendar.count_business_days(from, day(row[3]), row[4] == "includeFirst=1", row[5] == "includeLast=1");
            CHECK(std::to_string(*count) == row[7]);
        }
    }
    CHECK(rows == 1000);
}

TEST_CASE("joined calendars agree with QuantLib's joint calendars") {
    bool const years = GENERATE(true, false);
    auto const calendars = calendars_of_quantlib(years);
    auto const of = [&](std::string const& name) { return &calendars.at(name); };
    struct row {
        std::string name;
        std::vector<business_calendar const*> parts;
        join_rule rule;
    };
    row const rows[] = {
        {"US+GB:joinHolidays", {of("US"), of("GB")}, join_rule::closed_if_any},
        {"US+GB:joinBusinessDays", {of("US"), of("GB")}, join_rule::closed_if_all},
        {"TARGET+JP+US:joinHolidays", {of("TARGET"), of("JP"), of("US")}, join_rule::closed_if_any},
    };
    for (auto const& [name, parts, rule] : rows) {
        CAPTURE(name);
        auto const ours = joined(parts, rule).value();
        for (date at = day("2008-01-01"); at <= day("2035-12-31"); at = plus_days(at, 1)) {
            if (ours.is_business_day(at) != of(name)->is_business_day(at)) FAIL_CHECK(to_text(at));
        }
    }
}
