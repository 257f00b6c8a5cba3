// Circles in the graph of the search: which nodes lie on one, and a path that goes around.
#include <algorithm>
#include <deque>
#include <unordered_map>

#include "engine/search/graph.hpp"

namespace recourse::engine {
namespace {

// The step of an edge that is nobody's first way: what is done is found again by playing up to it.
search_step step_along(search_setting const& setting, search_graph const& graph, search_edge const& edge,
                       std::vector<search_step> const& path) {
    if (edge.to != edge.from && graph.nodes[edge.to].parent == edge.from) return graph.nodes[edge.to].step;
    search_step step{edge.move, {}, {}, {}, {}, true};
    auto const state = played(setting, path);
    if (!state) return step;
    step = step_of(setting, *state, edge.move, edge.actor, edge.candidate);
    step.reordered = edge.reordered;
    for (auto const& one : pending_instants(state->all, setting.known)) {
        if (edge.passes != id_of(one)) continue;
        step.waited = one.clock;
        step.awaited = one.turn;
    }
    return step;
}

}  // namespace

// Tarjan's, without recursion: paths are as long as there are nodes.
std::vector<std::uint32_t> circles(search_graph const& graph, leading how) {
    constexpr auto nothing = ~std::uint32_t{0};
    auto const size = graph.nodes.size();
    std::vector<std::uint32_t> begin(size + 1, 0);
    for (auto const& edge : graph.edges) begin[edge.from + 1] += leads_on(graph, edge, how) ? 1U : 0U;
    for (std::size_t at = 1; at < begin.size(); ++at) begin[at] += begin[at - 1];
    std::vector<std::uint32_t> onward(begin.back());
    auto place = begin;
    for (auto const& edge : graph.edges) {
        if (leads_on(graph, edge, how)) onward[place[edge.from]++] = edge.to;
    }
    std::vector<std::uint32_t> circle(size, nothing);
    std::vector<std::uint32_t> met(size, nothing);  // when a node was met first
    std::vector<std::uint32_t> earliest(size, 0);   // of those that it is known to reach and that are not done
    std::vector<std::uint32_t> path;
    std::vector<std::uint32_t> open;
    auto next = begin;
    std::uint32_t time = 0;
    std::uint32_t found = 0;
    auto const meet = [&](std::uint32_t node) {
        met[node] = earliest[node] = time++;
        path.push_back(node);
        open.push_back(node);
    };
    for (std::uint32_t first = 0; first < size; ++first) {
        if (met[first] != nothing) continue;
        meet(first);
        while (!path.empty()) {
            auto const node = path.back();
            if (next[node] < begin[node + 1]) {
                auto const to = onward[next[node]++];
                if (met[to] == nothing)
                    meet(to);
                else if (circle[to] == nothing)
                    earliest[node] = std::min(earliest[node], met[to]);
                continue;
            }
            path.pop_back();
            if (!path.empty()) earliest[path.back()] = std::min(earliest[path.back()], earliest[node]);
            if (earliest[node] != met[node]) continue;
            while (circle[node] == nothing) {
                circle[open.back()] = found;
                open.pop_back();
            }
            ++found;
        }
    }
    return circle;
}

std::vector<std::uint32_t> ranks(search_graph const& graph, leading how) {
    auto rank = circles(graph, how);
    auto const last = rank.empty() ? 0 : *std::max_element(rank.begin(), rank.end());
    for (auto& one : rank) one = last - one;
    return rank;
}

std::vector<search_step> path_around(search_setting const& setting, search_graph const& graph, search_edge const& edge,
                                     std::vector<std::uint32_t> const& circle, leading how) {
    std::unordered_map<std::uint32_t, std::vector<search_edge>> onward;
    for (auto const& one : graph.edges) {
        if (leads_on(graph, one, how) && circle[one.from] == circle[edge.from] && circle[one.to] == circle[edge.from])
            onward[one.from].push_back(one);
    }
    std::unordered_map<std::uint32_t, search_edge> reached_by;
    std::deque<std::uint32_t> meant{edge.to};
    while (!meant.empty() && edge.to != edge.from && !reached_by.contains(edge.from)) {
        auto const node = meant.front();
        meant.pop_front();
        for (auto const& one : onward[node]) {
            if (one.to != edge.to && reached_by.try_emplace(one.to, one).second) meant.push_back(one.to);
        }
    }
    std::vector<search_edge> back;
    for (auto node = edge.from; node != edge.to; node = back.back().from) back.push_back(reached_by.at(node));
    auto path = graph.path_to(edge.from);
    path.push_back(step_along(setting, graph, edge, path));
    std::reverse(back.begin(), back.end());
    for (auto const& one : back) path.push_back(step_along(setting, graph, one, path));
    return path;
}

}  // namespace recourse::engine
