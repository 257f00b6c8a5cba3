// The contract on one SQLite file.
#include "recourse/store/sqlite.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "archive.hpp"
#include "connection.hpp"
#include "damages.hpp"
#include "format.hpp"
#include "leases.hpp"
#include "query.hpp"
#include "refusals.hpp"
#include "statements.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"
#include "texts.hpp"

namespace recourse::store {
namespace sqlite {
namespace {

std::vector<std::uint64_t> hashes_in(query const& row, int column) {
    auto const keys = row.blob_view(column);
    auto hashes = store::hashes_in(keys);
    if (!hashes) row.refuse(column, "has " + std::to_string(keys.size()) + " bytes, no multiple of 8");
    return *std::move(hashes);
}

std::optional<policy_document> policy_in(query& row) {
    if (!row.next()) return std::nullopt;
    policy_document found{row.fingerprint(0), row.identifier<policy_id>(1), row.natural(2), row.text(3)};
    if (sha256(found.text) != found.hash) row.refuse(0, "is not the hash of the policy's text");
    return found;
}

// What conflicts is found by the rows of payments and the policy, in turn, before anything else is written. Where there is
// only one of them nothing has to be taken back; to be able to costs a copy of every page.
bool may_write_before_a_conflict(store::append const& one) { return one.ledger.size() + (one.policy ? 1U : 0U) > 1; }

class sqlite_store final : public contract {
  public:
    explicit sqlite_store(connection at) : connection_{std::move(at)}, archive_{connection_.options()} {
        settle_format(connection_);
    }

    std::optional<loaded> load(dispute_key const& key) override {
        query row{connection_, sql("read_dispute"), key.group, key.dispute};
        if (!row.next()) return std::nullopt;
        if (row.blob_view(2) == archived_keys) return load_archived(key, row.version(0), row.fingerprint(3));
        return loaded{row.version(0), row.blob(4), row.moment(1), hashes_in(row, 2), row.fingerprint(3)};
    }

    std::vector<stored_event> events(dispute_key const& key, std::uint32_t after) override {
        return read_events(connection_, key, after);
    }

    std::vector<outcome> append(std::span<store::append const> group) override {
        require_well_formed(group);
        std::vector<outcome> outcomes;
        if (group.empty()) return outcomes;
        outcomes.reserve(group.size());
        bool any_written = false;
        bool all_written = true;
        transaction whole{connection_};
        for (auto const& one : group) {
            // One that is alone is rolled back with its transaction.
            bool const saves = group.size() > 1 && may_write_before_a_conflict(one);
            if (saves) query{connection_, "SAVEPOINT one"}.run();
            bool const on_nothing = rests_on_nothing(group, outcomes);
            auto& answer = outcomes.emplace_back(append_one(one, on_nothing));
            bool const written = std::holds_alternative<committed>(answer);
            any_written = any_written || written;
            all_written = all_written && written;
            if (saves && !written) query{connection_, "ROLLBACK TO one"}.run();
            if (saves) query{connection_, "RELEASE one"}.run();
        }
        if (!all_written && holds_together(group)) {
            take_back(group, outcomes);
            return outcomes;  // and nothing is committed
        }
        if (any_written) whole.commit();
        return outcomes;
    }

    std::vector<due_dispute> due(instant now, std::size_t limit) override {
        std::vector<due_dispute> found;
        query row{connection_, sql("read_due"), now.microseconds, clamped(limit)};
        while (row.next()) found.push_back({row.key(0), row.version(2), {row.integer(3)}});
        return found;
    }

    std::optional<ledger_row> ledger(settlement_group const& group, payment_id const& payment) override {
        query row{connection_, sql("read_ledger"), group, payment};
        if (!row.next()) return std::nullopt;
        ledger_row found;
        found.payment = payment;
        found.version = static_cast<std::uint64_t>(row.positive(0));
        found.currency = row.text(1);
        found.captured_minor = row.integer(2);
        found.reserved_minor = row.integer(3);
        found.refunded_minor = row.integer(4);
        found.lines = row.blob(5);
        if (!holds_invariant(found))
            row.refuse(2, "does not cover what is reserved and refunded of payment " + std::string{payment.text()});
        return found;
    }

