// What ends a dispute in the buyer's favour.
#pragma once

#include <cstdint>

#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/money.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class remedy : std::uint8_t {
    full_refund,     // everything paid for the claimed units; the goods stay where they are
    partial_refund,  // less than that; the goods stay where they are
    return_refund,   // the goods go back first, then the money
    exchange,        // the goods go back first, then others are sent
    replacement,     // others are sent, the goods stay where they are
    alternative,     // something else that the policy names: a repair, a voucher, the missing part
};
template <>
inline constexpr std::array<std::string_view, 6> wire_names<remedy>{"full_refund", "partial_refund", "return_refund",
                                                                    "exchange",    "replacement",    "alternative"};

constexpr bool goods_go_back(remedy kind) noexcept { return kind == remedy::return_refund || kind == remedy::exchange; }
// The seller has to do something; the amount is what he pays if he does not.
constexpr bool is_a_promise(remedy kind) noexcept {
    return kind == remedy::exchange || kind == remedy::replacement || kind == remedy::alternative;
}

using alternative_id = id<struct alternative_tag>;  // which alternative; each policy lists its own

// Which remedies are on offer, as one value.
struct remedy_set {
    std::uint8_t bits = 0;
    constexpr void insert(remedy kind) noexcept { bits = static_cast<std::uint8_t>(bits | bit(kind)); }
    [[nodiscard]] constexpr bool contains(remedy kind) const noexcept { return (bits & bit(kind)) != 0; }
    bool operator==(remedy_set const&) const = default;

  private:
    static constexpr unsigned bit(remedy kind) noexcept { return 1U << static_cast<unsigned>(kind); }
};

// A remedy with its amount: what is claimed, offered, agreed or decided. A missing amount is an error, never a default.
struct award {
    recourse::remedy remedy = remedy::full_refund;
    money amount;                  // of a promise: what is paid if it is not kept
    alternative_id alternative{};  // named if and only if the remedy is an alternative
    bool operator==(award const&) const = default;
};

}  // namespace recourse
