// The negotiation: whose turn it is to answer, and by when.
//
// It hears of offers and of answers from the offers themselves; nobody commands it directly. When an answer lapses,
// the policy says what follows; until the dispute leaves negotiation the buyer's claim stays open to the seller.
#pragma once

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/silence.hpp"

namespace recourse::negotiation {

using lifecycle::always;
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
struct not_begun       : state<0> { static constexpr std::string_view name = "not_begun"; };
struct awaiting_seller : state<1> { static constexpr std::string_view name = "awaiting_seller"; };
struct awaiting_buyer  : state<2> { static constexpr std::string_view name = "awaiting_buyer"; };
struct agreed          : state<3> { static constexpr std::string_view name = "agreed"; };
struct lapsed          : state<4> { static constexpr std::string_view name = "lapsed"; };
struct broken_off      : state<5> { static constexpr std::string_view name = "broken_off"; };

// clang-format on

// ---- commands, all told by other machines
struct begin_negotiation {
    static constexpr std::string_view name = "begin_negotiation";
    static constexpr bool internal = true;
};
struct hear_offer {
    static constexpr std::string_view name = "hear_offer";
    static constexpr bool internal = true;
    role from{};
};
struct hear_decline {
    static constexpr std::string_view name = "hear_decline";
    static constexpr bool internal = true;
    role from{};
};
struct hear_withdrawal {
    static constexpr std::string_view name = "hear_withdrawal";
    static constexpr bool internal = true;
    role from{};
};
struct hear_amendment {
    static constexpr std::string_view name = "hear_amendment";
    static constexpr bool internal = true;
    bool restarts_answer = false;
};
struct reach_agreement {
    static constexpr std::string_view name = "reach_agreement";
    static constexpr bool internal = true;
};
struct break_off {
    static constexpr std::string_view name = "break_off";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    silence when_seller_is_silent{};
    silence when_buyer_is_silent{};
};

// ---- events
struct negotiation_begun {
    static constexpr std::string_view name = "negotiation_begun";
    static negotiation_begun of(facts const&, begin_negotiation const&) { return {}; }
    bool operator==(negotiation_begun const&) const = default;
};
struct turn_passed {
    static constexpr std::string_view name = "turn_passed";
    role to{};
    static turn_passed of(facts const&, auto const& command) { return {other_party(command.from)}; }
    // The seller took back what the buyer had to answer: it is his turn again.
    static turn_passed of(facts const&, hear_withdrawal const& command) { return {command.from}; }
    bool operator==(turn_passed const&) const = default;
};
struct offer_improved {  // the seller offers again before the buyer has answered: she gets her full time for it
    static constexpr std::string_view name = "offer_improved";
    static constexpr bool restarts_clock = true;
    static offer_improved of(facts const&, hear_offer const&) { return {}; }
    bool operator==(offer_improved const&) const = default;
};
struct word_heard {  // somebody spoke out of turn; the clock goes on
    static constexpr std::string_view name = "word_heard";
    role from{};
    static word_heard of(facts const&, auto const& command) { return {command.from}; }
    bool operator==(word_heard const&) const = default;
};
struct answer_restarted {  // the claim has changed: the seller gets his full time for it
    static constexpr std::string_view name = "answer_restarted";
    static constexpr bool restarts_clock = true;
    static answer_restarted of(facts const&, hear_amendment const&) { return {}; }
    bool operator==(answer_restarted const&) const = default;
};
struct amendment_heard {  // the claim has changed, and no more time is given for it
    static constexpr std::string_view name = "amendment_heard";
    static amendment_heard of(facts const&, hear_amendment const&) { return {}; }
    bool operator==(amendment_heard const&) const = default;
};
struct agreement_reached {
    static constexpr std::string_view name = "agreement_reached";
    static agreement_reached of(facts const&, reach_agreement const&) { return {}; }
    bool operator==(agreement_reached const&) const = default;
};
struct seller_lapsed {
    static constexpr std::string_view name = "seller_lapsed";
    silence consequence{};
    static seller_lapsed of(facts const& known, deadline_passed const&) { return {known.when_seller_is_silent}; }
    bool operator==(seller_lapsed const&) const = default;
};
struct buyer_lapsed {
    static constexpr std::string_view name = "buyer_lapsed";
    silence consequence{};
    static buyer_lapsed of(facts const& known, deadline_passed const&) { return {known.when_buyer_is_silent}; }
    bool operator==(buyer_lapsed const&) const = default;
};
struct negotiation_broken_off {
    static constexpr std::string_view name = "negotiation_broken_off";
    static negotiation_broken_off of(facts const&, break_off const&) { return {}; }
    bool operator==(negotiation_broken_off const&) const = default;
};

// ---- guards
struct from_seller {
    static constexpr std::string_view name = "from_seller";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, auto const& command) noexcept { return command.from == role::seller; }
};
struct from_buyer {
    static constexpr std::string_view name = "from_buyer";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, auto const& command) noexcept { return command.from == role::buyer; }
};

