// Reading the log as it grows: the record that it adds up to is the replay, and the stored state must be it.
#include "tools/simulate/watched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <deque>
#include <ostream>

#include "engine/step_checks.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/lifecycle/evolve.hpp"

namespace recourse::tools {
namespace {

void must(bool holds, std::string_view what, dispute_key const& key) {
    if (!holds) throw broken_promise{fmt::format("{}: {}", to_text(key), what)};
}

std::string order_name(std::string_view key, std::uint64_t attempt) {
    return fmt::format("{} attempt {}", key, attempt);
}

bool is_refund_order(event const& happened) {
    return std::holds_alternative<refund::refund_instructed>(happened.body) ||
           std::holds_alternative<refund::refund_retried>(happened.body) ||
           std::holds_alternative<refund::refund_released>(happened.body) ||
           std::holds_alternative<refund::refund_rerouted>(happened.body);
}

}  // namespace

void watched_disputes::add(store::stored_event const& stored, dispute_key const& key, record& all) {
    out_ << fmt::format("{{\"dispute\":\"{}\",\"event\":{}}}\n", to_text(key), stored.body);
    auto const happened = read_event(stored.body);
    auto const before = all;
    must(happened.version == before.version + 1, "its events have a gap", key);
    must(happened.at >= before.last_at, "its time goes back", key);
    evolve(all, happened);
    for (auto const& broken : engine::faults_of(before, happened, all))
        throw broken_promise{fmt::format("{}: {}: {}", to_text(key), wire_name(broken.flaw), broken.because)};

    auto* money = account_of(key);
    if (money != nullptr) post(*money, key.dispute, all, happened);
    if (is_refund_order(happened)) {
        must(money == nullptr || !blocked_since(*money), "a refund order leaves while a chargeback is open", key);
        auto const& paid = all.refunds()[happened.number - 1].kept;
        orders_expected_.insert(order_name(paid.key, paid.attempts));
    }
    if (auto const* due = std::get_if<dispute::recoup_ordered>(&happened.body)) {
        must(due->amount.minor > 0 && all.dispute().kept.bill->recoup_minor == due_back_minor(all),
             "what it asks back is not what was paid too much", key);
        orders_expected_.insert(due->key);
    }
    if (auto const* due = std::get_if<payment::recoup_ordered>(&happened.body)) orders_expected_.insert(due->key);
    if (std::holds_alternative<refund::refund_confirmed>(happened.body))
        refunded_minor += all.refunds()[happened.number - 1].kept.amount.minor;
    ++events;
    if (!stored.command.empty()) {
        ++recorded_commands;
        lapses += happened.by.role == role::timer ? 1U : 0U;
    }
}

void watched_disputes::expect(settlement_group const& group, order_facts const& order) {
    accounts_.emplace(std::pair{group, order.payment}, recourse::account_of(order));
}

account const& watched_disputes::account_of(settlement_group const& group, payment_id const& payment) const {
    return accounts_.at({group, payment});
}

account* watched_disputes::account_of(dispute_key const& key) {
    // A group of the simulation has one payment.
    auto const found =
        std::find_if(accounts_.begin(), accounts_.end(), [&](auto const& one) { return one.first.first == key.group; });
    return found == accounts_.end() ? nullptr : &found->second;
}

void watched_disputes::read_on(store::contract& at, std::vector<dispute_key> const& keys,
                               std::vector<dispute_key> const& order) {
    // By dispute what each command, or deadline, has recorded.
    std::map<dispute_key, std::deque<std::vector<store::stored_event>>> waiting;
    for (auto const& key : keys) {
        if (!at.load(key)) continue;
        auto& its = waiting[key];
        for (auto& next : at.events(key, disputes_[key].version)) {
            if (its.empty() || !next.command.empty()) its.emplace_back();
            its.back().push_back(std::move(next));
        }
    }
    auto const add_next = [&](dispute_key const& key) {
        auto& its = waiting[key];
        if (its.empty()) return;
        for (auto const& stored : its.front()) add(stored, key, disputes_[key]);
        its.pop_front();
    };
    for (auto const& key : order) add_next(key);
    for (auto const& key : keys) {
        while (!waiting[key].empty()) add_next(key);
    }
}

void watched_disputes::look_at_state(store::contract& at, dispute_key const& key) {
    auto const stored = at.load(key);
    if (!stored) {
        must(disputes_[key].version == 0, "the store has lost it", key);
        return;
    }
    auto const& all = disputes_[key];
    must(stored->version == all.version, "its version is not that of its last event", key);
    must(read_record(stored->state) == all, "its stored state is not what its events add up to", key);
    auto const due = next_due(all);
    must(stored->next_due == (due ? std::optional{due->clock.due} : std::nullopt),
         "its stored deadline is not that of its state", key);
}

void watched_disputes::look_at_ledger(store::contract& at, dispute_key const& key) {
    auto const& all = disputes_[key];
    if (all.version == 0) return;
    auto const& payment = subject_of(all).payment;
    auto const row = at.ledger(key.group, payment);
    must(row.has_value(), "its payment has no ledger row", key);
    must(store::holds_invariant(*row), "its payment's ledger row promises more than was captured", key);
    auto const& counted = account_of(key.group, payment);
    auto const kept = read_account(row->lines);
    must(kept.lines == counted.lines, "its payment's ledger is not what the events add up to", key);
    must(kept.chargebacks == counted.chargebacks && kept.outside_refunds == counted.outside_refunds,
         "what its payment's ledger has of chargebacks and other refunds is not what the events tell", key);
    must(imbalance(counted).empty(), "more leaves its payment than was captured", key);
    must(row->refunded_minor == counted.refunded_minor() && row->captured_minor == counted.captured_minor(),
         "the totals of its payment's ledger are not those of its lines", key);
    if (is_of_payment(all))
        must(all.payments().front().kept.recoup_minor == counted.recoup_due_minor(),
             "what is asked back of the buyer is not what she has twice", key);
}

void watched_disputes::look_at(store::contract& at, std::vector<dispute_key> const& keys,
                               std::vector<dispute_key> const& order) {
    read_on(at, keys, order);
    for (auto const& key : keys) look_at_state(at, key);
    for (auto const& key : keys) look_at_ledger(at, key);
}

void watched_disputes::look_at_effects(store::contract& at) {
    for (auto page = at.outbox(effects_until_, 1000); !page.empty(); page = at.outbox(effects_until_, 1000)) {
        for (auto const& one : page) {
            effects_until_ = one.position;
            pending.insert(one.position);
            ++effects;
            auto const body = boost::json::parse(one.entry.body).as_object();
            if (one.entry.kind == "notification") ++notifications_;
            if (one.entry.kind != "refund_order" && one.entry.kind != "recoup") continue;
            // A recoup is ordered once; a refund once for each attempt.
            auto const order = one.entry.kind == "recoup" ? std::string{body.at("key").as_string()}
                                                          : order_name(body.at("key").as_string(),
                                                                       body.at("attempt").to_number<std::uint64_t>());
            must(orders_seen_.insert(order).second, "ordered twice: " + order, one.dispute);
        }
    }
    dispute_key const nobody{settlement_group{"all"}, dispute_id{"disputes"}};
    must(orders_seen_ == orders_expected_, "the refund orders are not those of the events", nobody);
    must(notifications_ == recorded_commands, "not every command has exactly one notification", nobody);
}

void watched_disputes::look_at_the_end(store::contract& at, dispute_key const& key) {
    auto const& all = disputes_[key];
    if (all.version == 0) return;
    must(is_of_payment(all) || all.dispute().in<dispute::closed>(), "time alone has not closed it", key);
    must(!next_due(all), "it is closed and a clock runs on", key);
    std::vector<event> log;
    for (auto const& one : at.events(key)) log.push_back(read_event(one.body));
    must(replay(log) == all, "its whole log gives another state", key);
    closed += is_of_payment(all) ? 0U : 1U;
}

void watched_disputes::look_at_pending(store::contract& at) {
    std::set<std::uint64_t> found;
    std::uint64_t after = 0;
    for (auto page = at.outbox(after, 1000); !page.empty(); page = at.outbox(after, 1000)) {
        for (auto const& one : page) found.insert(one.position);
        after = page.back().position;
    }
    if (found != pending) throw broken_promise{"the outbox does not hold exactly the effects that nobody has settled"};
}

void watched_disputes::forget() noexcept {
    disputes_.clear();
    accounts_.clear();
    orders_expected_.clear();
    orders_seen_.clear();
}

}  // namespace recourse::tools
