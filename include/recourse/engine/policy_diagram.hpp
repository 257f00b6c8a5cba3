// The stages that a dispute can reach under a policy, and what leads from one to the next: made from the tables and the
// reactions, less what the policy rules out.
//
//     auto const drawn = diagram_of(policy);
//     to_mermaid(drawn)      // "stateDiagram-v2\n    [*] --> not_opened\n ..."
//     to_dot(drawn)          // the same for Graphviz; edges that time alone takes have the class "time"
//
// Rows that keep the stage are left out, and so is what comes from outside a dispute: chargebacks and mergers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "recourse/policy/policy.hpp"

namespace recourse {

struct diagram_move {
    std::string_view from;
    std::string_view to;
    bool by_time = false;              // time alone takes it
    std::vector<std::string> because;  // what somebody does, or how long it takes; each once
    bool operator==(diagram_move const&) const = default;
};

struct policy_diagram {
    std::vector<std::string_view> stages;  // in the order of the table; the first is where a dispute begins
    std::vector<diagram_move> moves;       // at most two from one stage to another: by people, by time
    bool operator==(policy_diagram const&) const = default;
};

policy_diagram diagram_of(policy const& of);

std::string to_mermaid(policy_diagram const& drawn);
std::string to_dot(policy_diagram const& drawn);

// The names of guards and conditions on which the diagram asks the policy; each is one of a table or of a reaction.
std::vector<std::string_view> conditions_asked();

}  // namespace recourse
