// Service hours against the answers of other libraries, each recounted: plain windows, and windows about clock changes.
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "recourse/calendar/service_hours.hpp"
#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::fields;
using recourse::test::rows_of;

namespace {

instant at(std::string_view text) { return parse_instant(text).value(); }

// "09:30", up to "24:00".
std::int32_t clock(std::string_view text) {
    return (std::stoi(std::string{text.substr(0, 2)}) * 60 + std::stoi(std::string{text.substr(3, 2)})) * 60;
}

// Compiled for many years, compiled on demand, and asked one after the other: every answer must be the same.
struct both {
    service_schedule compiled;
    growing_schedule growing;

    explicit both(service_hours const& hours)
        : compiled{service_schedule::make(hours, day("2010-01-01"), day("2040-12-31")).value()},
          growing{growing_schedule::make(hours).value()} {}

    instant add(instant from, std::int64_t seconds, edge_convention convention) {
        auto const answer = compiled.add(from, seconds, convention).value();
        CHECK(growing.add(from, seconds, convention).value() == answer);
        return answer;
    }
    std::int64_t between(instant from, instant to) {
        auto const answer = compiled.between(from, to).value();
        CHECK(growing.between(from, to).value() == answer);
        return answer;
    }
    bool is_open(instant when) {
        auto const answer = compiled.is_open(when).value();
        CHECK(growing.is_open(when).value() == answer);
        return answer;
    }
};

service_hours hours_of_row(std::vector<std::string> const& row) {
    service_hours hours{.name = "row", .zone = time_zone::find("UTC").value()};
    weekday_set days;
    for (std::size_t number = 0; number < 7; ++number) {
        if (row[3].at(number) == '1') days.bits = static_cast<std::uint8_t>(days.bits | (1U << number));
    }
    for (auto const& window : fields(row[2], ';')) {
        hours.windows.push_back({days, clock(window.substr(0, 5)), clock(window.substr(6, 5))});
    }
    for (auto const& holiday : fields(row[4], ',')) {
        if (!holiday.empty()) hours.holidays.push_back(day(holiday));
    }
    return hours;
}

std::vector<dated_window> dated(boost::json::value const& days) {
    std::vector<dated_window> found;
    for (auto const& [date_text, windows] : days.as_object()) {
        for (auto const& [opens, closes] : windows.as_object()) {
            found.push_back({day(date_text), clock(opens), clock(closes.as_string())});
        }
    }
    return found;
}

service_hours hours_of(boost::json::object const& row) {
    static std::map<std::string, unsigned, std::less<>> const numbers{{"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3},
                                                                      {"fri", 4}, {"sat", 5}, {"sun", 6}};
    service_hours hours{.name = "row", .zone = time_zone::find(row.at("tz").as_string()).value()};
    for (auto const& [name, windows] : row.at("hours").as_object()) {
        weekday_set const days{static_cast<std::uint8_t>(1U << numbers.find(name)->second)};
        for (auto const& [opens, closes] : windows.as_object()) {
            hours.windows.push_back({days, clock(opens), clock(closes.as_string())});
        }
    }
    for (auto const& holiday : row.at("holidays").as_array()) hours.holidays.push_back(day(holiday.as_string()));
    hours.breaks = dated(row.at("breaks"));
    hours.shifts = dated(row.at("shifts"));
    return hours;
}

std::vector<boost::json::object> schedules() {
    std::ifstream file{std::string{RECOURSE_TEST_DIR} + "/vectors/businesshours_tz.jsonl"};
    if (!file) throw std::runtime_error{"no test vectors businesshours_tz.jsonl"};
    std::vector<boost::json::object> found;
    for (std::string line; std::getline(file, line);) found.push_back(boost::json::parse(line).as_object());
    return found;
}

// Counted, so that no row is passed over in silence.
struct counted {
    int after = 0;
    int before = 0;
    int within = 0;
    int open = 0;
    int days = 0;
};

void check_case(both& schedule, boost::json::object const& row, counted& seen) {
    auto const when = [&](char const* field) { return at(std::string_view{row.at(field).as_string()}); };
    auto const& op = row.at("op").as_string();
    CAPTURE(boost::json::serialize(row));
    if (op == "within") {
        ++seen.within;
        CHECK(schedule.between(when("t"), when("until")) == row.at("oracle").as_int64());
    } else if (op == "in_hours") {
        ++seen.open;
        CHECK(schedule.is_open(when("t")) == row.at("oracle").as_bool());
    } else if (op == "after") {
        ++seen.after;
        auto const seconds = row.at("seconds").as_int64();
        CHECK(schedule.add(when("t"), seconds, edge_convention::close) == when("oracle_close"));
        CHECK(schedule.add(when("t"), seconds, edge_convention::open) == when("oracle"));
    } else if (op == "before") {
        ++seen.before;
        auto const seconds = row.at("seconds").as_int64();
        // No seconds back from a closed instant: these rows answer the closing before it, which add does not.
        auto const found = seconds == 0 && !schedule.is_open(when("t"))
                               ? schedule.compiled.previous_closing(when("t")).value()
                               : schedule.add(when("t"), -seconds, edge_convention::close);
        CHECK(found == when("oracle"));
    } else {
        REQUIRE(op == "after_days");  // working days as another library has them; no answer to compare with
        ++seen.days;
    }
}

}  // namespace

TEST_CASE("open time is added as other libraries do, with both conventions, forward and back") {
    int added = 0;
    int recounted = 0;
    int asked = 0;
    for (auto const& row : rows_of("businesshours.tsv")) {
        CAPTURE(row);
        both schedule{hours_of_row(row)};
        auto const from = at(row[5].substr(0, 19) + "Z");
        if (row[1] == "is_open_closed_interval") {
            // That library counts the closing instant as open.
            auto const closing = schedule.compiled.previous_closing(from);
            CHECK((schedule.is_open(from) || (closing && *closing == from)) == (row[7] == "1"));
            ++asked;
            continue;
        }
        REQUIRE(row[1] == "add");
        auto const seconds = std::stoll(row[6]) * 3'600;
        bool const in_nanoseconds = row[5].size() > 19;  // not recounted, finer than an instant: asked without them
        CHECK(to_text(schedule.add(from, seconds, edge_convention::open)) ==
              row[in_nanoseconds ? 7 : 8].substr(0, 19) + "Z");
        ++added;
        if (in_nanoseconds) continue;
        CHECK(to_text(schedule.add(from, seconds, edge_convention::close)) == row[9] + "Z");
        ++recounted;
    }
    CHECK(added == 2'647);
    CHECK(recounted == 2'645);
    CHECK(asked == 30);
}

TEST_CASE("open time about clock changes agrees with a recount in UTC") {
    counted seen;
    for (auto const& row : schedules()) {
        both schedule{hours_of(row)};
        for (auto const& one : row.at("cases").as_array()) check_case(schedule, one.as_object(), seen);
    }
    CHECK(seen.after == 571);
    CHECK(seen.before == 316);
    CHECK(seen.within == 326);
    CHECK(seen.open == 303);
    CHECK(seen.days == 284);
}
