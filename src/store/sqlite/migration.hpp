// Bringing a file of an older schema up to date.
#pragma once

#include <string>
#include <vector>

#include "connection.hpp"

namespace recourse::store::sqlite {

// From schema version 1, within a transaction of the caller's: `made` are the statements of all tables but
// `policies`, which is what it was, and of the indexes. Every event gets its link and every row its seal, over what the file holds; whether that is what was written
// once, no file of that version can tell.
void migrate_from_first(connection& at, std::vector<std::string> const& made);

}  // namespace recourse::store::sqlite
