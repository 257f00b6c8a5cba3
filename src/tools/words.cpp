// What happened, in words: one sentence an event.
#include "tools/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace recourse::tools {
namespace {

// People read words: "full refund" for full_refund.
std::string plain(std::string_view name) {
    std::string words{name};
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string spelled(award const& one) {
    auto const what = one.alternative.empty() ? plain(wire_name(one.remedy)) : plain(one.alternative.text());
    if (is_a_promise(one.remedy)) return fmt::format("{}, or {}", what, to_text(one.amount));
    return fmt::format("{} of {}", what, to_text(one.amount));
}

std::string spelled(std::vector<line_amount> const& lines, currency const& in) {
    std::string text;
    for (auto const& one : lines)
        text += fmt::format("{}{} x {}: {}", text.empty() ? "" : ", ", one.units, one.line.text(),
                            to_text({one.minor, in}));
    return text;
}

std::string spelled(std::vector<side_cost> const& costs, currency const& in) {
    std::string text;
    for (auto const& one : costs)
        text += fmt::format("; {} of {} from the {} to the {}", plain(wire_name(one.kind)), to_text({one.minor, in}),
                            wire_name(one.from), wire_name(one.to));
    return text;
}

std::string spelled(std::vector<evidence> const& pieces) {
    std::string text;
    for (auto const& one : pieces) text += fmt::format("{}{}", text.empty() ? "" : ", ", wire_name(one.kind));
    return text.empty() ? "no evidence" : text;
}

std::string spelled(outcome const& end) {
    auto text =
        fmt::format("{}, decided by {}", plain(wire_name(end.resolution)),
                    end.decided_by == role::timer ? std::string{"time"} : "the " + plain(wire_name(end.decided_by)));
    if (end.awarded) text += fmt::format(", {}", to_text(end.awarded->amount));
    if (end.into) text += fmt::format(", into dispute {}", end.into->text());
    return text;
}

struct speaker {
    event const& about;

    std::string operator()(dispute::dispute_opened const& told) const {
        return fmt::format("opens a dispute over order {}: {}, claiming {} for {}", told.order.text(),
                           plain(told.reason.text()), spelled(told.claim),
                           spelled(told.lines, told.refundable.currency));
    }
    std::string operator()(dispute::seller_contacted const& told) const {
        return fmt::format("writes to the seller about order {}: {}", told.order.text(), plain(told.reason.text()));
    }
    std::string operator()(dispute::contact_answered const&) const { return "answers the buyer"; }
    std::string operator()(dispute::contact_lapsed const&) const {
        return "the seller has not answered in time: a dispute may be opened";
    }
    std::string operator()(dispute::claim_amended const& told) const {
        return fmt::format("amends the claim: {}, claiming {}", plain(told.reason.text()), spelled(told.claim));
    }
    std::string operator()(dispute::decision_reached const& told) const {
        auto const what = told.terms.awarded ? spelled(*told.terms.awarded) : std::string{"the claim is rejected"};
        if (told.standing == dispute::standing::final) return {};
        return fmt::format("decided, and an appeal is possible: {}", what);
    }
    std::string operator()(dispute::decision_became_final const&) const {
        return "nobody has appealed: the decision is final";
    }
    std::string operator()(dispute::decision_restored const& told) const {
        return told.standing == dispute::standing::final ? "the decision stands, and is final"
                                                         : "the decision stands; another appeal is possible";
    }
    std::string operator()(dispute::provisional_settlement_begun const& told) const {
        return fmt::format("paid while an appeal is possible: {}", spelled(told.award));
    }
    std::string operator()(dispute::part_settlement_begun const& told) const {
        return fmt::format("paid for what came back as agreed: {}",
                           told.refunds.empty() ? "nothing" : to_text(told.refunds.front().amount));
    }
    std::string operator()(dispute::exchange_begun const& told) const {
        return fmt::format("the goods are back; promised: {}", spelled(told.award));
    }
    std::string operator()(dispute::remedy_begun const& told) const {
        return fmt::format("promised: {}", spelled(told.award));
    }
    std::string operator()(dispute::evidence_submitted const& told) const {
        return "submits " + spelled(told.evidence);
    }
    std::string operator()(dispute::dispute_escalated const&) const {
        return about.by.role == role::timer ? "time sends the dispute to mediation" : "escalates to mediation";
    }
    std::string operator()(dispute::dispute_withdrawn const&) const { return "withdraws the dispute"; }
    std::string operator()(dispute::settlement_begun const& told) const {
        return fmt::format("settled on {}: {}", spelled(told.award), spelled(told.split, told.award.amount.currency));
    }
    std::string operator()(dispute::return_begun const& told) const {
        return fmt::format("settled on a return: {}", spelled(told.award));
    }
    std::string operator()(dispute::mediation_resumed const&) const { return "the dispute goes back to mediation"; }
    std::string operator()(dispute::settlement_interrupted const&) const { return "the settlement is interrupted"; }
    std::string operator()(dispute::settlement_resumed const&) const { return "the settlement goes on"; }
    std::string operator()(dispute::units_joined const& told) const {
        return fmt::format("hears that dispute {} was merged into this one", told.from.text());
    }
    std::string operator()(dispute::dispute_settled const& told) const { return "closed: " + spelled(told.outcome); }
    std::string operator()(dispute::dispute_closed const& told) const { return "closed: " + spelled(told.outcome); }

    std::string operator()(negotiation::seller_lapsed const& told) const {
        return fmt::format("the seller's time to answer has run out: silence {}", plain(wire_name(told.consequence)));
    }
    std::string operator()(negotiation::buyer_lapsed const& told) const {
        return fmt::format("the buyer's time to answer has run out: silence {}", plain(wire_name(told.consequence)));
    }

    std::string operator()(offer::offer_made const& told) const {
        return fmt::format("offers {} (offer {})", spelled(told.award), about.number);
    }
    std::string operator()(offer::offer_accepted const&) const { return fmt::format("accepts offer {}", about.number); }
    std::string operator()(offer::offer_declined const&) const {
        return fmt::format("declines offer {}", about.number);
    }
    std::string operator()(offer::offer_withdrawn const&) const {
        return fmt::format("withdraws offer {}", about.number);
    }
    std::string operator()(offer::offer_superseded const&) const {
        return fmt::format("offer {} is superseded", about.number);
    }

    std::string operator()(offer::offer_half_accepted const&) const {
        return fmt::format("accepts proposal {}; the other party is still to answer", about.number);
    }

    std::string operator()(mediation::mediation_held const&) const { return "held until the promised delivery"; }
    std::string operator()(mediation::hold_ended const&) const {
        return "the promised delivery has passed: a mediator decides";
    }
    std::string operator()(mediation::mediation_taken_over const&) const {
        return "takes the dispute over from a mediator whose time has ended";
    }
    std::string operator()(mediation::mediation_assigned const& told) const {
        return fmt::format("gives the dispute to {}", told.mediator.text());
    }
    std::string operator()(mediation::mediation_taken const&) const { return "takes the dispute"; }
    std::string operator()(mediation::information_requested const& told) const {
        return fmt::format("asks {} for information", told.from == mediation::asked::both
                                                          ? "both sides"
                                                          : "the " + std::string{wire_name(told.from)});
    }
    std::string operator()(mediation::information_provided const& told) const {
        return "answers the mediator with " + spelled(told.evidence);
    }
    std::string operator()(mediation::information_lapsed const&) const {
        return "the time to inform the mediator has run out: decided on file";
    }
    std::string operator()(mediation::remedy_awarded const& told) const {
        return "decides for the buyer: " + spelled(told.award) + spelled(told.costs, told.award.amount.currency);
    }
    std::string operator()(mediation::remedy_awarded_by_default const& told) const {
        return "nobody decided in time; the policy grants " + spelled(told.award);
    }
    std::string operator()(mediation::claim_rejected const&) const { return "rejects the claim"; }
    std::string operator()(mediation::claim_rejected_by_default const&) const {
        return "nobody decided in time; the policy rejects the claim";
    }

    std::string operator()(return_request::return_terms_provided const& told) const {
        return fmt::format("gives the address of return; the {} pays for shipping", wire_name(told.shipping_paid_by));
    }
    std::string operator()(return_request::return_waived const&) const {
        return "the seller gave no terms in time: refund without a return";
    }
    std::string operator()(return_request::return_shipped const& told) const {
        return fmt::format("sends the goods back ({} {})", told.carrier, told.tracking_number);
    }
    std::string operator()(return_request::return_accepted_at_shipment const& told) const {
        return fmt::format("sends the goods back ({} {}): refunded at once", told.carrier, told.tracking_number);
    }
    std::string operator()(return_request::return_accepted_at_delivery const&) const {
        return "reports that the goods have arrived: refunded at once";
    }
    std::string operator()(return_request::return_partly_accepted const& told) const {
        return fmt::format("accepts a part of the returned goods and contests the rest with {}",
                           spelled(told.evidence));
    }
    std::string operator()(return_request::carrier_notice_repeated const&) const {
        return "reports again what is known: nothing changes";
    }
    std::string operator()(return_request::return_not_sent const&) const { return "the goods were not sent in time"; }
    std::string operator()(return_request::return_delivered const&) const {
        return "reports that the goods have arrived";
    }
    std::string operator()(return_request::return_lost const& told) const {
        return told.refunded ? "the parcel is lost; the buyer is refunded" : "the parcel is lost at the buyer's risk";
    }
    std::string operator()(return_request::return_accepted const&) const {
        return about.by.role == role::timer ? "nobody contested the goods in time: accepted"
                                            : "has looked at the goods and accepts them";
    }
    std::string operator()(return_request::return_contested const& told) const {
        return "contests the returned goods with " + spelled(told.evidence);
    }

    std::string operator()(appeal::appeal_filed const& told) const {
        return fmt::format("appeals: {}, with {}", plain(told.ground.text()), spelled(told.evidence));
    }
    std::string operator()(appeal::appeal_joined const& told) const {
        return fmt::format("joins the appeal: {}, with {}", plain(told.ground.text()), spelled(told.evidence));
    }
    std::string operator()(appeal::appeal_evidence_submitted const& told) const {
        return "submits to the appeal " + spelled(told.evidence);
    }
    std::string operator()(appeal::appeal_withdrawn const&) const { return "withdraws the appeal"; }
    std::string operator()(appeal::appeal_evidence_closed const&) const {
        return "the time to give evidence to the appeal has run out";
    }
    std::string operator()(appeal::appeal_information_requested const& told) const {
        return fmt::format("asks {} for information", told.from == appeal::asked::both
                                                          ? "both sides"
                                                          : "the " + std::string{wire_name(told.from)});
    }
    std::string operator()(appeal::appeal_information_provided const& told) const {
        return "answers the reviewer with " + spelled(told.evidence);
    }
    std::string operator()(appeal::appeal_information_lapsed const&) const {
        return "the time to inform the reviewer has run out: reviewed on file";
    }
    std::string operator()(appeal::appeal_taken const&) const { return "takes the appeal"; }
    std::string operator()(appeal::appeal_dismissed const&) const { return "dismisses the appeal"; }
    std::string operator()(appeal::decision_upheld const&) const { return "upholds the decision"; }
    std::string operator()(appeal::decision_upheld_by_default const&) const {
        return "nobody reviewed the decision in time: it stands";
    }
    std::string operator()(appeal::decision_overturned const& told) const {
        return told.terms.awarded ? "overturns the decision: " + spelled(*told.terms.awarded) +
                                        spelled(told.terms.costs, told.terms.awarded->amount.currency)
                                  : "overturns the decision: the claim is rejected";
    }
    std::string operator()(appeal::decision_overturned_by_default const& told) const {
        return told.terms.awarded
                   ? "nobody reviewed the decision in time; the policy grants " + spelled(*told.terms.awarded)
                   : "nobody reviewed the decision in time; the policy rejects the claim";
    }

    std::string operator()(replacement::replacement_shipped const& told) const {
        return fmt::format("sends the replacement ({} {})", told.carrier, told.tracking_number);
    }
    std::string operator()(replacement::replacement_delivered const&) const {
        return "reports that the replacement has arrived";
    }
    std::string operator()(replacement::replacement_lost const&) const {
        return "the replacement did not arrive: money instead";
    }
    std::string operator()(replacement::alternative_performed const&) const { return "has done what was agreed"; }
    std::string operator()(replacement::replacement_confirmed const&) const {
        return about.by.role == role::timer ? "the buyer did not complain in time: as agreed" : "confirms: as agreed";
    }
    std::string operator()(replacement::replacement_rejected const& told) const {
        return "rejects what was given with " + spelled(told.evidence);
    }
    std::string operator()(replacement::promise_broken const&) const {
        return "the promise was not kept: money instead";
    }
    std::string operator()(replacement::notice_repeated const&) const {
        return "reports again what is known: nothing changes";
    }

    std::string operator()(refund::refund_rerouted const& told) const {
        return fmt::format("refund {} is ordered by another way, {}, under the key {}", about.number, told.route,
                           told.key);
    }
    std::string operator()(refund::refund_instructed const& told) const {
        return fmt::format("refund {} of {} is ordered under the key {}", about.number, to_text(told.amount), told.key);
    }
    std::string operator()(refund::refund_confirmed const& told) const {
        return fmt::format("confirms refund {} (reference {})", about.number, told.payment_reference);
    }
    std::string operator()(refund::refund_confirmed_again const&) const {
        return fmt::format("confirms refund {} again: nothing more is paid", about.number);
    }
    std::string operator()(refund::provider_notice_repeated const& told) const {
        return fmt::format("reports again on attempt {} of refund {}: nothing changes", told.attempt, about.number);
    }
    std::string operator()(refund::refund_failed const& told) const {
        return fmt::format("refund {} failed: {}", about.number, told.cause);
    }
    std::string operator()(refund::refund_outcome_unknown const&) const {
        return fmt::format("nobody knows what became of refund {}", about.number);
    }
    std::string operator()(refund::refund_retried const& told) const {
        return fmt::format("tries refund {} again, attempt {}, under the same key {}", about.number, told.attempt,
                           told.key);
    }
    std::string operator()(refund::refund_given_up const&) const {
        return fmt::format("refund {} is given up: a person must look at it", about.number);
    }

    std::string operator()(conversation::message_sent const& told) const {
        auto text = fmt::format("writes to the {}", told.to == conversation::recipient::both
                                                        ? std::string_view{"buyer and the seller"}
                                                        : wire_name(told.to));
        if (!told.reference.empty()) text += fmt::format(" (reference {})", told.reference);
        if (!told.attachments.empty()) text += " with " + spelled(told.attachments);
        return text;
    }

    std::string operator()(refund::refund_held const& told) const {
        return fmt::format("refund {} of {} waits: a chargeback is open", about.number, to_text(told.amount));
    }
    std::string operator()(refund::refund_released const& told) const {
        return fmt::format("refund {} of {} is ordered under the key {}", about.number, to_text(told.amount), told.key);
    }
    std::string operator()(refund::refund_called_off const&) const {
        return fmt::format("refund {} is called off: the money was charged back", about.number);
    }
    std::string operator()(dispute::claim_reduced const& told) const {
        std::int64_t minor = 0;
        for (auto const& one : told.lines) minor += one.minor;
        return fmt::format("the claim is smaller by {} minor units: paid by another route, or charged back", minor);
    }
    std::string operator()(appeal::appeal_called_off const&) const { return "the appeal is called off"; }
    std::string operator()(migration::policy_migrated const& told) const {
        return fmt::format("the dispute goes on under {} version {} instead of {} version {}; {} deadlines move",
                           told.to.id.text(), told.to.version, told.from.id.text(), told.from.version,
                           told.moved.size());
    }
    std::string operator()(suspension::dispute_suspended const&) const {
        return "a chargeback was opened: the dispute waits, and its clocks stand";
    }
    std::string operator()(suspension::dispute_resumed const&) const {
        return "the chargeback has ended: the dispute goes on with the time that remained";
    }
    std::string operator()(suspension::suspension_lapsed const&) const {
        return "the chargeback takes too long: the dispute goes on with the time that remained";
    }
    std::string operator()(payment::order_told const& told) const {
        return fmt::format("tells of order {}: {}", told.order.order.text(), to_text(told.order.captured));
    }
    std::string operator()(payment::outside_refund_told const& told) const {
        return fmt::format("tells of refund {} by another route", told.outside_refund.text());
    }
    std::string operator()(payment::outside_refund_told_again const& told) const {
        return fmt::format("tells again of refund {} by another route: it counts once", told.outside_refund.text());
    }
    std::string operator()(dispute::recoup_ordered const& told) const {
        return fmt::format("{} that was paid is not due: asked back under the key {}", to_text(told.amount), told.key);
    }
    std::string operator()(payment::recoup_ordered const& told) const {
        return fmt::format("the buyer has {} twice: asked back under the key {}", to_text(told.amount), told.key);
    }
    std::string operator()(payment::recoup_reduced const& told) const {
        return fmt::format("{} of what was asked back is not due any more (key {})", to_text(told.amount), told.key);
    }
    std::string operator()(buyer_protection::protection_begun const& told) const {
        return fmt::format("protection of {} runs until {}", told.line.text(), to_text(told.ends));
    }
    std::string operator()(buyer_protection::protection_extended const& told) const {
        return fmt::format("extends protection by {} days, until {}", told.days, to_text(told.ends));
    }
    std::string operator()(buyer_protection::delivery_confirmed const&) const { return "confirms that the goods came"; }
    std::string operator()(buyer_protection::confirmation_held const&) const {
        return "protection has ended; nothing is confirmed while a dispute is open";
    }
    std::string operator()(buyer_protection::delivery_auto_confirmed const&) const {
        return "the delivery counts as confirmed";
    }
    std::string operator()(buyer_protection::protection_expired const&) const { return "protection has ended"; }
    template <chargeback::phase Phase>
    std::string operator()(chargeback::moved<Phase> const& told) const {
        return fmt::format("chargeback {} of {}: {}", told.told.chargeback.text(), to_text(told.told.amount),
                           plain(wire_name(Phase)));
    }
    std::string operator()(chargeback::chargeback_told_again const& told) const {
        return fmt::format("tells of chargeback {} again: {}", told.told.chargeback.text(),
                           told.is_news ? to_text(told.told.amount) : std::string{"nothing changes"});
    }
    std::string operator()(chargeback::answer_lapsed const&) const {
        return fmt::format("the time to answer the network has run out (chargeback {})", about.number);
    }

    std::string operator()(auto const&) const { return {}; }
};

template <class L>
std::string machine_in_words(machine<L> const& one) {
    auto const state = lifecycle::state_name<L>(one.state);
    return L::many ? fmt::format("{} {} {}", plain(L::name), one.number, plain(state))
                   : fmt::format("{} {}", plain(L::name), plain(state));
}

std::string_view awaited(lifecycle::clock kind) {
    using enum lifecycle::clock;
    switch (kind) {
        case negotiation: return "the parties may agree";
        case seller_response: return "the seller must answer";
        case buyer_response: return "the buyer must answer";
        case decision: return "the mediator must decide";
        case information: return "the mediator's questions must be answered";
        case return_terms: return "the seller must give the terms of return";
        case return_shipment: return "the buyer must send the goods";
        case return_transit: return "the parcel must arrive";
        case return_inspection: return "the seller must look at the goods";
        case refund_result: return "the host must report what became of the refund";
        case refund_recovery: return "the host must repair the refund";
        case contact_wait: return "the seller may answer the buyer";
        case contact_opening: return "the buyer may open a dispute";
        case delivery_hold: return "the order may still come";
        case appeal_window: return "the parties may appeal";
        case appeal_evidence: return "evidence may be given to the appeal";
        case appeal_review: return "the decision must be reviewed";
        case replacement_shipment: return "the seller must send the replacement";
        case replacement_transit: return "the replacement must arrive";
        case replacement_confirmation: return "the buyer must look at what was given";
        case performance: return "the seller must do what was agreed";
        case suspension: return "the dispute waits for a chargeback";
        case representment: return "the network must be answered";
        case protection: return "the buyer may open a dispute";
        case none: break;
    }
    return "";
}

}  // namespace

std::string words_of(event const& happened) { return std::visit(speaker{happened}, happened.body); }

std::string state_in_words(record const& all) {
    auto text = is_of_payment(all) ? fmt::format("payment of order {}", subject_of(all).order.text())
                                   : plain(lifecycle::state_name<dispute::lifecycle_type>(all.dispute().state));
    if (auto const& end = all.dispute().kept.ruling->outcome; end && all.dispute().in<dispute::closed>())
        return text + ": " + spelled(*end);
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        if constexpr (L::code != dispute::lifecycle_type::code) {
            bool const waits = one.state != L::initial::code && !lifecycle::is_end<L>(one.state);
            if (waits) text += ", " + machine_in_words<L>(one);
        }
    });
    return text;
}

