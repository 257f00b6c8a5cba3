// `recourse simulate`: its arguments, and what it prints.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/commands.hpp"

namespace recourse::tools {

// Adds the subcommand; the function answers it if it was given, and is empty otherwise.
std::function<std::function<int(streams)>()> add_simulate_command(CLI::App& app);

}  // namespace recourse::tools
