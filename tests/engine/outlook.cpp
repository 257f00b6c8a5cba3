// The outlook: what time alone brings, whom it waits for, and what comes first.
#include "recourse/engine/outlook.hpp"

#include <catch2/catch.hpp>

#include "engine/walk.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

outlook outlook_of_first(stage const& play, instant now) {
    return outlook_of(play.disputes[0].key, play.all(), play.money, play.known, now);
}

}  // namespace

TEST_CASE("the outlook walks from now to the end, one prospect for each instant at which something lapses") {
    stage play;
    play.open();
    auto const ahead = outlook_of_first(play, opening);
    REQUIRE(ahead.prospects.size() == 3);
    CHECK(ahead.prospects[0].at == opening);
    CHECK(ahead.prospects[1].at == at("2026-03-19T16:00:00Z"));  // the seller has not answered
    CHECK(ahead.prospects[2].at == at("2026-03-29T22:00:00Z"));  // the negotiation has ended
    CHECK(ahead.prospects[2].all.dispute().in<dispute::closed>());
    CHECK(ahead.prospects[2].money->reserved_minor() == 0);
    CHECK_FALSE(ahead.unknown_from);
    // Looked at later, what was due by then is behind.
    CHECK(outlook_of_first(play, at("2026-03-20T00:00:00Z")).prospects.size() == 2);
    CHECK(play.all().version == 3);
}

TEST_CASE("a wait names who owes, until when, and what silence does") {
    stage play;
    play.open();
    auto const waiting = waits(outlook_of_first(play, opening));
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].clock == lifecycle::clock::seller_response);
    CHECK(waiting[0].owed_by == std::vector{role::seller});
    CHECK(waiting[0].until == at("2026-03-19T16:00:00Z"));
    CHECK(waiting[0].otherwise->event == "negotiation.seller_lapsed");
    CHECK(to_text(*waiting[0].otherwise) == "the buyer may escalate");
    CHECK(waiting[1].clock == lifecycle::clock::negotiation);
    CHECK(waiting[1].owed_by.empty());
    CHECK(waiting[1].otherwise->outcome == outcome{resolution::expired, role::timer, {}});
    CHECK(to_text(*waiting[1].otherwise) == "the dispute is closed: expired");
    CHECK(owes(play.all(), waiting[0], shop));
    CHECK_FALSE(owes(play.all(), waiting[0], anna));
    CHECK_FALSE(owes(play.all(), waiting[0], {role::seller, actor_id{"stall"}}));
}

TEST_CASE("a wait that another deadline ends is over by that one") {
    auto play = negotiating();
    play.ask(anna, offer::make_offer{partial(4000)}, at("2026-03-18T10:00:00Z"));
    play.ask(shop, offer::make_offer{partial(2000)}, at("2026-03-22T10:00:00Z"));
    play.ask(anna, offer::make_offer{partial(3000)}, at("2026-03-26T10:00:00Z"));
    play.ask(shop, offer::make_offer{partial(2500)}, at("2026-03-27T10:00:00Z"));
    REQUIRE(play.all().negotiation().in<negotiation::awaiting_buyer>());
    auto const& clock = *play.all().negotiation().clock;
    CHECK(clock.due == at("2026-04-01T22:00:00Z"));
    auto const waiting = waits(outlook_of_first(play, clock.since));
    CHECK(waiting[0].clock == lifecycle::clock::buyer_response);
    CHECK(waiting[0].until == at("2026-03-29T22:00:00Z"));  // the end of the negotiation
    CHECK(waiting[0].ended_by == lifecycle::clock::negotiation);
    CHECK(waiting[0].otherwise->outcome == outcome{resolution::expired, role::timer, {}});
}

TEST_CASE("what follows is told for every consequence of silence that a policy may choose") {
    auto const after_the_seller = [](unsigned number, award claim) {
        stage play;
        play.known.policy = &any_policy(number);
        play.open(std::move(claim));
        return to_text(*waits(outlook_of_first(play, opening))[0].otherwise);
    };
    CHECK(after_the_seller(0, full(2999)) == "the buyer may escalate");
    CHECK(after_the_seller(1, full(2999)) == "29.99 EUR are refunded");
    CHECK(after_the_seller(1, goods_back(2999)) == "the goods go back");
    CHECK(after_the_seller(2, full(2999)) == "the dispute is in mediation");
    auto play = negotiating();
    CHECK(to_text(*waits(outlook_of_first(play, opening))[0].otherwise) ==
          "the seller's offers expire, and the buyer may escalate");
    play.ask(anna, dispute::escalate_dispute{}, plus_seconds(opening, 2 * hour));
    play.ask(mia, mediation::take_mediation{}, plus_seconds(opening, 3 * hour));
    play.ask(mia, mediation::request_information{}, plus_seconds(opening, 4 * hour));
    auto const asked = waits(outlook_of_first(play, opening))[0];
    CHECK(asked.owed_by == std::vector{role::buyer, role::seller});
    CHECK(to_text(*asked.otherwise) == "the mediator decides on what is there");
}

TEST_CASE("where the calendars end, the outlook ends and says so") {
    auto rules = aliexpress();
    rules.silences.negotiation_end = silence::grants_claim;
    stage play;
    play.known = terms_under(rules);
    play.order.paid_at = at("2040-11-01T08:00:00Z");
    play.order.shipped_at = at("2040-11-02T08:00:00Z");
    auto const late = at("2040-12-10T10:00:00Z");
    REQUIRE(play.open(full(2999), {{line_id{"cups"}, 3}}, late).accepted);
    auto const ahead = outlook_of_first(play, late);
    // On 25 December a refund would be ordered, and its ten business days end in a year without holidays.
    CHECK(ahead.unknown_from == at("2040-12-25T23:00:00Z"));
    CHECK(ahead.prospects.size() == 2);
    auto const waiting = waits(ahead);
    CHECK(waiting[0].otherwise.has_value());
    CHECK(waiting[1].until == at("2040-12-25T23:00:00Z"));
    CHECK_FALSE(waiting[1].otherwise);
}
