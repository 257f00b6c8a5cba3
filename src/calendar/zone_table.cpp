// Reads a zone file by cctz, once, into a table that is then asked without it.
#include "calendar/zone_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>
#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

using utc_seconds = cctz::time_point<cctz::seconds>;

// A table is asked up to a day and a half behind the instant it was asked for: local time is found by walking on.
constexpr std::int64_t walk_seconds = 3 * seconds_per_day;

constexpr std::size_t header_bytes = 44;
constexpr std::size_t file_bytes_max = 65'536;  // the longest zone file has 4,000
constexpr std::size_t periods_max = 60'000;     // an index has 16 bits

struct reading {
    std::vector<zone_period> periods;
    std::vector<std::string> abbreviations;

    void add(std::int64_t from, cctz::time_zone::absolute_lookup const& found) {
        auto const known = std::find(abbreviations.begin(), abbreviations.end(), found.abbr);
        auto const index = static_cast<std::uint32_t>(known - abbreviations.begin());
        if (known == abbreviations.end()) abbreviations.emplace_back(found.abbr);
        periods.push_back({from, found.offset, index});
    }
};

utc_seconds point(std::int64_t utc) { return utc_seconds{cctz::seconds{utc}}; }

// Every change that cctz knows, with the changes of a name alone. False: the file cannot be what it says.
bool read_periods(cctz::time_zone const& zone, reading& read) {
    constexpr std::int64_t horizon_seconds = std::int64_t{1} << 40;  // 35,000 years, before us and after
    std::int64_t from = -horizon_seconds;
    read.add(-always, zone.lookup(point(from)));
    cctz::time_zone::civil_transition change;
    while (zone.next_transition(point(from), &change)) {
        auto const at = (change.from - cctz::civil_second{}) - read.periods.back().offset_seconds;
        if (at <= from || at > horizon_seconds || read.periods.size() == periods_max) return false;
        from = at;
        read.add(from, zone.lookup(point(from)));
    }
    return std::all_of(read.periods.begin(), read.periods.end(), [](zone_period const& period) {
        return -seconds_per_day < period.offset_seconds && period.offset_seconds < seconds_per_day;
    });
}

// The bytes after the header at `from`, or more than any file has. RFC 8536 section 3.1: six counts end a header.
std::size_t block_bytes(std::string_view file, std::size_t from, std::size_t time_bytes) {
    constexpr std::size_t nowhere = std::size_t{1} << 40U;
    if (file.size() < from + header_bytes || !file.substr(from).starts_with("TZif")) return nowhere;
    auto const count = [&](std::size_t index) {
        std::size_t number = 0;
        for (char const byte : file.substr(from + 20 + 4 * index, 4))
            number = number * 256 + static_cast<unsigned char>(byte);
        return number;
    };
    auto const [utc_marks, standard_marks, leap_seconds] = std::array{count(0), count(1), count(2)};
    auto const [times, types, letters] = std::array{count(3), count(4), count(5)};
    return times * (time_bytes + 1) + types * 6 + letters + leap_seconds * (time_bytes + 4) + standard_marks +
           utc_marks;
}

// The rule for the years after the last that a file lists, such as "CET-1CEST,M3.5.0,M10.5.0/3": its last line, TZ as
// POSIX writes it. None if the file is not as long as its headers say: cctz would ask memory for what they say.
std::optional<std::string> rule_of(std::string const& path) {
    std::ifstream stream{path, std::ios::binary};
    std::string file(file_bytes_max, '\0');
    stream.read(file.data(), file_bytes_max);
    file.resize(static_cast<std::size_t>(stream.gcount()));
    auto const second = header_bytes + block_bytes(file, 0, 4);
    auto const line = second + header_bytes + block_bytes(file, second, 8);
    bool const whole = file.size() > line + 1 && file[line] == '\n' && file.find('\n', line + 1) == file.size() - 1;
    if (!whole) return std::nullopt;
    return file.substr(line + 1, file.size() - line - 2);
}

bool has_changes(std::string_view rule) { return rule.find(',') != std::string_view::npos; }

// The two names at the start of a rule: "CET" and "CEST", or "<-02>" and "<-01>".
bool names_both(std::string_view rule, std::string_view standard, std::string_view summer) {
    auto const written = [](std::string_view name) {
        bool const plain = name.find_first_of("+-0123456789") == std::string_view::npos;
        return plain ? std::string{name} : fmt::format("<{}>", name);
    };
    auto const first = written(standard);
    if (!rule.starts_with(first)) return false;
    rule.remove_prefix(first.size());
    return rule.substr(rule.find_first_not_of("+-:0123456789")).starts_with(written(summer));
}

// Whether cctz wrote out the rule for 400 years. Before version 2.4 it does not, or with a wrong offset (CET in Lisbon),
// if a file lists less than one year of changes under its rule, as those of `zic -b slim` may.
bool follows(reading const& read, std::string_view rule) {
    auto const& periods = read.periods;
    auto const is_same = [](zone_period const& left, zone_period const& right) {
        return left.offset_seconds == right.offset_seconds && left.abbreviation == right.abbreviation;
    };
    if (periods.size() < 3) return false;
    auto const last = periods.end() - 1;
    auto const& one = read.abbreviations[last->abbreviation];
    auto const& other = read.abbreviations[last[-1].abbreviation];
    if (!names_both(rule, one, other) && !names_both(rule, other, one)) return false;
    // The last change must be there 400 years before as well: then all that follows is known.
    auto const first = std::find_if(periods.begin(), last, [&](zone_period const& period) {
        return period.from == last->from - seconds_per_cycle;
    });
    return first != last && first != periods.begin() && is_same(*first, *last) && is_same(first[-1], last[-1]);
}

}  // namespace

zone_table::zone_table(std::vector<zone_period> periods, std::vector<std::string> abbreviations, bool repeats)
    : periods_{std::move(periods)}, abbreviations_{std::move(abbreviations)} {
    auto const last = periods_.back().from;
    if (repeats) repeats_from_ = last - walk_seconds;
    periods_.push_back({always, 0, 0});
    steps_from_ = periods_[1].from;
    std::uint16_t period = 0;
    for (auto step = steps_from_; step <= last; step += std::int64_t{1} << step_bits) {
        while (periods_[period + 1U].from <= step) ++period;
        steps_.push_back(period);
    }
}

result<zone_table, std::string> read_zone_table(std::string const& path) {
    auto const unusable = [&] { return failed{fmt::format("{} is no zone file that can be used", path)}; };
    // Names mean more to cctz than paths do ("UTC", "Fixed/UTC+01:00:00", "libc:localtime", or a file of ${TZDIR}).
    if (!path.starts_with('/')) return unusable();
    try {
        auto const rule = rule_of(path);
        cctz::time_zone zone;
        reading read;
        if (!rule || !cctz::load_time_zone(path, &zone) || !read_periods(zone, read)) return unusable();
        if (has_changes(*rule) && !follows(read, *rule)) {
            return failed{
                fmt::format("{} ends with the rule {}, which cctz cannot follow here; zone files made with "
                            "`zic -b fat`, or cctz 2.4, would do",
                            path, quoted(*rule))};
        }
        return zone_table{std::move(read.periods), std::move(read.abbreviations), has_changes(*rule)};
    } catch (std::exception const&) {  // no memory, or sizes that no vector can have
        return unusable();
    }
}

}  // namespace recourse
