// Eligibility: yes or no before a dispute is opened, with every reason, and nothing is recorded by asking.
#include "recourse/engine/eligibility.hpp"

#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::string reasons_of(eligibility const& asked) {
    std::string names;
    for (auto const& no : asked.blocked_by) names += (names.empty() ? "" : " ") + std::string{name(no.code)};
    return names;
}

eligibility ask(stage const& play, instant now, std::string_view why = "not_as_described") {
    return eligibility_of(play.order, reason{std::string{why}}, play.money, play.known, now);
}

auto const protection_over = at("2026-04-03T22:00:00Z");

claimable_line without_window(claimable_line one) {
    one.earliest.reset();
    one.latest.reset();
    return one;
}

}  // namespace

TEST_CASE("an order that may be disputed is told with its instants, lines, remedies and evidence") {
    stage const play;
    auto const asked = ask(play, opening);
    CHECK(asked.eligible());
    CHECK(asked.earliest == shipped);
    CHECK(asked.latest == protection_over);
    REQUIRE(asked.lines.size() == 3);
    CHECK(without_window(asked.lines[0]) == claimable_line{line_id{"cups"}, 3, 0, euro(2999)});
    REQUIRE(asked.remedies.size() == 3);
    CHECK(asked.remedies[0] == amount_limits{remedy::full_refund, euro(5489), euro(5489), {euro(5489)}});
    CHECK(asked.remedies[1] == amount_limits{remedy::partial_refund, euro(1), euro(5488), {}});
    CHECK(asked.evidence_required == std::vector{evidence_kind::photo});
    CHECK(asked.evidence->pieces_left == 20);
    CHECK(asked.policy == play.known.reference);
    // Not received: no goods that could go back, and nothing to prove.
    auto const missing = ask(play, opening, "not_received");
    CHECK(missing.remedies.size() == 2);
    CHECK(missing.evidence_required.empty());
}

TEST_CASE("every reason why not is told, as the opening would tell it") {
    stage play;
    CHECK(reasons_of(ask(play, protection_over)) == "protection_window_closed");
    CHECK(ask(play, {protection_over.microseconds - 1}).eligible());
    CHECK(reasons_of(ask(play, protection_over, "mood")) == "protection_window_closed reason_not_offered");
    CHECK(ask(play, protection_over, "mood").remedies.empty());
    auto const early = ask(play, {shipped.microseconds - 1});
    CHECK(reasons_of(early) == "protection_not_started");
    CHECK(early.blocked_by[0].not_before == shipped);
    play.order.shipped_at.reset();
    auto const unshipped = ask(play, opening);
    CHECK(reasons_of(unshipped) == "protection_not_started");
    CHECK_FALSE(unshipped.earliest);
    play.order.captured = euro(1);
    CHECK(reasons_of(ask(play, opening)) == "order_facts_contradict");
    CHECK(ask(play, opening).lines.empty());
}

TEST_CASE("each line of an order in parcels is told with its own window, and what can be claimed today is") {
    stage play;
    play.order.shipped_at.reset();
    play.order.delivered_at.reset();
    play.order.parcels = {{parcel_id{"A"}, {{line_id{"cups"}, 2}, {line_id{"pot"}, 1}}, shipped},
                          {parcel_id{"B"}, {{line_id{"cups"}, 1}}, {}}};
    auto asked = ask(play, opening);
    CHECK(asked.eligible());
    REQUIRE(asked.lines.size() == 3);
    CHECK_FALSE(asked.lines[0].earliest);  // a cup is still there
    CHECK(asked.lines[1].earliest == shipped);
    CHECK(asked.lines[1].latest == protection_over);
    CHECK_FALSE(asked.lines[2].latest);  // in no parcel
    CHECK(asked.earliest == shipped);
    REQUIRE_FALSE(asked.remedies.empty());
    CHECK(asked.remedies[0].largest == asked.lines[1].refundable);
    // The last cup leaves three days later: the cups have three days more.
    play.order.parcels[1].shipped_at = plus_seconds(shipped, 3 * day);
    asked = ask(play, protection_over);
    CHECK(asked.eligible());
    CHECK(asked.earliest == shipped);
    CHECK(asked.latest == plus_seconds(protection_over, 3 * day));
    CHECK(asked.remedies[0].largest == asked.lines[0].refundable);
    CHECK(reasons_of(ask(play, *asked.latest)) == "protection_not_started");  // what is in no parcel
    play.order.parcels[0].lines.push_back({line_id{"shipping"}, 1});
    CHECK(reasons_of(ask(play, *asked.latest)) == "protection_window_closed");
    play.order.shipped_at = shipped;
    CHECK(reasons_of(ask(play, opening)) == "order_facts_contradict");
}

