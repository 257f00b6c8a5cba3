// Replay: what the events add up to is what was decided, and what was stored reads back as it was.
#include "recourse/lifecycle/evolve.hpp"

#include <catch2/catch.hpp>

#include "engine/walk.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

record replayed(std::vector<event> const& events) {
    record all;
    for (auto const& one : events) evolve(all, one);
    return all;
}

}  // namespace

TEST_CASE("replaying the events of random walks gives the record that was decided, at every step") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    std::size_t events = 0;
    for (int walk = 0; walk < 60; ++walk) {
        stage play;
        play.known.policy = &any_policy(static_cast<unsigned>(walk));
        auto now = opening;
        for (int at_step = 0; at_step < 60; ++at_step) {
            auto const step = random_step(random);
            now = after(now, step);
            auto const which = step.dispute % play.disputes.size();
            play.give(command_of(step, play), now, which);
            auto const& one = play.disputes[which];
            CAPTURE(walk, at_step);
            REQUIRE(replayed(one.events) == one.all);
            if (one.all.version > 0) REQUIRE(read_record(to_json(one.all)) == one.all);
        }
        for (auto const& one : play.disputes) {
            events += one.events.size();
            std::uint32_t version = 0;
            instant before = first_instant;
            for (auto const& happened : one.events) {
                REQUIRE(happened.version == ++version);
                REQUIRE(happened.at >= before);
                before = happened.at;
            }
        }
    }
    CHECK(events > 500);
}

TEST_CASE("events that were written and read replay to the same record") {
    auto const seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    for (int walk = 0; walk < 20; ++walk) {
        stage play;
        play.known.policy = &any_policy(static_cast<unsigned>(walk));
        auto now = opening;
        for (int at_step = 0; at_step < 60; ++at_step) {
            auto const step = random_step(random);
            now = after(now, step);
            play.give(command_of(step, play), now, step.dispute % play.disputes.size());
        }
        for (auto const& one : play.disputes) {
            record all;
            for (auto const& happened : one.events) {
                auto const read = read_event(to_json(happened));
                REQUIRE(read == happened);
                evolve(all, read);
            }
            REQUIRE(all == one.all);
        }
    }
}

TEST_CASE("replay needs neither policy nor calendar: an event that this policy would never give is applied") {
    stage play;
    play.open();
    auto all = play.all();
    event told = play.disputes[0].events[1];
    told.version = 4;
    told.at = plus_seconds(opening, 1000 * day);
    told.lifecycle = negotiation::lifecycle_type::code;
    told.from = negotiation::agreed::code;
    told.to = negotiation::lapsed::code;
    told.clock_stopped = true;
    told.clock_started.reset();
    told.body = negotiation::seller_lapsed{silence::closes};
    evolve(all, told);
    CHECK(all.version == 4);
    CHECK(all.last_at == told.at);
    CHECK(all.negotiation().in<negotiation::lapsed>());
    CHECK_FALSE(all.negotiation().clock);
    CHECK(all.dispute() == play.all().dispute());
}

TEST_CASE("every piece of evidence counts once, whoever brought it and in whichever lifecycle") {
    stage play;
    play.open();
    play.ask(shop, dispute::submit_evidence{{piece("one"), piece("two")}}, opening);
    play.ask(shop, offer::decline_offer{1}, opening);
    play.ask(anna, dispute::escalate_dispute{}, opening);
    play.ask(mia, mediation::take_mediation{}, opening);
    play.ask(mia, mediation::request_information{mediation::asked::both}, opening);
    REQUIRE(outcome_of(play.ask(anna, mediation::provide_information{{piece("three")}}, opening)) == "accepted");
    CHECK(play.all().dispute().kept.evidence ==
          std::vector{sha256("opening"), sha256("one"), sha256("two"), sha256("three")});
    auto const talks = dispute::negotiating::code;
    CHECK(play.all().dispute().kept.sources ==
          std::vector<dispute::evidence_source>{{role::buyer, talks},
                                                {role::seller, talks},
                                                {role::seller, talks},
                                                {role::buyer, dispute::in_mediation::code}});
    CHECK(outcome_of(play.ask(shop, mediation::provide_information{{piece("one")}}, opening)) == "evidence_repeated");
}
