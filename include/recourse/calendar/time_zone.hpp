// A time zone of the system's tzdata: local time from an instant, an instant from local time, the edges of local days.
//
//     time_zone const brussels = *time_zone::find("Europe/Brussels");
//     to_text(brussels.to_local(*parse_instant("2026-03-06T13:05:09Z")))    // "2026-03-06 14:05:09 CET"
//     to_text(brussels.end_of_day(to_date({2026, 3, 6})))                   // "2026-03-06T23:00:00Z", exclusive
//     due_in_words(*parse_instant("2026-03-06T23:00:00Z"), brussels)        // "Fri 6 Mar 2026 24:00 Europe/Brussels"
//     time_zone::find("Europe/Brusels").error()                             // ... did you mean Europe/Brussels?
//
// Years for which the data lists no clock changes, mostly those after 2037, follow the rule at the end of the zone's
// file. Neither the environment nor the machine's own zone has any influence.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/date.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

struct local_time {
    date day;
    std::int32_t seconds_of_day = 0;
    std::int32_t microseconds = 0;
    std::int32_t offset_seconds = 0;  // local minus UTC
    std::string abbreviation;         // "CET"; not unique in the world, for people only
    bool operator==(local_time const&) const = default;
};

std::string to_text(local_time const&);  // "2026-03-06 14:05:09 CET"

// Which instant a local time means that the clocks skip (a gap) or show twice (a fold).
enum class choose : unsigned char {
    compatible,  // a gap as later, a fold as earlier: RFC 5545 section 3.3.5
    earlier,     // a gap moved back by its length, the first of a fold
    later,       // a gap moved forward by its length, the second of a fold
    reject,      // an error for both
};

template <>
inline constexpr std::array<std::string_view, 4> wire_names<choose>{"compatible", "earlier", "later", "reject"};

enum class local_kind : unsigned char { unique, gap, fold };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<local_kind>{"unique", "gap", "fold"};

struct resolved_time {
    instant at;
    local_kind kind = local_kind::unique;
    bool operator==(resolved_time const&) const = default;
};

// One offset from `from` to the `from` of the next.
struct offset_span {
    instant from;
    std::int32_t offset_seconds = 0;  // local minus UTC
    bool operator==(offset_span const&) const = default;
};

// A handle: cheap to copy, valid until the program ends, safe from several threads.
class time_zone {
  public:
    // Exact IANA names: "Europe/Brussels", "UTC". The error is a sentence with the nearest right names.
    static result<time_zone, std::string> find(std::string_view name);

    [[nodiscard]] std::string_view name() const noexcept;
    [[nodiscard]] local_time to_local(instant at) const;
    [[nodiscard]] result<resolved_time, std::string> to_instant(date day, std::int32_t seconds_of_day,
                                                                choose rule = choose::compatible) const;

    // The first instant whose local date is `day` or later, also where midnight or the whole day is skipped; where
    // midnight comes twice, the first. For the days that instants have.
    [[nodiscard]] instant start_of_day(date day) const;
    // The first instant that is no longer in `day`: exclusive.
    [[nodiscard]] instant end_of_day(date day) const { return start_of_day(plus_days(day, 1)); }
    [[nodiscard]] date local_date(instant at) const;

    [[nodiscard]] std::int32_t offset_at(instant at) const;
    // The offsets in force in [from, to), each unlike the one before it; the first is in force at `from`. An empty time
    // has none. A new name alone is no change (EWT became EPT in New York in 1945).
    [[nodiscard]] std::vector<offset_span> offsets_between(instant from, instant to) const;

    friend bool operator==(time_zone const&, time_zone const&) = default;

  private:
    struct zone;
    struct zones;
    explicit time_zone(zone const* known) noexcept : zone_{known} {}
    zone const* zone_;
};

// For people: "Fri 6 Mar 2026 14:05:09 Europe/Brussels (CET)".
std::string in_words(instant at, time_zone const& zone);

// The same for an exclusive end: the start of a local day is shown as the end of the day before it,
// "Fri 6 Mar 2026 24:00 Europe/Brussels".
std::string due_in_words(instant due, time_zone const& zone);

// The release of the system's tzdata, such as "2026f"; "unknown" if the system does not say.
std::string_view zone_data_version();

}  // namespace recourse
