// The simulation, wave by wave: a few disputes over a few payments are played at a time, then time closes them all.
#include "tools/simulate/simulate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "recourse/engine/candidates.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/simulate/failing_store.hpp"
#include "tools/simulate/play_by_chance.hpp"
#include "tools/simulate/watched.hpp"

namespace recourse::tools {
namespace {

constexpr std::size_t steps_of_a_dispute = 40;
constexpr std::size_t disputes_of_a_payment = 3;
constexpr std::size_t payments_of_a_wave = 4;
constexpr std::size_t disputes_of_a_wave = disputes_of_a_payment * payments_of_a_wave;

// Waves begin between 2026 and 2035, where every calendar of the orders has data for the years that follow.
constexpr std::int64_t first_wave = 1'767'600'000;  // 5 January 2026, 08:00 UTC
constexpr std::int64_t days_between_waves = 120;
constexpr std::size_t waves_in_a_round = 30;
constexpr std::int64_t days_to_close = 1000;

struct played_dispute {
    dispute_key key;
    order_facts order;
    std::vector<command> sent;  // accepted, or lost on the way: what may be delivered again
    std::size_t openings_refused = 0;
};

// A payment of which the host tells what happens beside its disputes.
struct played_payment {
    dispute_key file;
    command order;                         // begins the file
    std::vector<command> news;             // not told yet
    std::vector<command> told;             // what may be told again
    std::vector<chargeback::notice> ends;  // of each chargeback the notice beyond all others
    bool has_begun = false;
};

struct counts {
    std::size_t opened = 0;
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t duplicates = 0;
    std::size_t reused = 0;
    std::size_t crashes = 0;
    std::size_t settled = 0;
    std::size_t compared = 0;  // decisions made twice, by `decide` and by the engine
    std::size_t listed = 0;    // actions held against decisions
    std::size_t news = 0;      // of payments
    std::size_t news_again = 0;
};

class simulating {
  public:
    simulating(simulation_options const& options, std::ostream& out)
        : options_{options}, out_{out}, luck_{options.seed}, watched_{out} {
        auto text = options.policy.value_or(std::string{find_preset("aliexpress")->text});
        rules_ = read_policy(text).value();
    }

    simulated run() {
        auto const waves = (options_.disputes + disputes_of_a_wave - 1) / disputes_of_a_wave;
        auto const steps = options_.steps.value_or(options_.disputes * steps_of_a_dispute);
        simulated done;
        try {
            reopen();
            for (std::size_t wave = 0; wave < waves; ++wave) {
                auto const of_this = std::min(disputes_of_a_wave, options_.disputes - wave * disputes_of_a_wave);
                begin(wave, of_this);
                for (auto const until = (wave + 1) * steps / waves; step_ < until; ++step_) step();
                close_all();
            }
            watched_.look_at_pending(*behind_);
        } catch (broken_promise const& broken) {
            done.violation = broken.what;
        } catch (std::exception const& thrown) {
            done.violation = fmt::format("something was thrown: {}", thrown.what());
        }
        done.step = step_;
        tell_counts();
        return done;
    }

  private:
    // ---- the host ----------------------------------------------------------------------------------------------------

    // As after a crash: the engine and the connection are gone, and made anew.
    void reopen() {
        engine_.reset();
        store_.reset();
        if (options_.open) {
            behind_.reset();
            behind_ = options_.open();
        } else if (!behind_) {
            behind_ = store::open_memory();
        }
        store_ = std::make_unique<failing_store>(behind_, committed_);
        engine_ =
            std::make_unique<dispute_engine>(*store_, calendar_set{}, engine_options{.policies = soundness::trust});
        if (options_.policy) {
            if (auto const offered = engine_->offer_policy(*options_.policy); !offered)
                throw broken_promise{"the policy is refused: " + to_text(offered.error())};
        }
    }
    void crash() {
        ++counts_.crashes;
        reopen();
    }

    // Now and then the store breaks within the next calls.
    void arm() {
        if (!luck_.in(4, 100)) return;
        auto const moment = luck_.in(1, 2) ? failing_store::moment::before : failing_store::moment::after;
        store_->break_at(1 + luck_.below(6), moment);
    }