TEST_CASE("units in another dispute and money that was refunded are not claimable again") {
    stage play;
    REQUIRE(play.open(full(2000), {{line_id{"cups"}, 2}}).accepted);
    auto const asked = ask(play, opening);
    CHECK(asked.eligible());
    CHECK(without_window(asked.lines[0]) == claimable_line{line_id{"cups"}, 1, 2, euro(999)});
    stage all;
    all.open(full(5489), {{line_id{"cups"}, 3}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}});
    CHECK(reasons_of(ask(all, opening)) == "units_already_in_dispute");
    all.ask(shop, offer::accept_offer{1}, opening);
    all.ask(bank, refund::confirm_refund{1, euro(5489), "reference"}, opening);
    auto const paid = ask(all, opening);
    CHECK(reasons_of(paid) == "amount_not_positive");
    CHECK(without_window(paid.lines[0]) == claimable_line{line_id{"cups"}, 3, 0, euro(0)});
}

TEST_CASE("the engine counts what time has done to other disputes, and records nothing of it") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    stage const play;
    settlement_group const group{"G-1"};
    command const first{command_id{"c-1"},
                        {group, dispute_id{"D-1"}},
                        anna,
                        {},
                        play.claim(full(5489), {{line_id{"cups"}, 3}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}})};
    REQUIRE(disputes.submit(first, opening).accepted());
    eligibility_question const question{group, policy_id{"aliexpress"}, {}, play.order, reason{"not_received"}};
    CHECK(reasons_of(disputes.eligibility(question, opening)) == "units_already_in_dispute");
    // On the 30th nobody has acted: the first dispute has expired, whether its timer ran or not.
    auto const later = at("2026-03-30T10:00:00Z");
    CHECK(disputes.eligibility(question, later).eligible());
    CHECK(disputes.find({group, dispute_id{"D-1"}})->all.version == 3);
    auto second = first;
    second.id = command_id{"c-2"};
    second.dispute.dispute = dispute_id{"D-2"};
    CHECK(disputes.submit(second, later).accepted());
}

TEST_CASE("a policy, a calendar or a zone that is not known is a reason why not") {
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    stage const play;
    eligibility_question question{
        settlement_group{"G-1"}, policy_id{"ebay-of-1999"}, {}, play.order, reason{"not_received"}};
    CHECK(reasons_of(disputes.eligibility(question, opening)) == "policy_unknown");
    question.policy = policy_id{"aliexpress"};
    question.order.buyer.calendar = "XX";
    CHECK(reasons_of(disputes.eligibility(question, opening)) == "calendar_unknown");
    question.order.buyer.calendar = "BE";
    question.order.seller.zone = "Asia/Nowhere";
    CHECK(reasons_of(disputes.eligibility(question, opening)) == "time_zone_unknown");
}

TEST_CASE("a question is read from JSON, and every problem in it is told at its place") {
    auto const read = read_eligibility_question(
        R"({"group":"G-1","policy":"aliexpress","reason":"not_received","order":{"order":"O-1","payment":"P-1",
            "captured":{"currency":"EUR","minor":100},"buyer":{"id":"anna","zone":"Europe/Brussels","calendar":"BE"},
            "seller":{"id":"shop","zone":"Asia/Shanghai","calendar":"CN"},
            "lines":[{"line":"pin","units":1,"paid":{"currency":"EUR","minor":100}}]}})");
    REQUIRE(read);
    CHECK(read->order.lines[0].line == line_id{"pin"});
    CHECK_FALSE(read->policy_version);
    auto const wrong = read_eligibility_question(R"({"group":"G/1","policy":"aliexpress","why":1})");
    REQUIRE_FALSE(wrong);
    auto const text = to_text(wrong.error());
    CHECK_THAT(text, Catch::Contains("/group: "));
    CHECK_THAT(text, Catch::Contains("/order: is missing"));
    CHECK_THAT(text, Catch::Contains("/why: is not known here"));
}
