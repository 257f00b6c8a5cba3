// Refusals: their numbers and names are frozen, and each has a sentence.
#include "recourse/vocabulary/refusal.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <set>

using namespace recourse;

namespace {

struct frozen {
    std::uint16_t number;
    std::string_view name;
};
// Written out once more on purpose: a number or a name that changes must fail here. New ones are added.
// clang-format off
constexpr frozen numbers[] = {
    {  1, "command_id_reused"},               {  2, "stale_version"},                         {  3, "dispute_unknown"},
    {  4, "dispute_already_opened"},          {  5, "policy_unknown"},                        {  6, "calendar_unknown"},
    {  7, "time_zone_unknown"},
    { 20, "not_for_this_role"},               { 21, "not_a_party_of_this_dispute"},           { 22, "mediator_is_a_party"},
    { 23, "assigned_to_another_mediator"},    { 24, "information_not_asked_of_you"},          { 25, "offer_is_your_own"},
    { 26, "offer_is_not_your_own"},           { 27, "mediator_decided_before"},               { 28, "not_yours_to_appeal"},
    { 40, "not_possible_in_this_state"},      { 41, "protection_not_started"},                { 42, "protection_window_closed"},
    { 43, "escalation_not_open_yet"},         { 44, "goods_are_on_their_way"},                { 45, "contact_required_first"},
    { 46, "contact_wait_not_over"},           { 48, "claim_not_amendable_now"},               { 49, "appeal_window_closed"},
    { 50, "suspended_by_chargeback"},
    { 60, "order_facts_contradict"},          { 61, "line_unknown"},                          { 62, "line_repeated"},
    { 63, "units_exceed_line"},               { 64, "units_already_in_dispute"},              { 65, "reason_not_offered"},
    { 66, "remedy_not_offered"},              { 67, "evidence_missing"},                      { 68, "evidence_used_up"},
    { 69, "evidence_too_large"},              { 70, "evidence_repeated"},                     { 71, "tracking_missing"},
    { 72, "return_address_missing"},          { 73, "payment_reference_missing"},             { 74, "alternative_not_offered"},
    { 75, "alternative_misplaced"},           { 76, "contact_not_foreseen"},                  { 77, "appeal_ground_unknown"},
    { 78, "appeal_ground_repeated"},          { 79, "rule_unknown"},
    { 80, "amount_in_another_currency"},      { 81, "amount_not_positive"},                   { 82, "amount_exceeds_refundable"},
    { 83, "full_refund_is_another_amount"},   { 84, "partial_refund_is_the_full_amount"},     { 85, "confirmed_amount_differs"},
    { 86, "funding_differs_from_award"},      { 87, "partial_amount_not_offered"},            { 88, "payment_facts_contradict"},
    { 89, "tender_unknown"},
    { 90, "offers_used_up"},                  { 91, "claim_cannot_be_withdrawn_as_an_offer"}, { 92, "offer_unknown"},
    { 93, "refund_unknown"},                  { 94, "return_unknown"},                        { 95, "information_requests_used_up"},
    { 96, "refund_attempts_used_up"},         { 97, "return_was_contested_before"},           { 98, "amendments_used_up"},
    { 99, "appeals_used_up"},                 {100, "findings_incomplete"},                   {101, "finding_needs_evidence"},
    {102, "refund_route_missing"},            {103, "appeal_unknown"},                        {104, "replacement_unknown"},
    {105, "appeal_was_joined"},
    {109, "platform_share_exceeds_coverage"},
    {110, "channel_closed"},                  {111, "only_the_mediator_may_be_written_to"},   {112, "message_to_oneself"},
    {113, "message_empty"},                   {114, "message_too_long"},                      {115, "salt_missing"},
    {116, "attachments_too_many"},                  {124, "cost_not_payable"},                       {125, "penalty_exceeds_cap"},
    {130, "beyond_the_contact"},                  {131, "reopenings_used_up"},              {132, "disputes_not_mergeable"},
    {133, "policy_not_for_this_order"},
    { 8, "sent_to_the_wrong_file"},        { 9, "payment_unknown"},                       {51, "chargeback_is_open"},
    {106, "chargeback_unknown"},           {107, "protection_unknown"},                   {108, "protection_not_extendable"},
    {120, "evidence_type_not_taken"},      {121, "evidence_not_taken_now"},               {122, "evidence_is_frozen"},
    {134, "migration_harms_a_party"},
    {135, "vetoed_by_host"},
    {136, "policy_is_the_same"},
    {137, "cannot_go_on_under_the_policy"},
    {145, "policy_not_certified"},            {146, "policy_unsound"},                        {147, "policy_not_decided"},
};
// clang-format on

}  // namespace

TEST_CASE("the numbers and names of refusals are frozen") {
    auto const& all = all_refusals();
    CHECK(all.size() == std::size(numbers));
    for (auto const& [number, text] : numbers) {
        CAPTURE(number, text);
        CHECK(name(static_cast<refusal>(number)) == text);
    }
}

TEST_CASE("every refusal has a number and a name of its own, and they are listed by number") {
    std::set<std::string_view> names;
    std::uint16_t before = 0;
    for (auto const& one : all_refusals()) {
        CAPTURE(one.name);
        CHECK(names.insert(one.name).second);
        CHECK(static_cast<std::uint16_t>(one.code) > before);
        before = static_cast<std::uint16_t>(one.code);
        CHECK(std::all_of(one.name.begin(), one.name.end(),
                          [](char letter) { return letter == '_' || (letter >= 'a' && letter <= 'z'); }));
    }
}

TEST_CASE("every refusal has a sentence of its own, with a capital and a full stop") {
    std::set<std::string_view> sentences;
    for (auto const& one : all_refusals()) {
        CAPTURE(one.name);
        REQUIRE(one.sentence.size() > 10);
        CHECK(sentences.insert(one.sentence).second);
        CHECK(std::isupper(static_cast<unsigned char>(one.sentence.front())));
        CHECK(one.sentence.ends_with('.'));
        CHECK(sentence(one.code) == one.sentence);
    }
}

TEST_CASE("a number that no version has given is named as such") {
    CHECK(name(refusal{0}) == "unknown_refusal");
    CHECK(name(refusal{65535}) == "unknown_refusal");
    CHECK(sentence(refusal{65535}) == "A refusal that this version does not know.");
}

TEST_CASE("a refusal tells its sentence, then what it was judged by") {
    refused no;
    no.code = refusal::amount_exceeds_refundable;
    CHECK(to_text(no) == "The amount exceeds what can still be refunded for these units.");
    no.limit = money{1990, *currency::find("EUR")};
    CHECK(to_text(no) == "The amount exceeds what can still be refunded for these units. The limit is 19.90 EUR.");
    refused late;
    late.code = refusal::protection_window_closed;
    late.subject = "order O-1";
    late.because = "It ran 60 days.";
    late.since = instant{0};
    late.not_before = instant{microseconds_per_second};
    late.expected = 3;
    CHECK(to_text(late) ==
          "Buyer protection has ended. It is about: order O-1. It ran 60 days. So since 1970-01-01T00:00:00Z. "
          "Possible from 1970-01-01T00:00:01Z. Right would be 3.");
}
