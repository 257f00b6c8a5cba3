// Deciding a settlement group again, moment by moment in the order in which the store recorded them.
#include "recourse/engine/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/what_if/group_in_memory.hpp"
#include "engine/what_if/stored_course.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

using engine::group_in_memory;
using engine::stored_course;
using engine::stored_moment;

// The policies that the disputes are decided under, by hash; each is read once.
struct what_if::documents {
    std::map<digest, std::unique_ptr<policy>> known;
};

namespace {

void write_course(std::string& out, course const& one) {
    out += R"({"stage":)";
    json::write_string(out, one.stage);
    if (one.outcome) {
        out += R"(,"outcome":)";
        json::write_value(out, *one.outcome);
    }
    out += fmt::format(R"(,"currency":"{}","moved":{{"buyer":{},"seller":{},"platform":{},"carrier":{}}})",
                       one.currency.code(), one.moved.buyer, one.moved.seller, one.moved.platform, one.moved.carrier);
    out += fmt::format(R"(,"deadlines_missed":{},"began":"{}")", one.deadlines_missed, to_text(one.began));
    if (one.closed) out += fmt::format(R"(,"closed":"{}")", to_text(*one.closed));
    out += '}';
}

std::string ending(course const& one) {
    if (!one.outcome) return fmt::format("is {}", one.stage);
    auto text = fmt::format("ends as {}", wire_name(one.outcome->resolution));
    if (one.outcome->awarded) text += fmt::format(" with {}", to_text(one.outcome->awarded->amount));
    return text;
}

std::vector<std::string> differences(course const& stored, course const& again) {
    std::vector<std::string> found;
    auto const unit = stored.currency;
    if (ending(stored) != ending(again))
        found.push_back(fmt::format("{}; before, it {}", ending(again), ending(stored)));
    auto const money_of = [&](std::string_view who, std::int64_t was, std::int64_t is) {
        if (was != is)
            found.push_back(
                fmt::format("the {} gets {} instead of {}", who, to_text({is, unit}), to_text({was, unit})));
    };
    money_of("buyer", stored.moved.buyer, again.moved.buyer);
    money_of("seller", stored.moved.seller, again.moved.seller);
    money_of("platform", stored.moved.platform, again.moved.platform);
    money_of("carrier", stored.moved.carrier, again.moved.carrier);
    if (stored.deadlines_missed != again.deadlines_missed)
        found.push_back(
            fmt::format("{} deadlines are missed instead of {}", again.deadlines_missed, stored.deadlines_missed));
    if (stored.closed != again.closed && stored.closed && again.closed)
        found.push_back(fmt::format("closes at {} instead of {}", to_text(*again.closed), to_text(*stored.closed)));
    return found;
}

}  // namespace

std::string to_json(what_if_dispute const& one) {
    std::string out = R"({"dispute":)";
    json::write_string(out, to_text(one.dispute));
    out += fmt::format(R"(,"result":"{}")", wire_name(one.result));
    if (one.result == what_if_result::diverged) {
        out += fmt::format(R"(,"command":{},"command_id":)", one.command);
        json::write_string(out, one.command_id);
        out += R"(,"because":)";
        json::write_string(out, one.because);
    }
    if (!one.changes.empty()) {
        out += R"(,"changes":)";
        json::write_value(out, one.changes);
    }
    out += R"(,"stored":)";
    write_course(out, one.stored);
    out += R"(,"again":)";
    write_course(out, one.again);
    return out += '}';
}

class what_if::deciding_again {
  public:
    deciding_again(what_if& whole, std::span<dispute_key const> keys)
        : whole_{whole},
          group_{keys.front().group,
                 [this](dispute_key const& key, beginning const& begins) { return terms_for(key, begins); },
                 [this](dispute_key const& key, recorded const& done) { hear(key, done); }} {
        courses_.reserve(keys.size());
        for (auto const& key : keys) {
            places_.emplace(key.dispute, courses_.size());
            courses_.emplace_back(whole.store_, key, courses_.size(), moments_);
        }
        // Deadlines first where both were recorded at one instant: the engine applies them before a command.
        constexpr auto comes_before = [](stored_moment const& one, stored_moment const& two) {
            if (one.recorded != two.recorded) return one.recorded < two.recorded;
            return !one.asked && two.asked;
        };
        if (!std::is_sorted(moments_.begin(), moments_.end(), comes_before))
            std::stable_sort(moments_.begin(), moments_.end(), comes_before);
        agains_.resize(courses_.size());
        done_.resize(courses_.size());
        left_.resize(courses_.size());
        for (auto const& one : moments_) left_[one.course] += one.asked ? 1U : 0U;
    }

    what_if_group decide() {
        for (std::size_t at = 0; at < moments_.size();) {
            if (step(at)) ++at;
        }
        let_time_pass();
        for (std::size_t which = 0; which < courses_.size(); ++which) wait_for_nobody(which);
        return reported();
    }

  private:
    struct again {
        std::uint32_t missed = 0;
        std::optional<instant> began{};
        std::optional<instant> closed{};
        std::optional<what_if_dispute> diverged{};
    };

