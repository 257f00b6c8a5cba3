// Counting business days: whole weeks that hold no row are jumped, the days around a row are walked.
#include "recourse/calendar/business_calendar.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr bool is_name_letter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           letter == '-' || letter == '_' || letter == '.';
}

// A name stands in stored deadlines and keys, so it is kept short and plain.
bool is_plain_name(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), is_name_letter);
}

bool is_title(std::string_view text) {
    return !text.empty() && text.size() <= 120 && std::none_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20;
    });
}

std::int32_t open_days_a_week(weekend_days weekend) {
    std::int32_t open = 0;
    for (std::int32_t day = 0; day < 7; ++day) open += weekend.has(static_cast<weekday>(day)) ? 0 : 1;
    return open;
}

std::optional<std::string> problem(special_day const& row, calendar_content const& content) {
    if (row.day < to_date({content.first_year, 1, 1}) || row.day > to_date({content.last_year, 12, 31})) {
        return fmt::format("{} lies outside the covered years {} to {}", to_text(row.day), content.first_year,
                           content.last_year);
    }
    if (!is_title(row.name)) {
        return fmt::format("the name of {} is {}; a name has 1 to 120 bytes without control characters",
                           to_text(row.day), quoted(row.name));
    }
    if (row.kind == special_kind::worked && !content.weekend.has(weekday_of(row.day))) {
        return fmt::format("{} is marked as a worked weekend, but a {} is no weekend day here", to_text(row.day),
                           name(weekday_of(row.day)));
    }
    return std::nullopt;
}

std::optional<std::string> problem(calendar_content const& content) {
    if (!is_plain_name(content.name)) return "its name is not 1 to 32 letters, digits, '-', '_' or '.'";
    if (!is_title(content.title)) return "its title is not 1 to 120 bytes without control characters";
    if (!is_plain_name(content.data_version)) return "its data version is not 1 to 32 letters, digits, '-', '_' or '.'";
    if (content.first_year < year_min || content.last_year > year_max || content.first_year > content.last_year) {
        return fmt::format("it covers {} to {}; years run from 1 to 9999, the first not after the last",
                           content.first_year, content.last_year);
    }
    if (content.weekend.bits > 0b111'1111) return "its weekend names more than seven days";
    if (open_days_a_week(content.weekend) == 0) return "every day is weekend; at least one weekday must be open";
    for (std::size_t at = 0; at < content.rows.size(); ++at) {
        auto const& row = content.rows[at];
        if (auto wrong = problem(row, content)) return wrong;
        if (at == 0 || content.rows[at - 1].day < row.day) continue;
        auto const& before = content.rows[at - 1];
        if (before.day == row.day) return fmt::format("{} has two rows; join their names in one", to_text(row.day));
        return fmt::format("{} stands after {}; rows go in the order of their days", to_text(row.day),
                           to_text(before.day));
    }
    return std::nullopt;
}

}  // namespace

std::string to_text(calendar_gap const& gap) {
    return fmt::format("the calendar {} has no data for the year {}", gap.calendar, gap.year);
}

std::string to_text(day_state const& state) {
    switch (state.kind) {
        case day_kind::working: return "working day";
        case day_kind::weekend: return "weekend";
        case day_kind::holiday: return std::string{state.name};
        case day_kind::worked_weekend: return fmt::format("worked weekend ({})", state.name);
    }
    return "unknown day";
}

result<business_calendar, std::string> business_calendar::make(calendar_content content) {
    if (auto const wrong = problem(content)) {
        return failed{fmt::format("calendar {}: {}", quoted(content.name), *wrong)};
    }
    return business_calendar{std::move(content)};
}

business_calendar::business_calendar(calendar_content content)
    : content_{std::move(content)},
      first_day_{to_date({content_.first_year, 1, 1})},
      last_day_{to_date({content_.last_year, 12, 31})},
      open_days_a_week_{open_days_a_week(content_.weekend)} {}

calendar_gap business_calendar::gap_at(date day) const { return {content_.name, year_of(day)}; }

special_day const* business_calendar::row_at(date day) const noexcept {
    auto const found = std::lower_bound(content_.rows.begin(), content_.rows.end(), day,
                                        [](special_day const& row, date wanted) { return row.day < wanted; });
    return found != content_.rows.end() && found->day == day ? &*found : nullptr;
}

