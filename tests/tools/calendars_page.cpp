// The table in docs/holidays.md says which calendars there are.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "recourse/calendar/holidays.hpp"

using namespace recourse;

namespace {

std::string row_of(std::string_view name) {
    auto const& calendar = *find_calendar(name);
    auto row = "| `" + std::string{name} + "` | " + calendar.title() + " | " + std::to_string(calendar.first_year()) +
               " to " + std::to_string(calendar.last_year()) + " |";
    auto const* table = find_holiday_table(name);
    if (table != nullptr && !table->regions.empty()) row += " " + std::to_string(table->regions.size());
    row += " |";
    std::string_view between = " ";
    for (auto const& other : table == nullptr ? std::vector<std::string>{} : table->also) {
        row += std::string{between} + "`" + other + "`";
        between = ", ";
    }
    return row + " |\n";
}

}  // namespace

TEST_CASE("the page about holidays lists every calendar with its title, years, regions and other names", "[docs]") {
    std::ifstream file{RECOURSE_SOURCE_DIR "/docs/holidays.md", std::ios::binary};
    std::string const page{std::istreambuf_iterator<char>{file}, {}};
    constexpr std::string_view begin = "<!-- calendars: begin -->\n";
    auto const start = page.find(begin);
    auto const end = page.find("<!-- calendars: end -->\n");
    REQUIRE(start != std::string::npos);
    REQUIRE(end != std::string::npos);
    std::string expected = "| code | title | years | regions | also |\n|---|---|---|---|---|\n";
    for (auto const name : calendar_names()) expected += row_of(name);
    CHECK(page.substr(start + begin.size(), end - start - begin.size()) == expected);
}
