// The engine's figures in one table: what is asked, what was measured, and how many times over it is met.
//
//     recourse_figures FOLDER [COMMAND]   // writes tables and a story into FOLDER; COMMAND runs XState on them
//
// Ends with 0 only if every figure is as asked and XState was measured.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "benchmarks/measured_steps.hpp"
#include "benchmarks/peers/asked.hpp"
#include "benchmarks/peers/command_times.hpp"
#include "benchmarks/peers/counted_memory.hpp"
#include "benchmarks/peers/output_of.hpp"
#include "benchmarks/peers/story.hpp"
#include "recourse/lifecycle/evolve.hpp"
#include "tools/commands.hpp"

using namespace recourse;

namespace {

enum class bound : unsigned char { at_most, at_least, none };

struct figure {
    std::string what;
    bound kind = bound::none;
    double asked = 0;
    double measured = 0;
    std::string unit;
    [[nodiscard]] double times_met() const { return kind == bound::at_least ? measured / asked : asked / measured; }
    [[nodiscard]] bool holds() const { return kind == bound::none || times_met() >= 1; }
};

void print(figure const& one) {
    auto const number = [](double value) { return fmt::format("{:.{}f}", value, value < 100 ? 2 : 0); };
    auto const asked =
        one.kind == bound::none
            ? std::string{"-"}
            : fmt::format("{} {}", one.kind == bound::at_most ? "at most" : "at least", number(one.asked));
    fmt::print("{:<62}{:>20}{:>14} {:<9}{:>8}  {}\n", one.what, asked, number(one.measured), one.unit,
               one.kind == bound::none ? "" : fmt::format("{:.2f}x", one.times_met()), one.holds() ? "" : "MISSED");
}

double million_events_replayed_a_second(std::vector<event> const& events) {
    constexpr int replays = 2000;
    auto const nanoseconds = peers::least_nanoseconds(20, [&] {
        for (int count = 0; count < replays; ++count) {
            record all;
            for (auto const& one : events) evolve(all, one);
            if (all.version != events.back().version) throw std::runtime_error{"replay is not whole"};
        }
    });
    return static_cast<double>(events.size()) * replays / nanoseconds * 1'000;
}

// A dispute over three lines with the claim and an offer; clocks that its stage does not need yet are set as well.
std::size_t bytes_of_an_open_dispute() {
    auto all = test::negotiating().all();
    int running = 0;
    for_each_machine(all, [&]<class L>(machine<L> const& one) { running += one.clock ? 1 : 0; });
    for_each_machine(all, [&]<class L>(machine<L>& one) {
        if (one.clock || running >= 4) return;
        one.clock = lifecycle::running_clock{.kind = lifecycle::clock::decision, .due = {1}, .since = {0}};
        ++running;
    });
    if (running != 4 || all.dispute().kept.lines.size() != 3 || all.offers().size() != 2)
        throw std::runtime_error{fmt::format("{} clocks, {} lines and {} offers are another dispute", running,
                                             all.dispute().kept.lines.size(), all.offers().size())};
    peers::heap_count const counted;
    record const held = all;
    return sizeof held + counted.bytes();
}

// The fastest way of XState, in nanoseconds an event.
double nanoseconds_of_xstate(std::string const& command, std::string const& folder) {
    std::istringstream lines{peers::output_of(fmt::format("{} '{}'", command, folder))};
    double least = std::numeric_limits<double>::max();
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields{line};
        std::string peer;
        std::string way;
        double nanoseconds = 0;
        std::getline(fields, peer, '\t');
        std::getline(fields, way, '\t');
        if (!(fields >> nanoseconds) || nanoseconds <= 0)
            throw std::runtime_error{fmt::format("its line '{}' is not peer, way and time", line)};
        fmt::print("{} by {}: {:.0f} ns an event, restored and persisted\n", peer, way, nanoseconds);
        least = std::min(least, nanoseconds);
    }
    if (least == std::numeric_limits<double>::max()) throw std::runtime_error{"it gave no time"};
    return least;
}

void write_tables(std::string const& folder) {
    std::ofstream file{folder + "/lifecycles.json"};
    std::istringstream nothing;
    tools::print_lifecycles({nothing, file, file});
    if (!file.flush()) throw std::runtime_error{folder + "/lifecycles.json cannot be written"};
}

