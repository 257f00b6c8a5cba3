// The global `new` and `delete`, counting while they are asked to: otherwise they are as fast as they were.
#include "benchmarks/peers/counted_memory.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

bool counting = false;
std::size_t held = 0;

// A block of glibc carries its size in front of it.
std::size_t whole_size(void* block) noexcept { return malloc_usable_size(block) + sizeof(std::size_t); }

}  // namespace

namespace recourse::peers {

heap_count::heap_count() noexcept {
    held = 0;
    counting = true;
}
heap_count::~heap_count() { counting = false; }
std::size_t heap_count::bytes() const noexcept { return held; }

}  // namespace recourse::peers

void* operator new(std::size_t size) {
    void* const block = std::malloc(size == 0 ? 1 : size);
    if (block == nullptr) throw std::bad_alloc{};
    if (counting) held += whole_size(block);
    return block;
}
void operator delete(void* block) noexcept {
    if (counting && block != nullptr) held -= whole_size(block);
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
