// Refusals: the domain says no. One list, in the order in which they are reported when several apply.
//
// Codes and names are frozen once released: new ones are added with new numbers, none is ever reused.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/money.hpp"

namespace recourse {

enum class refusal : std::uint16_t {
    // the command itself
    command_id_reused = 1,
    stale_version = 2,
    dispute_unknown = 3,
    dispute_already_opened = 4,
    policy_unknown = 5,
    calendar_unknown = 6,
    time_zone_unknown = 7,
    sent_to_the_wrong_file = 8,
    payment_unknown = 9,
    // who
    not_for_this_role = 20,
    not_a_party_of_this_dispute = 21,
    mediator_is_a_party = 22,
    assigned_to_another_mediator = 23,
    information_not_asked_of_you = 24,
    offer_is_your_own = 25,
    offer_is_not_your_own = 26,
    mediator_decided_before = 27,
    not_yours_to_appeal = 28,
    // when
    not_possible_in_this_state = 40,
    protection_not_started = 41,
    protection_window_closed = 42,
    escalation_not_open_yet = 43,
    goods_are_on_their_way = 44,
    contact_required_first = 45,
    contact_wait_not_over = 46,
    claim_not_amendable_now = 48,
    appeal_window_closed = 49,
    suspended_by_chargeback = 50,
    chargeback_is_open = 51,
    // what
    order_facts_contradict = 60,
    line_unknown = 61,
    line_repeated = 62,
    units_exceed_line = 63,
    units_already_in_dispute = 64,
    reason_not_offered = 65,
    remedy_not_offered = 66,
    evidence_missing = 67,
    evidence_used_up = 68,
    evidence_too_large = 69,
    evidence_repeated = 70,
    tracking_missing = 71,
    return_address_missing = 72,
    payment_reference_missing = 73,
    alternative_not_offered = 74,
    alternative_misplaced = 75,
    contact_not_foreseen = 76,
    appeal_ground_unknown = 77,
    appeal_ground_repeated = 78,
    rule_unknown = 79,
    // how much
    amount_in_another_currency = 80,
    amount_not_positive = 81,
    amount_exceeds_refundable = 82,
    full_refund_is_another_amount = 83,
    partial_refund_is_the_full_amount = 84,
    confirmed_amount_differs = 85,
    funding_differs_from_award = 86,
    partial_amount_not_offered = 87,
    payment_facts_contradict = 88,
    tender_unknown = 89,
    // how often
    offers_used_up = 90,
    claim_cannot_be_withdrawn_as_an_offer = 91,
    offer_unknown = 92,
    refund_unknown = 93,
    return_unknown = 94,
    information_requests_used_up = 95,
    refund_attempts_used_up = 96,
    return_was_contested_before = 97,
    amendments_used_up = 98,
    appeals_used_up = 99,
    // further ones
    findings_incomplete = 100,
    finding_needs_evidence = 101,
    refund_route_missing = 102,
    appeal_unknown = 103,
    replacement_unknown = 104,
    appeal_was_joined = 105,
    chargeback_unknown = 106,
    protection_unknown = 107,
    protection_not_extendable = 108,
    platform_share_exceeds_coverage = 109,
    // messages
    channel_closed = 110,
    only_the_mediator_may_be_written_to = 111,
    message_to_oneself = 112,
    message_empty = 113,
    message_too_long = 114,
    salt_missing = 115,
    attachments_too_many = 116,
    // evidence by the policy's rules
    evidence_type_not_taken = 120,
    evidence_not_taken_now = 121,
    evidence_is_frozen = 122,
    // costs beside an award
    cost_not_payable = 124,
    penalty_exceeds_cap = 125,
    // of a contact
    beyond_the_contact = 130,
    // of disputes that are opened again
    reopenings_used_up = 131,
    // of disputes that become one
    disputes_not_mergeable = 132,
    // of the choice of a policy
    policy_not_for_this_order = 133,
    // of a migration to another policy
    migration_harms_a_party = 134,
    policy_is_the_same = 136,
    cannot_go_on_under_the_policy = 137,
    // of the host's own rules
    vetoed_by_host = 135,
    // of the proof of a policy
    policy_not_certified = 145,
    policy_unsound = 146,
    policy_not_decided = 147,
};

struct refusal_text {
    refusal code;
    std::string_view name;
    std::string_view sentence;
};
// Every refusal with its name and its sentence, by number.
std::vector<refusal_text> const& all_refusals();
std::string_view name(refusal code) noexcept;
std::string_view sentence(refusal code) noexcept;

// A refusal with what it was judged by. Only what applies is set.
struct refused {
    refusal code{};
    std::string_view guard;                 // the guard that said no; empty for a missing row
    std::optional<instant> since;           // from when on the answer has been no
    std::optional<instant> not_before;      // from when on the answer will be yes
    std::optional<money> limit;             // the amount that would be right
    std::optional<std::uint64_t> expected;  // a count or a version that would be right
    std::string subject;                    // what it is about: a state, a line, a name
    std::string because;                    // a sentence with the particulars; may be empty
    bool operator==(refused const&) const = default;
};

// The sentence, then the particulars.
std::string to_text(refused const&);

using refusals = std::vector<refused>;  // never empty where it is an error

}  // namespace recourse
