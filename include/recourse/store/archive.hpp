// Where closed disputes go, so that the tables that every command works on hold the open ones.
//
//     auto archive = store::open_archive(options);          // of the store that `options` open
//     archive->move(batch);                                 // disputes that rest: one transaction
//     disputes->load(key);                                  // the same as before, and so are events, feed and verify
//
// Whether a dispute is closed is not the store's to say: recourse/engine/archiving.hpp does. What it moves is the row of
// the dispute and its events. Payments, texts and refused commands stay: they are asked for, changed or erased later.
//
// A dispute in the archive is read as any other. The same command again is a duplicate, as before. In PostgreSQL a new
// command, such as one that opens it again, brings it back in its own transaction; in SQLite, where the archive is another
// file ("disputes.db.archive"), it throws store_unavailable and says so: `restore` brings it back.
//
// One object serves one thread at a time. Calls throw `failure` as those of the store do.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "recourse/store/store.hpp"

namespace recourse::store {

struct postgres_options;
struct sqlite_options;

// A dispute that was found closed: moved only if it still has this version, no deadline and no effect to be settled.
struct resting_dispute {
    dispute_key dispute;
    std::uint32_t version = 0;
    instant since;  // when its last event happened
    bool operator==(resting_dispute const&) const = default;
};

struct archive_month {
    std::string month;           // "2026_04", in UTC
    instant from;                // belongs to it
    instant until;               // does not
    std::uint64_t disputes = 0;  // that rest since then
    bool operator==(archive_month const&) const = default;
};

class archive {
  public:
    archive() = default;
    archive(archive const&) = delete;
    archive& operator=(archive const&) = delete;
    virtual ~archive() = default;

    // Disputes outside the archive that have no deadline: keys in order, starting after `after`.
    virtual std::vector<dispute_key> resting(std::optional<dispute_key> const& after, std::size_t limit) = 0;

    // Moves those of the batch that may be moved, in one transaction; which those were. Killed at any moment every dispute
    // can be read whole, and the same call again finishes.
    virtual std::vector<dispute_key> move(std::span<resting_dispute const> batch) = 0;

    // Brings one back as it was; false: it is not in the archive.
    virtual bool restore(dispute_key const& dispute) = 0;

    // What is in the archive, by the month since when it rests; those without a dispute may be missing.
    virtual std::vector<archive_month> months() = 0;
};

std::unique_ptr<archive> open_archive(postgres_options const& options);
std::unique_ptr<archive> open_archive(sqlite_options const& options);

}  // namespace recourse::store
