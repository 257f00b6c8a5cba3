// Writes to clusters until it is told to stop, noting each acknowledged command in a file; and looks whether what is noted
// is there. MAP is the file of a map of shards, read again after every call that threw.
//
//     recourse_cluster_client write MAP FILE     until SIGTERM; then what it met, in one line
//     recourse_cluster_client check MAP FILE     exit code 0: nothing lost, nothing doubled, nothing damaged
//     recourse_cluster_client gap FILE FROM      the longest time without an acknowledgement, from line FROM on
//
// A line of the file is "GROUP DISPUTE COMMAND MILLISECONDS". Each command reserves one cent and has one effect, so that
// the ledger and the outbox can be told from the events.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

#include "recourse/store/postgres.hpp"
#include "recourse/store/shards.hpp"
#include "store/samples.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

constexpr int writers = 4;
constexpr std::uint64_t disputes_at_once = 8;
constexpr std::uint64_t commands_a_dispute = 25;  // on average; then others take their place
constexpr std::uint64_t groups = 4;
constexpr std::int64_t captured = 1'000'000'000;
constexpr int deadline_ms = 5000;
// A call that was late is told a little later than the deadline, on a machine that has much to do.
constexpr int late_ms = 1000;

std::atomic<bool> stopping{false};
std::atomic<std::uint64_t> begun{0};
std::atomic<std::uint64_t> acknowledged{0};
std::atomic<std::uint64_t> unknown{0};        // commands of which a call threw, so that nobody knew
std::atomic<std::uint64_t> found_written{0};  // of those, the ones that were duplicates when they were sent again
std::atomic<std::int64_t> longest_call_ms{0};

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void note_longest(std::int64_t length) {
    auto before = longest_call_ms.load();
    while (before < length && !longest_call_ms.compare_exchange_weak(before, length)) {}
}

store::shard_map map_in(std::string const& path) {
    std::ifstream file{path};
    auto read = store::read_shard_map(std::string{std::istreambuf_iterator<char>{file}, {}});
    if (!read) throw std::runtime_error{path + " is no map of shards"};
    return *std::move(read);
}

// The clusters as one host has them: a store for each, opened when it is wanted.
class clusters {
  public:
    explicit clusters(std::string path) : path_{std::move(path)}, map_{map_in(path_)} {}

    // Throws store_unavailable as long as no store could be opened there.
    store::contract& having(settlement_group const& group) {
        auto const& cluster = store::cluster_of(map_, group);
        auto& store = stores_[cluster.name];
        if (!store) store = store::open_postgres({.connection = cluster.connection, .deadline_ms = deadline_ms});
        return *store;
    }
    void read_map_again() { map_ = map_in(path_); }

  private:
    std::string path_;
    store::shard_map map_;
    std::map<std::string, std::unique_ptr<store::contract>> stores_{};
};

// True when it is answered; false when somebody was faster.
bool try_once(store::contract& at, dispute_key const& dispute, std::string const& command, bool sent_before) {
    auto const now = at.load(dispute);
    auto const account = at.ledger(dispute.group, payment_id{"P-1"});
    auto one = sample(dispute, now ? now->version : 0, command, 1 + static_cast<std::uint32_t>(command.size() % 3));
    one.outbox = {{"notification", command}};
    one.ledger = {{row(account ? account->version + 1 : 1, captured, account ? account->reserved_minor + 1 : 1, 0)}};
    auto const answer = append_one(at, one);
    bool const repeats = std::holds_alternative<store::duplicate>(answer);
    if (repeats && !sent_before) throw std::logic_error{"a command that was never sent is a duplicate"};
    if (repeats) ++found_written;
    return repeats || std::holds_alternative<store::committed>(answer);
}

