// The account of one payment: how events move its money.
#include "recourse/engine/account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <numeric>

#include "engine/account_rows.hpp"
#include "engine/money_events.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {

using engine::count_chargebacks;
using engine::find;
using engine::left_of;

namespace {

constexpr std::size_t order_lines_max = 1000;
constexpr std::size_t tenders_max = 20;

std::int64_t sum(account const& of, std::int64_t account_line::*column) noexcept {
    std::int64_t total = 0;
    for (auto const& line : of.lines) total += line.*column;
    return total;
}

std::vector<account_tender> tenders_told(order_facts const& order) {
    std::vector<account_tender> made;
    for (auto const& one : order.tenders) made.push_back({one.id, one.kind, one.captured.minor, 0, 0});
    return made;
}

account_parties parties_told(order_facts const& order) { return {order.order, order.buyer.id, order.seller.id}; }

std::string tenders_contradict(order_facts const& order) {
    if (order.tenders.size() > tenders_max)
        return fmt::format("The payment has {} tenders; at most {} are possible.", order.tenders.size(), tenders_max);
    std::int64_t total = 0;
    for (auto one = order.tenders.begin(); one != order.tenders.end(); ++one) {
        auto const& unit = one->captured.currency;
        if (unit != order.captured.currency)
            return fmt::format("Tender {} is in {}, the payment in {}.", one->id.text(), unit.code(),
                               order.captured.currency.code());
        if (one->captured.minor < 0)
            return fmt::format("Tender {} has the negative amount {}.", one->id.text(), to_text(one->captured));
        if (std::any_of(order.tenders.begin(), one, [&](auto const& other) { return other.id == one->id; }))
            return fmt::format("Tender {} is listed twice.", one->id.text());
        auto const sum_so_far = add_minor(total, one->captured.minor);
        if (!sum_so_far) return "The amounts of the tenders add up to more than can be counted.";
        total = *sum_so_far;
    }
    if (!order.tenders.empty() && total != order.captured.minor)
        return fmt::format("The tenders add up to {}, but {} was captured.", to_text({total, order.captured.currency}),
                           to_text(order.captured));
    return {};
}

// What an order tells and what was recorded are compared as far as both say anything.
std::string tenders_contradict(order_facts const& order, account const& recorded) {
    if (order.tenders.empty() || recorded.tenders.empty()) return {};
    bool const same =
        std::equal(order.tenders.begin(), order.tenders.end(), recorded.tenders.begin(), recorded.tenders.end(),
                   [](auto const& now, auto const& was) {
                       return now.id == was.tender && now.kind == was.kind && now.captured.minor == was.captured_minor;
                   });
    if (same) return {};
    std::string was;
    for (auto const& one : recorded.tenders)
        was += fmt::format("{}{} {} with {}", was.empty() ? "" : ", ", wire_name(one.kind), one.tender.text(),
                           to_text({one.captured_minor, recorded.currency}));
    return fmt::format("Payment {} was recorded with other tenders before: {}.", recorded.payment.text(), was);
}

// How many units, priced in order, an amount pays for in full; the first `odd` ones cost a cent more than `each`.
std::int64_t units_paid_for(std::int64_t minor, std::int64_t each, std::int64_t odd, std::int64_t units) noexcept {
    auto const of_dearer_ones = odd * (each + 1);
    if (minor < of_dearer_ones) return minor / (each + 1);
    return each == 0 ? units : odd + (minor - of_dearer_ones) / each;
}

}  // namespace

std::int64_t account::captured_minor() const noexcept { return sum(*this, &account_line::paid_minor); }
std::int64_t account::reserved_minor() const noexcept { return sum(*this, &account_line::reserved_minor); }
std::int64_t account::refunded_minor() const noexcept { return sum(*this, &account_line::refunded_minor); }
std::int64_t account::outside_refunded_minor() const noexcept {
    return sum(*this, &account_line::outside_refunded_minor);
}
std::int64_t account::left_minor() const noexcept {
    std::int64_t left = 0;
    for (auto const& line : lines) left += left_of(line);
    return left;
}

account account_of(order_facts const& order) {
    account made;
    made.payment = order.payment;
    made.currency = order.captured.currency;
    made.lines.reserve(order.lines.size());
    for (auto const& line : order.lines)
        made.lines.push_back({line.line, line.units, line.paid.minor, 0, 0, 0, line.components});
    made.tenders = tenders_told(order);
    made.settlement = order.settlement;
    made.parties = parties_told(order);
    return made;
}

