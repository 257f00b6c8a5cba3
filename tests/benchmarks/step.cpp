// One step of one machine: the table on the state machine library against the same rows in a hand-written switch.
#include <benchmark/benchmark.h>

#include <chrono>

#include "engine/stage.hpp"
#include "engine/workings.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

using offers = offer::lifecycle_type;
using talks = negotiation::lifecycle_type;

offer::facts facts_of_an_offer() {
    offer::facts known;
    known.by = role::buyer;
    known.author = role::seller;
    known.offered.insert(remedy::full_refund);
    known.offered.insert(remedy::partial_refund);
    known.refundable = euro(2999);
    known.offers_left = true;
    known.offers_max = 5;
    return known;
}

// The same rows, written out by hand; never inlined, as the machine is not.
[[gnu::noinline]] engine::step_result<offers> step_by_hand(std::uint8_t state, offer::facts const& known,
                                                           engine::told<offers> const& told) {
    auto const party_acts = known.by == role::buyer || known.by == role::seller;
    auto const award_is_right = [&](award const& what) {
        return known.offered.contains(what.remedy) && what.amount.currency == known.refundable.currency &&
               what.amount.minor > 0 && what.amount.minor <= known.refundable.minor &&
               (what.remedy != remedy::full_refund || what.amount.minor == known.refundable.minor) &&
               (what.remedy != remedy::partial_refund || what.amount.minor != known.refundable.minor);
    };
    auto const row = [](std::size_t number, std::uint8_t to, auto event) {
        return engine::step_result<offers>{engine::taken<offers>{number, to, false, std::move(event)}};
    };
    switch (state) {
        case offer::not_made::code:
            if (auto const* const* claim = std::get_if<offer::table_claim const*>(&told)) {
                if (!award_is_right((*claim)->award)) return engine::row_refused{};
                return row(0, offer::proposed::code, offer::claim_tabled{role::buyer, (*claim)->award});
            }
            if (auto const* const* made = std::get_if<offer::make_offer const*>(&told)) {
                auto const again = known.return_was_contested && goods_go_back((*made)->award.remedy);
                if (!party_acts || !known.offers_left || again || !award_is_right((*made)->award))
                    return engine::row_refused{};
                return row(1, offer::proposed::code, offer::offer_made{offer::party_of(known.by), (*made)->award});
            }
            return engine::no_row{};
        case offer::proposed::code: {
            auto const own = is(known.by, known.author);
            if (std::holds_alternative<offer::accept_offer const*>(told)) {
                if (!party_acts || own) return engine::row_refused{};
                return row(2, offer::accepted::code, offer::offer_accepted{known.author});
            }
            if (std::holds_alternative<offer::decline_offer const*>(told)) {
                if (!party_acts || own) return engine::row_refused{};
                return row(3, offer::declined::code, offer::offer_declined{known.author});
            }
            if (std::holds_alternative<offer::withdraw_offer const*>(told)) {
                if (!party_acts || !own || known.is_the_claim) return engine::row_refused{};
                return row(4, offer::withdrawn::code, offer::offer_withdrawn{known.author});
            }
            if (std::holds_alternative<offer::supersede_offer const*>(told))
                return row(5, offer::superseded::code, offer::offer_superseded{});
            if (std::holds_alternative<offer::expire_offer const*>(told))
                return row(6, offer::expired::code, offer::offer_expired{});
            return engine::no_row{};
        }
        default: return engine::no_row{};
    }
}

// The negotiation's rows of an offer that is heard, by hand.
[[gnu::noinline]] engine::step_result<talks> step_by_hand(std::uint8_t state, negotiation::facts const&,
                                                          engine::told<talks> const& told) {
    auto const* const* heard = std::get_if<negotiation::hear_offer const*>(&told);
    if (heard == nullptr) return engine::no_row{};
    auto const from = (*heard)->from;
    switch (state) {
        case negotiation::awaiting_seller::code:
            if (from == role::seller)
                return engine::taken<talks>{1, negotiation::awaiting_buyer::code, false,
                                            negotiation::turn_passed{role::buyer}};
            return engine::taken<talks>{2, negotiation::awaiting_seller::code, false, negotiation::word_heard{from}};
        case negotiation::awaiting_buyer::code:
            if (from == role::buyer)
                return engine::taken<talks>{9, negotiation::awaiting_seller::code, false,
                                            negotiation::turn_passed{role::seller}};
            return engine::taken<talks>{10, negotiation::awaiting_buyer::code, true, negotiation::offer_improved{}};
        default: return engine::no_row{};
    }
}

// The two in turns, so that their ratio does not hang on what else the computer does.
template <class L, class Command>
void compare(benchmark::State& state, std::uint8_t from, typename L::facts known, Command command) {
    using clock = std::chrono::steady_clock;
    constexpr int rounds = 1000;
    clock::duration machine{0};
    clock::duration by_hand{0};
    for (auto _ : state) {
        auto const start = clock::now();
        for (int round = 0; round < rounds; ++round) {
            benchmark::DoNotOptimize(from);
            benchmark::DoNotOptimize(known);
            benchmark::DoNotOptimize(command);
            benchmark::DoNotOptimize(engine::workings<L>::step(from, known, engine::told<L>{&command}));
        }
        auto const middle = clock::now();
        for (int round = 0; round < rounds; ++round) {
            benchmark::DoNotOptimize(from);
            benchmark::DoNotOptimize(known);
            benchmark::DoNotOptimize(command);
            benchmark::DoNotOptimize(step_by_hand(from, known, engine::told<L>{&command}));
        }
        machine += middle - start;
        by_hand += clock::now() - middle;
    }
    auto const nanoseconds_a_step = [&](clock::duration all) {
        return static_cast<double>(std::chrono::nanoseconds{all}.count()) / static_cast<double>(state.iterations()) /
               rounds;
    };
    state.counters["machine_ns"] = nanoseconds_a_step(machine);
    state.counters["by_hand_ns"] = nanoseconds_a_step(by_hand);
    state.counters["ratio"] = nanoseconds_a_step(machine) / nanoseconds_a_step(by_hand);
}
void step_accept_offer(benchmark::State& state) {
    compare<offers>(state, offer::proposed::code, facts_of_an_offer(), offer::accept_offer{2});
}
void step_make_offer(benchmark::State& state) {
    compare<offers>(state, offer::not_made::code, facts_of_an_offer(), offer::make_offer{partial(1000)});
}
void step_refused_offer(benchmark::State& state) {
    compare<offers>(state, offer::not_made::code, facts_of_an_offer(), offer::make_offer{partial(-1)});
}
void step_hear_offer(benchmark::State& state) {
    compare<talks>(state, negotiation::awaiting_buyer::code, negotiation::facts{},
                   negotiation::hear_offer{role::buyer});
}
BENCHMARK(step_accept_offer);
BENCHMARK(step_make_offer);
BENCHMARK(step_refused_offer);
BENCHMARK(step_hear_offer);

}  // namespace
