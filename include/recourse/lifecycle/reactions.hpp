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

struct is_live {
    static constexpr std::string_view name = "live";
    template <class Body>
    static bool holds(telling<Body> const&, machine<offer::lifecycle_type> const& one) {
        return one.in<offer::proposed>();
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
        return one.in<return_request::awaiting_terms>() || one.in<return_request::awaiting_shipment>();
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
    static bool holds(auto const&, auto const& one) { return one.kept.author == party::seller; }
};
struct with_goods_kept {
    static constexpr std::string_view name = "the goods stay";
    static bool holds(auto const& told, auto const&) { return !goods_go_back(award_of(told).remedy); }
};
struct with_goods_back {
    static constexpr std::string_view name = "the goods go back";
    static bool holds(auto const& told, auto const&) { return goods_go_back(award_of(told).remedy); }
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

// Which award an event speaks of: its own, that of the offer it is about, that of the return it is about, or the claim.
template <class Body>
award award_of(telling<Body> const& told) {
    if constexpr (requires { told.body.award; }) {
        return told.body.award;
    } else if constexpr (contains<events_of<offer::lifecycle_type>, Body>) {
        return told.all.offers()[told.number - 1].kept.award;
    } else if constexpr (contains<events_of<return_request::lifecycle_type>, Body>) {
        return told.all.returns()[told.number - 1].kept.award;
    } else {
        return told.all.dispute().kept.claim;
    }
}

// How a command that is told gets its content from the event.
template <class Command, class Body>
Command told_by(telling<Body> const& told) {
    Command command{};
    if constexpr (requires { command.award; }) {
        if constexpr (requires { told.body.claim; })
            command.award = told.body.claim;
        else
            command.award = award_of(told);
    }
    if constexpr (requires { command.from; }) {
        // An offer speaks for its author; an answer comes from the other party.
        constexpr bool answers = std::is_same_v<Body, offer::offer_declined>;
        command.from = answers ? other(told.body.author) : told.body.author;
    }
    if constexpr (std::is_same_v<Command, refund::instruct_refund>) {
        command.amount = told.body.award.amount;
        command.lines = told.body.split;
    }
    return command;
}

// The same, where the closing of a dispute needs its resolution.
template <resolution Resolution>
struct closing_as : dispute::close_dispute {
    using told_as = dispute::close_dispute;
    static constexpr std::string_view as = wire_name(Resolution);
};
template <class Command, class Body>
auto command_for(telling<Body> const& told) {
    if constexpr (requires { typename Command::told_as; }) {
        return closing(Command{});
    } else {
        return told_by<Command>(told);
    }
}
template <resolution Resolution>
dispute::close_dispute closing(closing_as<Resolution>) {
    return {Resolution};
}

template <class Event, class Lifecycle, class Command, class... Conditions>
struct when {
    using event = Event;
    using lifecycle = Lifecycle;
    using command = Command;
    static constexpr std::array<std::string_view, sizeof...(Conditions)> conditions{Conditions::name...};
    static constexpr bool makes_a_new_one = contains<list<Conditions...>, a_new_one>;
    static bool addresses(telling<Event> const& told, machine<Lifecycle> const& one) {
        return (condition<Conditions>(told, one) && ...);
    }

