// archive_closed: moves the disputes that are over into the archive of their store.
//
//     auto archive = recourse::store::open_archive(options);
//     auto const done = recourse::archive_closed(*store, *archive, plus_seconds(now, -180 * seconds_per_day));
//     done.archived                                     // 812
//
// A dispute is over when it is closed, no deadline of it is to come, its parties may not write to each other any more,
// nothing of its payment is held by another open dispute, and all its effects are settled. The file of a payment is never
// archived, nor is its ledger row: a late chargeback, or another dispute over the payment, is decided as before.
#pragma once

#include <functional>

#include "recourse/store/archive.hpp"
#include "recourse/store/store.hpp"

namespace recourse {

// Since when a dispute is over, by what is stored; nothing if it is not, or if there is none. Throws what reading throws.
std::optional<instant> over_since(store::contract& store, dispute_key const& dispute);

struct archived_disputes {
    std::size_t looked_at = 0;            // without a deadline
    std::size_t over = 0;                 // for long enough
    std::size_t archived = 0;             // the others have moved on meanwhile, or have effects to be settled
    std::vector<dispute_key> unreadable;  // damaged: left where they are
};

// Moves those that are over since `by` or before, at most `batch` in one transaction. `heard` may be empty; it hears after
// each page how far the run is. May be stopped and begun again at any time, and run beside everything else.
archived_disputes archive_closed(store::contract& store, store::archive& into, instant by, std::size_t batch = 100,
                                 std::function<void(archived_disputes const&)> const& heard = {});

}  // namespace recourse
