// What each member of a policy means, in a sentence: the descriptions of its schema. docs/policies.md says it at length.
#pragma once

#include "policy/described.hpp"
#include "policy/json_schema.hpp"

// clang-format off
namespace recourse::json {

template <> inline constexpr std::array<sentence, 30> sentences<policy>{{
    {"format"      , "The version of this format."},
    {"id"          , "The name under which disputes ask for the policy."},
    {"version"     , "A changed document needs a new one."},
    {"title"       , "Text for people."},
    {"sources"     , "What the policy was made from."},
    {"protection"  , "The time in which a dispute may be opened."},
    {"reasons"     , "Why a buyer may complain, and what may be claimed then."},
    {"clocks"      , "How long everybody has."},
    {"silences"    , "What happens when a clock runs out."},
    {"limits"      , "How often and how much."},
    {"contact"     , "Before a dispute: the buyer writes to the seller first."},
    {"amendments"  , "Whether the buyer may change the claim."},
    {"escalation"  , "How a dispute comes to mediation."},
    {"mediation"   , "What a mediator may do."},
    {"appeals"     , "Whether decisions may be appealed, and how."},
    {"returns"     , "How goods go back."},
    {"chargebacks" , "What a chargeback does to a dispute."},
    {"alternatives", "What the parties may agree on instead of money; needed if a reason has the remedy alternative."},
    {"rules"       , "Rules of the marketplace that decisions cite."},
    {"tenders"     , "Which tender is refunded first."},
    {"channel"     , "Who may write to whom in each stage, and how much."},
    {"coverage"    , "What the platform funds at most of an award, by the day on which the order was paid, ascending."},
    {"reopen"      , "How often units may be disputed again whose disputes ended without a refund; without it, as long as protection runs."},
    {"evidence"    , "What evidence is taken, beside the limits."},
    {"anchors"     , "Names for what several rules run from; each may use those before it."},
    {"rounding"    , "What becomes of a part of a minor unit where a percent is taken."},
    {"schedules"   , "Hours in which somebody is there, for clocks in service_hours."},
    {"applies_to"  , "For which orders the policy is meant; without it, it is had by its name only."},
    {"reminders"   , "Who is told before a clock runs out."},
    {"conduct"     , "What the parties' conduct changes; without it, nothing."},
}};
template <> inline constexpr std::array<sentence, 6> sentences<order_selector>{{
    {"site"          , "Any of these; without it, every one."},
    {"category"      , "Any of these; without it, every one."},
    {"payment_method", "Any of these; without it, every one."},
    {"seller_type"   , "Any of these; without it, every one."},
    {"ordered_from"  , "The first day, where the buyer lives."},
    {"ordered_before", "The first day that is too late."},
}};
template <> inline constexpr std::array<sentence, 3> sentences<written_reminder>{{
    {"clock" , "A member of clocks that runs, or protection."},
    {"before", "How long before its end, on the calendar and in the zone of that clock, such as \"2 business_days\"."},
    {"to"    , "At least one."},
}};
template <> inline constexpr std::array<sentence, 4> sentences<schedule_rule>{{
    {"schedule", "Its name, once in the document."},
    {"calendar", "buyer, seller, or the name of a calendar; seller if it is left out. On its closed days no window opens."},
    {"zone"    , "buyer, seller, or an IANA zone; seller if it is left out."},
    {"windows" , "When it is open."},
}};
template <> inline constexpr std::array<sentence, 3> sentences<written_window>{{
    {"days" , "On which the window opens."},
    {"open" , "A local time such as 09:00."},
    {"close", "A local time; at or before the opening, one of the next day."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<named_anchor>{{
    {"anchor", "Small letters, digits and underscores; once in the document, and not the name of a fact."},
    {"is"    , "paid, shipped, estimated_delivery, delivered or a name, first_of(...) or last_of(...) of them, each with a length after or before it: \"first_of(delivered, estimated_delivery + 3 calendar_days)\"."},
}};

template <> inline constexpr std::array<sentence, 2> sentences<policy_source>{{
    {"document", "What was read."},
    {"read"    , "The day on which it was read."},
}};

template <> inline constexpr std::array<sentence, 5> sentences<protection_rule>{{
    {"from"      , "The fact of the order that starts protection; left out where starts says it."},
    {"length"    , "In calendar_days, because sellers extend protection by days."},
    {"extensions", "What a seller may add by himself; without it, nothing."},
    {"starts"    , "In the place of from: an anchor, such as \"first_of(delivered, estimated_delivery)\"."},
    {"parcels"   , "Of units of a line that travel in several parcels, the last or the first counts; last if it is left out."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<extension_rule>{{
    {"most"       , "How often, for each line."},
    {"days_in_all", "How many days in all, for each line."},
}};

template <> inline constexpr std::array<sentence, 9> sentences<reason_rule>{{
    {"reason"            , "A name, once in the document."},
    {"title"             , "Text for people."},
    {"remedies"          , "What may be claimed, offered and awarded, each once; at least one, here or at the parent."},
    {"evidence"          , "Kinds of which the opening brings at least one piece each."},
    {"partial"           , "Which amounts a partial refund may have when it is claimed or offered."},
    {"waits_for_delivery", "With mediation.holds_for_delivery: only disputes for these reasons wait; if no reason says so, all do."},
    {"parent"            , "A reason before it of which this one is a kind. What is left out here is the parent's; no dispute is opened for a parent."},
    {"not_before"        , "An anchor: no dispute is opened for this reason before it, nor before protection starts."},
    {"not_after"         , "An anchor: no dispute is opened for this reason from then on, nor after protection has ended."},
}};

template <> inline constexpr std::array<sentence, 10> sentences<written_clock>{{
    {"length"  , "A number from 1 to 10000, a blank and a unit, such as \"5 business_days\"; or an ISO 8601 duration of one unit, such as P14D or PT48H."},
    {"start"   , "What happens when the day of the event is closed; not for hours."},
    {"roll"    , "What happens when the last day is closed; for calendar_days, weeks, months and years."},
    {"cut_off" , "A local time such as 17:00; from then on an event counts as one of the next date; not for hours."},
    {"calendar", "buyer, seller, or the name of a calendar; buyer if it is left out."},
    {"zone"    , "buyer, seller, or an IANA zone; buyer if it is left out."},
    {"basis"   , "Where the figure comes from."},
    {"note"    , "The clause, or why the figure was chosen."},
    {"regime"  , "The law that counts it; then start, roll and cut_off are left out."},
    {"schedule", "For service_hours, and only for them: the one of schedules that says which hours count; then calendar and zone are left out."},
}};

template <> inline constexpr std::array<sentence, 24> sentences<clock_rules>{{
    {"negotiation"             , "Both parties' time to agree or escalate, from the opening."},
    {"seller_response"         , "The seller's, to answer."},
    {"buyer_response"          , "The buyer's, to answer an offer or a decline."},
    {"decision"                , "The mediator's, from the escalation, and again after information was given or was due."},
    {"information"             , "The asked parties', to answer the mediator."},
    {"return_terms"            , "The seller's, to say where the goods go."},
    {"return_shipment"         , "The buyer's, to send them."},
    {"return_transit"          , "The carrier's."},
    {"return_inspection"       , "The seller's, to look at them."},
    {"refund_result"           , "The host's, to report what became of a refund order."},
    {"refund_recovery"         , "The host's, to repair a refund that failed or is unknown."},
    {"contact_wait"            , "With contact.required: the seller's, to answer before a dispute."},
    {"contact_opening"         , "With contact.required: the buyer's, to open one after that."},
    {"escalation_wait"         , "From the opening: then escalation opens; without it the seller's answer or silence opens it."},
    {"mediation_lease"         , "The mediator's; then another one may take the dispute over."},
    {"appeal_window"           , "With appeals: the parties', to appeal."},
    {"appeal_window_of_loser"  , "Of who got nothing of what was asked."},
    {"appeal_evidence"         , "With appeals: the parties', to bring evidence."},
    {"appeal_review"           , "With appeals: the reviewer's."},
    {"replacement_shipment"    , "With exchange or replacement: the seller's, to send the other goods."},
    {"replacement_transit"     , "With exchange or replacement: the carrier's."},
    {"replacement_confirmation", "With exchange, replacement or alternative: the buyer's, to look at what was given."},
    {"performance"             , "With alternative: the seller's, to do it."},
    {"suspension"              , "With chargebacks that suspend: how long a dispute waits at most."},
}};

template <> inline constexpr std::array<sentence, 6> sentences<silence_rules>{{
    {"seller"         , "The seller does not answer."},
    {"buyer"          , "The buyer does not answer an offer or a decline."},
    {"negotiation_end", "Nobody agreed or escalated in time."},
    {"mediator"       , "The mediator does not decide."},
    {"lost_return"    , "A parcel with returned goods is lost, or not there in time."},
    {"appeal"         , "The reviewer does not decide."},
}};

template <> inline constexpr std::array<sentence, 5> sentences<limit_rules>{{
    {"offers_per_party"    , "Offers that each party may make; the claim is not counted."},
    {"information_requests", "How often a mediator may ask, over the whole dispute."},
    {"refund_attempts"     , "How often a refund is ordered, the first time counted."},
    {"evidence_pieces"     , "Pieces that each party may bring over the whole dispute."},
    {"evidence_bytes"      , "The size of one piece."},
}};

template <> inline constexpr std::array<sentence, 2> sentences<contact_rules>{{
    {"required"        , "Whether the buyer must write first."},
    {"answer_ends_wait", "The seller's answer lets the buyer open at once."},
}};
template <> inline constexpr std::array<sentence, 4> sentences<amendment_rules>{{
    {"most"           , "How often the buyer may amend the claim."},
    {"in_mediation"   , "In mediation as well."},
    {"restarts_answer", "Whether the seller gets his full time again."},
    {"voids_offers"   , "The seller's open offers end with the claim that they answered."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<escalation_rules>{{
    {"at_once"  , "No negotiation."},
    {"by_seller", "The seller may escalate as well."},
}};
template <> inline constexpr std::array<sentence, 6> sentences<mediation_rules>{{
    {"proposals"           , "How many a mediator may put to both."},
    {"parties_may_settle"  , "Offers between the parties while a mediator has the dispute."},
    {"holds_for_delivery"  , "A dispute waits for the end of the promised delivery."},
    {"decisions_cite_rules", "A decision cites at least one of rules."},
    {"merges_disputes"     , "Of two disputes over one payment one may go on with what both are about."},
    {"penalty_cap"         , "The largest penalty of a decision, zero or more; without it, what the dispute is about."},
}};
template <> inline constexpr std::array<sentence, 5> sentences<appeal_rules>{{
    {"levels"            , "How many appeals, one after the other."},
    {"grounds"           , "What an appeal may rest on; at least one where there are levels."},
    {"needs_new_evidence", "An appeal brings evidence that was not there before."},
    {"execution"         , "Whether money is paid while an appeal is possible."},
    {"information_requests", "How often the reviewer may ask either side for information, in each appeal."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<return_rules>{{
    {"refund_at"          , "When a return for a refund is paid."},
    {"host_provides_label", "The host may give the terms of return."},
}};
template <> inline constexpr std::array<sentence, 1> sentences<chargeback_rules>{{
    {"on_open", "What an open chargeback does to a dispute over the payment."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<alternative_rule>{{
    {"alternative", "A name, once in the document."},
    {"title"      , "Text for people."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<cited_rule>{{
    {"rule" , "A name, once in the document."},
    {"title", "Text for people."},
}};
template <> inline constexpr std::array<sentence, 7> sentences<channel_rules>{{
    {"negotiation", "The channel in negotiation."},
    {"mediation"  , "The channel in mediation."},
    {"returning"  , "The channel while goods go back."},
    {"settlement" , "The channel while money is paid."},
    {"recontact"  , "How long the parties may write to each other after closing; without it, nobody may."},
    {"text_bytes" , "The length of one text in UTF-8."},
    {"attachments", "Attachments of one message."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<coverage_rule>{{
    {"from", "The first day on which the cap counts, after that of the row before."},
    {"cap" , "Zero or more; the currency of the first row."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<conduct_rules>{{
    {"strikes"      , "What is asked of buyers with strikes, ascending; of the rows that a buyer has reached the last counts."},
    {"prompt_answer", "From the opening on: a seller who acts in it keeps a good name, however the dispute ends; without it, an award counts against the seller."},
}};
template <> inline constexpr std::array<sentence, 3> sentences<strike_rule>{{
    {"strikes" , "So many or more, more than in the row before."},
    {"evidence", "At opening, beside what anybody brings: of each kind at least one piece."},
    {"remedies", "What such a buyer may claim, of the remedies of the reason; none: all of them."},
}};
template <> inline constexpr std::array<sentence, 1> sentences<reopen_rule>{{
    {"most", "How often."},
}};
template <> inline constexpr std::array<sentence, 5> sentences<evidence_rules>{{
    {"media_types"     , "Such as image/jpeg or image/*, in small letters; none: any."},
    {"required"        , "Kinds that an action calls for."},
    {"stages"          , "From whom a stage takes evidence of their own accord; stages that are not listed: both parties."},
    {"frozen_at_ruling", "No evidence is added while goods go back because of a ruling."},
    {"shown"           , "Who sees what is brought in a stage; stages that are not listed: both parties."},
}};
template <> inline constexpr std::array<sentence, 4> sentences<evidence_requirement>{{
    {"action", "What calls for the kinds."},
    {"kinds" , "Of each at least one piece."},
    {"reason", "Only in disputes for this reason."},
    {"remedy", "Only where this remedy is claimed or awarded."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<evidence_stage_rule>{{
    {"stage", "negotiating, in_mediation or returning."},
    {"by"   , "Without it, nobody."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<evidence_view_rule>{{
    {"stage", "Where the evidence is brought."},
    {"to"   , "Beside who brought it and the marketplace; without it, neither party."},
}};
template <> inline constexpr std::array<sentence, 2> sentences<money>{{
    {"currency", "An ISO 4217 code."},
    {"minor"   , "In minor units: cents."},
}};

}  // namespace recourse::json
// clang-format on
