// Every allocation fails once, and for good.
#include "store/faults/failing_memory.hpp"
#include "store/faults/judging.hpp"

namespace recourse::test {

verdict try_memory_errors(unsigned seed, unsigned stride) {
    verdict found;
    store_place const place;
    auto const told = make_script(seed);
    failing_memory memory;  // before the disk: SQLite is started anew
    simulated_disk disk{seed};
    auto const before = files_before_steps(disk, told, place.path(), found);
    for (std::size_t which = 0; which <= told.steps.size(); ++which) {
        auto const name = which == 0 ? std::string{"making the store"} : told.steps[which - 1].name;
        for (auto const source : {memory_source::sqlite, memory_source::operator_new}) {
            for (bool const for_good : {false, true}) {
                for (std::uint64_t allocation = 1 + seed % stride;; allocation += stride) {
                    disk.mount(which == 0 ? disk_image{} : before[which - 1]);
                    session here{disk, place.path()};
                    if (which > 0) here.open();
                    auto const when = name + ", allocation " + std::to_string(allocation) +
                                      (source == memory_source::sqlite ? " of SQLite fails" : " by new fails") +
                                      (for_good ? " for good" : " once");
                    memory.fail({source, allocation, for_good});
                    auto const how = run_step(here, told, which, true, trouble::memory, when, found);
                    memory.heal();
                    if (!memory.has_failed() || found.is_enough()) break;
                    ++found.tried;
                    if (how == ended::well) ++found.acknowledged;
                    judge_after_fault(here, told, which, how, nullptr, when, found);
                }
            }
        }
    }
    return found;
}

}  // namespace recourse::test