    [[nodiscard]] bool diverged(std::size_t which) const { return agains_[which].diverged.has_value(); }

    // ---- what is known -----------------------------------------------------------------------------------------------

    policy const& rules_of(dispute_key const& key) {
        if (whole_.options_.rules) return *whole_.options_.rules;
        auto const& pinned = courses_[places_.at(key.dispute)].policy();
        auto& known = whole_.documents_->known[pinned.hash];
        if (known == nullptr) {
            auto const stored = whole_.store_.policy(pinned.hash);
            auto read = stored ? std::optional{read_policy(stored->text, whole_.options_.calendars)} : std::nullopt;
            if (!read || !*read)
                throw failure{failure_kind::policy_missing,
                              fmt::format("the policy {} version {} of {} {}", pinned.id.text(), pinned.version,
                                          to_text(key), read ? "cannot be read here" : "is not in the store")};
            known = std::make_unique<policy>(**std::move(read));
        }
        return *known;
    }

    result<terms, refused> terms_for(dispute_key const& key, beginning const& begins) {
        terms known;
        known.policy = &rules_of(key);
        known.reference = {known.policy->id, known.policy->version, {}};
        known.calendars = &whole_.options_.calendars;
        refused no;
        for (auto const& [who, calendar, zone] :
             {std::tuple{&begins.order->buyer, &known.buyer_calendar, &known.buyer_zone},
              {&begins.order->seller, &known.seller_calendar, &known.seller_zone}}) {
            *calendar = whole_.options_.calendars.find(who->calendar);
            auto found = time_zone::find(who->zone);
            if (*calendar == nullptr || !found) {
                no.code = *calendar == nullptr ? refusal::calendar_unknown : refusal::time_zone_unknown;
                no.subject = *calendar == nullptr ? who->calendar : who->zone;
                return failed{std::move(no)};
            }
            zone->emplace(*found);
        }
        return known;
    }

    void hear(dispute_key const& key, recorded const& done) {
        auto const place = places_.find(key.dispute);
        if (place == places_.end()) return;
        auto& one = agains_[place->second];
        if (done.lapse && engine::is_missed(done.lapse->clock.kind)) ++one.missed;
        for (auto const& happened : done.events) {
            if (!one.began) one.began = happened.at;
            if (!one.closed && happened.lifecycle == dispute::lifecycle_type::code &&
                happened.to == dispute::closed::code)
                one.closed = happened.at;
        }
    }

    // ---- time --------------------------------------------------------------------------------------------------------

    // Applies one deadline, or finds that nobody knows whether it would have passed.
    void pass(std::size_t which, next_deadline const& due, instant now) {
        auto& stored = courses_[which];
        if (!stored.shows_silence(due, whole_.options_.until))
            return diverge(which, fmt::format("the clock {} would run out at {}, and the store does not show that "
                                              "nobody would have answered",
                                              wire_name(due.clock.kind), to_text(due.clock.due)));
        group_.pass_next(stored.key().dispute, now);
    }
    std::optional<next_deadline> due_by(std::size_t which, instant now) const {
        auto const* one = diverged(which) ? nullptr : group_.find(courses_[which].key().dispute);
        auto const due = one == nullptr ? std::nullopt : next_due(one->all);
        return due && due->clock.due <= now ? due : std::nullopt;
    }
    void pass_all(std::size_t which, instant now) {
        while (auto const due = due_by(which, now)) pass(which, *due, now);
    }
    // What is due under the other policy by now passes in all disputes of the group; what the store has recorded later
    // passes when it did.
    void let_pass(std::size_t at, instant now) {
        if (courses_.size() == 1) return;
        for (std::size_t which = 0; which < courses_.size(); ++which) {
            if (which == moments_[at].course) continue;
            while (auto const due = due_by(which, now)) {
                if (courses_[which].has_lapsed(due->clock.kind, due->clock.due) &&
                    !pending_lapses_.contains({which, due->clock.kind, due->clock.due}))
                    break;
                pass(which, *due, now);
            }
        }
    }
    // After the last command; the earliest deadline of the group first.
    void let_time_pass() {
        while (true) {
            std::optional<next_deadline> first;
            std::size_t whose = 0;
            for (std::size_t which = 0; which < courses_.size(); ++which) {
                auto const due = due_by(which, courses_[which].complete_until(whole_.options_.until));
                if (!due || (first && first->clock.due <= due->clock.due)) continue;
                first = due;
                whose = which;
            }
            if (!first) return;
            pass(whose, *first, first->clock.due);
        }
    }

    // ---- commands ----------------------------------------------------------------------------------------------------

    // False if something else comes in its place first.
    bool step(std::size_t at) {
        auto const which = moments_[at].course;
        if (diverged(which)) return true;
        auto const when = moments_[at].at;
        let_pass(at, when);
        if (!moments_[at].asked) {
            pending_lapses_.emplace(which, moments_[at].kind, when);
            pass_all(which, when);
            return true;
        }
        for (auto const& other : group_.heard_first(*moments_[at].asked)) pass_all(places_.at(other), when);
        pass_all(which, when);
        return diverged(which) || submit(at);
    }

