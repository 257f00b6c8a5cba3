// What another policy would do to an open dispute.
#include "recourse/engine/migration.hpp"

#include <catch2/catch.hpp>

#include "engine/stage.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

migration_plan plan_of(stage const& play, auto&& edit) {
    static policy rules;
    rules = *play.known.policy;
    rules.version = 2;
    edit(rules);
    auto to = play.known;
    to.policy = &rules;
    to.reference.version = 2;
    return plan_migration(play.disputes[0].key, play.all(), play.known, to);
}
stage opened() {
    stage play;
    REQUIRE(play.open().accepted);
    return play;
}
migration_consequence const& about(migration_plan const& plan, std::string_view what) {
    auto const found = std::find_if(plan.consequences.begin(), plan.consequences.end(),
                                    [&](auto const& one) { return one.about == what; });
    REQUIRE(found != plan.consequences.end());
    return *found;
}

}  // namespace

TEST_CASE("a policy that means the same has no consequence") {
    auto const plan = plan_of(opened(), [](policy& it) { it.title = "Another"; });
    CHECK(plan.consequences.empty());
    CHECK(plan.obstacle.empty());
    CHECK_FALSE(plan.harms_somebody());
    CHECK(plan.from.version == 1);
    CHECK(plan.to.version == 2);
}

TEST_CASE("a deadline that becomes earlier harms who has to act, and one that becomes later nobody") {
    auto const play = opened();
    auto const sooner = plan_of(play, [](policy& it) { it.clocks.seller_response.rule.length.length = 3; });
    auto const& one = about(sooner, "seller_response");
    CHECK(one.was == at("2026-03-19T16:00:00Z"));
    CHECK(one.becomes == at("2026-03-17T16:00:00Z"));
    CHECK(one.words ==
          "seller_response is due Tue 17 Mar 2026 24:00 Asia/Shanghai instead of Thu 19 Mar 2026 24:00 Asia/Shanghai");
    CHECK(one.harms == std::vector{party::seller});
    CHECK(sooner.harms_somebody());
    auto const later = plan_of(play, [](policy& it) { it.clocks.seller_response.rule.length.length = 8; });
    CHECK(about(later, "seller_response").becomes == at("2026-03-22T16:00:00Z"));
    CHECK_FALSE(later.harms_somebody());
    auto const for_both = plan_of(play, [](policy& it) { it.clocks.negotiation.rule.length.length = 10; });
    CHECK(about(for_both, "negotiation").harms == std::vector{party::buyer, party::seller});
}

TEST_CASE("a clock that does not run yet is told for the time to come") {
    auto const plan = plan_of(opened(), [](policy& it) { it.clocks.return_shipment.rule.length.length = 5; });
    REQUIRE(plan.consequences.size() == 1);
    CHECK(plan.consequences[0].about == "/clocks/return_shipment/length");
    CHECK(plan.consequences[0].words ==
          "from now on, the buyer has 5 calendar days to send the goods back instead of 10 calendar days");
    CHECK(plan.consequences[0].harms == std::vector{party::buyer});
    auto const longer = plan_of(opened(), [](policy& it) { it.clocks.return_shipment.rule.length.length = 15; });
    CHECK_FALSE(longer.harms_somebody());
}

TEST_CASE("a reason or a remedy that is gone harms whoever counted on it") {
    auto const without = plan_of(opened(), [](policy& it) { it.reasons.erase(it.reasons.begin() + 1); });
    CHECK(about(without, "/reasons").harms == std::vector{party::buyer});
    auto const claimed = plan_of(opened(), [](policy& it) { it.reasons[1].remedies = {remedy::partial_refund}; });
    CHECK(about(claimed, "/reasons").words ==
          "full_refund is not offered for damaged_or_defective any more, and it is what is claimed");
    auto const other = plan_of(opened(), [](policy& it) { it.reasons[0].remedies = {remedy::full_refund}; });
    CHECK(other.consequences.empty());  // of another reason
    auto const more = plan_of(opened(), [](policy& it) { it.reasons[1].remedies.push_back(remedy::replacement); });
    CHECK_FALSE(more.harms_somebody());
    CHECK(about(more, "/reasons").words == "replacement is offered for damaged_or_defective as well");
}

