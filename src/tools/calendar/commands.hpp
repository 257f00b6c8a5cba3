// `recourse calendar ...`: the calendars on the command line. Described in docs/commands.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/calendar/sources.hpp"
#include "tools/commands.hpp"

namespace recourse::tools {

struct calendar_options {
    calendar_sources sources;
    bool json = false;
};

struct explain_options {
    std::string from;    // an instant, or a date for a legal regime
    std::string period;  // "5 business_days"
    std::string calendar;
    std::string zone = "UTC";
    std::optional<std::string> regime;  // nothing: the rule is spelled out by start, roll and cut_off
    // What is nothing was not given; what was given and would not count is refused.
    std::optional<std::string> start;
    std::optional<std::string> roll;
    std::optional<std::string> cut_off;
    std::optional<std::string> direction;
    bool ends_with_event = false;
};

int list_calendars(calendar_options const& options, streams with);
int list_holidays(calendar_options const& options, std::string const& name, std::string const& from,
                  std::string const& to, bool as_icalendar, streams with);
int is_open(calendar_options const& options, std::string const& name, std::string const& day, streams with);
int add_days(calendar_options const& options, std::string const& name, std::string const& day, std::int32_t count,
             std::string const& roll, bool as_quantlib, streams with);
int count_days(calendar_options const& options, std::string const& name, std::string const& from, std::string const& to,
               bool include_first, bool include_last, streams with);
int explain_date(calendar_options const& options, explain_options const& asked, streams with);
int evaluate(calendar_options const& options, streams with);

}  // namespace recourse::tools
