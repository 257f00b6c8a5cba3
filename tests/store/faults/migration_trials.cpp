// A file of schema version 1 or 3 that is brought up to date while its disk fails, or the power.
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

// The statement in a file.
std::string text_of(std::string const& path) {
    std::ifstream file{path};
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    return text.substr(text.find("CREATE"));
}

// Many disputes with an event each, a payment, an effect and a policy, as version 1 wrote them.
void make_first_version(std::string const& path) {
    sqlite3* opened = nullptr;
    sqlite3_open(path.c_str(), &opened);
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> const at{opened, &sqlite3_close};
    run(opened, "BEGIN");
    for (auto const* table : {"disputes", "disputes_due", "events", "ledger", "outbox", "policies"}) {
        run(opened, text_of(RECOURSE_SOURCE_DIR "/src/store/sqlite/schema_1/" + std::string{table} + ".sql"));
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

// As version 3 made it: today's with the outbox of then. An effect was settled at a position after all events.
void make_third_version(simulated_disk& disk, std::string const& path) {
    session here{disk, path};
    for (int dispute = 1; dispute <= 30; ++dispute) {
        auto one = store_samples::sample(store_samples::key("D-" + std::to_string(dispute)), 0, "open");
        one.outbox = {{"notification", std::string(100, 'n')}};
        store_samples::append_one(here.at(), one);
    }
    here.close();
    sqlite3* opened = nullptr;
    sqlite3_open(path.c_str(), &opened);
    std::unique_ptr<sqlite3, decltype(&sqlite3_close)> const at{opened, &sqlite3_close};
    run(opened, "BEGIN; ALTER TABLE outbox RENAME TO fourth_outbox");
    run(opened, text_of(RECOURSE_SOURCE_DIR "/src/store/sqlite/schema_3/outbox.sql"));
    run(opened,
        "INSERT INTO outbox SELECT * FROM fourth_outbox; DROP TABLE fourth_outbox; "
        "UPDATE sqlite_sequence SET seq = 12345678; PRAGMA user_version = 3; COMMIT");
}

verdict try_migration_of(simulated_disk& disk, store_place const& place, unsigned seed, std::uint64_t images) {
    verdict found;
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

}  // namespace

verdict try_migration(unsigned seed, std::uint64_t images) {
    verdict found;
    for (int const version : {1, 3}) {
        store_place const place;
        simulated_disk disk{seed};
        version == 1 ? make_first_version(place.path()) : make_third_version(disk, place.path());
        found.add(try_migration_of(disk, place, seed, images / 2));
    }
    return found;
}

}  // namespace recourse::test
