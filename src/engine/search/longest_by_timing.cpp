// The longest time from opening to closed, worked out along the graph: at each node a list of when its pending instants
// are and of what was used up, and along each edge what the step does to them. As in longest.cpp, of two such lists whose
// instants come in the same order one is dropped only if the other is not earlier in anything and has used up no more.
// Only what was found is played with the real `decide`; where it does not go as it was worked out, nothing is said.
#include <algorithm>
#include <compare>
#include <numeric>
#include <queue>
#include <unordered_map>

#include "engine/search/graph.hpp"
#include "engine/search/node_key.hpp"

namespace recourse::engine {
namespace {

constexpr std::size_t instants_most = 10;  // now, and what is pending
constexpr std::uint32_t none = ~std::uint32_t{0};

// What of an arrival decides which other outdoes it.
struct moment {
    // The places in `at` of what is pending, in the order in which it passes, four bits each; the first is the lowest.
    std::uint64_t next = 0;
    std::array<std::int64_t, instants_most> at{};  // in microseconds: now, then what is pending, by its id
    spent_counters spent{};
    std::uint32_t which = none;  // of the arrivals
    std::uint8_t size = 0;       // of `at`

    [[nodiscard]] bool has_pending() const noexcept { return size > 1; }
    [[nodiscard]] std::size_t first() const noexcept { return next & 15U; }
    [[nodiscard]] std::int64_t due() const noexcept { return at[first()]; }
};
struct arrival : moment {
    std::uint32_t node = none;
    std::uint32_t from = none;  // which arrival was before
    std::uint32_t edge = none;  // which edge led here
    bool outdone = false;
};
static_assert(instants_most <= 16);

// What is followed first: of the nodes that lead to each other what has used up least, since whatever leads back uses up
// something; then the node that no other leads to; then what is latest. So what outdoes an arrival comes before it.
struct turn {
    std::uint32_t circle = 0;
    std::uint32_t spent = 0;
    std::uint32_t rank = 0;
    std::int64_t before = 0;  // the later, the lower
    std::uint32_t which = none;
    auto operator<=>(turn const&) const = default;
};

struct pending_at {
    std::int64_t at = 0;
    pending_id id = 0;
};

bool by_id(pending_at const& one, pending_at const& two) { return one.id < two.id; }

// Puts them in, sorted by their ids; false if they are too many.
bool put_pending(arrival& into, std::vector<pending_at>& pending) {
    if (pending.size() >= instants_most) return false;
    std::sort(pending.begin(), pending.end(), by_id);
    for (auto const& one : pending) into.at[into.size++] = one.at;
    std::array<std::uint8_t, instants_most> order{};
    std::size_t sorted = 0;
    for (std::uint8_t place = 1; place < into.size; ++place) {
        auto at = sorted++;
        for (; at > 0 && into.at[order[at - 1]] > into.at[place]; --at) order[at] = order[at - 1];
        order[at] = place;
    }
    for (auto at = sorted; at-- > 0;) into.next = into.next << 4U | order[at];
    return true;
}

class working_out {
  public:
    working_out(search_setting const& setting, search_graph const& graph,
                std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start)
        : setting_{setting},
          graph_{graph},
          node_of_{node_of},
          start_{start},
          limits_{limits_of(*setting.known.policy)},
          first_(graph.nodes.size(), none),
          here_(graph.nodes.size()),
          circle_(ranks(graph, leading::at_all)),
          rank_(ranks(graph, leading::without_end)) {
        for (auto const& node : graph.nodes) {
            ids_.push_back(node.pending);
            std::sort(ids_.back().begin(), ids_.back().end());
        }
    }

    std::optional<longest_found> run() {
        if (!find_edges()) return std::nullopt;
        find_what_can_be_spent();
        for (auto const& opening : setting_.openings) {
            if (!open(opening)) return std::nullopt;
        }
        while (!waiting_.empty() && is_known_) {
            auto const which = waiting_.top().which;
            waiting_.pop();
            if (!all_[which].outdone) follow(which);
        }
        if (!is_known_ || !is_played()) return std::nullopt;
        return std::move(found_);
    }

