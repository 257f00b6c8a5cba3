// Questions to compiled service hours: open time is counted along the marks, and an index finds the right mark at once.
#include <algorithm>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "calendar/service_rules.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

std::string in_words(std::string const& schedule) {
    return schedule.empty() ? "the service hours" : fmt::format("the service hours {}", quoted(schedule));
}

date nearest_date(instant at, time_zone const& zone) {
    return std::clamp(zone.local_date(std::clamp(at, first_instant, last_instant)), first_date, last_date);
}

}  // namespace

std::string to_text(schedule_gap const& gap) {
    auto const hours = in_words(gap.schedule);
    switch (gap.kind) {
        case schedule_gap_kind::question: return fmt::format("{} are not compiled for {}", hours, to_text(gap.day));
        case schedule_gap_kind::answer:
            return fmt::format("the answer lies beyond {}, as far as {} are compiled", to_text(gap.day), hours);
        case schedule_gap_kind::never_open:
            return fmt::format("{} have no open time left beyond {}", hours, to_text(gap.day));
        case schedule_gap_kind::calendar_data:
            return fmt::format("the calendar {}, by which {} close, has no data for {}", gap.calendar, hours,
                               to_text(gap.day));
    }
    return "unknown gap";
}

result<service_schedule, std::string> service_schedule::make(service_hours hours, date first_day, date last_day,
                                                             business_calendar const* calendar) {
    auto const rules = rules_of(std::move(hours), calendar);
    if (!rules) return failed{rules.error()};
    auto const refused = [&](std::string const& why) { return refused_hours(rules->name, why); };
    if (first_day < first_date || last_day > last_date || first_day > last_day) {
        return refused("the horizon runs from a first day to a last, both in the years 0001 to 9999");
    }
    if (last_day.days - first_day.days >= horizon_days_max) {
        return refused(fmt::format("the horizon from {} to {} has more than {} days", to_text(first_day),
                                   to_text(last_day), horizon_days_max));
    }
    for (auto const day : {first_day, last_day}) {
        if (calendar == nullptr || calendar->covers(day)) continue;
        return refused(fmt::format("the calendar {} has no data for the year {}", calendar->name(), year_of(day)));
    }
    return service_schedule{*rules, first_day, last_day};
}

service_schedule::service_schedule(service_rules const& rules, date first_day, date last_day)
    : name_{rules.name}, zone_{rules.zone}, first_day_{first_day}, last_day_{last_day} {
    auto const compiled = windows_of(rules, first_day, last_day);
    start_ = compiled.start;
    end_ = compiled.end;
    marks_.reserve(compiled.open.size() + 4);
    std::uint32_t open_before = 0;
    marks_.push_back({0, 0});
    for (auto const& one : compiled.open) {
        marks_.push_back({one.opens, open_before});
        open_before += one.closes - one.opens;
    }
    auto const length = static_cast<std::uint32_t>((end_.microseconds - start_.microseconds) / microseconds_per_second);
    marks_.push_back({length, open_before});
    marks_.insert(marks_.end(), 2, {UINT32_MAX, open_before});
    open_microseconds_ = open_before * microseconds_per_second;
    by_time_ = index_of(&mark::opens);
    by_open_time_ = index_of(&mark::open_before);
}

// There are as many stretches as marks or fewer, but more than half as many.
service_schedule::index service_schedule::index_of(std::uint32_t mark::*key) const {
    index made;
    auto const most = std::size_t{marks_[end_mark()].*key};
    while ((most >> made.shift) > marks_.size()) ++made.shift;
    auto const stretches = (most >> made.shift) + 2;
    auto const round_up = (std::size_t{1} << made.shift) - 1;
    // A mark is the last for the stretches from its own to that of the next mark: written once, then carried on.
    auto const fill = [&](auto& firsts) {
        using number = typename std::remove_reference_t<decltype(firsts)>::value_type;
        firsts.resize(stretches);
        for (std::size_t at = 0; at <= end_mark(); ++at) {
            firsts[(marks_[at].*key + round_up) >> made.shift] = static_cast<number>(at);
        }
        for (std::size_t stretch = 1; stretch < stretches; ++stretch) {
            firsts[stretch] = std::max(firsts[stretch], firsts[stretch - 1]);
        }
    };
    if (marks_.size() <= UINT16_MAX)
        fill(made.narrow);
    else
        fill(made.wide);
    return made;
}

