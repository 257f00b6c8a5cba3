// What the log says of each event: who, on whose behalf, when it was decided and when recorded; and refused commands.
#include <catch2/catch.hpp>
#include <new>

#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "store/wrapped_store.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

dispute_key const first{settlement_group{"G-1"}, dispute_id{"D-1"}};

command opened(stage const& play) { return {command_id{"c-1"}, first, anna, {}, play.claim(full(2999))}; }

command for_another(actor const& by, std::optional<actor> const& whom, command_body body, char const* id = "c-2") {
    command asked{command_id{id}, first, by, {}, std::move(body)};
    asked.on_behalf_of = whom;
    return asked;
}

std::string codes(answer const& given) {
    std::string names;
    for (auto const& no : given.refused) names += (names.empty() ? "" : " ") + std::string{name(no.code)};
    return given.accepted() ? "accepted" : names;
}

}  // namespace

TEST_CASE(
    "a platform_operator acts on behalf of the buyer or the seller with that person's rights, and the log keeps both",
    "[engine]") {
    stage play;
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    auto opening_for_her = for_another(otto, anna, play.claim(full(2999)), "c-1");
    auto const made = disputes.submit(opening_for_her, opening);
    REQUIRE(made.accepted());
    for (auto const& one : made.events) {
        CHECK(one.by == otto);
        CHECK(one.on_behalf_of == anna);
    }
    auto const offered =
        disputes.submit(for_another(otto, shop, offer::make_offer{partial(1000)}), plus_seconds(opening, hour));
    REQUIRE(offered.accepted());
    CHECK(std::get<offer::offer_made>(offered.events[0].body).author == role::seller);
    auto const taken =
        disputes.submit(for_another(otto, anna, offer::accept_offer{2}, "c-3"), plus_seconds(opening, 2 * hour));
    REQUIRE(taken.accepted());
    CHECK(disputes.find(first)->all.dispute().kept.ruling->decided_by == role::buyer);
    auto const log = disputes.events(first);
    CHECK(replay(log) == disputes.find(first)->all);
    CHECK(store->events(first)[0].body.find(
              R"("as":{"role":"platform_operator","id":"otto"},"on_behalf_of":{"role":"buyer","id":"anna"},"do")") !=
          std::string::npos);
}

TEST_CASE("nobody else acts on behalf of somebody, and not of a stranger, a mediator or in a dispute of one's own",
          "[engine]") {
    stage play;
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    REQUIRE(disputes.submit(opened(play), opening).accepted());
    auto const tried = [&](actor const& by, actor const& whom, command_body body) {
        return codes(disputes.submit(for_another(by, whom, std::move(body)), opening));
    };
    CHECK(tried(shop, anna, dispute::withdraw_dispute{}) == "not_for_this_role");
    CHECK(tried(anna, anna, dispute::withdraw_dispute{}) == "not_for_this_role");
    CHECK(tried(mia, anna, dispute::withdraw_dispute{}) == "not_for_this_role");
    CHECK(tried(bank, shop, offer::accept_offer{1}) == "not_for_this_role");
    CHECK(tried(otto, {role::buyer, actor_id{"eve"}}, dispute::withdraw_dispute{}) == "not_a_party_of_this_dispute");
    CHECK(tried(otto, {role::seller, anna.id}, offer::accept_offer{1}) == "not_a_party_of_this_dispute");
    CHECK(tried({role::platform_operator, shop.id}, anna, dispute::withdraw_dispute{}) == "not_for_this_role");
    CHECK(tried({role::platform_operator, anna.id}, anna, dispute::withdraw_dispute{}) == "not_for_this_role");
    CHECK(tried(otto, bank, refund::confirm_refund{1, euro(2999), "R-1"}).find("not_for_this_role") == 0);
    CHECK(tried(otto, mia, mediation::take_mediation{}).find("not_for_this_role") == 0);
    // The rights are hers and no more: what the buyer may not do, an operator may not do for her.
    CHECK(tried(otto, anna, offer::accept_offer{1}) == "offer_is_your_own");
    CHECK(tried(otto, shop, dispute::withdraw_dispute{}) == "not_for_this_role");
    CHECK(store->load(first)->version == 3);
    CHECK(tried(otto, anna, dispute::withdraw_dispute{}) == "accepted");
}

