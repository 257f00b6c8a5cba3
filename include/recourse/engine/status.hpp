// The status of a dispute: one sentence for each who looks at it, as a stable code with its parameters.
//
//     auto const now_is = status_of(key, all, money, known, role::buyer, now);
//     now_is.code           // awaiting_sellers_answer
//     to_text(now_is)       // "Waiting for the seller's answer until Thu 19 Mar 2026 24:00 Asia/Shanghai"
//     to_text(status_of(key, all, money, known, role::seller, now))
//                           // "Your answer is due by Thu 19 Mar 2026 24:00 Asia/Shanghai"
//
// A host that speaks another language translates the codes, each for its viewers.
#pragma once

#include "recourse/engine/outlook.hpp"

namespace recourse {

enum class status_code : std::uint8_t {
    not_opened,
    // somebody or something is waited for
    awaiting_sellers_answer,
    awaiting_buyers_answer,
    open_for_agreement,  // nobody owes an answer; open offers stand until the end of the negotiation
    awaiting_mediator,
    awaiting_decision,
    awaiting_buyers_information,
    awaiting_sellers_information,
    awaiting_information_of_both,
    awaiting_return_terms,
    awaiting_return_shipment,
    return_in_transit,
    awaiting_return_inspection,
    refund_ordered,
    refund_failed,
    refund_outcome_unknown,
    // it has ended
    refunded_in_full,
    refunded_in_part,
    refunded_after_return,
    claim_rejected,
    withdrawn,
    expired,
    return_not_sent,
    return_lost,
    refund_unpaid,
    // further ones
    awaiting_contact,
    may_be_opened,
    held_for_delivery,
    decision_may_be_appealed,
    awaiting_appeal_evidence,
    awaiting_review,
    awaiting_replacement_shipment,
    replacement_in_transit,
    awaiting_performance,
    awaiting_replacement_confirmation,
    goods_exchanged,
    goods_replaced,
    remedy_performed,
    contact_not_pursued,
    charged_back,
    refunded_outside,
    other_side_may_appeal,  // the viewer's own time is over
    suspended,
    refund_held,
    // of the file of a payment
    order_known,
    inquiry_to_answer,
    chargeback_to_answer,
    arbitration_to_answer,
    protection_running,
    merged_into_another,
};
inline constexpr std::size_t status_code_count = 50;
template <>
inline constexpr std::array<std::string_view, status_code_count> wire_names<status_code>{
    "not_opened",
    "awaiting_sellers_answer",
    "awaiting_buyers_answer",
    "open_for_agreement",
    "awaiting_mediator",
    "awaiting_decision",
    "awaiting_buyers_information",
    "awaiting_sellers_information",
    "awaiting_information_of_both",
    "awaiting_return_terms",
    "awaiting_return_shipment",
    "return_in_transit",
    "awaiting_return_inspection",
    "refund_ordered",
    "refund_failed",
    "refund_outcome_unknown",
    "refunded_in_full",
    "refunded_in_part",
    "refunded_after_return",
    "claim_rejected",
    "withdrawn",
    "expired",
    "return_not_sent",
    "return_lost",
    "refund_unpaid",
    "awaiting_contact",
    "may_be_opened",
    "held_for_delivery",
    "decision_may_be_appealed",
    "awaiting_appeal_evidence",
    "awaiting_review",
    "awaiting_replacement_shipment",
    "replacement_in_transit",
    "awaiting_performance",
    "awaiting_replacement_confirmation",
    "goods_exchanged",
    "goods_replaced",
    "remedy_performed",
    "contact_not_pursued",
    "charged_back",
    "refunded_outside",
    "other_side_may_appeal",
    "suspended",
    "refund_held",
    "order_known",
    "inquiry_to_answer",
    "chargeback_to_answer",
    "arbitration_to_answer",
    "protection_running",
    "merged_into_another",
};

struct status {
    status_code code = status_code::not_opened;
    role viewer = role::platform_operator;
    bool your_turn = false;              // the viewer's role owes what is waited for
    std::optional<instant> until{};      // exclusive
    std::string zone;                    // whose days `until` is told in
    std::optional<money> amount{};       // of the refund, ordered or paid
    std::optional<instant> remind_at{};  // the viewer's next reminder of `until`, if the policy has one
    bool operator==(status const&) const = default;
};

// As of `now`: deadlines that are due count as applied, nothing is stored. Where several things are waited for, it tells
// the viewer's own; else what anybody owes; the earliest of them. The host and a timer read what the operator reads.
status status_of(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
                 role viewer, instant now);

// Which code tells of a wait.
status_code code_of(wait const& waiting);

// The English sentence with "{until}" and "{amount}" in their places; and with those filled in.
std::string_view sentence(status_code code, role viewer);
std::string to_text(status const&);

}  // namespace recourse
