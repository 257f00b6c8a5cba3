// A store in PostgreSQL (14 or newer): many machines over one database, every answer committed before it is given.
//
//     auto disputes = recourse::store::open_postgres({.connection = "host=10.0.0.1,10.0.0.2 dbname=shop user=shop"});
//     disputes->append(group)                         // one transaction for the whole group, two round trips
//
// One object serves one thread at a time and keeps one connection; open as many as there are workers. Of several hosts
// the first one that takes writes is used, and looked for again when the connection is lost. No call waits longer than
// `deadline_ms`: then it closes its connection and throws, and whether a command was written is not known; send it again,
// its key makes that harmless. PostgreSQL's own wait for a standby is part of the call: with synchronous replication an
// answer was replicated, and one whose wait was cancelled by an operator throws.
//
// With `host` the store works on a connection of the host's, inside a transaction that the host began: an append then
// becomes durable with the host's own rows when the host commits, and not before. The connection must outlive the store.
//
//     store_unavailable   no server that takes writes, too slow, locked too long, no rights, out of space
//     store_corrupt       no store of this library, or changed by hand
//     store_newer         made by a newer version of this library
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "recourse/store/store.hpp"

struct pg_conn;  // libpq's PGconn

namespace recourse::store {

struct postgres_options {
    std::string connection{};          // libpq's keywords and values, or a URI
    std::string schema = "recourse";   // of the tables: small letters, digits and underlines, 1 to 63, no digit first
    bool create = true;                // make the tables if the schema has none
    bool read_only = false;            // never write; a standby will do then
    int deadline_ms = 5000;            // how long a call may take
    int rewrite_deadline_ms = 600000;  // how long an erasure or a migration may take, which write tables anew
    // Append tells a work_bell of what it leaves to do, once a transaction. Such commits come one at a time in the whole
    // database: with many writers it costs a good part of the commands per second.
    bool announces = false;
    pg_conn* host = nullptr;  // a connection of the host's; `connection` is not read then
};

// Throws std::invalid_argument for options that no store can have.
std::unique_ptr<contract> open_postgres(postgres_options const& options);

// For a worker that has found nothing to do: it sleeps until its next known deadline, or until a store that `announces`
// has appended an effect or an earlier deadline. The bell may be missed (a failover, a store that does not announce), so
// nobody should sleep longer than a few seconds.
//
//     store::work_bell bell{{.connection = "host=10.0.0.1,10.0.0.2 dbname=shop user=shop"}};
//     while (running) {
//         work_all();              // claim and carry out until nothing is left
//         bell.wait(2000);         // true: look at once; false: 2 s have passed
//     }
//
// It has a connection of its own, made when it is first waited for and made again when it is lost; one thread at a time.
class work_bell {
  public:
    explicit work_bell(postgres_options const& options);
    work_bell(work_bell const&) = delete;
    work_bell& operator=(work_bell const&) = delete;
    ~work_bell();

    // True at once if it was rung since the last time, or if it may have been, unheard: the first time, and after the
    // connection was lost. Throws store_unavailable when no server answers within deadline_ms of the options.
    bool wait(int at_most_ms);

  private:
    class listener;
    std::unique_ptr<listener> listener_;
};

// Before a shard (recourse/store/shards.hpp) is moved to another cluster: from when this returns every append to one of its
// groups throws store_unavailable and has written nothing, whoever sends it, and none is under way. It waits for those that
// are, and throws store_unavailable if that takes too long; reading goes on. Its effects are claimed by nobody; a worker that
// has claimed one before may settle it. `open_shard` takes the fence away. Either may be called again. Needs the rights of
// who owns the tables, and not a connection of the host's.
void fence_shard(postgres_options const& options, std::uint8_t shard);
void open_shard(postgres_options const& options, std::uint8_t shard);

}  // namespace recourse::store
