// One use of a prepared statement: values in, rows out, every value read checked before it is believed.
//
//     query row{connection, sql("read_version"), key.group, key.dispute};
//     if (row.next()) version = row.version(0);
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "connection.hpp"
#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/instant.hpp"

namespace recourse::store::sqlite {

struct bytes {  // a value that is a BLOB and not a TEXT
    std::string_view view;
};

class query {
  public:
    // The values must live as long as the query: SQLite does not copy them.
    template <class... Values>
    query(connection& at, std::string_view text, Values const&... values) : at_{at}, statement_{at.prepared(text)} {
        int parameter = 0;
        (bind(++parameter, values), ...);
    }
    query(query const&) = delete;
    query& operator=(query const&) = delete;
    ~query() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

    // Steps to the next row; false when there is none.
    bool next();
    // Runs a statement that has no rows; how many rows it changed.
    int run();

    // Each throws store_corrupt when the value in that column is not what it should be.
    [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::int64_t positive(int column) const;
    [[nodiscard]] std::uint32_t natural(int column) const;
    [[nodiscard]] std::uint32_t version(int column) const;  // of a dispute: not 0
    [[nodiscard]] std::string text(int column) const { return std::string{text_view(column)}; }
    [[nodiscard]] std::string blob(int column) const { return std::string{blob_view(column)}; }
    // Until the next step.
    [[nodiscard]] std::string_view text_view(int column) const;
    [[nodiscard]] std::string_view blob_view(int column) const;
    [[nodiscard]] digest fingerprint(int column) const;
    [[nodiscard]] std::optional<instant> moment(int column) const;  // or NULL
    template <class Id>
    [[nodiscard]] Id identifier(int column) const {
        auto parsed = Id::parse(text_view(column));
        if (!parsed) refuse(column, "is no identifier: " + parsed.error());
        return *std::move(parsed);
    }
    [[nodiscard]] dispute_key key(int group_column) const {  // the dispute is in the column after
        return {identifier<settlement_group>(group_column), identifier<dispute_id>(group_column + 1)};
    }

    // `what` goes on from "its value COLUMN ".
    [[noreturn]] void refuse(int column, std::string const& what) const;

  private:
    void bind(int parameter, std::nullptr_t);
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, std::string_view value);
    void bind(int parameter, bytes value);
    void bind(int parameter, digest const& value);
    void bind(int parameter, std::optional<instant> value);
    template <class Tag>
    void bind(int parameter, id<Tag> const& value) {
        bind(parameter, std::string_view{value.text()});
    }
    void require_type(int column, int type) const;
    void check(int code) const;

    connection& at_;
    sqlite3_stmt* statement_;
};

}  // namespace recourse::store::sqlite
