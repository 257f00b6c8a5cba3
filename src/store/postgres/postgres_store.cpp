// The contract on PostgreSQL.
#include "recourse/store/postgres.hpp"

#include <stdexcept>
#include <type_traits>

#include "appending.hpp"
#include "archive.hpp"
#include "connection.hpp"
#include "damages.hpp"
#include "format.hpp"
#include "query.hpp"
#include "refusals.hpp"
#include "store/kept_back.hpp"
#include "store/packed.hpp"
#include "texts.hpp"

namespace recourse::store {
namespace postgres {
namespace {

constexpr int tries_max = 20;

std::optional<policy_document> policy_in(rows row) {
    if (!row.next()) return std::nullopt;
    policy_document found{row.fingerprint(0), row.identifier<policy_id>(1), row.natural(2), row.blob(3)};
    if (sha256(found.text) != found.hash) row.refuse(0, "is not the hash of the policy's text");
    return found;
}

std::vector<due_dispute> due_in(rows row) {
    std::vector<due_dispute> found;
    while (row.next()) found.push_back({row.key(0), row.version(2), {row.integer(3)}});
    return found;
}

pending_effect effect_in(rows const& row) {
    return {static_cast<std::uint64_t>(row.positive(0)),
            row.key(1),
            row.version(3),
            row.natural(4),
            {row.blob(5), row.blob(6)}};
}

std::vector<pending_effect> effects_in(rows row) {
    std::vector<pending_effect> found;
    while (row.next()) found.push_back(effect_in(row));
    return found;
}

bool is_position(std::uint64_t position) { return clamped(position) == static_cast<std::int64_t>(position); }

class postgres_store final : public contract {
  public:
    explicit postgres_store(postgres_options const& options) : at_{options} {
        reading([&] { return true; });  // finds the server and the tables, or says what is wrong
    }

    std::optional<loaded> load(dispute_key const& key) override {
        return reading([&]() -> std::optional<loaded> {
            auto row = ask(at_, sql("read_dispute"), key.group, key.dispute);
            if (!row.next()) {
                auto const since = archived_since(at_, key);
                if (!since) return std::nullopt;
                auto found = load_archived(at_, key, *since);
                if (!found) throw lost_race{};  // it has come back since
                return found;
            }
            auto const keys = row.blob(2);
            auto hashes = hashes_in(keys);
            if (!hashes) row.refuse(2, "has " + std::to_string(keys.size()) + " bytes, no multiple of 8");
            return loaded{row.version(0), row.blob(4), row.moment(1), *std::move(hashes), row.fingerprint(3)};
        });
    }

    std::vector<stored_event> events(dispute_key const& key, std::uint32_t after) override {
        return reading([&] { return read_events(key, after); });
    }

    std::vector<outcome> append(std::span<store::append const> group) override {
        require_well_formed(group);
        if (group.empty()) return {};
        // At first without locks: who is alone never waits for a client that stands still.
        return writing([&](int tries) { return try_to_append(at_, group, tries > 0); });
    }

    std::vector<due_dispute> due(instant now, std::size_t limit) override {
        return reading([&] { return due_in(ask(at_, sql("read_due"), now, clamped(limit))); });
    }

    std::optional<ledger_row> ledger(settlement_group const& group, payment_id const& payment) override {
        return reading([&]() -> std::optional<ledger_row> {
            auto row = ask(at_, sql("read_ledger"), group, payment);
            if (!row.next()) return std::nullopt;
            ledger_row found;
            found.payment = payment;
            found.version = static_cast<std::uint64_t>(row.positive(0));
            found.currency = row.blob(1);
            found.captured_minor = row.integer(2);
            found.reserved_minor = row.integer(3);
            found.refunded_minor = row.integer(4);
            found.lines = row.blob(5);
            if (!holds_invariant(found))
                row.refuse(2, "does not cover what is reserved and refunded of payment " + std::string{payment.text()});
            return found;
        });
    }

    std::vector<pending_effect> outbox(std::uint64_t after, std::size_t limit) override {
        return reading([&] {
            return effects_in(ask(at_, sql("read_outbox"), clamped(after), clamped(limit), at_.position_base));
        });
    }

    bool settle(std::uint64_t position) override {
        return is_position(position) && changes_one(sql("settle_effect"), position);
    }

