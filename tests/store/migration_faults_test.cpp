// Brings files of schema versions 1 and 3 up to date while every call to its disk fails, once and for good, as EIO and as ENOSPC,
// and while the power goes: whatever happens, the next one to open it finds what it held. Takes no arguments; prints its
// seed; exit code 0 means that all is well. RECOURSE_SEED repeats a run.
#include <cstdio>
#include <random>

#include "store/faults/trials.hpp"

using namespace recourse::test;

int main() {
    auto const seed = static_cast<unsigned>(number_from("RECOURSE_SEED", std::random_device{}()));
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    return report("migrations cut off", try_migration(seed, number_from("RECOURSE_IMAGES", 20000) / 10)) ? 0 : 1;
}
