// Facts that more than one lifecycle needs.
#include "engine/situation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "recourse/calendar/holidays.hpp"

namespace recourse::engine {

clock_rule const& rule_of(lifecycle::clock kind, policy const& of) {
    using enum lifecycle::clock;
    switch (kind) {
        case negotiation: return of.clocks.negotiation;
        case seller_response: return of.clocks.seller_response;
        case buyer_response: return of.clocks.buyer_response;
        case decision: return of.clocks.decision;
        case information: return of.clocks.information;
        case return_terms: return of.clocks.return_terms;
        case return_shipment: return of.clocks.return_shipment;
        case return_transit: return of.clocks.return_transit;
        case return_inspection: return of.clocks.return_inspection;
        case refund_result: return of.clocks.refund_result;
        case refund_recovery: return of.clocks.refund_recovery;
        case none: break;
    }
    assert(false && "a clock without a rule");
    return of.clocks.negotiation;
}

reason_rule const* rule_of(reason const& why, policy const& of) {
    auto const found =
        std::find_if(of.reasons.begin(), of.reasons.end(), [&](auto const& one) { return one.reason == why; });
    return found == of.reasons.end() ? nullptr : &*found;
}

remedy_set offered_remedies(policy const& of, reason const& why) {
    remedy_set set;
    if (auto const* rule = rule_of(why, of)) {
        for (auto const kind : rule->remedies) set.insert(kind);
    }
    return set;
}

partial_amounts partial_refunds(policy const& of, reason const& why, money const& refundable) {
    auto const* rule = rule_of(why, of);
    return rule == nullptr ? partial_amounts{} : legal_amounts(rule->partial, refundable);
}

std::optional<evidence_fault> fault(std::vector<evidence> const& brought, situation const& now) {
    auto const& limits = now.known.policy->limits;
    auto const& known = now.all.dispute().kept.evidence;
    if (known.size() + brought.size() > limits.evidence_pieces)
        return evidence_fault{refusal::evidence_used_up,
                              fmt::format("{} pieces given before, {} now, {} allowed", known.size(), brought.size(),
                                          limits.evidence_pieces)};
    for (std::size_t at = 0; at < brought.size(); ++at) {
        auto const& piece = brought[at];
        if (piece.size_bytes < 1 || piece.size_bytes > limits.evidence_bytes)
            return evidence_fault{refusal::evidence_too_large,
                                  fmt::format("{} bytes, expected 1 to {}", piece.size_bytes, limits.evidence_bytes)};
        auto const same = [&](auto const& other) { return other.content == piece.content; };
        if (std::find(known.begin(), known.end(), piece.content) != known.end() ||
            std::any_of(brought.begin(), brought.begin() + static_cast<std::ptrdiff_t>(at), same))
            return evidence_fault{refusal::evidence_repeated, to_text(piece.content)};
    }
    return std::nullopt;
}

std::vector<line_amount> split(money const& amount, std::vector<line_amount> const& lines) {
    std::vector<std::int64_t> weights;
    weights.reserve(lines.size());
    for (auto const& one : lines) weights.push_back(one.minor);
    auto const shares = allocate(amount.minor, weights);
    auto parts = lines;
    for (std::size_t at = 0; at < parts.size(); ++at) parts[at].minor = shares[at];
    std::erase_if(parts, [](auto const& part) { return part.minor == 0; });
    return parts;
}

bool return_was_contested(record const& all) {
    return std::any_of(all.returns().begin(), all.returns().end(),
                       [](auto const& one) { return one.template in<return_request::contested>(); });
}

award claim_in_money(record const& all) {
    auto claim = all.dispute().kept.claim;
    if (goods_go_back(claim.remedy) && return_was_contested(all))
        claim.remedy = claim.amount == all.dispute().kept.refundable ? remedy::full_refund : remedy::partial_refund;
    return claim;
}

}  // namespace recourse::engine

namespace recourse {
namespace {

business_calendar const& calendar_of(clock_rule const& rule, terms const& known) {
    if (rule.calendar == "buyer") return *known.buyer_calendar;
    if (rule.calendar == "seller") return *known.seller_calendar;
    // The policy was read with it.
    auto const* found =
        known.calendars != nullptr ? known.calendars->find(rule.calendar) : find_calendar(rule.calendar);
    if (found == nullptr) {
        throw failure{failure_kind::policy_missing,
                      fmt::format("the policy counts on the calendar {}, which is not here", rule.calendar)};
    }
    return *found;
}

time_zone zone_of(clock_rule const& rule, terms const& known) {
    if (rule.zone == "buyer") return *known.buyer_zone;
    if (rule.zone == "seller") return *known.seller_zone;
    return *time_zone::find(rule.zone);
}

deadline computed(clock_rule const& rule, instant from, terms const& known) {
    auto due = compute_deadline(rule.rule, from, calendar_of(rule, known), zone_of(rule, known));
    if (!due) throw failure{failure_kind::calendar_not_covered, to_text(due.error())};
    return *std::move(due);
}

}  // namespace

lifecycle::started_clock start_clock(lifecycle::clock kind, instant from, terms const& known) {
    auto due = computed(engine::rule_of(kind, *known.policy), from, known);
    return {kind,
            due.due,
            due.from,
            to_text(due.length),
            std::move(due.calendar),
            std::move(due.zone),
            std::move(due.data_version)};
}

explanation explain_clock(lifecycle::clock kind, instant from, terms const& known) {
    auto const& rule = engine::rule_of(kind, *known.policy);
    auto why = explain(rule.rule, from, calendar_of(rule, known), zone_of(rule, known));
    if (!why) throw failure{failure_kind::calendar_not_covered, to_text(why.error())};
    return *std::move(why);
}

std::optional<deadline> protection_end(order_facts const& order, terms const& known) {
    auto const& rule = known.policy->protection;
    auto const& from = rule.from == anchor::paid      ? order.paid_at
                       : rule.from == anchor::shipped ? order.shipped_at
                                                      : order.delivered_at;
    if (!from) return std::nullopt;
    auto length = rule.length;
    length.rule.length.length += order.protection_extended_days;
    return computed(length, *from, known);
}

}  // namespace recourse
