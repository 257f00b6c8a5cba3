// Opening a SQLite file with care, and saying what went wrong with it.
#include "connection.hpp"

#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "query.hpp"

namespace recourse::store::sqlite {
namespace {

[[noreturn]] void unavailable(std::string const& path, std::string const& why) {
    throw failure{failure_kind::store_unavailable, "the store " + path + " is unavailable: " + why};
}

// SQLite would read some names as something else than a file, and wait for ever on a named pipe.
void require_plain_path(sqlite_options const& options) {
    auto const& path = options.path;
    if (path.empty()) unavailable("\"\"", "the path is empty; name a file");
    if (path.find('\0') != std::string::npos) unavailable("of this path", "the path has a zero character in it");
    if (path == ":memory:") unavailable(path, "a store in memory is opened by open_memory()");
    if (path.starts_with("file:")) unavailable(path, "give a path, not a URI");

    std::error_code problem;
    std::filesystem::path const file{path};
    auto const status = std::filesystem::status(file, problem);
    if (std::filesystem::is_regular_file(status)) return;
    if (std::filesystem::is_directory(status)) unavailable(path, "it is a directory; name a file in it");
    if (status.type() != std::filesystem::file_type::not_found)
        unavailable(path, problem ? problem.message() : "it is not a regular file");
    if (options.read_only) unavailable(path, "the file does not exist, and a store opened read-only is not created");
    if (!options.create) unavailable(path, "the file does not exist, and `create` is off");
    auto const folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
    if (!std::filesystem::is_directory(folder, problem))
        unavailable(path, "there is no directory " + folder.string() + "; create it first");
}

std::string system_reason(sqlite3* handle) {
    int const number = sqlite3_system_errno(handle);
    return number == 0 ? std::string{} : " (" + std::system_category().message(number) + ")";
}

}  // namespace

connection::connection(sqlite_options options) : options_{std::move(options)} {
    require_plain_path(options_);
    if (sqlite3_libversion_number() < 3037000)
        unavailable(options_.path, "SQLite 3.37 or newer is needed, and this is " + std::string{sqlite3_libversion()});

    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= options_.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options_.create && !options_.read_only) flags |= SQLITE_OPEN_CREATE;
    sqlite3* opened = nullptr;
    int const code = sqlite3_open_v2(options_.path.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);  // there is one to close even when opening failed
    if (code != SQLITE_OK) fail(code);

    sqlite3_busy_timeout(handle_.get(), options_.busy_timeout_ms);
    // What the file says must run nothing: no triggers, no views, no functions out of its schema.
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    run("PRAGMA trusted_schema = OFF");
    run("PRAGMA cell_size_check = ON");
    run("PRAGMA mmap_size = 0");       // a file cut short under a mapping would kill the process
    run("PRAGMA secure_delete = ON");  // what is erased is overwritten, not only forgotten
    if (options_.read_only) run("PRAGMA query_only = ON");
}

connection::connection(sqlite3* host) : handle_{host, close{false}} {
    if (host == nullptr) throw std::invalid_argument{"a store needs a connection of the host's, not a null pointer"};
    auto const* const path = sqlite3_db_filename(host, "main");
    if (path == nullptr || *path == '\0')
        throw std::invalid_argument{"the host's connection has a database without a file; open the file of a store"};
    options_.path = path;
    options_.create = false;
}

void connection::settle_rollback() {
    if (!owes_rollback_) return;
    char const* const back = is_hosts() ? "ROLLBACK TO recourse; RELEASE recourse" : "ROLLBACK";
    int const code = in_transaction() ? attempt(back) : SQLITE_OK;
    if (code != SQLITE_OK) fail(code);
    owes_rollback_ = false;
}

void connection::run(char const* sql) {
    settle_rollback();
    if (int const code = attempt(sql); code != SQLITE_OK) fail(code);
}