    std::vector<pending_effect> outbox(std::uint64_t after, std::size_t limit) override {
        std::vector<pending_effect> found;
        query row{connection_, sql("read_outbox"), clamped(after), clamped(limit)};
        while (row.next()) found.push_back(effect_in(row));
        return found;
    }

    bool settle(std::uint64_t position) override { return sqlite::settle(connection_, position); }

    std::optional<policy_document> policy(digest const& hash) override {
        query row{connection_, sql("read_policy"), hash};
        return policy_in(row);
    }

    std::optional<policy_document> policy(policy_id const& id, std::uint32_t version) override {
        query row{connection_, sql("find_policy"), id, version};
        return policy_in(row);
    }

    std::vector<dispute_key> disputes(std::optional<dispute_key> const& after, std::size_t limit) override {
        std::vector<dispute_key> found;
        dispute_key const start = after.value_or(dispute_key{});
        query row{connection_, sql("list_disputes"), start.group, start.dispute, clamped(limit)};
        while (row.next()) found.push_back(row.key(0));
        return found;
    }

    void refuse(refused_command const& one, keeping how) override {
        require_well_formed(one);
        transaction whole{connection_};
        write_refusal(connection_, one, how);
        whole.commit();
    }
    std::vector<code_count> refusal_counts(dispute_key const& key) override {
        return read_refusal_counts(connection_, key);
    }
    std::vector<refused_command> refusals(dispute_key const& key, std::size_t limit) override {
        return read_refusals(connection_, key, clamped(limit));
    }

    std::vector<personal_text> texts(dispute_key const& key) override { return read_texts(connection_, key); }
    std::uint64_t erase(actor const& subject) override { return erase_texts(connection_, subject); }

    std::vector<damage> damages() override {
        transaction reading{connection_, transaction::reading};  // one moment of the file
        auto found = find_damages(connection_);
        find_archive_damages(connection_, archive_, found);
        return found;
    }

    std::vector<fed_event> feed(std::uint64_t after, std::size_t limit) override {
        auto found = read_feed(connection_, after, limit);
        // The first file first: what has left it by then the archive has, which never loses anything.
        auto* const archived = archive_.if_there();
        if (archived == nullptr) {
            require_nothing_missing(found, after);
            return found;
        }
        auto const others = read_feed(*archived, after, limit);
        std::vector<fed_event> all;
        std::set_union(found.begin(), found.end(), others.begin(), others.end(), std::back_inserter(all),
                       [](auto const& one, auto const& two) { return one.position < two.position; });
        if (all.size() > limit) all.resize(limit);
        return all;
    }

    // Events have ascending positions without a gap, but for those that were archived, and where an import or a migration
    // went up. Only where there is one, and once, is it looked for what is in an archive that is not there: an archive that
    // is made later is there.
    void require_nothing_missing(std::vector<fed_event> const& found, std::uint64_t after) {
        bool gap = false;
        for (auto before = after; auto const& one : found) {
            gap = gap || one.position != before + 1;
            before = one.position;
        }
        if (!gap || nothing_archived_) return;
        if (has_archived(connection_)) static_cast<void>(archive_.at());
        nothing_archived_ = true;
    }

    static std::vector<fed_event> read_feed(connection& at, std::uint64_t after, std::size_t limit) {
        std::vector<fed_event> found;
        query row{at, sql("read_feed"), clamped(after), clamped(limit)};
        while (row.next()) {
            auto& [position, dispute, event] = found.emplace_back();
            position = static_cast<std::uint64_t>(row.positive(0));
            dispute = row.key(1);
            event.version = row.version(3);
            event.at = {row.integer(4)};
            event.type = row.text(5);
            if (!row.is_null(6)) {
                event.command = row.text(6);
                event.fingerprint = row.fingerprint(7);
            }
            event.body = row.blob(8);
            event.recorded_at = row.moment(9);
            event.link = row.fingerprint(10);
        }
        return found;
    }

