// The contract on ordered containers. An append is prepared in containers of its own, which may run out of memory, and
// then moved in by steps that cannot fail.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "recourse/store/memory.hpp"
#include "store/kept_back.hpp"
#include "store/packed.hpp"

namespace recourse::store {
namespace {

struct dispute_record {
    std::uint32_t version = 0;
    std::string state;
    std::optional<instant> next_due;
    std::vector<std::uint64_t> command_hashes;
    digest head;
    std::vector<stored_event> events;
    std::map<std::string, std::uint32_t, std::less<>> first_versions;  // by command key
};

using ledger_key = std::pair<settlement_group, payment_id>;
using policy_key = std::pair<policy_id, std::uint32_t>;
using actor_key = std::pair<role, actor_id>;
struct text_key {
    dispute_key dispute;
    digest content;
    actor_key subject;
    auto operator<=>(text_key const&) const = default;
};
using due_key = std::pair<instant, dispute_key>;

template <class T>
void make_room(std::vector<T>& items, std::size_t more) {
    if (items.capacity() - items.size() < more) items.reserve(std::max(items.size() + more, 2 * items.capacity()));
}

// All that one append adds, allocated and ready to be moved in.
struct prepared {
    std::map<dispute_key, dispute_record> opened;
    std::vector<stored_event> events;
    std::map<std::string, std::uint32_t, std::less<>> first_versions;
    std::uint64_t command_hash = 0;
    std::string state;
    std::set<due_key> due;
    std::set<due_key>::const_iterator outdated_due;
    std::map<ledger_key, ledger_row> ledger;
    std::map<std::uint64_t, pending_effect> outbox;
    std::map<digest, policy_document> policies;
    std::map<policy_key, digest> policy_hashes;
    std::map<text_key, personal_text> texts;
    std::vector<std::pair<dispute_key, std::uint32_t>> written;
};

class memory_store final : public contract {
  public:
    std::optional<loaded> load(dispute_key const& key) override {
        auto found = disputes_.find(key);
        if (found == disputes_.end()) return std::nullopt;
        auto const& record = found->second;
        return loaded{record.version, record.state, record.next_due, record.command_hashes, record.head};
    }

    std::vector<stored_event> events(dispute_key const& key, std::uint32_t after) override {
        auto found = disputes_.find(key);
        if (found == disputes_.end() || after >= found->second.version) return {};
        auto const& all = found->second.events;  // version v is at v - 1
        return {all.begin() + static_cast<std::ptrdiff_t>(after), all.end()};
    }

    std::vector<outcome> append(std::span<store::append const> group) override {
        require_well_formed(group);
        std::vector<outcome> outcomes;
        outcomes.reserve(group.size());
        if (holds_together(group)) {
            expected next;
            for (auto const& one : group) outcomes.push_back(expect_one(one, next, rests_on_nothing(group, outcomes)));
            bool const whole = std::all_of(outcomes.begin(), outcomes.end(),
                                           [](auto const& one) { return std::holds_alternative<committed>(one); });
            if (!whole) {
                take_back(group, outcomes);
                return outcomes;
            }
            outcomes.clear();
        }
        for (auto const& one : group) outcomes.push_back(append_one(one, rests_on_nothing(group, outcomes)));
        return outcomes;
    }

    std::vector<due_dispute> due(instant now, std::size_t limit) override {
        std::vector<due_dispute> found;
        for (auto const& [at, key] : due_) {
            if (at > now || found.size() == limit) break;
            found.push_back({key, disputes_.at(key).version, at});
        }
        return found;
    }

    std::optional<ledger_row> ledger(settlement_group const& group, payment_id const& payment) override {
        auto found = ledger_.find({group, payment});
        if (found == ledger_.end()) return std::nullopt;
        return found->second;
    }

    std::vector<pending_effect> outbox(std::uint64_t after, std::size_t limit) override {
        std::vector<pending_effect> found;
        for (auto at = outbox_.upper_bound(after); at != outbox_.end() && found.size() < limit; ++at)
            found.push_back(at->second);
        return found;
    }

    bool settle(std::uint64_t position) override {
        handed_out_.erase(position);
        return outbox_.erase(position) == 1;
    }

    std::optional<policy_document> policy(digest const& hash) override {
        auto found = policies_.find(hash);
        if (found == policies_.end()) return std::nullopt;
        return found->second;
    }

