// The search, breadth first: a violation is told with the shortest way to it. Nodes that the policy's own periods lead to
// are looked through before those that take another order of deadlines, so that what can be played is told as such.
#include "recourse/engine/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>

#include "engine/search/graph.hpp"
#include "engine/search/node_key.hpp"
#include "engine/search/who_may.hpp"
#include "engine/step_checks.hpp"
#include "recourse/engine/candidates.hpp"

namespace recourse {
namespace engine {
namespace {

struct key_hash {
    std::size_t operator()(digest const& key) const noexcept { return first_bytes(key); }
    static std::size_t first_bytes(digest const& key) noexcept {
        std::size_t made = 0;
        for (std::size_t at = 0; at < sizeof made; ++at) made = made << 8U | key.bytes[at];
        return made;
    }
};

// One way on from a state, as it was decided.
struct way_on {
    search_step step;
    std::uint8_t actor = 0;
    std::uint16_t candidate = 0;
    std::vector<recorded> done;          // the command, or the deadlines that passed
    bool natural = true;                 // as the policy's periods give it
    std::optional<account> money{};      // as the network has left it, before the dispute heard of it
    std::optional<play_state> before{};  // from which it goes on, if deadlines were put apart
    std::optional<pending_id> passes{};  // in silence, if it is one deadline alone
};

bool may_open_later(refusals const& all) {
    return std::any_of(all.begin(), all.end(), [](auto const& no) { return no.not_before.has_value(); });
}

// Without a row it is the same whoever asks, whatever the contents: no guard was asked.
bool no_row_at_all(refusals const& all) {
    return all.size() == 1 && all[0].code == refusal::not_possible_in_this_state && all[0].guard.empty();
}

award const* award_proposed(command_body const& asked) {
    if (auto const* made = std::get_if<offer::make_offer>(&asked)) return &made->award;
    if (auto const* amended = std::get_if<dispute::amend_claim>(&asked)) return &amended->award;
    return nullptr;
}

// Whether, of the claim and the offers that are open, a second one would be another than the first that can be proposed.
// Only one of them is ever accepted or awarded in silence, and nothing reads the award of another: so the others can as
// well be the first (docs/decisions/0028).
bool is_second_to_differ(record const& all, policy const& rules, award const& first, command_body const& asked) {
    auto const* proposed = award_proposed(asked);
    if (proposed == nullptr || *proposed == first) return false;
    bool const amends = std::holds_alternative<dispute::amend_claim>(asked);
    auto const claim = claim_that_matters(all, rules);
    return (!amends && claim != first && claim != award{}) ||
           std::any_of(all.offers().begin(), all.offers().end(), [&](auto const& one) {
               return is_open(one) && !(amends && one.kept.is_the_claim) && one.kept.award != first;
           });
}

// Whether what can be offered in a mediation stays the same until it ends: money comes and goes by no other route, and
// candidates amend neither the reason nor the lines.
bool offers_can_wait(search_setting const& setting) {
    return setting.without_counters && setting.chargebacks_max == 0 && setting.outside_refunds_max == 0;
}

// Whether a step in a mediation leaves an offer standing as it was. Such a step may as well be taken before the offer is
// made, and one that nobody accepts need not be made (docs/decisions/0040).
bool leaves_an_offer(record const& before, record const& after) {
    if (!before.dispute().in<dispute::in_mediation>() || !after.dispute().in<dispute::in_mediation>()) return false;
    return std::any_of(before.offers().begin(), before.offers().end(), [&](auto const& one) {
        return is_open(one) && !one.kept.is_the_claim && after.offers()[one.number - 1].state == one.state;
    });
}

// Grounds differ in their names only, so the first appeal has the first of them, the second the second and so on.
bool is_on_another_ground(record const& all, policy const& rules, command_body const& asked) {
    if (!has_a_ground_for_each_appeal(rules)) return false;
    auto const& grounds = rules.appeals.grounds;
    auto const made = all.appeals().size();
    auto const is_not = [&](std::size_t which, ground const& named) {
        return which < grounds.size() && grounds[which] != named;
    };
    if (auto const* filed = std::get_if<appeal::file_appeal>(&asked)) return is_not(made, filed->ground);
    if (auto const* joined = std::get_if<appeal::join_appeal>(&asked))
        return made > 0 && is_not(made - 1, joined->ground);
    return false;
}

class searching {
  public:
    explicit searching(search_setting const& setting)
        : asked_{setting},
          unlimited_{setting.without_counters ? std::optional{without_limits(*setting.known.policy)} : std::nullopt},
          widened_{unlimited_ ? std::optional{under(*unlimited_, setting)} : std::nullopt},
          setting_{widened_ ? *widened_ : asked_} {}
    searching(searching const&) = delete;
    searching& operator=(searching const&) = delete;

