// Several writers at one dispute, and commands that come again.
#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "store/faults/judging.hpp"

namespace recourse::test {

using namespace store_samples;
using store::committed;
using store::conflict;
using store::duplicate;
using store::outcome;

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr int patience_ms = 60'000;

// A command of one writer, or the firing of the timer, which is the same for all of them.
store::append raced(std::uint32_t version, unsigned writer, std::uint64_t number, bool timer) {
    auto const name = timer ? "timer:G-1/D-1:" + std::to_string(version)
                            : "writer " + std::to_string(writer) + " number " + std::to_string(number);
    auto one = sample(key("D-1"), version, name);
    one.outbox = {{"notification", name}};
    one.next_due = instant{second * (std::int64_t{version} + 1)};
    one.ledger = {{row(version + 1, 1'000'000'000'000, std::int64_t{version} + 1, 0)}};
    return one;
}

struct tally {
    std::uint64_t committed = 0;
    std::uint64_t conflicts = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t others = 0;
    void count(outcome const& answer) {
        if (std::holds_alternative<store::committed>(answer))
            ++committed;
        else if (std::holds_alternative<conflict>(answer))
            ++conflicts;
        else if (std::holds_alternative<duplicate>(answer))
            ++duplicates;
        else
            ++others;
    }
    void add(tally const& other) {
        committed += other.committed;
        conflicts += other.conflicts;
        duplicates += other.duplicates;
        others += other.others;
    }
};

// Command keys are never forgotten, so that a dispute that is raced for long becomes slow: a new store now and then.
constexpr std::uint64_t versions_a_store = 200;

// What stands in the end: a version for each commit, each timer fired at most once, one effect and one step of the
// account for each version.
void judge_race(store::contract& at, tally const& sum, std::uint64_t tried, std::string const& when, verdict& found) {
    found.tried += tried;
    found.acknowledged += sum.committed;
    auto const now = at.load(key("D-1"));
    auto const version = now ? std::uint64_t{now->version} : 0;
    if (version != sum.committed)
        found.fault(when + ": " + std::to_string(sum.committed) + " commits made version " + std::to_string(version));
    if (sum.committed + sum.conflicts + sum.duplicates != tried || sum.others != 0)
        found.fault(when + ": committed, conflicts and duplicates are not what was tried");
    std::map<std::string, int> commands;
    std::uint32_t next = 0;
    for (auto const& event : at.events(key("D-1"))) {
        if (event.version != ++next) found.fault(when + ": a version is missing");
        if (++commands[event.command] > 1) found.fault(when + ": twice: " + event.command);
    }
    if (at.outbox(0, 1'000'000).size() != version) found.fault(when + ": an effect is missing or doubled");
    auto const money = at.ledger(settlement_group{"G-1"}, payment_id{"P-1"});
    if ((money ? money->version : 0) != version ||
        (money ? money->reserved_minor : 0) != static_cast<std::int64_t>(version))
        found.fault(when + ": the account is not what the events say");
    for (auto const& damage : at.damages()) found.fault(when + ": " + damage.what);
}

// All of them decide on the same version, then append in an order by chance.
std::uint64_t race_in_turns(std::vector<std::unique_ptr<store::contract>>& all, std::uint64_t most,
                            std::mt19937& random, tally& sum, std::string const& when, verdict& found) {
    std::uint64_t tried = 0;
    for (std::uint64_t version = 0; version < versions_a_store && tried < most && !found.is_enough(); ++version) {
        std::vector<std::pair<std::size_t, store::append>> decided;
        for (std::size_t writer = 0; writer < all.size(); ++writer) {
            auto const now = all[writer]->load(key("D-1"));
            bool const timer = version > 0 && random() % 2 == 0;
            decided.emplace_back(writer, raced(now ? now->version : 0, static_cast<unsigned>(writer), version, timer));
        }
        std::shuffle(decided.begin(), decided.end(), random);
        auto const before = sum.committed;
        for (auto const& [writer, one] : decided) {
            sum.count(append_one(*all[writer], one));
            ++tried;
        }
        if (sum.committed != before + 1) found.fault(when + ": a version was won by none or by several");
    }
    return tried;
}

std::uint64_t race_in_threads(std::vector<std::unique_ptr<store::contract>>& all, std::uint64_t most, unsigned seed,
                              tally& sum, std::string const& when, verdict& found) {
    std::mutex guard;
    std::atomic<std::uint64_t> tried = 0;
    std::vector<std::thread> threads;
    for (unsigned writer = 0; writer < all.size(); ++writer) {
        threads.emplace_back([&, writer] {
            tally own;
            std::mt19937 random{seed + writer};
            try {
                for (std::uint64_t number = 0; tried < most; ++number) {
                    auto const now = all[writer]->load(key("D-1"));
                    auto const version = now ? now->version : 0;
                    if (version >= versions_a_store) break;
                    std::this_thread::yield();  // so that others decide on the same version
                    bool const timer = version > 0 && random() % 2 == 0;
                    ++tried;
                    own.count(append_one(*all[writer], raced(version, writer, number, timer)));
                }
            } catch (std::exception const& thrown) {
                std::lock_guard const held{guard};
                found.fault(when + ": " + thrown.what());
            }
            std::lock_guard const held{guard};
            sum.add(own);
        });
    }
    for (auto& one : threads) one.join();
    return tried;
}

}  // namespace

