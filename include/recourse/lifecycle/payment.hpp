// The file of a payment: whose it is, and what happens to its money beside its disputes. There is at most one in a
// record, under a key that no dispute can have (`file_of`); the payment's chargebacks and protections stand in it too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/policy_reference.hpp"

namespace recourse::payment {

using lifecycle::always;
using lifecycle::by_host;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::state;

// clang-format off

// ---- states
struct untold : state<0> { static constexpr std::string_view name = "untold"; };
struct told   : state<1> { static constexpr std::string_view name = "told"; };

// clang-format on

// ---- commands
struct tell_order {  // begins the file; told again when the order was shipped or delivered
    static constexpr std::string_view name = "tell_order";
    policy_id policy;                             // empty: the one that is meant for the order
    std::optional<std::uint32_t> policy_version;  // the newest one if it is left out
    order_facts order;
    bool operator==(tell_order const&) const = default;
};
struct tell_outside_refund {  // the buyer was paid back, and no dispute had ordered it
    static constexpr std::string_view name = "tell_outside_refund";
    outside_id outside_refund;
    std::vector<line_amount> lines;
    tender_id tender{};  // empty: the policy's order of tenders
    bool operator==(tell_outside_refund const&) const = default;
};
struct settle_recoup {  // what the buyer has twice is more, or less, than what was asked back of her
    static constexpr std::string_view name = "settle_recoup";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    std::string order_contradiction;  // a sentence; empty when there is none
    policy_reference policy;
    std::optional<refused> account_problem;  // with a refund by another route
    bool was_told_before = false;            // of that refund, with the same lines
    std::vector<line_amount> released;       // by the disputes that hold the money
    tender_order tenders;                    // the policy's
    money recoup_due;
    money recoup_ordered;  // before
    std::string recoup_key;
};

// ---- events
struct order_told {
    static constexpr std::string_view name = "order_told";
    policy_reference policy;
    order_facts order;
    static order_told of(facts const& known, tell_order const& command) { return {known.policy, command.order}; }
    bool operator==(order_told const&) const = default;
};
struct outside_refund_told {
    static constexpr std::string_view name = "outside_refund_told";
    outside_id outside_refund;
    std::vector<line_amount> lines;
    tender_id tender{};
    std::vector<line_amount> released;  // by the disputes that hear of it
    bool proportional = false;          // the policy's order of tenders
    std::vector<tender_kind> first{};
    static outside_refund_told of(facts const& known, tell_outside_refund const& command) {
        return {command.outside_refund,     command.lines,      command.tender, known.released,
                known.tenders.proportional, known.tenders.first};
    }
    bool operator==(outside_refund_told const&) const = default;
};
struct outside_refund_told_again {  // it counts once
    static constexpr std::string_view name = "outside_refund_told_again";
    outside_id outside_refund;
    static outside_refund_told_again of(facts const&, tell_outside_refund const& command) {
        return {command.outside_refund};
    }
    bool operator==(outside_refund_told_again const&) const = default;
};
struct recoup_ordered {
    static constexpr std::string_view name = "recoup_ordered";
    std::string key;
    money amount;
    static recoup_ordered of(facts const& known, settle_recoup const&) {
        return {known.recoup_key, {known.recoup_due.minor - known.recoup_ordered.minor, known.recoup_due.currency}};
    }
    bool operator==(recoup_ordered const&) const = default;
};
struct recoup_reduced {  // a chargeback that was lost is won after all
    static constexpr std::string_view name = "recoup_reduced";
    std::string key;
    money amount;
    static recoup_reduced of(facts const& known, settle_recoup const&) {
        return {known.recoup_key, {known.recoup_ordered.minor - known.recoup_due.minor, known.recoup_due.currency}};
    }
    bool operator==(recoup_reduced const&) const = default;
};

// ---- guards
struct order_agrees {
    static constexpr std::string_view name = "order_agrees";
    static constexpr auto otherwise = refusal::order_facts_contradict;
    static bool holds(facts const& known, auto const&) noexcept { return known.order_contradiction.empty(); }
    static void particulars(facts const& known, auto const&, refused& no) { no.because = known.order_contradiction; }
};
struct was_told_before {
    static constexpr std::string_view name = "was_told_before";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.was_told_before; }
};
struct money_is_left {
    static constexpr std::string_view name = "money_is_left";
    static constexpr auto otherwise = refusal::amount_exceeds_refundable;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return !known.account_problem; }
    static void particulars(facts const& known, auto const&, refused& no) {
        auto const guard = no.guard;
        no = *known.account_problem;
        no.guard = guard;
    }
};
struct more_is_due {
    static constexpr std::string_view name = "more_is_due";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.recoup_due.minor > known.recoup_ordered.minor;
    }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from     on command            to     records                     only if
    // +--------+---------------------+------+---------------------------+---------------------------+
    row< untold , tell_order          , told , order_told                , by_host, order_agrees     >,
    // +--------+---------------------+------+---------------------------+---------------------------+
    row< told   , tell_order          , told , order_told                , by_host, order_agrees     >,
    row< told   , tell_outside_refund , told , outside_refund_told_again , by_host, was_told_before  >,
    row< told   , tell_outside_refund , told , outside_refund_told       , by_host, money_is_left    >,
    row< told   , settle_recoup       , told , recoup_ordered            , more_is_due               >,
    row< told   , settle_recoup       , told , recoup_reduced            , always                    >>;
// clang-format on

// ---- what the file keeps
struct instance {
    policy_reference policy;
    order_facts order;                // as told last
    std::int64_t recoup_minor = 0;    // asked back of the buyer
    std::uint32_t recoup_orders = 0;  // how often that was changed
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, order_told const& told) {
    kept.policy = told.policy;
    kept.order = told.order;
}
inline void apply(instance& kept, recoup_ordered const& told) {
    kept.recoup_minor += told.amount.minor;
    ++kept.recoup_orders;
}
inline void apply(instance& kept, recoup_reduced const& told) {
    kept.recoup_minor -= told.amount.minor;
    ++kept.recoup_orders;
}
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "payment";
    static constexpr std::uint8_t code = 13;
    static constexpr bool many = true;  // none in a dispute
    static constexpr bool of_payment = true;
    static constexpr auto unknown = refusal::payment_unknown;
    using initial = untold;
    using facts = payment::facts;
    using table = payment::table;
    using instance = payment::instance;
    using waits = list<ends<told>>;  // nobody owes a word
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::payment
