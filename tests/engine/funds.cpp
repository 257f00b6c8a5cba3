// Funds and cost: where the money of a dispute's lines is and who pays for what, as functions of the state.
#include "recourse/engine/funds.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "engine/stage.hpp"
#include "recourse/engine/cost.hpp"
#include "recourse/engine/effects.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"

using namespace recourse;
using namespace recourse::test;
using enum funds_state;

namespace {

line_id const cups{"cups"};
line_id const pot{"pot"};
line_id const shipping{"shipping"};
using costs = std::vector<cost_share>;

std::vector<line_funds> of_play(stage const& play) { return funds(play.all(), *play.money); }
chargeback_told notice_of(chargeback_state state, std::int64_t minor) {
    return {chargeback_id{"CB-1"}, state, euro(minor), {}};
}

}  // namespace

TEST_CASE("funds are held, partly released, then refunded") {
    stage play;
    play.open();
    CHECK(of_play(play) == std::vector<line_funds>{{cups, held, 2999, 0, 0, 0}});
    play.ask(shop, offer::make_offer{partial(1001)}, plus_seconds(opening, day));
    CHECK(of_play(play)[0].state == held);
    play.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * day));
    CHECK(of_play(play) == std::vector<line_funds>{{cups, partly_released, 1001, 1998, 0, 0}});
    play.ask(bank, refund::confirm_refund{1, euro(1001), "r"}, plus_seconds(opening, 3 * day));
    CHECK(of_play(play) == std::vector<line_funds>{{cups, partly_released, 0, 1998, 1001, 0}});
}

TEST_CASE("funds of a withdrawn dispute are released, and those of a full refund are the buyer's") {
    stage play;
    play.open();
    play.ask(anna, dispute::withdraw_dispute{}, plus_seconds(opening, day));
    CHECK(of_play(play) == std::vector<line_funds>{{cups, released, 0, 2999, 0, 0}});
    stage paid;
    paid.open();
    paid.ask(shop, offer::accept_offer{1}, plus_seconds(opening, day));
    paid.ask(bank, refund::confirm_refund{1, euro(2999), "r"}, plus_seconds(opening, 2 * day));
    CHECK(of_play(paid) == std::vector<line_funds>{{cups, refunded, 0, 0, 2999, 0}});
    // A chargeback that is lost after it: the buyer has 29.99 twice.
    REQUIRE(post_chargeback(*paid.money, notice_of(chargeback_state::lost, 5489)));
    CHECK(of_play(paid) == std::vector<line_funds>{{cups, recoup_due, 0, 0, 2999, 2999}});
}

TEST_CASE("an open chargeback holds funds, a lost one gives them to the buyer") {
    stage play;
    play.open(full(5489), {{cups, 3}, {pot, 1}, {shipping, 1}});
    play.ask(anna, dispute::withdraw_dispute{}, plus_seconds(opening, day));
    REQUIRE(post_chargeback(*play.money, notice_of(chargeback_state::open, 5489)));
    CHECK(of_play(play) == std::vector<line_funds>{{cups, held, 2999, 0, 0, 0},
                                                   {pot, held, 2000, 0, 0, 0},
                                                   {shipping, held, 490, 0, 0, 0}});
    REQUIRE(post_chargeback(*play.money, notice_of(chargeback_state::lost, 5489)));
    for (auto const& one : of_play(play)) CHECK(one.state == refunded);
}

TEST_CASE("held, released and refunded are what was paid for the line") {
    stage play;
    play.open(full(5489), {{cups, 3}, {pot, 1}, {shipping, 1}});
    play.ask(shop, offer::make_offer{partial(777)}, plus_seconds(opening, day));
    play.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * day));
    REQUIRE(post_outside_refund(*play.money, {outside_id{"R-1"}, {{pot, 1, 500}}, {}, {}}));
    REQUIRE(post_chargeback(*play.money, notice_of(chargeback_state::open, 3000)));
    for (std::size_t at = 0; at < 3; ++at) {
        auto const one = of_play(play)[at];
        CHECK(one.held_minor + one.released_minor + one.refunded_minor == play.money->lines[at].paid_minor);
        CHECK(one.state == partly_released);
    }
}

