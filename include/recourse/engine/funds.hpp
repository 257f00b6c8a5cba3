// Where the money of a dispute's lines is: a function of the state, never stored.
//
//     funds(record, account)     // cups: held 29.99, released 0.00, refunded 0.00
#pragma once

#include "recourse/engine/account.hpp"

namespace recourse {

enum class funds_state : std::uint8_t {
    held,             // by disputes, instructed refunds and open chargebacks: nobody else has any of it
    partly_released,  // some of it is the seller's
    released,         // all of it is the seller's
    refunded,         // all of it is the buyer's again, by refunds or lost chargebacks
    recoup_due,       // the buyer has it twice
};
template <>
inline constexpr std::array<std::string_view, 5> wire_names<funds_state>{"held", "partly_released", "released",
                                                                         "refunded", "recoup_due"};

// held + released + refunded is what was paid for the line. The amounts are of the whole line, over all its disputes.
struct line_funds {
    line_id line;
    funds_state state = funds_state::released;
    std::int64_t held_minor = 0;
    std::int64_t released_minor = 0;
    std::int64_t refunded_minor = 0;
    std::int64_t recoup_due_minor = 0;  // the account's, over the lines in proportion to the refunds of each
    bool operator==(line_funds const&) const = default;
};

// Of each line that the dispute is about, in its order.
std::vector<line_funds> funds(record const& all, account const& of);

}  // namespace recourse