  private:
    // Where the edges of each node begin; false if some edge's timing is not known.
    bool find_edges() {
        for (std::size_t at = 0; at < graph_.edges.size(); ++at) {
            auto const& edge = graph_.edges[at];
            auto const& timing = graph_.timings[edge.timing];
            if (!timing.is_known && !graph_.nodes[edge.from].closed) return false;
            if (timing.after.size() >= instants_most) return false;
            if (first_[edge.from] == none) first_[edge.from] = static_cast<std::uint32_t>(at);
        }
        return true;
    }

    // What can still be asked for at a node: by a step of it, or at a node behind it.
    void find_what_can_be_spent() {
        can_spend_.assign(graph_.nodes.size(), 0);
        bool grows = true;
        while (grows) {
            grows = false;
            for (auto edge = graph_.edges.rbegin(); edge != graph_.edges.rend(); ++edge) {
                auto mask = can_spend_[edge->to];
                auto const& spent = graph_.timings[edge->timing].spent;
                // The first attempt is nobody's to refuse.
                for (std::size_t at = 0; at < spent.size(); ++at) {
                    if (spent[at] > 0) mask |= std::uint32_t{1} << at;
                }
                if ((can_spend_[edge->from] | mask) == can_spend_[edge->from]) continue;
                can_spend_[edge->from] |= mask;
                grows = true;
            }
        }
    }

    bool open(dispute::open_dispute const& opening) {
        auto const step = opening_step(setting_, opening, setting_.start, start_);
        auto state = taken(setting_, {}, step);
        if (!state) return true;
        auto const node = node_of_(*state);
        auto const spent = spent_by(state->all);
        if (!node || !spent) return false;
        arrival now;
        now.node = *node;
        now.spent = *spent;
        now.at[now.size++] = state->all.last_at.microseconds;
        std::vector<pending_at> pending;
        for (auto const& one : pending_instants(state->all, setting_.known))
            pending.push_back({one.at.microseconds, id_of(one)});
        if (!put_pending(now, pending)) return false;
        opened_.emplace_back(all_.size(), step);
        arrive(now);
        return true;
    }

    void follow(std::uint32_t which) {
        auto const now = all_[which];
        // What is silent from here was silent already where silence led here.
        bool const came_by_silence = now.edge != none && graph_.edges[now.edge].move == search_move::stays_silent;
        if (!came_by_silence) measure_silence(now);
        auto const first = first_[now.node];
        if (first == none) return;
        for (auto at = std::size_t{first}; is_from(now.node, at);) {
            auto const begin = at;
            auto const& edge = graph_.edges[begin];
            bool one_target = true;
            for (; at < graph_.edges.size() && is_same_act(graph_.edges[at], edge); ++at)
                one_target = one_target && graph_.edges[at].to == edge.to;
            if (edge.move == search_move::stays_silent) {
                if (passes_next(edge, now)) step(which, now, begin, at, now.due());
                continue;
            }
            // It only uses something up: whoever acts later can do all that can be done after it.
            if (one_target && edge.to == edge.from && edge.uses_a_counter && !edge.starts_a_clock) continue;
            if (!now.has_pending()) {
                step(which, now, begin, at, now.at[0]);
                continue;
            }
            // Nobody acts between two deadlines of one instant.
            if (now.due() <= now.at[0]) continue;
            auto const late = moved_on(now, begin, at, now.due() - 1);
            if (!late) continue;
            arrive_from(which, *late);
            // Who acts at once comes to the same earlier, unless what starts then passes before something that it would
            // have come after.
            if (!starts_something(edge) || late->size < 3 || now.due() - 1 == now.at[0]) continue;
            auto const soon = moved_on(now, begin, at, now.at[0]);
            if (soon && (soon->next != late->next || soon->node != late->node)) arrive_from(which, *soon);
        }
    }

    [[nodiscard]] bool is_from(std::uint32_t node, std::size_t edge) const {
        return edge < graph_.edges.size() && graph_.edges[edge].from == node;
    }

    // In silence what is due first passes; of several at one instant each by itself.
    [[nodiscard]] bool passes_next(search_edge const& edge, arrival const& now) const {
        return now.has_pending() && edge.passes == ids_[now.node][now.first() - 1U];
    }