TEST_CASE("who pays for what: the award by kind, over its funders, and the costs beside it") {
    stage play;
    play.order.lines[0].components = {
        {component_kind::item, 2200}, {component_kind::tax, 400}, {component_kind::shipping_outbound, 399}};
    play.open();
    CHECK(cost(play.all(), *play.money).empty());
    play.ask(shop, offer::accept_offer{1}, plus_seconds(opening, day));
    CHECK(cost(play.all(), *play.money) == costs{{cost_kind::item, purse::seller, euro(2600)},
                                                 {cost_kind::shipping_outbound, purse::seller, euro(399)}});
    burden const shared{{{purse::platform, 1000}, {purse::carrier, 999}},
                        {{cost_kind::shipping_return, purse::seller, purse::carrier, 550},
                         {cost_kind::penalty, purse::seller, purse::penalty, 100}}};
    auto const shares = cost(play.all(), *play.money, shared);
    std::int64_t of_award = 0;
    std::int64_t of_platform = 0;
    for (auto const& one : shares) {
        bool const is_award = one.kind == cost_kind::item || one.kind == cost_kind::shipping_outbound;
        of_award += is_award ? one.amount.minor : 0;
        of_platform += one.payer == purse::platform ? one.amount.minor : 0;
    }
    CHECK(of_award == 2999);
    CHECK(of_platform == 1000);
    CHECK(shares.back() == cost_share{cost_kind::penalty, purse::seller, euro(100)});
}

TEST_CASE("what a decision names beside its award is in its postings and in the cost") {
    stage play;
    policy rules = aliexpress();
    rules.mediation.penalty_cap = euro(50);
    play.known.policy = &rules;
    play.open();
    play.ask(shop, offer::decline_offer{1}, plus_seconds(opening, day));
    play.ask(anna, dispute::escalate_dispute{}, plus_seconds(opening, day + 1));
    play.ask(mia, mediation::take_mediation{}, plus_seconds(opening, day + 2));
    mediation::award_remedy decided{partial(1000)};
    decided.funded_by = {{funder::seller, 600}, {funder::platform, 400}};
    decided.shipping = {{shipping_way::back, cost_party::seller, cost_party::carrier, 450}};
    decided.penalty = penalty{cost_party::seller, cost_party::buyer, 51};
    CHECK(outcome_of(play.ask(mia, decided, plus_seconds(opening, day + 3))) == "penalty_exceeds_cap");
    decided.penalty->minor = 50;
    REQUIRE(outcome_of(play.ask(mia, decided, plus_seconds(opening, day + 4))) == "accepted");
    auto const moved = postings_of(play.all());
    REQUIRE(moved);
    CHECK(*moved == std::vector<posting>{{purse::held, -2999},
                                         {purse::buyer, 1050},
                                         {purse::seller, 1899},
                                         {purse::platform, -400},
                                         {purse::carrier, 450}});
    CHECK(imbalance(*moved, euro(0).currency).empty());
    CHECK(cost(play.all(), *play.money) == costs{{cost_kind::item, purse::seller, euro(600)},
                                                 {cost_kind::item, purse::platform, euro(400)},
                                                 {cost_kind::shipping_return, purse::seller, euro(450)},
                                                 {cost_kind::penalty, purse::seller, euro(50)}});
    // The record keeps it, and replay needs no policy for it.
    CHECK(read_record(to_json(play.all())).dispute().kept.bill->costs == play.all().dispute().kept.bill->costs);
    CHECK(play.all().dispute().kept.bill->costs_ordered == 2);
}

