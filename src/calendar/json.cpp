// Reading days and calendars that are spelled out in JSON.
#include "calendar/json.hpp"

#include <fmt/format.h>

#include "recourse/calendar/clock_time.hpp"
#include "recourse/calendar/closures.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {
namespace {

struct written_holiday {
    recourse::date date;
    std::string name = "holiday";
    std::string english;
    holiday_kind kind = holiday_kind::public_holiday;
    std::string closed;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(written_holiday, (), (date, name, english, kind, closed, source))

struct written_calendar {
    std::optional<std::string> name;
    std::string title;
    std::string version;
    std::optional<json::raw> base;
    std::optional<std::vector<json::raw>> join;
    std::optional<join_rule> rule;
    std::optional<std::string> weekmask;
    std::optional<std::vector<json::raw>> holidays;
    std::vector<json::raw> closures;
    std::vector<recourse::date> worked;
    std::optional<std::int32_t> first_year;
    std::optional<std::int32_t> last_year;
};
BOOST_DESCRIBE_STRUCT(written_calendar, (),
                      (name, title, version, base, join, rule, weekmask, holidays, closures, worked, first_year,
                       last_year))

}  // namespace
}  // namespace recourse

namespace recourse::json {

template <>
inline constexpr std::array<std::string_view, 5> defaulted<written_holiday>{"name", "english", "kind", "closed",
                                                                            "source"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<written_calendar>{"title", "version"};

void read_value(value const& from, date& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto const day = parse_date(*text))
        into = *day;
    else
        found.report(where, day.error());
}

half_day_span read_closed(std::string_view text, holiday_kind kind, place const& where, problems& found) {
    if (kind != holiday_kind::half_day) {
        if (!text.empty()) found.report(where, "only a half_day has hours that are closed; leave it out");
        return {};
    }
    auto const dash = std::min(text.find('-'), text.size());
    auto const from = parse_clock_time(text.substr(0, dash));
    auto const until = parse_clock_time(text.substr(std::min(dash + 1, text.size())));
    if (!from || !until || *from >= *until) {
        found.report(where, fmt::format("expected the hours that a half_day is closed, such as 13:00-24:00; found {}",
                                        quoted(text)));
        return {};
    }
    return {*from, *until};
}

namespace {

// Monday to Sunday, 1 is a working day.
weekend_days read_weekmask(std::string_view mask, place const& where, problems& found) {
    weekend_days closed;
    bool shaped = mask.size() == 7;
    for (std::size_t at = 0; at < mask.size() && shaped; ++at) {
        shaped = mask[at] == '0' || mask[at] == '1';
        if (mask[at] == '0') closed.bits = static_cast<std::uint8_t>(closed.bits | (1U << at));
    }
    if (!shaped || closed.bits == 0b111'1111) {
        found.report(where, fmt::format("expected seven digits 0 or 1, Monday to Sunday, with at least one 1; found {}",
                                        quoted(mask)));
    }
    return closed;
}

holiday read_holiday(value const& from, place const& where, problems& found) {
    holiday made;
    if (from.is_string()) {
        read_value(from, made.day, where, found);
        made.name = "holiday";
        return made;
    }
    written_holiday written;
    read_value(from, written, where, found);
    made.day = written.date;
    made.name = std::move(written.name);
    made.english = std::move(written.english);
    made.kind = written.kind;
    made.source = std::move(written.source);
    made.closed = read_closed(written.closed, written.kind, where.member("closed"), found);
    return made;
}

using shared_calendar = std::shared_ptr<business_calendar const>;

void read_holidays(std::vector<raw> const& from, std::vector<holiday>& into, place const& where, problems& found) {
    for (std::size_t at = 0; at < from.size() && !found.are_enough(); ++at) {
        into.push_back(read_holiday(*from[at].at, where.element(at), found));
    }
}

// The days that the writer adds to whatever else the calendar is.
std::vector<holiday> own_days(written_calendar const& from, place const& where, problems& found) {
    std::vector<holiday> own;
    own.reserve(from.closures.size() + from.worked.size());
    read_holidays(from.closures, own, where.member("closures"), found);
    for (date const day : from.worked) {
        auto& row = own.emplace_back();
        row.day = day;
        row.name = "worked day";
        row.kind = holiday_kind::worked_weekend;
    }
    return own;
}

std::optional<business_calendar> told(result<business_calendar, std::string> made, place const& where,
                                      problems& found) {
    if (made) return std::move(made).value();
    found.report(where, made.error());
    return std::nullopt;
}

std::optional<business_calendar> spelled_out(written_calendar& from, std::string_view name, place const& where,
                                             problems& found) {
    calendar_content content;
    content.name = name;
    content.title = from.title.empty() ? "A calendar spelled out" : std::move(from.title);
    content.data_version = from.version.empty() ? "own" : std::move(from.version);
    content.weekends = {
        {first_date, read_weekmask(from.weekmask.value_or("1111100"), where.member("weekmask"), found)}};
    content.first_year = from.first_year.value_or(year_min);
    content.last_year = from.last_year.value_or(year_max);
    if (from.holidays) {
        content.holidays.reserve(from.holidays->size() + from.closures.size() + from.worked.size());
        read_holidays(*from.holidays, content.holidays, where.member("holidays"), found);
    }
    auto own = own_days(from, where, found);
    content.holidays.insert(content.holidays.end(), std::make_move_iterator(own.begin()),
                            std::make_move_iterator(own.end()));
    if (!found.none()) return std::nullopt;
    return told(business_calendar::make(std::move(content)), where, found);
}

// A calendar that stands in another: a name, or an object again.
shared_calendar part_of(raw from, place const& where, problems& found, known_calendars const& known) {
    if (auto const* text = from.at->if_string()) {
        if (!known) return found.report(where, "names a calendar where none is known"), nullptr;
        auto part = known(std::string{std::string_view{*text}});
        if (part) return *std::move(part);
        return found.report(where, part.error()), nullptr;
    }
    if (!from.at->is_object()) {
        return found.report(where, "expected the name of a calendar or an object; found " + picture(*from.at)), nullptr;
    }
    auto made = read_calendar(*from.at, "inline", where, found, known);
    return made ? std::make_shared<business_calendar const>(*std::move(made)) : nullptr;
}

shared_calendar base_of(written_calendar const& from, place const& where, problems& found,
                        known_calendars const& known) {
    if (from.base) return part_of(*from.base, where.member("base"), found, known);
    std::vector<shared_calendar> parts;
    std::vector<business_calendar const*> pointers;
    auto const list = where.member("join");
    for (std::size_t at = 0; at < from.join->size() && !found.are_enough(); ++at) {
        parts.push_back(part_of((*from.join)[at], list.element(at), found, known));
        pointers.push_back(parts.back().get());
    }
    if (!found.none()) return nullptr;
    auto made = told(joined(pointers, from.rule.value_or(join_rule::closed_if_any)), list, found);
    return made ? std::make_shared<business_calendar const>(*std::move(made)) : nullptr;
}

std::optional<business_calendar> on_top(written_calendar& from, std::string_view name, place const& where,
                                        problems& found, known_calendars const& known) {
    // These belong to a calendar that is spelled out.
    std::array<std::pair<std::string_view, bool>, 4> const misplaced{{{"weekmask", from.weekmask.has_value()},
                                                                      {"holidays", from.holidays.has_value()},
                                                                      {"first_year", from.first_year.has_value()},
                                                                      {"last_year", from.last_year.has_value()}}};
    for (auto const& [member, is_there] : misplaced) {
        if (!is_there) continue;
        found.report(where.member(member), member == "holidays"
                                               ? "comes from the base or the join; own days are \"closures\""
                                               : "comes from the base or the join; leave it out");
    }
    if (from.base && from.join) found.report(where.member("join"), "stands beside \"base\"; expected one of them");
    if (!found.none()) return std::nullopt;
    auto const base = base_of(from, where, found, known);
    auto own = own_days(from, where, found);
    if (!found.none()) return std::nullopt;
    bool const as_it_is = own.empty() && !from.name && from.title.empty() && from.version.empty();
    if (as_it_is) return *base;
    return told(
        with_closures(*base, std::string{name}, std::move(own), {std::move(from.title), std::move(from.version)}),
        where, found);
}

}  // namespace

std::optional<business_calendar> read_calendar(value const& from, std::string_view name, place const& where,
                                               problems& found, known_calendars const& known) {
    if (!found.none()) return std::nullopt;
    written_calendar written;
    read_value(from, written, where, found);
    if (written.rule && !written.join)
        found.report(where.member("rule"), "says how to join; expected it beside \"join\"");
    if (!found.none()) return std::nullopt;
    auto const own_name = written.name;
    auto const called = own_name ? std::string_view{*own_name} : name;
    if (written.base || written.join) return on_top(written, called, where, found, known);
    return spelled_out(written, called, where, found);
}

}  // namespace recourse::json
