// Reactions: what one machine's event tells the others. All in one decision and one transaction.
//
//     when< offer_accepted , negotiation , reach_agreement >      // every offer_accepted tells the negotiation so
//
// A reaction addresses the machines of a lifecycle that meet all its conditions, or makes a new one (`a_new_one`).
// A machine that is told must obey: when its table says no, the command that started it all is refused.
#pragma once

#include "recourse/lifecycle/event.hpp"
#include "recourse/lifecycle/record.hpp"

namespace recourse::lifecycle {

// ---- words

// What a condition sees: the record after the event, the event's machine number, its body, and the machine addressed.
template <class Body>
struct telling {
    record const& all;
    std::uint32_t number;
    Body const& body;
};

struct a_new_one {
    static constexpr std::string_view name = "a new one";
};
struct one_for_each_part {  // a new one for each refund order of the settlement
    static constexpr std::string_view name = "a new one for each part";
};

struct one_for_each_line {  // of the order: the machine that there is for it, or a new one
    static constexpr std::string_view name = "one for each line";
};

struct is_live {
    static constexpr std::string_view name = "live";
    template <class Body>
    static bool holds(telling<Body> const&, machine<offer::lifecycle_type> const& one) {
        return one.in<offer::proposed>() || one.in<offer::half_accepted>();
    }
    template <class Body>
    static bool holds(telling<Body> const&, machine<negotiation::lifecycle_type> const& one) {
        return one.in<negotiation::awaiting_seller>() || one.in<negotiation::awaiting_buyer>() ||
               one.in<negotiation::lapsed>();
    }
    template <class Body>
    static bool holds(telling<Body> const&, machine<mediation::lifecycle_type> const& one) {
        return !one.in<mediation::not_begun>() && !one.in<mediation::decided>() && !one.in<mediation::called_off>();
    }
    template <class Body>
    static bool holds(telling<Body> const&, machine<return_request::lifecycle_type> const& one) {
        return one.in<return_request::awaiting_terms>() || one.in<return_request::awaiting_shipment>() ||
               one.in<return_request::in_transit>() || one.in<return_request::awaiting_inspection>();
    }
    template <class Body>
    static bool holds(telling<Body> const&, machine<appeal::lifecycle_type> const& one) {
        return one.in<appeal::awaiting_evidence>() || one.in<appeal::under_review>() ||
               one.in<appeal::awaiting_buyer>() || one.in<appeal::awaiting_seller>() || one.in<appeal::awaiting_both>();
    }
    template <class Body>
    static bool holds(telling<Body> const&, machine<replacement::lifecycle_type> const& one) {
        return one.in<replacement::awaiting_shipment>() || one.in<replacement::awaiting_performance>() ||
               one.in<replacement::in_transit>() || one.in<replacement::awaiting_confirmation>();
    }
};
struct is_suspended_by_it {
    static constexpr std::string_view name = "suspended";
    static bool holds(auto const&, machine<suspension::lifecycle_type> const& one) {
        return one.in<suspension::suspended>();
    }
};
struct is_held {
    static constexpr std::string_view name = "held";
    static bool holds(auto const&, machine<refund::lifecycle_type> const& one) { return one.in<refund::held>(); }
};
struct is_charged_back {  // a dispute that ends in another way may still pay for what came back before
    static constexpr std::string_view name = "charged back";
    static bool holds(auto const& told, auto const&) {
        return told.body.outcome.resolution == resolution::charged_back;
    }
};
struct is_earlier {
    static constexpr std::string_view name = "earlier";
    static bool holds(auto const& told, auto const& one) { return one.number < told.number; }
};
struct of_the_same_author {
    static constexpr std::string_view name = "of the same author";
    static bool holds(auto const& told, auto const& one) { return one.kept.author == told.body.author; }
};
struct of_the_seller {
    static constexpr std::string_view name = "of the seller";
    static bool holds(auto const&, auto const& one) { return one.kept.author == role::seller; }
};
struct of_a_party {
    static constexpr std::string_view name = "the author is a party";
    static bool holds(auto const& told, auto const&) { return told.body.author != role::mediator; }
};
template <silence Consequence>
struct silence_is {
    static constexpr std::string_view name = wire_name(Consequence);
    static bool holds(auto const& told, auto const&) { return told.body.consequence == Consequence; }
};
struct is_refunded {
    static constexpr std::string_view name = "the loss is refunded";
    static bool holds(auto const& told, auto const&) { return told.body.refunded; }
};
struct is_not_refunded {
    static constexpr std::string_view name = "the loss is not refunded";
    static bool holds(auto const& told, auto const&) { return !told.body.refunded; }
};
struct is_negotiated {
    static constexpr std::string_view name = "it is negotiated first";
    static bool holds(auto const& told, auto const&) { return !told.body.at_once; }
};
struct is_not_negotiated {
    static constexpr std::string_view name = "it is not negotiated";
    static bool holds(auto const& told, auto const&) { return told.body.at_once; }
};
struct offers_are_voided {
    static constexpr std::string_view name = "offers are voided";
    static bool holds(auto const& told, auto const&) { return told.body.offers_are_voided; }
};
struct hold_is_over {
    static constexpr std::string_view name = "the new reason waits for no delivery";
    static bool holds(auto const& told, auto const&) { return told.body.ends_hold; }
};
struct of_the_claim {
    static constexpr std::string_view name = "of the claim before";
    static bool holds(auto const&, auto const& one) { return one.kept.author == role::buyer; }
};

// ---- of a decision
struct is_final {
    static constexpr std::string_view name = "final";
    static bool holds(auto const& told, auto const&) {
        if constexpr (requires { told.body.standing; })
            return told.body.standing == dispute::standing::final;
        else
            return true;
    }
};
struct is_provisional {
    static constexpr std::string_view name = "carried out provisionally";
    static bool holds(auto const& told, auto const&) { return told.body.standing == dispute::standing::provisional; }
};
struct in_money {
    static constexpr std::string_view name = "in money";
    static bool holds(auto const& told, auto const&) {
        auto const& awarded = told.body.terms.awarded;
        return awarded && !goods_go_back(awarded->remedy) && !is_a_promise(awarded->remedy);
    }
};
struct with_goods_back {
    static constexpr std::string_view name = "the goods go back";
    static bool holds(auto const& told, auto const&) {
        auto const& awarded = told.body.terms.awarded;
        return awarded && goods_go_back(awarded->remedy);
    }
};
struct as_a_promise {
    static constexpr std::string_view name = "a promise";
    static bool holds(auto const& told, auto const&) {
        auto const& awarded = told.body.terms.awarded;
        return awarded && is_a_promise(awarded->remedy) && !goods_go_back(awarded->remedy);
    }
};
struct of_nothing {
    static constexpr std::string_view name = "nothing is awarded";
    static bool holds(auto const& told, auto const&) { return !told.body.terms.awarded; }
};

// ---- of a return, and of what was promised
struct for_an_exchange {
    static constexpr std::string_view name = "for an exchange";
    static bool holds(auto const& told, auto const&) { return award_of(told).remedy == remedy::exchange; }
};
struct for_money {
    static constexpr std::string_view name = "for money";
    static bool holds(auto const& told, auto const&) { return award_of(told).remedy != remedy::exchange; }
};
template <remedy Remedy>
struct remedy_is {
    static constexpr std::string_view name = wire_name(Remedy);
    static bool holds(auto const& told, auto const&) { return award_of(told).remedy == Remedy; }
};

// ---- of a settlement
struct settlement_is_interrupted {
    static constexpr std::string_view name = "the settlement is interrupted";
    static bool holds(auto const&, machine<dispute::lifecycle_type> const& one) {
        return one.in<dispute::settlement_failed>();
    }
};
struct settlement_runs {
    static constexpr std::string_view name = "the settlement runs";
    static bool holds(auto const&, machine<dispute::lifecycle_type> const& one) { return one.in<dispute::settling>(); }
};
struct settlement_waits {
    static constexpr std::string_view name = "the settlement waits for it";
    static bool holds(auto const&, machine<dispute::lifecycle_type> const& one) {
        return one.in<dispute::settling>() || one.in<dispute::settlement_failed>() ||
               (one.in<dispute::closed>() && one.kept.ruling->outcome &&
                one.kept.ruling->outcome->resolution == resolution::unpaid);
    }
};
template <class... States>
bool all_refunds_are_in(record const& of) {
    for (auto const& one : of.refunds()) {
        if (!(one.in<States>() || ...)) return false;
    }
    return true;
}
struct all_is_paid {
    static constexpr std::string_view name = "all of it is paid";
    static bool holds(auto const& told, auto const&) {
        return all_refunds_are_in<refund::confirmed, refund::called_off>(told.all);
    }
};
struct nothing_else_failed {
    static constexpr std::string_view name = "no other refund has failed";
    static bool holds(auto const& told, auto const&) {
        return all_refunds_are_in<refund::confirmed, refund::instructed, refund::unknown, refund::given_up,
                                  refund::held, refund::called_off>(told.all);
    }
};
// All refunds have come to an end, and not all of them are paid.
struct some_is_unpaid {
    static constexpr std::string_view name = "some of it stays unpaid";
    static bool holds(auto const& told, auto const& one) {
        return all_refunds_are_in<refund::confirmed, refund::given_up, refund::called_off>(told.all) &&
               !all_is_paid::holds(told, one);
    }
};
struct something_has_failed {
    static constexpr std::string_view name = "a refund ordered before has failed";
    static bool holds(auto const& told, machine<dispute::lifecycle_type> const& one) {
        return one.in<dispute::settling>() && !nothing_else_failed::holds(told, one);
    }
};
// What was paid for goods that came back as agreed, when the rest has ended without a refund or by a promise.
struct rest_has_ended {
    static constexpr std::string_view name = "it was of a part, and the rest has ended";
    static bool holds(auto const& told, machine<dispute::lifecycle_type> const& one) {
        if (!one.in<dispute::closed>() || !one.kept.ruling->outcome || one.kept.course->settled.empty()) return false;
        switch (one.kept.ruling->outcome->resolution) {
            case resolution::withdrawn:
            case resolution::partial_refund:
            case resolution::exchanged:
            case resolution::replaced:
            case resolution::remedied: return !told.all.refunds()[told.number - 1].kept.provisional;
            default: return false;
        }
    }
};
struct something_is_due_back {
    static constexpr std::string_view name = "more was paid than is due";
    static bool holds(auto const& told, machine<dispute::lifecycle_type> const& one) {
        return due_back_minor(told.all) > one.kept.bill->recoup_minor;
    }
};
struct is_not_closed {
    static constexpr std::string_view name = "not closed";
    static bool holds(auto const&, machine<dispute::lifecycle_type> const& one) { return !one.in<dispute::closed>(); }
};

// Which award an event speaks of: its own, that of the machine it is about, or the claim.
template <class Body>
award award_of(telling<Body> const& told) {
    if constexpr (requires { told.body.award; }) {
        return told.body.award;
    } else if constexpr (requires { told.body.terms; }) {
        return told.body.terms.awarded.value_or(award{});
    } else if constexpr (contains<events_of<offer::lifecycle_type>, Body>) {
        return told.all.offers()[told.number - 1].kept.award;
    } else if constexpr (contains<events_of<return_request::lifecycle_type>, Body>) {
        return told.all.returns()[told.number - 1].kept.award;
    } else if constexpr (contains<events_of<replacement::lifecycle_type>, Body>) {
        return told.all.replacements()[told.number - 1].kept.award;
    } else {
        return told.all.dispute().kept.claim;
    }
}

// What an event decides: its own terms, the award that it speaks of, or nothing where a claim was rejected.
template <class Body>
decision_terms terms_of(telling<Body> const& told) {
    if constexpr (requires { told.body.terms; }) {
        return told.body.terms;
    } else if constexpr (std::is_same_v<Body, mediation::claim_rejected>) {
        return {{}, {}, told.body.rules};
    } else if constexpr (std::is_same_v<Body, mediation::claim_rejected_by_default>) {
        return {};
    } else if constexpr (std::is_same_v<Body, mediation::remedy_awarded>) {
        return {told.body.award, told.body.funded_by, told.body.rules, told.body.costs};
    } else {
        return {award_of(told), {}, {}};
    }
}

// How a command that is told gets its content from the event; `part` is which of several.
template <class Command, class Body>
Command told_by(telling<Body> const& told, std::size_t part) {
    Command command{};
    if constexpr (requires { command.terms; }) {
        command.terms = terms_of(told);
        command.appealable =
            contains<events_of<mediation::lifecycle_type>, Body> || contains<events_of<appeal::lifecycle_type>, Body>;
    }
    if constexpr (requires { command.award; }) {
        if constexpr (requires { told.body.claim; })
            command.award = told.body.claim;
        else
            command.award = award_of(told);
    }
    if constexpr (requires { command.from; }) {
        // An offer speaks for its author; an answer comes from the other party.
        constexpr bool answers = std::is_same_v<Body, offer::offer_declined>;
        command.from = answers ? other_party(told.body.author) : told.body.author;
    }
    if constexpr (requires { command.restarts_answer; }) command.restarts_answer = told.body.answer_restarts;
    if constexpr (std::is_same_v<Command, dispute::settle_part>) command.lines = told.body.accepted;
    if constexpr (std::is_same_v<Command, refund::instruct_refund>) {
        auto const& one = told.body.refunds[part];
        command.amount = one.amount;
        command.lines = one.lines;
        command.tender = one.tender;
        command.provisional = std::is_same_v<Body, dispute::provisional_settlement_begun>;
    }
    return command;
}

// The same, where the closing of a dispute needs its resolution.
template <resolution Resolution>
struct closing_as : dispute::close_dispute {
    using told_as = dispute::close_dispute;
    static constexpr std::string_view as = wire_name(Resolution);
};
template <resolution Resolution>
dispute::close_dispute closing(closing_as<Resolution>) {
    return {Resolution};
}
template <class Command, class Body>
auto command_for(telling<Body> const& told, std::size_t part = 0) {
    if constexpr (requires { typename Command::told_as; }) {
        return closing(Command{});
    } else {
        return told_by<Command>(told, part);
    }
}

template <class Event, class Lifecycle, class Command, class... Conditions>
struct when {
    using event = Event;
    using lifecycle = Lifecycle;
    using command = Command;
    static constexpr std::array<std::string_view, sizeof...(Conditions)> conditions{Conditions::name...};
    static constexpr bool makes_one_each = contains<list<Conditions...>, one_for_each_part>;
    static constexpr bool tells_each_line = contains<list<Conditions...>, one_for_each_line>;
    static constexpr bool makes_a_new_one = contains<list<Conditions...>, a_new_one> || makes_one_each;
    static bool addresses(telling<Event> const& told, machine<Lifecycle> const& one) {
        return (condition<Conditions>(told, one) && ...);
    }

