// The account of one payment, over all its disputes: what was captured for each line, what is reserved by open
// disputes and instructed refunds, what was paid back. At all times, for every line and so for the payment:
//
//     reserved + refunded <= paid
#pragma once

#include "recourse/lifecycle/event.hpp"
#include "recourse/lifecycle/record.hpp"

namespace recourse {

struct account_line {
    line_id line;
    std::int64_t units = 1;
    std::int64_t paid_minor = 0;
    std::int64_t units_in_dispute = 0;
    std::int64_t reserved_minor = 0;
    std::int64_t refunded_minor = 0;
    bool operator==(account_line const&) const = default;
};

struct account {
    payment_id payment;
    std::uint64_t version = 0;  // 0: not stored yet
    recourse::currency currency;
    std::vector<account_line> lines;
    std::vector<dispute_id> open;  // the disputes that hold something of it, in the order of opening
    bool operator==(account const&) const = default;

    [[nodiscard]] std::int64_t captured_minor() const noexcept;
    [[nodiscard]] std::int64_t reserved_minor() const noexcept;
    [[nodiscard]] std::int64_t refunded_minor() const noexcept;
};

// The account of an order whose payment nobody has disputed yet.
account account_of(order_facts const& order);

// Why the order's facts cannot be right, as a sentence; empty if nothing speaks against them. Holds them against
// themselves and against what was recorded of this payment before.
std::string contradiction(order_facts const& order, account const& recorded);

// What can be refunded for so many units of a line that are free: the line's amount over its units by largest
// remainder, the last free unit with all that is left, and never more than is left.
std::int64_t refundable_minor(account_line const& line, std::int64_t units) noexcept;

// Applies what an event of a dispute does to the money; `all` is its record after the event. True if it did anything.
bool post(account& of, dispute_id const& dispute, record const& all, event const& happened);

}  // namespace recourse
