// Time zones over the zone files of the system: each is read when it is first asked for, and kept.
#include "recourse/calendar/time_zone.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <fstream>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "calendar/zone_names.hpp"
#include "calendar/zone_table.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr char const zone_folder[] = "/usr/share/zoneinfo";
constexpr std::size_t zone_name_bytes_max = 64;

constexpr std::int64_t whole(std::int64_t amount, std::int64_t unit) {  // rounded down, also before 1970
    return amount / unit - (amount % unit < 0 ? 1 : 0);
}

constexpr std::int64_t utc_seconds(instant at) { return whole(at.microseconds, microseconds_per_second); }

constexpr instant instant_of(std::int64_t utc) { return {utc * microseconds_per_second}; }

constexpr std::int64_t local_seconds(date day, std::int32_t seconds_of_day) {
    return day.days * seconds_per_day + seconds_of_day;
}

// What the clocks of a zone do when they should show a local time.
struct local_meaning {
    local_kind kind;
    std::int32_t offset_before;  // of a gap or fold; the only offset where a local time is unique
    std::int32_t offset_after;
    std::int64_t change;  // of a gap or fold, in UTC
};

local_meaning meaning_of(std::int64_t local, zone_table const& table) {
    // A day back every clock shows less than `local`; from there on, change by change.
    auto const [start, moved] = table.at(local - seconds_per_day);
    local -= moved;
    for (auto const* before = start;; ++before) {
        auto const* const after = before + 1;
        auto const stops = after->from + before->offset_seconds;
        auto const goes_on = after->from + after->offset_seconds;
        if (local < std::min(stops, goes_on)) {
            return {local_kind::unique, before->offset_seconds, before->offset_seconds, 0};
        }
        if (local >= std::max(stops, goes_on)) continue;
        return {stops < goes_on ? local_kind::gap : local_kind::fold, before->offset_seconds, after->offset_seconds,
                after->from + moved};
    }
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

struct time_zone::zone {
    std::string name;
    zone_table table;
};

// All zones, by name. Reading a file is slow and takes turns; a zone that is read is found without waiting.
struct time_zone::zones {
    explicit zones(result<std::vector<std::string>, std::string> found)
        : names{std::move(found)}, known(names ? names->size() : 0) {}

    // Kept to the very end of the program, where destructors of the host may still show a date.
    static zones& of_system() {
        static auto& all = *new zones{zone_names(zone_folder)};
        return all;
    }

    result<zone const*, std::string> at(std::size_t index) {
        if (auto const* const read = known[index].load(std::memory_order_acquire)) return read;
        std::lock_guard const turn{reading};
        if (auto const* const read = known[index].load(std::memory_order_relaxed)) return read;
        auto const& name = (*names)[index];
        auto table = read_zone_table(fmt::format("{}/{}", zone_folder, name));
        if (!table) return failed{std::move(table).error()};
        auto const* const read = new zone{name, *std::move(table)};
        known[index].store(read, std::memory_order_release);
        return read;
    }

    result<std::vector<std::string>, std::string> const names;
    std::vector<std::atomic<zone const*>> known;
    std::mutex reading;
};

result<time_zone, std::string> time_zone::find(std::string_view name) {
    bool const shaped = !name.empty() && name.size() <= zone_name_bytes_max && name.front() != '/' &&
                        std::all_of(name.begin(), name.end(), is_zone_letter);
    if (!shaped) return failed{fmt::format("{} is not the name of a time zone, such as Europe/Brussels", quoted(name))};
    // "localtime" is the setting of this machine: the same dispute would end at another time elsewhere.
    if (name == "localtime") {
        return failed{std::string{"localtime is not a time zone; name one, such as Europe/Brussels"}};
    }
    auto const unreadable = [](std::string const& why) {
        return failed{fmt::format("the zone data of the system cannot be read: {}", why)};
    };
    auto& all = zones::of_system();
    if (!all.names) return unreadable(all.names.error());
    auto const known = std::lower_bound(all.names->begin(), all.names->end(), name);
    if (known == all.names->end() || *known != name) {
        auto const near = nearest_names(name, *all.names);
        auto const question = near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, " or "));
        return failed{fmt::format("there is no time zone {}{}", quoted(name), question)};
    }
    auto const found = all.at(static_cast<std::size_t>(known - all.names->begin()));
    if (!found) return unreadable(found.error());
    return time_zone{*found};
}

std::string_view time_zone::name() const noexcept { return zone_->name; }

local_time time_zone::to_local(instant at) const {
    auto const utc = utc_seconds(at);
    auto const& period = *zone_->table.at(utc).period;
    auto const local = utc + period.offset_seconds;
    auto const day = whole(local, seconds_per_day);
    auto const microseconds = at.microseconds % microseconds_per_second;
    return {{static_cast<std::int32_t>(day)},
            static_cast<std::int32_t>(local - day * seconds_per_day),
            static_cast<std::int32_t>(microseconds < 0 ? microseconds + microseconds_per_second : microseconds),
            period.offset_seconds,
            zone_->table.abbreviation(period)};
}

date time_zone::local_date(instant at) const {
    auto const utc = utc_seconds(at);
    return {static_cast<std::int32_t>(whole(utc + zone_->table.at(utc).period->offset_seconds, seconds_per_day))};
}

std::int32_t time_zone::offset_at(instant at) const { return zone_->table.at(utc_seconds(at)).period->offset_seconds; }

std::vector<offset_span> time_zone::offsets_between(instant from, instant to) const {
    std::vector<offset_span> spans;
    while (from < to) {
        auto const [period, moved] = zone_->table.at(utc_seconds(from));
        if (spans.empty() || spans.back().offset_seconds != period->offset_seconds) {
            spans.push_back({from, period->offset_seconds});
        }
        auto const next = period[1].from + moved;
        if (next > utc_seconds(to)) break;
        from = instant_of(next);
    }
    return spans;
}

result<resolved_time, std::string> time_zone::to_instant(date day, std::int32_t seconds_of_day, choose rule) const {
    if (seconds_of_day < 0 || seconds_of_day >= seconds_per_day) {
        return failed{fmt::format("second {} of a day does not exist; seconds run from 0 to 86399", seconds_of_day)};
    }
    if (day < first_date || day > last_date) {
        return failed{fmt::format("the day {} is outside the years 0001 to 9999", to_text(day))};
    }
    auto const local = local_seconds(day, seconds_of_day);
    auto const found = meaning_of(local, zone_->table);
    bool const gap = found.kind == local_kind::gap;
    if (rule == choose::reject && found.kind != local_kind::unique) {
        return failed{fmt::format("{} {:02}:{:02}:{:02} {} in {}", to_text(day), seconds_of_day / 3'600,
                                  seconds_of_day / 60 % 60, seconds_of_day % 60,
                                  gap ? "is skipped by the clocks" : "comes twice", name())};
    }
    bool const later = rule == choose::later || (rule == choose::compatible && gap);
    // In a gap the offset from before the change gives the later instant, in a fold the one from after it.
    return resolved_time{instant_of(local - (later == gap ? found.offset_before : found.offset_after)), found.kind};
}

instant time_zone::start_of_day(date day) const {
    assert(first_date.days - 1 <= day.days && day.days <= last_date.days + 2);
    auto const midnight = local_seconds(day, 0);
    auto const found = meaning_of(midnight, zone_->table);
    return instant_of(found.kind == local_kind::gap ? found.change : midnight - found.offset_before);
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
