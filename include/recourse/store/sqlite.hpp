// A store in one SQLite file (3.37 or newer): a write-ahead log, every commit synced to the disk before it is answered.
//
//     auto disputes = recourse::store::open_sqlite({.path = "/var/lib/shop/disputes.db"});
//     disputes->append(group)                         // one transaction, one sync, for the whole group
//
// One object serves one thread at a time; open the same file as often as there are threads or processes. The file has to
// be on a local disk: shared memory beside it does not work over a network. Beside "disputes.db" stand "disputes.db-wal"
// and "disputes.db-shm" while it is open; a backup takes all three or uses SQLite's own backup.
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

namespace recourse::store {

struct sqlite_options {
    std::string path;
    bool create = true;          // make the store if the file is missing or empty
    bool read_only = false;      // never write; `create` is ignored
    int busy_timeout_ms = 5000;  // how long a call waits for another connection that writes
};

std::unique_ptr<contract> open_sqlite(sqlite_options const& options);

}  // namespace recourse::store
