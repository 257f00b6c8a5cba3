// Service hours: adding and measuring open time over random instants of 26 years, compiling, and one question asked once.
#include <benchmark/benchmark.h>

#include <random>

#include "recourse/calendar/service_hours.hpp"

using namespace recourse;

namespace {

constexpr std::int32_t hour = 3'600;
constexpr date first_day = to_date({2015, 1, 1});
constexpr date last_day = to_date({2040, 12, 31});
constexpr std::size_t questions_asked = 8'192;

service_hours one_window() {
    return {.name = "09-17",
            .zone = *time_zone::find("Europe/Berlin"),
            .windows = {{monday_to_friday, 9 * hour, 17 * hour}}};
}

service_hours with_lunch_break() {
    auto hours = one_window();
    hours.windows = {{monday_to_friday, 9 * hour, 12 * hour}, {monday_to_friday, 13 * hour, 17 * hour}};
    return hours;
}

service_hours two_windows_every_day() {
    auto hours = one_window();
    hours.windows = {{every_weekday, 9 * hour, 12 * hour}, {every_weekday, 13 * hour, 17 * hour}};
    return hours;
}

service_schedule compiled(service_hours const& hours) { return *service_schedule::make(hours, first_day, last_day); }

struct question {
    instant from;
    instant to;
    std::int64_t seconds = 0;
};

// One to forty open hours from any second between 2016 and 2039, forward or back.
std::vector<question> questions() {
    std::mt19937_64 chance{2026};
    std::uniform_int_distribution<std::int64_t> second{1'451'606'400, 2'208'988'800};
    std::uniform_int_distribution<std::int64_t> length{1, 40 * hour};
    std::vector<question> made(questions_asked);
    for (auto& one : made) {
        one = {{second(chance) * microseconds_per_second}, {second(chance) * microseconds_per_second}, length(chance)};
        if (chance() % 2 == 0) one.seconds = -one.seconds;
    }
    return made;
}

template <class Asked>
void ask(benchmark::State& state, service_hours const& hours, Asked&& asked) {
    auto const schedule = compiled(hours);
    auto const all = questions();
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(asked(schedule, all[next]));
        next = (next + 1) % questions_asked;
    }
    state.counters["bytes"] = static_cast<double>(schedule.bytes());
}

auto const added = [](service_schedule const& schedule, question const& one) {
    return schedule.add(one.from, one.seconds, edge_convention::close);
};

void service_add(benchmark::State& state) { ask(state, one_window(), added); }
void service_add_lunch_break(benchmark::State& state) { ask(state, with_lunch_break(), added); }
void service_add_two_windows_every_day(benchmark::State& state) { ask(state, two_windows_every_day(), added); }
void service_between(benchmark::State& state) {
    ask(state, one_window(),
        [](service_schedule const& schedule, question const& one) { return schedule.between(one.from, one.to); });
}
void service_is_open(benchmark::State& state) {
    ask(state, one_window(),
        [](service_schedule const& schedule, question const& one) { return schedule.is_open(one.from); });
}
BENCHMARK(service_add);
BENCHMARK(service_add_lunch_break);
BENCHMARK(service_add_two_windows_every_day);
BENCHMARK(service_between);
BENCHMARK(service_is_open);

void compile(benchmark::State& state, service_hours const& hours) {
    for (auto _ : state) benchmark::DoNotOptimize(service_schedule::make(hours, first_day, last_day));
}
void service_compile(benchmark::State& state) { compile(state, one_window()); }
void service_compile_two_windows_every_day(benchmark::State& state) { compile(state, two_windows_every_day()); }
BENCHMARK(service_compile)->Unit(benchmark::kMicrosecond);
BENCHMARK(service_compile_two_windows_every_day)->Unit(benchmark::kMicrosecond);

// Hours that came with the question: made, asked once, thrown away.
void service_one_question(benchmark::State& state) {
    auto hours = one_window();
    hours.holidays = {to_date({2026, 12, 25})};
    hours.breaks = {{to_date({2026, 12, 24}), 12 * hour, 17 * hour}};
    hours.shifts = {{to_date({2026, 12, 19}), 10 * hour, 14 * hour}};
    auto const all = questions();
    std::size_t next = 0;
    for (auto _ : state) {
        auto schedule = *growing_schedule::make(hours);
        benchmark::DoNotOptimize(schedule.add(all[next].from, all[next].seconds, edge_convention::close));
        next = (next + 1) % questions_asked;
    }
}
BENCHMARK(service_one_question)->Unit(benchmark::kMicrosecond);

}  // namespace
