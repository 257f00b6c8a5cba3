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

// Why it ends there, day by day; and a line more if today's holiday and zone data would give another date.
std::string explained(dispute_view const& seen, lifecycle::running_clock const& clock);

// "buyer may accept_offer 2, escalate_dispute", a line for each role that may do something.
std::vector<std::string> choices_in_words(dispute_view const& seen, instant now);

// The people and systems whose choices are shown: the parties, a mediator, the host, an operator.
std::vector<actor> actors_of(record const& all);

}  // namespace recourse::tools
