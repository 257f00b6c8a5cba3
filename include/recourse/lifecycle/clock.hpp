// Clocks: what a machine may wait for. A policy gives each its length; a machine runs at most one at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/short_text.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse::lifecycle {

enum class clock : std::uint8_t {
    none,
    negotiation,        // the parties' time to agree or to escalate
    seller_response,    // the seller's time to answer
    buyer_response,     // the buyer's time to answer an offer
    decision,           // the mediator's time to decide
    information,        // the time to give what the mediator asked for
    return_terms,       // the seller's time to say where the goods go
    return_shipment,    // the buyer's time to send them
    return_transit,     // the carrier's time
    return_inspection,  // the seller's time to look at them
    refund_result,      // the payment provider's time to say what became of a refund
    refund_recovery,    // the host's time to repair a refund that failed
};
inline constexpr std::size_t clock_count = 12;

}  // namespace recourse::lifecycle

namespace recourse {
template <>
inline constexpr std::array<std::string_view, lifecycle::clock_count> wire_names<lifecycle::clock>{
    "none",         "negotiation",     "seller_response", "buyer_response",    "decision",      "information",
    "return_terms", "return_shipment", "return_transit",  "return_inspection", "refund_result", "refund_recovery"};
}  // namespace recourse

namespace recourse::lifecycle {

// A clock that was started, with everything it was computed from: replay needs neither policy nor calendar.
struct started_clock {
    clock kind = clock::none;
    instant due;          // late is t >= due
    instant since;        // the instant it was counted from
    short_text length;    // "5 business_days"
    short_text calendar;  // "BE"
    short_text zone;      // "Europe/Brussels"
    short_text data;      // the version of the holiday and zone data
    bool operator==(started_clock const&) const = default;
};

// What of it a machine keeps.
struct running_clock {
    clock kind = clock::none;
    instant due;
    instant since;
    bool operator==(running_clock const&) const = default;
};

}  // namespace recourse::lifecycle
