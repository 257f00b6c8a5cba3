// Binding and reading values of a prepared statement.
#include "query.hpp"

#include <algorithm>
#include <limits>

namespace recourse::store::sqlite {
namespace {

std::string_view type_name(int type) {
    switch (type) {
        case SQLITE_INTEGER: return "an INTEGER";
        case SQLITE_FLOAT: return "a REAL";
        case SQLITE_TEXT: return "a TEXT";
        case SQLITE_BLOB: return "a BLOB";
        default: return "NULL";
    }
}

// SQLite takes a null pointer for NULL, whatever the length.
char const* never_null(std::string_view value) { return value.data() == nullptr ? "" : value.data(); }

}  // namespace

bool query::next() {
    int const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) at_.fail(code);
    return false;
}

int query::run() {
    while (next()) {}
    return at_.rows_changed();
}

std::int64_t query::integer(int column) const {
    require_type(column, SQLITE_INTEGER);
    return sqlite3_column_int64(statement_, column);
}

std::int64_t query::positive(int column) const {
    auto const value = integer(column);
    if (value < 1) refuse(column, "is " + std::to_string(value) + ", and it starts at 1");
    return value;
}

std::uint32_t query::natural(int column) const {
    auto const value = integer(column);
    if (value < 0 || value > std::int64_t{std::numeric_limits<std::uint32_t>::max()})
        refuse(column, "is " + std::to_string(value) + ", outside 0 to 4294967295");
    return static_cast<std::uint32_t>(value);
}

std::uint32_t query::version(int column) const {
    auto const value = natural(column);
    if (value == 0) refuse(column, "is 0, and versions start at 1");
    return value;
}

std::string_view query::text_view(int column) const {
    require_type(column, SQLITE_TEXT);
    auto const* start = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    if (start == nullptr) at_.fail(SQLITE_NOMEM);  // a TEXT is never a null pointer otherwise, even when it is empty
    return {start, size};
}

std::string_view query::blob_view(int column) const {
    require_type(column, SQLITE_BLOB);
    auto const* start = static_cast<char const*>(sqlite3_column_blob(statement_, column));
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    if (size == 0) return {};
    if (start == nullptr) at_.fail(SQLITE_NOMEM);
    return {start, size};
}

digest query::fingerprint(int column) const {
    auto const value = blob_view(column);
    digest made;
    if (value.size() != made.bytes.size())
        refuse(column, "has " + std::to_string(value.size()) + " bytes instead of 32");
    std::transform(value.begin(), value.end(), made.bytes.begin(),
                   [](char byte) { return static_cast<unsigned char>(byte); });
    return made;
}

std::optional<instant> query::moment(int column) const {
    if (is_null(column)) return std::nullopt;
    return instant{integer(column)};
}

void query::refuse(int column, std::string const& what) const {
    auto const* name = sqlite3_column_name(statement_, column);
    at_.corrupt("is damaged: its value " + std::string{name == nullptr ? "?" : name} + " " + what);
}

void query::require_type(int column, int type) const {
    int const found = sqlite3_column_type(statement_, column);
    if (found != type)
        refuse(column, "is " + std::string{type_name(found)} + " where " + std::string{type_name(type)} + " belongs");
}

void query::bind(int parameter, std::nullptr_t) { check(sqlite3_bind_null(statement_, parameter)); }

void query::bind(int parameter, std::int64_t value) { check(sqlite3_bind_int64(statement_, parameter, value)); }

void query::bind(int parameter, std::string_view value) {
    check(sqlite3_bind_text64(statement_, parameter, never_null(value), value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void query::bind(int parameter, bytes value) {
    check(sqlite3_bind_blob64(statement_, parameter, never_null(value.view), value.view.size(), SQLITE_STATIC));
}

void query::bind(int parameter, digest const& value) {
    check(sqlite3_bind_blob64(statement_, parameter, value.bytes.data(), value.bytes.size(), SQLITE_STATIC));
}

void query::bind(int parameter, std::optional<instant> value) {
    check(value ? sqlite3_bind_int64(statement_, parameter, value->microseconds)
                : sqlite3_bind_null(statement_, parameter));
}

void query::check(int code) const {
    if (code != SQLITE_OK) at_.fail(code);
}

}  // namespace recourse::store::sqlite
