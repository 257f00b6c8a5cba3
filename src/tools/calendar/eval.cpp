// One row a question: what each operation reads, and what it asks of the library.
#include "tools/calendar/eval.hpp"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>

#include <fmt/format.h>

#include "calendar/json.hpp"
#include "recourse/calendar/clock_time.hpp"
#include "recourse/calendar/legal_period.hpp"
#include "recourse/vocabulary/quoted.hpp"
#include "tools/calendar/eval_rows.hpp"

namespace recourse::tools {
namespace {

constexpr std::size_t joined_max = 256;  // names of joins that are remembered

using answered = result<std::string, row_error>;  // a whole line, or why there is none

failed<row_error> no(std::string_view code, std::string message) { return failed{row_error{code, std::move(message)}}; }

failed<row_error> no(input_problems const& problems) { return no("invalid_row", to_text(problems)); }
failed<row_error> no(calendar_gap const& gap) { return no("no_data", to_text(gap)); }
failed<row_error> no(calendar_error const& why) { return no(wire_name(why.kind), why.sentence); }
failed<row_error> no(schedule_gap const& gap) {
    return no(gap.kind == schedule_gap_kind::never_open ? "never_open" : "no_data", to_text(gap));
}

// {"result":VALUE}
template <class T>
answered yes(T const& value) {
    std::string line = R"({"result":)";
    json::write_value(line, value);
    return line += '}';
}

template <class T, class E>
answered told(result<T, E> const& found) {
    if (!found) return no(found.error());
    return yes(*found);
}

template <class Row>
result<Row, row_error> read_row(json::value const& from) {
    Row row;
    json::problems found;
    json::read_value(from, row, json::place{}, found);
    if (!found.none()) return no(found.take());
    return row;
}

result<std::int32_t, row_error> clock_time(std::string const& text) {
    auto const seconds = parse_clock_time(text);
    if (!seconds) return no("invalid_schedule", seconds.error());
    return *seconds;
}

result<std::uint8_t, row_error> weekday_bits(std::vector<std::string> const& days) {
    constexpr std::array<std::string_view, 7> short_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    std::uint8_t bits = 0;
    for (auto const& day : days) {
        auto const found = std::find(short_names.begin(), short_names.end(), day);
        if (found == short_names.end()) {
            return no("invalid_schedule",
                      fmt::format("expected mon, tue, wed, thu, fri, sat or sun; found {}", quoted(day)));
        }
        bits = static_cast<std::uint8_t>(bits | (1U << (found - short_names.begin())));
    }
    return bits;
}

result<std::vector<dated_window>, row_error> dated_windows(std::vector<written_dated> const& from) {
    std::vector<dated_window> windows;
    for (auto const& one : from) {
        auto const opens = clock_time(one.open);
        if (!opens) return failed{opens.error()};
        auto const closes = clock_time(one.close);
        if (!closes) return failed{closes.error()};
        windows.push_back({one.date, *opens, *closes});
    }
    return windows;
}

result<service_hours, row_error> hours_of(written_schedule const& from) {
    auto const zone = time_zone::find(from.zone);
    if (!zone) return no("unknown_zone", zone.error());
    service_hours hours{.zone = *zone};
    for (auto const& one : from.windows) {
        auto const days = weekday_bits(one.days);
        if (!days) return failed{days.error()};
        auto const opens = clock_time(one.open);
        if (!opens) return failed{opens.error()};
        auto const closes = clock_time(one.close);
        if (!closes) return failed{closes.error()};
        hours.windows.push_back({{*days}, *opens, *closes});
    }
    auto breaks = dated_windows(from.breaks);
    if (!breaks) return failed{breaks.error()};
    auto shifts = dated_windows(from.shifts);
    if (!shifts) return failed{shifts.error()};
    hours.holidays = from.holidays;
    hours.breaks = *std::move(breaks);
    hours.shifts = *std::move(shifts);
    return hours;
}

// "2026-03-29T02:30:00", a local time without an offset; 24:00:00 is 00:00:00 of the next date.
struct wall_time {
    date day;
    std::int32_t seconds_of_day = 0;
};

result<wall_time, row_error> parse_wall_time(std::string_view text) {
    auto const day = parse_date(text.substr(0, 10));
    auto const seconds = parse_clock_time(text.substr(std::min<std::size_t>(11, text.size())));
    if (text.size() != 19 || text[10] != 'T' || !day || !seconds) {
        return no(
            "invalid_row",
            fmt::format("/local: expected a local time YYYY-MM-DDTHH:MM:SS without an offset; found {}", quoted(text)));
    }
    if (*seconds == seconds_per_civil_day) return wall_time{plus_days(*day, 1), 0};
    return wall_time{*day, *seconds};
}

// --- the operations ----------------------------------------------------------------------------------------------

// As a calendar may be called; any text defines one, but errors and explanations repeat only these.
bool is_plain_name(std::string_view text) {
    auto const is_plain = [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
    };
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), is_plain);
}

