// How a command is told to a machine of one lifecycle; what it records is applied, and told to the others. Included by each
// lifecycle's .cpp, so that no file compiles this for all of them.
#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "engine/deciding.hpp"
#include "engine/money_events.hpp"
#include "recourse/lifecycle/evolve.hpp"
#include "recourse/lifecycle/reactions.hpp"

namespace recourse::engine {

// Whether a command of that lifecycle makes no new machine: those do whose rows leave the initial state.
template <class L, class Command>
constexpr bool addresses_an_old_one() {
    bool makes = false;
    lifecycle::for_each(typename L::table{}, [&]<class Row>() {
        makes = makes || (std::is_same_v<typename Row::command, Command> &&
                          std::is_same_v<typename Row::from, typename L::initial>);
    });
    return !makes;
}

template <class L>
bool deciding::tell_machine(std::uint32_t number, told<L> const& command) {
    auto const* one = find_machine<L>(all(), number);
    std::optional<machine<L>> fresh;
    if (one == nullptr) {
        if constexpr (L::many) {
            bool const is_new = number == all().template of<L>().size() + 1;
            bool const wants_an_old_one =
                std::visit([]<class Command>(Command const*) { return addresses_an_old_one<L, Command>(); }, command);
            if (!is_new || wants_an_old_one) return refuse_unknown<L>(number);
        }
        one = &fresh.emplace(machine<L>{.number = number, .state = L::initial::code, .clock = {}, .kept = {}});
    }
    situation const now{key_, all(), funds() ? &*funds() : nullptr, known_, acting_, at_};
    auto const facts = workings<L>::facts_for(now, *one, command);
    auto answer = workings<L>::step(one->state, facts, command);
    auto* row = std::get_if<taken<L>>(&answer);
    if (row == nullptr)
        return refuse_all<L>(
            *one, std::visit([&](auto const* told) { return blockers<L>(one->state, facts, *told); }, command));
    return std::visit([&](auto& body) { return record_event<L>(*one, *row, body); }, row->event);
}

template <class L>
bool deciding::refuse_unknown(std::uint32_t number) {
    refused no;
    no.code = L::unknown;
    no.subject = fmt::format("{} {}", L::name, number);
    no.expected = all().template of<L>().size();
    if (*no.expected == 0) no.expected.reset();
    refuse(std::move(no));
    return false;
}

template <class L>
bool deciding::refuse_all(machine<L> const& one, refusals blockers) {
    if (blockers.empty()) {
        refused no;
        no.code = refusal::not_possible_in_this_state;
        no.subject = L::many ? fmt::format("{} {} is {}", L::name, one.number, lifecycle::state_name<L>(one.state))
                             : fmt::format("{} is {}", L::name, lifecycle::state_name<L>(one.state));
        blockers.push_back(std::move(no));
    }
    for (auto& no : blockers) refuse(std::move(no));
    return false;
}

template <class L, class Body>
bool deciding::record_event(machine<L> const& one, taken<L> const& row, Body& body) {
    begin_recording();
    auto& happened = done_.events.emplace_back();
    happened.version = done_.after.version + 1;
    happened.at = at_;
    happened.by = by_;
    happened.on_behalf_of = on_behalf_of_;
    happened.lifecycle = L::code;
    happened.number = one.number;
    happened.from = one.state;
    happened.to = row.to;
    set_clock<L>(happened, one, row.restarts_clock, body);
    if (std::is_same_v<L, dispute::lifecycle_type> && row.to == dispute::closed::code)
        happened.recontact_until = end_of_recontact(at_, known_);
    // What is asked back later gives the parties no more time to write.
    if (std::is_same_v<Body, dispute::recoup_ordered>) happened.recontact_until = done_.after.recontact_until;
    happened.body = std::move(body);

    evolve_by<L>(done_.after, happened, *std::get_if<Body>(&happened.body));
    if constexpr (may_move_money<Body>) {
        begin_moving_money();
        if (done_.money) money_moved_ = post(*done_.money, key_.dispute, done_.after, happened) || money_moved_;
    }
    done_.rows.push_back({L::code, row.row});
    return react<Body>(done_.events.size() - 1);
}

// A clock goes on while the machine waits for the same thing, stops when it does not, and starts anew otherwise.
template <class L, class Body>
void deciding::set_clock(event& happened, machine<L> const& one, bool restarts, Body const& body) {
    auto wanted = lifecycle::clock_in<L>(happened.to);
    // What became final waits for nobody, in whichever state it is.
    if constexpr (requires { body.runs_clock(); }) {
        if (!body.runs_clock()) wanted = lifecycle::clock::none;
    }
    // While the dispute is suspended its clocks stand; they are stopped and started all the same.
    auto const running = one.clock ? one.clock : paused_clock_of(done_.after, L::code, one.number);
    bool const runs_already = running && running->kind == wanted;
    if (wanted == lifecycle::clock::none) {
        happened.clock_stopped = running.has_value();
    } else if (!runs_already || restarts) {
        if constexpr (requires { body.clock_until(); })
            happened.clock_started = told_clock(wanted, body.clock_until(), at_, known_);
        else
            happened.clock_started = start_clock(wanted, at_, known_);
        // A deadline that was shown moves only later.
        if (runs_already && happened.clock_started->due < running->due) happened.clock_started.reset();
    }
}

// The event is named by its place: telling others grows the list.
template <class Body>
bool deciding::react(std::size_t event) {
    bool obeyed = true;
    lifecycle::for_each(lifecycle::reactions{}, [&]<class When>() {
        if constexpr (std::is_same_v<typename When::event, Body>) {
            if (obeyed) obeyed = react_once<When, Body, typename When::lifecycle>(done_.events[event]);
        }
    });
    return obeyed;
}

template <class When, class Body, class L>
bool deciding::react_once(event const& happened) {
    lifecycle::telling<Body> const telling{done_.after, happened.number, *std::get_if<Body>(&happened.body)};
    if constexpr (When::makes_one_each) {
        // Each refund that is told grows the list of events: the event is found again by its place.
        auto const place = static_cast<std::size_t>(&happened - done_.events.data());
        auto const several = telling.body.refunds.size();
        bool obeyed = true;
        for (std::size_t part = 0; obeyed && part < several; ++part) {
            auto const& found = done_.events[place];
            lifecycle::telling<Body> const again{done_.after, found.number, *std::get_if<Body>(&found.body)};
            auto const command = lifecycle::command_for<typename When::command>(again, part);
            obeyed = tell<L>(static_cast<std::uint32_t>(done_.after.of<L>().size() + 1), command);
        }
        return obeyed;
    } else if constexpr (When::tells_each_line) {
        auto const lines = telling.body.order.lines;  // a copy, too
        return std::all_of(lines.begin(), lines.end(), [&](auto const& one) {
            return tell<L>(protection_of(done_.after, one.line), typename When::command{one.line});
        });
    } else if constexpr (When::makes_a_new_one) {
        auto const command = lifecycle::command_for<typename When::command>(telling);
        return tell<L>(static_cast<std::uint32_t>(done_.after.of<L>().size() + 1), command);
    } else if constexpr (L::many) {
        // First all, then tell: telling changes who is addressed. Mostly it is one, and needs no list.
        std::uint32_t first = 0;
        std::vector<std::uint32_t> others;
        for (auto const& one : done_.after.of<L>()) {
            if (!When::addresses(telling, one)) continue;
            if (first == 0)
                first = one.number;
            else
                others.push_back(one.number);
        }
        if (first == 0) return true;
        auto const command = lifecycle::command_for<typename When::command>(telling);
        return tell<L>(first, command) &&
               std::all_of(others.begin(), others.end(), [&](auto each) { return tell<L>(each, command); });
    } else {
        if (!When::addresses(telling, done_.after.of<L>())) return true;
        auto const command = lifecycle::command_for<typename When::command>(telling);
        return tell<L>(1, command);
    }
}

}  // namespace recourse::engine
