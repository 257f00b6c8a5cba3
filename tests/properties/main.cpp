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
    for (auto const property : {money_is_conserved,
                                closed_stays_closed,
                                replay_equals_live,
                                time_closes_everything,
                                lateness_changes_nothing,
                                actions_agree_with_decisions,
                                a_refused_command_changes_nothing,
                                business_days_agree_with_days_looked_at,
                                adding_and_counting_business_days_agree,
                                dense_and_sparse_tables_agree,
                                rolls_end_on_open_days,
                                advances_agree_with_their_rules,
                                joined_calendars_are_open_as_their_parts,
                                service_time_is_what_the_rules_open,
                                service_time_measured_is_time_requested,
                                growing_service_hours_equal_compiled,
                                clocks_keep_their_time,
                                actions_turn_when_they_say,
                                waits_end_when_they_say,
                                every_state_has_a_status,
                                eligibility_agrees_with_openings,
                                no_route_pays_twice,
                                disputes_hear_of_chargebacks}) {
        held = property() && held;
    }
    return held ? 0 : 1;
}
