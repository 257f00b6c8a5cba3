// Leases beside the rows that they are on.
#include "leases.hpp"

#include <set>

#include "statements.hpp"
#include "store/kept_back.hpp"
#include "store/packed.hpp"
#include "store/seal.hpp"

namespace recourse::store::sqlite {
namespace {

struct handing_out {
    std::uint64_t position = 0;
    std::uint32_t attempts = 0;
    std::optional<instant> free_at{};
    std::optional<std::string> worker{};
    std::optional<instant> parked_at{};
    std::string reason{};
};

void write_delivery(connection& at, handing_out const& one) {
    auto const position = clamped(one.position);
    auto const worker = one.worker.value_or("");
    bytes const reason{one.reason};
    auto const sum = seal(delivery_seal, position, one.attempts, one.free_at, worker, one.parked_at, reason);
    auto const statement = sql("write_delivery");
    if (one.worker)
        query{at, statement, position, one.attempts, one.free_at, worker, one.parked_at, reason, sum}.run();
    else
        query{at, statement, position, one.attempts, one.free_at, nullptr, one.parked_at, reason, sum}.run();
}

std::vector<due_dispute> find_due(connection& at, claim const& asked) {
    std::vector<due_dispute> found;
    query row{at, sql("find_due_free"), asked.now.microseconds, clamped(asked.limit)};
    while (row.next()) found.push_back({row.key(0), row.version(2), {row.integer(3)}});
    return found;
}

struct free_effect {
    std::uint64_t position = 0;
    std::uint32_t attempts = 0;
};
std::vector<free_effect> find_free(connection& at, claim const& asked) {
    std::vector<free_effect> found;
    std::set<dispute_key> seen;
    query row{at, sql("walk_outbox")};
    while (found.size() < asked.limit && row.next()) {
        if (!seen.insert(row.key(1)).second) continue;
        auto const position = static_cast<std::uint64_t>(row.positive(0));
        if (row.is_null(3)) {
            found.push_back({position, 0});
            continue;
        }
        auto const free_at = row.moment(4);
        bool const is_parked = !row.is_null(5);
        if (!is_parked && (!free_at || *free_at <= asked.now)) found.push_back({position, row.natural(3)});
    }
    return found;
}

bool is_position(std::uint64_t position) { return clamped(position) == static_cast<std::int64_t>(position); }

}  // namespace

// A poll that finds nothing takes no lock and writes nothing.
std::vector<due_dispute> claim_due(connection& at, claim const& asked) {
    require_well_formed(asked);
    if (find_due(at, asked).empty()) return {};
    transaction whole{at};
    auto found = find_due(at, asked);
    query{at, sql("forget_due_leases"), asked.now.microseconds}.run();
    for (auto const& one : found) {
        auto const& [group, dispute] = one.dispute;
        auto const sum = seal(lease_seal, group, dispute, one.version, asked.until, asked.worker);
        query{at, sql("lease_due"), group, dispute, one.version, asked.until, asked.worker, sum}.run();
    }
    whole.commit();
    return found;
}

bool give_back(connection& at, due_dispute const& one, std::string_view worker) {
    auto const& [group, dispute] = one.dispute;
    transaction whole{at};
    bool const given = query{at, sql("give_back_due"), group, dispute, one.version, worker}.run() == 1;
    whole.commit();
    return given;
}

pending_effect effect_in(query const& row) {
    return {static_cast<std::uint64_t>(row.positive(0)),
            row.key(1),
            row.version(3),
            row.natural(4),
            {row.text(5), row.blob(6)}};
}

std::vector<claimed_effect> claim_outbox(connection& at, claim const& asked) {
    require_well_formed(asked);
    if (find_free(at, asked).empty()) return {};
    std::vector<claimed_effect> found;
    transaction whole{at};
    for (auto const& [position, attempts] : find_free(at, asked)) {
        write_delivery(at, {position, attempts + 1, asked.until, asked.worker});
        query row{at, sql("read_effect"), clamped(position)};
        if (row.next()) found.push_back({effect_in(row), attempts + 1, asked.worker});
    }
    whole.commit();
    return found;
}

bool settle(connection& at, std::uint64_t position) {
    if (!is_position(position)) return false;
    transaction whole{at};
    query{at, sql("forget_delivery"), clamped(position)}.run();
    bool const settled = query{at, sql("settle_effect"), clamped(position)}.run() == 1;
    if (settled) whole.commit();
    return settled;
}

bool settle_claimed(connection& at, claimed_effect const& one, delivery const& what) {
    require_well_formed(one);
    auto const position = one.effect.position;
    if (!is_position(position)) return false;
    transaction whole{at};
    {
        query row{at, sql("holds_effect"), clamped(position), one.worker, one.attempt};
        if (!row.next()) return false;
    }
    if (std::holds_alternative<delivered>(what)) {
        query{at, sql("forget_delivery"), clamped(position)}.run();
        query{at, sql("settle_effect"), clamped(position)}.run();
    } else {
        auto kept = after(one, what);
        write_delivery(at,
                       {position, kept.attempts, kept.free_at, std::nullopt, kept.parked_at, std::move(kept.reason)});
    }
    whole.commit();
    return true;
}

std::vector<parked_effect> parked_effects(connection& at, std::uint64_t after, std::size_t limit) {
    std::vector<parked_effect> found;
    query row{at, sql("read_parked"), clamped(after), clamped(limit)};
    while (row.next()) found.push_back({effect_in(row), instant{row.integer(7)}, row.natural(8), row.blob(9)});
    return found;
}

bool release(connection& at, std::uint64_t position) {
    if (!is_position(position)) return false;
    transaction whole{at};
    bool const released = query{at, sql("release_effect"), clamped(position)}.run() == 1;
    whole.commit();
    return released;
}

}  // namespace recourse::store::sqlite
