// The arguments of `recourse calendar`.
#include "tools/calendar/arguments.hpp"

#include <memory>
#include <string>

#include "tools/calendar/commands.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    calendar_options common;
    explain_options explain;
    std::string name;
    std::string day;
    std::string from;
    std::string to;
    std::int32_t count = 0;
    std::string roll = "none";
    bool as_quantlib = false;
    bool as_icalendar = false;
    bool exclude_first = false;
    bool include_last = false;
};

constexpr char const* rolls =
    "Where a closed day goes: none, following, preceding, modified_following, modified_preceding, "
    "half_month_modified_following or nearest";

void add_common(CLI::App& command, arguments& given, bool with_json) {
    add_calendar_sources(command, given.common.sources);
    if (with_json) command.add_flag("--json", given.common.json, "Answer in JSON, one object a line");
}

void add_name(CLI::App& command, arguments& given) {
    command.add_option("name", given.name, "A calendar or a region of one: DE, DE-BY")->required();
}

}  // namespace

void add_calendar_sources(CLI::App& command, calendar_sources& into) {
    command.add_option("--table", into.table_paths, "A holiday table to use on top; may be repeated");
    command.add_option("--decree", into.decree_paths, "A decree of one year to use on top; may be repeated");
    command.add_option("--calendar", into.document_paths, "A calendar of your own; may be repeated");
}

std::function<std::function<int(streams)>()> add_calendar_commands(CLI::App& app) {
    auto const given = std::make_shared<arguments>();
    auto* calendar = app.add_subcommand("calendar", "Holidays, business days and deadlines");
    calendar->require_subcommand(1);

    auto* list = calendar->add_subcommand("list", "The calendars there are");
    add_common(*list, *given, true);

    auto* holidays = calendar->add_subcommand("holidays", "The holidays of a calendar, weekends too");
    add_common(*holidays, *given, true);
    add_name(*holidays, *given);
    holidays->add_option("from", given->from, "A date, or a year for its first day")->required();
    holidays->add_option("to", given->to, "A date, or a year for its last day; FROM's year if left out");
    holidays->add_flag("--ics", given->as_icalendar, "Answer as an iCalendar file");

    auto* is_open_command = calendar->add_subcommand("is-open", "Whether a day is a business day, and why not");
    add_common(*is_open_command, *given, true);
    add_name(*is_open_command, *given);
    is_open_command->add_option("date", given->day, "YYYY-MM-DD")->required();

    auto* add = calendar->add_subcommand("add", "The date so many business days on; back if N is negative");
    add_common(*add, *given, true);
    add_name(*add, *given);
    add->add_option("date", given->day, "YYYY-MM-DD")->required();
    add->add_option("n", given->count, "How many business days")->required();
    add->add_option("--roll", given->roll, rolls);
    add->add_flag("--quantlib", given->as_quantlib, "Count from the date itself, without rolling first");

    auto* count = calendar->add_subcommand("count", "The business days from one date up to and without another");
    add_common(*count, *given, true);
    add_name(*count, *given);
    count->add_option("from", given->from, "YYYY-MM-DD")->required();
    count->add_option("to", given->to, "YYYY-MM-DD")->required();
    count->add_flag("--exclude-first", given->exclude_first, "Do not count FROM");
    count->add_flag("--include-last", given->include_last, "Count TO");

    auto* explain = calendar->add_subcommand("explain", "When a period ends, and why, day by day");
    add_common(*explain, *given, true);
    explain->add_option("calendar", given->explain.calendar, "A calendar: DE")->required();
    explain->add_option("from", given->explain.from, "An instant, 2026-03-27T15:00:00Z; with --regime a date too")
        ->required();
    explain->add_option("period", given->explain.period, "A length and a unit: \"5 business_days\"")->required();
    explain->add_option("--zone", given->explain.zone, "Whose days count: Europe/Berlin; UTC if left out");
    explain->add_option("--start", given->explain.start, "When day 0 is closed: count or adjust_then_count");
    explain->add_option("--roll", given->explain.roll, rolls);
    explain->add_option("--cut-off", given->explain.cut_off, "From this time on the next day counts: 17:00");
    explain->add_option("--regime", given->explain.regime,
                        "A law to count by: plain, eu_1182_71, us_frcp_6a, uk_cpr_2_8 or cn_civil_code");
    explain->add_option("--direction", given->explain.direction, "With --regime: after or before");
    explain->add_flag("--ends-with-event", given->explain.ends_with_event,
                      "With --regime uk_cpr_2_8: the period ends with an event, whose day is not counted");

    auto* eval = calendar->add_subcommand("eval", "Answer questions: JSON lines on standard input, one answer a line");
    add_common(*eval, *given, false);

    return [=]() -> std::function<int(streams)> {
        if (!calendar->parsed()) return {};
        return [=](streams with) {
            auto const& common = given->common;
            if (list->parsed()) return list_calendars(common, with);
            if (holidays->parsed()) {
                auto const& to = given->to.empty() ? given->from.substr(0, 4) : given->to;
                return list_holidays(common, given->name, given->from, to, given->as_icalendar, with);
            }
            if (is_open_command->parsed()) return is_open(common, given->name, given->day, with);
            if (add->parsed()) {
                return add_days(common, given->name, given->day, given->count, given->roll, given->as_quantlib, with);
            }
            if (count->parsed()) {
                return count_days(common, given->name, given->from, given->to, !given->exclude_first,
                                  given->include_last, with);
            }
            if (explain->parsed()) return explain_date(common, given->explain, with);
            return evaluate(common, with);
        };
    };
}

}  // namespace recourse::tools
