// One dispute from its opening to the refund, as commands for us and as steps of its machines for others.
//
//     auto const story = a_dispute();
//     story.commands.front().decided()   // ours
//     write_steps(folder, story)         // FOLDER/story.json: which machine is told what, which guards hold, what comes of it
#pragma once

#include "benchmarks/measured_commands.hpp"

namespace recourse::peers {

// One step of one machine, in the words of its table.
struct machine_step {
    std::string_view lifecycle;
    std::uint32_t number = 1;
    lifecycle::row_value row;
    std::string_view to;
};

struct story {
    std::vector<test::measured_command> commands;
    std::vector<machine_step> steps;
};

// Two offers, mediation with a question to the buyer, an award, and the money.
story a_dispute();

void write_steps(std::string const& folder, story const& told);

}  // namespace recourse::peers
