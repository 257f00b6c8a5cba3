// The conversation at work: its members, its facts, its machine.
#include "recourse/lifecycle/conversation.hpp"

#include "engine/lifecycles/workings_of.hpp"
#include "recourse/engine/channel.hpp"

namespace recourse::conversation {

BOOST_DESCRIBE_STRUCT(send_message, (), (to, text, reference, attachments))
BOOST_DESCRIBE_STRUCT(message_sent, (), (message, from, to, text, reference, attachments))
BOOST_DESCRIBE_STRUCT(instance, (), (messages))

}  // namespace recourse::conversation

namespace recourse::json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<conversation::send_message>{"reference"};
}  // namespace recourse::json

namespace recourse::engine {

using conversations = conversation::lifecycle_type;

template <>
conversation::facts workings<conversations>::facts_for(situation const& now, machine<conversations> const& one,
                                                       told<conversations> const& command) {
    auto const& policy = *now.known.policy;
    auto const& mediator = who_decides(now.all);
    conversation::facts known;
    known.by = now.by.role;
    known.is_the_assigned_mediator = now.by.role == role::mediator && now.by.id == mediator;
    known.channel = channel(now.all, policy, now.at);
    known.stage = lifecycle::state_name<dispute::lifecycle_type>(now.all.dispute().state);
    known.number = one.kept.messages + 1;
    known.text_bytes_max = policy.channel.text_bytes;
    known.attachments_max = policy.channel.attachments;
    known.attachment_bytes_max = policy.limits.evidence_bytes;
    if (auto const* sent = std::get_if<conversation::send_message const*>(&command)) {
        for (auto const& each : (*sent)->attachments) {
            if (auto wrong = media_type_refused(policy, each)) known.attachment_type_problem = *std::move(wrong);
        }
    }
    return known;
}

template <>
bool workings<conversations>::tell(deciding& doing, std::uint32_t number, told<conversations> const& command) {
    return doing.tell_machine<conversations>(number, command);
}

template struct workings<conversations>;

}  // namespace recourse::engine
