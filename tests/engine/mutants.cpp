// Policies that somebody got wrong: each is refused with the spot, proved sound, or told with a flaw that is there.
#include <catch2/catch.hpp>

#include "engine/mutated_policies.hpp"

using namespace recourse;
using namespace recourse::test;

// A thousand of all presets: ./dev prove.
TEST_CASE("mutated presets are refused with a spot, proved sound, or unsound as the engine then shows",
          "[certificate]") {
    constexpr std::uint64_t seed = 20;
    CAPTURE(seed);
    policy_mutator mutator{seed};
    mutant_counts counts;
    for (int one = 0; one < 40; ++one)
        judge(mutator.mutated(find_preset(one % 20 == 0 ? "aliexpress" : "sharetribe")->text), 700, counts);
    INFO(to_text(counts));
    for (auto const& wrong : counts.wrong) UNSCOPED_INFO(wrong);
    CHECK(counts.wrong.empty());
    CHECK(counts.refused > 0);
    CHECK(counts.sound > 0);
    CHECK(counts.refused + counts.sound + counts.unsound + counts.not_decided == 40);
}

TEST_CASE("a proof that cries wolf, or promises what the engine does not keep, is found", "[certificate]") {
    auto document = policy_mutator{1}.renamed(find_preset("sharetribe")->text);
    auto const rules = read_policy(document).value();
    auto found = prove(rules, {rules.id, rules.version, sha256(document)}, {}, {});
    REQUIRE(found.is_sound());
    REQUIRE(found.longest.path.size() > 2);
    CHECK(empty_promise(document, found).empty());
    auto const told = [&](std::string because) {
        return cry_of_wolf(document, {unsoundness::found_by_search, {}, std::move(because), found.longest.path});
    };
    for (auto const* flaw : {"waits_for_ever: it does not", "throws: it does not", "cannot_be_opened: it can"}) {
        CAPTURE(flaw);
        CHECK_FALSE(told(flaw).empty());
    }
    found.longest.path.pop_back();
    CHECK_FALSE(empty_promise(document, found).empty());

    // And one that is right: after twenty years there is no calendar, and the deadline cannot pass.
    auto const at = document.find("1440 hours");
    REQUIRE(at != std::string::npos);
    document.replace(at, 10, "20 years");
    mutant_counts counts;
    judge(document, 700, counts);
    for (auto const& wrong : counts.wrong) UNSCOPED_INFO(wrong);
    CHECK(counts.wrong.empty());
    CHECK(counts.unsound == 1);
    CHECK(counts.played == 1);
}
