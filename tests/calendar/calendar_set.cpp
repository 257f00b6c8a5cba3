// A host's calendars, tables and decrees on top of the built-in ones: which is found, and what went with the old.
#include <catch2/catch.hpp>

#include <algorithm>

#include "business_days.hpp"
#include "recourse/calendar/calendar_set.hpp"
#include "recourse/calendar/holidays.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

holiday_table table_of(std::string code, std::vector<std::string> regions, std::vector<std::string> also) {
    holiday_table table;
    table.code = std::move(code);
    table.title = "A table of one's own";
    table.also = std::move(also);
    table.weekends = {{first_date, saturday_and_sunday}};
    table.first_year = 2025;
    table.last_year = 2028;
    table.version = "1";
    for (auto& region : regions) table.regions.push_back({region, "A region"});
    return table;
}

holiday_decree closing(std::string calendar, std::string version, std::string_view at) {
    holiday_decree decree;
    decree.calendar = std::move(calendar);
    decree.year = year_of(day(at));
    decree.version = std::move(version);
    decree.source = "A notice";
    decree.added.emplace_back();
    decree.added.back().day = day(at);
    decree.added.back().name = "Closed";
    return decree;
}

bool is_open(calendar_set const& calendars, std::string_view name, std::string_view at) {
    return calendars.find(name)->is_business_day(day(at)).value();
}

bool lists(calendar_set const& calendars, std::string_view name) {
    auto const names = calendars.names();
    return std::count(names.begin(), names.end(), name) == 1;
}

}  // namespace

TEST_CASE("a table drops the regions and other names of the one it replaces") {
    calendar_set calendars;
    REQUIRE(calendars.add(table_of("ZZ", {"ZZ-1", "ZZ-2"}, {"ZED", "ZETA"})));
    REQUIRE(calendars.find("ZZ-1") != nullptr);
    REQUIRE(calendars.find("ZED") == calendars.find("ZZ"));
    auto const before = calendars;
    REQUIRE(calendars.add(table_of("ZZ", {"ZZ-2", "ZZ-3"}, {"ZETA"})));
    CHECK(calendars.find("ZZ-1") == nullptr);
    CHECK(calendars.find("ZED") == nullptr);
    CHECK(calendars.find_table("ZED") == nullptr);
    CHECK(calendars.find("ZZ-2") != nullptr);
    CHECK(calendars.find("ZZ-3") != nullptr);
    CHECK(calendars.find("ZETA") == calendars.find("ZZ"));
    CHECK(before.find("ZZ-1") != nullptr);  // a copy keeps what it had
    // What the host called so itself is no part of the table.
    auto own = small_content();
    own.name = "ZZ-3";
    calendars.add(made(own));
    REQUIRE(calendars.add(table_of("ZZ", {}, {})));
    CHECK(calendars.find("ZZ-2") == nullptr);
    CHECK(calendars.find("ZZ-3")->title() == own.title);
}

TEST_CASE("a table in the place of a built-in one takes the place of its regions and other names too") {
    calendar_set calendars;
    REQUIRE(calendars.find("DE-BY") != nullptr);
    REQUIRE(calendars.find("UK") != nullptr);
    REQUIRE(calendars.add(table_of("DE", {"DE-XX"}, {})));
    REQUIRE(calendars.add(table_of("GB", {}, {})));
    CHECK(calendars.find("DE-BY") == nullptr);
    CHECK(calendars.find_table("DE-BY") == nullptr);
    CHECK(calendars.find("DE-XX") != nullptr);
    CHECK(calendars.find("UK") == nullptr);
    CHECK(calendars.find("AT") == find_calendar("AT"));
    CHECK(calendars.find("WEEKDAYS") == find_calendar("WEEKDAYS"));
}

TEST_CASE("a table that is wrong changes nothing") {
    calendar_set calendars;
    REQUIRE(calendars.add(table_of("ZZ", {"ZZ-1"}, {"ZED"})));
    auto const* region = calendars.find("ZZ-1");
    auto wrong = table_of("ZZ", {}, {});
    wrong.weekends.clear();
    CHECK_FALSE(calendars.add(wrong));
    CHECK(calendars.find("ZZ-1") == region);
    CHECK(calendars.find("ZED") != nullptr);
}

TEST_CASE("built-in decrees count for the built-in table and for no other, in whatever order things are added") {
    // Saturday, 14 February 2026 is worked by the built-in decree of China; 3 March 2027 is closed by ours.
    auto const ours = closing("CN", "2099-01-01", "2027-03-03");
    calendar_set decree_alone;
    REQUIRE(decree_alone.add(ours));
    CHECK(is_open(decree_alone, "CN", "2026-02-14"));
    CHECK_FALSE(is_open(decree_alone, "CN", "2027-03-03"));
    CHECK(is_open(calendar_set{}, "CN", "2027-03-03"));

    calendar_set decree_first;
    REQUIRE(decree_first.add(ours));
    REQUIRE(decree_first.add(table_of("CN", {}, {})));
    calendar_set table_first;
    REQUIRE(table_first.add(table_of("CN", {}, {})));
    CHECK(is_open(table_first, "CN", "2027-03-03"));
    REQUIRE(table_first.add(ours));
    for (auto const* calendars : {&decree_first, &table_first}) {
        CHECK_FALSE(is_open(*calendars, "CN", "2026-02-14"));
        CHECK_FALSE(is_open(*calendars, "CN", "2027-03-03"));
        CHECK(is_open(*calendars, "CN", "2026-10-01"));  // nor is National Day a row of that table
    }
    CHECK(*decree_first.find("CN") == *table_first.find("CN"));
}

