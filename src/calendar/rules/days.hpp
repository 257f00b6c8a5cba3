// The days that a rule gives in one year.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "recourse/calendar/holiday_table.hpp"

namespace recourse::rules {

// Appends the days of `rule` whose base falls in that year; none where the year has none, as for 02-29. Rows that the
// rule refers to are looked up in `table`, before `row`. False if a table of moons or suns does not reach that year.
bool append_days(std::vector<date>& days, day_rule const& rule, std::int32_t year, holiday_table const& table,
                 std::size_t row);

// Where a day goes by a clause that asks for no other holiday.
date moved_by(substitute_clause const& clause, date day);

// The row that the rule refers to, or nothing if no row before `row` has that id.
holiday_rule const* row_called(holiday_table const& table, std::string_view id, std::size_t row);

// Why the row refers to none, or by too many steps; empty if it is right.
std::string reference_problem(holiday_table const& table, std::size_t row);

// The base at the end of the references: what makes the row's days sure or not.
day_base reached_base(holiday_table const& table, std::size_t row);

// Whether the row counts in that year at all.
bool holds_in(holiday_rule const& rule, std::int32_t year);

// Where the row's own weekdays and moves send a day; nothing if it does not count on that weekday.
std::optional<date> placed(holiday_rule const& rule, date day);

}  // namespace recourse::rules
