// The longest time from opening to closed, worked out along the graph: at each node a list of when its pending instants
// are and of what was used up, and along each edge what the step does to them. As in longest.cpp, of two such lists whose
// instants come in the same order one is dropped only if the other is not earlier in anything and has used up no more.
// Only what was found is played with the real `decide`; where it does not go as it was worked out, nothing is said.
#include <algorithm>
#include <compare>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "engine/search/graph.hpp"
#include "engine/search/node_key.hpp"

namespace recourse::engine {
namespace {

constexpr std::size_t instants_most = 10;  // now, and what is pending
constexpr std::uint32_t none = ~std::uint32_t{0};
constexpr std::size_t nowhere = ~std::size_t{0};

// Counters side by side, four in a word, each below 2^15: so that all of them are added or compared at once.
struct counters {
    static constexpr std::size_t in_a_word = 4;
    static constexpr std::uint64_t tops = 0x8000'8000'8000'8000U;
    std::array<std::uint64_t, std::tuple_size_v<spent_counters> / in_a_word> words{};

    counters() = default;
    explicit counters(spent_counters const& all) {
        for (std::size_t at = 0; at < all.size(); ++at) set(at, all[at]);
    }
    [[nodiscard]] std::uint64_t get(std::size_t at) const noexcept {
        return words[at / in_a_word] >> (at % in_a_word * 16U) & 0xFFFFU;
    }
    void set(std::size_t at, std::uint64_t much) noexcept {
        auto const shift = at % in_a_word * 16U;
        words[at / in_a_word] = (words[at / in_a_word] & ~(std::uint64_t{0xFFFF} << shift)) | much << shift;
    }
    counters& operator|=(counters const& other) noexcept {
        for (std::size_t at = 0; at < words.size(); ++at) words[at] |= other.words[at];
        return *this;
    }
    bool operator==(counters const&) const = default;
    [[nodiscard]] std::uint64_t sum() const noexcept {
        std::uint64_t all = 0;
        for (std::size_t at = 0; at < words.size() * in_a_word; ++at) all += get(at);
        return all;
    }
};
static_assert(std::tuple_size_v<spent_counters> % counters::in_a_word == 0);

counters operator+(counters one, counters const& two) noexcept {
    for (std::size_t at = 0; at < one.words.size(); ++at) one.words[at] += two.words[at];
    return one;
}
// All bits of those that are not zero.
counters all_bits_of(counters one) noexcept {
    for (auto& word : one.words) word = (((word + ~counters::tops) & counters::tops) >> 15U) * 0xFFFFU;
    return one;
}
bool none_above(counters const& one, counters const& two) noexcept {
    auto left = counters::tops;
    for (std::size_t at = 0; at < one.words.size(); ++at) left &= (two.words[at] | counters::tops) - one.words[at];
    return left == counters::tops;
}

struct arrival {
    // The places in `at` of what is pending, in the order in which it passes, four bits each; the first is the lowest.
    std::uint64_t next = 0;
    std::array<std::int64_t, instants_most> at{};  // in microseconds: now, then what is pending, by its id
    counters spent{};
    std::uint32_t node = none;
    std::uint32_t from = none;  // which arrival was before
    std::uint32_t edge = none;  // which edge led here
    std::uint8_t size = 0;      // of `at`
    bool outdone = false;

