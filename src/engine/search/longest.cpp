// The longest time from opening to closed, with the real calendars.
//
// Records that meet at one node differ in when their deadlines pass. Who comes later, with no deadline earlier and all in
// the same order, can do all that the other can, and later: calendars never give an earlier deadline for a later start. So
// of two such records one is enough. Nodes are taken in an order in which every edge leads forward, so that what outdoes
// an arrival mostly comes before it is followed.
#include <algorithm>
#include <deque>
#include <set>

#include "engine/search/graph.hpp"
#include "engine/search/node_key.hpp"

namespace recourse::engine {
namespace {

struct arrival {
    play_state state;
    search_step step;
    std::vector<instant> times{};
    std::vector<pending_id> order{};
    used_counters used{};
    std::uint32_t node = 0;
    std::optional<std::size_t> from;  // which arrival was before
    bool outdone = false;
};

// Now, then the pending deadlines and turning points in their order.
std::vector<instant> times_of(record const& all, terms const& known) {
    std::vector<instant> times{all.last_at};
    for (auto const& one : pending_instants(all, known)) times.push_back(one.at);
    return times;
}
// Of pieces of evidence only the last few that may still be brought: nothing that moves a dispute asks for more of them.
used_counters used_of(record const& all, terms const& known) {
    constexpr std::uint32_t asked_for_most = 8;
    auto used = used_that_matters(all, known);
    auto const most = known.policy->limits.evidence_pieces;
    for (auto at = used_evidence; at < used_appeal_questions; ++at)
        used[at] = used[at] + asked_for_most > most ? used[at] + asked_for_most - most : 0;
    return used;
}
bool outdoes(arrival const& one, arrival const& two) {
    return std::equal(one.used.begin(), one.used.end(), two.used.begin(), std::less_equal<>{}) &&
           one.order == two.order &&
           std::equal(one.times.begin(), one.times.end(), two.times.begin(), two.times.end(), std::greater_equal<>{});
}

std::int64_t seconds_between(instant from, instant to) {
    return (to.microseconds - from.microseconds) / microseconds_per_second;
}

bool is_closed(record const& all) { return all.dispute().in<dispute::closed>(); }

class delaying {
  public:
    delaying(search_setting const& setting, search_graph const& graph,
             std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start)
        : setting_{setting},
          graph_{graph},
          node_of_{node_of},
          start_{start},
          here_(graph.nodes.size()),
          rank_(ranks(graph, leading::without_end)) {}

    longest_found run() {
        for (auto const& opening : setting_.openings) {
            auto const step = opening_step(setting_, opening, setting_.start, start_);
            if (auto state = taken(setting_, {}, step)) arrive(*std::move(state), step, std::nullopt);
        }
        std::vector<std::vector<search_edge>> onward(graph_.nodes.size());
        for (auto const& edge : graph_.edges) onward[edge.from].push_back(edge);
        while (!waiting_.empty()) {
            auto const [rank, which] = *waiting_.begin();
            waiting_.erase(waiting_.begin());
            if (all_[which].outdone) continue;
            follow(which, onward[all_[which].node]);
            all_[which].state = {};  // its path is kept in its steps
        }
        return std::move(found_);
    }

  private:
    void follow(std::size_t which, std::vector<search_edge> const& edges) {
        auto const state = all_[which].state;
        measure_silence(state);
        std::optional<std::vector<command_body>> bodies;
        for (std::size_t at = 0; at < edges.size();) {
            auto const& edge = edges[at];
            auto const is_same_act = [&](search_edge const& other) {
                return (other.move == search_move::stays_silent) == (edge.move == search_move::stays_silent) &&
                       other.actor == edge.actor && other.candidate == edge.candidate;
            };
            auto const begin = at;
            while (at < edges.size() && is_same_act(edges[at])) ++at;
            auto const end = edges.begin() + static_cast<std::ptrdiff_t>(at);
            // Where an act leads to one node only, it is that whenever it is done.
            std::optional<std::uint32_t> only_to = edge.to;
            if (std::any_of(edges.begin() + static_cast<std::ptrdiff_t>(begin), end,
                            [&](auto const& other) { return other.to != edge.to; }))
                only_to.reset();
            // It only uses something up: whoever acts later can do all that can be done after it.
            if (only_to == edge.from && edge.uses_a_counter && !edge.starts_a_clock) continue;
            bool const acts = edge.move != search_move::stays_silent;
            if (acts && edge.actor != the_network && !bodies) bodies = bodies_for(setting_, state);
            for (auto const move : {search_move::acts_in_the_last_instant, search_move::acts_at_once}) {
                auto const meant = acts ? move : search_move::stays_silent;
                auto const step =
                    step_of(setting_, state, meant, edge.actor, edge.candidate, bodies ? &*bodies : nullptr);
                auto next = taken(setting_, state, step);
                bool const is_taken = next.has_value();
                if (is_taken) arrive(*std::move(next), step, which, only_to);
                // Who acts at once comes to the same node, and earlier; unless deadlines come in another order then.
                if (!acts || (is_taken && only_to && !setting_.without_orders)) break;
            }
        }
    }

