// What is tried on a SQLite store, and what must come of it. Each trial gives what it found wrong, in sentences: nothing
// where the store keeps its promises, something where a bug was planted in it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/faults/simulated_disk.hpp"

namespace recourse::test {

struct verdict {
    std::uint64_t tried = 0;
    std::uint64_t different = 0;  // of those tried, if some are the same
    std::uint64_t acknowledged = 0;
    std::uint64_t wrong = 0;
    std::vector<std::string> faults{};  // the first of them
    void fault(std::string what);
    [[nodiscard]] bool is_enough() const { return wrong >= 10; }  // to stop: nothing is learned from more
    void add(verdict const& other);
};

// The script without any fault: the store must answer and hold what memory does, and refuse what only a bug can ask.
verdict try_plainly(unsigned seed, disk_lies const& lies = {});

// Every call to the disk in every step fails, once and for good, as EIO and as ENOSPC; every `stride`th of them, from one
// that the seed chooses.
verdict try_disk_errors(unsigned seed, unsigned stride = 1, disk_lies const& lies = {});

// The power goes after each call to the disk, again and again, until so many different images of what may be left were
// opened and compared.
verdict try_power_losses(unsigned seed, std::uint64_t images, disk_lies const& lies = {});

// Every allocation in every step fails, once and for good: SQLite's own and those by operator new.
verdict try_memory_errors(unsigned seed, unsigned stride = 1);

// A file of schema version 1 is opened for writing: every call to the disk fails, then the power goes so many times.
verdict try_migration(unsigned seed, std::uint64_t images);

// The lines of a store are imported: every call to the disk fails, then the power goes so many times.
verdict try_import(unsigned seed, std::uint64_t images, disk_lies const& lies = {});

// Disputes are archived and one is brought back, without any fault.
verdict try_archive();

// A process that archives, restores and appends is killed so many times: every second one between the two files of a move,
// where the copy is made and nothing has been removed. `careless`: that one removes before it copies.
verdict try_archive_kills(unsigned seed, std::uint64_t kills, bool careless = false);

// `writers` connections append to one dispute and fire its timer, each version decided on by all of them at once, until
// so many appends were tried; with `threads` each in a thread of its own.
verdict try_races(unsigned seed, unsigned writers, std::uint64_t appends, bool threads);

// Commands that are sent one to five times, shuffled, by two connections that are closed and opened on the way; some with
// another content under the same key.
verdict try_duplicates(unsigned seed, std::uint64_t commands);

// For a test's program: a number from the environment, or what stands in the code.
std::uint64_t number_from(char const* variable, std::uint64_t otherwise);
// Prints what was tried; true if nothing was wrong and something was tried.
bool report(char const* name, verdict const& found);

}  // namespace recourse::test
