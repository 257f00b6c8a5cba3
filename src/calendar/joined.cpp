// Several calendars as one. Only rows and weekends are joined: a row that does not change the joined day is dropped, so
// that what is left says of each day exactly what the join rule says, and is compiled as any calendar is.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "calendar/weekend_on.hpp"

#include "recourse/calendar/business_calendar.hpp"
#include "word_list.hpp"

namespace recourse {

namespace {

using calendars = std::vector<business_calendar const*>;

// In the order of the list, each once: a buyer and a seller often have the same.
calendars different(calendars const& all) {
    calendars kept;
    for (auto const* one : all) {
        if (std::none_of(kept.begin(), kept.end(), [&](auto const* other) { return one == other || *one == *other; }))
            kept.push_back(one);
    }
    return kept;
}

constexpr char sign_of(join_rule rule) { return rule == join_rule::closed_if_any ? '+' : '&'; }

bool is_joined(business_calendar const& calendar) { return calendar.name().find_first_of("+&") != std::string::npos; }

std::string joined_name(calendars const& parts, join_rule rule) {
    std::string name;
    for (auto const* part : parts) {
        if (!name.empty()) name += sign_of(rule);
        auto const other = sign_of(rule) == '+' ? '&' : '+';
        bool const nested = part->name().find(other) != std::string::npos;
        name += nested ? fmt::format("({})", part->name()) : part->name();
    }
    return name;
}

// What all say alike is said once.
template <class Text>
std::string joined_text(calendars const& parts, std::string_view between, Text text) {
    if (std::all_of(parts.begin(), parts.end(), [&](auto const* part) { return text(*part) == text(*parts[0]); }))
        return text(*parts[0]);
    std::string all;
    for (auto const* part : parts) {
        if (!all.empty()) all += between;
        all += text(*part);
    }
    return all;
}

std::vector<weekend_rule> joined_weekends(calendars const& parts, join_rule rule) {
    std::vector<date> changes{first_date};
    for (auto const* part : parts) {
        for (auto const& weekend : std::span{part->weekends()}.subspan(1)) changes.push_back(weekend.from);
    }
    std::sort(changes.begin(), changes.end());
    std::vector<weekend_rule> weekends;
    for (date const day : changes) {
        unsigned bits = rule == join_rule::closed_if_any ? 0U : 0b111'1111U;
        for (auto const* part : parts) {
            auto const closed = weekend_on(part->weekends(), day).bits;
            bits = rule == join_rule::closed_if_any ? bits | closed : bits & closed;
        }
        weekend_days const days{static_cast<std::uint8_t>(bits)};
        if (weekends.empty() || weekends.back().days != days) weekends.push_back({day, days});
    }
    return weekends;
}

// Parts that each have open weekdays may have none of them in common.
std::optional<std::string> wrong_weekends(std::vector<weekend_rule> const& weekends, std::string_view name) {
    auto const closed = std::find_if(weekends.begin(), weekends.end(),
                                     [](weekend_rule const& rule) { return open_days_a_week(rule.days) == 0; });
    if (closed == weekends.end()) return std::nullopt;
    auto const since = closed->from == first_date ? std::string{} : fmt::format(" from {} on", to_text(closed->from));
    return fmt::format("the calendars {} leave no weekday open{}; at least one must be open in all of them", name,
                       since);
}

bool open_on(business_calendar const& calendar, date day) { return calendar.is_business_day(day).value(); }

bool open_on(calendars const& parts, join_rule rule, date day) {
    auto const open = [&](auto const* part) { return open_on(*part, day); };
    return rule == join_rule::closed_if_any ? std::all_of(parts.begin(), parts.end(), open)
                                            : std::any_of(parts.begin(), parts.end(), open);
}

// From when to when a calendar is closed on an open day; nothing when it is worked in full.
std::optional<half_day_span> closed_part(business_calendar const& calendar, date day) {
    std::optional<half_day_span> part;
    for (auto const& row : calendar.holiday_days(day, day)) {
        if (row.kind != holiday_kind::half_day) continue;
        auto const span = calendar.words_of(row).closed;
        part = part ? half_day_span{std::min(part->from, span.from), std::max(part->until, span.until)} : span;
    }
    return part;
}

// The hours in which all are closed, on a day that one of them works at least for half.
std::optional<half_day_span> closed_for_all(calendars const& parts, date day) {
    half_day_span common{0, 86'400};
    for (auto const* part : parts) {
        if (!open_on(*part, day)) continue;
        auto const closed = closed_part(*part, day);
        if (!closed) return std::nullopt;
        common = {std::max(common.from, closed->from), std::min(common.until, closed->until)};
    }
    if (common.from >= common.until) return std::nullopt;
    return common;
}

// The closed hours of a row as the joined calendar has it; nothing when the row does not count there.
std::optional<half_day_span> joined_hours(calendars const& parts, join_rule rule, business_calendar const& part,
                                          holiday_day const& row) {
    if (open_on(parts, rule, row.day) == closes(row.kind)) return std::nullopt;
    if (row.kind == holiday_kind::half_day && rule == join_rule::closed_if_all) return closed_for_all(parts, row.day);
    return part.words_of(row).closed;
}

holiday_words joined_words(business_calendar const& part, holiday_words words, half_day_span closed) {
    words.closed = closed;
    if (is_joined(part)) return words;  // it has the names of its own parts
    for (auto* text : {&words.name, &words.english}) {
        if (!text->empty()) *text += fmt::format(" ({})", part.name());
    }
    return words;
}

}  // namespace

result<business_calendar, std::string> joined(std::vector<business_calendar const*> const& list, join_rule rule) {
    if (list.empty()) return failed{std::string{"no calendars to join; give at least one"}};
    if (auto const missing = std::find(list.begin(), list.end(), nullptr); missing != list.end()) {
        return failed{fmt::format("calendar {} of {} to join is missing", missing - list.begin() + 1, list.size())};
    }
    auto const parts = different(list);
    if (parts.size() == 1) return *parts[0];
    calendar_rows rows;
    rows.name = joined_name(parts, rule);
    for (auto const* part : parts) {
        rows.first_year = std::max(rows.first_year, part->first_year());
        rows.last_year = std::min(rows.last_year, part->last_year());
    }
    if (rows.first_year > rows.last_year) {
        auto text = fmt::format("the calendars {} have no year in common:", rows.name);
        for (auto const* part : parts) {
            text += fmt::format("{} {} covers {} to {}", part == parts[0] ? "" : ",", part->name(), part->first_year(),
                                part->last_year());
        }
        return failed{std::move(text)};
    }
    rows.title = joined_text(parts, rule == join_rule::closed_if_any ? " and " : " or ",
                             [](business_calendar const& part) { return part.title(); });
    rows.data_version = joined_text(parts, "+", [](business_calendar const& part) { return part.data_version(); });
    rows.weekends = joined_weekends(parts, rule);
    if (auto wrong = wrong_weekends(rows.weekends, rows.name)) return failed{*std::move(wrong)};
    word_list words;
    for (auto const* part : parts) {
        std::vector<std::optional<std::uint16_t>> known;  // by the part's own numbers: most rows repeat one another
        for (auto row : part->holiday_days(to_date({rows.first_year, 1, 1}), to_date({rows.last_year, 12, 31}))) {
            auto const closed = joined_hours(parts, rule, *part, row);
            if (!closed) continue;
            auto const& said = part->words_of(row);
            if (known.size() <= row.words) known.resize(row.words + std::size_t{1});
            auto number = *closed == said.closed ? known[row.words] : std::nullopt;
            if (!number) number = words.number(joined_words(*part, said, *closed));
            if (*closed == said.closed) known[row.words] = number;
            if (!number) return failed{fmt::format("the calendars {} have more than 65536 names together", rows.name)};
            row.words = *number;
            rows.days.push_back(row);
        }
    }
    std::stable_sort(rows.days.begin(), rows.days.end(),
                     [](holiday_day const& left, holiday_day const& right) { return left.day < right.day; });
    rows.words = words.taken();
    return business_calendar::compiled(std::move(rows));
}

}  // namespace recourse
