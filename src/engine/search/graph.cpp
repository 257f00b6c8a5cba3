// Walking the graph of the search, and playing what stands in it.
#include "engine/search/graph.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/search/node_key.hpp"
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

namespace {

void move(order_facts& order, instant from, instant to) {
    auto const shift = [&](std::optional<instant>& fact) {
        if (fact) fact->microseconds += to.microseconds - from.microseconds;
    };
    shift(order.paid_at);
    shift(order.shipped_at);
    shift(order.delivered_at);
    shift(order.promised_until);
    for (auto& parcel : order.parcels) {
        shift(parcel.shipped_at);
        shift(parcel.delivered_at);
        shift(parcel.promised_until);
    }
}

}  // namespace

dispute::open_dispute moved(dispute::open_dispute opening, instant from, instant to) {
    move(opening.order, from, to);
    return opening;
}

command_body moved(command_body body, instant from, instant to) {
    if (auto* opening = std::get_if<dispute::open_dispute>(&body)) move(opening->order, from, to);
    if (auto* contact = std::get_if<dispute::contact_seller>(&body)) move(contact->order, from, to);
    return body;
}

search_step opening_step(search_setting const& setting, dispute::open_dispute const& opening, instant planned,
                         instant start) {
    auto first = moved(opening, planned, start);
    search_step step{search_move::opens, start, {role::buyer, first.order.buyer.id}, {}, {}, false};
    if (setting.known.policy->contact.required)
        step.asked =
            dispute::contact_seller{first.policy, first.policy_version, first.order, first.reason, first.lines};
    else
        step.asked = std::move(first);
    return step;
}

std::vector<command_body> bodies_for(search_setting const& setting, play_state const& state) {
    auto bodies = candidates(state.all, setting.known, state.money ? &*state.money : nullptr);
    auto const& whole = state.all.dispute();
    if (whole.in<dispute::contacting>() || whole.in<dispute::contacted>())
        bodies.insert(bodies.end(), setting.openings.begin(), setting.openings.end());
    return bodies;
}

void put(search_step& step, notice const& told) {
    if (auto const* chargeback = std::get_if<chargeback_told>(&told)) {
        step.told = *chargeback;
        step.told->at = step.at;
    } else {
        step.paid_outside = std::get<outside_refund>(told);
    }
}

std::optional<notice> notice_of(search_step const& step) {
    if (step.told) return *step.told;
    if (step.paid_outside) return *step.paid_outside;
    return std::nullopt;
}

namespace {

void add_chargebacks(search_setting const& setting, account const& money, bool is_closed, std::vector<notice>& told) {
    if (setting.chargebacks_max == 0) return;
    auto const add = [&](chargeback_id id, chargeback_state state, std::int64_t minor) {
        told.emplace_back(chargeback_told{std::move(id), state, {minor, money.currency}, {}, {}});
    };
    for (auto const& one : money.chargebacks) {
        if (one.state != chargeback_state::open) continue;
        for (auto const how : {chargeback_state::won, chargeback_state::lost}) add(one.id, how, one.minor);
    }
    bool const is_over = is_closed && !setting.chargebacks_after_closing;
    if (is_over || money.chargebacks.size() >= setting.chargebacks_max) return;
    auto minors = setting.chargeback_minors;
    if (minors.empty()) minors.push_back(money.captured_minor());
    for (auto const minor : minors)
        add(chargeback_id{fmt::format("chargeback-{}", money.chargebacks.size() + 1)}, chargeback_state::open, minor);
}

// Told again it counts once, whatever else has happened: that is no move.
void add_outside_refunds(search_setting const& setting, account const& money, bool is_closed,
                         std::vector<notice>& told) {
    bool const is_over = is_closed && !setting.outside_refunds_after_closing;
    if (is_over || money.outside_refunds.size() >= setting.outside_refunds_max) return;
    auto const& line = money.lines.front();
    auto minors = setting.outside_refund_minors;
    if (minors.empty()) minors.push_back(line.paid_minor);
    for (auto const minor : minors)
        told.emplace_back(outside_refund{
            outside_id{fmt::format("outside-{}", money.outside_refunds.size() + 1)}, {{line.line, 1, minor}}, {}, {}});
}

// As the file of the payment takes it: of what is not free, the dispute gives up what it can.
std::optional<heard_of> heard_outside(search_setting const& setting, play_state const& state, outside_refund told,
                                      instant at) {
    heard_of made{*state.money, {}};
    auto lacking = lacking_for(made.money, told.lines);
    payment_news news;
    news.given_up = given_up_by(state.all, lacking);
    told.released = news.given_up;
    auto const posted = post_outside_refund(made.money, told, setting.known.policy->tenders);
    if (!posted || !*posted) return std::nullopt;
    ++made.money.version;
    made.done = setting.hears(searched_dispute(), state.all, made.money, setting.known, news, at);
    return made;
}

}  // namespace

