// Reading holiday tables and decrees: their members, the rules in them, then what they mean together.
#include <algorithm>

#include <fmt/format.h>

#include "calendar/json.hpp"
#include "calendar/rules/days.hpp"
#include "recourse/calendar/holiday_table.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {
namespace {

// The documents as they are written: rules, weekdays, days and hours are text.
struct written_weekend {
    std::string days;
    std::string from;
};
BOOST_DESCRIBE_STRUCT(written_weekend, (), (days, from))

struct written_rule {
    std::string when;
    std::string name;
    std::string english;
    holiday_kind kind = holiday_kind::public_holiday;
    std::optional<std::int32_t> from;
    std::optional<std::int32_t> to;
    std::optional<std::int32_t> every;
    std::vector<std::int32_t> except;
    std::string only_on;
    std::string moved;
    std::string substitute;
    std::vector<std::string> dates;
    std::vector<std::string> regions;
    std::vector<std::string> except_regions;
    std::optional<recourse::certainty> certainty;
    std::string closed;
    std::string id;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(written_rule, (),
                      (when, name, english, kind, from, to, every, except, only_on, moved, substitute, dates, regions,
                       except_regions, certainty, closed, id, source))

struct written_table {
    std::string calendar;
    std::string title;
    std::vector<std::string> also;
    std::vector<written_weekend> weekends;
    std::int32_t first_year = 0;
    std::int32_t last_year = 0;
    std::string version;
    std::string source;
    bool decreed_yearly = false;
    std::vector<holiday_region> regions;
    std::vector<written_rule> holidays;
};
BOOST_DESCRIBE_STRUCT(written_table, (),
                      (calendar, title, also, weekends, first_year, last_year, version, source, decreed_yearly, regions,
                       holidays))

struct written_added {
    std::string date;
    std::string name;
    std::string english;
    holiday_kind kind = holiday_kind::public_holiday;
    std::string closed;
};
BOOST_DESCRIBE_STRUCT(written_added, (), (date, name, english, kind, closed))

struct written_moved {
    std::string off;
    std::string worked;
    std::string name;
    std::string english;
};
BOOST_DESCRIBE_STRUCT(written_moved, (), (off, worked, name, english))

struct written_decree {
    std::string calendar;
    std::int32_t year = 0;
    std::string version;
    std::string source;
    bool lists_substitutes = false;
    std::vector<written_added> added;
    std::vector<std::string> removed;
    std::vector<written_moved> moved;
};
BOOST_DESCRIBE_STRUCT(written_decree, (), (calendar, year, version, source, lists_substitutes, added, removed, moved))

}  // namespace

BOOST_DESCRIBE_STRUCT(holiday_region, (), (code, name))

}  // namespace recourse

