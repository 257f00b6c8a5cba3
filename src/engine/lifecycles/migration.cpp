// The migration at work: its members, its facts, its machine.
#include "recourse/lifecycle/migration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/described_clock.hpp"
#include "engine/lifecycles/workings_of.hpp"
#include "recourse/engine/migration.hpp"

namespace recourse::migration {

BOOST_DESCRIBE_STRUCT(moved_clock, (), (lifecycle, number, clock))
BOOST_DESCRIBE_STRUCT(migrate_policy, (), (policy, policy_version, because, harm_allowed))
BOOST_DESCRIBE_STRUCT(policy_migrated, (), (from, to, because, harm_allowed, moved))
BOOST_DESCRIBE_STRUCT(instance, (), (from))

}  // namespace recourse::migration

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 2> defaulted<migration::migrate_policy>{"because", "harm_allowed"};
}  // namespace recourse::json

namespace recourse::engine {
namespace {

using migrations = migration::lifecycle_type;

// A deadline that would have been before it is moved ends with the migration: time is not turned back.
std::vector<migration::moved_clock> not_before(instant at, std::vector<migration::moved_clock> moved) {
    for (auto& one : moved) one.clock.due = std::max(one.clock.due, at);
    return moved;
}

}  // namespace

template <>
migration::facts workings<migrations>::facts_for(situation const& now, machine<migrations> const&,
                                                 told<migrations> const& command) {
    auto const& dispute = now.all.dispute();
    auto const& asked = *std::get<migration::migrate_policy const*>(command);
    migration::facts known;
    known.by = now.by.role;
    known.asked_for = fmt::format("{} version {}", asked.policy.text(), asked.policy_version);
    known.from = dispute.kept.policy;
    known.is_open = !dispute.in<dispute::not_opened>() && !dispute.in<dispute::closed>();
    known.stage = lifecycle::state_name<dispute::lifecycle_type>(dispute.state);
    auto const* under = now.known.migrates_to;
    known.is_known = under != nullptr;
    if (under == nullptr) return known;
    known.to = under->reference;
    if (!known.is_open || known.to == known.from) return known;
    auto plan = plan_migration(now.key, now.all, now.known, *under);
    known.obstacle = std::move(plan.obstacle);
    known.harm = plan.harm();
    known.moved = not_before(now.at, std::move(plan.moved));
    return known;
}

template <>
bool workings<migrations>::tell(deciding& doing, std::uint32_t number, told<migrations> const& command) {
    return doing.tell_machine<migrations>(number, command);
}

template struct workings<migrations>;

}  // namespace recourse::engine
