// Plants bugs under and in front of the SQLite store, one at a time, and requires that the trial of this folder that is
// made for it finds each: a trial that finds nothing then is no trial. Takes no arguments, or a part of a sentence, and
// then plants only the bugs that have it; exit code 0 means that all were found.
//
// The product is not changed for it. The linker puts the functions below between the store and SQLite (--wrap), where
// they change the text of a statement, leave it out, or commit before it; the simulated disk may lie; and a store that
// cheats may stand before the real one.
#include <sqlite3.h>

#include <atomic>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "store/faults/script.hpp"
#include "store/faults/trials.hpp"
#include "store/wrapped_store.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

enum class acts : unsigned char { nothing, commits_before, leaves_out, hides_errors };
enum class by : unsigned char {
    plain_run,
    disk_errors,
    power_losses,
    memory_errors,
    races,
    duplicates,
    migration,
    import,
    archive,
    archive_kills
};

struct planted_bug {
    std::string_view what;  // a sentence
    by found_by;
    std::string_view text{};     // of a statement: what is in it
    std::string_view instead{};  // stands there
    acts act = acts::nothing;    // or what happens when such a statement is run
    disk_lies lies{};
    store_change change{};
};

planted_bug const* planted = nullptr;
std::atomic<int> met = 0;  // how often it had an effect

// Where the text begins in a statement; one word is meant to be all of it.
std::size_t place_in(std::string_view sql) {
    if (planted == nullptr || planted->text.empty()) return std::string_view::npos;
    if (planted->text.find(' ') == std::string_view::npos && planted->text != sql) return std::string_view::npos;
    return sql.find(planted->text);
}

bool is_meant(char const* sql) { return sql != nullptr && place_in(sql) != std::string_view::npos; }

std::string changed(std::string_view sql) {
    std::string text{sql};
    if (planted == nullptr || planted->act != acts::nothing) return text;
    auto const start = place_in(sql);
    if (start == std::string::npos) return text;
    ++met;
    return text.replace(start, planted->text.size(), planted->instead);
}

}  // namespace

// The linker wants these names.
extern "C" {
int __real_sqlite3_step(sqlite3_stmt* statement);
int __real_sqlite3_exec(sqlite3* at, char const* sql, int (*row)(void*, int, char**, char**), void* into, char** error);
int __real_sqlite3_prepare_v3(sqlite3* at, char const* sql, int size, unsigned flags, sqlite3_stmt** into,
                              char const** rest);

int __wrap_sqlite3_step(sqlite3_stmt* statement) {
    if (planted == nullptr || planted->act == acts::nothing || !is_meant(sqlite3_sql(statement)))
        return __real_sqlite3_step(statement);
    auto* const at = sqlite3_db_handle(statement);
    if (planted->act == acts::leaves_out) {
        ++met;
        return SQLITE_DONE;
    }
    if (planted->act == acts::commits_before && sqlite3_get_autocommit(at) == 0) {
        ++met;
        __real_sqlite3_exec(at, "COMMIT", nullptr, nullptr, nullptr);
        // In a group the store goes on in its savepoint.
        __real_sqlite3_exec(at, "BEGIN IMMEDIATE; SAVEPOINT one", nullptr, nullptr, nullptr);
    }
    int const code = __real_sqlite3_step(statement);
    bool const hidden = planted->act == acts::hides_errors && code != SQLITE_ROW && code != SQLITE_DONE;
    if (hidden) ++met;
    return hidden ? SQLITE_DONE : code;
}

int __wrap_sqlite3_exec(sqlite3* at, char const* sql, int (*row)(void*, int, char**, char**), void* into,
                        char** error) {
    int const code = __real_sqlite3_exec(at, changed(sql).c_str(), row, into, error);
    if (planted == nullptr || planted->act != acts::hides_errors || !is_meant(sql) || code == SQLITE_OK) return code;
    ++met;
    return SQLITE_OK;
}

int __wrap_sqlite3_prepare_v3(sqlite3* at, char const* sql, int size, unsigned flags, sqlite3_stmt** into,
                              char const** rest) {
    auto const text = changed(std::string_view{sql, static_cast<std::size_t>(size)});
    return __real_sqlite3_prepare_v3(at, text.c_str(), static_cast<int>(text.size()), flags, into, rest);
}
}

namespace {

// --- stores that cheat -------------------------------------------------------------------------------------------

class cheat : public wrapped_store {
  public:
    explicit cheat(std::unique_ptr<store::contract> under) : wrapped_store{*under}, owned_{std::move(under)} {}

