// Migrating an open dispute to another policy: what it would do, consequence by consequence. Nothing is changed.
//
//     auto const plan = plan_migration(key, seen.all, seen.known, under_the_new_policy);
//     plan.consequences[0].words     // "seller_response is due 12 May 2026 24:00 ... instead of 9 May 2026 24:00 ..."
//     plan.consequences[0].harms     // {}: nobody has less than before
//
// A consequence harms a party when it takes something away: time for what that party has to do, a reason, a remedy, an
// offer, a better default on a silence. To wait longer for the other is a consequence and no harm.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recourse/engine/decide.hpp"

namespace recourse {

struct migration_consequence {
    std::string about;             // a clock that runs, or the pointer of a change of the policy
    std::string words;             // a clause
    std::vector<party> harms{};    // whom; nobody if empty
    std::optional<instant> was{};  // of a deadline that runs
    std::optional<instant> becomes{};
    bool operator==(migration_consequence const&) const = default;
};

struct migration_plan {
    dispute_key dispute;
    policy_reference from;
    policy_reference to;
    std::vector<migration_consequence> consequences;  // deadlines first
    // Why the dispute cannot go on under the new policy, as a clause; empty if it can.
    std::string obstacle{};
    // The deadlines that move, as an event tells them.
    std::vector<migration::moved_clock> moved{};
    [[nodiscard]] bool harms_somebody() const noexcept;
    // What has to be allowed, as a clause: what harms a party, and every deadline that moves earlier, of whomever it is.
    // Empty if there is nothing of that kind.
    [[nodiscard]] std::string harm() const;
};
std::string to_json(migration_plan const&);  // one object on one line

// Of a dispute that is open, as it stands: `from` are its own terms, `to` those under the new policy, for the same parties.
// Deadlines are counted anew from the same instants. One that was not counted from the policy alone stays: a promised
// delivery, a network's term, what remained after a suspension. Throws failure{calendar_not_covered}, and
// failure{policy_missing} if the new policy counts on a calendar that is not here.
migration_plan plan_migration(dispute_key const& key, record const& all, terms const& from, terms const& to);

}  // namespace recourse
