// The same questions about business days for whoever answers them: a calendar with the weekday holidays of the United
// States by their rules, and random days of 2020 to 2035. The same on every computer, for a fixed seed.
//
//     auto const calendar = business_calendar::make(united_states_rows(2015, 2040)).value();
//     auto const questions = business_day_questions(calendar);    // 200,000 of {from, to, count}
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "recourse/calendar/business_calendar.hpp"

namespace recourse::test {

struct business_day_question {
    date from;               // a business day
    date to;                 // any day
    std::int32_t count = 0;  // 1 to 60, or -1 to -60
};

// splitmix64: three lines that give the same numbers in any language.
class fixed_numbers {
  public:
    explicit fixed_numbers(std::uint64_t seed) : state_{seed} {}
    std::int32_t below(std::int32_t limit) {
        std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15U;
        mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
        return static_cast<std::int32_t>((mixed ^ mixed >> 31U) % static_cast<std::uint64_t>(limit));
    }

  private:
    std::uint64_t state_;
};

inline std::vector<business_day_question> business_day_questions(business_calendar const& calendar,
                                                                 std::size_t number = 200'000) {
    fixed_numbers random{20'261'122};
    auto const first = to_date({2020, 1, 1});
    auto const days = to_date({2035, 12, 31}).days - first.days + 1;
    std::vector<business_day_question> questions;
    questions.reserve(number);
    while (questions.size() < number) {
        business_day_question asked{plus_days(first, random.below(days)), plus_days(first, random.below(days)), 0};
        asked.count = (1 + random.below(60)) * (random.below(2) == 0 ? -1 : 1);
        if (calendar.is_business_day(asked.from).value()) questions.push_back(asked);
    }
    return questions;
}

// Holidays on a Sunday move to Monday, those on a Saturday to Friday (5 U.S.C. 6103).
inline calendar_rows united_states_rows(std::int32_t first_year, std::int32_t last_year) {
    auto words = std::make_shared<std::vector<holiday_words>>();
    for (auto const* name : {"New Year's Day", "Birthday of Martin Luther King, Jr.", "Washington's Birthday",
                             "Memorial Day", "Juneteenth National Independence Day", "Independence Day", "Labor Day",
                             "Columbus Day", "Veterans Day", "Thanksgiving Day", "Christmas Day"}) {
        words->push_back({name, "", "5 U.S.C. 6103", {}});
    }
    calendar_rows rows{.name = "US-BENCH",
                       .title = "United States, weekday holidays",
                       .data_version = "1",
                       .words = words,
                       .first_year = first_year,
                       .last_year = last_year};
    auto const fixed = [](std::int32_t year, std::int32_t month, std::int32_t day) {
        auto const at = to_date({year, month, day});
        auto const on = weekday_of(at);
        return plus_days(at, on == weekday::sunday ? 1 : on == weekday::saturday ? -1 : 0);
    };
    auto const nth = [](std::int32_t year, std::int32_t month, weekday on, std::int32_t number) {
        auto const start = number > 0 ? to_date({year, month, 1}) : end_of_month(to_date({year, month, 1}));
        auto const away = static_cast<std::int32_t>(on) - static_cast<std::int32_t>(weekday_of(start));
        if (number > 0) return plus_days(start, (away + 7) % 7 + 7 * (number - 1));
        return plus_days(start, (away - 7) % 7);
    };
    using enum weekday;
    for (auto year = first_year; year <= last_year; ++year) {
        date const days[] = {fixed(year, 1, 1),          nth(year, 1, monday, 3),  nth(year, 2, monday, 3),
                             nth(year, 5, monday, -1),   fixed(year, 6, 19),       fixed(year, 7, 4),
                             nth(year, 9, monday, 1),    nth(year, 10, monday, 2), fixed(year, 11, 11),
                             nth(year, 11, thursday, 4), fixed(year, 12, 25)};
        std::uint16_t number = 0;
        for (date const day : days) {
            holiday_day row;
            row.day = day;
            row.words = number++;
            if (day >= to_date({first_year, 1, 1}) && day <= to_date({last_year, 12, 31})) rows.days.push_back(row);
        }
    }
    std::sort(rows.days.begin(), rows.days.end(),
              [](holiday_day const& left, holiday_day const& right) { return left.day < right.day; });
    return rows;
}

}  // namespace recourse::test
