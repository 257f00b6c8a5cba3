// Reading a calendar's content: what is refused with a sentence, and the compact rows that are made of the rest.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "recourse/calendar/business_calendar.hpp"
#include "recourse/vocabulary/quoted.hpp"
#include "word_list.hpp"

namespace recourse {

namespace {

using problem = std::optional<std::string>;

constexpr std::size_t source_bytes_max = 400;
constexpr std::int32_t move_days_max = 7;
constexpr std::int32_t day_seconds = 86'400;

constexpr bool is_name_letter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           letter == '-' || letter == '_' || letter == '.';
}

// A name stands in stored deadlines and keys, so it is kept short and plain.
bool is_plain_name(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), is_name_letter);
}

bool has_controls(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
}

bool is_title(std::string_view text) { return !text.empty() && text.size() <= 120 && !has_controls(text); }

problem wrong_weekends(std::vector<weekend_rule> const& weekends) {
    if (weekends.empty()) return "it has no weekend; give one, if only of no days";
    for (std::size_t at = 0; at < weekends.size(); ++at) {
        if (weekends[at].days.bits > 0b111'1111) return "its weekend names more than seven days";
        if (open_days_a_week(weekends[at].days) == 0) {
            return "every day is weekend; at least one weekday must be open";
        }
        if (at > 0 && weekends[at].from <= weekends[at - 1].from) {
            return fmt::format("its weekend from {} stands after that from {}; weekends go in the order of their days",
                               to_text(weekends[at].from), to_text(weekends[at - 1].from));
        }
    }
    return std::nullopt;
}

// What both forms of a calendar say first.
template <class Calendar>
problem wrong_head(Calendar const& of) {
    if (!is_plain_name(of.name)) return "its name is not 1 to 32 letters, digits, '-', '_' or '.'";
    if (!is_title(of.title)) return "its title is not 1 to 120 bytes without control characters";
    if (!is_plain_name(of.data_version)) return "its data version is not 1 to 32 letters, digits, '-', '_' or '.'";
    if (of.first_year < year_min || of.last_year > year_max || of.first_year > of.last_year) {
        return fmt::format("it covers {} to {}; years run from 1 to 9999, the first not after the last", of.first_year,
                           of.last_year);
    }
    return wrong_weekends(of.weekends);
}

template <class Calendar>
std::string refused(Calendar const& of, std::string_view why) {
    return fmt::format("calendar {}: {}", quoted(of.name), why);
}

// `whose` gives the text that the error names them by.
template <class Whose>
problem wrong_words(holiday_words const& words, Whose whose) {
    auto const wrong_name = [&](std::string_view which, std::string_view text) {
        return fmt::format("the {} of {} is {}; a name has 1 to 120 bytes without control characters", which, whose(),
                           quoted(text));
    };
    if (!is_title(words.name)) return wrong_name("name", words.name);
    if (!words.english.empty() && !is_title(words.english)) return wrong_name("English name", words.english);
    if (words.source.view().size() > source_bytes_max || has_controls(words.source.view())) {
        return fmt::format("the source of {} is {}; a source has at most {} bytes without control characters", whose(),
                           quoted(words.source.view()), source_bytes_max);
    }
    return std::nullopt;
}

bool is_part_of_a_day(half_day_span span) {
    return span.from >= 0 && span.from < span.until && span.until <= day_seconds &&
           span.until - span.from < day_seconds;
}

// The first and last day that a row may have.
struct covered_days {
    date first;
    date last;
    std::int32_t first_year;
    std::int32_t last_year;
};

template <class Calendar>
covered_days covered(Calendar const& of) {
    return {to_date({of.first_year, 1, 1}), to_date({of.last_year, 12, 31}), of.first_year, of.last_year};
}

problem wrong_day(date day, holiday_kind kind, certainty known_by, half_day_span closed, covered_days const& years) {
    if (day < years.first || day > years.last) {
        return fmt::format("{} lies outside the covered years {} to {}", to_text(day), years.first_year,
                           years.last_year);
    }
    if (static_cast<std::size_t>(kind) >= wire_names<holiday_kind>.size()) {
        return fmt::format("{} is of no known kind; there are {}", to_text(day),
                           fmt::join(wire_names<holiday_kind>, ", "));
    }
    if (static_cast<std::size_t>(known_by) >= wire_names<certainty>.size()) {
        return fmt::format("{} is of no known certainty; there are {}", to_text(day),
                           fmt::join(wire_names<certainty>, ", "));
    }
    if (kind == holiday_kind::half_day && !is_part_of_a_day(closed)) {
        return fmt::format(
            "{} is a half day closed from second {} to {}; the closed part begins before it ends, within 0 to {}, and "
            "is "
            "not the whole day",
            to_text(day), closed.from, closed.until, day_seconds);
    }
    return std::nullopt;
}

problem wrong_row(holiday const& row, covered_days const& years) {
    if (auto wrong = wrong_day(row.day, row.kind, row.known_by, row.closed, years)) return wrong;
    if (row.kind != holiday_kind::half_day && row.closed != half_day_span{}) {
        return fmt::format("{} is no half day, so it has no closed part", to_text(row.day));
    }
    if (row.may_move_days < 0 || row.may_move_days > move_days_max) {
        return fmt::format("{} may move {} days; it is 0 to {}", to_text(row.day), row.may_move_days, move_days_max);
    }
    return std::nullopt;
}

problem wrong_rows(calendar_rows const& rows) {
    auto const count = rows.words == nullptr ? 0 : rows.words->size();
    for (std::size_t at = 0; at < count; ++at) {
        auto const& words = (*rows.words)[at];
        if (auto wrong = wrong_words(words, [&] { return fmt::format("words {}", at); })) return wrong;
    }
    auto const years = covered(rows);
    date before = years.first;
    for (auto const& row : rows.days) {
        if (row.words >= count) {
            return fmt::format("{} has words {}, and there are {}", to_text(row.day), row.words, count);
        }
        if (auto wrong = wrong_day(row.day, row.kind, row.known_by, (*rows.words)[row.words].closed, years)) {
            return wrong;
        }
        if (row.day < before) {
            return fmt::format("{} stands after {}; rows go in the order of their days", to_text(row.day),
                               to_text(before));
        }
        before = row.day;
    }
    return std::nullopt;
}

}  // namespace

