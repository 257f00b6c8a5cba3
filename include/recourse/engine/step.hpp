// One step of one machine: a state, the facts and a command, and what comes of it. Declared here without Boost;
// the .cpp of each lifecycle defines it with engine/machine.hpp.
#pragma once

#include <algorithm>
#include <utility>
#include <variant>

#include "recourse/lifecycle/table.hpp"

namespace recourse::engine {

// The row that was taken and the event it records.
template <class Lifecycle>
struct taken {
    template <class Event>
    taken(std::size_t at, std::uint8_t target, bool restarts, Event records)
        : row{at}, to{target}, restarts_clock{restarts}, event{std::in_place_type<Event>, std::move(records)} {}

    std::size_t row;  // in reading order
    std::uint8_t to;
    bool restarts_clock;
    typename lifecycle::as_variant<lifecycle::events_of<Lifecycle>>::type event;
};

struct no_row {};       // the table has no row for this command in this state
struct row_refused {};  // it has, and the guards of all of them said no

template <class Lifecycle>
using step_result = std::variant<taken<Lifecycle>, row_refused, no_row>;

// A command of this lifecycle, by reference.
template <class List>
struct as_references;
template <class... C>
struct as_references<lifecycle::list<C...>> {
    using type = std::variant<C const*...>;
};
template <class Lifecycle>
using told = typename as_references<lifecycle::commands_of<Lifecycle>>::type;

template <class List>
struct guards_hold;
template <class... Guards>
struct guards_hold<lifecycle::list<Guards...>> {
    static bool all(auto const& facts, auto const& command) { return (Guards::holds(facts, command) && ...); }
    template <class Guard>
    static constexpr bool selecting() {
        if constexpr (requires { Guard::selects; })
            return Guard::selects;
        else
            return false;
    }
    static bool selected(auto const& facts, auto const& command) {
        return ((!selecting<Guards>() || Guards::holds(facts, command)) && ...);
    }
    static void report(auto const& facts, auto const& command, refusals& into) {
        (report_one<Guards>(facts, command, into), ...);
    }

  private:
    template <class Guard>
    static void report_one(auto const& facts, auto const& command, refusals& into) {
        if (Guard::holds(facts, command)) return;
        refused no;
        no.code = Guard::otherwise;
        no.guard = Guard::name;
        if constexpr (requires { Guard::particulars(facts, command, no); }) Guard::particulars(facts, command, no);
        for (auto const& before : into) {
            if (before.code == no.code && before.subject == no.subject) return;
        }
        into.push_back(std::move(no));
    }
};

// Every guard that says no, over the rows of this state and command. Where rows are alternatives, only those that were
// meant: a seller who answers without evidence hears of the evidence, not that he is not the buyer.
template <class Lifecycle, class Command>
refusals blockers(std::uint8_t state, typename Lifecycle::facts const& facts, Command const& command) {
    refusals all;
    refusals meant;
    lifecycle::for_each(typename Lifecycle::table{}, [&]<class Row>() {
        if constexpr (std::is_same_v<typename Row::command, Command>) {
            if (Row::from::code != state) return;
            using guards = guards_hold<typename Row::guards>;
            guards::report(facts, command, all);
            if (guards::selected(facts, command)) guards::report(facts, command, meant);
        }
    });
    if (!meant.empty()) return meant;
    // A guard that only chooses between rows is told where nothing else says no.
    auto const chooses = [](refused const& no) {
        return no.code == refusal::not_possible_in_this_state && !no.guard.empty() && no.because.empty();
    };
    if (!std::all_of(all.begin(), all.end(), chooses)) std::erase_if(all, chooses);
    return all;
}

// The same answer as the machine gives, straight from the table. Tests hold the two against each other.
template <class Lifecycle, class Command>
step_result<Lifecycle> interpret(std::uint8_t state, typename Lifecycle::facts const& facts, Command const& command) {
    step_result<Lifecycle> answer = no_row{};
    std::size_t at = 0;
    lifecycle::for_each(typename Lifecycle::table{}, [&]<class Row>() {
        if constexpr (std::is_same_v<typename Row::command, Command>) {
            if (Row::from::code == state && !std::holds_alternative<taken<Lifecycle>>(answer)) {
                if (guards_hold<typename Row::guards>::all(facts, command)) {
                    answer.template emplace<taken<Lifecycle>>(at, Row::to::code,
                                                              lifecycle::restarts_clock<typename Row::event>,
                                                              Row::event::of(facts, command));
                } else {
                    answer = row_refused{};
                }
            }
        }
        ++at;
    });
    return answer;
}

}  // namespace recourse::engine
