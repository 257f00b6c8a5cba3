// Deciding: deadlines first, then the command; each machine's event tells the others.
#include "recourse/engine/decide.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/deciding.hpp"
#include "recourse/engine/host_rules.hpp"
#include "recourse/lifecycle/reactions.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

using engine::deciding;

// The chargeback of that number at the network, or the next one.
std::uint32_t number_of(record const& all, chargeback_id const& id) {
    for (auto const& one : all.chargebacks()) {
        if (one.kept.last.chargeback == id) return one.number;
    }
    return static_cast<std::uint32_t>(all.chargebacks().size() + 1);
}

// Which machine a command addresses: the one it names, a new one, or the only one.
template <class L, class Command>
std::uint32_t addressed(Command const& command, record const& all) {
    auto const made = all.of<L>().size();
    if constexpr (std::is_same_v<L, payment::lifecycle_type>)
        return 1;
    else if constexpr (std::is_same_v<L, chargeback::lifecycle_type>)
        return number_of(all, command.chargeback);
    else if constexpr (std::is_same_v<L, buyer_protection::lifecycle_type>)
        return protection_of(all, command.line);
    else if constexpr (requires { command.offer; })
        return command.offer;
    else if constexpr (requires { command.refund; })
        return command.refund;
    else if constexpr (std::is_same_v<Command, offer::make_offer> || std::is_same_v<Command, appeal::file_appeal> ||
                       std::is_same_v<Command, migration::migrate_policy>)
        return static_cast<std::uint32_t>(made + 1);
    else
        return static_cast<std::uint32_t>(made);  // the last return, replacement or appeal is the one under way
}

// Rules that hold for every command, whatever the table says.
void check_actor(record const& all, command const& asked, deciding& doing) {
    auto const kept = subject_of(all);
    // Who is who is told by the command that begins a dispute, and known afterwards.
    auto const begins = all.version == 0 ? beginning_of(asked.body) : beginning{};
    auto const& buyer = begins ? begins.order->buyer.id : kept.buyer.id;
    auto const& seller = begins ? begins.order->seller.id : kept.seller.id;
    auto const& acting = asked.on_behalf_of ? *asked.on_behalf_of : asked.by;
    bool const a_stranger =
        (acting.role == role::buyer && acting.id != buyer) || (acting.role == role::seller && acting.id != seller);
    bool const is_a_party = asked.by.id == buyer || asked.by.id == seller;
    auto const refuse = [&](refusal code, actor_id const& whom, std::string because = {}) {
        refused no;
        no.code = code;
        no.subject = whom.text();
        no.because = std::move(because);
        doing.refuse(std::move(no));
    };
    if (asked.on_behalf_of && asked.by.role != role::platform_operator)
        refuse(refusal::not_for_this_role, asked.by.id, "Only a platform_operator acts on behalf of somebody.");
    else if (asked.on_behalf_of && acting.role != role::buyer && acting.role != role::seller)
        refuse(refusal::not_for_this_role, asked.by.id, "One acts on behalf of the buyer or of the seller only.");
    else if (asked.on_behalf_of && is_a_party)
        refuse(refusal::not_for_this_role, asked.by.id, "Nobody acts on behalf of others in a dispute of his own.");
    else if (a_stranger)
        refuse(refusal::not_a_party_of_this_dispute, acting.id);
    else if (asked.by.role == role::mediator && is_a_party)
        refuse(refusal::mediator_is_a_party, asked.by.id);
    else if (asked.by.role == role::timer)
        refuse(refusal::not_for_this_role, asked.by.id);
}

// What happens to a payment is told to its file, and what happens in a dispute to the dispute.
bool is_of_payment(command_body const& body) {
    return std::visit(
        [&]<class Command>(Command const&) {
            bool found = false;
            lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
                if constexpr (lifecycle::contains<lifecycle::commands_of<L>, Command>)
                    found = found || lifecycle::is_of_payment<L>();
            });
            return found;
        },
        body);
}
void check_suspension(record const& all, command const& asked, deciding& doing) {
    bool const may_go_on = std::visit(
        []<class Command>(Command const&) { return lifecycle::contains<lifecycle::while_suspended, Command>; },
        asked.body);
    if (is_suspended(all) && !may_go_on) {
        refused no;
        no.code = refusal::suspended_by_chargeback;
        if (auto const& waits = all.suspensions().back().clock) no.since = waits->since;
        doing.refuse(std::move(no));
    }
}

template <class L, class Command>
inline constexpr bool belongs_to = lifecycle::contains<lifecycle::commands_of<L>, Command>;

// Tells the command to the lifecycle whose table has it.
bool ask(deciding& doing, record const& all, command const& asked) {
    return std::visit(
        [&]<class Command>(Command const& body) {
            bool accepted = false;
            lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
                if constexpr (belongs_to<L, Command>) {
                    std::uint32_t number = 1;
                    if constexpr (L::many) number = addressed<L>(body, all);
                    accepted = doing.tell<L>(number, body);
                }
            });
            return accepted;
        },
        asked.body);
}