result<business_calendar, std::string> business_calendar::make(calendar_rows rows) {
    auto wrong = wrong_head(rows);
    if (!wrong) wrong = wrong_rows(rows);
    if (wrong) return failed{refused(rows, *wrong)};
    return compiled(std::move(rows));
}

result<business_calendar, std::string> business_calendar::make(calendar_content content) {
    if (auto const wrong = wrong_head(content)) return failed{refused(content, *wrong)};
    auto const years = covered(content);
    word_list words;
    std::vector<holiday_day> days;
    days.reserve(content.holidays.size());
    for (auto& row : content.holidays) {
        if (auto const wrong = wrong_row(row, years)) return failed{refused(content, *wrong)};
        holiday_words said{std::move(row.name), std::move(row.english), std::move(row.source), row.closed};
        if (auto const wrong = wrong_words(said, [&] { return to_text(row.day); }))
            return failed{refused(content, *wrong)};
        auto const number = words.number(std::move(said));
        if (!number) return failed{refused(content, "its holidays have more than 65536 different names and sources")};
        holiday_day day{.day = row.day, .words = *number, .kind = row.kind};
        day.known_by = row.known_by;
        day.substitute = row.substitute ? 1 : 0;
        day.may_move_days = static_cast<std::uint8_t>(row.may_move_days & move_days_max);
        days.push_back(day);
    }
    auto const by_day = [](holiday_day const& left, holiday_day const& right) { return left.day < right.day; };
    if (!std::is_sorted(days.begin(), days.end(), by_day)) std::stable_sort(days.begin(), days.end(), by_day);
    return compiled({std::move(content.name), std::move(content.title), std::move(content.data_version),
                     std::move(content.weekends), words.taken(), std::move(days), content.first_year,
                     content.last_year});
}

}  // namespace recourse
