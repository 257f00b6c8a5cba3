// Zone files: what cannot be read is an error, and so is a rule that would be followed wrongly.
#include "calendar/zone_table.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace recourse;

namespace {

// A file that is gone with the test; the zone library remembers what it read by its path, so no two have the same.
struct zone_file {
    explicit zone_file(std::string const& bytes) { std::ofstream{path, std::ios::binary} << bytes; }
    ~zone_file() { std::filesystem::remove(path); }
    zone_file(zone_file const&) = delete;
    zone_file& operator=(zone_file const&) = delete;

    static inline int count = 0;
    std::string path = (std::filesystem::temp_directory_path() /
                        ("recourse_zone_" + std::to_string(::getpid()) + "_" + std::to_string(++count)))
                           .string();
};

std::string big_endian(std::int64_t number, int bytes) {
    std::string text;
    while (bytes-- > 0) text += static_cast<char>(number >> (8 * bytes) & 255);
    return text;
}

struct change {
    std::int64_t at;
    int type;
};
struct type {
    std::int32_t offset;
    bool summer;
    int name;  // where in `names` it begins
};

std::string header(std::size_t changes, std::size_t types, std::size_t letters) {
    return "TZif2" + std::string(15, '\0') + std::string(12, '\0') + big_endian(static_cast<std::int64_t>(changes), 4) +
           big_endian(static_cast<std::int64_t>(types), 4) + big_endian(static_cast<std::int64_t>(letters), 4);
}

// RFC 8536 section 3: an old block that nobody reads, the block, and the rule as the last line.
std::string bytes_of(std::vector<change> const& changes, std::vector<type> const& types, std::string const& names,
                     std::string const& rule) {
    auto text = header(0, 1, 1) + std::string(7, '\0') + header(changes.size(), types.size(), names.size());
    for (auto const& row : changes) text += big_endian(row.at, 8);
    for (auto const& row : changes) text += static_cast<char>(row.type);
    for (auto const& row : types)
        text += big_endian(row.offset, 4) + (row.summer ? '\1' : '\0') + static_cast<char>(row.name);
    return text + names + "\n" + rule + "\n";
}

std::string read_file(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string error_of(std::string const& bytes) {
    zone_file const file{bytes};
    auto const table = read_zone_table(file.path);
    if (table) return "it was read";
    auto error = table.error();
    return error.replace(error.find(file.path), file.path.size(), "FILE");
}

std::vector<type> const types{{0, false, 0}, {3'600, true, 4}, {3'600, false, 9}};  // WET, WEST and CET
std::string const names{"WET\0WEST\0CET\0", 13};

constexpr std::int64_t spring_2026 = 1'774'746'000;  // 2026-03-29T01:00:00Z
constexpr std::int64_t autumn_2026 = 1'792'890'000;  // 2026-10-25T01:00:00Z

}  // namespace

TEST_CASE("a zone file that lists one year of changes goes on by its rule") {
    zone_file const file{bytes_of({{spring_2026, 1}, {autumn_2026, 0}}, types, names, "WET0WEST,M3.5.0/1,M10.5.0")};
    auto const table = read_zone_table(file.path);
    REQUIRE(table);
    CHECK(table->at(spring_2026 - 1).period->offset_seconds == 0);
    CHECK(table->at(spring_2026).period->offset_seconds == 3'600);
    CHECK(table->abbreviation(*table->at(spring_2026).period) == "WEST");
    CHECK(table->at(2'540'250'000).period->offset_seconds == 3'600);  // 2050-07-01
    CHECK(table->at(spring_2026 + 5 * seconds_per_cycle - 1).period->offset_seconds == 0);
    CHECK(table->at(spring_2026 + 5 * seconds_per_cycle).period->offset_seconds == 3'600);
    CHECK(table->at(spring_2026 + 5 * seconds_per_cycle).moved % seconds_per_cycle == 0);
    CHECK(table->at(-always + 1).moved == 0);
}

TEST_CASE("a rule that cannot be followed from what the file lists is an error, not a wrong offset") {
    // Only the change from CET: one season would be taken for the other.
    auto const error =
        error_of(bytes_of({{spring_2026 - 9'000'000, 2}, {spring_2026, 1}}, types, names, "WET0WEST,M3.5.0/1,M10.5.0"));
    CHECK(error == R"(FILE ends with the rule "WET0WEST,M3.5.0/1,M10.5.0", which cctz cannot follow here; )"
                   "zone files made with `zic -b fat`, or cctz 2.4, would do");
    CHECK_THAT(error_of(bytes_of({}, {types[0]}, {"WET\0", 4}, "WET0WEST,M3.5.0/1,M10.5.0")),
               Catch::Matchers::Contains("cannot follow"));
}

TEST_CASE("what is no zone file cannot be read") {
    auto const whole = read_file("/usr/share/zoneinfo/Europe/Brussels");
    REQUIRE(whole.size() > 2'000);
    CHECK(error_of(whole) == "it was read");
    std::string const unusable = "FILE is no zone file that can be used";
    for (auto const size : {std::size_t{0}, std::size_t{4}, std::size_t{43}, whole.size() / 2, whole.size() - 1}) {
        CAPTURE(size);
        CHECK(error_of(whole.substr(0, size)) == unusable);
    }
    CHECK(error_of(whole + "\n") == unusable);
    CHECK(error_of("root:x:0:0\n") == unusable);
    CHECK(error_of(std::string(100'000, 'T')) == unusable);
    auto many = whole;  // two thousand million changes, that nobody should make room for
    many[many.find("TZif", 4) + 32] = '\x7f';
    CHECK(error_of(many) == unusable);
    CHECK(error_of(bytes_of({{1'000, 1}, {900, 0}}, types, names, "WET0")) == unusable);  // against the order of time
    CHECK(error_of(bytes_of({{std::int64_t{1} << 58, 1}}, types, names, "WEST-1")) == unusable);
    CHECK(error_of(bytes_of({{1'000, 7}}, types, names, "WET0")) == unusable);  // a type that is not there
    CHECK(error_of(bytes_of({{1'000, 1}}, {types[0], {86'400, true, 4}}, names, "WEST-24")) == unusable);
    CHECK(read_zone_table("/usr/share/zoneinfo/Europe").error() ==
          "/usr/share/zoneinfo/Europe is no zone file that can be used");
    CHECK(read_zone_table("/nowhere").error() == "/nowhere is no zone file that can be used");
}

TEST_CASE("a zone is read by its path alone") {
    for (auto const* name : {"", "UTC", "Europe/Brussels", "Fixed/UTC+01:00:00", "libc:localtime",
                             "file:/usr/share/zoneinfo/Europe/Brussels"}) {
        CAPTURE(name);
        CHECK_FALSE(read_zone_table(name));
    }
}
