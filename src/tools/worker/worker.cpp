// The loop of a worker.
#include "tools/worker/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "recourse/vocabulary/failure.hpp"

namespace recourse::tools {
namespace {

constexpr int settle_tries = 5;

instant system_now() {
    return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
}
// For spans: no administrator sets it.
std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

store_worker::store_worker(worker_options options, store::contract& store, calendar_set calendars,
                           std::vector<std::unique_ptr<carrier>> hosts, std::function<bool()> is_over,
                           std::ostream& log, bell woken)
    : options_{std::move(options)},
      store_{store},
      disputes_{store, std::move(calendars)},
      hosts_{std::move(hosts)},
      is_over_{std::move(is_over)},
      woken_{std::move(woken)},
      log_{log},
      luck_{options_.seed} {}

instant store_worker::now() const { return options_.now.value_or(system_now()); }

worked store_worker::work() {
    tell(level::info, "started", {});
    int errors = 0;
    while (!is_over_()) {
        bool busy = false;
        try {
            busy = round();
            errors = 0;
        } catch (failure const& broken) {
            if (broken.kind() != failure_kind::store_unavailable) throw;
            ++done_.figures.store_errors;
            tell(level::error, "store_unavailable", {{"reason", broken.what()}});
            if (options_.once) throw;
            rest(std::min<std::int64_t>(options_.poll_ms << std::min(++errors, 6), 60'000));
        }
        write_figures(false);
        if (busy) continue;
        if (options_.once) break;
        wait_for_work();
    }
    write_figures(true);
    tell(level::info, "stopped", {});
    return done_;
}

bool store_worker::round() {
    done_.figures.last_round = now();
    bool const fired = fire_deadlines();
    bool const handed = !is_over_() && hand_out();
    return fired || handed;
}

// --- deadlines -----------------------------------------------------------------------------------------------------

bool store_worker::fire_deadlines() {
    auto const at = now();
    auto const until = plus_seconds(at, options_.lease_seconds);
    auto const mine = store_.claim_due({options_.name, at, until, options_.batch});
    for (auto const& one : mine) is_over_() ? static_cast<void>(store_.give_back(one, options_.name)) : fire(one);
    return !mine.empty();
}

// One that cannot be brought up to date keeps its lease, so that it is not tried again at once.
void store_worker::fire(store::due_dispute const& one) {
    try {
        auto const at = now();
        auto const given = disputes_.pass_time(one.dispute, at);
        if (!given || given->lapsed.empty()) return;  // somebody else was here first
        ++done_.figures.deadlines_fired;
        done_.figures.deadline_lag_seconds = static_cast<double>(at.microseconds - one.due.microseconds) / 1e6;
        tell(level::info, "deadline_fired",
             {{"dispute", to_text(one.dispute)},
              {"due", to_text(one.due)},
              {"version", std::to_string(given->version)}});
    } catch (failure const& broken) {
        if (broken.kind() == failure_kind::store_unavailable) throw;
        ++done_.figures.deadlines_failed;
        done_.whole = false;
        tell(level::error, "deadline_failed", {{"dispute", to_text(one.dispute)}, {"reason", broken.what()}});
    }
}

// --- effects -------------------------------------------------------------------------------------------------------

bool store_worker::hand_out() {
    if (hosts_.empty()) return false;
    auto const at = now();
    auto const claimed_ms = steady_ms();
    auto const mine = store_.claim_outbox(
        {options_.name, at, plus_seconds(at, options_.lease_seconds), std::max(options_.batch, hosts_.size())});
    hosts_.size() == 1 || mine.size() < 2 ? carry_out_one_by_one(mine, claimed_ms)
                                          : carry_out_at_once(mine, claimed_ms);
    return !mine.empty();
}

void store_worker::carry_out_one_by_one(std::vector<store::claimed_effect> const& mine, std::int64_t claimed_ms) {
    for (auto const& one : mine) {
        auto const began_ms = steady_ms();
        auto const answer = carry_out(*hosts_.front(), one, claimed_ms);
        judge(one, answer, static_cast<double>(steady_ms() - began_ms) / 1e3);
    }
}

// Of each dispute the store has handed out one effect only, so no two of these follow each other, and what follows one is
// handed out when that one is settled. The store, the log and the figures are this thread's alone: the others carry out,
// and this one settles what they have done as it comes.
void store_worker::carry_out_at_once(std::vector<store::claimed_effect> const& mine, std::int64_t claimed_ms) {
    struct ended {
        std::size_t which = 0;
        std::optional<carried> answer{};
        double seconds = 0;
        std::exception_ptr broken{};
    };
    std::mutex lock;
    std::condition_variable some_ended;
    std::deque<ended> all_ended;
    std::atomic<std::size_t> next{0};
    auto const carry = [&](carrier& host) {
        for (auto which = next++; which < mine.size(); which = next++) {
            ended one{which};
            auto const began_ms = steady_ms();
            try {
                one.answer = carry_out(host, mine[which], claimed_ms);
            } catch (...) {
                one.broken = std::current_exception();
            }
            one.seconds = static_cast<double>(steady_ms() - began_ms) / 1e3;
            std::lock_guard const mine_alone{lock};
            all_ended.push_back(std::move(one));
            some_ended.notify_one();
        }
    };
    struct joined {  // also when the store does not answer: then what is not begun is left to its lease
        std::atomic<std::size_t>& next;
        std::size_t last;
        std::vector<std::thread> threads{};
        ~joined() {
            next = last;
            for (auto& one : threads) one.join();
        }
    } others{next, mine.size()};
    for (std::size_t at = 0; at < std::min(hosts_.size(), mine.size()); ++at)
        others.threads.emplace_back([&carry, &host = *hosts_[at]] { carry(host); });
    std::exception_ptr first_broken;
    for (std::size_t settled = 0; settled < mine.size(); ++settled) {
        std::unique_lock held{lock};
        some_ended.wait(held, [&] { return !all_ended.empty(); });
        auto const one = std::move(all_ended.front());
        all_ended.pop_front();
        held.unlock();
        if (one.broken && !first_broken) first_broken = one.broken;
        if (!one.broken) judge(mine[one.which], one.answer, one.seconds);
    }
    if (first_broken) std::rethrow_exception(first_broken);
}

std::optional<carried> store_worker::carry_out(carrier& host, store::claimed_effect const& one,
                                               std::int64_t claimed_ms) const {
    // What would end after its lease is another's to do.
    bool const in_time = steady_ms() - claimed_ms + options_.timeout_ms < options_.lease_seconds * 1000;
    if (is_over_() || !in_time) return std::nullopt;
    return host.carry_out(delivery_key(one.effect), delivery_line(one));
}

void store_worker::judge(store::claimed_effect const& one, std::optional<carried> const& answer, double seconds) {
    if (!answer) return settle(one, store::given_back{}, "given_back");
    done_.figures.add_duration(seconds);
    auto const at = now();
    if (answer->what == carried::outcome::done) {
        settle(one, store::delivered{}, "delivered");
    } else if (answer->what == carried::outcome::failed && one.attempt >= options_.attempts) {
        done_.whole = false;
        tell(level::error, "effect_parked",
             {{"key", delivery_key(one.effect)}, {"reason", answer->reason}, {"attempt", std::to_string(one.attempt)}});
        settle(one, store::parked{at, answer->reason}, "parked");
    } else {
        auto const until = plus_seconds(at, std::max(pause_seconds(one.attempt), answer->wait_seconds));
        tell(level::warning, "effect_put_off",
             {{"key", delivery_key(one.effect)},
              {"reason", answer->reason},
              {"attempt", std::to_string(one.attempt)},
              {"until", to_text(until)}});
        settle(one, store::put_off{until, answer->reason}, "put_off");
    }
}

// What was carried out and cannot be settled is handed out again, so a store that is busy is asked more than once.
void store_worker::settle(store::claimed_effect const& one, store::delivery const& what, char const* word) {
    for (int tries = 1;; ++tries) {
        try {
            bool const mine = store_.settle_claimed(one, what);
            if (!mine) ++done_.figures.leases_lost;
            ++done_.figures.effects[{one.effect.entry.kind, mine ? word : "lost"}];
            tell(mine ? level::info : level::warning, mine ? "effect_settled" : "lease_lost",
                 {{"key", delivery_key(one.effect)}, {"kind", one.effect.entry.kind}, {"outcome", word}});
            return;
        } catch (failure const& broken) {
            if (broken.kind() != failure_kind::store_unavailable || tries == settle_tries) throw;
            std::this_thread::sleep_for(std::chrono::milliseconds{100 << tries});
        }
    }
}

// Twice as long after each attempt, and between half of that and all of it by chance, so that what failed together does
// not come again together.
std::int64_t store_worker::pause_seconds(std::uint32_t attempt) {
    std::int64_t longest = options_.backoff_seconds;
    for (std::uint32_t at = 1; at < attempt && longest < options_.backoff_seconds_max; ++at) longest *= 2;
    longest = std::min(longest, options_.backoff_seconds_max);
    return luck_.between((longest + 1) / 2, longest);
}

// --- around it -----------------------------------------------------------------------------------------------------

void store_worker::rest(std::int64_t ms) const {
    constexpr std::int64_t slice_ms = 50;
    for (auto const until = steady_ms() + ms; !is_over_() && steady_ms() < until;)
        std::this_thread::sleep_for(std::chrono::milliseconds{std::min(slice_ms, until - steady_ms())});
}

// With a bell until it rings, until the next deadline of any dispute, or until the pause is over: a bell may be missed, and
// what was put off rings none.
void store_worker::wait_for_work() {
    if (!woken_) return rest(options_.poll_ms);
    constexpr std::int64_t slice_ms = 100;  // so that a worker that is told to stop does
    constexpr std::int64_t another_has_it_ms = 1000;
    auto const ms_until = [&](instant due) {
        auto const now_at = now();
        return due <= now_at ? another_has_it_ms : (due.microseconds - now_at.microseconds) / 1000 + 1;
    };
    try {
        auto pause_ms = options_.poll_ms;
        if (auto const next = store_.due(last_instant, 1); !next.empty() && !options_.now)
            pause_ms = std::min(pause_ms, ms_until(next[0].due));
        for (auto const until = steady_ms() + pause_ms; !is_over_() && steady_ms() < until;)
            if (woken_(std::min(slice_ms, until - steady_ms()))) return;
    } catch (failure const& broken) {
        if (broken.kind() != failure_kind::store_unavailable) throw;
        tell(level::warning, "bell_unavailable", {{"reason", broken.what()}});
        rest(options_.poll_ms);
    }
}

void store_worker::write_figures(bool at_once) {
    if (options_.figures_path.empty()) return;
    if (!at_once && figures_written_ms_ > 0 && steady_ms() - figures_written_ms_ < options_.figures_interval_ms) return;
    try {
        done_.figures.parked = store_.parked_effects(0, 1000).size();
        write_whole(options_.figures_path, to_prometheus(done_.figures, options_.name));
    } catch (failure const& broken) {  // figures are no reason to stop working
        tell(level::error, "figures_not_written", {{"reason", broken.what()}});
    }
    figures_written_ms_ = steady_ms();
}

void store_worker::tell(level how, std::string_view what, std::initializer_list<field> fields) {
    constexpr std::string_view levels[] = {"info", "warning", "error"};
    boost::json::object line{{"at", to_text(now())},
                             {"level", levels[static_cast<std::size_t>(how)]},
                             {"worker", options_.name},
                             {"event", what}};
    for (auto const& [name, value] : fields) line[name] = value;
    log_ << boost::json::serialize(line) << std::endl;
}

}  // namespace recourse::tools
