// A lead: the instant that lies so much time before a deadline, for whoever is to be told in time.
//
//     lead_before(thursday_24h, {2, period_unit::calendar_days}, calendar, zone)   // Tuesday 24:00
//     lead_before(monday_10h, {1, period_unit::business_days}, calendar, zone)     // Friday 10:00
//     lead_before(tuesday_9h18, {1, period_unit::service_hours}, nine_to_five)     // Monday 16:18
//
// Hours are elapsed time. Days, weeks, months and years go back on local dates and keep the local time of the deadline;
// of business days so many lie between the two. A deadline at the start of a day gives the start of a day.
#pragma once

#include "recourse/calendar/deadline.hpp"

namespace recourse {

// Service hours have no answer here, but a gap of no year; use the functions below.
result<instant, calendar_gap> lead_before(instant due, period const& lead, business_calendar const& calendar,
                                          time_zone const& zone);
// The same walked back day by day: `answer.from` is the deadline, `answer.due` the instant of the lead.
result<explanation, calendar_gap> explain_lead(instant due, period const& lead, business_calendar const& calendar,
                                               time_zone const& zone);

// So many open hours before; where they run out on an opening, that opening.
result<instant, schedule_gap> lead_before(instant due, period const& service_hours, service_schedule const& schedule);
result<explanation, schedule_gap> explain_lead(instant due, period const& service_hours,
                                               service_schedule const& schedule);

// "1 business day before Mon 9 Mar 2026 10:00:00 Europe/Brussels (CET)", the days, and the instant; several lines, each
// ended by a newline.
std::string lead_in_words(explanation const& lead);

}  // namespace recourse
