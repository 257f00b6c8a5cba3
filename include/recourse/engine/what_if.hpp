// What if: the stored commands of people and hosts decided again, each at its own time, under another policy or on other
// calendars. Nothing is written.
//
//     what_if again{*store, {.rules = *read_policy(text), .calendars = {}, .until = now}};
//     for (auto const& one : again.decide(keys_of_a_group).disputes)
//         one.result      // what_if_result::changed
//         one.changes[0]  // "closes at 2026-03-05T23:00:00Z instead of 2026-03-09T23:00:00Z"
//
// Deadlines that passed are not replayed but computed anew. Nothing is guessed: where a stored command is refused, or a
// deadline passes over an answer that was not asked for in the store, the dispute has diverged. A silence is known as far
// as the store shows it: the same question to the same party was open over the whole time, and nobody answered.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "recourse/calendar/calendar_set.hpp"
#include "recourse/policy/policy.hpp"
#include "recourse/store/store.hpp"
#include "recourse/vocabulary/outcome.hpp"

namespace recourse {

enum class what_if_result : std::uint8_t { same, changed, diverged };
template <>
inline constexpr std::array<std::string_view, 3> wire_names<what_if_result>{"same", "changed", "diverged"};

// What a party got of a payment through a dispute; below zero: what it gave. The four add up to zero.
struct moved_money_of {
    std::int64_t buyer = 0;
    std::int64_t seller = 0;
    std::int64_t platform = 0;
    std::int64_t carrier = 0;
    bool operator==(moved_money_of const&) const = default;
};

// How a dispute went.
struct course {
    std::string stage;  // "closed"
    std::optional<recourse::outcome> outcome{};
    recourse::currency currency;
    moved_money_of moved{};              // minor units
    std::uint32_t deadlines_missed = 0;  // by whoever owed something: an answer, a parcel, a decision
    instant began;
    std::optional<instant> closed{};
    bool operator==(course const&) const = default;
};

struct what_if_dispute {
    dispute_key dispute;
    what_if_result result = what_if_result::same;
    course stored;
    course again;                      // of what has diverged: until then
    std::vector<std::string> changes;  // of what has changed: a clause each
    std::uint32_t command = 0;         // of what has diverged: at which of its stored commands, from 1
    std::string command_id;            // and its id
    std::string because;               // and why, a clause
};
std::string to_json(what_if_dispute const&);  // one object on one line

struct what_if_group {
    std::vector<what_if_dispute> disputes;  // by key; files of payments are decided and not listed
    std::uint64_t commands = 0;             // that were decided
};

struct what_if_options {
    std::optional<policy> rules{};  // nullopt: each dispute under its own
    calendar_set calendars{};
    instant until;  // until when time passes for disputes that are open
};

class what_if {
  public:
    // The store is only read. One object serves one thread.
    what_if(store::contract& store, what_if_options options);
    ~what_if();
    what_if(what_if const&) = delete;
    what_if& operator=(what_if const&) = delete;

    // All disputes of one settlement group, with the files of its payments. Throws `failure` for a store that cannot be
    // read, and for a year that a calendar does not cover.
    what_if_group decide(std::span<dispute_key const> group);

  private:
    class deciding_again;
    struct documents;
    store::contract& store_;
    what_if_options options_;
    std::unique_ptr<documents> documents_;
};

}  // namespace recourse
