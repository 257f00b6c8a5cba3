// Money over random walks of up to three disputes about one payment: none is lost and none is invented.
#include <set>

#include "properties/properties.hpp"
#include "properties/walks.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

void check_lines(stage const& play) {
    if (!play.money) return;
    std::int64_t paid = 0;
    for (auto const& line : play.money->lines) {
        RC_ASSERT(line.reserved_minor >= 0);
        RC_ASSERT(line.refunded_minor >= 0);
        RC_ASSERT(line.reserved_minor + line.refunded_minor <= line.paid_minor);
        RC_ASSERT(line.units_in_dispute >= 0);
        RC_ASSERT(line.units_in_dispute <= line.units);
        paid += line.paid_minor;
    }
    RC_ASSERT(paid == play.order.captured.minor);
}

// What was refunded is the sum of the refunds that were confirmed, each counted once.
void check_refunds(stage const& play) {
    std::int64_t confirmed = 0;
    std::int64_t held = 0;
    std::set<dispute_id> open;
    for (auto const& one : play.disputes) {
        for (auto const& refund : one.all.refunds()) {
            std::int64_t of_lines = 0;
            for (auto const& line : refund.kept.lines) of_lines += line.minor;
            RC_ASSERT(of_lines == refund.kept.amount.minor);
            bool const is_paid = refund.in<refund::confirmed>();
            (is_paid ? confirmed : held) += refund.kept.amount.minor;
        }
        auto const& disputed = one.all.dispute();
        bool const undecided = disputed.in<dispute::negotiating>() || disputed.in<dispute::in_mediation>() ||
                               disputed.in<dispute::returning>();
        if (undecided) held += disputed.kept.refundable.minor;
        bool const ended =
            disputed.kept.ruling->outcome && disputed.kept.ruling->outcome->resolution != resolution::unpaid;
        if (one.all.version > 0 && !ended) open.insert(one.key.dispute);
        RC_ASSERT(one.all.refunds().size() <= 1U);
        if (disputed.kept.ruling->awarded)
            RC_ASSERT(disputed.kept.ruling->awarded->amount.minor <= disputed.kept.refundable.minor);
    }
    if (!play.money) return;
    RC_ASSERT(play.money->refunded_minor() == confirmed);
    RC_ASSERT(play.money->reserved_minor() == held);
    RC_ASSERT(std::set<dispute_id>(play.money->open.begin(), play.money->open.end()) == open);
    RC_ASSERT(play.money->open.size() == open.size());
}

}  // namespace

bool money_is_conserved() {
    return rc::check("per line, reserved and refunded never exceed what was paid, and are what the disputes hold", [] {
        stage play;
        play_walk(*any_walk(), *a_policy(), play, [&](std::size_t, decision const&, command const&, instant) {
            check_lines(play);
            check_refunds(play);
        });
    });
}
