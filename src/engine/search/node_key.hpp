// What of a dispute makes a node of the search.
#pragma once

#include "recourse/engine/decide.hpp"

namespace recourse::engine {

struct pending_clock {
    std::uint8_t lifecycle = 0;
    std::uint32_t number = 0;
    lifecycle::running_clock clock;
};
// In the order in which they pass.
std::vector<pending_clock> pending_clocks(record const& all);

// Equal for records that no decision tells apart, but for when their deadlines pass.
digest node_key(record const& all, std::optional<account> const& money);

// The record with its deadlines in other orders: those that `done` has started take every place among the rest. The
// order that it has is not among them. Deadlines of one instant count as in the order in which they pass.
//
// The deadlines are put a second apart right after now: so each is earlier than the same clock would give if it started
// now, as it is with a calendar, and a clock that starts anew moves later.
std::vector<record> reorderings(record const& after, std::vector<recorded> const& done);

// The record in the same order, with no two deadlines at one instant, likewise.
record with_deadlines_apart(record all);
bool deadlines_coincide(std::vector<pending_clock> const& pending) noexcept;

}  // namespace recourse::engine
