// What a simulation knows of its disputes from the store's bytes alone, and what it holds against them.
#pragma once

#include <iosfwd>
#include <map>
#include <set>

#include "recourse/engine/account.hpp"
#include "recourse/engine/decide.hpp"
#include "recourse/store/store.hpp"

namespace recourse::tools {

// A rule that did not hold, as a sentence.
struct broken_promise {
    std::string what;
};

class watched_disputes {
  public:
    explicit watched_disputes(std::ostream& out) : out_{out} {}

    // The order of a payment, before any dispute over it is looked at.
    void expect(settlement_group const& group, order_facts const& order);
    // Reads what was recorded of disputes since, writes it out, and holds it against the tables, the stored states and the
    // ledger: all disputes over a payment and its file, if any of them may have changed. `order` is what was appended to
    // since, one after the other: how far a chargeback counts depends on what is free when it comes. Throws broken_promise.
    void look_at(store::contract& at, std::vector<dispute_key> const& keys, std::vector<dispute_key> const& order);
    // Reads the effects that came since.
    void look_at_effects(store::contract& at);
    // The whole log of a dispute once more, after it was looked at, and that it is closed and waits for nothing.
    void look_at_the_end(store::contract& at, dispute_key const& key);
    // That the outbox holds what is pending and nothing else.
    void look_at_pending(store::contract& at);
    // No dispute of before is looked at again.
    void forget() noexcept;

    [[nodiscard]] record const& all(dispute_key const& key) { return disputes_[key]; }
    [[nodiscard]] account const& account_of(settlement_group const& group, payment_id const& payment) const;

    // Positions in the outbox that nobody has settled yet.
    std::set<std::uint64_t> pending;

    std::size_t events = 0;
    std::size_t recorded_commands = 0;
    std::size_t lapses = 0;
    std::size_t closed = 0;
    std::size_t effects = 0;
    std::int64_t refunded_minor = 0;

  private:
    void read_on(store::contract& at, std::vector<dispute_key> const& keys, std::vector<dispute_key> const& order);
    void look_at_state(store::contract& at, dispute_key const& key);
    account* account_of(dispute_key const& key);
    void look_at_ledger(store::contract& at, dispute_key const& key);
    void add(store::stored_event const& stored, dispute_key const& key, record& all);

    std::ostream& out_;
    std::map<dispute_key, record> disputes_;
    std::map<std::pair<settlement_group, payment_id>, account> accounts_;
    std::set<std::string> orders_expected_;  // of refunds, by key and attempt
    std::set<std::string> orders_seen_;
    std::size_t notifications_ = 0;
    std::uint64_t effects_until_ = 0;
};

}  // namespace recourse::tools
