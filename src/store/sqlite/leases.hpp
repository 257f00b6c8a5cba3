// Handing out what is due and what is pending to several workers.
#pragma once

#include <vector>

#include "connection.hpp"
#include "query.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::sqlite {

std::vector<due_dispute> claim_due(connection& at, claim const& asked);
bool give_back(connection& at, due_dispute const& one, std::string_view worker);

pending_effect effect_in(query const& row);  // from column 0 on
std::vector<claimed_effect> claim_outbox(connection& at, claim const& asked);
bool settle(connection& at, std::uint64_t position);
bool settle_claimed(connection& at, claimed_effect const& one, delivery const& what);
std::vector<parked_effect> parked_effects(connection& at, std::uint64_t after, std::size_t limit);
bool release(connection& at, std::uint64_t position);

}  // namespace recourse::store::sqlite
