// A holiday as a calendar keeps it: the day, what kind of day it is, how sure it is, what it is called and who says so.
//
//     holiday const easter{.day = to_date({2026, 4, 6}), .name = "Paasmaandag", .english = "Easter Monday"};
//     closes(holiday_kind::half_day)             // false: the day is worked, but its hours are shorter
//     to_text(half_day_span{13 * 3'600, 86'400}) // "closed from 13:00 to 24:00"
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "recourse/calendar/date.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class holiday_kind : unsigned char {
    public_holiday,  // closed for everybody
    bank,            // closed for banks and payments
    half_day,        // open, for fewer hours
    worked_weekend,  // a weekend day that is worked, in exchange for a day off elsewhere
};
template <>
inline constexpr std::array<std::string_view, 4> wire_names<holiday_kind>{"public", "bank", "half_day",
                                                                          "worked_weekend"};

constexpr bool closes(holiday_kind kind) noexcept {
    return kind == holiday_kind::public_holiday || kind == holiday_kind::bank;
}

// How a date is known.
enum class certainty : unsigned char {
    decreed,    // published for that year by who decides it
    rule,       // follows from a law that fixes it for every year
    predicted,  // will be published or sighted; the best guess until then
};
template <>
inline constexpr std::array<std::string_view, 3> wire_names<certainty>{"decreed", "rule", "predicted"};

// The part of a half day that is closed, in local seconds of the day; `until` is 86400 for the end of the day.
struct half_day_span {
    std::int32_t from = 0;
    std::int32_t until = 0;
    bool operator==(half_day_span const&) const = default;
};

std::string to_text(half_day_span);

struct holiday {
    date day;
    std::string name{};     // in the language of the place
    std::string english{};  // empty: `name` is English already
    holiday_kind kind = holiday_kind::public_holiday;
    certainty known_by = certainty::rule;
    bool substitute = false;         // the day off in place of a holiday that fell on a closed day
    std::int32_t may_move_days = 0;  // a predicted day may come so many days earlier or later
    half_day_span closed{};          // of a half day
    std::string source{};            // empty: that of the whole calendar
    bool operator==(holiday const&) const = default;
};

// A text that is held in many places and kept once.
class shared_text {
  public:
    shared_text() = default;
    shared_text(std::string text)
        : text_{text.empty() ? nullptr : std::make_shared<std::string const>(std::move(text))} {}
    shared_text(char const* text) : shared_text{std::string{text}} {}
    [[nodiscard]] std::string_view view() const noexcept {
        return text_ ? std::string_view{*text_} : std::string_view{};
    }
    [[nodiscard]] bool empty() const noexcept { return text_ == nullptr; }
    operator std::string() const { return std::string{view()}; }
    [[nodiscard]] void const* address() const noexcept { return text_.get(); }  // the same for all that share it
    friend bool operator==(shared_text const& left, shared_text const& right) noexcept {
        return left.text_ == right.text_ || left.view() == right.view();
    }
    friend auto operator<=>(shared_text const& left, shared_text const& right) noexcept {
        return left.view() <=> right.view();
    }

  private:
    std::shared_ptr<std::string const> text_;
};

// What the days of one holiday share over the years.
struct holiday_words {
    std::string name{};
    std::string english{};
    shared_text source{};
    half_day_span closed{};
    bool operator==(holiday_words const&) const = default;
};

// One day of a compiled calendar, small: a calendar of 26 years keeps hundreds.
struct holiday_day {
    date day;
    std::uint16_t words = 0;  // index in the calendar's words
    holiday_kind kind = holiday_kind::public_holiday;
    certainty known_by : 2 = certainty::rule;
    std::uint8_t substitute : 1 = 0;
    std::uint8_t may_move_days : 3 = 0;
    bool operator==(holiday_day const&) const = default;
};
static_assert(sizeof(holiday_day) == 8);

using shared_words = std::shared_ptr<std::vector<holiday_words> const>;

}  // namespace recourse
