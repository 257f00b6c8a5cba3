// A file of schema version 1 that is brought up to date while its disk fails, or the power.
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "store/faults/judging.hpp"

namespace recourse::test {
namespace {

void run(sqlite3* at, std::string const& sql) {
    if (sqlite3_exec(at, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::logic_error{sqlite3_errmsg(at)};
}

// Many disputes with an event each, a payment, an effect and a policy, as version 1 wrote them.
void make_first_version(std::string const& path) {
    sqlite3* opened = nullptr;
    sqlite3_open(path.c_str(), &opened);
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> const at{opened, &sqlite3_close};
    run(opened, "BEGIN");
    for (auto const* table : {"disputes", "disputes_due", "events", "ledger", "outbox", "policies"}) {
        std::ifstream file{RECOURSE_SOURCE_DIR "/src/store/sqlite/schema_1/" + std::string{table} + ".sql"};
        std::string const text{std::istreambuf_iterator<char>{file}, {}};
        run(opened, text.substr(text.find("CREATE")));
    }
    auto const hash = "x'" + to_text(sha256("{}")) + "'";
    run(opened, "INSERT INTO policies VALUES (" + hash + ", 'shop', 1, '{}')");
    run(opened, "INSERT INTO ledger VALUES ('G-1', 'P-1', 3, 'EUR', 100, 40, 10, x'00')");
    for (int dispute = 1; dispute <= 30; ++dispute) {
        auto const where = "'G-1', 'D-" + std::to_string(dispute) + "', 1, ";
        run(opened, "INSERT INTO events VALUES (" + where + "100, 'a.b', 'open', " + hash + ", zeroblob(500))");
        run(opened, "INSERT INTO disputes VALUES (" + where + "900, x'0011223344556677', zeroblob(400))");
        run(opened, "INSERT INTO outbox VALUES (NULL, " + where + "0, 'notification', zeroblob(100))");
    }
    run(opened, "PRAGMA application_id = 1919247218; PRAGMA user_version = 1; COMMIT");
}

}  // namespace

verdict try_migration(unsigned seed, std::uint64_t images) {
    verdict found;
    store_place const place;
    simulated_disk disk{seed};
    make_first_version(place.path());
    auto const first = disk.files();

    script told;  // of one step: whatever happens, the file holds the same
    disk.mount(first);
    session here{disk, place.path()};
    told.after.push_back(contents_of(here.at()));
    here.close();
    auto const log = disk.log();
    auto const judge_it = [&](std::string const& when) {
        judge(here, told, 0, 0, when, found);
        here.close();
    };

    for (auto const error : {disk_error::io, disk_error::full}) {
        for (bool const for_good : {false, true}) {
            for (std::uint64_t call = 1;; ++call) {
                disk.mount(first);
                disk.fail({call, for_good, error});
                auto const when = "migration, call " + std::to_string(call) + " fails" +
                                  (error == disk_error::io ? " by EIO" : " by ENOSPC") +
                                  (for_good ? " for good" : " once");
                run_step(here, told, 0, true, trouble::disk, when, found);
                here.close();
                bool const reached = disk.has_failed();
                disk.heal();
                if (!reached || found.is_enough()) break;
                ++found.tried;
                power_loss loss{first, disk.log()};
                loss.advance_to(disk.changes());
                auto const left = loss.least();
                judge_it(when);
                disk.mount(left);
                judge_it(when + ", then the power went");
            }
        }
    }

    std::mt19937 random{seed};
    for (std::uint64_t done = 0; done < images && !found.is_enough();) {
        power_loss loss{first, log};
        for (std::size_t point = 0; point <= log.size() && done < images && !found.is_enough(); ++point, ++done) {
            loss.advance_to(point);
            disk.mount(loss.image(random));
            ++found.tried;
            judge_it("seed " + std::to_string(seed) + ", migration, power lost after change " + std::to_string(point));
        }
    }
    return found;
}

}  // namespace recourse::test
