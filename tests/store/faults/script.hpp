// A run of commands against a SQLite store on a simulated disk, and what the store must hold after each of them.
//
// The steps are told to the store one after the other, so that whatever happens to its disk, it must hold exactly what
// stands after one of them: the last that was acknowledged, or the next. What stands there is learned from a store in
// memory, and must be the same in SQLite to the byte.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "recourse/store/store.hpp"
#include "store/faults/simulated_disk.hpp"
#include "store/samples.hpp"

namespace recourse::test {

// Everything that a reader can see, in words.
std::string contents_of(store::contract& at);

// What every store is opened through, so that a test may put one that cheats before it.
using store_change = std::function<std::unique_ptr<store::contract>(std::unique_ptr<store::contract>)>;
store_change& change_of_stores();
std::unique_ptr<store::contract> open_store(std::string const& path, int busy_timeout_ms);

// One process at the store. The file itself is on the simulated disk; in the folder of its name stands an empty one,
// since the library looks at names before it opens them.
class session {
  public:
    explicit session(simulated_disk& disk, std::string path);

    void open();
    void close() { at_.reset(); }
    [[nodiscard]] bool is_open() const { return at_ != nullptr; }
    [[nodiscard]] store::contract& at() {
        if (!at_) open();
        return *at_;
    }
    [[nodiscard]] simulated_disk& disk() { return disk_; }
    [[nodiscard]] std::string const& path() const { return path_; }

  private:
    simulated_disk& disk_;
    std::string path_;
    std::unique_ptr<store::contract> at_;
};

struct step {
    std::string name;
    std::vector<store::append> group{};            // sent, if there is one; it may be sent again
    std::vector<store::outcome> answers{};         // to the first time
    std::function<void(store::contract&)> call{};  // otherwise this, on any store
    bool repeats = false;                          // the call may be repeated
    std::function<void(session&)> upkeep{};        // otherwise this, which changes nothing that a reader can see
};

struct script {
    std::vector<step> steps;
    std::vector<std::string> after;  // after so many steps; the first is that of an empty store
    std::vector<std::string>
        backups;  // names of the copies that it makes, at the path of the store with this behind it
};

// The same for one seed; sizes and amounts differ between seeds.
script make_script(unsigned seed);

// What is wrong with how a step went. Throws what the store throws.
std::vector<std::string> take(session& at, step const& one, bool first_time);

// The name of the store's file for this run of the program; and the empty file at it.
class store_place {
  public:
    store_place();
    [[nodiscard]] std::string const& path() const { return path_; }

  private:
    store_samples::folder folder_;
    std::string path_;
};

}  // namespace recourse::test
