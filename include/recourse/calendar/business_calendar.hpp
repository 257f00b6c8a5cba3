// A business calendar: which days are worked, by dated weekends, holidays and worked weekends, and how they are counted.
//
//     business_calendar const& belgium = *find_calendar("BE");
//     to_text(*belgium.add_business_days(to_date({2026, 4, 3}), 1))     // "2026-04-07": Easter Monday is skipped
//     to_text(*belgium.day_reason(to_date({2026, 4, 6})))               // "Easter Monday"
//     to_text(belgium.is_business_day(to_date({2099, 1, 2})).error())   // a sentence: 2099 is not covered
//
// A day outside the covered years is an error everywhere; it is never counted by its weekday alone. On one day a holiday
// that closes beats a worked weekend, and a worked weekend beats the weekend; a half day closes nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/date.hpp"
#include "recourse/calendar/day_tables.hpp"
#include "recourse/calendar/holiday.hpp"
#include "recourse/calendar/weekend.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

// What a host fills in.
struct calendar_content {
    std::string name;   // "BE": stable, stored with every deadline
    std::string title;  // for people
    std::string data_version;
    std::vector<weekend_rule> weekends{weekend_rule{}};  // in the order of their days; the first holds before it too
    std::vector<holiday> holidays{};                     // in any order, any number a day
    std::int32_t first_year = year_min;
    std::int32_t last_year = year_max;
};

// The same, compact: what many days share is said once. The rules of the built-in holidays give this.
struct calendar_rows {
    std::string name;
    std::string title;
    std::string data_version;
    std::vector<weekend_rule> weekends{weekend_rule{}};
    shared_words words{};             // may be null when there are no days
    std::vector<holiday_day> days{};  // in the order of their days, any number a day
    std::int32_t first_year = year_min;
    std::int32_t last_year = year_max;
};

inline constexpr std::int32_t no_year = -1;

// No holiday data for that year; of no year: it was asked for hours, which a calendar of days does not count.
struct calendar_gap {
    std::string calendar;
    std::int32_t year = 0;
    bool operator==(calendar_gap const&) const = default;
};

std::string to_text(calendar_gap const&);

// Why a question that needs more than covered years has no answer.
enum class calendar_error_kind : unsigned char {
    no_data,              // a gap
    closed_day,           // an open day was asked for, and nothing may move it
    no_such_business_day  // the month has fewer of them, or there is no such month
};
template <>
inline constexpr std::array<std::string_view, 3> wire_names<calendar_error_kind>{"no_data", "closed_day",
                                                                                 "no_such_business_day"};

struct calendar_error {
    calendar_error_kind kind = calendar_error_kind::no_data;
    std::string sentence;
    bool operator==(calendar_error const&) const = default;
};

calendar_error to_error(calendar_gap const&);

enum class day_kind : unsigned char { working, weekend, holiday, worked_weekend, half_day };

struct day_state {
    day_kind kind = day_kind::working;
    std::string name;  // English where there is one; several holidays of one day are joined by " and "
    [[nodiscard]] bool is_open() const noexcept {
        return kind == day_kind::working || kind == day_kind::worked_weekend || kind == day_kind::half_day;
    }
    bool operator==(day_state const&) const = default;
};

// "working day", "weekend", "Easter Monday", "worked weekend (Spring Festival)", "half day (Christmas Eve)"
std::string to_text(day_state const&);

// Where a day goes that falls on a closed day. The modified rules turn round rather than leave the month, the half-month
// rule also rather than pass from the 15th or before to after it; nearest takes the later of two days as near.
enum class roll_rule : unsigned char {
    none,
    following,
    preceding,
    modified_following,
    modified_preceding,
    half_month_modified_following,
    nearest,
};
template <>
inline constexpr std::array<std::string_view, 7> wire_names<roll_rule>{
    "none",   "following", "preceding", "modified_following", "modified_preceding", "half_month_modified_following",
    "nearest"};

enum class advance_unit : unsigned char { business_days, weeks, months, years };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<advance_unit>{"business_days", "weeks", "months", "years"};

