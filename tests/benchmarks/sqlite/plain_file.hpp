// A SQLite file and nothing else: statements prepared once, values bound in the order given, any error is thrown.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "recourse/vocabulary/digest.hpp"

namespace recourse::test {

struct plain_bytes {  // a BLOB
    std::string_view view;
};

class plain_file {
  public:
    explicit plain_file(std::string const& path) {
        sqlite3* opened = nullptr;
        int const code = sqlite3_open_v2(path.c_str(), &opened,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
        handle_.reset(opened);
        require(code);
    }
    void run(std::string const& sql) const {
        require(sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }
    [[nodiscard]] sqlite3* get() const noexcept { return handle_.get(); }
    void require(int code) const {
        if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
            throw std::runtime_error{std::string{"SQLite says: "} + sqlite3_errmsg(handle_.get())};
    }

  private:
    struct close {
        void operator()(sqlite3* one) const { sqlite3_close_v2(one); }
    };
    std::unique_ptr<sqlite3, close> handle_;
};

class plain_statement {
  public:
    plain_statement(plain_file const& at, std::string const& sql) : at_{at} {
        at.require(sqlite3_prepare_v3(at.get(), sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    }
    plain_statement(plain_statement const&) = delete;
    plain_statement& operator=(plain_statement const&) = delete;
    ~plain_statement() { sqlite3_finalize(statement_); }

    // Throws unless as many rows are changed as are wanted.
    template <class... Values>
    void change_one(Values const&... values) {
        bind(values...);
        at_.require(sqlite3_step(statement_));
        sqlite3_reset(statement_);
        if (sqlite3_changes(at_.get()) != 1) throw std::runtime_error{"a statement did not change one row"};
    }
    template <class... Values>
    void run(Values const&... values) {
        bind(values...);
        at_.require(sqlite3_step(statement_));
        sqlite3_reset(statement_);
    }
    // Calls take(statement) with the one row.
    template <class Take, class... Values>
    void read_one(Take const& take, Values const&... values) {
        bind(values...);
        if (sqlite3_step(statement_) != SQLITE_ROW) throw std::runtime_error{"a row is missing"};
        take(statement_);
        sqlite3_reset(statement_);
    }

  private:
    template <class... Values>
    void bind(Values const&... values) {
        int parameter = 0;
        (at_.require(bind_one(++parameter, values)), ...);
    }
    int bind_one(int at, std::int64_t value) { return sqlite3_bind_int64(statement_, at, value); }
    int bind_one(int at, std::string_view value) {
        return sqlite3_bind_text64(statement_, at, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int bind_one(int at, plain_bytes value) {
        return sqlite3_bind_blob64(statement_, at, value.view.data(), value.view.size(), SQLITE_STATIC);
    }
    int bind_one(int at, digest const& value) {
        return sqlite3_bind_blob64(statement_, at, value.bytes.data(), value.bytes.size(), SQLITE_STATIC);
    }

    plain_file const& at_;
    sqlite3_stmt* statement_ = nullptr;
};

inline std::string_view text_at(sqlite3_stmt* row, int column) {
    auto const* start = static_cast<char const*>(sqlite3_column_blob(row, column));
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

}  // namespace recourse::test
