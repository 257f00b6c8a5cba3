// The counting of a clock, and the same counting told step by step.
#include "calendar/clock_time_left.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "calendar/walk.hpp"

namespace recourse {

namespace {

using sentence = std::string;
using enum countdown_state;

constexpr bool in_days(period_unit unit) {
    return unit == period_unit::calendar_days || unit == period_unit::business_days;
}

// The local day that is running. Where the clocks go back over midnight it is the later one: midnight has passed.
date day_running(instant at, time_zone const& zone) {
    auto const day = zone.local_date(at);
    return zone.start_of_day(plus_days(day, 1)) <= at ? plus_days(day, 1) : day;
}

// The first day whose end is still to come and counts.
date first_day(countdown const& clock, instant from, time_zone const& zone) {
    return std::max(plus_days(*clock.day_zero, 1), day_running(from, zone));
}

result<std::int64_t, sentence> open_microseconds(instant from, instant to, service_schedule const& schedule) {
    auto const open = schedule.open_intervals(from, to);
    if (!open) return failed{to_text(open.error())};
    std::int64_t sum = 0;
    for (auto const& one : *open) sum += one.closes.microseconds - one.opens.microseconds;
    return sum;
}

// The schedule adds whole seconds; the fraction of one is found in the open time of the second after them.
result<instant, sentence> open_time_after(instant from, std::int64_t microseconds, service_schedule const& schedule) {
    auto const seconds = microseconds / microseconds_per_second;
    auto fraction = microseconds % microseconds_per_second;
    auto whole = from;
    if (seconds > 0) {
        auto const at = schedule.add(from, seconds, edge_convention::close);
        if (!at) return failed{to_text(at.error())};
        whole = *at;
    }
    if (fraction == 0) return whole;
    auto const beyond = schedule.add(whole, 1, edge_convention::close);
    if (!beyond) return failed{to_text(beyond.error())};
    auto const open = schedule.open_intervals(whole, *beyond);
    if (!open) return failed{to_text(open.error())};
    for (auto const& one : *open) {
        auto const length = one.closes.microseconds - one.opens.microseconds;
        if (fraction <= length) return instant{one.opens.microseconds + fraction};
        fraction -= length;
    }
    return *beyond;
}

sentence words_of(countdown_segment const& segment, sentence const& taken) {
    auto const reasons =
        segment.reasons.empty() ? sentence{} : fmt::format(" for {}", fmt::join(segment.reasons, ", "));
    return fmt::format("{}{}, {}", wire_name(segment.kind), reasons, taken);
}

class teller {
  public:
    teller(countdown const& clock, instant at, counting const& on) : clock_{clock}, at_{at}, on_{on} {}

    result<walk::steps, sentence> tell() {
        auto const run = clock_.segments.back().run;
        bool zero_told = !clock_.day_zero;
        for (auto const& one : clock_.segments) {
            if (one.run != run) {
                told_.push_back(stretch(one, one.to.value_or(at_), words_of(one, "before the clock was started anew")));
                continue;
            }
            if (!zero_told) told_.push_back(walk::step(step_kind::day_zero, *clock_.day_zero));
            zero_told = true;
            if (auto const problem = one.kind == running ? ran(one) : stood(one); !problem.empty()) {
                return failed{problem};
            }
        }
        return std::move(told_);
    }

  private:
    [[nodiscard]] explanation_step stretch(countdown_segment const& segment, instant to, sentence reason) const {
        auto told = walk::step(step_kind::not_counted, on_.zone.local_date(segment.from), std::move(reason));
        told.last = on_.zone.local_date(to);
        return told;
    }

