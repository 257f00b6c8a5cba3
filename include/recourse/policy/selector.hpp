// Which policy is meant for an order, by what its document says in `applies_to`.
//
//     misfits(*rules.applies_to, order)     // {"site \"fr\", not \"de\""}; empty: the policy is meant for it
//     is_narrower(one, other)               // of two that take an order the narrower one is chosen
//     share_an_order(one, other)            // whether there could be an order that both take
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recourse/policy/policy.hpp"

namespace recourse {

// The local day of the order where the buyer lives: of `ordered_at`, else of `paid_at`; nullopt if neither was told or the
// zone is not known.
std::optional<date> ordered_on(order_facts const& order);

// What of the order is not as the selector says, a clause each, in the order of its members. A fact that was not told
// fits no selector that names it.
std::vector<std::string> misfits(order_selector const& selector, order_facts const& order);

// The narrower of two names more of: site, category, payment method, seller type, day of the order; of two that name as
// many, the one that names the first of these in which they differ.
bool is_narrower(order_selector const& one, order_selector const& other) noexcept;

// Whether some order could be taken by both.
bool share_an_order(order_selector const& one, order_selector const& other);

// Neither is narrower, and an order could be taken by both: it would be chance which policy it gets.
inline bool tie(order_selector const& one, order_selector const& other) {
    return !is_narrower(one, other) && !is_narrower(other, one) && share_an_order(one, other);
}

}  // namespace recourse
