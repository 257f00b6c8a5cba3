// A business calendar: which days are worked, known by a weekend, holidays and worked weekends for a span of years.
//
//     business_calendar const& belgium = *find_calendar("BE");
//     to_text(*belgium.add_business_days(to_date({2026, 4, 3}), 1))     // "2026-04-07": Easter Monday is skipped
//     to_text(*belgium.day_reason(to_date({2026, 4, 6})))               // "Easter Monday"
//     to_text(belgium.is_business_day(to_date({2031, 1, 2})).error())   // a sentence: 2031 is not covered
//
// A day outside the covered years is an error everywhere; it is never counted by its weekday alone.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/calendar/date.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

struct weekend_days {
    std::uint8_t bits = 0;  // bit 0 is Monday
    [[nodiscard]] constexpr bool has(weekday day) const noexcept {
        return ((bits >> static_cast<unsigned>(day)) & 1U) != 0;
    }
    auto operator<=>(weekend_days const&) const = default;
};

inline constexpr weekend_days saturday_and_sunday{0b110'0000};
inline constexpr weekend_days friday_and_saturday{0b011'0000};

enum class special_kind : unsigned char {
    holiday,
    worked,  // a weekend day made a working day in exchange for a longer holiday
};

struct special_day {
    date day;
    std::string name;
    special_kind kind = special_kind::holiday;
    bool operator==(special_day const&) const = default;
};

struct calendar_content {
    std::string name;   // "BE": stable, stored with every deadline
    std::string title;  // for people
    weekend_days weekend = saturday_and_sunday;
    std::vector<special_day> rows;  // in the order of their days, at most one a day
    std::int32_t first_year = year_min;
    std::int32_t last_year = year_max;
    std::string data_version;
};

// No holiday data for that year.
struct calendar_gap {
    std::string calendar;
    std::int32_t year = 0;
    bool operator==(calendar_gap const&) const = default;
};

std::string to_text(calendar_gap const&);

enum class day_kind : unsigned char { working, weekend, holiday, worked_weekend };

struct day_state {
    day_kind kind = day_kind::working;
    std::string_view name;  // of the holiday or of the exchange; lives as long as the calendar
    [[nodiscard]] constexpr bool is_open() const noexcept {
        return kind == day_kind::working || kind == day_kind::worked_weekend;
    }
    bool operator==(day_state const&) const = default;
};

std::string to_text(day_state const&);  // "working day", "weekend", "Easter Monday", "worked weekend (Spring Festival)"

// Where a day goes that falls on a closed day; "modified" turns round rather than leave the month.
enum class roll_rule : unsigned char { none, following, preceding, modified_following, modified_preceding };
template <>
inline constexpr std::array<std::string_view, 5> wire_names<roll_rule>{"none", "following", "preceding",
                                                                       "modified_following", "modified_preceding"};

class business_calendar {
  public:
    // The error says which row or field is wrong and what would be right.
    static result<business_calendar, std::string> make(calendar_content content);

    [[nodiscard]] std::string const& name() const noexcept { return content_.name; }
    [[nodiscard]] std::string const& title() const noexcept { return content_.title; }
    [[nodiscard]] std::string const& data_version() const noexcept { return content_.data_version; }
    [[nodiscard]] std::int32_t first_year() const noexcept { return content_.first_year; }
    [[nodiscard]] std::int32_t last_year() const noexcept { return content_.last_year; }
    [[nodiscard]] std::vector<special_day> const& rows() const noexcept { return content_.rows; }
    [[nodiscard]] bool covers(date day) const noexcept { return first_day_ <= day && day <= last_day_; }

    // Read the value, not the result itself: `*is_business_day(day)`.
    [[nodiscard]] result<bool, calendar_gap> is_business_day(date day) const;
    [[nodiscard]] result<day_state, calendar_gap> day_reason(date day) const;

    // The nth business day after `from` (before it when n is negative); `from` itself is never counted, whether open or
    // closed, and 0 gives it back as it is.
    [[nodiscard]] result<date, calendar_gap> add_business_days(date from, std::int32_t count) const;

    // The inverse: business days after `from` up to and including `to`; negative when `to` is earlier.
    [[nodiscard]] result<std::int32_t, calendar_gap> business_days_between(date from, date to) const;

    [[nodiscard]] result<date, calendar_gap> rolled(date day, roll_rule roll) const;

  private:
    explicit business_calendar(calendar_content content);
    [[nodiscard]] calendar_gap gap_at(date day) const;
    [[nodiscard]] bool open_by_weekday(date day) const noexcept { return !content_.weekend.has(weekday_of(day)); }
    [[nodiscard]] special_day const* row_at(date day) const noexcept;
    [[nodiscard]] result<date, calendar_gap> nearest_open(date day, std::int32_t step) const;

    calendar_content content_;
    date first_day_;
    date last_day_;
    std::int32_t open_days_a_week_ = 0;
};

}  // namespace recourse