std::vector<notice> notices_for(search_setting const& setting, play_state const& state) {
    std::vector<notice> told;
    if (!state.money) return told;
    bool const is_closed = state.all.dispute().in<dispute::closed>();
    add_chargebacks(setting, *state.money, is_closed, told);
    add_outside_refunds(setting, *state.money, is_closed, told);
    return told;
}

std::optional<heard_of> heard(search_setting const& setting, play_state const& state, notice const& told, instant at) {
    if (auto const* outside = std::get_if<outside_refund>(&told)) return heard_outside(setting, state, *outside, at);
    auto const& chargeback = std::get<chargeback_told>(told);
    heard_of made{*state.money, {}};
    auto const posted = post_chargeback(made.money, chargeback);
    if (!posted || !*posted) return std::nullopt;
    ++made.money.version;
    payment_news news;
    news.chargeback_was_opened = chargeback.state == chargeback_state::open;
    made.done = setting.hears(searched_dispute(), state.all, made.money, setting.known, news, at);
    return made;
}

actor const& bank() {
    static actor const one{role::host, actor_id{"bank"}};
    return one;
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
                    std::uint16_t candidate, std::vector<command_body> const* bodies) {
    search_step step{move, state.all.last_at, {role::timer, actor_id{"timer"}}, {}, {}, false};
    auto const next = next_instant(state.all, setting.known);
    if (next && move != search_move::acts_at_once) {
        step.waited = next->clock;
        step.awaited = next->turn;
        step.at = next->at;
    }
    if (move == search_move::stays_silent) return step;
    if (move == search_move::acts_in_the_last_instant) --step.at.microseconds;
    if (actor == the_network) {
        auto const notices = notices_for(setting, state);
        step.by = bank();
        if (candidate < notices.size()) put(step, notices[candidate]);
        return step;
    }
    step.by = actors(state.all)[actor];
    step.asked = bodies != nullptr ? (*bodies)[candidate] : bodies_for(setting, state)[candidate];
    return step;
}

std::optional<play_state> taken(search_setting const& setting, play_state const& state, search_step const& step) {
    auto next = state;
    if (step.move == search_move::opens) next.money = account_of(*beginning_of(*step.asked).order);
    auto const keep = [&](recorded& done) {
        next.all = std::move(done.after);
        if (done.money) next.money = std::move(done.money);
    };
    if (auto const told = notice_of(step)) {
        auto made = heard(setting, state, *told, step.at);
        if (!made) return std::nullopt;
        next.money = std::move(made->money);
        if (made->done) keep(*made->done);
    } else if (step.asked) {
        auto const asked = command_of(step);
        auto made = setting.decides(searched_dispute(), state.all, state.money, setting.known, &asked, step.at);
        if (!made.accepted) return std::nullopt;
        for (auto& done : made.lapses) keep(done);
        keep(*made.accepted);
    } else {
        auto made = setting.decides(searched_dispute(), state.all, state.money, setting.known, nullptr, step.at);
        for (auto& done : made.lapses) keep(done);
    }
    // Where nothing was recorded it is later all the same.
    next.all.last_at = std::max(next.all.last_at, step.at);
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

bool leads_on(search_graph const& graph, search_edge const& edge, leading how) {
    if (how == leading::in_silence) return edge.move == search_move::stays_silent;
    bool const counts = how == leading::at_all || !edge.uses_a_counter;
    return counts && !graph.nodes[edge.from].closed && !graph.nodes[edge.to].closed;
}

}  // namespace recourse::engine