  private:
    std::unique_ptr<store::contract> owned_;
};

template <class Cheat>
std::unique_ptr<store::contract> put_before(std::unique_ptr<store::contract> under) {
    return std::make_unique<Cheat>(std::move(under));
}

// Whatever an append was decided on, it is written on top of what there is.
struct last_writer_wins : cheat {
    using cheat::cheat;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        auto found = cheat::append(group);
        if (group.size() != 1 || !std::holds_alternative<store::conflict>(found[0])) return found;
        ++met;
        auto again = group[0];
        auto const now = load(again.dispute);
        again.expected = now ? now->version : 0;
        auto version = again.expected;
        for (auto& event : again.events) event.version = ++version;
        for (auto& change : again.ledger) {
            auto const row = ledger(again.dispute.group, change.after.payment);
            change.after.version = row ? row->version + 1 : 1;
        }
        return cheat::append({&again, 1});
    }
};

struct takes_reused_keys : cheat {
    using cheat::cheat;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        auto found = cheat::append(group);
        for (auto& one : found)
            if (std::holds_alternative<store::key_reused>(one)) {
                ++met;
                one = store::duplicate{1};
            }
        return found;
    }
};

struct takes_appends_without_events : cheat {
    using cheat::cheat;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        if (group.size() != 1 || !group[0].events.empty()) return cheat::append(group);
        ++met;
        return {store::committed{group[0].expected}};
    }
};

struct takes_accounts_that_pay_too_much : cheat {
    using cheat::cheat;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        std::vector<store::append> changed{group.begin(), group.end()};
        for (auto& one : changed)
            for (auto& change : one.ledger)
                if (!store::holds_invariant(change.after)) {
                    ++met;
                    change.after.captured_minor = change.after.reserved_minor + change.after.refunded_minor;
                }
        return cheat::append(changed);
    }
};

// Says that it is done, and does it with the next command.
struct acknowledges_early : cheat {
    using cheat::cheat;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        if (!kept_.empty()) cheat::append(kept_);
        kept_.clear();
        if (group.size() != 1 || group[0].all_or_none || group[0].events.empty()) return cheat::append(group);
        ++met;
        kept_.assign(group.begin(), group.end());
        return {store::committed{group[0].events.back().version}};
    }

  private:
    std::vector<store::append> kept_;
};

struct retries_without_asking : cheat {  // under a new key, when it heard of no answer
    using cheat::cheat;
    std::vector<store::outcome> append(std::span<store::append const> group) override {
        try {
            return cheat::append(group);
        } catch (failure const&) {
            ++met;
            return std::vector<store::outcome>(group.size(), store::committed{1});
        }
    }
};

// --- the bugs ----------------------------------------------------------------------------------------------------

