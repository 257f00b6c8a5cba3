// A command: what somebody asks of one dispute.
#pragma once

#include "recourse/lifecycle/all.hpp"

namespace recourse {

struct command {
    command_id id;  // made and kept by the caller; a command sent twice with one id is decided once
    dispute_key dispute;
    actor by;
    std::optional<std::uint32_t> expected_version;  // refused if the dispute has another one
    command_body body;
    // A platform_operator may act for the buyer or the seller, with that person's rights and no others.
    std::optional<actor> on_behalf_of{};
    // When it was sent, if the host vouches for that: decided as of then, within the skew that the engine allows.
    std::optional<instant> submitted_at{};
    bool operator==(command const&) const = default;
};

// "make_offer"
std::string_view name(command_body const&);

// What a command that begins a dispute, by contact or at once, says about it; null pointers for every other command.
struct beginning {
    policy_id const* policy = nullptr;
    std::optional<std::uint32_t> const* policy_version = nullptr;
    order_facts const* order = nullptr;
    [[nodiscard]] explicit operator bool() const noexcept { return order != nullptr; }
};
beginning beginning_of(command_body const&) noexcept;

}  // namespace recourse
