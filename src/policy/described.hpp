// The members of a policy, for JSON. A clock rule is flat in JSON: its length is text, "5 business_days".
#pragma once

#include "calendar/json.hpp"
#include "recourse/policy/policy.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(policy_source, (), (document, read))
BOOST_DESCRIBE_STRUCT(reason_rule, (), (reason, title, remedies, evidence, partial, waits_for_delivery))
BOOST_DESCRIBE_STRUCT(clock_rules, (),
                      (negotiation, seller_response, buyer_response, decision, information, return_terms,
                       return_shipment, return_transit, return_inspection, refund_result, refund_recovery, contact_wait,
                       contact_opening, escalation_wait, mediation_lease, appeal_window, appeal_window_of_loser,
                       appeal_evidence, appeal_review, replacement_shipment, replacement_transit,
                       replacement_confirmation, performance, suspension))
BOOST_DESCRIBE_STRUCT(silence_rules, (), (seller, buyer, negotiation_end, mediator, lost_return, appeal))
BOOST_DESCRIBE_STRUCT(limit_rules, (),
                      (offers_per_party, information_requests, refund_attempts, evidence_pieces, evidence_bytes))
BOOST_DESCRIBE_STRUCT(extension_rule, (), (most, days_in_all))
BOOST_DESCRIBE_STRUCT(protection_rule, (), (from, length, extensions))
BOOST_DESCRIBE_STRUCT(coverage_rule, (), (from, cap))
BOOST_DESCRIBE_STRUCT(reopen_rule, (), (most))
BOOST_DESCRIBE_STRUCT(contact_rules, (), (required, answer_ends_wait))
BOOST_DESCRIBE_STRUCT(amendment_rules, (), (most, in_mediation, restarts_answer, voids_offers))
BOOST_DESCRIBE_STRUCT(escalation_rules, (), (at_once, by_seller))
BOOST_DESCRIBE_STRUCT(mediation_rules, (),
                      (proposals, parties_may_settle, holds_for_delivery, decisions_cite_rules, merges_disputes,
                       penalty_cap))
BOOST_DESCRIBE_STRUCT(appeal_rules, (), (levels, grounds, needs_new_evidence, execution))
BOOST_DESCRIBE_STRUCT(return_rules, (), (refund_at, host_provides_label))
BOOST_DESCRIBE_STRUCT(alternative_rule, (), (alternative, title))
BOOST_DESCRIBE_STRUCT(cited_rule, (), (rule, title))
BOOST_DESCRIBE_STRUCT(chargeback_rules, (), (on_open))
BOOST_DESCRIBE_STRUCT(channel_rules, (),
                      (negotiation, mediation, returning, settlement, recontact, text_bytes, attachments))
BOOST_DESCRIBE_STRUCT(evidence_requirement, (), (action, kinds, reason, remedy))
BOOST_DESCRIBE_STRUCT(evidence_stage_rule, (), (stage, by))
BOOST_DESCRIBE_STRUCT(evidence_view_rule, (), (stage, to))
BOOST_DESCRIBE_STRUCT(evidence_rules, (), (media_types, required, stages, frozen_at_ruling, shown))
BOOST_DESCRIBE_STRUCT(order_selector, (), (site, category, payment_method, seller_type, ordered_from, ordered_before))
BOOST_DESCRIBE_STRUCT(policy, (),
                      (format, id, version, title, sources, protection, reasons, clocks, silences, limits, contact,
                       amendments, escalation, mediation, appeals, returns, chargebacks, alternatives, rules, tenders,
                       channel, coverage, reopen, evidence, applies_to, reminders))

}  // namespace recourse

namespace recourse::json {

template <>
inline constexpr std::array<std::string_view, 1> defaulted<protection_rule>{"extensions"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<silence_rules>{"appeal"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<contact_rules>{"answer_ends_wait"};
template <>
inline constexpr std::array<std::string_view, 3> defaulted<amendment_rules>{"in_mediation", "restarts_answer",
                                                                            "voids_offers"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<escalation_rules>{"at_once", "by_seller"};
template <>
inline constexpr std::array<std::string_view, 5> defaulted<mediation_rules>{
    "proposals", "parties_may_settle", "holds_for_delivery", "decisions_cite_rules", "merges_disputes"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<appeal_rules>{"needs_new_evidence", "execution"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<return_rules>{"refund_at", "host_provides_label"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<evidence_rules>{"frozen_at_ruling"};
template <>
inline constexpr std::array<std::string_view, 10> defaulted<policy>{"contact", "amendments", "escalation",  "mediation",
                                                                    "appeals", "returns",    "chargebacks", "tenders",
                                                                    "channel", "evidence"};

void read_value(value const&, clock_rule&, place const&, problems&);
void read_value(value const&, tender_order&, place const&, problems&);
void read_value(value const&, partial_rule&, place const&, problems&);
void read_value(value const&, reminder_rule&, place const&, problems&);

template <>
inline constexpr std::array<std::string_view, 6> defaulted<channel_rules>{"negotiation", "mediation",  "returning",
                                                                          "settlement",  "text_bytes", "attachments"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<reason_rule>{"partial", "waits_for_delivery"};

}  // namespace recourse::json
