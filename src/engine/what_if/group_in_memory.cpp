// Deciding for a whole settlement group without a store. What each dispute is told of the others is told in the order of
// engine.cpp; a test holds both against each other.
#include "engine/what_if/group_in_memory.hpp"

#include <algorithm>

#include "engine/account_rows.hpp"

namespace recourse::engine {
namespace {

bool has_amendable_claim(record const& all) noexcept {
    return all.dispute().in<dispute::negotiating>() || all.dispute().in<dispute::in_mediation>();
}

bool opened_between(std::optional<account> const& before, account const& after) {
    return std::any_of(after.chargebacks.begin(), after.chargebacks.end(), [&](auto const& one) {
        if (one.state != chargeback_state::open) return false;
        return !before || std::none_of(before->chargebacks.begin(), before->chargebacks.end(), [&](auto const& was) {
            return was.id == one.id && was.state == chargeback_state::open;
        });
    });
}

refusals unknown(dispute_key const& key) {
    refused no;
    no.code = is_payment_file(key) ? refusal::payment_unknown : refusal::dispute_unknown;
    no.subject = to_text(key);
    return {no};
}

}  // namespace

held_record const* group_in_memory::find(dispute_id const& dispute) const {
    auto const found = records_.find(dispute);
    return found == records_.end() ? nullptr : &found->second;
}

account const* group_in_memory::money_of(payment_id const& payment) const {
    auto const& found = money_over(payment);
    return found ? &*found : nullptr;
}
std::optional<account> const& group_in_memory::money_over(payment_id const& payment) const {
    static std::optional<account> const nothing;
    auto const found = money_.find(payment);
    return found == money_.end() ? nothing : found->second;
}

std::optional<account> group_in_memory::keep(dispute_key const& key, recorded&& done) {
    heard_(key, done);
    records_[key.dispute].all = std::move(done.after);
    if (!done.money) return std::nullopt;
    auto const payment = done.money->payment;
    return std::exchange(money_[payment], std::move(done.money));
}

std::vector<dispute_id> group_in_memory::heard_first(command const& asked) const {
    auto const* mine = find(asked.dispute.dispute);
    auto const begins = beginning_of(asked.body);
    account const* money = nullptr;
    if (mine == nullptr && begins)
        money = money_of(begins.order->payment);
    else if (mine != nullptr && is_payment_file(asked.dispute))
        money = money_of(payment_of(asked.dispute));
    else if (mine != nullptr && std::holds_alternative<dispute::merge_dispute>(asked.body))
        money = money_of(subject_of(mine->all).payment);
    if (money == nullptr) return {};
    auto others = money->open;
    std::erase(others, asked.dispute.dispute);
    return others;
}

std::vector<protected_until> group_in_memory::protections_in(dispute_key const& file) const {
    std::vector<protected_until> found;
    auto const* its = find(file.dispute);
    if (its == nullptr) return found;
    for (auto const& one : its->all.protections()) {
        if (one.kept.ends) found.push_back({one.kept.line, *one.kept.ends});
    }
    return found;
}

void group_in_memory::look_beside(terms& known, dispute_key const& key, account const& money) const {
    known.disputes_beside.clear();
    if (!known.policy->mediation.merges_disputes || is_payment_file(key)) return;
    for (auto const& other : money.open) {
        auto const* beside = other == key.dispute ? nullptr : find(other);
        if (beside == nullptr) continue;
        auto const& its = beside->all.dispute();
        known.disputes_beside.push_back(
            {other, its.kept.order, its.kept.buyer.id, its.kept.seller.id, has_amendable_claim(beside->all)});
    }
}

std::vector<std::pair<dispute_id, std::vector<line_amount>>> group_in_memory::given_up_for(command const& asked,
                                                                                           account const& money) const {
    std::vector<std::pair<dispute_id, std::vector<line_amount>>> found;
    auto const* told = std::get_if<payment::tell_outside_refund>(&asked.body);
    if (told == nullptr || !is_payment_file(asked.dispute)) return found;
    if (std::any_of(money.outside_refunds.begin(), money.outside_refunds.end(),
                    [&](auto const& one) { return one.id == told->outside_refund; }))
        return found;
    auto lacking = lacking_for(money, told->lines);
    for (auto const& dispute : money.open) {
        auto const* its = find(dispute);
        if (its == nullptr) continue;
        auto gives = given_up_by(its->all, lacking);
        if (!gives.empty()) found.emplace_back(dispute, std::move(gives));
    }
    return found;
}

void group_in_memory::tell(dispute_key const& key, account& money, actor const& by, payment_news const& news,
                           instant at) {
    auto const& its = records_.at(key.dispute);
    auto did = hear(key, its.all, money, its.known, by, news, at);
    if (!did) return;
    if (did->money) money = *did->money;
    keep(key, *std::move(did));
}

void group_in_memory::tell_others(moved const& what) {
    auto money = what.money;
    if (is_payment_file(what.key)) {
        for (auto const& dispute : std::vector{money.open}) {
            if (find(dispute) == nullptr) continue;
            payment_news news{opened_between(what.before, money), {}};
            for (auto const& [who, lines] : what.given_up) {
                if (who == dispute) news.given_up = lines;
            }
            tell(key_of(dispute), money, what.by, news, what.at);
        }
        tell(what.key, money, what.by, {}, what.at);
        return;
    }
    auto const file = file_of(group_, money.payment);
    auto const* its = find(file.dispute);
    if (its == nullptr) return;
    // Its own deadlines first, judged by the money as it was before.
    for (auto& done : lapse(file, its->all, what.before, its->known, what.at).lapses) keep(file, std::move(done));
    money_[money.payment] = money;
    tell(file, money, what.by, {}, what.at);
}

void group_in_memory::pass_next(dispute_id const& dispute, instant now) {
    auto& its = records_.at(dispute);
    auto const due = next_due(its.all);
    if (!due || due->clock.due > now) return;
    auto const key = key_of(dispute);
    auto const& money = money_over(subject_of(its.all).payment);
    auto made = lapse(key, its.all, money, its.known, due->clock.due);
    std::optional<account> before;
    bool has_moved = false;
    for (auto& done : made.lapses) {
        bool const moves = done.money.has_value();
        auto was = keep(key, std::move(done));
        if (moves && !std::exchange(has_moved, true)) before = std::move(was);
    }
    if (has_moved) tell_others({key, *money, std::move(before), &its.known, {role::timer, actor_id{"timer"}}, now, {}});
}

refusals group_in_memory::submit(command const& asked, instant at) {
    auto const& key = asked.dispute;
    auto const begins = beginning_of(asked.body);
    auto const* mine = find(key.dispute);
    if (mine == nullptr && !begins) return unknown(key);
    static record const nothing;
    terms own;  // of a record that begins
    if (mine == nullptr) {
        auto found = terms_(key, begins);
        if (!found) return {std::move(found).error()};
        own = *std::move(found);
    }
    auto const payment = mine == nullptr ? begins.order->payment : subject_of(mine->all).payment;
    auto const& money = money_over(payment);
    auto const* known = mine == nullptr ? &own : &mine->known;
    // What is looked up for this command alone.
    std::optional<terms> wider;
    auto const widened = [&]() -> terms& {
        if (!wider) wider = *known;
        return *wider;
    };
    if (mine != nullptr && money && known->policy->mediation.merges_disputes) look_beside(widened(), key, *money);
    if (auto const* opening = std::get_if<dispute::open_dispute>(&asked.body); opening != nullptr && opening->follows) {
        if (*opening->follows == key.dispute || find(*opening->follows) == nullptr)
            return unknown(key_of(*opening->follows));
    }
    std::vector<std::pair<dispute_id, std::vector<line_amount>>> given_up;
    if (mine != nullptr && money) given_up = given_up_for(asked, *money);
    for (auto const& [dispute, lines] : given_up) {
        for (auto const& one : lines) {
            auto& all = widened().given_up;
            auto const same =
                std::find_if(all.begin(), all.end(), [&](auto const& other) { return other.line == one.line; });
            if (same == all.end())
                all.push_back(one);
            else
                same->minor += one.minor;
        }
    }
    bool const claims = begins || std::holds_alternative<dispute::amend_claim>(asked.body);
    if (auto const file = file_of(group_, payment); claims && !is_payment_file(key) && find(file.dispute) != nullptr)
        widened().protections = protections_in(file);

    auto made = decide(key, mine == nullptr ? nothing : mine->all, money, wider ? *wider : *known, asked, at);
    for (auto& done : made.lapses) keep(key, std::move(done));
    if (!made.accepted) return std::move(made.refused);
    auto const* merges = std::get_if<dispute::merge_dispute>(&asked.body);
    bool const moves = made.accepted->money.has_value();
    auto before = keep(key, *std::move(made.accepted));
    auto& held = records_.at(key.dispute);
    if (mine == nullptr) held.known = std::move(own);
    if (!moves) return {};
    auto const& by = asked.on_behalf_of ? *asked.on_behalf_of : asked.by;
    auto after = *money_over(payment);
    tell_others({key, after, std::move(before), &held.known, by, at, std::move(given_up)});
    if (merges != nullptr) {
        payment_news news;
        news.merged = key.dispute;
        auto const& kept = held.all.dispute().kept;
        news.joined = kept.course->joined;
        for (auto const& one : kept.lines) news.joined.push_back({one.line, one.units});
        tell(key_of(merges->into), after, asked.by, news, held.all.last_at);
    }
    return {};
}

}  // namespace recourse::engine
