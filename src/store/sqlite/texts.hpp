// Personal texts in the file: written with their append, read by dispute, and erased with their bytes.
#pragma once

#include "connection.hpp"
#include "recourse/store/store.hpp"

namespace recourse::store::sqlite {

// Within a transaction of the caller's.
void write_texts(connection& at, append const& one);

std::vector<personal_text> read_texts(connection& at, dispute_key const& key);

// Throws store_unavailable when the rows are gone and another connection still keeps the log in which they stood; the
// same call again then finishes.
std::uint64_t erase_texts(connection& at, actor const& subject);

}  // namespace recourse::store::sqlite
