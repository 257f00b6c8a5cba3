// The mediation: a mediator takes the dispute, may ask either side for information, and decides.
//
// Silence is covered on all sides: a party that does not answer is decided about on file, a mediator that does not
// decide is replaced by the policy's default. What is not received may be held until the promised delivery, or until the
// claim is about something else, and a mediator who does nothing loses the dispute to another one when his lease ends.
#pragma once

#include <optional>

#include "recourse/lifecycle/award_guards.hpp"
#include "recourse/lifecycle/decision_guards.hpp"
#include "recourse/lifecycle/evidence_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/rarely.hpp"

namespace recourse::mediation {

using lifecycle::always;
using lifecycle::by_buyer;
using lifecycle::by_mediator;
using lifecycle::by_operator;
using lifecycle::by_seller;
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
struct queued          : state<1> { static constexpr std::string_view name = "queued"; };
struct assigned        : state<2> { static constexpr std::string_view name = "assigned"; };
struct awaiting_buyer  : state<3> { static constexpr std::string_view name = "awaiting_buyer"; };
struct awaiting_seller : state<4> { static constexpr std::string_view name = "awaiting_seller"; };
struct awaiting_both   : state<5> { static constexpr std::string_view name = "awaiting_both"; };
struct deliberating    : state<6> { static constexpr std::string_view name = "deliberating"; };
struct decided         : state<7> { static constexpr std::string_view name = "decided"; };
struct called_off      : state<8> { static constexpr std::string_view name = "called_off"; };
struct held            : state<9> { static constexpr std::string_view name = "held"; };

// clang-format on

// Whom a mediator asks.
enum class asked : std::uint8_t { buyer, seller, both };

// ---- commands
struct take_mediation {
    static constexpr std::string_view name = "take_mediation";
    bool operator==(take_mediation const&) const = default;
};
struct assign_mediation {  // by an operator, to whomever he names
    static constexpr std::string_view name = "assign_mediation";
    actor_id mediator;
    bool operator==(assign_mediation const&) const = default;
};
struct request_information {
    static constexpr std::string_view name = "request_information";
    asked of = asked::both;
    bool operator==(request_information const&) const = default;
};
struct provide_information {
    static constexpr std::string_view name = "provide_information";
    std::vector<recourse::evidence> evidence;
    bool operator==(provide_information const&) const = default;
};
struct award_remedy {
    static constexpr std::string_view name = "award_remedy";
    recourse::award award;
    std::vector<funding> funded_by{};  // empty: the seller bears all
    std::vector<rule_id> rules{};      // that the decision rests on
    std::optional<recourse::penalty> penalty{};
    std::vector<shipping_cost> shipping{};
    bool operator==(award_remedy const&) const = default;
};
struct reject_claim {
    static constexpr std::string_view name = "reject_claim";
    std::vector<rule_id> rules{};
    bool operator==(reject_claim const&) const = default;
};
struct begin_mediation {
    static constexpr std::string_view name = "begin_mediation";
    static constexpr bool internal = true;
};
struct end_hold {  // what was to be delivered is there: the reason has become another
    static constexpr std::string_view name = "end_hold";
    static constexpr bool internal = true;
};
struct call_off_mediation {
    static constexpr std::string_view name = "call_off_mediation";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    actor_id who;
    bool is_the_assigned_mediator = false;
    std::optional<instant> lease_ends;  // of the mediator who acts, if he takes it now
    bool lease_is_over = true;          // of the mediator who has it
    std::optional<instant> lease_was_until;
    bool assigned_is_a_party = false;
    std::optional<instant> held_until;  // a promised delivery that is still to come
    std::vector<alternative_id> alternatives;
    std::vector<rule_id> rules;
    bool must_cite = false;
    std::optional<money> coverage_cap{};  // what the platform bears at most
    std::optional<money> penalty_cap{};   // the policy's
    bool information_requests_left = false;
    std::uint32_t information_requests_max = 0;
    remedy_set offered;
    money refundable;
    bool return_was_contested = false;
    std::optional<refusal> evidence_problem;  // with the evidence of this command
    std::string evidence_subject;
    award claim;                        // what the buyer asks for
    bool silence_grants_claim = false;  // the policy's default when no mediator decides
};

// ---- events
struct mediation_begun {
    static constexpr std::string_view name = "mediation_begun";
    static mediation_begun of(facts const&, begin_mediation const&) { return {}; }
    bool operator==(mediation_begun const&) const = default;
};
struct mediation_held {  // until the promised delivery
    static constexpr std::string_view name = "mediation_held";
    instant until;
    [[nodiscard]] instant clock_until() const noexcept { return until; }
    static mediation_held of(facts const& known, begin_mediation const&) {
        return {known.held_until.value_or(instant{})};
    }
    bool operator==(mediation_held const&) const = default;
};
struct hold_ended {
    static constexpr std::string_view name = "hold_ended";
    static hold_ended of(facts const&, auto const&) { return {}; }
    bool operator==(hold_ended const&) const = default;
};
struct mediation_taken {
    static constexpr std::string_view name = "mediation_taken";
    actor_id mediator;
    std::optional<instant> lease_until{};
    static mediation_taken of(facts const& known, take_mediation const&) { return {known.who, known.lease_ends}; }
    bool operator==(mediation_taken const&) const = default;
};
struct mediation_taken_over {  // from a mediator whose lease has ended
    static constexpr std::string_view name = "mediation_taken_over";
    actor_id mediator;
    std::optional<instant> lease_until{};
    static mediation_taken_over of(facts const& known, take_mediation const&) { return {known.who, known.lease_ends}; }
    bool operator==(mediation_taken_over const&) const = default;
};
struct mediation_assigned {
    static constexpr std::string_view name = "mediation_assigned";
    actor_id mediator;
    std::optional<instant> lease_until{};
    static mediation_assigned of(facts const& known, assign_mediation const& command) {
        return {command.mediator, known.lease_ends};
    }
    bool operator==(mediation_assigned const&) const = default;
};
struct information_requested {
    static constexpr std::string_view name = "information_requested";
    asked from = asked::both;
    static information_requested of(facts const&, request_information const& command) { return {command.of}; }
    bool operator==(information_requested const&) const = default;
};
struct information_provided {
    static constexpr std::string_view name = "information_provided";
    role from{};
    std::vector<recourse::evidence> evidence;
    static information_provided of(facts const& known, provide_information const& command) {
        return {known.by, command.evidence};
    }
    bool operator==(information_provided const&) const = default;
};
struct information_lapsed {
    static constexpr std::string_view name = "information_lapsed";
    static information_lapsed of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(information_lapsed const&) const = default;
};
struct remedy_awarded {
    static constexpr std::string_view name = "remedy_awarded";
    recourse::award award;
    std::vector<funding> funded_by{};
    std::vector<rule_id> rules{};
    std::vector<side_cost> costs{};  // beside the award
    static remedy_awarded of(facts const&, award_remedy const& command) {
        return {command.award, command.funded_by, command.rules, side_costs(command.penalty, command.shipping)};
    }
    bool operator==(remedy_awarded const&) const = default;
};
struct remedy_awarded_by_default {  // nobody decided in time
    static constexpr std::string_view name = "remedy_awarded_by_default";
    recourse::award award;
    static remedy_awarded_by_default of(facts const& known, deadline_passed const&) { return {known.claim}; }
    bool operator==(remedy_awarded_by_default const&) const = default;
};
struct claim_rejected {
    static constexpr std::string_view name = "claim_rejected";
    std::vector<rule_id> rules{};
    static claim_rejected of(facts const&, reject_claim const& command) { return {command.rules}; }
    bool operator==(claim_rejected const&) const = default;
};
struct claim_rejected_by_default {
    static constexpr std::string_view name = "claim_rejected_by_default";
    static claim_rejected_by_default of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(claim_rejected_by_default const&) const = default;
};
struct mediation_called_off {
    static constexpr std::string_view name = "mediation_called_off";
    static mediation_called_off of(facts const&, call_off_mediation const&) { return {}; }
    bool operator==(mediation_called_off const&) const = default;
};

// ---- guards
using lifecycle::alternative_is_offered;
using lifecycle::amount_in_the_currency;
using lifecycle::amount_is_positive;
using lifecycle::amount_is_refundable;
using lifecycle::costs_are_payable;
using lifecycle::evidence_is_acceptable;
using lifecycle::evidence_is_given;
using lifecycle::full_means_all;
using lifecycle::funding_adds_up;
using lifecycle::not_after_a_contested_return;
using lifecycle::partial_means_less;
using lifecycle::platform_covers_it;
using lifecycle::remedy_is_offered;
using lifecycle::rules_are_cited;

struct by_the_assigned_mediator {
    static constexpr std::string_view name = "by_the_assigned_mediator";
    static constexpr auto otherwise = refusal::assigned_to_another_mediator;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.is_the_assigned_mediator; }
};
struct lease_is_over {
    static constexpr std::string_view name = "lease_is_over";
    static constexpr auto otherwise = refusal::assigned_to_another_mediator;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.lease_is_over;  // also to the one who had it: then he holds it anew
    }
    static void particulars(facts const& known, auto const&, refused& no) { no.not_before = known.lease_was_until; }
};
struct mediator_is_no_party {
    static constexpr std::string_view name = "mediator_is_no_party";
    static constexpr auto otherwise = refusal::mediator_is_a_party;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.assigned_is_a_party; }
};
struct delivery_is_promised {
    static constexpr std::string_view name = "delivery_is_promised";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.held_until.has_value(); }
};
struct requests_left {
    static constexpr std::string_view name = "requests_left";
    static constexpr auto otherwise = refusal::information_requests_used_up;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.information_requests_left; }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.expected = known.information_requests_max;
    }
};
struct asks_both {
    static constexpr std::string_view name = "asks_both";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, request_information const& ask) noexcept { return ask.of == asked::both; }
};
struct asks_buyer {
    static constexpr std::string_view name = "asks_buyer";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, request_information const& ask) noexcept {
        return ask.of == asked::buyer;
    }
};
struct asks_seller {
    static constexpr std::string_view name = "asks_seller";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, request_information const& ask) noexcept {
        return ask.of == asked::seller;
    }
};
struct asked_of_buyer {
    static constexpr std::string_view name = "asked_of_buyer";
    static constexpr auto otherwise = refusal::information_not_asked_of_you;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.by == role::buyer; }
};
struct asked_of_seller {
    static constexpr std::string_view name = "asked_of_seller";
    static constexpr auto otherwise = refusal::information_not_asked_of_you;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.by == role::seller; }
};
struct silence_grants {
    static constexpr std::string_view name = "silence_grants";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.silence_grants_claim; }
};
struct silence_rejects {
    static constexpr std::string_view name = "silence_rejects";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.silence_grants_claim; }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from              on command            to                records                      only if
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< not_begun       , begin_mediation     , held            , mediation_held             , delivery_is_promised >,
    row< not_begun       , begin_mediation     , queued          , mediation_begun            , always >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< held            , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< held            , deadline_passed     , queued          , hold_ended                 , always >,
    row< held            , end_hold            , queued          , hold_ended                 , always >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< queued          , take_mediation      , assigned        , mediation_taken            , by_mediator >,
    row< queued          , assign_mediation    , assigned        , mediation_assigned         , by_operator, mediator_is_no_party >,
    row< queued          , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< queued          , deadline_passed     , decided         , remedy_awarded_by_default  , silence_grants >,
    row< queued          , deadline_passed     , decided         , claim_rejected_by_default  , silence_rejects >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< assigned        , take_mediation      , assigned        , mediation_taken_over       , by_mediator, lease_is_over >,
    row< assigned        , assign_mediation    , assigned        , mediation_assigned         , by_operator, mediator_is_no_party >,
    row< assigned        , request_information , awaiting_both   , information_requested      , by_the_assigned_mediator, requests_left, asks_both >,
    row< assigned        , request_information , awaiting_buyer  , information_requested      , by_the_assigned_mediator, requests_left, asks_buyer >,
    row< assigned        , request_information , awaiting_seller , information_requested      , by_the_assigned_mediator, requests_left, asks_seller >,
    row< assigned        , award_remedy        , decided         , remedy_awarded             , by_the_assigned_mediator, remedy_is_offered, alternative_is_offered, not_after_a_contested_return,
                                                                                                amount_in_the_currency, amount_is_positive, amount_is_refundable,
                                                                                                full_means_all, partial_means_less, funding_adds_up, platform_covers_it,
                                                                                                costs_are_payable, rules_are_cited >,
    row< assigned        , reject_claim        , decided         , claim_rejected             , by_the_assigned_mediator, rules_are_cited >,
    row< assigned        , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< assigned        , deadline_passed     , decided         , remedy_awarded_by_default  , silence_grants >,
    row< assigned        , deadline_passed     , decided         , claim_rejected_by_default  , silence_rejects >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< awaiting_both   , provide_information , awaiting_seller , information_provided       , by_buyer, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_both   , provide_information , awaiting_buyer  , information_provided       , by_seller, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_both   , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< awaiting_both   , deadline_passed     , deliberating    , information_lapsed         , always >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< awaiting_buyer  , provide_information , deliberating    , information_provided       , asked_of_buyer, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_buyer  , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< awaiting_buyer  , deadline_passed     , deliberating    , information_lapsed         , always >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< awaiting_seller , provide_information , deliberating    , information_provided       , asked_of_seller, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_seller , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< awaiting_seller , deadline_passed     , deliberating    , information_lapsed         , always >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    row< deliberating    , take_mediation      , deliberating    , mediation_taken_over       , by_mediator, lease_is_over >,
    row< deliberating    , assign_mediation    , deliberating    , mediation_assigned         , by_operator, mediator_is_no_party >,
    row< deliberating    , request_information , awaiting_both   , information_requested      , by_the_assigned_mediator, requests_left, asks_both >,
    row< deliberating    , request_information , awaiting_buyer  , information_requested      , by_the_assigned_mediator, requests_left, asks_buyer >,
    row< deliberating    , request_information , awaiting_seller , information_requested      , by_the_assigned_mediator, requests_left, asks_seller >,
    row< deliberating    , award_remedy        , decided         , remedy_awarded             , by_the_assigned_mediator, remedy_is_offered, alternative_is_offered, not_after_a_contested_return,
                                                                                                amount_in_the_currency, amount_is_positive, amount_is_refundable,
                                                                                                full_means_all, partial_means_less, funding_adds_up, platform_covers_it,
                                                                                                costs_are_payable, rules_are_cited >,
    row< deliberating    , reject_claim        , decided         , claim_rejected             , by_the_assigned_mediator, rules_are_cited >,
    row< deliberating    , call_off_mediation  , called_off      , mediation_called_off       , always >,
    row< deliberating    , deadline_passed     , decided         , remedy_awarded_by_default  , silence_grants >,
    row< deliberating    , deadline_passed     , decided         , claim_rejected_by_default  , silence_rejects >,
    // +-----------------+---------------------+-----------------+----------------------------+------------------------+
    // A contested return comes back to mediation.
    row< decided         , begin_mediation     , queued          , mediation_begun            , always >,
    row< called_off      , begin_mediation     , queued          , mediation_begun            , always >>;
