// The account of one payment: how events move its money.
#include "recourse/engine/account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace recourse {
namespace {

constexpr std::size_t order_lines_max = 1000;

std::int64_t sum(account const& of, std::int64_t account_line::*column) noexcept {
    std::int64_t total = 0;
    for (auto const& line : of.lines) total += line.*column;
    return total;
}

account_line* find(account& of, line_id const& line) {
    auto const found =
        std::find_if(of.lines.begin(), of.lines.end(), [&](auto const& one) { return one.line == line; });
    return found == of.lines.end() ? nullptr : &*found;
}

}  // namespace

std::int64_t account::captured_minor() const noexcept { return sum(*this, &account_line::paid_minor); }
std::int64_t account::reserved_minor() const noexcept { return sum(*this, &account_line::reserved_minor); }
std::int64_t account::refunded_minor() const noexcept { return sum(*this, &account_line::refunded_minor); }

account account_of(order_facts const& order) {
    account made;
    made.payment = order.payment;
    made.currency = order.captured.currency;
    made.lines.reserve(order.lines.size());
    for (auto const& line : order.lines) made.lines.push_back({line.line, line.units, line.paid.minor, 0, 0, 0});
    return made;
}

std::string contradiction(order_facts const& order, account const& recorded) {
    if (order.lines.empty()) return "The order has no lines.";
    if (order.lines.size() > order_lines_max)
        return fmt::format("The order has {} lines; at most {} are possible.", order.lines.size(), order_lines_max);
    if (order.protection_extended_days < 0 || order.protection_extended_days > 3650)
        return fmt::format("Protection is extended by 0 to 3650 days, not by {}.", order.protection_extended_days);
    std::int64_t total = 0;
    for (std::size_t at = 0; at < order.lines.size(); ++at) {
        auto const& line = order.lines[at];
        if (line.units < 1 || line.units > 1'000'000)
            return fmt::format("Line {} has {} units; expected 1 to 1000000.", line.line.text(), line.units);
        if (line.paid.minor < 0)
            return fmt::format("Line {} has the negative amount {}.", line.line.text(), to_text(line.paid));
        if (line.paid.currency != order.captured.currency)
            return fmt::format("Line {} is in {}, the payment in {}.", line.line.text(), line.paid.currency.code(),
                               order.captured.currency.code());
        for (std::size_t before = 0; before < at; ++before) {
            if (order.lines[before].line == line.line) return fmt::format("Line {} is listed twice.", line.line.text());
        }
        auto const sum_so_far = add_minor(total, line.paid.minor);
        if (!sum_so_far) return "The amounts of the lines add up to more than can be counted.";
        total = *sum_so_far;
    }
    if (total != order.captured.minor)
        return fmt::format("The lines add up to {}, but {} was captured.", to_text({total, order.captured.currency}),
                           to_text(order.captured));
    if (recorded.version == 0) return {};
    if (recorded.currency != order.captured.currency)
        return fmt::format("Payment {} was recorded in {} before.", recorded.payment.text(), recorded.currency.code());
    if (recorded.lines.size() != order.lines.size())
        return fmt::format("Payment {} was recorded with {} lines before.", recorded.payment.text(),
                           recorded.lines.size());
    for (std::size_t at = 0; at < order.lines.size(); ++at) {
        auto const& was = recorded.lines[at];
        auto const& now = order.lines[at];
        if (was.line != now.line || was.units != now.units || was.paid_minor != now.paid.minor)
            return fmt::format("Line {} was recorded as {} with {} units and {} before.", at + 1, was.line.text(),
                               was.units, to_text({was.paid_minor, recorded.currency}));
    }
    return {};
}

std::int64_t refundable_minor(account_line const& line, std::int64_t units) noexcept {
    auto const left = line.paid_minor - line.reserved_minor - line.refunded_minor;
    auto const free_units = line.units - line.units_in_dispute;
    if (units >= free_units) return left;
    // Units are priced in order, the first ones carry the odd cents; those in dispute stand before the free ones.
    auto const each = line.paid_minor / line.units;
    auto const odd = line.paid_minor % line.units;
    auto const priced = [&](std::int64_t count) { return count * each + std::min(count, odd); };
    return std::min(left, priced(line.units_in_dispute + units) - priced(line.units_in_dispute));
}

bool post(account& of, dispute_id const& dispute, record const& all, event const& happened) {
    auto const& disputed = all.dispute().kept.lines;
    auto const move = [&](std::vector<line_amount> const& lines, auto&& change) {
        for (auto const& one : lines) {
            if (auto* line = find(of, one.line)) change(*line, one);
        }
    };
    auto const release_units = [&] {
        move(disputed, [](account_line& line, line_amount const& one) { line.units_in_dispute -= one.units; });
        std::erase(of.open, dispute);
    };
    auto const release_money = [&] {
        move(disputed, [](account_line& line, line_amount const& one) { line.reserved_minor -= one.minor; });
    };

    // Once a settlement has begun, its refund orders hold the money, not the claim.
    bool const was_settling =
        happened.from == dispute::settling::code || happened.from == dispute::settlement_failed::code;

    if (std::holds_alternative<dispute::seller_contacted>(happened.body)) {
        return true;  // nothing is held; the order's lines are known from now on
    } else if (auto const* amended = std::get_if<dispute::claim_amended>(&happened.body)) {
        move(amended->released, [](account_line& line, line_amount const& one) {
            line.units_in_dispute -= one.units;
            line.reserved_minor -= one.minor;
        });
        move(amended->lines, [](account_line& line, line_amount const& one) {
            line.units_in_dispute += one.units;
            line.reserved_minor += one.minor;
        });
    } else if (std::holds_alternative<dispute::dispute_opened>(happened.body)) {
        move(disputed, [](account_line& line, line_amount const& one) {
            line.units_in_dispute += one.units;
            line.reserved_minor += one.minor;
        });
        of.open.push_back(dispute);
    } else if (auto const* begun = std::get_if<dispute::settlement_begun>(&happened.body)) {
        release_money();
        move(begun->split, [](account_line& line, line_amount const& one) { line.reserved_minor += one.minor; });
    } else if (std::holds_alternative<refund::refund_confirmed>(happened.body)) {
        move(all.refunds()[happened.number - 1].kept.lines, [](account_line& line, line_amount const& one) {
            line.reserved_minor -= one.minor;
            line.refunded_minor += one.minor;
        });
    } else if (std::holds_alternative<dispute::dispute_settled>(happened.body)) {
        release_units();
    } else if (std::holds_alternative<dispute::dispute_withdrawn>(happened.body)) {
        release_units();
        release_money();
    } else if (auto const* closed = std::get_if<dispute::dispute_closed>(&happened.body)) {
        // An unpaid refund keeps what it holds: it may still be confirmed.
        if (closed->outcome.resolution == resolution::unpaid) return false;
        release_units();
        if (!was_settling) release_money();
    } else {
        return false;
    }
    return true;
}

}  // namespace recourse
