// Comparing every row with its seal.
#include "damages.hpp"

#include <charconv>

#include "query.hpp"
#include "statements.hpp"
#include "store/seal.hpp"

namespace recourse::store::sqlite {
namespace {

// Calls check(row) for each row of a statement. A row that cannot be read is reported; a table that cannot be walked
// any further is reported and left.
template <class Check>
void for_each_row(connection& at, std::string_view text, std::vector<damage>& found, Check&& check) {
    try {
        query row{at, text};
        while (row.next()) {
            try {
                check(row);
            } catch (failure const& broken) {
                if (broken.kind() == failure_kind::store_unavailable) throw;
                found.push_back({std::nullopt, broken.what()});
            }
        }
    } catch (failure const& broken) {
        if (broken.kind() == failure_kind::store_unavailable) throw;
        found.push_back({std::nullopt, broken.what()});
    }
}

std::optional<dispute_key> key_of(std::string_view group, std::string_view dispute) {
    auto first = settlement_group::parse(group);
    auto second = dispute_id::parse(dispute);
    if (!first || !second) return std::nullopt;
    return dispute_key{*std::move(first), *std::move(second)};
}

// SQLite's check tells pages that could not be read among what it finds, and those are no damage: the disk may give them
// the next time.
void require_read(connection& at, std::string_view said) {
    constexpr std::string_view code_of = "error code=";
    if (auto const start = said.find(code_of); start != std::string_view::npos) {
        int code = 0;
        auto const digits = said.substr(start + code_of.size());
        std::from_chars(digits.data(), digits.data() + digits.size(), code);
        if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_NOMEM) at.fail(code);
    }
    if (said.find("failed to get page") != std::string_view::npos) at.fail(SQLITE_IOERR_READ);
}

void check_file(connection& at, std::vector<damage>& found) {
    for_each_row(at, "PRAGMA integrity_check", found, [&](query const& row) {
        auto const said = row.text(0);
        if (said == "ok") return;
        require_read(at, said);
        found.push_back({std::nullopt, "SQLite finds: " + said});
    });
}

void check_disputes(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_disputes"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const dispute = row.text(1);
        auto const keys = row.blob(4);
        auto const state = row.blob(6);
        if (seal(dispute_seal, group, dispute, row.integer(2), row.moment(3), bytes{keys}, row.fingerprint(5),
                 bytes{state}) != row.fingerprint(7))
            found.push_back({key_of(group, dispute), "the row of the dispute differs from its seal"});
    });
    for_each_row(at, sql("check_events"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const dispute = row.text(1);
        found.push_back(
            {key_of(group, dispute), "there are events of " + group + "/" + dispute + ", and no such dispute"});
    });
}

void check_ledger(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_ledger"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const payment = row.text(1);
        auto const lines = row.blob(7);
        if (seal(ledger_seal, group, payment, row.integer(2), row.text(3), row.integer(4), row.integer(5),
                 row.integer(6), bytes{lines}) != row.fingerprint(8))
            found.push_back({std::nullopt,
                             "the ledger row of payment " + payment + " in group " + group + " differs from its seal"});
    });
}

void check_outbox(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_outbox"), found, [&](query const& row) {
        auto const position = row.integer(0);
        auto const group = row.text(1);
        auto const dispute = row.text(2);
        auto const body = row.blob(6);
        if (seal(effect_seal, position, group, dispute, row.integer(3), row.integer(4), row.text(5), bytes{body}) !=
            row.fingerprint(7))
            found.push_back({key_of(group, dispute),
                             "the effect at position " + std::to_string(position) + " differs from its seal"});
    });
}

void check_handing_out(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_due_leases"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const dispute = row.text(1);
        if (seal(lease_seal, group, dispute, row.integer(2), row.integer(3), row.text(4)) != row.fingerprint(5))
            found.push_back({key_of(group, dispute), "the lease on the dispute differs from its seal"});
    });
    for_each_row(at, sql("check_deliveries"), found, [&](query const& row) {
        auto const position = row.integer(0);
        auto const worker = row.is_null(3) ? std::string{} : row.text(3);
        auto const reason = row.blob(5);
        auto const what = "the handing out of the effect at position " + std::to_string(position);
        if (seal(delivery_seal, position, row.integer(1), row.moment(2), worker, row.moment(4), bytes{reason}) !=
            row.fingerprint(6))
            found.push_back({std::nullopt, what + " differs from its seal"});
        if (row.integer(7) == 0) found.push_back({std::nullopt, what + " is there, and no such effect"});
    });
}

void check_refusals(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_refusal_counts"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const dispute = row.text(1);
        if (seal(refusal_count_seal, group, dispute, row.integer(2), row.integer(3)) != row.fingerprint(4))
            found.push_back({key_of(group, dispute),
                             "the count of refusals " + std::to_string(row.integer(2)) + " differs from its seal"});
    });
    for_each_row(at, sql("check_refusals"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const dispute = row.text(1);
        auto const asked = row.blob(6);
        if (seal(refusal_seal, group, dispute, row.integer(2), row.integer(3), row.text(4), row.text(5),
                 bytes{asked}) != row.fingerprint(7))
            found.push_back({key_of(group, dispute),
                             "refused command " + std::to_string(row.integer(2)) + " differs from its seal"});
    });
}

void check_texts(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_texts"), found, [&](query const& row) {
        auto const group = row.text(0);
        auto const dispute = row.text(1);
        auto const text = row.blob(6);
        if (seal(text_seal, group, dispute, row.fingerprint(2), row.text(3), row.text(4), row.fingerprint(5),
                 bytes{text}) != row.fingerprint(7))
            found.push_back({key_of(group, dispute), "a personal text differs from its seal"});
    });
}

void check_policies(connection& at, std::vector<damage>& found) {
    for_each_row(at, sql("check_policies"), found, [&](query const& row) {
        if (sha256(row.text(3)) != row.fingerprint(0))
            found.push_back({std::nullopt, "the hash of policy " + row.text(1) + " version " +
                                               std::to_string(row.integer(2)) + " is not that of its text"});
    });
}

}  // namespace

std::vector<damage> find_damages(connection& at) {
    std::vector<damage> found;
    check_file(at, found);
    check_disputes(at, found);
    check_ledger(at, found);
    check_outbox(at, found);
    check_handing_out(at, found);
    check_refusals(at, found);
    check_texts(at, found);
    check_policies(at, found);
    return found;
}

}  // namespace recourse::store::sqlite
