// The subcommand `simulate`.
#include "tools/simulate/command.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

#include "recourse/policy/policy.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/simulate/simulate.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    simulation_options options;
    std::size_t steps = 0;
    std::string policy_path;
    std::string store_path;
};

int simulate_as_told(arguments given, streams with) {
    if (given.options.disputes == 0) throw std::invalid_argument{"--disputes: expected 1 or more"};
    if (given.steps > 0) given.options.steps = given.steps;
    if (!given.policy_path.empty()) {
        std::ifstream file{given.policy_path, std::ios::binary};
        if (!file) throw failure{failure_kind::store_unavailable, fmt::format("cannot read {}", given.policy_path)};
        given.options.policy = std::string{std::istreambuf_iterator<char>{file}, {}};
        if (auto const read = read_policy(*given.options.policy); !read)
            throw failure{failure_kind::policy_missing,
                          fmt::format("{} is not a sound policy:\n{}", given.policy_path, to_text(read.error()))};
    }
    if (!given.store_path.empty()) {
        if (std::ifstream{given.store_path})
            throw std::invalid_argument{
                fmt::format("--store: {} is there; a simulation begins with a new file", given.store_path)};
        given.options.open = [path = given.store_path] {
            return std::shared_ptr<store::contract>{store::open_sqlite({.path = path})};
        };
    }
    auto const done = simulate(given.options, with.out);
    if (!done.violation) return exit_done;
    with.error << fmt::format("recourse: seed {}, step {}: {}\n", given.options.seed, done.step, *done.violation);
    return exit_differs;
}

}  // namespace

std::function<std::function<int(streams)>()> add_simulate_command(CLI::App& app) {
    auto const given = std::make_shared<arguments>();
    auto* command = app.add_subcommand(
        "simulate", "Play disputes by chance over a store that breaks, and look whether everything holds that must");
    command->add_option("--seed", given->options.seed, "The same seed gives the same bytes")->required();
    command->add_option("--disputes", given->options.disputes, "So many disputes")->required();
    command->add_option("--steps", given->steps, "So many steps over all; 40 for each dispute if left out");
    command->add_option("--policy", given->policy_path, "A policy document; the preset aliexpress if left out");
    command->add_option("--store", given->store_path, "A new SQLite file; in memory if left out");
    return [command, given]() -> std::function<int(streams)> {
        if (!command->parsed()) return {};
        return [given](streams with) { return simulate_as_told(*given, with); };
    };
}

}  // namespace recourse::tools