TEST_CASE("a command with a member that says for whom it is reads and writes, and without one it is spelled as ever") {
    auto const read = read_command(
        R"({"id":"c-7","dispute":"G-1/D-1","as":{"role":"platform_operator","id":"otto"},)"
        R"("on_behalf_of":{"role":"buyer","id":"anna"},"submitted_at":"2026-03-14T11:00:00+01:00","do":{"withdraw_dispute":{}}})");
    REQUIRE(read);
    CHECK(read->on_behalf_of == anna);
    CHECK(read->submitted_at == opening);
    CHECK(
        canonical(*read) ==
        R"({"dispute":"G-1/D-1","as":{"role":"platform_operator","id":"otto"},"on_behalf_of":{"role":"buyer","id":"anna"},)"
        R"("submitted_at":"2026-03-14T10:00:00Z","do":{"withdraw_dispute":{}}})");
    command plain{command_id{"c-7"}, first, anna, {}, dispute::withdraw_dispute{}};
    CHECK(canonical(plain) ==
          R"({"dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"withdraw_dispute":{}}})");
    CHECK_FALSE(read_command(R"({"id":"c-7","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},)"
                             R"("on_behalf_of":"anna","do":{"withdraw_dispute":{}}})"));
    CHECK_FALSE(read_command(R"({"id":"c-7","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},)"
                             R"("submitted_at":"noon","do":{"withdraw_dispute":{}}})"));
}

TEST_CASE("each event is stored with when it was recorded, a lapse too, and that does not change what is decided",
          "[engine]") {
    stage play;
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    auto const late = plus_seconds(opening, 90);
    REQUIRE(disputes.submit(opened(play), opening, late).accepted());
    for (auto const& one : store->events(first)) {
        CHECK(one.at == opening);
        CHECK(one.recorded_at == late);
    }
    auto const month_later = plus_seconds(opening, 30 * day);
    REQUIRE(disputes.pass_time(first, month_later));
    auto const lapsed = store->events(first, 3);
    REQUIRE_FALSE(lapsed.empty());
    for (auto const& one : lapsed) {
        CHECK(one.at < month_later);
        CHECK(one.recorded_at == month_later);
    }
}

TEST_CASE("what was sent within the skew is decided as of when it was sent", "[engine]") {
    stage play;
    auto const store = store::open_memory();
    dispute_engine disputes{*store, {}, {.submitted_skew_seconds = 60}};
    REQUIRE(disputes.submit(opened(play), opening).accepted());
    auto const due = *store->load(first)->next_due;  // the seller's time to answer
    auto answered = command{command_id{"c-2"}, first, shop, {}, offer::make_offer{partial(1000)}};
    answered.submitted_at = plus_seconds(due, -1);
    auto const given = disputes.submit(answered, plus_seconds(due, 59));
    REQUIRE(given.accepted());
    CHECK(given.lapsed.empty());
    CHECK(given.events[0].at == plus_seconds(due, -1));
    CHECK(store->events(first, 3).at(0).recorded_at == plus_seconds(due, 59));
    CHECK(disputes.submit(answered, plus_seconds(due, 600)).duplicate);
    answered.submitted_at = due;
    CHECK(codes(disputes.submit(answered, plus_seconds(due, 600))) == "command_id_reused");
}

TEST_CASE("an instant of sending before the skew, after now, or before what is recorded does not count", "[engine]") {
    stage play;
    auto const store = store::open_memory();
    auto const asked = [&](instant sent) {
        auto one = command{command_id{"c-2"}, first, shop, {}, offer::make_offer{partial(1000)}};
        one.submitted_at = sent;
        return one;
    };
    record before;
    before.last_at = opening;
    auto const now = plus_seconds(opening, 100);
    CHECK(decided_as_of(asked(plus_seconds(now, -60)), before, now, 60) == plus_seconds(now, -60));
    CHECK(decided_as_of(asked({plus_seconds(now, -60).microseconds - 1}), before, now, 60) == now);
    CHECK(decided_as_of(asked(opening), before, now, 1000) == opening);
    CHECK(decided_as_of(asked({opening.microseconds - 1}), before, now, 1000) == now);
    CHECK(decided_as_of(asked({now.microseconds + 1}), before, now, 1000) == now);
    CHECK(decided_as_of(asked(now), before, now, 0) == now);
    CHECK(decided_as_of(asked({now.microseconds - 1}), before, now, 0) == now);

    // A lapse that is recorded stays: what was sent before it comes too late all the same.
    dispute_engine disputes{*store, {}, {.submitted_skew_seconds = 60}};
    REQUIRE(disputes.submit(opened(play), opening).accepted());
    auto const due = *store->load(first)->next_due;
    REQUIRE_FALSE(disputes.pass_time(first, due)->lapsed.empty());
    auto const late = disputes.submit(asked(plus_seconds(due, -1)), plus_seconds(due, 10));
    CHECK_FALSE(late.accepted());
    CHECK_THROWS_AS((dispute_engine{*store, {}, {.submitted_skew_seconds = -1}}), std::invalid_argument);
    CHECK_THROWS_AS((dispute_engine{*store, {}, {.submitted_skew_seconds = seconds_per_day + 1}}),
                    std::invalid_argument);
}

