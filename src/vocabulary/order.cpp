// An order's facts: spreading what concerns the whole order, and what a part of a line consists of.
#include "recourse/vocabulary/order.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/quoted.hpp"

namespace recourse {
namespace {

__extension__ using wide = __int128;

constexpr std::size_t components_max = 20;
constexpr int rate_digits_max = 15;  // a rate of more digits than that is a mistake

bool has_the_wrong_sign(component const& one) {
    return one.kind == component_kind::discount ? one.minor > 0 : one.minor < 0;
}

std::string wrong_sign(component const& one, currency const& of) {
    return fmt::format("has the {} {}; a discount is zero or less, all else zero or more", wire_name(one.kind),
                       to_text({one.minor, of}));
}

// A part of a whole, rounded half up. Grows with the part and is the whole at its end.
std::int64_t proportion(std::int64_t part, std::int64_t of, std::int64_t whole) {
    if (whole == 0) return 0;
    return static_cast<std::int64_t>((2 * static_cast<wide>(part) * of + whole) / (2 * static_cast<wide>(whole)));
}

// What each component has given when so much of the line was paid back.
std::vector<std::int64_t> given(std::vector<component> const& of_line, std::int64_t minor) {
    std::vector<std::int64_t> added;
    std::vector<std::int64_t> taken;
    std::int64_t all_added = 0;
    std::int64_t all_taken = 0;
    for (auto const& one : of_line) {
        added.push_back(std::max<std::int64_t>(one.minor, 0));
        taken.push_back(std::max<std::int64_t>(-one.minor, 0));
        all_added += added.back();
        all_taken += taken.back();
    }
    auto const discount = proportion(minor, all_taken, all_added - all_taken);
    auto shares = allocate_growing(minor + discount, added);
    auto const discounts = allocate_growing(discount, taken);
    for (std::size_t at = 0; at < shares.size(); ++at) shares[at] -= discounts[at];
    return shares;
}

struct decimal {
    std::int64_t digits = 0;
    int after_the_point = 0;
};
std::optional<decimal> parse_rate(std::string_view text) {
    decimal read;
    bool point = false;
    int count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '.' && !point && at > 0 && at + 1 < text.size()) {
            point = true;
            continue;
        }
        if (text[at] < '0' || text[at] > '9' || ++count > rate_digits_max) return std::nullopt;
        read.digits = read.digits * 10 + (text[at] - '0');
        read.after_the_point += point ? 1 : 0;
    }
    if (count == 0 || read.digits == 0) return std::nullopt;
    return read;
}

}  // namespace

result<std::vector<order_line>, std::string> spread(component const& order_level, std::vector<order_line> lines) {
    if (lines.empty()) return failed{std::string{"There is no line to spread an amount over."}};
    auto const unit = lines.front().paid.currency;
    std::vector<std::int64_t> weights;
    std::int64_t paid = 0;
    for (auto const& line : lines) {
        if (line.paid.currency != unit)
            return failed{fmt::format("Line {} is in {}, line {} in {}.", line.line.text(), line.paid.currency.code(),
                                      lines.front().line.text(), unit.code())};
        if (line.paid.minor < 0)
            return failed{fmt::format("Line {} has the negative amount {}.", line.line.text(), to_text(line.paid))};
        auto const sum = add_minor(paid, line.paid.minor);
        if (!sum) return failed{std::string{"The amounts of the lines add up to more than can be counted."}};
        paid = *sum;
        weights.push_back(line.paid.minor);
    }
    if (has_the_wrong_sign(order_level)) return failed{fmt::format("The order {}.", wrong_sign(order_level, unit))};
    if (paid == 0 && order_level.minor != 0)
        return failed{
            fmt::format("{} cannot be spread over lines that cost nothing.", to_text({order_level.minor, unit}))};
    bool const is_discount = order_level.minor < 0;
    auto const after = add_minor(paid, order_level.minor);
    if (!after) return failed{std::string{"The amounts of the lines add up to more than can be counted."}};
    if (*after < 0)
        return failed{fmt::format("The lines cost {}; a discount of {} is more than that.", to_text({paid, unit}),
                                  to_text({-order_level.minor, unit}))};
    auto const shares = allocate(is_discount ? -order_level.minor : order_level.minor, weights);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        auto& line = lines[at];
        auto const share = is_discount ? -shares[at] : shares[at];
        if (line.components.empty()) line.components.push_back({component_kind::item, line.paid.minor});
        line.components.push_back({order_level.kind, share});
        line.paid.minor += share;
    }
    return lines;
}

