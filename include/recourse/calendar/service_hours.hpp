// Service hours: when somebody is at work, as windows of the week in a zone, compiled to open time that is counted at once.
//
//     service_hours const desk{.name = "desk", .zone = berlin, .windows = {{monday_to_friday, 9 * 3'600, 17 * 3'600}}};
//     auto const schedule = *service_schedule::make(desk, to_date({2015, 1, 1}), to_date({2040, 12, 31}));
//     to_text(*schedule.add(friday_16h, 2 * 3'600, edge_convention::close))    // Monday 10:00 in Berlin, in UTC
//     *schedule.between(friday_16h, monday_10h)                                // 7200
//     schedule.add(friday_16h, 1'000'000'000, edge_convention::close).error()  // beyond 2040-12-31: never a guess
//
// Seconds are elapsed time, also where the clocks change. A window that closes at or before its opening is overnight and
// belongs to the day on which it opens; 24:00 is 00:00 of the next date. Every edge becomes an instant as
// choose::compatible says; a window that is empty after that is dropped, and windows that overlap or touch are one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/date.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

// In local seconds of the day, 0 to 86400.
struct service_window {
    weekday_set days = monday_to_friday;
    std::int32_t open_seconds = 0;
    std::int32_t close_seconds = 0;
    bool operator==(service_window const&) const = default;
};

struct dated_window {
    date day;
    std::int32_t open_seconds = 0;
    std::int32_t close_seconds = 0;
    bool operator==(dated_window const&) const = default;
};

// What a half day of the calendar does to the windows that open on it.
enum class half_day_rule : unsigned char {
    shortened,  // its closed part is cut out of them; a part closed until 24:00 takes their tail after midnight too
    open,
    closed,
};
template <>
inline constexpr std::array<std::string_view, 3> wire_names<half_day_rule>{"shortened", "open", "closed"};

struct service_hours {
    std::string name{};  // stands in errors; may be empty
    time_zone zone;
    std::vector<service_window> windows{};
    // No window opens on a holiday; what the day before left open runs on into it.
    std::vector<date> holidays{};
    // Cut out by local time, before edges become instants, from whatever window they meet: that of a shift and the tail
    // of the night before too. One that closes at or before its opening runs into the next date, as a window does.
    std::vector<dated_window> breaks{};
    // In the place of the windows of their date, on holidays and closed days of the calendar too; those of one date add
    // up.
    std::vector<dated_window> shifts{};
    // A worked weekend of the calendar that has no windows of its own has those of this weekday.
    std::optional<weekday> worked_weekend_as = weekday::monday;
    half_day_rule half_days = half_day_rule::shortened;
};

inline constexpr std::size_t service_windows_max = 168;   // one for every hour of a week
inline constexpr std::size_t service_dates_max = 10'000;  // of holidays, of breaks and of shifts
inline constexpr std::int32_t horizon_days_max = 36'525;  // a hundred years

// Where time stands that runs out exactly on the edge of a window.
enum class edge_convention : unsigned char {
    close,  // on that edge: the closing instant going forward, the opening instant going back
    open,   // past it: on the next opening instant going forward, on the previous closing instant going back
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<edge_convention>{"close", "open"};

enum class schedule_gap_kind : unsigned char {
    question,       // was asked about a day that is not compiled
    answer,         // lies beyond `day`, the first or the last that is compiled
    never_open,     // no window opens any more beyond `day`
    calendar_data,  // the calendar has none for `day`
};

// Why a question has no answer.
struct schedule_gap {
    schedule_gap_kind kind = schedule_gap_kind::question;
    date day;
    std::string schedule;
    std::string calendar;  // of calendar_data
    bool operator==(schedule_gap const&) const = default;
};

std::string to_text(schedule_gap const&);

struct open_interval {
    instant opens;
    instant closes;  // exclusive
    bool operator==(open_interval const&) const = default;
};

struct service_rules;  // service hours, checked and put in order

// Service hours compiled for the days of a horizon. Immutable, safe from several threads; large, so pass it by reference.
// Instants keep their fraction of a second: an hour added to 10:00:00.250000 is 11:00:00.250000.
class service_schedule {
  public:
    // A calendar closes the days that it closes, and is not needed afterwards; a year that it does not cover is an error.
    // If it does not cover the days before the horizon, the horizon begins where their overnight windows would end.
    // The error says which field is wrong and what would be right.
    static result<service_schedule, std::string> make(service_hours hours, date first_day, date last_day,
                                                      business_calendar const* calendar = nullptr);

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] time_zone const& zone() const noexcept { return zone_; }
    [[nodiscard]] date first_day() const noexcept { return first_day_; }
    [[nodiscard]] date last_day() const noexcept { return last_day_; }
    [[nodiscard]] instant horizon_start() const noexcept { return start_; }
    [[nodiscard]] instant horizon_end() const noexcept { return end_; }  // exclusive, but a question may stand on it
    [[nodiscard]] std::size_t bytes() const noexcept;                    // with everything it owns

