// The subcommands `worker` and `parked`.
#include "tools/worker/command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <memory>
#include <ostream>
#include <random>

#include "tools/calendar/arguments.hpp"
#include "tools/worker/opening.hpp"
#include "tools/worker/worker.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    std::string store;
    std::string program;
    std::vector<std::string> program_arguments;
    std::string url;
    std::string now;
    std::optional<std::uint64_t> seed;
    worker_options options;
    std::size_t at_once = 1;
    bool listens = false;
    calendar_sources calendars;
    std::optional<std::uint64_t> release;
    bool json = false;
};

// Set by SIGTERM and SIGINT while a worker runs.
std::atomic<bool> told_to_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);

class stop_signals {
  public:
    stop_signals() {
        told_to_stop = false;
        struct sigaction stopping {};
        stopping.sa_handler = [](int) { told_to_stop = true; };
        for (std::size_t at = 0; at < signals.size(); ++at) ::sigaction(signals[at], &stopping, &before_[at]);
    }
    stop_signals(stop_signals const&) = delete;
    stop_signals& operator=(stop_signals const&) = delete;
    ~stop_signals() {
        for (std::size_t at = 0; at < signals.size(); ++at) ::sigaction(signals[at], &before_[at], nullptr);
    }

  private:
    static constexpr std::array<int, 2> signals{SIGTERM, SIGINT};
    std::array<struct sigaction, 2> before_{};
};

// The machine, the process, and a number: a process of this number may have been here before.
std::string name_by_itself() {
    std::array<char, 65> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    for (auto& letter : host) {
        if (letter != '\0' && (letter <= ' ' || letter > '~')) letter = '_';
    }
    return fmt::format("{}-{}-{:08x}", host.data(), ::getpid(), std::random_device{}());
}

// As many as effects are carried out at once.
std::vector<std::unique_ptr<carrier>> hosts_of(arguments const& given) {
    std::vector<std::string> words{given.program};
    words.insert(words.end(), given.program_arguments.begin(), given.program_arguments.end());
    std::vector<std::unique_ptr<carrier>> all;
    if (given.program.empty() && given.url.empty()) return all;
    while (all.size() < given.at_once)
        all.push_back(given.url.empty() ? carried_by_program(words, given.options.timeout_ms)
                                        : carried_by_request(given.url, given.options.timeout_ms));
    return all;
}

int work(arguments given, streams with) {
    if (!given.program.empty() && !given.url.empty())
        throw std::invalid_argument{"--command and --url: effects go one way; give one of them, or neither"};
    if (given.program.empty() && !given.program_arguments.empty())
        throw std::invalid_argument{
            fmt::format("\"{}\": without --command there is nothing to give it to", given.program_arguments.front())};
    if (given.options.timeout_ms >= given.options.lease_seconds * 1000)
        throw std::invalid_argument{"--timeout: expected less than --lease, so that no lease ends while it lasts"};
    if (!given.now.empty()) {
        auto const now = parse_instant(given.now);
        if (!now) throw std::invalid_argument{"--now: " + now.error()};
        given.options.now = *now;
    }
    given.options.seed = given.seed ? *given.seed : std::random_device{}();
    if (given.options.name.empty()) given.options.name = name_by_itself();
    auto const store = open_existing(given.store);
    auto woken = given.listens ? bell_of(given.store) : store_worker::bell{};
    stop_signals const heard;
    store_worker one{given.options,
                     *store,
                     calendars_of(given.calendars),
                     hosts_of(given),
                     [] { return told_to_stop.load(); },
                     with.error,
                     std::move(woken)};
    return one.work().whole || !given.options.once ? exit_done : exit_failed;
}

