// Service hours without a horizon: parts are compiled along the way until the answer lies in one.
#include <algorithm>
#include <iterator>
#include <utility>

#include "calendar/service_rules.hpp"

namespace recourse {

namespace {

// Days about a question in which windows may reach into it, whatever the clocks do.
constexpr std::int64_t margin_days = 2;
constexpr std::int64_t days_at_once = horizon_days_max - 2 * margin_days - 2;

struct day_range {
    date first = first_date;
    date last = last_date;
};

day_range covered_by(business_calendar const* calendar) {
    if (calendar == nullptr) return {};
    return {to_date({calendar->first_year(), 1, 1}), to_date({calendar->last_year(), 12, 31})};
}

date clamped(std::int64_t day, day_range within) {
    return {
        static_cast<std::int32_t>(std::clamp(day, std::int64_t{within.first.days}, std::int64_t{within.last.days}))};
}

date local_date_of(instant at, time_zone const& zone) {
    return clamped(zone.local_date(std::clamp(at, first_instant, last_instant)).days, {});
}

}  // namespace

result<growing_schedule, std::string> growing_schedule::make(service_hours hours, business_calendar const* calendar) {
    auto rules = rules_of(std::move(hours), calendar);
    if (!rules) return failed{rules.error()};
    return growing_schedule{std::make_shared<service_rules const>(*std::move(rules))};
}

// So many days on from the day of the instant, back when negative. A part that is met grows to twice its size at least,
// so that a long row of questions costs no more than a few compilations.
result<service_schedule const*, schedule_gap> growing_schedule::compiled_for(instant at, std::int64_t days) {
    auto const day = local_date_of(at, rules_->zone);
    auto const covered = covered_by(rules_->calendar);
    if (day < covered.first || day > covered.last) {
        return failed{schedule_gap{schedule_gap_kind::calendar_data, day, rules_->name, rules_->calendar->name()}};
    }
    auto const asked = std::clamp(days, -days_at_once, days_at_once);
    auto first = day.days + std::min(asked, std::int64_t{0}) - margin_days;
    auto last = day.days + std::max(asked, std::int64_t{0}) + margin_days;
    if (part_) {
        std::int64_t const has_first = part_->first_day_.days;
        std::int64_t const has_last = part_->last_day_.days;
        if (has_first <= clamped(first, covered).days && clamped(last, covered).days <= has_last) return &*part_;
        bool const meets = first <= has_last + 1 && has_first <= last + 1;
        auto const room = horizon_days_max - (std::max(last, has_last) - std::min(first, has_first) + 1);
        if (meets && room >= 0) {
            auto const more = std::min(room, has_last - has_first);
            first = std::min(first < has_first ? first - more : first, has_first);
            last = std::max(last > has_last && first >= has_first ? last + more : last, has_last);
        }
    }
    part_ = service_schedule{*rules_, clamped(first, covered), clamped(last, covered)};
    return &*part_;
}

// With shifts alone, the time up to the next of them is jumped. No value: there is none.
std::optional<instant> growing_schedule::resting_until(instant at, bool back) const {
    if (!rules_->windows.empty()) return at;
    auto const& shifts = rules_->shifts;
    auto const& zone = rules_->zone;
    auto const seen = back ? part_->first_day_ : part_->last_day_;
    auto const next = std::partition_point(
        shifts.begin(), shifts.end(), [&](day_shift const& one) { return back ? one.day < seen : one.day <= seen; });
    if (back) {
        if (next == shifts.begin()) return std::nullopt;
        auto const day = clamped(std::prev(next)->day.days + 2 * margin_days, {});
        return std::min(at, zone.start_of_day(day));
    }
    // The last shift that was seen may run on.
    bool const runs_on = next != shifts.begin() && std::prev(next)->day.days + margin_days >= seen.days;
    if (runs_on) return at;
    if (next == shifts.end()) return std::nullopt;
    return std::max(at, zone.start_of_day(clamped(next->day.days - margin_days, {})));
}

schedule_gap growing_schedule::end_of_search(bool back) const {
    auto const covered = covered_by(rules_->calendar);
    auto const edge = back ? covered.first : covered.last;
    bool const ends_with_time = edge == (back ? first_date : last_date);
    if (ends_with_time) return {schedule_gap_kind::never_open, edge, rules_->name, {}};
    return {schedule_gap_kind::calendar_data, plus_days(edge, back ? -1 : 1), rules_->name, rules_->calendar->name()};
}

result<instant, schedule_gap> growing_schedule::walked(instant from, std::int64_t microseconds,
                                                       service_schedule::side on, bool back) {
    auto const a_week = rules_->open_seconds_a_week();
    auto const weeks =
        a_week == 0 ? 0 : (microseconds < 0 ? -microseconds : microseconds) / microseconds_per_second / a_week;
    auto days = (weeks + 1) * 7 + 1;
    for (instant at = from;;) {
        auto const part = compiled_for(at, back ? -days : days);
        if (!part) return failed{part.error()};
        auto const& compiled = **part;
        auto answer = compiled.shifted(at, microseconds, on);
        if (answer || answer.error().kind != schedule_gap_kind::answer) return answer;
        auto const edge = back ? compiled.start_ : compiled.end_;
        auto const open_before = [&](instant point) {
            return compiled.open_microseconds_before(compiled.position_of(point));
        };
        microseconds -= open_before(edge) - open_before(at);
        auto const covered = covered_by(rules_->calendar);
        if (back ? compiled.first_day_ == covered.first : compiled.last_day_ == covered.last) {
            return failed{end_of_search(back)};
        }
        auto const next = resting_until(edge, back);
        if (!next) {
            auto const edge_shift = back ? rules_->shifts.front().day : rules_->shifts.back().day;
            return failed{schedule_gap{schedule_gap_kind::never_open, edge_shift, rules_->name, {}}};
        }
        at = *next;
        days = std::min(days * 4, days_at_once);
    }
}

result<instant, schedule_gap> growing_schedule::add(instant from, std::int64_t seconds, edge_convention convention) {
    // More than there is between the years 1 and 9999.
    constexpr auto most = (last_instant.microseconds - first_instant.microseconds) / microseconds_per_second;
    if (seconds > most || seconds < -most) return failed{end_of_search(seconds < 0)};
    auto const on = service_schedule::side_of(seconds, convention);
    return walked(from, seconds * microseconds_per_second, on, seconds < 0);
}

result<std::int64_t, schedule_gap> growing_schedule::between(instant from, instant to) {
    auto const past = std::max(from, to);
    std::int64_t open = 0;
    for (instant at = std::min(from, to);;) {
        auto const part =
            compiled_for(at, local_date_of(past, rules_->zone).days - local_date_of(at, rules_->zone).days);
        if (!part) return failed{part.error()};
        auto const& compiled = **part;
        if (!compiled.holds(at)) return compiled.not_held(at);
        auto const stop = std::min(past, compiled.end_);
        open += compiled.open_microseconds_before(compiled.position_of(stop)) -
                compiled.open_microseconds_before(compiled.position_of(at));
        if (stop == past) break;
        if (stop == at) return compiled.not_held(past);
        at = stop;
    }
    return (from <= to ? open : -open) / microseconds_per_second;
}

result<bool, schedule_gap> growing_schedule::is_open(instant at) {
    auto const part = compiled_for(at, 1);
    if (!part) return failed{part.error()};
    return (*part)->is_open(at);
}

}  // namespace recourse