std::vector<component> by_component(std::vector<component> const& of_line, std::int64_t before_minor,
                                    std::int64_t minor) {
    if (before_minor < 0 || minor < 0)
        throw failure{failure_kind::out_of_range,
                      fmt::format("cannot split {} after {} into components", minor, before_minor)};
    if (of_line.empty()) return {{component_kind::item, minor}};
    std::int64_t paid = 0;
    for (auto const& one : of_line) paid += one.minor;
    if (minor > paid - before_minor)
        throw failure{failure_kind::out_of_range,
                      fmt::format("cannot split {} after {} of {} into components", minor, before_minor, paid)};
    auto const before = given(of_line, before_minor);
    auto const after = given(of_line, before_minor + minor);
    auto parts = of_line;
    for (std::size_t at = 0; at < parts.size(); ++at) parts[at].minor = after[at] - before[at];
    return parts;
}

std::string contradiction(std::vector<component> const& of, money const& amount) {
    if (of.empty()) return {};
    if (of.size() > components_max)
        return fmt::format("has {} components; at most {} are possible", of.size(), components_max);
    std::int64_t added = 0;
    std::int64_t total = 0;
    for (auto const& one : of) {
        if (has_the_wrong_sign(one)) return wrong_sign(one, amount.currency);
        auto const more = add_minor(added, std::max<std::int64_t>(one.minor, 0));
        auto const sum = add_minor(total, one.minor);
        if (!more || !sum) return "has components that add up to more than can be counted";
        added = *more;
        total = *sum;
    }
    if (total != amount.minor)
        return fmt::format("has components that add up to {}, not to {}", to_text({total, amount.currency}),
                           to_text(amount));
    return {};
}

money settled(settlement_facts const& with, money const& captured, std::int64_t before_minor, std::int64_t minor) {
    if (before_minor < 0 || minor < 0 || minor > captured.minor - before_minor)
        throw failure{failure_kind::out_of_range,
                      fmt::format("cannot settle {} after {} of {}", minor, before_minor, to_text(captured))};
    return {proportion(before_minor + minor, with.amount.minor, captured.minor) -
                proportion(before_minor, with.amount.minor, captured.minor),
            with.amount.currency};
}

std::string contradiction(settlement_facts const& told, money const& captured) {
    if (told.amount.currency == currency{} || told.amount.currency == captured.currency)
        return fmt::format("A settlement is in another currency than the payment, {}.", captured.currency.code());
    if (told.amount.minor < 0) return fmt::format("The settlement has the negative amount {}.", to_text(told.amount));
    auto const rate = parse_rate(told.rate);
    if (!rate)
        return fmt::format(
            "The rate of a settlement is a decimal number above zero of at most {} digits, such as "
            "7.8531, not {}.",
            rate_digits_max, quoted(told.rate));
    // Captured times rate and what is told, both in units so small that neither has a fraction: within one unit of the
    // settlement's currency, whichever way the host rounds.
    wide exact = static_cast<wide>(captured.minor) * rate->digits;
    wide unit = 1;
    auto const exponent = rate->after_the_point + captured.currency.exponent() - told.amount.currency.exponent();
    for (int power = 0; power < exponent; ++power) unit *= 10;
    for (int power = 0; power > exponent; --power) exact *= 10;
    wide const away = exact - told.amount.minor * unit;
    if (away > unit || away < -unit)
        return fmt::format("{} at {} is not {}.", to_text(captured), told.rate, to_text(told.amount));
    return {};
}

