// The dispute: its stage, from opening to the outcome. The other lifecycles do the work of a stage and report to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recourse/lifecycle/evidence_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/outcome.hpp"
#include "recourse/vocabulary/policy_reference.hpp"
#include "recourse/vocabulary/silence.hpp"

namespace recourse::dispute {

using lifecycle::always;
using lifecycle::by_buyer;
using lifecycle::by_party;
using lifecycle::clock;
using lifecycle::deadline_passed;
using lifecycle::ends;
using lifecycle::leaves_it_to_others;
using lifecycle::list;
using lifecycle::row;
using lifecycle::runs;
using lifecycle::state;

// clang-format off

// ---- states
struct not_opened        : state<0> { static constexpr std::string_view name = "not_opened"; };
struct negotiating       : state<1> { static constexpr std::string_view name = "negotiating"; };
struct in_mediation      : state<2> { static constexpr std::string_view name = "in_mediation"; };
struct returning         : state<3> { static constexpr std::string_view name = "returning"; };
struct settling          : state<4> { static constexpr std::string_view name = "settling"; };
struct settlement_failed : state<5> { static constexpr std::string_view name = "settlement_failed"; };
struct closed            : state<6> { static constexpr std::string_view name = "closed"; };

// clang-format on

// ---- commands
struct open_dispute {
    static constexpr std::string_view name = "open_dispute";
    policy_id policy;
    std::optional<std::uint32_t> policy_version;  // the newest one if it is left out
    order_facts order;
    recourse::reason reason;
    std::vector<claim_line> lines;
    recourse::award award;  // what the buyer asks for
    std::vector<recourse::evidence> evidence;
    bool operator==(open_dispute const&) const = default;
};
struct submit_evidence {
    static constexpr std::string_view name = "submit_evidence";
    std::vector<recourse::evidence> evidence;
    bool operator==(submit_evidence const&) const = default;
};
struct escalate_dispute {
    static constexpr std::string_view name = "escalate_dispute";
    bool operator==(escalate_dispute const&) const = default;
};
struct withdraw_dispute {
    static constexpr std::string_view name = "withdraw_dispute";
    bool operator==(withdraw_dispute const&) const = default;
};
struct send_to_mediation {  // by the policy, when somebody was silent
    static constexpr std::string_view name = "send_to_mediation";
    static constexpr bool internal = true;
};
struct begin_settlement {
    static constexpr std::string_view name = "begin_settlement";
    static constexpr bool internal = true;
    recourse::award award;
};
struct begin_return {
    static constexpr std::string_view name = "begin_return";
    static constexpr bool internal = true;
    recourse::award award;
};
struct resume_mediation {
    static constexpr std::string_view name = "resume_mediation";
    static constexpr bool internal = true;
};
struct interrupt_settlement {
    static constexpr std::string_view name = "interrupt_settlement";
    static constexpr bool internal = true;
};
struct resume_settlement {
    static constexpr std::string_view name = "resume_settlement";
    static constexpr bool internal = true;
};
struct complete_settlement {
    static constexpr std::string_view name = "complete_settlement";
    static constexpr bool internal = true;
};
struct close_dispute {
    static constexpr std::string_view name = "close_dispute";
    static constexpr bool internal = true;
    recourse::resolution resolution = resolution::expired;
};

// ---- facts
struct facts {
    role by{};
    // of the order and of what was recorded of its payment, when a dispute is opened
    std::string order_contradiction;      // a sentence; empty when there is none
    std::optional<refusal> line_problem;  // with the claimed lines
    std::string line_subject;
    bool units_are_free = true;
    std::string taken_units;  // which are not
    bool reason_is_offered = false;
    std::string offered_reasons;
    bool protection_has_started = false;
    std::optional<instant> protection_starts;
    bool protection_runs = false;
    instant protection_ends;           // exclusive
    std::string protection_counted;    // how that instant was found, in a sentence
    std::vector<line_amount> claimed;  // with what can still be refunded for each
    money refundable;                  // their sum
    policy_reference policy;
    // of evidence, wherever a command brings some
    std::optional<evidence_kind> evidence_lacking;
    std::optional<refusal> evidence_problem;
    std::string evidence_subject;
    // of a dispute that is running
    bool escalation_is_open = false;
    std::optional<instant> escalation_opens;
    bool goods_are_under_way = false;
    silence when_time_ends{};  // the policy: what the end of the negotiation does
    award claim;
    std::vector<line_amount> split;  // of the award of this command over the claimed lines
    std::optional<award> awarded;    // before
    role decided_by{};               // who agreed to it or decided it
};

// ---- events
struct dispute_opened {
    static constexpr std::string_view name = "dispute_opened";
    policy_reference policy;
    order_id order;
    payment_id payment;
    party_facts buyer;
    party_facts seller;
    recourse::reason reason;
    recourse::award claim;
    std::vector<line_amount> lines;  // claimed, with what can still be refunded for each
    money refundable;
    instant protection_ends;
    std::vector<recourse::evidence> evidence;
    static dispute_opened of(facts const& known, open_dispute const& command) {
        return {known.policy,         command.order.order,   command.order.payment, command.order.buyer,
                command.order.seller, command.reason,        command.award,         known.claimed,
                known.refundable,     known.protection_ends, command.evidence};
    }
    bool operator==(dispute_opened const&) const = default;
};
struct evidence_submitted {
    static constexpr std::string_view name = "evidence_submitted";
    role from{};
    std::vector<recourse::evidence> evidence;
    static evidence_submitted of(facts const& known, submit_evidence const& command) {
        return {known.by, command.evidence};
    }
    bool operator==(evidence_submitted const&) const = default;
};
struct dispute_escalated {
    static constexpr std::string_view name = "dispute_escalated";
    static dispute_escalated of(facts const&, auto const&) { return {}; }
    bool operator==(dispute_escalated const&) const = default;
};
struct dispute_withdrawn {
    static constexpr std::string_view name = "dispute_withdrawn";
    recourse::outcome outcome;
    static dispute_withdrawn of(facts const& known, withdraw_dispute const&) {
        return {{resolution::withdrawn, known.by, {}}};
    }
    bool operator==(dispute_withdrawn const&) const = default;
};
struct settlement_begun {
    static constexpr std::string_view name = "settlement_begun";
    recourse::award award;
    std::vector<line_amount> split;
    role decided_by{};
    static settlement_begun of(facts const& known, begin_settlement const& command) {
        return {command.award, known.split, known.decided_by};
    }
    static settlement_begun of(facts const& known, deadline_passed const&) {
        return {known.claim, known.split, known.decided_by};
    }
    bool operator==(settlement_begun const&) const = default;
};
struct return_begun {
    static constexpr std::string_view name = "return_begun";
    recourse::award award;
    role decided_by{};
    static return_begun of(facts const& known, begin_return const& command) {
        return {command.award, known.decided_by};
    }
    static return_begun of(facts const& known, deadline_passed const&) { return {known.claim, known.decided_by}; }
    bool operator==(return_begun const&) const = default;
};
struct mediation_resumed {
    static constexpr std::string_view name = "mediation_resumed";
    static mediation_resumed of(facts const&, resume_mediation const&) { return {}; }
    bool operator==(mediation_resumed const&) const = default;
};
struct settlement_interrupted {
    static constexpr std::string_view name = "settlement_interrupted";
    static settlement_interrupted of(facts const&, interrupt_settlement const&) { return {}; }
    bool operator==(settlement_interrupted const&) const = default;
};
struct settlement_resumed {
    static constexpr std::string_view name = "settlement_resumed";
    static settlement_resumed of(facts const&, resume_settlement const&) { return {}; }
    bool operator==(settlement_resumed const&) const = default;
};
struct dispute_settled {  // the money has moved
    static constexpr std::string_view name = "dispute_settled";
    recourse::outcome outcome;
    static dispute_settled of(facts const& known, complete_settlement const&) {
        return {{resolution_of(known.awarded.value_or(award{}).remedy), known.decided_by, known.awarded}};
    }
    bool operator==(dispute_settled const&) const = default;
};
struct dispute_closed {  // without a payment
    static constexpr std::string_view name = "dispute_closed";
    recourse::outcome outcome;
    static dispute_closed of(facts const& known, close_dispute const& command) {
        if (command.resolution == resolution::unpaid) return {{resolution::unpaid, known.decided_by, known.awarded}};
        return {{command.resolution, known.by, {}}};
    }
    static dispute_closed of(facts const& known, deadline_passed const&) {
        return {{resolution::expired, known.by, {}}};
    }
    bool operator==(dispute_closed const&) const = default;
};

// ---- guards
using lifecycle::evidence_is_acceptable;
using lifecycle::evidence_is_given;
struct order_agrees {
    static constexpr std::string_view name = "order_agrees";
    static constexpr auto otherwise = refusal::order_facts_contradict;
    static bool holds(facts const& known, auto const&) noexcept { return known.order_contradiction.empty(); }
    static void particulars(facts const& known, auto const&, refused& no) { no.because = known.order_contradiction; }
};
struct lines_are_right {
    static constexpr std::string_view name = "lines_are_right";
    static constexpr auto otherwise = refusal::line_unknown;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.line_problem; }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.code = *known.line_problem;
        no.subject = known.line_subject;
    }
};
struct units_are_free {
    static constexpr std::string_view name = "units_are_free";
    static constexpr auto otherwise = refusal::units_already_in_dispute;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.units_are_free; }
    static void particulars(facts const& known, auto const&, refused& no) { no.because = known.taken_units; }
};
struct reason_is_offered {
    static constexpr std::string_view name = "reason_is_offered";
    static constexpr auto otherwise = refusal::reason_not_offered;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.reason_is_offered; }
    static void particulars(facts const& known, open_dispute const& command, refused& no) {
        no.subject = command.reason.text();
        no.because = "It offers: " + known.offered_reasons + ".";
    }
};
struct protection_has_started {
    static constexpr std::string_view name = "protection_has_started";
    static constexpr auto otherwise = refusal::protection_not_started;
    // Nothing is counted from facts that contradict each other; order_agrees says so.
    static bool holds(facts const& known, auto const&) noexcept {
        return known.protection_has_started || !known.order_contradiction.empty();
    }
    static void particulars(facts const& known, auto const&, refused& no) { no.not_before = known.protection_starts; }
};
struct protection_runs {
    static constexpr std::string_view name = "protection_runs";
    static constexpr auto otherwise = refusal::protection_window_closed;
    // An order that was never shipped has no end to judge by; protection_has_started says so.
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.protection_runs || !known.protection_has_started;
    }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.since = known.protection_ends;
        no.because = known.protection_counted;
    }
};
struct evidence_is_enough {
    static constexpr std::string_view name = "evidence_is_enough";
    static constexpr auto otherwise = refusal::evidence_missing;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.evidence_lacking; }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.subject = wire_name(*known.evidence_lacking);
    }
};
struct escalation_is_open {
    static constexpr std::string_view name = "escalation_is_open";
    static constexpr auto otherwise = refusal::escalation_not_open_yet;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.escalation_is_open; }
    static void particulars(facts const& known, auto const&, refused& no) { no.not_before = known.escalation_opens; }
};
struct goods_are_not_under_way {
    static constexpr std::string_view name = "goods_are_not_under_way";
    static constexpr auto otherwise = refusal::goods_are_on_their_way;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.goods_are_under_way; }
};
struct end_escalates {
    static constexpr std::string_view name = "end_escalates";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_time_ends == silence::escalates;
    }
};
struct end_grants_money {
    static constexpr std::string_view name = "end_grants_money";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_time_ends == silence::grants_claim && !goods_go_back(known.claim.remedy);
    }
};
struct end_grants_return {
    static constexpr std::string_view name = "end_grants_return";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_time_ends == silence::grants_claim && goods_go_back(known.claim.remedy);
    }
};
struct end_closes {
    static constexpr std::string_view name = "end_closes";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_time_ends == silence::closes;
    }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from                on command             to                  records                  only if
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    row< not_opened        , open_dispute         , negotiating       , dispute_opened         , by_buyer, order_agrees, lines_are_right, units_are_free,
                                                                                                 reason_is_offered, protection_has_started, protection_runs,
                                                                                                 evidence_is_enough, evidence_is_acceptable >,
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    row< negotiating       , submit_evidence      , negotiating       , evidence_submitted     , by_party, evidence_is_given, evidence_is_acceptable >,
    row< negotiating       , escalate_dispute     , in_mediation      , dispute_escalated      , by_buyer, escalation_is_open >,
    row< negotiating       , withdraw_dispute     , closed            , dispute_withdrawn      , by_buyer                 >,
    row< negotiating       , send_to_mediation    , in_mediation      , dispute_escalated      , always                   >,
    row< negotiating       , begin_settlement     , settling          , settlement_begun       , always                   >,
    row< negotiating       , begin_return         , returning         , return_begun           , always                   >,
    row< negotiating       , close_dispute        , closed            , dispute_closed         , always                   >,
    row< negotiating       , deadline_passed      , in_mediation      , dispute_escalated      , end_escalates            >,
    row< negotiating       , deadline_passed      , settling          , settlement_begun       , end_grants_money         >,
    row< negotiating       , deadline_passed      , returning         , return_begun           , end_grants_return        >,
    row< negotiating       , deadline_passed      , closed            , dispute_closed         , end_closes               >,
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    row< in_mediation      , submit_evidence      , in_mediation      , evidence_submitted     , by_party, evidence_is_given, evidence_is_acceptable >,
    row< in_mediation      , withdraw_dispute     , closed            , dispute_withdrawn      , by_buyer                 >,
    row< in_mediation      , begin_settlement     , settling          , settlement_begun       , always                   >,
    row< in_mediation      , begin_return         , returning         , return_begun           , always                   >,
    row< in_mediation      , close_dispute        , closed            , dispute_closed         , always                   >,
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    row< returning         , submit_evidence      , returning         , evidence_submitted     , by_party, evidence_is_given, evidence_is_acceptable >,
    row< returning         , withdraw_dispute     , closed            , dispute_withdrawn      , by_buyer, goods_are_not_under_way >,
    row< returning         , begin_settlement     , settling          , settlement_begun       , always                   >,
    row< returning         , resume_mediation     , in_mediation      , mediation_resumed      , always                   >,
    row< returning         , close_dispute        , closed            , dispute_closed         , always                   >,
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    row< settling          , complete_settlement  , closed            , dispute_settled        , always                   >,
    row< settling          , interrupt_settlement , settlement_failed , settlement_interrupted , always                   >,
    row< settling          , close_dispute        , closed            , dispute_closed         , always                   >,
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    row< settlement_failed , resume_settlement    , settling          , settlement_resumed     , always                   >,
    row< settlement_failed , complete_settlement  , closed            , dispute_settled        , always                   >,
    row< settlement_failed , close_dispute        , closed            , dispute_closed         , always                   >,
    // +-------------------+----------------------+-------------------+------------------------+--------------------------+
    // A refund that was given up may still be confirmed: the outcome is put right, the dispute stays closed.
    row< closed            , complete_settlement  , closed            , dispute_settled        , always                   >>;
