// The names of enumerations: frozen, unique, and read back as what was written.
#include "recourse/vocabulary/wire_name.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "recourse/calendar/deadline.hpp"
#include "recourse/lifecycle/clock.hpp"
#include "recourse/lifecycle/mediation.hpp"
#include "recourse/policy/policy.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/outcome.hpp"
#include "recourse/vocabulary/party.hpp"
#include "recourse/vocabulary/silence.hpp"

using namespace recourse;

namespace {

template <wire_named E>
void has_names(std::string_view expected) {
    std::string names;
    std::set<std::string_view> seen;
    for (std::size_t index = 0; index < wire_names<E>.size(); ++index) {
        auto const value = static_cast<E>(index);
        auto const text = wire_name(value);
        CAPTURE(text);
        CHECK(seen.insert(text).second);
        CHECK(from_wire_name<E>(text) == value);
        names += (names.empty() ? "" : " ") + std::string{text};
    }
    CHECK(names == expected);
    CHECK(wire_name(static_cast<E>(wire_names<E>.size())) == "unknown");
    for (std::string_view const wrong : {"", "unknown", "Buyer", "none ", "0"}) CHECK_FALSE(from_wire_name<E>(wrong));
}

}  // namespace

static_assert(!wire_named<bool>);
static_assert(wire_name(remedy::return_refund) == "return_refund");
static_assert(from_wire_name<remedy>("return_refund") == remedy::return_refund);

TEST_CASE("the names of the vocabulary's enumerations are frozen in their order") {
    has_names<role>("buyer seller mediator platform_operator host timer");
    has_names<party>("buyer seller");
    has_names<remedy>("full_refund partial_refund return_refund exchange replacement alternative");
    has_names<silence>("opens_escalation escalates grants_claim closes upholds by_label");
    has_names<evidence_kind>("statement photo video document");
    has_names<resolution>(
        "full_refund partial_refund return_refund rejected withdrawn expired return_not_sent return_lost unpaid "
        "exchanged replaced remedied not_pursued charged_back refunded_outside merged");
}

TEST_CASE("the names of the policy's and the calendar's enumerations are frozen in their order") {
    has_names<basis>("documented secondary assumed");
    has_names<anchor>("paid shipped delivered");
    has_names<period_unit>("hours calendar_days business_days service_hours weeks months years");
    has_names<start_rule>("count adjust_then_count");
    has_names<roll_rule>(
        "none following preceding modified_following modified_preceding half_month_modified_following nearest");
}

TEST_CASE("the names of the lifecycles' enumerations are frozen in their order") {
    has_names<lifecycle::clock>(
        "none negotiation seller_response buyer_response decision information return_terms return_shipment "
        "return_transit return_inspection refund_result refund_recovery contact_wait contact_opening delivery_hold "
        "appeal_window appeal_evidence appeal_review replacement_shipment replacement_transit "
        "replacement_confirmation performance suspension representment protection");
    has_names<mediation::asked>("buyer seller both");
}
