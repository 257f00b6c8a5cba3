// Candidates: none is forgotten, amounts at their limits, and everybody who could act.
#include "recourse/engine/candidates.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "engine/walk.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::vector<award> offers_tried(stage const& play) {
    std::vector<award> tried;
    for (auto const& body : candidates(play.all(), play.known, nullptr)) {
        if (auto const* one = std::get_if<offer::make_offer>(&body)) tried.push_back(one->award);
    }
    return tried;
}

}  // namespace

TEST_CASE("walking about, every command that can be given turns up among the candidates, but for the opening") {
    std::set<std::string_view> expected;
    lifecycle::for_each(lifecycle::words_of<lifecycle::all>::commands{},
                        [&]<class Command>() { expected.insert(Command::name); });
    expected.erase(dispute::open_dispute::name);
    expected.erase(dispute::contact_seller::name);
    expected.erase(migration::migrate_policy::name);  // the host says to which policy
    // What is told to the file of a payment is no command of a dispute.
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if constexpr (lifecycle::is_of_payment<L>())
            lifecycle::for_each(lifecycle::commands_of<L>{}, [&]<class Command>() {
                if constexpr (requires { Command::name; }) expected.erase(Command::name);
            });
    });
    std::set<std::string_view> found;
    for (std::uint64_t seed = 1; seed < 200 && found.size() < expected.size(); ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        stage play;
        play.known.policy = &any_policy(static_cast<unsigned>(seed));
        auto now = opening;
        for (int steps = 0; steps < 40; ++steps) {
            auto const step = random_step(random);
            now = after(now, step);
            auto const asked = command_of(step, play);
            play.give(asked, now, step.dispute % play.disputes.size());
        }
        for (auto const& one : play.disputes) {
            for (auto const& body : candidates(one.all, play.known, nullptr)) found.insert(name(body));
        }
    }
    CHECK(found == expected);
}

TEST_CASE("a dispute that is not opened has no candidates") {
    stage const play;
    CHECK(candidates(play.all(), play.known, nullptr).empty());
}

TEST_CASE("each remedy is tried with its smallest and its largest amount and one in between") {
    CHECK(offers_tried(negotiating()) == std::vector<award>{full(5489), partial(1), partial(2744), partial(5488),
                                                            goods_back(1), goods_back(2745), goods_back(5489)});
    auto const limits = award_amounts(negotiating().all(), negotiating().known);
    REQUIRE(limits.size() == 3);
    CHECK(limits[0] == legal_amounts{remedy::full_refund, 5489, 5489, {5489}});
    CHECK(limits[1] == legal_amounts{remedy::partial_refund, 1, 5488, {}});
}

TEST_CASE("of one cent there is no part, and the amount that is tried is refused for that") {
    stage play;
    play.order.lines = {{line_id{"pin"}, 1, euro(1)}};
    play.order.captured = euro(1);
    REQUIRE(play.open(full(1), {{line_id{"pin"}, 1}}).accepted);
    CHECK(offers_tried(play) == std::vector<award>{full(1), partial(1), goods_back(1)});
    CHECK(outcome_of(play.ask(shop, offer::make_offer{partial(1)}, opening)) == "partial_refund_is_the_full_amount");
}

TEST_CASE("the evidence that is tried is new each time") {
    auto play = negotiating();
    for (int times = 0; times < 3; ++times) {
        auto const piece = fresh_evidence(play.all(), play.known);
        CHECK(outcome_of(play.ask(anna, dispute::submit_evidence{{piece}}, opening)) == "accepted");
    }
}

TEST_CASE("open offers are tried by number, and those that have ended are not") {
    auto play = negotiating();
    play.ask(shop, offer::make_offer{partial(1200)}, plus_seconds(opening, 2 * hour));  // supersedes offer 2
    std::vector<std::uint32_t> numbers;
    for (auto const& body : candidates(play.all(), play.known, nullptr)) {
        if (std::holds_alternative<offer::accept_offer>(body)) numbers.push_back(*number_named(body));
    }
    CHECK(numbers == std::vector<std::uint32_t>{1, 3});
    CHECK_FALSE(number_named(dispute::withdraw_dispute{}));
    CHECK(number_named(refund::retry_refund{4}) == 4U);
}

TEST_CASE("somebody acts for each role, and a mediator who is free is no party") {
    stage play;
    play.order.buyer.id = actor_id{"any-mediator"};
    command const asked{
        command_id{"c"}, play.disputes[0].key, {role::buyer, play.order.buyer.id}, {}, play.claim(full(2999))};
    REQUIRE(play.give(asked, opening).accepted);
    auto const all = actors(play.all());
    std::vector<role> roles;
    for (auto const& one : all) roles.push_back(one.role);
    CHECK(roles == std::vector{role::buyer, role::seller, role::mediator, role::host, role::platform_operator});
    CHECK(all[1] == shop);
    CHECK(all[2].id == actor_id{"any-mediator-2"});
    auto other = negotiating();
    other.ask(anna, dispute::escalate_dispute{}, plus_seconds(opening, 2 * hour));
    other.ask(mia, mediation::take_mediation{}, plus_seconds(opening, 3 * hour));
    CHECK(actors(other.all())[2] == mia);
}

TEST_CASE("a mediation that begins anew after an appeal is its mediator's, and whoever comes next decided nothing") {
    record all;
    all.of<dispute::lifecycle_type>().state = dispute::under_appeal::code;
    all.of<mediation::lifecycle_type>().kept.seat.change().mediator = actor_id{"mia"};
    all.of<mediation::lifecycle_type>().kept.seat.change().decided.push_back(actor_id{"any-mediator"});
    auto& review = all.of<appeal::lifecycle_type>().emplace_back();
    review.kept.reviewer = actor_id{"otto"};
    constexpr std::size_t mediating = 2;
    CHECK(actors(all)[mediating].id == actor_id{"otto"});
    all.of<dispute::lifecycle_type>().state = dispute::in_mediation::code;
    CHECK(actors(all)[mediating].id == actor_id{"mia"});
    all.of<mediation::lifecycle_type>().kept.seat.change().mediator = {};
    CHECK(actors(all)[mediating].id == actor_id{"any-mediator-2"});
}