    search_report run() {
        for (auto const& opening : setting_.openings) open(opening);
        look_through(natural_);
        look_through(reordered_);
        if (!stopped_) compare();
        look_for_circles();
        count();
        if (!report_.violations.empty() || !setting_.looks_for_the_longest) return std::move(report_);
        try {
            find_longest();
        } catch (
            std::exception const& thrown) {  // a calendar ends: the nodes come with deadlines that are put together
            report(search_flaw::throws, thrown.what(), {});
        }
        return std::move(report_);
    }

  private:
    struct waiting {
        std::uint32_t node;
        play_state state;
    };
    using queue = std::deque<waiting>;
    // A record that came to a node that there was.
    struct met_again {
        std::uint32_t node;
        play_state state;
        std::optional<std::uint32_t> from;
        search_step step;
    };
    struct walked {
        digest key;
        play_state state;
        search_step step;
    };
    static constexpr std::size_t compared_steps_max = 40;

    static search_setting under(policy const& rules, search_setting setting) {
        setting.known.policy = &rules;
        return setting;
    }

    void open(dispute::open_dispute const& opening) {
        auto const step = opening_step(setting_, opening, setting_.start, setting_.start);
        auto const asked = command_of(step);
        try {
            auto made = setting_.decides(searched_dispute(), {}, {}, setting_.known, &asked, setting_.start);
            if (!made.accepted) {
                report(search_flaw::cannot_be_opened, to_text(made.refused.front()), {step});
                return;
            }
            std::vector<recorded> done;
            done.push_back(*std::move(made.accepted));
            follow(std::nullopt, {{}, account_of(opening.order)}, {step, 0, 0, std::move(done)}, true);
        } catch (std::exception const& thrown) {
            report(search_flaw::throws, thrown.what(), {step});
        }
    }

    void look_through(queue& from) {
        while (!from.empty() && !stopped_) {
            auto const [node, state] = std::move(from.front());
            from.pop_front();
            if (expanded_[node]) continue;
            expanded_[node] = true;
            expand(node, state);
        }
    }

    void expand(std::uint32_t node, play_state const& state) {
        bool const natural = !graph_.nodes[node].reordered;
        for (auto const& broken : faults_of(state.all, state.money, *setting_.known.policy))
            report(broken.flaw, broken.because, graph_.path_to(node));
        if (!next_due(state.all) && !graph_.nodes[node].closed)
            report(search_flaw::waits_for_ever, "It is not closed, and no deadline is pending.", graph_.path_to(node));
        std::size_t signature = 0;
        each_way_on(
            state, natural, [&] { return graph_.path_to(node); },
            [&](way_on way, bool counts) {
                bool const here_naturally = natural && way.natural;
                signature += follow(node, state, std::move(way), here_naturally) * (counts ? 1U : 0U);
            });
        signatures_[node] = signature;
    }

    // Every command of everybody, at once and, by the policy's own periods, in the last instant; then silence. Ways that
    // `count` are those that any record of this node must have, whenever its deadlines are.
    template <class Path, class Visitor>
    void each_way_on(play_state const& state, bool natural, Path const& path, Visitor&& visit) {
        auto const pending = pending_instants(state.all, setting_.known);
        each_act(state, natural, pending, path, visit);
        if (pending.empty()) return;
        bool const coincide = deadlines_coincide(pending);
        if (coincide && natural) pass(state, {}, path, false, true, visit);
        auto const may_be_next = setting_.without_orders ? pending.size() : std::size_t{1};
        for (std::size_t next = 0; next < may_be_next; ++next) {
            if (next == 0 && !coincide) {
                pass(state, {}, path, true, true, visit);
                continue;
            }
            play_state const apart{with_deadlines_apart(state.all, setting_.known, next), state.money};
            pass(apart, apart, path, true, false, visit);
        }
    }