    bool submit(std::size_t at) {
        auto& one = moments_[at];
        auto const which = one.course;
        if (auto const* moves = std::get_if<migration::migrate_policy>(&one.asked->body)) {
            ++commands_;
            diverge_at(which, one.number, one.asked->id.text(),
                       fmt::format("here it was moved to {} version {}, and what an operator would have done about the "
                                   "policy asked for nobody knows",
                                   moves->policy.text(), moves->policy_version));
            return true;
        }
        auto const no = group_.submit(*one.asked, one.at);
        if (!no.empty() && put_off(at)) return false;
        ++commands_;
        if (no.empty()) {
            ++done_[which];
            --left_[which];
        } else {
            diverge_at(which, one.number, one.asked->id.text(),
                       fmt::format("{} is refused: {}", name(one.asked->body), to_text(no.front())));
        }
        return true;
    }
    // Of commands to several disputes that were recorded at one instant the store does not say which came first: the one
    // that is refused is tried once more after the others.
    bool put_off(std::size_t at) {
        auto const here = moments_.begin() + static_cast<std::ptrdiff_t>(at);
        auto const past = std::find_if(here, moments_.end(), [&](auto const& other) {
            return other.recorded != here->recorded || (&other != &*here && other.course == here->course);
        });
        if (here->was_put_off || past - here < 2) return false;
        here->was_put_off = true;
        std::rotate(here, here + 1, past);
        return true;
    }

    // What has closed in the store and is open now waits for what nobody was asked.
    void wait_for_nobody(std::size_t which) {
        auto const& stored = courses_[which];
        auto const* held = group_.find(stored.key().dispute);
        if (diverged(which) || held == nullptr || !stored.told().closed || agains_[which].closed) return;
        diverge(which, fmt::format("after it the dispute is {}, and waits for an answer that nobody gave",
                                   engine::course_of(held->all).stage));
    }

    void diverge(std::size_t which, std::string because) {
        auto const number = std::max(done_[which], 1U);
        diverge_at(which, number, id_of(which, number), std::move(because));
    }
    void diverge_at(std::size_t which, std::uint32_t number, std::string_view id, std::string because) {
        if (diverged(which)) return;
        auto& found = agains_[which].diverged.emplace();
        found.command = number;
        found.command_id = id;
        found.because = std::move(because);
        // What the others over the payment may still do depends on its money.
        auto const& mine = courses_[which];
        for (std::size_t other = 0; other < courses_.size(); ++other) {
            auto const& its = courses_[other];
            if (other == which || its.payment() != mine.payment() || diverged(other)) continue;
            if (left_[other] == 0 && agains_[other].closed) continue;
            auto const next = std::min(done_[other] + 1, std::max(its.commands(), 1U));
            diverge_at(other, next, id_of(other, next),
                       fmt::format("{} over the same payment has diverged", to_text(mine.key())));
        }
    }
    std::string id_of(std::size_t which, std::uint32_t number) const {
        for (auto const& one : moments_) {
            if (one.course == which && one.asked && one.number == number) return std::string{one.asked->id.text()};
        }
        return {};
    }

    // ---- the report --------------------------------------------------------------------------------------------------

    what_if_group reported() {
        what_if_group all;
        for (std::size_t which = 0; which < courses_.size(); ++which) {
            auto const& stored = courses_[which];
            if (is_payment_file(stored.key())) continue;
            auto const* held = group_.find(stored.key().dispute);
            what_if_dispute one;
            if (held != nullptr) one.again = engine::course_of(held->all);
            one.again.deadlines_missed = agains_[which].missed;
            one.again.began = agains_[which].began.value_or(stored.told().began);
            one.again.closed = agains_[which].closed;
            if (auto const& why = agains_[which].diverged) {
                one.result = what_if_result::diverged;
                one.command = why->command;
                one.command_id = why->command_id;
                one.because = why->because;
            }
            one.dispute = stored.key();
            one.stored = stored.told();
            if (one.result != what_if_result::diverged) {
                one.changes = differences(one.stored, one.again);
                if (!one.changes.empty()) one.result = what_if_result::changed;
            }
            all.disputes.push_back(std::move(one));
        }
        all.commands = commands_;
        return all;
    }

    what_if& whole_;
    std::vector<stored_course> courses_;
    std::map<dispute_id, std::size_t> places_;
    std::vector<stored_moment> moments_;
    group_in_memory group_;
    std::vector<again> agains_;
    std::vector<std::uint32_t> done_;  // of each dispute, how many commands were accepted
    std::vector<std::uint32_t> left_;  // and how many are still to come
    std::set<std::tuple<std::size_t, lifecycle::clock, instant>> pending_lapses_;  // whose turn has come
    std::uint64_t commands_ = 0;
};

what_if::what_if(store::contract& store, what_if_options options)
    : store_{store}, options_{std::move(options)}, documents_{std::make_unique<documents>()} {}
what_if::~what_if() = default;

what_if_group what_if::decide(std::span<dispute_key const> group) {
    if (group.empty()) return {};
    return deciding_again{*this, group}.decide();
}

}  // namespace recourse