    // Delivers until there is an answer, as a host does that must not lose a command: each failure is a crash, and seldom
    // it gives up.
    template <class Call>
    auto delivered(Call&& call) -> std::optional<decltype(call())> {
        arm();
        while (true) {
            try {
                auto answer = call();
                store_->hold();
                return answer;
            } catch (failure const& broken) {
                if (broken.kind() != failure_kind::store_unavailable) throw;
                crash();
                if (luck_.in(1, 5)) return std::nullopt;
            }
        }
    }

    // ---- a wave ------------------------------------------------------------------------------------------------------

    void begin(std::size_t wave, std::size_t disputes) {
        watched_.forget();
        played_.clear();
        payments_.clear();
        current_ = 0;
        now_ = plus_seconds({first_wave * microseconds_per_second},
                            static_cast<std::int64_t>(wave % waves_in_a_round) * days_between_waves * seconds_per_day);
        for (std::size_t one = 0; one < disputes; ++one) {
            auto const payment = wave * payments_of_a_wave + one / disputes_of_a_payment;
            if (one % disputes_of_a_payment == 0) {
                order_ = some_order(luck_, payment, now_);
                watched_.expect(settlement_group{fmt::format("G-{}", payment)}, order_);
                if (luck_.in(1, 2)) expect_news(settlement_group{fmt::format("G-{}", payment)});
            }
            played_.push_back({{settlement_group{fmt::format("G-{}", payment)},
                                dispute_id{fmt::format("D-{}", one % disputes_of_a_payment + 1)}},
                               order_,
                               {},
                               0});
        }
    }

    void expect_news(settlement_group const& group) {
        played_payment made;
        made.file = file_of(group, order_.payment);
        made.order = numbered(made.file, bank(), payment::tell_order{rules_.id, rules_.version, order_});
        for (auto& body : some_news(luck_, order_, now_)) {
            if (auto const* told = std::get_if<chargeback::tell_chargeback>(&body)) {
                auto const notice = chargeback::notice_of(*told);
                auto const before = std::find_if(made.ends.begin(), made.ends.end(),
                                                 [&](auto const& one) { return one.chargeback == notice.chargeback; });
                if (before == made.ends.end())
                    made.ends.push_back(notice);
                else
                    *before = notice;
            }
            made.news.push_back(numbered(made.file, bank(), std::move(body)));
        }
        payments_.push_back(std::move(made));
    }
    static actor bank() { return {role::host, actor_id{"bank"}}; }

    void step() {
        // People mostly go on with what they were at, and seldom with what is over or was refused again and again.
        if (luck_.in(1, 2)) current_ = luck_.below(played_.size());
        for (int tries = 0; tries < 4 && seldom_played(played_[current_]) && !luck_.in(1, 8); ++tries)
            current_ = luck_.below(played_.size());
        auto& one = played_[current_];
        now_ = some_time_later(luck_, now_, due_of(one));
        auto const what = luck_.below(100);
        if (what < 70)
            act(one);
        else if (what < 74)
            tell_news(one);
        else if (what < 83)
            send_again(one);
        else if (what < 89)
            run_due(1 + luck_.below(5));
        else if (what < 92)
            pass_time(one);
        else if (what < 98)
            settle();
        else
            crash();
    }

    bool seldom_played(played_dispute const& one) {
        return one.openings_refused > 2 || watched_.all(one.key).dispute().in<dispute::closed>();
    }

    [[nodiscard]] std::optional<instant> due_of(played_dispute const& one) {
        auto const due = next_due(watched_.all(one.key));
        return due ? std::optional{due->clock.due} : std::nullopt;
    }

    // ---- steps -------------------------------------------------------------------------------------------------------

    command numbered(dispute_key const& key, actor by, command_body body) {
        command asked;
        asked.id = command_id{fmt::format("c-{}", ++commands_)};
        asked.dispute = key;
        asked.by = std::move(by);
        asked.body = std::move(body);
        return asked;
    }