// Mostly one of the next two marks begins in the stretch; both are counted without a branch, which would go either way.
std::size_t service_schedule::last_mark(index const& among, std::uint32_t mark::*key,
                                        std::uint32_t value) const noexcept {
    auto const stretch = std::size_t{value} >> among.shift;
    auto const first_of = [&](std::size_t number) {
        return among.wide.empty() ? std::size_t{among.narrow[number]} : among.wide[number];
    };
    auto at = first_of(stretch);
    at +=
        static_cast<std::size_t>(marks_[at + 1].*key <= value) + static_cast<std::size_t>(marks_[at + 2].*key <= value);
    if (marks_[at + 1].*key > value) return at;
    auto const next = marks_.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    auto const past = marks_.begin() + static_cast<std::ptrdiff_t>(first_of(stretch + 1)) + 1;
    auto const after = std::partition_point(next, past, [&](mark const& one) { return one.*key <= value; });
    return static_cast<std::size_t>(after - marks_.begin()) - 1;
}

std::size_t service_schedule::bytes() const noexcept {
    auto const of_index = [](index const& one) {
        return one.narrow.capacity() * sizeof(one.narrow[0]) + one.wide.capacity() * sizeof(one.wide[0]);
    };
    return sizeof *this + name_.capacity() + marks_.capacity() * sizeof(mark) + of_index(by_time_) +
           of_index(by_open_time_);
}

std::uint32_t service_schedule::open_seconds_in(std::size_t number) const noexcept {
    return marks_[number + 1].open_before - marks_[number].open_before;
}

std::uint32_t service_schedule::closes(std::size_t number) const noexcept {
    return marks_[number].opens + open_seconds_in(number);
}

instant service_schedule::instant_of(std::uint32_t since_start) const noexcept {
    return plus_seconds(start_, since_start);
}

service_schedule::position service_schedule::position_of(instant at) const noexcept {
    auto const since = static_cast<std::uint64_t>(at.microseconds - start_.microseconds);
    constexpr auto second = static_cast<std::uint64_t>(microseconds_per_second);
    auto const seconds = static_cast<std::uint32_t>(since / second);
    return {last_mark(by_time_, &mark::opens, seconds), seconds, static_cast<std::uint32_t>(since % second)};
}

// Without a branch: a random instant is open or closed, and no processor can tell beforehand.
std::int64_t service_schedule::open_microseconds_before(position const& where) const noexcept {
    auto const length = open_seconds_in(where.at);
    auto const since_opening = where.since_start - marks_[where.at].opens;
    auto const is_open = std::int64_t{since_opening < length};
    return (std::int64_t{marks_[where.at].open_before} + std::min(since_opening, length)) * microseconds_per_second +
           is_open * where.microseconds;
}

failed<schedule_gap> service_schedule::not_held(instant at) const {
    return failed{schedule_gap{schedule_gap_kind::question, nearest_date(at, zone_), name_, {}}};
}

failed<schedule_gap> service_schedule::beyond(date day) const {
    return failed{schedule_gap{schedule_gap_kind::answer, day, name_, {}}};
}

// Many instants can have the same open time before them: all from a closing to the next opening.
result<instant, schedule_gap> service_schedule::shifted(instant from, std::int64_t microseconds, side on) const {
    if (!holds(from)) return not_held(from);
    auto const target = open_microseconds_before(position_of(from)) + microseconds;
    // The first instant of an open time is reached as the end of the second before it, the closing instant too.
    auto const back = std::int64_t{on == side::first};
    if (target < back || target >= open_microseconds_ + back) {
        return beyond(microseconds < 0 || target < back ? first_day_ : last_day_);
    }
    constexpr auto second = static_cast<std::uint64_t>(microseconds_per_second);
    auto const before = static_cast<std::uint64_t>(target - back);
    auto const seconds = static_cast<std::uint32_t>(before / second);
    auto const at = last_mark(by_open_time_, &mark::open_before, seconds);
    auto const since_start = marks_[at].opens + (seconds - marks_[at].open_before);
    return instant{instant_of(since_start).microseconds + static_cast<std::int64_t>(before % second) + back};
}

