// Writing a calendar as iCalendar: the same calendar is the same bytes, whoever writes it and whenever.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "calendar/icalendar/content_lines.hpp"
#include "recourse/calendar/icalendar.hpp"
#include "recourse/vocabulary/digest.hpp"

namespace recourse {

namespace icalendar {
namespace {

constexpr std::size_t line_bytes_max = 75;  // RFC 5545 section 3.1, without the line's end
constexpr std::size_t uid_hash_digits = 16;

// RFC 5545 section 3.3.11.
std::string escaped(std::string_view text) {
    std::string made;
    for (char const letter : text) {
        if (letter == '\\' || letter == ';' || letter == ',') made += '\\';
        if (letter == '\n')
            made += "\\n";
        else
            made += letter;
    }
    return made;
}

void write_line(std::string& out, std::string_view name, std::string_view value) {
    auto const line = fmt::format("{}:{}", name, value);
    std::string_view rest{line};
    for (auto room = line_bytes_max; !rest.empty(); room = line_bytes_max - 1) {
        auto const part = whole_letters(rest, room);
        if (room != line_bytes_max) out += ' ';
        out += part;
        out += "\r\n";
        rest.remove_prefix(part.size());
    }
}

void write_text(std::string& out, std::string_view name, std::string_view text) {
    if (!text.empty()) write_line(out, name, escaped(text));
}

std::string as_date(date day) {
    auto const civil = to_civil(day);
    return fmt::format("{:04}{:02}{:02}", civil.year, civil.month, civil.day);
}

// The latest day that the data version names; joined calendars have several.
std::string stamp_of(std::string_view data_version) {
    constexpr std::size_t date_bytes = 10;
    date latest;
    for (std::size_t at = 0; at + date_bytes <= data_version.size(); ++at) {
        if (auto const day = parse_date(data_version.substr(at, date_bytes))) latest = std::max(latest, *day);
    }
    return as_date(latest) + "T000000Z";
}

std::string closed_text(half_day_span span) {
    auto const in_words = [](std::int32_t second) {
        return fmt::format("{:02}:{:02}:{:02}", second / 3'600, second / 60 % 60, second % 60);
    };
    return fmt::format("{}-{}", in_words(span.from), in_words(span.until));
}

void write_event(std::string& out, holiday const& of, std::string const& uid, std::string const& stamp) {
    write_line(out, "BEGIN", "VEVENT");
    write_text(out, "UID", uid);
    write_line(out, "DTSTAMP", stamp);
    write_line(out, "DTSTART;VALUE=DATE", as_date(of.day));
    // The end is exclusive, and the day after the last has no place in four digits.
    if (of.day < last_date) write_line(out, "DTEND;VALUE=DATE", as_date(plus_days(of.day, 1)));
    write_text(out, "SUMMARY", of.name);
    write_line(out, "CATEGORIES", wire_name(of.kind));
    write_line(out, "TRANSP", "TRANSPARENT");  // a holiday takes nobody's time
    write_line(out, "X-RECOURSE-KIND", wire_name(of.kind));
    write_text(out, "X-RECOURSE-ENGLISH", of.english);
    if (of.kind == holiday_kind::half_day) write_line(out, "X-RECOURSE-CLOSED", closed_text(of.closed));
    if (of.known_by != certainty::rule) write_line(out, "X-RECOURSE-CERTAINTY", wire_name(of.known_by));
    if (of.substitute) write_line(out, "X-RECOURSE-SUBSTITUTE", "TRUE");
    if (of.may_move_days != 0) write_line(out, "X-RECOURSE-MAY-MOVE-DAYS", fmt::format("{}", of.may_move_days));
    write_text(out, "X-RECOURSE-SOURCE", of.source);
    write_line(out, "END", "VEVENT");
}

}  // namespace
}  // namespace icalendar

std::string write_icalendar(business_calendar const& calendar, date first, date last) {
    first = std::max(first, to_date({calendar.first_year(), 1, 1}));
    last = std::min(last, to_date({calendar.last_year(), 12, 31}));
    std::string out;
    icalendar::write_line(out, "BEGIN", "VCALENDAR");
    icalendar::write_line(out, "VERSION", "2.0");
    icalendar::write_line(out, "PRODID", "-//recourse//calendar//EN");
    icalendar::write_line(out, "CALSCALE", "GREGORIAN");
    icalendar::write_text(out, "X-WR-CALNAME", calendar.title());
    icalendar::write_text(out, "X-RECOURSE-DATA-VERSION", calendar.data_version());
    auto const stamp = icalendar::stamp_of(calendar.data_version());
    std::map<std::string, int> written;  // a day may be a public and a bank holiday by the same name
    if (first <= last) {
        for (auto const& one : calendar.holidays(first, last).value()) {
            auto const hash = to_text(sha256(one.name)).substr(0, icalendar::uid_hash_digits);
            auto uid = fmt::format("{}-{}-{}", to_text(one.day), calendar.name(), hash);
            if (auto const times = ++written[uid]; times > 1) uid += fmt::format("-{}", times);
            icalendar::write_event(out, one, uid + "@recourse", stamp);
        }
    }
    icalendar::write_line(out, "END", "VCALENDAR");
    return out;
}

}  // namespace recourse