    // Mostly of the payment that people are at.
    void tell_news(played_dispute& one) {
        if (payments_.empty()) return act(one);
        auto which = std::find_if(payments_.begin(), payments_.end(),
                                  [&](auto const& each) { return each.file.group == one.key.group; });
        if (which == payments_.end())
            which = payments_.begin() + static_cast<std::ptrdiff_t>(luck_.below(payments_.size()));
        auto& payment = *which;
        if (!payment.has_begun) {
            payment.has_begun = tell(payment.order, false);
        } else if (!payment.news.empty() && !(luck_.in(1, 5) && !payment.told.empty())) {
            tell_next(payment);
        } else if (!payment.told.empty()) {
            // Told again, as the same command or as news.
            auto asked = luck_.one_of(payment.told);
            bool const is_the_same = luck_.in(1, 2);
            if (!is_the_same) asked = numbered(payment.file, bank(), asked.body);
            ++counts_.news_again;
            tell(asked, is_the_same);
        }
    }

    // Out of order, but not by far.
    void tell_next(played_payment& payment) {
        auto const which = static_cast<std::ptrdiff_t>(luck_.below(std::min<std::size_t>(payment.news.size(), 4)));
        auto const asked = payment.news[static_cast<std::size_t>(which)];
        ++counts_.news;
        if (!tell(asked, false)) return;  // it is told until there is an answer
        payment.news.erase(payment.news.begin() + which);
        payment.told.push_back(asked);
    }

    // True if there was an answer.
    bool tell(command const& asked, bool was_told) {
        auto const given = delivered([&] { return engine_->submit(asked, now_); });
        look_at_group(asked.dispute.group);
        if (!given) return false;
        // Whoever is late or early, what a network says is heard; only a refund may be of more than is left.
        bool const may_be_refused = std::holds_alternative<payment::tell_outside_refund>(asked.body);
        if (!given->accepted() && !may_be_refused)
            throw broken_promise{fmt::format("{}: {} is refused: {}", to_text(asked.dispute), name(asked.body),
                                             to_text(given->refused.front()))};
        if (was_told && !given->duplicate && !may_be_refused)
            throw broken_promise{
                fmt::format("{}: command {} came again and was decided anew", to_text(asked.dispute), asked.id.text())};
        return true;
    }

    // In whichever order the notices came, each chargeback ends as the last of them says.
    void look_at_news() {
        for (auto const& payment : payments_) {
            auto const& all = watched_.all(payment.file);
            for (auto const& end : payment.ends) {
                bool const is_there = std::any_of(all.chargebacks().begin(), all.chargebacks().end(),
                                                  [&](auto const& one) { return one.kept.last == end; });
                if (!is_there)
                    throw broken_promise{fmt::format("{}: chargeback {} has not come to its end", to_text(payment.file),
                                                     end.chargeback.text())};
            }
        }
    }

    void act(played_dispute& one) {
        auto const seen = engine_->find(one.key);
        if (!seen || luck_.in(1, 60)) {
            auto const& money = watched_.account_of(one.key.group, one.order.payment);
            send(one,
                 numbered(one.key, {role::buyer, one.order.buyer.id}, some_opening(luck_, one.order, money, rules_)));
            return;
        }
        auto const may = [&](asked_by_chance const& tried) {
            command asked;
            asked.id = command_id{"trial"};
            asked.dispute = one.key;
            asked.by = tried.by;
            asked.body = tried.body;
            return decide(one.key, seen->all, seen->money, seen->known, asked, now_).accepted.has_value();
        };
        auto const chosen = some_command(luck_, seen->all, seen->known, *seen->money, may);
        if (!chosen) return pass_time(one);
        auto asked = numbered(one.key, chosen->by, chosen->body);
        if (luck_.in(1, 20)) asked.expected_version = seen->all.version + static_cast<std::uint32_t>(luck_.below(2));
        if (luck_.in(1, 16)) compare_actions(*seen, asked.by);
        // What the engine does with it is what `decide` says of what is stored.
        auto const expected = decide(one.key, seen->all, seen->money, seen->known, asked, now_);
        auto const crashes = counts_.crashes;
        auto const given = send(one, asked);
        if (!given || counts_.crashes != crashes) return;
        ++counts_.compared;
        bool same = given->accepted() == expected.accepted.has_value() && given->refused == expected.refused;
        if (same && expected.accepted) same = given->events == expected.accepted->events;
        if (!same) throw broken_promise{fmt::format("{}: the engine does not do what decide says", to_text(one.key))};
    }