std::string due_in_words(dispute_view const& seen, lifecycle::running_clock const& clock) {
    auto const why = dispute_engine::explain(seen, clock);
    return recourse::due_in_words(clock.due, *time_zone::find(why.answer.zone));
}

std::string explained(dispute_engine& disputes, dispute_view const& seen, lifecycle::running_clock const& clock) {
    auto const why = dispute_engine::explain(seen, clock);
    auto text = to_text(why);
    if (auto const from = disputes.set_from(seen, clock); from && !from->data.empty())
        text += fmt::format("set on data {}\n", from->data.view());
    if (why.answer.due != clock.due)
        text += fmt::format("It was set with other data to {}, and that stands.\n", due_in_words(seen, clock));
    return text;
}

std::string reminder_in_words(reminder const& one, explanation const& why) {
    auto const whose = one.to.id.empty() ? std::string{wire_name(one.to.role)}
                                         : fmt::format("{} {}", wire_name(one.to.role), one.to.id.text());
    return fmt::format("{}  {}  {}: {} ends before {}\n{}", to_text(one.at), to_text(one.dispute), whose,
                       plain(wire_name(one.clock.kind)), why.from_words, lead_in_words(why));
}

std::vector<std::string> deadlines_in_words(dispute_view const& seen) {
    std::vector<std::string> lines;
    for_each_machine(seen.all, [&]<class L>(machine<L> const& one) {
        if (!one.clock) return;
        auto const why = dispute_engine::explain(seen, *one.clock);
        lines.push_back(fmt::format("until {}: {} ({} from {})", due_in_words(seen, *one.clock),
                                    awaited(one.clock->kind), plain(to_text(why.answer.length)), why.from_words));
    });
    return lines;
}

