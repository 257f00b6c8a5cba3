// A process that moves disputes to the second file of a store, and one of them back, and writes on beside it, is killed:
// between the two files, where a move is two transactions, or anywhere. Whatever it was told stands, nothing stands twice,
// and the same move again finishes.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <thread>

#include "recourse/store/archive.hpp"
#include "recourse/store/sqlite.hpp"
#include "store/faults/trials.hpp"
#include "store/samples.hpp"
#include "store/sqlite/archive.hpp"
#include "store/sqlite/format.hpp"

namespace recourse::test {

namespace {

using store_samples::append_one;
using store_samples::key;
using store_samples::sample;

constexpr instant in_april{1'776'000'000'000'000};
constexpr std::uint32_t disputes = 8;
constexpr std::uint64_t rounds_a_file = 12;

struct acknowledged {  // written to the pipe in one piece
    std::uint32_t dispute;
    std::uint32_t version;
    std::uint64_t command;
};

dispute_key key_of(std::uint32_t dispute) { return key("D-" + std::to_string(dispute)); }
std::string text_of(std::uint64_t command) { return "command " + std::to_string(command); }

std::vector<store::resting_dispute> some_of(store::contract& at, std::mt19937& random) {
    std::vector<store::resting_dispute> batch;
    for (std::uint32_t dispute = 0; dispute < disputes; ++dispute)
        if (auto const now = at.load(key_of(dispute)); now && random() % 2 == 0)
            batch.push_back({key_of(dispute), now->version, in_april});
    return batch;
}

// What is cut off: the copy is in the second file, and nothing has left the first. `careless`: the other way about.
[[noreturn]] void die_between_the_files(store::sqlite_options const& options, std::mt19937& random, bool careless) {
    auto second = options;
    second.path = store::sqlite::archive_path(options.path);
    auto const at = store::open_sqlite(options);
    auto const batch = some_of(*at, random);
    store::sqlite::connection from{options};
    store::sqlite::connection to{second};
    store::sqlite::settle_format(from);
    store::sqlite::settle_format(to);
    if (careless) {
        std::vector<store::sqlite::copied_dispute> all;
        for (auto const& one : batch) all.push_back({one.dispute, one.version, at->load(one.dispute)->head});
        store::sqlite::leave_in_archive(from, all);
    } else {
        store::sqlite::copy_to_archive(from, to, batch);
    }
    kill(getpid(), SIGKILL);
    _exit(3);
}

[[noreturn]] void go_on_until_killed(store::sqlite_options const& options, int pipe, std::uint64_t command,
                                     std::mt19937& random) {
    auto const at = store::open_sqlite(options);
    auto const archive = store::open_archive(options);
    for (;; ++command) {
        auto const which = static_cast<std::uint32_t>(random()) % disputes;
        auto const dispute = key_of(which);
        if (random() % 4 == 0) archive->move(some_of(*at, random));
        if (random() % 4 == 0) archive->restore(dispute);
        auto const now = at->load(dispute);
        try {
            auto const answer = append_one(*at, sample(dispute, now ? now->version : 0, text_of(command)));
            auto const* const done = std::get_if<store::committed>(&answer);
            if (done == nullptr) _exit(4);
            acknowledged const said{which, done->version, command};
            if (write(pipe, &said, sizeof said) != sizeof said) _exit(3);
        } catch (failure const&) {  // it is archived
            archive->restore(dispute);
        }
    }
}

class trial {
  public:
    trial(unsigned seed, bool careless) : random_{seed}, careless_{careless} { start(); }

    void round(std::uint64_t number) {
        if (number % rounds_a_file == 0 && number > 0) start();
        bool const between = number % 2 == 0;
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error{"no pipe"};
        auto const seed = static_cast<unsigned>(random_());
        auto const child = fork();
        if (child == 0) {
            try {
                std::mt19937 random{seed};
                if (between) die_between_the_files(options_, random, careless_);
                go_on_until_killed(options_, ends[1], next_command_, random);
            } catch (std::exception const&) {
                _exit(2);
            }
        }
        close(ends[1]);
        if (!between) {
            std::this_thread::sleep_for(std::chrono::microseconds{2000 + random_() % 30'000});
            kill(child, SIGKILL);
        }
        for (acknowledged said{}; read(ends[0], &said, sizeof said) == sizeof said;) {
            told_[said.dispute][said.version] = text_of(said.command);
            next_command_ = std::max(next_command_, said.command + 1);
            ++found_.acknowledged;
        }
        close(ends[0]);
        next_command_ += 1'000'000;  // one that was written and not acknowledged keeps its name
        int status = 0;
        waitpid(child, &status, 0);
        ++found_.tried;
        if (!WIFSIGNALED(status)) found_.fault("the process ended by itself, " + std::to_string(WEXITSTATUS(status)));
        try {
            judge(between ? "killed between the two files" : "killed");
            if (careless_ || found_.wrong > 0) return;
            auto const at = store::open_sqlite(options_);
            auto const feed = at->feed(0, 1'000'000);
            store::open_archive(options_)->move(some_of(*at, random_));
            if (at->feed(0, 1'000'000) != feed) found_.fault("the same move again changes what is read");
            judge("moved again");
        } catch (failure const& thrown) {
            found_.fault(std::string{"what was killed cannot be read: "} + thrown.what());
        }
    }
    [[nodiscard]] verdict const& found() const { return found_; }

  private:
    void start() {
        place_ = std::make_unique<store_samples::folder>();
        options_ = {.path = *place_ / "store.db"};
        told_.clear();
        auto const at = store::open_sqlite(options_);
        for (std::uint32_t dispute = 0; dispute < disputes; ++dispute) {
            append_one(*at, sample(key_of(dispute), 0, "open", 2));
            told_[dispute][1] = "open";
        }
        // The archive is there, so that what is killed between the two files is killed there.
        auto const now = at->load(key_of(0));
        std::vector<store::resting_dispute> const one{{key_of(0), now->version, in_april}};
        store::open_archive(options_)->move(one);
    }

    void judge(std::string const& when) {
        auto const at = store::open_sqlite(options_);
        std::map<std::pair<std::string, std::uint32_t>, int> fed;
        std::uint64_t before = 0;
        for (auto const& one : at->feed(0, 1'000'000)) {
            ++fed[{to_text(one.dispute), one.event.version}];
            if (one.position <= before) found_.fault(when + ": positions do not ascend");
            before = one.position;
        }
        std::size_t all = 0;
        for (auto const& [dispute, commands] : told_) {
            auto const name = to_text(key_of(dispute));
            auto const now = at->load(key_of(dispute));
            auto const events = at->events(key_of(dispute));
            all += events.size();
            if (!now || now->version != events.size())
                found_.fault(when + ": " + name + " has not the events of its version");
            for (std::size_t which = 0; which < events.size(); ++which) {
                if (events[which].version != which + 1) found_.fault(when + ": " + name + " lacks an event");
                if (fed[{name, events[which].version}] != 1)
                    found_.fault(when + ": an event of " + name + " is fed " +
                                 std::to_string(fed[{name, events[which].version}]) + " times");
            }
            for (auto const& [version, command] : commands)
                if (version > events.size() || events[version - 1].command != command)
                    found_.fault(when + ": lost: " + command + " of " + name);
        }
        if (fed.size() != all) found_.fault(when + ": the feed has other events than the disputes");
        for (auto const& one : at->damages()) found_.fault(when + ": " + one.what);
    }

    std::mt19937 random_;
    bool careless_;
    std::unique_ptr<store_samples::folder> place_;
    store::sqlite_options options_{};
    std::map<std::uint32_t, std::map<std::uint32_t, std::string>> told_;
    std::uint64_t next_command_ = 0;
    verdict found_;
};

}  // namespace

verdict try_archive_kills(unsigned seed, std::uint64_t kills, bool careless) {
    trial one{seed, careless};
    for (std::uint64_t number = 0; number < kills && !one.found().is_enough(); ++number) one.round(number);
    return one.found();
}

}  // namespace recourse::test
