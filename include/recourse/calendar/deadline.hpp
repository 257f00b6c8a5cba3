// A deadline: when a period ends that runs from an instant, on a calendar and in a zone; and why it ends there.
//
//     deadline_rule const rule{.length = {5, period_unit::business_days}};
//     compute_deadline(rule, friday_afternoon, *find_calendar("BE"), brussels)->due    // Friday a week later, 24:00
//     to_text(*explain(rule, friday_afternoon, *find_calendar("BE"), brussels))        // each day skipped, and why
//
// In time is t < due. Hours run from the instant; no rule but the bounds touches them. Days, weeks, months and years are
// local days: the day of the event is day 0 and not counted (Regulation 1182/71 article 3(1)); the period ends at local
// midnight after its last day. A civil day that the zone skipped as a whole counts, as on a wall calendar. Service hours
// are counted on a compiled service_schedule.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/explanation.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/calendar/service_hours.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

// What happens when day 0 is a closed day.
enum class start_rule : unsigned char {
    count,              // it is day 0 like any other: the next day may be day 1
    adjust_then_count,  // the next business day becomes day 0
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<start_rule>{"count", "adjust_then_count"};

struct deadline_rule {
    period length;
    start_rule start = start_rule::count;
    roll_rule roll = roll_rule::none;  // of every unit that can end on a closed day; never to before day 0
    // In local seconds of the day: an event at this time or later counts as one of the next date. The start rule comes
    // after it.
    std::optional<std::int32_t> cut_off{};
    bool operator==(deadline_rule const&) const = default;
};

// What a deadline may not pass, whatever is counted; applied in this order.
struct deadline_bounds {
    std::optional<instant> not_before{};
    std::optional<instant> not_after{};
    std::optional<instant> shown{};  // what somebody was told: only later
    bool operator==(deadline_bounds const&) const = default;
};

// The calendar is asked only about the days that the rule needs: hours, and days, weeks, months and years that neither
// adjust nor roll, never meet a gap before the year 10000. A rule in service hours has no answer here, but a gap of no
// year; use the function below.
result<deadline, calendar_gap> compute_deadline(deadline_rule const& rule, instant from,
                                                business_calendar const& calendar, time_zone const& zone,
                                                deadline_bounds const& bounds = {});

// The instant of it alone.
result<instant, calendar_gap> due_at(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                     time_zone const& zone, deadline_bounds const& bounds = {});

// The answer of compute_deadline, walked day by day.
result<explanation, calendar_gap> explain(deadline_rule const& rule, instant from, business_calendar const& calendar,
                                          time_zone const& zone, deadline_bounds const& bounds = {});

// A period in service hours: due when so many open hours have passed, on the closing instant if they end there.
result<deadline, schedule_gap> compute_deadline(period const& service_hours, instant from,
                                                service_schedule const& schedule, deadline_bounds const& bounds = {});
result<explanation, schedule_gap> explain(period const& service_hours, instant from, service_schedule const& schedule,
                                          deadline_bounds const& bounds = {});

}  // namespace recourse
