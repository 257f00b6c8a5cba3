// Judging each piece of evidence by the policy's rule for the stage in which it was brought.
#include "recourse/engine/evidence_view.hpp"

#include <algorithm>

namespace recourse {
namespace {

bool is_shown_to(visible_evidence const& one, evidence_rules const& rules, role viewer) {
    bool const is_a_party = viewer == role::buyer || viewer == role::seller;
    if (!is_a_party || one.brought_by == viewer) return true;
    auto const rule = std::find_if(rules.shown.begin(), rules.shown.end(),
                                   [&](auto const& each) { return wire_name(each.stage) == one.stage; });
    if (rule == rules.shown.end()) return true;
    return std::any_of(rule->to.begin(), rule->to.end(), [&](party each) { return is(viewer, each); });
}

}  // namespace

std::vector<visible_evidence> evidence_visible_to(record const& all, policy const& rules, role viewer) {
    auto const& kept = all.dispute().kept;
    std::vector<visible_evidence> found;
    for (std::size_t at = 0; at < kept.evidence.size(); ++at) {
        visible_evidence one{kept.evidence[at], {}, {}};
        if (at < kept.sources.size() && kept.sources[at].by != role::timer) {
            one.brought_by = kept.sources[at].by;
            one.stage = lifecycle::state_name<dispute::lifecycle_type>(kept.sources[at].stage);
        }
        if (is_shown_to(one, rules.evidence, viewer)) found.push_back(one);
    }
    return found;
}

}  // namespace recourse
