// One open SQLite file: its handle, its prepared statements, and its failures in words.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "recourse/store/sqlite.hpp"

namespace recourse::store::sqlite {

class connection {
  public:
    // Opens the file and makes this connection careful; looks at nothing inside it.
    explicit connection(sqlite_options options);
    // One that the host has opened: it is left as it is, and open.
    explicit connection(sqlite3* host);

    [[nodiscard]] bool is_hosts() const noexcept { return !handle_.get_deleter().owns; }
    [[nodiscard]] sqlite_options const& options() const noexcept { return options_; }

    // For statements without values, whose rows do not matter. `attempt` gives the result code, `run` throws it.
    [[nodiscard]] int attempt(char const* sql) noexcept {
        return sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    }
    void run(char const* sql);
    // The statement for this text, prepared once. The text must live as long as the connection.
    sqlite3_stmt* prepared(std::string_view sql);

    [[nodiscard]] bool in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }
    [[nodiscard]] int rows_changed() const noexcept { return sqlite3_changes(handle_.get()); }

    // For a transaction that could not be rolled back, for want of memory: until it is, nothing else is done or read.
    void owe_rollback() noexcept { owes_rollback_ = true; }

    // Throws what a result code other than success means.
    [[noreturn]] void fail(int code) const;
    // Throws store_corrupt; `found` goes on from "the store ".
    [[noreturn]] void corrupt(std::string const& found) const;
    [[noreturn]] void newer(std::int64_t found, std::int64_t known) const;

  private:
    void settle_rollback();
    struct close {
        bool owns;
        void operator()(sqlite3* handle) const noexcept {
            if (owns) sqlite3_close_v2(handle);
        }
    };
    struct finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };

    sqlite_options options_;
    std::unique_ptr<sqlite3, close> handle_{nullptr, close{true}};
    std::map<std::string_view, std::unique_ptr<sqlite3_stmt, finalize>> statements_;
    bool owes_rollback_ = false;
};

// Everything until `commit`, or nothing. On the host's connection it is a savepoint in the host's transaction.
class transaction {
  public:
    static constexpr std::string_view writing = "BEGIN IMMEDIATE";
    static constexpr std::string_view reading = "BEGIN";
    explicit transaction(connection& at, std::string_view begin = writing);
    transaction(transaction const&) = delete;
    transaction& operator=(transaction const&) = delete;
    ~transaction() { roll_back(); }
    void commit();

  private:
    void roll_back() noexcept;
    connection& at_;
    bool open_ = true;
};

}  // namespace recourse::store::sqlite
