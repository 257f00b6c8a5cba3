// The return at work: its members, its facts, its machine.
#include "recourse/lifecycle/return_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::return_request {

BOOST_DESCRIBE_STRUCT(line_finding, (), (line, units, found))
BOOST_DESCRIBE_STRUCT(provide_return_terms, (), (address_reference, shipping_paid_by, label_reference))
BOOST_DESCRIBE_STRUCT(ship_return, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(report_return_delivered, (), ())
BOOST_DESCRIBE_STRUCT(report_return_lost, (), ())
BOOST_DESCRIBE_STRUCT(accept_return, (), ())
BOOST_DESCRIBE_STRUCT(inspect_return, (), (findings, evidence))
BOOST_DESCRIBE_STRUCT(contest_return, (), (evidence))
BOOST_DESCRIBE_STRUCT(return_requested, (), (award))
BOOST_DESCRIBE_STRUCT(return_terms_provided, (), (address_reference, shipping_paid_by, label_reference))
BOOST_DESCRIBE_STRUCT(return_waived, (), ())
BOOST_DESCRIBE_STRUCT(return_shipped, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(return_not_sent, (), ())
BOOST_DESCRIBE_STRUCT(return_delivered, (), ())
BOOST_DESCRIBE_STRUCT(return_lost, (), (refunded))
BOOST_DESCRIBE_STRUCT(return_accepted, (), ())
BOOST_DESCRIBE_STRUCT(return_contested, (), (evidence, findings))
BOOST_DESCRIBE_STRUCT(return_accepted_at_shipment, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(return_accepted_at_delivery, (), ())
BOOST_DESCRIBE_STRUCT(return_partly_accepted, (), (findings, accepted, contested, evidence))
BOOST_DESCRIBE_STRUCT(carrier_notice_repeated, (), ())
BOOST_DESCRIBE_STRUCT(return_called_off, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (award, tracking_number, shipping_paid_by, label_reference))

}  // namespace recourse::return_request

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<return_request::provide_return_terms>{"label_reference"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<return_request::return_terms_provided>{"label_reference"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<return_request::instance>{"label_reference"};
}  // namespace recourse::json

namespace recourse::engine {
namespace {

// What the findings make of each returned line: units that are as agreed, with their share of the award, and the rest.
void fill_findings(return_request::facts& known, std::vector<return_request::line_finding> const& findings,
                   award const& of, dispute::instance const& disputed) {
    auto const& lines = disputed.lines;
    // What was paid provisionally is not paid again for what came back.
    auto due = of.amount;
    due.minor = std::max<std::int64_t>(0, due.minor - disputed.course->provisional_minor);
    auto const shares = split(due, lines);
    std::map<line_id, std::int64_t> named;
    std::map<line_id, std::int64_t> good;
    for (auto const& one : findings) {
        auto const known_line =
            std::any_of(lines.begin(), lines.end(), [&](auto const& line) { return line.line == one.line; });
        if (!known_line || one.units < 1) {
            known.findings_problem =
                fmt::format("Line {} with {} units was not to come back.", one.line.text(), one.units);
            return;
        }
        named[one.line] += one.units;
        if (one.found == return_request::finding::as_agreed) good[one.line] += one.units;
    }
    for (auto const& line : lines) {
        if (named[line.line] != line.units) {
            known.findings_problem = fmt::format("Line {} was to come back with {} units; {} are named.",
                                                 line.line.text(), line.units, named[line.line]);
            return;
        }
        auto const share =
            std::find_if(shares.begin(), shares.end(), [&](auto const& one) { return one.line == line.line; });
        auto const minor = share == shares.end() ? 0 : share->minor;
        auto const units = good[line.line];
        // The last unit that is found wanting keeps the odd cents, until it is decided about.
        std::int64_t const weights[] = {units, line.units - units};
        auto const parts = allocate(minor, weights);
        if (units > 0) known.as_agreed.push_back({line.line, units, parts[0]});
        if (units < line.units) known.wanting.push_back({line.line, line.units - units, parts[1]});
    }
}

}  // namespace

using returns = return_request::lifecycle_type;

template <>
return_request::facts workings<returns>::facts_for(situation const& now, machine<returns> const& one,
                                                   told<returns> const& command) {
    return_request::facts known;
    known.by = now.by.role;
    if (auto const* contest = std::get_if<return_request::contest_return const*>(&command)) {
        if (auto wrong = fault((*contest)->evidence, evidence_action::contest_return, now)) {
            known.evidence_problem = wrong->code;
            known.evidence_subject = std::move(wrong->subject);
        }
    }
    auto const* inspected = std::get_if<return_request::inspect_return const*>(&command);
    if (inspected != nullptr && one.in<return_request::awaiting_inspection>()) {
        fill_findings(known, (*inspected)->findings, one.kept.award, now.all.dispute().kept);
        if (auto wrong = fault((*inspected)->evidence, evidence_action::inspect_return, now)) {
            known.evidence_problem = wrong->code;
            known.evidence_subject = std::move(wrong->subject);
        }
    }
    auto const& rules = now.known.policy->returns;
    // An exchange is not paid for: it waits for the inspection.
    bool const in_money = one.kept.award.remedy == remedy::return_refund;
    known.host_gives_terms = rules.host_provides_label;
    known.paid_at_shipment = in_money && rules.refund_at == refund_moment::shipment;
    known.paid_at_delivery = in_money && rules.refund_at != refund_moment::inspection;
    // Whose label it is bears the risk of the parcel; who finds a carrier herself bears it herself.
    auto const when_lost = now.known.policy->silences.lost_return;
    known.loss_is_refunded =
        when_lost == silence::grants_claim || (when_lost == silence::by_label && !one.kept.label_reference.empty());
    return known;
}

template <>
bool workings<returns>::tell(deciding& doing, std::uint32_t number, told<returns> const& command) {
    return doing.tell_machine<returns>(number, command);
}

template struct workings<returns>;

}  // namespace recourse::engine
