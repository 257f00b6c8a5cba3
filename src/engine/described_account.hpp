// The members of what an account holds, for JSON and for the nodes of the search.
#pragma once

#include "recourse/engine/account.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(account_line, (),
                      (line, units, paid_minor, units_in_dispute, reserved_minor, refunded_minor, components,
                       outside_refunded_minor, charged_back_minor, units_given_up))
BOOST_DESCRIBE_STRUCT(account_outside_refund, (), (id, lines, tenders))
BOOST_DESCRIBE_STRUCT(account_chargeback, (), (id, state, minor, tender, counted, counted_tenders, since))
BOOST_DESCRIBE_STRUCT(account_tender, (),
                      (tender, kind, captured_minor, reserved_minor, refunded_minor, outside_refunded_minor,
                       charged_back_minor))
BOOST_DESCRIBE_STRUCT(account_parties, (), (order, buyer, seller))

}  // namespace recourse
