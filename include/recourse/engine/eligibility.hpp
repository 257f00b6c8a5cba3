// Eligibility: whether a dispute about an order could be opened, before it is; by the guards that open it.
//
//     auto const asked = disputes.eligibility({group, policy_id{"aliexpress"}, {}, order, reason{"not_received"}}, now);
//     asked.eligible()          // true
//     asked.latest              // 2026-04-03T22:00:00Z, exclusive: the end of protection
//     asked.lines[0].units      // 3: so many of the first line may be claimed,
//     asked.lines[0].refundable // 29.99 EUR: and so much is refundable for them
#pragma once

#include "recourse/engine/actions.hpp"

namespace recourse {

// What is asked: in which settlement group, under which policy, about which order, for which reason.
struct eligibility_question {
    settlement_group group;
    policy_id policy{};                             // empty: the one that is meant for the order
    std::optional<std::uint32_t> policy_version{};  // the newest one if it is left out
    order_facts order;
    recourse::reason reason;
    bool operator==(eligibility_question const&) const = default;
};

struct claimable_line {
    line_id line;
    std::int64_t units = 0;             // that are free: so many may be claimed
    std::int64_t units_in_dispute = 0;  // that are in another dispute which is open
    money refundable;                   // for all that are free; refundable_minor (account.hpp) says it for fewer
    // When it may be disputed for the reason: of an order in parcels each line has a window of its own.
    std::optional<instant> earliest{};  // nullopt: a fact is missing
    std::optional<instant> latest{};    // exclusive
    bool operator==(claimable_line const&) const = default;
};

struct eligibility {
    refusals blocked_by;                // every reason why not
    std::optional<instant> earliest;    // when protection of the first line starts; nullopt: a fact is missing
    std::optional<instant> latest;      // when that of the last line ends, exclusive
    std::vector<claimable_line> lines;  // all lines of the order
    // What may be claimed and must be brought if everything claimable is claimed together; empty when not eligible.
    std::vector<amount_limits> remedies;
    std::vector<evidence_kind> evidence_required;  // of each at least one piece
    std::optional<evidence_limits> evidence;
    policy_reference policy;
    [[nodiscard]] bool eligible() const noexcept { return blocked_by.empty(); }
};

// `recorded` is the account of the payment if it was disputed before, with what time has done to the other disputes over
// it. Nothing is changed. Throws failure{calendar_not_covered} where opening would.
eligibility eligibility_of(order_facts const& order, reason const& why, std::optional<account> const& recorded,
                           terms const& known, instant now);

// {"group":"G-1","policy":"aliexpress","order":{...},"reason":"not_received"}
result<eligibility_question, input_problems> read_eligibility_question(std::string_view text);

}  // namespace recourse
