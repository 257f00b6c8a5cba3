// A host's own days on top of a calendar: its closures, and days that it works although others do not.
//
//     holiday const stocktaking{.day = to_date({2026, 1, 5}), .name = "Stocktaking"};
//     auto const shop = with_closures(*find_calendar("DE"), "SHOP", {stocktaking});
//     *shop->is_business_day(stocktaking.day)     // false
//     shop->data_version()                        // "2026-11-20.own-3f9c01ab": that of the base, and of the own days
//
// The host has the last word. An own closing day closes, whatever the base says. An own worked day
// (holiday_kind::worked_weekend) is worked in full: a weekend of the base is open, and the holidays and half days that
// the base has on it are dropped. Of two own rows on one day, closing beats worked, as in every calendar. An own half
// day closes nothing and opens nothing: to work half of a holiday, give a worked day and a half day.
#pragma once

#include <string>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/holiday.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

struct closure_label {
    std::string title;    // empty: the title of the base, with ", with own days" if there are any
    std::string version;  // of the own days; empty: their digest
};

// For the years of the base; an own day outside them is an error.
result<business_calendar, std::string> with_closures(business_calendar const& base, std::string name,
                                                     std::vector<holiday> own, closure_label label = {});

}  // namespace recourse
