// Money that moves beside the disputes: refunds by other routes, and chargebacks.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/account_rows.hpp"

namespace recourse {

using engine::count_chargebacks;
using engine::find;
using engine::left_of;

namespace {

template <class Amounts>
std::int64_t sum(Amounts const& several) noexcept {
    std::int64_t total = 0;
    for (auto const& one : several) total += one.minor;
    return total;
}

// Chargebacks may add up to more than can be counted: each is at most what was captured, but any number may be told.
std::int64_t saturated(std::int64_t left, std::int64_t right) noexcept {
    return add_minor(left, right).value_or(std::numeric_limits<std::int64_t>::max());
}

std::int64_t counted(account const& of, chargeback_state state) noexcept {
    std::int64_t total = 0;
    for (auto const& one : of.chargebacks) total += one.state == state ? sum(one.counted) : 0;
    return total;
}

refused no(refusal code, std::string_view subject, std::string because = {}) {
    refused made;
    made.code = code;
    made.subject = subject;
    made.because = std::move(because);
    return made;
}
refused more_than(money const& limit, std::string_view subject, std::string because = {}) {
    auto made = no(refusal::amount_exceeds_refundable, subject, std::move(because));
    made.limit = limit;
    return made;
}

std::string tenders_in_words(account const& of) {
    std::string names;
    for (auto const& one : of.tenders) names += fmt::format("{}{}", names.empty() ? "" : ", ", one.tender.text());
    return fmt::format("Its tenders are: {}.", names);
}

// A payment that is one tender has no tender to name; whatever is named is that one.
bool is_unknown(account const& of, tender_id const& tender) {
    return !tender.empty() && !of.tenders.empty() &&
           std::none_of(of.tenders.begin(), of.tenders.end(), [&](auto const& one) { return one.tender == tender; });
}

// Lines that are on the account, each once.
std::optional<refused> wrong_lines(account& of, std::vector<line_amount> const& lines) {
    for (auto one = lines.begin(); one != lines.end(); ++one) {
        if (find(of, one->line) == nullptr) return no(refusal::line_unknown, one->line.text());
        if (std::any_of(lines.begin(), one, [&](auto const& other) { return other.line == one->line; }))
            return no(refusal::line_repeated, one->line.text());
        if (one->minor <= 0) return no(refusal::amount_not_positive, one->line.text());
    }
    return std::nullopt;
}

void uncount(account& of, account_chargeback& one) {
    for (auto const& part : one.counted) find(of, part.line)->charged_back_minor -= part.minor;
    for (auto const& part : one.counted_tenders) find(of, part.tender)->charged_back_minor -= part.minor;
    one.counted.clear();
    one.counted_tenders.clear();
}

template <class Part, class Same>
void add_part(std::vector<Part>& parts, Part made, Same&& same) {
    if (made.minor == 0) return;
    auto const found = std::find_if(parts.begin(), parts.end(), same);
    if (found == parts.end())
        parts.push_back(std::move(made));
    else
        found->minor += made.minor;
}

void count(account& of, account_chargeback& one) {
    std::vector<std::int64_t> left;
    for (auto const& line : of.lines) left.push_back(left_of(line));
    auto const more = std::min(one.minor - sum(one.counted), std::accumulate(left.begin(), left.end(), std::int64_t{}));
    if (more <= 0) return;
    // The tenders first, while they have all that the lines have left.
    std::vector<tender_amount> of_tenders;
    if (auto const* named = one.tender.empty() ? nullptr : find(of, one.tender))
        of_tenders = {{one.tender, std::min(more, left_of(*named))}};
    else if (!of.tenders.empty())
        of_tenders = split_over_tenders(of, more, {false, {tender_kind::card}});
    for (auto& part : of_tenders) {
        find(of, part.tender)->charged_back_minor += part.minor;
        add_part(one.counted_tenders, part, [&](auto const& other) { return other.tender == part.tender; });
    }
    auto const shares = allocate(more, left);
    for (std::size_t at = 0; at < of.lines.size(); ++at) {
        auto& line = of.lines[at];
        line.charged_back_minor += shares[at];
        add_part(one.counted, {line.line, 0, shares[at]}, [&](auto const& other) { return other.line == line.line; });
    }
}

}  // namespace

void engine::count_chargebacks(account& of) {
    for (auto const state : {chargeback_state::lost, chargeback_state::open}) {
        for (auto& one : of.chargebacks) {
            if (one.state == state) count(of, one);
        }
    }
}

std::int64_t account::blocked_minor() const noexcept { return counted(*this, chargeback_state::open); }
std::int64_t account::lost_minor() const noexcept { return counted(*this, chargeback_state::lost); }
std::int64_t account::overlapping_minor() const noexcept {
    std::int64_t total = 0;
    for (auto const& one : chargebacks)
        total = saturated(total, takes_money(one.state) ? one.minor - sum(one.counted) : 0);
    return total;
}
std::int64_t account::recoup_due_minor() const noexcept {
    auto total = refunded_minor() - recouped_minor + outside_refunded_minor() - captured_minor();
    for (auto const& one : chargebacks) total = saturated(total, one.state == chargeback_state::lost ? one.minor : 0);
    return std::max<std::int64_t>(0, total);
}

result<bool, refused> post_outside_refund(account& of, outside_refund const& told, tender_order const& order) {
    auto const before = std::find_if(of.outside_refunds.begin(), of.outside_refunds.end(),
                                     [&](auto const& one) { return one.id == told.id; });
    if (before != of.outside_refunds.end()) {
        if (before->lines == told.lines) return false;
        return failed{no(refusal::payment_facts_contradict, told.id.text(),
                         fmt::format("It was told before as a refund of {}, over other lines or amounts.",
                                     to_text({sum(before->lines), of.currency})))};
    }
    if (told.lines.empty()) return failed{no(refusal::amount_not_positive, told.id.text())};
    if (auto wrong = wrong_lines(of, told.lines)) return failed{*std::move(wrong)};
    if (auto wrong = wrong_lines(of, told.released)) return failed{*std::move(wrong)};
    if (is_unknown(of, told.tender))
        return failed{no(refusal::tender_unknown, told.tender.text(), tenders_in_words(of))};

    auto after = of;
    for (auto const& one : told.released) {
        auto& line = *find(after, one.line);
        if (one.minor > line.reserved_minor)
            return failed{more_than({line.reserved_minor, of.currency}, one.line.text(),
                                    "More is given up than the disputes hold.")};
        line.reserved_minor -= one.minor;
    }
    std::int64_t total = 0;
    for (auto const& one : told.lines) {
        auto& line = *find(after, one.line);
        if (one.minor > left_of(line)) return failed{more_than({left_of(line), of.currency}, one.line.text())};
        line.outside_refunded_minor += one.minor;
        total += one.minor;
    }
    account_outside_refund made{told.id, told.lines, {}};
    if (auto const* named = told.tender.empty() ? nullptr : find(after, told.tender)) {
        if (total > left_of(*named)) return failed{more_than({left_of(*named), of.currency}, told.tender.text())};
        made.tenders = {{told.tender, total}};
    } else if (!after.tenders.empty()) {
        made.tenders = split_over_tenders(after, total, order);
    }
    for (auto const& one : made.tenders) find(after, one.tender)->outside_refunded_minor += one.minor;
    after.outside_refunds.push_back(std::move(made));
    count_chargebacks(after);
    of = std::move(after);
    return true;
}

chargeback_told told_of(chargeback::notice const& heard) {
    // How the money stands: an argument over an open chargeback leaves it where it is.
    auto const state = [&] {
        switch (heard.state) {
            case chargeback::phase::alert: return chargeback_state::alert;
            case chargeback::phase::inquiry: return chargeback_state::inquiry;
            case chargeback::phase::open:
            case chargeback::phase::represented:
            case chargeback::phase::pre_arbitration:
            case chargeback::phase::arbitration: break;
            case chargeback::phase::won: return chargeback_state::won;
            case chargeback::phase::lost: return chargeback_state::lost;
            case chargeback::phase::withdrawn: return chargeback_state::withdrawn;
        }
        return chargeback_state::open;
    };
    return {heard.chargeback, state(), heard.amount, heard.tender, heard.at};
}

result<bool, refused> post_chargeback(account& of, chargeback_told const& told) {
    if (told.amount.currency != of.currency) {
        auto made = no(refusal::amount_in_another_currency, told.amount.currency.code());
        made.limit = money{of.captured_minor(), of.currency};
        return failed{std::move(made)};
    }
    if (told.amount.minor <= 0) return failed{no(refusal::amount_not_positive, told.id.text())};
    if (is_unknown(of, told.tender))
        return failed{no(refusal::tender_unknown, told.tender.text(), tenders_in_words(of))};
    auto const* named = told.tender.empty() ? nullptr : find(of, told.tender);
    auto const captured = named != nullptr ? named->captured_minor : of.captured_minor();
    if (told.amount.minor > captured)
        return failed{more_than({captured, of.currency}, told.id.text(), "More is charged back than was captured.")};

    auto one = std::find_if(of.chargebacks.begin(), of.chargebacks.end(),
                            [&](auto const& other) { return other.id == told.id; });
    if (one == of.chargebacks.end()) {
        of.chargebacks.push_back({told.id, told.state, told.amount.minor, told.tender, {}, {}, told.at});
        count_chargebacks(of);
        return true;
    }
    if (one->tender != told.tender)
        return failed{no(refusal::payment_facts_contradict, told.id.text(), "It was told of another tender before.")};
    if (is_final(one->state) && !is_final(told.state))
        return failed{
            no(refusal::payment_facts_contradict, told.id.text(),
               fmt::format("It was {} before; it is not {} again.", wire_name(one->state), wire_name(told.state)))};
    if (one->state == told.state && one->minor == told.amount.minor) return false;
    uncount(of, *one);
    if (one->state != told.state) one->since = told.at;
    one->state = told.state;
    one->minor = told.amount.minor;
    count_chargebacks(of);
    return true;
}

std::optional<instant> blocked_since(account const& of) noexcept {
    std::optional<instant> first;
    for (auto const& one : of.chargebacks) {
        if (one.state != chargeback_state::open) continue;
        auto const since = one.since.value_or(first_instant);
        if (!first || since < *first) first = since;
    }
    return first;
}

namespace {

// Whether amounts of zero or more, taken off one after the other, leave nothing below zero.
bool fits(std::int64_t whole, std::initializer_list<std::int64_t> taken) noexcept {
    for (auto const one : taken) {
        if (one < 0 || one > whole) return false;
        whole -= one;
    }
    return whole >= 0;
}

// Adds up the parts that are a row's; false if that cannot be done.
template <class Part, class Is>
bool adds_up(std::vector<Part> const& parts, Is&& is, std::int64_t& total) {
    for (auto const& one : parts) {
        auto const sum_so_far = is(one) ? add_minor(total, one.minor) : total;
        if (one.minor <= 0 || !sum_so_far) return false;
        total = *sum_so_far;
    }
    return true;
}

template <class Amount>
std::int64_t total(std::vector<Amount> const& rows, std::int64_t Amount::*column) noexcept {
    std::int64_t sum_of = 0;
    for (auto const& one : rows) sum_of += one.*column;
    return sum_of;
}

// What the tenders give is what the lines get: instructed refunds are a part of what is reserved, a chargeback may meet a
// tender that has less left than the lines.
bool agree(account const& of) noexcept {
    return total(of.tenders, &account_tender::reserved_minor) <= of.reserved_minor() &&
           total(of.tenders, &account_tender::refunded_minor) == of.refunded_minor() &&
           total(of.tenders, &account_tender::outside_refunded_minor) == of.outside_refunded_minor() &&
           total(of.tenders, &account_tender::charged_back_minor) <= total(of.lines, &account_line::charged_back_minor);
}

// Whether every part that is listed is of a line and a tender that are there.
bool are_known(account const& of, std::vector<line_amount> const& lines, std::vector<tender_amount> const& tenders) {
    return std::all_of(lines.begin(), lines.end(),
                       [&](auto const& one) {
                           return std::any_of(of.lines.begin(), of.lines.end(),
                                              [&](auto const& row) { return row.line == one.line; });
                       }) &&
           std::all_of(tenders.begin(), tenders.end(), [&](auto const& one) {
               return std::any_of(of.tenders.begin(), of.tenders.end(),
                                  [&](auto const& row) { return row.tender == one.tender; });
           });
}

}  // namespace

std::string imbalance(account const& of) {
    std::int64_t captured = 0;
    for (auto const& line : of.lines) {
        auto const total = add_minor(captured, line.paid_minor);
        std::int64_t outside = 0;
        std::int64_t charged_back = 0;
        auto const here = [&](auto const& part) { return part.line == line.line; };
        bool listed = true;
        for (auto const& one : of.outside_refunds) listed = adds_up(one.lines, here, outside) && listed;
        for (auto const& one : of.chargebacks) listed = adds_up(one.counted, here, charged_back) && listed;
        bool const sound = total && line.units >= 1 && fits(line.units, {line.units_in_dispute}) &&
                           fits(line.paid_minor, {line.reserved_minor, line.refunded_minor, line.outside_refunded_minor,
                                                  line.charged_back_minor}) &&
                           listed && outside == line.outside_refunded_minor && charged_back == line.charged_back_minor;
        if (!sound) return fmt::format("line {} of a payment holds impossible amounts", line.line.text());
        captured = *total;
    }
    auto told = captured;
    for (auto const& tender : of.tenders) {
        std::int64_t outside = 0;
        std::int64_t charged_back = 0;
        auto const here = [&](auto const& part) { return part.tender == tender.tender; };
        bool listed = true;
        for (auto const& one : of.outside_refunds) listed = adds_up(one.tenders, here, outside) && listed;
        for (auto const& one : of.chargebacks) listed = adds_up(one.counted_tenders, here, charged_back) && listed;
        bool const sound = fits(told, {tender.captured_minor}) &&
                           fits(tender.captured_minor, {tender.reserved_minor, tender.refunded_minor,
                                                        tender.outside_refunded_minor, tender.charged_back_minor}) &&
                           listed && outside == tender.outside_refunded_minor &&
                           charged_back == tender.charged_back_minor;
        if (!sound) return fmt::format("tender {} of a payment holds impossible amounts", tender.tender.text());
        told -= tender.captured_minor;
    }
    if (!fits(of.refunded_minor(), {of.recouped_minor})) return "more of a payment is asked back than was refunded";
    if (!of.tenders.empty() && (told != 0 || !agree(of))) return "the tenders of a payment do not add up to its lines";
    for (auto const& one : of.outside_refunds) {
        if (!are_known(of, one.lines, one.tenders))
            return fmt::format("refund {} by another route is of a line or a tender that is not there", one.id.text());
    }
    for (auto const& one : of.chargebacks) {
        bool const sound = are_known(of, one.counted, one.counted_tenders) && one.minor > 0 && one.minor <= captured &&
                           fits(one.minor, {sum(one.counted)}) && fits(sum(one.counted), {sum(one.counted_tenders)}) &&
                           (takes_money(one.state) || one.counted.empty());
        if (!sound) return fmt::format("chargeback {} of a payment holds impossible amounts", one.id.text());
    }
    return {};
}

}  // namespace recourse