    [[nodiscard]] bool has_pending() const noexcept { return size > 1; }
    [[nodiscard]] std::size_t first() const noexcept { return next & 15U; }
    [[nodiscard]] std::int64_t due() const noexcept { return at[first()]; }
};
static_assert(instants_most <= 16);

// What of an arrival decides which other outdoes it.
struct moment {
    std::array<std::int64_t, instants_most> at{};
    counters counts{};           // what was used up, as far as it matters
    std::uint32_t which = none;  // of the arrivals
};

// Both at one node, with so many instants, in one order.
bool outdoes(moment const& one, moment const& two, std::size_t size) noexcept {
    for (std::size_t at = 0; at < size; ++at) {
        if (one.at[at] < two.at[at]) return false;
    }
    return none_above(one.counts, two.counts);
}

// Those whose instants come in one order.
struct like {
    std::uint64_t next = 0;
    std::vector<moment> all;
};

// What is followed first of the nodes that lead to each other: what has used up least, since whatever leads back uses up
// something; then the node that no other leads to; then what is latest. So what outdoes an arrival comes before it.
struct turn {
    std::uint64_t spent = 0;
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
    into.next = 0;
    for (auto at = sorted; at-- > 0;) into.next = into.next << 4U | order[at];
    return true;
}

// The edges of one node that are one act: where the order of deadlines makes nodes, they lead to several of them.
struct act {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool is_silent = false;
    bool only_uses_up = false;  // something, and leads back to where it began
    bool starts_something = false;
    counters spends{};
    counters most{};  // after it, of what it uses up
};

// When a clock ends, by when it starts.
struct ends {
    std::unordered_map<std::int64_t, std::int64_t> all{};
    std::optional<std::pair<std::int64_t, std::int64_t>> last{};  // that was asked for: often it is the next one too
};

class working_out {
  public:
    working_out(search_setting const& setting, search_graph const& graph,
                std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start,
                bool measures_silence)
        : setting_{setting},
          graph_{graph},
          node_of_{node_of},
          start_{start},
          measures_silence_{measures_silence},
          limits_{limits_of(*setting.known.policy)},
          here_(graph.nodes.size()),
          circle_(ranks(graph, leading::at_all)),
          rank_(ranks(graph, leading::without_end)),
          waiting_(graph.nodes.size()) {
        for (auto const& node : graph.nodes) {
            ids_.push_back(node.pending);
            std::sort(ids_.back().begin(), ids_.back().end());
        }
        all_.reserve(8 * graph.edges.size());  // what is not used costs nothing
    }

    std::optional<longest_found> run() {
        if (!find_acts()) return std::nullopt;
        find_what_can_be_spent();
        for (auto const& opening : setting_.openings) {
            if (!open(opening)) return std::nullopt;
        }
        for (circle_now_ = 0; circle_now_ < waiting_.size(); ++circle_now_) {
            auto& waiting = waiting_[circle_now_];
            std::make_heap(waiting.begin(), waiting.end(), std::greater<>{});
            while (!waiting.empty() && is_known_) {
                std::pop_heap(waiting.begin(), waiting.end(), std::greater<>{});
                auto const which = waiting.back().which;
                waiting.pop_back();
                if (!all_[which].outdone) follow(which);
            }
            waiting = {};
        }
        if (!is_known_ || !is_played()) return std::nullopt;
        return std::move(found_);
    }

  private:
    // The acts of each node; false if some edge's timing is not known.
    bool find_acts() {
        auto const& edges = graph_.edges;
        acts_of_.assign(graph_.nodes.size(), {});
        for (std::uint32_t at = 0; at < edges.size();) {
            auto const& edge = edges[at];
            auto const& timing = graph_.timings[edge.timing];
            if (!timing.is_known && !graph_.nodes[edge.from].closed) return false;
            if (timing.after.size() >= instants_most) return false;
            act one{at, at, edge.move == search_move::stays_silent};
            bool one_target = true;
            for (; one.end < edges.size() && is_same_act(edges[one.end], edge); ++one.end)
                one_target = one_target && edges[one.end].to == edge.to;
            one.only_uses_up = one_target && edge.to == edge.from && edge.uses_a_counter && !edge.starts_a_clock;
            one.starts_something = std::any_of(timing.after.begin(), timing.after.end(), [](auto const& source) {
                return source.from != instant_comes_from::before;
            });
            one.spends = counters{timing.spent};
            for (std::size_t what = 0; what < timing.spent.size(); ++what)
                one.most.set(what, timing.spent[what] > 0 ? limits_[what] : 0x7FFFU);
            at = one.end;
            auto& here = acts_of_[edge.from];
            if (here.second == 0) here.first = static_cast<std::uint32_t>(acts_.size());
            auto const others = acts_of(edge.from);
            if (std::any_of(others.begin(), others.end(), [&](auto const& other) { return is_as_good(other, one); }))
                continue;
            ++here.second;
            acts_.push_back(one);
        }
        return true;
    }
    // Whether it leads to the same nodes, does the same to what is pending, and uses up no more.
    [[nodiscard]] bool is_as_good(act const& one, act const& two) const {
        auto const edges_of = [&](act const& of) {
            return std::span{graph_.edges}.subspan(of.begin, of.end - of.begin);
        };
        auto const after = [&](act const& of) {
            return std::span{graph_.timings[graph_.edges[of.begin].timing].after};
        };
        return !one.is_silent && !two.is_silent &&
               std::ranges::equal(edges_of(one), edges_of(two), {}, &search_edge::to, &search_edge::to) &&
               std::ranges::equal(after(one), after(two)) && none_above(one.spends, two.spends);
    }
    [[nodiscard]] std::span<act const> acts_of(std::uint32_t node) const {
        return std::span{acts_}.subspan(acts_of_[node].first, acts_of_[node].second);
    }

