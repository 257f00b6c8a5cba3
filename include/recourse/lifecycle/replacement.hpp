// One promise of the seller: other goods in exchange or instead, or an alternative that the policy names.
//
// Silence is covered on all sides: what is not sent, does not arrive or is not done in time is paid for in money, and
// what the buyer does not complain about in time counts as right.
#pragma once

#include <string>
#include <vector>

#include "recourse/lifecycle/evidence_guards.hpp"
#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/remedy.hpp"

namespace recourse::replacement {

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
struct not_promised          : state<0> { static constexpr std::string_view name = "not_promised"; };
struct awaiting_shipment     : state<1> { static constexpr std::string_view name = "awaiting_shipment"; };
struct in_transit            : state<2> { static constexpr std::string_view name = "in_transit"; };
struct awaiting_confirmation : state<3> { static constexpr std::string_view name = "awaiting_confirmation"; };
struct confirmed             : state<4> { static constexpr std::string_view name = "confirmed"; };
struct failed                : state<5> { static constexpr std::string_view name = "failed"; };
struct awaiting_performance  : state<6> { static constexpr std::string_view name = "awaiting_performance"; };
struct called_off            : state<7> { static constexpr std::string_view name = "called_off"; };

// clang-format on

// ---- commands
struct ship_replacement {
    static constexpr std::string_view name = "ship_replacement";
    std::string carrier;
    std::string tracking_number;
    bool operator==(ship_replacement const&) const = default;
};
struct report_replacement_delivered {
    static constexpr std::string_view name = "report_replacement_delivered";
    bool operator==(report_replacement_delivered const&) const = default;
};
struct report_replacement_lost {
    static constexpr std::string_view name = "report_replacement_lost";
    bool operator==(report_replacement_lost const&) const = default;
};
struct report_performed {  // the repair is done, the voucher was sent
    static constexpr std::string_view name = "report_performed";
    bool operator==(report_performed const&) const = default;
};
struct confirm_replacement {
    static constexpr std::string_view name = "confirm_replacement";
    bool operator==(confirm_replacement const&) const = default;
};
struct reject_replacement {  // it is defective as well, or another thing
    static constexpr std::string_view name = "reject_replacement";
    std::vector<recourse::evidence> evidence;
    bool operator==(reject_replacement const&) const = default;
};
struct decline_to_perform {  // the seller cannot keep the promise: money at once
    static constexpr std::string_view name = "decline_to_perform";
    bool operator==(decline_to_perform const&) const = default;
};
struct begin_replacement {
    static constexpr std::string_view name = "begin_replacement";
    static constexpr bool internal = true;
    recourse::award award;
};
struct call_off_replacement {
    static constexpr std::string_view name = "call_off_replacement";
    static constexpr bool internal = true;
};

// ---- facts
struct facts {
    role by{};
    std::optional<refusal> evidence_problem;
    std::string evidence_subject;
};

// ---- events
struct replacement_promised {
    static constexpr std::string_view name = "replacement_promised";
    recourse::award award;
    static replacement_promised of(facts const&, begin_replacement const& command) { return {command.award}; }
    bool operator==(replacement_promised const&) const = default;
};
struct replacement_shipped {
    static constexpr std::string_view name = "replacement_shipped";
    std::string carrier;
    std::string tracking_number;
    static replacement_shipped of(facts const&, ship_replacement const& command) {
        return {command.carrier, command.tracking_number};
    }
    bool operator==(replacement_shipped const&) const = default;
};
struct replacement_delivered {
    static constexpr std::string_view name = "replacement_delivered";
    static replacement_delivered of(facts const&, report_replacement_delivered const&) { return {}; }
    bool operator==(replacement_delivered const&) const = default;
};
struct replacement_lost {  // also when it does not arrive in time
    static constexpr std::string_view name = "replacement_lost";
    static replacement_lost of(facts const&, auto const&) { return {}; }
    bool operator==(replacement_lost const&) const = default;
};
struct alternative_performed {
    static constexpr std::string_view name = "alternative_performed";
    static alternative_performed of(facts const&, report_performed const&) { return {}; }
    bool operator==(alternative_performed const&) const = default;
};
struct replacement_confirmed {  // by the buyer, or by her silence
    static constexpr std::string_view name = "replacement_confirmed";
    static replacement_confirmed of(facts const&, auto const&) { return {}; }
    bool operator==(replacement_confirmed const&) const = default;
};
struct replacement_rejected {
    static constexpr std::string_view name = "replacement_rejected";
    std::vector<recourse::evidence> evidence;
    static replacement_rejected of(facts const&, reject_replacement const& command) { return {command.evidence}; }
    bool operator==(replacement_rejected const&) const = default;
};
struct promise_broken {  // not kept in time, or given up by the seller
    static constexpr std::string_view name = "promise_broken";
    static promise_broken of(facts const&, auto const&) { return {}; }
    bool operator==(promise_broken const&) const = default;
};
struct replacement_called_off {
    static constexpr std::string_view name = "replacement_called_off";
    static replacement_called_off of(facts const&, call_off_replacement const&) { return {}; }
    bool operator==(replacement_called_off const&) const = default;
};
struct notice_repeated {  // a carrier's word that came twice or late: nothing more to do
    static constexpr std::string_view name = "notice_repeated";
    static notice_repeated of(facts const&, auto const&) { return {}; }
    bool operator==(notice_repeated const&) const = default;
};

// ---- guards
using lifecycle::evidence_is_acceptable;
using lifecycle::evidence_is_given;
struct parcel_is_tracked {
    static constexpr std::string_view name = "parcel_is_tracked";
    static constexpr auto otherwise = refusal::tracking_missing;
    static constexpr bool holds(facts const&, ship_replacement const& sent) noexcept {
        return !sent.carrier.empty() && !sent.tracking_number.empty();
    }
};
struct goods_are_promised {
    static constexpr std::string_view name = "goods_are_promised";
    static constexpr bool selects = true;
    static constexpr auto otherwise = refusal::not_possible_in_this_state;
    static constexpr bool holds(facts const&, begin_replacement const& command) noexcept {
        return command.award.remedy != remedy::alternative;
    }
};

// ---- the table
// clang-format off
using table = lifecycle::table<
    //   from                    on command                     to                      records                  only if
    // +-----------------------+------------------------------+-----------------------+------------------------+---------------------+
    row< not_promised          , begin_replacement            , awaiting_shipment     , replacement_promised   , goods_are_promised  >,
    row< not_promised          , begin_replacement            , awaiting_performance  , replacement_promised   , always              >,
    // +-----------------------+------------------------------+-----------------------+------------------------+---------------------+
    row< awaiting_shipment     , ship_replacement             , in_transit            , replacement_shipped    , by_seller, parcel_is_tracked >,
    // The carrier may be faster than the seller's word.
    row< awaiting_shipment     , report_replacement_delivered , awaiting_confirmation , replacement_delivered  , by_host             >,
    row< awaiting_shipment     , decline_to_perform           , failed                , promise_broken         , by_seller           >,
    row< awaiting_shipment     , call_off_replacement         , called_off            , replacement_called_off , always              >,
    row< awaiting_shipment     , deadline_passed              , failed                , promise_broken         , always              >,
    // +-----------------------+------------------------------+-----------------------+------------------------+---------------------+
    row< awaiting_performance  , report_performed             , awaiting_confirmation , alternative_performed  , by_host_or_seller   >,
    row< awaiting_performance  , decline_to_perform           , failed                , promise_broken         , by_seller           >,
    row< awaiting_performance  , call_off_replacement         , called_off            , replacement_called_off , always              >,
    row< awaiting_performance  , deadline_passed              , failed                , promise_broken         , always              >,
    // +-----------------------+------------------------------+-----------------------+------------------------+---------------------+
    row< in_transit            , report_replacement_delivered , awaiting_confirmation , replacement_delivered  , by_host_or_seller   >,
    row< in_transit            , confirm_replacement          , confirmed             , replacement_confirmed  , by_buyer            >,
    row< in_transit            , report_replacement_lost      , failed                , replacement_lost       , by_host             >,
    row< in_transit            , call_off_replacement         , called_off            , replacement_called_off , always              >,
    row< in_transit            , deadline_passed              , failed                , replacement_lost       , always              >,
    // +-----------------------+------------------------------+-----------------------+------------------------+---------------------+
    row< awaiting_confirmation , confirm_replacement          , confirmed             , replacement_confirmed  , by_buyer            >,
    row< awaiting_confirmation , reject_replacement           , failed                , replacement_rejected   , by_buyer, evidence_is_given, evidence_is_acceptable >,
    row< awaiting_confirmation , report_replacement_delivered , awaiting_confirmation , notice_repeated        , by_host             >,
    row< awaiting_confirmation , call_off_replacement         , called_off            , replacement_called_off , always              >,
    row< awaiting_confirmation , deadline_passed              , confirmed             , replacement_confirmed  , always              >,
    // +-----------------------+------------------------------+-----------------------+------------------------+---------------------+
    // A carrier speaks late, or twice: what has ended stays as it is.
    row< awaiting_confirmation , report_replacement_lost      , awaiting_confirmation , notice_repeated        , by_host             >,
    row< confirmed             , report_replacement_delivered , confirmed             , notice_repeated        , by_host             >,
    row< confirmed             , report_replacement_lost      , confirmed             , notice_repeated        , by_host             >,
    row< failed                , report_replacement_delivered , failed                , notice_repeated        , by_host             >,
    row< failed                , report_replacement_lost      , failed                , notice_repeated        , by_host             >>;
// clang-format on

// ---- what a replacement keeps
struct instance {
    recourse::award award;
    std::string tracking_number;
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, replacement_promised const& told) { kept.award = told.award; }
inline void apply(instance& kept, replacement_shipped const& told) { kept.tracking_number = told.tracking_number; }
inline void apply(instance&, auto const&) {}

struct lifecycle_type {
    static constexpr std::string_view name = "replacement";
    static constexpr std::uint8_t code = 8;
    static constexpr bool many = true;
    static constexpr auto unknown = refusal::replacement_unknown;
    using initial = not_promised;
    using facts = replacement::facts;
    using table = replacement::table;
    using instance = replacement::instance;
    using waits =
        list<runs<awaiting_shipment, clock::replacement_shipment>, runs<awaiting_performance, clock::performance>,
             runs<in_transit, clock::replacement_transit>, runs<awaiting_confirmation, clock::replacement_confirmation>,
             ends<confirmed>, ends<failed>, ends<called_off>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::replacement
