// The dispute: its stage, from opening to the outcome. The other lifecycles do the work of a stage and report to it.
//
// Whatever is agreed or decided passes through `decided`: there it becomes final, at once or when nobody appeals in
// time, and only then is it carried out as money, a return, an exchange or another remedy.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "recourse/lifecycle/award_guards.hpp"
#include "recourse/lifecycle/evidence_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/outcome.hpp"
#include "recourse/vocabulary/policy_reference.hpp"
#include "recourse/vocabulary/rarely.hpp"
#include "recourse/vocabulary/silence.hpp"

namespace recourse::dispute {

using lifecycle::always;
using lifecycle::by_buyer;
using lifecycle::by_party;
using lifecycle::by_seller;
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
struct contacting        : state<7> { static constexpr std::string_view name = "contacting"; };
struct contacted         : state<8> { static constexpr std::string_view name = "contacted"; };
struct decided           : state<9> { static constexpr std::string_view name = "decided"; };
struct under_appeal      : state<10> { static constexpr std::string_view name = "under_appeal"; };
struct exchanging        : state<11> { static constexpr std::string_view name = "exchanging"; };
struct remedying         : state<12> { static constexpr std::string_view name = "remedying"; };

// clang-format on

// ---- commands
struct contact_seller {  // before a dispute, where the policy asks for it
    static constexpr std::string_view name = "contact_seller";
    policy_id policy;  // empty: the one that is meant for the order
    std::optional<std::uint32_t> policy_version;
    order_facts order;
    recourse::reason reason;
    std::vector<claim_line> lines;
    bool operator==(contact_seller const&) const = default;
};
struct answer_contact {
    static constexpr std::string_view name = "answer_contact";
    bool operator==(answer_contact const&) const = default;
};
struct open_dispute {
    static constexpr std::string_view name = "open_dispute";
    policy_id policy;                             // empty: the one that is meant for the order
    std::optional<std::uint32_t> policy_version;  // the newest one if it is left out
    order_facts order;
    recourse::reason reason;
    std::vector<claim_line> lines;
    recourse::award award;  // what the buyer asks for
    std::vector<recourse::evidence> evidence;
    std::optional<dispute_id> follows{};  // an earlier dispute of the settlement group that this one goes on from
    bool operator==(open_dispute const&) const = default;
};
struct amend_claim {
    static constexpr std::string_view name = "amend_claim";
    std::optional<recourse::reason> reason;  // unchanged if it is left out
    std::vector<claim_line> lines;           // unchanged if there are none
    recourse::award award;                   // never left out: an amount is stated, not assumed
    std::vector<recourse::evidence> evidence;
    bool operator==(amend_claim const&) const = default;
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
struct merge_dispute {  // another dispute goes on with what this one is about
    static constexpr std::string_view name = "merge_dispute";
    dispute_id into;
    bool operator==(merge_dispute const&) const = default;
};
struct join_units {  // of a dispute that was merged into this one
    static constexpr std::string_view name = "join_units";
    static constexpr bool internal = true;
    dispute_id from;
    std::vector<claim_line> lines;
};
struct send_to_mediation {  // by the policy, when somebody was silent
    static constexpr std::string_view name = "send_to_mediation";
    static constexpr bool internal = true;
};
struct reach_decision {
    static constexpr std::string_view name = "reach_decision";
    static constexpr bool internal = true;
    decision_terms terms;
    bool appealable = false;  // decided for the parties, not by them
};
struct begin_appeal {
    static constexpr std::string_view name = "begin_appeal";
    static constexpr bool internal = true;
};
struct restore_decision {  // an appeal has changed nothing
    static constexpr std::string_view name = "restore_decision";
    static constexpr bool internal = true;
};
struct pay_provisionally {
    static constexpr std::string_view name = "pay_provisionally";
    static constexpr bool internal = true;
    recourse::award award;
};
struct settle_part {  // some of the goods came back as they should
    static constexpr std::string_view name = "settle_part";
    static constexpr bool internal = true;
    std::vector<line_amount> lines;
};
struct begin_exchange {
    static constexpr std::string_view name = "begin_exchange";
    static constexpr bool internal = true;
    recourse::award award;
};
struct begin_remedy {
    static constexpr std::string_view name = "begin_remedy";
    static constexpr bool internal = true;
    recourse::award award;
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
struct reduce_claim {  // a part of the money is gone by another route
    static constexpr std::string_view name = "reduce_claim";
    static constexpr bool internal = true;
    std::vector<line_amount> lines;  // what is given up of each
    bool already_freed = false;      // on the account
};
struct close_dispute {
    static constexpr std::string_view name = "close_dispute";
    static constexpr bool internal = true;
    recourse::resolution resolution = resolution::expired;
};

struct order_recoup {  // what was paid while an appeal was possible is not due any more
    static constexpr std::string_view name = "order_recoup";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    // of the order and of what was recorded of its payment, when a dispute is opened
    std::string order_contradiction;      // a sentence; empty when there is none
    std::optional<refusal> line_problem;  // with the claimed lines
    std::string line_subject;
    bool units_are_free = true;
    std::string taken_units;          // which are not
    std::string reopening_problem{};  // a sentence; empty when the units may be disputed, once more or at all
    std::uint32_t reopenings_max = 0;
    bool reopenings_are_counted = false;
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
    bool contact_is_required = false;
    bool contact_is_over = false;  // the seller has answered, and the policy lets that end the wait
    std::optional<instant> contact_ends;
    bool contact_was_answered = false;
    std::optional<instant> contacted_at{};  // protection is judged by it, if there was a contact
    std::string beyond_contact;             // a sentence; empty when the seller was contacted about all of it
    bool was_contact_only = false;          // no dispute was opened yet
    bool goes_to_mediation_at_once = false;
    std::optional<money> coverage_cap{};
    bool paid_provisionally = false;
    std::optional<instant> promised_until{};     // the delivery of what is claimed
    std::optional<instant> escalation_opens_at;  // by the policy, whatever the seller does
    remedy_set offered;                          // the policy's remedies for the reason
    std::vector<alternative_id> alternatives;
    bool return_was_contested = false;
    // of an amended claim
    bool amendments_are_left = false;
    std::uint32_t amendments_max = 0;
    bool amendable_here = false;
    recourse::reason amended_reason;
    std::vector<line_amount> released;  // what the claim held before
    bool answer_restarts = false;       // the seller gets his full time again
    bool offers_are_voided = false;
    bool ends_hold = false;  // the new reason does not wait for the promised delivery
    // of evidence, wherever a command brings some
    std::optional<evidence_kind> evidence_lacking;
    std::optional<refusal> evidence_problem;
    std::string evidence_subject;
    // of a dispute that another one goes on with
    std::optional<refusal> merge_problem;
    std::string merge_because;
    bool has_the_mediation = false;
    // of evidence that a party brings of its own accord
    bool takes_evidence = true;  // at this stage from this party
    std::string_view evidence_stage;
    std::string evidence_takers;
    bool evidence_is_frozen = false;
    // of a dispute that is running
    bool escalation_is_open = false;
    std::optional<instant> escalation_opens;
    bool goods_are_under_way = false;
    silence when_time_ends{};  // the policy: what the end of the negotiation does
    award claim;
    std::vector<line_amount> split;               // of the award of this command over the claimed lines
    std::optional<award> awarded;                 // before
    std::optional<instant> charged_back_since{};  // a chargeback is open
    std::optional<std::string> parcel_under_way;  // its tracking number; empty if it has none
    role decided_by{};                            // who agreed to it or decided it
    decision_terms decision;                      // before
    bool appeals_are_left = false;
    recourse::execution execution{};
    bool seller_may_escalate = false;
    std::vector<refund_part> refunds;  // of the split: one for each tender that it goes back to
    money paid_in_part;                // for goods that came back as agreed
    std::int64_t paid_before = 0;      // instructed before this settlement, on the same claim
    money recoup_due;                  // that was not asked back before
    std::string recoup_key;
};

// ---- events
struct seller_contacted {
    static constexpr std::string_view name = "seller_contacted";
    policy_reference policy;
    order_id order;
    payment_id payment;
    party_facts buyer;
    party_facts seller;
    recourse::reason reason;
    std::vector<claim_line> lines;
    recourse::currency currency;            // of the payment
    std::optional<instant> contacted_at{};  // a dispute that is opened after it is judged by this instant
    static seller_contacted of(facts const& known, contact_seller const& command) {
        return {known.policy,         command.order.order, command.order.payment, command.order.buyer,
                command.order.seller, command.reason,      command.lines,         command.order.captured.currency,
                known.contacted_at};
    }
    bool operator==(seller_contacted const&) const = default;
};
struct contact_answered {
    static constexpr std::string_view name = "contact_answered";
    static contact_answered of(facts const&, answer_contact const&) { return {}; }
    bool operator==(contact_answered const&) const = default;
};
struct contact_lapsed {  // the seller did not answer in time: a dispute may be opened
    static constexpr std::string_view name = "contact_lapsed";
    static contact_lapsed of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(contact_lapsed const&) const = default;
};
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
    std::optional<dispute_id> follows{};
    std::optional<instant> promised_until{};
    std::optional<instant> escalation_opens{};
    bool at_once = false;                 // to mediation, without a negotiation
    std::optional<money> coverage_cap{};  // what the platform bears at most, by the order's day; nullopt: no limit
    static dispute_opened of(facts const& known, open_dispute const& command) {
        return {known.policy,
                command.order.order,
                command.order.payment,
                command.order.buyer,
                command.order.seller,
                command.reason,
                command.award,
                known.claimed,
                known.refundable,
                known.protection_ends,
                command.evidence,
                command.follows,
                known.promised_until,
                known.escalation_opens_at,
                known.goes_to_mediation_at_once,
                known.coverage_cap};
    }
    bool operator==(dispute_opened const&) const = default;
};
struct claim_amended {
    static constexpr std::string_view name = "claim_amended";
    recourse::reason reason;
    recourse::award claim;
    std::vector<line_amount> lines;     // claimed from now on, with what can be refunded for each
    std::vector<line_amount> released;  // claimed before
    money refundable;
    std::vector<recourse::evidence> evidence;
    bool answer_restarts = false;
    bool offers_are_voided = false;
    bool ends_hold = false;
    static claim_amended of(facts const& known, amend_claim const& command) {
        return {known.amended_reason, command.award,         known.claimed,           known.released, known.refundable,
                command.evidence,     known.answer_restarts, known.offers_are_voided, known.ends_hold};
    }
    bool operator==(claim_amended const&) const = default;
};
struct claim_reduced {
    static constexpr std::string_view name = "claim_reduced";
    std::vector<line_amount> lines;
    bool already_freed = false;
    static claim_reduced of(facts const&, reduce_claim const& command) {
        return {command.lines, command.already_freed};
    }
    bool operator==(claim_reduced const&) const = default;
};
struct units_joined {  // an amendment may take them in, though their protection has ended
    static constexpr std::string_view name = "units_joined";
    dispute_id from;
    std::vector<claim_line> lines;
    static units_joined of(facts const&, join_units const& command) { return {command.from, command.lines}; }
    bool operator==(units_joined const&) const = default;
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
    bool counts_as_given_up = false;  // the policy limits how often its units are disputed again
    static dispute_withdrawn of(facts const& known, withdraw_dispute const&) {
        recourse::outcome ended{resolution::withdrawn, known.by, {}};
        // What came back as agreed was paid for before.
        if (known.paid_in_part.minor > 0) ended.awarded = award{remedy::partial_refund, known.paid_in_part};
        return {ended, known.reopenings_are_counted && !ended.awarded};
    }
    bool operator==(dispute_withdrawn const&) const = default;
};
// How far a decision stands when it is reached.
enum class standing : std::uint8_t { final, suspensive, provisional };

struct decision_reached {  // agreed, decided, or granted by silence
    static constexpr std::string_view name = "decision_reached";
    decision_terms terms;
    role decided_by{};
    dispute::standing standing = standing::final;
    [[nodiscard]] bool runs_clock() const noexcept { return standing != standing::final; }
    static decision_reached of(facts const& known, reach_decision const& command) {
        return {command.terms, known.decided_by, standing_of(known, command)};
    }
    static decision_reached of(facts const& known, deadline_passed const&) {
        return {{known.claim}, known.decided_by, standing::final};
    }
    bool operator==(decision_reached const&) const = default;

