// Chargebacks fall into random walks: what disputes hear of them keeps the account sound, replays, and ends by time alone.
#include "properties/properties.hpp"
#include "properties/walks.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/lifecycle/evolve.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// Every policy of the walks with each answer to chargebacks.
policy const& with_answer(unsigned number) {
    static auto const all = [] {
        std::vector<policy> made;
        for (unsigned which = 0; which < 8; ++which) {
            for (auto const effect :
                 {chargeback_effect::suspends, chargeback_effect::closes, chargeback_effect::continues}) {
                auto one = any_policy(which);
                one.chargebacks.on_open = effect;
                if (effect == chargeback_effect::suspends) {
                    one.clocks.suspension = one.clocks.buyer_response;
                    one.clocks.suspension->rule.length = {20, period_unit::calendar_days};
                }
                made.push_back(std::move(one));
            }
        }
        return made;
    }();
    return all[number % all.size()];
}

chargeback_told notice_of_step(walk_step const& step, stage const& play, instant now) {
    constexpr chargeback_state states[] = {chargeback_state::open,      chargeback_state::open,
                                           chargeback_state::won,       chargeback_state::lost,
                                           chargeback_state::withdrawn, chargeback_state::inquiry};
    std::int64_t const amounts[] = {5489, 2999, 100, 1, 4000};
    return {chargeback_id{"CB-" + std::to_string(step.number % 3)},
            states[step.what % std::size(states)],
            euro(std::min(amounts[step.amount % std::size(amounts)], play.money->captured_minor())),
            {},
            now};
}

// What is reserved is what claims and orders hold, and nothing else.
std::int64_t held_by(record const& all) {
    std::int64_t held = 0;
    auto const& one = all.dispute();
    bool const claims = !one.in<dispute::settling>() && !one.in<dispute::settlement_failed>() &&
                        !one.in<dispute::closed>() && !one.in<dispute::not_opened>();
    if (claims) {
        for (auto const& line : one.kept.lines) held += line.minor;
    }
    for (auto const& order : all.refunds()) {
        bool const is_out = !order.in<refund::confirmed>() && !order.in<refund::called_off>();
        if (is_out) held += order.kept.amount.minor;
    }
    return held;
}

void check(stage const& play) {
    if (!play.money) return;
    RC_ASSERT(imbalance(*play.money) == "");
    std::int64_t held = 0;
    for (auto const& one : play.disputes) {
        held += held_by(one.all);
        record replayed;
        for (auto const& happened : one.events) evolve(replayed, read_event(to_json(happened)));
        RC_ASSERT(replayed == one.all);
        if (one.all.version > 0) RC_ASSERT(read_record(to_json(one.all)) == one.all);
        if (!is_suspended(one.all)) continue;
        for_each_machine(one.all, [&]<class L>(machine<L> const& each) {
            bool const stands = !each.clock || each.clock->kind == lifecycle::clock::suspension;
            RC_ASSERT(stands);
        });
    }
    RC_ASSERT(play.money->reserved_minor() == held);
}

// An order leaves, or leaves again, only while no chargeback is open.
bool leaves(recorded const& done) {
    return std::any_of(done.events.begin(), done.events.end(), [](auto const& happened) {
        return std::holds_alternative<refund::refund_instructed>(happened.body) ||
               std::holds_alternative<refund::refund_retried>(happened.body) ||
               std::holds_alternative<refund::refund_rerouted>(happened.body) ||
               std::holds_alternative<refund::refund_released>(happened.body);
    });
}

}  // namespace

bool disputes_hear_of_chargebacks() {
    return rc::check("chargebacks at any time keep the account sound, let no order leave, and end by time alone", [] {
        stage play;
        play.known.policy = &with_answer(*rc::gen::inRange(0U, 24U));
        auto now = opening;
        for (auto const& step : *any_walk()) {
            now = after(now, step);
            if (play.money && step.by % 5 == 0) {
                play.tell(notice_of_step(step, play, now), now);
            } else {
                auto const which = step.dispute % play.disputes.size();
                auto const asked = command_of(step, play);
                bool const blocked = play.money && blocked_since(*play.money);
                auto const made = play.give(asked, now, which);
                for (auto const& done : made.lapses) RC_ASSERT(!blocked || !leaves(done));
                if (made.accepted) RC_ASSERT(!blocked || !leaves(*made.accepted));
                if (made.accepted && blocked) RC_ASSERT(!std::holds_alternative<dispute::open_dispute>(asked.body));
            }
            check(play);
        }
        // Nobody acts any more, the network does not rule either.
        for (std::size_t which = 0; which < play.disputes.size(); ++which) {
            play.wait(plus_seconds(now, 2000 * day), which);
            auto const& all = play.all(which);
            if (all.version > 0) RC_ASSERT(all.dispute().in<dispute::closed>());
            RC_ASSERT(!next_due(all));
        }
        check(play);
    });
}
