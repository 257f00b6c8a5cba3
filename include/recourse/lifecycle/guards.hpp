// Guards that more than one lifecycle uses: who may act. A guard is a pure function of (facts, command); its name is
// what the table says after "only if", `otherwise` is the refusal when it does not hold.
//
// A guard that `selects` chooses between rows of one state and command: when it fails and another such row is left, that
// row's guards say why not.
//
// Facts of a lifecycle name the role that acts as `by`. That a buyer or seller acts in his own dispute only, and that
// nobody mediates his own, holds for every command and is judged once before any table (engine/decide.cpp).
#pragma once

#include "recourse/vocabulary/party.hpp"
#include "recourse/vocabulary/refusal.hpp"

namespace recourse::lifecycle {

struct always {
    static constexpr std::string_view name = "always";
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(auto const&, auto const&) noexcept { return true; }
};
struct by_buyer {
    static constexpr std::string_view name = "by_buyer";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept { return facts.by == role::buyer; }
};
struct by_seller {
    static constexpr std::string_view name = "by_seller";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept { return facts.by == role::seller; }
};
struct by_party {
    static constexpr std::string_view name = "by_party";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept {
        return facts.by == role::buyer || facts.by == role::seller;
    }
};
struct by_mediator {
    static constexpr std::string_view name = "by_mediator";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept { return facts.by == role::mediator; }
};
struct by_operator {
    static constexpr std::string_view name = "by_operator";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept { return facts.by == role::platform_operator; }
};
struct by_host {
    static constexpr std::string_view name = "by_host";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept { return facts.by == role::host; }
};
struct by_host_or_seller {
    static constexpr std::string_view name = "by_host_or_seller";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept {
        return facts.by == role::host || facts.by == role::seller;
    }
};
struct by_host_or_operator {
    static constexpr std::string_view name = "by_host_or_operator";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(auto const& facts, auto const&) noexcept {
        return facts.by == role::host || facts.by == role::platform_operator;
    }
};

}  // namespace recourse::lifecycle
