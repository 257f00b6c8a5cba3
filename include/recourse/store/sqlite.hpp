// A store in one SQLite file (3.37 or newer): a write-ahead log, every commit synced to the disk before it is answered.
//
//     auto disputes = recourse::store::open_sqlite({.path = "/var/lib/shop/disputes.db"});
//     disputes->append(group)                         // one transaction, one sync, for the whole group
//
// One object serves one thread at a time; open the same file as often as there are threads or processes. The file has to
// be on a local disk: shared memory beside it does not work over a network. Beside "disputes.db" stand "disputes.db-wal"
// and "disputes.db-shm" while it is open; a backup takes all three or uses SQLite's own backup.
//
// A host may keep tables of its own in the file: "host_orders", and indexes and triggers on them, all under names that begin
// with "host_"; no virtual ones. What else this library did not make is taken for damage.
//
// Nothing in the file is trusted: whatever this library cannot have written throws `failure` with the path and what was
// found. After a throw the object can be used again.
//
//     store_unavailable   missing, a directory, read-only, locked too long, disk full
//     store_corrupt       not a SQLite file, another program's SQLite file, damaged, or changed by hand
//     store_newer         made by a newer version of this library
#pragma once

#include <memory>
#include <string>

#include "recourse/store/store.hpp"

struct sqlite3;  // SQLite's connection

namespace recourse::store {

struct sqlite_options {
    std::string path;
    bool create = true;          // make the store if the file is missing or empty
    bool read_only = false;      // never write; `create` is ignored
    int busy_timeout_ms = 5000;  // how long a call waits for another connection that writes
};

std::unique_ptr<contract> open_sqlite(sqlite_options const& options);

// On a connection of the host's to the file of a store, which must have been opened by its path once. The store works inside
// transactions that the host began: an append then becomes durable with the host's own rows when the host commits, and not
// before.
//
//     BEGIN IMMEDIATE; INSERT INTO host_orders ...;      on the host's own connection
//     disputes->append(group);                           or dispute_engine::submit
//     COMMIT;                                            both, or neither
//
// Writing outside of a transaction throws std::logic_error, and so does `erase`, which needs a connection of its own. What
// is refused leaves the host's transaction as it was; after a throw it has to be rolled back, if SQLite has not done so
// itself. The connection is used as it is set up, and must outlive the store. Throws std::invalid_argument if it has no file,
// would not wait for the disk (PRAGMA synchronous below FULL), or has temporary tables under the names of the store's.
std::unique_ptr<contract> open_sqlite(sqlite3* host);

}  // namespace recourse::store
