// Fails every allocation that the SQLite store makes, SQLite's own and those by `operator new`, once and for good, and looks
// whether what was acknowledged is there, nothing is half there, and the same call again does it once. Takes no arguments;
// prints its seed; exit code 0 means that all is well. RECOURSE_ALLOCATIONS_EACH says that every so many allocations one
// fails (11; 1 is all), RECOURSE_SEED which are the first.
#include <cstdio>
#include <cstdlib>
#include <new>
#include <random>

#include "store/faults/failing_memory.hpp"
#include "store/faults/trials.hpp"

using namespace recourse::test;

void* operator new(std::size_t size) {
    if (allocation_fails(memory_source::operator_new)) throw std::bad_alloc{};
    void* const block = std::malloc(size == 0 ? 1 : size);
    if (block == nullptr) throw std::bad_alloc{};
    return block;
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }

int main() {
    auto const seed = static_cast<unsigned>(number_from("RECOURSE_SEED", std::random_device{}()));
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    auto const each = static_cast<unsigned>(number_from("RECOURSE_ALLOCATIONS_EACH", 11));
    return report("allocations failed", try_memory_errors(seed, each)) ? 0 : 1;
}
