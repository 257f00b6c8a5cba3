// Telling a store from any other file, and making a new one.
#include "format.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "embedded/sqlite_first_schema.hpp"
#include "embedded/sqlite_schema.hpp"
#include "embedded/sqlite_third_schema.hpp"
#include "migration.hpp"
#include "query.hpp"
#include "statements.hpp"

namespace recourse::store::sqlite {
namespace {

constexpr std::int64_t application_id = 0x72656372;  // "recr"
constexpr std::int64_t schema_version = 4;

// SQLite keeps the text of a statement as it was given, so the text in schema/*.sql is part of the format: a new blank in
// one of those files is a new schema version. Line ends are not, since a checkout may change them.
std::string statement_in(std::string_view file) {
    auto const start = file.find("CREATE");
    std::string text{file.substr(start, file.rfind(';') - start)};
    std::erase(text, '\r');
    return text;
}

// What schema version 3 added to version 2, and all that it changed. Version 4 changed the outbox.
bool is_new_in_third(std::string_view name) { return name == "due_leases" || name == "deliveries"; }

std::map<std::string, std::string> objects_expected(std::int64_t version) {
    std::map<std::string, std::string> objects;
    auto const add = [&](auto const& files) {
        for (auto const& [name, file] : files) objects.emplace(name, statement_in(file));
    };
    if (version == 2 || version == 3) add(third_schema);  // what is there already stays
    version == 1 ? add(first_schema) : add(schema);
    if (version == 2) std::erase_if(objects, [](auto const& one) { return is_new_in_third(one.first); });
    return objects;
}

std::map<std::string, std::string> objects_found(connection& at) {
    std::map<std::string, std::string> objects;
    query row{at, sql("list_objects")};
    while (row.next()) objects.emplace(row.text(0), row.is_null(1) ? std::string{} : row.text(1));
    return objects;
}

std::string pragma_text(connection& at, std::string_view pragma) {
    query row{at, pragma};
    return row.next() ? row.text(0) : std::string{};
}

std::int64_t pragma_integer(connection& at, std::string_view pragma) {
    query row{at, pragma};
    return row.next() ? row.integer(0) : 0;
}

void require_expected_objects(connection& at, std::int64_t version) {
    auto const expected = objects_expected(version);
    auto const found = objects_found(at);
    for (auto const& [name, text] : expected) {
        auto const same = found.find(name);
        if (same == found.end()) at.corrupt("is damaged: it has no " + name);
        if (same->second != text) at.corrupt("is damaged: its " + name + " is not the one this library makes");
    }
    for (auto const& [name, text] : found)
        if (!expected.contains(name))
            at.corrupt("was changed: it has an object " + name + " that this library does not make");
}

// The schema version of a store; 0 for a database without anything in it.
std::int64_t version_of(connection& at) {
    auto const application = pragma_integer(at, "PRAGMA application_id");
    auto const version = pragma_integer(at, "PRAGMA user_version");
    if (application == 0 && version == 0 && objects_found(at).empty()) return 0;
    if (application != application_id)
        at.corrupt("is a SQLite file but not a recourse store: its application_id is " + std::to_string(application) +
                   " instead of " + std::to_string(application_id));
    if (version > schema_version) at.newer(version, schema_version);
    if (version < 1)
        at.corrupt("is damaged: its schema version is " + std::to_string(version) + ", and they start at 1");
    if (auto const encoding = pragma_text(at, "PRAGMA encoding"); encoding != "UTF-8")
        at.corrupt("is damaged: its text is " + encoding + " instead of UTF-8");
    require_expected_objects(at, version);
    return version;
}

void set_version(connection& at) { at.run(("PRAGMA user_version = " + std::to_string(schema_version)).c_str()); }

void make_store(connection& at) {
    transaction whole{at};
    if (version_of(at) != 0) return;  // another connection was faster
    for (auto const& [name, file] : schema) at.run(statement_in(file).c_str());
    at.run(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
    set_version(at);
    whole.commit();
}

// All of it or nothing: a file whose migration is cut off is what it was.
void bring_up_to_date(connection& at) {
    transaction whole{at};
    auto const version = version_of(at);
    if (version == schema_version) return;  // another connection was faster
    std::vector<std::string> made;
    for (auto const& [name, file] : schema) {
        bool const is_new =
            version == 1 ? name != "policies" : name == "outbox" || (version == 2 && is_new_in_third(name));
        if (is_new) made.push_back(statement_in(file));
    }
    version == 1 ? migrate_from_first(at, made) : migrate_from_third(at, made);
    require_expected_objects(at, schema_version);
    set_version(at);
    whole.commit();
}

// A file that SQLite takes for empty and that is not: it overlooks a single byte.
void require_really_empty(connection& at) {
    std::error_code problem;
    auto const size = std::filesystem::file_size(at.options().path, problem);
    if (!problem && size > 0 && size < 512) at.corrupt("is not a database: it has " + std::to_string(size) + " bytes");
}

// SQLite reads what is missing from the last page as zeros. Outside a write-ahead log a file has whole pages.
void require_whole_pages(connection& at) {
    std::error_code problem;
    auto const& path = at.options().path;
    auto const size = std::filesystem::file_size(path, problem);
    if (problem) return;
    auto const log_size = std::filesystem::file_size(path + "-wal", problem);
    if (!problem && log_size > 0) return;
    auto const page = static_cast<std::uintmax_t>(pragma_integer(at, "PRAGMA page_size"));
    if (page > 0 && size % page != 0)
        at.corrupt("was cut short: its size of " + std::to_string(size) + " bytes is no multiple of its page size, " +
                   std::to_string(page));
}

// Each commit waits for the disk: NORMAL would lose acknowledged commands when the power fails.
void sync_every_commit(connection& at) {
    at.run("PRAGMA synchronous = FULL");
    at.run("PRAGMA fullfsync = ON");
    at.run("PRAGMA checkpoint_fullfsync = ON");
}

// What this library sees to on a connection of its own, and cannot on the host's.
void require_as_ours(connection& at) {
    constexpr std::int64_t full = 2;
    if (sqlite3_db_readonly(at.handle(), "main") == 0 && pragma_integer(at, "PRAGMA main.synchronous") < full)
        throw std::invalid_argument{
            "the host's connection does not wait for the disk, and would lose commands that were acknowledged: set "
            "PRAGMA "
            "synchronous = FULL on it"};
    query row{at, sql("find_shadow")};
    if (row.next())
        throw std::invalid_argument{"the host's connection has a temporary " + row.text(0) + " of its own called " +
                                    row.text(1) + ", which would be taken for the store's"};
}

void use_write_ahead_log(connection& at) {
    at.run("PRAGMA wal_autocheckpoint = 1000");
    at.run("PRAGMA journal_size_limit = 67108864");
    if (pragma_text(at, "PRAGMA journal_mode") == "wal") return;

    // SQLite does not wait for the lock that this takes, so that two connections that make one store would fail.
    constexpr int pause_ms = 5;
    int code = at.attempt("PRAGMA journal_mode = WAL");
    for (int waited_ms = 0; (code & 0xff) == SQLITE_BUSY && waited_ms < at.options().busy_timeout_ms;
         waited_ms += pause_ms) {
        sqlite3_sleep(pause_ms);
        code = at.attempt("PRAGMA journal_mode = WAL");
    }
    if (code != SQLITE_OK) at.fail(code);
    if (auto const mode = pragma_text(at, "PRAGMA journal_mode"); mode != "wal")
        throw failure{failure_kind::store_unavailable,
                      "the store " + at.options().path +
                          " is unavailable: its file system allows no write-ahead log (" + mode + ")"};
}

}  // namespace

std::string object_text(std::string_view name) {
    for (auto const& [object, file] : schema)
        if (object == name) return statement_in(file);
    throw std::logic_error{"the schema has no " + std::string{name}};
}

namespace {

std::int64_t version_at_one_moment(connection& at) {
    transaction reading{at, transaction::reading};  // another connection may be making it
    return version_of(at);
}

}  // namespace

bool is_made(connection& at) { return version_at_one_moment(at) != 0; }

void settle_format(connection& at) {
    auto const version = version_at_one_moment(at);
    auto const& options = at.options();
    if (version != 0) {
        require_whole_pages(at);
    } else {
        require_really_empty(at);
        if (options.read_only || !options.create)
            at.corrupt("is empty: nothing was ever stored in it, or all was lost");
    }
    bool const leaves_it = options.read_only || at.is_hosts();
    if (leaves_it && version != schema_version)
        throw failure{failure_kind::store_unavailable,
                      "the store " + options.path + " is unavailable: it has schema version " +
                          std::to_string(version) + " and must be brought up to " + std::to_string(schema_version) +
                          (at.is_hosts() ? " before a connection of the host's can be used"
                                         : " before it can be opened read-only") +
                          "; open it once for writing" + (at.is_hosts() ? ", by its path" : "")};
    if (at.is_hosts()) require_as_ours(at);
    if (leaves_it) return;
    sync_every_commit(at);
    if (version == 0) make_store(at);
    if (version != 0 && version != schema_version) bring_up_to_date(at);
    use_write_ahead_log(at);
}

}  // namespace recourse::store::sqlite
