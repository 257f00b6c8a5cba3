// An event: what happened, with everything that was computed for it, so that replay needs nothing else.
#pragma once

#include "recourse/lifecycle/all.hpp"

namespace recourse {

struct event {
    std::uint32_t version = 0;  // of the dispute after it
    instant at;
    actor by;
    std::uint8_t lifecycle = 0;  // its code
    std::uint32_t number = 1;    // which offer, return or refund; 1 where there is only one
    std::uint8_t from = 0;       // state codes of that lifecycle
    std::uint8_t to = 0;
    bool clock_stopped = false;
    std::optional<recourse::lifecycle::started_clock> clock_started;
    event_body body;
    std::optional<actor> on_behalf_of{};  // whose rights `by` used, if not his own
    // Of an event that closes the dispute: until when the parties may still write to each other.
    std::optional<instant> recontact_until{};
    // Of the first event of what happened to a payment, or was heard of it: the version of the account after all of it. Who
    // adds up the events of several records tells by it which came first.
    std::optional<std::uint64_t> money_version{};
    bool operator==(event const&) const = default;
};

}  // namespace recourse
