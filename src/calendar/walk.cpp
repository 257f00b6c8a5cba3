// Walking the days that an answer was counted over.
#include "calendar/walk.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

namespace recourse::walk {

namespace {

// Adds who says so and how sure it is, of the first holiday that makes the day what it is.
void cite(explanation_step& told, business_calendar const& calendar, date day, bool closed) {
    for (auto const& one : calendar.holiday_days(day, day)) {
        if (closes(one.kind) != closed) continue;
        told.source = calendar.words_of(one).source;
        told.known_by = one.known_by;
        return;
    }
}

std::string offset_text(local_time const& local) {
    auto const minutes = std::abs(local.offset_seconds) / 60;
    return fmt::format("{} {}{:02}:{:02}", local.abbreviation, local.offset_seconds < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

// The calendar with every predicted holiday that may so many days later, for the years around the span.
std::optional<business_calendar> with_predictions_moved(business_calendar const& calendar, day_range span,
                                                        std::int32_t days) {
    // Its name is never seen; that of a joined calendar would be none.
    calendar_content content{.name = "moved", .title = "Predicted holidays moved", .data_version = "1"};
    content.weekends = calendar.weekends();
    content.first_year = std::max(calendar.first_year(), year_of(span.earliest) - 1);
    content.last_year = std::min(calendar.last_year(), year_of(span.latest) + 1);
    auto found = calendar.holidays(to_date({content.first_year, 1, 1}), to_date({content.last_year, 12, 31}));
    if (!found) return std::nullopt;
    for (auto& one : *found) {
        one.day = plus_days(one.day, std::clamp(days, -one.may_move_days, one.may_move_days));
        if (year_of(one.day) < content.first_year || year_of(one.day) > content.last_year) continue;
        content.holidays.push_back(std::move(one));
    }
    return business_calendar::make(std::move(content)).value();
}

}  // namespace

explanation_step step(step_kind kind, date day, std::string reason, std::string source) {
    return {kind, day, day, 0, std::move(reason), std::move(source), std::nullopt};
}

explanation_step skipped(business_calendar const& calendar, date day) {
    auto told = step(step_kind::skipped, day, to_text(calendar.day_reason(day).value()));
    cite(told, calendar, day, true);
    return told;
}

void business_days(steps& told, date day_zero, date last, business_calendar const& calendar) {
    std::int32_t const direction = last < day_zero ? -1 : 1;
    std::int32_t number = 0;
    for (date day = day_zero; day != last;) {
        date const before = day;
        day = plus_days(day, direction);
        auto const state = calendar.day_reason(day).value();  // covered: it was counted over
        if (!state.is_open()) {
            told.push_back(skipped(calendar, day));
            continue;
        }
        bool const goes_on =
            !told.empty() && told.back().kind == step_kind::counted && told.back().last == before && number > 0;
        if (goes_on && state.kind == day_kind::working && told.back().reason.empty()) {
            told.back().last = day;
            told.back().number = ++number;
            continue;
        }
        auto one = step(step_kind::counted, day, state.kind == day_kind::working ? std::string{} : to_text(state));
        one.number = ++number;
        if (state.kind != day_kind::working) cite(one, calendar, day, false);
        told.push_back(std::move(one));
    }
}

void roll(steps& told, date counted, date last, std::string reason, std::string source,
          business_calendar const& calendar) {
    if (counted == last) return;
    std::int32_t const direction = last > counted ? 1 : -1;
    for (date day = counted; day != last; day = plus_days(day, direction)) {
        // A rule that turns round at the end of a month passes open days on its way.
        if (!*calendar.is_business_day(day)) told.push_back(skipped(calendar, day));
    }
    told.push_back(step(step_kind::rolled, last, std::move(reason), std::move(source)));
}

void clock_change(steps& told, instant from, instant to, time_zone const& zone) {
    auto const start = zone.to_local(from);
    auto const end = zone.to_local(to);
    if (start.offset_seconds == end.offset_seconds) return;
    explanation_step one =
        step(step_kind::offset_changed, start.day, fmt::format("{} to {}", offset_text(start), offset_text(end)));
    one.last = end.day;
    told.push_back(std::move(one));
}

std::optional<day_range> may_fall(business_calendar const& calendar, day_range counted, date answer,
                                  std::function<std::optional<date>(business_calendar const&)> const& last_day) {
    constexpr std::int32_t margin = 7;  // a holiday just outside may move in
    std::int32_t most = 0;
    for (auto const& one :
         calendar.holiday_days(plus_days(counted.earliest, -margin), plus_days(counted.latest, margin))) {
        most = std::max<std::int32_t>(most, one.may_move_days);
    }
    day_range range{answer, answer};
    for (std::int32_t days = -most; days <= most; ++days) {
        auto const moved = with_predictions_moved(calendar, counted, days);
        auto const day = moved ? last_day(*moved) : std::nullopt;
        if (!day) return std::nullopt;
        range.earliest = std::min(range.earliest, *day);
        range.latest = std::max(range.latest, *day);
    }
    if (range.earliest == range.latest) return std::nullopt;
    return range;
}

std::optional<date> shifted(date from, period_unit unit, std::int64_t length) {
    if (unit == period_unit::months) return plus_months(from, length);
    if (unit == period_unit::years) return plus_months(from, length * 12);
    auto const reached = from.days + length * (unit == period_unit::weeks ? 7 : 1);
    if (reached < first_date.days || reached > last_date.days) return std::nullopt;
    return date{static_cast<std::int32_t>(reached)};
}

std::string period_words(period const& length) {
    auto text = to_text(length);
    for (char& letter : text) letter = letter == '_' ? ' ' : letter;
    if (length.length == 1) text.pop_back();
    return text;
}

std::string data_version_of(business_calendar const& calendar) {
    std::string text;
    for (auto const part : data_version_parts(calendar)) text += part;
    return text;
}

}  // namespace recourse::walk
