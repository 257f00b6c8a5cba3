// Random walks for RapidCheck: it makes the steps, shows them when a property fails, and shortens them.
#pragma once

#include <rapidcheck.h>

#include <ostream>

#include "engine/walk.hpp"

namespace recourse::test {

inline std::ostream& operator<<(std::ostream& out, walk_step const& step) {
    return out << "{" << step.dispute << ", " << step.by << ", " << step.what << ", " << step.number << ", "
               << step.amount << ", " << step.pause << "}";
}

using walk = std::vector<walk_step>;

// Each member is below this; a step that fails is shown with numbers as small as they go.
inline constexpr unsigned step_limit = 120;

inline rc::Gen<walk> any_walk() {
    auto const number = rc::gen::inRange(0U, step_limit);
    auto const step = rc::gen::build<walk_step>(
        rc::gen::set(&walk_step::dispute, rc::gen::inRange(0U, 3U)), rc::gen::set(&walk_step::by, number),
        rc::gen::set(&walk_step::what, number), rc::gen::set(&walk_step::number, number),
        rc::gen::set(&walk_step::amount, number), rc::gen::set(&walk_step::pause, number));
    return rc::gen::scale(2.0, rc::gen::container<walk>(step));
}

// Plays a walk under one of the policies; after each step calls seen(play, which, decision, asked, now).
template <class Seen>
instant play_walk(walk const& steps, unsigned policy_number, stage& play, Seen&& seen) {
    play.known.policy = &any_policy(policy_number);
    auto now = opening;
    for (auto const& step : steps) {
        now = after(now, step);
        auto const which = step.dispute % play.disputes.size();
        auto const asked = command_of(step, play);
        auto const made = play.give(asked, now, which);
        seen(which, made, asked, now);
        // Sent again, as a host that lost the answer would: a decision like any other.
        if (step.number % 10 == 3) {
            auto const again = play.give(asked, now, which);
            seen(which, again, asked, now);
        }
    }
    return now;
}

inline rc::Gen<unsigned> a_policy() { return rc::gen::inRange(0U, 4U); }

}  // namespace recourse::test
