// Money: the ISO 4217 currencies, checked sums, largest-remainder allocation.
#include "recourse/vocabulary/money.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

// ISO 4217:2015 list one, active codes with a minor unit. Those with two digits first, the exceptions after them.
constexpr std::string_view two_digits =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
    "JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN "
    "NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW";
constexpr std::string_view no_digits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
constexpr std::string_view three_digits = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view four_digits = "CLF UYW";

constexpr bool lists(std::string_view codes, std::string_view code) {
    for (std::size_t at = 0; at + 3 <= codes.size(); at += 4) {
        if (codes.substr(at, 3) == code) return true;
    }
    return false;
}

}  // namespace

std::optional<currency> currency::find(std::string_view code) {
    if (code.size() != 3) return std::nullopt;
    if (lists(two_digits, code)) return currency{code, 2};
    if (lists(no_digits, code)) return currency{code, 0};
    if (lists(three_digits, code)) return currency{code, 3};
    if (lists(four_digits, code)) return currency{code, 4};
    return std::nullopt;
}

std::optional<money> add(money const& left, money const& right) noexcept {
    if (left.currency != right.currency) return std::nullopt;
    auto const sum = add_minor(left.minor, right.minor);
    return sum ? std::optional{money{*sum, left.currency}} : std::nullopt;
}

std::optional<money> subtract(money const& left, money const& right) noexcept {
    std::int64_t difference = 0;
    if (left.currency != right.currency || __builtin_sub_overflow(left.minor, right.minor, &difference))
        return std::nullopt;
    return money{difference, left.currency};
}

namespace {

__extension__ using wide = __int128;  // total x weight leaves 64 bits for ordinary amounts
__extension__ using wide_magnitude = unsigned __int128;

// Number holds the total times the whole, which is the sum of the weights.
template <class Number>
std::vector<std::int64_t> shares_of(Number total, std::span<std::int64_t const> weights, Number whole) {
    std::vector<std::int64_t> shares(weights.size(), 0);
    auto left = total;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        shares[index] = static_cast<std::int64_t>(total * weights[index] / whole);
        left -= shares[index];
    }
    if (left == 0) return shares;
    std::vector<std::pair<Number, std::size_t>> remainders;
    remainders.reserve(weights.size());
    for (std::size_t index = 0; index < weights.size(); ++index)
        remainders.emplace_back(total * weights[index] - shares[index] * whole, index);
    std::sort(remainders.begin(), remainders.end(), [](auto const& one, auto const& two) {
        return one.first != two.first ? one.first > two.first : one.second < two.second;
    });
    for (std::size_t next = 0; left > 0; ++next, --left) ++shares[remainders[next].second];
    return shares;
}

wide checked_sum(std::int64_t total_minor, std::span<std::int64_t const> weights) {
    wide whole = 0;
    for (auto const weight : weights) {
        if (weight < 0)
            throw failure{failure_kind::out_of_range, fmt::format("cannot allocate by a negative weight ({})", weight)};
        whole += weight;
    }
    if (total_minor < 0)
        throw failure{failure_kind::out_of_range, fmt::format("cannot allocate a negative total ({})", total_minor)};
    if (whole == 0 && total_minor != 0)
        throw failure{failure_kind::out_of_range,
                      fmt::format("cannot allocate {} over weights that add up to 0", total_minor)};
    return whole;
}

}  // namespace

std::vector<std::int64_t> allocate(std::int64_t total_minor, std::span<std::int64_t const> weights) {
    wide const whole = checked_sum(total_minor, weights);
    if (whole == 0) return std::vector<std::int64_t>(weights.size(), 0);

    // Dividing in 128 bits takes ten times as long, and everyday amounts do not need it.
    std::int64_t product = 0;
    bool const is_small = whole <= std::numeric_limits<std::int64_t>::max() &&
                          !__builtin_mul_overflow(total_minor, static_cast<std::int64_t>(whole), &product);
    return is_small ? shares_of<std::int64_t>(total_minor, weights, static_cast<std::int64_t>(whole))
                    : shares_of<wide>(total_minor, weights, whole);
}

std::vector<std::int64_t> allocate_growing(std::int64_t total_minor, std::span<std::int64_t const> weights) {
    wide const whole = checked_sum(total_minor, weights);
    std::vector<std::int64_t> shares(weights.size(), 0);
    if (whole == 0) return shares;
    wide left = total_minor;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        wide const exact = static_cast<wide>(total_minor) * weights[index];
        // To the nearest, halves up: what Webster's rule gives for some total near this one.
        wide const nearest = exact / whole + (exact % whole >= whole - exact % whole ? 1 : 0);
        shares[index] = static_cast<std::int64_t>(nearest);
        left -= nearest;
    }
    // From there unit by unit: the next unit goes where weight / (2 x share + 1) is greatest, and comes from where
    // weight / (2 x share - 1) is least.
    auto const claims_more = [&](std::size_t one, std::size_t two, std::int64_t odd) {
        auto const divisor = [&](std::size_t of) {
            return static_cast<wide_magnitude>(2 * static_cast<wide>(shares[of]) + odd);
        };
        return static_cast<wide_magnitude>(weights[one]) * divisor(two) >
               static_cast<wide_magnitude>(weights[two]) * divisor(one);
    };
    for (; left > 0; --left) {
        std::size_t best = 0;
        for (std::size_t index = 1; index < weights.size(); ++index) {
            if (claims_more(index, best, 1)) best = index;
        }
        ++shares[best];
    }
    for (; left < 0; ++left) {
        std::size_t last = weights.size();
        for (std::size_t index = 0; index < weights.size(); ++index) {
            if (shares[index] > 0 && (last == weights.size() || !claims_more(index, last, -1))) last = index;
        }
        --shares[last];
    }
    return shares;
}

std::string to_text(money const& amount) {
    auto const exponent = static_cast<std::size_t>(amount.currency.exponent());
    // The magnitude as unsigned, so that the smallest 64-bit number prints as well.
    auto const magnitude =
        amount.minor < 0 ? 0 - static_cast<std::uint64_t>(amount.minor) : static_cast<std::uint64_t>(amount.minor);
    auto digits = fmt::format("{:0{}}", magnitude, exponent + 1);
    if (exponent > 0) digits.insert(digits.size() - exponent, 1, '.');
    return fmt::format("{}{} {}", amount.minor < 0 ? "-" : "", digits, amount.currency.code());
}

}  // namespace recourse
