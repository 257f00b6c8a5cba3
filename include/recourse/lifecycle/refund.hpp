// One refund order: the instruction to pay, and what the payment provider made of it.
//
// An unknown outcome is a state of its own, not a failure. A retry keeps the key of the order, so a provider that has
// paid already pays nothing more. Whoever stays silent, the refund ends: confirmed, or given up for a person to look at.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/order.hpp"

namespace recourse::refund {

using lifecycle::always;
using lifecycle::by_host;
using lifecycle::by_host_or_operator;
using lifecycle::clock;
using lifecycle::deadline_passed;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::runs;
using lifecycle::state;

// clang-format off

// ---- states
struct not_instructed : state<0> { static constexpr std::string_view name = "not_instructed"; };
struct instructed     : state<1> { static constexpr std::string_view name = "instructed"; };
struct confirmed      : state<2> { static constexpr std::string_view name = "confirmed"; };
struct failed         : state<3> { static constexpr std::string_view name = "failed"; };
struct unknown        : state<4> { static constexpr std::string_view name = "unknown"; };
struct given_up       : state<5> { static constexpr std::string_view name = "given_up"; };
struct held           : state<6> { static constexpr std::string_view name = "held"; };
struct called_off     : state<7> { static constexpr std::string_view name = "called_off"; };

// clang-format on

// ---- commands
struct confirm_refund {
    static constexpr std::string_view name = "confirm_refund";
    std::uint32_t refund = 0;
    money amount;
    std::string payment_reference;  // the provider's
    // Of the order that the provider speaks of, here and below; left out: the last one.
    std::optional<std::uint32_t> attempt{};
    bool operator==(confirm_refund const&) const = default;
};
struct report_refund_failed {
    static constexpr std::string_view name = "report_refund_failed";
    std::uint32_t refund = 0;
    std::string cause;  // the provider's code: "card_closed"
    std::optional<std::uint32_t> attempt{};
    bool operator==(report_refund_failed const&) const = default;
};
struct report_refund_unknown {
    static constexpr std::string_view name = "report_refund_unknown";
    std::uint32_t refund = 0;
    std::optional<std::uint32_t> attempt{};
    bool operator==(report_refund_unknown const&) const = default;
};
struct retry_refund {
    static constexpr std::string_view name = "retry_refund";
    std::uint32_t refund = 0;
    bool operator==(retry_refund const&) const = default;
};
struct reroute_refund {  // pay by another way, after the first one has refused for good
    static constexpr std::string_view name = "reroute_refund";
    std::uint32_t refund = 0;
    std::string route;  // the host's name of the other way: "bank_transfer"
    bool operator==(reroute_refund const&) const = default;
};
struct instruct_refund {
    static constexpr std::string_view name = "instruct_refund";
    static constexpr bool internal = true;
    money amount;
    std::vector<line_amount> lines;
    tender_id tender{};
    bool provisional = false;
};
struct release_refund {  // no chargeback is open any more
    static constexpr std::string_view name = "release_refund";
    static constexpr bool internal = true;
    std::vector<line_amount> gone;  // of its lines: the chargeback has taken so much
};
struct call_off_refund {  // it was held, and the dispute is closed
    static constexpr std::string_view name = "call_off_refund";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    money amount;                   // as instructed
    std::string payment_reference;  // as confirmed before; empty if it was not
    std::string key;                // the same for every attempt
    std::uint32_t attempts = 0;
    std::uint32_t attempts_max = 0;
    std::string route;  // the present one; empty: the tender that was paid with
    std::vector<std::string> routes_used;
    bool provisional = false;
    bool was_overturned = false;           // the decision that ordered it
    std::vector<tender_amount> tenders{};  // what each gives; empty where the payment is one tender
    std::vector<line_amount> lines{};      // as instructed
    bool money_is_blocked = false;         // by a chargeback that is open
    std::optional<instant> blocked_since{};
};

// ---- events
struct refund_instructed {
    static constexpr std::string_view name = "refund_instructed";
    std::string key;
    money amount;
    std::vector<line_amount> lines;
    std::vector<tender_amount> tenders{};
    bool provisional = false;  // ordered while an appeal was possible
    static refund_instructed of(facts const& known, instruct_refund const& command) {
        return {known.key, command.amount, command.lines, known.tenders, command.provisional};
    }
    bool operator==(refund_instructed const&) const = default;
};
struct refund_held {  // the money is blocked: the order leaves when it is free again
    static constexpr std::string_view name = "refund_held";
    std::string key;
    money amount;
    std::vector<line_amount> lines;
    std::vector<tender_amount> tenders{};
    bool provisional = false;
    static refund_held of(facts const& known, instruct_refund const& command) {
        return {known.key, command.amount, command.lines, known.tenders, command.provisional};
    }
    bool operator==(refund_held const&) const = default;
};
struct refund_released {
    static constexpr std::string_view name = "refund_released";
    std::string key;
    money amount;  // what is left of it
    std::vector<line_amount> lines;
    std::vector<tender_amount> tenders{};
    std::vector<line_amount> gone{};
    static refund_released of(facts const& known, release_refund const& command) {
        refund_released made{known.key, known.amount, known.lines, known.tenders, command.gone};
        for (auto const& lost : command.gone) {
            for (auto& line : made.lines) {
                if (line.line == lost.line) line.minor -= lost.minor;
            }
            made.amount.minor -= lost.minor;
        }
        // Each refund order goes to one tender.
        for (auto& tender : made.tenders) tender.minor = made.amount.minor;
        std::erase_if(made.lines, [](auto const& line) { return line.minor == 0; });
        return made;
    }
    bool operator==(refund_released const&) const = default;
};
struct refund_called_off {
    static constexpr std::string_view name = "refund_called_off";
    static refund_called_off of(facts const&, call_off_refund const&) { return {}; }
    bool operator==(refund_called_off const&) const = default;
};
struct refund_confirmed {
    static constexpr std::string_view name = "refund_confirmed";
    std::string payment_reference;
    std::optional<std::uint32_t> attempt{};  // as the provider says
    static refund_confirmed of(facts const&, confirm_refund const& command) {
        return {command.payment_reference, command.attempt};
    }
    bool operator==(refund_confirmed const&) const = default;
};
struct refund_confirmed_again {  // the provider reports twice: nothing more is paid
    static constexpr std::string_view name = "refund_confirmed_again";
    static refund_confirmed_again of(facts const&, confirm_refund const&) { return {}; }
    bool operator==(refund_confirmed_again const&) const = default;
};
struct provider_notice_repeated {  // of an earlier attempt: the present one goes on
    static constexpr std::string_view name = "provider_notice_repeated";
    std::uint32_t attempt = 0;
    static provider_notice_repeated of(facts const&, auto const& command) { return {command.attempt.value_or(0)}; }
    bool operator==(provider_notice_repeated const&) const = default;
};
struct refund_failed {
    static constexpr std::string_view name = "refund_failed";
    std::string cause;
    static refund_failed of(facts const&, report_refund_failed const& command) { return {command.cause}; }
    bool operator==(refund_failed const&) const = default;
};
struct refund_outcome_unknown {
    static constexpr std::string_view name = "refund_outcome_unknown";
    static refund_outcome_unknown of(facts const&, auto const&) { return {}; }
    bool operator==(refund_outcome_unknown const&) const = default;
};
struct refund_retried {
    static constexpr std::string_view name = "refund_retried";
    std::string key;
    std::uint32_t attempt = 0;
    static refund_retried of(facts const& known, retry_refund const&) { return {known.key, known.attempts + 1}; }
    bool operator==(refund_retried const&) const = default;
};
struct refund_rerouted {  // a new order under a new key: the first way has said no for good
    static constexpr std::string_view name = "refund_rerouted";
    std::string key;
    std::string route;
    std::uint32_t attempt = 0;  // counted with those before
    static refund_rerouted of(facts const& known, reroute_refund const& command) {
        return {known.key + "/" + command.route, command.route, known.attempts + 1};
    }
    bool operator==(refund_rerouted const&) const = default;
};
struct refund_given_up {
    static constexpr std::string_view name = "refund_given_up";
    static refund_given_up of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(refund_given_up const&) const = default;
};

// ---- guards
struct amount_as_instructed {
    static constexpr std::string_view name = "amount_as_instructed";
    static constexpr auto otherwise = refusal::confirmed_amount_differs;
    static constexpr bool holds(facts const& known, confirm_refund const& told) noexcept {
        return told.amount == known.amount;
    }
    static void particulars(facts const& known, confirm_refund const&, refused& no) { no.limit = known.amount; }
};
struct reference_is_given {
    static constexpr std::string_view name = "reference_is_given";
    static constexpr auto otherwise = refusal::payment_reference_missing;
    static constexpr bool holds(facts const&, confirm_refund const& told) noexcept {
        return !told.payment_reference.empty();
    }
};
// A provider may tell again, or late, that an order has failed that another one has replaced.
struct is_about_an_earlier_attempt {
    static constexpr std::string_view name = "is_about_an_earlier_attempt";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const& told) noexcept {
        return told.attempt && *told.attempt >= 1 && *told.attempt < known.attempts;
    }
};
struct attempt_was_made {
    static constexpr std::string_view name = "attempt_was_made";
    static constexpr auto otherwise = refusal::refund_unknown;
    static constexpr bool holds(facts const& known, auto const& told) noexcept {
        return !told.attempt || (*told.attempt >= 1 && *told.attempt <= known.attempts);
    }
    static void particulars(facts const& known, auto const& told, refused& no) {
        no.subject = "attempt " + std::to_string(*told.attempt);
        no.expected = known.attempts;
    }
};
struct same_reference {
    static constexpr std::string_view name = "same_reference";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static bool holds(facts const& known, confirm_refund const& told) noexcept {
        return told.payment_reference == known.payment_reference;
    }
    static void particulars(facts const& known, confirm_refund const&, refused& no) {
        no.because = "It was confirmed before under the reference " + known.payment_reference + ".";
    }
};
struct attempts_left {
    static constexpr std::string_view name = "attempts_left";
    static constexpr auto otherwise = refusal::refund_attempts_used_up;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.attempts < known.attempts_max;
    }
    static void particulars(facts const& known, auto const&, refused& no) { no.expected = known.attempts_max; }
};

