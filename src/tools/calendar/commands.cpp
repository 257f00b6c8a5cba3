// The calendar subcommands: read the arguments, ask the library, print for people or as JSON.
#include "tools/calendar/commands.hpp"

#include <istream>
#include <ostream>
#include <stdexcept>

#include <fmt/format.h>

#include "calendar/json.hpp"
#include "recourse/calendar/clock_time.hpp"
#include "recourse/calendar/deadline.hpp"
#include "recourse/calendar/icalendar.hpp"
#include "recourse/calendar/legal_period.hpp"
#include "recourse/vocabulary/quoted.hpp"
#include "tools/calendar/eval.hpp"

namespace recourse::tools {
namespace {

// A holiday as it is written.
struct written_holiday {
    date day;
    std::string name;
    std::string english;
    holiday_kind kind{};
    certainty known_by{};
    bool substitute = false;
    std::int32_t may_move_days = 0;
    std::optional<std::string> closed;  // "13:00-24:00", of a half day
    std::string source;
};
BOOST_DESCRIBE_STRUCT(written_holiday, (),
                      (day, name, english, kind, known_by, substitute, may_move_days, closed, source))

written_holiday written(holiday const& one) {
    written_holiday made{one.day,        one.name,          one.english,  one.kind,  one.known_by,
                         one.substitute, one.may_move_days, std::nullopt, one.source};
    if (one.kind == holiday_kind::half_day)
        made.closed = to_clock_text(one.closed.from) + "-" + to_clock_text(one.closed.until);
    return made;
}

// A line of input that is longer is an error of that line.
constexpr std::size_t line_bytes_max = 1 << 20;

template <class T>
T read_argument(result<T, std::string> read, std::string_view name) {
    if (read) return std::move(read).value();
    throw std::invalid_argument{fmt::format("{}: {}", name, read.error())};
}

template <class E>
E read_choice(std::string const& text, std::string_view name) {
    if (auto const known = from_wire_name<E>(text)) return *known;
    throw std::invalid_argument{
        fmt::format("{}: expected one of {}; found {}", name, fmt::join(wire_names<E>, ", "), quoted(text))};
}

business_calendar const& named(calendar_set const& calendars, std::string const& name) {
    if (auto const* found = calendars.find(name)) return *found;
    throw std::invalid_argument{fmt::format("there is no calendar {}{}; `recourse calendar list` names them",
                                            quoted(name), json::nearest(name, calendars.names()))};
}

// No data for a year, or a day that is closed: said on standard error, with the code for what failed.
int not_answered(std::string const& sentence, streams with) {
    with.error << "recourse: " << sentence << "\n";
    return exit_failed;
}

struct listed_calendar {
    std::string name;
    std::string title;
    std::int32_t first_year = 0;
    std::int32_t last_year = 0;
    std::string data_version;
    std::vector<std::string> also;
    std::vector<std::string> regions;
};
BOOST_DESCRIBE_STRUCT(listed_calendar, (), (name, title, first_year, last_year, data_version, also, regions))

std::string certainty_words(holiday const& one) {
    std::string words;
    if (one.kind != holiday_kind::public_holiday) words += fmt::format(", {}", wire_name(one.kind));
    if (one.kind == holiday_kind::half_day) words += fmt::format(" {}", to_text(one.closed));
    if (one.substitute) words += ", substitute";
    if (one.known_by != certainty::rule) words += fmt::format(", {}", wire_name(one.known_by));
    if (one.may_move_days != 0) words += fmt::format(", may move by {} day(s)", one.may_move_days);
    return words;
}

template <class E>
E read_choice(std::optional<std::string> const& text, std::string_view name, E otherwise) {
    return text ? read_choice<E>(*text, name) : otherwise;
}

// Who gives an option expects it to count.
void refuse(bool given, std::string_view option, std::string_view why) {
    if (given) throw std::invalid_argument{fmt::format("{}: {}; leave it out", option, why)};
}

void refuse_spelled_out(explain_options const& asked, std::string_view why) {
    refuse(asked.start.has_value(), "--start", why);
    refuse(asked.roll.has_value(), "--roll", why);
    refuse(asked.cut_off.has_value(), "--cut-off", why);
}

int explain_by_regime(explain_options const& asked, business_calendar const& calendar, time_zone const& zone,
                      bool as_json, streams with) {
    refuse_spelled_out(asked, "does not count with --regime");
    legal_period const rule{read_choice<legal_regime>(*asked.regime, "--regime"),
                            read_argument(parse_period(asked.period), "PERIOD"),
                            read_choice(asked.direction, "--direction", count_direction::after), asked.ends_with_event};
    refuse(rule.ends_with_event && rule.regime != legal_regime::uk_cpr_2_8, "--ends-with-event",
           "counts only with --regime uk_cpr_2_8");
    auto const day = parse_date(asked.from);
    auto const told = day ? explain(rule, *day, calendar, zone)
                          : explain(rule, read_argument(parse_instant(asked.from), "FROM"), calendar, zone);
    if (!told) return not_answered(told.error().sentence, with);
    with.out << (as_json ? to_json(*told) + "\n" : to_text(*told));
    return exit_done;
}

}  // namespace

int list_calendars(calendar_options const& options, streams with) {
    auto const calendars = calendars_of(options.sources);
    for (auto const name : calendars.names()) {
        auto const& calendar = *calendars.find(name);
        listed_calendar one{std::string{name},
                            calendar.title(),
                            calendar.first_year(),
                            calendar.last_year(),
                            calendar.data_version(),
                            {},
                            {}};
        if (auto const* table = calendars.find_table(name)) {
            one.also = table->also;
            for (auto const& region : table->regions) one.regions.push_back(region.code);
        }
        if (options.json) {
            with.out << json::to_json(one) << "\n";
            continue;
        }
        with.out << fmt::format("{:<10} {} to {}  {}", one.name, one.first_year, one.last_year, one.title);
        if (!one.also.empty()) with.out << fmt::format(" (also {})", fmt::join(one.also, ", "));
        if (!one.regions.empty()) with.out << fmt::format("; regions {}", fmt::join(one.regions, " "));
        with.out << "\n";
    }
    return exit_done;
}

int list_holidays(calendar_options const& options, std::string const& name, std::string const& from,
                  std::string const& to, bool as_icalendar, streams with) {
    auto const calendars = calendars_of(options.sources);
    auto const& calendar = named(calendars, name);
    // A year alone is its first or its last day.
    auto const first = read_argument(parse_date(from.size() == 4 ? from + "-01-01" : from), "FROM");
    auto const last = read_argument(parse_date(to.size() == 4 ? to + "-12-31" : to), "TO");
    if (last < first) throw std::invalid_argument{fmt::format("TO: {} lies before {}", to_text(last), to_text(first))};
    auto const days = calendar.holidays(first, last);
    if (!days) return not_answered(to_text(days.error()), with);
    if (as_icalendar) {
        with.out << write_icalendar(calendar, first, last);
        return exit_done;
    }
    for (auto const& one : *days) {
        if (options.json)
            with.out << json::to_json(written(one)) << "\n";
        else
            with.out << fmt::format(
                "{}  {}{}{}\n", to_words(one.day), one.name,
                one.english.empty() || one.english == one.name ? std::string{} : fmt::format(" ({})", one.english),
                certainty_words(one));
    }
    return exit_done;
}

int is_open(calendar_options const& options, std::string const& name, std::string const& day, streams with) {
    auto const calendars = calendars_of(options.sources);
    auto const on = read_argument(parse_date(day), "DATE");
    auto const state = named(calendars, name).day_reason(on);
    if (!state) return not_answered(to_text(state.error()), with);
    if (options.json) {
        std::string line = fmt::format(R"({{"date":"{}","open":{},"reason":)", to_text(on), state->is_open());
        json::write_string(line, to_text(*state));
        with.out << line << "}\n";
    } else {
        with.out << fmt::format("{}: {}, {}\n", to_words(on), state->is_open() ? "open" : "closed", to_text(*state));
    }
    return exit_done;
}

int add_days(calendar_options const& options, std::string const& name, std::string const& day, std::int32_t count,
             std::string const& roll, bool as_quantlib, streams with) {
    auto const calendars = calendars_of(options.sources);
    auto const& calendar = named(calendars, name);
    auto const from = read_argument(parse_date(day), "DATE");
    auto const rule = read_choice<roll_rule>(roll, "--roll");
    auto const reached = [&]() -> result<date, calendar_error> {
        if (!as_quantlib) return calendar.offset_business_days(from, count, rule);
        auto const found = calendar.advance(from, count, advance_unit::business_days, rule);
        if (!found) return failed{to_error(found.error())};
        return *found;
    }();
    if (!reached) return not_answered(reached.error().sentence, with);
    with.out << (options.json ? fmt::format(R"({{"date":"{}"}})", to_text(*reached)) : to_words(*reached)) << "\n";
    return exit_done;
}

int count_days(calendar_options const& options, std::string const& name, std::string const& from, std::string const& to,
               bool include_first, bool include_last, streams with) {
    auto const calendars = calendars_of(options.sources);
    auto const days = named(calendars, name)
                          .count_business_days(read_argument(parse_date(from), "FROM"),
                                               read_argument(parse_date(to), "TO"), include_first, include_last);
    if (!days) return not_answered(to_text(days.error()), with);
    with.out << (options.json ? fmt::format(R"({{"business_days":{}}})", *days) : std::to_string(*days)) << "\n";
    return exit_done;
}

int explain_date(calendar_options const& options, explain_options const& asked, streams with) {
    auto const calendars = calendars_of(options.sources);
    auto const& calendar = named(calendars, asked.calendar);
    auto const zone = read_argument(time_zone::find(asked.zone), "--zone");
    if (asked.regime) return explain_by_regime(asked, calendar, zone, options.json, with);
    refuse(asked.direction.has_value(), "--direction", "counts only with --regime");
    refuse(asked.ends_with_event, "--ends-with-event", "counts only with --regime uk_cpr_2_8");
    deadline_rule rule{.length = read_argument(parse_period(asked.period), "PERIOD"),
                       .start = read_choice(asked.start, "--start", start_rule::count),
                       .roll = read_choice(asked.roll, "--roll", roll_rule::none),
                       .cut_off = std::nullopt};
    if (rule.length.unit == period_unit::service_hours) {
        throw std::invalid_argument{"PERIOD: service_hours need a schedule; see `recourse calendar eval`, service_add"};
    }
    if (rule.length.unit == period_unit::hours) refuse_spelled_out(asked, "does not count for a period in hours");
    if (asked.cut_off) rule.cut_off = read_argument(parse_clock_time(*asked.cut_off), "--cut-off");
    auto const told = explain(rule, read_argument(parse_instant(asked.from), "FROM"), calendar, zone);
    if (!told) return not_answered(to_text(told.error()), with);
    with.out << (options.json ? to_json(*told) + "\n" : to_text(*told));
    return exit_done;
}

int evaluate(calendar_options const& options, streams with) {
    evaluator rows{calendars_of(options.sources)};
    for (std::string line; std::getline(with.in, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        with.out << (line.size() > line_bytes_max ? rows.too_long(line_bytes_max) : rows.answer(line)) << '\n';
        // Whoever waits for an answer before asking on, gets it.
        if (with.in.rdbuf()->in_avail() <= 0) with.out.flush();
        if (!with.out) return exit_failed;
    }
    with.out.flush();
    return exit_done;
}

}  // namespace recourse::tools
