// What is in a store, and a copy of it.
#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>

#include "archive.hpp"
#include "format.hpp"
#include "query.hpp"
#include "recourse/store/sqlite_upkeep.hpp"
#include "upkeep.hpp"

namespace recourse::store {
namespace sqlite {

connection open_to_read(sqlite_options options) {
    options.read_only = true;
    connection opened{options};
    settle_format(opened);
    return opened;
}

made_statement::made_statement(connection& at, std::string const& text) : at_{at} {
    int const code =
        sqlite3_prepare_v2(at.handle(), text.c_str(), static_cast<int>(text.size()) + 1, &statement_, nullptr);
    if (code != SQLITE_OK) at.fail(code);
}

bool made_statement::next() {
    int const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) at_.fail(code);
    return false;
}

std::uint64_t count_in(connection& at, std::string const& text) {
    made_statement row{at, text};
    return row.next() ? static_cast<std::uint64_t>(sqlite3_column_int64(row.get(), 0)) : 0;
}

void require_new_file(std::string const& path) {
    std::error_code problem;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, problem)))
        throw failure{failure_kind::store_unavailable, "the file " + path + " exists; name one that is not there yet"};
}

unfinished_file::~unfinished_file() {
    if (finished_) return;
    std::error_code ignored;
    for (auto const& file : files_) std::filesystem::remove(file, ignored);
}

namespace {

// Of a table with its indexes; nothing where SQLite was built without counting them.
std::optional<std::uint64_t> pages_of(connection& at, std::string const& table) {
    try {
        return count_in(
            at, "SELECT count(*) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = '" + table +
                    "')");
    } catch (failure const&) {
        return std::nullopt;
    }
}

[[noreturn]] void copy_failed(std::string const& path, std::string const& why) {
    throw failure{failure_kind::store_unavailable,
                  "the copy " + path + " cannot be written: " + why + "; check the disk and its space"};
}

void copy_pages(connection& from, sqlite3* to, std::string const& path, progress const& heard) {
    constexpr int pages_a_step = 1024;
    struct finish {
        void operator()(sqlite3_backup* begun) const noexcept { sqlite3_backup_finish(begun); }
    };
    std::unique_ptr<sqlite3_backup, finish> begun{sqlite3_backup_init(to, "main", from.handle(), "main")};
    if (!begun && sqlite3_errcode(to) == SQLITE_NOMEM) throw std::bad_alloc{};
    if (!begun)
        throw failure{failure_kind::store_unavailable, "the copy " + path + " cannot be begun: " + sqlite3_errmsg(to)};
    auto* const copying = begun.get();
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(copying, pages_a_step);
        auto const all = static_cast<std::uint64_t>(sqlite3_backup_pagecount(copying));
        if (heard) heard(all - static_cast<std::uint64_t>(sqlite3_backup_remaining(copying)), all);
    }
    int const ended = sqlite3_backup_finish(begun.release());
    if (code != SQLITE_DONE || ended != SQLITE_OK)
        copy_failed(path, sqlite3_errstr(code == SQLITE_DONE ? ended : code));
}

// SQLite before 3.40 writes a compact copy without waiting for the disk.
void sync_file(std::string const& path) {
    sqlite3* opened = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> const closing{opened, &sqlite3_close_v2};
    sqlite3_file* file = nullptr;
    if (code == SQLITE_OK) code = sqlite3_file_control(opened, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK) code = file->pMethods->xSync(file, SQLITE_SYNC_FULL);
    if (code == SQLITE_NOMEM) throw std::bad_alloc{};
    if (code != SQLITE_OK) copy_failed(path, sqlite3_errstr(code));
}

// Also the removal of the journal beside a copy waits for the disk: one that comes back when the power fails would roll
// back a copy that was told to be there, to an empty file.
constexpr char const* sync_directory_too = "PRAGMA synchronous = EXTRA";

void write_compact(connection& from, std::string const& path) {
    from.run(sync_directory_too);
    try {
        query{from, "VACUUM INTO ?", std::string_view{path}}.run();
    } catch (failure const& thrown) {
        // What SQLite has no code for is about the copy, and says nothing of the store.
        if ((sqlite3_errcode(from.handle()) & 0xff) != SQLITE_ERROR) throw;
        copy_failed(path, sqlite3_errmsg(from.handle()));
    }
    sync_file(path);
}

}  // namespace
}  // namespace sqlite