verdict try_races(unsigned seed, unsigned writers, std::uint64_t appends, bool threads) {
    verdict found;
    std::mt19937 random{seed};
    auto const when = "seed " + std::to_string(seed) + ", " + std::to_string(writers) + " writers" +
                      (threads ? " in threads" : " in turns");
    try {
        while (found.tried < appends) {
            store_place const place;
            simulated_disk disk{static_cast<unsigned>(random())};
            std::vector<std::unique_ptr<store::contract>> all;
            for (unsigned writer = 0; writer < writers; ++writer) all.push_back(open_store(place.path(), patience_ms));
            auto const most = appends - found.tried;
            tally sum;
            auto const tried = threads ? race_in_threads(all, most, static_cast<unsigned>(random()), sum, when, found)
                                       : race_in_turns(all, most, random, sum, when, found);
            judge_race(*all.front(), sum, tried, when, found);
            if (found.is_enough()) break;
        }
    } catch (std::exception const& thrown) {
        found.fault(when + ": " + thrown.what());
    }
    return found;
}

// --- duplicates --------------------------------------------------------------------------------------------------

namespace {

constexpr std::uint32_t disputes = 40;
constexpr std::uint32_t commands_each = 5;  // to a dispute, one after the other

struct sent {
    std::uint32_t dispute = 0;
    std::uint32_t number = 0;
    bool other_content = false;
};

store::append command_of(sent const& one) {
    auto made = sample(key("D-" + std::to_string(one.dispute)), one.number,
                       "command " + std::to_string(one.dispute) + " " + std::to_string(one.number));
    if (one.other_content) made.fingerprint = sha256("another content");
    made.outbox = {{"notification", made.command}};
    return made;
}

// What must be answered: a command is committed once those before it are, and known from then on.
outcome expected_of(sent const& one, std::uint32_t version) {
    if (one.number < version) {
        if (one.other_content) return store::key_reused{};
        return duplicate{one.number + 1};
    }
    if (one.number == version) return committed{version + 1};
    return dispute_conflict(version);
}

}  // namespace

verdict try_duplicates(unsigned seed, std::uint64_t commands) {
    verdict found;
    std::mt19937 random{seed};
    auto const when = "seed " + std::to_string(seed);
    try {
        while (found.tried < commands) {
            store_place const place;
            simulated_disk disk{static_cast<unsigned>(random())};
            std::unique_ptr<store::contract> at[] = {open_store(place.path(), patience_ms),
                                                     open_store(place.path(), patience_ms)};
            std::vector<sent> all;
            for (std::uint32_t dispute = 0; dispute < disputes; ++dispute)
                for (std::uint32_t number = 0; number < commands_each; ++number)
                    for (auto times = 1 + random() % 5; times > 0; --times) all.push_back({dispute, number, false});
            std::vector<std::uint32_t> versions(disputes, 0);
            // Shuffled and sent until nothing is new: a command that came before its turn is a conflict, and comes again.
            for (int round = 0; round < 3; ++round) {
                std::shuffle(all.begin(), all.end(), random);
                for (auto one : all) {
                    if (random() % 500 == 0) {  // one of them ends, and comes back
                        auto& back = at[random() % 2];
                        back.reset();
                        back = open_store(place.path(), patience_ms);
                    }
                    auto& version = versions[one.dispute];
                    one.other_content = one.number < version && random() % 20 == 0;
                    auto const expected = expected_of(one, version);
                    ++found.tried;
                    auto const answer = append_one(*at[random() % 2], command_of(one));
                    if (answer != expected) found.fault(when + ": another answer to " + command_of(one).command);
                    if (std::holds_alternative<committed>(answer)) {
                        ++version;
                        ++found.acknowledged;
                    }
                }
            }
            std::size_t effects = 0;
            for (std::uint32_t dispute = 0; dispute < disputes; ++dispute) {
                effects += versions[dispute];
                auto const stored = at[0]->events(key("D-" + std::to_string(dispute)));
                if (stored.size() != versions[dispute]) found.fault(when + ": events lost or doubled");
                for (std::uint32_t number = 0; number < stored.size(); ++number)
                    if (stored[number].command != command_of({dispute, number}).command)
                        found.fault(when + ": an event of another command");
            }
            if (at[1]->outbox(0, 10'000).size() != effects) found.fault(when + ": effects lost or doubled");
            for (auto const& damage : at[0]->damages()) found.fault(when + ": " + damage.what);
            if (found.is_enough()) break;
        }
    } catch (std::exception const& thrown) {
        found.fault(when + ": " + thrown.what());
    }
    return found;
}

}  // namespace recourse::test
