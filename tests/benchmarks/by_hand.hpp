// One step of a machine as one would write it by hand, a switch over the states: the same rows, guards and actions as
// the table, called by their names.
//
//     step_by_hand(offer::proposed::code, known, engine::told<an_offer>{&command})   // the same answer as the machine's
#pragma once

#include "engine/workings.hpp"

namespace recourse::test {

using an_offer = offer::lifecycle_type;
using the_talks = negotiation::lifecycle_type;
using the_dispute = dispute::lifecycle_type;

template <class Lifecycle, class To, class Event, class Command>
engine::step_result<Lifecycle> row_by_hand(std::size_t row, typename Lifecycle::facts const& known,
                                           Command const& command) {
    return engine::taken<Lifecycle>{row, To::code, lifecycle::restarts_clock<Event>, Event::of(known, command)};
}

template <class... Guards>
bool all_hold(auto const& known, auto const& command) {
    return (Guards::holds(known, command) && ...);
}

inline engine::step_result<an_offer> step_by_hand(std::uint8_t state, offer::facts const& known,
                                                  engine::told<an_offer> const& told) {
    using namespace offer;
    using lifecycle::by_party;
    switch (state) {
        case not_made::code:
            if (auto const* const* claim = std::get_if<table_claim const*>(&told)) {
                if (!all_hold<remedy_is_offered, amount_in_the_currency, amount_is_positive, amount_is_refundable,
                              full_means_all, partial_means_less>(known, **claim))
                    return engine::row_refused{};
                return row_by_hand<an_offer, proposed, claim_tabled>(0, known, **claim);
            }
            if (auto const* const* made = std::get_if<make_offer const*>(&told)) {
                if (!all_hold<by_party, talks_are_open, offers_left, remedy_is_offered, not_after_a_contested_return,
                              amount_in_the_currency, amount_is_positive, amount_is_refundable, full_means_all,
                              partial_means_less>(known, **made))
                    return engine::row_refused{};
                return row_by_hand<an_offer, proposed, offer_made>(1, known, **made);
            }
            return engine::no_row{};
        case proposed::code:
            if (auto const* const* taken = std::get_if<accept_offer const*>(&told)) {
                if (!all_hold<by_party, by_addressee>(known, **taken)) return engine::row_refused{};
                return row_by_hand<an_offer, accepted, offer_accepted>(2, known, **taken);
            }
            if (auto const* const* refused = std::get_if<decline_offer const*>(&told)) {
                if (!all_hold<by_party, by_addressee>(known, **refused)) return engine::row_refused{};
                return row_by_hand<an_offer, declined, offer_declined>(3, known, **refused);
            }
            if (auto const* const* back = std::get_if<withdraw_offer const*>(&told)) {
                if (!all_hold<by_party, by_author, not_the_claim>(known, **back)) return engine::row_refused{};
                return row_by_hand<an_offer, withdrawn, offer_withdrawn>(4, known, **back);
            }
            if (auto const* const* better = std::get_if<supersede_offer const*>(&told))
                return row_by_hand<an_offer, superseded, offer_superseded>(5, known, **better);
            if (auto const* const* over = std::get_if<expire_offer const*>(&told))
                return row_by_hand<an_offer, expired, offer_expired>(6, known, **over);
            return engine::no_row{};
        default: return engine::no_row{};
    }
}

// The negotiation's rows of an offer that is heard.
inline engine::step_result<the_talks> step_by_hand(std::uint8_t state, negotiation::facts const& known,
                                                   engine::told<the_talks> const& told) {
    using namespace negotiation;
    auto const* const* heard = std::get_if<hear_offer const*>(&told);
    if (heard == nullptr) return engine::no_row{};
    switch (state) {
        case awaiting_seller::code:
            if (from_seller::holds(known, **heard))
                return row_by_hand<the_talks, awaiting_buyer, turn_passed>(1, known, **heard);
            if (from_buyer::holds(known, **heard))
                return row_by_hand<the_talks, awaiting_seller, word_heard>(2, known, **heard);
            return engine::row_refused{};
        case awaiting_buyer::code:
            if (from_buyer::holds(known, **heard))
                return row_by_hand<the_talks, awaiting_seller, turn_passed>(9, known, **heard);
            if (from_seller::holds(known, **heard))
                return row_by_hand<the_talks, awaiting_buyer, offer_improved>(10, known, **heard);
            return engine::row_refused{};
        default: return engine::no_row{};
    }
}

}  // namespace recourse::test