std::vector<std::string> choices_in_words(dispute_view const& seen, instant now) {
    std::vector<std::string> lines;
    for (auto const& one : actors(seen.all)) {
        std::string choices;
        for (auto const& possible : actions(seen.key, seen.all, seen.money, seen.known, one, now)) {
            if (!possible.allowed) continue;
            choices += fmt::format("{}{}", choices.empty() ? "" : ", ", possible.command);
            if (possible.number) choices += fmt::format(" {}", *possible.number);
        }
        if (!choices.empty()) lines.push_back(fmt::format("{} may {}", wire_name(one.role), choices));
    }
    return lines;
}

std::string choice_in_words(action const& one, time_zone const& zone) {
    auto text = fmt::format("{}  {}", one.allowed ? "yes" : "no ", one.command);
    if (one.number) text += fmt::format(" {}", *one.number);
    if (!one.amounts.empty()) {
        auto const most = std::max_element(
            one.amounts.begin(), one.amounts.end(),
            [](auto const& left, auto const& right) { return left.largest.minor < right.largest.minor; });
        text += fmt::format(", up to {}", to_text(most->largest));
    }
    if (one.until) text += fmt::format(", until {}", recourse::due_in_words(*one.until, zone));
    if (one.owed)
        text += fmt::format("; owed by {}{}", recourse::due_in_words(one.owed->until, zone),
                            one.owed->otherwise ? ", else " + to_text(*one.owed->otherwise) : "");
    for (auto const& no : one.blocked_by) text += fmt::format("\n       {}: {}", name(no.code), to_text(no));
    if (one.from) text += fmt::format("\n       possible from {}", recourse::in_words(*one.from, zone));
    return text;
}

