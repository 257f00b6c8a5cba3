// The chargeback at work: its members, its facts, its machine.
#include "recourse/lifecycle/chargeback.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::chargeback {

BOOST_DESCRIBE_STRUCT(notice, (), (chargeback, state, amount, tender, at, sequence, respond_by))
BOOST_DESCRIBE_STRUCT(tell_chargeback, (), (chargeback, state, amount, tender, at, sequence, respond_by))
BOOST_DESCRIBE_STRUCT(alert_raised, (), (told))
BOOST_DESCRIBE_STRUCT(inquiry_made, (), (told))
BOOST_DESCRIBE_STRUCT(chargeback_opened, (), (told))
BOOST_DESCRIBE_STRUCT(chargeback_represented, (), (told))
BOOST_DESCRIBE_STRUCT(pre_arbitration_begun, (), (told))
BOOST_DESCRIBE_STRUCT(arbitration_begun, (), (told))
BOOST_DESCRIBE_STRUCT(chargeback_won, (), (told))
BOOST_DESCRIBE_STRUCT(chargeback_lost, (), (told))
BOOST_DESCRIBE_STRUCT(chargeback_withdrawn, (), (told))
BOOST_DESCRIBE_STRUCT(chargeback_told_again, (), (told, is_news, answer_due))
BOOST_DESCRIBE_STRUCT(answer_lapsed, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (last))

}  // namespace recourse::chargeback

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 2> defaulted<chargeback::tell_chargeback>{"tender", "sequence"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<chargeback::notice>{"tender", "sequence"};
}  // namespace recourse::json

namespace recourse::engine {

using chargebacks = chargeback::lifecycle_type;

template <>
chargeback::facts workings<chargebacks>::facts_for(situation const& now, machine<chargebacks> const& one,
                                                   told<chargebacks> const& command) {
    chargeback::facts known;
    known.by = now.by.role;
    if (one.clock) known.answer_due = one.clock->due;
    if (auto const* told_of_it = std::get_if<chargeback::tell_chargeback const*>(&command)) {
        auto const heard = notice_of(**told_of_it);
        known.is_news = one.in<chargeback::not_heard_of>() || is_beyond(heard, one.kept.last);
        // Tried on a copy. What is old news stays as it was posted.
        auto tried = *now.money;
        if (known.is_news) {
            if (auto const posted = post_chargeback(tried, told_of(heard)); !posted)
                known.account_problem = posted.error();
        }
    }
    return known;
}

template <>
bool workings<chargebacks>::tell(deciding& doing, std::uint32_t number, told<chargebacks> const& command) {
    return doing.tell_machine<chargebacks>(number, command);
}

template struct workings<chargebacks>;

}  // namespace recourse::engine
