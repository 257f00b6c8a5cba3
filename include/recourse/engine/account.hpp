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
    std::vector<component> components{};  // of what was paid
    bool operator==(account_line const&) const = default;
};

struct account_tender {
    tender_id tender{};
    tender_kind kind = tender_kind::other;
    std::int64_t captured_minor = 0;
    std::int64_t reserved_minor = 0;  // by refunds that were instructed
    std::int64_t refunded_minor = 0;
    bool operator==(account_tender const&) const = default;
};

struct account {
    payment_id payment;
    std::uint64_t version = 0;  // 0: not stored yet
    recourse::currency currency;
    std::vector<account_line> lines;
    std::vector<dispute_id> open;           // the disputes that hold something of it, in the order of opening
    std::vector<account_tender> tenders{};  // as the order told them; empty: one tender of everything
    std::optional<settlement_facts> settlement{};
    bool operator==(account const&) const = default;

    [[nodiscard]] std::int64_t captured_minor() const noexcept;
    [[nodiscard]] std::int64_t reserved_minor() const noexcept;
    [[nodiscard]] std::int64_t refunded_minor() const noexcept;
};

// The account of an order whose payment nobody has disputed yet.
account account_of(order_facts const& order);

// The same payment, told once more: takes on the components, the tenders and the settlement that an order tells and that
// no order told before. Tenders come too late for a payment of which something was refunded or is reserved: it stays one
// tender.
account completed(account recorded, order_facts const& order);

// Why the order's facts cannot be right, as a sentence; empty if nothing speaks against them. Holds them against
// themselves and against what was recorded of this payment before.
std::string contradiction(order_facts const& order, account const& recorded);

// What can be refunded for so many units of a line that are free: the line's amount over its units by largest
// remainder, the last free unit with all that is left, and never more than is left.
std::int64_t refundable_minor(account_line const& line, std::int64_t units) noexcept;

// The tenders of a payment; of one that was recorded without any, one tender "" of everything.
std::vector<account_tender> tenders_of(account const&);

// Which tender gives how much of an amount to be refunded: each at most what it has left, in the order of the policy, or
// all in proportion to what they have left, by largest remainder. Tenders that give nothing are left out. Needs an amount
// that the tenders have left together; throws failure{out_of_range} otherwise.
std::vector<tender_amount> split_over_tenders(account const& of, std::int64_t minor, tender_order const& order);

// What an amount consists of that is paid back of a line next, after all that was refunded of it.
std::vector<component> by_component(account_line const& line, std::int64_t minor);

// Applies what an event of a dispute does to the money; `all` is its record after the event. True if it did anything.
bool post(account& of, dispute_id const& dispute, record const& all, event const& happened);

}  // namespace recourse
