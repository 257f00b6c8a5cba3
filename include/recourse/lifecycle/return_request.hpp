// One return: the goods go back to the seller before the money goes back to the buyer.
//
// Silence is covered on all sides: a seller without terms refunds without a return, a buyer who does not send the goods
// forfeits the claim, a parcel that does not arrive is judged by who bears the risk, goods not looked at are accepted.
#pragma once

#include "recourse/lifecycle/evidence_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/order.hpp"
#include "recourse/vocabulary/remedy.hpp"

namespace recourse::return_request {

using lifecycle::always;
using lifecycle::by_buyer;
using lifecycle::by_host;
using lifecycle::by_host_or_seller;
using lifecycle::by_seller;
using lifecycle::clock;
using lifecycle::deadline_passed;
using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::runs;
using lifecycle::state;

// clang-format off

// ---- states
struct not_begun           : state<0> { static constexpr std::string_view name = "not_begun"; };
struct awaiting_terms      : state<1> { static constexpr std::string_view name = "awaiting_terms"; };
struct awaiting_shipment   : state<2> { static constexpr std::string_view name = "awaiting_shipment"; };
struct in_transit          : state<3> { static constexpr std::string_view name = "in_transit"; };
struct awaiting_inspection : state<4> { static constexpr std::string_view name = "awaiting_inspection"; };
struct accepted            : state<5> { static constexpr std::string_view name = "accepted"; };
struct contested           : state<6> { static constexpr std::string_view name = "contested"; };
struct waived              : state<7> { static constexpr std::string_view name = "waived"; };
struct not_sent            : state<8> { static constexpr std::string_view name = "not_sent"; };
struct lost                : state<9> { static constexpr std::string_view name = "lost"; };
struct called_off          : state<10> { static constexpr std::string_view name = "called_off"; };
struct partly_accepted     : state<11> { static constexpr std::string_view name = "partly_accepted"; };

// clang-format on

// What an inspection finds of returned units.
enum class finding : std::uint8_t { as_agreed, damaged, wrong_item, missing };

struct line_finding {
    line_id line;
    std::int64_t units = 1;
    finding found = finding::as_agreed;
    bool operator==(line_finding const&) const = default;
};

// ---- commands
struct provide_return_terms {
    static constexpr std::string_view name = "provide_return_terms";
    std::string address_reference;  // the host's own key of the address: the address itself is personal text
    party shipping_paid_by = party::seller;
    std::string label_reference{};  // the host's key of the label; empty: the buyer finds a carrier herself
    bool operator==(provide_return_terms const&) const = default;
};
struct ship_return {
    static constexpr std::string_view name = "ship_return";
    std::string carrier;
    std::string tracking_number;
    bool operator==(ship_return const&) const = default;
};
struct report_return_delivered {
    static constexpr std::string_view name = "report_return_delivered";
    bool operator==(report_return_delivered const&) const = default;
};
struct report_return_lost {
    static constexpr std::string_view name = "report_return_lost";
    bool operator==(report_return_lost const&) const = default;
};
struct accept_return {
    static constexpr std::string_view name = "accept_return";
    bool operator==(accept_return const&) const = default;
};
struct inspect_return {  // line by line: what is as agreed is accepted, the rest is contested
    static constexpr std::string_view name = "inspect_return";
    std::vector<line_finding> findings;
    std::vector<recourse::evidence> evidence;
    bool operator==(inspect_return const&) const = default;
};
struct contest_return {
    static constexpr std::string_view name = "contest_return";
    std::vector<recourse::evidence> evidence;
    bool operator==(contest_return const&) const = default;
};
struct begin_return_request {
    static constexpr std::string_view name = "begin_return_request";
    static constexpr bool internal = true;
    recourse::award award;
};
struct call_off_return {
    static constexpr std::string_view name = "call_off_return";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    std::optional<refusal> evidence_problem;
    std::string evidence_subject;
    bool loss_is_refunded = false;  // the policy: who bears the risk of the parcel
    bool host_gives_terms = false;
    bool paid_at_shipment = false;
    bool paid_at_delivery = false;
    // of an inspection
    std::string findings_problem;  // a sentence; empty when there is none
    std::vector<line_amount> as_agreed;
    std::vector<line_amount> wanting;
};

// ---- events
struct return_requested {
    static constexpr std::string_view name = "return_requested";
    recourse::award award;
    static return_requested of(facts const&, begin_return_request const& command) { return {command.award}; }
    bool operator==(return_requested const&) const = default;
};
struct return_terms_provided {
    static constexpr std::string_view name = "return_terms_provided";
    std::string address_reference;
    party shipping_paid_by = party::seller;
    std::string label_reference{};
    static return_terms_provided of(facts const&, provide_return_terms const& command) {
        return {command.address_reference, command.shipping_paid_by, command.label_reference};
    }
    bool operator==(return_terms_provided const&) const = default;
};
struct return_waived {  // no terms in time: the buyer keeps the goods and gets the money
    static constexpr std::string_view name = "return_waived";
    static return_waived of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(return_waived const&) const = default;
};
struct return_shipped {
    static constexpr std::string_view name = "return_shipped";
    std::string carrier;
    std::string tracking_number;
    static return_shipped of(facts const&, ship_return const& command) {
        return {command.carrier, command.tracking_number};
    }
    bool operator==(return_shipped const&) const = default;
};
struct return_accepted_at_shipment {  // the policy pays when the goods are on their way
    static constexpr std::string_view name = "return_accepted_at_shipment";
    std::string carrier;
    std::string tracking_number;
    static return_accepted_at_shipment of(facts const&, ship_return const& command) {
        return {command.carrier, command.tracking_number};
    }
    bool operator==(return_accepted_at_shipment const&) const = default;
};
struct return_accepted_at_delivery {
    static constexpr std::string_view name = "return_accepted_at_delivery";
    static return_accepted_at_delivery of(facts const&, report_return_delivered const&) { return {}; }
    bool operator==(return_accepted_at_delivery const&) const = default;
};
struct return_partly_accepted {
    static constexpr std::string_view name = "return_partly_accepted";
    std::vector<line_finding> findings;
    std::vector<line_amount> accepted;   // paid for at once
    std::vector<line_amount> contested;  // for the mediator to decide about
    std::vector<recourse::evidence> evidence;
    static return_partly_accepted of(facts const& known, inspect_return const& command) {
        return {command.findings, known.as_agreed, known.wanting, command.evidence};
    }
    bool operator==(return_partly_accepted const&) const = default;
};
struct carrier_notice_repeated {  // a carrier's word that came twice or late: nothing more to do
    static constexpr std::string_view name = "carrier_notice_repeated";
    static carrier_notice_repeated of(facts const&, auto const&) { return {}; }
    bool operator==(carrier_notice_repeated const&) const = default;
};
struct return_not_sent {
    static constexpr std::string_view name = "return_not_sent";
    static return_not_sent of(facts const&, deadline_passed const&) { return {}; }
    bool operator==(return_not_sent const&) const = default;
};
struct return_delivered {
    static constexpr std::string_view name = "return_delivered";
    static return_delivered of(facts const&, report_return_delivered const&) { return {}; }
    bool operator==(return_delivered const&) const = default;
};
struct return_lost {
    static constexpr std::string_view name = "return_lost";
    bool refunded = false;
    static return_lost of(facts const& known, auto const&) { return {known.loss_is_refunded}; }
    bool operator==(return_lost const&) const = default;
};
struct return_accepted {
    static constexpr std::string_view name = "return_accepted";
    static return_accepted of(facts const&, auto const&) { return {}; }
    bool operator==(return_accepted const&) const = default;
};
struct return_contested {
    static constexpr std::string_view name = "return_contested";
    std::vector<recourse::evidence> evidence;
    std::vector<line_finding> findings{};
    static return_contested of(facts const&, contest_return const& command) { return {command.evidence}; }
    static return_contested of(facts const&, inspect_return const& command) {
        return {command.evidence, command.findings};
    }
    bool operator==(return_contested const&) const = default;
};
struct return_called_off {
    static constexpr std::string_view name = "return_called_off";
    static return_called_off of(facts const&, call_off_return const&) { return {}; }
    bool operator==(return_called_off const&) const = default;
};

// ---- guards
using lifecycle::evidence_is_acceptable;
using lifecycle::evidence_is_given;
struct address_is_given {
    static constexpr std::string_view name = "address_is_given";
    static constexpr auto otherwise = refusal::return_address_missing;
    static constexpr bool holds(facts const&, provide_return_terms const& terms) noexcept {
        return !terms.address_reference.empty();
    }
};
struct by_who_gives_terms {
    static constexpr std::string_view name = "by_who_gives_terms";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_for_this_role;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return known.by == role::seller || (known.by == role::host && known.host_gives_terms);
    }
};
struct paid_at_shipment {
    static constexpr std::string_view name = "paid_at_shipment";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.paid_at_shipment; }
};
struct paid_at_delivery {
    static constexpr std::string_view name = "paid_at_delivery";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.paid_at_delivery; }
};
struct findings_are_complete {
    static constexpr std::string_view name = "findings_are_complete";
    static constexpr auto otherwise = refusal::findings_incomplete;
    static bool holds(facts const& known, auto const&) noexcept { return known.findings_problem.empty(); }
    static void particulars(facts const& known, auto const&, refused& no) { no.because = known.findings_problem; }
};
struct wanting_is_shown {
    static constexpr std::string_view name = "wanting_is_shown";
    static constexpr auto otherwise = refusal::finding_needs_evidence;
    static constexpr bool holds(facts const& known, inspect_return const& command) noexcept {
        return known.wanting.empty() || !command.evidence.empty();
    }
};
struct all_as_agreed {
    static constexpr std::string_view name = "all_as_agreed";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept { return known.wanting.empty(); }
};
struct some_as_agreed {
    static constexpr std::string_view name = "some_as_agreed";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const& known, auto const&) noexcept {
        return !known.wanting.empty() && !known.as_agreed.empty();
    }
};
struct parcel_is_tracked {
    static constexpr std::string_view name = "parcel_is_tracked";
    static constexpr auto otherwise = refusal::tracking_missing;
    static constexpr bool holds(facts const&, ship_return const& sent) noexcept {
        return !sent.carrier.empty() && !sent.tracking_number.empty();
    }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from                  on command                to                    records                 only if
    // +---------------------+-------------------------+---------------------+-----------------------+---------------------+
    row< not_begun           , begin_return_request    , awaiting_terms      , return_requested      , always              >,
    // +---------------------+-------------------------+---------------------+-----------------------+---------------------+
    row< awaiting_terms      , provide_return_terms    , awaiting_shipment   , return_terms_provided       , by_who_gives_terms, address_is_given >,
    row< awaiting_terms      , call_off_return         , called_off          , return_called_off           , always >,
    row< awaiting_terms      , deadline_passed         , waived              , return_waived               , always >,
    // +---------------------+-------------------------+---------------------+-----------------------------+---------------------+
    row< awaiting_shipment   , ship_return             , accepted            , return_accepted_at_shipment , by_buyer, paid_at_shipment, parcel_is_tracked >,
    row< awaiting_shipment   , ship_return             , in_transit          , return_shipped              , by_buyer, parcel_is_tracked >,
    // The parcel is there before the buyer has said that she sent it.
    row< awaiting_shipment   , report_return_delivered , accepted            , return_accepted_at_delivery , by_host, paid_at_delivery >,
    row< awaiting_shipment   , report_return_delivered , awaiting_inspection , return_delivered            , by_host >,
    row< awaiting_shipment   , call_off_return         , called_off          , return_called_off           , always >,
    row< awaiting_shipment   , deadline_passed         , not_sent            , return_not_sent             , always >,
    // +---------------------+-------------------------+---------------------+-----------------------------+---------------------+
    row< in_transit          , report_return_delivered , accepted            , return_accepted_at_delivery , by_host_or_seller, paid_at_delivery >,
    row< in_transit          , report_return_delivered , awaiting_inspection , return_delivered            , by_host_or_seller >,
    row< in_transit          , report_return_lost      , lost                , return_lost                 , by_host >,
    row< in_transit          , call_off_return         , called_off          , return_called_off           , always >,
    row< in_transit          , deadline_passed         , lost                , return_lost                 , always >,
    // +---------------------+-------------------------+---------------------+-----------------------------+---------------------+
    row< awaiting_inspection , accept_return           , accepted            , return_accepted             , by_seller >,
    row< awaiting_inspection , inspect_return          , accepted            , return_accepted             , by_host_or_seller, findings_are_complete, all_as_agreed >,
    row< awaiting_inspection , inspect_return          , partly_accepted     , return_partly_accepted      , by_host_or_seller, findings_are_complete, some_as_agreed, wanting_is_shown, evidence_is_acceptable >,
    row< awaiting_inspection , inspect_return          , contested           , return_contested            , by_host_or_seller, findings_are_complete, wanting_is_shown, evidence_is_acceptable >,
    row< awaiting_inspection , contest_return          , contested           , return_contested            , by_seller, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_inspection , report_return_delivered , awaiting_inspection , carrier_notice_repeated     , by_host >,
    row< awaiting_inspection , call_off_return         , called_off          , return_called_off           , always >,
    row< awaiting_inspection , deadline_passed         , accepted            , return_accepted             , always >,
    // +---------------------+-------------------------+---------------------+-----------------------------+---------------------+
    // A carrier speaks late, or twice: what has ended stays as it is.
    row< accepted            , report_return_delivered , accepted            , carrier_notice_repeated     , by_host >,
    row< partly_accepted     , report_return_delivered , partly_accepted     , carrier_notice_repeated     , by_host >,
    row< contested           , report_return_delivered , contested           , carrier_notice_repeated     , by_host >,
    row< lost                , report_return_delivered , lost                , carrier_notice_repeated     , by_host >,
    row< awaiting_inspection , report_return_lost      , awaiting_inspection , carrier_notice_repeated     , by_host >,
    row< accepted            , report_return_lost      , accepted            , carrier_notice_repeated     , by_host >,
    row< partly_accepted     , report_return_lost      , partly_accepted     , carrier_notice_repeated     , by_host >,
    row< contested           , report_return_lost      , contested           , carrier_notice_repeated     , by_host >,
    row< lost                , report_return_lost      , lost                , carrier_notice_repeated     , by_host >>;
// clang-format on

// ---- what a return keeps
struct instance {
    recourse::award award;
    std::string tracking_number;
    std::optional<party> shipping_paid_by{};
    std::string label_reference{};
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, return_requested const& told) { kept.award = told.award; }
inline void apply(instance& kept, return_shipped const& told) { kept.tracking_number = told.tracking_number; }
inline void apply(instance& kept, return_accepted_at_shipment const& told) {
    kept.tracking_number = told.tracking_number;
}
inline void apply(instance& kept, return_terms_provided const& told) {
    kept.shipping_paid_by = told.shipping_paid_by;
    kept.label_reference = told.label_reference;
}
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "return_request";
    static constexpr std::uint8_t code = 5;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::return_unknown;
    using initial = not_begun;
    using facts = return_request::facts;
    using table = return_request::table;
    using instance = return_request::instance;
    using waits = list<runs<awaiting_terms, clock::return_terms>, runs<awaiting_shipment, clock::return_shipment>,
                       runs<in_transit, clock::return_transit>, runs<awaiting_inspection, clock::return_inspection>,
                       ends<accepted>, ends<contested>, ends<waived>, ends<not_sent>, ends<lost>, ends<called_off>,
                       ends<partly_accepted>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::return_request

namespace recourse {
template <>
inline constexpr std::array<std::string_view, 4> wire_names<return_request::finding>{"as_agreed", "damaged",
                                                                                     "wrong_item", "missing"};
}  // namespace recourse