    // What can still be asked for at a node: by a step of it, or at a node behind it.
    void find_what_can_be_spent() {
        matters_.assign(graph_.nodes.size(), {});
        std::vector<std::uint32_t> order(graph_.nodes.size());
        std::iota(order.begin(), order.end(), std::uint32_t{0});
        std::ranges::sort(order, std::greater<>{}, [&](std::uint32_t node) { return circle_[node]; });
        for (auto first = order.begin(); first != order.end();) {
            auto const last =
                std::find_if(first, order.end(), [&](auto node) { return circle_[node] != circle_[*first]; });
            while (std::count_if(first, last, [&](auto node) { return finds_more_to_spend(node); }) > 0) {}
            first = last;
        }
    }
    bool finds_more_to_spend(std::uint32_t node) {
        auto all = matters_[node];
        for (auto const& one : acts_of(node)) {
            all |= all_bits_of(one.spends);
            for (auto edge = one.begin; edge < one.end; ++edge) all |= matters_[graph_.edges[edge].to];
        }
        return std::exchange(matters_[node], all) != all;
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
        now.spent = counters{*spent};
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
        if (measures_silence_ && !came_by_silence) measure_silence(now);
        arrival late;
        late.from = which;
        auto soon = late;
        for (auto const& one : acts_of(now.node)) {
            if (one.is_silent) {
                if (passes_next(one, now) && moved_on(now, one, now.due(), late)) arrive(late);
                continue;
            }
            // It only uses something up: whoever acts later can do all that can be done after it.
            if (one.only_uses_up) continue;
            if (!now.has_pending()) {
                if (moved_on(now, one, now.at[0], late)) arrive(late);
                continue;
            }
            // Nobody acts between two deadlines of one instant.
            if (now.due() <= now.at[0]) continue;
            if (!moved_on(now, one, now.due() - 1, late)) continue;
            // Who acts at once comes to the same earlier, unless what starts then passes before something that it would
            // have come after.
            bool const differs_soon = one.starts_something && late.size >= 3 && now.due() - 1 != now.at[0] &&
                                      moved_on(now, one, now.at[0], soon) &&
                                      (soon.next != late.next || soon.node != late.node);
            arrive(late);
            if (differs_soon) arrive(soon);
        }
    }

    // In silence what is due first passes; of several at one instant each by itself.
    [[nodiscard]] bool passes_next(act const& one, arrival const& now) const {
        return now.has_pending() && graph_.edges[one.begin].passes == ids_[now.node][now.first() - 1U];
    }

    static bool is_same_act(search_edge const& one, search_edge const& other) {
        return one.from == other.from &&
               (one.move == search_move::stays_silent) == (other.move == search_move::stays_silent) &&
               one.actor == other.actor && one.candidate == other.candidate && one.passes == other.passes;
    }

    // What the act makes of it, done at that instant; false if a limit is in the way.
    bool moved_on(arrival const& now, act const& one, std::int64_t at, arrival& next) {
        auto const& timing = graph_.timings[graph_.edges[one.begin].timing];
        next.spent = now.spent + one.spends;
        if (!none_above(next.spent, one.most)) return false;
        pending_.clear();
        for (auto const& source : timing.after)
            pending_.push_back(
                {source.from == instant_comes_from::before ? now.at[source.which + 1U] : end_of(source, at),
                 source.id});
        next.at[0] = at;
        next.size = 1;
        put_pending(next, pending_);
        if (!setting_.without_orders)
            std::stable_sort(pending_.begin(), pending_.end(),
                             [](auto const& first, auto const& other) { return first.at < other.at; });
        for (auto edge = one.begin; edge < one.end; ++edge) {
            auto const& to = graph_.nodes[graph_.edges[edge].to];
            bool const is_there =
                to.closed || std::equal(to.pending.begin(), to.pending.end(), pending_.begin(), pending_.end(),
                                        [](pending_id id, pending_at const& other) { return id == other.id; });
            if (!is_there) continue;
            next.node = graph_.edges[edge].to;
            next.edge = edge;
            return true;
        }
        is_known_ = false;
        return false;
    }