  private:
    template <class Condition>
    static bool condition(telling<Event> const& told, machine<Lifecycle> const& one) {
        if constexpr (std::is_same_v<Condition, a_new_one>)
            return true;
        else
            return Condition::holds(told, one);
    }
};

// ---- the table

using the_dispute = dispute::lifecycle_type;
using the_negotiation = negotiation::lifecycle_type;
using the_mediation = mediation::lifecycle_type;
using an_offer = offer::lifecycle_type;
using a_return = return_request::lifecycle_type;
using a_refund = refund::lifecycle_type;

// clang-format off
using reactions = list<
    //    on event                               tells             to do                               only if
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< dispute::dispute_opened                , the_negotiation , negotiation::begin_negotiation                                          >,
    when< dispute::dispute_opened                , an_offer        , offer::table_claim                , a_new_one                           >,
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< offer::offer_made                      , an_offer        , offer::supersede_offer            , is_live, is_earlier, of_the_same_author >,
    when< offer::offer_made                      , the_negotiation , negotiation::hear_offer                                                 >,
    when< offer::offer_declined                  , the_negotiation , negotiation::hear_decline                                               >,
    when< offer::offer_withdrawn                 , the_negotiation , negotiation::hear_withdrawal                                            >,
    when< offer::offer_accepted                  , the_negotiation , negotiation::reach_agreement                                            >,
    when< offer::offer_accepted                  , the_dispute     , dispute::begin_settlement         , with_goods_kept                     >,
    when< offer::offer_accepted                  , the_dispute     , dispute::begin_return             , with_goods_back                     >,
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< negotiation::seller_lapsed             , the_dispute     , dispute::send_to_mediation        , silence_is<silence::escalates>      >,
    when< negotiation::seller_lapsed             , the_dispute     , dispute::begin_settlement         , silence_is<silence::grants_claim>, with_goods_kept >,
    when< negotiation::seller_lapsed             , the_dispute     , dispute::begin_return             , silence_is<silence::grants_claim>, with_goods_back >,
    when< negotiation::buyer_lapsed              , an_offer        , offer::expire_offer               , is_live, of_the_seller              >,
    when< negotiation::buyer_lapsed              , the_dispute     , dispute::send_to_mediation        , silence_is<silence::escalates>      >,
    when< negotiation::buyer_lapsed              , the_dispute     , closing_as<resolution::expired>   , silence_is<silence::closes>         >,
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< dispute::dispute_escalated             , the_negotiation , negotiation::break_off            , is_live                             >,
    when< dispute::dispute_escalated             , an_offer        , offer::expire_offer               , is_live                             >,
    when< dispute::dispute_escalated             , the_mediation   , mediation::begin_mediation                                              >,
    when< dispute::mediation_resumed             , the_mediation   , mediation::begin_mediation                                              >,
    when< mediation::remedy_awarded              , the_dispute     , dispute::begin_settlement         , with_goods_kept                     >,
    when< mediation::remedy_awarded              , the_dispute     , dispute::begin_return             , with_goods_back                     >,
    when< mediation::remedy_awarded_by_default   , the_dispute     , dispute::begin_settlement         , with_goods_kept                     >,
    when< mediation::remedy_awarded_by_default   , the_dispute     , dispute::begin_return             , with_goods_back                     >,
    when< mediation::claim_rejected              , the_dispute     , closing_as<resolution::rejected>                                        >,
    when< mediation::claim_rejected_by_default   , the_dispute     , closing_as<resolution::rejected>                                        >,
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< dispute::return_begun                  , the_negotiation , negotiation::break_off            , is_live                             >,
    when< dispute::return_begun                  , an_offer        , offer::expire_offer               , is_live                             >,
    when< dispute::return_begun                  , a_return        , return_request::begin_return_request, a_new_one                         >,
    when< return_request::return_accepted        , the_dispute     , dispute::begin_settlement                                               >,
    when< return_request::return_waived          , the_dispute     , dispute::begin_settlement                                               >,
    when< return_request::return_lost            , the_dispute     , dispute::begin_settlement         , is_refunded                         >,
    when< return_request::return_lost            , the_dispute     , closing_as<resolution::return_lost>, is_not_refunded                    >,
    when< return_request::return_not_sent        , the_dispute     , closing_as<resolution::return_not_sent>                                 >,
    when< return_request::return_contested       , the_dispute     , dispute::resume_mediation                                               >,
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< dispute::settlement_begun              , the_negotiation , negotiation::break_off            , is_live                             >,
    when< dispute::settlement_begun              , an_offer        , offer::expire_offer               , is_live                             >,
    when< dispute::settlement_begun              , a_refund        , refund::instruct_refund           , a_new_one                           >,
    when< refund::refund_failed                  , the_dispute     , dispute::interrupt_settlement     , settlement_runs                     >,
    when< refund::refund_retried                 , the_dispute     , dispute::resume_settlement        , settlement_is_interrupted           >,
    when< refund::refund_confirmed               , the_dispute     , dispute::complete_settlement                                            >,
    when< refund::refund_given_up                , the_dispute     , closing_as<resolution::unpaid>                                          >,
    // +----------------------------------------+-----------------+-----------------------------------+------------------------------------+
    when< dispute::dispute_withdrawn             , the_negotiation , negotiation::break_off            , is_live                             >,
    when< dispute::dispute_withdrawn             , an_offer        , offer::expire_offer               , is_live                             >,
    when< dispute::dispute_withdrawn             , the_mediation   , mediation::call_off_mediation     , is_live                             >,
    when< dispute::dispute_withdrawn             , a_return        , return_request::call_off_return   , is_live                             >,
    when< dispute::dispute_closed                , the_negotiation , negotiation::break_off            , is_live                             >,
    when< dispute::dispute_closed                , an_offer        , offer::expire_offer               , is_live                             >>;
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
            bool told = false;
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
