// What somebody may do now: every candidate tried, now and after each deadline that time alone will let pass.
#include "recourse/engine/actions.hpp"

#include <benchmark/benchmark.h>

#include "engine/stage.hpp"
#include "recourse/engine/status.hpp"
#include "recourse/engine/worklist.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

auto const soon = plus_seconds(opening, 2 * hour);

stage deliberating() {
    auto play = negotiating();
    play.ask(anna, dispute::escalate_dispute{}, soon);
    play.ask(mia, mediation::take_mediation{}, soon);
    return play;
}

void list(benchmark::State& state, stage const& play, actor const& who) {
    for (auto _ : state) {
        auto listed = actions(play.disputes[0].key, play.all(), play.money, play.known, who, soon);
        benchmark::DoNotOptimize(listed);
        if (listed.empty()) state.SkipWithError("nothing was listed");
    }
    state.SetItemsProcessed(state.iterations());
}

void actions_of_the_buyer_in_negotiation(benchmark::State& state) { list(state, negotiating(), anna); }
void actions_of_the_seller_in_negotiation(benchmark::State& state) { list(state, negotiating(), shop); }
void actions_of_the_mediator(benchmark::State& state) { list(state, deliberating(), mia); }

void status_of_a_dispute(benchmark::State& state) {
    auto const play = negotiating();
    for (auto _ : state) {
        auto told = status_of(play.disputes[0].key, play.all(), play.money, play.known, role::buyer, soon);
        benchmark::DoNotOptimize(told);
    }
    state.SetItemsProcessed(state.iterations());
}

void tasks_of_a_dispute(benchmark::State& state) {
    auto const play = negotiating();
    for (auto _ : state) {
        auto tasks = tasks_of(play.disputes[0].key, play.all(), play.money, play.known, {role::buyer, anna.id}, soon);
        benchmark::DoNotOptimize(tasks);
        if (tasks.size() != 1) state.SkipWithError("the buyer owes an answer");
    }
    state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(actions_of_the_buyer_in_negotiation);
BENCHMARK(actions_of_the_seller_in_negotiation);
BENCHMARK(actions_of_the_mediator);
BENCHMARK(status_of_a_dispute);
BENCHMARK(tasks_of_a_dispute);
