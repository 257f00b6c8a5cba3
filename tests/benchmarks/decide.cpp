// Deciding one command in memory: typed values, no JSON, no store.
#include <benchmark/benchmark.h>

#include "engine/stage.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

stage settling() {
    auto play = negotiating();
    play.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * hour));
    return play;
}

// What one command costs: a copy of the stored state and account, due deadlines, the decision, the record after it.
void decide_one(benchmark::State& state, stage const& play, command const& asked, instant now, bool accepted,
                std::size_t lapses = 0) {
    for (auto _ : state) {
        record restored = play.all();
        auto money = play.money;
        auto made = decide(play.disputes[0].key, restored, money, play.known, asked, now);
        benchmark::DoNotOptimize(made);
        if (made.accepted.has_value() != accepted || made.lapses.size() != lapses)
            state.SkipWithError("another answer than expected");
    }
    state.SetItemsProcessed(state.iterations());
}

auto const in_time = plus_seconds(opening, 3 * hour);

void decide_make_offer(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, offer::make_offer{partial(4000)}), in_time, true);
}
void decide_decline_offer(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, offer::decline_offer{2}), in_time, true);
}
void decide_accept_offer(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, offer::accept_offer{2}), in_time, true);
}
void decide_escalate(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, dispute::escalate_dispute{}), in_time, true);
}
void decide_withdraw(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, dispute::withdraw_dispute{}), in_time, true);
}
void decide_submit_evidence(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, dispute::submit_evidence{{piece("more")}}), in_time, true);
}
void decide_confirm_refund(benchmark::State& state) {
    auto const play = settling();
    decide_one(state, play, play.asked(bank, refund::confirm_refund{1, euro(1000), "reference"}), in_time, true);
}
void decide_open(benchmark::State& state) {
    stage const play;
    auto const asked =
        play.asked(anna, play.claim(full(5489), {{line_id{"cups"}, 3}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}}));
    decide_one(state, play, asked, opening, true);
}
void decide_refused(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(shop, offer::accept_offer{2}), in_time, false);
}
void decide_after_a_lapse(benchmark::State& state) {
    auto const play = negotiating();
    decide_one(state, play, play.asked(anna, dispute::escalate_dispute{}), plus_seconds(opening, 6 * day), true, 1);
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
BENCHMARK(decide_make_offer);
BENCHMARK(decide_decline_offer);
BENCHMARK(decide_accept_offer);
BENCHMARK(decide_escalate);
BENCHMARK(decide_withdraw);
BENCHMARK(decide_submit_evidence);
BENCHMARK(decide_confirm_refund);
BENCHMARK(decide_open);
BENCHMARK(decide_refused);
BENCHMARK(decide_after_a_lapse);
BENCHMARK(copy_state_alone);

}  // namespace
