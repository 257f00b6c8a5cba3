// The command line of `recourse calendar`.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "tools/calendar/sources.hpp"
#include "tools/commands.hpp"

namespace recourse::tools {

// The options --table, --decree and --calendar.
void add_calendar_sources(CLI::App& command, calendar_sources& into);

// Adds `calendar` and its subcommands. The function carries out the one that was given, once the line was parsed; it is
// empty if it was none of them.
std::function<std::function<int(streams)>()> add_calendar_commands(CLI::App& app);

}  // namespace recourse::tools
