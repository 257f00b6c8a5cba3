// The lines of a store that are imported into a new file while its disk fails, or the power.
#include <filesystem>
#include <fstream>

#include "recourse/store/sqlite_upkeep.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "store/faults/judging.hpp"

namespace recourse::test {
namespace {

// The lines of a store after the whole script, and what a reader sees of it.
struct exported {
    std::vector<std::string> lines;
    std::string contents;
};

exported whole_store(simulated_disk& disk, std::string const& path, unsigned seed, verdict& found) {
    exported all;
    session here{disk, path};
    for (auto const& one : make_script(seed).steps)
        for (auto const& fault : take(here, one, true)) found.fault(fault);
    all.contents = contents_of(here.at());
    here.close();
    store::export_lines({.path = path, .busy_timeout_ms = 0},
                        [&](std::string_view line) { all.lines.emplace_back(line); });
    return all;
}

class importer {
  public:
    importer(simulated_disk& disk, std::string path, std::vector<std::string> const& lines)
        : disk_{disk}, path_{std::move(path)}, lines_{lines} {}

    // On an empty disk. The library looks for files in the folder, so a name is put there as soon as it takes a line: what
    // it gives up must be gone from there.
    void run() {
        std::filesystem::remove(path_);
        std::size_t next = 0;
        store::import_lines(
            [&]() -> std::optional<std::string> {
                if (next == 0) std::ofstream{path_};
                return next < lines_.size() ? std::optional{lines_[next++]} : std::nullopt;
            },
            {.path = path_, .busy_timeout_ms = 0});
    }

    // The same while something goes wrong: refused as a failure of the store, or done.
    ended run_troubled(std::string const& when, verdict& found) {
        try {
            run();
            return ended::well;
        } catch (failure const& thrown) {
            if (thrown.kind() != failure_kind::store_unavailable)
                found.fault(when + ": the failure is " + std::string{name(thrown.kind())} + ": " + thrown.what());
        } catch (std::exception const& thrown) {
            found.fault(when + ": " + thrown.what());
        }
        if (std::filesystem::exists(path_)) found.fault(when + ": what was refused has left its file");
        return ended::refused;
    }

    void put_name() const { std::ofstream{path_}; }
    void remove_from_disk() {
        for (auto const* part : {"", "-journal", "-wal"}) disk_.remove(path_ + part);
    }
    [[nodiscard]] std::string const& path() const { return path_; }

  private:
    simulated_disk& disk_;
    std::string path_;
    std::vector<std::string> const& lines_;
};

void fail_each_call(simulated_disk& disk, importer& from, script const& told, session& here, verdict& found) {
    for (auto const error : {disk_error::io, disk_error::full}) {
        for (bool const for_good : {false, true}) {
            for (std::uint64_t call = 1;; ++call) {
                disk.mount({});
                disk.fail({call, for_good, error});
                auto const when = "import, call " + std::to_string(call) + " fails" +
                                  (error == disk_error::io ? " by EIO" : " by ENOSPC") +
                                  (for_good ? " for good" : " once");
                auto const how = from.run_troubled(when, found);
                bool const reached = disk.has_failed();
                disk.heal();
                if (!reached || found.is_enough()) break;
                ++found.tried;
                power_loss loss{{}, disk.log()};
                loss.advance_to(disk.changes());
                auto const left = loss.least();
                if (how == ended::refused) {
                    from.remove_from_disk();
                    if (from.run_troubled(when + ", again", found) == ended::refused)
                        found.fault(when + ": the same import fails after the disk was repaired");
                } else {
                    ++found.acknowledged;
                }
                from.put_name();
                judge(here, told, 1, 1, when, found);
                here.close();
                disk.mount(left);
                judge(here, told, how == ended::well ? 1 : 0, 1, when + ", then the power went", found);
                here.close();
            }
        }
    }
}

}  // namespace

verdict try_import(unsigned seed, std::uint64_t images, disk_lies const& lies) {
    verdict found;
    store_place const place;
    simulated_disk disk{seed};
    auto const all = whole_store(disk, place.path(), seed, found);

    // Before it a store in which nothing is, after it all.
    importer from{disk, place.path() + ".imported", all.lines};
    session here{disk, from.path()};
    script told;
    from.put_name();
    disk.mount({});
    told.after = {contents_of(here.at()), all.contents};
    here.close();

    disk.lie(lies);
    disk.mount({});
    from.run();
    auto const log = disk.log();
    judge(here, told, 1, 1, "import", found);
    here.close();
    disk.mount({});
    if (lies == disk_lies{}) fail_each_call(disk, from, told, here, found);

    from.put_name();
    std::mt19937 random{seed};
    for (std::uint64_t done = 0; done < images && !found.is_enough();) {
        power_loss loss{{}, log};
        for (std::size_t point = 0; point <= log.size() && done < images && !found.is_enough(); ++point, ++done) {
            loss.advance_to(point);
            disk.mount(loss.image(random));
            ++found.tried;
            judge(here, told, point == log.size() ? 1 : 0, 1,
                  "seed " + std::to_string(seed) + ", import, power lost after change " + std::to_string(point), found);
            here.close();
        }
    }
    return found;
}

}  // namespace recourse::test
