// A store as lines of JSON, and a store made of them.
#include <algorithm>
#include <boost/json.hpp>
#include <limits>
#include <map>
#include <memory>

#include "archive.hpp"
#include "damages.hpp"
#include "format.hpp"
#include "migration.hpp"
#include "query.hpp"
#include "recourse/store/sqlite_upkeep.hpp"
#include "statements.hpp"
#include "store/packed.hpp"
#include "upkeep.hpp"
#include "vocabulary/json.hpp"

namespace recourse::store {
namespace sqlite {
namespace {

constexpr std::string_view format_name = "recourse store 1";
constexpr std::size_t line_bytes_max = std::size_t{1} << 28U;

// Each line is summed with the sum of those before it.
class line_sum {
  public:
    void add(std::string_view line) {
        std::string summed = to_text(sum_);
        summed += line;
        sum_ = sha256(summed);
    }
    [[nodiscard]] std::string text() const { return to_text(sum_); }

  private:
    digest sum_;
};

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made;
    made.reserve(2 * bytes.size());
    for (char const one : bytes) {
        auto const code = static_cast<unsigned char>(one);
        made += digits[code >> 4U];
        made += digits[code & 15U];
    }
    return made;
}

std::optional<std::string> bytes_of(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string made;
    made.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        unsigned code = 0;
        for (auto const letter : text.substr(at, 2)) {
            code *= 16;
            if (letter >= '0' && letter <= '9')
                code += static_cast<unsigned>(letter - '0');
            else if (letter >= 'a' && letter <= 'f')
                code += static_cast<unsigned>(letter - 'a') + 10;
            else
                return std::nullopt;
        }
        made += static_cast<char>(code);
    }
    return made;
}

// NULL, an integer and a text are what they are; bytes are {"json":...} where they are such as this library writes, and
// {"bytes":"hexadecimal"} otherwise.
void write_value(std::string& line, sqlite3_stmt* row, int column) {
    auto const view = [&] {
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
        return std::string_view{static_cast<char const*>(sqlite3_column_blob(row, column)), size};
    };
    switch (sqlite3_column_type(row, column)) {
        case SQLITE_NULL: line += "null"; return;
        case SQLITE_INTEGER: line += std::to_string(sqlite3_column_int64(row, column)); return;
        case SQLITE_TEXT: json::write_string(line, view()); return;
        default: break;
    }
    auto const bytes = view();
    boost::system::error_code problem;
    if (!bytes.empty() && (bytes.front() == '{' || bytes.front() == '[')) {
        auto const content = boost::json::parse(bytes, problem);
        if (!problem && bytes == boost::json::serialize(content)) {
            line += R"({"json":)";
            line += bytes;
            line += '}';
            return;
        }
    }
    line += R"({"bytes":")";
    line += hexadecimal(bytes);
    line += R"("})";
}

std::uint64_t rows_in(connection& at) {
    std::uint64_t all = 0;
    for (auto const& table : tables) all += count_in(at, "SELECT count(*) FROM " + std::string{table.name});
    return all;
}

// The greatest that an effect can have had.
std::string last_position_text(connection& at) {
    query row{at, sql("last_event")};
    auto const last_event = row.next() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
    return std::to_string(last_event == 0 ? 0 : last_event * effects_an_event + effects_an_event - 1);
}

using dispute_name = std::pair<std::string, std::string>;  // its group, and its own

dispute_name name_in(sqlite3_stmt* row, int column) {
    auto const text = [&](int at) {
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(row, at));
        return std::string{static_cast<char const*>(sqlite3_column_blob(row, at)), size};
    };
    return {text(column), text(column + 1)};
}
std::int64_t position_in(sqlite3_stmt* event) { return sqlite3_column_int64(event, 0); }

// What the archive has of the disputes of which the first file has only name, version and head, to stand where those would
// stand if they had never been archived.
class archived_rows {
  public:
    using taking = std::function<void(sqlite3_stmt*)>;

