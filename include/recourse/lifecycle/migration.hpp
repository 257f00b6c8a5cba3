// A migration: an open dispute goes on under another policy. What moves of the deadlines that run is told with it, so that
// replay needs neither policy nor calendar.
#pragma once

#include <string>
#include <vector>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/policy_reference.hpp"

namespace recourse::migration {

using lifecycle::by_host_or_operator;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::state;

// clang-format off

// ---- states
struct not_begun   : state<0> { static constexpr std::string_view name = "not_begun"; };
struct carried_out : state<1> { static constexpr std::string_view name = "carried_out"; };

// clang-format on

// A deadline that runs, counted anew from the same instant; of which machine.
struct moved_clock {
    std::uint8_t lifecycle = 0;  // its code
    std::uint32_t number = 1;
    recourse::lifecycle::started_clock clock;
    bool operator==(moved_clock const&) const = default;
};

// ---- commands
struct migrate_policy {
    static constexpr std::string_view name = "migrate_policy";
    policy_id policy;
    std::uint32_t policy_version = 1;
    std::string because{};      // which decision or ticket; no personal text
    bool harm_allowed = false;  // a party may lose by it, and a deadline may move earlier
    bool operator==(migrate_policy const&) const = default;
};

// ---- facts
struct facts {
    role by{};
    bool is_known = false;  // the policy that is asked for
    std::string asked_for{};
    policy_reference from;
    policy_reference to;
    bool is_open = false;
    std::string_view stage;
    std::string obstacle{};  // why the dispute cannot go on under it, as a clause; empty if it can
    std::string harm{};      // who loses by what, as a clause; empty if nobody does and no deadline moves earlier
    std::vector<moved_clock> moved{};
};

// ---- events
struct policy_migrated {
    static constexpr std::string_view name = "policy_migrated";
    policy_reference from;
    policy_reference to;
    std::string because{};
    bool harm_allowed = false;
    std::vector<moved_clock> moved{};
    static policy_migrated of(facts const& known, migrate_policy const& command) {
        return {known.from, known.to, command.because, command.harm_allowed, known.moved};
    }
    bool operator==(policy_migrated const&) const = default;
};

// ---- guards
struct policy_is_known {
    static constexpr std::string_view name = "policy_is_known";
    static constexpr auto otherwise = refusal::policy_unknown;
    static bool holds(facts const& known, migrate_policy const&) noexcept { return known.is_known; }
    static void particulars(facts const& known, migrate_policy const&, refused& no) { no.subject = known.asked_for; }
};
struct dispute_is_open {
    static constexpr std::string_view name = "dispute_is_open";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static bool holds(facts const& known, migrate_policy const&) noexcept { return known.is_open; }
    static void particulars(facts const& known, migrate_policy const&, refused& no) {
        no.subject = "dispute is ";
        no.subject += known.stage;
    }
};
struct policy_is_another {
    static constexpr std::string_view name = "policy_is_another";
    static constexpr auto otherwise = refusal::policy_is_the_same;
    static bool holds(facts const& known, migrate_policy const&) noexcept { return known.to != known.from; }
    static void particulars(facts const& known, migrate_policy const&, refused& no) { no.subject = known.asked_for; }
};
struct can_go_on {
    static constexpr std::string_view name = "can_go_on";
    static constexpr auto otherwise = refusal::cannot_go_on_under_the_policy;
    static bool holds(facts const& known, migrate_policy const&) noexcept { return known.obstacle.empty(); }
    static void particulars(facts const& known, migrate_policy const&, refused& no) { no.subject = known.obstacle; }
};
struct nobody_is_harmed {
    static constexpr std::string_view name = "nobody_is_harmed";
    static constexpr auto otherwise = refusal::migration_harms_a_party;
    static bool holds(facts const& known, migrate_policy const& command) noexcept {
        return command.harm_allowed || known.harm.empty();
    }
    static void particulars(facts const& known, migrate_policy const&, refused& no) { no.subject = known.harm; }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from        on command       to            records           only if
    // +-----------+----------------+-------------+-----------------+---------------------------------------------------------+
    row< not_begun , migrate_policy , carried_out , policy_migrated , by_host_or_operator, policy_is_known, dispute_is_open,
                                                                      policy_is_another, can_go_on, nobody_is_harmed          >>;
// clang-format on

// ---- what a migration keeps: its clocks are those of other machines, and the dispute keeps its policy
struct instance {
    policy_reference from;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, policy_migrated const& told) { kept.from = told.from; }

struct lifecycle_type {
    static constexpr std::string_view name = "migration";
    static constexpr std::uint8_t code = 14;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::not_possible_in_this_state;
    using initial = not_begun;
    using facts = migration::facts;
    using table = migration::table;
    using instance = migration::instance;
    using waits = list<ends<carried_out>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::migration
