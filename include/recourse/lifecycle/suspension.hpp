// A suspension: while a chargeback is open, a dispute over its payment waits. All its other clocks stand; what remained
// of each is taken up when the chargeback has ended, and when it takes too long.
#pragma once

#include <string>
#include <vector>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"

namespace recourse::suspension {

using lifecycle::always;
using lifecycle::clock;
using lifecycle::deadline_passed;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::runs;
using lifecycle::state;

// clang-format off

// ---- states
struct not_begun : state<0> { static constexpr std::string_view name = "not_begun"; };
struct suspended : state<1> { static constexpr std::string_view name = "suspended"; };
struct ended     : state<2> { static constexpr std::string_view name = "ended"; };

// clang-format on

// A clock that stands, of which machine, since when.
struct paused_clock {
    std::uint8_t lifecycle = 0;  // its code
    std::uint32_t number = 1;
    recourse::lifecycle::running_clock clock;
    instant since;
    std::string remained{};  // "2 business_days"; empty for one that was started while all stood
    bool operator==(paused_clock const&) const = default;
};
// A clock that goes on; its length is what remained of it.
struct resumed_clock {
    std::uint8_t lifecycle = 0;
    std::uint32_t number = 1;
    recourse::lifecycle::started_clock clock;
    bool operator==(resumed_clock const&) const = default;
};

// ---- commands
struct begin_suspension {  // a chargeback was opened
    static constexpr std::string_view name = "begin_suspension";
    static constexpr bool internal = true;
};
struct end_suspension {  // no chargeback is open any more
    static constexpr std::string_view name = "end_suspension";
    static constexpr bool internal = true;
};
struct call_off_suspension {  // the dispute was withdrawn or closed
    static constexpr std::string_view name = "call_off_suspension";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    std::vector<paused_clock> paused;    // all that runs when a suspension begins
    std::vector<resumed_clock> resumed;  // all that stands when it ends
};

// ---- events
struct dispute_suspended {
    static constexpr std::string_view name = "dispute_suspended";
    std::vector<paused_clock> paused;
    static dispute_suspended of(facts const& known, begin_suspension const&) { return {known.paused}; }
    bool operator==(dispute_suspended const&) const = default;
};
struct dispute_resumed {
    static constexpr std::string_view name = "dispute_resumed";
    std::vector<resumed_clock> resumed;
    static dispute_resumed of(facts const& known, end_suspension const&) { return {known.resumed}; }
    bool operator==(dispute_resumed const&) const = default;
};
struct suspension_lapsed {  // the chargeback takes longer than the policy lets a dispute wait
    static constexpr std::string_view name = "suspension_lapsed";
    std::vector<resumed_clock> resumed;
    static suspension_lapsed of(facts const& known, deadline_passed const&) { return {known.resumed}; }
    bool operator==(suspension_lapsed const&) const = default;
};
struct suspension_called_off {
    static constexpr std::string_view name = "suspension_called_off";
    std::vector<resumed_clock> resumed;  // of refunds that were ordered before
    static suspension_called_off of(facts const& known, call_off_suspension const&) { return {known.resumed}; }
    bool operator==(suspension_called_off const&) const = default;
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from        on command            to          records                 only if
    // +-----------+---------------------+-----------+-----------------------+--------+
    row< not_begun , begin_suspension    , suspended , dispute_suspended     , always >,
    // +-----------+---------------------+-----------+-----------------------+--------+
    row< suspended , end_suspension      , ended     , dispute_resumed       , always >,
    row< suspended , call_off_suspension , ended     , suspension_called_off , always >,
    row< suspended , deadline_passed     , ended     , suspension_lapsed     , always >>;
// clang-format on

// ---- what a suspension keeps
struct instance {
    std::vector<paused_clock> paused;    // while it lasts
    std::vector<resumed_clock> resumed;  // after it
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, dispute_suspended const& told) { kept.paused = told.paused; }
inline void apply(instance& kept, auto const& told) {
    kept.paused.clear();
    kept.resumed = told.resumed;
}

struct lifecycle_type {
    static constexpr std::string_view name = "suspension";
    static constexpr std::uint8_t code = 11;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::not_possible_in_this_state;
    using initial = not_begun;
    using facts = suspension::facts;
    using table = suspension::table;
    using instance = suspension::instance;
    using waits = list<runs<suspended, clock::suspension>, ends<ended>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::suspension
