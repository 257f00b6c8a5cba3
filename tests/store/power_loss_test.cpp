// Takes the power away from a SQLite store at every call that it makes to its disk, and looks whether anything that was
// acknowledged is missing from what is left, or anything is half there. Takes no arguments; prints its seed; exit code 0
// means that all is well. RECOURSE_IMAGES says how often (20000), RECOURSE_SEED repeats a run.
#include <cstdio>
#include <random>

#include "store/faults/trials.hpp"

using namespace recourse::test;

int main() {
    auto const seed = static_cast<unsigned>(number_from("RECOURSE_SEED", std::random_device{}()));
    std::printf("seed %u\n", seed);
    std::fflush(stdout);
    return report("images of a loss of power", try_power_losses(seed, number_from("RECOURSE_IMAGES", 20000))) ? 0 : 1;
}
