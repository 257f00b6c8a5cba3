// A time zone of the system's tzdata: local time from an instant, an instant from local time, the edges of local days.
//
//     time_zone const brussels = *time_zone::find("Europe/Brussels");
//     to_text(brussels.to_local(*parse_instant("2026-03-06T13:05:09Z")))    // "2026-03-06 14:05:09 CET"
//     to_text(brussels.end_of_day(to_date({2026, 3, 6})))                   // "2026-03-06T23:00:00Z", exclusive
//     due_in_words(*parse_instant("2026-03-06T23:00:00Z"), brussels)        // "Fri 6 Mar 2026 24:00 Europe/Brussels"
//     time_zone::find("Europe/Brusels").error()                             // ... did you mean Europe/Brussels?
//
// The data lists clock changes to the end of 2037; later instants keep the zone's last offset.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/calendar/date.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"

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

enum class local_kind : unsigned char { unique, gap, fold };

struct resolved_time {
    instant at;
    local_kind kind = local_kind::unique;
    bool operator==(resolved_time const&) const = default;
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

    friend bool operator==(time_zone const&, time_zone const&) = default;

  private:
    explicit time_zone(void const* zone) noexcept : zone_{zone} {}
    void const* zone_;  // untyped, since the name of the zone library's namespace is taken here: date
};

// For people: "Fri 6 Mar 2026 14:05:09 Europe/Brussels (CET)".
std::string in_words(instant at, time_zone const& zone);

// The same for an exclusive end: the start of a local day is shown as the end of the day before it,
// "Fri 6 Mar 2026 24:00 Europe/Brussels".
std::string due_in_words(instant due, time_zone const& zone);

// The release of the system's tzdata, such as "2026f"; "unknown" if the system does not say.
std::string_view zone_data_version();

}  // namespace recourse