    void arrive(arrival const& now) {
        auto const which = static_cast<std::uint32_t>(all_.size());
        if (graph_.nodes[now.node].closed) {
            auto const lasted = now.at[0] - start_.microseconds;
            if (lasted <= longest_) return;
            longest_ = lasted;
            last_ = which;
            all_.push_back(now);
            return;
        }
        moment const one{now.at, counts_at(now.node, now.spent), which};
        auto& here = those_like(now);
        auto const by =
            std::find_if(here.begin(), here.end(), [&](auto const& other) { return outdoes(other, one, now.size); });
        if (by != here.end()) {
            std::iter_swap(here.begin(), by);  // what has outdone one will outdo others
            return;
        }
        std::erase_if(here, [&](auto const& other) {
            bool const is_outdone = outdoes(one, other, now.size);
            if (is_outdone) all_[other.which].outdone = true;
            return is_outdone;
        });
        here.push_back(one);
        auto& waiting = waiting_[circle_[now.node]];
        auto const sum = std::accumulate(now.at.begin(), now.at.begin() + now.size, std::int64_t{0});
        waiting.push_back({now.spent.sum(), rank_[now.node], -sum, which});
        if (circle_[now.node] == circle_now_) std::push_heap(waiting.begin(), waiting.end(), std::greater<>{});
        all_.push_back(now);
    }

    // Arrivals at its node whose instants come in the same order.
    std::vector<moment>& those_like(arrival const& now) {
        auto& here = here_[now.node];
        auto found = std::find_if(here.begin(), here.end(), [&](auto const& one) { return one.next == now.next; });
        if (found == here.end()) found = here.insert(found, {now.next, {}});
        return found->all;
    }

    // What was used up of what can still be asked for at the node. Of pieces of evidence only the last few that may still be
    // brought count: nothing that moves a dispute asks for more of them.
    [[nodiscard]] counters counts_at(std::uint32_t node, counters const& spent) const {
        constexpr std::uint64_t asked_for_most = 8;
        auto counts = spent;
        for (std::size_t at = 0; at < counts.words.size(); ++at) counts.words[at] &= matters_[node].words[at];
        for (auto at = spent_evidence; at < spent_attempts; ++at) {
            auto const much = counts.get(at) + asked_for_most;
            counts.set(at, much > limits_[at] ? much - limits_[at] : 0);
        }
        return counts;
    }

    void measure_silence(arrival const& from) {
        auto now = from;
        while (!graph_.nodes[now.node].closed) {
            auto const acts = acts_of(now.node);
            auto const silent = std::find_if(acts.begin(), acts.end(),
                                             [&](auto const& one) { return one.is_silent && passes_next(one, now); });
            if (silent == acts.end()) return;
            auto const before = now;
            if (!moved_on(before, *silent, before.due(), now)) return;
        }
        found_.silence_seconds_max =
            std::max(found_.silence_seconds_max, (now.at[0] - from.at[0]) / microseconds_per_second);
    }

    std::int64_t end_of(instant_source const& source, std::int64_t at) {
        if (source.from == instant_comes_from::order) return std::max(source.told.microseconds, at);
        auto const what = static_cast<std::size_t>(source.from) << 8U | source.which;
        if (what >= ends_of_.size()) ends_of_.resize(what + 1);
        auto& known = ends_of_[what];
        if (known.last && known.last->first == at) return known.last->second;
        auto const [found, is_new] = known.all.try_emplace(at, 0);
        if (is_new) found->second = end_of_source(source, instant{at}, setting_.known).microseconds;
        known.last = *found;
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
    bool measures_silence_;
    spent_counters limits_;
    std::vector<std::vector<pending_id>> ids_;  // of what is pending at each node, sorted
    std::vector<pending_at> pending_;           // while a step is worked out
    std::vector<act> acts_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> acts_of_;  // the first of each node, and how many
    std::vector<counters> matters_;                                 // by node, all bits of what can still be used up
    std::vector<arrival> all_;
    std::vector<std::vector<like>> here_;  // arrivals by node that are not outdone
    std::vector<std::uint32_t> circle_;    // rank of each node beside what is used up
    std::vector<std::uint32_t> rank_;
    std::vector<std::vector<turn>> waiting_;  // by circle; of the one that is followed now, a heap
    std::size_t circle_now_ = nowhere;
    std::vector<std::pair<std::size_t, search_step>> opened_;  // arrivals that are openings
    std::vector<ends> ends_of_;                                // by what it comes from
    std::int64_t longest_ = 0;
    std::uint32_t last_ = none;
    bool is_known_ = true;
    longest_found found_;
};

}  // namespace

std::optional<longest_found> longest_by_timing(
    search_setting const& setting, search_graph const& graph,
    std::function<std::optional<std::uint32_t>(play_state const&)> const& node_of, instant start,
    bool measures_silence) {
    return working_out{setting, graph, node_of, start, measures_silence}.run();
}

}  // namespace recourse::engine
