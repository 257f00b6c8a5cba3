// `recourse store ...`: the upkeep of a store, for its operator. Described in docs/commands.md.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/commands.hpp"

namespace recourse::tools {

// Adds the subcommands; the function answers the one that was given, and is empty otherwise.
std::function<std::function<int(streams)>()> add_store_commands(CLI::App& app);

}  // namespace recourse::tools
