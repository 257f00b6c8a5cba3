// A command that this library wrote into a log: no member stands in it twice, and that is not looked for.
#pragma once

#include <string_view>

#include "recourse/engine/json.hpp"

namespace recourse::engine {

result<command, input_problems> read_stored_command(std::string_view text);

}  // namespace recourse::engine
