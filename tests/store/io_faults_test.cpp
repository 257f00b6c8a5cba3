// Fails every call that the SQLite store makes to its disk, once and for good, as EIO and as ENOSPC, and looks whether
// what was acknowledged is there, nothing is half there, and the same call again does it once. Takes no arguments; exit
// code 0 means that all is well. RECOURSE_IO_SEEDS says with how many scripts (1).
#include "store/faults/trials.hpp"

using namespace recourse::test;

int main() {
    verdict plain;
    verdict found;
    auto const seeds = static_cast<unsigned>(number_from("RECOURSE_IO_SEEDS", 1));
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        plain.add(try_plainly(seed));
        found.add(try_disk_errors(seed));
    }
    bool const well = report("steps without a fault", plain);
    return report("calls to the disk failed", found) && well ? 0 : 1;
}
