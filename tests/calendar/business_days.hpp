// Calendars for tests, and business days counted one by one: slow, plain, and what the tables must agree with.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar/rows.hpp"
#include "recourse/calendar/business_calendar.hpp"

namespace recourse::test {

inline holiday holiday_on(date at, std::string name, holiday_kind kind = holiday_kind::public_holiday) {
    holiday row;
    row.day = at;
    row.name = std::move(name);
    row.kind = kind;
    return row;
}

inline business_calendar made(calendar_content content) { return business_calendar::make(std::move(content)).value(); }

inline business_calendar weekdays() {
    return made({.name = "WEEKDAYS", .title = "Monday to Friday", .data_version = "1"});
}

// Belgium as far as these tests need it.
inline calendar_content belgium_content() {
    calendar_content content{
        .name = "BE", .title = "Belgium", .data_version = "1", .first_year = 2024, .last_year = 2028};
    auto const close = [&](std::string_view at, std::string name, std::string english) {
        content.holidays.push_back(holiday_on(day(at), std::move(name)));
        content.holidays.back().english = std::move(english);
    };
    close("2026-04-06", "Paasmaandag", "Easter Monday");
    close("2026-05-01", "Dag van de Arbeid", "Labour Day");
    close("2026-05-14", "O.L.H. Hemelvaart", "Ascension Day");
    close("2026-08-15", "O.L.V. Hemelvaart", "Assumption Day");
    close("2026-12-25", "Kerstmis", "Christmas Day");
    return content;
}

inline calendar_content small_content() {
    calendar_content content{.name = "TEST", .title = "A calendar for tests", .data_version = "1", .first_year = 2026};
    content.last_year = 2027;
    content.holidays = {holiday_on(day("2026-01-01"), "New Year"),
                        holiday_on(day("2026-01-03"), "Swap", holiday_kind::worked_weekend)};
    return content;
}

// The same without the worked weekend, compact.
inline calendar_rows small_rows() {
    holiday_words words;
    words.name = "New Year";
    holiday_day row;
    row.day = day("2026-01-01");
    calendar_rows rows{.name = "TEST", .title = "A calendar for tests", .data_version = "1", .first_year = 2026};
    rows.last_year = 2027;
    rows.words = std::make_shared<std::vector<holiday_words> const>(1, words);
    rows.days = {row};
    return rows;
}

// The first to the last day of a calendar given by a bit for each: closed weekdays are holidays, open weekends worked.
inline calendar_content content_of_bits(std::string name, std::int32_t first_year, std::int32_t last_year,
                                        std::string_view bits) {
    calendar_content content{.name = std::move(name),
                             .title = "Bits",
                             .data_version = "1",
                             .first_year = first_year,
                             .last_year = last_year};
    for (date at = to_date({first_year, 1, 1}); char const bit : bits) {
        bool const weekend = saturday_and_sunday.has(weekday_of(at));
        if (bit == '0' && !weekend) content.holidays.push_back(holiday_on(at, "closed"));
        if (bit == '1' && weekend) content.holidays.push_back(holiday_on(at, "open", holiday_kind::worked_weekend));
        at = plus_days(at, 1);
    }
    return content;
}

// The rules of a calendar, asked day by day from its content.
class day_by_day {
  public:
    explicit day_by_day(calendar_content content) : content_{std::move(content)} {}

    [[nodiscard]] date first() const { return to_date({content_.first_year, 1, 1}); }
    [[nodiscard]] date last() const { return to_date({content_.last_year, 12, 31}); }
    [[nodiscard]] bool covers(date at) const { return first() <= at && at <= last(); }

    [[nodiscard]] bool is_open(date at) const {
        bool closed = false;
        bool worked = false;
        for (auto const& row : content_.holidays) {
            closed = closed || (row.day == at && closes(row.kind));
            worked = worked || (row.day == at && row.kind == holiday_kind::worked_weekend);
        }
        auto weekend = content_.weekends.front().days;
        for (auto const& rule : content_.weekends) weekend = rule.from <= at ? rule.days : weekend;
        return !closed && (worked || !weekend.has(weekday_of(at)));
    }