    template <class Path, class Visitor>
    void each_act(play_state const& state, bool natural, std::vector<pending_instant> const& pending, Path const& path,
                  Visitor& visit) {
        auto const now = state.all.last_at;
        auto bodies = bodies_for(setting_, state);
        auto const who = actors(state.all);
        command asked;
        asked.id = command_id{"c"};
        asked.dispute = searched_dispute();
        auto const last = pending.empty() ? now : instant{pending.front().at.microseconds - 1};
        bool const may_wait = natural && last > now;
        auto const wait = [&](search_step& step) {
            step.waited = pending.front().clock;
            step.awaited = pending.front().turn;
        };
        std::optional<award> first;
        for (std::size_t at = 0; at < bodies.size() && !first && setting_.without_counters; ++at)
            if (auto const* proposed = award_proposed(bodies[at])) first = *proposed;
        std::vector<std::pair<std::size_t, std::optional<std::uint32_t>>> impossible;
        auto const is_impossible = [&](auto const& what) {
            return std::find(impossible.begin(), impossible.end(), what) != impossible.end();
        };
        for (std::size_t candidate = 0; candidate < bodies.size(); ++candidate) {
            auto& body = bodies[candidate];
            // A message changes nothing but the conversation, which no decision reads.
            if (std::holds_alternative<conversation::send_message>(body)) continue;
            // To whom a mediation is given after somebody has it moves no deadline and gives nobody another right; where
            // it begins a lease, that is where it was taken or taken over.
            if (std::holds_alternative<mediation::assign_mediation>(body) &&
                !state.all.mediation().in<mediation::queued>())
                continue;
            if (setting_.without_counters && is_on_another_ground(state.all, *setting_.known.policy, body)) continue;
            if (first && is_second_to_differ(state.all, *setting_.known.policy, *first, body)) continue;
            std::pair const what{body.index(), number_named(body)};
            if (is_impossible(what)) continue;
            asked.body = std::move(body);
            for (std::size_t one = 0; one < who.size() && !is_impossible(what); ++one) {
                asked.by = who[one];
                if (!may_ever(asked.by.role, asked.body)) continue;
                auto const attempt = [&](search_move move, instant at) {
                    auto const step = [&] {
                        search_step made{move, at, asked.by, asked.body, {}};
                        if (move == search_move::acts_in_the_last_instant) wait(made);
                        return made;
                    };
                    auto made = decided(state, &asked, at, step, path);
                    if (!made) return false;
                    if (!made->accepted) {
                        if (no_row_at_all(made->refused)) impossible.push_back(what);
                        return may_open_later(made->refused);
                    }
                    way_on way{step(), static_cast<std::uint8_t>(one), static_cast<std::uint16_t>(candidate), {}};
                    way.done.push_back(*std::move(made->accepted));
                    visit(std::move(way), move == search_move::acts_at_once);
                    // To the same nodes, if what is used up is left out: every order of deadlines is tried.
                    return !setting_.without_counters;
                };
                if (attempt(search_move::acts_at_once, now) && may_wait)
                    attempt(search_move::acts_in_the_last_instant, last);
            }
        }
        auto const notices = notices_for(setting_, state);
        for (std::size_t one = 0; one < notices.size(); ++one) {
            auto const attempt = [&](search_move move, instant at) {
                way_on way{{move, at, bank(), {}, {}}, the_network, static_cast<std::uint16_t>(one), {}};
                put(way.step, notices[one]);
                if (move == search_move::acts_in_the_last_instant) wait(way.step);
                auto made = heard_by(state, way.step, path);
                if (!made) return;
                way.money = std::move(made->money);
                if (made->done) way.done.push_back(*std::move(made->done));
                visit(std::move(way), move == search_move::acts_at_once);
            };
            attempt(search_move::acts_at_once, now);
            if (may_wait) attempt(search_move::acts_in_the_last_instant, last);
        }
    }

    // Silence until the next deadline or turning point.
    template <class Path, class Visitor>
    void pass(play_state const& state, std::optional<play_state> apart, Path const& path, bool counts, bool natural,
              Visitor& visit) {
        auto const pending = pending_instants(state.all, setting_.known);
        // A deadline that passes at a turning point takes that with it.
        auto next = pending.begin();
        while (next->turn && next + 1 != pending.end() && (next + 1)->at == next->at) ++next;
        way_on way{{search_move::stays_silent, next->at, {role::timer, actor_id{"timer"}}, {}, next->clock}, 0, 0, {}};
        way.step.awaited = next->turn;
        if (!deadlines_coincide(pending)) way.passes = id_of(*next);
        way.natural = natural;
        way.before = std::move(apart);
        if (!next->turn) {
            auto made = decided(
                state, nullptr, next->at, [&] { return way.step; }, path);
            if (!made || made->lapses.empty()) return;
            way.done = std::move(made->lapses);
        }
        visit(std::move(way), counts);
    }

