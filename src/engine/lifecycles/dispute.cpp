// The dispute at work: its members, its facts, its machine.
#include "recourse/lifecycle/dispute.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/lifecycles/workings_of.hpp"
#include "recourse/engine/postings.hpp"

namespace recourse::dispute {

BOOST_DESCRIBE_STRUCT(contact_seller, (), (policy, policy_version, order, reason, lines))
BOOST_DESCRIBE_STRUCT(answer_contact, (), ())
BOOST_DESCRIBE_STRUCT(open_dispute, (), (policy, policy_version, order, reason, lines, award, evidence, follows))
BOOST_DESCRIBE_STRUCT(amend_claim, (), (reason, lines, award, evidence))
BOOST_DESCRIBE_STRUCT(submit_evidence, (), (evidence))
BOOST_DESCRIBE_STRUCT(escalate_dispute, (), ())
BOOST_DESCRIBE_STRUCT(withdraw_dispute, (), ())
BOOST_DESCRIBE_STRUCT(merge_dispute, (), (into))
BOOST_DESCRIBE_STRUCT(dispute_opened, (),
                      (policy, order, payment, buyer, seller, reason, claim, lines, refundable, protection_ends,
                       evidence, follows, promised_until, escalation_opens, at_once, coverage_cap))
BOOST_DESCRIBE_STRUCT(seller_contacted, (),
                      (policy, order, payment, buyer, seller, reason, lines, currency, contacted_at))
BOOST_DESCRIBE_STRUCT(contact_answered, (), ())
BOOST_DESCRIBE_STRUCT(contact_lapsed, (), ())
BOOST_DESCRIBE_STRUCT(claim_amended, (),
                      (reason, claim, lines, released, refundable, evidence, answer_restarts, offers_are_voided,
                       ends_hold))
BOOST_DESCRIBE_STRUCT(units_joined, (), (from, lines))
BOOST_DESCRIBE_STRUCT(claim_reduced, (), (lines, already_freed))
BOOST_DESCRIBE_STRUCT(decision_reached, (), (terms, decided_by, standing))
BOOST_DESCRIBE_STRUCT(decision_became_final, (), (terms))
BOOST_DESCRIBE_STRUCT(appeal_begun, (), ())
BOOST_DESCRIBE_STRUCT(decision_restored, (), (terms, standing))
BOOST_DESCRIBE_STRUCT(provisional_settlement_begun, (), (award, split, refunds))
BOOST_DESCRIBE_STRUCT(part_settlement_begun, (), (split, refunds))
BOOST_DESCRIBE_STRUCT(exchange_begun, (), (award))
BOOST_DESCRIBE_STRUCT(remedy_begun, (), (award))
BOOST_DESCRIBE_STRUCT(evidence_submitted, (), (from, evidence))
BOOST_DESCRIBE_STRUCT(dispute_escalated, (), ())
BOOST_DESCRIBE_STRUCT(dispute_withdrawn, (), (outcome, counts_as_given_up))
BOOST_DESCRIBE_STRUCT(settlement_begun, (), (award, split, decided_by, refunds))
BOOST_DESCRIBE_STRUCT(return_begun, (), (award, decided_by))
BOOST_DESCRIBE_STRUCT(mediation_resumed, (), ())
BOOST_DESCRIBE_STRUCT(settlement_interrupted, (), ())
BOOST_DESCRIBE_STRUCT(settlement_resumed, (), ())
BOOST_DESCRIBE_STRUCT(dispute_settled, (), (outcome))
BOOST_DESCRIBE_STRUCT(dispute_closed, (), (outcome, counts_as_given_up))
BOOST_DESCRIBE_STRUCT(recoup_ordered, (), (key, amount))
BOOST_DESCRIBE_STRUCT(evidence_source, (), (by, stage))
BOOST_DESCRIBE_STRUCT(ruling, (), (awarded, decided_by, outcome, funded_by, rules))
BOOST_DESCRIBE_STRUCT(course, (),
                      (settled, provisional_minor, follows, promised_until, escalation_opens, coverage_cap,
                       contacted_at, contacted_lines, joined))
BOOST_DESCRIBE_STRUCT(bill, (), (costs, costs_ordered, recoup_minor, recoup_orders))
BOOST_DESCRIBE_STRUCT(instance, (),
                      (policy, order, payment, buyer, seller, reason, claim, lines, refundable, protection_ends,
                       evidence, ruling, standing, contact_was_answered, amendments, course, bill, sources))

}  // namespace recourse::dispute

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<dispute::contact_seller>{"policy"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<dispute::open_dispute>{"policy"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<dispute::dispute_withdrawn>{"counts_as_given_up"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<dispute::dispute_closed>{"counts_as_given_up"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<dispute::dispute_opened>{"at_once"};
template <>
inline constexpr std::array<std::string_view, 3> defaulted<dispute::claim_amended>{"answer_restarts", "ends_hold",
                                                                                   "offers_are_voided"};
// Written since there are appeals, amendments and contact; a record of before has none of them.
template <>
inline constexpr std::array<std::string_view, 3> defaulted<dispute::instance>{"standing", "contact_was_answered",
                                                                              "amendments"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<dispute::course>{"provisional_minor"};
template <>
inline constexpr std::array<std::string_view, 3> defaulted<dispute::bill>{"costs_ordered", "recoup_minor",
                                                                          "recoup_orders"};
}  // namespace recourse::json

namespace recourse::engine {
namespace {

using disputes = dispute::lifecycle_type;

void fill_lines(dispute::facts& known, std::vector<claim_line> const& lines, account const& money) {
    if (lines.empty()) {
        known.line_problem = refusal::units_exceed_line;
        known.line_subject = "no line is claimed";
    }
    std::int64_t total = 0;
    known.claimed.reserve(lines.size());
    for (std::size_t at = 0; at < lines.size(); ++at) {
        auto const& claimed = lines[at];
        auto const line = std::find_if(money.lines.begin(), money.lines.end(),
                                       [&](auto const& one) { return one.line == claimed.line; });
        auto const same = [&](auto const& other) { return other.line == claimed.line; };
        if (line == money.lines.end()) {
            known.line_problem = refusal::line_unknown;
        } else if (std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(at), same)) {
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

// Each unit may be disputed once, and as often again as the policy says. Units of a line have no names: those that
// disputes gave up, those that are disputed and those that are claimed now are counted together.
void fill_reopening(dispute::facts& known, account const& money, policy const& policy) {
    if (!policy.reopen || known.line_problem || !known.units_are_free) return;
    known.reopenings_max = policy.reopen->most;
    for (auto const& claimed : known.claimed) {
        auto const line = std::find_if(money.lines.begin(), money.lines.end(),
                                       [&](auto const& one) { return one.line == claimed.line; });
        auto const times = line->units_given_up + line->units_in_dispute + claimed.units;
        if (times <= line->units * (1 + std::int64_t{policy.reopen->most})) continue;
        known.reopening_problem = fmt::format("Line {}: disputes over {} units ended without a refund before.",
                                              claimed.line.text(), line->units_given_up);
        return;
    }
}

// The earliest end of the claimed lines in the payment's file.
std::optional<instant> end_in_file(dispute::open_dispute const& command, situation const& now) {
    std::optional<instant> first;
    for (auto const& one : now.known.protections) {
        bool const claimed = std::any_of(command.lines.begin(), command.lines.end(),
                                         [&](auto const& each) { return each.line == one.line; });
        if (claimed && (!first || one.ends < *first)) first = one.ends;
    }
    return first;
}

// When the claimed lines travelled: once for all of them, unless parcels make them differ.
std::vector<order_times> times_claimed(dispute::open_dispute const& command, parcel_choice choice) {
    std::vector<order_times> told;
    if (command.order.parcels.empty() || command.lines.empty())
        told.push_back(times_of(command.order, {}, choice));
    else
        for (auto const& one : command.lines) told.push_back(times_of(command.order, one.line, choice));
    return told;
}

// Of several lines that travel apart, protection has started when that of all has, and ends when that of one does.
void fill_protection(dispute::facts& known, dispute::open_dispute const& command, situation const& now) {
    auto const told = end_in_file(command, now);
    bool has_started = true;
    bool closes_before = false;
    std::optional<instant> first_end;
    order_times ends_first;
    for (auto const& line : times_claimed(command, now.known.policy->protection.parcels)) {
        auto const start = protection_start(line, now.known);
        if (!start) {
            known.protection_starts.reset();
            return;
        }
        auto const window = window_of(command.reason, line, now.known, now.at);
        if (window.has_begun || window.opens) {
            auto const starts = std::max(start->at, window.opens.value_or(start->at));
            known.protection_starts = std::max(starts, known.protection_starts.value_or(starts));
        }
        has_started = has_started && now.at >= start->at && window.has_begun;
        auto ends = told ? *told : protection_due(*start, line, now.known);
        bool const closes = window.closes && *window.closes < ends;
        if (closes) ends = *window.closes;
        if (first_end && *first_end <= ends) continue;
        first_end = ends;
        closes_before = closes;
        ends_first = line;
    }
    known.protection_ends = *first_end;
    known.protection_has_started = has_started;
    // Who wrote to the seller in time does not lose the right by waiting for him.
    known.protection_runs = known.contacted_at.value_or(now.at) < known.protection_ends;
    if (known.protection_runs) return;
    auto const end = protection_end(ends_first, now.known);
    auto const zone = time_zone::find(end->zone);
    if (closes_before) {
        known.protection_counted = fmt::format("Disputes for the reason {} could be opened until {}.",
                                               command.reason.text(), due_in_words(*first_end, *zone));
        return;
    }
    if (told) {
        known.protection_counted =
            fmt::format("It ended on {}, as the file of the payment tells.", due_in_words(*told, *zone));
        return;
    }
    known.protection_counted = fmt::format("It ended on {}: {} counted from {}.", due_in_words(end->due, *zone),
                                           to_text(end->length), in_words(end->from, *zone));
}

void keep_fault(dispute::facts& known, std::optional<evidence_fault> wrong) {
    if (!wrong) return;
    known.evidence_problem = wrong->code;
    known.evidence_subject = std::move(wrong->subject);
}

void fill_lacking(dispute::facts& known, std::vector<evidence_kind> const& kinds,
                  std::vector<evidence> const& brought) {
    for (auto const kind : kinds) {
        if (std::none_of(brought.begin(), brought.end(), [&](auto const& piece) { return piece.kind == kind; }))
            known.evidence_lacking = kind;
    }
}

void fill_reason(dispute::facts& known, reason const& why, situation const& now) {
    auto const& policy = *now.known.policy;
    known.reason_is_offered = rule_of(why, policy) != nullptr;
    if (known.reason_is_offered) return;
    for (auto const& one : policy.reasons) {
        if (one.is_heading) continue;
        if (!known.offered_reasons.empty()) known.offered_reasons += ", ";
        known.offered_reasons += one.reason.text();
    }
}

// Whether a party may bring evidence of its own accord: by the stage, and by what was decided.
void fill_stage(dispute::facts& known, machine<disputes> const& one, situation const& now) {
    auto const& rules = now.known.policy->evidence;
    known.evidence_stage = lifecycle::state_name<disputes>(one.state);
    for (auto const& rule : rules.stages) {
        if (wire_name(rule.stage) != known.evidence_stage) continue;
        known.takes_evidence = false;
        for (auto const each : rule.by) {
            known.takes_evidence = known.takes_evidence || is(now.by.role, each);
            known.evidence_takers.append(known.evidence_takers.empty() ? "" : ", ").append(wire_name(each));
        }
    }
    // What the parties agreed on is no ruling.
    bool const is_ruled = one.kept.ruling->decided_by && *one.kept.ruling->decided_by != role::buyer &&
                          *one.kept.ruling->decided_by != role::seller;
    known.evidence_is_frozen = rules.frozen_at_ruling && is_ruled;
}

void fill_opening(dispute::facts& known, dispute::open_dispute const& command, situation const& now) {
    auto const& policy = *now.known.policy;
    known.charged_back_since = blocked_since(*now.money);
    known.policy = now.known.reference;
    known.order_contradiction = contradiction(command.order, *now.money);
    if (known.order_contradiction.empty()) {
        fill_lines(known, command.lines, *now.money);
        fill_reopening(known, *now.money, policy);
        fill_protection(known, command, now);
    }
    fill_reason(known, command.reason, now);
    fill_lacking(known, kinds_for_opening(policy, command.reason, command.award.remedy, command.order.buyer),
                 command.evidence);
    keep_fault(known, fault(command.evidence, now));
    known.goes_to_mediation_at_once = policy.escalation.at_once;
    known.promised_until = promised_until(command.order, command.lines, policy.protection.parcels);
    known.coverage_cap = coverage_cap(policy, command.order.paid_at.value_or(now.at), *now.known.buyer_zone);
    if (policy.clocks.escalation_wait)
        known.escalation_opens_at = end_of(*policy.clocks.escalation_wait, now.at, now.known);
}

void fill_contact(dispute::facts& known, dispute::contact_seller const& command, situation const& now) {
    known.policy = now.known.reference;
    known.contacted_at = now.at;
    known.order_contradiction = contradiction(command.order, *now.money);
    if (known.order_contradiction.empty()) fill_lines(known, command.lines, *now.money);
    if (rule_of(command.reason, *now.known.policy) != nullptr) {
        known.reason_is_offered = true;
    } else {
        for (auto const& one : now.known.policy->reasons) {
            if (one.is_heading) continue;
            known.offered_reasons.append(known.offered_reasons.empty() ? "" : ", ").append(one.reason.text());
        }
    }
}

// Another reason than that of the contact, another line, or more units of it.
std::string beyond_contact(dispute::open_dispute const& command, dispute::instance const& contact) {
    if (command.reason != contact.reason)
        return fmt::format("The seller was contacted about the reason {}.", contact.reason.text());
    for (auto const& claimed : command.lines) {
        std::int64_t units = 0;
        for (auto const& one : contact.course->contacted_lines) {
            if (one.line == claimed.line) units = one.units;
        }
        if (claimed.units > units)
            return fmt::format("The seller was contacted about {} units of line {}.", units, claimed.line.text());
    }
    return {};
}

// Units that were not in dispute are taken in while their protection runs, as they could be claimed in an opening.
void fill_new_units(dispute::facts& known, std::vector<claim_line> const& lines, dispute::instance const& kept,
                    situation const& now) {
    known.protection_has_started = true;
    known.protection_runs = true;
    for (auto const& claimed : lines) {
        std::int64_t disputed = 0;
        for (auto const& one : kept.lines) disputed += one.line == claimed.line ? one.units : 0;
        for (auto const& one : kept.course->joined) disputed += one.line == claimed.line ? one.units : 0;
        if (claimed.units <= disputed) continue;
        auto ends = kept.protection_ends;
        for (auto const& one : now.known.protections) {
            if (one.line == claimed.line) ends = one.ends;
        }
        if (now.at < ends) continue;
        known.protection_runs = false;
        known.protection_ends = ends;
        known.protection_counted =
            fmt::format("So many units of line {} were not in dispute before.", claimed.line.text());
        return;
    }
}

// Judged as if what the claim holds were free.
void fill_amendment(dispute::facts& known, dispute::amend_claim const& command, dispute::instance const& kept,
                    situation const& now) {
    auto const& rules = now.known.policy->amendments;
    known.amendments_max = rules.most;
    known.amendments_are_left = kept.amendments < rules.most;
    known.amendable_here = rules.in_mediation;
    known.amended_reason = command.reason.value_or(kept.reason);
    known.released = kept.lines;
    auto lines = command.lines;
    if (lines.empty()) {
        for (auto const& one : kept.lines) lines.push_back({one.line, one.units});
    }
    fill_new_units(known, lines, kept, now);
    auto money = *now.money;
    for (auto const& held : kept.lines) {
        for (auto& line : money.lines) {
            if (line.line != held.line) continue;
            line.units_in_dispute -= held.units;
            line.reserved_minor -= held.minor;
        }
    }
    fill_lines(known, lines, money);
    fill_reopening(known, money, *now.known.policy);
    if (command.reason && *command.reason != kept.reason) {
        fill_reason(known, *command.reason, now);
    } else {
        known.reason_is_offered = true;
    }
    fill_lacking(known, kinds_for_amendment(*now.known.policy, kept, known.amended_reason, command.award.remedy),
                 command.evidence);
    keep_fault(known, fault(command.evidence, now));
    // What the seller has not seen yet: more money, another thing to do, other goods, another reason.
    auto const in_money = [](remedy one) { return one == remedy::full_refund || one == remedy::partial_refund; };
    bool const other_remedy =
        command.award.remedy != kept.claim.remedy && !(in_money(command.award.remedy) && in_money(kept.claim.remedy));
    bool const same_lines =
        std::equal(lines.begin(), lines.end(), kept.lines.begin(), kept.lines.end(),
                   [](auto const& one, auto const& two) { return one.line == two.line && one.units == two.units; });
    bool const raised = command.award.amount.minor > kept.claim.amount.minor || other_remedy || !same_lines ||
                        known.amended_reason != kept.reason;
    known.answer_restarts = rules.restarts_answer == answer_restart::always ||
                            (rules.restarts_answer == answer_restart::when_raised && raised);
    known.offers_are_voided = rules.voids_offers;
    known.ends_hold =
        now.all.mediation().in<mediation::held>() && !waits_for_delivery(*now.known.policy, known.amended_reason);
}

void fill_escalation(dispute::facts& known, situation const& now) {
    auto const& talks = now.all.negotiation();
    known.seller_may_escalate = now.known.policy->escalation.by_seller;
    known.escalation_is_open = talks.kept.seller_has_answered || talks.in<negotiation::lapsed>();
    if (!known.escalation_is_open && talks.clock) known.escalation_opens = talks.clock->due;
    // A window of the policy's own says when, whatever the seller does.
    if (auto const& opens = now.all.dispute().kept.course->escalation_opens) {
        known.escalation_is_open = now.at >= *opens;
        known.escalation_opens = known.escalation_is_open ? std::optional<instant>{} : opens;
    }
}

void fill_merging(dispute::facts& known, dispute::merge_dispute const& command, dispute::instance const& kept,
                  situation const& now) {
    known.has_the_mediation = now.by.role == role::mediator && now.by.id == now.all.mediation().kept.seat->mediator;
    auto const refuse = [&](refusal why, std::string_view because) {
        known.merge_problem = why;
        known.merge_because = because;
    };
    auto const& beside = now.known.disputes_beside;
    auto const other =
        std::find_if(beside.begin(), beside.end(), [&](auto const& one) { return one.dispute == command.into; });
    if (!now.known.policy->mediation.merges_disputes)
        refuse(refusal::disputes_not_mergeable, "The policy merges no disputes.");
    else if (other == beside.end())
        refuse(refusal::dispute_unknown, "No such dispute over the same payment is open.");
    else if (other->order != kept.order || other->buyer != kept.buyer.id || other->seller != kept.seller.id)
        refuse(refusal::disputes_not_mergeable, "It is about another order, or between others.");
    else if (!other->is_amendable)
        refuse(refusal::disputes_not_mergeable, "Its claim cannot be amended any more.");
    else if (known.paid_in_part.minor > 0)
        refuse(refusal::disputes_not_mergeable, "A part was paid.");
}

// What is still to be paid of an award, over the lines and the tenders.
void fill_settlement(dispute::facts& known, money const& amount, dispute::instance const& kept, situation const& now) {
    auto due = amount;
    // What was paid provisionally counts; what was paid for goods that came back as agreed was a part of its own.
    due.minor = std::max<std::int64_t>(0, due.minor - known.paid_before);
    // What was paid by another route, or charged back, since it was awarded is not there to be paid.
    due.minor = std::min(due.minor, kept.refundable.minor);
    known.split = split(due, kept.lines);
    // Units that were paid for in part are not counted again.
    for (auto& line : known.split) {
        for (auto const& before : kept.course->settled) {
            if (before.line == line.line) line.units = std::max<std::int64_t>(0, line.units - before.units);
        }
    }
    known.refunds = parts(due, known.split, now);
}

}  // namespace

template <>
dispute::facts workings<disputes>::facts_for(situation const& now, machine<disputes> const& one,
                                             told<disputes> const& command) {
    dispute::facts known;
    auto const& policy = *now.known.policy;
    auto const& kept = one.kept;
    known.by = now.by.role;
    known.contact_is_required = policy.contact.required;
    known.reopenings_are_counted = policy.reopen.has_value();
    if (auto const* contact = std::get_if<dispute::contact_seller const*>(&command)) {
        if (one.in<dispute::not_opened>()) fill_contact(known, **contact, now);
        return known;
    }
    if (auto const* opening = std::get_if<dispute::open_dispute const*>(&command)) {
        bool const contacted = one.in<dispute::contacting>() || one.in<dispute::contacted>();
        known.contacted_at = kept.course->contacted_at;
        if (contacted || one.in<dispute::not_opened>()) fill_opening(known, **opening, now);
        auto const& told = (*opening)->order;
        auto const& version = (*opening)->policy_version;
        if (contacted && ((*opening)->policy != kept.policy.id || (version && *version != kept.policy.version)))
            known.order_contradiction = fmt::format("The seller was contacted under policy {} version {}.",
                                                    kept.policy.id.text(), kept.policy.version);
        if (contacted && (told.order != kept.order || told.payment != kept.payment || told.buyer.id != kept.buyer.id ||
                          told.seller.id != kept.seller.id))
            known.order_contradiction =
                fmt::format("The seller was contacted about order {} and payment {} between {} and {}.",
                            kept.order.text(), kept.payment.text(), kept.buyer.id.text(), kept.seller.id.text());
        // A contact of before its lines were kept covers whatever is opened.
        if (contacted && !kept.course->contacted_lines.empty()) known.beyond_contact = beyond_contact(**opening, kept);
        known.contact_is_over = kept.contact_was_answered && policy.contact.answer_ends_wait;
        if (one.clock && !known.contact_is_over) known.contact_ends = one.clock->due;
        return known;
    }
    if (auto const* given = std::get_if<dispute::submit_evidence const*>(&command)) {
        keep_fault(known, fault((*given)->evidence, evidence_action::submit_evidence, now));
        fill_stage(known, one, now);
    }
    auto const& ruling = *kept.ruling;
    auto const& bill = *kept.bill;
    auto const& course = *kept.course;
    // Elsewhere nothing is held for the claim that could be free for another.
    bool const is_amendable = one.in<dispute::negotiating>() || one.in<dispute::in_mediation>();
    if (auto const* amended = std::get_if<dispute::amend_claim const*>(&command); amended != nullptr && is_amendable)
        fill_amendment(known, **amended, kept, now);
    if (std::holds_alternative<dispute::escalate_dispute const*>(command)) fill_escalation(known, now);
    known.goods_are_under_way = std::any_of(now.all.returns().begin(), now.all.returns().end(), [](auto const& sent) {
        return sent.template in<return_request::in_transit>() ||
               sent.template in<return_request::awaiting_inspection>();
    });
    if (known.goods_are_under_way) known.parcel_under_way = now.all.returns().back().kept.tracking_number;
    known.when_time_ends = policy.silences.negotiation_end;
    known.contact_was_answered = kept.contact_was_answered;
    known.was_contact_only = one.in<dispute::contacted>();
    known.claim = kept.claim;
    known.awarded = ruling.awarded;
    // A decision names who made it; what carries it out names that one again.
    bool const decides = std::holds_alternative<dispute::reach_decision const*>(command);
    known.decided_by = decides ? now.by.role : ruling.decided_by.value_or(now.by.role);
    known.decision = {ruling.awarded,
                      ruling.funded_by,
                      ruling.rules,
                      {bill.costs.begin() + std::ptrdiff_t{bill.costs_ordered}, bill.costs.end()}};
    known.appeals_are_left = now.all.appeals().size() < policy.appeals.levels;
    known.execution = policy.appeals.execution;
    known.paid_before = course.provisional_minor;
    known.paid_provisionally = course.provisional_minor > 0;
    known.paid_in_part = {0, kept.refundable.currency};
    known.recoup_due = {due_back_minor(now.all) - bill.recoup_minor, kept.refundable.currency};
    if (std::holds_alternative<dispute::order_recoup const*>(command))
        known.recoup_key = fmt::format("{}/recoup/{}", to_text(now.key), bill.recoup_orders + 1);
    for (auto const& part : course.settled) known.paid_in_part.minor += part.minor;
    if (auto const* merge = std::get_if<dispute::merge_dispute const*>(&command))
        fill_merging(known, **merge, kept, now);
    if (!std::holds_alternative<dispute::amend_claim const*>(command)) known.refundable = refundable_in_all(now.all);
    if (auto const* begin = std::get_if<dispute::begin_settlement const*>(&command))
        fill_settlement(known, (*begin)->award.amount, kept, now);
    if (auto const* pay = std::get_if<dispute::pay_provisionally const*>(&command))
        fill_settlement(known, (*pay)->award.amount, kept, now);
    if (auto const* part = std::get_if<dispute::settle_part const*>(&command)) {
        known.split = (*part)->lines;
        money total{0, kept.refundable.currency};
        for (auto const& line : known.split) total.minor += line.minor;
        known.refunds = parts(total, known.split, now);
    }
    return known;
}

template <>
bool workings<disputes>::tell(deciding& doing, std::uint32_t number, told<disputes> const& command) {
    return doing.tell_machine<disputes>(number, command);
}

template struct workings<disputes>;

}  // namespace recourse::engine
