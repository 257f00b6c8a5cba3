// Moving a shard from one cluster to another while it is written.
//
//     store::shard_move move{{.connection = "host=10.0.0.1 dbname=shop"}, {.connection = "host=10.0.1.1 dbname=shop"}, 194};
//     move.begin();                                // nobody writes the shard in the new cluster
//     while (move.copy().events > 100) {}          // beside everything else, each time what was written since
//     move.fence();                                // nobody writes it in the old one: hosts send again
//     auto const moved = move.finish();            // the rest, compared; then the new cluster takes its commands
//     // publish the map: the waiting commands are answered
//
// Killed or thrown at any moment, the same again from `begin` goes on where it stopped, also if all had been done; `give_up`
// goes back, unless `finish` has gone so far that the effects are in the new cluster. After `finish` the new one has the
// shard, and the old one stays fenced. Both need the rights of who owns the tables. Do not archive in the new cluster
// meanwhile, nor erase. What was archived arrives among the other disputes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "recourse/store/postgres.hpp"

namespace recourse::store {

struct shard_copied {
    std::uint64_t disputes = 0;
    std::uint64_t events = 0;
    bool operator==(shard_copied const&) const = default;
};

// What one table has of a shard: its rows, and a sum over their seals, or over the links of events.
struct shard_table {
    std::string table;
    std::uint64_t rows = 0;
    digest sum;
    bool operator==(shard_table const&) const = default;
};

class shard_move {
  public:
    // Throws std::invalid_argument for the connection of a host.
    shard_move(postgres_options const& from, postgres_options const& to, std::uint8_t shard);
    shard_move(shard_move const&) = delete;
    shard_move& operator=(shard_move const&) = delete;
    ~shard_move();

    // Makes the tables in the new cluster if there are none, and fences the shard there, unless this move was ended before.
    // Throws store_unavailable if it has disputes of the shard that no begun move has brought there, or if the shard has
    // left the old cluster for another.
    void begin();
    // Copies what was written since the last time; the first time, everything that is not there yet.
    shard_copied copy();
    void fence();
    // Copies the rest, and compares the two tables by table. Throws store_corrupt, and opens nothing, if they differ: open
    // the old one, or copy and finish again. Otherwise the effects leave the old cluster, and the shard is open in the new.
    std::vector<shard_table> finish();
    // Removes the copy and opens the shard in the old cluster. Throws store_unavailable, and changes nothing, if the effects
    // are in the new one already.
    void give_up();

  private:
    class moving;
    std::unique_ptr<moving> moving_;
};

}  // namespace recourse::store
