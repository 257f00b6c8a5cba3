// Business days added, counted and looked up on random days, on dense and on sparse tables; and making a calendar.
#include <benchmark/benchmark.h>

#include "benchmarks/business_day_questions.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

business_calendar const& calendar_of(bool dense) {
    static auto const few_years = business_calendar::make(united_states_rows(2015, 2040)).value();
    static auto const all_years = [] {
        auto rows = united_states_rows(2015, 2040);
        rows.first_year = year_min;
        rows.last_year = year_max;
        return business_calendar::make(std::move(rows)).value();
    }();
    return dense ? few_years : all_years;
}

// Asks every question in each round; the sum of the answers keeps the compiler from leaving any out.
template <class Answer>
void ask_all(benchmark::State& state, bool dense, Answer answer) {
    auto const& calendar = calendar_of(dense);
    auto const questions = business_day_questions(calendar);
    std::int64_t sum = 0;
    for (auto _ : state) {
        sum = 0;
        for (auto const& asked : questions) sum += answer(calendar, asked);
        benchmark::DoNotOptimize(sum);
    }
    auto const asked = static_cast<double>(state.iterations()) * static_cast<double>(questions.size());
    state.SetItemsProcessed(static_cast<std::int64_t>(asked));
    state.counters["each"] = benchmark::Counter(asked, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["sum"] = static_cast<double>(sum);  // the same for dense and sparse
}

void business_day_add(benchmark::State& state, bool dense) {
    ask_all(state, dense, [](business_calendar const& calendar, business_day_question const& asked) {
        return calendar.add_business_days(asked.from, asked.count)->days;
    });
}
void business_day_offset(benchmark::State& state, bool dense) {
    ask_all(state, dense, [](business_calendar const& calendar, business_day_question const& asked) {
        return calendar.offset_business_days(asked.to, asked.count, roll_rule::following)->days;
    });
}
void business_day_count(benchmark::State& state, bool dense) {
    ask_all(state, dense, [](business_calendar const& calendar, business_day_question const& asked) {
        return *calendar.count_business_days(asked.from, asked.to);
    });
}
void business_day_is_open(benchmark::State& state, bool dense) {
    ask_all(state, dense, [](business_calendar const& calendar, business_day_question const& asked) {
        return *calendar.is_business_day(asked.to) ? 1 : 0;
    });
}
void business_day_roll(benchmark::State& state, bool dense) {
    ask_all(state, dense, [](business_calendar const& calendar, business_day_question const& asked) {
        return calendar.rolled(asked.to, roll_rule::modified_following)->days;
    });
}
void business_day_advance_months(benchmark::State& state, bool dense) {
    ask_all(state, dense, [](business_calendar const& calendar, business_day_question const& asked) {
        return calendar
            .advance(asked.from, asked.count % 50, advance_unit::months, roll_rule::modified_following, true)
            ->days;
    });
}
// Each answer is the next question's day, as in a chain of deadlines.
void business_day_add_in_a_chain(benchmark::State& state) {
    auto const& calendar = calendar_of(true);
    auto const questions = business_day_questions(calendar);
    auto const start = to_date({2027, 6, 15});
    for (auto _ : state) {
        date at = start;
        for (auto const& asked : questions) {
            auto const further = calendar.add_business_days(at, asked.count);
            at = further ? *further : start;
        }
        benchmark::DoNotOptimize(at);
    }
    auto const asked = static_cast<double>(state.iterations()) * static_cast<double>(questions.size());
    state.counters["each"] = benchmark::Counter(asked, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(business_day_add, dense, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_add, sparse, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_offset, dense, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_offset, sparse, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_count, dense, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_count, sparse, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_is_open, dense, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_is_open, sparse, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_roll, dense, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(business_day_advance_months, dense, true)->Unit(benchmark::kMicrosecond);
BENCHMARK(business_day_add_in_a_chain)->Unit(benchmark::kMicrosecond);

void calendar_made_from_rows(benchmark::State& state) {
    auto const rows = united_states_rows(2015, 2040);
    std::size_t bytes = 0;
    for (auto _ : state) {
        auto made = business_calendar::make(rows);  // with a copy of the rows
        bytes = made->bytes();
        benchmark::DoNotOptimize(made);
    }
    state.counters["bytes"] = static_cast<double>(bytes);
}
void calendar_made_of_a_few_holidays(benchmark::State& state) {
    calendar_content content{.name = "SHOP", .title = "A shop", .data_version = "1"};
    for (std::int32_t month = 1; month <= 6; ++month) {
        content.holidays.emplace_back();
        content.holidays.back().day = to_date({2026, month, 2});
        content.holidays.back().name = "Closed";
    }
    for (auto _ : state) {
        auto made = business_calendar::make(content);
        benchmark::DoNotOptimize(made);
    }
}
void calendars_joined(benchmark::State& state) {
    auto const& one = calendar_of(true);
    auto rows = united_states_rows(2015, 2040);
    rows.name = "OTHER";
    for (auto& row : rows.days) row.day = plus_days(row.day, to_civil(row.day).month == 12 ? 0 : 1);
    auto const other = business_calendar::make(std::move(rows)).value();
    for (auto _ : state) benchmark::DoNotOptimize(joined({&one, &other}, join_rule::closed_if_any));
}
BENCHMARK(calendar_made_from_rows)->Unit(benchmark::kMicrosecond);
BENCHMARK(calendar_made_of_a_few_holidays)->Unit(benchmark::kMicrosecond);
BENCHMARK(calendars_joined)->Unit(benchmark::kMicrosecond);

}  // namespace