struct restarts_answer {
    static constexpr std::string_view name = "restarts_answer";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, hear_amendment const& told) noexcept { return told.restarts_answer; }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from              on command          to                records                  only if
    // +-----------------+-------------------+-----------------+------------------------+-------------+
    row< not_begun       , begin_negotiation , awaiting_seller , negotiation_begun      , always      >,
    // +-----------------+-------------------+-----------------+------------------------+-------------+
    row< awaiting_seller , hear_offer        , awaiting_buyer  , turn_passed            , from_seller >,
    row< awaiting_seller , hear_offer        , awaiting_seller , word_heard             , from_buyer  >,
    row< awaiting_seller , hear_decline      , awaiting_buyer  , turn_passed            , from_seller >,
    row< awaiting_seller , hear_decline      , awaiting_seller , word_heard             , from_buyer  >,
    row< awaiting_seller , hear_withdrawal   , awaiting_seller , word_heard             , always      >,
    row< awaiting_seller , hear_amendment    , awaiting_seller , answer_restarted       , restarts_answer >,
    row< awaiting_seller , hear_amendment    , awaiting_seller , amendment_heard        , always      >,
    row< awaiting_seller , reach_agreement   , agreed          , agreement_reached      , always      >,
    row< awaiting_seller , break_off         , broken_off      , negotiation_broken_off , always      >,
    row< awaiting_seller , deadline_passed   , lapsed          , seller_lapsed          , always      >,
    // +-----------------+-------------------+-----------------+------------------------+-------------+
    row< awaiting_buyer  , hear_offer        , awaiting_seller , turn_passed            , from_buyer  >,
    row< awaiting_buyer  , hear_offer        , awaiting_buyer  , offer_improved         , from_seller >,
    row< awaiting_buyer  , hear_decline      , awaiting_seller , turn_passed            , from_buyer  >,
    row< awaiting_buyer  , hear_decline      , awaiting_buyer  , word_heard             , from_seller >,
    row< awaiting_buyer  , hear_withdrawal   , awaiting_seller , turn_passed            , from_seller >,
    row< awaiting_buyer  , hear_withdrawal   , awaiting_buyer  , word_heard             , from_buyer  >,
    // Whatever she was to answer, it is the seller who answers the new claim.
    row< awaiting_buyer  , hear_amendment    , awaiting_seller , amendment_heard        , always      >,
    row< awaiting_buyer  , reach_agreement   , agreed          , agreement_reached      , always      >,
    row< awaiting_buyer  , break_off         , broken_off      , negotiation_broken_off , always      >,
    row< awaiting_buyer  , deadline_passed   , lapsed          , buyer_lapsed           , always      >,
    // +-----------------+-------------------+-----------------+------------------------+-------------+
    // After a lapse nobody owes an answer: an open offer may still be answered, no new one is made.
    row< lapsed          , hear_decline      , lapsed          , word_heard             , always      >,
    row< lapsed          , hear_withdrawal   , lapsed          , word_heard             , always      >,
    row< lapsed          , hear_amendment    , awaiting_seller , answer_restarted       , restarts_answer >,
    row< lapsed          , hear_amendment    , lapsed          , amendment_heard        , always      >,
    row< lapsed          , reach_agreement   , agreed          , agreement_reached      , always      >,
    row< lapsed          , break_off         , broken_off      , negotiation_broken_off , always      >>;
// clang-format on

// ---- what a negotiation keeps
struct instance {
    bool seller_has_answered = false;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, turn_passed const& told) {
    if (told.to == role::buyer) kept.seller_has_answered = true;
}
inline void apply(instance& kept, word_heard const& told) {
    if (told.from == role::seller) kept.seller_has_answered = true;
}
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "negotiation";
    static constexpr std::uint8_t code = 2;
    static constexpr bool many = false;
    using initial = not_begun;
    using facts = negotiation::facts;
    using table = negotiation::table;
    using instance = negotiation::instance;
    // Once lapsed, the dispute's own clock (negotiation) runs on.
    using waits = list<runs<awaiting_seller, clock::seller_response>, runs<awaiting_buyer, clock::buyer_response>,
                       leaves_it_to_others<lapsed>, ends<agreed>, ends<broken_off>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::negotiation
