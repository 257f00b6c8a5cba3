// The properties of disputes, each true when it held; in files of their own, since RapidCheck compiles slowly.
#pragma once

bool money_is_conserved();
bool closed_stays_closed();
bool replay_equals_live();
bool time_closes_everything();
bool lateness_changes_nothing();
bool actions_agree_with_decisions();
bool a_refused_command_changes_nothing();
