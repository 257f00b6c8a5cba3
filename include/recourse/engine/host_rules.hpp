// Host rules: a host's own vetoes and its own effects, in C++, at points that the tables name.
//
//     host_rules rules;
//     rules.add_veto("offer.accept_offer", "fraud_hold", [&](veto_question const& asked) -> std::optional<veto> {
//         if (!flagged.contains(asked.by.id)) return std::nullopt;
//         return veto{"account_flagged", "Your account is being looked at."};
//     });
//     rules.add_effect("refund.refund_instructed", "bookkeeping",
//                      [](host_event const& told) { return std::optional{to_text(told.key)}; });
//     dispute_engine disputes{*store, {}, {.host = rules}};
//
// A veto is one more blocker of a command, the same for whoever asks what he may do and for who does it. Time is never
// vetoed, nor what a dispute hears of another record: every dispute ends by time alone, whatever a host adds.
//
// The functions are called by the thread that uses the engine, in the middle of a decision, and must be quick: `actions`
// asks a veto some hundred times. They change nothing, read no clock and answer the same question alike as long as
// nothing that the host knows has changed. What one of them throws is a failure{host_rule_failed} of that call, and nothing
// of the command is written.
#pragma once

#include <functional>
#include <span>

#include "recourse/engine/account.hpp"
#include "recourse/engine/command.hpp"

namespace recourse {

struct recorded;  // engine/decide.hpp

// What a veto sees: all of it as of `now`, after every deadline that is due. `now` may lie ahead, with what time alone will
// have made of the dispute: `actions` asks until when something stays possible. It is not told the id of the command or
// the version that it expects: who only asks what he may do has neither.
struct veto_question {
    std::string_view point;  // which one it is asked at: "offer.accept_offer"
    dispute_key const& key;  // empty where somebody asks whether a dispute could be opened
    record const& all;       // before the command; of version 0 where it begins the dispute
    account const* money;    // of the payment; null as long as nothing is known of it
    command_body const& body;
    actor const& by;
    std::optional<actor> const& on_behalf_of;  // whose rights `by` uses, if not his own
    instant now;
    std::span<event const> events;  // what would be recorded; empty if the tables refuse the command already
};

struct veto {
    std::string code;                     // the host's own, for machines: "account_flagged"
    std::string words;                    // a sentence for people, without personal text: at most 1,000 bytes of UTF-8
    std::optional<instant> since{};       // from when on the answer has been no
    std::optional<instant> not_before{};  // from when on it will be yes, if that is known
};

// What an effect sees: something that happened, and the dispute after the whole command or lapse.
struct host_event {
    dispute_key const& key;
    event const& happened;
    record const& after;
};

using veto_function = std::function<std::optional<veto>(veto_question const&)>;
using host_effect_function = std::function<std::optional<std::string>(host_event const&)>;  // the payload, UTF-8

class host_rules {
  public:
    // Names of points are those of the tables (docs/lifecycles): "LIFECYCLE.COMMAND" of a veto, "LIFECYCLE.EVENT" of an
    // effect, "LIFECYCLE.*" and "*" for all of them. `name` is the host's own: small letters, digits and underscores, at
    // most 64. Throws std::invalid_argument for a point that is not there, with the nearest one; for the end of a
    // deadline, which cannot be vetoed; for a name that is wrong or stands at that point already; for no function.
    //
    // A command that machines tell each other is a point as well: "refund.instruct_refund" is asked about whatever orders
    // a refund, if somebody's command does it. A veto is asked once a point.
    host_rules& add_veto(std::string_view point, std::string name, veto_function asked);

    // Puts {"key","name","event","version","payload"} into the outbox, as kind "host", for every event of that point
    // for which there is a payload: in its transaction, under GROUP/DISPUTE/host/NAME/VERSION, which is never given
    // twice. What time does is told as well.
    host_rules& add_effect(std::string_view point, std::string name, host_effect_function made);

    [[nodiscard]] bool empty() const noexcept { return vetoes_.empty() && effects_.empty(); }

    // The engine asks: every veto at the point of this command, and at those of the commands that it makes machines tell
    // each other; a rule that says no at several of them is one refusal. Throws failure{host_rule_failed}.
    [[nodiscard]] recourse::refusals vetoes(veto_question asked, recorded const& done, bool is_possible) const;
    // The effects of what was recorded, as bodies for the outbox. Throws failure{host_rule_failed}.
    [[nodiscard]] std::vector<std::string> effects(dispute_key const& key, recorded const& done) const;

  private:
    template <class Function>
    struct rule {
        std::string name;
        std::vector<std::string_view> points;
        Function asked;
    };
    std::vector<rule<veto_function>> vetoes_;
    std::vector<rule<host_effect_function>> effects_;
};

// Every point, in the order of the tables.
std::vector<std::string> const& veto_points();
std::vector<std::string> const& effect_points();

// Which veto a refusal `vetoed_by_host` is; nullopt of any other.
struct veto_told {
    std::string name;  // under which the host added it
    std::string code;
    std::string words;
    bool operator==(veto_told const&) const = default;
};
std::optional<veto_told> veto_told_by(refused const& no);

}  // namespace recourse
