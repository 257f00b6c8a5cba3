// The disputes of one settlement group and the files of its payments, decided in memory exactly as `dispute_engine` decides
// them on a store: the same order, the same news between them, and no JSON on the way.
#pragma once

#include <functional>
#include <map>

#include "recourse/engine/decide.hpp"

namespace recourse::engine {

struct held_record {
    record all;
    terms known;
};

class group_in_memory {
  public:
    // Of a dispute that begins; an error is a refusal of the command that begins it.
    using terms_source = std::function<result<terms, refused>(dispute_key const&, beginning const&)>;
    // Hears of everything that is recorded, lapses and news too.
    using listener = std::function<void(dispute_key const&, recorded const&)>;

    group_in_memory(settlement_group group, terms_source terms, listener heard)
        : group_{std::move(group)}, terms_{std::move(terms)}, heard_{std::move(heard)} {}

    // Empty if it was accepted. Deadlines of the dispute itself that are due by then have passed before.
    refusals submit(command const& asked, instant at);
    // Applies the deadlines that are next due, all at that one instant, as of `now`.
    void pass_next(dispute_id const& dispute, instant now);

    [[nodiscard]] held_record const* find(dispute_id const& dispute) const;
    [[nodiscard]] std::map<dispute_id, held_record> const& records() const noexcept { return records_; }
    [[nodiscard]] account const* money_of(payment_id const& payment) const;
    // Those over the same payment that a command hears of after their own deadlines.
    [[nodiscard]] std::vector<dispute_id> heard_first(command const& asked) const;

  private:
    struct moved {
        dispute_key key;
        account money;  // a copy: what is told may move it on
        std::optional<account> before;
        terms const* known;
        actor by;
        instant at;
        std::vector<std::pair<dispute_id, std::vector<line_amount>>> given_up{};
    };
    [[nodiscard]] dispute_key key_of(dispute_id const& dispute) const { return {group_, dispute}; }
    [[nodiscard]] std::optional<account> const& money_over(payment_id const& payment) const;
    // Takes over the record and the money after it; the money before it if there was another.
    std::optional<account> keep(dispute_key const& key, recorded&& done);
    void tell_others(moved const& what);
    void tell(dispute_key const& key, account& money, actor const& by, payment_news const& news, instant at);
    std::vector<std::pair<dispute_id, std::vector<line_amount>>> given_up_for(command const& asked,
                                                                              account const& money) const;
    std::vector<protected_until> protections_in(dispute_key const& file) const;
    void look_beside(terms& known, dispute_key const& key, account const& money) const;

    settlement_group group_;
    terms_source terms_;
    listener heard_;
    std::map<dispute_id, held_record> records_;
    std::map<payment_id, std::optional<account>> money_;
};

}  // namespace recourse::engine