// A closing instant is the first of its open time, the opening instant after it the last.
service_schedule::side service_schedule::side_of(std::int64_t seconds, edge_convention convention) noexcept {
    auto const stays_on_closing =
        static_cast<unsigned>(seconds > 0) & static_cast<unsigned>(convention == edge_convention::close);
    auto const goes_to_closing =
        static_cast<unsigned>(seconds < 0) & static_cast<unsigned>(convention == edge_convention::open);
    return static_cast<side>(1U ^ (stays_on_closing | goes_to_closing));
}

result<instant, schedule_gap> service_schedule::add(instant from, std::int64_t seconds,
                                                    edge_convention convention) const {
    if (seconds > UINT32_MAX || seconds < -std::int64_t{UINT32_MAX}) {
        return holds(from) ? beyond(seconds < 0 ? first_day_ : last_day_) : not_held(from);
    }
    return shifted(from, seconds * microseconds_per_second, side_of(seconds, convention));
}

result<std::int64_t, schedule_gap> service_schedule::between(instant from, instant to) const {
    for (auto const end : {from, to}) {
        if (!holds(end)) return not_held(end);
    }
    return (open_microseconds_before(position_of(to)) - open_microseconds_before(position_of(from))) /
           microseconds_per_second;
}

result<bool, schedule_gap> service_schedule::is_open(instant at) const {
    if (!holds(at) || at == end_) return not_held(at);
    auto const where = position_of(at);
    return where.since_start - marks_[where.at].opens < open_seconds_in(where.at);
}

result<instant, schedule_gap> service_schedule::next_opening(instant at) const {
    if (!holds(at)) return not_held(at);
    auto const next = position_of(at).at + 1;
    if (next >= end_mark()) return beyond(last_day_);
    return instant_of(marks_[next].opens);
}

result<instant, schedule_gap> service_schedule::previous_opening(instant at) const {
    if (!holds(at)) return not_held(at);
    auto const here = std::min(position_of(at).at, end_mark() - 1);
    if (marks_[here].opens == 0) return beyond(first_day_);
    return instant_of(marks_[here].opens);
}

result<instant, schedule_gap> service_schedule::next_closing(instant at) const {
    if (!holds(at)) return not_held(at);
    auto const where = position_of(at);
    auto const open = where.since_start - marks_[where.at].opens < open_seconds_in(where.at);
    auto const number = open ? where.at : where.at + 1;
    if (number >= end_mark() || closes(number) == marks_[end_mark()].opens) return beyond(last_day_);
    return instant_of(closes(number));
}

result<instant, schedule_gap> service_schedule::previous_closing(instant at) const {
    if (!holds(at)) return not_held(at);
    auto const where = position_of(at);
    auto number = std::min(where.at, end_mark() - 1);
    if (number > 0 && closes(number) > where.since_start) --number;
    if (number == 0) return beyond(first_day_);
    if (closes(number) == marks_[end_mark()].opens) return beyond(last_day_);
    return instant_of(closes(number));
}

result<std::vector<open_interval>, schedule_gap> service_schedule::open_intervals(instant from, instant to) const {
    for (auto const end : {from, to}) {
        if (!holds(end)) return not_held(end);
    }
    std::vector<open_interval> found;
    if (from >= to) return found;
    for (auto number = position_of(from).at; number < end_mark(); ++number) {
        open_interval const cut{std::max(instant_of(marks_[number].opens), from),
                                std::min(instant_of(closes(number)), to)};
        if (instant_of(marks_[number].opens) >= to) break;
        if (cut.opens < cut.closes) found.push_back(cut);
    }
    return found;
}

}  // namespace recourse
