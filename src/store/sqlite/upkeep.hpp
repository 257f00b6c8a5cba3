// What the upkeep of a store shares: its tables, and a file that is removed unless it was finished.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "connection.hpp"

namespace recourse::store::sqlite {

struct table_columns {
    std::string_view name;
    std::string_view columns;  // in the order of the schema
    std::string_view order;    // in which its rows are exported
};
// In an order in which they can be written again. Leases on due disputes are not among them: they belong to the workers of
// one file.
inline constexpr std::array<table_columns, 9> tables{{
    {"policies", "hash, id, version, text", "id, version"},
    {"ledger",
     "settlement_group, payment, version, currency, captured_minor, reserved_minor, refunded_minor, lines, seal",
     "settlement_group, payment"},
    {"disputes", "settlement_group, dispute, version, next_due, keys, head, state, seal", "settlement_group, dispute"},
    // At the positions at which readers of all events have met them.
    {"events", "rowid, settlement_group, dispute, version, at, recorded_at, type, command, fingerprint, body, link",
     "rowid"},
    {"outbox", "position, settlement_group, dispute, version, effect, kind, body, seal", "position"},
    {"personal_texts", "settlement_group, dispute, digest, role, subject, salt, text, seal",
     "settlement_group, dispute, digest, role, subject"},
    {"refusal_counts", "settlement_group, dispute, code, count, seal", "settlement_group, dispute, code"},
    {"refusals", "settlement_group, dispute, number, at, codes, command, asked, seal",
     "settlement_group, dispute, number"},
    {"deliveries", "position, attempts, free_at, worker, parked_at, reason, seal", "position"},
}};

connection open_to_read(sqlite_options options);

// A statement whose text is made at run time, from the names above.
class made_statement {
  public:
    made_statement(connection& at, std::string const& text);
    made_statement(made_statement const&) = delete;
    made_statement& operator=(made_statement const&) = delete;
    ~made_statement() { sqlite3_finalize(statement_); }
    bool next();  // false when there is no further row
    [[nodiscard]] sqlite3_stmt* get() const noexcept { return statement_; }

  private:
    connection& at_;
    sqlite3_stmt* statement_ = nullptr;
};

// The integer that a statement of one row gives; 0 for none.
std::uint64_t count_in(connection& at, std::string const& text);
void require_new_file(std::string const& path);

// Removes the file, and what SQLite puts beside it, unless it is kept.
class unfinished_file {
  public:
    explicit unfinished_file(std::string const& path) : files_{path, path + "-wal", path + "-shm", path + "-journal"} {}
    unfinished_file(unfinished_file const&) = delete;
    unfinished_file& operator=(unfinished_file const&) = delete;
    ~unfinished_file();
    void keep() noexcept { finished_ = true; }

  private:
    std::array<std::filesystem::path, 4> files_;  // named beforehand: to remove them takes no memory
    bool finished_ = false;
};

}  // namespace recourse::store::sqlite
