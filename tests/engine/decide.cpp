// Deciding: who and when, deadlines before commands, and answers that do not depend on how late anybody looked.
#include "recourse/engine/decide.hpp"

#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/actions.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::vector<event> events_of(std::vector<recorded> const& several) {
    std::vector<event> all;
    for (auto const& one : several) all.insert(all.end(), one.events.begin(), one.events.end());
    return all;
}

instant due_of(stage const& play) { return next_due(play.all())->clock.due; }

}  // namespace

TEST_CASE("opening tables the claim, gives the seller his turn, and starts both clocks") {
    stage play;
    auto const made = play.open();
    REQUIRE(made.accepted);
    CHECK(made.accepted->events.size() == 3);
    CHECK(made.accepted->rows.size() == 3);
    CHECK(play.all().version == 3);
    CHECK(play.all().dispute().in<dispute::negotiating>());
    CHECK(play.all().negotiation().in<negotiation::awaiting_seller>());
    REQUIRE(play.all().offers().size() == 1);
    CHECK(play.all().offers()[0].kept == offer::instance{full(2999), role::buyer, true});
    // Five days after the 14th in Shanghai, and fifteen in Brussels, where summer time has come on the 29th.
    CHECK(play.all().negotiation().clock->due == at("2026-03-19T16:00:00Z"));
    CHECK(play.all().dispute().clock->due == at("2026-03-29T22:00:00Z"));
    CHECK(play.all().dispute().kept.policy == play.known.reference);
}

TEST_CASE("protection ends at local midnight where the buyer lives, and that instant is too late") {
    auto const last = at("2026-04-03T22:00:00Z");  // 60 days after 2 February: 3 April 24:00 in Brussels
    stage in_time;
    CHECK(outcome_of(in_time.open(full(2999), {{line_id{"cups"}, 3}}, {last.microseconds - 1})) == "accepted");
    stage late;
    auto const made = late.open(full(2999), {{line_id{"cups"}, 3}}, last);
    CHECK(outcome_of(made) == "protection_window_closed");
    CHECK(made.refused[0].since == last);
    CHECK_THAT(made.refused[0].because, Catch::Contains("Fri 3 Apr 2026 24:00 Europe/Brussels"));
    stage extended;
    extended.order.protection_extended_days = 1;
    CHECK(outcome_of(extended.open(full(2999), {{line_id{"cups"}, 3}}, last)) == "accepted");
    stage unshipped;
    unshipped.order.shipped_at.reset();
    CHECK(outcome_of(unshipped.open()) == "protection_not_started");
}

TEST_CASE("what an opening may not claim is refused, all reasons at once and in the order of their numbers") {
    stage play;
    CHECK(outcome_of(play.open(full(2998))) == "full_refund_is_another_amount");
    CHECK(outcome_of(play.open(partial(2999))) == "partial_refund_is_the_full_amount");
    CHECK(outcome_of(play.open(partial(3000))) == "amount_exceeds_refundable");
    CHECK(outcome_of(play.open(partial(0))) == "amount_not_positive");
    CHECK(outcome_of(play.open(partial(-5))) == "amount_not_positive");
    CHECK(outcome_of(play.open({remedy::partial_refund, {5, *currency::find("USD")}})) == "amount_in_another_currency");
    CHECK(outcome_of(play.open(full(2999), {})) == "units_exceed_line");
    CHECK(outcome_of(play.open(full(2999), {{line_id{"cup"}, 1}})) == "line_unknown");
    CHECK(outcome_of(play.open(full(2999), {{line_id{"cups"}, 1}, {line_id{"cups"}, 1}})) == "line_repeated");
    CHECK(outcome_of(play.open(full(2999), {{line_id{"cups"}, 4}})) == "units_exceed_line");
    CHECK(outcome_of(play.open(full(2999), {{line_id{"cups"}, 0}})) == "units_exceed_line");
    auto several = play.claim(full(2999));
    several.reason = reason{"too_blue"};
    several.evidence = {piece("a"), piece("a")};
    several.order.captured.minor += 1;
    CHECK(outcome_of(play.ask(shop, several, opening)) ==
          "not_for_this_role order_facts_contradict reason_not_offered evidence_repeated");
    auto without = play.claim(full(2999));
    without.evidence = {piece("a", evidence_kind::video)};
    CHECK(outcome_of(play.ask(anna, without, opening)) == "evidence_missing");
    auto large = play.claim(full(2999));
    large.evidence[0].size_bytes = 10'485'761;
    CHECK(outcome_of(play.ask(anna, large, opening)) == "evidence_too_large");
    CHECK(play.all() == record{});
    CHECK_FALSE(play.money);
}

