// Kills what moves disputes to the second file of a SQLite store, and moves many of them beside a writer and readers of all
// events. Takes no arguments; prints its seed and figures; exit code 0 means that nothing was lost or met twice, and that the
// controls, which must lose something, did. RECOURSE_ARCHIVE_KILLS says how many are killed (100), RECOURSE_ARCHIVED how many
// disputes are moved (2000), RECOURSE_SEED repeats a run.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "recourse/store/archive.hpp"
#include "recourse/store/sqlite.hpp"
#include "samples.hpp"
#include "store/faults/trials.hpp"

using namespace recourse;
using namespace recourse::test;
using namespace store_samples;

namespace {

constexpr instant in_april{1'776'000'000'000'000};
constexpr std::uint32_t events_each = 4;
constexpr std::size_t batch_max = 100;

std::string name_of(std::uint64_t number) { return "D-" + std::to_string(number); }

// Follows the feed until nothing more is written; how often it met each event.
std::map<std::string, int> follow(store::sqlite_options const& options, std::atomic<bool> const& all_written) {
    std::map<std::string, int> met;
    auto const at = store::open_sqlite(options);
    for (std::uint64_t after = 0;;) {
        bool const last = all_written;
        auto const page = at->feed(after, 500);
        for (auto const& one : page) ++met[to_text(one.dispute) + " " + std::to_string(one.event.version)];
        if (!page.empty()) after = page.back().position;
        if (page.empty() && last) return met;
        if (page.empty()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

std::uint64_t size_of(std::string const& path) {
    std::error_code none;
    std::uint64_t all = 0;
    for (auto const* const end : {"", "-wal"})
        if (auto const size = std::filesystem::file_size(path + end, none); !none) all += size;
    return all;
}

verdict move_many(std::uint64_t disputes) {
    verdict found;
    folder const place;
    store::sqlite_options const options{.path = place / "store.db", .busy_timeout_ms = 60'000};
    auto const at = store::open_sqlite(options);
    std::atomic<std::uint64_t> written = 0;
    for (std::uint64_t first = 0; first < disputes; first += batch_max) {
        std::vector<store::append> group;
        for (auto number = first; number < std::min(disputes, first + batch_max); ++number)
            group.push_back(sample(key(name_of(number)), 0, "open", events_each));
        append_all(*at, group);
        written += group.size() * events_each;
    }
    auto const before = size_of(options.path);
    std::atomic<bool> ended = false;
    std::atomic<bool> all_written = false;
    std::thread writer{[&] {
        auto const own = store::open_sqlite(options);
        for (std::uint32_t version = 0; !ended; ++version) {
            append_one(*own, sample(key("W-1"), version, std::to_string(version)));
            ++written;
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }};
    std::map<std::string, int> met;
    std::thread reader{[&] { met = follow(options, all_written); }};
    auto const from = std::chrono::steady_clock::now();
    auto const archive = store::open_archive(options);
    for (std::uint64_t first = 0; first < disputes; first += batch_max) {
        std::vector<store::resting_dispute> batch;
        for (auto number = first; number < std::min(disputes, first + batch_max); ++number)
            batch.push_back({key(name_of(number)), events_each, in_april});
        found.tried += batch.size();
        found.acknowledged += archive->move(batch).size();
    }
    auto const took = std::chrono::duration<double>{std::chrono::steady_clock::now() - from}.count();
    ended = true;
    writer.join();
    all_written = true;
    reader.join();
    // The one with the last event of the file stays; the writer's is that, unless it had not begun yet.
    if (found.acknowledged + 1 < disputes)
        found.fault(std::to_string(disputes - found.acknowledged) + " were not moved");
    if (met.size() != written)
        found.fault("a reader met " + std::to_string(met.size()) + " events of " + std::to_string(written));
    for (auto const& [event, times] : met)
        if (times != 1) found.fault("a reader met the event " + event + " " + std::to_string(times) + " times");
    for (auto const& one : at->damages()) found.fault(one.what);
    std::map<std::string, std::uint32_t> versions;
    for (std::uint64_t number = 0; number < disputes; number += 7)
        if (at->events(key(name_of(number))).size() != events_each) found.fault(name_of(number) + " lacks events");
    std::printf(
        "%llu disputes moved at %.0f a second beside %llu commands; the first file had %.1f MB, the second has %.1f "
        "MB\n",
        static_cast<unsigned long long>(found.acknowledged), static_cast<double>(found.acknowledged) / took,
        static_cast<unsigned long long>(written - disputes * events_each), static_cast<double>(before) / 1e6,
        static_cast<double>(size_of(options.path + ".archive")) / 1e6);
    // The control: without the second file all that is looked for is missing, and is told to be.
    std::filesystem::rename(options.path + ".archive", options.path + ".away");
    try {
        static_cast<void>(store::open_sqlite(options)->feed(0, 500));
        found.fault("control: a reader without the second file does not notice");
    } catch (failure const& told) {
        std::printf("control: %s\n", told.what());
    }
    return found;
}

}  // namespace

int main() {
    auto const seed = static_cast<unsigned>(number_from("RECOURSE_SEED", std::random_device{}()));
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    bool well = report("killed while disputes are archived",
                       try_archive_kills(seed, number_from("RECOURSE_ARCHIVE_KILLS", 100)));
    auto const careless = try_archive_kills(seed, 16, true);
    std::printf("control: one that removes before it copies: %s\n",
                careless.faults.empty() ? "NOT NOTICED" : careless.faults[0].c_str());
    well = careless.wrong > 0 && well;
    return report("disputes moved under a writer and a reader", move_many(number_from("RECOURSE_ARCHIVED", 2000))) &&
                   well
               ? 0
               : 1;
}
