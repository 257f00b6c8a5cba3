// Allocations that fail when they are told to: SQLite's, and `operator new` of the program that has failing_new.cpp in it.
//
//     failing_memory memory;                       // before SQLite is used; after it all is as before
//     memory.fail({.source = memory_source::sqlite, .allocation = 7});
#pragma once

#include <cstdint>

namespace recourse::test {

enum class memory_source : unsigned char { sqlite, operator_new };

struct memory_fault {
    memory_source source = memory_source::sqlite;
    std::uint64_t allocation = 1;  // which one from now
    bool for_good = false;         // and all after it
};

class failing_memory {
  public:
    failing_memory();
    failing_memory(failing_memory const&) = delete;
    failing_memory& operator=(failing_memory const&) = delete;
    ~failing_memory();

    void fail(memory_fault const& fault);
    void heal();
    [[nodiscard]] bool has_failed() const;  // since `fail`
};

// Whether the allocation that is asked for now is one that fails.
bool allocation_fails(memory_source source) noexcept;

// What runs while there is one does not count: a test's own allocations.
class memory_of_test {
  public:
    memory_of_test() noexcept;
    memory_of_test(memory_of_test const&) = delete;
    memory_of_test& operator=(memory_of_test const&) = delete;
    ~memory_of_test();

  private:
    bool before_;
};

}  // namespace recourse::test
