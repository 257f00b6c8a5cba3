// Refused commands in the file: counted by code, and kept if asked to.
#pragma once

#include "connection.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::sqlite {

// Within a transaction of the caller's.
void write_refusal(connection& at, refused_command const& one, keeping how);

std::vector<code_count> read_refusal_counts(connection& at, dispute_key const& key);
std::vector<refused_command> read_refusals(connection& at, dispute_key const& key, std::int64_t limit);

}  // namespace recourse::store::sqlite
