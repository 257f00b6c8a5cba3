// Our store in SQLite beside a bare program that writes the same rows, and beside five tables as a mapper of objects makes
// them; how long a dispute takes to load; and what comes due among many disputes.
//
//     recourse_sqlite_benchmark [--disputes N] [--folder PATH] [--rounds N] [--commands N]
//
// `--disputes` says among how many the next due are looked for, default 200,000; `--folder` where the files are made, on a
// disk and not in memory, default where it is started. One command reads what it rests on, advances its dispute, and writes
// an event of 300 bytes, a state of 400, a deadline and an effect of 150, each wait for the disk included. All write in turn,
// group by group; the median of the rounds is told, and the rate at which the disk takes single pages. Exit code 1 where what
// is asked of the counts and ratios is missed: 80 % of the bare program by 100, 15 microseconds to load, 1 ms for the
// next 100 due, 200 MB of memory.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "bare_writer.hpp"
#include "benchmarks/sync_probe.hpp"
#include "recourse/store/sqlite.hpp"
#include "store/samples.hpp"

using namespace recourse;
using namespace recourse::test;
using namespace store_samples;

namespace {

using clock_used = std::chrono::steady_clock;

constexpr std::uint32_t disputes = 20'000;  // that commands are given to
constexpr std::size_t in_a_group = 100;
constexpr std::int64_t day = 86'400'000'000;

struct settings {
    std::uint32_t disputes = 200'000;
    std::filesystem::path folder = std::filesystem::current_path();
    int rounds = 5;
    std::uint32_t commands = 10'000;  // of each in a round
};

std::uint32_t number_in(std::string const& text, std::string const& option) {
    char* end = nullptr;
    auto const value = std::strtoul(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || value < 1 || value > 1'000'000'000)
        throw std::invalid_argument{option + " wants a number from 1 to 1,000,000,000"};
    return static_cast<std::uint32_t>(value);
}

settings settings_in(int count, char** words) {
    settings all;
    for (int at = 1; at < count; at += 2) {
        std::string const option = words[at];
        std::string const value = at + 1 < count ? words[at + 1] : "";
        if (option == "--disputes")
            all.disputes = std::max(number_in(value, option), 1000U);
        else if (option == "--folder")
            all.folder = value;
        else if (option == "--rounds")
            all.rounds = static_cast<int>(number_in(value, option));
        else if (option == "--commands")
            all.commands = number_in(value, option);
        else
            throw std::invalid_argument{"no option " + option +
                                        "; there are --disputes, --folder, --rounds, --commands"};
    }
    return all;
}

// A folder on the disk that goes away with the program.
class place {
  public:
    explicit place(std::filesystem::path const& in) : path_{in / ("sqlite_benchmark_" + std::to_string(getpid()))} {
        std::filesystem::create_directory(path_);
    }
    place(place const&) = delete;
    place& operator=(place const&) = delete;
    ~place() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string operator/(std::string const& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

dispute_key key_of(std::uint32_t dispute) {
    return key("D-" + std::to_string(dispute), "G-" + std::to_string(dispute / 4));
}

store::append command_for(std::uint32_t dispute, std::uint32_t version, std::mt19937& random) {
    auto one = sample(key_of(dispute), version, "command " + std::to_string(version));
    one.events[0].body = std::string(300, 'e');
    one.events[0].recorded_at = one.events[0].at;
    one.state = std::string(400, 's');
    one.next_due = instant{static_cast<std::int64_t>(random() % 3000) * day / 100};
    one.outbox = {{"notification", std::string(150, 'n')}};
    return one;
}

double seconds_since(clock_used::time_point from) {
    return std::chrono::duration<double>(clock_used::now() - from).count();
}

double middle(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

std::string range(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return std::to_string(std::llround(all.front())) + " to " + std::to_string(std::llround(all.back()));
}

std::vector<double> ratios(std::vector<double> const& ours, std::vector<double> const& theirs) {
    std::vector<double> all;
    for (std::size_t round = 0; round < ours.size(); ++round) all.push_back(100 * ours[round] / theirs[round]);
    return all;
}

void append_group(store::contract& at, std::span<store::append const> group) {
    for (auto const& answer : at.append(group))
        if (!std::holds_alternative<store::committed>(answer)) throw std::runtime_error{"a command was not committed"};
}

// Every writer writes all commands, group by group in turn, since what the disk gives changes by the second; who begins
// changes too. Commands a second of each.
template <std::size_t Count>
std::array<double, Count> rates_of(std::vector<store::append> const& commands, std::size_t at_once,
                                   std::array<std::function<void(std::span<store::append const>)>, Count> const& all) {
    std::span<store::append const> const whole{commands};
    std::array<double, Count> took{};
    for (std::size_t first = 0; first < whole.size(); first += at_once) {
        auto const group = whole.subspan(first, std::min(at_once, whole.size() - first));
        for (std::size_t turn = 0; turn < Count; ++turn) {
            auto const writer = (turn + first / at_once) % Count;
            auto const from = clock_used::now();
            all[writer](group);
            took[writer] += seconds_since(from);
        }
    }
    std::array<double, Count> rates{};
    for (std::size_t writer = 0; writer < Count; ++writer)
        rates[writer] = static_cast<double>(whole.size()) / took[writer];
    return rates;
}

bool report(char const* what, std::vector<double> const& all, double least) {
    auto const found = middle(all);
    std::printf("%s: %.0f %% (%s)\n", what, found, range(all).c_str());
    if (found >= least) return true;
    std::printf("FAULT %s: less than %.0f %%\n", what, least);
    return false;
}

// Commands to disputes chosen by chance, the same to all three.
bool compare(settings const& asked, place const& files) {
    std::mt19937 random{1};
    std::vector<std::uint32_t> versions(disputes, 0);
    mapped_writer mapped{files / "mapped.db"};
    {
        auto const at = store::open_sqlite({.path = files / "ours.db"});
        for (std::uint32_t first = 0; first < disputes; first += 1000) {
            std::vector<store::append> group;
            for (auto dispute = first; dispute < first + 1000; ++dispute)
                group.push_back(command_for(dispute, versions[dispute]++, random));
            append_group(*at, group);
            mapped.write(group);
        }
    }
    std::filesystem::copy_file(files / "ours.db", files / "bare.db");
    bare_writer bare{files / "bare.db"};
    auto const at = store::open_sqlite({.path = files / "ours.db", .create = false});

    std::printf("%.0f syncs a second; commands a second:\n", syncs_a_second(files / "probe"));
    std::printf("round  by 100: ours  bare    one by one: ours  bare  five tables\n");
    std::vector<double> ours_grouped;
    std::vector<double> bare_grouped;
    std::vector<double> ours_single;
    std::vector<double> bare_single;
    std::vector<double> mapped_single;
    for (int round = 0; round < asked.rounds; ++round) {
        std::vector<store::append> commands;
        auto const next = [&](std::uint32_t count) {
            commands.clear();
            while (commands.size() < count) {
                auto const dispute = static_cast<std::uint32_t>(random() % disputes);
                commands.push_back(command_for(dispute, versions[dispute]++, random));
            }
        };
        auto const with_ours = [&](std::span<store::append const> group) { append_group(*at, group); };
        auto const with_bare = [&](std::span<store::append const> group) { bare.write(group); };
        auto const with_mapped = [&](std::span<store::append const> group) { mapped.write(group); };
        next(asked.commands);
        auto const grouped = rates_of<2>(commands, in_a_group, {with_ours, with_bare});
        mapped.write(commands);  // it has to know them as well
        next(asked.commands / 20 + 1);
        auto const single = rates_of<3>(commands, 1, {with_ours, with_bare, with_mapped});
        ours_grouped.push_back(grouped[0]);
        bare_grouped.push_back(grouped[1]);
        ours_single.push_back(single[0]);
        bare_single.push_back(single[1]);
        mapped_single.push_back(single[2]);
        std::printf("%5d %13.0f %5.0f %19.0f %5.0f %12.0f\n", round + 1, ours_grouped.back(), bare_grouped.back(),
                    ours_single.back(), bare_single.back(), mapped_single.back());
        std::fflush(stdout);
    }
    bool const fast = report("by 100, of the bare program", ratios(ours_grouped, bare_grouped), 80);
    report("one by one, of the bare program", ratios(ours_single, bare_single), 0);
    report("one by one, of five tables", ratios(ours_single, mapped_single), 0);
    report("by 100, of five tables one by one", ratios(ours_grouped, mapped_single), 0);

    // The same rows: what differs are links and seals only.
    plain_file const left{files / "ours.db"};
    left.run("ATTACH '" + files / "bare.db" + "' AS bare");
    std::int64_t different = 0;
    plain_statement{left,
                    "SELECT (SELECT count(*) FROM (SELECT settlement_group, dispute, version, at, command, body "
                    "FROM main.events EXCEPT SELECT settlement_group, dispute, version, at, command, body FROM "
                    "bare.events)) + (SELECT count(*) FROM (SELECT settlement_group, dispute, version, next_due, "
                    "length(keys), state FROM main.disputes EXCEPT SELECT settlement_group, dispute, version, "
                    "next_due, length(keys), state FROM bare.disputes)) + (SELECT count(*) FROM (SELECT position, "
                    "dispute, body FROM main.outbox EXCEPT SELECT position, dispute, body FROM bare.outbox))"}
        .read_one([&](sqlite3_stmt* row) { different = sqlite3_column_int64(row, 0); });
    if (different != 0)
        std::printf("FAULT the bare program wrote other rows: %lld\n", static_cast<long long>(different));
    return fast && different == 0;
}

struct times {
    double middle = 0;  // in microseconds
    double late = 0;    // one of a hundred takes longer
    double first = 0;
};

template <class Call>
times time_of(int count, Call const& call) {
    std::vector<double> all;
    times found;
    for (int done = 0; done < count; ++done) {
        auto const from = clock_used::now();
        call();
        auto const took = seconds_since(from) * 1e6;
        if (done == 0) found.first = took;
        all.push_back(took);
    }
    std::sort(all.begin(), all.end());
    found.middle = all[all.size() / 2];
    found.late = all[all.size() * 99 / 100];
    return found;
}

// The largest that this process ever was, in MB.
double memory_peak() {
    std::ifstream file{"/proc/self/status"};
    std::string word;
    while (file >> word)
        if (word == "VmHWM:" && file >> word) return std::stod(word) / 1024;
    return 0;
}

// Open disputes as our store writes them, but straight into the table, in the order of their keys and without waiting for the
// disk; the index of deadlines is made at the end. They have no events.
void fill(std::string const& path, std::uint32_t count) {
    static_cast<void>(store::open_sqlite({.path = path}));
    plain_file const file{path};
    std::string index;
    plain_statement{file, "SELECT sql FROM sqlite_schema WHERE name = 'disputes_due'"}.read_one(
        [&](sqlite3_stmt* row) { index = text_at(row, 0); });
    file.run(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; DROP INDEX "
        "disputes_due");
    std::mt19937_64 random{1};
    std::string const state(400, 's');
    plain_statement insert{
        file,
        "INSERT INTO disputes (settlement_group, dispute, version, next_due, keys, head, state, seal) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
    auto const some = sha256("some digest");
    file.run("BEGIN");
    for (std::uint32_t dispute = 0; dispute < count; ++dispute) {
        std::string number = std::to_string(1'000'000'000 + dispute);
        std::string const keys(8 * (1 + random() % 6), 'k');
        insert.run(std::string_view{"G-" + number}, std::string_view{"D-" + number},
                   static_cast<std::int64_t>(keys.size() / 8), static_cast<std::int64_t>(random() % (30 * day)),
                   plain_bytes{keys}, some, plain_bytes{state}, some);
    }
    file.run("COMMIT");
    file.run(index);
    file.run("PRAGMA journal_mode = WAL");
}

bool look_among(settings const& asked, place const& files) {
    auto const path = files / "many.db";
    auto const from = clock_used::now();
    fill(path, asked.disputes);
    std::printf("%u open disputes, %.0f MB, made in %.0f s\n", asked.disputes,
                static_cast<double>(std::filesystem::file_size(path)) / 1e6, seconds_since(from));
    auto const at = store::open_sqlite({.path = path, .create = false});
    std::mt19937 random{2};
    // As many are due as may be: only the first hundred are wanted.
    auto const due = time_of(1000, [&] {
        if (at->due(instant{30 * day}, 100).size() != 100) throw std::runtime_error{"not 100 are due"};
    });
    auto const none = time_of(1000, [&] {
        if (!at->due(instant{-1}, 100).empty()) throw std::runtime_error{"some are due before their time"};
    });
    std::uint32_t one = 0;
    std::vector<dispute_key> often;
    for (int number = 0; number < 1000; ++number) {
        auto const text = std::to_string(1'000'000'000 + random() % asked.disputes);
        often.push_back(key("D-" + text, "G-" + text));
    }
    for (auto const& key : often) at->load(key);
    auto const load = time_of(20'000, [&] {
        if (!at->load(often[one++ % often.size()])) throw std::runtime_error{"a dispute is missing"};
    });
    auto const far = time_of(5000, [&] {
        auto const text = std::to_string(1'000'000'000 + random() % asked.disputes);
        if (!at->load(key("D-" + text, "G-" + text))) throw std::runtime_error{"a dispute is missing"};
    });
    auto const memory = memory_peak();
    std::printf("microseconds                     middle   1 in 100   first\n");
    auto const print = [](char const* what, times const& found) {
        std::printf("%-30s %8.1f %10.1f %7.0f\n", what, found.middle, found.late, found.first);
    };
    print("the next 100 due", due);
    print("nothing due", none);
    print("load, warm", load);
    print("load, any of them", far);
    std::printf("memory of this process at most %.0f MB\n", memory);
    bool const well = due.middle < 1000 && load.middle < 15 && memory < 200;
    if (due.middle >= 1000) std::printf("FAULT the next 100 due take 1 ms or more\n");
    if (load.middle >= 15) std::printf("FAULT a load takes 15 microseconds or more\n");
    if (memory >= 200) std::printf("FAULT the process takes 200 MB or more\n");
    return well;
}

}  // namespace

int main(int count, char** words) {
    try {
        auto const asked = settings_in(count, words);
        place const files{asked.folder};
        bool const found = look_among(asked, files);  // first: the other keeps its commands in memory
        bool const fast = compare(asked, files);
        return found && fast ? 0 : 1;
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 2;
    }
}
