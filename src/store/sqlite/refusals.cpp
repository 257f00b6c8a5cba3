// Writing and reading refused commands.
#include "refusals.hpp"

#include "query.hpp"
#include "statements.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"

namespace recourse::store::sqlite {
namespace {

std::vector<std::uint16_t> codes_in(query const& row, int column) {
    auto codes = store::codes_in(row.text(column));
    if (!codes) row.refuse(column, "is no list of numbers");
    return *std::move(codes);
}

void count_one(connection& at, dispute_key const& key, std::uint16_t code) {
    std::int64_t count = 1;
    {
        query row{at, sql("read_refusal_count"), key.group, key.dispute, code};
        if (row.next()) count += row.positive(0);
    }
    auto const sum = seal(refusal_count_seal, key.group, key.dispute, code, count);
    query{at, sql("count_refusal"), key.group, key.dispute, code, count, sum}.run();
}

}  // namespace

void write_refusal(connection& at, refused_command const& one, keeping how) {
    auto const& [group, dispute] = one.dispute;
    for (auto const code : one.codes) count_one(at, one.dispute, code);
    if (how != keeping::whole) return;
    std::int64_t number = 1;
    {
        query row{at, sql("last_refusal"), group, dispute};
        if (row.next()) number += row.integer(0);
    }
    auto const codes = codes_to_text(one.codes);
    bytes const asked{one.asked};
    auto const sum = seal(refusal_seal, group, dispute, number, one.at, codes, one.command, asked);
    query{at, sql("write_refusal"), group, dispute, number, one.at, codes, one.command, asked, sum}.run();
}

std::vector<code_count> read_refusal_counts(connection& at, dispute_key const& key) {
    std::vector<code_count> found;
    query row{at, sql("read_refusal_counts"), key.group, key.dispute};
    while (row.next()) {
        auto const code = row.natural(0);
        if (code > 0xffffU) row.refuse(0, "is " + std::to_string(code) + ", and codes end at 65535");
        found.push_back({static_cast<std::uint16_t>(code), static_cast<std::uint64_t>(row.positive(1))});
    }
    return found;
}

std::vector<refused_command> read_refusals(connection& at, dispute_key const& key, std::int64_t limit) {
    std::vector<refused_command> found;
    query row{at, sql("read_refusals"), key.group, key.dispute, limit};
    while (row.next()) found.push_back({key, instant{row.integer(0)}, codes_in(row, 1), row.text(2), row.blob(3)});
    return found;
}

}  // namespace recourse::store::sqlite
