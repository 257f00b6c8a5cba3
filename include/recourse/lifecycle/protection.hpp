// Buyer protection of one line of a payment: from the order's facts to its end, one machine a line.
//
// It begins with the fact that the policy names and ends by its clock; the seller may extend it, the buyer may confirm
// that the goods came. What was delivered counts as confirmed when protection ends, but not while a dispute over the line
// is open. Confirming takes nothing away: a dispute may be opened until the end that was told.
#pragma once

#include <optional>
#include <vector>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/order.hpp"

namespace recourse::buyer_protection {

using lifecycle::always;
using lifecycle::by_buyer;
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
struct not_started        : state<0> { static constexpr std::string_view name = "not_started"; };
struct running            : state<1> { static constexpr std::string_view name = "running"; };
struct extended           : state<2> { static constexpr std::string_view name = "extended"; };
struct expired            : state<3> { static constexpr std::string_view name = "expired"; };
struct confirmed_by_buyer : state<4> { static constexpr std::string_view name = "confirmed_by_buyer"; };
struct auto_confirmed     : state<5> { static constexpr std::string_view name = "auto_confirmed"; };

// clang-format on

// ---- commands
struct extend_protection {
    static constexpr std::string_view name = "extend_protection";
    line_id line;
    std::int32_t days = 0;  // calendar days, added to what there is
    bool operator==(extend_protection const&) const = default;
};
struct confirm_delivery {
    static constexpr std::string_view name = "confirm_delivery";
    line_id line;
    bool operator==(confirm_delivery const&) const = default;
};
struct hear_order {  // the order was told, or more of it
    static constexpr std::string_view name = "hear_order";
    static constexpr bool internal = true;
    line_id line;
};
struct release_confirmation {  // the dispute over the line has ended
    static constexpr std::string_view name = "release_confirmation";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    std::optional<instant> ends;  // by the order's facts and the extensions; nothing: it has not started
    bool was_delivered = false;
    bool dispute_is_open = false;   // over the line
    std::string extension_problem;  // a sentence; empty if it can be extended so
    std::optional<instant> extended_to;
};

// ---- events
struct protection_awaited {
    static constexpr std::string_view name = "protection_awaited";
    line_id line;
    static protection_awaited of(facts const&, hear_order const& command) { return {command.line}; }
    bool operator==(protection_awaited const&) const = default;
};
struct protection_begun {
    static constexpr std::string_view name = "protection_begun";
    line_id line;
    instant ends;  // exclusive
    bool was_delivered = false;
    [[nodiscard]] instant clock_until() const noexcept { return ends; }
    static protection_begun of(facts const& known, hear_order const& command) {
        return {command.line, known.ends.value_or(instant{}), known.was_delivered};
    }
    bool operator==(protection_begun const&) const = default;
};
struct protection_told_again {  // the end moves only later
    static constexpr std::string_view name = "protection_told_again";
    static constexpr bool restarts_clock = true;
    std::optional<instant> ends;
    bool was_delivered = false;
    [[nodiscard]] bool runs_clock() const noexcept { return ends.has_value(); }
    [[nodiscard]] instant clock_until() const noexcept { return ends.value_or(instant{}); }
    static protection_told_again of(facts const& known, hear_order const&) { return {known.ends, known.was_delivered}; }
    bool operator==(protection_told_again const&) const = default;
};
struct order_heard {  // after its end: noted, and nothing else
    static constexpr std::string_view name = "order_heard";
    static order_heard of(facts const&, hear_order const&) { return {}; }
    bool operator==(order_heard const&) const = default;
};
struct protection_extended {
    static constexpr std::string_view name = "protection_extended";
    static constexpr bool restarts_clock = true;
    std::int32_t days = 0;
    instant ends;
    [[nodiscard]] instant clock_until() const noexcept { return ends; }
    static protection_extended of(facts const& known, extend_protection const& command) {
        return {command.days, known.extended_to.value_or(instant{})};
    }
    bool operator==(protection_extended const&) const = default;
};
struct delivery_confirmed {
    static constexpr std::string_view name = "delivery_confirmed";
    static delivery_confirmed of(facts const&, confirm_delivery const&) { return {}; }
    bool operator==(delivery_confirmed const&) const = default;
};
struct confirmation_held {  // a dispute over the line is open
    static constexpr std::string_view name = "confirmation_held";
    static constexpr bool runs_clock() noexcept { return false; }
    static confirmation_held of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(confirmation_held const&) const = default;
};
struct delivery_auto_confirmed {
    static constexpr std::string_view name = "delivery_auto_confirmed";
    static delivery_auto_confirmed of(facts const&, auto const&) { return {}; }
    bool operator==(delivery_auto_confirmed const&) const = default;
};
struct protection_expired {
    static constexpr std::string_view name = "protection_expired";
    static protection_expired of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(protection_expired const&) const = default;
};

// ---- guards
struct has_started {
    static constexpr std::string_view name = "has_started";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::protection_not_started;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.ends.has_value(); }
};
struct dispute_is_open {
    static constexpr std::string_view name = "dispute_is_open";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.dispute_is_open && known.was_delivered;
    }
};
struct was_delivered {
    static constexpr std::string_view name = "was_delivered";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.was_delivered; }
};
struct can_be_extended {
    static constexpr std::string_view name = "can_be_extended";
    static constexpr auto otherwise = refusal::protection_not_extendable;
    static bool holds(facts const& known, auto const&) noexcept { return known.extension_problem.empty(); }
    static void particulars(facts const& known, auto const& command, refused& no) {
        no.subject = command.line.text();
        no.because = known.extension_problem;
    }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from                 on command             to                   records                   only if
    // +--------------------+----------------------+--------------------+-------------------------+----------------------------+
    row< not_started        , hear_order           , running            , protection_begun        , has_started                >,
    row< not_started        , hear_order           , not_started        , protection_awaited      , always                     >,
    // +--------------------+----------------------+--------------------+-------------------------+----------------------------+
    row< running            , hear_order           , running            , protection_told_again   , always                     >,
    row< running            , extend_protection    , extended           , protection_extended     , by_seller, can_be_extended >,
    row< running            , confirm_delivery     , confirmed_by_buyer , delivery_confirmed      , by_buyer                   >,
    row< running            , release_confirmation , auto_confirmed     , delivery_auto_confirmed , always                     >,
    row< running            , deadline_passed      , running            , confirmation_held       , dispute_is_open            >,
    row< running            , deadline_passed      , auto_confirmed     , delivery_auto_confirmed , was_delivered              >,
    row< running            , deadline_passed      , expired            , protection_expired      , always                     >,
    // +--------------------+----------------------+--------------------+-------------------------+----------------------------+
    row< extended           , hear_order           , extended           , protection_told_again   , always                     >,
    row< extended           , extend_protection    , extended           , protection_extended     , by_seller, can_be_extended >,
    row< extended           , confirm_delivery     , confirmed_by_buyer , delivery_confirmed      , by_buyer                   >,
    row< extended           , release_confirmation , auto_confirmed     , delivery_auto_confirmed , always                     >,
    row< extended           , deadline_passed      , extended           , confirmation_held       , dispute_is_open            >,
    row< extended           , deadline_passed      , auto_confirmed     , delivery_auto_confirmed , was_delivered              >,
    row< extended           , deadline_passed      , expired            , protection_expired      , always                     >,
    // +--------------------+----------------------+--------------------+-------------------------+----------------------------+
    // A carrier speaks late: what has ended stays as it is.
    row< expired            , hear_order           , expired            , order_heard             , always                     >,
    row< confirmed_by_buyer , hear_order           , confirmed_by_buyer , order_heard             , always                     >,
    row< auto_confirmed     , hear_order           , auto_confirmed     , order_heard             , always                     >>;
// clang-format on

// ---- what a protection keeps
struct instance {
    line_id line;
    std::optional<instant> ends;     // exclusive; the latest that was told
    std::int32_t extended_days = 0;  // by the seller
    std::uint32_t extensions = 0;
    bool was_delivered = false;
    bool is_held = false;  // it would be confirmed, were no dispute open
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, protection_awaited const& told) { kept.line = told.line; }
inline void apply(instance& kept, protection_begun const& told) {
    kept.line = told.line;
    kept.ends = told.ends;
    kept.was_delivered = told.was_delivered;
}
inline void apply(instance& kept, protection_told_again const& told) {
    if (told.ends && (!kept.ends || *told.ends > *kept.ends)) kept.ends = told.ends;
    kept.was_delivered = kept.was_delivered || told.was_delivered;
    kept.is_held = false;
}
inline void apply(instance& kept, protection_extended const& told) {
    kept.ends = told.ends;
    kept.extended_days += told.days;
    ++kept.extensions;
}
inline void apply(instance& kept, confirmation_held const&) { kept.is_held = true; }
inline void apply(instance& kept, auto const&) { kept.is_held = false; }

struct lifecycle_type {
    static constexpr std::string_view name = "protection";
    static constexpr std::uint8_t code = 10;
    static constexpr bool many = true;
    static constexpr bool of_payment = true;
    static constexpr auto unknown = refusal::protection_unknown;
    using initial = not_started;
    using facts = buyer_protection::facts;
    using table = buyer_protection::table;
    using instance = buyer_protection::instance;
    using waits = list<runs<running, clock::protection>, runs<extended, clock::protection>, ends<expired>,
                       ends<confirmed_by_buyer>, ends<auto_confirmed>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::buyer_protection
