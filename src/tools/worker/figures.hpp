// What a worker counts, in the text form that Prometheus reads.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "recourse/vocabulary/instant.hpp"

namespace recourse::tools {

struct worker_figures {
    static constexpr std::array<double, 9> bounds{0.005, 0.02, 0.1, 0.5, 1, 5, 15, 60, 300};  // seconds

    std::map<std::pair<std::string, std::string>, std::uint64_t> effects{};  // by kind and what became of them
    std::uint64_t deadlines_fired = 0;
    std::uint64_t deadlines_failed = 0;
    std::uint64_t leases_lost = 0;
    std::uint64_t store_errors = 0;
    std::array<std::uint64_t, bounds.size() + 1> took{};  // how many took so long; the last: longer than all bounds
    double took_seconds = 0;
    double deadline_lag_seconds = 0;  // how late the last one was fired
    std::uint64_t parked = 0;         // in the store
    instant last_round{};

    void add_duration(double seconds);
};

std::string to_prometheus(worker_figures const& all, std::string const& worker);

// Written beside and renamed, so that a reader never sees half of it. Throws `failure`.
void write_whole(std::string const& path, std::string const& text);

}  // namespace recourse::tools
