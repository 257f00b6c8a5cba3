// Runs the properties. RapidCheck prints the configuration of a failure; the seed is printed for every run:
//
//     RC_PARAMS="seed=12345" recourse_properties
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "properties/properties.hpp"

int main() {
    if (std::getenv("RC_PARAMS") == nullptr) {
        auto const parameters =
            "seed=" + std::to_string((std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}());
        setenv("RC_PARAMS", parameters.c_str(), 0);
    }
    std::printf("RC_PARAMS=\"%s\"\n", std::getenv("RC_PARAMS"));
    std::fflush(stdout);
    bool held = true;
    for (auto const property :
         {money_is_conserved, closed_stays_closed, replay_equals_live, time_closes_everything, lateness_changes_nothing,
          actions_agree_with_decisions, a_refused_command_changes_nothing}) {
        held = property() && held;
    }
    return held ? 0 : 1;
}
