// One offer: a remedy and an amount that one party puts to the other. The buyer's claim is an offer, too: number 1, and
// another number each time it is amended.
//
// A new offer supersedes the author's earlier ones; the other party's stay open, so accepting any open offer agrees.
// An offer of the seller ends when the buyer's time to answer runs out; the buyer's stay open until the dispute leaves
// negotiation. A mediator's proposal is an offer to both: it agrees when both have accepted.
#pragma once

#include <optional>
#include <vector>

#include "recourse/lifecycle/award_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"

namespace recourse::offer {

using lifecycle::always;
using lifecycle::by_mediator;
using lifecycle::by_party;
using lifecycle::ends;
using lifecycle::leaves_it_to_others;
using lifecycle::list;
using lifecycle::row;
using lifecycle::state;

// clang-format off

// ---- states
struct not_made   : state<0> { static constexpr std::string_view name = "not_made"; };
struct proposed   : state<1> { static constexpr std::string_view name = "proposed"; };
struct accepted   : state<2> { static constexpr std::string_view name = "accepted"; };
struct declined   : state<3> { static constexpr std::string_view name = "declined"; };
struct withdrawn  : state<4> { static constexpr std::string_view name = "withdrawn"; };
struct superseded : state<5> { static constexpr std::string_view name = "superseded"; };
struct expired    : state<6> { static constexpr std::string_view name = "expired"; };
struct half_accepted : state<7> { static constexpr std::string_view name = "half_accepted"; };

// clang-format on

// ---- commands
struct make_offer {
    static constexpr std::string_view name = "make_offer";
    recourse::award award;
    bool operator==(make_offer const&) const = default;
};
struct accept_offer {
    static constexpr std::string_view name = "accept_offer";
    std::uint32_t offer = 0;  // its number
    bool operator==(accept_offer const&) const = default;
};
struct decline_offer {
    static constexpr std::string_view name = "decline_offer";
    std::uint32_t offer = 0;
    bool operator==(decline_offer const&) const = default;
};
struct withdraw_offer {
    static constexpr std::string_view name = "withdraw_offer";
    std::uint32_t offer = 0;
    bool operator==(withdraw_offer const&) const = default;
};
struct table_claim {
    static constexpr std::string_view name = "table_claim";
    static constexpr bool internal = true;
    recourse::award award;
};
struct supersede_offer {
    static constexpr std::string_view name = "supersede_offer";
    static constexpr bool internal = true;
};
struct expire_offer {
    static constexpr std::string_view name = "expire_offer";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    role author{};                    // of the offer that is addressed
    std::optional<role> accepted_by;  // one of two who must accept it
    bool is_the_claim = false;
    recourse::award award;      // of the offer that is addressed
    remedy_set offered;         // the policy's remedies for the reason
    std::string claims_left{};  // why they are fewer for this buyer's claim; empty: they are not
    std::vector<alternative_id> alternatives;
    money refundable;  // for the claimed units
    bool return_was_contested = false;
    bool talks_are_open = true;  // somebody owes an answer in the negotiation, or the policy lets parties settle later
    bool is_the_assigned_mediator = false;
    bool mediation_runs = false;
    std::string talks_state;
    bool offers_left = false;  // the acting party may make one more
    std::uint32_t offers_max = 0;
    partial_amounts partial{};  // that the policy offers for the reason
};

// ---- events
struct claim_tabled {
    static constexpr std::string_view name = "claim_tabled";
    role author{};
    recourse::award award;
    static claim_tabled of(facts const&, table_claim const& command) { return {role::buyer, command.award}; }
    bool operator==(claim_tabled const&) const = default;
};
struct offer_made {
    static constexpr std::string_view name = "offer_made";
    role author{};
    recourse::award award;
    static offer_made of(facts const& known, make_offer const& command) { return {known.by, command.award}; }
    bool operator==(offer_made const&) const = default;
};
struct offer_accepted {
    static constexpr std::string_view name = "offer_accepted";
    role author{};  // whose offer it was
    static offer_accepted of(facts const& known, accept_offer const&) { return {known.author}; }
    bool operator==(offer_accepted const&) const = default;
};
struct offer_half_accepted {  // by one of two
    static constexpr std::string_view name = "offer_half_accepted";
    role by{};
    static offer_half_accepted of(facts const& known, accept_offer const&) { return {known.by}; }
    bool operator==(offer_half_accepted const&) const = default;
};
struct offer_declined {
    static constexpr std::string_view name = "offer_declined";
    role author{};
    static offer_declined of(facts const& known, decline_offer const&) { return {known.author}; }
    bool operator==(offer_declined const&) const = default;
};
struct offer_withdrawn {
    static constexpr std::string_view name = "offer_withdrawn";
    role author{};
    static offer_withdrawn of(facts const& known, withdraw_offer const&) { return {known.author}; }
    bool operator==(offer_withdrawn const&) const = default;
};
struct offer_superseded {
    static constexpr std::string_view name = "offer_superseded";
    static offer_superseded of(facts const&, supersede_offer const&) { return {}; }
    bool operator==(offer_superseded const&) const = default;
};
struct offer_expired {
    static constexpr std::string_view name = "offer_expired";
    static offer_expired of(facts const&, expire_offer const&) { return {}; }
    bool operator==(offer_expired const&) const = default;
};

// ---- guards
using lifecycle::alternative_is_offered;
using lifecycle::amount_in_the_currency;
using lifecycle::amount_is_on_offer;
using lifecycle::amount_is_positive;
using lifecycle::amount_is_refundable;
using lifecycle::full_means_all;
using lifecycle::not_after_a_contested_return;
using lifecycle::partial_means_less;
using lifecycle::remedy_is_offered;

struct by_addressee {
    static constexpr std::string_view name = "by_addressee";
    static constexpr auto otherwise = refusal::offer_is_your_own;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.by != known.author && known.accepted_by != known.by;
    }
};
// An offer is judged again when it is accepted: the claim may have been amended since, or a part of it paid.
struct one_acceptance_agrees {
    static constexpr std::string_view name = "one_acceptance_agrees";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.author != role::mediator; }
};
struct both_must_accept {
    static constexpr std::string_view name = "both_must_accept";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.author == role::mediator; }
};
struct by_the_assigned_mediator {
    static constexpr std::string_view name = "by_the_assigned_mediator";
    static constexpr auto otherwise = refusal::assigned_to_another_mediator;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.is_the_assigned_mediator; }
};
struct mediation_runs {
    static constexpr std::string_view name = "mediation_runs";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.mediation_runs; }
};
struct by_author {
    static constexpr std::string_view name = "by_author";
    static constexpr auto otherwise = refusal::offer_is_not_your_own;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.by == known.author; }
};
struct offers_left {
    static constexpr std::string_view name = "offers_left";
    static constexpr auto otherwise = refusal::offers_used_up;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.offers_left; }
    static void particulars(facts const& known, auto const&, refused& no) { no.expected = known.offers_max; }
};
struct talks_are_open {
    static constexpr std::string_view name = "talks_are_open";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.talks_are_open; }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.subject = "negotiation is " + known.talks_state;
    }
};
struct not_the_claim {
    static constexpr std::string_view name = "not_the_claim";
    static constexpr auto otherwise = refusal::claim_cannot_be_withdrawn_as_an_offer;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.is_the_claim; }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from            on command        to              records               only if
    // +---------------+-----------------+---------------+---------------------+--------------------------------------------------+
    row< not_made      , table_claim     , proposed      , claim_tabled        , remedy_is_offered, alternative_is_offered, not_after_a_contested_return,
                                                                                 amount_in_the_currency, amount_is_positive, amount_is_refundable,
                                                                                 full_means_all, partial_means_less, amount_is_on_offer >,
    row< not_made      , make_offer      , proposed      , offer_made          , by_party, talks_are_open, offers_left, remedy_is_offered, alternative_is_offered,
                                                                                 not_after_a_contested_return,
                                                                                 amount_in_the_currency, amount_is_positive,
                                                                                 amount_is_refundable, full_means_all,
                                                                                 partial_means_less, amount_is_on_offer           >,
    row< not_made      , make_offer      , proposed      , offer_made          , by_mediator, mediation_runs, by_the_assigned_mediator, offers_left, remedy_is_offered,
                                                                                 alternative_is_offered, not_after_a_contested_return,
                                                                                 amount_in_the_currency, amount_is_positive,
                                                                                 amount_is_refundable, full_means_all,
                                                                                 partial_means_less, amount_is_on_offer           >,
    // +---------------+-----------------+---------------+---------------------+--------------------------------------------------+
    row< proposed      , accept_offer    , accepted      , offer_accepted      , by_party, one_acceptance_agrees, by_addressee, remedy_is_offered,
                                                                                 amount_is_refundable, full_means_all, partial_means_less >,
    row< proposed      , accept_offer    , half_accepted , offer_half_accepted , by_party, both_must_accept, remedy_is_offered, amount_is_refundable,
                                                                                 full_means_all, partial_means_less              >,
    row< proposed      , decline_offer   , declined      , offer_declined      , by_party, by_addressee                           >,
    row< proposed      , withdraw_offer  , withdrawn     , offer_withdrawn     , by_party, by_author, not_the_claim               >,
    row< proposed      , withdraw_offer  , withdrawn     , offer_withdrawn     , by_mediator, by_the_assigned_mediator, by_author >,
    row< proposed      , supersede_offer , superseded    , offer_superseded    , always                                           >,
    row< proposed      , expire_offer    , expired       , offer_expired       , always                                           >,
    // +---------------+-----------------+---------------+---------------------+--------------------------------------------------+
    row< half_accepted , accept_offer    , accepted      , offer_accepted      , by_party, by_addressee, remedy_is_offered, amount_is_refundable,
                                                                                 full_means_all, partial_means_less              >,
    row< half_accepted , decline_offer   , declined      , offer_declined      , by_party, by_addressee                           >,
    row< half_accepted , withdraw_offer  , withdrawn     , offer_withdrawn     , by_mediator, by_the_assigned_mediator, by_author >,
    row< half_accepted , supersede_offer , superseded    , offer_superseded    , always                                           >,
    row< half_accepted , expire_offer    , expired       , offer_expired       , always                                           >>;
// clang-format on

// ---- what an offer keeps
struct instance {
    recourse::award award;
    role author{};
    bool is_the_claim = false;
    std::optional<role> accepted_by{};  // one of two
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, claim_tabled const& told) { kept = {told.award, told.author, true}; }
inline void apply(instance& kept, offer_made const& told) { kept = {told.award, told.author}; }
inline void apply(instance& kept, offer_half_accepted const& told) { kept.accepted_by = told.by; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "offer";
    static constexpr std::uint8_t code = 4;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::offer_unknown;
    using initial = not_made;
    using facts = offer::facts;
    using table = offer::table;
    using instance = offer::instance;
    // The negotiation's clocks run for the offers in it.
    using waits = list<leaves_it_to_others<proposed>, leaves_it_to_others<half_accepted>, ends<accepted>,
                       ends<declined>, ends<withdrawn>, ends<superseded>, ends<expired>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::offer