    std::optional<policy_document> policy(digest const& hash) override {
        return reading([&] { return policy_in(ask(at_, sql("read_policy"), hash)); });
    }

    std::optional<policy_document> policy(policy_id const& id, std::uint32_t version) override {
        return reading([&] { return policy_in(ask(at_, sql("find_policy"), id, version)); });
    }

    std::vector<dispute_key> disputes(std::optional<dispute_key> const& after, std::size_t limit) override {
        return reading([&] {
            std::vector<dispute_key> found;
            dispute_key const start = after.value_or(dispute_key{});
            auto row = ask(at_, sql("list_disputes"), start.group, start.dispute, clamped(limit));
            while (row.next()) found.push_back(row.key(0));
            return found;
        });
    }

    void refuse(refused_command const& one, keeping how) override {
        require_well_formed(one);
        writing([&](int) {
            write_refusal(at_, one, how);
            return true;
        });
    }
    std::vector<code_count> refusal_counts(dispute_key const& key) override {
        return reading([&] { return read_refusal_counts(at_, key); });
    }
    std::vector<refused_command> refusals(dispute_key const& key, std::size_t limit) override {
        return reading([&] { return read_refusals(at_, key, clamped(limit)); });
    }

    std::vector<personal_text> texts(dispute_key const& key) override {
        return reading([&] { return read_texts(at_, key); });
    }
    std::uint64_t erase(actor const& subject) override {
        return writing([&](int) { return erase_texts(at_, subject); }, at_.options().rewrite_deadline_ms);
    }

    std::vector<damage> damages() override {
        return reading([&] { return find_damages(at_); });
    }

    std::vector<fed_event> feed(std::uint64_t after, std::size_t limit) override {
        return reading([&] {
            std::vector<fed_event> found;
            auto row = ask(at_, sql("read_feed"), clamped(after), clamped(limit), at_.position_base);
            // Who is behind what is archived reads both places at one moment.
            bool goes_on = row.next();
            bool const whole = goes_on && row.integer(11) > clamped(after);
            if (whole) {
                row = ask(at_, sql("read_whole_feed"), clamped(after), clamped(limit), at_.position_base);
                goes_on = row.next();
            }
            if (!whole && goes_on && row.is_null(0)) return found;  // how far the archive reaches, and no event
            for (; goes_on; goes_on = row.next()) {
                auto& [position, dispute, event] = found.emplace_back();
                position = static_cast<std::uint64_t>(row.positive(0));
                dispute = row.key(1);
                event.version = row.version(3);
                event.at = {row.integer(4)};
                event.type = row.blob(5);
                if (!row.is_null(6)) {
                    event.command = row.blob(6);
                    event.fingerprint = row.fingerprint(7);
                }
                event.body = row.blob(8);
                event.recorded_at = row.moment(9);
                event.link = row.fingerprint(10);
            }
            return found;
        });
    }

    std::vector<due_dispute> claim_due(claim const& asked) override {
        require_well_formed(asked);
        return writing([&](int) {
            return due_in(
                committed_alone(sql("claim_due"), asked.now, clamped(asked.limit), asked.until, asked.worker));
        });
    }

    bool give_back(due_dispute const& one, std::string_view worker) override {
        return changes_one(sql("give_back_due"), one.dispute.group, one.dispute.dispute, one.version, worker);
    }

    std::vector<claimed_effect> claim_outbox(claim const& asked) override {
        require_well_formed(asked);
        return writing([&](int) {
            std::vector<claimed_effect> found;
            auto row = committed_alone(sql("claim_outbox"), asked.now, clamped(asked.limit), asked.until, asked.worker,
                                       at_.position_base);
            while (row.next()) found.push_back({effect_in(row), row.natural(7), asked.worker});
            return found;
        });
    }

    bool settle_claimed(claimed_effect const& one, delivery const& what) override {
        require_well_formed(one);
        auto const position = one.effect.position;
        if (!is_position(position)) return false;
        if (std::holds_alternative<delivered>(what))
            return changes_one(sql("settle_claimed"), position, one.worker, one.attempt);
        auto const kept = after(one, what);
        return changes_one(sql("put_off_effect"), position, one.worker, one.attempt, kept.attempts, kept.free_at,
                           kept.parked_at, kept.reason);
    }

