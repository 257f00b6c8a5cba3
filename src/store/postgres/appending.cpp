// A group of appends becomes one update for each dispute and each payment, and an insert for each event and effect.
#include "appending.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "archive.hpp"
#include "query.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"
#include "texts.hpp"

namespace recourse::store::postgres {
namespace {

struct known_dispute {
    std::uint32_t stored = 0;   // the version in the database; 0: it is not there
    std::uint32_t version = 0;  // after the appends of the group that were judged so far
    std::string keys;
    digest head;
    std::optional<instant> due;  // in the database
    append const* last = nullptr;
    std::optional<instant> archived{};  // since when it rests there, if it does
};
struct known_payment {
    std::uint64_t stored = 0;
    std::uint64_t version = 0;
    ledger_row const* last = nullptr;
};
struct known_command {
    std::uint32_t version = 0;
    digest fingerprint;
};
using ledger_key = std::pair<settlement_group, payment_id>;
using policy_key = std::pair<policy_id, std::uint32_t>;
using command_key = std::pair<dispute_key, std::string>;

constexpr std::size_t numbers_in_transaction = 65536;  // the low bits of a position

class attempt {
  public:
    attempt(connection& at, std::span<append const> group, bool locking) : at_{at}, group_{group}, locking_{locking} {}

    std::vector<outcome> run() {
        read();
        find_known_commands();
        std::vector<outcome> outcomes;
        outcomes.reserve(group_.size());
        for (auto const& one : group_) outcomes.push_back(judge(one, rests_on_nothing(group_, outcomes)));
        bool const all = std::all_of(outcomes.begin(), outcomes.end(), is_committed);
        if (!all && holds_together(group_)) take_back(group_, outcomes);
        if (std::any_of(outcomes.begin(), outcomes.end(), is_committed))
            write(outcomes);
        else
            write_nothing(outcomes);
        return outcomes;
    }

  private:
    static bool is_committed(outcome const& one) { return std::holds_alternative<committed>(one); }

    // The maps are in order, and so are the locks: two groups never wait for each other.
    void read() {
        for (auto const& one : group_) {
            disputes_[one.dispute];
            for (auto const& [after] : one.ledger) payments_[{one.dispute.group, after.payment}];
            if (one.policy) policies_[{one.policy->id, one.policy->version}];
        }
        batch all{at_};
        if (begins_early()) all.begin();
        for (auto const& [key, unknown] : disputes_)
            all.add(locking_ ? sql("lock_version") : sql("read_version"), key.group, key.dispute);
        for (auto const& [key, unknown] : payments_)
            all.add(locking_ ? sql("lock_ledger") : sql("read_ledger_version"), key.first, key.second);
        for (auto const& [key, unknown] : policies_) all.add(sql("find_policy_hash"), key.first, key.second);
        if (at_.is_hosts()) all.add(sql("last_in_transaction"), at_.position_base);
        auto answers = all.run();
        auto row = answers.begin() + (begins_early() ? 1 : 0);
        for (auto& [key, known] : disputes_) {
            if (row->next()) {
                known.stored = known.version = row->version(0);
                known.keys = row->blob(1);
                known.head = row->fingerprint(2);
                known.due = row->moment(3);
                if (!hashes_in(known.keys))
                    row->refuse(1, "has " + std::to_string(known.keys.size()) + " bytes, no multiple of 8");
            }
            ++row;
        }
        for (auto& [key, known] : payments_) {
            if (row->next()) known.stored = known.version = static_cast<std::uint64_t>(row->positive(0));
            ++row;
        }
        for (auto& [key, hash] : policies_) {
            if (row->next()) hash = row->fingerprint(0);
            ++row;
        }
        if (at_.is_hosts() && row->next()) first_number_ = static_cast<std::size_t>(row->integer(0)) + 1;
        find_archived();
    }

    // A dispute that is not there may be archived. Who opens one looks only when somebody has that name (see
    // require_new), which is found at the end of the first try.
    void find_archived() {
        std::set<dispute_key> goes_on;
        for (auto const& one : group_)
            if (one.expected > 0 || locking_) goes_on.insert(one.dispute);
        for (auto const& key : goes_on) {
            auto& known = disputes_[key];
            if (known.stored > 0) continue;
            known.archived = archived_since(at_, key);
            if (!known.archived) continue;
            auto row = ask(at_, sql("read_archived"), key.group, key.dispute, *known.archived);
            if (!row.next()) throw lost_race{};
            known.stored = known.version = row.version(0);
            known.keys = row.blob(1);
            known.head = row.fingerprint(2);
            if (!hashes_in(known.keys))
                row.refuse(1, "has " + std::to_string(known.keys.size()) + " bytes, no multiple of 8");
        }
    }

