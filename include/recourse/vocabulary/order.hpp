// What the host tells of an order when a dispute is opened: facts, recorded with the dispute and never asked for again.
//
//     spread({component_kind::item, 103}, {cup, pot})   // two lines of 1.00 each: 0.52 more for one, 0.51 for the other
//     by_component(cup.components, 0, 500)              // what of the first 5.00 paid back is item, tax, shipping
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "recourse/vocabulary/identity.hpp"
#include "recourse/vocabulary/instant.hpp"
#include "recourse/vocabulary/money.hpp"
#include "recourse/vocabulary/result.hpp"
#include "recourse/vocabulary/short_text.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

// What the amount of a line is made of.
enum class component_kind : std::uint8_t { item, discount, tax, shipping_outbound, shipping_return, fee };
template <>
inline constexpr std::array<std::string_view, 6> wire_names<component_kind>{
    "item", "discount", "tax", "shipping_outbound", "shipping_return", "fee"};

// A part of a line's amount, in the currency of the payment. A discount is zero or less, all others are zero or more.
struct component {
    component_kind kind = component_kind::item;
    std::int64_t minor = 0;
    bool operator==(component const&) const = default;
};

// A means by which the buyer paid.
enum class tender_kind : std::uint8_t { card, gift_card, store_credit, other };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<tender_kind>{"card", "gift_card", "store_credit", "other"};

// A part of a payment. It is refunded at most what it captured.
struct tender {
    tender_id id;
    tender_kind kind = tender_kind::other;
    money captured;
    bool operator==(tender const&) const = default;
};

// Which tender is refunded first.
struct tender_order {
    bool proportional = false;       // every tender at once, in proportion to what it has left
    std::vector<tender_kind> first;  // otherwise these kinds in this order, then the others in the order told
    bool operator==(tender_order const&) const = default;
};

// An amount of one tender. The currency is that of the payment.
struct tender_amount {
    tender_id tender;
    std::int64_t minor = 0;
    bool operator==(tender_amount const&) const = default;
};

// The seller is settled in another currency than the buyer paid in. Both amounts are stated; they are never added.
struct settlement_facts {
    money amount;      // what the captured amount is for the seller
    std::string rate;  // his units for one of the buyer's, a decimal number: "7.8531"
    instant fixed_at;
    bool operator==(settlement_facts const&) const = default;
};

// A party of the order, with the zone and the holiday calendar that its days are counted in.
struct party_facts {
    actor_id id;
    short_text zone;      // IANA name: "Europe/Brussels"
    short_text calendar;  // a holiday calendar: "BE"
    // What the marketplace counts against the party today, in its own way; a policy may ask more of a buyer with some.
    std::optional<std::uint32_t> strikes{};
    bool operator==(party_facts const&) const = default;
};

struct order_line {
    line_id line;
    std::int64_t units = 1;
    money paid;  // for all units of the line, discounts taken off; shipping is a line of its own
    std::vector<component> components{};  // add up to `paid`; none told: the amount is one thing
    bool operator==(order_line const&) const = default;
};

// What the buyer complains about: some units of a line.
struct claim_line {
    line_id line;
    std::int64_t units = 1;
    bool operator==(claim_line const&) const = default;
};

// Units of an order that travel together.
struct order_parcel {
    parcel_id parcel;               // the host's number of it
    std::vector<claim_line> lines;  // which units are in it
    std::optional<instant> shipped_at{};
    std::optional<instant> delivered_at{};
    std::optional<instant> promised_until{};  // the end of the promised delivery: the first instant that is too late
    bool operator==(order_parcel const&) const = default;
};

// Of units that travel in several parcels.
enum class parcel_choice : std::uint8_t {
    last,   // shipped and delivered when all of them are; the latest promise
    first,  // when the first of them is; the earliest promise
};
template <>
inline constexpr std::array<std::string_view, 2> wire_names<parcel_choice>{"last", "first"};

