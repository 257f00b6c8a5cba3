// A host's own calendar as a JSON document: spelled out, or taken over from known calendars, with its own days on top.
//
//     {"name":"SHOP","base":"DE","closures":["2026-01-02",{"date":"2026-01-05","name":"Stocktaking"}],
//         "worked":["2026-01-06"]}
//     {"name":"TRADE","join":["DE","FR"],"rule":"closed_if_all"}
//     {"name":"YARD","weekmask":"1111110","holidays":["2026-01-02"],"worked":["2026-01-04"],
//         "first_year":2026,"last_year":2028}
//
//     read_calendar_document(text, calendar_set{})->name()    // "SHOP"
//     read_calendar_document("{}", calendar_set{}).error()    // "/name: is missing"
//
// A document names one calendar (base), several (join), or none and spells it out; a base and the parts of a join are
// names, or such objects themselves. `closures` and `worked` are the host's own days as in closures.hpp: they have the
// last word over a base or a join. In a calendar that is spelled out, closures and holidays are the same.
#pragma once

#include <string_view>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/calendar_set.hpp"
#include "recourse/vocabulary/input.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

result<business_calendar, input_problems> read_calendar_document(std::string_view json, calendar_set const& known);

}  // namespace recourse
