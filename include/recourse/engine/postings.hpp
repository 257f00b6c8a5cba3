// Double-entry postings of an award: who pays what to whom. Whatever the terms, the amounts add up to zero.
//
//     postings_of({.refundable = euro(10000), .award = euro(6000)})
//                                      // held -100.00, buyer 60.00, seller 40.00: the seller bears the award
//     postings_of({.refundable = euro(10000), .award = euro(6000), .burden = {{{purse::platform, 6000}}, {}}})
//                                      // held -100.00, buyer 60.00, seller 100.00, platform -60.00
#pragma once

#include "recourse/calendar/time_zone.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse {

// Where money comes from and goes to.
enum class purse : std::uint8_t { held, buyer, seller, platform, carrier, penalty };
template <>
inline constexpr std::array<std::string_view, 6> wire_names<purse>{"held",     "buyer",   "seller",
                                                                   "platform", "carrier", "penalty"};

// What a purse gets; below zero: what it gives. The currency is that of the award.
struct posting {
    recourse::purse purse = purse::held;
    std::int64_t minor = 0;
    bool operator==(posting const&) const = default;
};

// What somebody pays for.
enum class cost_kind : std::uint8_t { item, shipping_outbound, shipping_return, fee, penalty };
template <>
inline constexpr std::array<std::string_view, 5> wire_names<cost_kind>{"item", "shipping_outbound", "shipping_return",
                                                                       "fee", "penalty"};

// A part of the award that somebody else than the seller bears, or that the seller is named for.
struct bearer {
    recourse::purse purse = purse::seller;
    std::int64_t minor = 0;
    bool operator==(bearer const&) const = default;
};

// A cost beside the award: a label that the buyer paid and the seller owes her, a penalty.
struct charge {
    cost_kind kind = cost_kind::shipping_return;
    purse payer = purse::seller;
    purse payee = purse::buyer;
    std::int64_t minor = 0;
    bool operator==(charge const&) const = default;
};

// Who bears an award, and what is paid beside it. What no funder is named for is the seller's.
struct burden {
    std::vector<bearer> bearers{};
    std::vector<charge> charges{};
    bool operator==(burden const&) const = default;
};

struct award_terms {
    money refundable;  // all that is held for the dispute: the seller gets what the award leaves
    money award;
    recourse::burden burden{};
    std::optional<money> coverage_cap{};  // of what the platform funds; nullopt: no limit
    bool operator==(award_terms const&) const = default;
};

// One posting a purse, in the order of the purses; purses that neither get nor give are left out. The error is a
// sentence: an award above what is refundable, funders that do not add up to it, a platform beyond its cap, a cost of
// nothing or from a purse to itself.
result<std::vector<posting>, std::string> postings_of(award_terms const& terms);

// The sentence that names the difference when postings do not add up to zero; empty when they do.
std::string imbalance(std::vector<posting> const& postings, currency const& unit);

// What the platform funds at most for an order that was paid then: the last row of the policy that had begun by that
// day, and nothing before the first. nullopt: the policy has no rows, and so no limit.
std::optional<money> coverage_cap(policy const& rules, date paid_on);
std::optional<money> coverage_cap(policy const& rules, instant paid_at, time_zone const& zone);

}  // namespace recourse