    std::vector<due_dispute> claim_due(claim const& asked) override { return sqlite::claim_due(connection_, asked); }
    bool give_back(due_dispute const& one, std::string_view worker) override {
        return sqlite::give_back(connection_, one, worker);
    }
    std::vector<claimed_effect> claim_outbox(claim const& asked) override {
        return sqlite::claim_outbox(connection_, asked);
    }
    bool settle_claimed(claimed_effect const& one, delivery const& what) override {
        return sqlite::settle_claimed(connection_, one, what);
    }
    std::vector<parked_effect> parked_effects(std::uint64_t after, std::size_t limit) override {
        return sqlite::parked_effects(connection_, after, limit);
    }
    bool release(std::uint64_t position) override { return sqlite::release(connection_, position); }

  private:
    std::vector<stored_event> read_events(connection& at, dispute_key const& key, std::uint32_t after) {
        std::vector<stored_event> found;
        query row{at, sql("read_events"), key.group, key.dispute, after};
        std::uint32_t of_dispute = 0;
        while (row.next()) {
            if (&at == &connection_ && of_dispute == 0 && row.blob_view(9) == archived_keys)
                return read_events(archive_.at(), key, after);
            of_dispute = row.version(0);
            if (row.is_null(1)) break;  // the dispute's row alone: no event is later
            auto& event = found.emplace_back();
            event.version = row.version(1);
            if (event.version - after != found.size())
                row.refuse(1, "is " + std::to_string(event.version) + ", and an event before it is missing");
            event.at = {row.integer(2)};
            event.type = row.text(3);
            if (!row.is_null(4)) {
                event.command = row.text(4);
                event.fingerprint = row.fingerprint(5);
            }
            event.body = row.blob(6);
            event.recorded_at = row.moment(7);
            event.link = row.fingerprint(8);
        }
        if (of_dispute > after && of_dispute - after != found.size())
            at.corrupt("is damaged: dispute " + to_text(key) + " has version " + std::to_string(of_dispute) +
                       " and its events end at " + std::to_string(after + found.size()));
        return found;
    }

    // Writes until it meets a conflict; the caller takes back what was written by then.
    outcome append_one(store::append const& one, bool on_nothing) {
        std::uint32_t actual = 0;
        std::string keys;
        digest head;
        auto const hash = command_hash(one.command);
        bool archived = false;
        {
            query row{connection_, sql("read_version"), one.dispute.group, one.dispute.dispute};
            if (row.next()) {
                actual = row.version(0);
                auto const known = hashes_in(row, 1);
                archived = row.blob_view(1) == archived_keys;
                if (archived || std::find(known.begin(), known.end(), hash) != known.end())
                    if (auto answer = answer_before(archived ? archive_.at() : connection_, one)) return *answer;
                keys = row.blob(1);
                head = row.fingerprint(2);
            }
        }
        if (actual != one.expected || on_nothing) return conflict{conflict::cause::dispute_version, actual};
        if (archived)
            throw failure{failure_kind::store_unavailable,
                          "dispute " + to_text(one.dispute) + " was archived to " +
                              archive_path(connection_.options().path) +
                              ": bring it back with `recourse store restore`, and send this again"};
        for (auto const& change : one.ledger)
            if (auto why = write_ledger(one.dispute.group, change.after)) return *why;
        if (one.policy)
            if (auto why = write_policy(*one.policy)) return *why;
        head = write_events(one, head);
        write_dispute(one, with_hash(std::move(keys), hash), head);
        write_outbox(one);
        write_texts(connection_, one);
        return committed{one.events.back().version};
    }

    // nullopt: another key has the same hash.
    static std::optional<outcome> answer_before(connection& at, store::append const& one) {
        query row{at, sql("find_command"), one.dispute.group, one.dispute.dispute, one.command};
        if (!row.next()) return std::nullopt;
        if (row.fingerprint(1) != one.fingerprint) return key_reused{};
        return duplicate{row.version(0)};
    }

    std::optional<conflict> write_ledger(settlement_group const& group, ledger_row const& row) {
        auto const statement = row.version == 1 ? sql("open_ledger") : sql("advance_ledger");
        auto const& [payment, version, currency, captured, reserved, refunded, lines] = row;
        bytes const content{lines};
        auto const sum =
            seal(ledger_seal, group, payment, clamped(version), currency, captured, reserved, refunded, content);
        query change{connection_, statement, group,   payment, clamped(version), currency, captured,
                     reserved,    refunded,  content, sum};
        if (change.run() == 1) return std::nullopt;
        auto const found = ledger(group, row.payment);
        return conflict{conflict::cause::ledger_version, found ? found->version : 0};
    }