// The commands of one writer have ids that no other run of this program makes again.
void write_until_stopped(std::string const& map, int file, int writer) {
    std::mt19937_64 random{static_cast<std::uint64_t>(now_ms()) * writers + static_cast<std::uint64_t>(writer)};
    std::string const whose = std::to_string(getpid()) + "-" + std::to_string(now_ms()) + "/" + std::to_string(writer);
    clusters all{map};
    for (int number = 0; !stopping; ++number) {
        auto const generation = begun++ / (disputes_at_once * commands_a_dispute);
        auto const which = random() % disputes_at_once;
        auto const dispute =
            key("D-" + std::to_string(getpid()) + "-" + std::to_string(generation) + "-" + std::to_string(which),
                "G-" + std::to_string(which % groups));
        auto const command = whose + "/" + std::to_string(number);
        bool answered = false;
        for (bool sent_before = false; !answered && !stopping;) {
            auto const from = now_ms();
            bool sent = false;
            try {
                auto& at = all.having(dispute.group);
                sent = true;
                answered = try_once(at, dispute, command, sent_before);
            } catch (failure const& problem) {
                if (problem.kind() != failure_kind::store_unavailable) throw;
                if (sent && !sent_before) ++unknown;
                sent_before = sent_before || sent;
                all.read_map_again();
                std::this_thread::sleep_for(std::chrono::milliseconds{20});
            }
            note_longest(now_ms() - from);
        }
        if (!answered) return;
        auto const line = std::string{dispute.group.text()} + " " + std::string{dispute.dispute.text()} + " " +
                          command + " " + std::to_string(now_ms()) + "\n";
        if (::write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            throw std::runtime_error{"cannot note what was acknowledged"};
        ++acknowledged;
    }
}

int run_writers(std::string const& map, char const* path) {
    int const file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (file < 0) throw std::runtime_error{"cannot write the file of what was acknowledged"};
    struct sigaction stop {};
    stop.sa_handler = [](int) { stopping = true; };
    sigaction(SIGTERM, &stop, nullptr);
    std::atomic<bool> failed{false};
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            try {
                write_until_stopped(map, file, writer);
            } catch (std::exception const& problem) {
                std::fprintf(stderr, "a writer: %s\n", problem.what());
                failed = stopping = true;
            }
        });
    for (auto& thread : threads) thread.join();
    // An attempt is three calls at most, or an opening; each keeps its own deadline.
    bool const too_long = longest_call_ms > 3 * deadline_ms + late_ms;
    std::printf("%llu acknowledged; %llu unknown, of which %llu were found written; longest attempt %lld ms\n",
                static_cast<unsigned long long>(acknowledged.load()), static_cast<unsigned long long>(unknown.load()),
                static_cast<unsigned long long>(found_written.load()), static_cast<long long>(longest_call_ms.load()));
    return failed || too_long ? 1 : 0;
}

struct promise {
    std::string group;
    std::string dispute;
    std::string command;
    std::int64_t at_ms = 0;
};

std::vector<promise> promises_in(char const* path) {
    std::vector<promise> all;
    std::ifstream in{path};
    for (promise one; in >> one.group >> one.dispute >> one.command >> one.at_ms;) all.push_back(one);
    if (!in.eof()) throw std::runtime_error{"the file of what was acknowledged cannot be read"};
    return all;
}

class checking {
  public:
    // What one cluster has of its shards: of others it may have kept what has moved away.
    void look_at(store::contract& at, store::shard_map const& map, std::string const& name) {
        auto const is_here = [&](dispute_key const& dispute) {
            return store::cluster_of(map, dispute.group).name == name;
        };
        std::map<std::string, std::int64_t> of_group;
        std::optional<dispute_key> last_read;
        for (;;) {
            auto const some = at.disputes(last_read, 1000);
            if (some.empty()) break;
            last_read = some.back();
            for (auto const& dispute : some)
                if (is_here(dispute)) of_group[std::string{dispute.group.text()}] += commands_of(at, dispute);
        }
        for (auto const& [group, count] : of_group) {
            auto const account = at.ledger(settlement_group{group}, payment_id{"P-1"});
            if (!account || account->reserved_minor != count)
                complain("the ledger of " + group + " has not one cent a command");
        }
        for (auto const& effect : at.outbox(0, 100'000'000)) {
            if (!is_here(effect.dispute)) complain("an effect has stayed where its shard was");
            ++effects_[effect.entry.body];
        }
        for (auto const& damage : at.damages()) complain(damage.what);
    }