    template <class Path>
    std::optional<heard_of> heard_by(play_state const& state, search_step const& step, Path const& path) {
        try {
            return heard(setting_, state, *notice_of(step), step.at);
        } catch (std::exception const& thrown) {
            auto whole = path();
            whole.push_back(step);
            report(search_flaw::throws, thrown.what(), std::move(whole));
            return std::nullopt;
        }
    }

    // `step` makes the step that is told where `decide` throws.
    template <class Step, class Path>
    std::optional<decision> decided(play_state const& state, command const* asked, instant at, Step const& step,
                                    Path const& path) {
        try {
            return setting_.decides(searched_dispute(), state.all, state.money, setting_.known, asked, at);
        } catch (std::exception const& thrown) {
            auto whole = path();
            whole.push_back(step());
            report(search_flaw::throws, thrown.what(), std::move(whole));
            return std::nullopt;
        }
    }

    // Notes where a way leads, in every order of deadlines; the sum of these places, for comparing.
    std::size_t follow(std::optional<std::uint32_t> from, play_state const& before, way_on way, bool natural) {
        auto const whole_path = [&] {
            auto path = from ? graph_.path_to(*from) : std::vector<search_step>{};
            path.push_back(way.step);
            return path;
        };
        auto const& origin = way.before ? *way.before : before;
        auto const& first = origin.all;
        auto const* now = &first;
        auto const* money_now = way.money ? &way.money : &origin.money;
        for (auto const& done : way.done) {
            for (auto const& broken : faults_of(*now, *money_now, done))
                report(broken.flaw, broken.because, whole_path());
            for (auto const& row : done.rows) taken_.insert({row.lifecycle, row.row});
            now = &done.after;
            if (done.money) money_now = &done.money;
        }
        for (auto const& broken : faults_of(before.money, way.step.paid_outside, *money_now))
            report(broken.flaw, broken.because, whole_path());
        play_state all{{}, *money_now};
        if (way.done.empty())
            all.all = first;
        else
            all.all = std::move(way.done.back().after);
        if (offers_wait_ && leaves_an_offer(first, all.all)) return 0;
        // Where nothing was recorded it is later all the same.
        all.all.last_at = std::max(all.all.last_at, way.step.at);
        auto const label = (static_cast<std::size_t>(way.step.move == search_move::stays_silent) << 32U) +
                           (static_cast<std::size_t>(way.actor) << 16U) + way.candidate;
        bool const holds_open = starts_a_clock(way.done);
        bool const uses_a_counter = setting_.without_counters && used_by(all.all) != used_by(first);
        auto const timing = static_cast<std::uint32_t>(graph_.timings.size());
        if (keeps_timings() && walked_ == nullptr && from)
            graph_.timings.push_back(timing_of(first, all.all, way.done, way.step.at, setting_.known));
        std::size_t sum = 0;
        auto const arrive = [&](play_state state, bool here_naturally) {
            auto const key = node_key(state.all, state.money, setting_);
            sum += (key_hash::first_bytes(key) ^ label) * 0x9E3779B97F4A7C15U;
            if (walked_ != nullptr) {
                walked_->push_back({key, std::move(state), way.step});
                return;
            }
            way.step.reordered = !here_naturally;
            auto const to = arrive_at(key, from, way.step, std::move(state), here_naturally);
            // What changes nothing and starts no clock, as a carrier's word that comes twice, holds nothing open.
            if (from && to == *from && !holds_open) return;
            if (from)
                graph_.edges.push_back({*from, to, way.step.move, way.actor, way.candidate, !here_naturally, holds_open,
                                        uses_a_counter, timing, way.passes});
        };
        bool const keeps_its_order = setting_.without_orders || way.step.move == search_move::acts_in_the_last_instant;
        auto others = keeps_its_order ? std::vector<record>{} : reorderings(first, all.all, way.done, setting_.known);
        auto const money = others.empty() ? std::nullopt : all.money;
        // A promised delivery that goes on after a suspension may be due at once; its node is that of one that is not.
        auto const due = next_due(all.all);
        if (due && due->clock.due <= all.all.last_at)
            arrive({with_deadlines_apart(std::move(all.all), setting_.known), std::move(all.money)}, false);
        else
            arrive(std::move(all), natural);
        for (auto& other : others) arrive({std::move(other), money}, false);
        return sum;
    }