sqlite3_stmt* connection::prepared(std::string_view sql) {
    settle_rollback();
    auto known = statements_.find(sql);
    if (known != statements_.end()) return known->second.get();
    sqlite3_stmt* made = nullptr;
    int const code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) fail(code);
    std::unique_ptr<sqlite3_stmt, finalize> owned{made};
    statements_.emplace(sql, std::move(owned));
    return made;
}

void connection::fail(int code) const {
    auto const& path = options_.path;
    std::string const said = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    // The host's connection may have been told to give the first eight bits only.
    if (int const whole = sqlite3_extended_errcode(handle_.get()); is_hosts() && (whole & 0xff) == code) code = whole;
    switch (code & 0xff) {
        case SQLITE_NOMEM:  // SQLite says so of some damaged schemas too
            unavailable(path,
                        "SQLite found no memory for what it read; free some and send the same call again, and where "
                        "there is enough the file is damaged");
        case SQLITE_MISUSE: throw std::logic_error{"SQLite was called out of order: " + said};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            if (is_hosts())
                unavailable(path, (code == SQLITE_BUSY_SNAPSHOT
                                       ? "the host's transaction has read what another connection has changed since"
                                       : "another connection kept it locked for longer than the host's waits") +
                                      std::string{"; roll it back, and begin it again with BEGIN IMMEDIATE"});
            unavailable(path, "another connection kept it locked for longer than " +
                                  std::to_string(options_.busy_timeout_ms) +
                                  " ms; let that one finish, or raise busy_timeout_ms");
        case SQLITE_READONLY:
            unavailable(path, options_.read_only
                                  ? "it was opened read-only"
                                  : "the file or its directory is read-only; make both writable, or open it read-only");
        case SQLITE_FULL: unavailable(path, "the disk is full; free some space and send the same call again");
        case SQLITE_CANTOPEN:
            unavailable(path,
                        said + system_reason(handle_.get()) +
                            "; the file, and its directory for the write-ahead log, must be readable and writable");
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_PROTOCOL:
        case SQLITE_NOLFS:
        case SQLITE_TOOBIG:
        case SQLITE_INTERRUPT: unavailable(path, said);
        case SQLITE_IOERR:
            if (code != SQLITE_IOERR_CORRUPTFS && code != SQLITE_IOERR_DATA)
                unavailable(path, said + system_reason(handle_.get()) + "; check the disk, its space and its limits");
            break;
        default: break;
    }
    // Not a database, malformed, or refusing statements that fit every file this library writes.
    corrupt("is damaged or not a store: " + said);
}

void connection::corrupt(std::string const& found) const {
    throw failure{failure_kind::store_corrupt, "the store " + options_.path + " " + found};
}

void connection::newer(std::int64_t found, std::int64_t known) const {
    throw failure{failure_kind::store_newer, "the store " + options_.path + " has schema version " +
                                                 std::to_string(found) + "; this library knows versions up to " +
                                                 std::to_string(known) + ", a newer one is needed"};
}

transaction::transaction(connection& at, std::string_view begin) : at_{at} {
    if (at.is_hosts() && begin == writing && !at.in_transaction())
        throw std::logic_error{"a store on the host's connection writes only inside a transaction of the host's"};
    query{at_, at.is_hosts() ? "SAVEPOINT recourse" : begin}.run();
}

void transaction::commit() {
    query{at_, at_.is_hosts() ? "RELEASE recourse" : "COMMIT"}.run();
    open_ = false;
}

void transaction::roll_back() noexcept {
    // SQLite may have rolled it back by itself.
    if (!open_ || !at_.in_transaction()) return;
    try {
        if (at_.is_hosts()) {
            query{at_, "ROLLBACK TO recourse"}.run();
            query{at_, "RELEASE recourse"}.run();
        } else {
            query{at_, "ROLLBACK"}.run();
        }
    } catch (...) {
        at_.owe_rollback();
    }
}

}  // namespace recourse::store::sqlite
