// Two to sixteen writers race for one dispute and its timer in a SQLite store, and commands come again and again, shuffled,
// over connections that end and come back. Takes no arguments; prints its seed; exit code 0 means that all is well.
// RECOURSE_RACES and RECOURSE_DUPLICATES say how many appends of each are tried (100000), RECOURSE_SEED repeats a run;
// what threads do by chance it does not repeat.
#include <cstdio>
#include <random>

#include "store/faults/trials.hpp"

using namespace recourse::test;

int main() {
    auto const seed = static_cast<unsigned>(number_from("RECOURSE_SEED", std::random_device{}()));
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    auto const races = number_from("RECOURSE_RACES", 100'000);
    constexpr unsigned counts_of_writers = 4;
    verdict in_turns;
    verdict in_threads;
    for (unsigned const writers : {2U, 4U, 8U, 16U}) {
        in_turns.add(try_races(seed, writers, races * 9 / 10 / counts_of_writers, false));
        in_threads.add(try_races(seed, writers, races / 10 / counts_of_writers, true));
    }
    bool well = report("races in turns", in_turns);
    well = report("races in threads", in_threads) && well;
    return report("duplicates", try_duplicates(seed, number_from("RECOURSE_DUPLICATES", 100'000))) && well ? 0 : 1;
}
