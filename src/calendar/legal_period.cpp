// Counting by regimes: one counter that finds the last day, and tells its steps when it is asked to.
#include "recourse/calendar/legal_period.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "calendar/walk.hpp"

namespace recourse {

namespace {

using enum legal_regime;

constexpr std::int64_t microseconds_per_hour = 3'600 * microseconds_per_second;

// CPR 2.8(4): a period of five days or less does not count days of rest.
constexpr std::int32_t short_period_days = 5;

// The provision behind each thing that a regime does; empty where it does not.
struct provisions {
    std::string_view day_of_event;
    std::string_view last_day;
};

constexpr provisions provisions_of(legal_regime regime) {
    switch (regime) {
        case plain: return {{}, {}};
        case eu_1182_71: return {"Regulation 1182/71 article 3(1)", "Regulation 1182/71 article 3(4)"};
        case us_frcp_6a: return {"FRCP 6(a)(1)(A)", "FRCP 6(a)(1)(C)"};
        case uk_cpr_2_8: return {"CPR 2.8(3)(a)", "CPR 2.8(5)"};
        case cn_civil_code: return {"Civil Code of China article 201", "Civil Code of China article 203"};
    }
    return {};
}

failed<period_error> no_data(calendar_gap const& gap) {
    return failed{period_error{period_error_kind::no_data, to_text(gap)}};
}

class counter {
  public:
    counter(legal_period const& rule, business_calendar const& calendar, time_zone const& zone, walk::steps* told)
        : rule_{rule}, calendar_{calendar}, zone_{zone}, told_{told} {}

    result<legal_end, period_error> from_day(date event) {
        if (!has_length()) return no_length();
        if (event < first_date || event > last_date) return no_data(beyond());
        if (rule_.length.unit == period_unit::hours) {
            return failed{period_error{period_error_kind::needs_an_instant,
                                       "hours run from an instant, such as 2026-03-29T12:00:00Z; this is a whole day"}};
        }
        if (rule_.length.unit == period_unit::service_hours) return not_counted_unit();
        tell(walk::step(step_kind::day_zero, event, {}, std::string{cited().day_of_event}));
        auto const counted = counted_day(event);
        if (!counted) return no_data(counted.error());
        auto const last = rolled(*counted, roll_for_last_day(), cited().last_day);
        if (!last) return no_data(last.error());
        auto const held = with_two_working_days(event, *last);
        if (!held) return no_data(held.error());
        if (*held < first_date || *held > last_date) return no_data(beyond());
        auto const due = zone_.end_of_day(*held);
        if (due < first_instant || due > last_instant) return no_data(beyond());
        return legal_end{due, *held};
    }

