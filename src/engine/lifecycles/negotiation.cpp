// The negotiation at work: its members, its facts, its machine.
#include "recourse/lifecycle/negotiation.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::negotiation {

BOOST_DESCRIBE_STRUCT(negotiation_begun, (), ())
BOOST_DESCRIBE_STRUCT(turn_passed, (), (to))
BOOST_DESCRIBE_STRUCT(offer_improved, (), ())
BOOST_DESCRIBE_STRUCT(word_heard, (), (from))
BOOST_DESCRIBE_STRUCT(answer_restarted, (), ())
BOOST_DESCRIBE_STRUCT(amendment_heard, (), ())
BOOST_DESCRIBE_STRUCT(agreement_reached, (), ())
BOOST_DESCRIBE_STRUCT(seller_lapsed, (), (consequence))
BOOST_DESCRIBE_STRUCT(buyer_lapsed, (), (consequence))
BOOST_DESCRIBE_STRUCT(negotiation_broken_off, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (seller_has_answered))

}  // namespace recourse::negotiation

namespace recourse::engine {

using negotiations = negotiation::lifecycle_type;

template <>
negotiation::facts workings<negotiations>::facts_for(situation const& now, machine<negotiations> const&,
                                                     told<negotiations> const&) {
    auto const& silences = now.known.policy->silences;
    return {now.by.role, silences.seller, silences.buyer};
}

template <>
bool workings<negotiations>::tell(deciding& doing, std::uint32_t number, told<negotiations> const& command) {
    return doing.tell_machine<negotiations>(number, command);
}

template struct workings<negotiations>;

}  // namespace recourse::engine
