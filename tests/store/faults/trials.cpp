// The plain run, the errors of the disk, and the loss of power.
#include "trials.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <new>
#include <set>
#include <stdexcept>
#include <string_view>

#include "store/faults/judging.hpp"

namespace recourse::test {

void verdict::fault(std::string what) {
    constexpr std::size_t shown = 10;
    ++wrong;
    if (faults.size() < shown) faults.push_back(std::move(what));
}

void verdict::add(verdict const& other) {
    tried += other.tried;
    different += other.different;
    acknowledged += other.acknowledged;
    wrong += other.wrong;
    for (auto const& one : other.faults)
        if (faults.size() < 10) faults.push_back(one);
}

std::uint64_t number_from(char const* variable, std::uint64_t otherwise) {
    auto const* const given = std::getenv(variable);
    return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

bool report(char const* name, verdict const& found) {
    for (auto const& one : found.faults) std::printf("FAULT %s: %s\n", name, one.c_str());
    std::printf("%s: %llu tried", name, static_cast<unsigned long long>(found.tried));
    if (found.different > 0) std::printf(" (%llu different)", static_cast<unsigned long long>(found.different));
    if (found.acknowledged > 0) std::printf(", %llu acknowledged", static_cast<unsigned long long>(found.acknowledged));
    std::printf(", %llu wrong\n", static_cast<unsigned long long>(found.wrong));
    std::fflush(stdout);
    return found.wrong == 0 && found.tried > 0;
}

namespace {

void judge_backups(simulated_disk& disk, script const& told, std::string const& path, std::size_t steps,
                   std::string const& when, verdict& found) {
    for (std::size_t at = 0; at < steps; ++at) {
        auto const& name = told.steps[at].name;
        if (name != "a backup" && name != "a compact backup") continue;
        session copy{disk, path + told.backups[name == "a backup" ? 0 : 1]};
        judge(copy, told, at, at, when + ": " + name, found);
    }
}

void require_invalid(session& here, store::append const& bad, std::string const& what, verdict& found) {
    auto const before = contents_of(here.at());
    try {
        here.at().append({&bad, 1});
        found.fault(what + " is accepted");
    } catch (std::invalid_argument const&) {
        if (contents_of(here.at()) != before) found.fault(what + " leaves a trace");
    }
}

}  // namespace

verdict try_plainly(unsigned seed, disk_lies const& lies) {
    verdict found;
    store_place const place;
    auto const told = make_script(seed);
    simulated_disk disk{seed};
    disk.lie(lies);
    session here{disk, place.path()};
    try {
        here.open();
        std::size_t done = 0;
        for (auto const& one : told.steps) {
            ++found.tried;
            for (auto const& fault : take(here, one, true)) found.fault(fault);
            ++done;
            judge(here, told, done, done, one.name, found);
        }
        using store_samples::key;
        using store_samples::sample;
        auto none = sample(key("D-9"), 0, "nothing", 0);
        require_invalid(here, none, "an append without events", found);
        auto gap = sample(key("D-9"), 0, "a gap", 2);
        gap.events[1].version = 3;
        require_invalid(here, gap, "an append with a gap in its versions", found);
        auto poor = sample(key("D-9"), 0, "too much");
        poor.ledger = {{store_samples::row(1, 100, 60, 60, "P-9")}};
        require_invalid(here, poor, "an account that pays more than was captured", found);
        here.close();
        judge(here, told, done, done, "opened again", found);
        here.close();
        judge_backups(disk, told, place.path(), told.steps.size(), "in the end", found);
    } catch (std::exception const& thrown) {
        found.fault(std::string{"thrown: "} + thrown.what());
    }
    return found;
}

// --- errors of the disk ------------------------------------------------------------------------------------------

verdict try_disk_errors(unsigned seed, unsigned stride, disk_lies const& lies) {
    verdict found;
    store_place const place;
    auto const told = make_script(seed);
    simulated_disk disk{seed};
    auto const before = files_before_steps(disk, told, place.path(), found);
    disk.lie(lies);
    for (std::size_t which = 0; which <= told.steps.size(); ++which) {
        auto const name = which == 0 ? std::string{"making the store"} : told.steps[which - 1].name;
        disk_image const files = which == 0 ? disk_image{} : before[which - 1];
        for (auto const error : {disk_error::io, disk_error::full}) {
            for (bool const for_good : {false, true}) {
                for (std::uint64_t call = 1 + seed % stride;; call += stride) {
                    disk.mount(files);
                    session here{disk, place.path()};
                    if (which > 0) here.open();
                    disk.fail({call, for_good, error});
                    auto const when = name + ", call " + std::to_string(call) + " fails" +
                                      (error == disk_error::io ? " by EIO" : " by ENOSPC") +
                                      (for_good ? " for good" : " once");
                    auto const how = run_step(here, told, which, true, trouble::disk, when, found);
                    bool const reached = disk.has_failed();
                    disk.heal();
                    if (!reached || found.is_enough()) break;
                    ++found.tried;
                    if (how == ended::well) ++found.acknowledged;
                    judge_after_fault(here, told, which, how, &files, when, found);
                }
            }
        }
    }
    return found;
}

// --- power -------------------------------------------------------------------------------------------------------

namespace {

// The steps whose acknowledgement came after so many changes of the disk.
struct course {
    disk_image before;
    std::vector<disk_change> log;
    std::vector<std::size_t> acknowledged;  // at [n] the changes made when step n was answered; [0] is the opening
};

course run_course(simulated_disk& disk, script const& told, std::string const& path, verdict& found) {
    course made;
    disk.mount({});
    session here{disk, path};
    here.open();
    made.acknowledged.push_back(disk.changes());
    for (auto const& one : told.steps) {
        for (auto const& fault : take(here, one, true)) found.fault(fault);
        made.acknowledged.push_back(disk.changes());
    }
    here.close();
    made.log = disk.log();
    return made;
}

// Goes on with the steps that are missing, and what was not acknowledged among them: it must be possible, and come to the
// same end.
void go_on(session& here, script const& told, std::size_t acknowledged, std::size_t from, std::string const& when,
           verdict& found) {
    try {
        if (from > acknowledged && can_be_repeated(told.steps[acknowledged])) from = acknowledged;
        for (auto at = from; at < told.steps.size(); ++at)
            for (auto const& fault : take(here, told.steps[at], false)) found.fault(when + ": " + fault);
        judge(here, told, told.steps.size(), told.steps.size(), when + ", gone on to the end", found);
    } catch (std::exception const& thrown) {
        found.fault(when + ": it cannot go on: " + thrown.what());
    }
}

}  // namespace

verdict try_power_losses(unsigned seed, std::uint64_t images, disk_lies const& lies) {
    constexpr std::uint64_t images_a_course = 2500;
    constexpr std::uint64_t each_goes_on = 50;  // every so many images are gone on with, and their backups opened
    verdict found;
    store_place const place;
    std::mt19937 random{seed};
    while (found.different < images && !found.is_enough()) {
        auto const told = make_script(static_cast<unsigned>(random()));
        simulated_disk disk{static_cast<unsigned>(random())};
        disk.lie(lies);
        auto const whole = run_course(disk, told, place.path(), found);
        auto const share = std::min(images_a_course, 3 * (images - found.different));
        std::vector<std::size_t> points;  // every call, again and again
        while (points.size() < share)
            for (std::size_t at = 0; at <= whole.log.size() && points.size() < share; ++at) points.push_back(at);
        std::sort(points.begin(), points.end());
        power_loss loss{whole.before, whole.log};
        std::set<std::pair<std::size_t, std::size_t>> seen;  // of this moment
        std::size_t acknowledged = 0;
        for (auto const point : points) {
            if (found.is_enough()) break;
            loss.advance_to(point);
            // A step that changed nothing counts as soon as the one before it.
            auto const done =
                static_cast<std::size_t>(std::upper_bound(whole.acknowledged.begin(), whole.acknowledged.end(), point) -
                                         whole.acknowledged.begin());
            acknowledged = done == 0 ? 0 : done - 1;
            auto const most = std::min(acknowledged + 1, told.steps.size());
            auto left = loss.image(random);
            ++found.tried;
            std::size_t sum = acknowledged;
            for (auto const& [name, bytes] : left) sum = sum * 31 + std::hash<std::string>{}(bytes);
            if (!seen.emplace(acknowledged, sum).second) continue;  // just looked at
            ++found.different;
            found.acknowledged += acknowledged;
            auto const when = "seed " + std::to_string(seed) + ", power lost after change " + std::to_string(point);
            disk.mount(left);
            session here{disk, place.path()};
            auto const now = judge(here, told, done == 0 ? 0 : acknowledged, most, when, found);
            if (now && found.different % each_goes_on == 0) {
                go_on(here, told, acknowledged, *now, when, found);
                here.close();
                disk.mount(left);
                judge_backups(disk, told, place.path(), acknowledged, when, found);
            }
            here.close();
        }
    }
    return found;
}

}  // namespace recourse::test
