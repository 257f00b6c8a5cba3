// What of a dispute makes a node of the search.
#pragma once

#include <array>

#include "recourse/engine/search.hpp"

namespace recourse::engine {

// What time brings: a deadline, or a turning point.
struct pending_instant {
    instant at;
    std::uint8_t lifecycle = 0;  // of the machine whose deadline it is
    std::uint32_t number = 0;
    std::optional<lifecycle::clock> clock;
    std::optional<turning_point> turn;  // if it is no deadline
};
// In the order in which they come, deadlines and those turning points that are still to come.
std::vector<pending_instant> pending_instants(record const& all, terms const& known);
std::optional<pending_instant> next_instant(record const& all, terms const& known);

// Whether somebody may still accept it.
bool is_open(machine<offer::lifecycle_type> const& one) noexcept;

// What of the claim decisions may still read. Amendments and appeals compare with all of it. A mediation takes it for what is
// awarded in silence, and one is begun again by a contested return alone, after which it counts in money and nothing is
// sent back any more.
award claim_that_matters(record const& all, policy const& rules);

// Of the record what decisions may still read, but for the counters if they are left out: whatever went before is as if it
// had never been.
record without_what_is_past(record all, terms const& known, bool without_counters);

// Equal for records that no decision tells apart, but for when their deadlines pass; and but for what the limits of a
// policy count, or for the order of the deadlines, if the setting leaves that out.
digest node_key(record const& all, std::optional<account> const& money, search_setting const& setting);

// What has been used of what a policy limits; the order is fixed.
using used_counters = std::array<std::uint32_t, 10>;
inline constexpr std::size_t used_evidence = 6;  // of the buyer, of the seller, of the host
inline constexpr std::size_t used_appeal_questions = 9;
used_counters used_by(record const& all);
// The same, zero where no decision will ask for it again.
used_counters used_that_matters(record const& all, terms const& known);
// The policy without the limits that it sets above zero: nothing that is counted is ever used up.
policy without_limits(policy rules);

// Then each party can use another ground in each appeal, and which one it is makes no difference.
bool has_a_ground_for_each_appeal(policy const& rules) noexcept;

// Whether something starts a clock: an event of its own, or the end of a suspension.
bool starts_a_clock(std::vector<recorded> const& done);

// The record with its deadlines in other orders: those that `done` has started take every place among the rest. The
// order that it has is not among them. Deadlines of one instant count as in the order in which they pass. After a
// suspension all clocks that stood take every place: how much is left of each is left out of the node.
//
// The deadlines are put a second apart right after now: so each is earlier than the same clock would give if it started
// now, as it is with a calendar, and a clock that starts anew moves later.
//
// A turning point is moved where it is kept. The window of who lost all is not kept but counted from when the clock of
// the window began; so it is that beginning that moves. A policy that is searched must count it in hours: days do not move
// by seconds, and the search would find itself to forget too much. The same is found where such a window is suspended,
// since it is counted anew afterwards.
std::vector<record> reorderings(record const& before, record const& after, std::vector<recorded> const& done,
                                terms const& known);

// The record in the same order, with no two deadlines at one instant, likewise; or with that one of them first.
record with_deadlines_apart(record all, terms const& known, std::size_t first = 0);
bool deadlines_coincide(std::vector<pending_instant> const& pending) noexcept;

}  // namespace recourse::engine