    // A pause, or the time in which the clock was stopped, with what would have run in it.
    sentence stood(countdown_segment const& segment) {
        auto const to = segment.to.value_or(std::max(at_, segment.from));
        auto const taken = spent_between(clock_, segment.from, to, on_);
        if (!taken) return taken.error();
        told_.push_back(stretch(segment, to,
                                words_of(segment, fmt::format("{} to {}: it took {}", in_words(segment.from, on_.zone),
                                                              segment.to ? in_words(to, on_.zone) : "now",
                                                              to_text(clock_amount{*taken, clock_.length.unit})))));
        return {};
    }

    sentence ran(countdown_segment const& segment) {
        auto const to = segment.to ? *segment.to : clock_.due.value_or(at_);
        if (in_days(clock_.length.unit)) {
            days(first_day(clock_, segment.from, on_.zone), plus_days(day_running(to, on_.zone), -1));
            return {};
        }
        if (clock_.length.unit == period_unit::hours) {
            hours(segment.from, to);
            return {};
        }
        auto const open = on_.schedule->open_intervals(segment.from, to);
        if (!open) return to_text(open.error());
        for (auto const& one : *open) hours(one.opens, one.closes);
        return {};
    }

    void days(date first, date last) {
        if (last < first) return;
        if (clock_.length.unit == period_unit::business_days) {
            auto const before = told_.size();
            walk::business_days(told_, plus_days(first, -1), last, *on_.calendar);
            std::int32_t most = number_;
            for (auto step = before; step < told_.size(); ++step) {
                if (told_[step].kind != step_kind::counted) continue;
                told_[step].number += number_;
                most = std::max(most, told_[step].number);
            }
            number_ = most;
            return;
        }
        number_ += last.days - first.days + 1;
        auto counted = walk::step(step_kind::counted, first);
        counted.last = last;
        counted.number = number_;
        told_.push_back(std::move(counted));
    }

    void hours(instant from, instant to) {
        auto step = walk::step(step_kind::open_hours, on_.zone.local_date(from),
                               fmt::format("{} to {}", in_words(from, on_.zone), due_in_words(to, on_.zone)));
        step.last = on_.zone.local_date({std::max(from.microseconds, to.microseconds - 1)});
        step.number = static_cast<std::int32_t>((to.microseconds - from.microseconds) / microseconds_per_second);
        told_.push_back(std::move(step));
    }

