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
    return fmt::format("{} of {}", plain(wire_name(one.remedy)), to_text(one.amount));
}

std::string spelled(std::vector<line_amount> const& lines, currency const& in) {
    std::string text;
    for (auto const& one : lines)
        text += fmt::format("{}{} x {}: {}", text.empty() ? "" : ", ", one.units, one.line.text(),
                            to_text({one.minor, in}));
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
    return text;
}

struct speaker {
    event const& about;

    std::string operator()(dispute::dispute_opened const& told) const {
        return fmt::format("opens a dispute over order {}: {}, claiming {} for {}", told.order.text(),
                           plain(told.reason.text()), spelled(told.claim),
                           spelled(told.lines, told.refundable.currency));
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
        return "decides for the buyer: " + spelled(told.award);
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

    std::string operator()(refund::refund_instructed const& told) const {
        return fmt::format("refund {} of {} is ordered under the key {}", about.number, to_text(told.amount), told.key);
    }
    std::string operator()(refund::refund_confirmed const& told) const {
        return fmt::format("confirms refund {} (reference {})", about.number, told.payment_reference);
    }
    std::string operator()(refund::refund_confirmed_again const&) const {
        return fmt::format("confirms refund {} again: nothing more is paid", about.number);
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
        case none: break;
    }
    return "";
}

}  // namespace

std::string words_of(event const& happened) { return std::visit(speaker{happened}, happened.body); }

std::string state_in_words(record const& all) {
    auto text = plain(lifecycle::state_name<dispute::lifecycle_type>(all.dispute().state));
    if (auto const& end = all.dispute().kept.outcome; end && all.dispute().in<dispute::closed>())
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

std::string explained(dispute_view const& seen, lifecycle::running_clock const& clock) {
    auto const why = dispute_engine::explain(seen, clock);
    auto text = to_text(why);
    if (why.answer.due != clock.due)
        text += fmt::format("It was set with other data to {}, and that stands.\n", due_in_words(seen, clock));
    return text;
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

std::vector<actor> actors_of(record const& all) {
    auto const& kept = all.dispute().kept;
    auto const& mediator = all.mediation().kept.mediator;
    return {{role::buyer, kept.buyer.id},
            {role::seller, kept.seller.id},
            {role::mediator, mediator.empty() ? actor_id{"any-mediator"} : mediator},
            {role::host, actor_id{"host"}},
            {role::platform_operator, actor_id{"operator"}}};
}

std::vector<std::string> choices_in_words(dispute_view const& seen, instant now) {
    std::vector<std::string> lines;
    for (auto const& one : actors_of(seen.all)) {
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

}  // namespace recourse::tools
