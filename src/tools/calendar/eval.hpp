// `recourse calendar eval`: questions as JSON lines, one answer a line. The format is docs/commands.md.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/json.hpp"
#include "recourse/calendar/calendar_set.hpp"
#include "recourse/calendar/service_hours.hpp"

namespace recourse::tools {

// Why a row has no answer. Codes are documented and frozen once released.
struct row_error {
    std::string_view code;
    std::string message;
};

// Answers rows one after the other; what `define` named holds for the rows after it.
class evaluator {
  public:
    explicit evaluator(calendar_set calendars) : calendars_{std::move(calendars)} {}

    // One line in, one line out, without the newline. Never throws for what stands in the line.
    std::string answer(std::string_view line);
    // The answer to a line that nobody reads.
    static std::string too_long(std::size_t bytes_max);

    // What a row's member "calendar" means: a defined name, a calendar's name, names joined by + or &, or an object.
    // An object without a name of its own is `called` so in errors.
    result<std::shared_ptr<business_calendar const>, row_error> calendar_of(json::raw from,
                                                                            std::string_view called = "inline");
    result<growing_schedule*, row_error> schedule_of(json::raw from);
    void define(std::string name, std::shared_ptr<business_calendar const> calendar);

  private:
    result<std::shared_ptr<business_calendar const>, row_error> calendar_named(std::string const& name);

    calendar_set calendars_;
    using named_calendars = std::map<std::string, std::shared_ptr<business_calendar const>, std::less<>>;
    named_calendars defined_;
    named_calendars joined_;  // made from names, until one of them may mean another calendar
    // The schedule of the row before: rows often ask about the same one.
    json::value last_schedule_;
    std::optional<growing_schedule> schedule_;
};

}  // namespace recourse::tools