    countdown const& clock_;
    instant at_;
    counting const& on_;
    walk::steps told_;
    std::int32_t number_ = 0;
};

}  // namespace

std::int64_t countdown_ticks(period_unit unit) { return in_days(unit) ? 1 : 3'600 * microseconds_per_second; }

std::string countdown_basis_problem(period_unit unit, counting const& on) {
    switch (unit) {
        case period_unit::hours: return {};
        case period_unit::calendar_days:
        case period_unit::business_days:
            if (on.calendar != nullptr) return {};
            if (unit == period_unit::calendar_days && on.start == start_rule::count) return {};
            return "No calendar is known to count the days of the clock on";
        case period_unit::service_hours:
            return on.schedule != nullptr ? "" : "No service hours are known to count the clock on";
        default:
            return fmt::format("A clock runs in hours, calendar_days, business_days or service_hours, not in {}",
                               wire_name(unit));
    }
}

std::pair<std::string, std::string> countdown_basis_names(period_unit unit, counting const& on) {
    if (unit == period_unit::service_hours) return {on.schedule->name(), std::string{on.schedule->zone().name()}};
    return {on.calendar != nullptr ? on.calendar->name() : sentence{}, std::string{on.zone.name()}};
}

std::string countdown_data_version(period_unit unit, counting const& on) {
    if (unit == period_unit::service_hours || on.calendar == nullptr) {
        return fmt::format("zones {}", zone_data_version());
    }
    return walk::data_version_of(*on.calendar);
}

result<std::optional<date>, std::string> countdown_day_zero(period_unit unit, instant at, counting const& on) {
    if (!in_days(unit)) return std::optional<date>{};
    auto const local = on.zone.to_local(at);
    bool const late = on.cut_off && local.seconds_of_day >= *on.cut_off;
    auto const received = late ? plus_days(local.day, 1) : local.day;
    if (on.start == start_rule::count) return std::optional{received};
    auto const day_zero = on.calendar->rolled(received, roll_rule::following);
    if (!day_zero) return failed{to_text(day_zero.error())};
    return std::optional{*day_zero};
}

std::int64_t spent_before(countdown const& clock) {
    std::int64_t sum = 0;
    auto const run = clock.segments.back().run;
    for (auto const& one : clock.segments) {
        if (one.run == run && one.kind == running && one.to) sum += one.spent;
    }
    return sum;
}

result<std::int64_t, std::string> spent_between(countdown const& clock, instant from, instant to, counting const& on) {
    switch (clock.length.unit) {
        case period_unit::hours: return to.microseconds - from.microseconds;
        case period_unit::service_hours: return open_microseconds(from, to, *on.schedule);
        default: break;
    }
    auto const first = first_day(clock, from, on.zone);
    auto const last = plus_days(day_running(to, on.zone), -1);
    if (last < first) return std::int64_t{0};
    if (clock.length.unit == period_unit::calendar_days) return std::int64_t{last.days} - first.days + 1;
    auto const count = on.calendar->count_business_days(first, last, true, true);
    if (!count) return failed{to_text(count.error())};
    return std::int64_t{*count};
}

result<instant, std::string> runs_out(countdown const& clock, instant from, std::int64_t amount, counting const& on) {
    amount = std::max<std::int64_t>(amount, 1);
    switch (clock.length.unit) {
        case period_unit::hours: {
            instant const due{from.microseconds + amount};
            if (due > last_instant) return failed{sentence{"The clock would run beyond the year 9999"}};
            return due;
        }
        case period_unit::service_hours: return open_time_after(from, amount, *on.schedule);
        default: break;
    }
    auto const before = plus_days(first_day(clock, from, on.zone), -1);
    auto const days = static_cast<std::int32_t>(amount);  // countdown_length_max at most
    auto last = plus_days(before, days);
    if (clock.length.unit == period_unit::business_days) {
        auto const reached = on.calendar->add_business_days(before, days);
        if (!reached) return failed{to_text(reached.error())};
        last = *reached;
    }
    if (last >= last_date) return failed{sentence{"The clock would run beyond the year 9999"}};
    return on.zone.end_of_day(last);
}

result<instant, std::string> ends_after(instant at, period const& length, counting const& on) {
    auto const end = resolve(anchor_rule{.fact = "pause", .offset = anchor_offset{length}}, {{"pause", {at}}}, on);
    if (!end) return failed{end.error()};
    return end->at->at;
}

result<std::vector<explanation_step>, std::string> countdown_steps(countdown const& clock, instant at,
                                                                   counting const& on) {
    return teller{clock, at, on}.tell();
}

std::string to_text(clock_amount const& amount) {
    if (in_days(amount.unit)) return fmt::format("{} {}", amount.amount, wire_name(amount.unit));
    auto const seconds = amount.amount / microseconds_per_second;
    auto const fraction = amount.amount % microseconds_per_second;
    auto const rest = fraction == 0 ? sentence{} : fmt::format(".{:06}", fraction);
    return fmt::format("{}:{:02}:{:02}{} {}", seconds / 3'600, seconds / 60 % 60, seconds % 60, rest,
                       wire_name(amount.unit));
}

std::string to_text(countdown_explanation const& told) {
    auto text = fmt::format("{}: {} have run, {} are left\n", wire_name(told.state), to_text(told.elapsed),
                            to_text(told.remaining));
    for (auto const& step : told.steps) text += fmt::format("  {}\n", to_text(step));
    text += told.due ? fmt::format("due before {} ({})\n", told.due_words, to_text(*told.due))
                     : sentence{"not due as long as it stands\n"};
    return text + fmt::format("data {}\n", told.data_version);
}

}  // namespace recourse
