// Finding the channel by the stage of the dispute.
#include "recourse/engine/channel.hpp"

#include "engine/situation.hpp"

namespace recourse {

channel_kind channel(record const& all, policy const& rules, instant now) noexcept {
    auto const& stage = all.dispute();
    if (stage.in<dispute::not_opened>()) return channel_kind::closed;
    // A decision and its appeal are the mediator's and the reviewer's, too.
    if (stage.in<dispute::in_mediation>() || stage.in<dispute::decided>() || stage.in<dispute::under_appeal>())
        return rules.channel.mediation;
    if (stage.in<dispute::returning>() || stage.in<dispute::exchanging>() || stage.in<dispute::remedying>())
        return rules.channel.returning;
    if (stage.in<dispute::settling>() || stage.in<dispute::settlement_failed>()) return rules.channel.settlement;
    if (stage.in<dispute::closed>())
        return all.recontact_until && now < *all.recontact_until ? channel_kind::direct : channel_kind::closed;
    return rules.channel.negotiation;
}

std::vector<conversation::recipient> recipients(record const& all, policy const& rules, actor const& by, instant now) {
    auto const& disputed = all.dispute().kept;
    bool const takes_part = (by.role == role::buyer && by.id == disputed.buyer.id) ||
                            (by.role == role::seller && by.id == disputed.seller.id) ||
                            (by.role == role::mediator && by.id == engine::who_decides(all));
    std::vector<conversation::recipient> found;
    if (!takes_part) return found;
    auto const kind = channel(all, rules, now);
    using enum conversation::recipient;
    for (auto const to : {buyer, seller, mediator, both}) {
        if (!conversation::is_oneself(by.role, to) && !conversation::goes_past_the_mediator(by.role, to, kind) &&
            conversation::carries(by.role, to, kind))
            found.push_back(to);
    }
    return found;
}

}  // namespace recourse
