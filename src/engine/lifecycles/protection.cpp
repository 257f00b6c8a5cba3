// Buyer protection at work: its members, its facts, its machine.
#include "recourse/lifecycle/protection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::buyer_protection {

BOOST_DESCRIBE_STRUCT(extend_protection, (), (line, days))
BOOST_DESCRIBE_STRUCT(confirm_delivery, (), (line))
BOOST_DESCRIBE_STRUCT(protection_awaited, (), (line))
BOOST_DESCRIBE_STRUCT(protection_begun, (), (line, ends, was_delivered))
BOOST_DESCRIBE_STRUCT(protection_told_again, (), (ends, was_delivered))
BOOST_DESCRIBE_STRUCT(order_heard, (), ())
BOOST_DESCRIBE_STRUCT(protection_extended, (), (days, ends))
BOOST_DESCRIBE_STRUCT(delivery_confirmed, (), ())
BOOST_DESCRIBE_STRUCT(confirmation_held, (), ())
BOOST_DESCRIBE_STRUCT(delivery_auto_confirmed, (), ())
BOOST_DESCRIBE_STRUCT(protection_expired, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (line, ends, extended_days, extensions, was_delivered, is_held))

}  // namespace recourse::buyer_protection

namespace recourse::engine {
namespace {

using protections = buyer_protection::lifecycle_type;

std::optional<instant> end_with(order_times order, std::int32_t more_days, situation const& now) {
    order.protection_extended_days += more_days;
    auto const end = protection_end(order, now.known);
    return end ? std::optional{end->due} : std::nullopt;
}

std::string extension_problem(buyer_protection::extend_protection const& asked, machine<protections> const& one,
                              situation const& now) {
    auto const& most = now.known.policy->protection.extensions;
    if (most.most == 0) return "The policy lets no seller extend it.";
    if (one.kept.extensions >= most.most) return fmt::format("It was extended {} times already.", most.most);
    auto const left = most.days_in_all - one.kept.extended_days;
    if (asked.days < 1 || asked.days > left)
        return fmt::format("It can be extended by 1 to {} days, not by {}.", left, asked.days);
    if (!one.clock) return "It has ended.";
    return {};
}

}  // namespace

template <>
buyer_protection::facts workings<protections>::facts_for(situation const& now, machine<protections> const& one,
                                                         told<protections> const& command) {
    buyer_protection::facts known;
    known.by = now.by.role;
    auto const& kept = one.kept;
    auto const* heard = std::get_if<buyer_protection::hear_order const*>(&command);
    auto const& line = heard != nullptr ? (*heard)->line : kept.line;
    auto const order = times_of(now.all.payments().front().kept.order, line, now.known.policy->protection.parcels);
    known.ends = end_with(order, kept.extended_days, now);
    // An end that was told moves only later.
    if (kept.ends) known.ends = std::max(*kept.ends, known.ends.value_or(*kept.ends));
    known.was_delivered = order.delivered_at.has_value();
    for (auto const& each : now.money->lines)
        known.dispute_is_open = known.dispute_is_open || (each.line == kept.line && each.units_in_dispute > 0);
    if (auto const* asked = std::get_if<buyer_protection::extend_protection const*>(&command)) {
        known.extension_problem = extension_problem(**asked, one, now);
        if (known.extension_problem.empty())
            known.extended_to = end_with(order, kept.extended_days + (*asked)->days, now);
    }
    return known;
}

template <>
bool workings<protections>::tell(deciding& doing, std::uint32_t number, told<protections> const& command) {
    return doing.tell_machine<protections>(number, command);
}

template struct workings<protections>;

}  // namespace recourse::engine