    void arrive(play_state state, search_step step, std::optional<std::size_t> from,
                std::optional<std::uint32_t> known_node = std::nullopt) {
        if (is_closed(state.all)) {
            auto const seconds = seconds_between(start_, state.all.last_at);
            if (seconds <= found_.play.seconds) return;
            found_.play.seconds = seconds;
            found_.play.path = path_of(from);
            found_.play.path.push_back(std::move(step));
            return;
        }
        auto const node = known_node ? known_node : node_of_(state);
        if (!node) {
            if (found_.strayed.empty()) {
                found_.strayed = path_of(from);
                found_.strayed.push_back(std::move(step));
            }
            return;
        }
        arrival now{{},
                    std::move(step),
                    times_of(state.all, setting_.known),
                    ids_of(pending_instants(state.all, setting_.known)),
                    used_of(state.all, setting_.known),
                    *node,
                    from,
                    false};
        auto& here = here_[*node];
        if (std::any_of(here.begin(), here.end(), [&](auto other) { return outdoes(all_[other], now); })) return;
        std::erase_if(here, [&](auto other) {
            all_[other].outdone = outdoes(now, all_[other]);
            return all_[other].outdone;
        });
        now.state = std::move(state);
        here.push_back(all_.size());
        waiting_.insert({rank_[*node], all_.size()});
        all_.push_back(std::move(now));
    }

    void measure_silence(play_state const& state) {
        auto const made =
            setting_.decides(searched_dispute(), state.all, state.money, setting_.known, nullptr, last_instant);
        for (auto const& done : made.lapses) {
            if (!is_closed(done.after)) continue;
            found_.silence_seconds_max =
                std::max(found_.silence_seconds_max, seconds_between(state.all.last_at, done.after.last_at));
            return;
        }
    }

    [[nodiscard]] std::vector<search_step> path_of(std::optional<std::size_t> which) const {
        std::vector<search_step> path;
        for (; which; which = all_[*which].from) path.push_back(all_[*which].step);
        std::reverse(path.begin(), path.end());
        return path;
    }

    search_setting const& setting_;
    search_graph const& graph_;
    std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of_;
    instant start_;
    std::deque<arrival> all_;
    std::vector<std::vector<std::size_t>> here_;  // arrivals by node that are not outdone
    std::vector<std::uint32_t> rank_;
    std::set<std::pair<std::uint32_t, std::size_t>> waiting_;  // rank of the node, arrival
    longest_found found_;
};

}  // namespace

longest_found longest_from(search_setting const& setting, search_graph const& graph,
                           std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of,
                           instant start) {
    return delaying{setting, graph, node_of, start}.run();
}

std::optional<longest_play> replayed_from(search_setting const& setting, std::vector<search_step> const& path,
                                          instant start) {
    longest_play again;
    play_state state;
    for (auto step : path) {
        if (step.move == search_move::opens) {
            step.at = start;
        } else {
            auto const next = next_instant(state.all, setting.known);
            if (step.move == search_move::acts_at_once) step.at = state.all.last_at;
            if (step.move != search_move::acts_at_once) {
                if (!next) return std::nullopt;
                step.at = next->at;
            }
            if (step.move == search_move::acts_in_the_last_instant) --step.at.microseconds;
        }
        if (step.told) step.told->at = step.at;
        if (step.asked) *step.asked = moved(*std::move(step.asked), path.front().at, start);
        auto next = taken(setting, state, step);
        if (!next) return std::nullopt;
        state = *std::move(next);
        again.path.push_back(std::move(step));
    }
    if (!is_closed(state.all)) return std::nullopt;
    again.seconds = seconds_between(start, state.all.last_at);
    return again;
}

}  // namespace recourse::engine
