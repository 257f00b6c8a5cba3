// The account of one payment, over all its disputes: what was captured for each line, what is reserved by open
// disputes and instructed refunds, what was paid back, by refunds of disputes, by any other route and by chargebacks. At
// all times, for every line, for every tender and so for the payment:
//
//     reserved + refunded + refunded outside + charged back <= paid
//
// A chargeback that is open or lost counts as charged back as far as there is money that is neither reserved nor paid
// back. What is beyond that is told: `overlapping_minor`, and `recoup_due_minor` for what left twice.
#pragma once

#include "recourse/lifecycle/event.hpp"
#include "recourse/lifecycle/record.hpp"
#include "recourse/vocabulary/result.hpp"

namespace recourse {

struct account_line {
    line_id line;
    std::int64_t units = 1;
    std::int64_t paid_minor = 0;
    std::int64_t units_in_dispute = 0;
    std::int64_t reserved_minor = 0;
    std::int64_t refunded_minor = 0;
    std::vector<component> components{};  // of what was paid
    std::int64_t outside_refunded_minor = 0;
    std::int64_t charged_back_minor = 0;  // the line's part of what is counted of open and lost chargebacks
    std::int64_t units_given_up = 0;      // by disputes that ended without a refund, where the policy counts them
    bool operator==(account_line const&) const = default;
};

struct account_tender {
    tender_id tender{};
    tender_kind kind = tender_kind::other;
    std::int64_t captured_minor = 0;
    std::int64_t reserved_minor = 0;  // by refunds that were instructed
    std::int64_t refunded_minor = 0;
    std::int64_t outside_refunded_minor = 0;
    std::int64_t charged_back_minor = 0;
    bool operator==(account_tender const&) const = default;
};

// What a chargeback is to the money: an alert or an inquiry asks, an open one has taken, and holds, the amount.
enum class chargeback_state : std::uint8_t { alert, inquiry, open, won, lost, withdrawn };
template <>
inline constexpr std::array<std::string_view, 6> wire_names<chargeback_state>{"alert", "inquiry", "open",
                                                                              "won",   "lost",    "withdrawn"};
constexpr bool takes_money(chargeback_state one) noexcept {
    return one == chargeback_state::open || one == chargeback_state::lost;
}
constexpr bool is_final(chargeback_state one) noexcept { return one >= chargeback_state::won; }

struct account_chargeback {
    chargeback_id id;
    chargeback_state state = chargeback_state::alert;
    std::int64_t minor = 0;
    tender_id tender{};                            // empty: not told, or the payment is one tender
    std::vector<line_amount> counted{};            // over the lines; units 0, since money is charged back, not units
    std::vector<tender_amount> counted_tenders{};  // over the tenders; at most as much
    std::optional<instant> since{};                // when its present state began, as far as that was told
    bool operator==(account_chargeback const&) const = default;
};

// A refund that the host tells of and that no dispute ordered.
struct account_outside_refund {
    outside_id id;
    std::vector<line_amount> lines;
    std::vector<tender_amount> tenders{};
    bool operator==(account_outside_refund const&) const = default;
};

// Which order a payment is for, and between whom.
struct account_parties {
    order_id order;
    actor_id buyer;
    actor_id seller;
    bool operator==(account_parties const&) const = default;
};

struct account {
    payment_id payment;
    std::uint64_t version = 0;  // 0: not stored yet
    recourse::currency currency;
    std::vector<account_line> lines;
    std::vector<dispute_id> open;           // the disputes that hold something of it, in the order of opening
    std::vector<account_tender> tenders{};  // as the order told them; empty: one tender of everything
    std::optional<settlement_facts> settlement{};
    std::vector<account_outside_refund> outside_refunds{};
    std::vector<account_chargeback> chargebacks{};
    std::int64_t recouped_minor = 0;           // of refunds that disputes ask back, since they were not due after all
    std::optional<account_parties> parties{};  // accounts that were stored before this was kept have none
    bool operator==(account const&) const = default;

