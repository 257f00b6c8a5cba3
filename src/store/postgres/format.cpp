// Telling a store from any other schema, and making a new one.
#include "format.hpp"

#include <algorithm>

#include "embedded/postgres_schema.hpp"
#include "query.hpp"

namespace recourse::store::postgres {
namespace {

constexpr std::int64_t schema_version = 4;

// What schema version 3 added: the archive of disputes that rest.
bool is_new_in_third(std::string_view name) { return name.find("archive") != std::string_view::npos; }

// And the index that schema version 4 added.
bool is_new_in_fourth(std::string_view name) { return name == "8_outbox_dispute"; }

bool is_there(connection& at) {
    auto row = ask(at, sql("find_store"));
    return row.next() && row.is_true(0);
}

// All in one transaction, as PostgreSQL can: a store is made whole or not at all.
void make_store(connection& at) {
    batch first{at};
    first.begin();
    first.add(sql("make_alone"));
    first.add(sql("find_store"));
    auto answers = first.run();
    if (answers[2].next() && answers[2].is_true(0)) {  // another connection was faster
        roll_back(at);
        return;
    }
    batch all{at};
    all.add_plain("CREATE SCHEMA IF NOT EXISTS " + at.options().schema);
    for (auto const& [name, text] : schema) all.add_plain(at.text_of(text));
    all.add(sql("write_store"), schema_version);
    all.commit();
    all.run();
}

// All in one transaction as well; who was killed within it has changed nothing. Programs of the version before go on
// after: they name the columns that they know, and hand out what newer ones have parked. They do not find what is archived,
// so they have to be gone before the first dispute is. The rows of disputes and payments are written anew, and whoever
// wants one of them waits meanwhile.
void bring_up_to_date(connection& at) {
    at.start_call(at.options().rewrite_deadline_ms);
    batch first{at};
    first.begin();
    first.add(sql("make_alone"));
    first.add(sql("read_store"));
    auto answers = first.run();
    auto const version = answers[2].next() ? answers[2].positive(0) : 0;
    if (version >= schema_version) {  // another connection was faster
        roll_back(at);
        return;
    }
    batch all{at};
    if (version < 2) {
        all.add(sql("second_disputes"));
        all.add(sql("second_outbox"));
    }
    if (version < 3)
        for (auto const& [name, text] : schema)
            if (is_new_in_third(name)) all.add_plain(at.text_of(text));
    all.add(sql("fourth_disputes"));
    all.add(sql("fourth_states"));
    all.add(sql("fourth_state_goes"));
    all.add(sql("fourth_state_named"));
    all.add(sql("fourth_ledger"));
    all.add(sql("fourth_lines"));
    all.add(sql("fourth_lines_go"));
    all.add(sql("fourth_lines_named"));
    all.add(sql("fourth_outbox_position"));
    all.add(sql("fourth_outbox"));
    for (auto const& [name, text] : schema)
        if (is_new_in_fourth(name)) all.add_plain(at.text_of(text));
    all.add(sql("update_store"), schema_version);
    all.commit();
    all.run();
    at.start_call(at.options().deadline_ms);
}

// Tables that moved to another server by a dump: its transaction numbers may be lower than those that positions were made
// of, and new rows would lie below what readers have seen.
std::int64_t rebase(connection& at, std::int64_t base) {
    batch whole{at};
    whole.begin();
    whole.add(sql("rebase_store"), base);
    whole.commit();
    whole.run();
    return base;
}

}  // namespace

void settle_format(connection& at) {
    if (!is_there(at)) {
        if (at.options().read_only || !at.options().create)
            at.corrupt("is empty: nothing was ever stored in it, or all was lost");
        make_store(at);
    }
    auto row = ask(at, sql("read_store"));
    if (!row.next()) at.corrupt("is damaged: it does not say what it is");
    auto const version = row.positive(0);
    if (version > schema_version) at.newer(version, schema_version);
    if (version < schema_version) {
        if (at.options().read_only)
            at.unavailable("it has schema version " + std::to_string(version) + " and must be brought up to " +
                           std::to_string(schema_version) +
                           " before it can be opened read-only; open it once for writing");
        bring_up_to_date(at);
    }
    auto const base = row.integer(1);
    auto archive = ask(at, sql("read_archive_reach"));
    auto const reached = std::max(row.integer(2), archive.next() ? archive.integer(0) : 0);
    auto const next = row.positive(3);
    at.position_base = base;
    if (reached >= base + next && !at.options().read_only) at.position_base = rebase(at, reached + 1 - next);
}

}  // namespace recourse::store::postgres
