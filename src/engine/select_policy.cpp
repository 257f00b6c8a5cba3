// Which of the offered policies a new dispute is opened under.
#include <fmt/format.h>

#include <algorithm>

#include "recourse/engine/engine.hpp"
#include "recourse/policy/selector.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

constexpr std::size_t told_max = 5;  // policies that are not meant for an order, in one answer

std::string named(policy_reference const& one) { return fmt::format("{} version {}", one.id.text(), one.version); }

// One that says nothing about orders is meant for all of them.
std::vector<std::string> misfits_of(policy const& rules, order_facts const& order) {
    return rules.applies_to ? misfits(*rules.applies_to, order) : std::vector<std::string>{};
}

}  // namespace

result<std::shared_ptr<dispute_engine::offered_policy const>, refused> dispute_engine::chosen(
    policy_id const& id, std::optional<std::uint32_t> version, order_facts const& order) {
    if (id.empty() && !version) return meant_for(order);
    auto const newest_of_it = newest(id, version);
    if (!newest_of_it) return failed{policy_unknown(id, version)};
    auto const no = misfits_of(newest_of_it->content, order);
    if (no.empty()) return newest_of_it;
    // Without a version it is the newest of those that are meant for the order.
    if (!version) {
        auto const& versions = by_id_.find(id)->second;
        auto const one = std::find_if(versions.rbegin(), versions.rend(), [&](auto const& each) {
            return misfits_of(each.second->content, order).empty();
        });
        if (one != versions.rend()) return one->second;
    }
    refused out;
    out.code = refusal::policy_not_for_this_order;
    out.subject = named(newest_of_it->reference);
    out.because = fmt::format("It is not meant for this order: {}.", fmt::join(no, "; "));
    return failed{std::move(out)};
}

result<std::shared_ptr<dispute_engine::offered_policy const>, refused> dispute_engine::meant_for(
    order_facts const& order) {
    std::shared_ptr<offered_policy const> best;
    std::vector<std::string> others;
    for (auto const& [id, versions] : by_id_) {
        std::shared_ptr<offered_policy const> fits;
        for (auto one = versions.rbegin(); one != versions.rend() && !fits; ++one) {
            auto const& content = one->second->content;
            if (!content.applies_to) continue;
            auto const no = misfits(*content.applies_to, order);
            if (no.empty())
                fits = one->second;
            else
                others.push_back(fmt::format("{}: {}", named(one->second->reference), fmt::join(no, "; ")));
        }
        // No two of different names tie: the second one was not taken when it was offered.
        if (fits && (!best || is_narrower(*fits->content.applies_to, *best->content.applies_to))) best = fits;
    }
    if (best) return best;
    refused no;
    no.code = refusal::policy_unknown;
    no.because = "None is named, and none of those that were offered is meant for this order.";
    if (others.size() > told_max) others.resize(told_max);
    for (auto const& one : others) no.because += fmt::format(" {}.", one);
    return failed{std::move(no)};
}

result<policy_reference, refused> dispute_engine::select_policy(order_facts const& order) {
    auto const found = meant_for(order);
    if (!found) return failed{found.error()};
    return (*found)->reference;
}

input_problems dispute_engine::ties_of(policy const& offered) const {
    input_problems found;
    if (!offered.applies_to) return found;
    for (auto const& [id, versions] : by_id_) {
        if (id == offered.id) continue;  // of versions the newer one counts
        for (auto const& [version, other] : versions) {
            if (other->content.applies_to && tie(*offered.applies_to, *other->content.applies_to))
                found.push_back(
                    {"/applies_to", fmt::format("takes orders that {} takes as well, and neither is narrower; name one "
                                                "thing more in one of them, or other values",
                                                named(other->reference))});
        }
    }
    return found;
}

void dispute_engine::refuse_other_document(offered_policy const& opened_under) {
    auto const& mine = opened_under.reference;
    auto const stored = store_.policy(mine.id, mine.version);
    if (!stored || stored->hash == mine.hash) return;
    throw failure{failure_kind::policy_missing, other_document(mine, stored->hash)};
}

std::string dispute_engine::other_document(policy_reference const& offered, digest const& known) {
    return fmt::format(
        "version {} of {} is another document already, with the hash {}, and this one has {}; a changed "
        "policy needs a new version",
        offered.version, offered.id.text(), to_text(known), to_text(offered.hash));
}

}  // namespace recourse