answered define(evaluator& with, define_row const& row) {
    auto calendar = is_plain_name(row.name) ? with.calendar_of(row.calendar, row.name) : with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    with.define(row.name, *std::move(calendar));
    return yes(row.name);
}

answered holidays(evaluator& with, holidays_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    if (row.to < row.from) return no("invalid_row", "/to: lies before /from");
    auto const days = (*calendar)->holidays(row.from, row.to);
    if (!days) return no(days.error());
    std::string line = R"({"result":[)";
    for (auto const& one : *days) {
        if (line.back() != '[') line += ',';
        line += R"({"date":)";
        json::write_value(line, one.day);
        line += R"(,"name":)";
        json::write_value(line, one.name);
        line += R"(,"kind":)";
        json::write_value(line, one.kind);
        line += '}';
    }
    return line += "]}";
}

answered is_business_day(evaluator& with, is_business_day_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    return told((*calendar)->is_business_day(row.date));
}

answered add(evaluator& with, add_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    auto const& on = **calendar;
    if (row.count == count_rule::roll_first)
        return told(on.offset_business_days(row.date, row.business_days, row.roll));
    return told(on.advance(row.date, row.business_days, advance_unit::business_days, row.roll));
}

answered count(evaluator& with, count_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    return told((*calendar)->count_business_days(row.from, row.to, row.include_first, row.include_last));
}

answered adjust(evaluator& with, adjust_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    return told((*calendar)->rolled(row.date, row.roll));
}

answered advance(evaluator& with, advance_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    return told((*calendar)->advance(row.date, row.n, row.unit, row.roll, row.end_of_month));
}

answered service_add(evaluator& with, service_add_row const& row) {
    auto const schedule = with.schedule_of(row.schedule);
    if (!schedule) return failed{schedule.error()};
    return told((*schedule)->add(row.from, row.seconds, row.convention));
}

answered service_between(evaluator& with, service_between_row const& row) {
    auto const schedule = with.schedule_of(row.schedule);
    if (!schedule) return failed{schedule.error()};
    return told((*schedule)->between(row.from, row.to));
}

answered service_is_open(evaluator& with, service_is_open_row const& row) {
    auto const schedule = with.schedule_of(row.schedule);
    if (!schedule) return failed{schedule.error()};
    return told((*schedule)->is_open(row.at));
}

answered to_utc(evaluator&, to_utc_row const& row) {
    auto const zone = time_zone::find(row.zone);
    if (!zone) return no("unknown_zone", zone.error());
    auto const local = parse_wall_time(row.local);
    if (!local) return failed{local.error()};
    if (local->day > last_date) {  // 9999-12-31T24:00:00
        return no("out_of_range", fmt::format("/local: {} is outside the years 0001 to 9999", quoted(row.local)));
    }
    auto const found = zone->to_instant(local->day, local->seconds_of_day, row.choose);
    if (!found) return no("rejected_local_time", found.error());
    if (found->at < first_instant || found->at > last_instant) {
        return no("out_of_range", fmt::format("/local: {} in {} is an instant outside the years 0001 to 9999",
                                              quoted(row.local), row.zone));
    }
    return fmt::format(R"({{"result":"{}","kind":"{}"}})", to_text(found->at), wire_name(found->kind));
}

