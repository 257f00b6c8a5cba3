// Chance from a seed: the same numbers on every platform. The generator is fixed by the standard, its distributions are
// not; so every number comes from it by a remainder.
//
//     chance luck{7};
//     luck.below(6)                // 0 to 5
//     luck.in(3, 100)              // true three times in a hundred
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace recourse::tools {

class chance {
  public:
    explicit chance(std::uint64_t seed) : numbers_{seed} {}

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(numbers_() % limit); }
    bool in(std::size_t favourable, std::size_t all) { return below(all) < favourable; }
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(numbers_() % static_cast<std::uint64_t>(most - least + 1));
    }
    template <class List>
    auto& one_of(List& all) {
        return all[below(all.size())];
    }

  private:
    std::mt19937_64 numbers_;
};

}  // namespace recourse::tools
