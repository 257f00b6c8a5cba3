// Service hours over random schedules in zones with odd clocks: against a count second by second of what is open, written
// from the rules alone, and against themselves.
#include <rapidcheck.h>

#include <algorithm>
#include <ostream>

#include "properties/properties.hpp"
#include "recourse/calendar/service_hours.hpp"

namespace recourse {

std::ostream& operator<<(std::ostream& out, dated_window const& one) {
    return out << to_text(one.day) << " " << one.open_seconds << "-" << one.close_seconds;
}
std::ostream& operator<<(std::ostream& out, service_window const& one) {
    return out << int{one.days.bits} << " " << one.open_seconds << "-" << one.close_seconds;
}

}  // namespace recourse

using namespace recourse;

namespace {

struct change {
    std::string_view zone;
    date day;
};

// A week about each is asked about; quarters of an hour are as fine as these clocks and the windows below go.
constexpr change changes[] = {
    {"Europe/Berlin", to_date({2026, 3, 29})},
    {"Europe/Berlin", to_date({2026, 10, 25})},
    {"Australia/Lord_Howe", to_date({2025, 10, 5})},  // half an hour
    {"Australia/Lord_Howe", to_date({2026, 4, 5})},
    {"Africa/Casablanca", to_date({2026, 2, 15})},
    {"Africa/Casablanca", to_date({2026, 3, 22})},
    {"Pacific/Apia", to_date({2011, 12, 30})},      // skipped
    {"America/St_Johns", to_date({2006, 10, 29})},  // at 00:01
    {"America/Sao_Paulo", to_date({2018, 11, 4})},
    {"America/Sao_Paulo", to_date({2018, 2, 18})},
    {"America/Havana", to_date({2022, 11, 6})},
    {"Asia/Kathmandu", to_date({2026, 3, 6})},
    {"UTC", to_date({2026, 3, 6})},
};
constexpr std::int32_t quarter = 900;

struct subject {
    service_hours hours;
    date middle;
};

rc::Gen<std::int32_t> any_quarter() {
    return rc::gen::map(rc::gen::inRange(0, 97), [](int count) { return count * quarter; });
}

date any_day(date middle) { return plus_days(middle, *rc::gen::inRange(-4, 5)); }

std::vector<dated_window> any_dated(date middle, int most) {
    std::vector<dated_window> made(static_cast<std::size_t>(*rc::gen::inRange(0, most + 1)));
    for (auto& one : made) one = {any_day(middle), *any_quarter(), *any_quarter()};
    RC_LOG() << "dated " << rc::toString(made) << "\n";
    return made;
}

subject any_subject() {
    auto const& [zone, middle] = changes[*rc::gen::inRange<std::size_t>(0, std::size(changes))];
    service_hours hours{.name = "any", .zone = time_zone::find(zone).value()};
    hours.windows.resize(static_cast<std::size_t>(*rc::gen::inRange(1, 5)));
    for (auto& one : hours.windows) {
        one = {{static_cast<std::uint8_t>(*rc::gen::inRange(1, 128))}, *any_quarter(), *any_quarter()};
    }
    RC_LOG() << zone << " " << rc::toString(hours.windows) << "\n";
    if (*rc::gen::inRange(0, 2) == 1) hours.holidays = {any_day(middle), any_day(middle)};
    for (auto const day : hours.holidays) RC_LOG() << "holiday " << to_text(day) << "\n";
    hours.breaks = any_dated(middle, 3);
    hours.shifts = any_dated(middle, 3);
    return {std::move(hours), middle};
}

// The windows of the days about the middle as instants, one by one and in no order, as the rules say.
std::vector<open_interval> windows_by_the_rules(subject const& of) {
    auto const& hours = of.hours;
    std::vector<open_interval> found;
    auto const instant_of = [&](std::int64_t local) {
        date const day{static_cast<std::int32_t>(local / seconds_per_day)};
        return hours.zone.to_instant(day, static_cast<std::int32_t>(local % seconds_per_day)).value().at;
    };
    auto const end_of = [](dated_window const& one) {
        return one.day.days * seconds_per_day + one.close_seconds +
               (one.close_seconds <= one.open_seconds ? seconds_per_day : 0);
    };
    for (auto day = plus_days(of.middle, -14); day <= plus_days(of.middle, 14); day = plus_days(day, 1)) {
        std::vector<dated_window> windows;
        for (auto const& one : hours.shifts) {
            if (one.day == day) windows.push_back(one);
        }
        bool const holiday = std::find(hours.holidays.begin(), hours.holidays.end(), day) != hours.holidays.end();
        for (auto const& one : hours.windows) {
            bool const of_day = one.days.has(weekday_of(day)) && !holiday;
            bool const shifted = std::any_of(hours.shifts.begin(), hours.shifts.end(),
                                             [&](dated_window const& shift) { return shift.day == day; });
            if (of_day && !shifted) windows.push_back({day, one.open_seconds, one.close_seconds});
        }
        for (auto const& window : windows) {
            // Quarter by quarter of local time: what no break takes, joined to pieces.
            std::int64_t opens = -1;
            auto const closes = end_of(window);
            for (auto local = day.days * seconds_per_day + window.open_seconds; local <= closes; local += quarter) {
                bool const taken =
                    local == closes || std::any_of(hours.breaks.begin(), hours.breaks.end(), [&](auto const& one) {
                        return one.day.days * seconds_per_day + one.open_seconds <= local && local < end_of(one);
                    });
                if (!taken && opens < 0) opens = local;
                if (taken && opens >= 0) {
                    found.push_back({instant_of(opens), instant_of(local)});
                    opens = -1;
                }
            }
        }
    }
    return found;
}

// Stepped through in units that all edges are multiples of: St John's once changed its clocks at 00:01.
class stepper {
  public:
    static constexpr std::int64_t step = 60;

