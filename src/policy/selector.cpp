// Selectors: what fits, what is narrower, and what a document may say.
#include "recourse/policy/selector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "policy/further_checks.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {
namespace {

// A trait as it is named in documents, in a selector and in an order, from the one that counts most.
struct selected_trait {
    std::string_view name;
    std::vector<std::string> order_selector::*taken;
    std::optional<short_text> order_traits::*told;
};
constexpr std::array<selected_trait, 4> selected_traits{{
    {"site", &order_selector::site, &order_traits::site},
    {"category", &order_selector::category, &order_traits::category},
    {"payment_method", &order_selector::payment_method, &order_traits::payment_method},
    {"seller_type", &order_selector::seller_type, &order_traits::seller_type},
}};

// A bit for each thing that is named, the highest for the one that counts most.
unsigned named(order_selector const& selector) noexcept {
    unsigned bits = 0;
    for (auto const& one : selected_traits) bits = bits * 2 + ((selector.*one.taken).empty() ? 0 : 1);
    return bits * 2 + (selector.ordered_from || selector.ordered_before ? 1 : 0);
}

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (auto const& one : names) {
        if (!text.empty()) text += " or ";
        text += quoted(one);
    }
    return text;
}

}  // namespace

std::optional<date> ordered_on(order_facts const& order) {
    auto at = order.paid_at;
    if (order.traits && order.traits->ordered_at) at = order.traits->ordered_at;
    auto const zone = time_zone::find(order.buyer.zone);
    if (!at || !zone) return std::nullopt;
    return zone->local_date(*at);
}

std::vector<std::string> misfits(order_selector const& selector, order_facts const& order) {
    std::vector<std::string> found;
    auto const traits = order.traits.value_or(order_traits{});
    for (auto const& one : selected_traits) {
        auto const& taken = selector.*one.taken;
        auto const& told = traits.*one.told;
        if (taken.empty()) continue;
        if (!told)
            found.push_back(fmt::format("{} was not told, and should be {}", one.name, listed(taken)));
        else if (std::find(taken.begin(), taken.end(), told->view()) == taken.end())
            found.push_back(fmt::format("{} {}, not {}", one.name, quoted(told->view()), listed(taken)));
    }
    if (!selector.ordered_from && !selector.ordered_before) return found;
    auto const day = ordered_on(order);
    if (!day)
        found.emplace_back("the day of the order was not told");
    else if (selector.ordered_from && *day < *selector.ordered_from)
        found.push_back(fmt::format("ordered on {}, not from {} on", to_text(*day), to_text(*selector.ordered_from)));
    else if (selector.ordered_before && *day >= *selector.ordered_before)
        found.push_back(fmt::format("ordered on {}, not before {}", to_text(*day), to_text(*selector.ordered_before)));
    return found;
}

bool is_narrower(order_selector const& one, order_selector const& other) noexcept {
    auto const left = named(one);
    auto const right = named(other);
    if (std::popcount(left) != std::popcount(right)) return std::popcount(left) > std::popcount(right);
    return left > right;
}

bool share_an_order(order_selector const& one, order_selector const& other) {
    for (auto const& trait : selected_traits) {
        auto const& left = one.*trait.taken;
        auto const& right = other.*trait.taken;
        if (left.empty() || right.empty()) continue;
        if (std::find_first_of(left.begin(), left.end(), right.begin(), right.end()) == left.end()) return false;
    }
    bool const ends_first = one.ordered_before && other.ordered_from && *one.ordered_before <= *other.ordered_from;
    bool const starts_later = other.ordered_before && one.ordered_from && *other.ordered_before <= *one.ordered_from;
    return !ends_first && !starts_later;
}

void check_selector(policy const& read, findings& found) {
    if (!read.applies_to) return;
    auto const& selector = *read.applies_to;
    json::place const whole;
    auto const where = whole.member("applies_to");
    for (auto const& one : selected_traits) {
        auto const list = where.member(one.name);
        auto const& taken = selector.*one.taken;
        for (std::size_t at = 0; at < taken.size(); ++at) {
            if (std::find(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(at), taken[at]) !=
                taken.begin() + static_cast<std::ptrdiff_t>(at))
                found.report(list.element(at), "is listed before");
        }
    }
    if (selector.ordered_from && selector.ordered_before && *selector.ordered_before <= *selector.ordered_from)
        found.report(where.member("ordered_before"),
                     fmt::format("would take no order: expected a day after {}", to_text(*selector.ordered_from)));
}

}  // namespace recourse