    archived_rows(connection& first, sqlite_options options) : archive_{reading(std::move(options))} {
        query row{first, sql("list_archived")};
        while (row.next()) {
            events_ += row.version(2);
            left_[{row.text(0), row.text(1)}] = {row.version(2), row.fingerprint(3)};
        }
        if (!left_.empty()) one_moment_.emplace(archive_.at(), transaction::reading);
    }
    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
    [[nodiscard]] bool has(dispute_name const& one) const { return left_.contains(one); }

    void give_dispute(table_columns const& table, dispute_name const& one, taking const& take) {
        auto const& [version, head] = left_.at(one);
        auto const key = one.first + "/" + one.second;
        query row{archive_.at(), sql("read_version"), one.first, one.second};
        if (!row.next() || row.version(0) < version)
            archive_.at().corrupt("is damaged: dispute " + key + " was archived, and it is not there");
        if (row.version(0) > version)
            throw failure{failure_kind::store_unavailable,
                          "the dispute " + key + " was archived anew while it was exported; export again"};
        if (row.fingerprint(2) != head)
            archive_.at().corrupt("is damaged: dispute " + key + " was archived with another head");
        made_statement found{archive_.at(), selection(table) + " WHERE settlement_group = ?1 AND dispute = ?2"};
        for (auto const& [parameter, text] : {std::pair{1, &one.first}, {2, &one.second}})
            if (int const code = sqlite3_bind_text64(found.get(), parameter, text->data(), text->size(),
                                                     SQLITE_TRANSIENT, SQLITE_UTF8);
                code != SQLITE_OK)
                archive_.at().fail(code);
        while (found.next()) take(found.get());
    }

    // Their events before that position; all that are left if it is nothing.
    void give_events_before(table_columns const& table, std::optional<std::int64_t> position, taking const& take) {
        if (left_.empty()) return;
        if (!events_in_order_) {
            events_in_order_ = std::make_unique<made_statement>(
                archive_.at(), selection(table) + " ORDER BY " + std::string{table.order});
            look_further();
        }
        while (one_waits_ && (!position || position_in(events_in_order_->get()) < *position)) {
            take(events_in_order_->get());
            look_further();
        }
    }

  private:
    static sqlite_options reading(sqlite_options options) {
        options.read_only = true;
        return options;
    }
    static std::string selection(table_columns const& table) {
        return "SELECT " + std::string{table.columns} + " FROM " + std::string{table.name};
    }
    // What came back from the archive has been left there as well, and is no more than a shadow.
    void look_further() {
        while ((one_waits_ = events_in_order_->next()) && !left_.contains(name_in(events_in_order_->get(), 1))) {}
    }

    archive_file archive_;
    std::map<dispute_name, std::pair<std::uint32_t, digest>> left_;
    std::uint64_t events_ = 0;
    std::optional<transaction> one_moment_;
    std::unique_ptr<made_statement> events_in_order_;  // ends before the transaction does
    bool one_waits_ = false;
};

}  // namespace
}  // namespace sqlite

void export_lines(sqlite_options const& from, std::function<void(std::string_view)> const& take,
                  progress const& heard) {
    using namespace sqlite;
    auto at = open_to_read(from);
    transaction reading{at, transaction::reading};  // one moment of the file
    line_sum sum;
    auto const give = [&](std::string const& line) {
        sum.add(line);
        take(line);
    };
    std::string line = R"({"format":)";
    json::write_string(line, format_name);
    line += R"(,"last_position":)" + last_position_text(at) + "}";
    give(line);
    archived_rows archived{at, from};
    auto const all = rows_in(at) + archived.events();
    std::uint64_t done = 0;
    for (auto const& table : tables) {
        std::string const name{table.name};
        bool const disputes = name == "disputes";
        bool const events = name == "events";
        auto const give_row = [&](sqlite3_stmt* row) {
            line = R"({"table":")" + name + R"(","row":[)";
            auto const columns = sqlite3_column_count(row);
            for (int column = 0; column < columns; ++column) {
                if (column > 0) line += ',';
                write_value(line, row, column);
            }
            line += "]}";
            give(line);
            ++done;
            if (heard && done % 1024 == 0) heard(done, all);
        };
        made_statement row{
            at, "SELECT " + std::string{table.columns} + " FROM " + name + " ORDER BY " + std::string{table.order}};
        while (row.next()) {
            if (events) archived.give_events_before(table, position_in(row.get()), give_row);
            if (disputes && archived.has(name_in(row.get(), 0)))
                archived.give_dispute(table, name_in(row.get(), 0), give_row);
            else
                give_row(row.get());
        }
        if (events) archived.give_events_before(table, std::nullopt, give_row);
    }
    if (heard) heard(done, all);
    take(R"({"rows":)" + std::to_string(done) + R"(,"sum":")" + sum.text() + R"("})");
}