  private:
    template <class Condition>
    static bool condition(telling<Event> const& told, machine<Lifecycle> const& one) {
        if constexpr (std::is_same_v<Condition, a_new_one> || std::is_same_v<Condition, one_for_each_part> ||
                      std::is_same_v<Condition, one_for_each_line>)
            return true;
        else
            return Condition::holds(told, one);
    }
};

// ---- the table

using the_dispute = dispute::lifecycle_type;
using the_negotiation = negotiation::lifecycle_type;
using the_mediation = mediation::lifecycle_type;
using an_appeal = appeal::lifecycle_type;
using an_offer = offer::lifecycle_type;
using a_return = return_request::lifecycle_type;
using a_replacement = replacement::lifecycle_type;
using a_refund = refund::lifecycle_type;
using a_suspension = suspension::lifecycle_type;
using a_protection = buyer_protection::lifecycle_type;

// clang-format off
using reactions = list<
    //    on event                                 tells             to do                                    only if
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< dispute::dispute_opened                    , the_negotiation , negotiation::begin_negotiation         , is_negotiated >,
    when< dispute::dispute_opened                    , an_offer        , offer::table_claim                     , a_new_one >,
    when< dispute::dispute_opened                    , the_dispute     , dispute::send_to_mediation             , is_not_negotiated >,
    when< dispute::claim_amended                     , an_offer        , offer::expire_offer                    , is_live, of_the_seller, offers_are_voided >,
    when< dispute::claim_amended                     , an_offer        , offer::supersede_offer                 , is_live, of_the_claim >,
    when< dispute::claim_amended                     , an_offer        , offer::table_claim                     , a_new_one >,
    when< dispute::claim_amended                     , the_negotiation , negotiation::hear_amendment            , is_live >,
    when< dispute::claim_amended                     , the_mediation   , mediation::end_hold                    , hold_is_over >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< offer::offer_made                          , an_offer        , offer::supersede_offer                 , is_live, is_earlier, of_the_same_author >,
    when< offer::offer_made                          , the_negotiation , negotiation::hear_offer                , is_live, of_a_party >,
    when< offer::offer_declined                      , the_negotiation , negotiation::hear_decline              , is_live, of_a_party >,
    when< offer::offer_withdrawn                     , the_negotiation , negotiation::hear_withdrawal           , is_live, of_a_party >,
    when< offer::offer_accepted                      , the_negotiation , negotiation::reach_agreement           , is_live >,
    when< offer::offer_accepted                      , the_dispute     , dispute::reach_decision                 >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< negotiation::seller_lapsed                 , the_dispute     , dispute::send_to_mediation             , silence_is<silence::escalates> >,
    when< negotiation::seller_lapsed                 , the_dispute     , dispute::reach_decision                , silence_is<silence::grants_claim> >,
    when< negotiation::buyer_lapsed                  , an_offer        , offer::expire_offer                    , is_live, of_the_seller >,
    when< negotiation::buyer_lapsed                  , the_dispute     , dispute::send_to_mediation             , silence_is<silence::escalates> >,
    when< negotiation::buyer_lapsed                  , the_dispute     , closing_as<resolution::expired>        , silence_is<silence::closes> >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< dispute::dispute_escalated                 , the_negotiation , negotiation::break_off                 , is_live >,
    when< dispute::dispute_escalated                 , an_offer        , offer::expire_offer                    , is_live >,
    when< dispute::dispute_escalated                 , the_mediation   , mediation::begin_mediation              >,
    when< dispute::mediation_resumed                 , the_mediation   , mediation::begin_mediation              >,
    when< mediation::remedy_awarded                  , the_dispute     , dispute::reach_decision                 >,
    when< mediation::remedy_awarded_by_default       , the_dispute     , dispute::reach_decision                 >,
    when< mediation::claim_rejected                  , the_dispute     , dispute::reach_decision                 >,
    when< mediation::claim_rejected_by_default       , the_dispute     , dispute::reach_decision                 >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    // What was agreed or decided is carried out when it is final.
    when< dispute::decision_reached                  , the_negotiation , negotiation::break_off                 , is_live >,
    when< dispute::decision_reached                  , the_mediation   , mediation::call_off_mediation          , is_live >,
    when< dispute::decision_reached                  , an_offer        , offer::expire_offer                    , is_live >,
    when< dispute::decision_reached                  , the_dispute     , dispute::pay_provisionally             , is_provisional >,
    when< dispute::decision_reached                  , the_dispute     , dispute::begin_settlement              , is_final, in_money >,
    when< dispute::decision_reached                  , the_dispute     , dispute::begin_return                  , is_final, with_goods_back >,
    when< dispute::decision_reached                  , the_dispute     , dispute::begin_remedy                  , is_final, as_a_promise >,
    when< dispute::decision_reached                  , the_dispute     , closing_as<resolution::rejected>       , is_final, of_nothing >,
    when< dispute::decision_became_final             , the_dispute     , dispute::begin_settlement              , is_final, in_money >,
    when< dispute::decision_became_final             , the_dispute     , dispute::begin_return                  , is_final, with_goods_back >,
    when< dispute::decision_became_final             , the_dispute     , dispute::begin_remedy                  , is_final, as_a_promise >,
    when< dispute::decision_became_final             , the_dispute     , closing_as<resolution::rejected>       , is_final, of_nothing >,
    when< dispute::decision_restored                 , the_dispute     , dispute::begin_settlement              , is_final, in_money >,
    when< dispute::decision_restored                 , the_dispute     , dispute::begin_return                  , is_final, with_goods_back >,
    when< dispute::decision_restored                 , the_dispute     , dispute::begin_remedy                  , is_final, as_a_promise >,
    when< dispute::decision_restored                 , the_dispute     , closing_as<resolution::rejected>       , is_final, of_nothing >,
    when< dispute::provisional_settlement_begun      , a_refund        , refund::instruct_refund                , one_for_each_part >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< appeal::appeal_filed                       , the_dispute     , dispute::begin_appeal                   >,
    when< appeal::appeal_withdrawn                   , the_dispute     , dispute::restore_decision               >,
    when< appeal::appeal_dismissed                   , the_dispute     , dispute::restore_decision               >,
    when< appeal::decision_upheld                    , the_dispute     , dispute::restore_decision               >,
    when< appeal::decision_upheld_by_default         , the_dispute     , dispute::restore_decision               >,
    when< appeal::decision_overturned                , the_dispute     , dispute::reach_decision                 >,
    when< appeal::decision_overturned_by_default     , the_dispute     , dispute::reach_decision                 >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< dispute::return_begun                      , a_return        , return_request::begin_return_request   , a_new_one >,
    when< return_request::return_accepted            , the_dispute     , dispute::begin_settlement              , for_money >,
    when< return_request::return_accepted            , the_dispute     , dispute::begin_exchange                , for_an_exchange >,
    when< return_request::return_accepted_at_shipment , the_dispute     , dispute::begin_settlement              , for_money >,
    when< return_request::return_accepted_at_shipment , the_dispute     , dispute::begin_exchange                , for_an_exchange >,
    when< return_request::return_accepted_at_delivery , the_dispute     , dispute::begin_settlement              , for_money >,
    when< return_request::return_accepted_at_delivery , the_dispute     , dispute::begin_exchange                , for_an_exchange >,
    when< return_request::return_waived              , the_dispute     , dispute::begin_settlement              , for_money >,
    when< return_request::return_waived              , the_dispute     , dispute::begin_exchange                , for_an_exchange >,
    when< return_request::return_lost                , the_dispute     , dispute::begin_settlement              , is_refunded >,
    when< return_request::return_lost                , the_dispute     , closing_as<resolution::return_lost>    , is_not_refunded >,
    when< return_request::return_not_sent            , the_dispute     , closing_as<resolution::return_not_sent>  >,
    when< return_request::return_contested           , the_dispute     , dispute::resume_mediation               >,
    when< return_request::return_partly_accepted     , the_dispute     , dispute::settle_part                    >,
    when< return_request::return_partly_accepted     , the_dispute     , dispute::resume_mediation               >,
    when< dispute::part_settlement_begun             , a_refund        , refund::instruct_refund                , one_for_each_part >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< dispute::exchange_begun                    , a_replacement   , replacement::begin_replacement         , a_new_one >,
    when< dispute::remedy_begun                      , a_replacement   , replacement::begin_replacement         , a_new_one >,
    when< replacement::replacement_confirmed         , the_dispute     , closing_as<resolution::exchanged>      , remedy_is<remedy::exchange> >,
    when< replacement::replacement_confirmed         , the_dispute     , closing_as<resolution::replaced>       , remedy_is<remedy::replacement> >,
    when< replacement::replacement_confirmed         , the_dispute     , closing_as<resolution::remedied>       , remedy_is<remedy::alternative> >,
    when< replacement::promise_broken                , the_dispute     , dispute::begin_settlement               >,
    when< replacement::replacement_lost              , the_dispute     , dispute::begin_settlement               >,
    when< replacement::replacement_rejected          , the_dispute     , dispute::begin_settlement               >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< dispute::settlement_begun                  , a_refund        , refund::instruct_refund                , one_for_each_part >,
    when< dispute::settlement_begun                  , the_dispute     , dispute::complete_settlement           , all_is_paid >,
    when< dispute::settlement_begun                  , the_dispute     , closing_as<resolution::unpaid>         , some_is_unpaid >,
    when< dispute::settlement_begun                  , the_dispute     , dispute::interrupt_settlement          , something_has_failed >,
    when< refund::refund_failed                      , the_dispute     , dispute::interrupt_settlement          , settlement_runs >,
    when< refund::refund_retried                     , the_dispute     , dispute::resume_settlement             , settlement_is_interrupted, nothing_else_failed >,
    when< refund::refund_rerouted                    , the_dispute     , dispute::resume_settlement             , settlement_is_interrupted, nothing_else_failed >,
    when< refund::refund_confirmed                   , the_dispute     , dispute::complete_settlement           , settlement_waits, all_is_paid >,
    when< refund::refund_confirmed                   , the_dispute     , closing_as<resolution::unpaid>         , settlement_waits, is_not_closed, some_is_unpaid >,
    when< refund::refund_given_up                    , the_dispute     , closing_as<resolution::unpaid>         , settlement_waits, is_not_closed, some_is_unpaid >,
    when< refund::refund_given_up                    , the_dispute     , closing_as<resolution::unpaid>         , rest_has_ended >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< dispute::dispute_withdrawn                 , the_negotiation , negotiation::break_off                 , is_live >,
    when< dispute::dispute_withdrawn                 , an_offer        , offer::expire_offer                    , is_live >,
    when< dispute::dispute_withdrawn                 , the_mediation   , mediation::call_off_mediation          , is_live >,
    when< dispute::dispute_withdrawn                 , a_return        , return_request::call_off_return        , is_live >,
    when< dispute::dispute_withdrawn           , a_replacement   , replacement::call_off_replacement      , is_live >,
    // Last, when the clocks of all others are off: what is left goes on.
    when< dispute::dispute_withdrawn                 , a_suspension    , suspension::call_off_suspension        , is_suspended_by_it >,
    when< dispute::dispute_closed                    , the_negotiation , negotiation::break_off                 , is_live >,
    when< dispute::dispute_closed                    , an_offer        , offer::expire_offer                    , is_live >,
    when< dispute::dispute_closed                    , the_mediation   , mediation::call_off_mediation          , is_live >,
    when< dispute::dispute_closed                    , a_return        , return_request::call_off_return        , is_live>,
    when< dispute::dispute_closed              , a_replacement   , replacement::call_off_replacement      , is_live >,
    when< dispute::dispute_closed                    , an_appeal       , appeal::call_off_appeal                , is_live >,
    when< dispute::dispute_closed                    , a_refund        , refund::call_off_refund                , is_held, is_charged_back >,
    when< dispute::dispute_closed                    , a_suspension    , suspension::call_off_suspension        , is_suspended_by_it >,
    when< dispute::dispute_settled                   , a_suspension    , suspension::call_off_suspension        , is_suspended_by_it >,
    // What was paid while an appeal was possible is asked back when it is over, or when it arrives.
    when< dispute::dispute_closed                    , the_dispute     , dispute::order_recoup                  , something_is_due_back >,
    when< dispute::dispute_settled                   , the_dispute     , dispute::order_recoup                  , something_is_due_back >,
    when< refund::refund_confirmed                   , the_dispute     , dispute::order_recoup                  , something_is_due_back >,
    // +------------------------------------------+-----------------+----------------------------------------+------------------------------+
    when< payment::order_told                        , a_protection    , buyer_protection::hear_order           , one_for_each_line >>;

// What a record hears of another over the same payment: the engine tells it, in the transaction of what it was heard of.
using told_across = list<suspension::begin_suspension, suspension::end_suspension, dispute::reduce_claim,
                         refund::release_refund, payment::settle_recoup, buyer_protection::release_confirmation,
                         dispute::join_units>;

// What may be done while a dispute is suspended: evidence, messages, giving it up, what the host hears of refunds that were
// sent before, and another policy: what stands goes on with what remained of it.
using while_suspended = list<dispute::submit_evidence, appeal::submit_appeal_evidence, conversation::send_message,
                             dispute::withdraw_dispute, refund::confirm_refund, refund::report_refund_failed,
                             refund::report_refund_unknown, migration::migrate_policy>;
// clang-format on

// ---- checks

template <class Command>
struct as_told {
    using type = Command;
};
template <class Command>
    requires requires { typename Command::told_as; }
struct as_told<Command> {
    using type = typename Command::told_as;
};

// A reaction tells a lifecycle a command of its own, on an event that some lifecycle records.
constexpr bool every_reaction_is_understood() {
    bool right = true;
    for_each(reactions{}, [&]<class When>() {
        right =
            right && contains<commands_of<typename When::lifecycle>, typename as_told<typename When::command>::type>;
        right = right && contains<words_of<all>::events, typename When::event>;
    });
    return right;
}

// A command that no person can send is sent by a reaction or by a clock: otherwise its rows could never be taken.
constexpr bool every_internal_command_is_told() {
    bool right = true;
    for_each(all{}, [&]<class L>() {
        for_each(commands_of<L>{}, [&]<class Command>() {
            if (!is_internal<Command>() || std::is_same_v<Command, deadline_passed>) return;
            bool told = contains<told_across, Command>;
            for_each(reactions{}, [&]<class When>() {
                told = told || (std::is_same_v<typename When::lifecycle, L> &&
                                std::is_same_v<typename as_told<typename When::command>::type, Command>);
            });
            right = right && told;
        });
    });
    return right;
}

static_assert(every_reaction_is_understood());
static_assert(every_internal_command_is_told());

}  // namespace recourse::lifecycle
