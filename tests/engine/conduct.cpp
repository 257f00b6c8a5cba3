// Strikes of a buyer, and the good name of a seller.
#include <catch2/catch.hpp>

#include "engine/stage.hpp"
#include "recourse/engine/eligibility.hpp"
#include "recourse/engine/reputation.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// From three strikes on a photo and a statement, and no money without the goods; from ten on, a video as well.
policy strict() {
    auto made = aliexpress();
    made.conduct.strikes = {{3, {evidence_kind::statement}, {remedy::return_refund}},
                            {10, {evidence_kind::statement, evidence_kind::video}, {remedy::return_refund}}};
    made.conduct.prompt_answer =
        clock_rule{{{48, period_unit::hours}, {}, {}, {}}, "seller", "seller", basis::assumed, "a test", {}, {}};
    return made;
}

struct strict_stage : stage {
    policy rules = strict();
    explicit strict_stage(std::optional<std::uint32_t> strikes) {
        known.policy = &rules;
        order.buyer.strikes = strikes;
    }
};

dispute::open_dispute with(dispute::open_dispute opening, std::vector<evidence_kind> const& kinds) {
    opening.evidence.clear();
    for (auto const kind : kinds) opening.evidence.push_back(piece(wire_name(kind), kind));
    return opening;
}

reputation told_of(stage const& where) {
    return reputation_of(where.all(), where.disputes.front().events, where.known);
}

}  // namespace

TEST_CASE("a buyer with strikes claims what the policy leaves, and brings what it asks for", "[engine][conduct]") {
    using enum evidence_kind;
    for (auto const strikes : {std::optional<std::uint32_t>{}, std::optional{0U}, std::optional{2U}}) {
        strict_stage few{strikes};
        CHECK(few.open().refused.empty());
    }
    strict_stage some{3};
    auto const money = some.open();
    REQUIRE(money.refused.size() == 1);
    CHECK(money.refused[0].code == refusal::evidence_missing);
    CHECK(money.refused[0].subject == "statement");
    auto const still = some.ask(anna, with(some.claim(full(2999)), {photo, statement}), opening);
    REQUIRE(still.refused.size() == 1);
    CHECK(still.refused[0].code == refusal::remedy_not_offered);
    CHECK(still.refused[0].subject == "full_refund");
    CHECK(still.refused[0].because == "Of a buyer with 3 strikes the policy takes claims of return_refund only.");
    CHECK(some.all().version == 0);
    auto const goods = some.claim(goods_back(2999));
    CHECK(some.ask(anna, goods, opening).refused.front().code == refusal::evidence_missing);
    CHECK(some.ask(anna, with(goods, {photo, statement}), opening).refused.empty());

    strict_stage many{12};
    auto const back = many.claim(goods_back(2999));
    auto const no = many.ask(anna, with(back, {photo, statement}), opening);
    REQUIRE(no.refused.size() == 1);
    CHECK(no.refused[0].subject == "video");
    CHECK(many.ask(anna, with(back, {photo, statement, video}), opening).refused.empty());
}

TEST_CASE("strikes move no deadline, and bind neither an amended claim less nor the seller's offers more",
          "[engine][conduct]") {
    using enum evidence_kind;
    strict_stage plain{std::nullopt};
    plain.ask(anna, plain.claim(goods_back(2999)), opening);
    strict_stage some{5};
    some.ask(anna, with(some.claim(goods_back(2999)), {photo, statement}), opening);
    REQUIRE(some.all().dispute().in<dispute::negotiating>());
    CHECK(next_due(some.all())->clock == next_due(plain.all())->clock);
    CHECK(some.all().dispute().kept.protection_ends == plain.all().dispute().kept.protection_ends);

    some.rules.amendments.most = 3;
    dispute::amend_claim money{{}, {}, full(2999), {}};
    auto const no = some.ask(anna, money, plus_seconds(opening, hour));
    REQUIRE(no.refused.size() == 1);
    CHECK(no.refused[0].code == refusal::remedy_not_offered);
    CHECK(some.ask(shop, offer::make_offer{partial(1000)}, plus_seconds(opening, 2 * hour)).refused.empty());
    CHECK(some.ask(anna, offer::accept_offer{2}, plus_seconds(opening, 3 * hour)).refused.empty());
}

TEST_CASE("whether a buyer with strikes could open a dispute is told before", "[engine][conduct]") {
    strict_stage some{3};
    auto const told = eligibility_of(some.order, reason{"damaged_or_defective"}, std::nullopt, some.known, opening);
    REQUIRE(told.eligible());
    REQUIRE(told.remedies.size() == 1);
    CHECK(told.remedies[0].remedy == remedy::return_refund);
    CHECK(told.evidence_required == std::vector{evidence_kind::photo, evidence_kind::statement});
}

