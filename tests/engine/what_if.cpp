// Stored commands decided again: the same, changed, and diverged where nobody knows what people would have done.
#include "recourse/engine/what_if.hpp"

#include <catch2/catch.hpp>

#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

dispute_key const first{settlement_group{"G-1"}, dispute_id{"D-1"}};
dispute_key const second{settlement_group{"G-1"}, dispute_id{"D-2"}};

struct stored_disputes {
    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes{*store};
    stage play;
    int sent = 0;

    void give(instant when, dispute_key const& key, actor const& by, command_body body) {
        auto const id = "c-" + std::to_string(++sent);
        REQUIRE(disputes.submit({command_id{id}, key, by, {}, std::move(body)}, when).accepted());
    }
    // The cups are claimed, or the pot.
    void open(instant when, dispute_key const& key = first) {
        if (key == first) return give(when, key, anna, play.claim(full(2999)));
        auto other = play.claim(full(2000), {{line_id{"pot"}, 1}});
        other.evidence = {piece("another")};
        give(when, key, anna, other);
    }
    std::vector<what_if_dispute> again(auto&& edit, instant until = plus_seconds(opening, 400 * day)) {
        auto rules = aliexpress();
        edit(rules);
        what_if deciding{*store, {rules, {}, until}};
        auto const keys = store->disputes({}, 100);
        return deciding.decide(keys).disputes;
    }
};
auto const as_it_is = [](policy&) {};

}  // namespace

TEST_CASE("under the same policy everything is as it was, and nothing is written") {
    stored_disputes stored;
    stored.open(opening);
    stored.open(plus_seconds(opening, hour), second);
    stored.give(plus_seconds(opening, 2 * hour), first, shop, offer::accept_offer{1});
    stored.give(plus_seconds(opening, 3 * hour), first, bank, refund::confirm_refund{1, euro(2999), "R-1"});
    stored.disputes.pass_time(second, plus_seconds(opening, 100 * day));
    auto const before = stored.store->events(first).size() + stored.store->events(second).size();
    auto const found = stored.again(as_it_is);
    REQUIRE(found.size() == 2);
    for (auto const& one : found) {
        CHECK(one.result == what_if_result::same);
        CHECK(one.stored == one.again);
    }
    CHECK(found[0].again.moved == moved_money_of{2999, -2999, 0, 0});
    CHECK(found[0].again.closed == plus_seconds(opening, 3 * hour));
    CHECK(found[1].again.deadlines_missed == 2);
    CHECK(stored.store->events(first).size() + stored.store->events(second).size() == before);
}

TEST_CASE("a silence that the store shows counts, and its consequence is computed anew") {
    stored_disputes stored;
    stored.open(opening);
    stored.disputes.pass_time(first, plus_seconds(opening, 100 * day));
    auto const sooner = stored.again([](policy& it) { it.clocks.negotiation.rule.length.length = 9; });
    REQUIRE(sooner.size() == 1);
    CHECK(sooner[0].result == what_if_result::changed);
    CHECK(sooner[0].stored.closed == at("2026-03-29T22:00:00Z"));
    CHECK(sooner[0].again.closed == at("2026-03-23T23:00:00Z"));
    REQUIRE(sooner[0].changes.size() == 1);
    CHECK(sooner[0].changes[0] == "closes at 2026-03-23T23:00:00Z instead of 2026-03-29T22:00:00Z");
}

TEST_CASE("a silence that is longer than the store shows is not guessed") {
    stored_disputes stored;
    stored.open(opening);
    stored.disputes.pass_time(first, plus_seconds(opening, 100 * day));
    auto const later = stored.again([](policy& it) { it.clocks.negotiation.rule.length.length = 20; });
    REQUIRE(later.size() == 1);
    CHECK(later[0].result == what_if_result::diverged);
    CHECK(later[0].command == 1);
    CHECK(later[0].command_id == "c-1");
    CHECK(later[0].because ==
          "the clock negotiation would run out at 2026-04-03T22:00:00Z, and the store does not show that nobody would "
          "have answered");
}

TEST_CASE("a question that nobody was asked has no answer") {
    stored_disputes stored;
    stored.open(opening);
    stored.disputes.pass_time(first, plus_seconds(opening, 100 * day));
    auto const asked = stored.again([](policy& it) { it.silences.negotiation_end = silence::escalates; });
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].result == what_if_result::diverged);
    CHECK(asked[0].because.starts_with("the clock decision would run out at"));
    CHECK(asked[0].again.stage == "in_mediation");
}

