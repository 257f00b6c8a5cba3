// What happened, in words that a person follows.
#pragma once

#include <string>

#include "recourse/engine/engine.hpp"

namespace recourse::tools {

// "offers partial_refund of 12.00 EUR (offer 2)"; empty for what only machines tell each other.
std::string words_of(event const& happened);

// "negotiating: awaiting_seller", "settling: refund 1 instructed"
std::string state_in_words(record const& all);

// One line for each running clock: what is awaited, until when locally, and how that was counted.
std::vector<std::string> deadlines_in_words(dispute_view const& seen);

// The end of a running deadline as it was recorded, "Fri 6 Mar 2026 24:00 Europe/Brussels".
std::string due_in_words(dispute_view const& seen, lifecycle::running_clock const& clock);

// Why it ends there, day by day; a line with the holiday and zone data on which it was set; and one more if today's would
// give another date.
std::string explained(dispute_engine& disputes, dispute_view const& seen, lifecycle::running_clock const& clock);

// "2026-03-17T16:00:00Z  G-1/D-1  seller shop: seller_response ends ...", with the days back to it; several lines.
std::string reminder_in_words(reminder const& one, explanation const& why);

// "buyer may accept_offer 2, escalate_dispute", a line for each role that may do something.
std::vector<std::string> choices_in_words(dispute_view const& seen, instant now);

// "yes  make_offer, up to 10.00 EUR, until Sun 15 Feb 2026 ...", with what is owed; "no   ..." with a line for each
// reason why not, and one for when it will be possible.
std::string choice_in_words(action const& one, time_zone const& zone);

// "2026-02-15T16:00:00Z  G-1/D-1  seller shop: awaiting sellers answer ...; else the buyer may escalate"
std::string task_in_words(task const& one);

// Whether, from when and until when, and for what a dispute may be opened; several lines, each ended by a newline.
std::string in_words(eligibility const& asked, order_facts const& order);

}  // namespace recourse::tools
