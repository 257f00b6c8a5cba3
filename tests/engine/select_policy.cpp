// Which policy a dispute is opened under, when its opening names one and when it names none.
#include <catch2/catch.hpp>

#include "engine/offered.hpp"
#include "engine/stage.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/store/memory.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::string for_site(std::string const& site) { return R"({"applies_to":{"site":[")" + site + R"("]}})"; }

struct market {
    std::unique_ptr<store::contract> store = store::open_memory();
    dispute_engine disputes{*store, {}, trusting()};
    order_facts order = an_order();
    int commands = 0;

    market() { order.traits = order_traits{"be", "pots", {}, {}, at("2026-01-31T12:00:00Z")}; }

    policy_reference offer(std::string const& id, int version, std::string_view more = "{}") {
        auto const offered = disputes.offer_policy(document_of(id, version, more));
        INFO((offered ? "" : to_text(offered.error())));
        REQUIRE(offered);
        return *offered;
    }
    answer open(policy_id const& named = {}, std::optional<std::uint32_t> version = {}) {
        ++commands;
        stage play;
        play.order = order;
        play.order.payment = payment_id{"P-" + std::to_string(commands)};
        auto claim = play.claim(full(2999));
        claim.policy = named;
        claim.policy_version = version;
        return disputes.submit({command_id{"c-" + std::to_string(commands)}, key(), anna, {}, std::move(claim)},
                               opening);
    }
    dispute_key key() const { return {settlement_group{"G"}, dispute_id{"D-" + std::to_string(commands)}}; }
    // "shop 2", or the name of the refusal; the same of eligibility, or it says so.
    std::string opened_under(policy_id const& named = {}, std::optional<std::uint32_t> version = {}) {
        auto const asked = disputes.eligibility(
            {settlement_group{"G"}, named, version, order, reason{"damaged_or_defective"}}, opening);
        auto const given = open(named, version);
        if (!given.accepted()) {
            auto const told = std::string{name(given.refused.front().code)};
            return asked.blocked_by == given.refused ? told : "eligibility differs from " + told;
        }
        auto const seen = disputes.find(key());
        auto const& pinned = seen->all.dispute().kept.policy;
        if (!asked.eligible() || asked.policy != pinned) return "eligibility differs";
        return std::string{pinned.id.text()} + " " + std::to_string(pinned.version);
    }
};

policy_id const in_general{"general"};
policy_id const in_belgium{"belgium"};

}  // namespace

TEST_CASE("an opening that names no policy gets the narrowest one that is meant for its order") {
    market all;
    all.offer("general", 1, R"({"applies_to":{}})");
    CHECK(all.opened_under() == "general 1");
    all.offer("belgium", 1, for_site("be"));
    CHECK(all.opened_under() == "belgium 1");
    all.offer("pots", 1, R"({"applies_to":{"category":["pots"]}})");
    CHECK(all.opened_under() == "belgium 1");
    all.offer("belgian_pots", 3, R"({"applies_to":{"site":["be","nl"],"category":["pots"]}})");
    CHECK(all.opened_under() == "belgian_pots 3");
    CHECK(all.disputes.select_policy(all.order)->id == policy_id{"belgian_pots"});
    all.order.traits->site = "fr";
    CHECK(all.opened_under() == "pots 1");
    all.order.traits.reset();
    CHECK(all.opened_under() == "general 1");
}

TEST_CASE("a policy that says nothing about orders is had by its name only") {
    market all;
    all.offer("shop", 1);
    CHECK(all.opened_under() == "policy_unknown");
    CHECK(all.opened_under(policy_id{"shop"}) == "shop 1");
    CHECK(all.opened_under(policy_id{"aliexpress"}) == "aliexpress 1");
    auto const refused = all.disputes.select_policy(all.order);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().because == "None is named, and none of those that were offered is meant for this order.");
}

TEST_CASE("where no policy is meant for an order, the answer says what of it does not fit") {
    market all;
    all.offer("holland", 2, for_site("nl"));
    auto const given = all.open();
    REQUIRE(given.refused.size() == 1);
    CHECK(given.refused[0].because ==
          "None is named, and none of those that were offered is meant for this order. holland version 2: site \"be\", "
          "not \"nl\".");
    CHECK_FALSE(all.disputes.find(all.key()));
}