    // A hash that is not among those of the dispute is proof that the command is new at that version; one that is there has
    // to be proved by the event.
    void find_known_commands() {
        std::set<command_key> asked;
        for (auto const& one : group_) {
            auto const known = hashes_in(disputes_[one.dispute].keys);
            if (known && std::find(known->begin(), known->end(), command_hash(one.command)) != known->end())
                asked.emplace(one.dispute, one.command);
        }
        if (asked.empty()) return;
        batch all{at_};
        for (auto const& [dispute, command] : asked) {
            std::string_view const named{command};
            if (auto const since = disputes_[dispute].archived)
                all.add(sql("find_archived_command"), dispute.group, dispute.dispute, named, *since);
            else
                all.add(sql("find_command"), dispute.group, dispute.dispute, named);
        }
        auto answers = all.run();
        auto row = answers.begin();
        for (auto const& key : asked) {
            if (row->next()) commands_[key] = {row->version(0), row->fingerprint(1)};
            ++row;
        }
    }

    outcome judge(append const& one, bool on_nothing) {
        command_key key{one.dispute, one.command};
        if (auto const before = commands_.find(key); before != commands_.end()) {
            if (before->second.fingerprint != one.fingerprint) return key_reused{};
            return duplicate{before->second.version};
        }
        auto& dispute = disputes_[one.dispute];
        if (dispute.version != one.expected || on_nothing)
            return conflict{conflict::cause::dispute_version, dispute.version};
        std::map<ledger_key, known_payment> changed;  // a payment may change twice in one append
        for (auto const& [after] : one.ledger) {
            ledger_key const payment{one.dispute.group, after.payment};
            auto& now = changed.try_emplace(payment, payments_[payment]).first->second;
            if (now.version + 1 != after.version) return conflict{conflict::cause::ledger_version, now.version};
            now.version = after.version;
            now.last = &after;
        }
        if (one.policy) {
            auto& hash = policies_[{one.policy->id, one.policy->version}];
            if (hash && *hash != one.policy->hash) return conflict{conflict::cause::policy_differs, 0};
            hash = one.policy->hash;
        }
        for (auto const& [payment, now] : changed) payments_[payment] = now;
        commands_[std::move(key)] = {one.events.front().version, one.fingerprint};
        dispute.version = one.events.back().version;
        dispute.last = &one;
        return committed{dispute.version};
    }

    // A duplicate is an answer like any other and has to be on the standby: it may be given before the commit that it
    // repeats is.
    void write_nothing(std::vector<outcome> const& outcomes) {
        bool const repeats = std::any_of(outcomes.begin(), outcomes.end(),
                                         [](auto const& one) { return std::holds_alternative<duplicate>(one); });
        if (!repeats) {
            roll_back(at_);
            return;
        }
        batch answer{at_};
        if (!begins_early()) answer.begin();
        answer.add(sql("acknowledge"));
        answer.commit();
        answer.run();
    }

    void write(std::vector<outcome> const& outcomes) {
        std::size_t numbers = 0;
        for (auto const& one : group_) numbers += one.events.size() + one.outbox.size();
        if (first_number_ + numbers > numbers_in_transaction)
            throw std::invalid_argument{"a transaction has " + std::to_string(numbers_in_transaction - 1) +
                                        " events and effects at most"};
        batch all{at_};
        if (!begins_early()) all.begin();
        // The links are made first, since the row of a dispute has the last one.
        std::vector<std::pair<append const*, stored_event>> events;
        for (std::size_t at = 0; at < group_.size(); ++at)
            if (is_committed(outcomes[at])) chain(group_[at], events);
        for (auto const& [key, now] : disputes_)
            if (now.last != nullptr) write_dispute(all, key, now);
        for (auto const& [key, now] : payments_)
            if (now.last != nullptr) write_ledger(all, key, now);
        for (std::size_t at = 0; at < group_.size(); ++at)
            if (is_committed(outcomes[at]) && group_[at].policy) {
                auto const& policy = *group_[at].policy;
                all.add(sql("write_policy"), policy.hash, policy.id, policy.version, std::string_view{policy.text});
            }
        auto number = first_number_;
        for (auto const& [one, event] : events) write_event(all, one->dispute, event, number++);
        for (std::size_t at = 0; at < group_.size(); ++at)
            if (is_committed(outcomes[at])) {
                write_outbox(all, group_[at], number);
                write_texts(all, group_[at]);
            }
        if (at_.options().announces && leaves_work(outcomes))
            all.add(sql("announce"), std::string_view{at_.options().schema});
        all.commit();
        all.run();
    }