account completed(account recorded, order_facts const& order) {
    for (std::size_t at = 0; at < recorded.lines.size() && at < order.lines.size(); ++at) {
        auto& line = recorded.lines[at];
        if (line.components.empty() && line.line == order.lines[at].line) line.components = order.lines[at].components;
    }
    bool const untouched = recorded.left_minor() == recorded.captured_minor();
    if (recorded.tenders.empty() && untouched) recorded.tenders = tenders_told(order);
    if (!recorded.settlement) recorded.settlement = order.settlement;
    if (!recorded.parties) recorded.parties = parties_told(order);
    return recorded;
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
        if (auto const why = contradiction(line.components, line.paid); !why.empty())
            return fmt::format("Line {} {}.", line.line.text(), why);
        auto const sum_so_far = add_minor(total, line.paid.minor);
        if (!sum_so_far) return "The amounts of the lines add up to more than can be counted.";
        total = *sum_so_far;
    }
    if (total != order.captured.minor)
        return fmt::format("The lines add up to {}, but {} was captured.", to_text({total, order.captured.currency}),
                           to_text(order.captured));
    if (auto why = parcels_contradict(order); !why.empty()) return why;
    if (auto why = tenders_contradict(order); !why.empty()) return why;
    if (order.settlement) {
        if (auto why = contradiction(*order.settlement, order.captured); !why.empty()) return why;
    }
    if (recorded.version == 0) return {};
    if (auto const& was = recorded.parties; was && *was != parties_told(order))
        return fmt::format("Payment {} was recorded for order {} between {} and {} before.", recorded.payment.text(),
                           was->order.text(), was->buyer.text(), was->seller.text());
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
        if (!was.components.empty() && !now.components.empty() && was.components != now.components)
            return fmt::format("Line {} was recorded with other components before.", was.line.text());
    }
    if (recorded.settlement && order.settlement && recorded.settlement != order.settlement)
        return fmt::format("Payment {} was recorded with the settlement {} at {} before.", recorded.payment.text(),
                           to_text(recorded.settlement->amount), recorded.settlement->rate);
    return tenders_contradict(order, recorded);
}

std::int64_t refundable_minor(account_line const& line, std::int64_t units) noexcept {
    auto const left = left_of(line);
    if (units >= line.units - line.units_in_dispute) return left;
    // Units are priced in order, the first ones carry the odd cents.
    auto const each = line.paid_minor / line.units;
    auto const odd = line.paid_minor % line.units;
    auto const priced = [&](std::int64_t count) { return count * each + std::min(count, odd); };
    // Before the free ones stand those in dispute, and as many as the money that is gone has paid for: what was refunded
    // in full is not priced again.
    auto const before = std::max(line.units_in_dispute, units_paid_for(line.paid_minor - left, each, odd, line.units));
    if (before + units >= line.units) return left;
    return std::min(left, priced(before + units) - priced(before));
}

std::vector<account_tender> tenders_of(account const& of) {
    if (!of.tenders.empty()) return of.tenders;
    return {{{},
             tender_kind::other,
             of.captured_minor(),
             of.reserved_minor(),
             of.refunded_minor(),
             of.outside_refunded_minor(),
             sum(of, &account_line::charged_back_minor)}};
}

std::vector<tender_amount> split_over_tenders(account const& of, std::int64_t minor, tender_order const& order) {
    if (of.tenders.empty()) return {{{}, minor}};
    std::vector<std::int64_t> left;
    std::int64_t together = 0;
    for (auto const& one : of.tenders) {
        left.push_back(left_of(one));
        together += left.back();
    }
    if (minor < 0 || minor > together)
        throw failure{failure_kind::out_of_range,
                      fmt::format("cannot split {} over the tenders of payment {}, which have {} left", minor,
                                  of.payment.text(), together)};
    std::vector<std::int64_t> gives(left.size(), 0);
    if (order.proportional) {
        gives = allocate(minor, left);
    } else {
        auto const place_of = [&](account_tender const& one) {
            return std::find(order.first.begin(), order.first.end(), one.kind) - order.first.begin();
        };
        std::vector<std::size_t> turns(left.size());
        std::iota(turns.begin(), turns.end(), std::size_t{0});
        std::stable_sort(turns.begin(), turns.end(), [&](std::size_t one, std::size_t two) {
            return place_of(of.tenders[one]) < place_of(of.tenders[two]);
        });
        for (auto const turn : turns) {
            gives[turn] = std::min(minor, left[turn]);
            minor -= gives[turn];
        }
    }
    std::vector<tender_amount> parts;
    for (std::size_t at = 0; at < gives.size(); ++at) {
        if (gives[at] > 0) parts.push_back({of.tenders[at].tender, gives[at]});
    }
    return parts;
}

std::vector<component> by_component(account_line const& line, std::int64_t minor) {
    return by_component(line.components, line.refunded_minor + line.outside_refunded_minor, minor);
}

