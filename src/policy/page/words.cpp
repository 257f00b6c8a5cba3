// The words of the page, as tables.
#include "policy/page/words.hpp"

#include <algorithm>

namespace recourse::page {
namespace {

struct label_row {
    std::string_view path;
    std::string_view label;
};
struct opening_row {
    std::string_view section;
    std::string_view words;
};
struct sentence_row {
    std::string_view path;
    std::string_view value;
    std::string_view sentence;
};

// clang-format off
constexpr label_row labels[] = {
    {"sources",                           "Sources"},
    {"sources.document",                  "Document"},
    {"sources.read",                      "Read on"},
    {"protection",                        "Buyer protection"},
    {"protection.from",                   "Starts when the order is"},
    {"protection.length",                 "Lasts"},
    {"protection.starts",                 "Starts at"},
    {"protection.parcels",                "Of a line in several parcels counts"},
    {"protection.extensions",             "Extensions"},
    {"protection.extensions.most",        "Extensions by the seller, for each line of an order"},
    {"protection.extensions.days_in_all", "Calendar days that they may add in all"},
    {"reasons",                           "Reasons"},
    {"reasons.reason",                    "Reason"},
    {"reasons.title",                     "What it is for"},
    {"reasons.remedies",                  "What may be asked for"},
    {"reasons.evidence",                  "Evidence needed to open"},
    {"reasons.partial",                   "Partial refunds"},
    {"reasons.waits_for_delivery",        "Waits for the promised delivery"},
    {"reasons.parent",                    "A kind of"},
    {"reasons.not_before",                "Not before"},
    {"reasons.not_after",                 "Not after"},
    {"clocks",                            "Times"},
    {"silences",                          "What silence does"},
    {"silences.seller",                   "The seller does not answer"},
    {"silences.buyer",                    "The buyer does not answer"},
    {"silences.negotiation_end",          "The negotiation ends without an agreement"},
    {"silences.mediator",                 "The mediator does not decide in time"},
    {"silences.lost_return",              "Returned goods do not arrive"},
    {"silences.appeal",                   "An appeal is not decided in time"},
    {"limits",                            "Limits"},
    {"limits.offers_per_party",           "Offers that each party may make"},
    {"limits.information_requests",       "Questions of the mediator in a dispute"},
    {"limits.refund_attempts",            "Attempts to pay a refund, the first one counted"},
    {"limits.evidence_pieces",            "Pieces of evidence that each party may bring"},
    {"limits.evidence_bytes",             "Largest piece of evidence, in bytes"},
    {"contact",                           "Before a dispute"},
    {"contact.required",                  "Writing to the seller first"},
    {"contact.answer_ends_wait",          "If the seller answers"},
    {"amendments",                        "Changing a claim"},
    {"amendments.most",                   "How often the buyer may change the claim"},
    {"amendments.in_mediation",           "In mediation"},
    {"amendments.restarts_answer",        "The seller's time to answer"},
    {"amendments.voids_offers",           "The seller's offers before the change"},
    {"escalation",                        "Going to mediation"},
    {"escalation.at_once",                "Negotiation"},
    {"escalation.by_seller",              "Who may escalate"},
    {"mediation",                         "Mediation"},
    {"mediation.proposals",               "Proposals that a mediator may put to both"},
    {"mediation.parties_may_settle",      "Offers between the parties"},
    {"mediation.holds_for_delivery",      "While the promised delivery is still to come"},
    {"mediation.decisions_cite_rules",    "Reasons of a decision"},
    {"mediation.merges_disputes",         "Two disputes over one payment"},
    {"mediation.penalty_cap",             "Largest penalty"},
    {"appeals",                           "Appeals"},
    {"appeals.levels",                    "Appeals, one after the other"},
    {"appeals.grounds",                   "Grounds"},
    {"appeals.needs_new_evidence",        "New evidence"},
    {"appeals.execution",                 "Money while an appeal is possible"},
    {"appeals.information_requests",      "Questions of the reviewer in an appeal"},
    {"returns",                           "Returns"},
    {"returns.refund_at",                 "When a return is paid"},
    {"returns.host_provides_label",       "Label and address"},
    {"chargebacks",                       "Chargebacks"},
    {"chargebacks.on_open",               "When the buyer's bank takes the payment back"},
    {"alternatives",                      "Alternatives"},
    {"alternatives.alternative",          "Name"},
    {"alternatives.title",                "What it is"},
    {"rules",                             "Rules that decisions cite"},
    {"rules.rule",                        "Rule"},
    {"rules.title",                       "What it says"},
    {"tenders",                           "Which means of payment is refunded first"},
    {"channel",                           "Messages"},
    {"channel.negotiation",               "While negotiating"},
    {"channel.mediation",                 "In mediation"},
    {"channel.returning",                 "While goods go back"},
    {"channel.settlement",                "While money is paid"},
    {"channel.recontact",                 "After closing"},
    {"channel.text_bytes",                "Longest message, in bytes"},
    {"channel.attachments",               "Attachments of one message"},
    {"coverage",                          "What the platform pays for"},
    {"coverage.from",                     "Orders paid from"},
    {"coverage.cap",                      "At most"},
    {"reopen",                            "Opening again"},
    {"reopen.most",                       "How often after a dispute that ended without a refund"},
    {"applies_to",                        "For which orders"},
    {"applies_to.site",                   "Sites"},
    {"applies_to.category",               "Categories"},
    {"applies_to.payment_method",         "Means of payment"},
    {"applies_to.seller_type",            "Sellers"},
    {"applies_to.ordered_from",           "Ordered from"},
    {"applies_to.ordered_before",         "Ordered before"},
    {"reminders",                         "Reminders"},
    {"conduct",                           "Conduct"},
    {"conduct.strikes",                   "Buyers with strikes"},
    {"conduct.strikes.strikes",           "Strikes, or more"},
    {"conduct.strikes.evidence",          "Bring at least one each of"},
    {"conduct.strikes.remedies",          "May claim"},
    {"conduct.prompt_answer",             "Prompt answer"},
    {"anchors",                           "Instants by name"},
    {"anchors.anchor",                    "Name"},
    {"anchors.is",                        "Is"},
    {"rounding",                          "A part of a cent"},
    {"schedules",                         "Hours in which somebody is there"},
    {"schedules.schedule",                "Name"},
    {"schedules.calendar",                "Closed on the holidays of"},
    {"schedules.zone",                    "Hours of"},
    {"schedules.windows",                 "Open"},
    {"evidence",                          "Evidence"},
    {"evidence.media_types",              "Kinds of files"},
    {"evidence.required",                 "Evidence that is called for"},
    {"evidence.required.action",          "To"},
    {"evidence.required.kinds",           "Bring at least one each of"},
    {"evidence.required.reason",          "For the reason"},
    {"evidence.required.remedy",          "Where the remedy is"},
    {"evidence.stages",                   "Who may bring evidence of their own accord"},
    {"evidence.stages.stage",             "While the dispute is"},
    {"evidence.stages.by",                "By"},
    {"evidence.frozen_at_ruling",         "While goods go back because of a ruling"},
    {"evidence.shown",                    "Who sees what the other brought"},
    {"evidence.shown.stage",              "What was brought while the dispute is"},
    {"evidence.shown.to",                 "Is shown to"},
};

constexpr opening_row openings[] = {
    {"sources",      "What this policy was made from, and when that was read."},
    {"protection",   "The time in which a dispute may be opened."},
    {"reasons",      "Why a dispute may be opened, and what may then be asked for, offered and awarded."},
    {"silences",     "No dispute waits for ever: when a time runs out, this happens by itself."},
    {"alternatives", "What a seller may do instead of paying, if the buyer agrees. Its amount is paid if it is not done."},
    {"tenders",      "If an order was paid in several ways."},
    {"channel",      "Who may write to whom in each stage."},
    {"conduct",      "What the parties' conduct before the dispute, and in it, changes. It never moves a date."},
    {"coverage",     "The most that the platform pays of an award out of its own money; the seller bears the rest."},
};

constexpr sentence_row sentences[] = {
    {"silences.seller",              "opens_escalation", "The dispute stays in negotiation, and from then on the buyer may escalate it to mediation."},
    {"silences.seller",              "escalates",        "The dispute goes to mediation by itself."},
    {"silences.seller",              "grants_claim",     "The buyer gets what the claim asks for."},
    {"silences.buyer",               "opens_escalation", "The seller's open offers expire, and from then on the buyer may escalate the dispute to mediation."},
    {"silences.buyer",               "escalates",        "The seller's open offers expire, and the dispute goes to mediation by itself."},
    {"silences.buyer",               "closes",           "The dispute is closed; nobody pays."},
    {"silences.negotiation_end",     "escalates",        "The dispute goes to mediation by itself."},
    {"silences.negotiation_end",     "grants_claim",     "The buyer gets what the claim asks for."},
    {"silences.negotiation_end",     "closes",           "The dispute is closed; nobody pays."},
    {"silences.mediator",            "grants_claim",     "The buyer gets what the claim asks for; after a contested return, in money."},
    {"silences.mediator",            "closes",           "The claim is rejected; nobody pays."},
    {"silences.lost_return",         "grants_claim",     "The parcel counts as lost, and the buyer is refunded."},
    {"silences.lost_return",         "closes",           "The parcel counts as lost at the buyer's risk: the dispute is closed, and nobody pays."},
    {"silences.lost_return",         "by_label",         "The parcel counts as lost: the buyer is refunded if the terms of return gave a label, and bears the loss otherwise."},
    {"silences.appeal",              "upholds",          "The decision stands."},
    {"silences.appeal",              "grants_claim",     "The buyer gets what the claim asks for."},
    {"silences.appeal",              "closes",           "The claim is rejected."},
    {"protection.extensions.most",   "0",                "None: the seller cannot extend it."},
    {"protection.extensions.days_in_all", "0",           "None."},
    {"limits.offers_per_party",      "0",                "None."},
    {"limits.information_requests",  "0",                "None."},
    {"contact.required",             "true",             "The buyer writes to the seller before a dispute can be opened."},
    {"contact.required",             "false",            "Not needed: the buyer may open a dispute at once."},
    {"contact.answer_ends_wait",     "true",             "The buyer may open a dispute at once."},
    {"contact.answer_ends_wait",     "false",            "The buyer still waits until the seller's time is over."},
    {"amendments.most",              "0",                "A claim cannot be changed."},
    {"amendments.in_mediation",      "true",             "It may be changed there as well."},
    {"amendments.in_mediation",      "false",            "It can no longer be changed there."},
    {"amendments.restarts_answer",   "always",           "Begins anew with every change."},
    {"amendments.restarts_answer",   "when_raised",      "Begins anew when more, or something else, is asked for."},
    {"amendments.restarts_answer",   "never",            "Goes on as it was."},
    {"amendments.voids_offers",      "true",             "They end with the claim that they answered."},
    {"amendments.voids_offers",      "false",            "They stay open."},
    {"escalation.at_once",           "true",             "None: a dispute goes to mediation when it is opened."},
    {"escalation.at_once",           "false",            "Buyer and seller negotiate first."},
    {"escalation.by_seller",         "true",             "The buyer, and the seller as well."},
    {"escalation.by_seller",         "false",            "The buyer alone."},
    {"mediation.proposals",          "0",                "None."},
    {"mediation.parties_may_settle", "true",             "They may still agree with each other."},
    {"mediation.parties_may_settle", "false",            "None while a mediator has the dispute."},
    {"mediation.holds_for_delivery", "true",             "The dispute is held until then."},
    {"mediation.holds_for_delivery", "false",            "It is decided without waiting for it."},
    {"mediation.decisions_cite_rules", "true",           "Every decision cites at least one of the rules below."},
    {"mediation.decisions_cite_rules", "false",          "No rule has to be cited."},
    {"mediation.merges_disputes",    "true",             "One of them may be closed, and the other goes on with what both are about."},
    {"mediation.merges_disputes",    "false",            "They stay apart."},
    {"mediation.penalty_cap",        "",                 "What the dispute is about."},
    {"appeals.levels",               "0",                "A decision cannot be appealed."},
    {"appeals.grounds",              "",                 "None."},
    {"appeals.needs_new_evidence",   "true",             "An appeal must bring some."},
    {"appeals.needs_new_evidence",   "false",            "An appeal need not bring any."},
    {"appeals.execution",            "suspensive",       "Nothing is paid before the decision is final."},
    {"appeals.execution",            "provisional",      "It is paid at once, and asked back if the decision is changed."},
    {"appeals.information_requests", "0",                "None."},
    {"returns.refund_at",            "inspection",       "When the seller has looked at the goods, or has let the time for that pass."},
    {"returns.refund_at",            "delivery",         "When the goods are delivered to the seller."},
    {"returns.refund_at",            "shipment",         "When the buyer has sent the goods."},
    {"returns.host_provides_label",  "true",             "The marketplace may give them."},
    {"returns.host_provides_label",  "false",            "The seller gives them."},
    {"chargebacks.on_open",          "closes",           "The dispute over that payment is closed."},
    {"chargebacks.on_open",          "suspends",         "The dispute over that payment stands still."},
    {"chargebacks.on_open",          "continues",        "The dispute goes on; its refunds wait."},
    {"alternatives",                 "",                 "There are none."},
    {"rules",                        "",                 "There are none."},
    {"tenders",                      "",                 "In the order in which the host names them."},
    {"channel.negotiation",          "direct",           "Buyer and seller write to each other."},
    {"channel.negotiation",          "through_mediator", "Each writes to the mediator, who writes to either or both."},
    {"channel.negotiation",          "closed",           "Nobody writes."},
    {"channel.mediation",            "direct",           "Buyer and seller write to each other."},
    {"channel.mediation",            "through_mediator", "Each writes to the mediator, who writes to either or both."},
    {"channel.mediation",            "closed",           "Nobody writes."},
    {"channel.returning",            "direct",           "Buyer and seller write to each other."},
    {"channel.returning",            "through_mediator", "Each writes to the mediator, who writes to either or both."},
    {"channel.returning",            "closed",           "Nobody writes."},
    {"channel.settlement",           "direct",           "Buyer and seller write to each other."},
    {"channel.settlement",           "through_mediator", "Each writes to the mediator, who writes to either or both."},
    {"channel.settlement",           "closed",           "Nobody writes."},
    {"channel.recontact",            "",                 "Nobody writes."},
    {"coverage",                     "",                 "The platform pays without a limit."},
    {"reopen",                       "",                 "As long as protection runs, what was disputed may be disputed again."},
    {"reopen.most",                  "0",                "Never."},
    {"evidence.media_types",         "",                 "Any."},
    {"evidence.required",            "",                 "Nothing beyond what the reasons call for at opening."},
    {"evidence.required.reason",     "",                 "any"},
    {"evidence.required.remedy",     "",                 "any"},
    {"evidence.stages",              "",                 "Both parties, in every stage."},
    {"evidence.stages.by",           "",                 "nobody"},
    {"evidence.frozen_at_ruling",    "true",             "No evidence is added."},
    {"evidence.frozen_at_ruling",    "false",            "Evidence may be added."},
    {"evidence.shown",               "",                 "Both parties see everything."},
    {"evidence.shown.to",            "",                 "neither party"},
    {"reasons.evidence",             "",                 "none"},
    {"reasons.remedies",             "return_refund",    "return for a refund"},
    {"evidence.required.remedy",     "return_refund",    "return for a refund"},
    {"reasons.waits_for_delivery",   "true",             "yes"},
    {"reasons.waits_for_delivery",   "false",            "no"},
    {"sources",                      "",                 "None is named."},
    {"protection.starts",            "",                 "as above"},
    {"reasons.parent",               "",                 "none"},
    {"reasons.not_before",           "",                 "the start of protection"},
    {"reasons.not_after",            "",                 "the end of protection"},
    {"applies_to",                   "",                 "The policy is had by its name only."},
    {"applies_to.site",              "",                 "every one"},
    {"applies_to.category",          "",                 "every one"},
    {"applies_to.payment_method",    "",                 "every one"},
    {"applies_to.seller_type",       "",                 "every one"},
    {"applies_to.ordered_from",      "",                 "any day"},
    {"applies_to.ordered_before",    "",                 "any day"},
    {"reminders",                    "",                 "Nobody is reminded."},
    {"conduct.strikes",              "",                 "Nothing more is asked of them."},
    {"conduct.strikes.evidence",     "",                 "nothing more"},
    {"conduct.strikes.remedies",     "",                 "what anybody may"},
    {"conduct.strikes.remedies",     "return_refund",    "return for a refund"},
    {"conduct.prompt_answer",        "",                 "However quickly a seller acts, an award counts against the seller."},
    {"anchors",                      "",                 "None."},
    {"schedules",                    "",                 "None."},
    {"rounding",                     "half_up",          "to the nearest, halves up"},
    {"rounding",                     "half_even",        "to the nearest, halves to the even one"},
    {"rounding",                     "up",               "up"},
    {"rounding",                     "down",             "down"},
};

constexpr clock_words clocks[] = {
    {"negotiation",              "Negotiation",               "Both parties', from the opening, to agree or to escalate.", &silence_rules::negotiation_end, "silences.negotiation_end"},
    {"seller_response",          "Seller's answer",           "The seller's, to answer.",                          &silence_rules::seller, "silences.seller"},
    {"buyer_response",           "Buyer's answer",            "The buyer's, to answer an offer or a decline.",     &silence_rules::buyer, "silences.buyer"},
    {"decision",                 "Decision",                  "The mediator's, from the escalation, and anew after each question.", &silence_rules::mediator, "silences.mediator"},
    {"information",              "Information",               "Whoever the mediator asked.",                       nullptr, {}, "The mediator decides on what is there, with the full time anew."},
    {"return_terms",             "Terms of return",           "The seller's, to say where the goods go.",          nullptr, {}, "The buyer is refunded without a return."},
    {"return_shipment",          "Sending back",              "The buyer's, to send the goods.",                   nullptr, {}, "The dispute is closed; nobody pays."},
    {"return_transit",           "Return under way",          "The carrier's.",                                    &silence_rules::lost_return, "silences.lost_return"},
    {"return_inspection",        "Inspection",                "The seller's, to look at what came back.",          nullptr, {}, "The return counts as accepted, and the buyer is refunded."},
    {"refund_result",            "Refund",                    "The payment provider's, to say what became of a refund.", nullptr, {}, "The refund counts as unknown, and has to be repaired."},
    {"refund_recovery",          "Repair of a refund",        "The marketplace's, to repair a refund that failed.", nullptr, {}, "The refund is given up: the dispute is closed as unpaid, and an operator is told."},
    {"contact_wait",             "Contact",                   "The seller's, to answer before a dispute may be opened.", nullptr, {}, "The buyer may open a dispute."},
    {"contact_opening",          "Opening after contact",     "The buyer's, to open a dispute.",                   nullptr, {}, "It is too late: the contact is closed."},
    {"escalation_wait",          "Before escalation",         "From the opening on; nobody may escalate before.",  nullptr, {}, "The buyer may escalate the dispute."},
    {"mediation_lease",          "Mediator's lease",          "A mediator's, who has taken the dispute.",          nullptr, {}, "Another mediator may take it over."},
    {"appeal_window",            "Appeal window",             "The parties', to appeal against a decision.",       nullptr, {}, "The decision is final."},
    {"appeal_window_of_loser",   "Appeal window of the loser", "Of a party that got nothing of what was asked.",   nullptr, {}, "That party can no longer appeal."},
    {"appeal_evidence",          "Evidence for an appeal",    "The parties', to bring it.",                        nullptr, {}, "The appeal is reviewed on what is there."},
    {"appeal_review",            "Review",                    "The reviewer's, to decide the appeal.",             &silence_rules::appeal, "silences.appeal"},
    {"replacement_shipment",     "Sending a replacement",     "The seller's.",                                     nullptr, {}, "The promise is broken: its amount is refunded."},
    {"replacement_transit",      "Replacement under way",     "The carrier's.",                                    nullptr, {}, "The parcel counts as lost: the amount is refunded."},
    {"replacement_confirmation", "Looking at a replacement",  "The buyer's, to confirm or to reject it.",          nullptr, {}, "It counts as accepted, and the dispute is closed."},
    {"performance",              "Alternative",               "The seller's, to do what was promised.",            nullptr, {}, "The promise is broken: its amount is refunded."},
    {"suspension",               "Standing still",            "A dispute's, while a chargeback is open.",          nullptr, {}, "The dispute goes on, and its refunds wait."},
    {"protection",               "Protection",                "The buyer's, to open a dispute.",                   nullptr, {}, "No dispute can be opened any more."},
    {"recontact",                "Messages after closing",    "Both parties', to write to each other.",            nullptr, {}, "Nobody writes any more."},
};
// clang-format on

}  // namespace

std::string spaced(std::string_view name) {
    std::string words{name};
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

bool has_label(std::string_view path) {
    return std::any_of(std::begin(labels), std::end(labels), [&](auto const& row) { return row.path == path; });
}

std::string label_of(std::string_view path) {
    for (auto const& row : labels) {
        if (row.path == path) return std::string{row.label};
    }
    auto words = spaced(path.substr(path.rfind('.') + 1));
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

std::string_view opening_of(std::string_view section) {
    for (auto const& row : openings) {
        if (row.section == section) return row.words;
    }
    return {};
}

std::optional<std::string_view> sentence_of(std::string_view path, std::string_view value) {
    for (auto const& row : sentences) {
        if (row.path == path && row.value == value) return row.sentence;
    }
    return std::nullopt;
}

clock_words const* words_of_clock(std::string_view name) {
    auto const found =
        std::find_if(std::begin(clocks), std::end(clocks), [&](auto const& row) { return row.name == name; });
    return found == std::end(clocks) ? nullptr : &*found;
}

}  // namespace recourse::page