answered to_local(evaluator&, to_local_row const& row) {
    auto const zone = time_zone::find(row.zone);
    if (!zone) return no("unknown_zone", zone.error());
    auto const local = zone->to_local(row.utc);
    if (local.day < first_date || local.day > last_date) {
        return no("out_of_range", fmt::format("/utc: {} is a local time outside the years 0001 to 9999 in {}",
                                              to_text(row.utc), row.zone));
    }
    auto const seconds = local.seconds_of_day;
    auto text =
        fmt::format("{}T{:02}:{:02}:{:02}", to_text(local.day), seconds / 3'600, seconds / 60 % 60, seconds % 60);
    if (local.microseconds != 0) text += fmt::format(".{:06}", local.microseconds);
    return fmt::format(R"({{"result":"{}","offset_seconds":{}}})", text, local.offset_seconds);
}

answered period_end(evaluator& with, period_row const& row) {
    auto const calendar = with.calendar_of(row.calendar);
    if (!calendar) return failed{calendar.error()};
    auto const zone = time_zone::find(row.zone);
    if (!zone) return no("unknown_zone", zone.error());
    if (row.length < period_length_min || row.length > period_length_max) {
        return no("invalid_row", fmt::format("/length: expected {} to {}; found {}", period_length_min,
                                             period_length_max, row.length));
    }
    if (row.ends_with_event && row.regime != legal_regime::uk_cpr_2_8) {
        return no("invalid_row",
                  fmt::format("/ends_with_event: expected false; true belongs to the regime uk_cpr_2_8, and this is {}",
                              wire_name(row.regime)));
    }
    legal_period const asked{row.regime, {row.length, row.unit}, row.direction, row.ends_with_event};
    auto const day = parse_date(row.from);
    auto const at = day ? result<instant, std::string>{instant{}} : parse_instant(row.from);
    if (!at) {
        return no("invalid_row",
                  fmt::format("/from: expected a date or an instant with a zone; found {}", quoted(row.from)));
    }
    auto const end = day ? end_of(asked, *day, **calendar, *zone) : end_of(asked, *at, **calendar, *zone);
    if (!end) return no(wire_name(end.error().kind), end.error().sentence);
    return fmt::format(R"({{"result":"{}","last_day":"{}"}})", to_text(end->due), to_text(end->last_day));
}

using operation = answered (*)(evaluator&, json::value const&);

template <class Row, answered (*Ask)(evaluator&, Row const&)>
answered ask(evaluator& with, json::value const& from) {
    auto const row = read_row<Row>(from);
    if (!row) return failed{row.error()};
    return Ask(with, *row);
}

struct named_operation {
    std::string_view name;
    operation ask;
};

// clang-format off
constexpr std::array<named_operation, 13> operations{{
    {"define",          ask<define_row,          define>},
    {"holidays",        ask<holidays_row,        holidays>},
    {"is_business_day", ask<is_business_day_row, is_business_day>},
    {"add",             ask<add_row,             add>},
    {"count",           ask<count_row,           count>},
    {"adjust",          ask<adjust_row,          adjust>},
    {"advance",         ask<advance_row,         advance>},
    {"service_add",     ask<service_add_row,     service_add>},
    {"service_between", ask<service_between_row, service_between>},
    {"service_is_open", ask<service_is_open_row, service_is_open>},
    {"to_utc",          ask<to_utc_row,          to_utc>},
    {"to_local",        ask<to_local_row,        to_local>},
    {"period",          ask<period_row,          period_end>},
}};
// clang-format on

std::string written(row_error const& why) {
    std::string text = R"({"error":{"code":)";
    json::write_string(text, why.code);
    text += R"(,"message":)";
    json::write_string(text, why.message);
    return text += "}}";
}

answered evaluated(evaluator& with, std::string_view line) {
    // The row lives on the stack unless it is long; nothing of it outlives the answer.
    std::array<unsigned char, 4'096> bytes{};
    boost::json::monotonic_resource memory{bytes.data(), bytes.size()};
    json::problems found;
    auto const row = json::parse(line, json::origin::foreign, found, &memory);
    if (!row) return no("invalid_json", to_text(found.take()));
    auto const* members = row->if_object();
    if (members == nullptr)
        return no("invalid_row", "expected an object with the member op; found " + json::picture(*row));
    auto const* name = members->if_contains("op");
    if (name == nullptr || !name->is_string()) return no("invalid_row", "/op: expected the name of an operation");
    std::string_view const wanted = name->get_string();
    for (auto const& one : operations) {
        if (one.name == wanted) return one.ask(with, *row);
    }
    std::vector<std::string_view> names;
    for (auto const& one : operations) names.push_back(one.name);
    return no("unknown_operation", fmt::format("/op: expected one of {}; found {}{}", fmt::join(names, ", "),
                                               quoted(wanted), json::nearest(wanted, names)));
}

}  // namespace

