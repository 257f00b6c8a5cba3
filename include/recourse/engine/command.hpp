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
    bool operator==(command const&) const = default;
};

// "make_offer"
std::string_view name(command_body const&);

}  // namespace recourse
