// How a dispute ended.
#pragma once

#include <cstdint>
#include <optional>

#include "recourse/vocabulary/party.hpp"
#include "recourse/vocabulary/remedy.hpp"

namespace recourse {

enum class resolution : std::uint8_t {
    full_refund,
    partial_refund,
    return_refund,
    rejected,         // the mediator found for the seller
    withdrawn,        // by the buyer
    expired,          // nobody acted in time
    return_not_sent,  // a return was agreed and the buyer did not send it in time
    return_lost,      // the parcel was lost and the risk was the buyer's
    unpaid,           // a refund is due and could not be paid: a person must look at it
};
template <>
inline constexpr std::array<std::string_view, 9> wire_names<resolution>{
    "full_refund", "partial_refund",  "return_refund", "rejected", "withdrawn",
    "expired",     "return_not_sent", "return_lost",   "unpaid",
};

constexpr resolution resolution_of(remedy kind) noexcept {
    switch (kind) {
        case remedy::full_refund: return resolution::full_refund;
        case remedy::partial_refund: return resolution::partial_refund;
        case remedy::return_refund: return resolution::return_refund;
    }
    return resolution::full_refund;
}

struct outcome {
    recourse::resolution resolution = recourse::resolution::expired;
    role decided_by = role::timer;  // who accepted, decided, withdrew or, as timer, stayed silent
    std::optional<award> awarded;   // what the buyer gets or should have got
    bool operator==(outcome const&) const = default;
};

}  // namespace recourse