enum class join_rule : unsigned char {
    closed_if_any,  // QuantLib's JoinHolidays: open where all are open
    closed_if_all,  // QuantLib's JoinBusinessDays: open where any is open
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<join_rule>{"closed_if_any", "closed_if_all"};

class business_calendar {
  public:
    // The error says which holiday or field is wrong and what would be right.
    static result<business_calendar, std::string> make(calendar_content content);
    static result<business_calendar, std::string> make(calendar_rows rows);

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] std::string const& title() const noexcept { return title_; }
    [[nodiscard]] std::string const& data_version() const noexcept { return data_version_; }
    [[nodiscard]] std::int32_t first_year() const noexcept { return first_year_; }
    [[nodiscard]] std::int32_t last_year() const noexcept { return last_year_; }
    [[nodiscard]] std::vector<weekend_rule> const& weekends() const noexcept { return weekends_; }
    [[nodiscard]] bool covers(date day) const noexcept { return first_day_ <= day && day <= last_day_; }
    [[nodiscard]] bool is_weekend(date day) const noexcept;  // by its weekday alone, worked or not
    [[nodiscard]] std::size_t bytes() const noexcept;        // with everything it owns and its words

    // Read the value, not the result itself: `*is_business_day(day)`.
    [[nodiscard]] result<bool, calendar_gap> is_business_day(
        date day) const;  // QuantLib isBusinessDay, numpy is_busday
    [[nodiscard]] result<day_state, calendar_gap> day_reason(date day) const;

    // Every row from `first` to `last`, weekends, half days and worked weekends too, in the order of their days.
    [[nodiscard]] result<std::vector<holiday>, calendar_gap> holidays(date first, date last) const;
    // The same without a copy, of the days that are covered; alive as long as the calendar.
    [[nodiscard]] std::span<holiday_day const> holiday_days(date first, date last) const noexcept;
    [[nodiscard]] holiday_words const& words_of(holiday_day const& day) const noexcept { return (*words_)[day.words]; }

    // The nth business day after `from` (before it when n is negative); `from` itself is never counted, whether open or
    // closed, and 0 gives it back as it is. QuantLib's advance in days, but for n = 0.
    [[nodiscard]] result<date, calendar_gap> add_business_days(date from, std::int32_t count) const;

    // The inverse: business days after `from` up to and including `to`; negative when `to` is earlier.
    [[nodiscard]] result<std::int32_t, calendar_gap> business_days_between(date from, date to) const;

    // QuantLib's businessDaysBetween: the flags belong to `from` and `to`, whichever is earlier; when `from` is later it
    // is minus the open days between; a day alone counts 1 if it is open and both flags are true. Without flags numpy's
    // busday_count since 1.25.
    [[nodiscard]] result<std::int32_t, calendar_gap> count_business_days(date from, date to, bool include_first = true,
                                                                         bool include_last = false) const;

    // numpy's busday_offset: rolls first, then counts. `none` on a closed day is an error, as numpy's "raise".
    [[nodiscard]] result<date, calendar_error> offset_business_days(date from, std::int32_t count,
                                                                    roll_rule roll) const;

    // QuantLib's adjust. `none` gives the day back without asking the calendar.
    [[nodiscard]] result<date, calendar_gap> rolled(date day, roll_rule roll) const;

    [[nodiscard]] result<date, calendar_gap> next_business_day(date day) const { return add_business_days(day, 1); }
    [[nodiscard]] result<date, calendar_gap> previous_business_day(date day) const {
        return add_business_days(day, -1);
    }

    // The nth of the month, from its end when n is negative: -1 is the last.
    [[nodiscard]] result<date, calendar_error> nth_business_day(std::int32_t year, std::int32_t month,
                                                                std::int32_t n) const;
    [[nodiscard]] result<date, calendar_error> last_business_day(std::int32_t year, std::int32_t month) const {
        return nth_business_day(year, month, -1);
    }

    // QuantLib's advance. n = 0 only rolls. Business days are stepped as add_business_days does, without a roll. Weeks,
    // months and years shift, the day clipped to the month, and then roll. `end_of_month` is for months and years: a
    // date on or after the last open day of its month gives the last open day of the month it comes to; with `none` the
    // last calendar day gives the last calendar day, and the calendar is not asked.
    [[nodiscard]] result<date, calendar_gap> advance(date from, std::int32_t n, advance_unit unit, roll_rule roll,
                                                     bool end_of_month = false) const;

    // The same names, years, weekends and holidays.
    friend bool operator==(business_calendar const& left, business_calendar const& right);

