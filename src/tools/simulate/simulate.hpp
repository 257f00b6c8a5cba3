// The simulation: disputes whose people act by chance, over a host and a store that break by chance, with everything
// that must hold looked at after every step. The same seed gives the same bytes, on any platform and on any store.
//
//     simulate({.seed = 7, .disputes = 100}, std::cout).violation      // nullopt, or the sentence that was broken
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "recourse/store/store.hpp"

namespace recourse::tools {

struct simulation_options {
    std::uint64_t seed = 1;
    std::size_t disputes = 100;
    std::optional<std::size_t> steps{};   // 40 for each dispute if left out
    std::optional<std::string> policy{};  // a document; the preset aliexpress if left out
    // Opens the store anew, as after a crash: what was committed is there. A store in memory if left out.
    std::function<std::shared_ptr<store::contract>()> open{};
};

struct simulated {
    std::optional<std::string> violation;  // what was broken; the step is where it was seen
    std::size_t step = 0;
};

// Writes every event as it is recorded, a line of JSON each, and a last line with the counts.
simulated simulate(simulation_options const& options, std::ostream& out);

}  // namespace recourse::tools