    std::optional<answer> send(played_dispute& one, command const& asked) {
        auto const before = watched_.all(one.key).version;
        auto given = delivered([&] { return engine_->submit(asked, now_); });
        look_at_payment(one);
        if (!given) {
            one.sent.push_back(asked);
            return given;
        }
        if (given->duplicate) {
            ++counts_.duplicates;  // what was committed before the store broke
        } else if (given->accepted()) {
            ++counts_.accepted;
            counts_.opened += std::holds_alternative<dispute::open_dispute>(asked.body) ? 1U : 0U;
            if (watched_.all(one.key).version <= before)
                throw broken_promise{fmt::format("{}: accepted, and nothing was recorded", to_text(one.key))};
        } else {
            ++counts_.refused;
            if (before == 0) ++one.openings_refused;
            return given;
        }
        one.sent.push_back(asked);
        return given;
    }

    // A command that was delivered before comes again, or its id with other content.
    void send_again(played_dispute& one) {
        if (one.sent.empty()) return act(one);
        auto asked = luck_.one_of(one.sent);
        if (luck_.in(1, 8)) asked.by.id = actor_id{"somebody-else"};
        auto const before = watched_.all(one.key).version;
        auto const known = is_recorded(one.key, asked.id);
        auto const given = delivered([&] { return engine_->submit(asked, now_); });
        look_at_payment(one);
        if (!known || !given) return;
        if (watched_.all(one.key).version != before)
            throw broken_promise{
                fmt::format("{}: command {} came again and did something", to_text(one.key), asked.id.text())};
        bool const other = !given->refused.empty() && given->refused[0].code == refusal::command_id_reused;
        counts_.duplicates += given->duplicate ? 1U : 0U;
        counts_.reused += other ? 1U : 0U;
        if (given->duplicate == other)
            throw broken_promise{
                fmt::format("{}: command {} came again and was decided anew", to_text(one.key), asked.id.text())};
    }

    [[nodiscard]] bool is_recorded(dispute_key const& key, command_id const& id) const {
        auto const log = behind_->events(key, 0);
        return std::any_of(log.begin(), log.end(), [&](auto const& stored) { return stored.command == id.text(); });
    }

    void pass_time(played_dispute& one) {
        delivered([&] { return engine_->pass_time(one.key, now_); });
        look_at_payment(one);
    }

    void run_due(std::size_t limit) {
        auto const run = delivered([&] { return engine_->run_due(now_, limit); });
        look_at_all();
        if (run && !run->failed.empty())
            throw broken_promise{fmt::format("{}: {}", to_text(run->failed[0].dispute), run->failed[0].message)};
    }

    // The host carries an effect out and says so; after a crash it may say so again.
    void settle() {
        if (watched_.pending.empty()) return;
        auto at = watched_.pending.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(luck_.below(std::min<std::size_t>(watched_.pending.size(), 20))));
        auto const position = *at;
        auto const crashes = counts_.crashes;
        auto const was_pending = delivered([&] { return store_->settle(position); });
        if (was_pending && !*was_pending && counts_.crashes == crashes)
            throw broken_promise{fmt::format("the effect at {} was settled by nobody and is not pending", position)};
        if (behind_->settle(position) && was_pending)
            throw broken_promise{fmt::format("the effect at {} is pending after it was settled", position)};
        watched_.pending.erase(position);
        ++counts_.settled;
    }