    std::optional<policy_document> policy(policy_id const& id, std::uint32_t version) override {
        auto found = policy_hashes_.find({id, version});
        if (found == policy_hashes_.end()) return std::nullopt;
        return policy(found->second);
    }

    std::vector<dispute_key> disputes(std::optional<dispute_key> const& after, std::size_t limit) override {
        std::vector<dispute_key> found;
        auto at = after ? disputes_.upper_bound(*after) : disputes_.begin();
        for (; at != disputes_.end() && found.size() < limit; ++at) found.push_back(at->first);
        return found;
    }

    void refuse(refused_command const& one, keeping how) override {
        require_well_formed(one);
        auto& all = refused_[one.dispute];
        for (auto const code : one.codes) all.counts.try_emplace(code, 0);
        if (how == keeping::whole) all.kept.push_back(one);
        for (auto const code : one.codes) ++all.counts.at(code);
    }

    std::vector<code_count> refusal_counts(dispute_key const& key) override {
        std::vector<code_count> found;
        if (auto const all = refused_.find(key); all != refused_.end())
            for (auto const& [code, count] : all->second.counts)
                if (count > 0) found.push_back({code, count});
        return found;
    }

    std::vector<refused_command> refusals(dispute_key const& key, std::size_t limit) override {
        auto const all = refused_.find(key);
        if (all == refused_.end()) return {};
        auto const& kept = all->second.kept;
        return {kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(std::min(limit, kept.size()))};
    }

    std::vector<personal_text> texts(dispute_key const& key) override {
        std::vector<personal_text> found;
        for (auto at = texts_.lower_bound({key, digest{}, actor_key{}}); at != texts_.end() && at->first.dispute == key;
             ++at)
            found.push_back(at->second);
        return found;
    }

    std::uint64_t erase(actor const& subject) override {
        return std::erase_if(texts_, [&](auto const& one) { return one.second.subject == subject; });
    }

    std::vector<damage> damages() override { return {}; }  // memory keeps no sums: nothing changes it from outside

    std::vector<fed_event> feed(std::uint64_t after, std::size_t limit) override {
        std::vector<fed_event> found;
        for (auto at = after; at < written_.size() && found.size() < limit; ++at) {
            auto const& [key, version] = written_[static_cast<std::size_t>(at)];
            found.push_back({at + 1, key, disputes_.at(key).events[version - 1]});
        }
        return found;
    }

    std::vector<due_dispute> claim_due(claim const& asked) override {
        require_well_formed(asked);
        std::vector<due_dispute> found;
        for (auto const& [at, key] : due_) {
            if (at > asked.now || found.size() == asked.limit) break;
            if (auto const held = leases_.find(key); held != leases_.end() && held->second.until > asked.now) continue;
            found.push_back({key, disputes_.at(key).version, at});
        }
        for (auto const& one : found) leases_[one.dispute] = {asked.worker, asked.until};
        return found;
    }

    bool give_back(due_dispute const& one, std::string_view worker) override {
        auto const held = leases_.find(one.dispute);
        if (held == leases_.end() || held->second.worker != worker) return false;
        if (disputes_.at(one.dispute).version != one.version) return false;
        leases_.erase(held);
        return true;
    }

    std::vector<claimed_effect> claim_outbox(claim const& asked) override {
        require_well_formed(asked);
        std::vector<claimed_effect> found;
        std::set<dispute_key> seen;
        for (auto const& [position, effect] : outbox_) {
            if (found.size() == asked.limit) break;
            if (!seen.insert(effect.dispute).second) continue;
            auto const before = handed_out_.find(position);
            bool const first = before == handed_out_.end();
            if (!first && (before->second.parked_at || before->second.free_at > asked.now)) continue;
            found.push_back({effect, first ? 1 : before->second.attempts + 1, asked.worker});
        }
        for (auto const& one : found)
            handed_out_[one.effect.position] = {one.attempt, asked.until, asked.worker, std::nullopt, {}};
        return found;
    }

    bool settle_claimed(claimed_effect const& one, delivery const& what) override {
        require_well_formed(one);
        auto const found = handed_out_.find(one.effect.position);
        if (found == handed_out_.end()) return false;
        auto& held = found->second;
        if (held.parked_at || held.worker != one.worker || held.attempts != one.attempt) return false;
        if (std::holds_alternative<delivered>(what)) return settle(one.effect.position);
        auto kept = after(one, what);
        held = {kept.attempts, kept.free_at.value_or(first_instant), {}, kept.parked_at, std::move(kept.reason)};
        return true;
    }

