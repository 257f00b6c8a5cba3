// Actions: what is possible, until when; what is not, from when; what must be done, and what happens if it is not.
#include "recourse/engine/actions.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/stage.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

auto const seller_due = at("2026-03-19T16:00:00Z");
auto const talks_end = at("2026-03-29T22:00:00Z");

action action_of(stage const& play, actor const& by, std::string_view command, instant now,
                 std::optional<std::uint32_t> number = {}) {
    for (auto& one : actions(play.disputes[0].key, play.all(), play.money, play.known, by, now)) {
        if (one.command == command && (!number || one.number == number)) return one;
    }
    FAIL("no action " << command);
    return {};
}

stage opened() {
    stage play;
    play.open();
    return play;
}

}  // namespace

TEST_CASE("an action is possible until time alone ends it, which need not be the next deadline") {
    auto const play = opened();
    auto const counter = action_of(play, shop, "make_offer", opening);
    CHECK(counter.allowed);
    CHECK(counter.until == seller_due);  // after a lapse no new offer is made
    auto const accept = action_of(play, shop, "accept_offer", opening, 1);
    CHECK(accept.until == talks_end);  // but the claim may still be accepted
    CHECK(action_of(play, anna, "withdraw_dispute", opening).until == talks_end);
    CHECK_FALSE(accept.from);
}

TEST_CASE("what is blocked says by what, and from when time alone allows it") {
    auto const play = opened();
    auto const escalate = action_of(play, anna, "escalate_dispute", opening);
    CHECK_FALSE(escalate.allowed);
    REQUIRE(escalate.blocked_by.size() == 1);
    CHECK(escalate.blocked_by[0].code == refusal::escalation_not_open_yet);
    CHECK(escalate.from == seller_due);
    CHECK_FALSE(escalate.until);
    auto const own = action_of(play, anna, "accept_offer", opening, 1);
    CHECK(own.blocked_by[0].code == refusal::offer_is_your_own);
    CHECK_FALSE(own.from);  // never, by time alone
    auto const mediator = action_of(play, mia, "reject_claim", opening);
    CHECK(mediator.blocked_by[0].code == refusal::not_possible_in_this_state);
    CHECK_FALSE(mediator.from);
}

TEST_CASE("a command is allowed from when another deadline brings it about") {
    auto rules = aliexpress();
    rules.silences.negotiation_end = silence::escalates;
    auto play = opened();
    play.known.policy = &rules;
    auto const take = action_of(play, mia, "take_mediation", opening);
    CHECK_FALSE(take.allowed);
    CHECK(take.from == talks_end);
}

TEST_CASE("what the actor owes is named with each command that would be it, and giving up is none") {
    auto play = opened();
    for (auto const* command : {"make_offer", "accept_offer", "decline_offer"}) {
        auto const one = action_of(play, shop, command, opening);
        INFO(command);
        REQUIRE(one.owed);
        CHECK(one.owed->until == seller_due);
        CHECK(to_text(*one.owed->otherwise) == "the buyer may escalate");
    }
    CHECK_FALSE(action_of(play, shop, "submit_evidence", opening).owed);
    CHECK_FALSE(action_of(play, anna, "make_offer", opening).owed);  // it is not her turn
    play = negotiating();
    auto const now = plus_seconds(opening, 2 * hour);
    CHECK(action_of(play, anna, "accept_offer", now, 2).owed);
    CHECK(action_of(play, anna, "escalate_dispute", now).owed);
    CHECK(action_of(play, anna, "withdraw_dispute", now).allowed);
    CHECK_FALSE(action_of(play, anna, "withdraw_dispute", now).owed);
}

TEST_CASE("taking a dispute, and the first of two answers, are what is owed though the clock goes on") {
    auto play = negotiating();
    auto const now = plus_seconds(opening, 2 * hour);
    play.ask(anna, dispute::escalate_dispute{}, now);
    auto const take = action_of(play, mia, "take_mediation", now);
    REQUIRE(take.owed);
    CHECK(take.owed->clock == lifecycle::clock::decision);
    play.ask(mia, mediation::take_mediation{}, now);
    CHECK(action_of(play, mia, "award_remedy", now).owed);
    CHECK(action_of(play, mia, "award_remedy", now).owed->otherwise->awarded == full(5489));
    auto const max = action_of(play, {role::mediator, actor_id{"max"}}, "award_remedy", now);
    CHECK(max.blocked_by[0].code == refusal::assigned_to_another_mediator);
    play.ask(mia, mediation::request_information{}, now);
    for (auto const& who : {anna, shop}) CHECK(action_of(play, who, "provide_information", now).owed);
    CHECK_FALSE(action_of(play, mia, "award_remedy", now).allowed);
}