    // What is listed as possible is accepted, and what is not is refused.
    void compare_actions(dispute_view const& seen, actor const& by) {
        auto const listed = actions(seen.key, seen.all, seen.money, seen.known, by, now_);
        auto const all = as_of(seen.key, seen.all, seen.money, seen.known, now_);
        for (auto const& body : candidates(all, seen.known, seen.money ? &*seen.money : nullptr)) {
            auto const number = number_named(body);
            auto const found = std::find_if(listed.begin(), listed.end(), [&](auto const& one) {
                return one.command == name(body) && (!one.number || one.number == number);
            });
            if (found == listed.end()) continue;
            ++counts_.listed;
            command asked;
            asked.id = command_id{"trial"};
            asked.dispute = seen.key;
            asked.by = by;
            asked.body = body;
            auto const made = decide(seen.key, seen.all, seen.money, seen.known, asked, now_);
            if (made.accepted && !found->allowed)
                throw broken_promise{fmt::format("{}: {} is accepted and listed as blocked for {}", to_text(seen.key),
                                                 found->command, by.id.text())};
        }
    }

    // A command to one dispute may apply the deadlines of the others over its payment.
    void look_at_payment(played_dispute const& one) { look_at_group(one.key.group); }
    void look_at_group(settlement_group const& group) {
        std::vector<dispute_key> keys;
        for (auto const& one : payments_) {
            if (one.file.group == group) keys.push_back(one.file);
        }
        for (auto const& other : played_) {
            if (other.key.group == group) keys.push_back(other.key);
        }
        watched_.look_at(*behind_, keys, committed_);
        committed_.clear();
        watched_.look_at_effects(*behind_);
    }
    void look_at_all() {
        std::vector<dispute_key> keys;
        for (auto const& one : payments_) keys.push_back(one.file);
        for (auto const& one : played_) keys.push_back(one.key);
        watched_.look_at(*behind_, keys, committed_);
        committed_.clear();
        watched_.look_at_effects(*behind_);
    }

    // What the host has not told yet it tells; then time alone closes what is still open.
    void close_all() {
        store_->hold();
        for (auto& payment : payments_) {
            while (!payment.has_begun) payment.has_begun = tell(payment.order, false);
            while (!payment.news.empty()) tell_next(payment);
        }
        now_ = plus_seconds(now_, days_to_close * seconds_per_day);
        store_->hold();
        while (!engine_->run_due(now_, 1000).applied.empty()) {}
        look_at_all();
        for (auto const& one : played_) watched_.look_at_the_end(*behind_, one.key);
        for (auto const& one : payments_) watched_.look_at_the_end(*behind_, one.file);
        look_at_news();
    }

    void tell_counts() {
        out_ << fmt::format(
            "{{\"seed\":{},\"steps\":{},\"disputes\":{},\"opened\":{},\"closed\":{},\"events\":{},\"accepted\":{},"
            "\"refused\":{},\"duplicates\":{},\"ids_reused\":{},\"lapses\":{},\"crashes\":{},\"effects\":{},"
            "\"settled\":{},"
            "\"decided_twice\":{},\"actions_compared\":{},\"news\":{},\"news_again\":{},\"refunded_minor\":{}}}\n",
            options_.seed, step_, options_.disputes, counts_.opened, watched_.closed, watched_.events, counts_.accepted,
            counts_.refused, counts_.duplicates, counts_.reused, watched_.lapses, counts_.crashes, watched_.effects,
            counts_.settled, counts_.compared, counts_.listed, counts_.news, counts_.news_again,
            watched_.refunded_minor);
    }

    simulation_options const& options_;
    std::ostream& out_;
    chance luck_;
    policy rules_;
    watched_disputes watched_;
    std::shared_ptr<store::contract> behind_;
    std::vector<dispute_key> committed_;  // what was appended to since the last look
    std::unique_ptr<failing_store> store_;
    std::unique_ptr<dispute_engine> engine_;
    std::vector<played_dispute> played_;
    std::vector<played_payment> payments_;  // those of the wave that have a file
    order_facts order_;
    instant now_{};
    std::size_t current_ = 0;  // which dispute people are at
    std::size_t step_ = 0;
    std::size_t commands_ = 0;
    counts counts_;
};

}  // namespace

simulated simulate(simulation_options const& options, std::ostream& out) { return simulating{options, out}.run(); }

}  // namespace recourse::tools