    void note_pending(search_node& node, record const& all) const {
        node.pending = ids_of(pending_instants(all, setting_.known));
        if (setting_.without_orders) std::sort(node.pending.begin(), node.pending.end());
    }

    // Along a graph that leaves counters out the same steps are taken many times over.
    [[nodiscard]] bool keeps_timings() const { return setting_.without_counters && setting_.looks_for_the_longest; }

    std::uint32_t arrive_at(digest const& key, std::optional<std::uint32_t> from, search_step const& step,
                            play_state state, bool natural) {
        auto const next = static_cast<std::uint32_t>(graph_.nodes.size());
        auto const [found, is_new] = nodes_.try_emplace(key, next);
        auto const node = found->second;
        if (is_new) {
            if (next >= setting_.nodes_max) stop(from, step);
            graph_.nodes.push_back(
                {from.value_or(next), step, state.all.dispute().template in<dispute::closed>(), !natural});
            if (keeps_timings()) note_pending(graph_.nodes.back(), state.all);
            expanded_.push_back(false);
            signatures_.emplace_back();
        } else if (natural && graph_.nodes[node].reordered) {
            graph_.nodes[node].parent = from.value_or(node);
            graph_.nodes[node].step = step;
            graph_.nodes[node].reordered = false;
        } else {
            if (setting_.compare_every > 0 && ++met_ % setting_.compare_every == 0)
                met_again_.push_back({node, std::move(state), from, step});
            return node;
        }
        (natural ? natural_ : reordered_).push_back({node, std::move(state)});
        return node;
    }

    // What was left out of the key must not matter: a record that came later to a node goes on to the same nodes as the
    // first, and so on from there along some play to its end.
    void compare() {
        std::size_t turn = 0;
        for (auto& one : met_again_) {
            if (stopped_) return;
            auto path = one.from ? graph_.path_to(*one.from) : std::vector<search_step>{};
            path.push_back(one.step);
            auto node = one.node;
            auto state = std::move(one.state);
            for (std::size_t steps = 0; steps < compared_steps_max; ++steps) {
                std::vector<walked> next;
                walked_ = &next;
                std::size_t signature = 0;
                each_way_on(
                    state, false, [&] { return path; },
                    [&](way_on way, bool counts) {
                        signature += follow(std::nullopt, state, std::move(way), false) * (counts ? 1U : 0U);
                    });
                walked_ = nullptr;
                ++report_.compared;
                if (signature != signatures_[node])
                    report(search_flaw::forgets_too_much,
                           "A record that counts as the same node goes on otherwise than the first.", path);
                if (signature != signatures_[node] || next.empty() || graph_.nodes[node].closed) break;
                auto& chosen = next[turn++ % next.size()];
                node = nodes_.at(chosen.key);
                state = std::move(chosen.state);
                path.push_back(std::move(chosen.step));
            }
        }
    }

    void stop(std::optional<std::uint32_t> from, search_step const& step) {
        if (stopped_) return;
        stopped_ = true;
        auto path = from ? graph_.path_to(*from) : std::vector<search_step>{};
        path.push_back(step);
        report(search_flaw::finds_no_end, fmt::format("There are more than {} nodes.", setting_.nodes_max),
               std::move(path));
    }

    void look_for_circles() {
        if (stopped_) return;
        if (look_for_circles(search_flaw::never_closes_by_silence, leading::in_silence,
                             "The last of these steps leads back to where the dispute was before, in silence."))
            return;
        look_for_circles(search_flaw::goes_on_for_ever, leading::without_end,
                         "The last of these steps leads back to where the dispute was before.");
    }

    // Whether there are any.
    bool look_for_circles(search_flaw flaw, leading how, std::string_view because) {
        auto const circle = circles(graph_, how);
        std::optional<search_edge> first;
        std::size_t times = 0;
        for (auto const& edge : graph_.edges) {
            bool const closes_one = leads_on(graph_, edge, how) && circle[edge.from] == circle[edge.to];
            if (!closes_one || !(how == leading::in_silence || edge.starts_a_clock)) continue;
            ++times;
            if (!first) first = edge;
        }
        if (first) report(flaw, std::string{because}, path_around(setting_, graph_, *first, circle, how), times);
        return first.has_value();
    }

