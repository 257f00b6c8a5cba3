// The statements of the bare program and of the layout of five tables.
#include "bare_writer.hpp"

namespace recourse::test {
namespace {

// As our store sets them.
void settle(plain_file const& at) {
    at.run(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000;"
        "PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON");
}

plain_file settled(std::string const& path) {
    plain_file made{path};
    settle(made);
    return made;
}

plain_file mapped(std::string const& path) {
    auto made = settled(path);
    made.run(R"(
CREATE TABLE IF NOT EXISTS disputes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, settlement_group VARCHAR(200) NOT NULL, public_id VARCHAR(200) NOT NULL,
    version INTEGER NOT NULL, state TEXT NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL,
    UNIQUE (settlement_group, public_id));
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, dispute_id INTEGER NOT NULL REFERENCES disputes (id), version INTEGER NOT NULL,
    type VARCHAR(100) NOT NULL, occurred_at TIMESTAMP NOT NULL, body TEXT NOT NULL, created_at TIMESTAMP NOT NULL,
    UNIQUE (dispute_id, version));
CREATE TABLE IF NOT EXISTS deadlines (
    id INTEGER PRIMARY KEY AUTOINCREMENT, dispute_id INTEGER NOT NULL REFERENCES disputes (id),
    due_at TIMESTAMP NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE INDEX IF NOT EXISTS deadlines_due ON deadlines (due_at);
CREATE INDEX IF NOT EXISTS deadlines_dispute ON deadlines (dispute_id);
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, dispute_id INTEGER NOT NULL REFERENCES disputes (id), kind VARCHAR(100) NOT NULL,
    body TEXT NOT NULL, status VARCHAR(20) NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE INDEX IF NOT EXISTS outbox_status ON outbox (status);
CREATE TABLE IF NOT EXISTS command_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT, command_key VARCHAR(200) NOT NULL UNIQUE,
    dispute_id INTEGER NOT NULL REFERENCES disputes (id), fingerprint BLOB NOT NULL, created_at TIMESTAMP NOT NULL))");
    return made;
}

}  // namespace

bare_writer::bare_writer(std::string const& path)
    : file_{settled(path)},
      read_{file_, "SELECT version, keys FROM disputes WHERE settlement_group = ?1 AND dispute = ?2"},
      event_{
          file_,
          "INSERT INTO events (settlement_group, dispute, version, at, recorded_at, type, command, fingerprint, body, "
          "link) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"},
      dispute_{file_,
               "UPDATE disputes SET version = ?3, next_due = ?4, keys = ?5, head = ?6, state = ?7, seal = ?8 "
               "WHERE settlement_group = ?1 AND dispute = ?2 AND version = ?9"},
      last_{file_, "SELECT max(rowid) FROM events"},
      effect_{file_,
              "INSERT INTO outbox (position, settlement_group, dispute, version, effect, kind, body, seal) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
      begin_{file_, "BEGIN IMMEDIATE"},
      commit_{file_, "COMMIT"} {}

void bare_writer::write(std::span<store::append const> group) {
    begin_.run();
    for (auto const& one : group) write_one(one);
    commit_.run();
}

void bare_writer::write_one(store::append const& one) {
    auto const group = one.dispute.group.text();
    auto const dispute = one.dispute.dispute.text();
    read_.read_one([&](sqlite3_stmt* row) { keys_ = text_at(row, 1); }, group, dispute);
    keys_ += "12345678";
    auto const& event = one.events.front();
    std::int64_t const version = event.version;
    event_.change_one(group, dispute, version, event.at.microseconds, event.recorded_at->microseconds,
                      std::string_view{event.type}, std::string_view{one.command}, one.fingerprint,
                      plain_bytes{event.body}, one.fingerprint);
    dispute_.change_one(group, dispute, version, one.next_due->microseconds, plain_bytes{keys_}, one.fingerprint,
                        plain_bytes{one.state}, one.fingerprint, version - 1);
    std::int64_t position = 0;
    last_.read_one([&](sqlite3_stmt* row) { position = sqlite3_column_int64(row, 0) * 10'000; });
    effect_.change_one(position, group, dispute, version, std::int64_t{0}, std::string_view{one.outbox[0].kind},
                       plain_bytes{one.outbox[0].body}, one.fingerprint);
}

mapped_writer::mapped_writer(std::string const& path)
    : file_{mapped(path)},
      find_key_{file_, "SELECT count(*) FROM command_keys WHERE command_key = ?1"},
      find_{file_, "SELECT id, version FROM disputes WHERE settlement_group = ?1 AND public_id = ?2"},
      open_{file_,
            "INSERT INTO disputes (settlement_group, public_id, version, state, created_at, updated_at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?5)"},
      advance_{file_,
               "UPDATE disputes SET version = ?2, state = ?3, updated_at = ?4 WHERE id = ?1 AND version = ?2 - 1"},
      event_{file_,
             "INSERT INTO events (dispute_id, version, type, occurred_at, body, created_at) "
             "VALUES (?1, ?2, ?3, ?4, ?5, ?4)"},
      drop_deadline_{file_, "DELETE FROM deadlines WHERE dispute_id = ?1"},
      deadline_{file_, "INSERT INTO deadlines (dispute_id, due_at, created_at) VALUES (?1, ?2, ?3)"},
      effect_{file_,
              "INSERT INTO outbox (dispute_id, kind, body, status, created_at) VALUES (?1, ?2, ?3, 'pending', ?4)"},
      key_{file_,
           "INSERT INTO command_keys (command_key, dispute_id, fingerprint, created_at) VALUES (?1, ?2, ?3, ?4)"},
      begin_{file_, "BEGIN IMMEDIATE"},
      commit_{file_, "COMMIT"} {}

void mapped_writer::write(std::span<store::append const> group) {
    begin_.run();
    for (auto const& one : group) write_one(one);
    commit_.run();
}

void mapped_writer::write_one(store::append const& one) {
    auto const group = one.dispute.group.text();
    auto const dispute = one.dispute.dispute.text();
    std::string const command = std::string{dispute} + "/" + one.command;  // one key space for all disputes
    auto const& event = one.events.front();
    auto const at = event.at.microseconds;
    std::int64_t const version = event.version;
    std::int64_t known = 0;
    find_key_.read_one([&](sqlite3_stmt* row) { known = sqlite3_column_int64(row, 0); }, std::string_view{command});
    if (known != 0) throw std::runtime_error{"a command is there already"};
    std::int64_t id = 0;
    if (version == 1) {
        open_.change_one(group, dispute, version, std::string_view{one.state}, at);
        id = sqlite3_last_insert_rowid(file_.get());
    } else {
        find_.read_one([&](sqlite3_stmt* row) { id = sqlite3_column_int64(row, 0); }, group, dispute);
        advance_.change_one(id, version, std::string_view{one.state}, at);
    }
    event_.change_one(id, version, std::string_view{event.type}, at, std::string_view{event.body});
    if (version > 1) drop_deadline_.run(id);
    deadline_.change_one(id, one.next_due->microseconds, at);
    effect_.change_one(id, std::string_view{one.outbox[0].kind}, std::string_view{one.outbox[0].body}, at);
    key_.change_one(std::string_view{command}, id, one.fingerprint, at);
}

}  // namespace recourse::test
