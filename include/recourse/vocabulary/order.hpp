// What the host tells of an order when a dispute is opened: facts, recorded with the dispute and never asked for again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/money.hpp"

namespace recourse {

// A party of the order, with the zone and the holiday calendar that its days are counted in.
struct party_facts {
    actor_id id;
    std::string zone;      // IANA name: "Europe/Brussels"
    std::string calendar;  // a holiday calendar: "BE"
    bool operator==(party_facts const&) const = default;
};

struct order_line {
    line_id line;
    std::int64_t units = 1;
    money paid;  // for all units of the line, discounts taken off; shipping is a line of its own
    bool operator==(order_line const&) const = default;
};

struct order_facts {
    order_id order;
    payment_id payment;
    money captured;  // equals the sum of the lines
    party_facts buyer;
    party_facts seller;
    std::vector<order_line> lines;
    std::optional<instant> paid_at;
    std::optional<instant> shipped_at;
    std::optional<instant> delivered_at;
    std::optional<instant> promised_until{};    // the end of the promised delivery: the first instant that is too late
    std::int32_t protection_extended_days = 0;  // calendar days that the seller added to the buyer's protection
    bool operator==(order_facts const&) const = default;
};

// What the buyer complains about: some units of a line.
struct claim_line {
    line_id line;
    std::int64_t units = 1;
    bool operator==(claim_line const&) const = default;
};

// An amount of one line: a part of what is claimed, agreed or refunded. The currency is that of the payment.
struct line_amount {
    line_id line;
    std::int64_t units = 1;
    std::int64_t minor = 0;
    bool operator==(line_amount const&) const = default;
};

// One refund order of a settlement: so much goes back to one tender, out of these lines.
struct refund_part {
    tender_id tender{};  // empty: the payment has only one
    money amount;
    std::vector<line_amount> lines;
    bool operator==(refund_part const&) const = default;
};

}  // namespace recourse
