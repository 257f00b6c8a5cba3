// Counting allocations and failing some.
#include "failing_memory.hpp"

#include <sqlite3.h>

namespace recourse::test {
namespace {

memory_fault fault;
bool armed = false;
bool failed = false;
std::uint64_t seen = 0;
sqlite3_mem_methods system_memory{};

void* allocate(int bytes) { return allocation_fails(memory_source::sqlite) ? nullptr : system_memory.xMalloc(bytes); }
void* reallocate(void* block, int bytes) {
    return allocation_fails(memory_source::sqlite) ? nullptr : system_memory.xRealloc(block, bytes);
}

}  // namespace

bool allocation_fails(memory_source source) noexcept {
    if (!armed || source != fault.source) return false;
    ++seen;
    if (seen != fault.allocation && !(fault.for_good && seen > fault.allocation)) return false;
    failed = true;
    return true;
}

failing_memory::failing_memory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
    auto own = system_memory;
    own.xMalloc = allocate;
    own.xRealloc = reallocate;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &own);
    sqlite3_initialize();
}

failing_memory::~failing_memory() {
    heal();
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &system_memory);
    sqlite3_initialize();
}

void failing_memory::fail(memory_fault const& wanted) {
    fault = wanted;
    seen = 0;
    failed = false;
    armed = true;
}

void failing_memory::heal() { armed = false; }

bool failing_memory::has_failed() const { return failed; }

memory_of_test::memory_of_test() noexcept : before_{armed} { armed = false; }
memory_of_test::~memory_of_test() { armed = before_; }

}  // namespace recourse::test
