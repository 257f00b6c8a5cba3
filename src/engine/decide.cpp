// Deciding: deadlines first, then the command; each machine's event tells the others.
#include "recourse/engine/decide.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "engine/workings.hpp"
#include "recourse/lifecycle/evolve.hpp"
#include "recourse/lifecycle/reactions.hpp"

namespace recourse {
namespace {

using engine::workings;

// Few commands record more; the list grows when one does.
constexpr std::size_t events_expected = 6;

// Which machine a command addresses: the one it names, a new one, or the only one.
template <class Command>
std::uint32_t addressed(Command const& command, std::size_t made) {
    if constexpr (requires { command.offer; })
        return command.offer;
    else if constexpr (requires { command.refund; })
        return command.refund;
    else if constexpr (std::is_same_v<Command, offer::make_offer> || std::is_same_v<Command, appeal::file_appeal>)
        return static_cast<std::uint32_t>(made + 1);
    else
        return static_cast<std::uint32_t>(made);  // the last return, replacement or appeal is the one under way
}

class deciding {
  public:
    // `done` starts from the state and the money before, and is what was recorded if nothing is refused. Guards see whose
    // rights count: those of `by`, or of whom he acts for.
    deciding(recorded& done, dispute_key const& key, terms const& known, actor const& by,
             std::optional<actor> const& on_behalf_of, instant at)
        : done_{done},
          key_{key},
          known_{known},
          by_{by},
          on_behalf_of_{on_behalf_of},
          acting_{on_behalf_of ? *on_behalf_of : by},
          at_{std::max(at, done.after.last_at)} {}

    // The whole effect of one command to one machine; false if anything in it was refused.
    template <class L, class Command>
    bool tell(std::uint32_t number, Command const& command) {
        auto* one = find_machine<L>(done_.after, number);
        std::optional<machine<L>> fresh;
        if (one == nullptr) {
            if constexpr (L::many) {
                bool const is_new = number == done_.after.of<L>().size() + 1;
                if (!is_new || addresses_an_old_one<L, Command>()) return refuse_unknown<L>(number);
            }
            one = &fresh.emplace(machine<L>{.number = number, .state = L::initial::code, .clock = {}, .kept = {}});
        }
        engine::situation const now{key_, done_.after, done_.money ? &*done_.money : nullptr, known_, acting_, at_};
        engine::told<L> const told = &command;
        auto const facts = workings<L>::facts_for(now, *one, told);
        auto answer = workings<L>::step(one->state, facts, told);
        auto* row = std::get_if<engine::taken<L>>(&answer);
        if (row == nullptr) return refuse<L>(*one, engine::blockers<L>(one->state, facts, command));
        return std::visit([&](auto& body) { return record_event<L>(*one, *row, std::move(body)); }, row->event);
    }

    void refuse(refused no) { refused_.push_back(std::move(no)); }
    [[nodiscard]] refusals& refused_so_far() noexcept { return refused_; }

    // The account stays only if it changed.
    void finish() {
        if (money_moved_)
            ++done_.money->version;
        else
            done_.money.reset();
    }

  private:
    template <class L, class Command>
    static constexpr bool addresses_an_old_one() {
        // A new machine is made by the rows that leave the initial state.
        bool makes = false;
        lifecycle::for_each(typename L::table{}, [&]<class Row>() {
            makes = makes || (std::is_same_v<typename Row::command, Command> &&
                              std::is_same_v<typename Row::from, typename L::initial>);
        });
        return !makes;
    }

    template <class L>
    bool refuse_unknown(std::uint32_t number) {
        refused no;
        no.code = L::unknown;
        no.subject = fmt::format("{} {}", L::name, number);
        no.expected = done_.after.of<L>().size();
        if (*no.expected == 0) no.expected.reset();
        refuse(std::move(no));
        return false;
    }

    template <class L>
    bool refuse(machine<L> const& one, refusals blockers) {
        if (blockers.empty()) {
            refused no;
            no.code = refusal::not_possible_in_this_state;
            no.subject = L::many ? fmt::format("{} {} is {}", L::name, one.number, lifecycle::state_name<L>(one.state))
                                 : fmt::format("{} is {}", L::name, lifecycle::state_name<L>(one.state));
            blockers.push_back(std::move(no));
        }
        for (auto& no : blockers) refuse(std::move(no));
        return false;
    }