TEST_CASE("a decree is refused if a later one of its year is there, and one of the same version takes its place") {
    calendar_set calendars;
    REQUIRE(calendars.add(table_of("ZZ", {"ZZ-1"}, {})));
    REQUIRE(calendars.add(closing("ZZ", "2026-02-01", "2026-03-03")));
    auto const* present = calendars.find("ZZ-1");
    CHECK(
        calendars.add(closing("ZZ", "2026-01-31", "2026-03-04")).error() ==
        "the decree for ZZ in 2026 has the version \"2026-01-31\"; that of version \"2026-02-01\" is there and later");
    CHECK(calendars.find("ZZ-1") == present);
    REQUIRE(calendars.add(closing("ZZ", "2026-01-31", "2027-03-04")));  // of another year
    CHECK_FALSE(is_open(calendars, "ZZ", "2026-03-03"));
    CHECK_FALSE(is_open(calendars, "ZZ-1", "2027-03-04"));
    REQUIRE(calendars.add(closing("ZZ", "2026-02-01", "2026-03-05")));
    CHECK(is_open(calendars, "ZZ", "2026-03-03"));
    CHECK_FALSE(is_open(calendars, "ZZ", "2026-03-05"));
    REQUIRE(calendars.add(closing("ZZ", "2026-02-02", "2026-03-06")));
    CHECK(is_open(calendars, "ZZ", "2026-03-05"));

    auto const& built_in = built_in_decrees(*find_holiday_table("CN"));
    auto const known = std::find_if(built_in.begin(), built_in.end(), [](auto const& one) { return one.year == 2026; });
    REQUIRE(known != built_in.end());
    CHECK(calendars.add(closing("CN", "2000-01-01", "2026-03-03")).error() ==
          "the decree for CN in 2026 has the version \"2000-01-01\"; that of version \"" + known->version +
              "\" is there and later");
    CHECK(calendars.find("CN") == find_calendar("CN"));
    REQUIRE(calendars.add(closing("CN", known->version, "2026-03-03")));
    CHECK_FALSE(is_open(calendars, "CN", "2026-03-03"));
    CHECK_FALSE(is_open(calendars, "CN", "2026-02-14"));  // the built-in one of that year is replaced, not added to
    CHECK(is_open(calendars, "CN", "2025-02-08"));        // that of the year before still counts
    // For a table of the host's own that built-in decree is not there.
    calendar_set own;
    REQUIRE(own.add(table_of("CN", {}, {})));
    CHECK(own.add(closing("CN", "2000-01-01", "2026-03-03")));
}

TEST_CASE("the names are those of calendars and tables, without regions and other names") {
    calendar_set calendars;
    REQUIRE(calendars.add(table_of("ZZ", {"ZZ-1"}, {"ZED"})));
    REQUIRE(calendars.add(closing("DE", "2099-01-01", "2026-03-03")));
    calendars.add(made(small_content()));
    auto const names = calendars.names();
    REQUIRE(names.size() == calendar_names().size() + 2);
    CHECK(std::vector(names.begin(), names.begin() + 4) ==
          std::vector<std::string_view>{"DE", "TEST", "ZZ", calendar_names().front()});
    CHECK(std::count(names.begin(), names.end(), "DE") == 1);
    for (auto const* name : {"ZZ-1", "ZED", "DE-BY"}) {
        CHECK(calendars.find(name) != nullptr);
        CHECK_FALSE(lists(calendars, name));
    }
    for (auto const name : names) CHECK(calendars.find(name) != nullptr);
}

TEST_CASE("every name that is listed is found, also where a table takes another's code for a name and gives it back") {
    calendar_set calendars;
    REQUIRE(calendars.add(table_of("DE", {}, {})));
    REQUIRE(calendars.add(table_of("ZZ", {}, {"DE"})));
    CHECK(calendars.find("DE") == calendars.find("ZZ"));
    REQUIRE(calendars.add(table_of("ZZ", {}, {})));
    for (auto const name : calendars.names()) CHECK(calendars.find(name) != nullptr);
}

TEST_CASE("the table behind a name is the host's first") {
    calendar_set calendars;
    CHECK(calendars.find_table("DE") == find_holiday_table("DE"));
    CHECK(calendars.find_table("DE-BY") == find_holiday_table("DE"));
    CHECK(calendars.find_table("WEEKDAYS") == nullptr);
    CHECK(calendars.find_table("ATLANTIS") == nullptr);
    CHECK(calendars.find_table("") == nullptr);
    REQUIRE(calendars.add(table_of("DE", {"DE-XX"}, {"GERMANY"})));
    for (auto const* name : {"DE", "DE-XX", "GERMANY"}) {
        REQUIRE(calendars.find_table(name) != nullptr);
        CHECK(calendars.find_table(name)->title == "A table of one's own");
    }
    auto own = small_content();
    own.name = "FR";
    calendars.add(made(own));
    CHECK(calendars.find_table("FR") == nullptr);
    CHECK(calendars.find_table("FR-57") == find_holiday_table("FR"));
}