namespace {

constexpr std::size_t parcels_max = 1'000;

std::int64_t units_in(order_parcel const& parcel, line_id const& line) {
    for (auto const& one : parcel.lines) {
        if (one.line == line) return one.units;
    }
    return 0;
}

// The instant of those parcels of an order that have units of a line.
std::optional<instant> instant_of_line(order_facts const& order, order_line const& line, parcel_choice choice,
                                       std::optional<instant> order_parcel::*told) {
    std::optional<instant> chosen;
    std::int64_t units = 0;
    for (auto const& parcel : order.parcels) {
        auto const here = units_in(parcel, line.line);
        if (here == 0) continue;
        units += here;
        auto const& at = parcel.*told;
        if (!at && choice == parcel_choice::last) return std::nullopt;
        if (!at) continue;
        if (!chosen || (choice == parcel_choice::last ? *at > *chosen : *at < *chosen)) chosen = at;
    }
    if (choice == parcel_choice::last && units != line.units) return std::nullopt;
    return chosen;
}

std::string parcel_contradicts(order_parcel const& parcel, order_facts const& order) {
    auto const what = fmt::format("Parcel {}", parcel.parcel.text());
    if (parcel.lines.empty()) return fmt::format("{} has no lines.", what);
    for (auto one = parcel.lines.begin(); one != parcel.lines.end(); ++one) {
        auto const same = [&](auto const& other) { return other.line == one->line; };
        auto const line = std::find_if(order.lines.begin(), order.lines.end(), same);
        if (line == order.lines.end())
            return fmt::format("{} has line {}, which the order has not.", what, one->line.text());
        if (std::any_of(parcel.lines.begin(), one, same))
            return fmt::format("{} lists line {} twice.", what, one->line.text());
        if (one->units < 1 || one->units > line->units)
            return fmt::format("{} has {} units of line {}; expected 1 to {}.", what, one->units, one->line.text(),
                               line->units);
    }
    if (parcel.delivered_at && !parcel.shipped_at)
        return fmt::format("{} was delivered at {}, but it does not say when it was shipped.", what,
                           to_text(*parcel.delivered_at));
    if (parcel.delivered_at && *parcel.delivered_at < *parcel.shipped_at)
        return fmt::format("{} was delivered at {}, before it was shipped at {}.", what, to_text(*parcel.delivered_at),
                           to_text(*parcel.shipped_at));
    return {};
}

}  // namespace

order_times times_of(order_facts const& order, line_id const& line, parcel_choice choice) {
    if (order.parcels.empty())
        return {order.paid_at, order.shipped_at, order.delivered_at, order.promised_until,
                order.protection_extended_days};
    order_times told{order.paid_at, {}, {}, {}, order.protection_extended_days};
    for (auto const& one : order.lines) {
        if (one.line != line) continue;
        told.shipped_at = instant_of_line(order, one, choice, &order_parcel::shipped_at);
        told.delivered_at = instant_of_line(order, one, choice, &order_parcel::delivered_at);
        told.promised_until = instant_of_line(order, one, choice, &order_parcel::promised_until);
    }
    return told;
}

std::optional<instant> promised_until(order_facts const& order, std::vector<claim_line> const& lines,
                                      parcel_choice choice) {
    if (order.parcels.empty()) return order.promised_until;
    std::optional<instant> latest;
    for (auto const& one : lines) {
        auto const promised = times_of(order, one.line, choice).promised_until;
        if (promised && (!latest || *promised > *latest)) latest = promised;
    }
    return latest;
}

std::string parcels_contradict(order_facts const& order) {
    if (order.parcels.empty()) return {};
    if (order.parcels.size() > parcels_max)
        return fmt::format("The order has {} parcels; at most {} are possible.", order.parcels.size(), parcels_max);
    if (order.shipped_at || order.delivered_at || order.promised_until)
        return fmt::format(
            "The order tells {} parcels, so each of them tells shipped_at, delivered_at and promised_until, and the "
            "order "
            "none of them.",
            order.parcels.size());
    for (auto one = order.parcels.begin(); one != order.parcels.end(); ++one) {
        if (auto why = parcel_contradicts(*one, order); !why.empty()) return why;
        auto const same = [&](auto const& other) { return other.parcel == one->parcel; };
        if (std::any_of(order.parcels.begin(), one, same))
            return fmt::format("Parcel {} is listed twice.", one->parcel.text());
    }
    for (auto const& line : order.lines) {
        std::int64_t units = 0;
        for (auto const& parcel : order.parcels) units += units_in(parcel, line.line);
        if (units > line.units)
            return fmt::format("The parcels have {} units of line {}, which has {}.", units, line.line.text(),
                               line.units);
    }
    return {};
}

}  // namespace recourse
