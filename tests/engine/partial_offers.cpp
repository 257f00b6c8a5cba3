// Offers of partial refunds under a policy that says which amounts they may have.
#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/actions.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

policy with_partial(partial_rule rule) {
    auto rules = aliexpress();
    for (auto& one : rules.reasons) one.partial = rule;
    return rules;
}
policy const& grid_policy() {
    static auto const rules = with_partial({partial_form::grid, {10, 25, 50}});
    return rules;
}
stage under(policy const& rules) {
    stage play;
    play.known.policy = &rules;
    return play;
}

}  // namespace

// Scenario 23: refused with the list of what would be right.
TEST_CASE("a partial offer that is not on the grid is refused with the amounts that are") {
    auto play = under(grid_policy());
    REQUIRE(outcome_of(play.open()) == "accepted");
    auto const off = play.ask(shop, offer::make_offer{partial(1050)}, plus_seconds(opening, day));
    CHECK(outcome_of(off) == "partial_amount_not_offered");
    CHECK(off.refused[0].guard == "amount_is_on_offer");
    CHECK(off.refused[0].because == "Offered: 3.00, 7.50 or 15.00 EUR.");
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(750)}, plus_seconds(opening, day))) == "accepted");
}

TEST_CASE("a claim of a partial refund is bound by the same amounts") {
    auto play = under(grid_policy());
    CHECK(outcome_of(play.open(partial(1501))) == "partial_amount_not_offered");
    CHECK(play.all().version == 0);
    CHECK(outcome_of(play.open(partial(1500))) == "accepted");
}

// Scenario 24: all of it is a full refund, and more is not refundable; the grid has no say in that.
TEST_CASE("a partial offer of everything, of more or of nothing has the refusal it had before") {
    auto play = under(grid_policy());
    play.open();
    auto const later = plus_seconds(opening, day);
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(2999)}, later)) == "partial_refund_is_the_full_amount");
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(3000)}, later)) == "amount_exceeds_refundable");
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(0)}, later)) == "amount_not_positive");
    CHECK(outcome_of(play.ask(shop, offer::make_offer{full(2999)}, later)) == "accepted");
}

TEST_CASE("a range refuses what is outside it; other remedies are not bound, and neither is a mediator") {
    auto const rules = with_partial({partial_form::range, {10, 80}});
    auto play = under(rules);
    play.open();
    auto later = plus_seconds(opening, day);
    auto const off = play.ask(shop, offer::make_offer{partial(2400)}, later);
    CHECK(outcome_of(off) == "partial_amount_not_offered");
    CHECK(off.refused[0].because == "Offered: 3.00 to 23.99 EUR.");
    CHECK(outcome_of(play.ask(shop, offer::make_offer{goods_back(2400)}, later)) == "accepted");
    later = plus_seconds(later, hour);
    REQUIRE(outcome_of(play.ask(anna, dispute::escalate_dispute{}, later)) == "accepted");
    REQUIRE(outcome_of(play.ask(mia, mediation::take_mediation{}, later)) == "accepted");
    CHECK(outcome_of(play.ask(mia, mediation::award_remedy{partial(2400)}, later)) == "accepted");
}

TEST_CASE("actions offer a partial refund where the grid has a step, and none where it has none") {
    auto play = under(grid_policy());
    play.open();
    auto const offers = [&](stage const& on) {
        std::vector<remedy> found;
        for (auto const& one :
             actions(on.disputes[0].key, on.all(), on.money, on.known, shop, plus_seconds(opening, day))) {
            if (one.command != "make_offer") continue;
            for (auto const& limits : one.amounts) found.push_back(limits.remedy);
        }
        return found;
    };
    CHECK(offers(play) == std::vector<remedy>{remedy::full_refund, remedy::partial_refund, remedy::return_refund});
    auto small = under(grid_policy());
    small.order.lines = {{line_id{"pin"}, 1, euro(1)}};
    small.order.captured = euro(1);
    REQUIRE(outcome_of(small.open(full(1), {{line_id{"pin"}, 1}})) == "accepted");
    CHECK(offers(small) == std::vector<remedy>{remedy::full_refund, remedy::return_refund});
}
