// A period as a law counts it: which day is not counted, what happens when the last day is closed, when it is over.
//
//     legal_period const withdrawal{legal_regime::eu_1182_71, {14, period_unit::calendar_days}};
//     auto const end = *end_of(withdrawal, to_date({2024, 12, 11}), *find_calendar("DE"), berlin);
//     to_text(end.last_day)              // "2024-12-27": the 25th and 26th are holidays
//     to_text(end.due)                   // "2024-12-27T23:00:00Z": in time is t < due
//     to_text(*explain(withdrawal, ...)) // day by day, with the articles
//
// Sources: Regulation (EEC, Euratom) No 1182/71, article 3, with the Court of Justice in C-171/03 (Toeters); Federal
// Rules of Civil Procedure, rule 6(a), as amended in 2009; Civil Procedure Rules (England and Wales), rules 2.8 and
// 2.10; Civil Code of China, articles 201 to 203.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/calendar/time_zone.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class legal_regime : unsigned char {
    plain,          // the day of the event is not counted, the last day is whatever it is
    eu_1182_71,     // the hour of the event is not counted either; ends on a working day; two days hold two of them
    us_frcp_6a,     // ends on a day that is none of rest, also going back and in hours
    uk_cpr_2_8,     // clear days; up to five days only working days count
    cn_civil_code,  // ends on a working day; an adjusted weekend is one
};
template <>
inline constexpr std::array<std::string_view, 5> wire_names<legal_regime>{"plain", "eu_1182_71", "us_frcp_6a",
                                                                          "uk_cpr_2_8", "cn_civil_code"};

struct legal_period {
    legal_regime regime = legal_regime::plain;
    period length;
    count_direction direction = count_direction::after;
    // CPR 2.8(3): a period in days ends with an event, whose day is not counted either: the answer is the day of that
    // event. Going back it always is so under that regime, as rule 2.8(3)(b) has it; the others have no such thing.
    bool ends_with_event = false;
    bool operator==(legal_period const&) const = default;
};

struct legal_end {
    instant due;    // exclusive: the end of `last_day`, or of the last hour
    date last_day;  // the local day on which the period ends; going back in hours, the day of `due`
    bool operator==(legal_end const&) const = default;
};

enum class period_error_kind : unsigned char {
    no_data,              // the calendar does not cover a day that is needed
    needs_an_instant,     // hours were to run from a whole day
    unit_is_not_counted,  // the regime does not count in that unit
    length_out_of_range,  // not 1 to 10000
};
template <>
inline constexpr std::array<std::string_view, 4> wire_names<period_error_kind>{
    "no_data", "needs_an_instant", "unit_is_not_counted", "length_out_of_range"};

struct period_error {
    period_error_kind kind = period_error_kind::no_data;
    std::string sentence;
    bool operator==(period_error const&) const = default;
};

// From a day, for every unit but hours; from an instant, whose local day counts unless the unit is hours. Service hours
// are counted on a service_schedule. A month or year without that date ends on the last day of the month.
result<legal_end, period_error> end_of(legal_period const&, date event, business_calendar const&, time_zone const&);
result<legal_end, period_error> end_of(legal_period const&, instant event, business_calendar const&, time_zone const&);

// The same answer, walked: what is not counted, what is skipped, where the last day went, and by which provision.
result<explanation, period_error> explain(legal_period const&, date event, business_calendar const&, time_zone const&);
result<explanation, period_error> explain(legal_period const&, instant event, business_calendar const&,
                                          time_zone const&);

}  // namespace recourse
