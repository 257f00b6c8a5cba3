// The status: which state says what, and the sentences in English.
#include "recourse/engine/status.hpp"

#include <algorithm>

#include "engine/situation.hpp"
#include "recourse/engine/reminders.hpp"

namespace recourse {
namespace {

template <class State, status_code Code>
struct says {
    using state = State;
    static constexpr status_code code = Code;
};

// clang-format off
// What is told while the clock of a state runs. A state with a clock and without a line does not compile.
using told = lifecycle::list<
    says<dispute::negotiating               , status_code::open_for_agreement           >,
    says<negotiation::awaiting_seller       , status_code::awaiting_sellers_answer      >,
    says<negotiation::awaiting_buyer        , status_code::awaiting_buyers_answer       >,
    says<mediation::queued                  , status_code::awaiting_mediator            >,
    says<mediation::assigned                , status_code::awaiting_decision            >,
    says<mediation::deliberating            , status_code::awaiting_decision            >,
    says<mediation::awaiting_buyer          , status_code::awaiting_buyers_information  >,
    says<mediation::awaiting_seller         , status_code::awaiting_sellers_information >,
    says<mediation::awaiting_both           , status_code::awaiting_information_of_both >,
    says<return_request::awaiting_terms     , status_code::awaiting_return_terms        >,
    says<return_request::awaiting_shipment  , status_code::awaiting_return_shipment     >,
    says<return_request::in_transit         , status_code::return_in_transit            >,
    says<return_request::awaiting_inspection, status_code::awaiting_return_inspection   >,
    says<dispute::contacting                , status_code::awaiting_contact             >,
    says<dispute::contacted                 , status_code::may_be_opened                >,
    says<dispute::decided                   , status_code::decision_may_be_appealed     >,
    says<mediation::held                    , status_code::held_for_delivery            >,
    says<appeal::awaiting_evidence          , status_code::awaiting_appeal_evidence     >,
    says<appeal::under_review               , status_code::awaiting_review              >,
    says<appeal::awaiting_buyer             , status_code::awaiting_buyers_information  >,
    says<appeal::awaiting_seller            , status_code::awaiting_sellers_information >,
    says<appeal::awaiting_both              , status_code::awaiting_information_of_both >,
    says<replacement::awaiting_shipment     , status_code::awaiting_replacement_shipment>,
    says<replacement::in_transit            , status_code::replacement_in_transit       >,
    says<replacement::awaiting_performance  , status_code::awaiting_performance         >,
    says<replacement::awaiting_confirmation , status_code::awaiting_replacement_confirmation>,
    says<refund::instructed                 , status_code::refund_ordered               >,
    says<refund::failed                     , status_code::refund_failed                >,
    says<refund::unknown                    , status_code::refund_outcome_unknown       >,
    says<refund::held                       , status_code::refund_held                  >,
    says<suspension::suspended              , status_code::suspended                    >,
    says<buyer_protection::running          , status_code::protection_running           >,
    says<buyer_protection::extended         , status_code::protection_running           >,
    says<chargeback::inquiry                , status_code::inquiry_to_answer            >,
    says<chargeback::open                   , status_code::chargeback_to_answer         >,
    says<chargeback::pre_arbitration        , status_code::arbitration_to_answer        >>;

struct spoken {
    status_code code;
    std::string_view buyer;
    std::string_view seller;
    std::string_view mediator;
    std::string_view platform;
};
using enum status_code;
constexpr spoken sentences[] = {
    {not_opened,
     "No dispute has been opened", "No dispute has been opened", "No dispute has been opened", "No dispute has been opened"},
    {awaiting_sellers_answer,
     "Waiting for the seller's answer until {until}",
     "Your answer is due by {until}",
     "The parties negotiate: the seller may answer until {until}",
     "The parties negotiate: the seller may answer until {until}"},
    {awaiting_buyers_answer,
     "Your answer is due by {until}",
     "Waiting for the buyer's answer until {until}",
     "The parties negotiate: the buyer may answer until {until}",
     "The parties negotiate: the buyer may answer until {until}"},
    {open_for_agreement,
     "No answer came in time. You may accept an open offer or ask for mediation until {until}",
     "No answer came in time. You may still accept an open offer until {until}",
     "No answer came in time: the parties may agree or escalate until {until}",
     "No answer came in time: the parties may agree or escalate until {until}"},
    {awaiting_mediator,
     "Waiting for a mediator, who decides by {until}",
     "Waiting for a mediator, who decides by {until}",
     "To be taken and decided by {until}",
     "Waiting for a mediator, who decides by {until}"},
    {awaiting_decision,
     "Waiting for the mediator's decision until {until}",
     "Waiting for the mediator's decision until {until}",
     "Your decision is due by {until}",
     "Waiting for the mediator's decision until {until}"},
    {awaiting_buyers_information,
     "The mediator has asked you: your evidence is due by {until}",
     "Waiting for what the mediator asked of the buyer until {until}",
     "Waiting for the buyer's evidence until {until}",
     "Waiting for the buyer's evidence until {until}"},
    {awaiting_sellers_information,
     "Waiting for what the mediator asked of the seller until {until}",
     "The mediator has asked you: your evidence is due by {until}",
     "Waiting for the seller's evidence until {until}",
     "Waiting for the seller's evidence until {until}"},
    {awaiting_information_of_both,
     "The mediator has asked you and the seller: your evidence is due by {until}",
     "The mediator has asked you and the buyer: your evidence is due by {until}",
     "Waiting for the evidence of both sides until {until}",
     "Waiting for the evidence of both sides until {until}"},
    {awaiting_return_terms,
     "Waiting for the seller's address for the return until {until}",
     "Tell the buyer where to send the goods by {until}",
     "Waiting for the seller's terms of return until {until}",
     "Waiting for the seller's terms of return until {until}"},
    {awaiting_return_shipment,
     "Send the goods back by {until}",
     "Waiting for the buyer to send the goods until {until}",
     "Waiting for the buyer to send the goods until {until}",
     "Waiting for the buyer to send the goods until {until}"},
    {return_in_transit,
     "The goods are on their way to the seller and should arrive by {until}",
     "The goods are on their way to you and should arrive by {until}",
     "The goods are on their way to the seller and should arrive by {until}",
     "The goods are on their way to the seller: report what became of them by {until}"},
    {awaiting_return_inspection,
     "Waiting for the seller to look at the goods until {until}",
     "Look at the returned goods and accept or contest them by {until}",
     "Waiting for the seller to look at the goods until {until}",
     "Waiting for the seller to look at the goods until {until}"},
    {refund_ordered,
     "Your refund of {amount} is on its way and should arrive by {until}",
     "A refund of {amount} to the buyer was ordered",
     "A refund of {amount} was ordered",
     "A refund of {amount} was ordered: report what became of it by {until}"},
    {refund_failed,
     "Your refund of {amount} could not be paid yet and is being looked into",
     "The refund of {amount} to the buyer could not be paid yet",
     "The refund of {amount} could not be paid yet",
     "The refund of {amount} has failed: repair it by {until}"},
    {refund_outcome_unknown,
     "Your refund of {amount} has not been confirmed yet and is being looked into",
     "The refund of {amount} to the buyer has not been confirmed yet",
     "The refund of {amount} has not been confirmed yet",
     "Nobody knows what became of the refund of {amount}: find out by {until}"},
    {refunded_in_full,
     "Closed: you were refunded {amount}, all of it",
     "Closed: the buyer was refunded {amount}, all of it",
     "Closed: the buyer was refunded {amount}, all of it",
     "Closed: the buyer was refunded {amount}, all of it"},
    {refunded_in_part,
     "Closed: you were refunded {amount}",
     "Closed: the buyer was refunded {amount}, a part",
     "Closed: the buyer was refunded {amount}, a part",
     "Closed: the buyer was refunded {amount}, a part"},
    {refunded_after_return,
     "Closed: you were refunded {amount} for the return",
     "Closed: the buyer was refunded {amount} for the return",
     "Closed: the buyer was refunded {amount} for the return",
     "Closed: the buyer was refunded {amount} for the return"},
    {claim_rejected,
     "Closed: your claim was rejected", "Closed: the buyer's claim was rejected",
     "Closed: the claim was rejected", "Closed: the claim was rejected"},
    {withdrawn,
     "Closed: you withdrew the dispute", "Closed: the buyer withdrew the dispute",
     "Closed: the buyer withdrew the dispute", "Closed: the buyer withdrew the dispute"},
    {expired,
     "Closed: nobody acted in time", "Closed: nobody acted in time",
     "Closed: nobody acted in time", "Closed: nobody acted in time"},
    {return_not_sent,
     "Closed: the goods were not sent back in time", "Closed: the buyer did not send the goods back in time",
     "Closed: the buyer did not send the goods back in time", "Closed: the buyer did not send the goods back in time"},
    {return_lost,
     "Closed: the parcel was lost at your risk", "Closed: the parcel was lost at the buyer's risk",
     "Closed: the parcel was lost at the buyer's risk", "Closed: the parcel was lost at the buyer's risk"},
    {refund_unpaid,
     "Closed: your refund of {amount} is due and could not be paid; it is being looked into",
     "Closed: the refund of {amount} to the buyer could not be paid",
     "Closed: the refund of {amount} could not be paid",
     "Closed: a refund of {amount} is due and could not be paid; a person must look at it"},
    {awaiting_contact,
     "The seller has been written to and may answer until {until}; then you may open a dispute",
     "The buyer has written to you: your answer is due by {until}",
     "The buyer has written to the seller, who may answer until {until}",
     "The buyer has written to the seller, who may answer until {until}"},
    {may_be_opened,
     "You may open a dispute until {until}",
     "The buyer may open a dispute until {until}",
     "The buyer may open a dispute until {until}",
     "The buyer may open a dispute until {until}"},
    {held_for_delivery,
     "Your order was promised by {until}; if it has not come by then, a mediator decides",
     "The order was promised by {until}; after that a mediator decides",
     "Held until the promised delivery, {until}",
     "Held until the promised delivery, {until}"},
    {decision_may_be_appealed,
     "Decided; an appeal is possible until {until}",
     "Decided; an appeal is possible until {until}",
     "Decided; the parties may appeal until {until}",
     "Decided; the parties may appeal until {until}"},
    {awaiting_appeal_evidence,
     "Appealed: evidence may be given until {until}",
     "Appealed: evidence may be given until {until}",
     "Appealed: the parties may give evidence until {until}",
     "Appealed: the parties may give evidence until {until}"},
    {awaiting_review,
     "Waiting for the review of the decision until {until}",
     "Waiting for the review of the decision until {until}",
     "The decision is to be reviewed by {until}",
     "Waiting for the review of the decision until {until}"},
    {awaiting_replacement_shipment,
     "The seller sends you a replacement by {until}",
     "Send the replacement by {until}",
     "Waiting for the seller to send the replacement until {until}",
     "Waiting for the seller to send the replacement until {until}"},
    {replacement_in_transit,
     "The replacement is on its way to you and should arrive by {until}",
     "The replacement is on its way to the buyer and should arrive by {until}",
     "The replacement is on its way to the buyer and should arrive by {until}",
     "The replacement is on its way to the buyer: report what became of it by {until}"},
    {awaiting_performance,
     "The seller does what was agreed by {until}",
     "Do what was agreed by {until}",
     "Waiting for the seller to do what was agreed until {until}",
     "Waiting for the seller to do what was agreed until {until}"},
    {awaiting_replacement_confirmation,
     "Look at what you were given and confirm or reject it by {until}",
     "Waiting for the buyer to look at what was given until {until}",
     "Waiting for the buyer to look at what was given until {until}",
     "Waiting for the buyer to look at what was given until {until}"},
    {goods_exchanged,
     "Closed: your goods were exchanged", "Closed: the goods were exchanged",
     "Closed: the goods were exchanged", "Closed: the goods were exchanged"},
    {goods_replaced,
     "Closed: your goods were replaced", "Closed: the goods were replaced",
     "Closed: the goods were replaced", "Closed: the goods were replaced"},
    {remedy_performed,
     "Closed: the seller did what was agreed", "Closed: you did what was agreed",
     "Closed: the seller did what was agreed", "Closed: the seller did what was agreed"},
    {contact_not_pursued,
     "Closed: no dispute was opened in time", "Closed: the buyer opened no dispute in time",
     "Closed: no dispute was opened in time", "Closed: no dispute was opened in time"},
    {charged_back,
     "Closed: your bank deals with the payment", "Closed: the buyer's bank deals with the payment",
     "Closed: the buyer's bank deals with the payment", "Closed: the buyer's bank deals with the payment"},
    {refunded_outside,
     "Closed: you were refunded by another route", "Closed: the buyer was refunded by another route",
     "Closed: the buyer was refunded by another route", "Closed: the buyer was refunded by another route"},
    {other_side_may_appeal,
     "Decided; the seller may appeal until {until}",
     "Decided; the buyer may appeal until {until}",
     "Decided; a party may appeal until {until}",
     "Decided; a party may appeal until {until}"},
    {suspended,
     "Your bank deals with the payment: the dispute waits for it until {until} at most",
     "The buyer's bank deals with the payment: the dispute waits for it until {until} at most",
     "The buyer's bank deals with the payment: the dispute waits for it until {until} at most",
     "The buyer's bank deals with the payment: the dispute waits for it until {until} at most"},
    {refund_held,
     "Your refund of {amount} waits until your bank has dealt with the payment",
     "The refund of {amount} to the buyer waits for the outcome of a chargeback",
     "The refund of {amount} waits for the outcome of a chargeback",
     "The refund of {amount} waits for the outcome of a chargeback until {until} at most"},
    {order_known,
     "Nothing is waited for", "Nothing is waited for", "Nothing is waited for", "Nothing is waited for"},
    {inquiry_to_answer,
     "Your bank has asked the seller about the payment, who may answer until {until}",
     "The buyer's bank asks about the payment: answer by {until}",
     "The buyer's bank asks about the payment; the seller may answer until {until}",
     "The buyer's bank asks about the payment: answer by {until}"},
    {chargeback_to_answer,
     "Your bank has taken the payment back; the seller may answer until {until}",
     "The buyer's bank has taken the payment back: answer with evidence by {until}",
     "The buyer's bank has taken the payment back; the seller may answer until {until}",
     "The buyer's bank has taken the payment back: answer with evidence by {until}"},
    {arbitration_to_answer,
     "Your bank asks the card network to rule; the seller may answer until {until}",
     "The buyer's bank asks the card network to rule: accept or answer by {until}",
     "The buyer's bank asks the card network to rule; the seller may answer until {until}",
     "The buyer's bank asks the card network to rule: accept or answer by {until}"},
    {protection_running,
     "You may open a dispute until {until}",
     "The buyer may open a dispute until {until}",
     "The buyer may open a dispute until {until}",
     "The buyer may open a dispute until {until}"},
    {merged_into_another,
     "Closed: another dispute over the payment goes on with it", "Closed: another dispute over the payment goes on with it",
     "Closed: another dispute over the payment goes on with it", "Closed: another dispute over the payment goes on with it"},
};
// clang-format on

constexpr bool every_code_is_spoken() {
    for (std::size_t at = 0; at < status_code_count; ++at) {
        if (static_cast<std::size_t>(sentences[at].code) != at) return false;
    }
    return std::size(sentences) == status_code_count;
}
static_assert(every_code_is_spoken());

// Every state in which a clock runs is told, once.
constexpr bool every_wait_is_told() {
    bool right = true;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        lifecycle::for_each(typename L::waits{}, [&]<class Wait>() {
            if constexpr (requires { Wait::kind; }) {
                int lines = 0;
                lifecycle::for_each(told{}, [&]<class Says>() {
                    lines += std::is_same_v<typename Says::state, typename Wait::state> ? 1 : 0;
                });
                right = right && lines == 1;
            }
        });
    });
    return right;
}
static_assert(every_wait_is_told());