TEST_CASE("units in an open dispute cannot be claimed again until it is closed") {
    stage play;
    REQUIRE(outcome_of(play.open(full(2000), {{line_id{"cups"}, 2}})) == "accepted");
    CHECK(outcome_of(play.open(full(2999), {{line_id{"cups"}, 3}}, opening, 1)) == "units_already_in_dispute");
    CHECK(outcome_of(play.open(full(2000), {{line_id{"cups"}, 2}}, opening, 1)) == "units_already_in_dispute");
    REQUIRE(outcome_of(play.open(full(999 + 2000), {{line_id{"cups"}, 1}, {line_id{"pot"}, 1}}, opening, 1)) ==
            "accepted");
    CHECK(play.money->reserved_minor() == 4999);
    REQUIRE(outcome_of(play.ask(anna, dispute::withdraw_dispute{}, opening)) == "accepted");
    CHECK(outcome_of(play.open(full(2000), {{line_id{"cups"}, 2}}, opening, 2)) == "accepted");
}

TEST_CASE("a dispute is opened once, and nothing else is done to one that does not exist") {
    stage play;
    CHECK(outcome_of(play.ask(anna, dispute::withdraw_dispute{}, opening)).starts_with("dispute_unknown"));
    play.open();
    CHECK(outcome_of(play.open()) == "dispute_already_opened");
}

TEST_CASE("a command that expects another version is told the right one") {
    stage play;
    play.open();
    auto asked = play.asked(anna, dispute::withdraw_dispute{});
    for (auto const wrong : {0U, 2U, 4U, 4294967295U}) {
        asked.expected_version = wrong;
        auto const made = play.give(asked, opening);
        CHECK(outcome_of(made) == "stale_version");
        CHECK(made.refused[0].expected == 3U);
    }
    asked.expected_version = 3;
    CHECK(outcome_of(play.give(asked, opening)) == "accepted");
}

TEST_CASE("a stale version is judged after the deadlines that were due") {
    stage play;
    play.open();
    auto asked = play.asked(shop, offer::make_offer{partial(100)});
    asked.expected_version = 3;
    auto const made = play.give(asked, due_of(play));
    CHECK(made.lapses.size() == 1);
    CHECK(outcome_of(made) == "stale_version");
    CHECK(made.refused[0].expected == 4U);
}

TEST_CASE("nobody acts for another person, in another's role, or in his own dispute as mediator") {
    stage play;
    play.open();
    CHECK(outcome_of(play.ask({role::buyer, actor_id{"eve"}}, dispute::withdraw_dispute{}, opening)) ==
          "not_a_party_of_this_dispute");
    CHECK(outcome_of(play.ask({role::buyer, shop.id}, dispute::withdraw_dispute{}, opening)) ==
          "not_a_party_of_this_dispute");
    CHECK(outcome_of(play.ask({role::seller, anna.id}, offer::make_offer{partial(100)}, opening)) ==
          "not_a_party_of_this_dispute");
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(100)}, opening)) == "accepted");
    REQUIRE(outcome_of(play.ask(anna, dispute::escalate_dispute{}, opening)) == "accepted");
    CHECK(outcome_of(play.ask({role::mediator, anna.id}, mediation::take_mediation{}, opening)) ==
          "mediator_is_a_party");
    CHECK(outcome_of(play.ask({role::mediator, shop.id}, mediation::take_mediation{}, opening)) ==
          "mediator_is_a_party");
    REQUIRE(outcome_of(play.ask(mia, mediation::take_mediation{}, opening)) == "accepted");
    CHECK(outcome_of(play.ask({role::mediator, actor_id{"max"}}, mediation::reject_claim{}, opening)) ==
          "assigned_to_another_mediator");
    stage other;
    CHECK(outcome_of(other.ask({role::buyer, actor_id{"eve"}}, other.claim(full(2999)), opening)) ==
          "not_a_party_of_this_dispute");
}

TEST_CASE("a timer from outside is refused for every command") {
    stage play;
    play.open();
    actor const timer{role::timer, actor_id{"timer"}};
    CHECK(
        outcome_of(play.ask(timer, dispute::submit_evidence{{piece("x")}}, opening)).starts_with("not_for_this_role"));
    stage fresh;
    CHECK(outcome_of(fresh.ask(timer, fresh.claim(full(2999)), opening)).starts_with("not_for_this_role"));
}

TEST_CASE("offers, refunds and returns that do not exist are not addressed") {
    stage play;
    play.open();
    for (auto const number : {0U, 2U, 3U, 4294967295U}) {
        CAPTURE(number);
        CHECK(outcome_of(play.ask(shop, offer::accept_offer{number}, opening)) == "offer_unknown");
        CHECK(outcome_of(play.ask(shop, offer::decline_offer{number}, opening)) == "offer_unknown");
        CHECK(outcome_of(play.ask(anna, offer::withdraw_offer{number}, opening)) == "offer_unknown");
        CHECK(outcome_of(play.ask(bank, refund::confirm_refund{number, euro(1), "r"}, opening)) == "refund_unknown");
    }
    CHECK(outcome_of(play.ask(anna, return_request::ship_return{"post", "1"}, opening)) == "return_unknown");
    CHECK(outcome_of(play.ask(shop, return_request::accept_return{}, opening)) == "return_unknown");
}

