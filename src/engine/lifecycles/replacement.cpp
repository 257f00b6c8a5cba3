// The replacement at work: its members, its facts, its machine.
#include "recourse/lifecycle/replacement.hpp"

#include "engine/lifecycles/workings_of.hpp"

namespace recourse::replacement {

BOOST_DESCRIBE_STRUCT(ship_replacement, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(report_replacement_delivered, (), ())
BOOST_DESCRIBE_STRUCT(report_replacement_lost, (), ())
BOOST_DESCRIBE_STRUCT(report_performed, (), ())
BOOST_DESCRIBE_STRUCT(confirm_replacement, (), ())
BOOST_DESCRIBE_STRUCT(reject_replacement, (), (evidence))
BOOST_DESCRIBE_STRUCT(decline_to_perform, (), ())
BOOST_DESCRIBE_STRUCT(replacement_promised, (), (award))
BOOST_DESCRIBE_STRUCT(replacement_shipped, (), (carrier, tracking_number))
BOOST_DESCRIBE_STRUCT(replacement_delivered, (), ())
BOOST_DESCRIBE_STRUCT(replacement_lost, (), ())
BOOST_DESCRIBE_STRUCT(alternative_performed, (), ())
BOOST_DESCRIBE_STRUCT(replacement_confirmed, (), ())
BOOST_DESCRIBE_STRUCT(replacement_rejected, (), (evidence))
BOOST_DESCRIBE_STRUCT(promise_broken, (), ())
BOOST_DESCRIBE_STRUCT(replacement_called_off, (), ())
BOOST_DESCRIBE_STRUCT(notice_repeated, (), ())
BOOST_DESCRIBE_STRUCT(instance, (), (award, tracking_number))

}  // namespace recourse::replacement

namespace recourse::engine {

using replacements = replacement::lifecycle_type;

template <>
replacement::facts workings<replacements>::facts_for(situation const& now, machine<replacements> const&,
                                                     told<replacements> const& command) {
    replacement::facts known;
    known.by = now.by.role;
    if (auto const* rejected = std::get_if<replacement::reject_replacement const*>(&command)) {
        if (auto wrong = fault((*rejected)->evidence, evidence_action::reject_replacement, now)) {
            known.evidence_problem = wrong->code;
            known.evidence_subject = std::move(wrong->subject);
        }
    }
    return known;
}

template <>
bool workings<replacements>::tell(deciding& doing, std::uint32_t number, told<replacements> const& command) {
    return doing.tell_machine<replacements>(number, command);
}

template struct workings<replacements>;

}  // namespace recourse::engine
