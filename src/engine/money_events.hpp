// Which events can move money. For all others a decision needs no account of its own.
#pragma once

#include "recourse/lifecycle/all.hpp"

namespace recourse::engine {

template <class Body>
inline constexpr bool may_move_money =
    lifecycle::contains<
        lifecycle::list<
            dispute::seller_contacted, dispute::dispute_opened, dispute::claim_amended, dispute::claim_reduced,
            dispute::settlement_begun, dispute::recoup_ordered, dispute::dispute_settled, dispute::dispute_withdrawn,
            dispute::dispute_closed, refund::refund_held, refund::refund_instructed, refund::refund_released,
            refund::refund_called_off, refund::refund_confirmed, payment::order_told, payment::outside_refund_told>,
        Body> ||
    lifecycle::contains<lifecycle::events_of<chargeback::lifecycle_type>, Body>;

inline bool may_move(event_body const& body) {
    return std::visit([]<class Body>(Body const&) { return may_move_money<Body>; }, body);
}

}  // namespace recourse::engine
