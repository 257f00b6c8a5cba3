// Deciding one command in memory: typed values, no JSON, no store.
#include <benchmark/benchmark.h>

#include "benchmarks/measured_commands.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// What one command costs: due deadlines, a copy of the state, the decision, the record and the account after it.
void decide_one(benchmark::State& state) {
    static auto const all = measured_commands();
    auto const& one = all.at(static_cast<std::size_t>(state.range()));
    state.SetLabel(std::string{one.name});
    for (auto _ : state) {
        auto made = one.decided();
        benchmark::DoNotOptimize(made);
        if (!one.is_right(made)) state.SkipWithError("another answer than expected");
    }
    state.SetItemsProcessed(state.iterations());
}
void copy_state_alone(benchmark::State& state) {
    auto const play = negotiating();
    for (auto _ : state) {
        record restored = play.all();
        auto money = play.money;
        benchmark::DoNotOptimize(restored);
        benchmark::DoNotOptimize(money);
    }
}
BENCHMARK(decide_one)->DenseRange(0, 9);
BENCHMARK(copy_state_alone);

}  // namespace
