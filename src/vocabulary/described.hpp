// The members of the vocabulary's structs, for JSON.
#pragma once

#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/outcome.hpp"
#include "recourse/vocabulary/party.hpp"
#include "recourse/vocabulary/policy_reference.hpp"
#include "recourse/vocabulary/remedy.hpp"
#include "vocabulary/json.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(money, (), (currency, minor))
BOOST_DESCRIBE_STRUCT(actor, (), (role, id))
BOOST_DESCRIBE_STRUCT(award, (), (remedy, amount, alternative))
BOOST_DESCRIBE_STRUCT(evidence, (), (kind, content, media_type, size_bytes))
BOOST_DESCRIBE_STRUCT(party_facts, (), (id, zone, calendar, strikes))
BOOST_DESCRIBE_STRUCT(component, (), (kind, minor))
BOOST_DESCRIBE_STRUCT(tender, (), (id, kind, captured))
BOOST_DESCRIBE_STRUCT(tender_amount, (), (tender, minor))
BOOST_DESCRIBE_STRUCT(settlement_facts, (), (amount, rate, fixed_at))
BOOST_DESCRIBE_STRUCT(order_line, (), (line, units, paid, components))
BOOST_DESCRIBE_STRUCT(order_traits, (), (site, category, payment_method, seller_type, ordered_at))
BOOST_DESCRIBE_STRUCT(claim_line, (), (line, units))
BOOST_DESCRIBE_STRUCT(order_parcel, (), (parcel, lines, shipped_at, delivered_at, promised_until))
BOOST_DESCRIBE_STRUCT(order_facts, (),
                      (order, payment, captured, buyer, seller, lines, paid_at, shipped_at, delivered_at,
                       promised_until, protection_extended_days, tenders, settlement, traits, parcels))
BOOST_DESCRIBE_STRUCT(line_amount, (), (line, units, minor))
BOOST_DESCRIBE_STRUCT(refund_part, (), (tender, amount, lines))
BOOST_DESCRIBE_STRUCT(funding, (), (by, minor))
BOOST_DESCRIBE_STRUCT(penalty, (), (from, to, minor))
BOOST_DESCRIBE_STRUCT(shipping_cost, (), (way, from, to, minor))
BOOST_DESCRIBE_STRUCT(side_cost, (), (kind, from, to, minor))
BOOST_DESCRIBE_STRUCT(decision_terms, (), (awarded, funded_by, rules, costs))
BOOST_DESCRIBE_STRUCT(policy_reference, (), (id, version, hash))
BOOST_DESCRIBE_STRUCT(outcome, (), (resolution, decided_by, awarded, goods_under_way, into))

}  // namespace recourse

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<award>{"alternative"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<refund_part>{"tender"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<order_facts>{"protection_extended_days"};
}  // namespace recourse::json