    explicit stepper(subject const& of) : start_{of.hours.zone.start_of_day(plus_days(of.middle, -10))} {
        open_.resize(static_cast<std::size_t>(20 * seconds_per_day / step));
        for (auto const& [opens, closes] : windows_by_the_rules(of)) {
            for (auto at = std::max(opens, start_); at < closes && number(at) < open_.size();
                 at = plus_seconds(at, step)) {
                open_[number(at)] = true;
            }
        }
    }
    [[nodiscard]] bool is_open(instant at) const { return open_.at(number(at)); }
    [[nodiscard]] std::int64_t between(instant from, instant to) const {
        std::int64_t seconds = 0;
        for (; from < to; from = plus_seconds(from, step)) seconds += is_open(from) ? step : 0;
        return seconds;
    }
    // No value: not within the days that are stepped through.
    [[nodiscard]] std::optional<instant> add(instant at, std::int64_t seconds, edge_convention convention) const {
        bool const stays = convention == edge_convention::close;
        auto const back = seconds < 0;
        for (auto left = back ? -seconds : seconds;;) {
            bool const done = left == 0 && seconds != 0;
            auto const before = plus_seconds(at, -step);
            if (done && stays) return at;
            if (back ? before < start_ : number(at) >= open_.size()) return std::nullopt;
            // Gone on to the first instant that is open again, or up to which it was.
            bool const open = is_open(back ? before : at);
            if (left == 0 && open) return at;
            at = back ? before : plus_seconds(at, step);
            if (open) left -= step;
        }
    }

  private:
    [[nodiscard]] std::size_t number(instant at) const {
        return static_cast<std::size_t>((at.microseconds - start_.microseconds) / microseconds_per_second / step);
    }
    instant start_;
    std::vector<bool> open_;
};

service_schedule compiled(subject const& of) {
    return service_schedule::make(of.hours, plus_days(of.middle, -14), plus_days(of.middle, 14)).value();
}

instant any_minute(subject const& of) {
    return plus_seconds(of.hours.zone.start_of_day(plus_days(of.middle, -3)), *rc::gen::inRange(0, 6 * 1'440) * 60);
}

edge_convention any_convention() { return *rc::gen::element(edge_convention::close, edge_convention::open); }

}  // namespace

bool service_time_is_what_the_rules_open() {
    return rc::check("compiled service hours answer as a count minute by minute of what the rules open", [] {
        auto const of = any_subject();
        auto const schedule = compiled(of);
        stepper const slow{of};
        for (int round = 0; round < 8; ++round) {
            auto const from = any_minute(of);
            auto const to = any_minute(of);
            auto const seconds = *rc::gen::inRange(-600, 601) * 60;
            auto const convention = any_convention();
            RC_ASSERT(*schedule.is_open(from) == slow.is_open(from));
            RC_ASSERT(*schedule.between(std::min(from, to), std::max(from, to)) ==
                      slow.between(std::min(from, to), std::max(from, to)));
            if (auto const expected = slow.add(from, seconds, convention)) {
                RC_ASSERT(to_text(schedule.add(from, seconds, convention).value()) == to_text(*expected));
            }
        }
    });
}

bool service_time_measured_is_time_requested() {
    return rc::check("open time measured is open time requested, forward and back, under both conventions", [] {
        auto const of = any_subject();
        auto const schedule = compiled(of);
        auto const from = instant{any_minute(of).microseconds + *rc::gen::inRange(0, 60'000'000)};
        auto const seconds = *rc::gen::inRange(-200'000, 200'001);
        auto const by_close = schedule.add(from, seconds, edge_convention::close);
        auto const by_open = schedule.add(from, seconds, edge_convention::open);
        if (by_close) RC_ASSERT(*schedule.between(from, *by_close) == seconds);
        if (by_open) RC_ASSERT(*schedule.between(from, *by_open) == seconds);
        if (!by_close || !by_open || seconds == 0) return;
        // They differ only by closed time, and "open" is the further one.
        RC_ASSERT(*schedule.between(*by_close, *by_open) == 0);
        RC_ASSERT((seconds > 0 ? *by_close <= *by_open : *by_open <= *by_close));
        if (*by_close != *by_open) RC_ASSERT(*schedule.is_open(seconds > 0 ? *by_open : *by_close));
    });
}

bool growing_service_hours_equal_compiled() {
    return rc::check("service hours that grow with the question answer as those that were compiled before", [] {
        auto const of = any_subject();
        auto const schedule = compiled(of);
        auto growing = growing_schedule::make(of.hours).value();
        for (int round = 0; round < 8; ++round) {
            auto const from = any_minute(of);
            auto const to = any_minute(of);
            auto const seconds = *rc::gen::inRange(-200'000, 200'001);
            auto const convention = any_convention();
            RC_ASSERT(growing.is_open(from) == schedule.is_open(from));
            RC_ASSERT(growing.between(from, to) == schedule.between(from, to));
            auto const answer = schedule.add(from, seconds, convention);
            if (answer) RC_ASSERT(growing.add(from, seconds, convention) == answer);
            if (!answer) RC_ASSERT(answer.error().kind == schedule_gap_kind::answer);
        }
    });
}
