// The open days of a calendar as tables: how many come before a day, and which is the nth. Two forms, the same answers.
//
//     date const new_year = to_date({2026, 1, 1});                     // closed by the only row of `holidays`
//     dense_days const days{new_year, to_date({2026, 12, 31}), weekends, holidays};
//     days.open_before(to_date({2026, 3, 1}))                          // 41: open days from `new_year` to 28 February
//     days.nth(41)                                                     // 2026-03-02, the next one
//     sparse_days{new_year, to_date({2026, 12, 31}), weekends, holidays}.nth(41)   // the same
//
// A business calendar chooses one: `dense_days` holds 4 bytes a day and answers by one look; `sparse_days` holds a few
// bytes for each change of the week and each special day, whatever the years, and answers by bisection.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "recourse/calendar/date.hpp"
#include "recourse/calendar/holiday.hpp"
#include "recourse/calendar/weekend.hpp"

namespace recourse {

inline constexpr std::int32_t dense_years_max = 128;  // 46752 days: they are numbered in 16 bits

class dense_days {
  public:
    dense_days() = default;
    // `special` goes in the order of its days. A row of a day outside `first` to `last` is a bug of the caller.
    dense_days(date first, date last, std::span<weekend_rule const> weekends, std::span<holiday_day const> special);

    // The three below are asked only for `has(day)`; open_before also for the day after the last.
    [[nodiscard]] bool has(date day) const noexcept { return offset(day) < day_count_; }
    [[nodiscard]] bool is_open(date day) const noexcept {
        auto const at = offset(day);
        return ((open_[at / 64] >> (at % 64)) & 1U) != 0;
    }
    [[nodiscard]] std::int32_t open_before(date day) const noexcept { return before_[offset(day)]; }

    [[nodiscard]] bool has_nth(std::int64_t number) const noexcept {
        return static_cast<std::uint64_t>(number) < open_count_;
    }
    [[nodiscard]] date nth(std::int64_t number) const noexcept {
        return {first_.days + nth_[static_cast<std::size_t>(number)]};
    }
    [[nodiscard]] std::size_t bytes() const noexcept;

  private:
    [[nodiscard]] std::uint32_t offset(date day) const noexcept {
        return static_cast<std::uint32_t>(day.days) - static_cast<std::uint32_t>(first_.days);
    }

    date first_;
    std::uint32_t day_count_ = 0;
    std::uint32_t open_count_ = 0;
    std::vector<std::uint64_t> open_;    // a bit for each day
    std::vector<std::uint16_t> before_;  // for each day and for the day after the last
    std::vector<std::uint16_t> nth_;     // offsets of the open days, in order
};

class sparse_days {
  public:
    sparse_days() = default;
    sparse_days(date first, date last, std::span<weekend_rule const> weekends, std::span<holiday_day const> special);

    [[nodiscard]] bool has(date day) const noexcept { return !stretches_.empty() && first_ <= day && day <= last_; }
    [[nodiscard]] bool is_open(date day) const noexcept;
    [[nodiscard]] std::int32_t open_before(date day) const noexcept;
    [[nodiscard]] bool has_nth(std::int64_t number) const noexcept { return number >= 0 && number < open_count_; }
    [[nodiscard]] date nth(std::int64_t number) const noexcept;
    [[nodiscard]] std::size_t bytes() const noexcept;

  private:
    // Days in which every week is the same; a holiday is a stretch of one day. It ends where the next one begins.
    struct stretch {
        date from;
        std::int32_t before = 0;  // open days before `from`
        weekend_days closed;
    };
    void begin(date from, weekend_days closed);
    [[nodiscard]] stretch const& around(date day) const noexcept;

    date first_;
    date last_;
    std::int32_t open_count_ = 0;
    std::vector<stretch> stretches_;
};

}  // namespace recourse
