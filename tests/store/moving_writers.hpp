// Who writes a shard that moves: sends each command until it is answered, wherever the shard is by then, and remembers what
// was acknowledged.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "recourse/store/postgres.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "samples.hpp"

namespace store_samples {

using recourse::dispute_key;
using recourse::failure;

inline store::append next_of(store::contract& at, dispute_key const& dispute, std::string const& command) {
    auto const now = at.load(dispute);
    return sample(dispute, now ? now->version : 0, command);
}

// Writers that send each command until it is answered, wherever the shard is by then; what was acknowledged, by dispute.
struct writers {
    std::map<dispute_key, std::set<std::string>> acknowledged{};
    std::mutex held{};
    std::atomic<bool> stop{false};
    std::atomic<bool> published{false};
    std::atomic<int> sent{0};
    std::vector<std::thread> all{};

    // To disputes W-0 to W-4, W-10 to W-14 and so on, of so many tens.
    writers(store::postgres_options const& from, store::postgres_options const& to, int tens = 3) {
        for (int writer = 0; writer < 3; ++writer)
            all.emplace_back([this, from, to, writer, tens] {
                auto const old_one = store::open_postgres(from);
                auto const new_one = store::open_postgres(to);
                for (int number = 0; !stop; ++number) {
                    auto const dispute = key("W-" + std::to_string(number % 5 + 10 * (number % tens)));
                    auto const command = std::to_string(writer) + "-" + std::to_string(number);
                    while (!send(published ? *new_one : *old_one, dispute, command) && !stop) {
                        std::this_thread::sleep_for(std::chrono::milliseconds{2});
                    }
                }
            });
    }
    bool send(store::contract& at, dispute_key const& dispute, std::string const& command) {
        try {
            auto const answer = append_one(at, next_of(at, dispute, command));
            if (!std::holds_alternative<store::committed>(answer) && !std::holds_alternative<store::duplicate>(answer))
                return false;
        } catch (failure const&) {  // fenced, or not known: the same again
            return false;
        }
        std::lock_guard const lock{held};
        acknowledged[dispute].insert(command);
        ++sent;
        return true;
    }
    void end() {
        stop = true;
        for (auto& one : all) one.join();
        all.clear();
    }
    ~writers() { end(); }

    void let_write(int more) const {
        auto const until = sent + more;
        while (sent < until) std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    // How many acknowledged commands are not there, and how many are there twice.
    std::pair<int, int> lost_and_doubled(store::contract& at) const {
        int lost = 0;
        int doubled = 0;
        for (auto const& [dispute, commands] : acknowledged) {
            std::map<std::string, int> times;
            for (auto const& event : at.events(dispute)) ++times[event.command];
            for (auto const& command : commands) {
                lost += times[command] == 0;
                doubled += times[command] > 1;
            }
        }
        return {lost, doubled};
    }
};

}  // namespace store_samples