    std::vector<parked_effect> parked_effects(std::uint64_t after, std::size_t limit) override {
        std::vector<parked_effect> found;
        for (auto at = handed_out_.upper_bound(after); at != handed_out_.end() && found.size() < limit; ++at) {
            auto const& [position, one] = *at;
            if (one.parked_at) found.push_back({outbox_.at(position), *one.parked_at, one.attempts, one.reason});
        }
        return found;
    }

    bool release(std::uint64_t position) override {
        auto const found = handed_out_.find(position);
        if (found == handed_out_.end() || !found->second.parked_at) return false;
        handed_out_.erase(found);
        return true;
    }

  private:
    struct refusals_of_one {
        std::map<std::uint16_t, std::uint64_t> counts;
        std::vector<refused_command> kept;
    };

    struct lease {
        std::string worker;
        instant until;
    };
    struct handing_out {
        std::uint32_t attempts = 0;
        instant free_at;     // the end of the lease, or of the pause after it
        std::string worker;  // empty: nobody has it
        std::optional<instant> parked_at;
        std::string reason;
    };

    // What appends that were not written yet would leave.
    struct expected {
        std::map<dispute_key, std::uint32_t> versions;
        std::map<ledger_key, std::uint64_t> ledger;
        std::map<policy_key, digest> policies;
    };

    // What appending would answer, with nothing written.
    outcome expect_one(store::append const& one, expected& next, bool on_nothing) const {
        auto const found = disputes_.find(one.dispute);
        if (found != disputes_.end()) {
            auto const& before = found->second.first_versions;
            if (auto const earlier = before.find(one.command); earlier != before.end()) {
                if (found->second.events[earlier->second - 1].fingerprint != one.fingerprint) return key_reused{};
                return duplicate{earlier->second};
            }
        }
        auto const [version, added] =
            next.versions.try_emplace(one.dispute, found == disputes_.end() ? 0 : found->second.version);
        if (version->second != one.expected || on_nothing)
            return conflict{conflict::cause::dispute_version, version->second};
        for (auto const& [after] : one.ledger) {
            ledger_key const key{one.dispute.group, after.payment};
            auto const stored = ledger_.find(key);
            auto const [row, fresh] =
                next.ledger.try_emplace(key, stored == ledger_.end() ? 0 : stored->second.version);
            if (row->second + 1 != after.version) return conflict{conflict::cause::ledger_version, row->second};
            row->second = after.version;
        }
        if (one.policy) {
            policy_key const key{one.policy->id, one.policy->version};
            auto const known = policy_hashes_.find(key);
            auto const [hash, fresh] =
                next.policies.try_emplace(key, known == policy_hashes_.end() ? one.policy->hash : known->second);
            if (hash->second != one.policy->hash) return conflict{conflict::cause::policy_differs, 0};
        }
        version->second = one.events.back().version;
        return committed{version->second};
    }

    outcome append_one(store::append const& one, bool on_nothing) {
        auto found = disputes_.find(one.dispute);
        auto* record = found == disputes_.end() ? nullptr : &found->second;
        if (record != nullptr) {
            if (auto earlier = record->first_versions.find(one.command); earlier != record->first_versions.end()) {
                if (record->events[earlier->second - 1].fingerprint != one.fingerprint) return key_reused{};
                return duplicate{earlier->second};
            }
        }
        std::uint32_t actual = record == nullptr ? 0 : record->version;
        if (actual != one.expected || on_nothing) return conflict{conflict::cause::dispute_version, actual};

        prepared next;
        if (auto why = prepare_ledger(one, next)) return *why;
        if (auto why = prepare_policy(one, next)) return *why;
        prepare_dispute(one, record, next);
        prepare_outbox(one, next);
        for (auto const& text : one.texts)
            next.texts.try_emplace({one.dispute, text.content, {text.subject.role, text.subject.id}}, text);
        move_in(one, record, std::move(next));
        return committed{one.events.back().version};
    }