TEST_CASE("a microsecond before the deadline is in time, the deadline itself is late") {
    stage play;
    play.open();
    auto const due = due_of(play);
    stage late = play;
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(100)}, {due.microseconds - 1})) == "accepted");
    CHECK(play.all().negotiation().in<negotiation::awaiting_buyer>());
    auto const made = late.ask(shop, offer::make_offer{partial(100)}, due);
    CHECK(outcome_of(made) == "not_possible_in_this_state");
    REQUIRE(made.lapses.size() == 1);
    CHECK(made.lapses[0].events[0].at == due);
    CHECK(late.all().negotiation().in<negotiation::lapsed>());
}

TEST_CASE("deadlines that passed are recorded at their own instants however late anybody looks") {
    stage punctual;
    punctual.open();
    auto late = punctual;
    auto later = punctual;
    std::vector<event> one_by_one;
    while (auto const due = next_due(punctual.all())) {
        auto const made = punctual.wait(due->clock.due);
        REQUIRE(made.lapses.size() == 1);
        CHECK(made.lapses[0].events[0].at == due->clock.due);
        auto const told = events_of(made.lapses);
        one_by_one.insert(one_by_one.end(), told.begin(), told.end());
    }
    auto const at_once = late.wait(plus_seconds(opening, 365 * day));
    CHECK(events_of(at_once.lapses) == one_by_one);
    CHECK(late.all() == punctual.all());
    CHECK(late.money->lines == punctual.money->lines);
    // The same where a command finds them, even one that is refused.
    auto const found = later.ask(anna, dispute::withdraw_dispute{}, plus_seconds(opening, 365 * day));
    CHECK(outcome_of(found) == "not_possible_in_this_state");
    CHECK(events_of(found.lapses) == one_by_one);
    CHECK(later.all() == punctual.all());
    CHECK(punctual.all().dispute().in<dispute::closed>());
}

TEST_CASE("event time never decreases, even when the host's clock goes back") {
    stage play;
    play.open();
    auto const back = plus_seconds(opening, -day);
    auto const made = play.ask(shop, offer::make_offer{partial(100)}, back);
    REQUIRE(made.accepted);
    for (auto const& one : made.accepted->events) CHECK(one.at == opening);
    CHECK(play.all().negotiation().clock->since == opening);
    CHECK(play.ask(anna, dispute::withdraw_dispute{}, plus_seconds(opening, 1)).accepted->events[0].at ==
          plus_seconds(opening, 1));
}

TEST_CASE("escalation opens with the seller's answer or with his silence") {
    stage play;
    play.open();
    auto const due = due_of(play);
    auto const early = play.ask(anna, dispute::escalate_dispute{}, opening);
    CHECK(outcome_of(early) == "escalation_not_open_yet");
    CHECK(early.refused[0].not_before == due);
    auto answered = play;
    answered.ask(shop, offer::decline_offer{1}, opening);
    CHECK(outcome_of(answered.ask(anna, dispute::escalate_dispute{}, opening)) == "accepted");
    CHECK(outcome_of(play.ask(anna, dispute::escalate_dispute{}, due)) == "accepted");
    CHECK(play.all().mediation().in<mediation::queued>());
    CHECK(play.all().offers()[0].in<offer::expired>());
}

TEST_CASE("a refund that fails is tried again under the same key, and paid once") {
    stage play;
    play.open();
    REQUIRE(outcome_of(play.ask(shop, offer::accept_offer{1}, opening)) == "accepted");
    auto const key = play.all().refunds()[0].kept.key;
    CHECK(key == "G-1/D-1/refund/1");
    CHECK(outcome_of(play.ask(bank, refund::report_refund_failed{1, "card_closed"}, opening)) == "accepted");
    CHECK(play.all().dispute().in<dispute::settlement_failed>());
    CHECK(outcome_of(play.ask(otto, refund::retry_refund{1}, opening)) == "accepted");
    CHECK(play.all().refunds()[0].kept.key == key);
    CHECK(play.all().refunds()[0].kept.attempts == 2);
    CHECK(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(2998), "r"}, opening)) ==
          "confirmed_amount_differs");
    CHECK(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(2999), ""}, opening)) ==
          "payment_reference_missing");
    CHECK(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(2999), "r"}, opening)) == "accepted");
    CHECK(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(2999), "r"}, opening)) == "accepted");
    CHECK(outcome_of(play.ask(bank, refund::confirm_refund{1, euro(2999), "s"}, opening)) ==
          "not_possible_in_this_state");
    CHECK(play.money->refunded_minor() == 2999);
    CHECK(play.all().dispute().kept.ruling->outcome->resolution == resolution::full_refund);
}

TEST_CASE("a year without holiday data is a failure, never counted by weekdays") {
    stage play;
    play.known.seller_calendar = find_calendar("CN");
    auto rules = aliexpress();
    rules.clocks.seller_response.rule.length = {5, period_unit::business_days};
    play.known.policy = &rules;
    play.order.shipped_at = at("2041-01-02T08:00:00Z");
    try {
        play.open(full(2999), {{line_id{"cups"}, 3}}, at("2041-01-10T08:00:00Z"));
        FAIL("it was decided");
    } catch (failure const& no) {
        CHECK(no.kind() == failure_kind::calendar_not_covered);
    }
    CHECK(play.all() == record{});
}
