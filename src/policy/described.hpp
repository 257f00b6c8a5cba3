// The members of a policy, for JSON. A clock rule is flat in JSON: its length is text, "5 business_days".
#pragma once

#include "calendar/json.hpp"
#include "recourse/policy/policy.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(policy_source, (), (document, read))
BOOST_DESCRIBE_STRUCT(reason_rule, (), (reason, title, remedies, evidence, partial))
BOOST_DESCRIBE_STRUCT(clock_rules, (),
                      (negotiation, seller_response, buyer_response, decision, information, return_terms,
                       return_shipment, return_transit, return_inspection, refund_result, refund_recovery))
BOOST_DESCRIBE_STRUCT(silence_rules, (), (seller, buyer, negotiation_end, mediator, lost_return))
BOOST_DESCRIBE_STRUCT(limit_rules, (),
                      (offers_per_party, information_requests, refund_attempts, evidence_pieces, evidence_bytes))
BOOST_DESCRIBE_STRUCT(protection_rule, (), (from, length))
BOOST_DESCRIBE_STRUCT(coverage_rule, (), (from, cap))
BOOST_DESCRIBE_STRUCT(policy, (),
                      (format, id, version, title, sources, protection, reasons, clocks, silences, limits, tenders,
                       coverage))

}  // namespace recourse

namespace recourse::json {

void read_value(value const&, clock_rule&, place const&, problems&);
void read_value(value const&, tender_order&, place const&, problems&);
void read_value(value const&, partial_rule&, place const&, problems&);

template <>
inline constexpr std::array<std::string_view, 1> defaulted<policy>{"tenders"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<reason_rule>{"partial"};

}  // namespace recourse::json