    // Nothing when the answer lies outside the covered years.
    [[nodiscard]] std::optional<date> add(date from, std::int64_t count) const {
        std::int32_t const step = count < 0 ? -1 : 1;
        date at = from;
        while (count != 0) {
            at = plus_days(at, step);
            if (!covers(at)) return std::nullopt;
            count -= is_open(at) ? step : 0;
        }
        return at;
    }

    [[nodiscard]] std::int32_t count(date from, date to, bool include_first, bool include_last) const {
        if (from == to) return include_first && include_last && is_open(from) ? 1 : 0;
        std::int32_t open = 0;
        for (date at = std::min(from, to); at <= std::max(from, to); at = plus_days(at, 1)) {
            bool const counts = (at != from || include_first) && (at != to || include_last);
            open += counts && is_open(at) ? 1 : 0;
        }
        return from < to ? open : -open;
    }

    [[nodiscard]] std::optional<date> roll(date at, roll_rule rule) const {
        using enum roll_rule;
        if (rule == none) return at;
        if (!covers(at)) return std::nullopt;
        if (is_open(at)) return at;
        auto const later = add(at, 1);
        auto const earlier = add(at, -1);
        auto const month = [](date of) { return to_civil(of).month; };
        switch (rule) {
            case none: break;
            case following: return later;
            case preceding: return earlier;
            case modified_following: return later && month(*later) == month(at) ? later : earlier;
            case modified_preceding: return earlier && month(*earlier) == month(at) ? earlier : later;
            case half_month_modified_following: {
                bool const stays =
                    later && month(*later) == month(at) && (to_civil(at).day > 15 || to_civil(*later).day <= 15);
                return stays ? later : earlier;
            }
            case nearest: {
                for (std::int32_t away = 1; covers(plus_days(at, away)) || covers(plus_days(at, -away)); ++away) {
                    for (date const near : {plus_days(at, away), plus_days(at, -away)}) {
                        if (!covers(near)) return std::nullopt;
                        if (is_open(near)) return near;
                    }
                }
                return std::nullopt;
            }
        }
        return std::nullopt;
    }

    // As the rules are written for `advance`: shift, clip, then adjust.
    [[nodiscard]] std::optional<date> advance(date from, std::int32_t n, advance_unit unit, roll_rule rule,
                                              bool end_of_month) const {
        if (n == 0) return roll(from, rule);
        if (unit == advance_unit::business_days) return covers(from) ? add(from, n) : std::nullopt;
        if (unit == advance_unit::weeks) return roll(plus_days(from, 7 * n), rule);
        auto to = to_civil(from);
        for (std::int32_t months = n * (unit == advance_unit::years ? 12 : 1); months != 0;
             months += months < 0 ? 1 : -1) {
            to.month += months < 0 ? -1 : 1;
            if (to.month == 0) to = {to.year - 1, 12, to.day};
            if (to.month == 13) to = {to.year + 1, 1, to.day};
        }
        auto const length = days_in_month(to.year, to.month);
        auto const end = to_date({to.year, to.month, length});
        auto const shifted = to_date({to.year, to.month, std::min(to.day, length)});
        if (!end_of_month) return roll(shifted, rule);
        auto const start = to_civil(from);
        auto const start_end = to_date({start.year, start.month, days_in_month(start.year, start.month)});
        if (rule == roll_rule::none) return from == start_end ? end : shifted;
        auto const last_open = roll(start_end, roll_rule::preceding);
        if (!last_open) return std::nullopt;
        return from >= *last_open ? roll(end, roll_rule::preceding) : roll(shifted, rule);
    }

  private:
    calendar_content content_;
};

}  // namespace recourse::test