    int tell(std::vector<promise> const& promises) {
        std::uint64_t doubled = 0;
        for (auto const& [command, count] : commands_)
            if (count != 1) ++doubled;
        std::uint64_t lost = 0;
        for (auto const& one : promises)
            if (!commands_.contains({one.group, one.dispute, one.command})) ++lost;
        for (auto const& [command, count] : commands_) {
            auto const found = effects_.find(std::get<2>(command));
            if (found == effects_.end() || found->second != 1)
                complain("the command " + std::get<2>(command) + " has not one effect");
        }
        if (effects_.size() > commands_.size()) complain("there are effects of no command");
        std::printf("%zu acknowledged so far: %llu lost, %llu doubled, %llu damages\n", promises.size(),
                    static_cast<unsigned long long>(lost), static_cast<unsigned long long>(doubled),
                    static_cast<unsigned long long>(damaged_));
        return lost + doubled + damaged_ == 0 ? 0 : 1;
    }

  private:
    void complain(std::string const& what) {
        if (++damaged_ <= 10) std::fprintf(stderr, "%s\n", what.c_str());
    }

    std::int64_t commands_of(store::contract& at, dispute_key const& dispute) {
        digest last;
        std::int64_t count = 0;
        for (auto const& event : at.events(dispute)) {  // throws if one is missing
            if (event.link != store::link_of(dispute, last, event)) complain("a link is wrong in " + to_text(dispute));
            last = event.link;
            if (event.command.empty()) continue;
            ++commands_[{std::string{dispute.group.text()}, std::string{dispute.dispute.text()}, event.command}];
            ++count;
        }
        if (at.load(dispute)->head != last) complain("the head is wrong in " + to_text(dispute));
        return count;
    }

    std::uint64_t damaged_ = 0;
    std::map<std::tuple<std::string, std::string, std::string>, int> commands_{};
    std::map<std::string, int> effects_{};  // by the command, which is all that an effect says
};

int check(std::string const& path, char const* noted) {
    auto const promises = promises_in(noted);
    auto const map = map_in(path);
    checking all;
    for (auto const& cluster : map.clusters) {
        if (cluster.shards.empty()) continue;
        auto const at =
            store::open_postgres({.connection = cluster.connection, .create = false, .deadline_ms = 120'000});
        all.look_at(*at, map, cluster.name);
    }
    return all.tell(promises);
}

int gap(char const* path, std::string_view from) {
    std::size_t first = 0;
    if (std::from_chars(from.data(), from.data() + from.size(), first).ec != std::errc{})
        throw std::invalid_argument{"FROM is the number of a line"};
    auto const promises = promises_in(path);
    if (first >= promises.size()) throw std::runtime_error{"nothing was acknowledged from that line on"};
    std::int64_t longest = 0;
    std::vector<std::int64_t> moments;
    for (auto at = first; at < promises.size(); ++at) moments.push_back(promises[at].at_ms);
    std::sort(moments.begin(), moments.end());
    for (std::size_t at = 1; at < moments.size(); ++at) longest = std::max(longest, moments[at] - moments[at - 1]);
    std::printf("%lld\n", static_cast<long long>(longest));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        std::string_view const what = count > 1 ? words[1] : "";
        if (what == "write" && count == 4) return run_writers(words[2], words[3]);
        if (what == "check" && count == 4) return check(words[2], words[3]);
        if (what == "gap" && count == 4) return gap(words[2], words[3]);
        std::fprintf(stderr, "usage: write MAP FILE | check MAP FILE | gap FILE FROM\n");
        return 2;
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
