// Whether a dispute counts against its seller: a function of what happened, never stored.
//
//     auto const told = reputation_of(record, log, known);
//     told.effect        // spared: the award stands, and the seller had acted in time
//     told.act_by        // until when that was: the first instant that is too late
//     told.acted_at      // when the seller first did something in the dispute
//
// It is no deadline of the dispute: nothing lapses by it.
#pragma once

#include <span>

#include "recourse/engine/decide.hpp"
#include "recourse/lifecycle/event.hpp"

namespace recourse {

enum class reputation_effect : std::uint8_t {
    pending,   // the dispute is not closed
    none,      // it closed, and nothing was awarded against anybody
    excluded,  // what was awarded is borne by others
    spared,    // the seller bears some of it, and acted in the time that the policy gives for it
    affected,  // the seller bears some of it
};
template <>
inline constexpr std::array<std::string_view, 5> wire_names<reputation_effect>{"pending", "none", "excluded", "spared",
                                                                               "affected"};

struct reputation {
    reputation_effect effect = reputation_effect::pending;
    std::optional<instant> act_by{};    // nothing: the policy knows no such time, or no dispute was opened
    std::optional<instant> acted_at{};  // the first event of the seller's own since the opening
    bool operator==(reputation const&) const = default;
};

// `log` is that of the record. Throws failure{calendar_not_covered} as `decide` does.
reputation reputation_of(record const& all, std::span<event const> log, terms const& known);

}  // namespace recourse
