// Personal texts: written with their append, read by dispute, and erased with their bytes.
#pragma once

#include "query.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::postgres {

void write_texts(batch& all, append const& one);
std::vector<personal_text> read_texts(connection& at, dispute_key const& key);

// In one transaction. What PostgreSQL keeps of its log for standbys and backups is the host's to let go.
std::uint64_t erase_texts(connection& at, actor const& subject);

}  // namespace recourse::store::postgres
