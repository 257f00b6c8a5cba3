// Who may write to whom while a dispute stands where it stands.
#pragma once

#include <cstdint>

#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class channel_kind : std::uint8_t {
    closed,            // nobody
    direct,            // the buyer and the seller to each other
    through_mediator,  // each of them to the mediator, and he to either or both
};
template <>
inline constexpr std::array<std::string_view, 3> wire_names<channel_kind>{"closed", "direct", "through_mediator"};

}  // namespace recourse
