// Bringing a file of an older schema up to date.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connection.hpp"

namespace recourse::store::sqlite {

// From schema version 1, within a transaction of the caller's: `made` are the statements of all tables but
// `policies`, which is what it was, and of the indexes. Every event gets its link and every row its seal, over what the file holds; whether that is what was written
// once, no file of that version can tell.
void migrate_from_first(connection& at, std::vector<std::string> const& made);

// From schema version 2 or 3, likewise: `made` are the statements of the outbox, and of the tables that version 2 had not.
void migrate_from_third(connection& at, std::vector<std::string> const& made);

// From now on no effect gets a position up to `last`, which some effect may have had: where the events do not reach so far,
// the last one moves up.
void keep_positions(connection& at, std::int64_t last);

}  // namespace recourse::store::sqlite
