// Which roles the tables let do what, whatever the dispute and the contents of the command.
#pragma once

#include "recourse/lifecycle/all.hpp"
#include "recourse/vocabulary/party.hpp"

namespace recourse::engine {

// False only if each row of the command asks for another role.
bool may_ever(role who, command_body const& asked) noexcept;

}  // namespace recourse::engine
