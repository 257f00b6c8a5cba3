// Worked dates of a page: when a clock ends that began then, and why there.
#pragma once

#include <string>

#include "policy/page/blocks.hpp"

namespace recourse::page {

// The calendar and zone that a clock is counted in; the calendar is nullptr where a named one is not there.
page_days days_of(clock_rule const& rule, page_setting const& on);

// Noon of the page's day, where the clock's days are counted.
instant noon_of(clock_rule const& rule, page_setting const& on);

// "Wed 8 Apr 2026 24:00 Europe/Brussels", and behind it softly which days were skipped; or why there is no date.
text worked_date(clock_rule const& rule, policy const& of, page_setting const& on);

// "the buyer's days", "the buyer's zone, the calendar BE; ends on the following open day"
std::string whose_days(clock_rule const& rule);

// "5 calendar days", "1 week"
std::string length_in_words(period const& length);

// A dispute in which everybody takes all of the time there is, each stage once: a bar for each clock.
bars course_of(policy const& of, page_setting const& on);

}  // namespace recourse::page
