// Who pays for what in a dispute: a function of the state, never stored.
//
//     cost(record, account)      // item: seller 25.09; shipping_outbound: seller 4.90
#pragma once

#include "recourse/engine/account.hpp"
#include "recourse/engine/postings.hpp"

namespace recourse {

struct cost_share {
    cost_kind kind = cost_kind::item;
    purse payer = purse::seller;
    money amount;
    bool operator==(cost_share const&) const = default;
};

// What was awarded, by kind, as the components of the lines say (goods, their tax and their discount are `item`), and
// what is paid beside it; by kind, then by payer; nothing of zero. Empty while nothing is decided. Funders bear every
// kind in proportion, to the last cent. A line that was refunded before counts as if it were refunded for the first time,
// so a kind may differ by a cent from what the credit notes say. Needs funders that bear at most the award.
std::vector<cost_share> cost(record const& all, account const& of, burden const& borne);
std::vector<cost_share> cost(record const& all, account const& of);  // as was decided

// Who bears what was awarded, and what is paid beside it, as was decided.
burden burden_of(record const& all);

// What the award moves, all that was in dispute shared out by the decision; empty while nothing is awarded. The error is
// that of `postings_of`.
result<std::vector<posting>, std::string> postings_of(record const& all);

}  // namespace recourse
