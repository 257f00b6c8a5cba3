// Actions: each command is tried on a copy, with contents that no rule about contents can refuse.
#include "recourse/engine/actions.hpp"

#include <algorithm>

#include "engine/situation.hpp"

namespace recourse {
namespace {

struct trial {
    command_body body;
    std::optional<std::uint32_t> number;
};

// A piece of evidence that no dispute has yet: content is judged by its digest, and this one is of nothing.
std::vector<evidence> some_evidence() {
    return {{evidence_kind::statement, sha256("recourse: a piece of evidence for trial"), "text/plain", 1}};
}

std::vector<award> possible_awards(record const& all, terms const& known) {
    auto const& disputed = all.dispute().kept;
    auto const offered = engine::offered_remedies(*known.policy, disputed.reason);
    std::vector<award> awards;
    for (auto const kind : {remedy::full_refund, remedy::partial_refund, remedy::return_refund}) {
        if (!offered.contains(kind)) continue;
        auto amount = disputed.refundable;
        if (kind == remedy::partial_refund) {
            auto const partial = engine::partial_refunds(*known.policy, disputed.reason, amount);
            amount.minor = partial.minors.empty() ? amount.minor - 1 : partial.minors.back();
        }
        awards.push_back({kind, amount});
    }
    return awards;
}

class trials {
  public:
    trials(dispute_key const& key, record const& all, std::optional<account> const& money, terms const& known,
           actor const& by, instant now)
        : key_{key}, all_{all}, money_{money}, known_{known}, by_{by}, now_{now} {}

    void one(command_body body, std::optional<std::uint32_t> number = {}) {
        found_.push_back(attempt({std::move(body), number}));
    }

    // One action for a command that names a remedy: allowed if any remedy is.
    template <class Command>
    void with_awards() {
        action all;
        all.command = Command::name;
        for (auto const& award : possible_awards(all_, known_)) {
            auto const tried = attempt({Command{award}, {}});
            if (tried.allowed) {
                all.allowed = true;
                all.until = tried.until;
                all.remedies.push_back(award.remedy);
                all.amount_max = all_.dispute().kept.refundable;
            } else if (all.blocked_by.empty()) {
                all.blocked_by = tried.blocked_by;
            }
        }
        if (all.allowed) all.blocked_by.clear();
        found_.push_back(std::move(all));
    }

    void information() {
        action all;
        all.command = mediation::request_information::name;
        auto const tried = attempt({mediation::request_information{mediation::asked::both}, {}});
        all.allowed = tried.allowed;
        all.until = tried.until;
        all.blocked_by = tried.blocked_by;
        if (all.allowed) all.addressees = {party::buyer, party::seller};
        found_.push_back(std::move(all));
    }

    std::vector<action> take() { return std::move(found_); }

  private:
    action attempt(trial const& what) const {
        command asked;
        asked.dispute = key_;
        asked.by = by_;
        asked.body = what.body;
        auto answer = decide(key_, all_, money_, known_, asked, now_);
        action made;
        made.command = name(what.body);
        made.number = what.number;
        made.allowed = answer.accepted.has_value();
        made.blocked_by = std::move(answer.refused);
        if (made.allowed) {
            if (auto const due = next_due(all_)) made.until = due->clock.due;
        }
        return made;
    }

    dispute_key const& key_;
    record const& all_;
    std::optional<account> const& money_;
    terms const& known_;
    actor const& by_;
    instant now_;
    std::vector<action> found_;
};

}  // namespace

record as_of(dispute_key const& key, record const& before, std::optional<account> const& money, terms const& known,
             instant now) {
    auto passed = lapse(key, before, money, known, now);
    if (passed.lapses.empty()) return before;
    return std::move(passed.lapses.back().after);
}

std::vector<action> actions(dispute_key const& key, record const& before, std::optional<account> const& money,
                            terms const& known, actor const& by, instant now) {
    auto const passed = lapse(key, before, money, known, now);
    auto const& all = passed.lapses.empty() ? before : passed.lapses.back().after;
    auto funds = money;
    for (auto const& done : passed.lapses) {
        if (done.money) funds = done.money;
    }
    trials tried{key, all, funds, known, by, now};
    tried.with_awards<offer::make_offer>();
    for (auto const& one : all.offers()) {
        if (!one.in<offer::proposed>()) continue;
        tried.one(offer::accept_offer{one.number}, one.number);
        tried.one(offer::decline_offer{one.number}, one.number);
        tried.one(offer::withdraw_offer{one.number}, one.number);
    }
    tried.one(dispute::submit_evidence{some_evidence()});
    tried.one(dispute::escalate_dispute{});
    tried.one(dispute::withdraw_dispute{});
    tried.one(mediation::take_mediation{});
    tried.information();
    tried.one(mediation::provide_information{some_evidence()});
    tried.with_awards<mediation::award_remedy>();
    tried.one(mediation::reject_claim{});
    tried.one(return_request::provide_return_terms{"address", party::seller});
    tried.one(return_request::ship_return{"carrier", "number"});
    tried.one(return_request::report_return_delivered{});
    tried.one(return_request::report_return_lost{});
    tried.one(return_request::accept_return{});
    tried.one(return_request::contest_return{some_evidence()});
    for (auto const& one : all.refunds()) {
        auto const reference =
            one.kept.payment_reference.empty() ? std::string{"reference"} : one.kept.payment_reference;
        tried.one(refund::confirm_refund{one.number, one.kept.amount, reference}, one.number);
        tried.one(refund::report_refund_failed{one.number, "cause"}, one.number);
        tried.one(refund::report_refund_unknown{one.number}, one.number);
        tried.one(refund::retry_refund{one.number}, one.number);
    }
    return tried.take();
}

}  // namespace recourse
