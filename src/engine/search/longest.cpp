// The longest time from opening to closed, with the real calendars.
//
// Records that meet at one node differ in when their deadlines pass. Who comes later, with no deadline earlier, can do all
// that the other can, and later: calendars never give an earlier deadline for a later start. So of two such records one is
// enough. Nodes are
// taken in an order in which every edge leads forward, so that what outdoes an arrival mostly comes before it is followed.
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
bool outdoes(record const& one, record const& two, terms const& known) {
    auto const used = used_that_matters(one, known);
    auto const used_by_other = used_that_matters(two, known);
    if (!std::equal(used.begin(), used.end(), used_by_other.begin(), std::less_equal<>{})) return false;
    auto const later = times_of(one, known);
    auto const earlier = times_of(two, known);
    return std::equal(later.begin(), later.end(), earlier.begin(), earlier.end(),
                      [](auto left, auto right) { return left >= right; });
}

std::int64_t seconds_between(instant from, instant to) {
    return (to.microseconds - from.microseconds) / microseconds_per_second;
}

bool is_closed(record const& all) { return all.dispute().in<dispute::closed>(); }

class delaying {
  public:
    delaying(search_setting const& setting, search_graph const& graph, std::vector<std::uint32_t> const& order,
             std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start)
        : setting_{setting},
          graph_{graph},
          node_of_{node_of},
          start_{start},
          here_(graph.nodes.size()),
          rank_(graph.nodes.size()) {
        for (std::size_t at = 0; at < order.size(); ++at) rank_[order[at]] = at;
    }

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
        std::set<std::tuple<search_move, std::uint8_t, std::uint16_t>> tried;
        for (auto const& edge : edges) {
            bool const acts = edge.move != search_move::stays_silent;
            for (auto const move : {search_move::acts_in_the_last_instant, search_move::acts_at_once}) {
                auto const meant = acts ? move : search_move::stays_silent;
                if (!tried.insert({meant, edge.actor, edge.candidate}).second) continue;
                auto const step = step_of(setting_, state, meant, edge.actor, edge.candidate);
                if (auto next = taken(setting_, state, step)) arrive(*std::move(next), step, which);
            }
        }
    }

    void arrive(play_state state, search_step step, std::optional<std::size_t> from) {
        if (is_closed(state.all)) {
            auto const seconds = seconds_between(start_, state.all.last_at);
            if (seconds <= found_.play.seconds) return;
            found_.play.seconds = seconds;
            found_.play.path = path_of(from);
            found_.play.path.push_back(std::move(step));
            return;
        }
        auto const node = node_of_(state);
        if (!node) {
            if (found_.strayed.empty()) {
                found_.strayed = path_of(from);
                found_.strayed.push_back(std::move(step));
            }
            return;
        }
        for (auto const other : here_[*node]) {
            if (!all_[other].outdone && outdoes(all_[other].state.all, state.all, setting_.known)) return;
        }
        for (auto const other : here_[*node])
            all_[other].outdone = all_[other].outdone || outdoes(state.all, all_[other].state.all, setting_.known);
        here_[*node].push_back(all_.size());
        waiting_.insert({rank_[*node], all_.size()});
        all_.push_back({std::move(state), std::move(step), *node, from, false});
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
    std::vector<std::vector<std::size_t>> here_;  // arrivals by node
    std::vector<std::size_t> rank_;
    std::set<std::pair<std::size_t, std::size_t>> waiting_;  // rank of the node, arrival
    longest_found found_;
};

}  // namespace

longest_found longest_from(search_setting const& setting, search_graph const& graph,
                           std::vector<std::uint32_t> const& order,
                           std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of,
                           instant start) {
    return delaying{setting, graph, order, node_of, start}.run();
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
