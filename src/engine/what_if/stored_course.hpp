// What a store tells of one dispute, as far as deciding its commands again needs it.
#pragma once

#include <set>

#include "recourse/engine/command.hpp"
#include "recourse/engine/what_if.hpp"
#include "recourse/lifecycle/record.hpp"

namespace recourse::engine {

// A question that was open, and nobody answered it.
struct silent_wait {
    std::uint8_t lifecycle = 0;
    std::uint32_t number = 1;
    lifecycle::clock kind{};
    instant from;
    instant to;
};

// One command of a person or the host, or one deadline that passed.
struct stored_moment {
    std::size_t course = 0;
    instant recorded;
    instant at;
    std::optional<command> asked{};  // nothing: a deadline
    std::uint32_t number = 0;        // of the command among those of its dispute, from 1
    lifecycle::clock kind{};         // of the deadline
    bool was_put_off = false;
};

class stored_course {
  public:
    // Reads the log and the state; adds what happened to `moments`.
    stored_course(store::contract& store, dispute_key key, std::size_t place, std::vector<stored_moment>& moments);

    [[nodiscard]] dispute_key const& key() const noexcept { return key_; }
    [[nodiscard]] payment_id const& payment() const noexcept { return payment_; }
    [[nodiscard]] course const& told() const noexcept { return told_; }
    [[nodiscard]] std::uint32_t commands() const noexcept { return commands_; }
    // Until when what is stored is complete: nothing that was due before has not been applied.
    [[nodiscard]] instant complete_until(instant until) const noexcept;
    [[nodiscard]] bool has_lapsed(lifecycle::clock kind, instant due) const { return lapses_.contains({kind, due}); }
    [[nodiscard]] policy_reference const& policy() const noexcept { return policy_; }
    // Whether the store shows that nobody answered that question from the one instant to the other.
    [[nodiscard]] bool shows_silence(next_deadline const& due, instant until);

  private:
    void find_waits(instant until);

    store::contract& store_;
    dispute_key key_;
    payment_id payment_;
    policy_reference policy_;
    course told_;
    std::uint32_t commands_ = 0;
    std::optional<instant> next_due_;
    std::set<std::pair<lifecycle::clock, instant>> lapses_;
    std::optional<std::vector<silent_wait>> waits_;
};

// How a dispute stands, without what only its log tells: when it began and closed, what was missed.
course course_of(record const& all);
// Whether somebody has missed what he owed when that clock runs out: a window for something that nobody has to do is none.
bool is_missed(lifecycle::clock kind) noexcept;
// Whether a clock runs out whoever says what: no silence.
bool is_no_question(lifecycle::clock kind) noexcept;

}  // namespace recourse::engine
