// Time zones by Howard Hinnant's date library over the zone files of the system.
#include "recourse/calendar/time_zone.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <exception>
#include <fstream>
#include <utility>
#include <vector>

#include <date/tz.h>
#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

static_assert(USE_OS_TZDB, "the library reads the system's zone files: build with the target date::date-tz");

namespace recourse {

namespace {

using std::chrono::seconds;

constexpr std::size_t zone_name_bytes_max = 64;
constexpr std::size_t suggestions_max = 3;

::date::time_zone const& zone_of(void const* handle) { return *static_cast<::date::time_zone const*>(handle); }

::date::sys_seconds whole_seconds(instant at) {
    return std::chrono::floor<seconds>(
        ::date::sys_time<std::chrono::microseconds>{std::chrono::microseconds{at.microseconds}});
}

::date::local_seconds local_seconds_of(date day, std::int32_t seconds_of_day) {
    return ::date::local_seconds{seconds{day.days * seconds_per_day + seconds_of_day}};
}

instant instant_at(::date::local_seconds local, seconds offset) {
    return {(local.time_since_epoch() - offset).count() * microseconds_per_second};
}

instant instant_of(::date::sys_seconds point) { return {point.time_since_epoch().count() * microseconds_per_second}; }

constexpr bool is_zone_letter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           letter == '/' || letter == '_' || letter == '+' || letter == '-';
}

std::string folded(std::string_view text) {
    std::string plain{text};
    for (char& letter : plain) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return plain;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t at = 0; at < row.size(); ++at) row[at] = at;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            std::size_t const changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

// Other capitals come first, then a city without its continent, then up to two letters wrong.
std::string nearest_names(std::string_view asked) {
    struct candidate {
        std::size_t distance;
        std::string_view name;
    };
    std::vector<candidate> near;
    auto const wanted = folded(asked);
    for (auto const& zone : ::date::get_tzdb().zones) {
        std::string_view const name = zone.name();
        auto const known = folded(name);
        bool const is_city = known.ends_with('/' + wanted);
        auto const distance = is_city ? 1 : edit_distance(wanted, known);
        if (distance <= 2 && 2 * distance < known.size()) near.push_back({distance, name});
    }
    std::stable_sort(near.begin(), near.end(),
                     [](candidate const& left, candidate const& right) { return left.distance < right.distance; });
    std::string text;
    for (std::size_t at = 0; at < near.size() && at < suggestions_max; ++at) {
        text += at == 0 ? "; did you mean " : " or ";
        text += near[at].name;
    }
    return near.empty() ? text : text + '?';
}

std::string read_zone_data_version() {
    for (auto const& [path, prefix] : {std::pair{"/usr/share/zoneinfo/tzdata.zi", std::string_view{"# version "}},
                                       std::pair{"/usr/share/zoneinfo/+VERSION", std::string_view{}}}) {
        std::string line;
        std::ifstream file{path};
        if (!std::getline(file, line) || !line.starts_with(prefix)) continue;
        line.erase(0, prefix.size());
        bool const plain = !line.empty() && line.size() <= 16 && std::all_of(line.begin(), line.end(), is_zone_letter);
        if (plain) return line;
    }
    return "unknown";
}

std::string clock_text(local_time const& local) {
    auto text = fmt::format("{:02}:{:02}:{:02}", local.seconds_of_day / 3'600, local.seconds_of_day / 60 % 60,
                            local.seconds_of_day % 60);
    if (local.microseconds != 0) text += fmt::format(".{:06}", local.microseconds);
    return text;
}

}  // namespace

result<time_zone, std::string> time_zone::find(std::string_view name) {
    bool const shaped = !name.empty() && name.size() <= zone_name_bytes_max && name.front() != '/' &&
                        std::all_of(name.begin(), name.end(), is_zone_letter);
    if (!shaped) return failed{fmt::format("{} is not the name of a time zone, such as Europe/Brussels", quoted(name))};
    // "localtime" is the setting of this machine: the same dispute would end at another time elsewhere.
    if (name == "localtime") {
        return failed{std::string{"localtime is not a time zone; name one, such as Europe/Brussels"}};
    }
    try {
        auto const& zones = ::date::get_tzdb().zones;
        auto const known =
            std::lower_bound(zones.begin(), zones.end(), name,
                             [](auto const& zone, std::string_view wanted) { return zone.name() < wanted; });
        if (known == zones.end() || known->name() != name) {
            return failed{fmt::format("there is no time zone {}{}", quoted(name), nearest_names(name))};
        }
        (void)known->get_info(::date::sys_seconds{});  // reads the zone's file now, so that nothing later can fail
        return time_zone{&*known};
    } catch (std::exception const& broken) {
        return failed{fmt::format("the zone data of the system cannot be read: {}", broken.what())};
    }
}

