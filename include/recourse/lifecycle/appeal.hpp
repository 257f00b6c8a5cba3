// One appeal: a party asks for a decision to be looked at again. Its number is its level.
//
// The other party may join it: then both bring their grounds and evidence, and one clock runs for both. Whoever decided
// before does not review. Where the policy says so, the reviewer may ask either side for information; his own time begins
// anew when it was given or was due. A reviewer who stays silent is replaced by the policy's default.
#pragma once

#include <optional>
#include <vector>

#include "recourse/lifecycle/award_guards.hpp"
#include "recourse/lifecycle/decision_guards.hpp"
#include "recourse/lifecycle/evidence_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/silence.hpp"

namespace recourse::appeal {

using lifecycle::always;
using lifecycle::by_buyer;
using lifecycle::by_mediator;
using lifecycle::by_party;
using lifecycle::by_seller;
using lifecycle::clock;
using lifecycle::deadline_passed;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::runs;
using lifecycle::state;

// clang-format off

// ---- states
struct not_filed         : state<0> { static constexpr std::string_view name = "not_filed"; };
struct awaiting_evidence : state<1> { static constexpr std::string_view name = "awaiting_evidence"; };
struct under_review      : state<2> { static constexpr std::string_view name = "under_review"; };
struct upheld            : state<3> { static constexpr std::string_view name = "upheld"; };
struct overturned        : state<4> { static constexpr std::string_view name = "overturned"; };
struct dismissed         : state<5> { static constexpr std::string_view name = "dismissed"; };
struct called_off        : state<6> { static constexpr std::string_view name = "called_off"; };
struct awaiting_buyer    : state<7> { static constexpr std::string_view name = "awaiting_buyer"; };
struct awaiting_seller   : state<8> { static constexpr std::string_view name = "awaiting_seller"; };
struct awaiting_both     : state<9> { static constexpr std::string_view name = "awaiting_both"; };

// clang-format on

// Whom a reviewer asks.
enum class asked : std::uint8_t { buyer, seller, both };

// ---- commands
struct file_appeal {
    static constexpr std::string_view name = "file_appeal";
    recourse::ground ground;  // one that the policy lists
    std::vector<recourse::evidence> evidence;
    bool operator==(file_appeal const&) const = default;
};
struct join_appeal {
    static constexpr std::string_view name = "join_appeal";
    recourse::ground ground;
    std::vector<recourse::evidence> evidence;
    bool operator==(join_appeal const&) const = default;
};
struct submit_appeal_evidence {
    static constexpr std::string_view name = "submit_appeal_evidence";
    std::vector<recourse::evidence> evidence;
    bool operator==(submit_appeal_evidence const&) const = default;
};
struct withdraw_appeal {
    static constexpr std::string_view name = "withdraw_appeal";
    bool operator==(withdraw_appeal const&) const = default;
};
struct take_appeal {
    static constexpr std::string_view name = "take_appeal";
    bool operator==(take_appeal const&) const = default;
};
struct dismiss_appeal {  // it does not fulfil what an appeal needs
    static constexpr std::string_view name = "dismiss_appeal";
    std::vector<rule_id> rules;
    bool operator==(dismiss_appeal const&) const = default;
};
struct uphold_decision {
    static constexpr std::string_view name = "uphold_decision";
    std::vector<rule_id> rules;
    bool operator==(uphold_decision const&) const = default;
};
struct overturn_with_award {
    static constexpr std::string_view name = "overturn_with_award";
    recourse::award award;
    std::vector<funding> funded_by{};
    std::vector<rule_id> rules{};
    std::optional<recourse::penalty> penalty{};
    std::vector<shipping_cost> shipping{};
    bool operator==(overturn_with_award const&) const = default;
};
struct overturn_with_rejection {
    static constexpr std::string_view name = "overturn_with_rejection";
    std::vector<rule_id> rules;
    bool operator==(overturn_with_rejection const&) const = default;
};
struct request_appeal_information {
    static constexpr std::string_view name = "request_appeal_information";
    asked of = asked::both;
    bool operator==(request_appeal_information const&) const = default;
};
struct provide_appeal_information {
    static constexpr std::string_view name = "provide_appeal_information";
    std::vector<recourse::evidence> evidence;
    bool operator==(provide_appeal_information const&) const = default;
};
struct call_off_appeal {  // the dispute is closed
    static constexpr std::string_view name = "call_off_appeal";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    actor_id who;
    bool decision_may_be_appealed = false;
    std::string stage;
    bool appeals_are_left = false;
    std::uint32_t levels = 0;
    bool window_is_open = true;  // of the party that acts
    std::optional<instant> window_ended;
    bool lost_something = false;  // the party that acts
    bool is_the_appellant = false;
    bool has_joined = false;
    bool somebody_joined = false;
    std::vector<recourse::ground> grounds;       // of the policy
    std::vector<recourse::ground> grounds_used;  // by this party
    bool evidence_is_needed = false;
    std::optional<refusal> evidence_problem;
    std::string evidence_subject;
    bool decided_before = false;  // the mediator who acts
    bool is_taken = false;
    bool is_the_reviewer = false;
    remedy_set offered;
    std::vector<alternative_id> alternatives;
    money refundable;
    bool return_was_contested = false;
    std::vector<rule_id> rules;
    bool must_cite = false;
    std::optional<money> coverage_cap{};  // what the platform bears at most
    std::optional<money> penalty_cap{};   // the policy's
    silence when_reviewer_is_silent = silence::upholds;
    award claim;
    bool information_requests_left = false;
    std::uint32_t information_requests_max = 0;  // of each appeal
};

// ---- events
struct appeal_filed {
    static constexpr std::string_view name = "appeal_filed";
    role appellant{};
    recourse::ground ground;
    std::vector<recourse::evidence> evidence;
    static appeal_filed of(facts const& known, file_appeal const& command) {
        return {known.by, command.ground, command.evidence};
    }
    bool operator==(appeal_filed const&) const = default;
};
struct appeal_joined {
    static constexpr std::string_view name = "appeal_joined";
    role by{};
    recourse::ground ground;
    std::vector<recourse::evidence> evidence;
    static appeal_joined of(facts const& known, join_appeal const& command) {
        return {known.by, command.ground, command.evidence};
    }
    bool operator==(appeal_joined const&) const = default;
};
struct appeal_evidence_submitted {
    static constexpr std::string_view name = "appeal_evidence_submitted";
    role from{};
    std::vector<recourse::evidence> evidence;
    static appeal_evidence_submitted of(facts const& known, submit_appeal_evidence const& command) {
        return {known.by, command.evidence};
    }
    bool operator==(appeal_evidence_submitted const&) const = default;
};
struct appeal_withdrawn {
    static constexpr std::string_view name = "appeal_withdrawn";
    static appeal_withdrawn of(facts const&, withdraw_appeal const&) { return {}; }
    bool operator==(appeal_withdrawn const&) const = default;
};
struct appeal_evidence_closed {  // the time to bring evidence has ended
    static constexpr std::string_view name = "appeal_evidence_closed";
    static appeal_evidence_closed of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(appeal_evidence_closed const&) const = default;
};
struct appeal_taken {
    static constexpr std::string_view name = "appeal_taken";
    actor_id reviewer;
    static appeal_taken of(facts const& known, take_appeal const&) { return {known.who}; }
    bool operator==(appeal_taken const&) const = default;
};
struct appeal_dismissed {
    static constexpr std::string_view name = "appeal_dismissed";
    std::vector<rule_id> rules;
    static appeal_dismissed of(facts const&, dismiss_appeal const& command) { return {command.rules}; }
    bool operator==(appeal_dismissed const&) const = default;
};
struct appeal_called_off {
    static constexpr std::string_view name = "appeal_called_off";
    static appeal_called_off of(facts const&, call_off_appeal const&) { return {}; }
    bool operator==(appeal_called_off const&) const = default;
};
struct decision_upheld {
    static constexpr std::string_view name = "decision_upheld";
    std::vector<rule_id> rules;
    static decision_upheld of(facts const&, uphold_decision const& command) { return {command.rules}; }
    bool operator==(decision_upheld const&) const = default;
};
struct decision_upheld_by_default {  // nobody reviewed it in time
    static constexpr std::string_view name = "decision_upheld_by_default";
    static decision_upheld_by_default of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(decision_upheld_by_default const&) const = default;
};
struct decision_overturned {
    static constexpr std::string_view name = "decision_overturned";
    decision_terms terms;
    static decision_overturned of(facts const&, overturn_with_award const& command) {
        return {{command.award, command.funded_by, command.rules, side_costs(command.penalty, command.shipping)}};
    }
    static decision_overturned of(facts const&, overturn_with_rejection const& command) {
        return {{std::nullopt, {}, command.rules}};
    }
    bool operator==(decision_overturned const&) const = default;
};
struct decision_overturned_by_default {
    static constexpr std::string_view name = "decision_overturned_by_default";
    decision_terms terms;
    static decision_overturned_by_default of(facts const& known, deadline_passed const&) {
        if (known.when_reviewer_is_silent == silence::grants_claim) return {{known.claim}};
        return {};
    }
    bool operator==(decision_overturned_by_default const&) const = default;
};
struct appeal_information_requested {
    static constexpr std::string_view name = "appeal_information_requested";
    asked from = asked::both;
    static appeal_information_requested of(facts const&, request_appeal_information const& command) {
        return {command.of};
    }
    bool operator==(appeal_information_requested const&) const = default;
};
struct appeal_information_provided {
    static constexpr std::string_view name = "appeal_information_provided";
    role from{};
    std::vector<recourse::evidence> evidence;
    static appeal_information_provided of(facts const& known, provide_appeal_information const& command) {
        return {known.by, command.evidence};
    }
    bool operator==(appeal_information_provided const&) const = default;
};
struct appeal_information_lapsed {
    static constexpr std::string_view name = "appeal_information_lapsed";
    static appeal_information_lapsed of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(appeal_information_lapsed const&) const = default;
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

struct decision_may_be_appealed {
    static constexpr std::string_view name = "decision_may_be_appealed";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.decision_may_be_appealed; }
    static void particulars(facts const& known, auto const&, refused& no) { no.subject = known.stage; }
};
struct appeals_are_left {
    static constexpr std::string_view name = "appeals_are_left";
    static constexpr auto otherwise = refusal::appeals_used_up;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.appeals_are_left; }
    static void particulars(facts const& known, auto const&, refused& no) { no.expected = known.levels; }
};
struct window_is_open {
    static constexpr std::string_view name = "window_is_open";
    static constexpr auto otherwise = refusal::appeal_window_closed;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.window_is_open; }
    static void particulars(facts const& known, auto const&, refused& no) { no.since = known.window_ended; }
};
struct lost_something {
    static constexpr std::string_view name = "lost_something";
    static constexpr auto otherwise = refusal::not_yours_to_appeal;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.lost_something; }
};
struct by_the_other_party {
    static constexpr std::string_view name = "by_the_other_party";
    static constexpr auto otherwise = refusal::not_yours_to_appeal;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return !known.is_the_appellant && !known.has_joined;
    }
};
struct by_the_appellant {
    static constexpr std::string_view name = "by_the_appellant";
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.is_the_appellant; }
};
struct nobody_joined {
    static constexpr std::string_view name = "nobody_joined";
    static constexpr auto otherwise = refusal::appeal_was_joined;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.somebody_joined; }
};
struct ground_is_listed {
    static constexpr std::string_view name = "ground_is_listed";
    static constexpr auto otherwise = refusal::appeal_ground_unknown;
    static bool holds(facts const& known, auto const& command) noexcept {
        return std::find(known.grounds.begin(), known.grounds.end(), command.ground) != known.grounds.end();
    }
    static void particulars(facts const& known, auto const& command, refused& no) {
        no.subject = command.ground.text();
        for (auto const& one : known.grounds)
            no.because.append(no.because.empty() ? "It knows: " : ", ").append(one.text());
        if (!no.because.empty()) no.because += ".";
    }
};
struct ground_is_new {
    static constexpr std::string_view name = "ground_is_new";
    static constexpr auto otherwise = refusal::appeal_ground_repeated;
    static bool holds(facts const& known, auto const& command) noexcept {
        return std::find(known.grounds_used.begin(), known.grounds_used.end(), command.ground) ==
               known.grounds_used.end();
    }
    static void particulars(facts const&, auto const& command, refused& no) { no.subject = command.ground.text(); }
};
struct evidence_is_new {  // evidence that was given before is refused as repeated
    static constexpr std::string_view name = "evidence_is_new";
    static constexpr auto otherwise = refusal::evidence_missing;
    static constexpr bool holds(facts const& known, auto const& command) noexcept {
        return !known.evidence_is_needed || !command.evidence.empty();
    }
};
struct has_not_decided_before {
    static constexpr std::string_view name = "has_not_decided_before";
    static constexpr auto otherwise = refusal::mediator_decided_before;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.decided_before; }
};
struct is_not_taken {
    static constexpr std::string_view name = "is_not_taken";
    static constexpr auto otherwise = refusal::assigned_to_another_mediator;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.is_taken; }
};
struct by_the_reviewer {
    static constexpr std::string_view name = "by_the_reviewer";
    static constexpr auto otherwise = refusal::assigned_to_another_mediator;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.is_the_reviewer; }
};
struct silence_upholds {
    static constexpr std::string_view name = "silence_upholds";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_reviewer_is_silent == silence::upholds;
    }
};
struct silence_overturns {
    static constexpr std::string_view name = "silence_overturns";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.when_reviewer_is_silent != silence::upholds;
    }
};
struct requests_left {
    static constexpr std::string_view name = "requests_left";
    static constexpr auto otherwise = refusal::information_requests_used_up;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.information_requests_left; }
    static void particulars(facts const& known, auto const&, refused& no) {
        no.expected = known.information_requests_max;
    }
};
template <asked Whom>
struct asks {
    static constexpr std::string_view name = Whom == asked::both    ? "asks_both"
                                             : Whom == asked::buyer ? "asks_buyer"
                                                                    : "asks_seller";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, request_appeal_information const& ask) noexcept { return ask.of == Whom; }
};
using asks_both = asks<asked::both>;
using asks_buyer = asks<asked::buyer>;
using asks_seller = asks<asked::seller>;
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

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from                on command                to                  records                         only if
    // +-------------------+-------------------------+-------------------+-------------------------------+--------------------------+
    row< not_filed         , file_appeal             , awaiting_evidence , appeal_filed                  , by_party, decision_may_be_appealed, appeals_are_left, window_is_open,
                                                                                                           lost_something, ground_is_listed, ground_is_new,
                                                                                                           evidence_is_new, evidence_is_acceptable >,
    // +-------------------+-------------------------+-------------------+-------------------------------+--------------------------+
    row< awaiting_evidence , join_appeal             , awaiting_evidence , appeal_joined                 , by_party, by_the_other_party, lost_something, ground_is_listed,
                                                                                                           ground_is_new, evidence_is_new, evidence_is_acceptable >,
    row< awaiting_evidence , submit_appeal_evidence  , awaiting_evidence , appeal_evidence_submitted     , by_party, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_evidence , withdraw_appeal         , dismissed         , appeal_withdrawn              , by_party, by_the_appellant, nobody_joined >,
    row< awaiting_evidence , call_off_appeal         , called_off        , appeal_called_off             , always                   >,
    row< awaiting_evidence , deadline_passed         , under_review      , appeal_evidence_closed        , always                   >,
    // +-------------------+-------------------------+-------------------+-------------------------------+--------------------------+
    row< under_review      , withdraw_appeal         , dismissed         , appeal_withdrawn              , by_party, by_the_appellant, nobody_joined >,
    row< under_review      , take_appeal             , under_review      , appeal_taken                  , by_mediator, has_not_decided_before, is_not_taken >,
    row< under_review      , dismiss_appeal          , dismissed         , appeal_dismissed              , by_mediator, by_the_reviewer, rules_are_cited >,
    row< under_review      , uphold_decision         , upheld            , decision_upheld               , by_mediator, by_the_reviewer, rules_are_cited >,
    row< under_review      , overturn_with_award     , overturned        , decision_overturned           , by_mediator, by_the_reviewer, remedy_is_offered, alternative_is_offered,
                                                                                                           not_after_a_contested_return, amount_in_the_currency, amount_is_positive,
                                                                                                           amount_is_refundable, full_means_all, partial_means_less,
                                                                                                           funding_adds_up, platform_covers_it, costs_are_payable, rules_are_cited >,
    row< under_review      , overturn_with_rejection , overturned        , decision_overturned           , by_mediator, by_the_reviewer, rules_are_cited >,
    row< under_review      , call_off_appeal         , called_off        , appeal_called_off             , always                   >,
    row< under_review      , deadline_passed         , upheld            , decision_upheld_by_default    , silence_upholds          >,
    row< under_review      , deadline_passed         , overturned        , decision_overturned_by_default, silence_overturns        >,
    row< under_review      , request_appeal_information, awaiting_both   , appeal_information_requested  , by_mediator, by_the_reviewer, requests_left, asks_both >,
    row< under_review      , request_appeal_information, awaiting_buyer  , appeal_information_requested  , by_mediator, by_the_reviewer, requests_left, asks_buyer >,
    row< under_review      , request_appeal_information, awaiting_seller , appeal_information_requested  , by_mediator, by_the_reviewer, requests_left, asks_seller >,
    // +-------------------+-------------------------+-------------------+-------------------------------+--------------------------+
    row< awaiting_both     , provide_appeal_information, awaiting_seller , appeal_information_provided   , by_buyer, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_both     , provide_appeal_information, awaiting_buyer  , appeal_information_provided   , by_seller, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_both     , withdraw_appeal         , dismissed         , appeal_withdrawn              , by_party, by_the_appellant, nobody_joined >,
    row< awaiting_both     , call_off_appeal         , called_off        , appeal_called_off             , always                   >,
    row< awaiting_both     , deadline_passed         , under_review      , appeal_information_lapsed     , always                   >,
    // +-------------------+-------------------------+-------------------+-------------------------------+--------------------------+
    row< awaiting_buyer    , provide_appeal_information, under_review    , appeal_information_provided   , asked_of_buyer, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_buyer    , withdraw_appeal         , dismissed         , appeal_withdrawn              , by_party, by_the_appellant, nobody_joined >,
    row< awaiting_buyer    , call_off_appeal         , called_off        , appeal_called_off             , always                   >,
    row< awaiting_buyer    , deadline_passed         , under_review      , appeal_information_lapsed     , always                   >,
    // +-------------------+-------------------------+-------------------+-------------------------------+--------------------------+
    row< awaiting_seller   , provide_appeal_information, under_review    , appeal_information_provided   , asked_of_seller, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_seller   , withdraw_appeal         , dismissed         , appeal_withdrawn              , by_party, by_the_appellant, nobody_joined >,
    row< awaiting_seller   , call_off_appeal         , called_off        , appeal_called_off             , always                   >,
    row< awaiting_seller   , deadline_passed         , under_review      , appeal_information_lapsed     , always                   >>;
