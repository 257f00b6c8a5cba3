// Who may see which evidence: by who brought it, at which stage, and what the policy shows the other party.
//
//     evidence_visible_to(all, policy, role::seller)   // {{content, role::buyer, "in_mediation"}, ...}
#pragma once

#include "recourse/lifecycle/record.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse {

struct visible_evidence {
    digest content;
    std::optional<role> brought_by{};  // nullopt: the record is older than this was kept
    std::string_view stage;            // of the dispute when it was brought; empty likewise
    bool operator==(visible_evidence const&) const = default;
};

// The pieces that somebody in that role may see, in the order in which they were brought. The marketplace (mediators,
// operators, the host) sees all; a party its own, and of the others' what the policy does not keep from it.
std::vector<visible_evidence> evidence_visible_to(record const& all, policy const& rules, role viewer);

}  // namespace recourse
