// Who pays for what: the award by kind over those who bear it, then the costs beside it.
#include "recourse/engine/cost.hpp"

#include <algorithm>
#include <array>

#include "engine/situation.hpp"

namespace recourse {
namespace {

constexpr std::size_t kind_count = wire_names<cost_kind>.size();
constexpr std::size_t purse_count = wire_names<purse>.size();

cost_kind kind_of(component_kind one) noexcept {
    switch (one) {
        case component_kind::shipping_outbound: return cost_kind::shipping_outbound;
        case component_kind::shipping_return: return cost_kind::shipping_return;
        case component_kind::fee: return cost_kind::fee;
        case component_kind::item:
        case component_kind::discount:
        case component_kind::tax: break;
    }
    return cost_kind::item;
}

// A discount is off the goods; what is more than they cost is off the other kinds, in their order.
std::vector<std::int64_t> kinds_of(record const& all, account const& of, money const& award) {
    std::vector<std::int64_t> kinds(kind_count, 0);
    for (auto const& part : engine::split(award, all.dispute().kept.lines)) {
        auto const line =
            std::find_if(of.lines.begin(), of.lines.end(), [&](auto const& one) { return one.line == part.line; });
        auto const components = line == of.lines.end() ? std::vector<component>{} : line->components;
        for (auto const& one : by_component(components, 0, part.minor))
            kinds[static_cast<std::size_t>(kind_of(one.kind))] += one.minor;
    }
    auto& goods = kinds[static_cast<std::size_t>(cost_kind::item)];
    for (auto& other : kinds) {
        if (goods >= 0 || &other == &goods) continue;
        auto const taken = std::min(other, -goods);
        other -= taken;
        goods += taken;
    }
    return kinds;
}

}  // namespace

std::vector<cost_share> cost(record const& all, account const& of, burden const& borne) {
    auto const& awarded = all.dispute().kept.awarded;
    if (!awarded) return {};
    auto left = kinds_of(all, of, awarded->amount);
    std::array<std::array<std::int64_t, purse_count>, kind_count> table{};
    for (auto const& one : borne.bearers) {
        if (one.purse == purse::seller) continue;
        auto const shares = allocate(one.minor, left);
        for (std::size_t kind = 0; kind < kind_count; ++kind) {
            table[kind][static_cast<std::size_t>(one.purse)] += shares[kind];
            left[kind] -= shares[kind];
        }
    }
    for (std::size_t kind = 0; kind < kind_count; ++kind)
        table[kind][static_cast<std::size_t>(purse::seller)] += left[kind];
    for (auto const& one : borne.charges)
        table[static_cast<std::size_t>(one.kind)][static_cast<std::size_t>(one.payer)] += one.minor;
    std::vector<cost_share> shares;
    for (std::size_t kind = 0; kind < kind_count; ++kind) {
        for (std::size_t payer = 0; payer < purse_count; ++payer) {
            if (table[kind][payer] != 0)
                shares.push_back({static_cast<cost_kind>(kind),
                                  static_cast<purse>(payer),
                                  {table[kind][payer], awarded->amount.currency}});
        }
    }
    return shares;
}

}  // namespace recourse