// clang-format off
planted_bug const bugs[] = {
    // What is promised is on the disk.
    {.what = "a commit waits for the disk only at a checkpoint", .found_by = by::power_losses,
     .text = "PRAGMA synchronous = FULL", .instead = "PRAGMA synchronous = NORMAL"},
    {.what = "nothing ever waits for the disk", .found_by = by::power_losses,
     .text = "PRAGMA synchronous = FULL", .instead = "PRAGMA synchronous = OFF"},
    {.what = "a sync of the log only says that it is done", .found_by = by::power_losses, .lies = {.log_syncs = true}},
    {.what = "a sync of the file only says that it is done", .found_by = by::power_losses, .lies = {.database_syncs = true}},
    {.what = "the journal beside a backup may come back", .found_by = by::power_losses,
     .text = "PRAGMA synchronous = EXTRA", .instead = "PRAGMA synchronous = FULL"},
    {.what = "a command is acknowledged before it is committed", .found_by = by::plain_run, .change = put_before<acknowledges_early>},

    // A command is written whole or not at all.
    {.what = "events are committed before their dispute is advanced", .found_by = by::power_losses,
     .text = "UPDATE disputes SET version", .act = acts::commits_before},
    {.what = "the events of a new dispute are committed before its row", .found_by = by::disk_errors,
     .text = "INSERT INTO disputes", .act = acts::commits_before},
    {.what = "effects are written outside the transaction of their command", .found_by = by::disk_errors,
     .text = "INSERT INTO outbox", .act = acts::commits_before},
    {.what = "the account of a payment is committed before the events", .found_by = by::power_losses,
     .text = "INSERT INTO events", .act = acts::commits_before},
    {.what = "texts are written outside the transaction of their command", .found_by = by::disk_errors,
     .text = "INSERT INTO personal_texts (", .act = acts::commits_before},
    {.what = "a group of appends is several transactions", .found_by = by::disk_errors,
     .text = "SAVEPOINT one", .act = acts::commits_before},
    {.what = "what an append wrote before its conflict stays", .found_by = by::plain_run,
     .text = "ROLLBACK TO one", .act = acts::leaves_out},
    {.what = "a group that is taken back is committed", .found_by = by::plain_run, .text = "ROLLBACK", .instead = "COMMIT"},
    {.what = "a dispute is opened and its refusals are counted in two transactions", .found_by = by::power_losses,
     .text = "INSERT INTO refusals", .act = acts::commits_before},

    {.what = "a migration is several transactions", .found_by = by::migration,
     .text = "INSERT INTO ledger", .act = acts::commits_before},

    {.what = "an import is several transactions", .found_by = by::import,
     .text = "INSERT INTO ledger", .act = acts::commits_before},
    {.what = "an import says that it is done before its log is synced", .found_by = by::import, .lies = {.log_syncs = true}},

    // What fails is told.
    {.what = "a commit that fails is acknowledged", .found_by = by::disk_errors, .text = "COMMIT", .act = acts::hides_errors},
    {.what = "an event that the disk refuses is left out", .found_by = by::disk_errors,
     .text = "INSERT INTO events", .act = acts::hides_errors},
    {.what = "an event for which there is no memory is left out", .found_by = by::memory_errors,
     .text = "INSERT INTO events", .act = acts::hides_errors},
    {.what = "a write that fails says that it is done", .found_by = by::disk_errors, .lies = {.failed_writes = true}},
    {.what = "a failure is taken for an answer", .found_by = by::disk_errors, .change = put_before<retries_without_asking>},

    // Compare and set.
    {.what = "the last writer wins, whatever it was decided on", .found_by = by::races, .change = put_before<last_writer_wins>},
    {.what = "the version of an account is not compared", .found_by = by::plain_run,
     .text = "payment = ?2 AND version = ?3 - 1", .instead = "payment = ?2"},
    {.what = "a writer takes the lock after it has read", .found_by = by::races, .text = "BEGIN IMMEDIATE", .instead = "BEGIN"},
    {.what = "a command that is known is not looked for", .found_by = by::duplicates,
     .text = "SELECT version, keys, head", .instead = "SELECT version, x'0101010101010101', head"},
    {.what = "a duplicate is answered with another version", .found_by = by::duplicates,
     .text = "SELECT version, fingerprint", .instead = "SELECT version + 1, fingerprint"},
    {.what = "a key that is used again for something else is taken for a duplicate", .found_by = by::duplicates,
     .change = put_before<takes_reused_keys>},
    {.what = "an append without events is accepted", .found_by = by::plain_run, .change = put_before<takes_appends_without_events>},
    {.what = "an account that pays more than was captured is accepted", .found_by = by::plain_run,
     .change = put_before<takes_accounts_that_pay_too_much>},

    // What is written is what is read.
    {.what = "the next deadline is not written", .found_by = by::plain_run, .text = "next_due = ?4", .instead = "next_due = next_due"},
    {.what = "an effect is not written", .found_by = by::plain_run, .text = "INSERT INTO outbox", .act = acts::leaves_out},
    {.what = "a refused command is not kept", .found_by = by::plain_run, .text = "INSERT INTO refusals", .act = acts::leaves_out},
    {.what = "a policy is not stored", .found_by = by::plain_run, .text = "INSERT INTO policies", .act = acts::leaves_out},
    {.what = "a deadline is due before its time", .found_by = by::plain_run,
     .text = "next_due <= ?1", .instead = "next_due <= ?1 + 1000"},
    {.what = "a deadline is due after its time", .found_by = by::plain_run, .text = "next_due <= ?1", .instead = "next_due < ?1"},
    {.what = "the position of a settled effect is given again", .found_by = by::plain_run,
     .text = "SELECT coalesce(max(rowid), 0) AS", .instead = "SELECT (SELECT count(*) FROM outbox) + 1 AS"},
    {.what = "settling an effect settles those before it", .found_by = by::plain_run,
     .text = "DELETE FROM outbox WHERE position = ?1", .instead = "DELETE FROM outbox WHERE position <= ?1"},
    {.what = "events of another dispute are returned", .found_by = by::plain_run,
     .text = " AND events.dispute = disputes.dispute", .instead = ""},
    {.what = "an event does not hang on the one before it", .found_by = by::plain_run,
     .text = "SELECT version, keys, head", .instead = "SELECT version, keys, zeroblob(32)"},
    {.what = "a reader that follows the feed misses an event", .found_by = by::plain_run,
     .text = "rowid > ?1 ORDER", .instead = "rowid > ?1 + 1 ORDER"},
    {.what = "an erased text stays", .found_by = by::plain_run,
     .text = "WHERE NOT (role = ?1 AND subject = ?2)", .instead = "WHERE role <> ?1 || ?2"},
    {.what = "the bytes of an erased text stay in the file", .found_by = by::plain_run,
     .text = "secure_delete = ON", .instead = "secure_delete = OFF"},
    {.what = "the bytes of an erased text stay in the log", .found_by = by::plain_run,
     .text = "PRAGMA wal_checkpoint(TRUNCATE)", .instead = "PRAGMA wal_checkpoint(PASSIVE)"},

    // What rests is read as before.
    {.what = "a dispute is archived while an effect of it waits", .found_by = by::archive,
     .text = "SELECT 1 FROM outbox WHERE outbox", .instead = "SELECT 1 FROM outbox WHERE 0 AND outbox"},
    {.what = "the last event of a file is archived, and its position given again", .found_by = by::archive,
     .text = "(SELECT max(rowid) FROM events)", .instead = "0"},
    {.what = "the copy in the archive has no events, and nobody looks", .found_by = by::archive,
     .text = "INSERT INTO events (rowid", .act = acts::leaves_out},
    {.what = "what is archived keeps its key", .found_by = by::archive,
     .text = "UPDATE disputes SET keys = ?4, state", .instead = "UPDATE disputes SET keys = iif(?4 = x'00', ?4, keys), state"},
    {.what = "a move that was cut off between its two files cannot be done again", .found_by = by::archive_kills,
     .text = "DO UPDATE SET version = excluded.version, next_due", .instead = "DO UPDATE SET version = 'x', next_due"},
    {.what = "what both files have after a cut is met twice in the feed", .found_by = by::archive_kills,
     .text = "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING",
     .instead = "VALUES (?1 + 1000, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING"},
};
// clang-format on

