// From lines to components, and from the properties of an event to what they mean together.
#include "calendar/icalendar/events.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "calendar/icalendar/content_lines.hpp"
#include "calendar/json.hpp"
#include "recourse/calendar/icalendar.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse::icalendar {

namespace {

constexpr std::size_t depth_max = 8;
constexpr std::size_t problems_max = 100;
constexpr std::size_t uid_bytes_shown = 60;

using failure = std::optional<std::string>;

class event_reader {
  public:
    explicit event_reader(problem_list& found) : found_{found} {}
    event_list read(std::string_view text);

  private:
    void take_line(content_line const& line);
    void begin(content_line const& line);
    void end(content_line const& line);
    void take_zone_line(content_line const& line);
    void take_event_line(content_line const& line);
    failure take_property(event& into, content_line const& line);
    failure take_own_property(event& into, content_line const& line);
    void check(event& one);

    problem_list& found_;
    event_list made_;
    std::vector<std::string> open_;  // the components that have begun
    std::optional<event> current_;
    std::size_t event_count_ = 0;
    std::pair<std::string, std::string> zone_lines_;  // TZID and X-LIC-LOCATION of the zone under way
};

// ---- lines ----------------------------------------------------------------------------------------------------------

void event_reader::begin(content_line const& line) {
    auto const name = in_capitals(line.value);
    if (open_.empty() != (name == "VCALENDAR")) {
        found_.report(line.number, open_.empty() ? fmt::format("expected BEGIN:VCALENDAR; found {}", quoted(line.text))
                                                 : std::string{"VCALENDAR begins within a component; end that first"});
    }
    if (open_.size() == depth_max)
        return found_.report(line.number, fmt::format("is more than {} components deep", depth_max));
    open_.push_back(name);
    if (name != "VEVENT" || open_.size() != 2) return;
    if (++event_count_ > icalendar_events_max) {
        return found_.report(line.number, fmt::format("has more than {} events", icalendar_events_max));
    }
    current_.emplace();
    current_->line = line.number;
    current_->number = event_count_;
}

void event_reader::end(content_line const& line) {
    auto const name = in_capitals(line.value);
    if (open_.empty() || open_.back() != name) {
        return found_.report(line.number,
                             open_.empty() ? fmt::format("{} ends what never began", quoted(line.text))
                                           : fmt::format("expected END:{}; found {}", open_.back(), quoted(line.text)));
    }
    open_.pop_back();
    if (name == "VTIMEZONE" && !zone_lines_.second.empty()) made_.zone_places.insert(zone_lines_);
    if (name == "VTIMEZONE") zone_lines_ = {};
    if (!current_ || open_.size() != 1) return;
    check(*current_);
    made_.events.push_back(*std::move(current_));
    current_.reset();
}

// A zone under a name of its own often says which one it is.
void event_reader::take_zone_line(content_line const& line) {
    if (line.name == "TZID") zone_lines_.first = line.value;
    if (line.name == "X-LIC-LOCATION") zone_lines_.second = line.value;
}

void event_reader::take_line(content_line const& line) {
    if (line.name.empty())
        return found_.report(line.number, fmt::format("expected NAME:VALUE; found {}", quoted(line.text)));
    if (line.name == "BEGIN") return begin(line);
    if (line.name == "END") return end(line);
    if (open_.empty()) {
        return found_.report(line.number, fmt::format("expected BEGIN:VCALENDAR; found {}", quoted(line.text)));
    }
    if (open_.size() == 2 && open_.back() == "VTIMEZONE") take_zone_line(line);
    if (open_.size() == 2 && current_) take_event_line(line);
}

event_list event_reader::read(std::string_view text) {
    content_lines lines{text};
    bool any = false;
    for (auto line = lines.next(); line && !found_.are_enough(); line = lines.next()) {
        // After a wrong beginning, or too many events, the rest is not worth a word.
        if (line->name == "BEGIN" && event_count_ > icalendar_events_max) break;
        take_line(*line);
        if (!any && !found_.none()) return {};
        any = true;
    }
    if (!any) found_.report(1, "expected BEGIN:VCALENDAR; found no line");
    if (!open_.empty() && found_.none()) {
        found_.report(std::string{}, fmt::format("breaks off: expected END:{}", open_.back()));
    }
    return std::move(made_);
}

// Only what decides about days is read; the rest of an event is its owner's.
void event_reader::take_event_line(content_line const& line) {
    constexpr std::array<std::string_view, 7> once{"UID",      "SUMMARY", "DTSTART",      "DTEND",
                                                   "DURATION", "STATUS",  "RECURRENCE-ID"};
    auto& into = *current_;
    bool const seen = into.lines.contains(line.name);
    if (seen && std::find(once.begin(), once.end(), line.name) != once.end()) {
        return found_.report(into, line.name, fmt::format("has {} twice, again in line {}", line.name, line.number));
    }
    into.lines[line.name] = line.number;
    if (auto wrong = take_property(into, line)) found_.report(into, line.name, *std::move(wrong));
}

template <class T>
failure take(result<T, std::string> read, T& into) {
    if (!read) return std::move(read).error();
    into = *std::move(read);
    return std::nullopt;
}

template <class T>
failure append(result<std::vector<T>, std::string> read, std::vector<T>& into) {
    if (!read) return std::move(read).error();
    into.insert(into.end(), read->begin(), read->end());
    return std::nullopt;
}

failure take_text(content_line const& line, std::string& into) {
    auto const read = read_texts(line);
    if (!read) return read.error();
    if (read->size() > 1) return fmt::format("{} has {} values; expected one", line.name, read->size());
    into = read->empty() ? std::string{} : read->front();
    return std::nullopt;
}

failure take_moment(content_line const& line, std::optional<moment>& into) {
    auto const read = read_moments(line);
    if (!read) return read.error();
    if (read->size() > 1) return fmt::format("{} has {} values; expected one", line.name, read->size());
    into = read->front();
    return std::nullopt;
}

failure event_reader::take_property(event& into, content_line const& line) {
    auto const& name = line.name;
    if (name == "UID") return take_text(line, into.uid);
    if (name == "SUMMARY") return take_text(line, into.name);
    if (name == "CATEGORIES") return append(read_texts(line), into.categories);
    if (name == "DTSTART") return take_moment(line, into.start);
    if (name == "DTEND") return take_moment(line, into.end);
    if (name == "RDATE") return append(read_moments(line), into.more);
    if (name == "EXDATE") return append(read_moments(line), into.without);
    if (name == "DURATION") return take(read_length(line), into.lasts.emplace());
    if (name == "RRULE") return take(read_rule(line), into.rules.emplace_back());
    if (name == "EXRULE") return "EXRULE is no longer a part of iCalendar; list the days as EXDATE";
    if (name == "STATUS") into.cancelled = in_capitals(line.value) == "CANCELLED";
    if (name == "TRANSP") into.transparent = in_capitals(line.value) == "TRANSPARENT";
    if (name == "RECURRENCE-ID") {
        if (in_capitals(line.text).find("RANGE=") < line.text.size() - line.value.size()) {
            return "RECURRENCE-ID has a RANGE; expected each changed day as an event of its own";
        }
        return take_moment(line, into.replaces);
    }
    if (name.starts_with("X-RECOURSE-")) return take_own_property(into, line);
    return std::nullopt;
}

template <wire_named E>
failure take_word(std::string_view text, E& into) {
    auto const known = from_wire_name<E>(text);
    if (!known) return fmt::format("expected one of {}; found {}", fmt::join(wire_names<E>, ", "), quoted(text));
    into = *known;
    return std::nullopt;
}

failure event_reader::take_own_property(event& into, content_line const& line) {
    std::string text;
    if (auto wrong = take_text(line, text)) return wrong;
    auto const name = std::string_view{line.name}.substr(std::string_view{"X-RECOURSE-"}.size());
    if (name == "KIND") {
        into.is_ours = true;
        return take_word(text, into.ours.kind);
    }
    if (name == "CERTAINTY") return take_word(text, into.ours.known_by);
    if (name == "ENGLISH") into.ours.english = cleaned(text);
    if (name == "SOURCE") into.ours.source = cleaned(text, source_bytes_max);
    if (name == "CLOSED") into.closed = text;
    if (name == "SUBSTITUTE") {
        if (text != "TRUE") return fmt::format("{} is {}; expected TRUE", line.name, quoted(text));
        into.ours.substitute = true;
    }
    if (name == "MAY-MOVE-DAYS") {
        if (text.size() != 1 || text[0] < '0' || text[0] > '7') {
            return fmt::format("{} is {}; expected 0 to 7", line.name, quoted(text));
        }
        into.ours.may_move_days = text[0] - '0';
    }
    return std::nullopt;
}

// What its properties mean together.
void event_reader::check(event& one) {
    if (one.replaces && one.uid.empty())
        found_.report(one, "RECURRENCE-ID", "RECURRENCE-ID needs the UID of the event");
    if (one.replaces && !one.rules.empty())
        found_.report(one, "RRULE", "one changed day of an event cannot recur itself");
    if (!one.start) {
        if (!one.lines.contains("DTSTART")) found_.report(one, "", "has no DTSTART");
        return;
    }
    if (one.end && one.lasts) found_.report(one, "DURATION", "has DTEND and DURATION; expected one of them");
    if (one.end && one.end->is_date != one.start->is_date) {
        found_.report(one, "DTEND", "DTSTART and DTEND are not both dates or both times");
    }
    if (one.start->is_date && one.lasts && one.lasts->seconds != 0) {
        found_.report(one, "DURATION", "an event of whole days lasts days or weeks, not hours");
    }
    if (!one.is_ours) return;
    json::problems wrong_hours;
    one.ours.closed = json::read_closed(one.closed, one.ours.kind, json::place{}, wrong_hours);
    for (auto& wrong : wrong_hours.take()) found_.report(one, "X-RECOURSE-CLOSED", std::move(wrong.reason));
}

}  // namespace

