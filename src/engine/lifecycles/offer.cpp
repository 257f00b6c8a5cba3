// The offer at work: its members, its facts, its machine.
#include "recourse/lifecycle/offer.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::offer {

BOOST_DESCRIBE_STRUCT(make_offer, (), (award))
BOOST_DESCRIBE_STRUCT(accept_offer, (), (offer))
BOOST_DESCRIBE_STRUCT(decline_offer, (), (offer))
BOOST_DESCRIBE_STRUCT(withdraw_offer, (), (offer))
BOOST_DESCRIBE_STRUCT(claim_tabled, (), (author, award))
BOOST_DESCRIBE_STRUCT(offer_made, (), (author, award))
BOOST_DESCRIBE_STRUCT(offer_accepted, (), (author))
BOOST_DESCRIBE_STRUCT(offer_half_accepted, (), (by))
BOOST_DESCRIBE_STRUCT(offer_declined, (), (author))
BOOST_DESCRIBE_STRUCT(offer_withdrawn, (), (author))
BOOST_DESCRIBE_STRUCT(offer_superseded, (), ())
BOOST_DESCRIBE_STRUCT(offer_expired, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (author, award, is_the_claim, accepted_by))

}  // namespace recourse::offer

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<offer::instance>{"is_the_claim"};
}  // namespace recourse::json

namespace recourse::engine {

using offers = offer::lifecycle_type;

namespace {
std::string names_of(std::vector<remedy> const& several) {
    std::string names;
    for (auto const one : several) names += fmt::format("{}{}", names.empty() ? "" : ", ", wire_name(one));
    return names;
}
}  // namespace

template <>
offer::facts workings<offers>::facts_for(situation const& now, machine<offers> const& one,
                                         told<offers> const& command) {
    auto const& policy = *now.known.policy;
    auto const& disputed = now.all.dispute().kept;
    offer::facts known;
    known.by = now.by.role;
    known.author = one.kept.author;
    known.accepted_by = one.kept.accepted_by;
    known.is_the_claim = one.kept.is_the_claim;
    // What becomes of it by what others do asks nothing.
    if (std::holds_alternative<offer::supersede_offer const*>(command) ||
        std::holds_alternative<offer::expire_offer const*>(command))
        return known;
    known.alternatives = alternatives(policy);
    known.offered = offered_remedies(policy, disputed.reason);
    if (std::holds_alternative<offer::table_claim const*>(command)) {
        auto const claimable = claimable_remedies(policy, disputed.reason, disputed.buyer);
        if (claimable != known.offered)
            known.claims_left = fmt::format("Of a buyer with {} strikes the policy takes claims of {} only.",
                                            disputed.buyer.strikes.value_or(0),
                                            names_of(strikes_reached(policy, disputed.buyer)->remedies));
        known.offered = claimable;
    }
    known.refundable = refundable_in_all(now.all);
    known.award = one.kept.award;
    known.partial = partial_refunds(policy, disputed.reason, known.refundable);
    known.return_was_contested = return_was_contested(now.all);
    auto const& talks = now.all.negotiation();
    known.talks_are_open = talks.in<negotiation::awaiting_seller>() || talks.in<negotiation::awaiting_buyer>();
    auto const& mediates = now.all.mediation();
    known.mediation_runs = now.all.dispute().template in<dispute::in_mediation>();
    if (policy.mediation.parties_may_settle && known.mediation_runs) known.talks_are_open = true;
    // Who is no mediator is told so, and not that the dispute is another's.
    known.is_the_assigned_mediator = now.by.role != role::mediator || now.by.id == mediates.kept.seat->mediator;
    if (!known.talks_are_open) known.talks_state = lifecycle::state_name<negotiation::lifecycle_type>(talks.state);
    known.offers_max = now.by.role == role::mediator ? policy.mediation.proposals : policy.limits.offers_per_party;
    std::uint32_t made = 0;  // the claim itself is not counted
    for (auto const& other : now.all.offers())
        made += !other.kept.is_the_claim && now.by.role == other.kept.author ? 1U : 0U;
    known.offers_left = made < known.offers_max;
    return known;
}

template <>
bool workings<offers>::tell(deciding& doing, std::uint32_t number, told<offers> const& command) {
    return doing.tell_machine<offers>(number, command);
}

template struct workings<offers>;

}  // namespace recourse::engine
