// What every adapter does alike: the hash of a command key, and what it refuses to write.
#include "recourse/store/store.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>

#include "recourse/vocabulary/salted_text.hpp"
#include "store/packed.hpp"
#include "store/summed.hpp"

namespace recourse::store {
namespace {

[[noreturn]] void refuse(append const& one, std::string const& why) {
    throw std::invalid_argument{"append to " + to_text(one.dispute) + ": " + why};
}

void require_following_versions(append const& one) {
    if (one.events.empty()) refuse(one, "it has no events");
    if (one.events.size() > std::numeric_limits<std::uint32_t>::max() - one.expected)
        refuse(one, "its last version is past the greatest one");
    std::uint32_t next = one.expected;
    for (auto const& event : one.events)
        if (event.version != ++next)
            refuse(one, "an event has version " + std::to_string(event.version) + " where " + std::to_string(next) +
                            " follows");
}

void require_whole_ledger_row(append const& one, ledger_row const& row) {
    if (row.payment.empty()) refuse(one, "a ledger row has no payment");
    if (row.version == 0 || row.version > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
        refuse(one, "a ledger row has version " + std::to_string(row.version));
    if (!holds_invariant(row))
        refuse(one, "payment " + std::string{row.payment.text()} + " captured " + std::to_string(row.captured_minor) +
                        ", reserved " + std::to_string(row.reserved_minor) + ", refunded " +
                        std::to_string(row.refunded_minor));
}

void require_true_policy(append const& one, policy_document const& policy) {
    if (policy.id.empty()) refuse(one, "its policy has no identifier");
    if (sha256(policy.text) != policy.hash)
        refuse(one, "the hash of policy " + std::string{policy.id.text()} + " is not that of its text");
}

void require_true_text(append const& one, personal_text const& text) {
    if (text.subject.id.empty()) refuse(one, "a personal text is nobody's");
    if (digest_of({text.text, text.salt}) != text.content) refuse(one, "the digest of a personal text is not its own");
}

}  // namespace

digest link_of(dispute_key const& key, digest const& before, stored_event const& event) {
    summed all{"recourse event 1"};
    all.add(before).add(key.group.text()).add(key.dispute.text()).add(std::int64_t{event.version});
    all.add(event.at.microseconds);
    if (event.recorded_at)
        all.add(event.recorded_at->microseconds);
    else
        all.absent();
    all.add(event.type);
    if (event.command.empty())
        all.absent().absent();
    else
        all.add(event.command).add(event.fingerprint);
    return all.add(event.body).sum();
}

std::uint64_t command_hash(std::string_view command_key) {
    auto whole = sha256(command_key);
    std::uint64_t first_eight = 0;
    for (std::size_t at = 0; at < 8; ++at) first_eight = first_eight << 8U | whole.bytes[at];
    return first_eight;
}

bool rests_on_nothing(std::span<append const> group, std::span<outcome const> answered) {
    auto const& next = group[answered.size()].dispute;
    for (std::size_t at = 0; at < answered.size(); ++at)
        if (group[at].dispute == next && !std::holds_alternative<committed>(answered[at])) return true;
    return false;
}

bool holds_together(std::span<append const> group) {
    return std::any_of(group.begin(), group.end(), [](auto const& one) { return one.all_or_none; });
}

void take_back(std::span<append const> group, std::span<outcome> answered) {
    for (std::size_t at = 0; at < answered.size(); ++at)
        if (std::holds_alternative<committed>(answered[at]))
            answered[at] = conflict{conflict::cause::dispute_version, group[at].expected};
}

bool holds_invariant(ledger_row const& row) noexcept {
    return row.reserved_minor >= 0 && row.refunded_minor >= 0 && row.captured_minor >= row.reserved_minor &&
           row.captured_minor - row.reserved_minor >= row.refunded_minor;  // a difference of naturals cannot overflow
}

void require_well_formed(refused_command const& one) {
    auto const refuse_it = [&](char const* why) {
        throw std::invalid_argument{"a refused command to " + to_text(one.dispute) + " " + why};
    };
    if (one.dispute.group.empty() || one.dispute.dispute.empty()) refuse_it("names no dispute");
    if (one.command.empty()) refuse_it("has no id");
    if (one.codes.empty()) refuse_it("has no codes");
    if (std::adjacent_find(one.codes.begin(), one.codes.end(), std::greater_equal<>{}) != one.codes.end())
        refuse_it("has codes that do not ascend");
}

void require_well_formed(claim const& asked) {
    bool const printable =
        std::all_of(asked.worker.begin(), asked.worker.end(), [](char one) { return one > ' ' && one <= '~'; });
    if (asked.worker.empty() || asked.worker.size() > 200 || !printable)
        throw std::invalid_argument{"a claim names its worker by 1 to 200 printable letters without blanks"};
}
void require_well_formed(claimed_effect const& one) {
    if (one.worker.empty() || one.attempt == 0)
        throw std::invalid_argument{"the effect at position " + std::to_string(one.effect.position) +
                                    " was handed out to nobody"};
}

void require_well_formed(std::span<append const> group) {
    for (auto const& one : group) {
        if (one.dispute.group.empty() || one.dispute.dispute.empty()) refuse(one, "its dispute has no identifier");
        if (one.command.empty()) refuse(one, "it has no command key");
        require_following_versions(one);
        if (one.outbox.size() > effects_an_event) refuse(one, "it has more than 10,000 effects");
        for (auto const& change : one.ledger) require_whole_ledger_row(one, change.after);
        if (one.policy) require_true_policy(one, *one.policy);
        for (auto const& text : one.texts) require_true_text(one, text);
    }
}

}  // namespace recourse::store
