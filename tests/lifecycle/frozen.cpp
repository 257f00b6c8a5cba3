// Codes and names that are stored: written out once more, so that a change fails here. New ones are added.
#include <catch2/catch.hpp>
#include <set>

#include "recourse/engine/json.hpp"

using namespace recourse;

namespace {

struct frozen {
    std::string_view lifecycle;
    int lifecycle_code;
    int code;
    std::string_view state;
};
// clang-format off
constexpr frozen states[] = {
    {"dispute"       , 1,  0, "not_opened"         },
    {"dispute"       , 1,  1, "negotiating"        },
    {"dispute"       , 1,  2, "in_mediation"       },
    {"dispute"       , 1,  3, "returning"          },
    {"dispute"       , 1,  4, "settling"           },
    {"dispute"       , 1,  5, "settlement_failed"  },
    {"dispute"       , 1,  6, "closed"             },
    {"dispute"       , 1,  7, "contacting"         },
    {"dispute"       , 1,  8, "contacted"          },
    {"dispute"       , 1,  9, "decided"            },
    {"dispute"       , 1, 10, "under_appeal"       },
    {"dispute"       , 1, 11, "exchanging"         },
    {"dispute"       , 1, 12, "remedying"          },
    {"negotiation"   , 2,  0, "not_begun"          },
    {"negotiation"   , 2,  1, "awaiting_seller"    },
    {"negotiation"   , 2,  2, "awaiting_buyer"     },
    {"negotiation"   , 2,  3, "agreed"             },
    {"negotiation"   , 2,  4, "lapsed"             },
    {"negotiation"   , 2,  5, "broken_off"         },
    {"mediation"     , 3,  0, "not_begun"          },
    {"mediation"     , 3,  1, "queued"             },
    {"mediation"     , 3,  2, "assigned"           },
    {"mediation"     , 3,  3, "awaiting_buyer"     },
    {"mediation"     , 3,  4, "awaiting_seller"    },
    {"mediation"     , 3,  5, "awaiting_both"      },
    {"mediation"     , 3,  6, "deliberating"       },
    {"mediation"     , 3,  7, "decided"            },
    {"mediation"     , 3,  8, "called_off"         },
    {"mediation"     , 3,  9, "held"               },
    {"offer"         , 4,  0, "not_made"           },
    {"offer"         , 4,  1, "proposed"           },
    {"offer"         , 4,  2, "accepted"           },
    {"offer"         , 4,  3, "declined"           },
    {"offer"         , 4,  4, "withdrawn"          },
    {"offer"         , 4,  5, "superseded"         },
    {"offer"         , 4,  6, "expired"            },
    {"offer"         , 4,  7, "half_accepted"      },
    {"return_request", 5,  0, "not_begun"          },
    {"return_request", 5,  1, "awaiting_terms"     },
    {"return_request", 5,  2, "awaiting_shipment"  },
    {"return_request", 5,  3, "in_transit"         },
    {"return_request", 5,  4, "awaiting_inspection"},
    {"return_request", 5,  5, "accepted"           },
    {"return_request", 5,  6, "contested"          },
    {"return_request", 5,  7, "waived"             },
    {"return_request", 5,  8, "not_sent"           },
    {"return_request", 5,  9, "lost"               },
    {"return_request", 5, 10, "called_off"         },
    {"return_request", 5, 11, "partly_accepted"    },
    {"refund"        , 6,  0, "not_instructed"     },
    {"refund"        , 6,  1, "instructed"         },
    {"refund"        , 6,  2, "confirmed"          },
    {"refund"        , 6,  3, "failed"             },
    {"refund"        , 6,  4, "unknown"            },
    {"refund"        , 6,  5, "given_up"           },
    {"appeal"        , 7,  0, "not_filed"          },
    {"appeal"        , 7,  1, "awaiting_evidence"  },
    {"appeal"        , 7,  2, "under_review"       },
    {"appeal"        , 7,  3, "upheld"             },
    {"appeal"        , 7,  4, "overturned"         },
    {"appeal"        , 7,  5, "dismissed"          },
    {"replacement"   , 8,  0, "not_promised"       },
    {"replacement"   , 8,  1, "awaiting_shipment"  },
    {"replacement"   , 8,  2, "in_transit"         },
    {"replacement"   , 8,  3, "awaiting_confirmation"},
    {"replacement"   , 8,  4, "confirmed"          },
    {"replacement"   , 8,  5, "failed"             },
    {"replacement"   , 8,  6, "awaiting_performance"},
    {"replacement"   , 8,  7, "called_off"         },
    {"refund"        , 6,  6, "held"               },
    {"refund"        , 6,  7, "called_off"         },
    {"appeal"        , 7,  6, "called_off"         },
    {"chargeback"    , 9,  0, "not_heard_of"       },
    {"chargeback"    , 9,  1, "alert"              },
    {"chargeback"    , 9,  2, "inquiry"            },
    {"chargeback"    , 9,  3, "open"               },
    {"chargeback"    , 9,  4, "represented"        },
    {"chargeback"    , 9,  5, "pre_arbitration"    },
    {"chargeback"    , 9,  6, "arbitration"        },
    {"chargeback"    , 9,  7, "won"                },
    {"chargeback"    , 9,  8, "lost"               },
    {"chargeback"    , 9,  9, "withdrawn"          },
    {"protection"    , 10, 0, "not_started"        },
    {"protection"    , 10, 1, "running"            },
    {"protection"    , 10, 2, "extended"           },
    {"protection"    , 10, 3, "expired"            },
    {"protection"    , 10, 4, "confirmed_by_buyer" },
    {"protection"    , 10, 5, "auto_confirmed"     },
    {"suspension"    , 11, 0, "not_begun"          },
    {"suspension"    , 11, 1, "suspended"          },
    {"suspension"    , 11, 2, "ended"              },
    {"payment"       , 13, 0, "untold"             },
    {"payment"       , 13, 1, "told"               },
    {"conversation"  , 12, 0, "not_begun"          },
    {"conversation"  , 12, 1, "under_way"          },
    {"appeal"        , 7,  7, "awaiting_buyer"     },
    {"appeal"        , 7,  8, "awaiting_seller"    },
    {"appeal"        , 7,  9, "awaiting_both"      },
    {"migration"     , 14, 0, "not_begun"          },
    {"migration"     , 14, 1, "carried_out"        },
};
constexpr std::string_view commands[] = {
    "confirm_refund", "report_refund_failed", "report_refund_unknown", "retry_refund",
    "provide_return_terms", "ship_return", "report_return_delivered", "report_return_lost", "accept_return", "contest_return",
    "take_mediation", "request_information", "award_remedy", "reject_claim", "provide_information",
    "make_offer", "accept_offer", "decline_offer", "withdraw_offer",
    "open_dispute", "submit_evidence", "escalate_dispute", "withdraw_dispute",
    "contact_seller", "answer_contact", "amend_claim", "assign_mediation", "inspect_return", "reroute_refund",
    "file_appeal", "join_appeal", "submit_appeal_evidence", "withdraw_appeal", "take_appeal", "dismiss_appeal",
    "uphold_decision", "overturn_with_award", "overturn_with_rejection",
    "ship_replacement", "report_replacement_delivered", "report_replacement_lost", "report_performed", "confirm_replacement",
    "reject_replacement", "decline_to_perform",
    "send_message", "merge_dispute",
    "tell_order", "tell_outside_refund", "tell_chargeback", "extend_protection", "confirm_delivery",
    "request_appeal_information", "provide_appeal_information",
    "migrate_policy",
};
constexpr std::string_view events[] = {
    "refund.refund_instructed", "refund.refund_confirmed", "refund.refund_failed", "refund.refund_outcome_unknown",
    "refund.refund_retried", "refund.refund_given_up", "refund.refund_confirmed_again",
    "return_request.return_requested", "return_request.return_terms_provided", "return_request.return_called_off",
    "return_request.return_waived", "return_request.return_shipped", "return_request.return_not_sent",
    "return_request.return_delivered", "return_request.return_lost", "return_request.return_accepted",
    "return_request.return_contested",
    "mediation.mediation_begun", "mediation.mediation_taken", "mediation.mediation_called_off",
    "mediation.remedy_awarded_by_default", "mediation.claim_rejected_by_default", "mediation.information_requested",
    "mediation.remedy_awarded", "mediation.claim_rejected", "mediation.information_provided", "mediation.information_lapsed",
    "offer.claim_tabled", "offer.offer_made", "offer.offer_accepted", "offer.offer_declined", "offer.offer_withdrawn",
    "offer.offer_superseded", "offer.offer_expired",
    "negotiation.negotiation_begun", "negotiation.turn_passed", "negotiation.word_heard", "negotiation.agreement_reached",
    "negotiation.negotiation_broken_off", "negotiation.seller_lapsed", "negotiation.offer_improved", "negotiation.buyer_lapsed",
    "dispute.dispute_opened", "dispute.evidence_submitted", "dispute.dispute_escalated", "dispute.dispute_withdrawn",
    "dispute.settlement_begun", "dispute.return_begun", "dispute.dispute_closed", "dispute.mediation_resumed",
    "dispute.dispute_settled", "dispute.settlement_interrupted", "dispute.settlement_resumed",
    "dispute.seller_contacted", "dispute.contact_answered", "dispute.contact_lapsed", "dispute.claim_amended",
    "dispute.decision_reached", "dispute.decision_became_final", "dispute.appeal_begun", "dispute.decision_restored",
    "dispute.provisional_settlement_begun", "dispute.part_settlement_begun", "dispute.exchange_begun", "dispute.remedy_begun",
    "negotiation.answer_restarted", "negotiation.amendment_heard", "offer.offer_half_accepted",
    "mediation.mediation_held", "mediation.hold_ended", "mediation.mediation_taken_over", "mediation.mediation_assigned",
    "return_request.return_accepted_at_shipment", "return_request.return_accepted_at_delivery",
    "return_request.return_partly_accepted", "return_request.carrier_notice_repeated", "refund.refund_rerouted",
    "appeal.appeal_filed", "appeal.appeal_joined", "appeal.appeal_evidence_submitted", "appeal.appeal_withdrawn",
    "appeal.appeal_evidence_closed", "appeal.appeal_taken", "appeal.appeal_dismissed", "appeal.decision_upheld",
    "appeal.decision_upheld_by_default", "appeal.decision_overturned", "appeal.decision_overturned_by_default",
    "replacement.replacement_promised", "replacement.replacement_shipped", "replacement.replacement_delivered",
    "replacement.replacement_lost", "replacement.alternative_performed", "replacement.replacement_confirmed",
    "replacement.replacement_rejected", "replacement.promise_broken", "replacement.replacement_called_off",
    "replacement.notice_repeated",
    "conversation.message_sent", "refund.provider_notice_repeated", "dispute.units_joined", "dispute.recoup_ordered",
    "refund.refund_held", "refund.refund_released", "refund.refund_called_off", "dispute.claim_reduced", "appeal.appeal_called_off",
    "suspension.dispute_suspended", "suspension.dispute_resumed", "suspension.suspension_lapsed", "suspension.suspension_called_off",
    "payment.order_told", "payment.outside_refund_told", "payment.outside_refund_told_again", "payment.recoup_ordered", "payment.recoup_reduced",
    "chargeback.alert_raised", "chargeback.inquiry_made", "chargeback.chargeback_opened", "chargeback.chargeback_represented",
    "chargeback.pre_arbitration_begun", "chargeback.arbitration_begun", "chargeback.chargeback_won", "chargeback.chargeback_lost",
    "chargeback.chargeback_withdrawn", "chargeback.chargeback_told_again", "chargeback.answer_lapsed",
    "protection.protection_awaited", "protection.protection_begun", "protection.protection_told_again", "protection.order_heard",
    "protection.protection_extended", "protection.delivery_confirmed", "protection.confirmation_held",
    "protection.delivery_auto_confirmed", "protection.protection_expired",
    "appeal.appeal_information_requested", "appeal.appeal_information_provided", "appeal.appeal_information_lapsed",
    "migration.policy_migrated",
};
// clang-format on

}  // namespace

TEST_CASE("the codes and names of lifecycles and their states are frozen") {
    std::size_t counted = 0;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        counted += lifecycle::states<L>.size();
        for (auto const& one : states) {
            if (one.lifecycle != L::name) continue;
            CAPTURE(one.lifecycle, one.state);
            CHECK(L::code == one.lifecycle_code);
            CHECK(lifecycle::state_name<L>(static_cast<std::uint8_t>(one.code)) == one.state);
        }
    });
    CHECK(counted == std::size(states));
    CHECK(lifecycle::state_name<dispute::lifecycle_type>(200) == "unknown");
}

TEST_CASE("the names of commands are frozen") {
    auto const names = command_names();
    CHECK(std::set<std::string_view>(names.begin(), names.end()) ==
          std::set<std::string_view>(std::begin(commands), std::end(commands)));
}

TEST_CASE("the types of events are frozen") {
    std::set<std::string> found;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        lifecycle::for_each(lifecycle::events_of<L>{}, [&]<class Event>() {
            found.insert(std::string{L::name} + "." + std::string{Event::name});
        });
    });
    CHECK(found == std::set<std::string>(std::begin(events), std::end(events)));
}