bool post(account& of, dispute_id const& dispute, record const& all, event const& happened) {
    if (!engine::may_move(happened.body)) return false;
    auto const& disputed = all.dispute().kept.lines;
    auto const move = [&](std::vector<line_amount> const& lines, auto&& change) {
        for (auto const& one : lines) {
            if (auto* line = find(of, one.line)) change(*line, one);
        }
    };
    auto const release_units = [&] {
        if (std::erase(of.open, dispute) == 0) return;  // they were free before
        move(disputed, [](account_line& line, line_amount const& one) { line.units_in_dispute -= one.units; });
    };
    auto const give_up_units = [&] {
        move(disputed, [](account_line& line, line_amount const& one) { line.units_given_up += one.units; });
    };
    auto const release_money = [&] {
        move(disputed, [](account_line& line, line_amount const& one) { line.reserved_minor -= one.minor; });
    };

    auto const reserve_tenders = [&](std::vector<tender_amount> const& tenders) {
        for (auto const& one : tenders) {
            if (auto* tender = find(of, one.tender)) tender->reserved_minor += one.minor;
        }
        return !tenders.empty();
    };
    // What an order that never left gives up, of its lines and of its one tender.
    auto const release_order = [&](std::vector<line_amount> const& lines, std::vector<tender_amount> const& tenders) {
        std::int64_t total = 0;
        for (auto const& one : lines) total += one.minor;
        move(lines, [](account_line& line, line_amount const& one) { line.reserved_minor -= one.minor; });
        if (tenders.empty()) return;
        if (auto* tender = find(of, tenders.front().tender)) tender->reserved_minor -= total;
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
    } else if (auto const* reduced = std::get_if<dispute::claim_reduced>(&happened.body)) {
        if (reduced->already_freed) return false;
        move(reduced->lines, [](account_line& line, line_amount const& one) { line.reserved_minor -= one.minor; });
    } else if (auto const* order = std::get_if<payment::order_told>(&happened.body)) {
        of = completed(std::move(of), order->order);
        return true;  // nothing is held; the order's lines are known from now on
    } else if (auto const* told = std::get_if<payment::outside_refund_told>(&happened.body)) {
        // It was tried on the account before it was recorded.
        auto const posted = post_outside_refund(of, {told->outside_refund, told->lines, told->tender, told->released},
                                                {told->proportional, told->first});
        return posted && *posted;
    } else if (happened.lifecycle == chargeback::lifecycle_type::code) {
        auto const posted = post_chargeback(of, told_of(all.chargebacks()[happened.number - 1].kept.last));
        return posted && *posted;
    } else if (auto const* instructed = std::get_if<refund::refund_instructed>(&happened.body)) {
        if (!reserve_tenders(instructed->tenders)) return false;
    } else if (auto const* held = std::get_if<refund::refund_held>(&happened.body)) {
        if (!reserve_tenders(held->tenders)) return false;
    } else if (auto const* released = std::get_if<refund::refund_released>(&happened.body)) {
        if (released->gone.empty()) return false;
        release_order(released->gone, released->tenders);
    } else if (std::holds_alternative<refund::refund_called_off>(happened.body)) {
        auto const& called_off = all.refunds()[happened.number - 1].kept;
        release_order(called_off.lines, called_off.tenders);
    } else if (std::holds_alternative<refund::refund_confirmed>(happened.body)) {
        auto const& paid = all.refunds()[happened.number - 1].kept;
        move(paid.lines, [](account_line& line, line_amount const& one) {
            line.reserved_minor -= one.minor;
            line.refunded_minor += one.minor;
        });
        for (auto const& one : paid.tenders) {
            auto* tender = find(of, one.tender);
            if (tender == nullptr) continue;
            tender->reserved_minor -= one.minor;
            tender->refunded_minor += one.minor;
        }
    } else if (auto const* recouped = std::get_if<dispute::recoup_ordered>(&happened.body)) {
        of.recouped_minor += recouped->amount.minor;
    } else if (std::holds_alternative<dispute::dispute_settled>(happened.body)) {
        release_units();
    } else if (auto const* withdrawn = std::get_if<dispute::dispute_withdrawn>(&happened.body)) {
        if (withdrawn->counts_as_given_up) give_up_units();
        release_units();
        release_money();
    } else if (auto const* closed = std::get_if<dispute::dispute_closed>(&happened.body)) {
        // An unpaid refund keeps what it holds: it may still be confirmed.
        if (closed->outcome.resolution == resolution::unpaid) return false;
        if (closed->counts_as_given_up) give_up_units();
        release_units();
        if (!was_settling) release_money();
    } else {
        return false;
    }
    count_chargebacks(of);  // what became free
    return true;
}

}  // namespace recourse