void problem_list::report(std::string pointer, std::string reason) {
    if (found_.size() < problems_max)
        found_.push_back({std::move(pointer), std::move(reason)});
    else if (!are_enough())
        found_.push_back({{}, "has more problems than these"});
}

void problem_list::report(std::size_t line, std::string reason) {
    report(fmt::format("line {}", line), std::move(reason));
}

void problem_list::report(event const& of, std::string_view property, std::string reason) {
    auto const at = of.lines.find(property);
    std::string which;
    for (char const letter : whole_letters(of.uid, uid_bytes_shown)) {
        which += static_cast<unsigned char>(letter) < 0x20 ? '?' : letter;
    }
    if (which.empty()) which = fmt::format("number {}", of.number);
    report(fmt::format("line {}, event {}", at == of.lines.end() ? of.line : at->second, which), std::move(reason));
}

bool problem_list::are_enough() const { return found_.size() > problems_max; }

std::string cleaned(std::string_view text, std::size_t bytes_max) {
    std::string made;
    for (char const letter : text) {
        bool const blank = static_cast<unsigned char>(letter) <= 0x20 || letter == 0x7f;
        if (!blank)
            made += letter;
        else if (!made.empty() && made.back() != ' ')
            made += ' ';
    }
    if (made.ends_with(' ')) made.pop_back();
    if (made.size() > bytes_max) made = std::string{whole_letters(made, bytes_max - 3)} + "...";
    return made;
}

event_list read_events(std::string_view text, problem_list& found) { return event_reader{found}.read(text); }

}  // namespace recourse::icalendar