    // A payment may be changed twice in one append, so what was prepared is looked at before what is stored.
    std::optional<conflict> prepare_ledger(store::append const& one, prepared& next) const {
        for (auto const& [after] : one.ledger) {
            ledger_key key{one.dispute.group, after.payment};
            auto stored = ledger_.find(key);
            auto [row, added] = next.ledger.try_emplace(key, stored == ledger_.end() ? ledger_row{} : stored->second);
            if (row->second.version + 1 != after.version)
                return conflict{conflict::cause::ledger_version, row->second.version};
            row->second = after;
        }
        return std::nullopt;
    }

    std::optional<conflict> prepare_policy(store::append const& one, prepared& next) const {
        if (!one.policy) return std::nullopt;
        policy_key key{one.policy->id, one.policy->version};
        if (auto known = policy_hashes_.find(key); known != policy_hashes_.end() && known->second != one.policy->hash)
            return conflict{conflict::cause::policy_differs, 0};
        if (policies_.contains(one.policy->hash)) return std::nullopt;
        next.policies.emplace(one.policy->hash, *one.policy);
        next.policy_hashes.emplace(std::move(key), one.policy->hash);
        return std::nullopt;
    }

    void prepare_dispute(store::append const& one, dispute_record* record, prepared& next) {
        next.events = one.events;
        for (auto& event : next.events) {
            event.command.clear();
            event.fingerprint = {};
        }
        next.events.front().command = one.command;
        next.events.front().fingerprint = one.fingerprint;
        auto last = record != nullptr ? record->head : digest{};
        for (auto& event : next.events) last = event.link = link_of(one.dispute, last, event);
        next.first_versions.emplace(one.command, next.events.front().version);
        next.command_hash = command_hash(one.command);
        next.state = one.state;
        next.outdated_due = due_.end();
        if (record != nullptr && record->next_due) next.outdated_due = due_.find({*record->next_due, one.dispute});
        if (one.next_due) next.due.emplace(*one.next_due, one.dispute);
        if (record == nullptr) record = &next.opened[one.dispute];
        make_room(record->events, next.events.size());
        make_room(record->command_hashes, 1);
        for (auto const& event : next.events) next.written.emplace_back(one.dispute, event.version);
        make_room(written_, next.written.size());
    }

    void prepare_outbox(store::append const& one, prepared& next) const {
        std::uint32_t index = 0;
        auto const last_event = written_.size() + one.events.size();
        for (auto const& entry : one.outbox) {
            auto position = last_event * effects_an_event + index;
            auto version = one.events.back().version;
            next.outbox.emplace(position, pending_effect{position, one.dispute, version, index, entry});
            ++index;
        }
    }

    void move_in(store::append const& one, dispute_record* record, prepared next) noexcept {
        if (record == nullptr) {
            record = &next.opened.begin()->second;  // a node keeps its address when it changes containers
            disputes_.merge(next.opened);
        }
        if (next.outdated_due != due_.end()) due_.erase(next.outdated_due);
        leases_.erase(one.dispute);
        due_.merge(next.due);
        record->version = one.events.back().version;
        record->state = std::move(next.state);
        record->next_due = one.next_due;
        record->command_hashes.push_back(next.command_hash);
        record->head = next.events.back().link;
        std::move(next.events.begin(), next.events.end(), std::back_inserter(record->events));
        record->first_versions.merge(next.first_versions);

        for (auto& [key, row] : next.ledger)
            if (auto stored = ledger_.find(key); stored != ledger_.end()) stored->second = std::move(row);
        ledger_.merge(next.ledger);  // leaves those that were there
        outbox_.merge(next.outbox);
        policies_.merge(next.policies);
        policy_hashes_.merge(next.policy_hashes);
        texts_.merge(next.texts);
        std::move(next.written.begin(), next.written.end(), std::back_inserter(written_));
    }

    std::map<dispute_key, dispute_record> disputes_;
    std::set<due_key> due_;
    std::map<dispute_key, lease> leases_;
    std::map<std::uint64_t, handing_out> handed_out_;  // by position
    std::map<ledger_key, ledger_row> ledger_;
    std::map<dispute_key, refusals_of_one> refused_;
    std::map<std::uint64_t, pending_effect> outbox_;
    std::map<digest, policy_document> policies_;
    std::map<policy_key, digest> policy_hashes_;
    std::map<text_key, personal_text> texts_;
    std::vector<std::pair<dispute_key, std::uint32_t>> written_;  // all events, by position
};

}  // namespace

std::unique_ptr<contract> open_memory() { return std::make_unique<memory_store>(); }

}  // namespace recourse::store
