// Candidates: the commands worth trying on a dispute now, one or a few for each thing that somebody might do. Whether
// each is allowed is for `decide` to say; none is left out because it would be refused.
//
//     for (auto const& who : actors(all))
//         for (auto& body : candidates(all, known, &money))
//             decide(key, all, money, known, {id, key, who, {}, std::move(body)}, now)     // every branch from here
//
// A new command needs its candidates in candidates.cpp; without them the library does not compile.
#pragma once

#include "recourse/engine/decide.hpp"

namespace recourse {

// The amounts of a remedy that the rules about amounts accept: `smallest_minor` to `largest_minor`, in the currency of
// the payment. Smallest above largest: no amount is right, as for a part of one cent.
struct legal_amounts {
    recourse::remedy remedy{};
    std::int64_t smallest_minor = 1;
    std::int64_t largest_minor = 0;
    std::vector<std::int64_t> values_minor;  // the only right ones; empty if every amount in between is right
    bool operator==(legal_amounts const&) const = default;
};

// For each of these remedies, in the order of the enumeration, when so much is refundable; and for those that the policy
// has for the reason of the dispute.
std::vector<legal_amounts> award_amounts(remedy_set offered, std::int64_t refundable_minor,
                                         partial_amounts const& partial = {});
// Who names the remedy: a party that offers or claims it is bound to the policy's steps of partial refunds, who decides
// is not.
enum class award_use : std::uint8_t { offered, decided };
std::vector<legal_amounts> award_amounts(record const& all, terms const& known, award_use use = award_use::offered);

// A piece of evidence that the policy accepts and that no dispute has yet.
evidence fresh_evidence(record const& all, terms const& known);

// For every command that a person or the host can give to a running dispute: each open offer and each refund by its
// number; awards of every remedy with the smallest, the largest and one amount in between; both and each single
// addressee; evidence that the policy accepts. Empty as long as the dispute is not opened. `money` is the account of the
// payment, nullptr if it is not at hand.
std::vector<command_body> candidates(record const& all, terms const& known, account const* money);

// The number of the offer or refund that a command names; nullopt for commands that name none.
std::optional<std::uint32_t> number_named(command_body const& body);

// One actor for each role that could act: the dispute's own buyer and seller, the mediator who has taken it or one who
// is free to, the host and an operator.
std::vector<actor> actors(record const& all);

}  // namespace recourse