status_code code_of(resolution how) {
    switch (how) {
        case resolution::full_refund: return refunded_in_full;
        case resolution::partial_refund: return refunded_in_part;
        case resolution::return_refund: return refunded_after_return;
        case resolution::rejected: return claim_rejected;
        case resolution::withdrawn: return withdrawn;
        case resolution::expired: return expired;
        case resolution::return_not_sent: return return_not_sent;
        case resolution::return_lost: return return_lost;
        case resolution::unpaid: return refund_unpaid;
        case resolution::exchanged: return goods_exchanged;
        case resolution::replaced: return goods_replaced;
        case resolution::remedied: return remedy_performed;
        case resolution::not_pursued: return contact_not_pursued;
        case resolution::charged_back: return status_code::charged_back;
        case resolution::refunded_outside: return status_code::refunded_outside;
        case resolution::merged: return merged_into_another;
    }
    return expired;
}

void replace(std::string& text, std::string_view place, std::string const& with) {
    if (auto const at = text.find(place); at != std::string::npos) text.replace(at, place.size(), with);
}

}  // namespace

status_code code_of(wait const& waiting) {
    auto code = not_opened;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != waiting.lifecycle) return;
        lifecycle::for_each(told{}, [&]<class Says>() {
            if constexpr (lifecycle::contains<lifecycle::states_of<L>, typename Says::state>) {
                if (Says::state::code == waiting.state) code = Says::code;
            }
        });
    });
    return code;
}

