// Replay of events in memory, and the JSON of events, records and commands.
#include <benchmark/benchmark.h>

#include "engine/stage.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/lifecycle/evolve.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

void replay_events(benchmark::State& state) {
    auto play = negotiating();
    play.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * hour));
    play.ask(bank, refund::confirm_refund{1, euro(1000), "reference"}, plus_seconds(opening, 3 * hour));
    auto const& events = play.disputes[0].events;
    for (auto _ : state) {
        record all;
        for (auto const& one : events) evolve(all, one);
        benchmark::DoNotOptimize(all);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events.size()));
}
void encode_record(benchmark::State& state) {
    auto const all = negotiating().all();
    for (auto _ : state) benchmark::DoNotOptimize(to_json(all));
    state.counters["bytes"] = static_cast<double>(to_json(all).size());
}
void decode_record(benchmark::State& state) {
    auto const text = to_json(negotiating().all());
    for (auto _ : state) benchmark::DoNotOptimize(read_record(text));
}
void encode_event(benchmark::State& state) {
    auto const one = negotiating().disputes[0].events.back();
    for (auto _ : state) benchmark::DoNotOptimize(to_json(one));
    state.counters["bytes"] = static_cast<double>(to_json(one).size());
}
void decode_event(benchmark::State& state) {
    auto const text = to_json(negotiating().disputes[0].events.back());
    for (auto _ : state) benchmark::DoNotOptimize(read_event(text));
}
void decode_command(benchmark::State& state) {
    stage const play;
    auto const text = R"({"id":"c-1",)" + canonical(play.asked(anna, play.claim(full(2999)))).substr(1);
    for (auto _ : state) benchmark::DoNotOptimize(read_command(text));
}
BENCHMARK(replay_events);
BENCHMARK(encode_record);
BENCHMARK(decode_record);
BENCHMARK(encode_event);
BENCHMARK(decode_event);
BENCHMARK(decode_command);

}  // namespace
