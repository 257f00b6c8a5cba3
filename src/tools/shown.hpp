// What the command shows of a dispute as JSON: the same members for show, actions, due, play and submit.
#pragma once

#include <boost/json.hpp>

#include "recourse/engine/engine.hpp"

namespace recourse::tools {

boost::json::object shown(answer const& given);
boost::json::object shown(dispute_view const& seen);
boost::json::array shown(std::vector<action> const& all);
boost::json::object shown(account const& money);
// How often commands were refused, by code, and those that were kept; empty if none was.
boost::json::object shown_refusals(dispute_engine const& disputes, dispute_key const& key);
boost::json::array shown_choices(dispute_view const& seen, instant now);
boost::json::object shown(wait const& waiting);
boost::json::object shown(task const& one);
boost::json::object shown(reminder const& one, explanation const& why);
// Whether a dispute that is closed counts against its seller.
void add_reputation(boost::json::object& out, dispute_engine& disputes, dispute_view const& seen);
// Adds to each deadline of a dispute that is shown the holiday and zone data on which it was set.
void add_data_versions(boost::json::array& deadlines, dispute_engine& disputes, dispute_view const& seen);
boost::json::object shown(eligibility const& asked);
// {"buyer":{"code","your_turn","until","amount","text"}, ...} for each who looks at the dispute.
boost::json::object shown_status(dispute_view const& seen, instant now);
boost::json::array shown_evidence(dispute_view const& seen, role viewer);

// The JSON of one of the library's own texts.
boost::json::value parsed(std::string_view text);

}  // namespace recourse::tools
