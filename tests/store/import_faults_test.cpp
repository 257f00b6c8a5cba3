// Imports the lines of a store into a new file while every call to its disk fails, once and for good, as EIO and as ENOSPC,
// and while the power goes: what is left holds all of it or nothing, and an import that has returned is there. Takes no
// arguments; prints its seed; exit code 0 means that all is well. RECOURSE_IMAGES says how often the power goes, ten times
// over (20000), RECOURSE_SEED repeats a run.
#include <cstdio>
#include <random>

#include "store/faults/trials.hpp"

using namespace recourse::test;

int main() {
    auto const seed = static_cast<unsigned>(number_from("RECOURSE_SEED", std::random_device{}()));
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    return report("imports cut off", try_import(seed, number_from("RECOURSE_IMAGES", 20000) / 10)) ? 0 : 1;
}