namespace sqlite {
namespace {

class importing {
  public:
    importing(connection& at, std::string path) : at_{at}, path_{std::move(path)} {}

    // False after the last line of an export.
    bool take(std::string const& text) {
        ++line_;
        if (text.size() > line_bytes_max) refuse("is longer than " + std::to_string(line_bytes_max) + " bytes");
        boost::system::error_code problem;
        auto const document = boost::json::parse(text, problem);
        auto const* members = document.if_object();
        if (problem || members == nullptr) refuse("is no JSON object");
        if (line_ == 1) {
            begin(*members);
        } else if (members->contains("sum")) {
            end(*members);
            return false;
        } else {
            row(*members);
        }
        sum_.add(text);
        return true;
    }
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] bool has_begun() const noexcept { return line_ > 0; }

  private:
    [[noreturn]] void refuse(std::string const& what) const {
        throw failure{failure_kind::store_corrupt,
                      "line " + std::to_string(line_) + " of what is to be imported into " + path_ + " " + what};
    }

    void begin(boost::json::object const& members) {
        auto const* format = members.if_contains("format");
        if (format == nullptr || !format->is_string() || format->get_string() != format_name)
            refuse("is not the beginning of an export; expected {\"format\":\"" + std::string{format_name} + "\",...}");
        auto const* position = members.if_contains("last_position");
        if (position == nullptr || !position->is_int64() || position->get_int64() < 0)
            refuse("has no last_position, 0 or more");
        last_position_ = position->get_int64();
    }

    void row(boost::json::object const& members) {
        auto const* name = members.if_contains("table");
        auto const* values = members.if_contains("row");
        if (name == nullptr || !name->is_string() || values == nullptr || !values->is_array() || members.size() != 2)
            refuse(R"(is no row; expected {"table":"...","row":[...]})");
        auto const& table = table_named(name->get_string());
        auto& statement = statement_for(table);
        auto const& row = values->get_array();
        if (static_cast<int>(row.size()) != sqlite3_bind_parameter_count(statement.get()))
            refuse("has " + std::to_string(row.size()) + " values; expected those of " + std::string{table.columns});
        if (table.name == "events" && (!row[0].is_int64() || row[0].get_int64() <= last_event_))
            refuse("has no position after that of the event before it, " + std::to_string(last_event_));
        if (table.name == "events") last_event_ = row[0].get_int64();
        for (std::size_t at = 0; at < row.size(); ++at) bind(statement.get(), static_cast<int>(at) + 1, row[at]);
        int const code = sqlite3_step(statement.get());
        std::string const said = code == SQLITE_DONE ? "" : sqlite3_errmsg(at_.handle());
        sqlite3_reset(statement.get());
        sqlite3_clear_bindings(statement.get());
        if ((code & 0xff) == SQLITE_CONSTRAINT || (code & 0xff) == SQLITE_MISMATCH) refuse("cannot be stored: " + said);
        if (code != SQLITE_DONE) at_.fail(code);
        ++rows_;
    }

    table_columns const& table_named(std::string_view name) const {
        for (auto const& one : tables) {
            if (one.name == name) return one;
        }
        refuse("names a table that there is not");
    }