verdict try_with(by trial, disk_lies const& lies) {
    constexpr unsigned seed = 7;
    switch (trial) {
        case by::plain_run: return try_plainly(seed, lies);
        case by::disk_errors: return try_disk_errors(seed, 1, lies);
        case by::power_losses: return try_power_losses(seed, 2000, lies);
        case by::memory_errors: return try_memory_errors(seed, 3);
        case by::duplicates: return try_duplicates(seed, 2000);
        case by::migration: return try_migration(seed, 500);
        case by::import: return try_import(seed, 2000, lies);
        case by::archive: return try_archive();
        case by::archive_kills: return try_archive_kills(seed, 4);
        case by::races: break;
    }
    auto found = try_races(seed, 4, 2000, false);
    if (found.wrong == 0) found.add(try_races(seed, 8, 20'000, true));
    return found;
}

bool is_found(planted_bug const& bug) {
    planted = &bug;
    met = 0;
    change_of_stores() = bug.change;
    verdict found;
    try {
        found = try_with(bug.found_by, bug.lies);
    } catch (std::exception const& thrown) {
        found.fault(std::string{"without any fault: "} + thrown.what());
    }
    planted = nullptr;
    change_of_stores() = nullptr;
    bool const took_effect = met > 0 || bug.lies != disk_lies{};
    std::printf("%s: %.*s: %s\n", found.wrong > 0 && took_effect ? "found" : "NOT FOUND",
                static_cast<int>(bug.what.size()), bug.what.data(),
                !took_effect           ? "it has no effect any more, plant it anew"
                : found.faults.empty() ? "-"
                                       : found.faults[0].substr(0, found.faults[0].find('\n')).c_str());
    std::fflush(stdout);
    return found.wrong > 0 && took_effect;
}

}  // namespace

int main(int count, char** words) {
    std::string_view const part = count > 1 ? words[1] : "";
    int not_found = 0;
    int all = 0;
    if (auto const sound = try_archive(); sound.wrong > 0) {  // no other program runs this trial
        std::printf("without a bug: %s\n", sound.faults[0].c_str());
        return 1;
    }
    for (auto const& bug : bugs) {
        if (bug.what.find(part) == std::string_view::npos) continue;
        ++all;
        if (!is_found(bug)) ++not_found;
    }
    std::printf("%d bugs planted, %d found\n", all, all - not_found);
    return not_found == 0 && all > 0 ? 0 : 1;
}
