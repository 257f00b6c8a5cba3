// What a running deadline was computed from when it was set.
#include <algorithm>

#include "recourse/engine/engine.hpp"

namespace recourse {

std::optional<lifecycle::started_clock> dispute_engine::set_from(dispute_view const& seen,
                                                                 lifecycle::running_clock const& clock) {
    auto const is_it = [&](lifecycle::started_clock const& one) {
        return one.kind == clock.kind && one.due == clock.due && one.since == clock.since;
    };
    // What went on after a suspension was set by its end.
    for (auto const& one : seen.all.suspensions()) {
        for (auto const& resumed : one.kept.resumed) {
            if (is_it(resumed.clock)) return resumed.clock;
        }
    }
    // What a migration moved was set by it, unless time had run out by then.
    auto const log = events(seen.key);
    auto const found = std::find_if(log.rbegin(), log.rend(), [&](event const& happened) {
        return happened.clock_started && is_it(*happened.clock_started);
    });
    if (found != log.rend()) return found->clock_started;
    for (auto at = log.size(); at-- > 0;) {
        auto const* told = std::get_if<migration::policy_migrated>(&log[at].body);
        if (told == nullptr) continue;
        for (auto const& each : told->moved) {
            if (is_it(each.clock)) return each.clock;
        }
    }
    return std::nullopt;
}

}  // namespace recourse
