// Writing and reading refused commands.
#include "refusals.hpp"

#include "store/packed.hpp"
#include "store/seal.hpp"

namespace recourse::store::postgres {

void write_refusal(connection& at, refused_command const& one, keeping how) {
    auto const& [group, dispute] = one.dispute;
    batch first{at};
    first.begin();
    first.add(sql("refuse_alone"), group, dispute);
    for (auto const code : one.codes) first.add(sql("read_refusal_count"), group, dispute, code);
    first.add(sql("last_refusal"), group, dispute);
    auto answers = first.run();
    auto row = answers.begin() + 2;
    batch all{at};
    for (auto const code : one.codes) {
        std::int64_t const count = row->next() ? row->positive(0) + 1 : 1;
        all.add(sql("count_refusal"), group, dispute, code, count,
                seal(refusal_count_seal, group, dispute, code, count));
        ++row;
    }
    if (how == keeping::whole) {
        std::int64_t const number = row->next() ? row->integer(0) + 1 : 1;
        auto const codes = codes_to_text(one.codes);
        bytes const asked{one.asked};
        auto const sum = seal(refusal_seal, group, dispute, number, one.at, codes, one.command, asked);
        all.add(sql("write_refusal"), group, dispute, number, one.at, std::string_view{codes},
                std::string_view{one.command}, asked, sum);
    }
    all.commit();
    all.run();
}

std::vector<code_count> read_refusal_counts(connection& at, dispute_key const& key) {
    std::vector<code_count> found;
    auto row = ask(at, sql("read_refusal_counts"), key.group, key.dispute);
    while (row.next()) {
        auto const code = row.natural(0);
        if (code > 0xffffU) row.refuse(0, "is " + std::to_string(code) + ", and codes end at 65535");
        found.push_back({static_cast<std::uint16_t>(code), static_cast<std::uint64_t>(row.positive(1))});
    }
    return found;
}

std::vector<refused_command> read_refusals(connection& at, dispute_key const& key, std::int64_t limit) {
    std::vector<refused_command> found;
    auto row = ask(at, sql("read_refusals"), key.group, key.dispute, limit);
    while (row.next()) {
        auto const codes = codes_in(row.text(1));
        if (!codes) row.refuse(1, "is no list of numbers");
        found.push_back({key, instant{row.integer(0)}, *codes, row.text(2), row.blob(3)});
    }
    return found;
}

}  // namespace recourse::store::postgres
