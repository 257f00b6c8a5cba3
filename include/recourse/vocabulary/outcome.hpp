// How a dispute ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "recourse/vocabulary/party.hpp"
#include "recourse/vocabulary/remedy.hpp"

namespace recourse {

enum class resolution : std::uint8_t {
    full_refund,
    partial_refund,
    return_refund,
    rejected,          // the mediator found for the seller
    withdrawn,         // by the buyer
    expired,           // nobody acted in time
    return_not_sent,   // a return was agreed and the buyer did not send it in time
    return_lost,       // the parcel was lost and the risk was the buyer's
    unpaid,            // a refund is due and could not be paid: a person must look at it
    exchanged,         // the goods went back and others came
    replaced,          // others came
    remedied,          // an alternative was performed
    not_pursued,       // the seller was contacted and no dispute was opened
    charged_back,      // the buyer's bank took the money back, or the dispute waited too long for it
    refunded_outside,  // everything in dispute was refunded by another route
    merged,            // another dispute over the payment goes on with it
};
template <>
inline constexpr std::array<std::string_view, 16> wire_names<resolution>{
    "full_refund",     "partial_refund", "return_refund",    "rejected",  "withdrawn", "expired",
    "return_not_sent", "return_lost",    "unpaid",           "exchanged", "replaced",  "remedied",
    "not_pursued",     "charged_back",   "refunded_outside", "merged",
};

constexpr resolution resolution_of(remedy kind) noexcept {
    switch (kind) {
        case remedy::full_refund: return resolution::full_refund;
        case remedy::partial_refund: return resolution::partial_refund;
        case remedy::return_refund: return resolution::return_refund;
        case remedy::exchange: return resolution::exchanged;
        case remedy::replacement: return resolution::replaced;
        case remedy::alternative: return resolution::remedied;
    }
    return resolution::full_refund;
}

// Who bears what a buyer gets.
enum class funder : std::uint8_t { seller, platform, carrier };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<funder>{"seller", "platform", "carrier"};

struct funding {
    funder by = funder::seller;
    std::int64_t minor = 0;  // in the currency of the award
    bool operator==(funding const&) const = default;
};

// Who pays or gets a cost beside an award.
enum class cost_party : std::uint8_t { buyer, seller, platform, carrier };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<cost_party>{"buyer", "seller", "platform", "carrier"};

// As whoever decides names them, in the currency of the award.
struct penalty {
    cost_party from = cost_party::seller;
    cost_party to = cost_party::buyer;
    std::int64_t minor = 0;
    bool operator==(penalty const&) const = default;
};
enum class shipping_way : std::uint8_t { outbound, back };
template <>
inline constexpr std::array<std::string_view, 2> wire_names<shipping_way>{"outbound", "return"};
struct shipping_cost {  // who bears it pays it to whom it had cost something
    shipping_way way = shipping_way::back;
    cost_party from = cost_party::seller;
    cost_party to = cost_party::buyer;
    std::int64_t minor = 0;
    bool operator==(shipping_cost const&) const = default;
};

// One of them, as it is recorded.
enum class side_cost_kind : std::uint8_t { penalty, shipping_outbound, shipping_return };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<side_cost_kind>{"penalty", "shipping_outbound",
                                                                            "shipping_return"};
struct side_cost {
    side_cost_kind kind = side_cost_kind::penalty;
    cost_party from = cost_party::seller;
    cost_party to = cost_party::buyer;
    std::int64_t minor = 0;
    bool operator==(side_cost const&) const = default;
};
// The penalty first, then the shipping as it was named.
inline std::vector<side_cost> side_costs(std::optional<penalty> const& fine,
                                         std::vector<shipping_cost> const& shipping) {
    std::vector<side_cost> costs;
    if (fine) costs.push_back({side_cost_kind::penalty, fine->from, fine->to, fine->minor});
    for (auto const& one : shipping)
        costs.push_back(
            {one.way == shipping_way::outbound ? side_cost_kind::shipping_outbound : side_cost_kind::shipping_return,
             one.from, one.to, one.minor});
    return costs;
}

// What was agreed or decided, before anything of it is carried out.
struct decision_terms {
    std::optional<award> awarded;      // nothing: the claim is rejected
    std::vector<funding> funded_by{};  // adds up to the amount; empty: the seller bears all
    std::vector<rule_id> rules{};      // of the marketplace, that it rests on
    std::vector<side_cost> costs{};    // beside the award
    bool operator==(decision_terms const&) const = default;
};

// What happens while a decision may still be appealed.
enum class execution : std::uint8_t {
    suspensive,   // nothing, until it is final
    provisional,  // money is paid at once; goods and promises wait until it is final
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<execution>{"suspensive", "provisional"};

struct outcome {
    recourse::resolution resolution = recourse::resolution::expired;
    role decided_by = role::timer;  // who accepted, decided, withdrew or, as timer, stayed silent
    std::optional<award> awarded;   // what the buyer gets or should have got
    // A return was on its way when a chargeback closed the dispute: its tracking number, empty if it has none.
    std::optional<std::string> goods_under_way{};
    std::optional<dispute_id> into{};  // of what was merged: the dispute that goes on
    bool operator==(outcome const&) const = default;
};

}  // namespace recourse
