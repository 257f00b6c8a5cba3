// Reading what was archived, for the calls of the contract.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::postgres {

// For a dispute that was not found among the others: since when it rests in the archive, if it does. Throws lost_race if
// it came back since it was looked for.
std::optional<instant> archived_since(connection& at, dispute_key const& key);

std::optional<loaded> load_archived(connection& at, dispute_key const& key, instant since);

std::string name_of_partition(std::string_view of, std::string_view month);
// Makes a month's partitions if they are not there; in a transaction of its own.
void make_month(connection& at, instant since);

}  // namespace recourse::store::postgres
