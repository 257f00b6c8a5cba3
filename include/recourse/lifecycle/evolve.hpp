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
bool pause_instead(record& all, event const& happened);
// All clocks stand when a suspension begins, and those go on that it names when it ends.
void suspend_clocks(record& all, event const& happened);
// The dispute has its new policy, and the deadlines are where the migration says.
void carry_out(record& all, migration::policy_migrated const& told);

// The same for an event whose lifecycle and body are known.
template <class L, class Body>
void evolve_by(record& all, event const& happened, Body const& body) {
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
    apply(one->kept, body);
    keep_evidence(all, happened, body);
    suspend_clocks(all, happened);
    if constexpr (std::is_same_v<Body, migration::policy_migrated>) carry_out(all, body);
    if (happened.lifecycle == dispute::lifecycle_type::code) all.recontact_until = happened.recontact_until;
    all.version = happened.version;
    all.last_at = happened.at;
}

void evolve(record& all, event const& happened);

}  // namespace recourse
