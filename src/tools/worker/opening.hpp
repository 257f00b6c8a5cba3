// Opening a store that is there: a SQLite file, or PostgreSQL by its URI.
#pragma once

#include <memory>
#include <string>

#include "recourse/store/store.hpp"

namespace recourse::tools {

// "disputes.db", or "postgres://user@host/database"; the schema is then `recourse`, or what "?schema=NAME" or "&schema=NAME" at the end says.
std::unique_ptr<store::contract> open_existing(std::string const& named);

}  // namespace recourse::tools
