// Steps of an explanation, made from the days of a calendar that an answer was counted over.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/explanation.hpp"
#include "recourse/calendar/time_zone.hpp"

namespace recourse::walk {

using steps = std::vector<explanation_step>;

explanation_step step(step_kind kind, date day, std::string reason = {}, std::string source = {});

// A closed day, with what closes it. The calendar covers it: it was counted over.
explanation_step skipped(business_calendar const& calendar, date day);

// Each open day from the one beside `day_zero` to `last`, in runs, and each closed day between; `last` may be earlier.
void business_days(steps& told, date day_zero, date last, business_calendar const& calendar);

// The closed days from `counted` to `last`, where it went instead, and by which rule.
void roll(steps& told, date counted, date last, std::string reason, std::string source,
          business_calendar const& calendar);

// "CET +01:00 to CEST +02:00", if the clock of the zone was changed between the two.
void clock_change(steps& told, instant from, instant to, time_zone const& zone);

// The earliest and latest last day when predicted holidays near `counted` fall on another day, all of them as many days
// later or earlier, with their substitutes; nothing if there is none, if the answer stays, or if data run out. `answer`
// is the last day as it is, and `last_day` gives it on another calendar.
std::optional<day_range> may_fall(business_calendar const& calendar, day_range counted, date answer,
                                  std::function<std::optional<date>(business_calendar const&)> const& last_day);

// So many calendar days, weeks, months or years on, back if `length` is negative; nothing outside the years 1 to 9999.
std::optional<date> shifted(date from, period_unit unit, std::int64_t length);

std::string period_words(period const& length);  // "5 business days", "1 week"
std::string data_version_of(business_calendar const& calendar);
// What that consists of, one after the other.
inline std::array<std::string_view, 5> data_version_parts(business_calendar const& calendar) {
    return {calendar.name(), " ", calendar.data_version(), ", zones ", zone_data_version()};
}
// The text of a period, put together in a text that has its memory already.
template <class Text>
void append(Text& out, std::string_view part) {
    out.append(part.data(), part.data() + part.size());
}
template <class Text>
void append_period(Text& out, period const& length) {
    append(out, std::to_string(length.length));
    append(out, " ");
    append(out, wire_name(length.unit));
}

}  // namespace recourse::walk
