// The mediation at work: its members, its facts, its machine.
#include "recourse/lifecycle/mediation.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::mediation {

BOOST_DESCRIBE_STRUCT(take_mediation, (), ())
BOOST_DESCRIBE_STRUCT(assign_mediation, (), (mediator))
BOOST_DESCRIBE_STRUCT(request_information, (), (of))
BOOST_DESCRIBE_STRUCT(provide_information, (), (evidence))
BOOST_DESCRIBE_STRUCT(award_remedy, (), (award, funded_by, rules, penalty, shipping))
BOOST_DESCRIBE_STRUCT(reject_claim, (), (rules))
BOOST_DESCRIBE_STRUCT(mediation_begun, (), ())
BOOST_DESCRIBE_STRUCT(mediation_held, (), (until))
BOOST_DESCRIBE_STRUCT(hold_ended, (), ())
BOOST_DESCRIBE_STRUCT(mediation_taken, (), (mediator, lease_until))
BOOST_DESCRIBE_STRUCT(mediation_taken_over, (), (mediator, lease_until))
BOOST_DESCRIBE_STRUCT(mediation_assigned, (), (mediator, lease_until))
BOOST_DESCRIBE_STRUCT(information_requested, (), (from))
BOOST_DESCRIBE_STRUCT(information_provided, (), (from, evidence))
BOOST_DESCRIBE_STRUCT(information_lapsed, (), ())
BOOST_DESCRIBE_STRUCT(remedy_awarded, (), (award, funded_by, rules, costs))
BOOST_DESCRIBE_STRUCT(remedy_awarded_by_default, (), (award))
BOOST_DESCRIBE_STRUCT(claim_rejected, (), (rules))
BOOST_DESCRIBE_STRUCT(claim_rejected_by_default, (), ())
BOOST_DESCRIBE_STRUCT(mediation_called_off, (), ())
BOOST_DESCRIBE_STRUCT(seat, (), (mediator, lease_until, decided))
BOOST_DESCRIBE_STRUCT(instance, (), (seat, information_requests))

}  // namespace recourse::mediation

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<mediation::seat>{"mediator"};
}  // namespace recourse::json

namespace recourse::engine {

using mediations = mediation::lifecycle_type;

template <>
mediation::facts workings<mediations>::facts_for(situation const& now, machine<mediations> const& one,
                                                 told<mediations> const& command) {
    auto const& policy = *now.known.policy;
    auto const& disputed = now.all.dispute().kept;
    mediation::facts known;
    known.by = now.by.role;
    known.who = now.by.id;
    if (waits_for_delivery(policy, disputed.reason) && disputed.course->promised_until &&
        *disputed.course->promised_until > now.at)
        known.held_until = disputed.course->promised_until;
    // What becomes of it by what happens to the dispute asks for nothing else.
    if (std::holds_alternative<mediation::begin_mediation const*>(command) ||
        std::holds_alternative<mediation::call_off_mediation const*>(command) ||
        std::holds_alternative<mediation::end_hold const*>(command))
        return known;
    known.alternatives = alternatives(policy);
    known.rules = cited_rules(policy);
    known.must_cite = policy.mediation.decisions_cite_rules;
    known.coverage_cap = now.all.dispute().kept.course->coverage_cap;
    known.penalty_cap = policy.mediation.penalty_cap;
    known.lease_was_until = one.kept.seat->lease_until;
    known.lease_is_over = !one.kept.seat->lease_until || now.at >= *one.kept.seat->lease_until;
    // Without a lease a mediator keeps what he has taken.
    if (!one.kept.seat->lease_until && !one.kept.seat->mediator.empty()) known.lease_is_over = false;
    bool const takes = std::holds_alternative<mediation::take_mediation const*>(command) ||
                       std::holds_alternative<mediation::assign_mediation const*>(command);
    if (takes && policy.clocks.mediation_lease)
        known.lease_ends = end_of(*policy.clocks.mediation_lease, now.at, now.known);
    if (auto const* assigned = std::get_if<mediation::assign_mediation const*>(&command))
        known.assigned_is_a_party =
            (*assigned)->mediator == disputed.buyer.id || (*assigned)->mediator == disputed.seller.id;
    known.is_the_assigned_mediator = now.by.role == role::mediator && now.by.id == one.kept.seat->mediator;
    known.information_requests_max = policy.limits.information_requests;
    known.information_requests_left = one.kept.information_requests < known.information_requests_max;
    known.offered = offered_remedies(policy, disputed.reason);
    known.refundable = refundable_in_all(now.all);
    known.return_was_contested = return_was_contested(now.all);
    if (auto const* given = std::get_if<mediation::provide_information const*>(&command)) {
        if (auto wrong = fault((*given)->evidence, evidence_action::provide_information, now)) {
            known.evidence_problem = wrong->code;
            known.evidence_subject = std::move(wrong->subject);
        }
    }
    known.claim = claim_in_money(now.all);
    known.silence_grants_claim = policy.silences.mediator == silence::grants_claim;
    return known;
}

template <>
bool workings<mediations>::tell(deciding& doing, std::uint32_t number, told<mediations> const& command) {
    return doing.tell_machine<mediations>(number, command);
}

template struct workings<mediations>;

}  // namespace recourse::engine
