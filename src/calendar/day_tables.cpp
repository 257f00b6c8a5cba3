// How the tables of open days are filled, and how the sparse ones are searched.
#include "recourse/calendar/day_tables.hpp"

#include <algorithm>
#include <array>

namespace recourse {

namespace {

constexpr weekend_days none_closed{0};
constexpr weekend_days all_closed{0b111'1111};

// What the rows of one day come to. A half day, and a worked weekend on a day that is worked anyway, change nothing.
struct day_change {
    date day;
    bool closes = false;
    bool opens = false;
};

// Reads the rows of the next day and leaves `special` at the day after it.
day_change next_change(std::span<holiday_day const>& special) {
    day_change change{special.front().day};
    while (!special.empty() && special.front().day == change.day) {
        change.closes = change.closes || closes(special.front().kind);
        change.opens = change.opens || special.front().kind == holiday_kind::worked_weekend;
        special = special.subspan(1);
    }
    return change;
}

// The week from `first` on, bit 0 for `first` itself, said twice so that any seven days of it are in a row.
constexpr std::uint32_t week_from(weekday first, weekend_days closed) {
    std::uint32_t const open = ~std::uint32_t{closed.bits} & 0b111'1111U;
    return (open | open << 7U) >> static_cast<unsigned>(first);
}

// 64 days of weeks from `first` on.
constexpr std::uint64_t word_from(weekday first, weekend_days closed) {
    std::uint64_t const week = week_from(first, closed) & 0b111'1111U;
    std::uint64_t word = 0;
    for (unsigned at = 0; at < 64; at += 7) word |= week << at;
    return word;
}

// The bits of a word from `from` up to but not with `until`.
constexpr std::uint64_t bits_between(std::uint32_t from, std::uint32_t until) {
    std::uint64_t const low = until >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << until) - 1;
    return low & (~std::uint64_t{0} << from);
}

std::int32_t open_in(date from, date until, weekend_days closed) {
    std::int32_t const days = until.days - from.days;
    std::uint32_t const rest = week_from(weekday_of(from), closed) & ((1U << static_cast<unsigned>(days % 7)) - 1);
    return days / 7 * open_days_a_week(closed) + std::popcount(rest);
}

}  // namespace

dense_days::dense_days(date first, date last, std::span<weekend_rule const> weekends,
                       std::span<holiday_day const> special)
    : first_{first}, day_count_{offset(last) + 1}, open_((day_count_ + 63) / 64) {
    for (std::size_t rule = 0; rule < weekends.size(); ++rule) {
        date const from = rule == 0 ? first : std::max(weekends[rule].from, first);
        date const until =
            rule + 1 == weekends.size() ? plus_days(last, 1) : std::min(weekends[rule + 1].from, plus_days(last, 1));
        if (until <= from) continue;
        std::array<std::uint64_t, 7> words{};
        for (std::size_t day = 0; day < 7; ++day) {
            words[day] = word_from(static_cast<weekday>(day), weekends[rule].days);
        }
        auto const begin = offset(from);
        auto const end = offset(until);
        for (auto word = begin / 64; word * 64 < end; ++word) {
            auto const start = word * 64;
            auto const bits = bits_between(std::max(begin, start) - start, end - start);
            auto const start_weekday =
                static_cast<std::size_t>(weekday_of(plus_days(first, static_cast<std::int32_t>(start))));
            open_[word] |= words[start_weekday] & bits;
        }
    }
    while (!special.empty()) {
        auto const change = next_change(special);
        auto& word = open_[offset(change.day) / 64];
        auto const bit = std::uint64_t{1} << (offset(change.day) % 64);
        if (change.closes)
            word &= ~bit;
        else if (change.opens)
            word |= bit;
    }
    for (auto const word : open_) open_count_ += static_cast<std::uint32_t>(std::popcount(word));
    before_.resize(day_count_ + 1);
    nth_.resize(open_count_ + 1);  // one more, because a closed day is written too, where the next open one goes
    std::uint32_t open = 0;
    for (std::uint32_t start = 0; start < day_count_; start += 64) {
        auto word = open_[start / 64];
        auto const end = std::min(start + 64, day_count_);
        for (auto at = start; at < end; ++at, word >>= 1U) {
            before_[at] = static_cast<std::uint16_t>(open);
            nth_[open] = static_cast<std::uint16_t>(at);
            open += static_cast<std::uint32_t>(word & 1U);
        }
    }
    before_[day_count_] = static_cast<std::uint16_t>(open);
}

std::size_t dense_days::bytes() const noexcept {
    return open_.capacity() * sizeof(std::uint64_t) + (before_.capacity() + nth_.capacity()) * sizeof(std::uint16_t);
}

void sparse_days::begin(date from, weekend_days closed) {
    if (!stretches_.empty() && stretches_.back().from == from) stretches_.pop_back();  // it had no day
    if (stretches_.empty()) {
        stretches_.push_back({from, 0, closed});
        return;
    }
    auto const& ended = stretches_.back();
    if (ended.closed != closed) {
        stretches_.push_back({from, ended.before + open_in(ended.from, from, ended.closed), closed});
    }
}

sparse_days::sparse_days(date first, date last, std::span<weekend_rule const> weekends,
                         std::span<holiday_day const> special)
    : first_{first}, last_{last} {
    stretches_.reserve(weekends.size() + 2 * special.size());
    begin(first, weekends.front().days);
    auto rule = weekends.begin();
    auto const change_weekend_up_to = [&](date day) {
        for (; rule + 1 != weekends.end() && (rule + 1)->from <= day; ++rule) {
            begin(std::max((rule + 1)->from, first), (rule + 1)->days);
        }
    };
    while (!special.empty()) {
        auto const change = next_change(special);
        change_weekend_up_to(change.day);
        bool const weekend = rule->days.has(weekday_of(change.day));
        bool const flips = weekend ? change.opens && !change.closes : change.closes;
        if (!flips) continue;
        begin(change.day, weekend ? none_closed : all_closed);
        begin(plus_days(change.day, 1), rule->days);
    }
    change_weekend_up_to(last);
    open_count_ = open_before(plus_days(last, 1));
}

sparse_days::stretch const& sparse_days::around(date day) const noexcept {
    return *(std::upper_bound(stretches_.begin() + 1, stretches_.end(), day,
                              [](date wanted, stretch const& one) { return wanted < one.from; }) -
             1);
}

bool sparse_days::is_open(date day) const noexcept { return !around(day).closed.has(weekday_of(day)); }

std::int32_t sparse_days::open_before(date day) const noexcept {
    auto const& within = around(day);
    return within.before + open_in(within.from, day, within.closed);
}

date sparse_days::nth(std::int64_t number) const noexcept {
    // The last stretch that begins with no more open days than that before it holds the day: those of equal count before
    // it hold none.
    auto const& within =
        *(std::upper_bound(stretches_.begin() + 1, stretches_.end(), number,
                           [](std::int64_t wanted, stretch const& one) { return wanted < one.before; }) -
          1);
    auto const left = static_cast<std::int32_t>(number) - within.before;
    auto const a_week = open_days_a_week(within.closed);
    auto week = week_from(weekday_of(within.from), within.closed) & 0b111'1111U;
    for (std::int32_t passed = left % a_week; passed > 0; --passed) week &= week - 1;
    return plus_days(within.from, left / a_week * 7 + std::countr_zero(week));
}

std::size_t sparse_days::bytes() const noexcept { return stretches_.capacity() * sizeof(stretch); }

}  // namespace recourse
