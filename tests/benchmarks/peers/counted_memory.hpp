// What a value costs on the heap: every block that `new` gives while somebody counts, with what the allocator adds to it.
//
//     heap_count const counted;
//     record const held = all;
//     sizeof(record) + counted.bytes()   // what the record takes
//
// Only the program of counted_memory.cpp counts; it replaces the global `new` and `delete`.
#pragma once

#include <cstddef>

namespace recourse::peers {

// One at a time. A block is given back while the same one counts that saw it taken.
class heap_count {
  public:
    heap_count() noexcept;
    heap_count(heap_count const&) = delete;
    heap_count& operator=(heap_count const&) = delete;
    ~heap_count();
    [[nodiscard]] std::size_t bytes() const noexcept;  // held now of what was taken since
};

}  // namespace recourse::peers