namespace recourse::json {

template <>
inline constexpr std::array<std::string_view, 1> defaulted<written_weekend>{"from"};
template <>
inline constexpr std::array<std::string_view, 8> defaulted<written_rule>{"english",    "kind",   "only_on", "moved",
                                                                         "substitute", "closed", "id",      "source"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<written_table>{"decreed_yearly"};
template <>
inline constexpr std::array<std::string_view, 3> defaulted<written_added>{"english", "kind", "closed"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<written_moved>{"english"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<written_decree>{"lists_substitutes"};

}  // namespace recourse::json

namespace recourse {

namespace {

constexpr std::int32_t table_year_min = 1900;
constexpr std::int32_t table_year_max = 2200;
constexpr std::size_t rows_max = 2'000;
constexpr std::size_t name_bytes_max = 120;
constexpr std::size_t source_bytes_max = 400;

// A value that was read from text, or its default after the problem was told.
template <class T>
T told(result<T, std::string> read, json::place const& where, json::problems& found) {
    if (read) return *std::move(read);
    found.report(where, read.error());
    return T{};
}

void check_name(std::string_view name, json::place const& where, json::problems& found) {
    bool const plain =
        std::none_of(name.begin(), name.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    if (name.empty() || name.size() > name_bytes_max || !plain) {
        found.report(where, fmt::format("expected 1 to {} bytes without control characters; found {}", name_bytes_max,
                                        quoted(name)));
    }
}

// Years of a row, and how many there are between two of them.
void check_year(std::optional<std::int32_t> year, json::place const& where, json::problems& found) {
    if (!year || (*year >= year_min && *year <= year_max)) return;
    found.report(where, fmt::format("expected {} to {}; found {}", year_min, year_max, *year));
}

void check_source(std::string_view source, json::place const& where, json::problems& found) {
    if (source.size() <= source_bytes_max) return;
    found.report(where, fmt::format("has {} bytes; expected at most {}", source.size(), source_bytes_max));
}

holiday_rule read_rule(written_rule const& from, json::place const& where, json::problems& found) {
    holiday_rule rule;
    auto const when = parse_day_rule(from.when);
    rule.when = told(when, where.member("when"), found);
    check_name(from.name, where.member("name"), found);
    rule.name = from.name;
    rule.english = from.english;
    rule.kind = from.kind;
    rule.from = from.from;
    rule.to = from.to;
    rule.every = from.every.value_or(1);
    check_year(rule.from, where.member("from"), found);
    check_year(rule.to, where.member("to"), found);
    check_year(rule.every, where.member("every"), found);
    if (rule.every > 1 && !rule.from) found.report(where.member("every"), "counts from the member \"from\"; add it");
    if (rule.from && rule.to && *rule.from > *rule.to) found.report(where.member("to"), "lies before \"from\"");
    rule.except = from.except;
    if (!from.only_on.empty()) rule.only_on = told(parse_weekdays(from.only_on), where.member("only_on"), found);
    rule.moved = told(parse_substitute_rule(from.moved), where.member("moved"), found);
    for (auto const& clause : rule.moved) {
        if (clause.on_holiday || clause.target >= substitute_target::next_working_day) {
            found.report(where.member("moved"),
                         "a day moves by its weekday alone: -> +N, -N, next or previous WEEKDAY");
        }
    }
    rule.substitute = told(parse_substitute_rule(from.substitute), where.member("substitute"), found);
    auto const dates = where.member("dates");
    for (std::size_t at = 0; at < from.dates.size(); ++at) {
        rule.dates.push_back(told(parse_date(from.dates[at]), dates.element(at), found));
    }
    if (when && rule.when.base == day_base::listed && rule.dates.empty()) found.report(dates, "lists no day");
    rule.regions = from.regions;
    rule.except_regions = from.except_regions;
    rule.certainty = from.certainty;
    rule.closed = json::read_closed(from.closed, from.kind, where.member("closed"), found);
    rule.id = from.id;
    rule.source = from.source;
    check_source(from.source, where.member("source"), found);
    return rule;
}

std::vector<weekend_rule> read_weekends(std::vector<written_weekend> const& from, json::place const& where,
                                        json::problems& found) {
    std::vector<weekend_rule> weekends;
    for (std::size_t at = 0; at < from.size(); ++at) {
        auto const place = where.element(at);
        weekend_rule one;
        if (!from[at].from.empty()) one.from = told(parse_date(from[at].from), place.member("from"), found);
        one.days = weekend_days{told(parse_weekdays(from[at].days), place.member("days"), found).bits};
        if (one.days.bits == 0b111'1111) found.report(place.member("days"), "names every day; one must be open");
        if (!weekends.empty() && one.from <= weekends.back().from) {
            found.report(place.member("from"), "lies before the weekend that stands before it; go by their days");
        }
        weekends.push_back(one);
    }
    if (weekends.empty()) found.report(where, "lists no weekend, such as {\"days\": \"saturday sunday\"}");
    return weekends;
}

void check_regions(std::vector<std::string> const& regions, holiday_table const& table, json::place const& where,
                   json::problems& found) {
    for (std::size_t at = 0; at < regions.size(); ++at) {
        auto const known = std::any_of(table.regions.begin(), table.regions.end(),
                                       [&](auto const& one) { return one.code == regions[at]; });
        if (!known) {
            found.report(where.element(at),
                         fmt::format("{} is not in the table's list of regions", quoted(regions[at])));
        }
    }
}

void check_table(holiday_table const& table, json::problems& found) {
    json::place const whole;
    for (auto const& [name, year] :
         {std::pair{std::string_view{"first_year"}, table.first_year}, {"last_year", table.last_year}}) {
        if (year < table_year_min || year > table_year_max) {
            found.report(whole.member(name),
                         fmt::format("expected {} to {}; found {}", table_year_min, table_year_max, year));
        }
    }
    if (table.first_year > table.last_year) found.report(whole.member("last_year"), "lies before first_year");
    if (table.holidays.size() > rows_max) {
        found.report(whole.member("holidays"), fmt::format("has {} rows; at most {}", table.holidays.size(), rows_max));
    }
    auto const rows = whole.member("holidays");
    for (std::size_t at = 0; at < table.holidays.size() && !found.are_enough(); ++at) {
        auto const& row = table.holidays[at];
        auto const where = rows.element(at);
        check_regions(row.regions, table, where.member("regions"), found);
        check_regions(row.except_regions, table, where.member("except_regions"), found);
        if (auto const wrong = rules::reference_problem(table, at); !wrong.empty()) {
            found.report(where.member("when"), wrong);
        }
        if (!row.id.empty() && rules::row_called(table, row.id, at) != nullptr) {
            found.report(where.member("id"), fmt::format("{} is the id of an earlier row", quoted(row.id)));
        }
    }
}

template <class Written>
std::optional<Written> read_written(std::string_view text, json::problems& found) {
    auto const document = json::parse(text, json::origin::foreign, found);
    if (!document) return std::nullopt;
    Written written;
    json::read_value(*document, written, json::place{}, found);
    if (!found.none()) return std::nullopt;
    return written;
}

}  // namespace

result<holiday_table, input_problems> read_holiday_table(std::string_view text) {
    json::problems found;
    auto written = read_written<written_table>(text, found);
    if (!written) return failed{found.take()};
    json::place const whole;
    holiday_table table;
    check_name(written->title, whole.member("title"), found);
    table.code = std::move(written->calendar);
    table.title = std::move(written->title);
    table.also = std::move(written->also);
    table.weekends = read_weekends(written->weekends, whole.member("weekends"), found);
    table.first_year = written->first_year;
    table.last_year = written->last_year;
    table.version = std::move(written->version);
    table.source = std::move(written->source);
    check_source(table.source, whole.member("source"), found);
    table.decreed_yearly = written->decreed_yearly;
    table.regions = std::move(written->regions);
    auto const rows = whole.member("holidays");
    for (std::size_t at = 0; at < written->holidays.size() && !found.are_enough(); ++at) {
        table.holidays.push_back(read_rule(written->holidays[at], rows.element(at), found));
    }
    check_table(table, found);
    // The name and the version are checked where every calendar's are; rows of one region only show there.
    for (auto const& region : table.regions) {
        if (!found.none()) break;
        if (auto const made = compile_calendar(table, {.region = region.code}); !made)
            found.report(whole, made.error());
    }
    if (found.none()) {
        if (auto const made = compile_calendar(table); !made) found.report(whole, made.error());
    }
    if (!found.none()) return failed{found.take()};
    return table;
}

result<holiday_decree, input_problems> read_holiday_decree(std::string_view text) {
    json::problems found;
    auto written = read_written<written_decree>(text, found);
    if (!written) return failed{found.take()};
    json::place const whole;
    holiday_decree decree;
    decree.calendar = std::move(written->calendar);
    decree.year = written->year;
    decree.version = std::move(written->version);
    if (auto const day = parse_date(decree.version); !day) found.report(whole.member("version"), day.error());
    decree.source = std::move(written->source);
    check_source(decree.source, whole.member("source"), found);
    decree.lists_substitutes = written->lists_substitutes;
    // Days just outside the year belong to it: a worked weekend in December for a day off in January.
    auto const read_day = [&](std::string const& day, json::place const& where) {
        auto const read = told(parse_date(day), where, found);
        if (found.none() && std::abs(read.days - to_date({decree.year, 7, 1}).days) > 366) {
            found.report(where, fmt::format("{} is far from the year {} of the decree", day, decree.year));
        }
        return read;
    };
    if (decree.year < table_year_min || decree.year > table_year_max) {
        found.report(whole.member("year"),
                     fmt::format("expected {} to {}; found {}", table_year_min, table_year_max, decree.year));
        return failed{found.take()};
    }
    for (auto const& [name, count] : {std::pair{std::string_view{"added"}, written->added.size()},
                                      {"removed", written->removed.size()},
                                      {"moved", written->moved.size()}}) {
        if (count <= rows_max) continue;
        found.report(whole.member(name), fmt::format("has {} days; at most {}", count, rows_max));
    }
    auto const added = whole.member("added");
    for (std::size_t at = 0; at < written->added.size() && !found.are_enough(); ++at) {
        auto& one = written->added[at];
        auto const where = added.element(at);
        check_name(one.name, where.member("name"), found);
        decree.added.push_back({read_day(one.date, where.member("date")), std::move(one.name), std::move(one.english),
                                one.kind, json::read_closed(one.closed, one.kind, where.member("closed"), found)});
    }
    auto const removed = whole.member("removed");
    for (std::size_t at = 0; at < written->removed.size() && !found.are_enough(); ++at) {
        decree.removed.push_back(read_day(written->removed[at], removed.element(at)));
    }
    auto const moved = whole.member("moved");
    for (std::size_t at = 0; at < written->moved.size() && !found.are_enough(); ++at) {
        auto& one = written->moved[at];
        auto const where = moved.element(at);
        check_name(one.name, where.member("name"), found);
        decree.moved.push_back({read_day(one.off, where.member("off")), read_day(one.worked, where.member("worked")),
                                std::move(one.name), std::move(one.english)});
    }
    if (!found.none()) return failed{found.take()};
    return decree;
}

}  // namespace recourse