std::string_view time_zone::name() const noexcept { return zone_of(zone_).name(); }

local_time time_zone::to_local(instant at) const {
    auto const utc = whole_seconds(at);
    auto info = zone_of(zone_).get_info(utc);
    std::int64_t const since = (utc.time_since_epoch() + info.offset).count();
    auto const microseconds =
        (at.microseconds % microseconds_per_second + microseconds_per_second) % microseconds_per_second;
    auto const seconds_of_day = (since % seconds_per_day + seconds_per_day) % seconds_per_day;
    return {{static_cast<std::int32_t>((since - seconds_of_day) / seconds_per_day)},
            static_cast<std::int32_t>(seconds_of_day),
            static_cast<std::int32_t>(microseconds),
            static_cast<std::int32_t>(info.offset.count()),
            std::move(info.abbrev)};
}

date time_zone::local_date(instant at) const { return to_local(at).day; }

result<resolved_time, std::string> time_zone::to_instant(date day, std::int32_t seconds_of_day, choose rule) const {
    if (seconds_of_day < 0 || seconds_of_day >= seconds_per_day) {
        return failed{fmt::format("second {} of a day does not exist; seconds run from 0 to 86399", seconds_of_day)};
    }
    if (day < first_date || day > last_date) {
        return failed{fmt::format("the day {} is outside the years 0001 to 9999", to_text(day))};
    }
    auto const local = local_seconds_of(day, seconds_of_day);
    auto const found = zone_of(zone_).get_info(local);
    if (found.result == ::date::local_info::unique) {
        return resolved_time{instant_at(local, found.first.offset), local_kind::unique};
    }
    bool const gap = found.result == ::date::local_info::nonexistent;
    if (rule == choose::reject) {
        return failed{fmt::format("{} {:02}:{:02}:{:02} {} in {}", to_text(day), seconds_of_day / 3'600,
                                  seconds_of_day / 60 % 60, seconds_of_day % 60,
                                  gap ? "is skipped by the clocks" : "comes twice", name())};
    }
    bool const later = rule == choose::later || (rule == choose::compatible && gap);
    // In a gap the offset from before the change gives the later instant, in a fold the one from after it.
    auto const offset = later == gap ? found.first.offset : found.second.offset;
    return resolved_time{instant_at(local, offset), gap ? local_kind::gap : local_kind::fold};
}

instant time_zone::start_of_day(date day) const {
    assert(first_date.days - 1 <= day.days && day.days <= last_date.days + 2);
    auto const midnight = local_seconds_of(day, 0);
    auto const found = zone_of(zone_).get_info(midnight);
    if (found.result == ::date::local_info::nonexistent) return instant_of(found.first.end);
    return instant_at(midnight, found.first.offset);
}

std::string to_text(local_time const& local) {
    return fmt::format("{} {} {}", to_text(local.day), clock_text(local), local.abbreviation);
}

std::string in_words(instant at, time_zone const& zone) {
    auto const local = zone.to_local(at);
    return fmt::format("{} {} {} ({})", to_words(local.day), clock_text(local), zone.name(), local.abbreviation);
}

std::string due_in_words(instant due, time_zone const& zone) {
    if (zone.start_of_day(zone.local_date(due)) != due) return in_words(due, zone);
    // The date a moment before, not yesterday's number: a whole day may have been skipped.
    return fmt::format("{} 24:00 {}", to_words(zone.local_date({due.microseconds - 1})), zone.name());
}

std::string_view zone_data_version() {
    static std::string const version = read_zone_data_version();
    return version;
}

}  // namespace recourse