    void report(search_flaw flaw, std::string because, std::vector<search_step> path, std::size_t times = 1) {
        auto const known = std::find_if(report_.violations.begin(), report_.violations.end(),
                                        [&](auto const& one) { return one.flaw == flaw; });
        if (known != report_.violations.end()) {
            known->times += times;
            return;
        }
        report_.violations.push_back({flaw, std::move(because), std::move(path), times});
        stopped_ = stopped_ || setting_.stop_at_the_first;
    }

    void count() {
        report_.nodes = graph_.nodes.size();
        report_.edges = graph_.edges.size();
        for (auto const& node : graph_.nodes) {
            report_.nodes_reordered += node.reordered ? 1U : 0U;
            report_.closed += node.closed ? 1U : 0U;
        }
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
            for (std::size_t row = 0; row < lifecycle::rows<L>.size(); ++row)
                (taken_.contains({L::code, row}) ? report_.rows_taken : report_.rows_not_taken)
                    .push_back({L::code, row});
        });
    }

    template <class NodeOf>
    longest_found longest(search_setting const& setting, NodeOf const& node_of, instant start) {
        if (keeps_timings()) {
            if (auto found = longest_by_timing(setting, graph_, node_of, start, &setting == &asked_))
                return *std::move(found);
        }
        return longest_from(setting, graph_, node_of, start);
    }

    void find_longest() {
        auto const node_of = [&](play_state const& state) -> std::optional<std::uint32_t> {
            auto const found = nodes_.find(node_key(state.all, state.money, setting_));
            return found == nodes_.end() ? std::nullopt : std::optional{found->second};
        };
        if (asked_.clocks_at_most != nullptr) {
            auto const longer = under(*asked_.clocks_at_most, asked_);
            auto most = longest(longer, node_of, setting_.start);
            if (!most.strayed.empty())
                report(search_flaw::forgets_too_much, "A play comes to where the search has no node.", most.strayed);
            report_.bound = std::move(most.play);
        }
        auto start = setting_.start;
        while (true) {
            auto const found = longest(asked_, node_of, start);
            if (!found.strayed.empty())
                report(search_flaw::forgets_too_much, "A play comes to where the search has no node.", found.strayed);
            report_.silence_seconds_max = std::max(report_.silence_seconds_max, found.silence_seconds_max);
            if (found.play.seconds <= report_.longest.seconds) return;
            report_.longest = found.play;
            // The start from which these steps take longest; from there another play may take longer still.
            auto worst = found.play.seconds;
            auto const before = start;
            for (auto const other : setting_.other_starts) {
                auto const again = replayed_from(asked_, found.play.path, other);
                if (!again || again->seconds <= worst) continue;
                worst = again->seconds;
                start = other;
            }
            if (start == before) return;
        }
    }

    search_setting const& asked_;
    std::optional<policy> unlimited_;
    std::optional<search_setting> widened_;  // over the policy without its limits
    search_setting const& setting_;
    bool const offers_wait_ = offers_can_wait(setting_);
    search_graph graph_;
    std::unordered_map<digest, std::uint32_t, key_hash> nodes_;
    std::vector<bool> expanded_;
    std::vector<std::optional<std::size_t>> signatures_;  // of the nodes that were looked through
    queue natural_;
    queue reordered_;
    std::set<std::pair<std::uint8_t, std::size_t>> taken_;
    std::size_t met_ = 0;
    std::vector<met_again> met_again_;
    std::vector<walked>* walked_ = nullptr;  // where ways lead, while they are compared and not noted
    bool stopped_ = false;
    search_report report_;
};

}  // namespace
}  // namespace engine

decider the_real_decider() {
    return [](dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
              command const* asked, instant now) {
        return asked != nullptr ? decide(key, before, money, known, *asked, now)
                                : lapse(key, before, money, known, now);
    };
}

hearer the_real_hearer() {
    return [](dispute_key const& key, record const& before, account const& money, terms const& known,
              payment_news const& news,
              instant now) { return hear(key, before, money, known, engine::bank(), news, now); };
}

search_report search(search_setting const& from) { return engine::searching{from}.run(); }

}  // namespace recourse
