// The offsets of one zone, flat: a list of periods, found through an index of equal steps, and a rule that repeats.
//
//     result<zone_table, std::string> table = read_zone_table("/usr/share/zoneinfo/Europe/Brussels");
//     table->at(1'774'746'000).period->offset_seconds    // 7200: 2026-03-29T01:00:00Z, summer time begins
//     read_zone_table("/dev/null").error()               // "/dev/null is no zone file that can be used"
//
// Times are whole seconds since 1970 in UTC, offsets are local minus UTC.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

struct zone_period {
    std::int64_t from;            // to the `from` of the next in the table
    std::int32_t offset_seconds;  // less than a day, either way
    std::uint32_t abbreviation;   // an index
};

// The Gregorian calendar repeats after 400 years, to the weekday, and with it every rule "last Sunday in March".
inline constexpr std::int64_t seconds_per_cycle = 146'097 * seconds_per_day;

// Before and after everything that is asked, and far from the limits of the type.
inline constexpr std::int64_t always = std::int64_t{1} << 60;

class zone_table {
  public:
    // The first period begins at -always, an end mark follows the last. With `repeats`, the periods of the last 400
    // years come again and again after it.
    zone_table(std::vector<zone_period> periods, std::vector<std::string> abbreviations, bool repeats);

    struct place {
        zone_period const* period;  // period[1] is the next, or the end mark
        std::int64_t moved;         // what to add to the times of the period: a multiple of 400 years, mostly 0
    };
    [[nodiscard]] place at(std::int64_t utc) const noexcept {
        std::int64_t moved = 0;
        if (utc >= repeats_from_) {
            moved = ((utc - repeats_from_) / seconds_per_cycle + 1) * seconds_per_cycle;
            utc -= moved;
        }
        std::size_t period = 0;
        if (utc >= steps_from_) {
            auto const step = static_cast<std::size_t>(utc - steps_from_) >> step_bits;
            period = steps_[step < steps_.size() ? step : steps_.size() - 1];
        }
        while (periods_[period + 1].from <= utc) ++period;
        return {&periods_[period], moved};
    }
    [[nodiscard]] std::string const& abbreviation(zone_period const& period) const {
        return abbreviations_[period.abbreviation];
    }

  private:
    static constexpr unsigned step_bits = 24;  // 194 days: rarely more than one change in a step

    std::vector<zone_period> periods_;
    std::vector<std::string> abbreviations_;
    std::vector<std::uint16_t> steps_;  // the period in force where each step begins
    std::int64_t steps_from_ = 0;
    std::int64_t repeats_from_ = always;
};

// Reads a zone file by its whole path. The error is a sentence.
result<zone_table, std::string> read_zone_table(std::string const& path);

}  // namespace recourse