    // The instant at which so many open seconds have passed; negative seconds go back. 0 gives `from` if it is open,
    // otherwise the next opening, under both conventions.
    [[nodiscard]] result<instant, schedule_gap> add(instant from, std::int64_t seconds,
                                                    edge_convention convention) const;

    // Open seconds in [from, to), a fraction cut off; negative when `to` is earlier.
    [[nodiscard]] result<std::int64_t, schedule_gap> between(instant from, instant to) const;

    // Windows are half open: open on the opening instant, closed on the closing one.
    [[nodiscard]] result<bool, schedule_gap> is_open(instant at) const;

    // "Next" is after the instant, "previous" is at it or before. An edge on the end of the horizon is none: the window
    // may run on.
    [[nodiscard]] result<instant, schedule_gap> next_opening(instant at) const;
    [[nodiscard]] result<instant, schedule_gap> previous_opening(instant at) const;
    [[nodiscard]] result<instant, schedule_gap> next_closing(instant at) const;
    [[nodiscard]] result<instant, schedule_gap> previous_closing(instant at) const;

    // What is open in [from, to), for an explanation; cut at both ends.
    [[nodiscard]] result<std::vector<open_interval>, schedule_gap> open_intervals(instant from, instant to) const;

  private:
    friend class growing_schedule;

    // In seconds from the start of the horizon. Mark 0 stands on the start, then comes one for each open interval, then
    // the end mark on the end of the horizon, and two past every time, so that a look at the next two finds them.
    struct mark {
        std::uint32_t opens = 0;
        std::uint32_t open_before = 0;  // open seconds from the start of the horizon
    };
    // For each stretch of 2^shift seconds the last mark at or before its start; narrow as long as the numbers fit.
    struct index {
        unsigned shift = 0;
        std::vector<std::uint16_t> narrow;
        std::vector<std::uint32_t> wide;
    };
    struct position {
        std::size_t at = 0;  // the last mark at or before the instant
        std::uint32_t since_start = 0;
        std::uint32_t microseconds = 0;
    };
    enum class side : unsigned char { first, last };  // of the instants with the same open time before them
    static side side_of(std::int64_t seconds, edge_convention convention) noexcept;

    service_schedule(service_rules const& rules, date first_day, date last_day);
    [[nodiscard]] std::size_t end_mark() const noexcept { return marks_.size() - 3; }
    [[nodiscard]] index index_of(std::uint32_t mark::*key) const;
    [[nodiscard]] std::size_t last_mark(index const& among, std::uint32_t mark::*key,
                                        std::uint32_t value) const noexcept;
    [[nodiscard]] bool holds(instant at) const noexcept { return start_ <= at && at <= end_; }
    [[nodiscard]] position position_of(instant at) const noexcept;
    [[nodiscard]] std::int64_t open_microseconds_before(position const& where) const noexcept;
    [[nodiscard]] std::uint32_t open_seconds_in(std::size_t number) const noexcept;
    [[nodiscard]] std::uint32_t closes(std::size_t number) const noexcept;
    [[nodiscard]] instant instant_of(std::uint32_t since_start) const noexcept;
    [[nodiscard]] result<instant, schedule_gap> shifted(instant from, std::int64_t microseconds, side on) const;
    [[nodiscard]] failed<schedule_gap> not_held(instant at) const;
    [[nodiscard]] failed<schedule_gap> beyond(date day) const;

    std::string name_;
    time_zone zone_;
    date first_day_;
    date last_day_;
    instant start_;
    instant end_;
    std::int64_t open_microseconds_ = 0;
    std::vector<mark> marks_;
    index by_time_;
    index by_open_time_;
};

// Service hours without a horizon: a few days around the question are compiled, and more until the answer fits. For one
// question, or several about the same time; a single-threaded value, which keeps what it compiled last.
class growing_schedule {
  public:
    // The calendar must live as long as the schedule.
    static result<growing_schedule, std::string> make(service_hours hours, business_calendar const* calendar = nullptr);

    // As those of service_schedule, over the years 1 to 9999 and those of the calendar.
    [[nodiscard]] result<instant, schedule_gap> add(instant from, std::int64_t seconds, edge_convention convention);
    [[nodiscard]] result<std::int64_t, schedule_gap> between(instant from, instant to);
    [[nodiscard]] result<bool, schedule_gap> is_open(instant at);

    // What is compiled now; a null pointer before the first question.
    [[nodiscard]] service_schedule const* compiled() const noexcept { return part_ ? &*part_ : nullptr; }

  private:
    explicit growing_schedule(std::shared_ptr<service_rules const> rules) noexcept : rules_{std::move(rules)} {}
    [[nodiscard]] result<service_schedule const*, schedule_gap> compiled_for(instant at, std::int64_t days);
    [[nodiscard]] result<instant, schedule_gap> walked(instant from, std::int64_t microseconds,
                                                       service_schedule::side on, bool back);
    [[nodiscard]] std::optional<instant> resting_until(instant at, bool back) const;
    [[nodiscard]] schedule_gap end_of_search(bool back) const;

    std::shared_ptr<service_rules const> rules_;
    std::optional<service_schedule> part_;
};

}  // namespace recourse