    [[nodiscard]] std::int64_t captured_minor() const noexcept;
    [[nodiscard]] std::int64_t reserved_minor() const noexcept;
    [[nodiscard]] std::int64_t refunded_minor() const noexcept;
    [[nodiscard]] std::int64_t outside_refunded_minor() const noexcept;
    [[nodiscard]] std::int64_t blocked_minor() const noexcept;      // counted of open chargebacks
    [[nodiscard]] std::int64_t lost_minor() const noexcept;         // counted of lost ones
    [[nodiscard]] std::int64_t left_minor() const noexcept;         // none of all these: refundable, or the seller's
    [[nodiscard]] std::int64_t overlapping_minor() const noexcept;  // of open and lost ones, what is not counted
    // What the buyer has twice: refunds by any route and lost chargebacks, as far as they exceed what was captured, less
    // what disputes ask back.
    [[nodiscard]] std::int64_t recoup_due_minor() const noexcept;
};

// The account of an order whose payment nobody has disputed yet.
account account_of(order_facts const& order);

// The same payment, told once more: takes on the components, the tenders, the settlement and the parties that an order
// tells and that no order told before. Tenders come too late for a payment of which something was refunded or is reserved:
// it stays one tender.
account completed(account recorded, order_facts const& order);

// Why the order's facts cannot be right, as a sentence; empty if nothing speaks against them. Holds them against
// themselves and against what was recorded of this payment before.
std::string contradiction(order_facts const& order, account const& recorded);

// What can be refunded for so many units of a line that are free: the line's amount over its units by largest
// remainder, after those in dispute and as many as were refunded in full, the last free unit with all that is left, and
// never more than is left.
std::int64_t refundable_minor(account_line const& line, std::int64_t units) noexcept;

// The tenders of a payment; of one that was recorded without any, one tender "" of everything.
std::vector<account_tender> tenders_of(account const&);

// Which tender gives how much of an amount to be refunded: each at most what it has left, in the order of the policy, or
// all in proportion to what they have left, by largest remainder. Tenders that give nothing are left out. Needs an amount
// that the tenders have left together; throws failure{out_of_range} otherwise.
std::vector<tender_amount> split_over_tenders(account const& of, std::int64_t minor, tender_order const& order);

// What an amount consists of that is paid back of a line next, after all that was refunded of it by any route.
std::vector<component> by_component(account_line const& line, std::int64_t minor);

// Applies what an event of a dispute does to the money; `all` is its record after the event. True if it did anything.
bool post(account& of, dispute_id const& dispute, record const& all, event const& happened);

// A refund by another route. A dispute that hears of it may give up a part of what it holds for the same lines:
// `released`, which is freed first.
struct outside_refund {
    outside_id id;
    std::vector<line_amount> lines;
    tender_id tender{};  // empty: the policy's order of tenders
    std::vector<line_amount> released{};
    bool operator==(outside_refund const&) const = default;
};
// True if it did anything; told again with the same lines, it does not. Says no, and does nothing, when a line or the
// tender has less left.
result<bool, refused> post_outside_refund(account& of, outside_refund const& told, tender_order const& order = {});

// What is heard of a chargeback, the first time or again: its state and amount replace those heard before.
struct chargeback_told {
    chargeback_id id;
    chargeback_state state = chargeback_state::alert;
    money amount;
    tender_id tender{};  // empty: cards first
    std::optional<instant> at{};
    bool operator==(chargeback_told const&) const = default;
};
chargeback_told told_of(chargeback::notice const& heard);
// True if it did anything. Says no to more than was captured, and when a chargeback that was won, lost or withdrawn would
// be open again. Never says no because the money was paid back before: that is told by `recoup_due_minor`.
result<bool, refused> post_chargeback(account& of, chargeback_told const& told);

// Since when chargebacks block the money of a payment; nothing while none is open.
std::optional<instant> blocked_since(account const& of) noexcept;

// Why these amounts cannot be an account's, as a sentence; empty when nothing speaks against them. Read from a store,
// such an account is damaged.
std::string imbalance(account const& of);

}  // namespace recourse
