// Facts that more than one lifecycle needs.
#include "engine/situation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "calendar/walk.hpp"
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

// Both are kept in each clock: put together where it costs nothing, and copied once.
using text_on_the_stack = fmt::basic_memory_buffer<char, 64>;
short_text length_text(period const& length) {
    text_on_the_stack text;
    walk::append_period(text, length);
    return std::string_view{text.data(), text.size()};
}
short_text data_text(business_calendar const& calendar) {
    text_on_the_stack text;
    walk::append_data_version(text, calendar);
    return std::string_view{text.data(), text.size()};
}

[[noreturn]] void not_covered(calendar_gap const& gap) {
    throw failure{failure_kind::calendar_not_covered, to_text(gap)};
}

}  // namespace

lifecycle::started_clock start_clock(lifecycle::clock kind, instant from, terms const& known) {
    auto const& rule = engine::rule_of(kind, *known.policy);
    auto const& calendar = calendar_of(rule, known);
    auto const zone = zone_of(rule, known);
    auto const due = due_at(rule.rule, from, calendar, zone);
    if (!due) not_covered(due.error());
    return {kind, *due, from, length_text(rule.rule.length), calendar.name(), zone.name(), data_text(calendar)};
}

explanation explain_clock(lifecycle::clock kind, instant from, terms const& known) {
    auto const& rule = engine::rule_of(kind, *known.policy);
    auto why = explain(rule.rule, from, calendar_of(rule, known), zone_of(rule, known));
    if (!why) not_covered(why.error());
    return *std::move(why);
}

std::optional<instant> engine::protection_start(order_facts const& order, terms const& known) {
    switch (known.policy->protection.from) {
        case anchor::paid: return order.paid_at;
        case anchor::shipped: return order.shipped_at;
        case anchor::delivered: break;
    }
    return order.delivered_at;
}

instant engine::protection_due(instant from, order_facts const& order, terms const& known) {
    auto const& length = known.policy->protection.length;
    auto rule = length.rule;
    rule.length.length += order.protection_extended_days;
    auto const due = due_at(rule, from, calendar_of(length, known), zone_of(length, known));
    if (!due) not_covered(due.error());
    return *due;
}

std::optional<deadline> protection_end(order_facts const& order, terms const& known) {
    auto const from = engine::protection_start(order, known);
    if (!from) return std::nullopt;
    auto length = known.policy->protection.length;
    length.rule.length.length += order.protection_extended_days;
    auto end = compute_deadline(length.rule, *from, calendar_of(length, known), zone_of(length, known));
    if (!end) not_covered(end.error());
    return *std::move(end);
}

}  // namespace recourse
