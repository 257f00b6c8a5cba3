// Actions: what somebody may do now, what not, and why not; found by the same decision that would carry it out.
//
//     for (auto const& one : actions(key, all, money, known, shop, now))
//         one.command, one.number       // "accept_offer", 1
//         one.allowed                   // true
//         one.until                     // 2026-03-19T16:00:00Z: from then on time alone has made it impossible
//         one.owed->until               // he must answer before that instant; this would be an answer
//         to_text(*one.owed->otherwise) // "the buyer may escalate"
#pragma once

#include "recourse/engine/candidates.hpp"
#include "recourse/engine/outlook.hpp"

namespace recourse {

// The amounts that may be named with a remedy.
struct amount_limits {
    recourse::remedy remedy{};
    money smallest;
    money largest;
    std::vector<money> values;                       // the only right ones; empty if every amount in between is right
    std::vector<evidence_kind> evidence_required{};  // with this remedy, beside what is required anyway
    bool operator==(amount_limits const&) const = default;
};

// The evidence that may be brought. The content must be new to the dispute.
struct evidence_limits {
    std::vector<evidence_kind> kinds;
    std::vector<std::string> media_types;   // empty: any
    std::uint32_t pieces_left = 0;          // of this actor; at least one must be brought
    std::int64_t bytes_max = 0;             // of each piece
    std::vector<evidence_kind> required{};  // with this command, if any is brought: of each at least one piece
    bool operator==(evidence_limits const&) const = default;
};

// What the policy accepts from somebody in that role beside what he has brought already, and the amounts of a remedy as
// money.
evidence_limits evidence_accepted(record const& all, terms const& known, role by);
amount_limits limits_of(legal_amounts const& legal, currency in);

struct action {
    std::string_view command;             // "accept_offer"
    std::optional<std::uint32_t> number;  // which offer or refund, where the command names one
    bool allowed = false;
    refusals blocked_by;  // why not; empty when allowed

    // The first instant at which time alone will have turned the answer: `until` when allowed, `from` when not. nullopt:
    // time alone never does.
    std::optional<instant> until;
    std::optional<instant> from;

    // What the actor must do, if this would be it: what he owes, until when, and what happens if he does nothing.
    std::optional<wait> owed;

    // What may be named, where the command names it; empty when not allowed.
    std::vector<amount_limits> amounts;
    std::optional<money> amount;  // the one that is right
    std::optional<evidence_limits> evidence;
    // Of whom information may be requested, to whom a message may be sent: "buyer", "seller", "mediator", "both".
    std::vector<std::string_view> addressees;
};

// Every command that can be given to a running dispute, as `by` at `now`. A command about offers or refunds is listed
// once for each of them that is still open. Nothing is changed; deadlines that are due count as applied. Where a command
// can be given in several ways, it is allowed if one of them is, and blocked by what stands in the way of the best.
std::vector<action> actions(dispute_key const& key, record const& before, std::optional<account> const& money,
                            terms const& known, actor const& by, instant now);

// What time alone will have made of a dispute by `now`: for showing, nothing is stored.
record as_of(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
             instant now);

}  // namespace recourse
