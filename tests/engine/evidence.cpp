// Evidence: how much of it each may bring, of which kinds and types, in which stage, until when, and who sees it.
#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/actions.hpp"
#include "recourse/engine/eligibility.hpp"
#include "recourse/engine/evidence_view.hpp"
#include "recourse/engine/json.hpp"

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

action submitting(stage const& play, actor const& by) {
    for (auto& one : actions(play.disputes[0].key, play.all(), play.money, play.known, by, opening)) {
        if (one.command == "submit_evidence") return one;
    }
    FAIL("no such action");
    return {};
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
    all.of<dispute::lifecycle_type>().kept.sources.clear();
    play.disputes[0].all = all;
    CHECK(evidence_accepted(play.all(), play.known, role::buyer).pieces_left == 20);
    REQUIRE(brings(play, shop, pieces("shop", 2)) == "accepted");
    auto const& kept = play.all().dispute().kept;
    CHECK(kept.sources.size() == kept.evidence.size());
    CHECK(dispute::pieces_of(kept, role::buyer) == 0);
    CHECK(dispute::pieces_of(kept, role::seller) == 2);
}

TEST_CASE("media types are taken as the policy lists them, in letters of any case and without parameters") {
    evidence_rules rules;
    CHECK(takes_media_type(rules, "video/mp4"));
    CHECK(takes_media_type(rules, ""));
    rules.media_types = {"image/*", "application/pdf"};
    for (auto const* right : {"image/jpeg", "IMAGE/PNG", "application/pdf", "Application/PDF ; version=1.7"})
        CHECK(takes_media_type(rules, right));
    for (auto const* wrong : {"", "image", "image/", "imagery/png", "application/pdfx", "video/mp4", "*/*"})
        CHECK_FALSE(takes_media_type(rules, wrong));
}

TEST_CASE("a media type that is not taken is refused, naming those that are, and actions tell them beforehand") {
    auto rules = aliexpress();
    rules.evidence.media_types = {"image/*", "application/pdf"};
    auto play = opened(rules);
    auto film = piece("film", evidence_kind::video);
    film.media_type = "video/mp4";
    auto const made = play.ask(shop, dispute::submit_evidence{{film}}, opening);
    REQUIRE(outcome_of(made) == "evidence_type_not_taken");
    CHECK(made.refused[0].subject == "video/mp4, taken are image/*, application/pdf");
    CHECK(submitting(play, shop).evidence->media_types == rules.evidence.media_types);
    conversation::send_message saying{conversation::recipient::buyer, {}, "chat-1", {film}};
    auto const said = play.ask(shop, saying, opening);
    REQUIRE(outcome_of(said) == "evidence_type_not_taken");
    CHECK(said.refused[0].subject == made.refused[0].subject);
    saying.attachments = {piece("photo")};
    CHECK(outcome_of(play.ask(shop, saying, opening)) == "accepted");
    CHECK(takes_media_type(rules.evidence, fresh_evidence(play.all(), play.known).media_type));
}

TEST_CASE("an action calls for the kinds that the policy lists for it, and tells them beforehand") {
    using enum evidence_kind;
    auto rules = aliexpress();
    rules.evidence.required = {{evidence_action::submit_evidence, {photo}, {}, {}},
                               {evidence_action::submit_evidence, {document}, reason{"damaged_or_defective"}, {}},
                               {evidence_action::submit_evidence, {video}, reason{"not_received"}, {}},
                               {evidence_action::submit_evidence, {video}, {}, remedy::return_refund}};
    auto play = opened(rules);
    auto const told = submitting(play, shop);
    CHECK(told.allowed);
    CHECK(told.evidence->required == std::vector{photo, document});
    CHECK(brings(play, shop, {}) == "evidence_missing");
    CHECK(brings(play, shop, {piece("one", document)}) == "evidence_missing");
    CHECK(brings(play, shop, {piece("one", document), piece("two", photo)}) == "accepted");
}

TEST_CASE("a remedy calls for its kinds at opening, and when the claim is amended to it") {
    using enum evidence_kind;
    auto rules = aliexpress();
    rules.amendments.most = 1;
    rules.evidence.required = {{evidence_action::open_dispute, {document}, {}, remedy::return_refund}};
    stage play;
    play.known.policy = &rules;
    auto asked = play.claim(goods_back(2999));
    CHECK(outcome_of(play.ask(anna, asked, opening)) == "evidence_missing");
    auto const may = eligibility_of(play.order, asked.reason, play.money, play.known, opening);
    CHECK(may.evidence_required == std::vector{photo});
    REQUIRE(may.remedies.size() == 3);
    CHECK(may.remedies[0].evidence_required.empty());
    CHECK(may.remedies[2].remedy == remedy::return_refund);
    CHECK(may.remedies[2].evidence_required == std::vector{document});

    auto amended = opened(rules);
    dispute::amend_claim amends{{}, {}, goods_back(2999), {}};
    CHECK(outcome_of(amended.ask(anna, amends, opening)) == "evidence_missing");
    amends.evidence = {piece("invoice", document)};
    CHECK(outcome_of(amended.ask(anna, amends, opening)) == "accepted");

    asked.evidence.push_back(piece("invoice", document));
    CHECK(outcome_of(play.ask(anna, asked, opening)) == "accepted");
}

