// Names of zones: what a folder has, in order, without the machine's own settings.
#include "calendar/zone_names.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace recourse;

TEST_CASE("the folder of zone files has zones and links in order, and nothing else") {
    auto const names = zone_names("/usr/share/zoneinfo").value();
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    auto const has = [&](std::string_view name) { return std::binary_search(names.begin(), names.end(), name); };
    for (auto const* name : {"Europe/Brussels", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+12", "US/Eastern"}) {
        CAPTURE(name);
        CHECK(has(name));
    }
    for (auto const* name : {"localtime", "posixrules", "Factory", "tzdata.zi", "zone.tab", "leapseconds", "Europe",
                             "posix/Europe/Brussels", "right/Europe/Brussels", "posix", "", "/"}) {
        CAPTURE(name);
        CHECK_FALSE(has(name));
    }
}

TEST_CASE("a folder without zone files is an error") {
    CHECK(zone_names("/nowhere").error() == "the folder /nowhere cannot be read");
    CHECK(zone_names("/dev/null").error() == "the folder /dev/null cannot be read");
}

TEST_CASE("the nearest names come first, and three at most") {
    std::vector<std::string> const names{"Asia/Aden", "Asia/Amman", "Asia/Baku", "Asia/Dhaka", "Asia/Gaza", "UTC"};
    CHECK(nearest_names("asia/gaza", names).front() == "Asia/Gaza");
    CHECK(nearest_names("Gaza", names) == std::vector<std::string_view>{"Asia/Gaza"});
    CHECK(nearest_names("Asia/Daku", names) == std::vector<std::string_view>{"Asia/Baku", "Asia/Dhaka"});
    CHECK(nearest_names("Asia/Laza", {"Asia/Taza", "Asia/Maza", "Asia/Waza", "Asia/Gaza"}).size() == 3);
    CHECK(nearest_names("Mars/Olympus", names).empty());
    CHECK(nearest_names("U", names).empty());
}