TEST_CASE("an opening that names a policy for other orders is refused, and told what does not fit") {
    market all;
    all.offer("belgium", 1, for_site("nl"));
    CHECK(all.opened_under(in_belgium) == "policy_not_for_this_order");
    auto const given = all.open(in_belgium, 1);
    REQUIRE(given.refused.size() == 1);
    CHECK(given.refused[0].code == refusal::policy_not_for_this_order);
    CHECK(given.refused[0].subject == "belgium version 1");
    CHECK(given.refused[0].because == "It is not meant for this order: site \"be\", not \"nl\".");
    CHECK(all.opened_under(in_belgium, 2) == "policy_unknown");
    CHECK(all.opened_under({}, 1) == "policy_unknown");
}

TEST_CASE("the day of the order chooses the version, with a name and without one") {
    market all;
    all.offer("general", 1, R"({"applies_to":{"ordered_before":"2026-02-01"}})");
    all.offer("general", 2, R"({"applies_to":{"ordered_from":"2026-02-01"}})");
    CHECK(all.opened_under() == "general 1");
    CHECK(all.opened_under(in_general) == "general 1");
    CHECK(all.opened_under(in_general, 2) == "policy_not_for_this_order");
    all.order.traits->ordered_at = at("2026-01-31T23:00:00Z");  // the first of February in Brussels
    CHECK(all.opened_under() == "general 2");
    CHECK(all.opened_under(in_general) == "general 2");
    all.offer("general", 3, R"({"applies_to":{"ordered_from":"2026-02-01"}})");
    CHECK(all.opened_under() == "general 3");
    CHECK(all.opened_under(in_general, 2) == "general 2");
}

TEST_CASE("without selectors the newest version counts, unless one is named") {
    market all;
    all.offer("general", 1);
    all.offer("general", 2);
    CHECK(all.opened_under(in_general) == "general 2");
    CHECK(all.opened_under(in_general, 1) == "general 1");
}

TEST_CASE("a policy that takes what another one takes, and neither is narrower, is not offered") {
    market all;
    all.offer("general", 1, R"({"applies_to":{}})");
    all.offer("belgium", 1, R"({"applies_to":{"site":["be","lu"]}})");
    auto const tied = all.disputes.offer_policy(document_of("benelux", 1, R"({"applies_to":{"site":["lu","nl"]}})"));
    REQUIRE_FALSE(tied);
    CHECK(
        to_text(tied.error()) ==
        "/applies_to: takes orders that belgium version 1 takes as well, and neither is narrower; name one thing more "
        "in one of them, or other values");
    CHECK(all.opened_under(policy_id{"benelux"}) == "policy_unknown");
    CHECK_FALSE(all.disputes.offer_policy(document_of("everywhere", 1, R"({"applies_to":{}})")));
    all.offer("holland", 1, for_site("nl"));
    all.offer("belgium", 2, R"({"applies_to":{"site":["be"]}})");
    CHECK(all.opened_under() == "belgium 2");
}

TEST_CASE("the file of a payment is begun under the policy that is meant for its order") {
    market all;
    all.offer("belgium", 1, for_site("be"));
    auto const file = file_of(settlement_group{"G"}, all.order.payment);
    auto const told = all.disputes.submit(
        {command_id{"c"}, file, bank, {}, payment::tell_order{policy_id{}, {}, all.order}}, opening);
    REQUIRE(told.accepted());
    CHECK(subject_of(all.disputes.find(file)->all).policy.id == in_belgium);
}

TEST_CASE("what an order tells of itself is read, written and left out") {
    auto const text =
        std::string{R"({"id":"c","dispute":"G/D","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{)"} +
        R"("order":{"order":"O","payment":"P","captured":{"currency":"EUR","minor":1},)"
        R"("buyer":{"id":"anna","zone":"UTC","calendar":"BE"},"seller":{"id":"shop","zone":"UTC","calendar":"BE"},)"
        R"("lines":[{"line":"cup","units":1,"paid":{"currency":"EUR","minor":1}}],)"
        R"("traits":{"site":"be","ordered_at":"2026-01-01T00:00:00Z"}},"reason":"not_received",)"
        R"("lines":[{"line":"cup","units":1}],"award":{"remedy":"full_refund","amount":{"currency":"EUR","minor":1}}}}})";
    auto const read = read_command(text);
    REQUIRE(read);
    auto const& opening_of_it = std::get<dispute::open_dispute>(read->body);
    CHECK(opening_of_it.policy.empty());
    CHECK(opening_of_it.order.traits == order_traits{"be", {}, {}, {}, at("2026-01-01T00:00:00Z")});
    auto const written = canonical(*read);
    CHECK(written.find(R"("traits":{"site":"be","ordered_at":"2026-01-01T00:00:00Z"})") != std::string::npos);
    CHECK(written.find("policy") == std::string::npos);
}
