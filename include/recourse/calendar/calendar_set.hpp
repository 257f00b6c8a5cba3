// The calendars that a host counts with: the built-in ones, with its own calendars, tables and decrees on top.
//
//     calendar_set calendars;                                     // the built-in ones
//     if (auto added = calendars.add(*read_holiday_decree(text)); !added) ...  // this year's decree, without a rebuild
//     calendars.add(*business_calendar::make(shop_content));      // the host's own
//     calendars.find("SHOP")->title()                             // found before any built-in name
//
// A value: fill it before it is used, then share it. A calendar that was found lives as long as the set, or a copy of
// it, has it: adding another under its name, or a table or decree of its country, ends it. Of two of one name the one
// that was added last is found.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/calendar/holiday_table.hpp"

namespace recourse {

class calendar_set {
  public:
    // Takes the place of a calendar of the same name.
    void add(business_calendar calendar);
    void add(std::shared_ptr<business_calendar const> calendar);

    // Compiles the table and its regions, with every decree that was added for it, and gives the calendar without a
    // region. Takes the place of the whole table of that code, built-in or added: regions and other names that the new
    // one does not list are found no more, and built-in decrees do not count for it. Nothing changes on an error.
    result<business_calendar const*, std::string> add(holiday_table table);

    // Compiles the calendar of the decree and its regions anew. Of a year the latest version counts: a decree is refused
    // if a later one of its year is there, built-in or added, and takes the place of one of the same version. Nothing
    // changes on an error.
    result<business_calendar const*, std::string> add(holiday_decree decree);

    [[nodiscard]] business_calendar const* find(std::string_view name) const;

    // The rows behind a name that `find` knows; nothing for a calendar that was added without any, and for WEEKDAYS.
    // Valid like a calendar that was found, but in this set alone.
    [[nodiscard]] holiday_table const* find_table(std::string_view name) const;

    // Of the host's own calendars and tables, then the built-in ones, each in alphabetical order. Without regions and
    // other names.
    [[nodiscard]] std::vector<std::string_view> names() const;

  private:
    struct own_calendar {
        std::shared_ptr<business_calendar const> calendar;
        std::string table;  // the code of the table behind it; empty: none
    };
    struct own_table {
        holiday_table table;
        bool is_built_in = false;             // its built-in decrees count
        std::vector<holiday_decree> decrees;  // that were added, one a year
    };
    result<business_calendar const*, std::string> compile(own_table from);

    std::map<std::string, own_calendar, std::less<>> own_;
    std::map<std::string, own_table, std::less<>> tables_;
};

}  // namespace recourse
