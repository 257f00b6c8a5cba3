// The dispute at work: its members, its facts, its machine.
#include "recourse/lifecycle/dispute.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::dispute {

BOOST_DESCRIBE_STRUCT(open_dispute, (), (policy, policy_version, order, reason, lines, award, evidence))
BOOST_DESCRIBE_STRUCT(submit_evidence, (), (evidence))
BOOST_DESCRIBE_STRUCT(escalate_dispute, (), ())
BOOST_DESCRIBE_STRUCT(withdraw_dispute, (), ())
BOOST_DESCRIBE_STRUCT(dispute_opened, (),
                      (policy, order, payment, buyer, seller, reason, claim, lines, refundable, protection_ends,
                       evidence))
BOOST_DESCRIBE_STRUCT(evidence_submitted, (), (from, evidence))
BOOST_DESCRIBE_STRUCT(dispute_escalated, (), ())
BOOST_DESCRIBE_STRUCT(dispute_withdrawn, (), (outcome))
BOOST_DESCRIBE_STRUCT(settlement_begun, (), (award, split, decided_by))
BOOST_DESCRIBE_STRUCT(return_begun, (), (award, decided_by))
BOOST_DESCRIBE_STRUCT(mediation_resumed, (), ())
BOOST_DESCRIBE_STRUCT(settlement_interrupted, (), ())
BOOST_DESCRIBE_STRUCT(settlement_resumed, (), ())
BOOST_DESCRIBE_STRUCT(dispute_settled, (), (outcome))
BOOST_DESCRIBE_STRUCT(dispute_closed, (), (outcome))
BOOST_DESCRIBE_STRUCT(instance, (),
                      (policy, order, payment, buyer, seller, reason, claim, lines, refundable, protection_ends,
                       evidence, awarded, decided_by, outcome))

}  // namespace recourse::dispute

namespace recourse::engine {
namespace {

using disputes = dispute::lifecycle_type;

void fill_lines(dispute::facts& known, dispute::open_dispute const& command, account const& money) {
    if (command.lines.empty()) {
        known.line_problem = refusal::units_exceed_line;
        known.line_subject = "no line is claimed";
    }
    std::int64_t total = 0;
    known.claimed.reserve(command.lines.size());
    for (std::size_t at = 0; at < command.lines.size(); ++at) {
        auto const& claimed = command.lines[at];
        auto const line = std::find_if(money.lines.begin(), money.lines.end(),
                                       [&](auto const& one) { return one.line == claimed.line; });
        auto const same = [&](auto const& other) { return other.line == claimed.line; };
        if (line == money.lines.end()) {
            known.line_problem = refusal::line_unknown;
        } else if (std::any_of(command.lines.begin(), command.lines.begin() + static_cast<std::ptrdiff_t>(at), same)) {
            known.line_problem = refusal::line_repeated;
        } else if (claimed.units < 1 || claimed.units > line->units) {
            known.line_problem = refusal::units_exceed_line;
        } else {
            if (claimed.units > line->units - line->units_in_dispute) {
                known.units_are_free = false;
                known.taken_units += fmt::format("{}Line {}: {} of {} units are in an open dispute, {} claimed.",
                                                 known.taken_units.empty() ? "" : " ", line->line.text(),
                                                 line->units_in_dispute, line->units, claimed.units);
            }
            auto const minor = refundable_minor(*line, claimed.units);
            known.claimed.push_back({claimed.line, claimed.units, minor});
            total += minor;
            continue;
        }
        known.line_subject = fmt::format("{} ({} units)", claimed.line.text(), claimed.units);
        break;
    }
    known.refundable = {total, money.currency};
}

void fill_protection(dispute::facts& known, dispute::open_dispute const& command, situation const& now) {
    auto const start = protection_start(command.order, now.known);
    if (!start) return;
    known.protection_starts = start;
    known.protection_has_started = now.at >= *start;
    known.protection_ends = protection_due(*start, command.order, now.known);
    known.protection_runs = now.at < known.protection_ends;
    if (known.protection_runs) return;
    auto const end = protection_end(command.order, now.known);
    auto const zone = time_zone::find(end->zone);
    known.protection_counted = fmt::format("It ended on {}: {} counted from {}.", due_in_words(end->due, *zone),
                                           to_text(end->length), in_words(end->from, *zone));
}

void fill_evidence(dispute::facts& known, std::vector<evidence> const& brought, situation const& now) {
    if (auto wrong = fault(brought, now)) {
        known.evidence_problem = wrong->code;
        known.evidence_subject = std::move(wrong->subject);
    }
}

void fill_opening(dispute::facts& known, dispute::open_dispute const& command, situation const& now) {
    auto const& policy = *now.known.policy;
    known.policy = now.known.reference;
    known.order_contradiction = contradiction(command.order, *now.money);
    if (known.order_contradiction.empty()) {
        fill_lines(known, command, *now.money);
        fill_protection(known, command, now);
    }
    if (auto const* rule = rule_of(command.reason, policy)) {
        known.reason_is_offered = true;
        for (auto const kind : rule->evidence) {
            if (std::none_of(command.evidence.begin(), command.evidence.end(),
                             [&](auto const& piece) { return piece.kind == kind; }))
                known.evidence_lacking = kind;
        }
    } else {
        for (auto const& one : policy.reasons) {
            if (!known.offered_reasons.empty()) known.offered_reasons += ", ";
            known.offered_reasons += one.reason.text();
        }
    }
    fill_evidence(known, command.evidence, now);
}

}  // namespace

template <>
dispute::facts workings<disputes>::facts_for(situation const& now, machine<disputes> const& one,
                                             told<disputes> const& command) {
    dispute::facts known;
    known.by = now.by.role;
    if (auto const* opening = std::get_if<dispute::open_dispute const*>(&command)) {
        if (one.in<dispute::not_opened>()) fill_opening(known, **opening, now);
        return known;
    }
    if (auto const* given = std::get_if<dispute::submit_evidence const*>(&command))
        fill_evidence(known, (*given)->evidence, now);
    if (std::holds_alternative<dispute::escalate_dispute const*>(command)) {
        auto const& talks = now.all.negotiation();
        known.escalation_is_open = talks.kept.seller_has_answered || talks.in<negotiation::lapsed>();
        if (!known.escalation_is_open && talks.clock) known.escalation_opens = talks.clock->due;
    }
    known.goods_are_under_way = std::any_of(now.all.returns().begin(), now.all.returns().end(), [](auto const& sent) {
        return sent.template in<return_request::in_transit>() ||
               sent.template in<return_request::awaiting_inspection>();
    });
    known.when_time_ends = now.known.policy->silences.negotiation_end;
    known.claim = one.kept.claim;
    known.awarded = one.kept.awarded;
    known.decided_by = one.kept.decided_by.value_or(now.by.role);
    if (auto const* begin = std::get_if<dispute::begin_settlement const*>(&command))
        known.split = split((*begin)->award.amount, one.kept.lines);
    if (std::holds_alternative<lifecycle::deadline_passed const*>(command))
        known.split = split(one.kept.claim.amount, one.kept.lines);
    return known;
}

template struct workings<disputes>;

}  // namespace recourse::engine
