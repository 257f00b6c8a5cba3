// Judging a store.
#include "judging.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "recourse/vocabulary/failure.hpp"
#include "store/faults/failing_memory.hpp"

namespace recourse::test {
namespace {

// Where two texts begin to differ, with the line there.
std::string difference(std::string const& found, std::string const& wanted) {
    auto const [here, there] = std::mismatch(found.begin(), found.end(), wanted.begin(), wanted.end());
    auto const line = [](std::string const& text, std::string::const_iterator at) {
        auto const offset = static_cast<std::size_t>(at - text.begin());
        auto const start = offset == 0 ? std::string::npos : text.rfind('\n', offset - 1);
        return text.substr(start == std::string::npos ? 0 : start + 1, 80);
    };
    return "found \"" + line(found, here) + "\" instead of \"" + line(wanted, there) + "\"";
}

}  // namespace

std::optional<std::size_t> judge(session& here, script const& told, std::size_t least, std::size_t most,
                                 std::string const& when, verdict& found) {
    try {
        auto const now = contents_of(here.at());
        for (auto const& damage : here.at().damages()) found.fault(when + ": " + damage.what);
        for (auto after = most + 1; after-- > least;)
            if (told.after[after] == now) return after;
        found.fault(when + ": after step " + std::to_string(least) + ", " + difference(now, told.after[least]));
    } catch (std::exception const& thrown) {
        found.fault(when + ": the store cannot be read: " + thrown.what());
    }
    return std::nullopt;
}

std::vector<disk_image> files_before_steps(simulated_disk& disk, script const& told, std::string const& path,
                                           verdict& found) {
    std::vector<disk_image> all;
    disk.mount({});
    session here{disk, path};
    here.open();
    for (auto const& one : told.steps) {
        all.push_back(disk.files());
        for (auto const& fault : take(here, one, true)) found.fault(fault);
    }
    all.push_back(disk.files());
    here.close();
    return all;
}

bool can_be_repeated(step const& one) { return one.repeats || !one.call; }

ended run_step(session& here, script const& told, std::size_t which, bool first_time, trouble expected,
               std::string const& when, verdict& found) {
    try {
        if (which == 0)
            here.open();
        else
            for (auto const& fault : take(here, told.steps[which - 1], first_time)) found.fault(when + ": " + fault);
        return ended::well;
    } catch (failure const& thrown) {
        memory_of_test const own;
        if (thrown.kind() != failure_kind::store_unavailable)
            found.fault(when + ": the failure is " + std::string{name(thrown.kind())} + ": " + thrown.what());
    } catch (std::bad_alloc const&) {
        if (expected == trouble::disk) found.fault(when + ": an error of the disk is told as missing memory");
    } catch (std::exception const& thrown) {
        memory_of_test const own;
        found.fault(when + ": " + thrown.what());
    }
    return ended::refused;
}

void judge_after_fault(session& here, script const& told, std::size_t which, ended how, disk_image const* before,
                       std::string const& when, verdict& found) {
    auto& disk = here.disk();
    std::size_t const untouched = which == 0 ? 0 : which - 1;
    std::size_t const least = how == ended::well ? which : untouched;

    disk_image left;
    if (before != nullptr) {
        power_loss loss{*before, disk.log()};
        loss.advance_to(disk.changes());
        left = loss.least();
    }

    auto now = judge(here, told, least, which, when, found);
    if (now && *now == untouched && untouched != which) {
        // A refused command may be counted again, and an append is known by its key: the rest is done as before.
        if (run_step(here, told, which, false, trouble::disk, when + ", again", found) == ended::refused)
            found.fault(when + ": the same call fails after the disk was repaired");
        else
            judge(here, told, which, which, when + ", again", found);
    } else if (now && which > 0 && can_be_repeated(told.steps[which - 1])) {
        run_step(here, told, which, false, trouble::disk, when + ", sent again", found);
        judge(here, told, which, which, when + ", sent again", found);
    }
    here.close();
    judge(here, told, which, which, when + ", opened again", found);
    here.close();
    if (before == nullptr) return;
    disk.mount(left);
    judge(here, told, least, which, when + ", then the power went", found);
    here.close();
}

}  // namespace recourse::test