int show_parked(arguments const& given, streams with) {
    auto const store = open_existing(given.store);
    if (given.release) {
        if (!store->release(*given.release))
            throw std::invalid_argument{fmt::format("--release: no effect is parked at position {}", *given.release)};
        with.out << (given.json ? fmt::format("{{\"released\":{}}}\n", *given.release)
                                : fmt::format("{}: handed out again\n", *given.release));
        return exit_done;
    }
    constexpr std::size_t page = 100;
    std::uint64_t after = 0;
    for (auto all = store->parked_effects(after, page); !all.empty(); all = store->parked_effects(after, page)) {
        for (auto const& [effect, at, attempts, reason] : all) {
            if (given.json)
                with.out << boost::json::serialize(boost::json::object{{"position", effect.position},
                                                                       {"key", delivery_key(effect)},
                                                                       {"kind", effect.entry.kind},
                                                                       {"at", to_text(at)},
                                                                       {"attempts", attempts},
                                                                       {"reason", as_reason(reason)}})
                         << "\n";
            else
                with.out << fmt::format("{}  {}  {}  {}  after {} attempts: {}\n", effect.position, to_text(at),
                                        delivery_key(effect), as_reason(effect.entry.kind), attempts,
                                        as_reason(reason));
        }
        after = all.back().effect.position;
    }
    return exit_done;
}

CLI::App* add_worker(CLI::App& app, std::shared_ptr<arguments> const& given) {
    auto* command = app.add_subcommand("worker", "Fire deadlines and hand effects to the host, until told to stop");
    auto& options = given->options;
    auto const seconds = [](std::int64_t most) { return CLI::Range(std::int64_t{1}, most); };
    constexpr std::int64_t day = 86'400;
    command->add_option("--store", given->store, "A SQLite file, or postgres://...")->required();
    command->add_option("--command", given->program, "A program: gets each effect as a line of JSON");
    command->add_option("argument", given->program_arguments, "Of the program; those with a dash behind --");
    command->add_option("--url", given->url, "Where each effect is posted to");
    command->add_option("--name", options.name, "No two workers have the same; made up if left out");
    command->add_option("--lease", options.lease_seconds, "Seconds that what was claimed is this worker's")
        ->check(seconds(day));
    command->add_option("--timeout", options.timeout_ms, "Milliseconds that the host may take for one effect")
        ->check(seconds(day * 1000));
    command->add_option("--attempts", options.attempts, "At so many an effect that fails is parked")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--backoff", options.backoff_seconds, "Seconds before the second attempt; doubled after each")
        ->check(seconds(day));
    command->add_option("--backoff-most", options.backoff_seconds_max, "Seconds between two attempts at most")
        ->check(seconds(30 * day));
    command->add_option("--poll", options.poll_ms, "Milliseconds between two looks when there was nothing to do")
        ->check(seconds(day * 1000));
    command->add_option("--batch", options.batch, "So many are claimed at once")->check(CLI::Range(1, 10'000));
    command->add_option("--at-once", given->at_once, "So many effects are carried out at once, of as many disputes")
        ->check(CLI::Range(1, 256));
    command->add_flag("--listen", given->listens, "Wait until PostgreSQL tells of work, --poll at most");
    command->add_option("--seed", given->seed, "Of the jitter; from the system if left out");
    command->add_flag("--once", options.once, "End when nothing is due, instead of waiting");
    command->add_option("--metrics", options.figures_path, "A file for Prometheus, written anew at each interval");
    command->add_option("--metrics-interval", options.figures_interval_ms, "Milliseconds")->check(seconds(day * 1000));
    command->add_option("--now", given->now, "Time stands still there; for tests");
    add_calendar_sources(*command, given->calendars);
    return command;
}

}  // namespace

std::function<std::function<int(streams)>()> add_worker_commands(CLI::App& app) {
    auto const given = std::make_shared<arguments>();
    auto* worker = add_worker(app, given);
    auto* parked = app.add_subcommand("parked", "The effects that were parked; hand one out again");
    parked->add_option("--store", given->store, "A SQLite file, or postgres://...")->required();
    parked->add_option("--release", given->release, "The position of the one to hand out again");
    parked->add_flag("--json", given->json, "Answer in JSON, one object a line");
    return [worker, parked, given]() -> std::function<int(streams)> {
        if (worker->parsed()) return [given](streams with) { return work(*given, with); };
        if (parked->parsed()) return [given](streams with) { return show_parked(*given, with); };
        return {};
    };
}

}  // namespace recourse::tools
