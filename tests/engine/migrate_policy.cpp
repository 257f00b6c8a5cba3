// A migration carried out: an event with all that moves, once, and never past what was allowed.
#include <catch2/catch.hpp>

#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

actor const otto{role::platform_operator, actor_id{"otto"}};

// One dispute under version 1 of a policy; version 2 gives the seller another time to answer.
struct market {
    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    dispute_key key{settlement_group{"G"}, dispute_id{"D-1"}};

    explicit market(std::string const& length) {
        REQUIRE(disputes.offer_policy(document_of("shop", 1)));
        auto next = document_of("shop", 2);
        std::string const before = R"("seller_response":{"length":"5 calendar_days")";
        auto const found = next.find(before);
        REQUIRE(found != std::string::npos);
        next.replace(found, before.size(), R"("seller_response":{"length":")" + length + '"');
        REQUIRE(disputes.offer_policy(next));
        auto claim = stage{}.claim(full(2999));
        claim.policy = policy_id{"shop"};
        claim.policy_version = 1;
        REQUIRE(disputes.submit({command_id{"c-1"}, key, anna, {}, std::move(claim)}, opening).accepted());
    }
    answer migrate(std::string const& id, std::uint32_t version, bool harm_allowed, instant now = opening) {
        return disputes.submit(
            {command_id{id}, key, otto, {}, migration::migrate_policy{policy_id{"shop"}, version, "T-1", harm_allowed}},
            now);
    }
    record all() { return disputes.find(key)->all; }
    instant answer_due() { return all().negotiation().clock->due; }
    bool is_whole() {
        auto const events = disputes.events(key);
        return replay(events) == all() && verify(*store).breaks.empty();
    }
};

}  // namespace

TEST_CASE("a migration moves the deadlines that run to where its plan says, and the log replays without the policy") {
    market place{"8 calendar_days"};
    auto const done = place.migrate("m:D-1", 2, false);
    REQUIRE(done.accepted());
    REQUIRE(done.events.size() == 1);
    auto const& told = std::get<migration::policy_migrated>(done.events[0].body);
    CHECK(told.from.version == 1);
    CHECK(told.to.version == 2);
    CHECK(told.because == "T-1");
    CHECK_FALSE(told.harm_allowed);
    REQUIRE(told.moved.size() == 1);
    CHECK(told.moved[0].clock.length == "8 calendar_days");
    CHECK(place.answer_due() == at("2026-03-22T16:00:00Z"));
    CHECK(done.next_due == place.answer_due());
    CHECK(place.all().dispute().kept.policy == told.to);
    CHECK(place.is_whole());
    // Time passes by the new deadline.
    CHECK(place.disputes.pass_time(place.key, at("2026-03-19T16:00:00Z"))->lapsed.empty());
    CHECK_FALSE(place.disputes.pass_time(place.key, at("2026-03-22T16:00:00Z"))->lapsed.empty());
    CHECK(place.is_whole());
}

TEST_CASE("a migration that harms is refused unless it is allowed, and is recorded as such") {
    market place{"3 calendar_days"};
    auto const no = place.migrate("m:D-1", 2, false);
    REQUIRE(no.refused.size() == 1);
    CHECK(no.refused[0].code == refusal::migration_harms_a_party);
    CHECK(no.refused[0].subject.find("seller_response is due") != std::string::npos);
    CHECK(place.all().version == place.disputes.events(place.key).size());
    CHECK(place.answer_due() == at("2026-03-19T16:00:00Z"));
    auto const done = place.migrate("m:D-1", 2, true);
    REQUIRE(done.accepted());
    CHECK(std::get<migration::policy_migrated>(done.events[0].body).harm_allowed);
    CHECK(place.answer_due() == at("2026-03-17T16:00:00Z"));
    CHECK(place.is_whole());
}

TEST_CASE("a deadline that would have been before the migration ends with it") {
    market place{"3 calendar_days"};
    auto const late = at("2026-03-18T10:00:00Z");
    REQUIRE(place.migrate("m:D-1", 2, true, late).accepted());
    CHECK(place.answer_due() == late);
    CHECK_FALSE(place.disputes.pass_time(place.key, late)->lapsed.empty());
    CHECK(place.is_whole());
}

TEST_CASE("a migration that comes again does nothing, and one to the same, to none or by a party is refused") {
    market place{"8 calendar_days"};
    CHECK(place.migrate("m:1", 1, false).refused[0].code == refusal::policy_is_the_same);
    CHECK(place.migrate("m:3", 3, false).refused[0].code == refusal::policy_unknown);
    REQUIRE(place.migrate("m:D-1", 2, false).accepted());
    auto const version = place.all().version;
    CHECK(place.migrate("m:D-1", 2, false).duplicate);
    CHECK(place.migrate("again", 2, false).refused[0].code == refusal::policy_is_the_same);
    CHECK(place.all().version == version);
    auto const by_party = place.disputes.submit(
        {command_id{"c-2"}, place.key, anna, {}, migration::migrate_policy{policy_id{"shop"}, 1, {}, true}}, opening);
    CHECK(by_party.refused[0].code == refusal::not_for_this_role);
}
