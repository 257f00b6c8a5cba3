// The steps that are measured, one for each class of rows: a state, the facts and a command, told to the machine and to
// the hand-written switch.
//
//     for_each_measured_step([](auto const& step) { auto const took = compared(step); ... });
//     took.machine / took.by_hand   // the ratio of two times in nanoseconds; took.same_answer says whether it counts
#pragma once

#include <chrono>

#include "benchmarks/by_hand.hpp"
#include "engine/stage.hpp"

namespace recourse::test {

template <class Lifecycle, class Command>
struct measured_step {
    std::string_view name;
    std::uint8_t state;
    typename Lifecycle::facts known;
    Command command;
};

struct step_times {
    double machine = 0;  // nanoseconds a step
    double by_hand = 0;
    bool same_answer = false;
};

// The two in turns, so that their ratio does not hang on what else the computer does; of each the fastest turn counts.
template <class Lifecycle, class Command>
step_times compared(measured_step<Lifecycle, Command> step, int turns = 60) {
    using clock = std::chrono::steady_clock;
    constexpr int steps_a_turn = 2000;
    auto const once = [&](auto&& answer) {
        auto const start = clock::now();
        for (int count = 0; count < steps_a_turn; ++count) {
            asm volatile("" : "+m"(step) : : "memory");  // the compiler may not know what the step was
            auto made = answer();
            asm volatile("" : "+m"(made) : : "memory");
        }
        return std::chrono::duration<double, std::nano>{clock::now() - start}.count() / steps_a_turn;
    };
    auto const by_machine = [&] {
        return engine::workings<Lifecycle>::step(step.state, step.known, engine::told<Lifecycle>{&step.command});
    };
    // Called as the machine is, from another file: nothing about the step can be known beforehand.
    engine::step_result<Lifecycle> (*volatile by_hand)(std::uint8_t, typename Lifecycle::facts const&,
                                                       engine::told<Lifecycle> const&) = step_by_hand;
    auto const with_switch = [&] { return by_hand(step.state, step.known, engine::told<Lifecycle>{&step.command}); };
    step_times least{1e9, 1e9, false};
    for (int turn = 0; turn < turns; ++turn) {
        least.machine = std::min(least.machine, once(by_machine));
        least.by_hand = std::min(least.by_hand, once(with_switch));
    }
    auto const one = by_machine();
    auto const other = with_switch();
    auto const* row = std::get_if<engine::taken<Lifecycle>>(&one);
    auto const* expected = std::get_if<engine::taken<Lifecycle>>(&other);
    least.same_answer =
        one.index() == other.index() &&
        (row == nullptr || (row->row == expected->row && row->to == expected->to &&
                            row->restarts_clock == expected->restarts_clock && row->event == expected->event));
    return least;
}

inline offer::facts facts_of_an_offer() {
    offer::facts known;
    known.by = role::buyer;
    known.author = role::seller;
    known.award = partial(1000);
    known.offered.insert(remedy::full_refund);
    known.offered.insert(remedy::partial_refund);
    known.refundable = euro(2999);
    known.offers_left = true;
    known.offers_max = 5;
    return known;
}

// Calls visit(step) for each class of rows.
template <class Visitor>
void for_each_measured_step(Visitor&& visit) {
    auto const known = facts_of_an_offer();
    auto const talks = negotiation::facts{};
    visit(measured_step<an_offer, offer::expire_offer>{"a row without guards", offer::proposed::code, known, {}});
    visit(measured_step<an_offer, offer::decline_offer>{"a row with two guards", offer::proposed::code, known, {2}});
    visit(measured_step<an_offer, offer::accept_offer>{"a row with seven guards", offer::proposed::code, known, {2}});
    visit(measured_step<an_offer, offer::make_offer>{
        "a row with twelve guards", offer::not_made::code, known, {partial(1000)}});
    visit(measured_step<the_talks, negotiation::hear_offer>{
        "the first of two rows", negotiation::awaiting_buyer::code, talks, {role::buyer}});
    visit(measured_step<the_talks, negotiation::hear_offer>{
        "the second of two rows", negotiation::awaiting_buyer::code, talks, {role::seller}});
    visit(measured_step<an_offer, offer::make_offer>{
        "a row that is refused", offer::not_made::code, known, {partial(-1)}});
    visit(measured_step<an_offer, offer::accept_offer>{"no row", offer::declined::code, known, {2}});
}

}  // namespace recourse::test
