// Walking the graph of the search, and playing what stands in it.
#include "engine/search/graph.hpp"

#include <algorithm>

#include "recourse/engine/candidates.hpp"

namespace recourse::engine {

std::vector<search_step> search_graph::path_to(std::uint32_t node) const {
    std::vector<search_step> path;
    for (auto at = node;; at = nodes[at].parent) {
        path.push_back(nodes[at].step);
        if (nodes[at].parent == at) break;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

dispute_key const& searched_dispute() {
    static dispute_key const key{settlement_group{"G-20"}, dispute_id{"D-1"}};
    return key;
}

dispute::open_dispute moved(dispute::open_dispute opening, instant from, instant to) {
    auto const shift = [&](std::optional<instant>& fact) {
        if (fact) fact->microseconds += to.microseconds - from.microseconds;
    };
    shift(opening.order.paid_at);
    shift(opening.order.shipped_at);
    shift(opening.order.delivered_at);
    return opening;
}

search_step opening_step(dispute::open_dispute const& opening, instant planned, instant start) {
    return {
        search_move::opens, start, {role::buyer, opening.order.buyer.id}, moved(opening, planned, start), {}, false};
}

command command_of(search_step const& step) {
    command asked;
    asked.id = command_id{"c"};
    asked.dispute = searched_dispute();
    asked.by = step.by;
    asked.body = *step.asked;
    return asked;
}

search_step step_of(search_setting const& setting, play_state const& state, search_move move, std::uint8_t actor,
                    std::uint16_t candidate) {
    search_step step{move, state.all.last_at, {role::timer, actor_id{"timer"}}, {}, {}, false};
    auto const due = next_due(state.all);
    if (due && move != search_move::acts_at_once) {
        step.waited = due->clock.kind;
        step.at = due->clock.due;
    }
    if (move == search_move::stays_silent) return step;
    if (move == search_move::acts_in_the_last_instant) --step.at.microseconds;
    step.by = actors(state.all)[actor];
    step.asked = candidates(state.all, setting.known, state.money ? &*state.money : nullptr)[candidate];
    return step;
}

std::optional<play_state> taken(search_setting const& setting, play_state const& state, search_step const& step) {
    decision made;
    if (step.asked) {
        auto const asked = command_of(step);
        made = setting.decides(searched_dispute(), state.all, state.money, setting.known, &asked, step.at);
        if (!made.accepted) return std::nullopt;
    } else {
        made = setting.decides(searched_dispute(), state.all, state.money, setting.known, nullptr, step.at);
    }
    auto next = state;
    if (step.move == search_move::opens) next.money = account_of(std::get<dispute::open_dispute>(*step.asked).order);
    auto const keep = [&](recorded& done) {
        next.all = std::move(done.after);
        if (done.money) next.money = std::move(done.money);
    };
    for (auto& done : made.lapses) keep(done);
    if (made.accepted) keep(*made.accepted);
    return next;
}

std::optional<play_state> played(search_setting const& setting, std::vector<search_step> const& path) {
    play_state state;
    for (auto const& step : path) {
        auto next = step.reordered ? std::nullopt : taken(setting, state, step);
        if (!next) return std::nullopt;
        state = *std::move(next);
    }
    return state;
}

bool leads_on(search_graph const& graph, search_edge const& edge, bool only_silence) {
    if (only_silence) return edge.move == search_move::stays_silent;
    return !graph.nodes[edge.from].closed && !graph.nodes[edge.to].closed;
}

std::vector<std::uint32_t> in_order(search_graph const& graph, bool only_silence) {
    std::vector<std::uint32_t> arriving(graph.nodes.size(), 0);
    std::vector<std::vector<std::uint32_t>> onward(graph.nodes.size());
    for (auto const& edge : graph.edges) {
        if (!leads_on(graph, edge, only_silence)) continue;
        onward[edge.from].push_back(edge.to);
        ++arriving[edge.to];
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
        if ((only_silence || !graph.nodes[node].closed) && arriving[node] == 0) order.push_back(node);
    }
    for (std::size_t at = 0; at < order.size(); ++at) {
        for (auto const to : onward[order[at]]) {
            if (--arriving[to] == 0) order.push_back(to);
        }
    }
    return order;
}

}  // namespace recourse::engine