TEST_CASE("what may be named is told: remedies with their amounts, evidence, addressees, the amount of a refund") {
    auto play = negotiating();
    auto const now = plus_seconds(opening, 2 * hour);
    auto const counter = action_of(play, anna, "make_offer", now);
    REQUIRE(counter.amounts.size() == 3);
    CHECK(counter.amounts[0] == amount_limits{remedy::full_refund, euro(5489), euro(5489), {euro(5489)}});
    CHECK(counter.amounts[1] == amount_limits{remedy::partial_refund, euro(1), euro(5488), {}});
    CHECK(counter.amounts[2] == amount_limits{remedy::return_refund, euro(1), euro(5489), {}});
    auto const evidence = action_of(play, anna, "submit_evidence", now).evidence;
    REQUIRE(evidence);
    CHECK(evidence->pieces_left == 19);  // one of twenty was given at opening
    CHECK(evidence->bytes_max == 10485760);
    CHECK(evidence->kinds.size() == 4);
    CHECK(evidence->media_types.empty());
    auto settled = play;
    settled.ask(shop, offer::accept_offer{1}, now);
    auto const confirm = action_of(settled, bank, "confirm_refund", now, 1);
    CHECK(confirm.amount == euro(5489));
    CHECK(confirm.owed->clock == lifecycle::clock::refund_result);
    play.ask(anna, dispute::escalate_dispute{}, now);
    play.ask(mia, mediation::take_mediation{}, now);
    CHECK(action_of(play, mia, "request_information", now).addressees ==
          std::vector<std::string_view>{"both", "buyer", "seller"});
    CHECK(action_of(play, anna, "request_information", now).addressees.empty());
    // While a mediator decides, the parties write to nobody else.
    CHECK(action_of(play, anna, "send_message", now).addressees == std::vector<std::string_view>{"mediator"});
    CHECK(action_of(play, mia, "send_message", now).addressees ==
          std::vector<std::string_view>{"buyer", "seller", "both"});
}

TEST_CASE("a remedy that is not possible any more is not among those that may be named") {
    auto play = opened();
    auto const now = plus_seconds(opening, hour);
    play.ask(shop, offer::make_offer{goods_back(2999)}, now);
    play.ask(anna, offer::accept_offer{2}, now);
    play.ask(shop, return_request::provide_return_terms{"address-1", party::seller}, now);
    play.ask(anna, return_request::ship_return{"post", "RR1"}, now);
    play.ask(bank, return_request::report_return_delivered{}, now);
    play.ask(shop, return_request::contest_return{{piece("scratched")}}, now);
    play.ask(mia, mediation::take_mediation{}, now);
    auto const award = action_of(play, mia, "award_remedy", now);
    REQUIRE(award.amounts.size() == 2);
    CHECK(award.amounts[0].remedy == remedy::full_refund);
    CHECK(award.amounts[1].remedy == remedy::partial_refund);
}

TEST_CASE("a stranger and a timer may do nothing, and are told why") {
    auto const play = opened();
    std::pair<actor, refusal> const outsiders[] = {
        {{role::buyer, actor_id{"eve"}}, refusal::not_a_party_of_this_dispute},
        {{role::mediator, anna.id}, refusal::mediator_is_a_party},
        {{role::timer, actor_id{"timer"}}, refusal::not_for_this_role}};
    for (auto const& one : outsiders) {
        auto const listed = actions(play.disputes[0].key, play.all(), play.money, play.known, one.first, opening);
        CHECK_FALSE(listed.empty());
        for (auto const& each : listed) {
            CHECK_FALSE(each.allowed);
            CHECK(std::any_of(each.blocked_by.begin(), each.blocked_by.end(),
                              [&](auto const& no) { return no.code == one.second; }));
        }
    }
}

TEST_CASE("deadlines that are due count as applied, and nothing is changed") {
    auto const play = opened();
    auto const before = play.all();
    CHECK(action_of(play, anna, "escalate_dispute", seller_due).allowed);
    CHECK_FALSE(action_of(play, anna, "escalate_dispute", {seller_due.microseconds - 1}).allowed);
    CHECK(play.all() == before);
}

TEST_CASE("an action whose end lies beyond the calendars is possible until they end") {
    auto rules = aliexpress();
    rules.silences.negotiation_end = silence::grants_claim;
    stage play;
    play.known = terms_under(rules);
    play.order.paid_at = at("2040-11-01T08:00:00Z");
    play.order.shipped_at = at("2040-11-02T08:00:00Z");
    auto const late = at("2040-12-10T10:00:00Z");
    REQUIRE(play.open(full(2999), {{line_id{"cups"}, 3}}, late).accepted);
    CHECK(action_of(play, anna, "withdraw_dispute", late).until == at("2040-12-25T23:00:00Z"));
}
