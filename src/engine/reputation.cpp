// Reading from the log when the seller acted, and from the decision who bears it.
#include "recourse/engine/reputation.hpp"

#include <algorithm>

#include "engine/situation.hpp"
#include "recourse/engine/cost.hpp"

namespace recourse {
namespace {

// What of the award is the seller's: what nobody else is named for.
std::int64_t borne_by_seller(record const& all) {
    auto const& kept = all.dispute().kept;
    if (!kept.ruling->awarded) return 0;
    auto left = kept.ruling->awarded->amount.minor;
    for (auto const& one : kept.ruling->funded_by) {
        if (one.by != funder::seller) left -= one.minor;
    }
    return left;
}

bool ends_without_award(outcome const& how) {
    switch (how.resolution) {
        case resolution::full_refund:
        case resolution::partial_refund:
        case resolution::return_refund:
        case resolution::unpaid:
        case resolution::exchanged:
        case resolution::replaced:
        case resolution::remedied: return false;
        case resolution::rejected:
        case resolution::withdrawn:
        case resolution::expired:
        case resolution::return_not_sent:
        case resolution::return_lost:
        case resolution::not_pursued:
        case resolution::charged_back:
        case resolution::refunded_outside:
        case resolution::merged: break;
    }
    return true;
}

}  // namespace

reputation reputation_of(record const& all, std::span<event const> log, terms const& known) {
    reputation told;
    auto const opened = std::find_if(log.begin(), log.end(), [](event const& one) {
        return std::holds_alternative<dispute::dispute_opened>(one.body);
    });
    if (opened != log.end()) {
        if (known.policy->conduct.prompt_answer)
            told.act_by = engine::end_of(*known.policy->conduct.prompt_answer, opened->at, known);
        auto const acted =
            std::find_if(opened, log.end(), [](event const& one) { return one.by.role == role::seller; });
        if (acted != log.end()) told.acted_at = acted->at;
    }
    auto const& how = all.dispute().kept.ruling->outcome;
    if (!all.dispute().in<dispute::closed>() || !how) return told;
    if (ends_without_award(*how) || !all.dispute().kept.ruling->awarded)
        told.effect = reputation_effect::none;
    else if (borne_by_seller(all) <= 0)
        told.effect = reputation_effect::excluded;
    else
        told.effect = told.act_by && told.acted_at && *told.acted_at < *told.act_by ? reputation_effect::spared
                                                                                    : reputation_effect::affected;
    return told;
}

}  // namespace recourse