    [[nodiscard]] bool starts_something(search_edge const& edge) const {
        auto const& after = graph_.timings[edge.timing].after;
        return std::any_of(after.begin(), after.end(),
                           [](auto const& one) { return one.from != instant_comes_from::before; });
    }

    static bool is_same_act(search_edge const& one, search_edge const& other) {
        return one.from == other.from &&
               (one.move == search_move::stays_silent) == (other.move == search_move::stays_silent) &&
               one.actor == other.actor && one.candidate == other.candidate && one.passes == other.passes;
    }

    // What the act of these edges makes of it, done at that instant; nothing if a limit is in the way.
    std::optional<arrival> moved_on(arrival const& now, std::size_t begin, std::size_t end, std::int64_t at) {
        auto const& timing = graph_.timings[graph_.edges[begin].timing];
        arrival next;
        for (std::size_t one = 0; one < timing.spent.size(); ++one) {
            next.spent[one] = static_cast<std::uint16_t>(now.spent[one] + timing.spent[one]);
            if (timing.spent[one] > 0 && next.spent[one] > limits_[one]) return std::nullopt;
        }
        pending_.clear();
        for (auto const& source : timing.after)
            pending_.push_back(
                {source.from == instant_comes_from::before ? now.at[source.which + 1U] : end_of(source, at),
                 source.id});
        next.at[next.size++] = at;
        put_pending(next, pending_);
        if (!setting_.without_orders)
            std::stable_sort(pending_.begin(), pending_.end(),
                             [](auto const& one, auto const& two) { return one.at < two.at; });
        for (auto edge = begin; edge < end; ++edge) {
            auto const& to = graph_.nodes[graph_.edges[edge].to];
            bool const is_there =
                to.closed || std::equal(to.pending.begin(), to.pending.end(), pending_.begin(), pending_.end(),
                                        [](pending_id id, pending_at const& one) { return id == one.id; });
            if (!is_there) continue;
            next.node = graph_.edges[edge].to;
            next.edge = static_cast<std::uint32_t>(edge);
            return next;
        }
        is_known_ = false;
        return std::nullopt;
    }

    void step(std::uint32_t which, arrival const& now, std::size_t begin, std::size_t end, std::int64_t at) {
        if (auto const next = moved_on(now, begin, end, at)) arrive_from(which, *next);
    }

    void arrive_from(std::uint32_t which, arrival next) {
        next.from = which;
        arrive(next);
    }

    void arrive(arrival now) {
        now.which = static_cast<std::uint32_t>(all_.size());
        if (graph_.nodes[now.node].closed) {
            auto const lasted = now.at[0] - start_.microseconds;
            if (lasted <= longest_) return;
            longest_ = lasted;
            last_ = now.which;
            all_.push_back(now);
            return;
        }
        auto& here = here_[now.node];
        auto const matters = can_spend_[now.node];
        if (std::any_of(here.begin(), here.end(), [&](auto const& other) { return outdoes(other, now, matters); }))
            return;
        std::erase_if(here, [&](auto const& other) {
            bool const is_outdone = outdoes(now, other, matters);
            if (is_outdone) all_[other.which].outdone = true;
            return is_outdone;
        });
        here.push_back(now);
        waiting_.push({circle_[now.node], std::accumulate(now.spent.begin(), now.spent.end(), 0U), rank_[now.node],
                       -std::accumulate(now.at.begin(), now.at.begin() + now.size, std::int64_t{0}), now.which});
        all_.push_back(now);
    }

    // Both at one node. Of pieces of evidence only the last few that may still be brought count: nothing that moves a
    // dispute asks for more of them.
    [[nodiscard]] bool outdoes(moment const& one, moment const& two, std::uint32_t matters) const {
        if (one.next != two.next) return false;
        for (std::size_t at = 0; at < one.size; ++at) {
            if (one.at[at] < two.at[at]) return false;
        }
        constexpr std::uint16_t asked_for_most = 8;
        for (std::size_t at = 0; at < one.spent.size(); ++at) {
            if (one.spent[at] <= two.spent[at] || (matters >> at & 1U) == 0) continue;
            bool const is_evidence = at >= spent_evidence && at < spent_attempts;
            if (!is_evidence || one.spent[at] + asked_for_most > limits_[at]) return false;
        }
        return true;
    }