std::string evaluator::answer(std::string_view line) {
    auto answer = evaluated(*this, line);
    return answer ? *std::move(answer) : written(answer.error());
}

std::string evaluator::too_long(std::size_t bytes_max) {
    return written({"invalid_json", fmt::format("the line has more than {} bytes", bytes_max)});
}

void evaluator::define(std::string name, std::shared_ptr<business_calendar const> calendar) {
    joined_.clear();
    defined_.insert_or_assign(std::move(name), std::move(calendar));
}

result<std::shared_ptr<business_calendar const>, row_error> evaluator::calendar_named(std::string const& name) {
    using shared = std::shared_ptr<business_calendar const>;
    if (auto const known = defined_.find(name); known != defined_.end()) return known->second;
    // Neither owns: the set outlives every row.
    if (auto const* known = calendars_.find(name)) return shared{shared{}, known};
    if (auto const known = joined_.find(name); known != joined_.end()) return known->second;
    auto const sign = name.find_first_of("+&");
    if (sign == std::string::npos) {
        return no("unknown_calendar",
                  fmt::format("there is no calendar {}{}", quoted(name), json::nearest(name, calendars_.names())));
    }
    if (name.find(name[sign] == '+' ? '&' : '+') != std::string::npos) {
        return no("unknown_calendar", fmt::format("{} mixes + and &; define one of the joins first", quoted(name)));
    }
    std::vector<shared> parts;
    std::vector<business_calendar const*> pointers;
    for (std::size_t at = 0; at <= name.size();) {
        auto const end = std::min(name.find(name[sign], at), name.size());
        auto part = calendar_named(name.substr(at, end - at));
        if (!part) return part;
        parts.push_back(*std::move(part));
        pointers.push_back(parts.back().get());
        at = end + 1;
    }
    auto made = joined(pointers, name[sign] == '+' ? join_rule::closed_if_any : join_rule::closed_if_all);
    if (!made) return no("invalid_calendar", made.error());
    auto calendar = std::make_shared<business_calendar const>(std::move(made).value());
    if (joined_.size() == joined_max) joined_.clear();
    joined_.emplace(name, calendar);
    return shared{calendar};
}

result<std::shared_ptr<business_calendar const>, row_error> evaluator::calendar_of(json::raw from,
                                                                                   std::string_view called) {
    if (auto const* name = from.at->if_string()) return calendar_named(std::string{std::string_view{*name}});
    if (!from.at->is_object()) {
        return no(
            "invalid_calendar",
            "/calendar: expected a name, or an object with a base, a join, or weekmask, holidays and worked; found " +
                json::picture(*from.at));
    }
    using shared = std::shared_ptr<business_calendar const>;
    json::problems found;
    json::place const whole;
    std::string_view code = "invalid_calendar";
    auto const named = [&](std::string const& name) -> result<shared, std::string> {
        auto known = calendar_named(name);
        if (known) return *std::move(known);
        code = known.error().code;
        return failed{known.error().message};
    };
    auto made = json::read_calendar(*from.at, called, whole.member("calendar"), found, named);
    if (!made) return no(code, to_text(found.take()));
    return std::make_shared<business_calendar const>(*std::move(made));
}

result<growing_schedule*, row_error> evaluator::schedule_of(json::raw from) {
    if (schedule_ && last_schedule_ == *from.at) return &*schedule_;
    schedule_.reset();
    written_schedule written;
    json::problems found;
    json::place const whole;
    json::read_value(*from.at, written, whole.member("schedule"), found);
    if (!found.none()) return no("invalid_schedule", to_text(found.take()));
    auto hours = hours_of(written);
    if (!hours) return failed{hours.error()};
    auto made = growing_schedule::make(*std::move(hours));
    if (!made) return no("invalid_schedule", made.error());
    schedule_.emplace(std::move(made).value());
    last_schedule_ = *from.at;
    return &*schedule_;
}

}  // namespace recourse::tools