// clang-format on

// ---- what a mediation keeps
// There is none before somebody takes the mediation: read as if it were a part of the instance, and written so.
struct seat {
    actor_id mediator;
    std::optional<instant> lease_until{};
    few<actor_id> decided{};  // the mediators who decided, not those whose time ran out
    bool operator==(seat const&) const = default;
};
struct instance {
    rarely<mediation::seat> seat{};
    std::uint32_t information_requests = 0;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, mediation_begun const&) {
    auto seat = *kept.seat;
    seat.mediator = {};
    seat.lease_until.reset();
    kept.seat = std::move(seat);
}
inline void hand_to(instance& kept, actor_id const& mediator, std::optional<instant> lease_until) {
    auto& seat = kept.seat.change();
    seat.mediator = mediator;
    seat.lease_until = lease_until;
}
inline void apply(instance& kept, mediation_taken const& told) { hand_to(kept, told.mediator, told.lease_until); }
inline void apply(instance& kept, mediation_taken_over const& told) { hand_to(kept, told.mediator, told.lease_until); }
inline void apply(instance& kept, mediation_assigned const& told) { hand_to(kept, told.mediator, told.lease_until); }
inline void has_decided(instance& kept) {
    auto& seat = kept.seat.change();
    seat.decided.push_back(seat.mediator);
}
inline void apply(instance& kept, remedy_awarded const&) { has_decided(kept); }
inline void apply(instance& kept, claim_rejected const&) { has_decided(kept); }
inline void apply(instance& kept, information_requested const&) { ++kept.information_requests; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "mediation";
    static constexpr std::uint8_t code = 3;
    static constexpr bool many = false;
    using initial = not_begun;
    using facts = mediation::facts;
    using table = mediation::table;
    using instance = mediation::instance;
    using waits = list<runs<held, clock::delivery_hold>, runs<queued, clock::decision>, runs<assigned, clock::decision>,
                       runs<awaiting_buyer, clock::information>, runs<awaiting_seller, clock::information>,
                       runs<awaiting_both, clock::information>, runs<deliberating, clock::decision>, ends<decided>,
                       ends<called_off>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::mediation

namespace recourse {
template <>
inline constexpr std::array<std::string_view, 3> wire_names<mediation::asked>{"buyer", "seller", "both"};
}  // namespace recourse
