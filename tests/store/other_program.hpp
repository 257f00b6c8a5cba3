// Another program at the same SQLite file: it may do what the library would not.
#pragma once

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

namespace store_samples {

class other_program {
  public:
    explicit other_program(std::string const& path) {
        sqlite3* opened = nullptr;
        REQUIRE(sqlite3_open(path.c_str(), &opened) == SQLITE_OK);
        handle_.reset(opened);
        sqlite3_busy_timeout(opened, 2000);
    }
    void run(std::string const& sql) {
        INFO(sql);
        int const code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
        INFO(sqlite3_errmsg(handle_.get()));
        REQUIRE(code == SQLITE_OK);
    }
    // Changes what CHECK constraints and STRICT columns would not let pass.
    void force(std::string const& sql) {
        sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
        run("PRAGMA ignore_check_constraints = ON");
        run(sql);
    }
    // Every row as texts; NULL is an empty one.
    std::vector<std::vector<std::string>> rows(std::string const& sql) {
        INFO(sql);
        std::vector<std::vector<std::string>> all;
        auto const keep = [](void* into, int count, char** values, char**) {
            auto& row = static_cast<std::vector<std::vector<std::string>>*>(into)->emplace_back();
            for (int at = 0; at < count; ++at) row.emplace_back(values[at] == nullptr ? "" : values[at]);
            return 0;
        };
        REQUIRE(sqlite3_exec(handle_.get(), sql.c_str(), keep, &all, nullptr) == SQLITE_OK);
        return all;
    }

  private:
    struct close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, close> handle_;
};

}  // namespace store_samples