struct is_still_owed {
    static constexpr std::string_view name = "is_still_owed";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.was_overturned; }
    static void particulars(facts const&, auto const&, refused& no) {
        no.because = "The decision that ordered it was overturned, or the payment was charged back.";
    }
};
struct money_is_blocked {
    static constexpr std::string_view name = "money_is_blocked";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.money_is_blocked; }
};
struct money_is_free {
    static constexpr std::string_view name = "money_is_free";
    static constexpr auto otherwise = refusal::chargeback_is_open;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.money_is_blocked; }
    static void particulars(facts const& known, auto const&, refused& no) { no.since = known.blocked_since; }
};
struct route_is_new {
    static constexpr std::string_view name = "route_is_new";
    static constexpr auto otherwise = refusal::refund_route_missing;
    static bool holds(facts const& known, reroute_refund const& command) noexcept {
        // It becomes part of a key.
        if (command.route.empty() || !identifier_problem(command.route).empty()) return false;
        return std::find(known.routes_used.begin(), known.routes_used.end(), command.route) == known.routes_used.end();
    }
    static void particulars(facts const&, reroute_refund const& command, refused& no) { no.subject = command.route; }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from             on command              to           records                  only if
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    row< not_instructed , instruct_refund       , held       , refund_held            , money_is_blocked                  >,
    row< not_instructed , instruct_refund       , instructed , refund_instructed      , always                            >,
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    row< held           , release_refund        , instructed , refund_released        , always                            >,
    row< held           , call_off_refund       , called_off , refund_called_off      , always                            >,
    row< held           , deadline_passed       , given_up   , refund_given_up        , always                            >,
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    row< instructed     , confirm_refund        , confirmed  , refund_confirmed       , by_host, attempt_was_made, amount_as_instructed, reference_is_given >,
    row< instructed     , report_refund_failed  , instructed , provider_notice_repeated , by_host, is_about_an_earlier_attempt >,
    row< instructed     , report_refund_failed  , failed     , refund_failed          , by_host, attempt_was_made         >,
    row< instructed     , report_refund_unknown , instructed , provider_notice_repeated , by_host, is_about_an_earlier_attempt >,
    row< instructed     , report_refund_unknown , unknown    , refund_outcome_unknown , by_host, attempt_was_made         >,
    row< instructed     , deadline_passed       , unknown    , refund_outcome_unknown , always                            >,
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    // A provider may say "failed" and mean it only for that moment: a later confirmation counts.
    row< failed         , confirm_refund        , confirmed  , refund_confirmed       , by_host, attempt_was_made, amount_as_instructed, reference_is_given >,
    row< failed         , retry_refund          , instructed , refund_retried         , by_host_or_operator, attempts_left, is_still_owed, money_is_free >,
    // Only what was refused is sent by another way: what is unknown may have been paid.
    row< failed         , reroute_refund        , instructed , refund_rerouted        , by_host_or_operator, attempts_left, is_still_owed, money_is_free, route_is_new >,
    row< failed         , deadline_passed       , given_up   , refund_given_up        , always                            >,
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    row< unknown        , confirm_refund        , confirmed  , refund_confirmed       , by_host, attempt_was_made, amount_as_instructed, reference_is_given >,
    row< unknown        , report_refund_failed  , unknown    , provider_notice_repeated , by_host, is_about_an_earlier_attempt >,
    row< unknown        , report_refund_failed  , failed     , refund_failed          , by_host, attempt_was_made         >,
    row< unknown        , retry_refund          , instructed , refund_retried         , by_host_or_operator, attempts_left, is_still_owed, money_is_free >,
    row< unknown        , deadline_passed       , given_up   , refund_given_up        , always                            >,
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    row< given_up       , confirm_refund        , confirmed  , refund_confirmed       , by_host, attempt_was_made, amount_as_instructed, reference_is_given >,
    // +----------------+-----------------------+------------+------------------------+-----------------------------------+
    row< confirmed      , confirm_refund        , confirmed  , refund_confirmed_again , by_host, attempt_was_made, amount_as_instructed, same_reference >>;
// clang-format on

// ---- what a refund keeps
struct instance {
    std::string key;
    money amount;
    std::vector<line_amount> lines;
    std::uint32_t attempts = 0;
    std::string payment_reference;
    std::vector<tender_amount> tenders{};
    std::vector<std::string> routes{};  // tried after the tender
    bool provisional = false;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, refund_instructed const& told) {
    kept = {told.key, told.amount, told.lines, 1, {}, told.tenders, {}, told.provisional};
}
inline void apply(instance& kept, refund_held const& told) {
    kept = {told.key, told.amount, told.lines, 0, {}, told.tenders, {}, told.provisional};
}
inline void apply(instance& kept, refund_released const& told) {
    kept.amount = told.amount;
    kept.lines = told.lines;
    kept.tenders = told.tenders;
    kept.attempts = 1;
}
inline void apply(instance& kept, refund_rerouted const& told) {
    kept.key = told.key;
    kept.attempts = told.attempt;
    kept.routes.push_back(told.route);
}
inline void apply(instance& kept, refund_retried const& told) { kept.attempts = told.attempt; }
inline void apply(instance& kept, refund_confirmed const& told) { kept.payment_reference = told.payment_reference; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "refund";
    static constexpr std::uint8_t code = 6;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::refund_unknown;
    using initial = not_instructed;
    using facts = refund::facts;
    using table = refund::table;
    using instance = refund::instance;
    using waits = list<runs<instructed, clock::refund_result>, runs<failed, clock::refund_recovery>,
                       runs<refund::unknown, clock::refund_recovery>, ends<confirmed>, ends<given_up>,
                       runs<held, clock::refund_recovery>, ends<called_off>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::refund