  private:
    static dispute::standing standing_of(facts const& known, reach_decision const& command) {
        if (!command.appealable || !known.appeals_are_left) return standing::final;
        auto const& awarded = command.terms.awarded;
        bool const is_money = awarded && !goods_go_back(awarded->remedy) && !is_a_promise(awarded->remedy);
        return is_money && known.execution == execution::provisional ? standing::provisional : standing::suspensive;
    }
};
struct decision_became_final {  // nobody appealed in time
    static constexpr std::string_view name = "decision_became_final";
    decision_terms terms;
    static constexpr bool runs_clock() noexcept { return false; }
    static decision_became_final of(facts const& known, deadline_passed const&) { return {known.decision}; }
    bool operator==(decision_became_final const&) const = default;
};
struct appeal_begun {
    static constexpr std::string_view name = "appeal_begun";
    static appeal_begun of(facts const&, begin_appeal const&) { return {}; }
    bool operator==(appeal_begun const&) const = default;
};
struct decision_restored {
    static constexpr std::string_view name = "decision_restored";
    decision_terms terms;
    [[nodiscard]] bool runs_clock() const noexcept { return standing != standing::final; }
    dispute::standing standing = standing::final;  // suspensive as long as there is another appeal to wait for
    static decision_restored of(facts const& known, restore_decision const&) {
        return {known.decision, known.appeals_are_left ? standing::suspensive : standing::final};
    }
    bool operator==(decision_restored const&) const = default;
};
struct provisional_settlement_begun {
    static constexpr std::string_view name = "provisional_settlement_begun";
    recourse::award award;
    std::vector<line_amount> split;
    std::vector<refund_part> refunds;
    static provisional_settlement_begun of(facts const& known, pay_provisionally const& command) {
        return {command.award, known.split, known.refunds};
    }
    bool operator==(provisional_settlement_begun const&) const = default;
};
struct part_settlement_begun {
    static constexpr std::string_view name = "part_settlement_begun";
    std::vector<line_amount> split;
    std::vector<refund_part> refunds;
    static part_settlement_begun of(facts const& known, settle_part const&) { return {known.split, known.refunds}; }
    bool operator==(part_settlement_begun const&) const = default;
};
struct exchange_begun {
    static constexpr std::string_view name = "exchange_begun";
    recourse::award award;
    static exchange_begun of(facts const&, begin_exchange const& command) { return {command.award}; }
    bool operator==(exchange_begun const&) const = default;
};
struct remedy_begun {
    static constexpr std::string_view name = "remedy_begun";
    recourse::award award;
    static remedy_begun of(facts const&, begin_remedy const& command) { return {command.award}; }
    bool operator==(remedy_begun const&) const = default;
};
struct settlement_begun {
    static constexpr std::string_view name = "settlement_begun";
    recourse::award award;
    std::vector<line_amount> split;
    role decided_by{};
    std::vector<refund_part> refunds{};  // empty when all of it was paid before
    static settlement_begun of(facts const& known, begin_settlement const& command) {
        return {command.award, known.split, known.decided_by, known.refunds};
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
        // Nothing else was awarded: what came back as agreed is what was paid for.
        if (!known.awarded)
            return {{resolution::partial_refund, known.decided_by, award{remedy::partial_refund, known.paid_in_part}}};
        auto const& awarded = *known.awarded;
        auto how = resolution_of(awarded.remedy);
        // A promise that was paid for was not kept.
        if (is_a_promise(awarded.remedy))
            how = awarded.amount == known.refundable ? resolution::full_refund : resolution::partial_refund;
        return {{how, known.decided_by, known.awarded}};
    }
    bool operator==(dispute_settled const&) const = default;
};
struct dispute_closed {  // without a payment
    static constexpr std::string_view name = "dispute_closed";
    recourse::outcome outcome;
    bool counts_as_given_up = false;
    static dispute_closed of(facts const& known, auto const& command) {
        dispute_closed made{outcome_of(known, command)};
        made.counts_as_given_up = known.reopenings_are_counted && is_without_a_refund(made.outcome.resolution);
        return made;
    }
    bool operator==(dispute_closed const&) const = default;

