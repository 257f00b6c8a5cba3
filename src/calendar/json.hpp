// Days, times of the day and calendars as JSON.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/date.hpp"
#include "vocabulary/json.hpp"

namespace recourse {

// Found by its argument when a member of a struct is written.
inline void write_value(std::string& out, date day) { json::write_string(out, to_text(day)); }

}  // namespace recourse

namespace recourse::json {

using recourse::write_value;

// A member that is read later, by somebody who knows what it may be.
struct raw {
    value const* at = nullptr;
};
inline void read_value(value const& from, raw& into, place const&, problems&) { into.at = &from; }

void read_value(value const&, date&, place const&, problems&);  // "2026-03-29"

// The hours that a half day is closed, "13:00-24:00"; empty for every other kind of day.
half_day_span read_closed(std::string_view text, holiday_kind kind, place const&, problems&);

// The calendar that a name means, or a sentence why there is none.
using known_calendars =
    std::function<result<std::shared_ptr<business_calendar const>, std::string>(std::string const& name)>;

// A calendar as an object: spelled out, for every year unless it names some,
//
//     {"weekmask":"1111100","holidays":["2026-01-02",{"date":"2026-01-05","name":"Stocktaking"}],"worked":["2026-01-03"]}
//
// or another one (base), or several (join), with own days on top, as recourse/calendar/calendar_document.hpp tells.
// `name` is what the calendar is called in errors and explanations, unless it has the member of that name.
std::optional<business_calendar> read_calendar(value const&, std::string_view name, place const&, problems&,
                                               known_calendars const& known = {});

}  // namespace recourse::json
