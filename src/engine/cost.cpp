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

cost_kind kind_of(side_cost_kind one) noexcept {
    switch (one) {
        case side_cost_kind::penalty: return cost_kind::penalty;
        case side_cost_kind::shipping_outbound: return cost_kind::shipping_outbound;
        case side_cost_kind::shipping_return: break;
    }
    return cost_kind::shipping_return;
}
purse purse_of(cost_party one) noexcept {
    switch (one) {
        case cost_party::buyer: return purse::buyer;
        case cost_party::seller: return purse::seller;
        case cost_party::platform: return purse::platform;
        case cost_party::carrier: break;
    }
    return purse::carrier;
}
purse purse_of(funder one) noexcept {
    switch (one) {
        case funder::seller: return purse::seller;
        case funder::platform: return purse::platform;
        case funder::carrier: break;
    }
    return purse::carrier;
}

// A discount is off the goods; what is more than they cost is off the other kinds, in their order.
std::vector<std::int64_t> kinds_of(record const& all, account const& of, money const& award) {
    std::vector<std::int64_t> kinds(kind_count, 0);
    auto const line_of = [&](line_id const& id) {
        return std::find_if(of.lines.begin(), of.lines.end(), [&](auto const& one) { return one.line == id; });
    };
    auto lines = all.dispute().kept.lines;
    std::int64_t held = 0;
    for (auto const& one : lines) held += one.minor;
    // What was paid ahead is not held any more: then the award is of what was paid for the lines.
    for (auto& one : lines) {
        if (auto const line = line_of(one.line); held < award.minor && line != of.lines.end())
            one.minor = line->paid_minor;
    }
    for (auto const& part : engine::split(award, lines)) {
        auto const line = line_of(part.line);
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
    auto const& awarded = all.dispute().kept.ruling->awarded;
    auto const unit = all.dispute().kept.refundable.currency;
    if (!awarded && borne.charges.empty()) return {};
    auto left = awarded ? kinds_of(all, of, awarded->amount) : std::vector<std::int64_t>(kind_count, 0);
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
                shares.push_back({static_cast<cost_kind>(kind), static_cast<purse>(payer), {table[kind][payer], unit}});
        }
    }
    return shares;
}

std::vector<cost_share> cost(record const& all, account const& of) { return cost(all, of, burden_of(all)); }

burden burden_of(record const& all) {
    auto const& kept = all.dispute().kept;
    burden made;
    for (auto const& one : kept.ruling->funded_by) {
        auto const by = purse_of(one.by);
        auto const before = std::find_if(made.bearers.begin(), made.bearers.end(),
                                         [&](auto const& other) { return other.purse == by; });
        if (before == made.bearers.end())
            made.bearers.push_back({by, one.minor});
        else
            before->minor += one.minor;
    }
    // A decision that never became final moves nothing once the dispute is closed.
    auto const count =
        all.dispute().in<dispute::closed>() ? std::size_t{kept.bill->costs_ordered} : kept.bill->costs.size();
    for (std::size_t at = 0; at < count; ++at) {
        auto const& one = kept.bill->costs[at];
        made.charges.push_back({kind_of(one.kind), purse_of(one.from), purse_of(one.to), one.minor});
    }
    return made;
}

result<std::vector<posting>, std::string> postings_of(record const& all) {
    auto const& kept = all.dispute().kept;
    if (!kept.ruling->awarded) return std::vector<posting>{};
    return postings_of(
        {engine::refundable_in_all(all), kept.ruling->awarded->amount, burden_of(all), kept.course->coverage_cap});
}

}  // namespace recourse