TEST_CASE("a stage takes evidence from the parties that the policy lists for it, and any other from both") {
    auto rules = aliexpress();
    rules.evidence.stages = {{evidence_stage::negotiating, {party::buyer}}, {evidence_stage::in_mediation, {}}};
    auto play = opened(rules);
    auto const made = play.ask(shop, dispute::submit_evidence{{piece("one")}}, opening);
    REQUIRE(outcome_of(made) == "evidence_not_taken_now");
    CHECK(made.refused[0].subject == "negotiating");
    CHECK(made.refused[0].because == "It is taken from: buyer.");
    CHECK_FALSE(submitting(play, shop).allowed);
    CHECK(brings(play, anna, {piece("one")}) == "accepted");
    REQUIRE(play.ask(shop, offer::decline_offer{1}, opening).accepted);
    REQUIRE(play.ask(anna, dispute::escalate_dispute{}, opening).accepted);
    CHECK(brings(play, anna, {piece("two")}) == "evidence_not_taken_now");
    // What a mediator asks for is brought whatever the stage.
    REQUIRE(play.ask(mia, mediation::take_mediation{}, opening).accepted);
    REQUIRE(play.ask(mia, mediation::request_information{mediation::asked::buyer}, opening).accepted);
    CHECK(outcome_of(play.ask(anna, mediation::provide_information{{piece("two")}}, opening)) == "accepted");
}

TEST_CASE("where the policy freezes at the ruling, goods that go back bring no evidence until they are contested") {
    auto rules = aliexpress();
    auto const returning = [&] {
        auto play = opened(rules);
        REQUIRE(play.ask(shop, offer::decline_offer{1}, opening).accepted);
        REQUIRE(play.ask(anna, dispute::escalate_dispute{}, opening).accepted);
        REQUIRE(play.ask(mia, mediation::take_mediation{}, opening).accepted);
        REQUIRE(play.ask(mia, mediation::award_remedy{goods_back(2999)}, opening).accepted);
        REQUIRE(play.all().dispute().in<dispute::returning>());
        return play;
    };
    auto play = returning();
    CHECK(brings(play, shop, {piece("one")}) == "accepted");  // as long as the policy does not say so
    rules.evidence.frozen_at_ruling = true;
    play = returning();
    for (auto const& who : {anna, shop}) CHECK(brings(play, who, {piece("one")}) == "evidence_is_frozen");
    REQUIRE(play.ask(shop, return_request::provide_return_terms{"address", party::seller}, opening).accepted);
    REQUIRE(play.ask(anna, return_request::ship_return{"post", "RR1"}, opening).accepted);
    REQUIRE(play.ask(bank, return_request::report_return_delivered{}, opening).accepted);
    REQUIRE(outcome_of(play.ask(shop, return_request::contest_return{{piece("one")}}, opening)) == "accepted");
    CHECK(brings(play, anna, {piece("two")}) == "accepted");  // it is to be decided again
}

TEST_CASE("both parties see all that is shared, each its own beside it, and the marketplace everything") {
    auto rules = aliexpress();
    auto play = opened(rules);
    REQUIRE(brings(play, shop, {piece("one")}) == "accepted");
    REQUIRE(play.ask(shop, offer::decline_offer{1}, opening).accepted);
    REQUIRE(play.ask(anna, dispute::escalate_dispute{}, opening).accepted);
    REQUIRE(brings(play, shop, {piece("two")}) == "accepted");
    REQUIRE(brings(play, anna, {piece("three")}) == "accepted");
    auto const seen_by = [&](role viewer) { return evidence_visible_to(play.all(), rules, viewer); };
    std::vector<visible_evidence> const all{{sha256("opening"), role::buyer, "negotiating"},
                                            {sha256("one"), role::seller, "negotiating"},
                                            {sha256("two"), role::seller, "in_mediation"},
                                            {sha256("three"), role::buyer, "in_mediation"}};
    for (auto const viewer : {role::buyer, role::seller, role::mediator, role::platform_operator, role::host})
        CHECK(seen_by(viewer) == all);

    rules.evidence.shown = {{evidence_stage::in_mediation, {party::seller}}, {evidence_stage::negotiating, {}}};
    CHECK(seen_by(role::mediator) == all);
    CHECK(seen_by(role::buyer) == std::vector{all[0], all[3]});
    CHECK(seen_by(role::seller) == std::vector{all[1], all[2], all[3]});

    // A record that is older than this was kept hides nothing: no policy could say so then.
    auto older = play.all();
    older.of<dispute::lifecycle_type>().kept.sources.clear();
    auto const seen = evidence_visible_to(older, rules, role::seller);
    REQUIRE(seen.size() == 4);
    CHECK_FALSE(seen[0].brought_by);
    CHECK(seen[0].stage.empty());
}

TEST_CASE("every stage that a rule about evidence may name is a state of a dispute") {
    for (auto const stage : wire_names<evidence_stage>) {
        bool found = false;
        for (auto const& one : lifecycle::states<dispute::lifecycle_type>) found = found || one.name == stage;
        CAPTURE(stage);
        CHECK(found);
    }
    auto const commands = command_names();
    for (auto const action : wire_names<evidence_action>) {
        CAPTURE(action);
        CHECK(std::find(commands.begin(), commands.end(), action) != commands.end());
    }
}