    void measure_silence(arrival const& from) {
        auto now = from;
        while (!graph_.nodes[now.node].closed) {
            auto begin = std::size_t{first_[now.node]};
            while (is_from(now.node, begin) && !is_silence_of(begin, now)) ++begin;
            if (!is_from(now.node, begin)) return;
            auto end = begin;
            while (is_from(now.node, end) && is_same_act(graph_.edges[begin], graph_.edges[end])) ++end;
            auto const next = moved_on(now, begin, end, now.due());
            if (!next) return;
            now = *next;
        }
        found_.silence_seconds_max =
            std::max(found_.silence_seconds_max, (now.at[0] - from.at[0]) / microseconds_per_second);
    }

    [[nodiscard]] bool is_silence_of(std::size_t edge, arrival const& now) const {
        return graph_.edges[edge].move == search_move::stays_silent && passes_next(graph_.edges[edge], now);
    }

    std::int64_t end_of(instant_source const& source, std::int64_t at) {
        if (source.from == instant_comes_from::order) return std::max(source.told.microseconds, at);
        auto const what = static_cast<std::uint64_t>(source.from) << 8U | source.which;
        auto const [found, is_new] = ends_of_[what].try_emplace(at, 0);
        if (is_new) found->second = end_of_source(source, instant{at}, setting_.known).microseconds;
        return found->second;
    }

    // Plays what was found, and notes its steps.
    bool is_played() {
        if (last_ == none) return true;
        std::vector<std::uint32_t> path;
        for (auto which = last_; which != none; which = all_[which].from) path.push_back(which);
        std::reverse(path.begin(), path.end());
        auto const opened =
            std::find_if(opened_.begin(), opened_.end(), [&](auto const& one) { return one.first == path.front(); });
        if (opened == opened_.end()) return false;
        auto state = taken(setting_, {}, opened->second);
        found_.play.path.push_back(opened->second);
        for (std::size_t at = 1; state && at < path.size(); ++at) {
            auto const& meant = all_[path[at]];
            auto const& edge = graph_.edges[meant.edge];
            bool const acts = edge.move != search_move::stays_silent;
            // Deadlines of one instant pass together.
            bool const has_passed = !acts && state->all.last_at.microseconds == meant.at[0];
            if (has_passed) continue;
            bool const at_once = acts && meant.at[0] == state->all.last_at.microseconds;
            auto const move = !acts     ? search_move::stays_silent
                              : at_once ? search_move::acts_at_once
                                        : search_move::acts_in_the_last_instant;
            auto const step = step_of(setting_, *state, move, edge.actor, edge.candidate);
            if (step.at.microseconds != meant.at[0]) return false;
            state = taken(setting_, *state, step);
            found_.play.path.push_back(step);
        }
        if (!state || !state->all.dispute().in<dispute::closed>()) return false;
        found_.play.seconds = longest_ / microseconds_per_second;
        return state->all.last_at.microseconds - start_.microseconds == longest_;
    }

    search_setting const& setting_;
    search_graph const& graph_;
    std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of_;
    instant start_;
    spent_counters limits_;
    std::vector<std::vector<pending_id>> ids_;  // of what is pending at each node, sorted
    std::vector<pending_at> pending_;           // while a step is worked out
    std::vector<std::uint32_t> first_;          // edge of each node
    std::vector<std::uint32_t> can_spend_;      // bits, by node
    std::vector<arrival> all_;
    std::vector<std::vector<moment>> here_;  // arrivals by node that are not outdone
    std::vector<std::uint32_t> circle_;      // rank of each node beside what is used up
    std::vector<std::uint32_t> rank_;
    std::priority_queue<turn, std::vector<turn>, std::greater<>> waiting_;
    std::vector<std::pair<std::size_t, search_step>> opened_;  // arrivals that are openings
    std::unordered_map<std::uint64_t, std::unordered_map<std::int64_t, std::int64_t>> ends_of_;
    std::int64_t longest_ = 0;
    std::uint32_t last_ = none;
    bool is_known_ = true;
    longest_found found_;
};

}  // namespace

std::optional<longest_found> longest_by_timing(
    search_setting const& setting, search_graph const& graph,
    std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start) {
    return working_out{setting, graph, node_of, start}.run();
}

}  // namespace recourse::engine