TEST_CASE(
    "what was paid at once and is not due after all is asked back once, and not a second time beside a chargeback") {
    std::ifstream file{RECOURSE_TEST_DIR "/scenarios/policies/appeals_paid_at_once.json", std::ios::binary};
    auto const rules = read_policy(std::string{std::istreambuf_iterator<char>{file}, {}}).value();
    actor const max{role::mediator, actor_id{"max"}};
    stage play;
    play.known.policy = &rules;
    std::size_t recoups = 0;
    auto const count = [&](decision const& made) {
        auto const orders = [&](recorded const& done) {
            for (auto const& one : effects_of(play.disputes[0].key, done)) recoups += one.kind == "recoup" ? 1U : 0U;
        };
        for (auto const& done : made.lapses) orders(done);
        if (made.accepted) orders(*made.accepted);
        return outcome_of(made);
    };
    count(play.open());
    count(play.ask(mia, mediation::take_mediation{}, plus_seconds(opening, 1)));
    count(play.ask(mia, mediation::award_remedy{partial(500)}, plus_seconds(opening, 2)));
    CHECK(count(play.ask(bank, refund::confirm_refund{1, euro(500), "r"}, plus_seconds(opening, day))) == "accepted");
    count(play.ask(shop, appeal::file_appeal{ground{"new_evidence"}, {}}, plus_seconds(opening, 2 * day)));
    count(play.wait(plus_seconds(opening, 4 * day)));
    CHECK(count(play.ask(max, appeal::take_appeal{}, plus_seconds(opening, 4 * day + 1))) == "accepted");
    CHECK(count(play.ask(max, appeal::overturn_with_rejection{}, plus_seconds(opening, 4 * day + 2))) == "accepted");
    CHECK(recoups == 0);  // the buyer may still appeal
    CHECK(due_back_minor(play.all()) == 0);
    count(play.wait(plus_seconds(opening, 60 * day)));
    REQUIRE(play.all().dispute().in<dispute::closed>());
    CHECK(recoups == 1);
    CHECK(due_back_minor(play.all()) == 500);
    CHECK(play.all().dispute().kept.bill->recoup_minor == 500);
    CHECK(play.money->recouped_minor == 500);
    CHECK(count(play.ask(bank, refund::confirm_refund{1, euro(500), "r"}, plus_seconds(opening, 61 * day))) ==
          "accepted");
    CHECK(recoups == 1);
    CHECK(replay(play.disputes[0].events) == play.all());
    CHECK(read_account(lines_to_json(*play.money)).recouped_minor == 500);
    // The bank takes everything: with what she pays back the buyer has it once.
    REQUIRE(post_chargeback(*play.money, notice_of(chargeback_state::lost, 5489)));
    CHECK(play.money->recoup_due_minor() == 0);
    play.money->recouped_minor = 501;
    CHECK(imbalance(*play.money) == "more of a payment is asked back than was refunded");
}

TEST_CASE("a discount is off the goods, and what is more than they cost is off the rest") {
    stage play;
    play.order.lines[0].components = {
        {component_kind::item, 1000}, {component_kind::discount, -1500}, {component_kind::shipping_outbound, 3499}};
    play.open();
    play.ask(shop, offer::accept_offer{1}, plus_seconds(opening, day));
    CHECK(cost(play.all(), *play.money) == costs{{cost_kind::shipping_outbound, purse::seller, euro(2999)}});
}

// Of three units announced two arrive: what is awarded is for two (spree/spree#14678).
TEST_CASE("three units announced and two received are an award for two, and the third is free again") {
    stage play;
    REQUIRE(outcome_of(play.open(full(2999))) == "accepted");
    auto const for_two = refundable_minor(account_of(play.order).lines[0], 2);
    CHECK(for_two == 2000);
    play.ask(shop, offer::make_offer{partial(for_two)}, plus_seconds(opening, day));
    play.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 2 * day));
    CHECK(postings_of({euro(2999), play.all().dispute().kept.ruling->awarded->amount, {}, {}}).value() ==
          std::vector<posting>{{purse::held, -2999}, {purse::buyer, 2000}, {purse::seller, 999}});
    play.ask(bank, refund::confirm_refund{1, euro(2000), "r"}, plus_seconds(opening, 3 * day));
    CHECK(refundable_minor(play.money->lines[0], 3) == 999);
}