    // Whether somebody who sleeps until the earliest deadline that he knows would sleep too long.
    bool leaves_work(std::vector<outcome> const& outcomes) const {
        for (std::size_t at = 0; at < group_.size(); ++at)
            if (is_committed(outcomes[at]) && !group_[at].outbox.empty()) return true;
        return std::any_of(disputes_.begin(), disputes_.end(), [](auto const& one) {
            auto const& now = one.second;
            return now.last != nullptr && now.last->next_due && (!now.due || *now.last->next_due < *now.due);
        });
    }

    void chain(append const& one, std::vector<std::pair<append const*, stored_event>>& events) {
        auto& dispute = disputes_[one.dispute];
        for (auto const& given : one.events) {
            auto& event = events.emplace_back(&one, given).second;
            bool const first = &given == &one.events.front();
            event.command = first ? one.command : std::string{};
            event.fingerprint = first ? one.fingerprint : digest{};
            dispute.head = event.link = link_of(one.dispute, dispute.head, event);
        }
        dispute.keys = with_hash(std::move(dispute.keys), command_hash(one.command));
    }

    static void write_dispute(batch& all, dispute_key const& key, known_dispute const& now) {
        auto const& [group, dispute] = key;
        bytes const packed{now.keys};
        bytes const state{now.last->state};
        auto const& due = now.last->next_due;
        auto const sum = seal(dispute_seal, group, dispute, now.version, due, packed, now.head, state);
        if (now.archived) all.add(sql("restore_dispute"), group, dispute);
        if (now.stored == 0) {
            all.add(sql("open_dispute"), group, dispute, now.version, due, packed, now.head, state, sum);
            all.add(sql("require_new"), group, dispute);
        } else {
            all.add(sql("advance_dispute"), group, dispute, now.version, due, packed, now.head, state, sum, now.stored);
        }
    }

    static void write_ledger(batch& all, ledger_key const& key, known_payment const& now) {
        auto const& [payment, version, currency, captured, reserved, refunded, lines] = *now.last;
        auto const sum = seal(ledger_seal, key.first, payment, clamped(version), currency, captured, reserved, refunded,
                              bytes{lines});
        std::string_view const money{currency};
        std::string_view const content{lines};
        if (now.stored == 0)
            // Whatever number the row has by now: version 1 may have been a step within this group.
            all.add(sql("open_ledger"), key.first, payment, version, money, captured, reserved, refunded, content, sum);
        else
            all.add(sql("advance_ledger"), key.first, payment, version, money, captured, reserved, refunded, content,
                    sum, now.stored);
    }

    void write_event(batch& all, dispute_key const& key, stored_event const& event, std::size_t number) const {
        auto const& [group, dispute] = key;
        std::string_view const type{event.type};
        std::string_view const body{event.body};
        auto const base = at_.position_base;
        if (event.command.empty())
            all.add(sql("write_event"), group, dispute, event.version, event.at, event.recorded_at, type, nullptr,
                    nullptr, body, event.link, base, number);
        else
            all.add(sql("write_event"), group, dispute, event.version, event.at, event.recorded_at, type,
                    std::string_view{event.command}, event.fingerprint, body, event.link, base, number);
    }

    void write_outbox(batch& all, append const& one, std::size_t& number) const {
        auto const& [group, dispute] = one.dispute;
        auto const version = one.events.back().version;
        std::uint32_t effect = 0;
        for (auto const& entry : one.outbox) {
            auto const sum = seal(unplaced_effect_seal, group, dispute, version, effect, entry.kind, bytes{entry.body});
            all.add(sql("write_effect"), group, dispute, version, effect, std::string_view{entry.kind},
                    std::string_view{entry.body}, sum, at_.position_base, number++);
            ++effect;
        }
    }

    // A savepoint has to stand before what is read too, or a refused statement would take the host's work with it.
    [[nodiscard]] bool begins_early() const { return locking_ || at_.is_hosts(); }

    connection& at_;
    std::span<append const> group_;
    bool locking_;
    std::map<dispute_key, known_dispute> disputes_;
    std::map<ledger_key, known_payment> payments_;
    std::map<policy_key, std::optional<digest>> policies_;
    std::map<command_key, known_command> commands_;
    std::size_t first_number_ = 1;
};

}  // namespace

std::vector<outcome> try_to_append(connection& at, std::span<store::append const> group, bool locking) {
    return attempt{at, group, locking}.run();
}

}  // namespace recourse::store::postgres