// clang-format on

// ---- what an appeal keeps
struct instance {
    role appellant{};
    recourse::ground ground;
    std::optional<recourse::ground> joined_ground;  // of the other party
    actor_id reviewer;
    std::uint32_t information_requests = 0;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, appeal_filed const& told) {
    kept.appellant = told.appellant;
    kept.ground = told.ground;
}
inline void apply(instance& kept, appeal_joined const& told) { kept.joined_ground = told.ground; }
inline void apply(instance& kept, appeal_taken const& told) { kept.reviewer = told.reviewer; }
inline void apply(instance& kept, appeal_information_requested const&) { ++kept.information_requests; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "appeal";
    static constexpr std::uint8_t code = 7;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::appeal_unknown;
    using initial = not_filed;
    using facts = appeal::facts;
    using table = appeal::table;
    using instance = appeal::instance;
    using waits = list<runs<awaiting_evidence, clock::appeal_evidence>, runs<under_review, clock::appeal_review>,
                       runs<awaiting_buyer, clock::information>, runs<awaiting_seller, clock::information>,
                       runs<awaiting_both, clock::information>, ends<upheld>, ends<overturned>, ends<dismissed>,
                       ends<called_off>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::appeal

namespace recourse {
template <>
inline constexpr std::array<std::string_view, 3> wire_names<appeal::asked>{"buyer", "seller", "both"};
}  // namespace recourse
