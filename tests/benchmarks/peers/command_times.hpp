// How long commands take to decide: typed values in memory, and from the bytes that a store keeps and back to them.
//
//     times_of(test::measured_commands()).front().decided    // nanoseconds, the median of single calls of `decide`
#pragma once

#include "benchmarks/measured_commands.hpp"

namespace recourse::peers {

struct command_times {
    double decided = 0;     // nanoseconds
    double from_bytes = 0;  // the record and the account read, the command decided, what comes of it written
};

// One for each command, in their order. Throws when a command is not decided as it should be.
std::vector<command_times> times_of(std::vector<test::measured_command> const& all);

}  // namespace recourse::peers
