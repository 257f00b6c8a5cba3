// The rows of an account: finding them, and what each has left.
#pragma once

#include <algorithm>

#include "recourse/engine/account.hpp"

namespace recourse::engine {

inline account_line* find(account& of, line_id const& line) {
    auto const found =
        std::find_if(of.lines.begin(), of.lines.end(), [&](auto const& one) { return one.line == line; });
    return found == of.lines.end() ? nullptr : &*found;
}
inline account_tender* find(account& of, tender_id const& tender) {
    auto const found =
        std::find_if(of.tenders.begin(), of.tenders.end(), [&](auto const& one) { return one.tender == tender; });
    return found == of.tenders.end() ? nullptr : &*found;
}

inline std::int64_t left_of(account_line const& one) noexcept {
    return one.paid_minor - one.reserved_minor - one.refunded_minor - one.outside_refunded_minor -
           one.charged_back_minor;
}
inline std::int64_t left_of(account_tender const& one) noexcept {
    return one.captured_minor - one.reserved_minor - one.refunded_minor - one.outside_refunded_minor -
           one.charged_back_minor;
}

// Counts what is not counted yet of open and lost chargebacks, lost ones first, as far as the lines have something left.
void count_chargebacks(account& of);

}  // namespace recourse::engine
