// evolve: the one function that changes a record. It applies an event, live and on replay alike, and never refuses.
#pragma once

#include <cassert>

#include "recourse/lifecycle/event.hpp"
#include "recourse/lifecycle/record.hpp"

namespace recourse {

// Every piece of evidence counts once, whichever lifecycle recorded it.
template <class Body>
void keep_evidence(record& all, Body const& body) {
    if constexpr (requires { body.evidence; }) {
        for (auto const& piece : body.evidence)
            all.of<dispute::lifecycle_type>().kept.evidence.push_back(piece.content);
    }
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
        if (happened.clock_stopped) one->clock.reset();
        if (auto const& started = happened.clock_started)
            one->clock = lifecycle::running_clock{started->kind, started->due, started->since};
        std::visit(
            [&](auto const& body) {
                if constexpr (lifecycle::contains<lifecycle::events_of<L>, std::remove_cvref_t<decltype(body)>>) {
                    apply(one->kept, body);
                    keep_evidence(all, body);
                }
            },
            happened.body);
    });
    if (happened.lifecycle == dispute::lifecycle_type::code) all.recontact_until = happened.recontact_until;
    all.version = happened.version;
    all.last_at = happened.at;
}

}  // namespace recourse