// What policies are chosen by, in the host's own names: "de", "electronics", "card", "private".
struct order_traits {
    std::optional<short_text> site{};
    std::optional<short_text> category{};
    std::optional<short_text> payment_method{};
    std::optional<short_text> seller_type{};
    std::optional<instant> ordered_at{};  // `paid_at` if it is left out
    bool operator==(order_traits const&) const = default;
};

struct order_facts {
    order_id order;
    payment_id payment;
    money captured;  // equals the sum of the lines
    party_facts buyer;
    party_facts seller;
    std::vector<order_line> lines;
    std::optional<instant> paid_at;
    std::optional<instant> shipped_at;
    std::optional<instant> delivered_at;
    std::optional<instant> promised_until{};    // the end of the promised delivery: the first instant that is too late
    std::int32_t protection_extended_days = 0;  // calendar days that the seller added to the buyer's protection
    std::vector<tender> tenders{};              // add up to `captured`; none told: one tender of everything
    std::optional<settlement_facts> settlement{};
    std::optional<order_traits> traits{};
    // If the order travels in parcels, each tells its own instants and the order none; units in no parcel have not been
    // shipped.
    std::vector<order_parcel> parcels{};
    bool operator==(order_facts const&) const = default;
};

// When an order, or a line of it, was paid for, shipped and delivered.
struct order_times {
    std::optional<instant> paid_at;
    std::optional<instant> shipped_at;
    std::optional<instant> delivered_at;
    std::optional<instant> promised_until;
    std::int32_t protection_extended_days = 0;
    bool operator==(order_times const&) const = default;
};
// Those of a line: of its parcels, or of the order if it tells none. As long as not all units of the line are in parcels,
// the `last` of them is not known.
order_times times_of(order_facts const& order, line_id const& line, parcel_choice choice);
// The latest promise for any of the lines that are claimed.
std::optional<instant> promised_until(order_facts const& order, std::vector<claim_line> const& lines,
                                      parcel_choice choice);
// Why the parcels cannot be those of the order, as a sentence; empty when nothing speaks against them.
std::string parcels_contradict(order_facts const& order);

// An amount of one line: a part of what is claimed, agreed or refunded. The currency is that of the payment.
struct line_amount {
    line_id line;
    std::int64_t units = 1;
    std::int64_t minor = 0;
    bool operator==(line_amount const&) const = default;
};

// One refund order of a settlement: so much goes back to one tender, out of these lines.
struct refund_part {
    tender_id tender{};  // empty: the payment has only one
    money amount;
    std::vector<line_amount> lines;
    bool operator==(refund_part const&) const = default;
};
// Spreads a discount, a shipping cost or a fee of the whole order over its lines, in proportion to what is paid for each,
// by largest remainder: `paid` of the lines grows (or shrinks, by a discount) by the whole amount to the last cent. A line
// without components gets one of its own first: what was paid for it until now. The error is a sentence.
result<std::vector<order_line>, std::string> spread(component const& order_level, std::vector<order_line> lines);

// What an amount consists of that is paid back of a line after `before_minor` of it were: each component in the order of
// the line, also those that get nothing. However many refunds there are, no component is given back beyond its amount,
// none shrinks, and the refund that completes the line completes every component. Of a line without components
// everything is `item`. Needs amounts of zero or more, together at most what was paid.
std::vector<component> by_component(std::vector<component> const& of_line, std::int64_t before_minor,
                                    std::int64_t minor);

// Why the components cannot be those of an amount, as a sentence without its subject: "adds up to 1.00 EUR, not to 1.05
// EUR"; empty when nothing speaks against them.
std::string contradiction(std::vector<component> const& of, money const& amount);

// What an amount of the buyer's is for the seller after `before_minor` of the captured amount were: the settled amount
// in proportion, rounded half up, and the last part takes the last cent. Needs `before_minor + minor` to be at most
// what was captured.
money settled(settlement_facts const& with, money const& captured, std::int64_t before_minor, std::int64_t minor);

// Why the settlement cannot be that of a captured amount, as a sentence; empty when nothing speaks against it.
std::string contradiction(settlement_facts const& told, money const& captured);

}  // namespace recourse
