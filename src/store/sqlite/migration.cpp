// Copying rows from the tables of older schemas into those of today.
#include "migration.hpp"

#include <map>
#include <utility>

#include "query.hpp"
#include "recourse/store/store.hpp"
#include "statements.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"

namespace recourse::store::sqlite {
namespace {

using heads = std::map<dispute_key, digest>;

heads copy_events(connection& at) {
    heads last;
    query row{at, sql("first_events")};
    while (row.next()) {
        auto const key = row.key(0);
        stored_event event;
        event.version = row.version(2);
        event.at = {row.integer(3)};
        event.type = row.text(4);
        bool const first = !row.is_null(5);
        if (first) {
            event.command = row.text(5);
            event.fingerprint = row.fingerprint(6);
        }
        event.body = row.blob(7);
        auto& link = last[key];
        link = link_of(key, link, event);
        bytes const body{event.body};
        if (first)
            query{at,
                  sql("write_event"),
                  key.group,
                  key.dispute,
                  event.version,
                  event.at,
                  event.recorded_at,
                  event.type,
                  event.command,
                  event.fingerprint,
                  body,
                  link}
                .run();
        else
            query{at,
                  sql("write_event"),
                  key.group,
                  key.dispute,
                  event.version,
                  event.at,
                  event.recorded_at,
                  event.type,
                  nullptr,
                  nullptr,
                  body,
                  link}
                .run();
    }
    return last;
}

void copy_disputes(connection& at, heads const& last) {
    query row{at, sql("first_disputes")};
    while (row.next()) {
        auto const key = row.key(0);
        auto const version = row.version(2);
        auto const next_due = row.moment(3);
        auto const keys = row.blob(4);
        auto const state = row.blob(5);
        auto const found = last.find(key);
        auto const head = found == last.end() ? digest{} : found->second;
        bytes const packed{keys};
        bytes const content{state};
        auto const sum = seal(dispute_seal, key.group, key.dispute, version, next_due, packed, head, content);
        query{at, sql("open_dispute"), key.group, key.dispute, version, next_due, packed, head, content, sum}.run();
    }
}

void copy_ledger(connection& at) {
    query row{at, sql("first_ledger")};
    while (row.next()) {
        auto const group = row.text(0);
        auto const payment = row.text(1);
        auto const currency = row.text(3);
        auto const lines = row.blob(7);
        bytes const content{lines};
        auto const sum = seal(ledger_seal, group, payment, row.integer(2), currency, row.integer(4), row.integer(5),
                              row.integer(6), content);
        query{at,       sql("open_ledger"), group,          payment,        row.integer(2),
              currency, row.integer(4),     row.integer(5), row.integer(6), content,
              sum}
            .run();
    }
}

// To be asked once the pending effects stand in the table of today.
std::int64_t last_position_before(connection& at, std::string_view table) {
    query row{at, sql("last_position_before"), table};
    return row.next() ? row.integer(0) : 0;
}

void copy_outbox(connection& at) {
    {
        query row{at, sql("first_outbox")};
        while (row.next()) {
            auto const group = row.text(1);
            auto const dispute = row.text(2);
            auto const kind = row.text(5);
            auto const body = row.blob(6);
            bytes const content{body};
            auto const sum =
                seal(effect_seal, row.integer(0), group, dispute, row.integer(3), row.integer(4), kind, content);
            query{
                at, sql("write_effect"), row.integer(0), group, dispute, row.integer(3), row.integer(4), kind, content,
                sum}
                .run();
        }
    }
    keep_positions(at, last_position_before(at, "first_outbox"));
}

}  // namespace

void keep_positions(connection& at, std::int64_t last) {
    query{at, sql("move_last_event"), last / std::int64_t{effects_an_event}}.run();
}

void migrate_from_third(connection& at, std::vector<std::string> const& made) {
    at.run("ALTER TABLE outbox RENAME TO third_outbox");
    for (auto const& text : made) at.run(text.c_str());
    query{at, sql("copy_third_outbox")}.run();
    keep_positions(at, last_position_before(at, "third_outbox"));
    at.run("DROP TABLE third_outbox");
}

void migrate_from_first(connection& at, std::vector<std::string> const& made) {
    at.run("DROP INDEX disputes_due");
    for (auto const* table : {"disputes", "events", "ledger", "outbox"})
        at.run(("ALTER TABLE " + std::string{table} + " RENAME TO first_" + table).c_str());
    for (auto const& text : made) at.run(text.c_str());
    auto const last = copy_events(at);
    copy_disputes(at, last);
    copy_ledger(at);
    copy_outbox(at);
    for (auto const* table : {"disputes", "events", "ledger", "outbox"})
        at.run(("DROP TABLE first_" + std::string{table}).c_str());
}

}  // namespace recourse::store::sqlite
