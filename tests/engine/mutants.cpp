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
        judge(mutator.mutated(find_preset(one % 8 == 0 ? "aliexpress" : "sharetribe")->text), 700, counts);
    INFO(to_text(counts));
    for (auto const& wrong : counts.wrong) UNSCOPED_INFO(wrong);
    CHECK(counts.wrong.empty());
    CHECK(counts.refused > 0);
    CHECK(counts.sound > 0);
    CHECK(counts.refused + counts.sound + counts.unsound + counts.not_decided == 40);
}
