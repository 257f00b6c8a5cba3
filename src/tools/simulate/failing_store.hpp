// A store that breaks when it is told to: at the nth call from now, before the call has done anything or after it has
// done everything and before anybody hears of it. The second is what a host sees whose connection dies in a commit.
#pragma once

#include <memory>

#include "recourse/store/store.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse::tools {

class failing_store final : public store::contract {
  public:
    enum class moment : unsigned char { before, after };

  private:
    template <class Call>
    auto called(Call&& call) {
        bool const breaks = calls_left_ > 0 && --calls_left_ == 0;
        if (breaks && when_ == moment::before) broken();
        auto answer = call();
        if (breaks) broken();
        return answer;
    }
    [[noreturn]] static void broken() {
        throw failure{failure_kind::store_unavailable, "the simulation breaks the store"};
    }

  public:
    // Notes in `committed` what was appended to, in that order, also where nobody hears of it.
    failing_store(std::shared_ptr<store::contract> behind, std::vector<dispute_key>& committed)
        : behind_{std::move(behind)}, committed_{committed} {}

    void break_at(std::size_t call, moment when) {
        calls_left_ = call;
        when_ = when;
    }
    void hold() noexcept { calls_left_ = 0; }
    [[nodiscard]] bool is_armed() const noexcept { return calls_left_ > 0; }

    std::optional<store::loaded> load(dispute_key const& key) override {
        return called([&] { return behind_->load(key); });
    }
    std::vector<store::stored_event> events(dispute_key const& key, std::uint32_t after) override {
        return called([&] { return behind_->events(key, after); });
    }
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        return called([&] {
            auto outcomes = behind_->append(group);
            for (std::size_t at = 0; at < outcomes.size(); ++at) {
                if (std::holds_alternative<store::committed>(outcomes[at])) committed_.push_back(group[at].dispute);
            }
            return outcomes;
        });
    }
    std::vector<store::due_dispute> due(instant now, std::size_t limit) override {
        return called([&] { return behind_->due(now, limit); });
    }
    std::optional<store::ledger_row> ledger(settlement_group const& group, payment_id const& payment) override {
        return called([&] { return behind_->ledger(group, payment); });
    }
    std::vector<store::pending_effect> outbox(std::uint64_t after, std::size_t limit) override {
        return called([&] { return behind_->outbox(after, limit); });
    }
    bool settle(std::uint64_t position) override {
        return called([&] { return behind_->settle(position); });
    }
    std::optional<store::policy_document> policy(digest const& hash) override {
        return called([&] { return behind_->policy(hash); });
    }
    std::optional<store::policy_document> policy(policy_id const& id, std::uint32_t version) override {
        return called([&] { return behind_->policy(id, version); });
    }
    std::vector<dispute_key> disputes(std::optional<dispute_key> const& after, std::size_t limit) override {
        return called([&] { return behind_->disputes(after, limit); });
    }
    void refuse(store::refused_command const& one, store::keeping how) override {
        called([&] {
            behind_->refuse(one, how);
            return true;
        });
    }
    std::vector<store::code_count> refusal_counts(dispute_key const& key) override {
        return called([&] { return behind_->refusal_counts(key); });
    }
    std::vector<store::refused_command> refusals(dispute_key const& key, std::size_t limit) override {
        return called([&] { return behind_->refusals(key, limit); });
    }
    std::vector<store::personal_text> texts(dispute_key const& key) override {
        return called([&] { return behind_->texts(key); });
    }
    std::uint64_t erase(actor const& subject) override {
        return called([&] { return behind_->erase(subject); });
    }
    std::vector<store::damage> damages() override {
        return called([&] { return behind_->damages(); });
    }
    std::vector<store::fed_event> feed(std::uint64_t after, std::size_t limit) override {
        return called([&] { return behind_->feed(after, limit); });
    }
    std::vector<store::due_dispute> claim_due(store::claim const& asked) override {
        return called([&] { return behind_->claim_due(asked); });
    }
    bool give_back(store::due_dispute const& one, std::string_view worker) override {
        return called([&] { return behind_->give_back(one, worker); });
    }
    std::vector<store::claimed_effect> claim_outbox(store::claim const& asked) override {
        return called([&] { return behind_->claim_outbox(asked); });
    }
    bool settle_claimed(store::claimed_effect const& one, store::delivery const& what) override {
        return called([&] { return behind_->settle_claimed(one, what); });
    }
    std::vector<store::parked_effect> parked_effects(std::uint64_t after, std::size_t limit) override {
        return called([&] { return behind_->parked_effects(after, limit); });
    }
    bool release(std::uint64_t position) override {
        return called([&] { return behind_->release(position); });
    }

  private:
    std::shared_ptr<store::contract> behind_;
    std::vector<dispute_key>& committed_;
    std::size_t calls_left_ = 0;
    moment when_ = moment::before;
};

}  // namespace recourse::tools
