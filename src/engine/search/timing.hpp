// What a step of the search does to the instants that are pending, and to what a policy counts: so that times can be
// worked out along the graph without deciding anything again.
#pragma once

#include <array>
#include <vector>

#include "engine/search/node_key.hpp"

namespace recourse::engine {

// Which instant is pending: a turning point, or the deadline of a machine. In the order in which those of one instant pass.
using pending_id = std::uint32_t;
pending_id id_of(pending_instant const& one) noexcept;
std::vector<pending_id> ids_of(std::vector<pending_instant> const& pending);

// What a policy counts, for each that it counts: the offers of the buyer, of the seller and of the mediator, amendments,
// requests for information, pieces of evidence of the buyer, of the seller and of the host, the attempts of each refund,
// the questions in each appeal.
inline constexpr std::size_t spent_evidence = 5;
inline constexpr std::size_t spent_attempts = 8;
inline constexpr std::size_t refunds_counted = 12;
inline constexpr std::size_t spent_questions = spent_attempts + refunds_counted;
inline constexpr std::size_t appeals_counted = 4;
using spent_counters = std::array<std::uint16_t, spent_questions + appeals_counted>;
// Nothing if there are more refunds or appeals than are counted here.
std::optional<spent_counters> spent_by(record const& all);
spent_counters limits_of(policy const& rules);

enum class instant_comes_from : std::uint8_t {
    before,   // it was pending, at that place among the ids
    clock,    // a clock of that kind starts
    turning,  // a turning point that the policy counts from now
    order,    // the order tells when it is; at once if that is over
};
struct instant_source {
    pending_id id = 0;
    instant_comes_from from{};
    std::uint8_t which = 0;  // the place, the clock or the turning point
    instant told{};          // by the order
    bool operator==(instant_source const&) const = default;
};

struct step_timing {
    std::vector<instant_source> after;
    spent_counters spent{};  // by this step
    bool is_known = false;   // false: some instant is none of these
};
// `done` leads from one record to the other, at `at`.
step_timing timing_of(record const& before, record const& after, std::vector<recorded> const& done, instant at,
                      terms const& known);

// When something ends that starts `at`: a clock, or a turning point that is counted; not what an order tells.
instant end_of_source(instant_source const& one, instant at, terms const& known);

}  // namespace recourse::engine
