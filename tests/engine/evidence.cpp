// Evidence: how much of it each may bring.
#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/actions.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::vector<evidence> pieces(std::string const& of, std::size_t count) {
    std::vector<evidence> made;
    for (std::size_t at = 0; at < count; ++at) made.push_back(piece(of + " " + std::to_string(at)));
    return made;
}

stage opened(policy const& rules = aliexpress()) {
    stage play;
    play.known.policy = &rules;
    REQUIRE(play.open().accepted);
    return play;
}

std::string brings(stage& play, actor const& by, std::vector<evidence> what) {
    return outcome_of(play.ask(by, dispute::submit_evidence{std::move(what)}, opening));
}

}  // namespace

TEST_CASE("who brings all he may takes nothing from the other") {
    auto play = opened();
    CHECK(brings(play, shop, pieces("shop", 20)) == "accepted");
    CHECK(brings(play, shop, pieces("more", 1)) == "evidence_used_up");
    CHECK(evidence_accepted(play.all(), play.known, role::seller).pieces_left == 0);
    CHECK(evidence_accepted(play.all(), play.known, role::buyer).pieces_left == 19);
    CHECK(brings(play, anna, pieces("anna", 20)) == "evidence_used_up");  // one opened the dispute
    CHECK(brings(play, anna, pieces("anna", 19)) == "accepted");
    CHECK(brings(play, anna, pieces("more", 1)) == "evidence_used_up");
}

TEST_CASE("what an operator brings for a party is that party's") {
    auto play = opened();
    auto asked = play.asked(otto, dispute::submit_evidence{pieces("shop", 20)});
    asked.on_behalf_of = shop;
    REQUIRE(play.give(asked, opening).accepted);
    CHECK(brings(play, shop, pieces("more", 1)) == "evidence_used_up");
    CHECK(brings(play, anna, pieces("anna", 1)) == "accepted");
}

TEST_CASE("pieces of a state that names nobody for them count for nobody") {
    auto play = opened();
    auto all = play.all();
    all.of<dispute::lifecycle_type>().kept.brought_by.clear();
    play.disputes[0].all = all;
    CHECK(evidence_accepted(play.all(), play.known, role::buyer).pieces_left == 20);
    REQUIRE(brings(play, shop, pieces("shop", 2)) == "accepted");
    auto const& kept = play.all().dispute().kept;
    CHECK(kept.brought_by.size() == kept.evidence.size());
    CHECK(dispute::pieces_of(kept, role::buyer) == 0);
    CHECK(dispute::pieces_of(kept, role::seller) == 2);
}
