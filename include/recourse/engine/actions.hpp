// Actions: what somebody may do now, what not, and why not; found by the same decision that would carry it out.
#pragma once

#include "recourse/engine/decide.hpp"

namespace recourse {

struct action {
    std::string_view command;             // "accept_offer"
    std::optional<std::uint32_t> number;  // which offer or refund, where the command names one
    bool allowed = false;
    refusals blocked_by;           // why not; empty when allowed
    std::optional<instant> until;  // the dispute's next deadline, which may change the answer
    std::vector<remedy> remedies;  // that may be named, where the command names one
    std::optional<money> amount_max;
    std::vector<party> addressees;  // of whom information may be requested
};

// Every command that can be given to a running dispute, as `by` at `now`. A command about offers or refunds is listed
// once for each of them that is still open. Nothing is changed; deadlines that are due count as applied.
std::vector<action> actions(dispute_key const& key, record const& before, std::optional<account> const& money,
                            terms const& known, actor const& by, instant now);

// What time alone will have made of a dispute by `now`: for showing, nothing is stored.
record as_of(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
             instant now);

}  // namespace recourse
