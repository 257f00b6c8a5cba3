// Clocks: what a machine may wait for. A policy gives each its length; a machine runs at most one at a time.
#pragma once

#include <cstdint>

#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/short_text.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse::lifecycle {

enum class clock : std::uint8_t {
    none,
    negotiation,               // the parties' time to agree or to escalate
    seller_response,           // the seller's time to answer
    buyer_response,            // the buyer's time to answer an offer
    decision,                  // the mediator's time to decide
    information,               // the time to give what the mediator asked for
    return_terms,              // the seller's time to say where the goods go
    return_shipment,           // the buyer's time to send them
    return_transit,            // the carrier's time
    return_inspection,         // the seller's time to look at them
    refund_result,             // the payment provider's time to say what became of a refund
    refund_recovery,           // the host's time to repair a refund that failed
    contact_wait,              // the seller's time to answer before a dispute may be opened
    contact_opening,           // the buyer's time to open one after that
    delivery_hold,             // until the promised delivery; the order says when that is
    appeal_window,             // the parties' time to appeal against a decision
    appeal_evidence,           // their time to bring evidence to an appeal
    appeal_review,             // the reviewer's time to decide it
    replacement_shipment,      // the seller's time to send others
    replacement_transit,       // the carrier's time
    replacement_confirmation,  // the buyer's time to look at them
    performance,               // the seller's time to do what he promised instead
    suspension,                // how long a dispute waits for a chargeback at most
    representment,             // the seller's time to answer a card network; the network says when that is
    protection,                // the buyer's time to open a dispute over a line
};
inline constexpr std::size_t clock_count = 25;

}  // namespace recourse::lifecycle

namespace recourse {
template <>
inline constexpr std::array<std::string_view, lifecycle::clock_count> wire_names<lifecycle::clock>{
    "none",
    "negotiation",
    "seller_response",
    "buyer_response",
    "decision",
    "information",
    "return_terms",
    "return_shipment",
    "return_transit",
    "return_inspection",
    "refund_result",
    "refund_recovery",
    "contact_wait",
    "contact_opening",
    "delivery_hold",
    "appeal_window",
    "appeal_evidence",
    "appeal_review",
    "replacement_shipment",
    "replacement_transit",
    "replacement_confirmation",
    "performance",
    "suspension",
    "representment",
    "protection"};
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

// The clock of a machine, or none, in 16 bytes: an instant of the years 0001 to 9999 needs 59 bits, a kind of clock 5.
// Used like an optional, but that what it holds is read as a copy and written as a whole.
class kept_clock {
  public:
    constexpr kept_clock() noexcept = default;
    constexpr kept_clock(running_clock const& one)  // NOLINT(google-explicit-constructor): it is the same clock
        : due_and_kind_{packed(one.due) | static_cast<std::uint64_t>(one.kind) << instant_bits},
          since_{packed(one.since)} {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return due_and_kind_ >> instant_bits != 0; }
    constexpr explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] constexpr running_clock operator*() const noexcept {
        return {static_cast<clock>(due_and_kind_ >> instant_bits), unpacked(due_and_kind_ & instant_mask),
                unpacked(since_)};
    }
    struct held {
        running_clock one;
        constexpr running_clock const* operator->() const noexcept { return &one; }
    };
    [[nodiscard]] constexpr held operator->() const noexcept { return {**this}; }
    constexpr void reset() noexcept { *this = {}; }
    constexpr bool operator==(kept_clock const&) const noexcept = default;

  private:
    static constexpr unsigned instant_bits = 59;
    static constexpr std::uint64_t instant_mask = (std::uint64_t{1} << instant_bits) - 1;
    static_assert(static_cast<std::uint64_t>(last_instant.microseconds - first_instant.microseconds) <= instant_mask);
    static_assert(clock_count <= std::size_t{1} << (64 - instant_bits));

    static constexpr std::uint64_t packed(instant at) {
        if (at < first_instant || last_instant < at)
            throw failure{failure_kind::out_of_range, "a clock runs from and to instants of the years 0001 to 9999"};
        return static_cast<std::uint64_t>(at.microseconds - first_instant.microseconds);
    }
    static constexpr instant unpacked(std::uint64_t bits) noexcept {
        return {static_cast<std::int64_t>(bits) + first_instant.microseconds};
    }
    std::uint64_t due_and_kind_ = 0;
    std::uint64_t since_ = 0;
};
static_assert(sizeof(kept_clock) == 16);

}  // namespace recourse::lifecycle
