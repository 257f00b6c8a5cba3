// The channel: who may write to whom now, as a function of a dispute's state and its policy.
//
//     channel(all, policy, now)                      // channel_kind::through_mediator: it is in mediation
//     recipients(all, policy, anna, now)             // {mediator}
#pragma once

#include "recourse/lifecycle/record.hpp"
#include "recourse/policy/policy.hpp"

namespace recourse {

channel_kind channel(record const& all, policy const& rules, instant now) noexcept;

// To whom somebody may write now; empty for a stranger, a mediator who has not taken the dispute, and whoever else does
// not take part in the conversation. The same rules as `send_message` is decided by.
std::vector<conversation::recipient> recipients(record const& all, policy const& rules, actor const& by, instant now);

}  // namespace recourse
