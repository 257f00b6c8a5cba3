// Statements that go to the server together, and their rows, every value read checked before it is believed.
//
//     batch both{connection};
//     both.add(sql("read_version"), key.group, key.dispute);
//     both.add(sql("find_policy"), id, version);
//     auto answers = both.run();                      // one round trip
//     if (answers[0].next()) version = answers[0].version(0);
//
// Values go in PostgreSQL's binary form: every number is a bigint, every text ASCII, and what may hold any byte a bytea.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connection.hpp"
#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/instant.hpp"

namespace recourse::store::postgres {

struct bytes {  // what a seal takes as bytes and not as a text
    std::string_view view;
};

class rows {
  public:
    rows(connection& at, result_owner result) : at_{&at}, result_{std::move(result)} {}

    // Goes on to the next row; false when there is none.
    bool next() { return ++row_ < PQntuples(result_.get()); }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(PQntuples(result_.get())); }
    // "COMMIT", or "ROLLBACK" when that is what became of it.
    [[nodiscard]] std::string_view done() const { return PQcmdStatus(result_.get()); }

    // Each throws store_corrupt when the value in that column is not what it should be.
    [[nodiscard]] bool is_null(int column) const { return PQgetisnull(result_.get(), row_, column) != 0; }
    [[nodiscard]] bool is_true(int column) const { return value(column) == std::string_view{"\1", 1}; }
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::int64_t positive(int column) const;
    [[nodiscard]] std::uint32_t natural(int column) const;
    [[nodiscard]] std::uint32_t version(int column) const;  // of a dispute: not 0
    [[nodiscard]] std::string text(int column) const { return std::string{value(column)}; }
    [[nodiscard]] std::string blob(int column) const { return std::string{value(column)}; }
    [[nodiscard]] std::string_view raw(int column) const { return value(column); }  // as it came, unchecked
    [[nodiscard]] digest fingerprint(int column) const;
    [[nodiscard]] std::optional<instant> moment(int column) const;  // or NULL
    template <class Id>
    [[nodiscard]] Id identifier(int column) const {
        auto parsed = Id::parse(value(column));
        if (!parsed) refuse(column, "is no identifier: " + parsed.error());
        return *std::move(parsed);
    }
    [[nodiscard]] dispute_key key(int group_column) const {  // the dispute is in the column after
        return {identifier<settlement_group>(group_column), identifier<dispute_id>(group_column + 1)};
    }

    // `what` goes on from "its value COLUMN ".
    [[noreturn]] void refuse(int column, std::string const& what) const;

  private:
    [[nodiscard]] std::string_view value(int column) const;

    connection* at_;
    result_owner result_;
    int row_ = -1;
};

class batch {
  public:
    explicit batch(connection& at);
    batch(batch const&) = delete;
    batch& operator=(batch const&) = delete;
    ~batch();

    template <class... Values>
    void add(statement what, Values const&... values) {
        parameters_.clear();
        (take(values), ...);
        send(what);
    }
    // The first columns of a row, as they came, and what follows them.
    template <class... Values>
    void add_row(statement what, rows const& row, int columns, Values const&... more) {
        parameters_.clear();
        for (int column = 0; column < columns; ++column) row.is_null(column) ? take(nullptr) : take(row.raw(column));
        (take(more), ...);
        send(what);
    }
    void add_plain(std::string const& text);  // without values, not prepared
    // A transaction; on the host's connection a savepoint in the host's own.
    void begin(std::string_view kind = "ISOLATION LEVEL READ COMMITTED");
    void commit();

    // The answers in the order of adding. If one was refused, none of the transaction is kept and what that means is
    // thrown. After a commit all is durable, on the standby too where the server waits for one.
    std::vector<rows> run();

  private:
    struct parameter {
        std::string number{};     // for a number, its eight bytes
        std::string_view view{};  // for anything else
        bool is_null = false;
    };
    void take(std::nullptr_t) { parameters_.push_back({.is_null = true}); }
    void take(std::integral auto value) { take_number(static_cast<std::int64_t>(value)); }
    void take(std::string_view value) { parameters_.push_back({.view = value}); }
    void take(bytes value) { take(value.view); }
    void take(digest const& value) {
        parameters_.push_back({.view = {reinterpret_cast<char const*>(value.bytes.data()), value.bytes.size()}});
    }
    void take(instant value) { take_number(value.microseconds); }
    void take(std::optional<instant> value) { value ? take(*value) : take(nullptr); }
    template <class Tag>
    void take(id<Tag> const& value) {
        take(value.text());
    }
    void take_number(std::int64_t value);
    void send(statement what);
    void check_sent(int result);

    connection& at_;
    std::vector<parameter> parameters_;
    std::vector<std::string_view> prepares_;  // for each statement sent: the name that it prepares, or nothing
    int host_waits_ = 0;                      // what the host has set about blocking
    bool commits_ = false;
    bool ran_ = false;
};

// Takes back what was not committed. On a connection that is gone there is nothing to take back.
void roll_back(connection& at);

// One statement alone, in a transaction of its own.
template <class... Values>
rows ask(connection& at, statement what, Values const&... values) {
    batch one{at};
    one.add(what, values...);
    return std::move(one.run().front());
}

}  // namespace recourse::store::postgres
