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

// Which row of the table that is, counted as the machine counts; a row that is not there does not compile.
template <class Lifecycle, class From, class To, class Event, class Command, class... Guards>
consteval std::size_t row_of() {
    std::size_t at = 0;
    std::size_t found = 0;
    bool there = false;
    lifecycle::for_each(typename Lifecycle::table{}, [&]<class Row>() {
        if (std::is_same_v<Row, lifecycle::row<From, Command, To, Event, Guards...>>) {
            found = at;
            there = true;
        }
        ++at;
    });
    if (!there) throw "the table has no such row";
    return found;
}

template <class Lifecycle, class From, class To, class Event, class... Guards>
bool take_by_hand(engine::step_result<Lifecycle>& answer, typename Lifecycle::facts const& known, auto const& command) {
    using told = std::remove_cvref_t<decltype(command)>;
    if (!(Guards::holds(known, command) && ...)) return false;
    answer = engine::taken<Lifecycle>{row_of<Lifecycle, From, To, Event, told, Guards...>(), To::code,
                                      lifecycle::restarts_clock<Event>, Event::of(known, command)};
    return true;
}

inline engine::step_result<an_offer> step_by_hand(std::uint8_t state, offer::facts const& known,
                                                  engine::told<an_offer> const& told) {
    using namespace offer;
    using lifecycle::always;
    using lifecycle::by_mediator;
    using lifecycle::by_party;
    engine::step_result<an_offer> answer = engine::no_row{};
    switch (state) {
        case not_made::code:
            if (auto const* const* claim = std::get_if<table_claim const*>(&told)) {
                if (!take_by_hand<an_offer, not_made, proposed, claim_tabled, remedy_is_offered, alternative_is_offered,
                                  not_after_a_contested_return, amount_in_the_currency, amount_is_positive,
                                  amount_is_refundable, full_means_all, partial_means_less, amount_is_on_offer>(
                        answer, known, **claim))
                    answer = engine::row_refused{};
            } else if (auto const* const* made = std::get_if<make_offer const*>(&told)) {
                if (!take_by_hand<an_offer, not_made, proposed, offer_made, by_party, talks_are_open, offers_left,
                                  remedy_is_offered, alternative_is_offered, not_after_a_contested_return,
                                  amount_in_the_currency, amount_is_positive, amount_is_refundable, full_means_all,
                                  partial_means_less, amount_is_on_offer>(answer, known, **made) &&
                    !take_by_hand<an_offer, not_made, proposed, offer_made, by_mediator, mediation_runs,
                                  by_the_assigned_mediator, offers_left, remedy_is_offered, alternative_is_offered,
                                  not_after_a_contested_return, amount_in_the_currency, amount_is_positive,
                                  amount_is_refundable, full_means_all, partial_means_less, amount_is_on_offer>(
                        answer, known, **made))
                    answer = engine::row_refused{};
            }
            return answer;
        case proposed::code:
            if (auto const* const* taken = std::get_if<accept_offer const*>(&told)) {
                if (!take_by_hand<an_offer, proposed, accepted, offer_accepted, by_party, one_acceptance_agrees,
                                  by_addressee, remedy_is_offered, amount_is_refundable, full_means_all,
                                  partial_means_less>(answer, known, **taken) &&
                    !take_by_hand<an_offer, proposed, half_accepted, offer_half_accepted, by_party, both_must_accept,
                                  remedy_is_offered, amount_is_refundable, full_means_all, partial_means_less>(
                        answer, known, **taken))
                    answer = engine::row_refused{};
            } else if (auto const* const* refused = std::get_if<decline_offer const*>(&told)) {
                if (!take_by_hand<an_offer, proposed, declined, offer_declined, by_party, by_addressee>(answer, known,
                                                                                                        **refused))
                    answer = engine::row_refused{};
            } else if (auto const* const* back = std::get_if<withdraw_offer const*>(&told)) {
                if (!take_by_hand<an_offer, proposed, withdrawn, offer_withdrawn, by_party, by_author, not_the_claim>(
                        answer, known, **back) &&
                    !take_by_hand<an_offer, proposed, withdrawn, offer_withdrawn, by_mediator, by_the_assigned_mediator,
                                  by_author>(answer, known, **back))
                    answer = engine::row_refused{};
            } else if (auto const* const* better = std::get_if<supersede_offer const*>(&told)) {
                take_by_hand<an_offer, proposed, superseded, offer_superseded, always>(answer, known, **better);
            } else if (auto const* const* over = std::get_if<expire_offer const*>(&told)) {
                take_by_hand<an_offer, proposed, expired, offer_expired, always>(answer, known, **over);
            }
            return answer;
        default: return answer;
    }
}

// The negotiation's rows of an offer that is heard.
inline engine::step_result<the_talks> step_by_hand(std::uint8_t state, negotiation::facts const& known,
                                                   engine::told<the_talks> const& told) {
    using namespace negotiation;
    engine::step_result<the_talks> answer = engine::no_row{};
    auto const* const* heard = std::get_if<hear_offer const*>(&told);
    if (heard == nullptr) return answer;
    switch (state) {
        case awaiting_seller::code:
            if (!take_by_hand<the_talks, awaiting_seller, awaiting_buyer, turn_passed, from_seller>(answer, known,
                                                                                                    **heard) &&
                !take_by_hand<the_talks, awaiting_seller, awaiting_seller, word_heard, from_buyer>(answer, known,
                                                                                                   **heard))
                answer = engine::row_refused{};
            return answer;
        case awaiting_buyer::code:
            if (!take_by_hand<the_talks, awaiting_buyer, awaiting_seller, turn_passed, from_buyer>(answer, known,
                                                                                                   **heard) &&
                !take_by_hand<the_talks, awaiting_buyer, awaiting_buyer, offer_improved, from_seller>(answer, known,
                                                                                                      **heard))
                answer = engine::row_refused{};
            return answer;
        default: return answer;
    }
}

}  // namespace recourse::test