status status_of(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
                 role viewer, instant now) {
    status made;
    made.viewer = viewer;
    auto const ahead = outlook_of(key, before, money, known, now);
    auto const& all = ahead.prospects.front().all;
    if (auto const& end = all.dispute().kept.ruling->outcome; end && all.dispute().in<dispute::closed>()) {
        made.code = code_of(end->resolution);
        if (end->awarded) made.amount = end->awarded->amount;
        return made;
    }
    auto const waiting = waits(ahead);
    if (is_of_payment(all)) made.code = order_known;
    if (waiting.empty()) return made;
    auto const yours = [&](wait const& one) {
        return std::find(one.owed_by.begin(), one.owed_by.end(), viewer) != one.owed_by.end();
    };
    auto const own = std::find_if(waiting.begin(), waiting.end(), yours);
    auto const& told_of = own != waiting.end() ? *own : waiting.front();
    made.code = code_of(told_of);
    made.your_turn = own != waiting.end();
    made.until = told_of.until;
    made.zone = engine::zone_of(told_of.ended_by, known).name();
    made.remind_at = remind_at(key, all, known, told_of.lifecycle, told_of.number, viewer, now);
    if (made.code == decision_may_be_appealed) {
        if (auto const own_end = engine::window_of_loser(viewer, all, known)) {
            if (now < *own_end)
                made.until = own_end;
            else
                made.code = other_side_may_appeal;
        }
    }
    if (told_of.lifecycle == refund::lifecycle_type::code)
        made.amount = find_machine<refund::lifecycle_type>(all, told_of.number)->kept.amount;
    return made;
}

std::string_view sentence(status_code code, role viewer) {
    auto const& line = sentences[static_cast<std::size_t>(code)];
    switch (viewer) {
        case role::buyer: return line.buyer;
        case role::seller: return line.seller;
        case role::mediator: return line.mediator;
        case role::platform_operator:
        case role::host:
        case role::timer: break;
    }
    return line.platform;
}

std::string to_text(status const& now_is) {
    std::string text{sentence(now_is.code, now_is.viewer)};
    if (now_is.until) replace(text, "{until}", due_in_words(*now_is.until, *time_zone::find(now_is.zone)));
    if (now_is.amount) replace(text, "{amount}", to_text(*now_is.amount));
    return text;
}

}  // namespace recourse