TEST_CASE("a seller who acts in time keeps a good name whatever is awarded, and one who does not loses it",
          "[engine][conduct]") {
    auto const begin = [](stage& where) { REQUIRE(where.open().refused.empty()); };
    auto const paid = [](stage& where, instant now) {
        REQUIRE(where.ask(bank, refund::confirm_refund{1, euro(2999), "R-1"}, now).refused.empty());
        REQUIRE(where.all().dispute().in<dispute::closed>());
    };
    auto const last = plus_seconds(opening, 48 * hour);
    strict_stage prompt{std::nullopt};
    begin(prompt);
    CHECK(told_of(prompt) == reputation{reputation_effect::pending, last, {}});
    prompt.ask(shop, offer::accept_offer{1}, plus_seconds(last, -1));
    CHECK(told_of(prompt).effect == reputation_effect::pending);
    paid(prompt, plus_seconds(last, hour));
    CHECK(told_of(prompt) == reputation{reputation_effect::spared, last, plus_seconds(last, -1)});

    strict_stage late{std::nullopt};
    begin(late);
    late.ask(shop, offer::accept_offer{1}, last);  // the instant itself is late
    paid(late, plus_seconds(last, hour));
    CHECK(told_of(late) == reputation{reputation_effect::affected, last, last});

    strict_stage unknown{std::nullopt};
    unknown.rules.conduct.prompt_answer.reset();
    begin(unknown);
    unknown.ask(shop, offer::accept_offer{1}, plus_seconds(opening, 1));
    paid(unknown, last);
    CHECK(told_of(unknown) == reputation{reputation_effect::affected, {}, plus_seconds(opening, 1)});

    strict_stage withdrawn{std::nullopt};
    begin(withdrawn);
    withdrawn.ask(anna, dispute::withdraw_dispute{}, last);
    CHECK(told_of(withdrawn) == reputation{reputation_effect::none, last, {}});
}

TEST_CASE("what an award of the platform's own money says of the seller", "[engine][conduct]") {
    strict_stage where{std::nullopt};
    REQUIRE(where.open().refused.empty());
    where.ask(shop, offer::decline_offer{1}, plus_seconds(opening, hour));
    auto now = plus_seconds(opening, 2 * hour);
    REQUIRE(where.ask(anna, dispute::escalate_dispute{}, now).refused.empty());
    REQUIRE(where.ask(mia, mediation::take_mediation{}, now).refused.empty());
    mediation::award_remedy given;
    given.award = full(2999);
    given.funded_by = {{funder::platform, 2999}};
    REQUIRE(where.ask(mia, given, now).refused.empty());
    REQUIRE(where.ask(bank, refund::confirm_refund{1, euro(2999), "R-1"}, now).refused.empty());
    CHECK(told_of(where).effect == reputation_effect::excluded);
}

TEST_CASE("rows of strikes that ask for nothing, go back or leave nothing are told where they are",
          "[engine][conduct][policy]") {
    auto const read_with = [](std::string_view conduct) {
        std::string text{find_preset("aliexpress")->text};
        text.insert(text.rfind('}'), std::string{", \"conduct\": "}.append(conduct));
        return read_policy(text);
    };
    auto const problems = [&](std::string_view conduct) {
        auto const read = read_with(conduct);
        std::vector<std::string> told;
        if (!read)
            for (auto const& one : read.error()) told.push_back(one.pointer + " " + one.reason);
        return told;
    };
    CHECK(problems(R"({"strikes": [{"strikes": 3, "evidence": ["photo"]}]})").empty());
    CHECK(problems(R"({"strikes": [{"strikes": 3}]})") ==
          std::vector<std::string>{"/conduct/strikes/0 asks for nothing; expected evidence or remedies"});
    CHECK(problems(R"({"strikes": [{"strikes": 3, "evidence": ["photo"]}, {"strikes": 3, "evidence": ["video"]}]})") ==
          std::vector<std::string>{"/conduct/strikes/1/strikes expected more than 3"});
    auto const nothing = problems(R"({"strikes": [{"strikes": 1, "remedies": ["exchange"]}]})");
    REQUIRE(!nothing.empty());
    CHECK(nothing.front().find("/conduct/strikes/0/remedies leaves nothing to claim for ") == 0);
    CHECK(problems(R"({"strikes": [{"strikes": 0, "evidence": ["photo"]}]})").size() == 1);
    CHECK(!read_with(R"({"prompt_answer": {"length": "48 hours", "calendar": "XX", "basis": "assumed"}})"));
}
