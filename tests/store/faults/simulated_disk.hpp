// A disk in memory that SQLite takes for the system's: it counts what is written and synced, fails the call that it is told
// to fail, and knows what would be left of its files if the power went.
//
//     simulated_disk disk;                            // SQLite's file system until it goes away
//     disk.fail({.call = 7, .for_good = true});       // the seventh call from now, and all after it
//     auto const files = disk.files();                // what a process that is killed now would leave
//     power_loss loss{{}, disk.log()};                // what a machine would leave: see below
//
// It behaves as SQLite's own "unix" does, but for what this says. Several connections and threads may use it at once.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace recourse::test {

using disk_image = std::map<std::string, std::string>;  // the bytes of each file by its name

enum class disk_error : unsigned char {
    io,    // EIO: every call may fail
    full,  // ENOSPC: what takes space may fail
};

struct disk_fault {
    std::uint64_t call = 1;  // which call fails, of those that may
    bool for_good = false;   // and all after it
    disk_error error = disk_error::io;
};

// What a broken disk, or a store that forgets to ask it, does: for tests that must fail.
struct disk_lies {
    bool log_syncs = false;       // a sync of the write-ahead log says that it is done
    bool database_syncs = false;  // the same of the other files
    bool failed_writes = false;   // a write that fails, and stops halfway, says that it is done
    bool operator==(disk_lies const&) const = default;
};

// One call that changed a file. Files are numbered as they are made, so that a name may come again.
struct disk_change {
    enum class kind : unsigned char { made, written, cut, synced, removed } what;
    std::size_t file = 0;
    std::uint64_t at = 0;    // where it was written, or the size to which it was cut
    std::string bytes{};     // written; for `made` the name of the file
    bool directory = false;  // the directory was synced too
};

struct disk_counts {
    std::uint64_t writes = 0;
    std::uint64_t bytes_written = 0;
    std::uint64_t syncs = 0;
    std::vector<std::uint32_t> log_pages{};  // the number of each page written to a write-ahead log
};

struct simulated_file;

class simulated_disk {
  public:
    explicit simulated_disk(unsigned seed = 1);
    simulated_disk(simulated_disk const&) = delete;
    simulated_disk& operator=(simulated_disk const&) = delete;
    ~simulated_disk();

    // All files are closed when these are called.
    void mount(disk_image const& image);
    void remove(std::string const& name);  // if it is there, as another program would
    void lie(disk_lies const& lies) { lies_ = lies; }

    [[nodiscard]] disk_image files() const;

    // Counts from here; a fault that was set before is taken away.
    void fail(disk_fault const& fault);
    void heal();
    [[nodiscard]] bool has_failed() const;  // since `fail`

    void count_anew();
    [[nodiscard]] disk_counts counts() const;

    // Of every change since the disk was mounted.
    [[nodiscard]] std::vector<disk_change> const& log() const { return log_; }
    [[nodiscard]] std::size_t changes() const;

    class calls;  // what SQLite calls

  private:
    enum class call : unsigned char { read, write, sync, cut, remove, make, look, lock, map };
    bool fails(call what);
    void record(disk_change change);

    mutable std::mutex guard_;
    std::map<std::string, std::shared_ptr<simulated_file>> files_;
    std::vector<disk_change> log_;
    std::size_t files_made_ = 0;
    std::mt19937 random_;
    bool armed_ = false;
    disk_fault fault_;
    std::uint64_t seen_ = 0;
    bool failed_ = false;
    disk_lies lies_;
    disk_counts counts_;
    sqlite3_vfs* before_ = nullptr;
    sqlite3_vfs own_{};
};

// What a loss of power leaves after the first so many changes of a log. What was synced is there. Of what was not, any
// of it may be: each write whole, not at all, or in some of its sectors of 512 bytes; a file that was made or removed
// while its directory was not synced may be there or not.
class power_loss {
  public:
    power_loss(disk_image const& before, std::vector<disk_change> const& log);

    void advance_to(std::size_t changes);  // never back
    [[nodiscard]] disk_image image(std::mt19937& random) const;
    [[nodiscard]] disk_image least() const;  // what was synced and nothing else

  private:
    enum class keep : unsigned char { nothing, all, beginning, some, sectors };
    struct one_file {
        std::string name;
        std::string synced;
        std::vector<disk_change const*> waiting;
        bool made = false;  // so that it is there after a loss of power
        bool removed = false;
        bool removed_surely = false;
    };
    void take(disk_change const& change);
    [[nodiscard]] disk_image kept(keep how, std::mt19937& random) const;

    std::vector<one_file> files_;
    std::size_t next_ = 0;
    std::vector<disk_change> const& log_;
};

}  // namespace recourse::test