// clang-format on

// ---- what a dispute keeps
struct instance {
    policy_reference policy;
    order_id order;
    payment_id payment;
    party_facts buyer;
    party_facts seller;
    recourse::reason reason;
    recourse::award claim;
    std::vector<line_amount> lines;
    money refundable;
    instant protection_ends;
    std::vector<digest> evidence;  // of every piece, in order, from any lifecycle
    std::optional<award> awarded;
    std::optional<role> decided_by;  // of what was awarded
    std::optional<recourse::outcome> outcome;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, dispute_opened const& told) {
    kept.policy = told.policy;
    kept.order = told.order;
    kept.payment = told.payment;
    kept.buyer = told.buyer;
    kept.seller = told.seller;
    kept.reason = told.reason;
    kept.claim = told.claim;
    kept.lines = told.lines;
    kept.refundable = told.refundable;
    kept.protection_ends = told.protection_ends;
}
inline void apply(instance& kept, settlement_begun const& told) {
    kept.awarded = told.award;
    kept.decided_by = told.decided_by;
}
inline void apply(instance& kept, return_begun const& told) {
    kept.awarded = told.award;
    kept.decided_by = told.decided_by;
}
inline void apply(instance& kept, mediation_resumed const&) {
    kept.awarded.reset();
    kept.decided_by.reset();
}
inline void apply(instance& kept, dispute_withdrawn const& told) { kept.outcome = told.outcome; }
inline void apply(instance& kept, dispute_settled const& told) { kept.outcome = told.outcome; }
inline void apply(instance& kept, dispute_closed const& told) { kept.outcome = told.outcome; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "dispute";
    static constexpr std::uint8_t code = 1;
    static constexpr bool many = false;
    using initial = not_opened;
    using facts = dispute::facts;
    using table = dispute::table;
    using instance = dispute::instance;
    using waits =
        list<runs<negotiating, clock::negotiation>, leaves_it_to_others<in_mediation>, leaves_it_to_others<returning>,
             leaves_it_to_others<settling>, leaves_it_to_others<settlement_failed>, ends<closed>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::dispute
