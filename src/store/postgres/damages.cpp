// Reading every row and computing its seal again.
#include "damages.hpp"

#include "query.hpp"
#include "store/seal.hpp"

namespace recourse::store::postgres {
namespace {

constexpr std::int64_t page_size = 1000;

std::optional<dispute_key> key_of(std::string_view group, std::string_view dispute) {
    auto first = settlement_group::parse(group);
    auto second = dispute_id::parse(dispute);
    if (!first || !second) return std::nullopt;
    return dispute_key{*std::move(first), *std::move(second)};
}

// Calls check(row) for each row; one that cannot be read is reported.
template <class Check>
void for_each_row(rows& page, std::vector<damage>& found, Check&& check) {
    while (page.next()) {
        try {
            check(page);
        } catch (failure const& broken) {
            if (broken.kind() != failure_kind::store_corrupt) throw;
            found.push_back({std::nullopt, broken.what()});
        }
    }
}

// `read` gives the page after the last row of the one before; `check` keeps what it needs to ask so.
template <class Read, class Check>
void for_each_page(connection& at, std::vector<damage>& found, Read&& read, Check&& check) {
    for (;;) {
        at.start_call(at.options().deadline_ms);
        auto page = read();
        bool const full = page.size() == static_cast<std::size_t>(page_size);
        for_each_row(page, found, check);
        if (!full) return;
    }
}

void check_disputes(connection& at, std::vector<damage>& found) {
    std::string group;
    std::string dispute;
    for_each_page(
        at, found,
        [&] { return ask(at, sql("check_disputes"), std::string_view{group}, std::string_view{dispute}, page_size); },
        [&](rows const& row) {
            group = row.text(0);
            dispute = row.text(1);
            auto const keys = row.blob(4);
            auto const state = row.blob(6);
            if (seal(dispute_seal, group, dispute, row.integer(2), row.moment(3), bytes{keys}, row.fingerprint(5),
                     bytes{state}) != row.fingerprint(7))
                found.push_back({key_of(group, dispute), "the row of the dispute differs from its seal"});
        });
    group.clear();
    dispute.clear();
    for_each_page(
        at, found,
        [&] {
            return ask(at, sql("check_archived_disputes"), std::string_view{group}, std::string_view{dispute},
                       page_size);
        },
        [&](rows const& row) {
            group = row.text(0);
            dispute = row.text(1);
            auto const keys = row.blob(3);
            auto const state = row.blob(5);
            if (seal(dispute_seal, group, dispute, row.integer(2), std::optional<instant>{}, bytes{keys},
                     row.fingerprint(4), bytes{state}) != row.fingerprint(6))
                found.push_back({key_of(group, dispute), "the row of the archived dispute differs from its seal"});
        });
    auto archived = ask(at, sql("check_archived"));
    for_each_row(archived, found, [&](rows const& row) {
        found.push_back(
            {key_of(row.text(0), row.text(1)), "dispute " + row.text(0) + "/" + row.text(1) + " " + row.text(2)});
    });
    auto page = ask(at, sql("check_events"));
    for_each_row(page, found, [&](rows const& row) {
        group = row.text(0);
        dispute = row.text(1);
        found.push_back(
            {key_of(group, dispute), "there are events of " + group + "/" + dispute + ", and no such dispute"});
    });
}

void check_ledger(connection& at, std::vector<damage>& found) {
    std::string group;
    std::string payment;
    for_each_page(
        at, found,
        [&] { return ask(at, sql("check_ledger"), std::string_view{group}, std::string_view{payment}, page_size); },
        [&](rows const& row) {
            group = row.text(0);
            payment = row.text(1);
            auto const lines = row.blob(7);
            if (seal(ledger_seal, group, payment, row.integer(2), row.text(3), row.integer(4), row.integer(5),
                     row.integer(6), bytes{lines}) != row.fingerprint(8))
                found.push_back({std::nullopt, "the ledger row of payment " + payment + " in group " + group +
                                                   " differs from its seal"});
        });
}

void check_outbox(connection& at, std::vector<damage>& found) {
    std::int64_t position = 0;
    for_each_page(
        at, found, [&] { return ask(at, sql("check_outbox"), position, page_size); },
        [&](rows const& row) {
            position = row.integer(7);
            auto const group = row.text(0);
            auto const dispute = row.text(1);
            auto const version = row.integer(2);
            auto const effect = row.integer(3);
            auto const body = row.blob(5);
            if (seal(unplaced_effect_seal, group, dispute, version, effect, row.text(4), bytes{body}) !=
                row.fingerprint(6))
                found.push_back({key_of(group, dispute), "effect " + std::to_string(effect) + " of version " +
                                                             std::to_string(version) + " differs from its seal"});
        });
}

void check_refusals(connection& at, std::vector<damage>& found) {
    std::string group;
    std::string dispute;
    std::int64_t code = -1;
    for_each_page(
        at, found,
        [&] {
            return ask(at, sql("check_refusal_counts"), std::string_view{group}, std::string_view{dispute}, code,
                       page_size);
        },
        [&](rows const& row) {
            group = row.text(0);
            dispute = row.text(1);
            code = row.integer(2);
            if (seal(refusal_count_seal, group, dispute, code, row.integer(3)) != row.fingerprint(4))
                found.push_back({key_of(group, dispute),
                                 "the count of refusals " + std::to_string(code) + " differs from its seal"});
        });
    group.clear();
    dispute.clear();
    std::int64_t number = 0;
    for_each_page(
        at, found,
        [&] {
            return ask(at, sql("check_refusals"), std::string_view{group}, std::string_view{dispute}, number,
                       page_size);
        },
        [&](rows const& row) {
            group = row.text(0);
            dispute = row.text(1);
            number = row.integer(2);
            auto const asked = row.blob(6);
            if (seal(refusal_seal, group, dispute, number, row.integer(3), row.text(4), row.text(5), bytes{asked}) !=
                row.fingerprint(7))
                found.push_back(
                    {key_of(group, dispute), "refused command " + std::to_string(number) + " differs from its seal"});
        });
}

void check_texts(connection& at, std::vector<damage>& found) {
    std::string group;
    std::string dispute;
    digest content;
    std::string as;
    std::string subject;
    for_each_page(
        at, found,
        [&] {
            return ask(at, sql("check_texts"), std::string_view{group}, std::string_view{dispute}, content,
                       std::string_view{as}, std::string_view{subject}, page_size);
        },
        [&](rows const& row) {
            group = row.text(0);
            dispute = row.text(1);
            content = row.fingerprint(2);
            as = row.text(3);
            subject = row.text(4);
            auto const text = row.blob(6);
            if (seal(text_seal, group, dispute, content, as, subject, row.fingerprint(5), bytes{text}) !=
                row.fingerprint(7))
                found.push_back({key_of(group, dispute), "a personal text differs from its seal"});
        });
}

void check_policies(connection& at, std::vector<damage>& found) {
    auto page = ask(at, sql("check_policies"));
    for_each_row(page, found, [&](rows const& row) {
        if (sha256(row.text(3)) != row.fingerprint(0))
            found.push_back({std::nullopt, "the hash of policy " + row.text(1) + " version " +
                                               std::to_string(row.integer(2)) + " is not that of its text"});
    });
}

}  // namespace

std::vector<damage> find_damages(connection& at) {
    batch moment{at};
    moment.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY");
    moment.run();
    std::vector<damage> found;
    check_disputes(at, found);
    check_ledger(at, found);
    check_outbox(at, found);
    check_refusals(at, found);
    check_texts(at, found);
    check_policies(at, found);
    roll_back(at);
    return found;
}

}  // namespace recourse::store::postgres