TEST_CASE("a stored command that is refused is named, with the reason") {
    stored_disputes stored;
    stored.open(opening);
    stored.give(plus_seconds(opening, 4 * day), first, shop, offer::make_offer{partial(1000)});
    auto const late = stored.again([](policy& it) {
        it.clocks.seller_response.rule.length.length = 3;
        it.silences.seller = silence::grants_claim;
    });
    REQUIRE(late.size() == 1);
    CHECK(late[0].result == what_if_result::diverged);
    CHECK(late[0].command == 2);
    CHECK(late[0].command_id == "c-2");
    CHECK(late[0].because.starts_with("make_offer is refused: "));
    CHECK(late[0].again.stage == "settling");
}

TEST_CASE(
    "what depends on the money of a dispute that has diverged diverges as well, and what was over before does not") {
    stored_disputes stored;
    stored.open(opening, second);
    stored.give(plus_seconds(opening, hour), second, anna, dispute::withdraw_dispute{});
    stored.open(plus_seconds(opening, 2 * hour));
    dispute_key const third{settlement_group{"G-1"}, dispute_id{"D-3"}};
    auto other = stored.play.claim(full(2000), {{line_id{"pot"}, 1}});
    other.evidence = {piece("a third")};
    stored.give(plus_seconds(opening, 3 * hour), third, anna, other);
    stored.give(plus_seconds(opening, 5 * day), first, anna, dispute::withdraw_dispute{});
    stored.give(plus_seconds(opening, 5 * day + hour), third, anna, dispute::withdraw_dispute{});
    auto const found = stored.again([](policy& it) {
        it.clocks.seller_response.rule.length.length = 2;
        it.silences.seller = silence::grants_claim;
    });
    REQUIRE(found.size() == 3);
    CHECK(found[0].result == what_if_result::diverged);
    CHECK(found[1].result == what_if_result::same);
    CHECK(found[2].result == what_if_result::diverged);
}

TEST_CASE("an open dispute is compared as of the instant that is asked for") {
    stored_disputes stored;
    stored.open(opening);
    auto const sooner = [](policy& it) { it.clocks.seller_response.rule.length.length = 2; };
    CHECK(stored.again(sooner, plus_seconds(opening, day))[0].result == what_if_result::same);
    auto const found = stored.again(sooner, plus_seconds(opening, 4 * day));
    CHECK(found[0].result == what_if_result::changed);
    CHECK(found[0].changes == std::vector<std::string>{"1 deadlines are missed instead of 0"});
}

TEST_CASE("a text that was erased keeps nobody from deciding again") {
    stored_disputes stored;
    stored.open(opening);
    stored.give(
        plus_seconds(opening, hour), first, anna,
        conversation::send_message{conversation::recipient::seller, salted_text{"Hello", sha256("a salt")}, {}, {}});
    CHECK(stored.again(as_it_is, plus_seconds(opening, day))[0].result == what_if_result::same);
    CHECK(stored.disputes.erase(anna) == 1);
    CHECK(stored.again(as_it_is, plus_seconds(opening, day))[0].result == what_if_result::same);
}

TEST_CASE("without another policy each dispute is decided under its own") {
    stored_disputes stored;
    stored.open(opening);
    stored.disputes.pass_time(first, plus_seconds(opening, 100 * day));
    what_if deciding{*stored.store, {{}, {}, plus_seconds(opening, 400 * day)}};
    auto const keys = stored.store->disputes({}, 100);
    auto const found = deciding.decide(keys);
    CHECK(found.commands == 1);
    CHECK(found.disputes[0].result == what_if_result::same);
    CHECK(
        to_json(found.disputes[0])
            .starts_with(
                R"({"dispute":"G-1/D-1","result":"same","stored":{"stage":"closed","outcome":{"resolution":"expired")"));
}

TEST_CASE("a dispute that was migrated diverges at the migration, with the policy that it was moved to") {
    stored_disputes stored;
    stored.open(opening);
    stored.give(plus_seconds(opening, hour), first, shop, offer::make_offer{partial(1000)});
    dispute_engine migrating{*stored.store, {}, trusting()};
    REQUIRE(migrating.offer_policy(document_of("aliexpress", 2)));
    REQUIRE(migrating
                .submit({command_id{"m-1"},
                         first,
                         {role::platform_operator, actor_id{"otto"}},
                         {},
                         migration::migrate_policy{policy_id{"aliexpress"}, 2, "T-1", false}},
                        plus_seconds(opening, 2 * hour))
                .accepted());
    stored.give(plus_seconds(opening, 3 * hour), first, anna, offer::accept_offer{2});
    auto const found = stored.again(as_it_is);
    REQUIRE(found.size() == 1);
    CHECK(found[0].result == what_if_result::diverged);
    CHECK(found[0].command == 3);
    CHECK(found[0].command_id == "m-1");
    CHECK(found[0].because ==
          "here it was moved to aliexpress version 2, and what an operator would have done about the policy asked for "
          "nobody knows");
    CHECK(found[0].again.stage == "negotiating");
}
