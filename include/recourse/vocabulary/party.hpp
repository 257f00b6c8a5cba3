// Who acts: the roles, and an actor in one of them.
#pragma once

#include <cstdint>

#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class role : std::uint8_t {
    buyer,
    seller,
    mediator,           // decides for the marketplace; never a party of the same dispute
    platform_operator,  // a person of the marketplace who repairs what has gone wrong
    host,               // the embedding system, reporting what payment providers and carriers said
    timer,              // a deadline that passed
};
template <>
inline constexpr std::array<std::string_view, 6> wire_names<role>{"buyer", "seller", "mediator", "platform_operator",
                                                                  "host",  "timer"};

struct actor {
    recourse::role role = role::host;
    actor_id id;
    bool operator==(actor const&) const = default;
};

// The two who dispute; a smaller type where only these make sense.
enum class party : std::uint8_t { buyer, seller };
template <>
inline constexpr std::array<std::string_view, 2> wire_names<party>{"buyer", "seller"};

constexpr party other(party one) noexcept { return one == party::buyer ? party::seller : party::buyer; }
// Of the buyer the seller, of anybody else the buyer.
constexpr role other_party(role one) noexcept { return one == role::buyer ? role::seller : role::buyer; }
constexpr bool is(role acting, party one) noexcept {
    return one == party::buyer ? acting == role::buyer : acting == role::seller;
}

}  // namespace recourse
