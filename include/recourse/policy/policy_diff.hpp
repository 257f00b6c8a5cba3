// What differs between two policies, member by member, in words, and whom each change favours.
//
//     auto const changes = policy_diff(*read_policy(old_text), *read_policy(new_text));
//     changes[0].pointer     // "/clocks/seller_response/length"
//     changes[0].words       // "the seller has 5 calendar days to answer instead of 3 calendar days"
//     changes[0].favours     // favoured::seller
//     changes[0].because     // "he may answer later, and the buyer waits for it"
//
// Lists that mean sets (remedies, grounds, parties) are compared as sets, and lists of rules by the name of each rule, so
// another order is no change. The order of tenders, and the steps of partial refunds, do mean something.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/policy/policy.hpp"

namespace recourse {

// `depends`: on the dispute, or on what else is in the policy.
enum class favoured : std::uint8_t { buyer, seller, platform, neither, depends };
template <>
inline constexpr std::array<std::string_view, 5> wire_names<favoured>{"buyer", "seller", "platform", "neither",
                                                                      "depends"};

struct policy_change {
    std::string pointer;  // in the new document; of what is there no more, in the old one
    std::string before;   // JSON; empty: it was not there
    std::string after;    // JSON; empty: it is not there any more
    favoured favours = favoured::depends;
    std::string words;    // a clause without a capital and a full stop
    std::string because;  // the same: why it favours them
    bool operator==(policy_change const&) const = default;
};

// In the order of the members in the type. Empty if and only if both mean the same.
std::vector<policy_change> policy_diff(policy const& before, policy const& after);
std::string to_json(policy_change const&);  // one object on one line

// How a change of one member is judged: what more of it is, and whom that favours; less of it favours the other.
enum class judged : std::uint8_t {
    longer,   // a clock: longer, or later by its start, roll or cut-off
    more,     // a number or an amount
    on,       // yes rather than no
    listed,   // an element of a list
    ordered,  // a choice further on in `order`
    fixed,    // whatever it becomes
};

// One row of the table. Lists are "*" in the pattern: "/reasons/*/remedies/*".
struct member_rule {
    std::string_view pattern;
    judged how = judged::fixed;
    favoured more = favoured::depends;
    // With {} for the value and {of} for the name of the rule it stands in. Of `on` and `listed` two clauses, "|" between.
    std::string_view says;
    std::string_view because;
    std::string_view order{};              // of `ordered`: wire names, from the least to the most
    favoured appears = favoured::depends;  // of what may be left out: whom it favours that it is there
};
std::span<member_rule const> member_rules();

// The pattern of every member and element that a policy may have, by its type: each has a row.
std::vector<std::string> policy_member_patterns();

}  // namespace recourse
