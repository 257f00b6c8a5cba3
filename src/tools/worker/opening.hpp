// Opening a store that is there: a SQLite file, or PostgreSQL by its URI.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "recourse/store/archive.hpp"
#include "recourse/store/postgres.hpp"
#include "recourse/store/store.hpp"

namespace recourse::tools {

// Whether it is the URI of a server and not a file.
bool is_server(std::string const& named);

// "disputes.db", or "postgres://user@host/database"; the schema is then `recourse`, or what "?schema=NAME" or "&schema=NAME" at the end says.
std::unique_ptr<store::contract> open_existing(std::string const& named);
// It rings the bell of workers that listen; throws std::invalid_argument for a file, which has none.
std::unique_ptr<store::contract> open_announcing(std::string const& named);
std::unique_ptr<store::archive> open_archive_of(std::string const& named);

// The options of a server; throws std::invalid_argument for a file.
store::postgres_options server_named(std::string const& named);

// Waits so many milliseconds at most, or until a store of that name that announces has appended something to do; true: look at
// once. Throws std::invalid_argument for a file, which has no bell.
std::function<bool(std::int64_t)> bell_of(std::string const& named);

}  // namespace recourse::tools