    result<legal_end, period_error> from_instant(instant event) {
        if (event < first_instant || event > last_instant) return no_data(beyond());
        if (rule_.length.unit != period_unit::hours) return from_day(zone_.local_date(event));
        if (!has_length()) return no_length();
        auto const start = start_of_hours(event);
        auto const hours = std::int64_t{rule_.length.length} * (is_forward() ? 1 : -1);
        instant due = plus_seconds(start, hours * 3'600);
        if (due < first_instant || due > last_instant) return no_data(beyond());
        auto run = walk::step(step_kind::hours_run, zone_.local_date(start));
        run.last = day_of_end(due);
        run.number = rule_.length.length;
        tell(std::move(run));
        if (rule_.regime == us_frcp_6a) {
            auto const moved = same_time_on_open_day(due);
            if (!moved) return no_data(moved.error());
            due = *moved;
        }
        return legal_end{due, day_of_end(due)};
    }

  private:
    [[nodiscard]] bool is_forward() const { return rule_.direction == count_direction::after; }
    [[nodiscard]] provisions cited() const { return provisions_of(rule_.regime); }
    [[nodiscard]] std::int32_t signed_length() const {
        return is_forward() ? rule_.length.length : -rule_.length.length;
    }

    // The day on which hours end: midnight is the end of a day going forward, and the start of one going back.
    [[nodiscard]] date day_of_end(instant due) const {
        return zone_.local_date({due.microseconds - (is_forward() ? 1 : 0)});
    }

    // Whether the day to be found is that of an event, beyond the days that are counted. Clear days are for periods in
    // days, CPR 2.8(2); months are calendar months, CPR 2.10.
    [[nodiscard]] bool ends_with_event() const {
        bool const in_days =
            rule_.length.unit == period_unit::calendar_days || rule_.length.unit == period_unit::business_days;
        return rule_.regime == uk_cpr_2_8 && in_days && (!is_forward() || rule_.ends_with_event);
    }

    [[nodiscard]] bool has_length() const {
        return rule_.length.length >= period_length_min && rule_.length.length <= period_length_max;
    }

    failed<period_error> no_length() const {
        return failed{period_error{period_error_kind::length_out_of_range,
                                   fmt::format("a period of {} is none; its length is {} to {}", to_text(rule_.length),
                                               period_length_min, period_length_max)}};
    }

    [[nodiscard]] calendar_gap beyond() const { return {calendar_.name(), is_forward() ? year_max + 1 : year_min - 1}; }

    failed<period_error> not_counted_unit() const {
        return failed{period_error{period_error_kind::unit_is_not_counted,
                                   "service_hours are counted on a service schedule; a regime counts hours, "
                                   "calendar_days, business_days, weeks, months or years"}};
    }

    void tell(explanation_step step) {
        if (told_ != nullptr) told_->push_back(std::move(step));
    }

    result<date, calendar_gap> shifted(date event) const {
        auto const reached = walk::shifted(event, rule_.length.unit, signed_length());
        if (!reached) return failed{beyond()};
        return *reached;
    }

    // The last day before any rule moves it.
    result<date, calendar_gap> counted_day(date event) {
        bool const is_short = rule_.regime == uk_cpr_2_8 && rule_.length.unit == period_unit::calendar_days &&
                              rule_.length.length <= short_period_days;
        bool const only_open = is_short || rule_.length.unit == period_unit::business_days;
        auto const last = only_open ? calendar_.add_business_days(event, signed_length()) : shifted(event);
        if (!last) return last;
        if (told_ != nullptr) tell_counted(event, *last, only_open);
        if (!ends_with_event()) return last;
        auto const beyond = plus_days(*last, is_forward() ? 1 : -1);
        tell(walk::step(step_kind::lengthened, beyond, "the day of the event at the end is not counted either",
                        "CPR 2.8(3)(b)"));
        return beyond;
    }

    void tell_counted(date event, date last, bool only_open) {
        if (only_open) {
            auto const first = told_->size();
            walk::business_days(*told_, event, last, calendar_);
            if (rule_.length.unit == period_unit::business_days) return;
            for (auto at = first; at < told_->size(); ++at) {
                auto& one = (*told_)[at];
                if (one.kind == step_kind::skipped && one.source.empty()) one.source = "CPR 2.8(4)";
            }
            return;
        }
        if (rule_.length.unit != period_unit::calendar_days) {
            return tell(
                walk::step(step_kind::shifted, last,
                           fmt::format("{} {}", walk::period_words(rule_.length), is_forward() ? "later" : "earlier")));
        }
        auto counted = walk::step(step_kind::counted, plus_days(event, is_forward() ? 1 : -1));
        counted.last = last;
        counted.number = rule_.length.length;
        tell(std::move(counted));
    }

    [[nodiscard]] roll_rule roll_for_last_day() const {
        switch (rule_.regime) {
            case plain: return roll_rule::none;
            case us_frcp_6a: return is_forward() ? roll_rule::following : roll_rule::preceding;
            // An act that a court office must be open for; a hearing or a date counted back from one stays.
            case uk_cpr_2_8: return ends_with_event() || !is_forward() ? roll_rule::none : roll_rule::following;
            // Going back from a given date, nothing is extended: article 3(4), second sentence. China's code is silent.
            case eu_1182_71:
            case cn_civil_code: return is_forward() ? roll_rule::following : roll_rule::none;
        }
        return roll_rule::none;
    }

    result<date, calendar_gap> rolled(date day, roll_rule roll, std::string_view provision) {
        auto const last = calendar_.rolled(day, roll);
        if (last && told_ != nullptr) {
            walk::roll(*told_, day, *last, std::string{wire_name(roll)}, std::string{provision}, calendar_);
        }
        return last;
    }

    // Article 3(5): a period of two days or more holds two working days.
    result<date, calendar_gap> with_two_working_days(date event, date last) {
        bool const in_days =
            rule_.length.unit == period_unit::calendar_days || rule_.length.unit == period_unit::business_days;
        if (rule_.regime != eu_1182_71 || (in_days && rule_.length.length < 2)) return last;
        auto const second = calendar_.add_business_days(event, is_forward() ? 2 : -2);
        if (!second) return second;
        bool const holds_two = is_forward() ? *second <= last : *second >= last;
        if (holds_two) return last;
        tell(walk::step(step_kind::lengthened, *second, "the second working day of the period",
                        "Regulation 1182/71 article 3(5)"));
        return *second;
    }

    // The hour in which the event falls is not counted under the Regulation; under all others hours start at once.
    instant start_of_hours(instant event) {
        if (rule_.regime != eu_1182_71) return event;
        auto const local = zone_.to_local(event);
        std::int64_t const since = (local.seconds_of_day % 3'600) * microseconds_per_second + local.microseconds;
        instant const start{event.microseconds - since + (is_forward() ? microseconds_per_hour : 0)};
        tell(walk::step(step_kind::not_counted, local.day,
                        fmt::format("the hour of the event; hours run from {}", in_words(start, zone_)),
                        std::string{cited().day_of_event}));
        return start;
    }

    // FRCP 6(a)(2)(C): until the same time on the next day that is none of rest, 6(a)(5) in the direction of counting.
    result<instant, calendar_gap> same_time_on_open_day(instant due) {
        auto const ends_on = day_of_end(due);
        auto const day = rolled(ends_on, is_forward() ? roll_rule::following : roll_rule::preceding, "FRCP 6(a)(2)(C)");
        if (!day) return failed{day.error()};
        if (*day == ends_on) return due;
        auto const local = zone_.to_local(due);
        auto const moved = zone_.to_instant(plus_days(local.day, day->days - ends_on.days), local.seconds_of_day);
        if (!moved) return failed{beyond()};  // past the year 9999
        return instant{moved->at.microseconds + local.microseconds};
    }

    legal_period const& rule_;
    business_calendar const& calendar_;
    time_zone const& zone_;
    walk::steps* told_;
};

template <class Event>
result<legal_end, period_error> counted(legal_period const& rule, Event event, business_calendar const& calendar,
                                        time_zone const& zone, walk::steps* told) {
    counter count{rule, calendar, zone, told};
    if constexpr (std::is_same_v<Event, date>)
        return count.from_day(event);
    else
        return count.from_instant(event);
}

template <class Event>
result<explanation, period_error> explained(legal_period const& rule, Event event, instant from, std::string from_words,
                                            business_calendar const& calendar, time_zone const& zone) {
    walk::steps steps;
    auto const end = counted(rule, event, calendar, zone, &steps);
    if (!end) return failed{end.error()};
    explanation told;
    told.answer = {
        end->due, from, rule.length, calendar.name(), std::string{zone.name()}, walk::data_version_of(calendar)};
    told.from_words = std::move(from_words);
    told.regime = wire_name(rule.regime);
    told.direction = rule.direction;
    told.due_words = due_in_words(end->due, zone);
    told.steps = std::move(steps);
    auto const other = zone.local_date(from);
    told.may_fall = walk::may_fall(calendar, {std::min(other, end->last_day), std::max(other, end->last_day)},
                                   end->last_day, [&](business_calendar const& moved) -> std::optional<date> {
                                       auto const again = counted(rule, event, moved, zone, nullptr);
                                       if (!again) return std::nullopt;
                                       return again->last_day;
                                   });
    walk::clock_change(told.steps, from, end->due, zone);
    return told;
}

}  // namespace

result<legal_end, period_error> end_of(legal_period const& rule, date event, business_calendar const& calendar,
                                       time_zone const& zone) {
    return counted(rule, event, calendar, zone, nullptr);
}

result<legal_end, period_error> end_of(legal_period const& rule, instant event, business_calendar const& calendar,
                                       time_zone const& zone) {
    return counted(rule, event, calendar, zone, nullptr);
}

result<explanation, period_error> explain(legal_period const& rule, date event, business_calendar const& calendar,
                                          time_zone const& zone) {
    return explained(rule, event, zone.start_of_day(event), to_words(event), calendar, zone);
}

result<explanation, period_error> explain(legal_period const& rule, instant event, business_calendar const& calendar,
                                          time_zone const& zone) {
    return explained(rule, event, event, in_words(event, zone), calendar, zone);
}

}  // namespace recourse
