// The commands in turns, round after round: what else the computer does for a while then meets all of them alike.
#include "benchmarks/peers/command_times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "recourse/engine/json.hpp"

namespace recourse::peers {

namespace {

constexpr int rounds = 400;
constexpr std::size_t times_a_round = 201;
constexpr int rounds_from_bytes = 40;
constexpr std::size_t times_from_bytes = 51;

// The middle one of many single times, of the call alone: what it made is judged and thrown away after the clock was
// read.
template <class Run, class Judge>
double median_nanoseconds(std::size_t count, Run run, Judge judge) {
    using clock = std::chrono::steady_clock;
    std::vector<double> times(count);
    for (auto& took : times) {
        auto const start = clock::now();
        auto const made = run();
        took = std::chrono::duration<double, std::nano>{clock::now() - start}.count();
        judge(made);
    }
    auto const middle = times.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

void require_right(test::measured_command const& one, decision const& made) {
    if (!one.is_right(made)) throw std::runtime_error{fmt::format("{}: another answer than expected", one.name)};
}

double nanoseconds_to_decide(test::measured_command const& one) {
    return median_nanoseconds(
        times_a_round, [&] { return one.decided(); }, [&](decision const& made) { require_right(one, made); });
}

struct decided_and_written {
    decision made;
    std::string bytes;
};

// The totals and the version of an account stand in columns of their own, which cost nothing to read.
std::optional<account> read_again(std::optional<account> const& money, std::string const& lines) {
    if (!money) return std::nullopt;
    auto read = read_account(lines);
    read.payment = money->payment;
    read.version = money->version;
    read.currency = money->currency;
    return read;
}

double nanoseconds_from_bytes(test::measured_command const& one) {
    auto const& play = one.play;
    auto const state = play.all().version > 0 ? to_json(play.all()) : std::string{};
    auto const lines = play.money ? lines_to_json(*play.money) : std::string{};
    auto const run = [&] {
        auto const before = state.empty() ? record{} : read_record(state);
        auto const money = read_again(play.money, lines);
        decided_and_written done{decide(play.disputes[0].key, before, money, play.known, one.asked, one.now), {}};
        if (auto const& accepted = done.made.accepted) {
            done.bytes += to_json(accepted->after);
            for (auto const& happened : accepted->events) done.bytes += to_json(happened);
            if (accepted->money) done.bytes += lines_to_json(*accepted->money);
        }
        return done;
    };
    return median_nanoseconds(times_from_bytes, run, [&](decided_and_written const& done) {
        require_right(one, done.made);
        if (one.accepted == done.bytes.empty()) throw std::runtime_error{"what was decided was not written"};
    });
}

}  // namespace

std::vector<command_times> times_of(std::vector<test::measured_command> const& all) {
    constexpr auto most = std::numeric_limits<double>::max();
    std::vector<command_times> least(all.size(), {most, most});
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t at = 0; at < all.size(); ++at) {
            least[at].decided = std::min(least[at].decided, nanoseconds_to_decide(all[at]));
            if (round < rounds_from_bytes)
                least[at].from_bytes = std::min(least[at].from_bytes, nanoseconds_from_bytes(all[at]));
        }
    }
    return least;
}

}  // namespace recourse::peers
