// The return at work: its members, its facts, its machine.
#include "recourse/lifecycle/return_request.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::return_request {

BOOST_DESCRIBE_STRUCT(provide_return_terms, (), (address_reference, shipping_paid_by))
BOOST_DESCRIBE_STRUCT(ship_return, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(report_return_delivered, (), ())
BOOST_DESCRIBE_STRUCT(report_return_lost, (), ())
BOOST_DESCRIBE_STRUCT(accept_return, (), ())
BOOST_DESCRIBE_STRUCT(contest_return, (), (evidence))
BOOST_DESCRIBE_STRUCT(return_requested, (), (award))
BOOST_DESCRIBE_STRUCT(return_terms_provided, (), (address_reference, shipping_paid_by))
BOOST_DESCRIBE_STRUCT(return_waived, (), ())
BOOST_DESCRIBE_STRUCT(return_shipped, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(return_not_sent, (), ())
BOOST_DESCRIBE_STRUCT(return_delivered, (), ())
BOOST_DESCRIBE_STRUCT(return_lost, (), (refunded))
BOOST_DESCRIBE_STRUCT(return_accepted, (), ())
BOOST_DESCRIBE_STRUCT(return_contested, (), (evidence))
BOOST_DESCRIBE_STRUCT(return_called_off, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (award, tracking_number))

}  // namespace recourse::return_request

namespace recourse::engine {

using returns = return_request::lifecycle_type;

template <>
return_request::facts workings<returns>::facts_for(situation const& now, machine<returns> const&,
                                                   told<returns> const& command) {
    return_request::facts known;
    known.by = now.by.role;
    if (auto const* contest = std::get_if<return_request::contest_return const*>(&command)) {
        if (auto wrong = fault((*contest)->evidence, now)) {
            known.evidence_problem = wrong->code;
            known.evidence_subject = std::move(wrong->subject);
        }
    }
    known.loss_is_refunded = now.known.policy->silences.lost_return == silence::grants_claim;
    return known;
}

template struct workings<returns>;

}  // namespace recourse::engine
