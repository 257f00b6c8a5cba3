// What the members of a policy are called on its page, and what their values mean: tables by path, "limits.refund_attempts".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "recourse/policy/policy.hpp"

namespace recourse::page {

// "Refund attempts" for "limits.refund_attempts"; the name itself, in plain letters, where the table has no row.
std::string label_of(std::string_view path);
bool has_label(std::string_view path);

// What is said under the heading of a member of the policy; empty: nothing.
std::string_view opening_of(std::string_view section);

// The sentence for a value that has one: ("silences.seller", "escalates"); nothing otherwise.
std::optional<std::string_view> sentence_of(std::string_view path, std::string_view value);

// Of a clock, by its name in `clocks`.
struct clock_words {
    std::string_view name;
    std::string_view label;
    std::string_view whose;            // "The seller's, to answer the buyer."
    silence silence_rules::*silent{};  // what its end does is the policy's choice
    std::string_view silence_path{};   // where that choice stands
    std::string_view otherwise{};      // what its end does where there is no choice
};
// nullptr: a clock that the page has no words for.
clock_words const* words_of_clock(std::string_view name);

// "full refund" for full_refund
std::string spaced(std::string_view name);

}  // namespace recourse::page
