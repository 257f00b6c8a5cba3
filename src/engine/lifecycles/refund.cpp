// The refund at work: its members, its facts, its machine.
#include "recourse/lifecycle/refund.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::refund {

BOOST_DESCRIBE_STRUCT(confirm_refund, (), (refund, amount, payment_reference, attempt))
BOOST_DESCRIBE_STRUCT(report_refund_failed, (), (refund, cause, attempt))
BOOST_DESCRIBE_STRUCT(report_refund_unknown, (), (refund, attempt))
BOOST_DESCRIBE_STRUCT(retry_refund, (), (refund))
BOOST_DESCRIBE_STRUCT(reroute_refund, (), (refund, route))
BOOST_DESCRIBE_STRUCT(refund_instructed, (), (key, amount, lines, tenders, provisional))
BOOST_DESCRIBE_STRUCT(refund_held, (), (key, amount, lines, tenders, provisional))
BOOST_DESCRIBE_STRUCT(refund_released, (), (key, amount, lines, tenders, gone))
BOOST_DESCRIBE_STRUCT(refund_called_off, (), ())
BOOST_DESCRIBE_STRUCT(refund_rerouted, (), (key, route, attempt))
BOOST_DESCRIBE_STRUCT(refund_confirmed, (), (payment_reference, attempt))
BOOST_DESCRIBE_STRUCT(refund_confirmed_again, (), ())
BOOST_DESCRIBE_STRUCT(provider_notice_repeated, (), (attempt))
BOOST_DESCRIBE_STRUCT(refund_failed, (), (cause))
BOOST_DESCRIBE_STRUCT(refund_outcome_unknown, (), ())
BOOST_DESCRIBE_STRUCT(refund_retried, (), (key, attempt))
BOOST_DESCRIBE_STRUCT(refund_given_up, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (key, amount, lines, attempts, payment_reference, tenders, routes, provisional))

}  // namespace recourse::refund

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<refund::refund_instructed>{"provisional"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<refund::instance>{"provisional"};
}  // namespace recourse::json

namespace recourse::engine {

using refunds = refund::lifecycle_type;

namespace {

// "GROUP/DISPUTE/refund/1": every attempt of a refund order has the same.
std::string order_key(dispute_key const& dispute, std::uint32_t number) {
    constexpr std::string_view between{"/refund/"};
    auto const digits = std::to_string(number);
    std::string key;
    key.reserve(dispute.group.text().size() + 1 + dispute.dispute.text().size() + between.size() + digits.size());
    key += dispute.group.text();
    key += '/';
    key += dispute.dispute.text();
    key += between;
    key += digits;
    return key;
}

}  // namespace

template <>
refund::facts workings<refunds>::facts_for(situation const& now, machine<refunds> const& one,
                                           told<refunds> const& command) {
    refund::facts known;
    known.by = now.by.role;
    known.amount = one.kept.amount;
    known.payment_reference = one.kept.payment_reference;
    known.key = one.kept.key.empty() ? order_key(now.key, one.number) : one.kept.key;
    known.attempts = one.kept.attempts;
    known.attempts_max = now.known.policy->limits.refund_attempts;
    // What is awarded now covers less than what was ordered provisionally.
    auto const& disputed = now.all.dispute().kept;
    auto const awarded = disputed.ruling->awarded ? disputed.ruling->awarded->amount.minor : 0;
    known.was_overturned = one.kept.provisional && awarded < disputed.course->provisional_minor;
    auto const& end = disputed.ruling->outcome;
    known.was_overturned = known.was_overturned || (end && end->resolution == resolution::charged_back);
    known.lines = one.kept.lines;
    known.tenders = one.kept.tenders;
    if (now.money != nullptr) known.blocked_since = blocked_since(*now.money);
    known.money_is_blocked = known.blocked_since.has_value();
    known.routes_used = one.kept.routes;
    if (!known.routes_used.empty()) known.route = known.routes_used.back();
    // Each refund order goes to one tender; a payment that is one tender names none.
    if (auto const* order = std::get_if<refund::instruct_refund const*>(&command)) {
        if (!(*order)->tender.empty()) known.tenders = {{(*order)->tender, (*order)->amount.minor}};
    }
    return known;
}

template <>
bool workings<refunds>::tell(deciding& doing, std::uint32_t number, told<refunds> const& command) {
    return doing.tell_machine<refunds>(number, command);
}

template struct workings<refunds>;

}  // namespace recourse::engine