    std::vector<parked_effect> parked_effects(std::uint64_t after, std::size_t limit) override {
        return reading([&] {
            std::vector<parked_effect> found;
            auto row = ask(at_, sql("read_parked"), clamped(after), clamped(limit));
            while (row.next()) found.push_back({effect_in(row), instant{row.integer(7)}, row.natural(8), row.blob(9)});
            return found;
        });
    }

    bool release(std::uint64_t position) override {
        return is_position(position) && changes_one(sql("release_effect"), position);
    }

  private:
    // One statement that writes.
    template <class... Values>
    rows committed_alone(statement what, Values const&... values) {
        batch all{at_};
        all.begin();
        all.add(what, values...);
        all.commit();
        return std::move(all.run()[1]);
    }

    // A statement that says first how many rows it changed.
    template <class... Values>
    bool changes_one(statement what, Values const&... values) {
        return writing([&](int) {
            auto row = committed_alone(what, values...);
            return row.next() && row.integer(0) == 1;
        });
    }

    template <class Work>
    std::invoke_result_t<Work const&> reading(Work const& work) {
        return carry_out([&](int) { return work(); }, false, at_.options().deadline_ms);
    }
    template <class Work>
    std::invoke_result_t<Work const&, int> writing(Work const& work, int deadline_ms = 0) {
        if (at_.options().read_only) at_.unavailable("it was opened read-only");
        return carry_out(work, true, deadline_ms > 0 ? deadline_ms : at_.options().deadline_ms);
    }

    // What lost a race was not written and is tried again, from the reading on. A connection that went while nobody used
    // it is no reason to fail: another one is made, once, if nothing was under way to be committed.
    template <class Work>
    std::invoke_result_t<Work const&, int> carry_out(Work const& work, bool writes, int deadline_ms) {
        at_.start_call(deadline_ms);
        bool reconnected = false;
        for (int tries = 0; tries < tries_max;) {
            at_.committing = false;
            try {
                connect();
                if (writes) require_transaction();
                return work(tries);
            } catch (lost_race const&) {
                ++tries;
            } catch (lost_connection const& gone) {
                if (reconnected || at_.is_hosts() || at_.committing || !gone.another_may_do) throw;
                reconnected = true;
            } catch (...) {
                roll_back(at_);
                throw;
            }
        }
        at_.unavailable("others were faster " + std::to_string(tries_max) + " times; send the same call again");
    }

    void connect() {
        if (!at_.connect() && settled_) return;
        settle_format(at_);
        settled_ = true;
    }

    void require_transaction() {
        if (at_.is_hosts() && PQtransactionStatus(at_.handle()) != PQTRANS_INTRANS)
            throw std::logic_error{"a store on the host's connection writes only inside a transaction of the host's"};
    }

    std::vector<stored_event> read_events(dispute_key const& key, std::uint32_t after) {
        std::vector<stored_event> found;
        auto row = ask(at_, sql("read_events"), key.group, key.dispute, after);
        std::uint32_t of_dispute = 0;
        if (row.size() == 0) {
            auto const since = archived_since(at_, key);
            if (!since) return found;
            row = ask(at_, sql("read_archived_events"), key.group, key.dispute, after, *since);
            if (row.size() == 0) throw lost_race{};  // it has come back since
        }
        while (row.next()) {
            of_dispute = row.version(0);
            if (row.is_null(1)) break;  // the dispute's row alone: no event is later
            auto& event = found.emplace_back();
            event.version = row.version(1);
            if (event.version - after != found.size())
                row.refuse(1, "is " + std::to_string(event.version) + ", and an event before it is missing");
            event.at = {row.integer(2)};
            event.type = row.blob(3);
            if (!row.is_null(4)) {
                event.command = row.blob(4);
                event.fingerprint = row.fingerprint(5);
            }
            event.body = row.blob(6);
            event.recorded_at = row.moment(7);
            event.link = row.fingerprint(8);
        }
        if (of_dispute > after && of_dispute - after != found.size())
            at_.corrupt("is damaged: dispute " + to_text(key) + " has version " + std::to_string(of_dispute) +
                        " and its events end at " + std::to_string(after + found.size()));
        return found;
    }

    connection at_;
    bool settled_ = false;
};

}  // namespace
}  // namespace postgres

std::unique_ptr<contract> open_postgres(postgres_options const& options) {
    return std::make_unique<postgres::postgres_store>(options);
}

}  // namespace recourse::store
