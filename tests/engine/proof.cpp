// Proofs of policies: that a sound one is proved with its times, and that each kind of flaw is told with where it is.
#include "recourse/engine/proof.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "engine/stage.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// No evidence and one remedy, so that a proof takes no time.
policy simple() {
    std::ifstream file{RECOURSE_TEST_DIR "/scenarios/policies/small.json", std::ios::binary};
    auto rules = read_policy(std::string{std::istreambuf_iterator<char>{file}, {}}).value();
    rules.reasons[0].evidence.clear();
    rules.reasons[0].remedies = {remedy::full_refund};
    rules.evidence = {};
    rules.limits.evidence_pieces = 0;
    return rules;
}

policy_proof proof_of(policy const& rules, instant start = at("2026-09-15T22:00:00Z")) {
    proof_setting setting;
    setting.known = terms_under(rules);
    setting.buyer = an_order().buyer;
    setting.seller = an_order().seller;
    setting.start = start;
    return prove(setting);
}

policy_flaw const* find(policy_proof const& found, unsoundness kind) {
    for (auto const& one : found.flaws) {
        if (one.kind == kind) return &one;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a sound policy is proved, with how long a dispute takes at most", "[search]") {
    auto rules = simple();
    rules.limits.offers_per_party = 5;
    rules.limits.information_requests = 3;
    auto const found = proof_of(rules);
    INFO(to_text(found));
    CHECK(found.is_sound());
    CHECK(found.nodes > 30);
    CHECK(found.closed > 0);
    CHECK(found.longest.seconds > found.silence_seconds_max);
    CHECK(found.bound_seconds >= found.longest.seconds);
    // Its steps take it.
    REQUIRE(found.bound_path.size() > 2);
    CHECK(found.bound_path.front().at == found.start);
    CHECK(found.bound_path.back().at.microseconds / microseconds_per_second -
              found.start.microseconds / microseconds_per_second ==
          found.bound_seconds);
    CHECK(to_text(found).find("\n  day 0: the buyer: open dispute\n") != std::string::npos);
    CHECK(to_json(found).find(R"("bound_play":["day 0: the buyer: open dispute",)") != std::string::npos);
    REQUIRE(found.covered_until);
    CHECK(*found.covered_until > found.start);
    auto const decision =
        std::find_if(found.clocks.begin(), found.clocks.end(), [](auto const& one) { return one.clock == "decision"; });
    REQUIRE(decision != found.clocks.end());
    CHECK(decision->hours_max >= 24);
    CHECK(std::int64_t{3600} * decision->hours_max < found.bound_seconds);
    CHECK(to_text(found).find("  decision: ") != std::string::npos);
    CHECK(to_json(found).find(R"("clock_hours_max":{)") != std::string::npos);

    // Each request for information makes it longer, by the information and by the decision anew.
    rules.limits.information_requests = 2;
    auto const shorter = proof_of(rules);
    CHECK(shorter.nodes == found.nodes);
    CHECK(shorter.longest.seconds < found.longest.seconds);
    CHECK(shorter.bound_seconds < found.bound_seconds);
}

TEST_CASE("what no play comes to is told with what the policy leaves out", "[search]") {
    auto const found = proof_of(simple());
    auto const because = [&](std::string_view lifecycle, std::string_view state) -> std::string_view {
        for (auto const& one : found.unreached) {
            if (one.lifecycle == lifecycle && one.state == state) return one.because;
        }
        return "it is reached";
    };
    CHECK(because("dispute", "returning") == "no remedy sends goods back");
    CHECK(because("dispute", "under_appeal") == "there are no appeals");
    CHECK(because("dispute", "contacting") == "no contact is asked for");
    CHECK(because("dispute", "in_mediation") == "it is reached");
    CHECK(because("mediation", "deliberating") == "it is reached");
}

TEST_CASE("a default that is missing is told with a play that hangs", "[search]") {
    auto rules = simple();
    // The reader refuses it; nobody says what happens when the negotiation is over.
    rules.silences.negotiation_end = silence::opens_escalation;
    auto const found = proof_of(rules);
    INFO(to_text(found));
    CHECK_FALSE(found.is_sound());
    auto const* flaw = find(found, unsoundness::found_by_search);
    REQUIRE(flaw != nullptr);
    REQUIRE_FALSE(flaw->path.empty());
    CHECK(to_json(found).find(R"("verdict":"unsound")") != std::string::npos);
    // One head, with the policy, then a line for each step.
    auto const story = to_story(*flaw, "small.json");
    CHECK(story.find(R"({"story":"What is wrong with the policy","dispute":"G-20/D-1","policies":["small.json"]})") ==
          0);
    CHECK(story.find("\"story\"", 5) == std::string::npos);
    CHECK(static_cast<std::size_t>(std::count(story.begin(), story.end(), '\n')) == flaw->path.size() + 1);
}

TEST_CASE("a window that closes before it opens is told, with a day on which it does", "[search]") {
    auto rules = simple();
    // Ten business days and fifteen calendar days: over most days of a year escalation opens in time.
    rules.clocks.seller_response = rules.clocks.refund_result;
    auto const found = proof_of(rules);
    INFO(to_text(found));
    auto const* flaw = find(found, unsoundness::window_never_opens);
    REQUIRE(flaw != nullptr);
    CHECK(flaw->pointer == "/clocks/seller_response");
}

TEST_CASE("a search that was not finished decides nothing", "[search]") {
    auto const rules = simple();
    proof_setting setting;
    setting.known = terms_under(rules);
    setting.buyer = an_order().buyer;
    setting.seller = an_order().seller;
    setting.start = at("2026-09-15T22:00:00Z");
    setting.nodes_max = 10;
    auto const found = prove(setting);
    CHECK_FALSE(found.is_sound());
    CHECK(found.verdict() == "not decided");
    CHECK(find(found, unsoundness::not_decided) != nullptr);
    CHECK(find(found, unsoundness::found_by_search) == nullptr);
}

TEST_CASE("a dispute that may last beyond the data of its calendar is told", "[search]") {
    auto const* calendar = find_calendar("BE");
    REQUIRE(calendar != nullptr);
    auto const found = proof_of(simple(), at(std::to_string(calendar->last_year()) + "-11-01T00:00:00Z"));
    INFO(to_text(found));
    auto const* flaw = find(found, unsoundness::deadline_without_data);
    REQUIRE(flaw != nullptr);
    CHECK(flaw->pointer.find("/clocks/") == 0);
}
