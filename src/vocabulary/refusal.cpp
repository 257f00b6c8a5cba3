// Refusals: each with its sentence.
#include "recourse/vocabulary/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace recourse {

std::vector<refusal_text> const& all_refusals() {
    using enum refusal;
    // clang-format off
    static std::vector<refusal_text> const all{
        {command_id_reused,              "command_id_reused",              "This command id was used before for a command with other content."},
        {stale_version,                  "stale_version",                  "The dispute has changed since the version that the command expects."},
        {dispute_unknown,                "dispute_unknown",                "There is no such dispute."},
        {dispute_already_opened,         "dispute_already_opened",         "A dispute with this id was opened before."},
        {policy_unknown,                 "policy_unknown",                 "There is no such policy."},
        {calendar_unknown,               "calendar_unknown",               "There is no such holiday calendar."},
        {time_zone_unknown,              "time_zone_unknown",              "There is no such time zone."},
        {sent_to_the_wrong_file,         "sent_to_the_wrong_file",         "What happens to a payment is told to its file, GROUP//PAYMENT, and what happens in a dispute to the dispute."},
        {payment_unknown,                "payment_unknown",                "Nothing was told of this payment yet: its order is told first."},
        {not_for_this_role,              "not_for_this_role",              "Somebody in this role may not do that."},
        {not_a_party_of_this_dispute,    "not_a_party_of_this_dispute",    "Only the buyer and the seller of this dispute may do that, each for himself."},
        {mediator_is_a_party,            "mediator_is_a_party",            "Nobody mediates a dispute of his own."},
        {assigned_to_another_mediator,   "assigned_to_another_mediator",   "Another mediator holds this dispute."},
        {information_not_asked_of_you,   "information_not_asked_of_you",   "The mediator has not asked this party, or it has answered already."},
        {offer_is_your_own,              "offer_is_your_own",              "An offer is answered by the other party, not by its author."},
        {offer_is_not_your_own,          "offer_is_not_your_own",          "Only the author of an offer may withdraw it."},
        {mediator_decided_before,         "mediator_decided_before",         "The mediator who decided this dispute does not review his own decision."},
        {not_yours_to_appeal,             "not_yours_to_appeal",             "This party got all it asked for, or has appealed already."},
        {not_possible_in_this_state,     "not_possible_in_this_state",     "Nobody can do that in this state."},
        {protection_not_started,         "protection_not_started",         "Buyer protection has not started yet."},
        {protection_window_closed,       "protection_window_closed",       "Buyer protection has ended."},
        {escalation_not_open_yet,        "escalation_not_open_yet",        "Escalation opens when the seller has answered or his time to answer has run out."},
        {goods_are_on_their_way,         "goods_are_on_their_way",         "The goods are on their way back; the return must be finished first."},
        {contact_required_first,          "contact_required_first",          "The policy asks the buyer to contact the seller before a dispute is opened."},
        {contact_wait_not_over,           "contact_wait_not_over",           "The seller still has time to answer."},
        {claim_not_amendable_now,         "claim_not_amendable_now",         "The policy lets the claim be amended in the negotiation only."},
        {appeal_window_closed,            "appeal_window_closed",            "The time of this party to appeal has ended."},
        {suspended_by_chargeback,         "suspended_by_chargeback",         "The dispute waits for the outcome of a chargeback."},
        {chargeback_is_open,             "chargeback_is_open",             "A chargeback of the payment is open: its money cannot be refunded or disputed as long as it is."},
        {order_facts_contradict,         "order_facts_contradict",         "The order's facts contradict each other or what was recorded of this payment before."},
        {line_unknown,                   "line_unknown",                   "The order has no such line."},
        {line_repeated,                  "line_repeated",                  "A line is named more than once."},
        {units_exceed_line,              "units_exceed_line",              "More units are claimed than the line has, or fewer than one."},
        {units_already_in_dispute,       "units_already_in_dispute",       "These units are in another dispute that is still open."},
        {reason_not_offered,             "reason_not_offered",             "The policy knows no such reason."},
        {remedy_not_offered,             "remedy_not_offered",             "The policy does not offer this remedy for this reason."},
        {evidence_missing,               "evidence_missing",               "Evidence is missing that the reason or the action calls for."},
        {evidence_used_up,               "evidence_used_up",               "No more pieces of evidence may be added."},
        {evidence_too_large,             "evidence_too_large",             "A piece of evidence is larger than the policy allows, or has no size."},
        {evidence_repeated,              "evidence_repeated",              "The same piece of evidence was given before."},
        {tracking_missing,               "tracking_missing",               "The carrier and the tracking number of the parcel are needed."},
        {return_address_missing,         "return_address_missing",         "The address that the goods go back to is needed."},
        {payment_reference_missing,      "payment_reference_missing",      "The payment provider's reference is needed."},
        {alternative_not_offered,         "alternative_not_offered",         "The policy knows no such alternative."},
        {alternative_misplaced,           "alternative_misplaced",           "An alternative is named if, and only if, the remedy is an alternative."},
        {contact_not_foreseen,            "contact_not_foreseen",            "The policy knows no contact before a dispute: open it at once."},
        {appeal_ground_unknown,           "appeal_ground_unknown",           "The policy knows no such ground of appeal."},
        {appeal_ground_repeated,          "appeal_ground_repeated",          "This party has appealed for this reason before."},
        {rule_unknown,                    "rule_unknown",                    "The policy has no such rule to cite, or one is needed and none was cited."},
        {amount_in_another_currency,     "amount_in_another_currency",     "The amount is not in the currency of the payment."},
        {amount_not_positive,            "amount_not_positive",            "The amount must be above zero."},
        {amount_exceeds_refundable,      "amount_exceeds_refundable",      "The amount exceeds what can still be refunded for these units."},
        {full_refund_is_another_amount,  "full_refund_is_another_amount",  "A full refund is exactly what can still be refunded for these units."},
        {partial_refund_is_the_full_amount,"partial_refund_is_the_full_amount","This is the whole amount: a full refund, not a partial one."},
        {confirmed_amount_differs,       "confirmed_amount_differs",       "The amount that was paid differs from the amount that was instructed."},
        {funding_differs_from_award,      "funding_differs_from_award",      "The parts that each bears do not add up to the award."},
        {partial_amount_not_offered,     "partial_amount_not_offered",     "The policy does not offer a partial refund of this amount."},
        {payment_facts_contradict,       "payment_facts_contradict",       "This contradicts what was told of the same refund or chargeback before."},
        {tender_unknown,                 "tender_unknown",                 "The payment has no such tender."},
        {offers_used_up,                 "offers_used_up",                 "This party has made as many offers as the policy allows."},
        {claim_cannot_be_withdrawn_as_an_offer,"claim_cannot_be_withdrawn_as_an_offer","The claim itself is withdrawn by withdrawing the dispute."},
        {offer_unknown,                  "offer_unknown",                  "There is no such offer in this dispute."},
        {refund_unknown,                 "refund_unknown",                 "There is no such refund in this dispute."},
        {return_unknown,                 "return_unknown",                 "There is no return in this dispute."},
        {information_requests_used_up,   "information_requests_used_up",   "The mediator has asked as often as the policy allows."},
        {refund_attempts_used_up,        "refund_attempts_used_up",        "The refund was tried as often as the policy allows."},
        {return_was_contested_before,    "return_was_contested_before",    "A return of this dispute was contested; a second one is not possible."},
        {amendments_used_up,              "amendments_used_up",              "The claim was amended as often as the policy allows."},
        {appeals_used_up,                 "appeals_used_up",                 "The policy allows no further appeal."},
        {findings_incomplete,             "findings_incomplete",             "The inspection must name each returned line once, with no more units than were to come back."},
        {finding_needs_evidence,          "finding_needs_evidence",          "Goods that are found wanting need evidence."},
        {refund_route_missing,            "refund_route_missing",            "The other route is needed: the name of a payment method that is not the one that failed."},
        {appeal_unknown,                  "appeal_unknown",                  "There is no such appeal in this dispute."},
        {replacement_unknown,             "replacement_unknown",             "There is no replacement under way in this dispute."},
        {appeal_was_joined,               "appeal_was_joined",               "The other party has joined the appeal; it cannot be withdrawn alone."},
        {chargeback_unknown,             "chargeback_unknown",             "There is no such chargeback of this payment."},
        {protection_unknown,             "protection_unknown",             "The payment has no such line."},
        {protection_not_extendable,      "protection_not_extendable",      "Protection is extended by whole days, not beyond what the policy allows, and not once it has ended."},
        {platform_share_exceeds_coverage, "platform_share_exceeds_coverage", "The platform bears less of an order of that day, or of orders in another currency."},
        {channel_closed,                 "channel_closed",                 "Nobody can write to that address now."},
        {only_the_mediator_may_be_written_to,"only_the_mediator_may_be_written_to","While the marketplace decides, the parties write to the mediator only."},
        {message_to_oneself,             "message_to_oneself",             "A message goes to somebody else."},
        {message_empty,                  "message_empty",                  "A message has a text, a reference or an attachment."},
        {message_too_long,               "message_too_long",               "The message is longer than the policy allows."},
        {salt_missing,                   "salt_missing",                   "A text needs a salt of 32 random bytes beside it."},
        {attachments_too_many,           "attachments_too_many",           "The message has more attachments than the policy allows."},
        {evidence_type_not_taken,        "evidence_type_not_taken",        "The policy takes nothing of this media type."},
        {evidence_not_taken_now,         "evidence_not_taken_now",         "The policy takes no evidence from this party at this stage."},
        {evidence_is_frozen,             "evidence_is_frozen",             "It was decided on the evidence there was; more of it goes with an appeal."},
        {cost_not_payable,               "cost_not_payable",               "A cost beside an award is above zero, from one to another; a carrier pays and gets no penalty."},
        {penalty_exceeds_cap,            "penalty_exceeds_cap",            "The penalty is more than the policy allows."},
        {beyond_the_contact,             "beyond_the_contact",             "The seller was contacted about something else, or about less."},
        {reopenings_used_up,             "reopenings_used_up",             "These units were disputed again as often as the policy allows."},
        {disputes_not_mergeable,         "disputes_not_mergeable",         "These two disputes cannot become one."},
        {policy_not_for_this_order,      "policy_not_for_this_order",      "The policy is meant for other orders than this one."},
        {migration_harms_a_party,        "migration_harms_a_party",        "Under that policy a party would lose something, and that was not allowed."},
        {vetoed_by_host,                 "vetoed_by_host",                 "A rule of the host does not allow this now."},
        {policy_is_the_same,             "policy_is_the_same",             "The dispute is under that policy already."},
        {cannot_go_on_under_the_policy,  "cannot_go_on_under_the_policy",  "The dispute cannot go on under that policy."},
        {policy_not_certified,           "policy_not_certified",           "The policy has no certificate that speaks for it, and one is asked for."},
        {policy_unsound,                 "policy_unsound",                 "The policy is unsound: a dispute under it may hang, or come to what must not be."},
        {policy_not_decided,             "policy_not_decided",             "Whether the policy is sound was not decided: there is too much to search."},
    };
    // clang-format on
    return all;
}

namespace {
refusal_text const* find(refusal code) noexcept {
    auto const& all = all_refusals();
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& text) { return text.code == code; });
    return found == all.end() ? nullptr : &*found;
}
}  // namespace

std::string_view name(refusal code) noexcept {
    auto const* text = find(code);
    return text != nullptr ? text->name : "unknown_refusal";
}

std::string_view sentence(refusal code) noexcept {
    auto const* text = find(code);
    return text != nullptr ? text->sentence : "A refusal that this version does not know.";
}

std::string to_text(refused const& no) {
    std::string text{sentence(no.code)};
    if (!no.subject.empty()) text += fmt::format(" It is about: {}.", no.subject);
    if (!no.because.empty()) text += fmt::format(" {}", no.because);
    if (no.since) text += fmt::format(" So since {}.", to_text(*no.since));
    if (no.not_before) text += fmt::format(" Possible from {}.", to_text(*no.not_before));
    if (no.limit) text += fmt::format(" The limit is {}.", to_text(*no.limit));
    if (no.expected) text += fmt::format(" Right would be {}.", *no.expected);
    return text;
}

}  // namespace recourse