sqlite_stats stats_of(sqlite_options const& options) {
    using namespace sqlite;
    auto at = open_to_read(options);
    transaction reading{at, transaction::reading};
    sqlite_stats made;
    made.schema_version = static_cast<std::int64_t>(count_in(at, "PRAGMA user_version"));
    made.page_bytes = count_in(at, "PRAGMA page_size");
    made.pages = count_in(at, "PRAGMA page_count");
    made.free_pages = count_in(at, "PRAGMA freelist_count");
    std::error_code problem;
    auto const log = std::filesystem::file_size(options.path + "-wal", problem);
    if (!problem) made.log_bytes = log;
    for (auto const& table : tables) {
        std::string const name{table.name};
        made.tables.push_back({name, count_in(at, "SELECT count(*) FROM " + name), pages_of(at, name)});
    }
    made.waiting = count_in(at, "SELECT count(*) FROM disputes WHERE next_due IS NOT NULL");
    if (made.waiting > 0) {
        query row{at, "SELECT min(next_due) FROM disputes WHERE next_due IS NOT NULL"};
        if (row.next()) made.next_due = instant{row.integer(0)};
    }
    made.effects_pending = count_in(at, "SELECT count(*) FROM outbox");
    made.effects_parked = count_in(at, "SELECT count(*) FROM deliveries WHERE parked_at IS NOT NULL");
    made.commands_refused = count_in(at, "SELECT sum(count) FROM refusal_counts");
    return made;
}

namespace sqlite {
namespace {

void back_up_file(sqlite_options const& from, std::string const& to, backup_form form, progress const& heard) {
    if (form == backup_form::compact) {
        auto options = from;  // VACUUM INTO does not run on a connection that only reads
        options.create = false;
        options.read_only = false;
        connection at{options};
        settle_format(at);
        write_compact(at, to);
        auto const pages = count_in(at, "PRAGMA page_count");
        if (heard) heard(pages, pages);
        return;
    }
    auto at = open_to_read(from);
    // One moment of the file: a write meanwhile would make SQLite begin the copy anew.
    transaction reading{at, transaction::reading};
    static_cast<void>(count_in(at, "SELECT count(*) FROM policies"));
    sqlite3* opened = nullptr;
    int const code = sqlite3_open_v2(to.c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> const closing{opened, &sqlite3_close_v2};
    if (code != SQLITE_OK)
        throw failure{failure_kind::store_unavailable, "the copy " + to + " cannot be made: " + sqlite3_errstr(code) +
                                                           "; its directory must be there and be writable"};
    if (int const asked = sqlite3_exec(opened, sync_directory_too, nullptr, nullptr, nullptr); asked != SQLITE_OK)
        copy_failed(to, sqlite3_errstr(asked));
    copy_pages(at, opened, to, heard);
}

// A copy of the first file alone could not be read where disputes were archived.
bool has_archive(sqlite_options const& of) {
    auto options = of;
    options.read_only = true;
    archive_file archive{options};
    if (archive.if_there() != nullptr) return true;
    auto at = open_to_read(of);
    if (has_archived(at)) static_cast<void>(archive.at());
    return false;
}

}  // namespace
}  // namespace sqlite

void back_up(sqlite_options const& from, std::string const& to, backup_form form, progress const& heard) {
    using namespace sqlite;
    auto const archive = archive_path(to);
    require_new_file(to);
    require_new_file(archive);
    unfinished_file copy{to};
    unfinished_file second{archive};
    bool const archived = has_archive(from);
    back_up_file(from, to, form, heard);
    // The first file first: what has left it by then the archive has, which never loses anything. It may have been made
    // meanwhile.
    if (archived || has_archive(from)) {
        auto options = from;
        options.path = archive_path(from.path);
        back_up_file(options, archive, form, heard);
    }
    copy.keep();
    second.keep();
}

}  // namespace recourse::store
