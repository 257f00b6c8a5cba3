// Writing, reading and erasing personal texts.
#include "texts.hpp"

#include <stdexcept>

#include "format.hpp"
#include "query.hpp"
#include "statements.hpp"
#include "store/seal.hpp"

namespace recourse::store::sqlite {
namespace {

role role_in(query const& row, int column) {
    auto const known = from_wire_name<role>(row.text(column));
    if (!known) row.refuse(column, "is no role");
    return *known;
}

}  // namespace

void write_texts(connection& at, append const& one) {
    auto const& [group, dispute] = one.dispute;
    for (auto const& text : one.texts) {
        auto const as = wire_name(text.subject.role);
        auto const& subject = text.subject.id;
        bytes const content{text.text};
        auto const sum = seal(text_seal, group, dispute, text.content, as, subject, text.salt, content);
        query{at, sql("write_text"), group, dispute, text.content, as, subject, text.salt, content, sum}.run();
    }
}

std::vector<personal_text> read_texts(connection& at, dispute_key const& key) {
    std::vector<personal_text> found;
    query row{at, sql("read_texts"), key.group, key.dispute};
    while (row.next())
        found.push_back(
            {{role_in(row, 1), row.identifier<actor_id>(2)}, row.fingerprint(0), row.fingerprint(3), row.blob(4)});
    return found;
}

std::uint64_t erase_texts(connection& at, actor const& subject) {
    if (at.is_hosts())
        throw std::logic_error{
            "texts are erased on a connection of the store's own: the log in which they stand goes with them, and that "
            "no transaction of the host's can do"};
    auto const as = wire_name(subject.role);
    std::uint64_t erased = 0;
    {
        transaction whole{at};
        {
            query row{at, sql("count_texts"), as, subject.id};
            if (row.next()) erased = static_cast<std::uint64_t>(row.integer(0));
        }
        if (erased > 0) {
            // To delete the rows would not do: SQLite overwrites the place of a row that goes, but leaves copies of rows
            // in the room between those that it has moved. A page that is given back is overwritten as a whole.
            at.run("DROP INDEX personal_texts_of");
            at.run("ALTER TABLE personal_texts RENAME TO erased_texts");
            at.run(object_text("personal_texts").c_str());
            query{at, sql("keep_other_texts"), as, subject.id}.run();
            at.run("DROP TABLE erased_texts");
            at.run(object_text("personal_texts_of").c_str());
        }
        whole.commit();
    }
    // All this stands in the write-ahead log first: what that held before goes with it.
    query row{at, "PRAGMA wal_checkpoint(TRUNCATE)"};
    if (row.next() && row.integer(0) != 0)
        throw failure{
            failure_kind::store_unavailable,
            "the store " + at.options().path +
                " has erased the texts, and another connection still reads the log in which they stood; erase "
                "again when it is done"};
    return erased;
}

}  // namespace recourse::store::sqlite
