// A store that hands every call on to another one; a test overrides the call that it wants to go wrong.
#pragma once

#include "recourse/store/store.hpp"

namespace recourse::test {

class wrapped_store : public store::contract {
  public:
    explicit wrapped_store(store::contract& under) : under_{under} {}

    std::optional<store::loaded> load(dispute_key const& key) override { return under_.load(key); }
    std::vector<store::stored_event> events(dispute_key const& key, std::uint32_t after) override {
        return under_.events(key, after);
    }
    std::vector<store::outcome> append(std::span<store::append const> group) override { return under_.append(group); }
    std::vector<store::due_dispute> due(instant now, std::size_t limit) override { return under_.due(now, limit); }
    std::optional<store::ledger_row> ledger(settlement_group const& group, payment_id const& payment) override {
        return under_.ledger(group, payment);
    }
    std::vector<store::pending_effect> outbox(std::uint64_t after, std::size_t limit) override {
        return under_.outbox(after, limit);
    }
    bool settle(std::uint64_t position) override { return under_.settle(position); }
    std::optional<store::policy_document> policy(digest const& hash) override { return under_.policy(hash); }
    std::optional<store::policy_document> policy(policy_id const& id, std::uint32_t version) override {
        return under_.policy(id, version);
    }
    std::vector<dispute_key> disputes(std::optional<dispute_key> const& after, std::size_t limit) override {
        return under_.disputes(after, limit);
    }
    void refuse(store::refused_command const& one, store::keeping how) override { under_.refuse(one, how); }
    std::vector<store::code_count> refusal_counts(dispute_key const& key) override {
        return under_.refusal_counts(key);
    }
    std::vector<store::refused_command> refusals(dispute_key const& key, std::size_t limit) override {
        return under_.refusals(key, limit);
    }
    std::vector<store::personal_text> texts(dispute_key const& key) override { return under_.texts(key); }
    std::uint64_t erase(actor const& subject) override { return under_.erase(subject); }
    std::vector<store::damage> damages() override { return under_.damages(); }
    std::vector<store::fed_event> feed(std::uint64_t after, std::size_t limit) override {
        return under_.feed(after, limit);
    }
    std::vector<store::due_dispute> claim_due(store::claim const& asked) override { return under_.claim_due(asked); }
    bool give_back(store::due_dispute const& one, std::string_view worker) override {
        return under_.give_back(one, worker);
    }
    std::vector<store::claimed_effect> claim_outbox(store::claim const& asked) override {
        return under_.claim_outbox(asked);
    }
    bool settle_claimed(store::claimed_effect const& one, store::delivery const& what) override {
        return under_.settle_claimed(one, what);
    }
    std::vector<store::parked_effect> parked_effects(std::uint64_t after, std::size_t limit) override {
        return under_.parked_effects(after, limit);
    }
    bool release(std::uint64_t position) override { return under_.release(position); }

  protected:
    store::contract& under_;
};

}  // namespace recourse::test