    template <class L, class Body>
    bool record_event(machine<L> const& one, engine::taken<L> const& row, Body&& body) {
        auto& happened = done_.events.emplace_back();
        happened.version = done_.after.version + 1;
        happened.at = at_;
        happened.by = by_;
        happened.on_behalf_of = on_behalf_of_;
        happened.lifecycle = L::code;
        happened.number = one.number;
        happened.from = one.state;
        happened.to = row.to;
        set_clock<L>(happened, one, row.restarts_clock, body);
        if (std::is_same_v<L, dispute::lifecycle_type> && row.to == dispute::closed::code)
            happened.recontact_until = end_of_recontact(at_, known_);
        happened.body.template emplace<Body>(std::move(body));

        evolve(done_.after, happened);
        if (done_.money) money_moved_ = post(*done_.money, key_.dispute, done_.after, happened) || money_moved_;
        done_.rows.push_back({L::code, row.row});
        return react<Body>(done_.events.size() - 1);
    }

    // A clock goes on while the machine waits for the same thing, stops when it does not, and starts anew otherwise.
    template <class L, class Body>
    void set_clock(event& happened, machine<L> const& one, bool restarts, Body const& body) {
        auto wanted = lifecycle::clock_in<L>(happened.to);
        // What became final waits for nobody, in whichever state it is.
        if constexpr (requires { body.runs_clock(); }) {
            if (!body.runs_clock()) wanted = lifecycle::clock::none;
        }
        bool const runs_already = one.clock && one.clock->kind == wanted;
        if (wanted == lifecycle::clock::none) {
            happened.clock_stopped = one.clock.has_value();
        } else if (!runs_already || restarts) {
            if constexpr (requires { body.clock_until(); })
                happened.clock_started = lifecycle::started_clock{wanted, body.clock_until(), at_, {}, {}, {}, {}};
            else
                happened.clock_started = start_clock(wanted, at_, known_);
            // A deadline that was shown moves only later.
            if (runs_already && happened.clock_started->due < one.clock->due) happened.clock_started.reset();
        }
    }

    // The event is named by its place: telling others grows the list.
    template <class Body>
    bool react(std::size_t event) {
        bool obeyed = true;
        lifecycle::for_each(lifecycle::reactions{}, [&]<class When>() {
            if constexpr (std::is_same_v<typename When::event, Body>) {
                if (obeyed) obeyed = react_once<When>(done_.events[event]);
            }
        });
        return obeyed;
    }

    template <class When, class Body = typename When::event, class L = typename When::lifecycle>
    bool react_once(event const& happened) {
        lifecycle::telling<Body> const telling{done_.after, happened.number, *std::get_if<Body>(&happened.body)};
        if constexpr (When::makes_one_each) {
            Body const body = telling.body;  // a copy: each refund that is told grows the list of events
            lifecycle::telling<Body> const kept{done_.after, happened.number, body};
            bool obeyed = true;
            for (std::size_t part = 0; obeyed && part < body.refunds.size(); ++part)
                obeyed = tell<L>(static_cast<std::uint32_t>(done_.after.of<L>().size() + 1),
                                 lifecycle::command_for<typename When::command>(kept, part));
            return obeyed;
        } else if constexpr (When::makes_a_new_one) {
            auto const command = lifecycle::command_for<typename When::command>(telling);
            return tell<L>(static_cast<std::uint32_t>(done_.after.of<L>().size() + 1), command);
        } else if constexpr (L::many) {
            // First all, then tell: telling changes who is addressed. Mostly it is one, and needs no list.
            std::uint32_t first = 0;
            std::vector<std::uint32_t> others;
            for (auto const& one : done_.after.of<L>()) {
                if (!When::addresses(telling, one)) continue;
                if (first == 0)
                    first = one.number;
                else
                    others.push_back(one.number);
            }
            if (first == 0) return true;
            auto const command = lifecycle::command_for<typename When::command>(telling);
            return tell<L>(first, command) &&
                   std::all_of(others.begin(), others.end(), [&](auto each) { return tell<L>(each, command); });
        } else {
            if (!When::addresses(telling, done_.after.of<L>())) return true;
            auto const command = lifecycle::command_for<typename When::command>(telling);
            return tell<L>(1, command);
        }
    }

