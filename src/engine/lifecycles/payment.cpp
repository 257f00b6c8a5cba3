// The payment's file at work: its members, its facts, its machine.
#include "recourse/lifecycle/payment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::payment {

BOOST_DESCRIBE_STRUCT(tell_order, (), (policy, policy_version, order))
BOOST_DESCRIBE_STRUCT(tell_outside_refund, (), (outside_refund, lines, tender))
BOOST_DESCRIBE_STRUCT(order_told, (), (policy, order))
BOOST_DESCRIBE_STRUCT(outside_refund_told, (), (outside_refund, lines, tender, released, proportional, first))
BOOST_DESCRIBE_STRUCT(outside_refund_told_again, (), (outside_refund))
BOOST_DESCRIBE_STRUCT(recoup_ordered, (), (key, amount))
BOOST_DESCRIBE_STRUCT(recoup_reduced, (), (key, amount))
BOOST_DESCRIBE_STRUCT(instance, (), (policy, order, recoup_minor, recoup_orders))

}  // namespace recourse::payment

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<payment::tell_order>{"policy"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<payment::tell_outside_refund>{"tender"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<payment::outside_refund_told>{"tender"};
}  // namespace recourse::json

namespace recourse::engine {
namespace {

using payments = payment::lifecycle_type;

std::string contradicts(payment::tell_order const& told, machine<payments> const& one, situation const& now) {
    auto const& order = told.order;
    if (order.payment != payment_of(now.key))
        return fmt::format("This is the file of payment {}, not of {}.", payment_of(now.key).text(),
                           order.payment.text());
    if (auto why = contradiction(order, *now.money); !why.empty() || one.in<payment::untold>()) return why;
    auto const& before = one.kept.order;
    if (order.order != before.order || order.buyer.id != before.buyer.id || order.seller.id != before.seller.id)
        return fmt::format("Payment {} was told of order {} between {} and {} before.", before.payment.text(),
                           before.order.text(), before.buyer.id.text(), before.seller.id.text());
    if (told.policy != one.kept.policy.id || (told.policy_version && *told.policy_version != one.kept.policy.version))
        return fmt::format("The order was told under policy {} version {} before.", one.kept.policy.id.text(),
                           one.kept.policy.version);
    return {};
}

void fill_outside_refund(payment::facts& known, payment::tell_outside_refund const& told, situation const& now) {
    auto const& before = now.money->outside_refunds;
    known.was_told_before = std::any_of(before.begin(), before.end(), [&](auto const& one) {
        return one.id == told.outside_refund && one.lines == told.lines;
    });
    known.released = now.known.given_up;
    known.tenders = now.known.policy->tenders;
    auto tried = *now.money;
    auto const posted =
        post_outside_refund(tried, {told.outside_refund, told.lines, told.tender, known.released}, known.tenders);
    if (!posted) known.account_problem = posted.error();
}

}  // namespace

template <>
payment::facts workings<payments>::facts_for(situation const& now, machine<payments> const& one,
                                             told<payments> const& command) {
    payment::facts known;
    known.by = now.by.role;
    known.policy = now.known.reference;
    if (auto const* order = std::get_if<payment::tell_order const*>(&command))
        known.order_contradiction = contradicts(**order, one, now);
    if (auto const* refunded = std::get_if<payment::tell_outside_refund const*>(&command))
        fill_outside_refund(known, **refunded, now);
    known.recoup_due = {now.money->recoup_due_minor(), now.money->currency};
    known.recoup_ordered = {one.kept.recoup_minor, now.money->currency};
    known.recoup_key = fmt::format("{}/recoup/{}", to_text(now.key), one.kept.recoup_orders + 1);
    return known;
}

template <>
bool workings<payments>::tell(deciding& doing, std::uint32_t number, told<payments> const& command) {
    return doing.tell_machine<payments>(number, command);
}

template struct workings<payments>;

}  // namespace recourse::engine
