// Proving a policy: that every dispute under it ends by time alone, and how long that takes at most.
//
//     auto const found = prove({known, buyer, seller, start});
//     found.is_sound()              // or `flaws`, each with what is wrong and, where people can come to it, a play
//     found.longest.seconds         // from `start`, by the real calendars, with its steps
//     found.bound_seconds           // from any start while `covered_until` lies ahead
//
// The search of recourse/engine/search.hpp, without counters, over an order of one line and two cents, with a claim of
// every remedy for the reasons that differ in them. Chargebacks are not part of it: how many a bank opens is not the
// policy's. What a deadline can be from other starts is looked up for every day of ten years.
#pragma once

#include "recourse/engine/search.hpp"

namespace recourse {

enum class unsoundness : std::uint8_t {
    found_by_search,        // what the search calls a violation
    window_never_opens,     // something may be done from an instant on that is not before the one where it ends
    deadline_without_data,  // a calendar does not cover what a dispute can last
    unreachable_state,      // no play comes to it, and nothing in the policy says why
    not_decided,            // there are more combinations than were searched: neither proved nor refuted
};
template <>
inline constexpr std::array<std::string_view, 5> wire_names<unsoundness>{
    "found_by_search", "window_never_opens", "deadline_without_data", "unreachable_state", "not_decided"};

struct policy_flaw {
    unsoundness kind{};
    std::string pointer;  // into the policy, "/clocks/negotiation"; empty if it is about no member alone
    std::string because;
    std::vector<search_step> path{};  // a play that ends in it; empty if there is none
};

// A state of a lifecycle to which no play comes.
struct unreached_state {
    std::string_view lifecycle;
    std::string_view state;
    std::string_view because;  // what the policy leaves out; empty: nothing, it is a mistake
    bool operator==(unreached_state const&) const = default;
};

// How long a clock of the policy runs at most, whenever it starts while its calendar has data.
struct clock_bound {
    std::string_view clock;
    std::int32_t hours_max = 0;
    bool operator==(clock_bound const&) const = default;
};

struct proof_setting {
    terms known;
    party_facts buyer;
    party_facts seller;
    instant start;
    decider decides = the_real_decider();
    bool looks_for_the_longest = true;
    std::size_t nodes_max = 100'000;  // more are not searched; `not_decided`
    std::size_t compare_every = 0;    // as of the search: holds what counts as one node against each other; 0: does not
};

struct policy_proof {
    policy_reference policy;
    instant start;
    std::size_t nodes = 0;  // combinations of states, flags, amounts and orders of deadlines
    std::size_t edges = 0;
    std::size_t closed = 0;  // of the nodes
    std::vector<policy_flaw> flaws;
    std::vector<unreached_state> unreached;
    longest_play longest;                  // if it is sound
    std::int64_t bound_seconds = 0;        // likewise
    std::vector<search_step> bound_path;   // that takes it, with every clock as long as it can be
    std::int64_t silence_seconds_max = 0;  // likewise
    std::optional<instant>
        covered_until{};                // the last start from which every deadline has data; nothing: not looked for
    std::vector<clock_bound> clocks{};  // each that the policy has and that can keep a dispute open
    [[nodiscard]] bool is_sound() const noexcept { return flaws.empty(); }
    [[nodiscard]] std::string_view verdict() const noexcept;  // "sound", "unsound" or "not decided"
};

// Never throws for what `decide` throws; that is a flaw.
policy_proof prove(proof_setting const& setting);

std::string to_text(policy_proof const& found);  // several lines, each ended by a newline
std::string to_json(policy_proof const& found);  // one object on one line
// The play to a flaw as lines that `recourse play` takes, `document` being the path of the policy's file from the story;
// empty if there is no such play, or it needs another order of deadlines than the policy's periods give.
std::string to_story(policy_flaw const& flaw, std::string_view document);

}  // namespace recourse