result<day_state, calendar_gap> business_calendar::day_reason(date day) const {
    if (!covers(day)) return failed{gap_at(day)};
    if (auto const* row = row_at(day)) {
        return day_state{row->kind == special_kind::worked ? day_kind::worked_weekend : day_kind::holiday, row->name};
    }
    return day_state{open_by_weekday(day) ? day_kind::working : day_kind::weekend, {}};
}

result<bool, calendar_gap> business_calendar::is_business_day(date day) const {
    auto const state = day_reason(day);
    if (!state) return failed{state.error()};
    return state->is_open();
}

result<date, calendar_gap> business_calendar::add_business_days(date from, std::int32_t count) const {
    if (!covers(from)) return failed{gap_at(from)};
    auto const& rows = content_.rows;
    std::int32_t const step = count < 0 ? -1 : 1;
    std::int64_t left = std::int64_t{count} * step;
    // A wall is the next day that the weekday alone does not decide: a row, or the first day that is not covered.
    std::int32_t const edge = (step > 0 ? last_day_.days : first_day_.days) + step;
    auto row = std::lower_bound(rows.begin(), rows.end(), plus_days(from, step > 0 ? 1 : 0),
                                [](special_day const& candidate, date wanted) { return candidate.day < wanted; }) -
               rows.begin() - (step > 0 ? 0 : 1);
    std::int32_t day = from.days;
    while (left > 0) {
        bool const at_row = row >= 0 && row < std::ssize(rows);
        std::int32_t const wall = at_row ? rows[static_cast<std::size_t>(row)].day.days : edge;
        std::int32_t free_days = (wall - day) * step - 1;
        auto const weeks =
            static_cast<std::int32_t>(std::min<std::int64_t>((left - 1) / open_days_a_week_, free_days / 7));
        day += weeks * 7 * step;
        left -= std::int64_t{weeks} * open_days_a_week_;
        for (free_days -= weeks * 7; free_days > 0 && left > 0; --free_days) {
            day += step;
            left -= open_by_weekday({day}) ? 1 : 0;
        }
        if (left == 0) break;
        if (!at_row) return failed{gap_at({edge})};
        day = wall;
        left -= rows[static_cast<std::size_t>(row)].kind == special_kind::worked ? 1 : 0;
        row += step;
    }
    return date{day};
}

result<std::int32_t, calendar_gap> business_calendar::business_days_between(date from, date to) const {
    for (date const end : {from, to}) {
        if (!covers(end)) return failed{gap_at(end)};
    }
    bool const backward = to < from;
    // The days counted: `from` itself is out, `to` is in, whichever comes first.
    date const first = backward ? to : plus_days(from, 1);
    date const past = backward ? from : plus_days(to, 1);
    std::int32_t const weeks = (past.days - first.days) / 7;
    std::int32_t open = weeks * open_days_a_week_;
    for (date day = plus_days(first, weeks * 7); day < past; day = plus_days(day, 1))
        open += open_by_weekday(day) ? 1 : 0;
    auto row = std::lower_bound(content_.rows.begin(), content_.rows.end(), first,
                                [](special_day const& candidate, date wanted) { return candidate.day < wanted; });
    for (; row != content_.rows.end() && row->day < past; ++row) {
        if (row->kind == special_kind::worked)
            ++open;
        else if (open_by_weekday(row->day))
            --open;
    }
    return backward ? -open : open;
}

result<date, calendar_gap> business_calendar::nearest_open(date day, std::int32_t step) const {
    for (;; day = plus_days(day, step)) {
        auto const open = is_business_day(day);
        if (!open) return failed{open.error()};
        if (*open) return day;
    }
}

result<date, calendar_gap> business_calendar::rolled(date day, roll_rule roll) const {
    if (roll == roll_rule::none) return day;
    bool const forward = roll == roll_rule::following || roll == roll_rule::modified_following;
    bool const modified = roll == roll_rule::modified_following || roll == roll_rule::modified_preceding;
    auto const near = nearest_open(day, forward ? 1 : -1);
    if (!near || !modified || to_civil(*near).month == to_civil(day).month) return near;
    return nearest_open(day, forward ? -1 : 1);
}

}  // namespace recourse