// What the next decision starts from: the state and the money that the last lapse to touch them left.
record const& record_after(std::span<recorded const> lapses, record const& before) {
    return lapses.empty() ? before : lapses.back().after;
}
std::optional<account> const& money_after(std::span<recorded const> lapses, std::optional<account> const& before) {
    auto const last =
        std::find_if(lapses.rbegin(), lapses.rend(), [](auto const& done) { return done.money.has_value(); });
    return last == lapses.rend() ? before : last->money;
}

bool pass_deadline(deciding& doing, next_deadline const& due) {
    bool applied = false;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if constexpr (belongs_to<L, lifecycle::deadline_passed>) {
            if (L::code == due.lifecycle) applied = doing.tell<L>(due.number, lifecycle::deadline_passed{});
        }
    });
    return applied;
}

}  // namespace

std::string_view name(command_body const& body) {
    return std::visit([](auto const& one) { return std::remove_cvref_t<decltype(one)>::name; }, body);
}

beginning beginning_of(command_body const& body) noexcept {
    if (auto const* open = std::get_if<dispute::open_dispute>(&body))
        return {&open->policy, &open->policy_version, &open->order};
    if (auto const* contact = std::get_if<dispute::contact_seller>(&body))
        return {&contact->policy, &contact->policy_version, &contact->order};
    if (auto const* told = std::get_if<payment::tell_order>(&body))
        return {&told->policy, &told->policy_version, &told->order};
    return {};
}

instant decided_as_of(command const& asked, record const& before, instant now, std::int64_t skew_seconds) noexcept {
    bool const counts = asked.submitted_at && *asked.submitted_at <= now &&
                        *asked.submitted_at >= plus_seconds(now, -skew_seconds) &&
                        *asked.submitted_at >= before.last_at;
    return counts ? *asked.submitted_at : now;
}

decision lapse(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
               instant now) {
    static actor const timer{role::timer, actor_id{"timer"}};
    static std::optional<actor> const nobody;
    decision made;
    while (true) {
        auto const& all = record_after(made.lapses, before);
        auto const due = next_due(all);
        if (!due || due->clock.due > now) return made;
        auto& done = made.lapses.emplace_back();
        done.lapse = due;
        std::span const earlier{made.lapses.data(), made.lapses.size() - 1};
        deciding doing{
            done,          record_after(earlier, before), money_after(earlier, money), key, known, timer, nobody,
            due->clock.due};
        // A deadline that passes is never refused under a policy that was read.
        if (!pass_deadline(doing, *due))
            throw failure{failure_kind::store_corrupt,
                          fmt::format("a deadline of {} could not be applied", to_text(key))};
        doing.finish();
    }
}

decision decide(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
                command const& asked, instant now) {
    auto made = lapse(key, before, money, known, now);
    auto const& all = record_after(made.lapses, before);
    auto const& stood = money_after(made.lapses, money);
    auto const begins = beginning_of(asked.body);
    std::optional<account> opened;
    if (begins) opened = stood ? completed(*stood, *begins.order) : account_of(*begins.order);
    auto const& funds = begins ? opened : stood;

    auto& done = made.accepted.emplace();
    deciding doing{done, all, funds, key, known, asked.by, asked.on_behalf_of, now};
    check_actor(all, asked, doing);
    bool const is_entitled = doing.refused_so_far().empty();
    check_suspension(all, asked, doing);
    bool const is_contact = all.dispute().in<dispute::contacting>() || all.dispute().in<dispute::contacted>();
    bool const goes_on = (is_contact && std::holds_alternative<dispute::open_dispute>(asked.body)) ||
                         std::holds_alternative<payment::tell_order>(asked.body);
    if (is_of_payment(asked.body) != is_payment_file(key)) {
        refused no;
        no.code = refusal::sent_to_the_wrong_file;
        no.subject = to_text(key);
        doing.refuse(std::move(no));
    } else if (begins && all.version > 0 && !goes_on) {
        refused no;
        no.code = refusal::dispute_already_opened;
        no.subject = to_text(key);
        doing.refuse(std::move(no));
    } else if (!begins && all.version == 0) {
        refused no;
        no.code = is_payment_file(key) ? refusal::payment_unknown : refusal::dispute_unknown;
        no.subject = to_text(key);
        doing.refuse(std::move(no));
    } else if (asked.expected_version && *asked.expected_version != all.version) {
        refused no;
        no.code = refusal::stale_version;
        no.expected = all.version;
        doing.refuse(std::move(no));
    } else {
        bool const is_possible = ask(doing, all, asked) && doing.refused_so_far().empty();
        // Strangers are not told why the host would say no.
        if (known.host != nullptr && is_entitled) {
            veto_question const question{
                {}, key, all, stood ? &*stood : nullptr, asked.body, asked.by, asked.on_behalf_of, now, {}};
            for (auto& no : known.host->vetoes(question, done, is_possible)) doing.refuse(std::move(no));
        }
        if (is_possible && doing.refused_so_far().empty()) {
            doing.finish();
            return made;
        }
    }
    made.accepted.reset();
    made.refused = std::move(doing.refused_so_far());
    std::stable_sort(made.refused.begin(), made.refused.end(),
                     [](auto const& one, auto const& two) { return one.code < two.code; });
    return made;
}

}  // namespace recourse
