// Writing, reading and erasing personal texts.
#include "texts.hpp"

#include "store/seal.hpp"

namespace recourse::store::postgres {

void write_texts(batch& all, append const& one) {
    auto const& [group, dispute] = one.dispute;
    for (auto const& text : one.texts) {
        auto const as = wire_name(text.subject.role);
        auto const& subject = text.subject.id;
        bytes const content{text.text};
        auto const sum = seal(text_seal, group, dispute, text.content, as, subject, text.salt, content);
        all.add(sql("write_text"), group, dispute, text.content, as, subject, text.salt, content, sum);
    }
}

std::vector<personal_text> read_texts(connection& at, dispute_key const& key) {
    std::vector<personal_text> found;
    auto row = ask(at, sql("read_texts"), key.group, key.dispute);
    while (row.next()) {
        auto const as = from_wire_name<role>(row.text(1));
        if (!as) row.refuse(1, "is no role");
        found.push_back({{*as, row.identifier<actor_id>(2)}, row.fingerprint(0), row.fingerprint(3), row.blob(4)});
    }
    return found;
}

std::uint64_t erase_texts(connection& at, actor const& subject) {
    auto const as = wire_name(subject.role);
    batch first{at};
    first.begin();
    first.add(sql("lock_texts"));
    first.add(sql("count_texts"), as, subject.id);
    auto answers = first.run();
    auto& row = answers.back();
    auto const erased = row.next() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
    batch all{at};
    if (erased > 0) {
        // A row that is deleted stays in its page until somebody needs the place; a file that goes, goes as a whole.
        all.add(sql("keep_other_texts"));
        all.add(sql("drop_texts"), as, subject.id);
        all.add(sql("empty_texts"));
        all.add(sql("bring_back_texts"));
        all.add(sql("forget_kept_texts"));
    } else {
        all.add(sql("acknowledge"));
    }
    all.commit();
    all.run();
    return erased;
}

}  // namespace recourse::store::postgres
