// Where the money of a dispute's lines is.
#include "recourse/engine/funds.hpp"

#include <algorithm>

namespace recourse {
namespace {

std::int64_t counted(account const& of, line_id const& line, chargeback_state state) {
    std::int64_t total = 0;
    for (auto const& one : of.chargebacks) {
        if (one.state != state) continue;
        for (auto const& part : one.counted) total += part.line == line ? part.minor : 0;
    }
    return total;
}

// What is due back is of refunds that were paid; lost chargebacks alone may exceed what was captured as well.
std::vector<std::int64_t> recoup_of_lines(account const& of) {
    std::vector<std::int64_t> by_refunds;
    std::vector<std::int64_t> by_price;
    for (auto const& line : of.lines) {
        by_refunds.push_back(line.refunded_minor + line.outside_refunded_minor);
        by_price.push_back(line.paid_minor);
    }
    auto const due = of.recoup_due_minor();
    bool const any = std::any_of(by_refunds.begin(), by_refunds.end(), [](auto minor) { return minor > 0; });
    return allocate(due, any ? by_refunds : by_price);
}

funds_state state_of(line_funds const& one) {
    if (one.recoup_due_minor > 0) return funds_state::recoup_due;
    if (one.released_minor == 0 && one.held_minor == 0 && one.refunded_minor > 0) return funds_state::refunded;
    if (one.released_minor == 0 && one.held_minor > 0) return funds_state::held;
    return one.held_minor == 0 && one.refunded_minor == 0 ? funds_state::released : funds_state::partly_released;
}

}  // namespace

std::vector<line_funds> funds(record const& all, account const& of) {
    auto const recoup = recoup_of_lines(of);
    std::vector<line_funds> found;
    for (auto const& disputed : all.dispute().kept.lines) {
        for (std::size_t at = 0; at < of.lines.size(); ++at) {
            auto const& line = of.lines[at];
            if (line.line != disputed.line) continue;
            line_funds one{line.line};
            one.held_minor = line.reserved_minor + counted(of, line.line, chargeback_state::open);
            one.refunded_minor =
                line.refunded_minor + line.outside_refunded_minor + counted(of, line.line, chargeback_state::lost);
            one.released_minor = line.paid_minor - one.held_minor - one.refunded_minor;
            one.recoup_due_minor = recoup[at];
            one.state = state_of(one);
            found.push_back(std::move(one));
        }
    }
    return found;
}

}  // namespace recourse