    made_statement& statement_for(table_columns const& table) {
        if (statement_ == nullptr || of_ != table.name) {
            std::string marks = "?";
            for (auto const letter : table.columns) {
                if (letter == ',') marks += ", ?";
            }
            statement_ =
                std::make_unique<made_statement>(at_, "INSERT INTO " + std::string{table.name} + " (" +
                                                          std::string{table.columns} + ") VALUES (" + marks + ")");
            of_ = table.name;
        }
        return *statement_;
    }

    void bind(sqlite3_stmt* statement, int parameter, boost::json::value const& value) {
        auto const copied = SQLITE_TRANSIENT;
        auto const size = [](std::string_view text) { return static_cast<sqlite3_uint64>(text.size()); };
        int code = SQLITE_OK;
        if (value.is_null()) {
            code = sqlite3_bind_null(statement, parameter);
        } else if (value.is_int64()) {
            code = sqlite3_bind_int64(statement, parameter, value.get_int64());
        } else if (value.is_string()) {
            std::string_view const text = value.get_string();
            code = sqlite3_bind_text64(statement, parameter, text.data(), size(text), copied, SQLITE_UTF8);
        } else if (auto const bytes = blob_of(value)) {
            code = sqlite3_bind_blob64(statement, parameter, bytes->data(), size(*bytes), copied);
        } else {
            refuse("has a value that is neither null, an integer, a text, {\"json\":...} nor {\"bytes\":\"...\"}");
        }
        if (code != SQLITE_OK) at_.fail(code);
    }

    static std::optional<std::string> blob_of(boost::json::value const& value) {
        auto const* members = value.if_object();
        if (members == nullptr || members->size() != 1) return std::nullopt;
        if (auto const* content = members->if_contains("json")) return boost::json::serialize(*content);
        auto const* digits = members->if_contains("bytes");
        if (digits == nullptr || !digits->is_string()) return std::nullopt;
        return bytes_of(digits->get_string());
    }

    void end(boost::json::object const& members) {
        auto const* rows = members.if_contains("rows");
        if (rows == nullptr || !rows->is_int64() || static_cast<std::uint64_t>(rows->get_int64()) != rows_)
            refuse("counts other rows than the " + std::to_string(rows_) + " before it");
        auto const* sum = members.if_contains("sum");
        if (!sum->is_string() || std::string_view{sum->get_string()} != sum_.text())
            refuse("has another sum than the lines before it: something was changed");
        // Positions are never given twice, not even those of effects that were settled.
        auto const last_pending = static_cast<std::int64_t>(count_in(at_, "SELECT max(position) FROM outbox"));
        keep_positions(at_, std::max(last_position_, last_pending));
    }

    connection& at_;
    std::string path_;
    std::unique_ptr<made_statement> statement_;
    std::string_view of_;
    line_sum sum_;
    std::uint64_t line_ = 0;
    std::uint64_t rows_ = 0;
    std::int64_t last_position_ = 0;
    std::int64_t last_event_ = 0;
};

}  // namespace
}  // namespace sqlite

void import_lines(std::function<std::optional<std::string>()> const& next, sqlite_options const& to,
                  progress const& heard) {
    using namespace sqlite;
    require_new_file(to.path);
    unfinished_file made{to.path};
    {
        auto options = to;
        options.create = true;
        options.read_only = false;
        connection at{options};
        settle_format(at);
        transaction whole{at};
        importing lines{at, to.path};
        bool ended = false;
        while (auto const line = next()) {
            if (ended) {
                if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
                throw failure{failure_kind::store_corrupt,
                              "after the last line of what is to be imported into " + to.path + " there is more"};
            }
            ended = !lines.take(*line);
            if (heard && lines.rows() % 1024 == 0) heard(lines.rows(), 0);
        }
        if (!ended)
            throw failure{failure_kind::store_corrupt, "what is to be imported into " + to.path +
                                                           " was cut off: its last line, with the sum, is " +
                                                           "missing"};
        whole.commit();
        if (heard) heard(lines.rows(), lines.rows());
        if (auto const found = find_damages(at); !found.empty())
            throw failure{failure_kind::store_corrupt,
                          "what was imported into " + to.path + " does not agree with itself: " + found.front().what};
    }
    made.keep();
}

}  // namespace recourse::store