std::string task_in_words(task const& one) {
    std::string answers;
    for (auto const& each : one.answers) {
        answers += fmt::format("{}{}", answers.empty() ? "" : ", ", each.command);
        if (each.number) answers += fmt::format(" {}", *each.number);
    }
    return fmt::format("{}  {}  {} {}: {} ({}){}", to_text(one.owed.until), to_text(one.dispute),
                       wire_name(one.who.role), one.who.id.text(), plain(wire_name(one.what)), answers,
                       one.owed.otherwise ? "; else " + to_text(*one.owed.otherwise) : "");
}

std::string in_words(eligibility const& asked, order_facts const& order) {
    auto const zone = time_zone::find(order.buyer.zone);
    std::string text = fmt::format("{}  {}\n", asked.eligible() ? "yes" : "no ", order.order.text());
    for (auto const& no : asked.blocked_by) text += fmt::format("       {}: {}\n", name(no.code), to_text(no));
    if (zone && asked.earliest && asked.latest)
        text += fmt::format("  from {} until {}\n", recourse::in_words(*asked.earliest, *zone),
                            recourse::due_in_words(*asked.latest, *zone));
    for (auto const& one : asked.lines) {
        text += fmt::format(
            "  line {}: {} units, {}{}\n", one.line.text(), one.units, to_text(one.refundable),
            one.units_in_dispute == 0 ? "" : fmt::format(" ({} more in an open dispute)", one.units_in_dispute));
        bool const differs = one.earliest != asked.earliest || one.latest != asked.latest;
        if (zone && differs && one.latest)
            text += fmt::format("    from {} until {}\n", recourse::in_words(*one.earliest, *zone),
                                recourse::due_in_words(*one.latest, *zone));
        if (differs && !one.latest) text += "    has not been shipped or delivered yet\n";
    }
    for (auto const& one : asked.remedies)
        text +=
            fmt::format("  {}: {} to {}\n", plain(wire_name(one.remedy)), to_text(one.smallest), to_text(one.largest));
    for (auto const kind : asked.evidence_required) text += fmt::format("  needs a {}\n", wire_name(kind));
    return text;
}

}  // namespace recourse::tools
