// evolve: the one function that changes a record. It applies an event, live and on replay alike, and never refuses.
#pragma once

#include <cassert>

#include "recourse/lifecycle/event.hpp"
#include "recourse/lifecycle/record.hpp"

namespace recourse {

// Every piece of evidence counts once, whichever lifecycle recorded it, for the one whose right it was to bring it.
template <class Body>
void keep_evidence(record& all, event const& happened, Body const& body) {
    if constexpr (requires { body.evidence; }) {
        auto& disputed = all.of<dispute::lifecycle_type>();
        auto& kept = disputed.kept;
        // A state that was stored before this was kept names nobody: its pieces count for none of those who bring some.
        kept.sources.resize(kept.evidence.size(), {role::timer, 0});
        auto const who = happened.on_behalf_of ? happened.on_behalf_of->role : happened.by.role;
        for (auto const& piece : body.evidence) {
            kept.evidence.push_back(piece.content);
            kept.sources.push_back({who, disputed.state});
        }
    }
}

// While a dispute is suspended, a clock that stops or starts does so among those that stand.
inline bool pause_instead(record& all, event const& happened) {
    bool const is_its_own = happened.lifecycle == suspension::lifecycle_type::code;
    if (is_its_own || !is_suspended(all)) return false;
    auto& paused = all.of<suspension::lifecycle_type>().back().kept.paused;
    if (happened.clock_stopped || happened.clock_started)
        std::erase_if(paused, [&](auto const& one) {
            return one.lifecycle == happened.lifecycle && one.number == happened.number;
        });
    if (auto const& started = happened.clock_started)
        paused.push_back(
            {happened.lifecycle, happened.number, {started->kind, started->due, started->since}, happened.at, {}});
    return true;
}

// All clocks stand when a suspension begins, and those go on that it names when it ends.
inline void suspend_clocks(record& all, event const& happened) {
    if (happened.lifecycle != suspension::lifecycle_type::code) return;
    auto const& told = all.suspensions()[happened.number - 1];
    bool const begins = told.in<suspension::suspended>();
    for_each_machine(all, [&]<class L>(machine<L>& one) {
        if (L::code == suspension::lifecycle_type::code) return;
        if (begins) return one.clock.reset();
        for (auto const& each : told.kept.resumed) {
            if (each.lifecycle == L::code && each.number == one.number)
                one.clock = lifecycle::running_clock{each.clock.kind, each.clock.due, each.clock.since};
        }
    });
}

inline void evolve(record& all, event const& happened) {
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != happened.lifecycle) return;
        if constexpr (L::many) {
            auto& several = all.of<L>();
            if (happened.number == several.size() + 1)
                several.push_back({.number = happened.number, .state = L::initial::code, .clock = {}, .kept = {}});
        }
        auto* one = find_machine<L>(all, happened.number);
        assert(one != nullptr && "an event names a machine that no earlier event made");
        if (one == nullptr) return;
        one->state = happened.to;
        if (!pause_instead(all, happened)) {
            if (happened.clock_stopped) one->clock.reset();
            if (auto const& started = happened.clock_started)
                one->clock = lifecycle::running_clock{started->kind, started->due, started->since};
        }
        std::visit(
            [&](auto const& body) {
                if constexpr (lifecycle::contains<lifecycle::events_of<L>, std::remove_cvref_t<decltype(body)>>) {
                    apply(one->kept, body);
                    keep_evidence(all, happened, body);
                }
            },
            happened.body);
    });
    suspend_clocks(all, happened);
    if (happened.lifecycle == dispute::lifecycle_type::code) all.recontact_until = happened.recontact_until;
    all.version = happened.version;
    all.last_at = happened.at;
}

}  // namespace recourse