  private:
    // What a chargeback has closed, or another refund, was not given up.
    static constexpr bool is_without_a_refund(resolution how) noexcept {
        return how == resolution::rejected || how == resolution::expired || how == resolution::return_not_sent ||
               how == resolution::return_lost;
    }
    static recourse::outcome outcome_of(facts const& known, close_dispute const& command) {
        switch (command.resolution) {
            case resolution::unpaid:
                if (!known.awarded && known.paid_in_part.minor > 0)
                    return {resolution::unpaid, known.decided_by, award{remedy::partial_refund, known.paid_in_part}};
                return {resolution::unpaid, known.decided_by, known.awarded};
            case resolution::exchanged:
            case resolution::replaced:
            case resolution::remedied: return {command.resolution, known.decided_by, known.awarded};
            case resolution::rejected:
                // What came back as agreed was paid for before the rest was rejected.
                if (known.paid_in_part.minor > 0)
                    return {resolution::partial_refund, known.decided_by,
                            award{remedy::partial_refund, known.paid_in_part}};
                return {resolution::rejected, known.decided_by, {}};
            case resolution::charged_back: return {resolution::charged_back, known.by, {}, known.parcel_under_way};
            default: return {command.resolution, known.by, {}};
        }
    }
    static recourse::outcome outcome_of(facts const& known, merge_dispute const& command) {
        return {resolution::merged, known.by, {}, {}, command.into};
    }
    static recourse::outcome outcome_of(facts const& known, deadline_passed const&) {
        return {known.was_contact_only ? resolution::not_pursued : resolution::expired, known.by, {}};
    }
};
struct recoup_ordered {  // the buyer is asked for it
    static constexpr std::string_view name = "recoup_ordered";
    std::string key;
    money amount;
    static recoup_ordered of(facts const& known, order_recoup const&) { return {known.recoup_key, known.recoup_due}; }
    bool operator==(recoup_ordered const&) const = default;
};

// ---- guards
using lifecycle::alternative_is_offered;
using lifecycle::amount_in_the_currency;
using lifecycle::amount_is_positive;
using lifecycle::amount_is_refundable;
using lifecycle::evidence_is_acceptable;
using lifecycle::evidence_is_given;
using lifecycle::full_means_all;
using lifecycle::not_after_a_contested_return;
using lifecycle::partial_means_less;
using lifecycle::remedy_is_offered;

struct contact_is_foreseen {
    static constexpr std::string_view name = "contact_is_foreseen";
    static constexpr auto otherwise = refusal::contact_not_foreseen;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.contact_is_required; }
};
struct contact_is_not_required {
    static constexpr std::string_view name = "contact_is_not_required";
    static constexpr auto otherwise = refusal::contact_required_first;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.contact_is_required; }
};
struct contact_wait_is_over {
    static constexpr std::string_view name = "contact_wait_is_over";
    static constexpr auto otherwise = refusal::contact_wait_not_over;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.contact_is_over; }
    static void particulars(facts const& known, auto const&, refused& no) { no.not_before = known.contact_ends; }
};
struct contact_covers_it {  // the seller could answer only what he was told
    static constexpr std::string_view name = "contact_covers_it";
    static constexpr auto otherwise = refusal::beyond_the_contact;
    static bool holds(facts const& known, auto const&) noexcept { return known.beyond_contact.empty(); }
    static void particulars(facts const& known, auto const&, refused& no) { no.because = known.beyond_contact; }
};
struct nothing_is_paid_provisionally {
    static constexpr std::string_view name = "nothing_is_paid_provisionally";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.paid_provisionally; }
    static void particulars(facts const&, auto const&, refused& no) {
        no.because = "A refund was paid while an appeal was possible; whether it stays is to be decided.";
    }
};
struct not_answered_yet {
    static constexpr std::string_view name = "not_answered_yet";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.contact_was_answered; }
    static void particulars(facts const&, auto const&, refused& no) { no.because = "It was answered before."; }
};
struct amendments_are_left {
    static constexpr std::string_view name = "amendments_are_left";
    static constexpr auto otherwise = refusal::amendments_used_up;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.amendments_are_left; }
    static void particulars(facts const& known, auto const&, refused& no) { no.expected = known.amendments_max; }
};
struct amendable_here {
    static constexpr std::string_view name = "amendable_here";
    static constexpr auto otherwise = refusal::claim_not_amendable_now;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.amendable_here; }
};
struct by_who_may_merge {
    static constexpr std::string_view name = "by_who_may_merge";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.by == role::platform_operator || known.has_the_mediation;
    }
};
struct other_goes_on_with_it {
    static constexpr std::string_view name = "other_goes_on_with_it";
    static constexpr auto otherwise = refusal::disputes_not_mergeable;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.merge_problem; }
    static void particulars(facts const& known, merge_dispute const& command, refused& no) {
        no.code = *known.merge_problem;
        no.subject = command.into.text();
        no.because = known.merge_because;
    }
};
struct by_who_may_escalate {
    static constexpr std::string_view name = "by_who_may_escalate";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.by == role::buyer || (known.by == role::seller && known.seller_may_escalate);
    }
};
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
struct reopenings_are_left {
    static constexpr std::string_view name = "reopenings_are_left";
    static constexpr auto otherwise = refusal::reopenings_used_up;
    static bool holds(facts const& known, auto const&) noexcept { return known.reopening_problem.empty(); }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.because = known.reopening_problem;
        no.expected = known.reopenings_max;
    }
};
struct reason_is_offered {
    static constexpr std::string_view name = "reason_is_offered";
    static constexpr auto otherwise = refusal::reason_not_offered;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.reason_is_offered; }
    static void particulars(facts const& known, auto const& command, refused& no) {
        if constexpr (requires { command.reason->text(); })
            no.subject = known.amended_reason.text();
        else
            no.subject = command.reason.text();
        no.because = "It offers: " + known.offered_reasons + ".";
    }
};
struct no_chargeback_is_open {
    static constexpr std::string_view name = "no_chargeback_is_open";
    static constexpr auto otherwise = refusal::chargeback_is_open;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.charged_back_since; }
    static void particulars(facts const& known, auto const&, refused& no) { no.since = known.charged_back_since; }
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
struct stage_takes_evidence {
    static constexpr std::string_view name = "stage_takes_evidence";
    static constexpr auto otherwise = refusal::evidence_not_taken_now;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.takes_evidence; }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.subject = known.evidence_stage;
        no.because = known.evidence_takers.empty() ? "It is taken from nobody." : "It is taken from: ";
        if (!known.evidence_takers.empty()) no.because += known.evidence_takers + ".";
    }
};
struct evidence_is_not_frozen {
    static constexpr std::string_view name = "evidence_is_not_frozen";
    static constexpr auto otherwise = refusal::evidence_is_frozen;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.evidence_is_frozen; }
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
struct end_grants {
    static constexpr std::string_view name = "end_grants";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_time_ends == silence::grants_claim;
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
    //   from                on command             to                  records                        only if
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< not_opened        , contact_seller       , contacting        , seller_contacted             , by_buyer, contact_is_foreseen, order_agrees, lines_are_right, reason_is_offered >,
    row< not_opened        , open_dispute         , negotiating       , dispute_opened               , by_buyer, contact_is_not_required, order_agrees, lines_are_right, units_are_free, reopenings_are_left,
                                                                                                       reason_is_offered, protection_has_started, protection_runs,
                                                                                                       evidence_is_enough, evidence_is_acceptable, no_chargeback_is_open >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< contacting        , answer_contact       , contacting        , contact_answered             , by_seller, not_answered_yet >,
    row< contacting        , open_dispute         , negotiating       , dispute_opened               , by_buyer, contact_wait_is_over, order_agrees, contact_covers_it, lines_are_right, units_are_free, reopenings_are_left,
                                                                                                       reason_is_offered, protection_has_started, protection_runs,
                                                                                                       evidence_is_enough, evidence_is_acceptable, no_chargeback_is_open >,
    row< contacting        , withdraw_dispute     , closed            , dispute_withdrawn            , by_buyer                 >,
    row< contacting        , deadline_passed      , contacted         , contact_lapsed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< contacted         , open_dispute         , negotiating       , dispute_opened               , by_buyer, order_agrees, contact_covers_it, lines_are_right, units_are_free, reopenings_are_left,
                                                                                                       reason_is_offered, protection_has_started, protection_runs,
                                                                                                       evidence_is_enough, evidence_is_acceptable, no_chargeback_is_open >,
    row< contacted         , withdraw_dispute     , closed            , dispute_withdrawn            , by_buyer                 >,
    row< contacted         , deadline_passed      , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< negotiating       , submit_evidence      , negotiating       , evidence_submitted           , by_party, stage_takes_evidence, evidence_is_given, evidence_is_acceptable >,
    row< negotiating       , amend_claim          , negotiating       , claim_amended                , by_buyer, amendments_are_left, lines_are_right, units_are_free, reopenings_are_left, reason_is_offered, protection_runs,
                                                                                                       evidence_is_enough, evidence_is_acceptable >,
    row< negotiating       , escalate_dispute     , in_mediation      , dispute_escalated            , by_who_may_escalate, escalation_is_open >,
    row< negotiating       , withdraw_dispute     , closed            , dispute_withdrawn            , by_buyer                 >,
    row< negotiating       , send_to_mediation    , in_mediation      , dispute_escalated            , always                   >,
    row< negotiating       , reach_decision       , decided           , decision_reached             , always                   >,
    row< negotiating       , reduce_claim         , negotiating       , claim_reduced                , always                   >,
    row< negotiating       , merge_dispute        , closed            , dispute_closed               , by_who_may_merge, other_goes_on_with_it >,
    row< negotiating       , join_units           , negotiating       , units_joined                 , always                   >,
    row< negotiating       , close_dispute        , closed            , dispute_closed               , always                   >,
    row< negotiating       , deadline_passed      , in_mediation      , dispute_escalated            , end_escalates            >,
    row< negotiating       , deadline_passed      , decided           , decision_reached             , end_grants               >,
    row< negotiating       , deadline_passed      , closed            , dispute_closed               , end_closes               >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< in_mediation      , submit_evidence      , in_mediation      , evidence_submitted           , by_party, stage_takes_evidence, evidence_is_given, evidence_is_acceptable >,
    row< in_mediation      , amend_claim          , in_mediation      , claim_amended                , by_buyer, amendable_here, amendments_are_left, lines_are_right, units_are_free, reopenings_are_left, reason_is_offered, protection_runs,
                                                                                                       evidence_is_enough, evidence_is_acceptable >,
    row< in_mediation      , withdraw_dispute     , closed            , dispute_withdrawn            , by_buyer, nothing_is_paid_provisionally >,
    row< in_mediation      , reach_decision       , decided           , decision_reached             , always                   >,
    row< in_mediation      , reduce_claim         , in_mediation      , claim_reduced                , always                   >,
    row< in_mediation      , merge_dispute        , closed            , dispute_closed               , by_who_may_merge, other_goes_on_with_it, nothing_is_paid_provisionally >,
    row< in_mediation      , join_units           , in_mediation      , units_joined                 , always                   >,
    row< in_mediation      , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< decided           , pay_provisionally    , decided           , provisional_settlement_begun , always                   >,
    row< decided           , begin_appeal         , under_appeal      , appeal_begun                 , always                   >,
    row< decided           , begin_settlement     , settling          , settlement_begun             , always                   >,
    row< decided           , begin_return         , returning         , return_begun                 , always                   >,
    row< decided           , begin_remedy         , remedying         , remedy_begun                 , always                   >,
    row< decided           , reduce_claim         , decided           , claim_reduced                , always                   >,
    row< decided           , close_dispute        , closed            , dispute_closed               , always                   >,
    row< decided           , deadline_passed      , decided           , decision_became_final        , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< under_appeal      , reach_decision       , decided           , decision_reached             , always                   >,
    row< under_appeal      , restore_decision     , decided           , decision_restored            , always                   >,
    row< under_appeal      , reduce_claim         , under_appeal      , claim_reduced                , always                   >,
    row< under_appeal      , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< returning         , submit_evidence      , returning         , evidence_submitted           , by_party, stage_takes_evidence, evidence_is_not_frozen, evidence_is_given, evidence_is_acceptable >,
    row< returning         , withdraw_dispute     , closed            , dispute_withdrawn            , by_buyer, goods_are_not_under_way, nothing_is_paid_provisionally >,
    row< returning         , settle_part          , returning         , part_settlement_begun        , always                   >,
    row< returning         , begin_settlement     , settling          , settlement_begun             , always                   >,
    row< returning         , begin_exchange       , exchanging        , exchange_begun               , always                   >,
    row< returning         , resume_mediation     , in_mediation      , mediation_resumed            , always                   >,
    row< returning         , reduce_claim         , returning         , claim_reduced                , always                   >,
    row< returning         , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< exchanging        , begin_settlement     , settling          , settlement_begun             , always                   >,
    row< exchanging        , reduce_claim         , exchanging        , claim_reduced                , always                   >,
    row< exchanging        , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< remedying         , begin_settlement     , settling          , settlement_begun             , always                   >,
    row< remedying         , reduce_claim         , remedying         , claim_reduced                , always                   >,
    row< remedying         , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< settling          , complete_settlement  , closed            , dispute_settled              , always                   >,
    row< settling          , interrupt_settlement , settlement_failed , settlement_interrupted       , always                   >,
    row< settling          , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    row< settlement_failed , resume_settlement    , settling          , settlement_resumed           , always                   >,
    row< settlement_failed , complete_settlement  , closed            , dispute_settled              , always                   >,
    row< settlement_failed , close_dispute        , closed            , dispute_closed               , always                   >,
    // +-------------------+----------------------+-------------------+------------------------------+--------------------------+
    // A refund of a part may be given up after the rest has ended, and one that was given up may still be confirmed: the
    // outcome is put right, the dispute stays closed.
    row< closed            , close_dispute        , closed            , dispute_closed               , always                   >,
    row< closed            , complete_settlement  , closed            , dispute_settled              , always                   >,
    row< closed            , order_recoup         , closed            , recoup_ordered               , always                   >>;
// clang-format on

// ---- what a dispute keeps
struct evidence_source {
    role by{};
    std::uint8_t stage = 0;  // the state that the dispute was in
    bool operator==(evidence_source const&) const = default;
};
// What of a dispute is there only when it takes a certain way: read as if it were a part of the instance, and written so.
struct ruling {
    std::optional<award> awarded;
    std::optional<role> decided_by;  // of what was awarded
    std::optional<recourse::outcome> outcome;
    std::vector<funding> funded_by{};  // of what was awarded; empty: the seller bears all
    std::vector<rule_id> rules{};      // that the decision cites
    bool operator==(ruling const&) const = default;
};
struct course {
    std::vector<line_amount> settled{};  // ordered for goods that came back as agreed
    std::int64_t provisional_minor = 0;  // paid while an appeal was still possible
    std::optional<dispute_id> follows{};
    std::optional<instant> promised_until{};
    std::optional<instant> escalation_opens{};
    std::optional<money> coverage_cap{};
    std::optional<instant> contacted_at{};
    std::vector<claim_line> contacted_lines{};  // what the seller was contacted about; empty: nothing was kept of it
    std::vector<claim_line> joined{};           // of disputes that were merged into this one
    bool operator==(course const&) const = default;
};
struct bill {
    std::vector<side_cost> costs{};   // beside what was awarded
    std::uint32_t costs_ordered = 0;  // how many of them, when a decision was final
    std::int64_t recoup_minor = 0;    // asked back of what was paid provisionally
    std::uint32_t recoup_orders = 0;
    bool operator==(bill const&) const = default;
};
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
    rarely<dispute::ruling> ruling{};
    dispute::standing standing = standing::final;
    bool contact_was_answered = false;
    std::uint32_t amendments = 0;
    rarely<dispute::course> course{};
    rarely<dispute::bill> bill{};
    std::vector<evidence_source> sources{};  // of each piece of evidence, in the same order
    bool operator==(instance const&) const = default;
};
// How many pieces of evidence somebody in that role has brought.
inline std::size_t pieces_of(instance const& kept, role who) noexcept {
    return static_cast<std::size_t>(
        std::count_if(kept.sources.begin(), kept.sources.end(), [&](auto const& one) { return one.by == who; }));
}
inline void apply(instance& kept, seller_contacted const& told) {
    kept.policy = told.policy;
    kept.order = told.order;
    kept.payment = told.payment;
    kept.buyer = told.buyer;
    kept.seller = told.seller;
    kept.reason = told.reason;
    kept.claim.amount.currency = told.currency;
    kept.refundable.currency = told.currency;
    auto& course = kept.course.change();
    course.contacted_at = told.contacted_at;
    course.contacted_lines = told.lines;
}
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
    auto course = *kept.course;
    course.follows = told.follows;
    course.promised_until = told.promised_until;
    course.escalation_opens = told.escalation_opens;
    course.coverage_cap = told.coverage_cap;
    kept.course = std::move(course);
}
inline void apply(instance& kept, contact_answered const&) { kept.contact_was_answered = true; }
inline void apply(instance& kept, claim_amended const& told) {
    kept.reason = told.reason;
    kept.claim = told.claim;
    kept.lines = told.lines;
    kept.refundable = told.refundable;
    // The units that were paid for are not claimed again; their money stays counted.
    if (!kept.course->settled.empty()) {
        for (auto& part : kept.course.change().settled) part.units = 0;
    }
    ++kept.amendments;
}
inline void apply(instance& kept, claim_reduced const& told) {
    for (auto const& part : told.lines) {
        for (auto& line : kept.lines) {
            if (line.line == part.line) line.minor -= part.minor;
        }
        kept.refundable.minor -= part.minor;
    }
    kept.claim.amount.minor = std::min(kept.claim.amount.minor, kept.refundable.minor);
}
inline void apply(instance& kept, units_joined const& told) {
    auto& joined = kept.course.change().joined;
    joined.insert(joined.end(), told.lines.begin(), told.lines.end());
}
// The costs of a decision are ordered when it is final; those of an earlier one that was final stay.
inline void stands(instance& kept, dispute::standing how) {
    kept.standing = how;
    auto const costs = static_cast<std::uint32_t>(kept.bill->costs.size());
    if (how == standing::final && costs != kept.bill->costs_ordered) kept.bill.change().costs_ordered = costs;
}
inline void apply(instance& kept, decision_reached const& told) {
    auto& ruling = kept.ruling.change();
    ruling.awarded = told.terms.awarded;
    ruling.funded_by = told.terms.funded_by;
    ruling.rules = told.terms.rules;
    ruling.decided_by = told.decided_by;
    auto bill = *kept.bill;
    bill.costs.resize(bill.costs_ordered);
    bill.costs.insert(bill.costs.end(), told.terms.costs.begin(), told.terms.costs.end());
    kept.bill = std::move(bill);
    stands(kept, told.standing);
}
inline void apply(instance& kept, decision_became_final const&) { stands(kept, standing::final); }
inline void apply(instance& kept, decision_restored const& told) { stands(kept, told.standing); }
// What is paid before the rest is settled is no longer held by the claim.
inline void pay_ahead(instance& kept, std::vector<line_amount> const& split) {
    for (auto const& part : split) {
        for (auto& line : kept.lines) {
            if (line.line == part.line) line.minor -= part.minor;
        }
        kept.refundable.minor -= part.minor;
    }
}
inline void apply(instance& kept, provisional_settlement_begun const& told) {
    pay_ahead(kept, told.split);
    for (auto const& part : told.split) kept.course.change().provisional_minor += part.minor;
}
inline void apply(instance& kept, part_settlement_begun const& told) {
    pay_ahead(kept, told.split);
    auto& settled = kept.course.change().settled;
    settled.insert(settled.end(), told.split.begin(), told.split.end());
}
inline void apply(instance& kept, settlement_begun const& told) {
    auto& ruling = kept.ruling.change();
    ruling.awarded = told.award;
    ruling.decided_by = told.decided_by;
}
inline void apply(instance& kept, return_begun const& told) {
    auto& ruling = kept.ruling.change();
    ruling.awarded = told.award;
    ruling.decided_by = told.decided_by;
}
inline void apply(instance& kept, mediation_resumed const&) {
    kept.ruling = dispute::ruling{.awarded = {}, .decided_by = {}, .outcome = kept.ruling->outcome};
}
inline void apply(instance& kept, recoup_ordered const& told) {
    auto& bill = kept.bill.change();
    bill.recoup_minor += told.amount.minor;
    ++bill.recoup_orders;
}
inline void apply(instance& kept, dispute_withdrawn const& told) { kept.ruling.change().outcome = told.outcome; }
inline void apply(instance& kept, dispute_settled const& told) { kept.ruling.change().outcome = told.outcome; }
inline void apply(instance& kept, dispute_closed const& told) { kept.ruling.change().outcome = told.outcome; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "dispute";
    static constexpr std::uint8_t code = 1;
    static constexpr bool many = false;
    using initial = not_opened;
    using facts = dispute::facts;
    using table = dispute::table;
    using instance = dispute::instance;
    using waits = list<runs<contacting, clock::contact_wait>, runs<contacted, clock::contact_opening>,
                       runs<negotiating, clock::negotiation>, leaves_it_to_others<in_mediation>,
                       runs<decided, clock::appeal_window>, leaves_it_to_others<under_appeal>,
                       leaves_it_to_others<returning>, leaves_it_to_others<exchanging>, leaves_it_to_others<remedying>,
                       leaves_it_to_others<settling>, leaves_it_to_others<settlement_failed>, ends<closed>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::dispute

namespace recourse {
template <>
inline constexpr std::array<std::string_view, 3> wire_names<dispute::standing>{"final", "suspensive", "provisional"};
}  // namespace recourse
