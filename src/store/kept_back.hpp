// What is kept of an effect that was handed out and not delivered: the same in every store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "recourse/store/store.hpp"

namespace recourse::store {

struct kept_back {
    std::uint32_t attempts = 0;
    std::optional<instant> free_at{};  // of one that was put off
    std::optional<instant> parked_at{};
    std::string reason{};
};

// Needs another delivery than `delivered`.
inline kept_back after(claimed_effect const& one, delivery const& what) {
    if (auto const* later = std::get_if<put_off>(&what)) return {one.attempt, later->until, {}, later->reason};
    if (auto const* away = std::get_if<parked>(&what)) return {one.attempt, {}, away->at, away->reason};
    return {one.attempt - 1, {}, {}, {}};  // given back: the attempt does not count
}

}  // namespace recourse::store