    std::optional<conflict> write_policy(policy_document const& document) {
        {
            auto const known = policy(document.id, document.version);
            if (known && known->hash != document.hash) return conflict{conflict::cause::policy_differs, 0};
        }
        query{connection_, sql("write_policy"), document.hash, document.id, document.version, document.text}.run();
        return std::nullopt;
    }

    void write_dispute(store::append const& one, std::string const& keys, digest const& head) {
        auto const& [group, dispute] = one.dispute;
        auto const version = one.events.back().version;
        bytes const packed{keys};
        bytes const state{one.state};
        auto const sum = seal(dispute_seal, group, dispute, version, one.next_due, packed, head, state);
        int const written =
            one.expected == 0
                ? query{connection_, sql("open_dispute"), group, dispute, version, one.next_due, packed, head, state,
                        sum}
                      .run()
                : query{connection_, sql("advance_dispute"),
                        group,       dispute,
                        version,     one.next_due,
                        packed,      head,
                        state,       sum,
                        one.expected}
                      .run();
        // Its version was read in this transaction, so only a file with two truths about it comes here.
        if (written != 1)
            connection_.corrupt("is damaged: the row of dispute " + to_text(one.dispute) + " cannot be written");
    }

    // The link of the last one.
    digest write_events(store::append const& one, digest link) {
        auto const& [group, dispute] = one.dispute;
        for (auto const& given : one.events) {
            auto const statement = sql("write_event");
            bool const first = &given == &one.events.front();
            auto event = given;
            event.command = first ? one.command : std::string{};
            event.fingerprint = first ? one.fingerprint : digest{};
            link = link_of(one.dispute, link, event);
            bytes const body{event.body};
            if (first)
                query{connection_,       statement,  group,         dispute,           event.version, event.at,
                      event.recorded_at, event.type, event.command, event.fingerprint, body,          link}
                    .run();
            else
                query{connection_,       statement,  group,   dispute, event.version, event.at,
                      event.recorded_at, event.type, nullptr, nullptr, body,          link}
                    .run();
        }
        return link;
    }

    void write_outbox(store::append const& one) {
        auto const& [group, dispute] = one.dispute;
        auto const version = one.events.back().version;
        if (one.outbox.empty()) return;
        auto position = first_position();
        std::uint32_t effect = 0;
        for (auto const& entry : one.outbox) {
            bytes const body{entry.body};
            auto const sum = seal(effect_seal, position, group, dispute, version, effect, entry.kind, body);
            query{connection_, sql("write_effect"), position, group, dispute, version, effect, entry.kind, body, sum}
                .run();
            ++effect;
            ++position;
        }
    }

    // Of the effects of the command whose last event was written just now.
    std::int64_t first_position() {
        constexpr auto each = std::int64_t{effects_an_event};
        query row{connection_, sql("last_event")};
        auto const last_event = row.next() ? row.integer(0) : 0;
        if (last_event < 1 || last_event > std::numeric_limits<std::int64_t>::max() / each - 1)
            row.refuse(0, "is " + std::to_string(last_event) + ", which no event that was written just now can have");
        return last_event * each;
    }

    loaded load_archived(dispute_key const& key, std::uint32_t version, digest const& head) {
        query row{archive_.at(), sql("read_dispute"), key.group, key.dispute};
        if (!row.next() || row.version(0) < version || (row.version(0) == version && row.fingerprint(3) != head))
            connection_.corrupt("is damaged: dispute " + to_text(key) +
                                " was archived, and the archive does not have it");
        return {row.version(0), row.blob(4), row.moment(1), hashes_in(row, 2), row.fingerprint(3)};
    }

    connection connection_;
    archive_file archive_;
    bool nothing_archived_ = false;  // was seen while there was no archive
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<contract> open_sqlite(sqlite_options const& options) {
    return std::make_unique<sqlite::sqlite_store>(sqlite::connection{options});
}
std::unique_ptr<contract> open_sqlite(sqlite3* host) {
    return std::make_unique<sqlite::sqlite_store>(sqlite::connection{host});
}

}  // namespace recourse::store
