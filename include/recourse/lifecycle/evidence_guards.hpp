// Guards on the evidence that a command brings. They read `command.evidence`, and from the facts what the engine found
// wrong with it: `facts.evidence_problem` and, in words, `facts.evidence_subject`.
#pragma once

#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/refusal.hpp"

namespace recourse::lifecycle {

struct evidence_is_given {
    static constexpr std::string_view name = "evidence_is_given";
    static constexpr auto otherwise = refusal::evidence_missing;
    static constexpr bool holds(auto const&, auto const& command) noexcept { return !command.evidence.empty(); }
};

struct evidence_is_acceptable {
    static constexpr std::string_view name = "evidence_is_acceptable";
    static constexpr auto otherwise = refusal::evidence_used_up;
    static constexpr bool holds(auto const& facts, auto const&) noexcept { return !facts.evidence_problem; }
    static void particulars(auto const& facts, auto const&, refused& no) {
        no.code = *facts.evidence_problem;
        no.subject = facts.evidence_subject;
    }
};

}  // namespace recourse::lifecycle
