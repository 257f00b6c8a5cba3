// What the search has found: nodes and the edges between them.
#pragma once

#include <variant>

#include "engine/search/timing.hpp"
#include "recourse/engine/search.hpp"

namespace recourse::engine {

struct search_node {
    std::uint32_t parent = 0;  // from which it was reached first; the node itself at an opening
    search_step step;
    bool closed = false;
    bool reordered = false;             // reached only over a reordering
    std::vector<pending_id> pending{};  // in their order, or sorted; if times are worked out along the graph
};

struct search_edge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    search_move move{};
    std::uint8_t actor = 0;       // which of actors()
    std::uint16_t candidate = 0;  // which of candidates()
    bool reordered = false;
    bool starts_a_clock = false;
    bool uses_a_counter = false;         // where counters are left out of the nodes: it cannot be taken for ever
    std::uint32_t timing = 0;            // which of the timings; if they are kept
    std::optional<pending_id> passes{};  // in silence; nothing where several pass at one instant
};

// Who tells of chargebacks and of refunds by other routes, beside the actors().
inline constexpr std::uint8_t the_network = 255;

struct search_graph {
    std::vector<search_node> nodes;
    std::vector<search_edge> edges;  // by `from`, since nodes are looked through one after the other
    std::vector<step_timing> timings{};
    [[nodiscard]] std::vector<search_step> path_to(std::uint32_t node) const;
};

// What is known of a dispute at one point of a play.
struct play_state {
    record all;
    std::optional<account> money;
};

// Opening, or contacting the seller where the policy asks for that first.
search_step opening_step(search_setting const& setting, dispute::open_dispute const& opening, instant planned,
                         instant start);
// What people may try: the candidates, and after a contact the openings.
std::vector<command_body> bodies_for(search_setting const& setting, play_state const& state);
// What is told of the payment from outside.
using notice = std::variant<chargeback_told, outside_refund>;
void put(search_step& step, notice const& told);
std::optional<notice> notice_of(search_step const& step);
// What may be told next: one more chargeback or refund by another route within the caps, or how an open chargeback has
// ended.
std::vector<notice> notices_for(search_setting const& setting, play_state const& state);
// What becomes of the money, and of the dispute if it does anything; nullopt if the account says no. Throws as `hear`.
struct heard_of {
    account money;
    std::optional<recorded> done;
};
std::optional<heard_of> heard(search_setting const& setting, play_state const& state, notice const& told, instant at);
// What a move is in a state: when, who, and which candidate; of `bodies_for` it, if they are known.
search_step step_of(search_setting const& setting, play_state const& state, search_move move, std::uint8_t actor,
                    std::uint16_t candidate, std::vector<command_body> const* bodies = nullptr);
// What the step makes of the state; nullopt if it is refused.
std::optional<play_state> taken(search_setting const& setting, play_state const& state, search_step const& step);
// What is there after a path; nullopt where a step was reordered or is refused.
std::optional<play_state> played(search_setting const& setting, std::vector<search_step> const& path);
command command_of(search_step const& step);
actor const& bank();
// The opening, or the contact, as if it were made at another instant: the facts of the order move along.
dispute::open_dispute moved(dispute::open_dispute opening, instant from, instant to);
command_body moved(command_body body, instant from, instant to);
dispute_key const& searched_dispute();

// Edges that must not lead in a circle: of silence, also after closing, since no clock may run for ever; or, of people who
// act, between disputes that are open. A provider may report the same after closing as often as it likes. A circle of
// people on which no step starts a clock, as a lease that is begun again, holds nothing open: the deadlines that are
// pending come nearer. Nor can people go in a circle that uses up something that the policy limits.
enum class leading : std::uint8_t { in_silence, without_end, at_all };  // at all: also by what is used up
bool leads_on(search_graph const& graph, search_edge const& edge, leading how);
// Which nodes lie on circles with each other: nodes of one number reach each other along such edges, and those of a lower
// number are reached from those of a higher one, not the other way round.
std::vector<std::uint32_t> circles(search_graph const& graph, leading how);
// Numbers from 0 that never become lower along such edges, and stay the same only on circles.
std::vector<std::uint32_t> ranks(search_graph const& graph, leading how);
// From the opening to where an edge on a circle begins, along it, and by the shortest way back.
std::vector<search_step> path_around(search_setting const& setting, search_graph const& graph, search_edge const& edge,
                                     std::vector<std::uint32_t> const& circle, leading how);

// The longest time from opening to closed: of the records that meet at a node only those are followed whose deadlines are
// not all earlier than another's.
struct longest_found {
    longest_play play;
    std::int64_t silence_seconds_max = 0;
    std::vector<search_step> strayed;  // a play to where the search has no node; empty as it should be
};
longest_found longest_from(search_setting const& setting, search_graph const& graph,
                           std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of,
                           instant start);
// The same, with times worked out along the graph by what each step does to the instants that are pending, and the play
// that is found played with the real `decide`. Nothing where that does not go as it was worked out, or a step does
// something else to them.
std::optional<longest_found> longest_by_timing(
    search_setting const& setting, search_graph const& graph,
    std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start,
    bool measures_silence);
// How long the same steps take from another start; nullopt if they cannot be taken there.
std::optional<longest_play> replayed_from(search_setting const& setting, std::vector<search_step> const& path,
                                          instant start);

}  // namespace recourse::engine