    recorded& done_;
    dispute_key const& key_;
    terms const& known_;
    actor const& by_;
    std::optional<actor> const& on_behalf_of_;
    actor const& acting_;
    instant at_;
    bool money_moved_ = false;
    refusals refused_;
};

// Rules that hold for every command, whatever the table says.
void check_actor(record const& all, command const& asked, deciding& doing) {
    auto const& kept = all.dispute().kept;
    // Who is who is told by the command that begins a dispute, and known afterwards.
    auto const begins = all.version == 0 ? beginning_of(asked.body) : beginning{};
    auto const& buyer = begins ? begins.order->buyer.id : kept.buyer.id;
    auto const& seller = begins ? begins.order->seller.id : kept.seller.id;
    auto const& acting = asked.on_behalf_of ? *asked.on_behalf_of : asked.by;
    bool const a_stranger =
        (acting.role == role::buyer && acting.id != buyer) || (acting.role == role::seller && acting.id != seller);
    bool const is_a_party = asked.by.id == buyer || asked.by.id == seller;
    refused no;
    no.subject = asked.by.id.text();
    if (asked.on_behalf_of && asked.by.role != role::platform_operator) {
        no.code = refusal::not_for_this_role;
        no.because = "Only a platform_operator acts on behalf of somebody.";
    } else if (asked.on_behalf_of && acting.role != role::buyer && acting.role != role::seller) {
        no.code = refusal::not_for_this_role;
        no.because = "One acts on behalf of the buyer or of the seller only.";
    } else if (asked.on_behalf_of && is_a_party) {
        no.code = refusal::not_for_this_role;
        no.because = "Nobody acts on behalf of others in a dispute of his own.";
    } else if (a_stranger) {
        no.code = refusal::not_a_party_of_this_dispute;
        no.subject = acting.id.text();
    } else if (asked.by.role == role::mediator && is_a_party) {
        no.code = refusal::mediator_is_a_party;
    } else if (asked.by.role == role::timer) {
        no.code = refusal::not_for_this_role;
    } else {
        return;
    }
    doing.refuse(std::move(no));
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
                    if constexpr (L::many) number = addressed(body, all.of<L>().size());
                    accepted = doing.tell<L>(number, body);
                }
            });
            return accepted;
        },
        asked.body);
}

// What the next decision starts from: the state and the money that the last lapse to touch them left.
record const& record_after(std::vector<recorded> const& lapses, record const& before) {
    return lapses.empty() ? before : lapses.back().after;
}
std::optional<account> const& money_after(std::vector<recorded> const& lapses, std::optional<account> const& before) {
    auto const last =
        std::find_if(lapses.rbegin(), lapses.rend(), [](auto const& done) { return done.money.has_value(); });
    return last == lapses.rend() ? before : last->money;
}

// In its place: moving a record costs nearly as much as copying it.
void begin(recorded& done, record const& from, std::optional<account> const& money) {
    done.after = from;
    done.money = money;
    done.events.reserve(events_expected);
    done.rows.reserve(events_expected);
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
        recorded done;
        begin(done, all, money_after(made.lapses, money));
        done.lapse = due;
        deciding doing{done, key, known, timer, nobody, due->clock.due};
        [[maybe_unused]] bool const applied = pass_deadline(doing, *due);
        assert(applied && "a deadline that passes is never refused");
        if (!applied)
            throw failure{failure_kind::store_corrupt,
                          fmt::format("a deadline of {} could not be applied", to_text(key))};
        doing.finish();
        made.lapses.push_back(std::move(done));
    }
}

decision decide(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
                command const& asked, instant now) {
    auto made = lapse(key, before, money, known, now);
    auto const& all = record_after(made.lapses, before);
    auto const& funds = money_after(made.lapses, money);

    auto& done = made.accepted.emplace();
    begin(done, all, funds);
    deciding doing{done, key, known, asked.by, asked.on_behalf_of, now};
    check_actor(all, asked, doing);
    auto const begins = beginning_of(asked.body);
    if (begins) done.money = funds ? completed(*funds, *begins.order) : account_of(*begins.order);
    bool const is_contact = all.dispute().in<dispute::contacting>() || all.dispute().in<dispute::contacted>();
    bool const goes_on = is_contact && std::holds_alternative<dispute::open_dispute>(asked.body);
    if (begins && all.version > 0 && !goes_on) {
        refused no;
        no.code = refusal::dispute_already_opened;
        no.subject = to_text(key);
        doing.refuse(std::move(no));
    } else if (!begins && all.version == 0) {
        refused no;
        no.code = refusal::dispute_unknown;
        no.subject = to_text(key);
        doing.refuse(std::move(no));
    } else if (asked.expected_version && *asked.expected_version != all.version) {
        refused no;
        no.code = refusal::stale_version;
        no.expected = all.version;
        doing.refuse(std::move(no));
    } else if (ask(doing, all, asked) && doing.refused_so_far().empty()) {
        doing.finish();
        return made;
    }
    made.accepted.reset();
    made.refused = std::move(doing.refused_so_far());
    std::stable_sort(made.refused.begin(), made.refused.end(),
                     [](auto const& one, auto const& two) { return one.code < two.code; });
    return made;
}

}  // namespace recourse