TEST_CASE("a silence that turns against a party harms it") {
    auto const plan = plan_of(opened(), [](policy& it) { it.silences.mediator = silence::closes; });
    CHECK(about(plan, "/silences/mediator").harms == std::vector{party::buyer});
    auto const other = plan_of(opened(), [](policy& it) { it.silences.negotiation_end = silence::grants_claim; });
    CHECK(about(other, "/silences/negotiation_end").harms == std::vector{party::seller});
}

TEST_CASE("what is over has no consequence") {
    auto const plan = plan_of(opened(), [](policy& it) {
        it.protection.length.rule.length.length = 10;
        it.protection.starts = parse_anchor("paid").value();
        it.reasons[1].not_after = parse_anchor("paid + 10 calendar_days").value();
        it.anchors = {{"payment", parse_anchor("paid").value()}};
        it.reopen = reopen_rule{0};
        it.clocks.escalation_wait = it.clocks.decision;
        it.applies_to = order_selector{};
    });
    CHECK(plan.consequences.empty());
}

TEST_CASE("before a dispute is opened the rules of opening one are still to come") {
    static policy rules;
    rules = aliexpress();
    rules.contact.required = true;
    rules.clocks.contact_wait = rules.clocks.seller_response;
    rules.clocks.contact_opening = rules.clocks.buyer_response;
    stage play;
    play.known = terms_under(rules);
    REQUIRE(play.ask(anna,
                     dispute::contact_seller{
                         rules.id, {}, play.order, reason{"damaged_or_defective"}, {{line_id{"cups"}, 3}}},
                     opening)
                .accepted);
    auto const plan = plan_of(play, [](policy& it) {
        it.protection.length.rule.length.length = 10;
        it.protection.starts = parse_anchor("paid").value();
        it.reasons[1].not_after = parse_anchor("paid + 10 calendar_days").value();
        it.clocks.contact_wait->rule.length.length = 4;
    });
    CHECK(about(plan, "/protection/length/length").harms == std::vector{party::buyer});
    CHECK(about(plan, "/protection/starts").harms.empty());
    CHECK(about(plan, "/reasons/1/not_after").harms == std::vector{party::buyer});
    CHECK(about(plan, "contact_wait").becomes == at("2026-03-18T16:00:00Z"));
    auto const without = plan_of(play, [](policy& it) {
        it.contact.required = false;
        it.clocks.contact_wait.reset();
        it.clocks.contact_opening.reset();
    });
    CHECK(without.obstacle == "the clock contact_wait runs, and the new policy has none");
    CHECK(to_json(without).find(R"("obstacle":"the clock contact_wait runs)") != std::string::npos);
}

TEST_CASE("a deadline is counted as the new policy counts, in the hours of a schedule or by a law") {
    auto const play = opened();
    auto const desk = plan_of(play, [](policy& it) {
        it.schedules = {{"desk", "seller", "seller", {{monday_to_friday, 9 * 3600, 17 * 3600}}}};
        it.clocks.seller_response.rule.length = {16, period_unit::service_hours};
        it.clocks.seller_response.schedule = "desk";
    });
    // Opened on a Saturday: all of Monday and of Tuesday, to 17:00 in Shanghai.
    CHECK(about(desk, "seller_response").becomes == at("2026-03-17T09:00:00Z"));
    CHECK(about(desk, "seller_response").harms == std::vector{party::seller});
    auto const law = plan_of(play, [](policy& it) {
        it.clocks.seller_response.rule.length.length = 8;
        it.clocks.seller_response.regime = legal_regime::eu_1182_71;
    });
    // The eighth day is a Sunday, and that law lets none end on one.
    CHECK(about(law, "seller_response").becomes == at("2026-03-23T16:00:00Z"));
    CHECK(about(law, "seller_response").harms.empty());
    // What is started later may be shorter under it.
    CHECK(about(law, "/clocks/seller_response/regime").harms == std::vector{party::seller});
}

TEST_CASE("less of what both parties may do is taken from both") {
    auto const plan = plan_of(opened(), [](policy& it) {
        it.limits.offers_per_party = 2;
        it.limits.evidence_bytes *= 2;
        it.clocks.decision.note = "Another clause.";
    });
    CHECK(about(plan, "/limits/offers_per_party").harms == std::vector{party::buyer, party::seller});
    CHECK(about(plan, "/limits/evidence_bytes").harms.empty());
    CHECK(plan.consequences.size() == 2);
}

TEST_CASE("what stands while a dispute is suspended, and what remained of it, is not counted anew") {
    static policy rules;
    rules = aliexpress();
    rules.chargebacks.on_open = chargeback_effect::suspends;
    rules.clocks.suspension = rules.clocks.refund_recovery;
    stage play;
    play.known = terms_under(rules);
    REQUIRE(play.open().accepted);
    auto const shorter = [](policy& it) { it.clocks.seller_response.rule.length.length = 3; };
    auto const same = [](policy& it) { it.title = "Another"; };
    REQUIRE(play.tell({chargeback_id{"CB-1"}, chargeback_state::open, euro(1000)}, plus_seconds(opening, hour)));
    REQUIRE(is_suspended(play.all()));
    auto const suspended = plan_of(play, shorter);
    CHECK(about(suspended, "seller_response").words ==
          "seller_response stands while the dispute is suspended, and goes on with what remained of it");
    CHECK_FALSE(about(suspended, "seller_response").becomes);
    CHECK(plan_of(play, same).consequences.empty());
    auto const without = plan_of(play, [](policy& it) { it.clocks.suspension.reset(); });
    CHECK(without.obstacle == "the clock suspension runs, and the new policy has none");
    REQUIRE(play.tell({chargeback_id{"CB-1"}, chargeback_state::won, euro(1000)}, plus_seconds(opening, 2 * day)));
    REQUIRE_FALSE(is_suspended(play.all()));
    auto const resumed = plan_of(play, shorter);
    CHECK(about(resumed, "seller_response").words.ends_with(": it was not counted from the policy alone"));
    CHECK_FALSE(about(resumed, "seller_response").becomes);
    CHECK(plan_of(play, same).consequences.empty());
}

TEST_CASE("who lost all is told when the shorter time to appeal ends") {
    static policy rules;
    rules = aliexpress();
    rules.escalation.at_once = true;
    rules.appeals = {1, {ground{"wrong_rule"}}, false, execution::suspensive};
    rules.clocks.appeal_window = rules.clocks.decision;
    rules.clocks.appeal_evidence = rules.clocks.decision;
    rules.clocks.appeal_review = rules.clocks.decision;
    stage play;
    play.known = terms_under(rules);
    REQUIRE(play.open().accepted);
    REQUIRE(play.ask(mia, mediation::take_mediation{}, opening).accepted);
    REQUIRE(play.ask(mia, mediation::reject_claim{}, opening).accepted);
    REQUIRE(play.all().dispute().in<dispute::decided>());
    auto const plan = plan_of(play, [](policy& it) {
        it.clocks.appeal_window_of_loser = it.clocks.appeal_window;
        it.clocks.appeal_window_of_loser->rule.length.length = 2;
    });
    auto const& one = about(plan, "appeal_window_of_loser");
    CHECK(one.words ==
          "the buyer, who lost all, may appeal until Mon 16 Mar 2026 24:00 Europe/Brussels instead of Sat 21 Mar 2026 "
          "24:00 Europe/Brussels");
    CHECK(one.harms == std::vector{party::buyer});
    CHECK(one.becomes == at("2026-03-16T23:00:00Z"));
    // After an appeal it may be the seller.
    CHECK(about(plan, "/clocks/appeal_window_of_loser").harms == std::vector{party::buyer, party::seller});
}

TEST_CASE("an offer that would not be offered any more harms both") {
    auto play = opened();
    REQUIRE(play.ask(shop, offer::make_offer{goods_back(2999)}, plus_seconds(opening, hour)).accepted);
    auto const plan = plan_of(play, [](policy& it) {
        it.reasons[1].remedies = {remedy::full_refund, remedy::partial_refund};
    });
    REQUIRE(plan.consequences.size() == 2);
    CHECK(plan.consequences[1].words == "offer 2 is of return_refund, which is not offered any more");
    CHECK(to_json(plan).find(R"("harms":["buyer","seller"])") != std::string::npos);
}