TEST_CASE("without a skew in the engine's options an instant of sending changes nothing", "[engine]") {
    stage play;
    auto const store = store::open_memory();
    dispute_engine disputes{*store};
    auto asked = opened(play);
    asked.submitted_at = plus_seconds(opening, -1);
    auto const given = disputes.submit(asked, opening);
    REQUIRE(given.accepted());
    CHECK(given.events[0].at == opening);
}

TEST_CASE("refused commands are counted or kept as the engine's options say, and the dispute stays as it was",
          "[engine]") {
    stage play;
    auto const store = store::open_memory();
    dispute_engine quiet{*store};
    dispute_engine counting{*store, {}, {.keep_refusals = refusal_keeping::counted}};
    dispute_engine keeping{*store, {}, {.keep_refusals = refusal_keeping::kept}};
    REQUIRE(counting.submit(opened(play), opening).accepted());
    auto const before = store->load(first)->state;
    command const early{command_id{"c-2"}, first, anna, {}, dispute::escalate_dispute{}};
    command const stranger{command_id{"c-3"}, first, {role::buyer, actor_id{"eve"}}, {}, dispute::withdraw_dispute{}};
    CHECK_FALSE(quiet.submit(early, opening).refusal_kept);
    CHECK(quiet.refusal_counts(first).empty());
    CHECK(counting.submit(early, opening).refusal_kept);
    CHECK(counting.submit(early, opening).refusal_kept);
    CHECK(counting.refusals(first, 10).empty());
    CHECK(keeping.submit(stranger, plus_seconds(opening, 5)).refusal_kept);
    CHECK(quiet.refusal_counts(first) ==
          std::vector<refusal_count>{{refusal::not_a_party_of_this_dispute, 1}, {refusal::escalation_not_open_yet, 2}});
    CHECK(quiet.refusals(first, 10) ==
          std::vector<kept_refusal>{
              {plus_seconds(opening, 5), "c-3", {refusal::not_a_party_of_this_dispute}, canonical(stranger)}});
    CHECK_FALSE(keeping.submit(opened(play), opening).refusal_kept);  // a duplicate is no refusal
    command const nowhere{command_id{"c-9"}, {first.group, dispute_id{"D-9"}}, anna, {}, dispute::withdraw_dispute{}};
    CHECK(keeping.submit(nowhere, opening).refusal_kept);
    CHECK(quiet.refusal_counts(nowhere.dispute) == std::vector<refusal_count>{{refusal::dispute_unknown, 1}});
    CHECK(store->load(first)->state == before);
    CHECK(store->events(first).size() == 3);
}

TEST_CASE("a refusal is answered whether it could be kept or not", "[engine]") {
    struct forgetful_store : wrapped_store {
        using wrapped_store::wrapped_store;
        bool out_of_memory = false;
        void refuse(store::refused_command const&, store::keeping) override {
            if (out_of_memory) throw std::bad_alloc{};
            throw failure{failure_kind::store_unavailable, "the disk is full"};
        }
    };
    stage play;
    auto const under = store::open_memory();
    forgetful_store forgetful{*under};
    dispute_engine disputes{forgetful, {}, {.keep_refusals = refusal_keeping::kept}};
    REQUIRE(disputes.submit(opened(play), opening).accepted());
    command const early{command_id{"c-2"}, first, anna, {}, dispute::escalate_dispute{}};
    for (bool const out_of_memory : {false, true}) {
        forgetful.out_of_memory = out_of_memory;
        auto const given = disputes.submit(early, opening);
        CHECK(codes(given) == "escalation_not_open_yet");
        CHECK_FALSE(given.refusal_kept);
    }
}
