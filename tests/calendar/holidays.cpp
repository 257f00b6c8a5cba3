// The built-in calendars: against what other holiday libraries say, and what holds for every table.
#include "recourse/calendar/holidays.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "recourse/calendar/calendar_set.hpp"
#include "rows.hpp"

using namespace recourse;
using recourse::test::day;
using recourse::test::rows_of;

namespace {

std::set<std::string> const& allowed(std::string const& kind) {
    static auto const all = [] {
        std::map<std::string, std::set<std::string>> made;
        for (auto const& row : rows_of("holidays_allowed.tsv")) made[row[2]].insert(row[0] + " " + row[1]);
        return made;
    }();
    static std::set<std::string> const none;
    auto const found = all.find(kind);
    return found == all.end() ? none : found->second;
}

// Whether the calendar has a closing holiday on that day, weekend or not.
bool has_holiday(business_calendar const& calendar, date on) {
    auto const days = calendar.holiday_days(on, on);
    return std::any_of(days.begin(), days.end(), [](auto const& one) { return closes(one.kind); });
}

std::string contents_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::filesystem::path> documents(std::string const& folder) {
    std::vector<std::filesystem::path> found;
    for (auto const& one :
         std::filesystem::directory_iterator{std::string{RECOURSE_SOURCE_DIR} + "/src/calendar/" + folder})
        found.push_back(one.path());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

TEST_CASE("the built-in calendars are found by their exact names") {
    auto const names = calendar_names();
    CHECK(names.size() ==
          63);  // 61 codes of the holiday libraries less two of the United Kingdom's three, and four more
    for (auto const name : names) {
        CAPTURE(name);
        REQUIRE(find_calendar(name) != nullptr);
        CHECK(find_calendar(name)->name() == name);
        CHECK(find_calendar(name) == find_calendar(name));
    }
    for (std::string_view const name : {"", "be", "BE ", "XX", "../BE", "DE-", "DE-XX", "-", "WEEKDAYS-X"}) {
        CAPTURE(name);
        CHECK(find_calendar(name) == nullptr);
    }
    CHECK(find_calendar(std::string_view{"BE\0", 3}) == nullptr);
    CHECK(find_calendar("TARGET") == find_calendar("TARGET2"));
    CHECK(find_calendar("DE-BY")->title() == find_holiday_table("DE")->title + ": Bayern");
    CHECK(find_holiday_table("WEEKDAYS") == nullptr);
    CHECK(find_holiday_table("DE-BY") == find_holiday_table("DE"));
}

TEST_CASE("several threads that ask for a calendar at once get the same one") {
    std::vector<std::string> names{"AT-1", "XX", "TARGET"};
    for (auto const name : calendar_names()) names.emplace_back(name);
    std::vector<std::vector<business_calendar const*>> found(4);
    std::vector<std::thread> askers;
    for (auto& one : found) {
        askers.emplace_back([&] {
            for (auto const& name : names) one.push_back(find_calendar(name));
        });
    }
    for (auto& asker : askers) asker.join();
    for (auto const& one : found) CHECK(one == found.front());
}

TEST_CASE("every table covers 2015 to 2035 at least, and every row names its source") {
    for (auto const name : calendar_names()) {
        auto const* table = find_holiday_table(name);
        if (table == nullptr) continue;
        CAPTURE(name);
        CHECK(table->first_year <= 2015);
        CHECK(table->last_year >= 2035);
        for (auto const& row : table->holidays) {
            CAPTURE(row.name);
            CHECK_FALSE((row.source.empty() && table->source.empty()));
        }
        auto const& calendar = *find_calendar(name);
        CHECK(calendar.bytes() <= 64 * 1024);
        for (auto const& region : table->regions) {
            REQUIRE(find_calendar(region.code) != nullptr);
            CHECK(find_calendar(region.code)->bytes() <= 64 * 1024);
        }
    }
}

TEST_CASE("a document of the tables and decrees is read whole and names its calendar first") {
    for (auto const& path : documents("holidays")) {
        CAPTURE(path);
        auto const text = contents_of(path);
        auto const table = read_holiday_table(text);
        REQUIRE(table);
        CHECK(text.find("\"calendar\": \"" + table->code + "\"") < 8);
        CHECK(find_calendar(table->code) != nullptr);
        for (auto const& row : table->holidays) {
            CHECK(parse_day_rule(to_text(row.when)) == row.when);
            CHECK(parse_substitute_rule(to_text(row.substitute)) == row.substitute);
            CHECK(parse_substitute_rule(to_text(row.moved)) == row.moved);
        }
    }
    for (auto const& path : documents("decrees")) {
        CAPTURE(path);
        auto const decree = read_holiday_decree(contents_of(path));
        REQUIRE(decree);
        auto const* table = find_holiday_table(decree->calendar);
        REQUIRE(table != nullptr);
        std::string lower = decree->calendar;
        for (char& letter : lower) letter = static_cast<char>(letter - 'A' + 'a');
        CHECK(path.stem() == lower + "_" + std::to_string(decree->year));
        auto const& known = built_in_decrees(*table);
        CHECK(std::count_if(known.begin(), known.end(), [&](auto const& one) { return one.year == decree->year; }) ==
              1);
    }
}

TEST_CASE("every weekday holiday on which all libraries agree is one") {
    std::size_t held = 0;
    std::size_t excused = 0;
    for (auto const& row : rows_of("holidays.tsv")) {
        auto const* calendar = find_calendar(row[0]);
        REQUIRE(calendar != nullptr);
        auto const on = day(row[1]);
        if (row[3] != "unanimous" || calendar->is_weekend(on)) continue;
        if (allowed("missing").contains(row[0] + " " + row[1])) {
            ++excused;
            CHECK_FALSE(has_holiday(*calendar, on));  // an excuse that is not needed is struck out
            continue;
        }
        ++held;
        CAPTURE(row[0], row[1], row[2]);
        CHECK(has_holiday(*calendar, on));
    }
    WARN(held << " unanimous weekday holidays held, " << excused << " excused by an official source");
    CHECK(excused * 200 <= held + excused);  // 0.5 %
}

TEST_CASE("of the weekday holidays that most libraries have, each country has 97 of 100 or says why not") {
    struct count {
        int held = 0;
        int missing = 0;
    };
    std::map<std::string, count> countries;
    for (auto const& row : rows_of("holidays.tsv")) {
        auto const& calendar = *find_calendar(row[0]);
        auto const on = day(row[1]);
        if (row[3] != "majority" || calendar.is_weekend(on)) continue;
        bool const excused = allowed("majority").contains(row[0] + " " + row[1]);
        auto& of = countries[row[0]];
        (excused || has_holiday(calendar, on) ? of.held : of.missing) += 1;
        CAPTURE(row[0], row[1], row[2]);
        CHECK_FALSE((excused && has_holiday(calendar, on)));
    }
    for (auto const& [code, of] : countries) {
        CAPTURE(code, of.held, of.missing);
        CHECK(of.missing * 100 <= 3 * (of.held + of.missing));
    }
}

TEST_CASE("no weekday is a holiday that not one library has") {
    std::set<std::string> known;
    std::set<std::string> codes;
    for (auto const& row : rows_of("holidays.tsv")) {
        known.insert(row[0] + " " + row[1]);
        codes.insert(row[0]);
    }
    for (auto const& row : rows_of("holidays_disagree.tsv")) {
        if (!row[4].empty()) known.insert(row[0] + " " + row[2]);
    }
    std::size_t holidays = 0;
    std::size_t excused = 0;
    for (auto const& code : codes) {
        auto const& calendar = *find_calendar(code);
        for (auto const& one : calendar.holiday_days(day("2015-01-01"), day("2028-12-31"))) {
            if (!closes(one.kind) || calendar.is_weekend(one.day)) continue;
            auto const key = code + " " + to_text(one.day);
            ++holidays;
            if (allowed("extra").contains(key)) {
                ++excused;
                CHECK_FALSE(known.contains(key));
                continue;
            }
            CAPTURE(key, calendar.words_of(one).name);
            CHECK(known.contains(key));
        }
    }
    CHECK(excused * 200 <= holidays);
}

TEST_CASE("China departs from Monday to Friday exactly where the notices say so") {
    std::set<std::string> expected;
    std::set<std::string> ours;
    for (auto const& row : rows_of("cn_adjusted.tsv")) {
        if (row[1] != "normal") expected.insert(row[0] + " " + row[1]);
    }
    auto const& china = *find_calendar("CN");
    auto const& weekdays = *find_calendar("WEEKDAYS");
    for (date at = day("2015-01-01"); at <= day("2026-12-31"); at = plus_days(at, 1)) {
        bool const open = *china.is_business_day(at);
        if (open != *weekdays.is_business_day(at)) ours.insert(to_text(at) + (open ? " work" : " off"));
    }
    // The vectors list weekend days off as well, which are closed anyway.
    std::erase_if(expected, [&](std::string const& one) {
        return one.ends_with("off") && !*weekdays.is_business_day(day(one.substr(0, 10)));
    });
    CHECK(ours == expected);
}

TEST_CASE("a weekend that was moved is closed by the rule of its time") {
    auto const& emirates = *find_calendar("AE");
    CHECK(emirates.is_weekend(day("2021-12-31")));        // Friday
    CHECK_FALSE(emirates.is_weekend(day("2022-01-07")));  // Friday
    CHECK(emirates.is_weekend(day("2022-01-09")));        // Sunday
    CHECK_FALSE(emirates.is_weekend(day("2021-12-26")));  // Sunday
}

TEST_CASE("the payment calendars close when the payment systems do") {
    auto const& target = *find_calendar("TARGET2");
    auto const& fed = *find_calendar("US-FED");
    CHECK_FALSE(*target.is_business_day(day("2026-05-01")));
    CHECK_FALSE(*target.is_business_day(day("2026-12-25")));
    CHECK(*target.is_business_day(day("2026-05-25")));  // Whit Monday is worked
    // Independence Day 2026 is a Saturday: the Federal Reserve stays open on the Friday, federal offices do not.
    CHECK(*fed.is_business_day(day("2026-07-03")));
    CHECK_FALSE(*find_calendar("US")->is_business_day(day("2026-07-03")));
    CHECK_FALSE(*fed.is_business_day(day("2027-07-05")));  // Sunday moves to Monday
}

TEST_CASE("a decree that is loaded at run time changes its year, and no other") {
    calendar_set calendars;
    auto const before = *find_calendar("CN");
    auto const decree = read_holiday_decree(R"({
        "calendar": "CN", "year": 2027, "version": "2026-11-30", "source": "A notice for the test", "lists_substitutes": true,
        "moved": [{"off": "2027-02-11", "worked": "2027-02-14", "name": "Frühling", "english": "Spring Festival"}]})");
    REQUIRE(decree);
    auto const added = calendars.add(*decree);
    REQUIRE(added);
    auto const& after = *calendars.find("CN");
    CHECK(&after == *added);
    CHECK(*before.is_business_day(day("2027-02-11")));
    CHECK_FALSE(*after.is_business_day(day("2027-02-11")));
    CHECK(*after.is_business_day(day("2027-02-14")));
    CHECK(after.data_version() == "2026-11-30");
    CHECK(to_text(*after.day_reason(day("2027-02-14"))) == "worked weekend (Spring Festival)");
    CHECK(after.holiday_days(day("2026-01-01"), day("2026-12-31")).size() ==
          before.holiday_days(day("2026-01-01"), day("2026-12-31")).size());
    CHECK(after.holiday_days(day("2027-10-01"), day("2027-10-01")).front().known_by == certainty::decreed);
    CHECK(before.holiday_days(day("2027-10-01"), day("2027-10-01")).front().known_by == certainty::predicted);
    CHECK(find_calendar("CN")->data_version() == before.data_version());

    auto wrong = *decree;
    wrong.calendar = "XX";
    CHECK(calendars.add(wrong).error() == "the decree is for \"XX\", which is the code of no holiday table");
    wrong.calendar = "CN";
    wrong.year = 2099;
    CHECK_FALSE(calendars.add(wrong));
    CHECK(calendars.find("CN") == &after);
}