std::vector<figure> figures_of_commands() {
    std::vector<figure> all;
    auto const commands = test::measured_commands();
    auto const times = peers::times_of(commands);
    for (std::size_t at = 0; at < commands.size(); ++at) {
        all.push_back({fmt::format("decide: {}", commands[at].name), bound::at_most, 1'000, times[at].decided, "ns"});
        all.push_back({"  from stored bytes and back", bound::none, 0, times[at].from_bytes, "ns"});
    }
    return all;
}

// `trouble` gets a line for every step that the machine and the switch take differently.
std::vector<figure> figures_of_steps(std::vector<std::string>& trouble) {
    std::vector<figure> all;
    test::for_each_measured_step([&](auto const& step) {
        auto const took = test::compared(step);
        if (!took.same_answer) trouble.push_back(fmt::format("{}: the machine and the switch differ", step.name));
        all.push_back({fmt::format("step: {} ({:.1f} ns, by hand {:.1f} ns)", step.name, took.machine, took.by_hand),
                       bound::at_most, 3, took.machine / took.by_hand, "x"});
    });
    return all;
}

figure figure_of_replay(peers::story const& told) {
    std::vector<event> events;
    for (auto const& one : told.commands) {
        auto const made = one.decided();
        events.insert(events.end(), made.accepted->events.begin(), made.accepted->events.end());
    }
    return {"replay", bound::at_least, 2, million_events_replayed_a_second(events), "M/s"};
}

std::vector<figure> figures_of_xstate(std::string const& command, std::string const& folder, peers::story const& told) {
    auto const steps = static_cast<double>(told.steps.size());
    peers::command_times ours;  // of an event
    for (auto const& one : peers::times_of(told.commands)) {
        ours.decided += one.decided / steps;
        ours.from_bytes += one.from_bytes / steps;
    }
    auto const theirs = nanoseconds_of_xstate(command, folder);
    return {{fmt::format("XState over us, an event of a story of {:.0f} ({:.0f} ns, ours {:.0f} ns)", steps, theirs,
                         ours.decided),
             bound::at_least, 50, theirs / ours.decided, "x"},
            {fmt::format("  over us from stored bytes and back ({:.0f} ns)", ours.from_bytes), bound::none, 0,
             theirs / ours.from_bytes, "x"}};
}

}  // namespace

int main(int count, char** words) try {
    if (count < 2 || count > 3) throw std::runtime_error{"usage: recourse_figures FOLDER [COMMAND]"};
    std::string const folder = words[1];
    std::filesystem::create_directories(folder);
    auto const told = peers::a_dispute();
    write_tables(folder);
    peers::write_steps(folder, told);

    std::vector<std::string> trouble;
    auto all = figures_of_commands();
    auto const add = [&](std::vector<figure> const& more) { all.insert(all.end(), more.begin(), more.end()); };
    add(figures_of_steps(trouble));
    add({figure_of_replay(told),
         {"memory of an open dispute: 3 lines, 2 offers, 4 clocks", bound::at_most, 1'024,
          static_cast<double>(bytes_of_an_open_dispute()), "bytes"}});
    try {
        if (count < 3) throw std::runtime_error{"no command was given"};
        add(figures_of_xstate(words[2], folder, told));
    } catch (std::exception const& missing) {
        trouble.push_back(fmt::format("XState was not measured: {}", missing.what()));
    }

    fmt::print("\n{:<62}{:>20}{:>14} {:<9}{:>8}\n", "figure", "asked", "measured", "", "ratio");
    for (auto const& one : all) {
        print(one);
        if (!one.holds()) trouble.push_back(fmt::format("missed: {}", one.what));
    }
    fmt::print("\n");
    for (auto const& line : trouble) fmt::print("NOT AS IT SHOULD BE: {}\n", line);
    if (trouble.empty()) fmt::print("Every figure is as asked.\n");
    return trouble.empty() ? 0 : 1;
} catch (std::exception const& failure) {
    fmt::print(stderr, "recourse_figures: {}\n", failure.what());
    return 1;
}
