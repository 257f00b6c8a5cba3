// Leads: a deadline, and back from it.
#include "recourse/calendar/lead_time.hpp"

#include <fmt/format.h>

#include "calendar/walk.hpp"

namespace recourse {
namespace {

struct led_back {
    date from;  // the local day of the deadline; it is not counted
    date to;
    instant at;
};

// Needs a lead in days or longer.
result<led_back, calendar_gap> days_back(instant due, period const& lead, business_calendar const& calendar,
                                         time_zone const& zone) {
    auto const local = zone.to_local(due);
    std::optional<date> day;
    if (lead.unit == period_unit::business_days) {
        auto const counted = calendar.add_business_days(local.day, -lead.length);
        if (!counted) return failed{counted.error()};
        day = *counted;
    } else {
        day = walk::shifted(local.day, lead.unit, -std::int64_t{lead.length});
    }
    if (!day) return failed{calendar_gap{calendar.name(), year_min - 1}};
    if (due == zone.start_of_day(local.day)) return led_back{local.day, *day, zone.start_of_day(*day)};
    auto at = zone.to_instant(*day, local.seconds_of_day).value().at;  // a gap and a fold have an answer
    at.microseconds += local.microseconds;
    return led_back{local.day, *day, at};
}

explanation told_back(instant due, instant at, period const& lead, time_zone const& zone) {
    explanation told;
    told.answer.due = at;
    told.answer.from = due;
    told.answer.length = lead;
    told.answer.zone = zone.name();
    told.from_words = due_in_words(due, zone);
    told.due_words = due_in_words(at, zone);
    told.direction = count_direction::before;
    return told;
}

}  // namespace

result<instant, calendar_gap> lead_before(instant due, period const& lead, business_calendar const& calendar,
                                          time_zone const& zone) {
    if (lead.unit == period_unit::service_hours) return failed{calendar_gap{calendar.name(), no_year}};
    if (lead.unit == period_unit::hours) return plus_seconds(due, -std::int64_t{lead.length} * 3'600);
    auto const back = days_back(due, lead, calendar, zone);
    if (!back) return failed{back.error()};
    return back->at;
}

result<explanation, calendar_gap> explain_lead(instant due, period const& lead, business_calendar const& calendar,
                                               time_zone const& zone) {
    auto const at = lead_before(due, lead, calendar, zone);
    if (!at) return failed{at.error()};
    auto told = told_back(due, *at, lead, zone);
    told.answer.calendar = calendar.name();
    told.answer.data_version = walk::data_version_of(calendar);
    if (lead.unit == period_unit::hours) {
        auto hours = walk::step(step_kind::hours_run, zone.local_date(*at));
        hours.last = zone.local_date({due.microseconds - 1});
        hours.number = lead.length;
        told.steps.push_back(std::move(hours));
    } else {
        auto const back = days_back(due, lead, calendar, zone).value();
        if (lead.unit == period_unit::business_days)
            walk::business_days(told.steps, back.from, back.to, calendar);
        else
            told.steps.push_back(
                walk::step(step_kind::shifted, back.to, fmt::format("{} back", walk::period_words(lead))));
    }
    walk::clock_change(told.steps, *at, due, zone);
    return told;
}

result<instant, schedule_gap> lead_before(instant due, period const& service_hours, service_schedule const& schedule) {
    return schedule.add(due, -std::int64_t{service_hours.length} * 3'600, edge_convention::close);
}

result<explanation, schedule_gap> explain_lead(instant due, period const& service_hours,
                                               service_schedule const& schedule) {
    auto const at = lead_before(due, service_hours, schedule);
    if (!at) return failed{at.error()};
    auto const open = schedule.open_intervals(*at, due);
    if (!open) return failed{open.error()};
    auto const& zone = schedule.zone();
    auto told = told_back(due, *at, service_hours, zone);
    told.answer.calendar = schedule.name();
    told.answer.data_version = fmt::format("zones {}", zone_data_version());
    for (auto const& one : *open) {
        auto step = walk::step(step_kind::open_hours, zone.local_date(one.opens),
                               fmt::format("{} to {}", in_words(one.opens, zone), due_in_words(one.closes, zone)));
        step.number =
            static_cast<std::int32_t>((one.closes.microseconds - one.opens.microseconds) / microseconds_per_second);
        told.steps.push_back(std::move(step));
    }
    walk::clock_change(told.steps, *at, due, zone);
    return told;
}

std::string lead_in_words(explanation const& lead) {
    auto text = fmt::format("{} before {}\n", walk::period_words(lead.answer.length), lead.from_words);
    for (auto const& step : lead.steps) text += fmt::format("  {}\n", to_text(step));
    return text + fmt::format("is {} ({})\n", lead.due_words, to_text(lead.answer.due));
}

}  // namespace recourse
