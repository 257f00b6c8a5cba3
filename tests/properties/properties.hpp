// The properties, each true when it held; in files of their own, since RapidCheck compiles slowly.
#pragma once

bool money_is_conserved();
bool closed_stays_closed();
bool replay_equals_live();
bool time_closes_everything();
bool lateness_changes_nothing();
bool actions_agree_with_decisions();
bool a_refused_command_changes_nothing();
bool business_days_agree_with_days_looked_at();
bool adding_and_counting_business_days_agree();
bool dense_and_sparse_tables_agree();
bool rolls_end_on_open_days();
bool advances_agree_with_their_rules();
bool joined_calendars_are_open_as_their_parts();
bool service_time_is_what_the_rules_open();
bool service_time_measured_is_time_requested();
bool growing_service_hours_equal_compiled();
bool clocks_keep_their_time();
bool actions_turn_when_they_say();
bool waits_end_when_they_say();
bool every_state_has_a_status();
bool eligibility_agrees_with_openings();
bool no_route_pays_twice();
bool disputes_hear_of_chargebacks();