  private:
    business_calendar() = default;
    friend result<business_calendar, std::string> joined(std::vector<business_calendar const*> const& calendars,
                                                         join_rule rule);
    static business_calendar compiled(calendar_rows rows);  // of rows that were read through
    [[nodiscard]] bool is_dense() const noexcept { return dense_.has(first_day_); }
    [[nodiscard]] calendar_gap gap_at(date day) const;
    [[nodiscard]] std::optional<date> open_from(date day) const;   // the first open day that is not before `day`
    [[nodiscard]] std::optional<date> open_up_to(date day) const;  // the last that is not after it
    // What the inline answers below leave out: sparse tables, and days that are not covered.
    [[nodiscard]] result<bool, calendar_gap> is_business_day_elsewhere(date day) const;
    [[nodiscard]] result<date, calendar_gap> add_elsewhere(date from, std::int32_t count) const;
    [[nodiscard]] result<std::int32_t, calendar_gap> count_elsewhere(date from, date to, bool include_first,
                                                                     bool include_last) const;
    [[nodiscard]] result<date, calendar_error> offset_elsewhere(date from, std::int32_t count, roll_rule roll) const;
    [[nodiscard]] result<date, calendar_gap> roll_closed(date day, roll_rule roll) const;

    std::string name_;
    std::string title_;
    std::string data_version_;
    std::int32_t first_year_ = year_min;
    std::int32_t last_year_ = year_max;
    date first_day_;
    date last_day_;
    dense_days dense_;    // empty when the years are more than dense_years_max
    sparse_days sparse_;  // empty otherwise
    std::vector<weekend_rule> weekends_;
    shared_words words_;
    std::vector<holiday_day> days_;
};

// One calendar of several, for the years that all of them cover. A holiday keeps its words and gets the name of its
// calendar: "Easter Monday (BE)". A row that changes nothing in the joined calendar is dropped. An error when the list
// is empty or no year is common.
//
//     joined({&buyer, &seller}, join_rule::closed_if_any)->name()   // "BE+CN"; "BE&CN" if closed_if_all
result<business_calendar, std::string> joined(std::vector<business_calendar const*> const& calendars, join_rule rule);

inline result<bool, calendar_gap> business_calendar::is_business_day(date day) const {
    if (dense_.has(day)) [[likely]]
        return dense_.is_open(day);
    return is_business_day_elsewhere(day);
}

inline result<date, calendar_gap> business_calendar::add_business_days(date from, std::int32_t count) const {
    if (dense_.has(from) && count != 0) [[likely]] {
        std::int32_t const forward = count > 0 ? 1 : 0;
        auto const number = std::int64_t{dense_.open_before(plus_days(from, forward))} + count - forward;
        if (dense_.has_nth(number)) [[likely]]
            return dense_.nth(number);
    }
    return add_elsewhere(from, count);
}

inline result<std::int32_t, calendar_gap> business_calendar::business_days_between(date from, date to) const {
    return count_business_days(from, to, false, true);
}

inline result<std::int32_t, calendar_gap> business_calendar::count_business_days(date from, date to, bool include_first,
                                                                                 bool include_last) const {
    if (dense_.has(from) && dense_.has(to) && (from != to || include_first || include_last)) [[likely]] {
        // Both ends are cut before or after their day, the other way round when the count goes backward.
        bool const backward = to < from;
        return dense_.open_before(plus_days(to, include_last != backward ? 1 : 0)) -
               dense_.open_before(plus_days(from, include_first != backward ? 0 : 1));
    }
    return count_elsewhere(from, to, include_first, include_last);
}

inline result<date, calendar_error> business_calendar::offset_business_days(date from, std::int32_t count,
                                                                            roll_rule roll) const {
    if (dense_.has(from)) [[likely]] {
        bool const open = dense_.is_open(from);
        if (open || roll == roll_rule::following || roll == roll_rule::preceding) [[likely]] {
            auto const start = std::int64_t{dense_.open_before(from)} - (!open && roll == roll_rule::preceding ? 1 : 0);
            if (dense_.has_nth(start) && dense_.has_nth(start + count)) [[likely]]
                return dense_.nth(start + count);
        }
    }
    return offset_elsewhere(from, count, roll);
}

inline result<date, calendar_gap> business_calendar::rolled(date day, roll_rule roll) const {
    if (roll == roll_rule::none || (dense_.has(day) && dense_.is_open(day))) return day;
    return roll_closed(day, roll);
}

}  // namespace recourse
