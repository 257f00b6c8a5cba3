// The conversation of a dispute: what its buyer, its seller and its mediator write to each other. A message changes
// nothing else; whose turn it is, what is owed and when is for the other lifecycles to say.
//
// It needs no beginning of its own: from the opening of the dispute on, the first message begins it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "recourse/lifecycle/guards.hpp"
#include "recourse/lifecycle/table.hpp"
#include "recourse/vocabulary/channel.hpp"
#include "recourse/vocabulary/evidence.hpp"
#include "recourse/vocabulary/salted_text.hpp"

namespace recourse::conversation {

using lifecycle::ends;
using lifecycle::list;
using lifecycle::row;
using lifecycle::state;

// clang-format off

// ---- states
struct not_begun : state<0> { static constexpr std::string_view name = "not_begun"; };
struct under_way : state<1> { static constexpr std::string_view name = "under_way"; };

// clang-format on

enum class recipient : std::uint8_t { buyer, seller, mediator, both };  // both parties, from the mediator

}  // namespace recourse::conversation
namespace recourse {
template <>
inline constexpr std::array<std::string_view, 4> wire_names<conversation::recipient>{"buyer", "seller", "mediator",
                                                                                     "both"};
}  // namespace recourse
namespace recourse::conversation {

// ---- commands
struct send_message {
    static constexpr std::string_view name = "send_message";
    recipient to{};
    std::optional<salted_text> text{};
    std::string reference{};              // the host's own, to a message that it keeps itself
    std::vector<evidence> attachments{};  // by reference; they are no evidence of the dispute
    bool operator==(send_message const&) const = default;
};

// ---- facts
struct facts {
    role by{};
    bool is_the_assigned_mediator = false;
    channel_kind channel{};  // as it is now
    std::string_view stage;  // of the dispute
    std::uint32_t number = 1;
    std::int64_t text_bytes_max = 0;
    std::uint32_t attachments_max = 0;
    std::int64_t attachment_bytes_max = 0;
    std::string attachment_type_problem{};  // which media type the policy does not take, and which it does
};

// ---- events
struct message_sent {
    static constexpr std::string_view name = "message_sent";
    std::uint32_t message = 1;  // 1, 2, ... within the dispute
    role from{};                // the buyer, the seller or the mediator
    recipient to{};
    std::optional<digest> text{};
    std::string reference{};
    std::vector<evidence> attachments{};
    bool operator==(message_sent const&) const = default;
    static message_sent of(facts const& known, send_message const& command) {
        std::optional<digest> text;
        if (command.text) text = digest_of(*command.text);
        return {known.number, known.by, command.to, text, command.reference, command.attachments};
    }
};

// ---- guards
struct by_correspondent {
    static constexpr std::string_view name = "by_correspondent";
    static constexpr auto otherwise = refusal::not_for_this_role;
    static bool holds(facts const& known, send_message const&) noexcept {
        return known.by == role::buyer || known.by == role::seller || known.by == role::mediator;
    }
};
struct by_the_assigned_mediator_or_party {
    static constexpr std::string_view name = "by_the_assigned_mediator_or_party";
    static constexpr auto otherwise = refusal::assigned_to_another_mediator;
    static bool holds(facts const& known, send_message const&) noexcept {
        return known.by != role::mediator || known.is_the_assigned_mediator;
    }
};

constexpr bool is_oneself(role by, recipient to) noexcept {
    switch (to) {
        case recipient::buyer: return by == role::buyer;
        case recipient::seller: return by == role::seller;
        case recipient::mediator: return by == role::mediator;
        case recipient::both: return by == role::buyer || by == role::seller;
    }
    return false;
}

// One party writes to the other, past the mediator who decides between them.
constexpr bool goes_past_the_mediator(role by, recipient to, channel_kind channel) noexcept {
    return channel == channel_kind::through_mediator && by != role::mediator && to != recipient::mediator;
}

// The matrix: by whom and to whom a channel carries, questions of oneself and of going past the mediator aside.
constexpr bool carries(role by, recipient to, channel_kind channel) noexcept {
    switch (channel) {
        case channel_kind::closed: return false;
        case channel_kind::direct: return by != role::mediator && to != recipient::mediator;
        case channel_kind::through_mediator: return true;
    }
    return false;
}

struct to_somebody_else {
    static constexpr std::string_view name = "to_somebody_else";
    static constexpr auto otherwise = refusal::message_to_oneself;
    static bool holds(facts const& known, send_message const& command) noexcept {
        return !is_oneself(known.by, command.to);
    }
};
struct not_past_the_mediator {
    static constexpr std::string_view name = "not_past_the_mediator";
    static constexpr auto otherwise = refusal::only_the_mediator_may_be_written_to;
    static bool holds(facts const& known, send_message const& command) noexcept {
        return !goes_past_the_mediator(known.by, command.to, known.channel);
    }
};
struct channel_is_open {
    static constexpr std::string_view name = "channel_is_open";
    static constexpr auto otherwise = refusal::channel_closed;
    static bool holds(facts const& known, send_message const& command) noexcept {
        return carries(known.by, command.to, known.channel);
    }
    static void particulars(facts const& known, send_message const& command, refused& no) {
        no.subject = wire_name(command.to);
        no.because = "The dispute is ";
        no.because += known.stage;
        no.because += '.';
    }
};
struct says_something {
    static constexpr std::string_view name = "says_something";
    static constexpr auto otherwise = refusal::message_empty;
    static bool holds(facts const&, send_message const& command) noexcept {
        if (command.text) return !command.text->text.empty();
        return !command.reference.empty() || !command.attachments.empty();
    }
};
struct text_is_short_enough {
    static constexpr std::string_view name = "text_is_short_enough";
    static constexpr auto otherwise = refusal::message_too_long;
    static bool holds(facts const& known, send_message const& command) noexcept {
        return !command.text || std::cmp_less_equal(command.text->text.size(), known.text_bytes_max);
    }
    static void particulars(facts const& known, send_message const& command, refused& no) {
        no.subject = std::to_string(command.text->text.size());
        no.subject += " bytes";
        no.expected = static_cast<std::uint64_t>(known.text_bytes_max);
    }
};
struct text_is_salted {
    static constexpr std::string_view name = "text_is_salted";
    static constexpr auto otherwise = refusal::salt_missing;
    static bool holds(facts const&, send_message const& command) noexcept {
        return !command.text || command.text->salt != digest{};
    }
};
struct attachments_are_few {
    static constexpr std::string_view name = "attachments_are_few";
    static constexpr auto otherwise = refusal::attachments_too_many;
    static bool holds(facts const& known, send_message const& command) noexcept {
        return command.attachments.size() <= known.attachments_max;
    }
    static void particulars(facts const& known, send_message const&, refused& no) {
        no.expected = known.attachments_max;
    }
};
struct attachments_are_small_enough {
    static constexpr std::string_view name = "attachments_are_small_enough";
    static constexpr auto otherwise = refusal::evidence_too_large;
    static bool holds(facts const& known, send_message const& command) noexcept {
        for (auto const& one : command.attachments) {
            if (one.size_bytes < 1 || one.size_bytes > known.attachment_bytes_max) return false;
        }
        return true;
    }
    static void particulars(facts const& known, send_message const&, refused& no) {
        no.expected = static_cast<std::uint64_t>(known.attachment_bytes_max);
    }
};

struct attachments_are_of_a_type_taken {
    static constexpr std::string_view name = "attachments_are_of_a_type_taken";
    static constexpr auto otherwise = refusal::evidence_type_not_taken;
    static bool holds(facts const& known, send_message const&) noexcept {
        return known.attachment_type_problem.empty();
    }
    static void particulars(facts const& known, send_message const&, refused& no) {
        no.subject = known.attachment_type_problem;
    }
};

// ---- the table
// In mediation the parties write to the mediator only, as at Mercado Libre; after closing nobody does, unless the policy
// lets them get in touch again for some days.
// clang-format off
using table = lifecycle::table<
    //   from        on command     to          records        only if
    // +-----------+--------------+-----------+--------------+-------------------------------------------------------------+
    row< not_begun , send_message , under_way , message_sent , by_correspondent, by_the_assigned_mediator_or_party,
                                                               to_somebody_else, not_past_the_mediator, channel_is_open,
                                                               says_something, text_is_short_enough, text_is_salted,
                                                               attachments_are_few, attachments_are_small_enough,
                                                               attachments_are_of_a_type_taken                             >,
    row< under_way , send_message , under_way , message_sent , by_correspondent, by_the_assigned_mediator_or_party,
                                                               to_somebody_else, not_past_the_mediator, channel_is_open,
                                                               says_something, text_is_short_enough, text_is_salted,
                                                               attachments_are_few, attachments_are_small_enough,
                                                               attachments_are_of_a_type_taken                             >>;
// clang-format on

// ---- what a conversation keeps
struct instance {
    std::uint32_t messages = 0;  // how many were sent
    bool operator==(instance const&) const = default;
};
inline void apply(instance& kept, message_sent const& told) { kept.messages = told.message; }

struct lifecycle_type {
    static constexpr std::string_view name = "conversation";
    static constexpr std::uint8_t code = 12;
    static constexpr bool many = false;
    using initial = not_begun;
    using facts = conversation::facts;
    using table = conversation::table;
    using instance = conversation::instance;
    // Nobody owes a message: a conversation under way keeps nothing open.
    using waits = list<ends<under_way>>;
};
static_assert(lifecycle::is_sound<lifecycle_type>());

}  // namespace recourse::conversation
