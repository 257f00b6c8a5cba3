// `recourse worker` and `recourse parked`: their arguments.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/commands.hpp"

namespace recourse::tools {

// Adds both; the function answers the one that was given, and is empty if it was neither.
std::function<std::function<int(streams)>()> add_worker_commands(CLI::App& app);

}  // namespace recourse::tools
