// The candidates of each command: one overload a command, so that a command without candidates does not compile.
#include "recourse/engine/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/situation.hpp"

namespace recourse {
namespace {

template <class Command>
struct asked_for {};

// Who has not had to do with the dispute: nobody mediates his own, or reviews what he has decided.
actor_id free_mediator(record const& all) {
    auto const kept = subject_of(all);
    auto const& decided = all.mediation().kept.seat->decided;
    auto const is_taken = [&](actor_id const& one) {
        return one == kept.buyer.id || one == kept.seller.id || one == all.mediation().kept.seat->mediator ||
               std::find(decided.begin(), decided.end(), one) != decided.end() ||
               std::any_of(all.appeals().begin(), all.appeals().end(),
                           [&](auto const& before) { return before.kept.reviewer == one; });
    };
    actor_id free{"any-mediator"};
    for (int next = 2; is_taken(free); ++next) free = actor_id{fmt::format("any-mediator-{}", next)};
    return free;
}

// Content is judged by its digest, and this one is of nothing; the count makes it new each time.
evidence fresh_piece(record const& all, terms const& known, evidence_kind kind, std::size_t further) {
    auto const content = fmt::format("recourse: piece {} for trial", all.dispute().kept.evidence.size() + further);
    return {kind, sha256(content), engine::media_type_taken(*known.policy), 1};
}

struct proposing {
    record const& all;
    terms const& known;
    account const* money;

    using found = std::vector<command_body>;

    found operator()(asked_for<dispute::open_dispute>) const { return {}; }    // `eligibility` answers for these
    found operator()(asked_for<dispute::contact_seller>) const { return {}; }  // likewise
    found operator()(asked_for<dispute::answer_contact>) const { return {dispute::answer_contact{}}; }
    found operator()(asked_for<dispute::amend_claim>) const {
        found made;
        auto const& kept = all.dispute().kept;
        for (auto const& one : awards(award_use::offered)) {
            auto const kinds = engine::kinds_for_amendment(*known.policy, kept, kept.reason, one.remedy);
            made.emplace_back(dispute::amend_claim{{}, {}, one, fresh_pieces(kinds)});
        }
        return made;
    }
    found operator()(asked_for<dispute::submit_evidence>) const {
        return {dispute::submit_evidence{evidence(evidence_action::submit_evidence)}};
    }
    found operator()(asked_for<dispute::escalate_dispute>) const { return {dispute::escalate_dispute{}}; }
    found operator()(asked_for<dispute::withdraw_dispute>) const { return {dispute::withdraw_dispute{}}; }
    found operator()(asked_for<dispute::merge_dispute>) const {
        found made;
        for (auto const& one : known.disputes_beside) made.emplace_back(dispute::merge_dispute{one.dispute});
        // Where there is none, one that does not exist still tells why.
        if (made.empty()) made.emplace_back(dispute::merge_dispute{dispute_id{"another"}});
        return made;
    }

    found operator()(asked_for<offer::make_offer>) const {
        return of_each_award<offer::make_offer>(award_use::offered);
    }
    found operator()(asked_for<offer::accept_offer>) const { return of_each_open_offer<offer::accept_offer>(); }
    found operator()(asked_for<offer::decline_offer>) const { return of_each_open_offer<offer::decline_offer>(); }
    found operator()(asked_for<offer::withdraw_offer>) const { return of_each_open_offer<offer::withdraw_offer>(); }

    found operator()(asked_for<mediation::take_mediation>) const { return {mediation::take_mediation{}}; }
    found operator()(asked_for<mediation::assign_mediation>) const {
        return {mediation::assign_mediation{free_mediator(all)}};
    }
    found operator()(asked_for<mediation::request_information>) const {
        using enum mediation::asked;
        return {mediation::request_information{both}, mediation::request_information{buyer},
                mediation::request_information{seller}};
    }
    found operator()(asked_for<mediation::provide_information>) const {
        return {mediation::provide_information{evidence(evidence_action::provide_information)}};
    }
    found operator()(asked_for<mediation::award_remedy>) const {
        return of_each_award<mediation::award_remedy>(award_use::decided);
    }
    found operator()(asked_for<mediation::reject_claim>) const { return {mediation::reject_claim{rules()}}; }

    found operator()(asked_for<appeal::file_appeal>) const { return on_each_ground<appeal::file_appeal>(); }
    found operator()(asked_for<appeal::join_appeal>) const { return on_each_ground<appeal::join_appeal>(); }
    found operator()(asked_for<appeal::submit_appeal_evidence>) const {
        return {appeal::submit_appeal_evidence{evidence(evidence_action::submit_appeal_evidence)}};
    }
    found operator()(asked_for<appeal::withdraw_appeal>) const { return {appeal::withdraw_appeal{}}; }
    found operator()(asked_for<appeal::take_appeal>) const { return {appeal::take_appeal{}}; }
    found operator()(asked_for<appeal::dismiss_appeal>) const { return {appeal::dismiss_appeal{rules()}}; }
    found operator()(asked_for<appeal::uphold_decision>) const { return {appeal::uphold_decision{rules()}}; }
    found operator()(asked_for<appeal::overturn_with_award>) const {
        return of_each_award<appeal::overturn_with_award>(award_use::decided);
    }
    found operator()(asked_for<appeal::overturn_with_rejection>) const {
        return {appeal::overturn_with_rejection{rules()}};
    }

    found operator()(asked_for<appeal::request_appeal_information>) const {
        using enum appeal::asked;
        return {appeal::request_appeal_information{both}, appeal::request_appeal_information{buyer},
                appeal::request_appeal_information{seller}};
    }
    found operator()(asked_for<appeal::provide_appeal_information>) const {
        return {appeal::provide_appeal_information{evidence(evidence_action::provide_appeal_information)}};
    }

    found operator()(asked_for<replacement::ship_replacement>) const {
        return {replacement::ship_replacement{"carrier", "number"}};
    }
    found operator()(asked_for<replacement::report_replacement_delivered>) const {
        return {replacement::report_replacement_delivered{}};
    }
    found operator()(asked_for<replacement::report_replacement_lost>) const {
        return {replacement::report_replacement_lost{}};
    }
    found operator()(asked_for<replacement::report_performed>) const { return {replacement::report_performed{}}; }
    found operator()(asked_for<replacement::confirm_replacement>) const { return {replacement::confirm_replacement{}}; }
    found operator()(asked_for<replacement::reject_replacement>) const {
        return {replacement::reject_replacement{evidence(evidence_action::reject_replacement)}};
    }
    found operator()(asked_for<replacement::decline_to_perform>) const { return {replacement::decline_to_perform{}}; }

    found operator()(asked_for<return_request::provide_return_terms>) const {
        return {return_request::provide_return_terms{"address", party::seller}};
    }
    found operator()(asked_for<return_request::ship_return>) const {
        return {return_request::ship_return{"carrier", "number"}};
    }
    found operator()(asked_for<return_request::report_return_delivered>) const {
        return {return_request::report_return_delivered{}};
    }
    found operator()(asked_for<return_request::report_return_lost>) const {
        return {return_request::report_return_lost{}};
    }
    found operator()(asked_for<return_request::accept_return>) const { return {return_request::accept_return{}}; }
    found operator()(asked_for<return_request::inspect_return>) const {
        using enum return_request::finding;
        std::vector<return_request::line_finding> good;
        std::vector<return_request::line_finding> bad;
        std::vector<return_request::line_finding> mixed;
        for (auto const& line : all.dispute().kept.lines) {
            good.push_back({line.line, line.units, as_agreed});
            bad.push_back({line.line, line.units, missing});
            mixed.push_back({line.line, line.units, mixed.empty() ? damaged : as_agreed});
        }
        auto const shown = evidence(evidence_action::inspect_return);
        return {return_request::inspect_return{good, {}}, return_request::inspect_return{bad, shown},
                return_request::inspect_return{mixed, shown}};
    }
    found operator()(asked_for<return_request::contest_return>) const {
        return {return_request::contest_return{evidence(evidence_action::contest_return)}};
    }

    found operator()(asked_for<conversation::send_message>) const {
        using enum conversation::recipient;
        found made;
        for (auto const to : {buyer, seller, mediator, both})
            made.emplace_back(conversation::send_message{to, {}, "reference", {}});
        return made;
    }

    found operator()(asked_for<migration::migrate_policy>) const { return {}; }  // the host says to which one

    found operator()(asked_for<refund::confirm_refund>) const {
        found made;
        for (auto const& one : all.refunds()) {
            // A provider that confirms again names the reference of the first time.
            auto const& before = one.kept.payment_reference;
            made.emplace_back(refund::confirm_refund{one.number, one.kept.amount,
                                                     before.empty() ? std::string{"reference"} : before});
        }
        return made;
    }
    found operator()(asked_for<refund::report_refund_failed>) const {
        found made;
        for (auto const& one : all.refunds()) made.emplace_back(refund::report_refund_failed{one.number, "cause"});
        return made;
    }
    found operator()(asked_for<refund::report_refund_unknown>) const {
        found made;
        for (auto const& one : all.refunds()) made.emplace_back(refund::report_refund_unknown{one.number});
        return made;
    }
    found operator()(asked_for<refund::reroute_refund>) const {
        found made;
        for (auto const& one : all.refunds())
            made.emplace_back(
                refund::reroute_refund{one.number, fmt::format("other-route-{}", one.kept.routes.size() + 1)});
        return made;
    }
    found operator()(asked_for<refund::retry_refund>) const {
        found made;
        for (auto const& one : all.refunds()) made.emplace_back(refund::retry_refund{one.number});
        return made;
    }

    // What only the host knows is tried with one example of each kind.
    found operator()(asked_for<payment::tell_order>) const {
        auto const& kept = all.payments().front().kept;
        return {payment::tell_order{kept.policy.id, kept.policy.version, kept.order}};
    }
    found operator()(asked_for<payment::tell_outside_refund>) const {
        auto const& lines = all.payments().front().kept.order.lines;
        return {payment::tell_outside_refund{outside_id{"outside"}, {{lines.front().line, 1, 1}}}};
    }
    found operator()(asked_for<chargeback::tell_chargeback>) const {
        found made;
        for (auto const& one : all.chargebacks())
            for_each_phase(made, one.kept.last.chargeback, one.kept.last.amount, one.kept.last.tender);
        for_each_phase(made, chargeback_id{fmt::format("chargeback-{}", all.chargebacks().size() + 1)},
                       all.payments().front().kept.order.captured, {});
        return made;
    }

    found operator()(asked_for<buyer_protection::extend_protection>) const {
        found made;
        for (auto const& one : all.protections())
            made.emplace_back(buyer_protection::extend_protection{one.kept.line, 1});
        return made;
    }
    found operator()(asked_for<buyer_protection::confirm_delivery>) const {
        found made;
        for (auto const& one : all.protections()) made.emplace_back(buyer_protection::confirm_delivery{one.kept.line});
        return made;
    }

  private:
    void for_each_phase(found& made, chargeback_id const& id, recourse::money const& amount,
                        tender_id const& tender) const {
        for (std::size_t at = 0; at < wire_names<chargeback::phase>.size(); ++at)
            made.emplace_back(chargeback::tell_chargeback{id, static_cast<chargeback::phase>(at), amount, tender,
                                                          all.last_at, all.version});
    }

    // A piece of each kind that the policy calls for with that action, or just one.
    [[nodiscard]] std::vector<recourse::evidence> evidence(evidence_action with) const {
        auto const kinds = engine::kinds_required(*known.policy, with, all);
        return kinds.empty() ? std::vector{fresh_evidence(all, known)} : fresh_pieces(kinds);
    }
    [[nodiscard]] std::vector<recourse::evidence> fresh_pieces(std::vector<evidence_kind> const& kinds) const {
        std::vector<recourse::evidence> made;
        for (auto const kind : kinds) made.push_back(fresh_piece(all, known, kind, made.size()));
        return made;
    }

    // One that a decision may cite.
    [[nodiscard]] std::vector<rule_id> rules() const {
        auto const& listed = known.policy->rules;
        if (listed.empty()) return {};
        return {listed.front().rule};
    }

    template <class Command>
    [[nodiscard]] found on_each_ground() const {
        found made;
        auto const shown = evidence(from_wire_name<evidence_action>(Command::name).value());
        for (auto const& one : known.policy->appeals.grounds) made.emplace_back(Command{one, shown});
        // Where the policy has none, one that it does not know still tells why.
        if (made.empty()) made.emplace_back(Command{ground{"none"}, shown});
        return made;
    }

    // Every remedy with the smallest, the largest and one amount in between, or with each right one.
    [[nodiscard]] std::vector<award> awards(award_use use) const {
        std::vector<award> made;
        auto const& disputed = all.dispute().kept;
        auto const& currency = disputed.refundable.currency;
        for (auto const& legal : award_amounts(all, known, use)) {
            auto tried = legal.values_minor;
            if (tried.empty()) {
                auto const between = legal.smallest_minor + (legal.largest_minor - legal.smallest_minor) / 2;
                tried = {legal.smallest_minor, between, legal.largest_minor};
            }
            // Where no amount is right, one that is wrong still tells why.
            for (auto& minor : tried) minor = std::max<std::int64_t>(minor, 1);
            tried.erase(std::unique(tried.begin(), tried.end()), tried.end());
            for (auto const minor : tried) {
                award one{legal.remedy, {minor, currency}};
                if (legal.remedy == remedy::alternative && !known.policy->alternatives.empty())
                    one.alternative = known.policy->alternatives.front().alternative;
                made.push_back(std::move(one));
            }
        }
        return made;
    }

    template <class Command>
    [[nodiscard]] found of_each_award(award_use use) const {
        found made;
        for (auto& one : awards(use)) {
            Command command;
            command.award = std::move(one);
            if constexpr (requires { command.rules; }) command.rules = rules();
            made.emplace_back(std::move(command));
        }
        return made;
    }

    template <class Command>
    [[nodiscard]] found of_each_open_offer() const {
        found made;
        for (auto const& one : all.offers()) {
            if (one.in<offer::proposed>() || one.in<offer::half_accepted>()) made.emplace_back(Command{one.number});
        }
        return made;
    }
};

}  // namespace

std::vector<legal_amounts> award_amounts(remedy_set offered, std::int64_t refundable_minor,
                                         partial_amounts const& partial) {
    std::vector<legal_amounts> amounts;
    for (std::size_t at = 0; at < wire_names<remedy>.size(); ++at) {
        auto const kind = static_cast<remedy>(at);
        if (!offered.contains(kind)) continue;
        switch (kind) {
            case remedy::full_refund:
                amounts.push_back({kind, refundable_minor, refundable_minor, {refundable_minor}});
                break;
            case remedy::partial_refund:
                if (partial.form == partial_form::free)
                    amounts.push_back({kind, 1, refundable_minor - 1, {}});
                else if (partial.minors.empty())
                    amounts.push_back({kind, 1, 0, {}});
                else if (partial.form == partial_form::range)
                    amounts.push_back({kind, partial.minors.front(), partial.minors.back(), {}});
                else
                    amounts.push_back({kind, partial.minors.front(), partial.minors.back(), partial.minors});
                break;
            case remedy::return_refund:
            case remedy::exchange:
            case remedy::replacement:
            case remedy::alternative: amounts.push_back({kind, 1, refundable_minor, {}}); break;
        }
    }
    return amounts;
}

std::vector<legal_amounts> award_amounts(record const& all, terms const& known, award_use use) {
    auto const& disputed = all.dispute().kept;
    auto const offered = engine::offered_remedies(*known.policy, disputed.reason);
    auto const refundable = engine::refundable_in_all(all);
    if (use == award_use::decided) return award_amounts(offered, refundable.minor);
    return award_amounts(offered, refundable.minor,
                         engine::partial_refunds(*known.policy, disputed.reason, refundable));
}

evidence fresh_evidence(record const& all, terms const& known) {
    return fresh_piece(all, known, evidence_kind::statement, 0);
}

std::vector<command_body> candidates(record const& all, terms const& known, account const* money) {
    std::vector<command_body> found;
    if (all.version == 0) return found;
    proposing const of{all, known, money};
    // What happens in a dispute is tried on disputes, what happens to a payment on its file.
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (lifecycle::is_of_payment<L>() != is_of_payment(all)) return;
        lifecycle::for_each(lifecycle::commands_of<L>{}, [&]<class Command>() {
            if constexpr (!lifecycle::is_internal<Command>()) {
                auto made = of(asked_for<Command>{});
                std::move(made.begin(), made.end(), std::back_inserter(found));
            }
        });
    });
    return found;
}

std::optional<std::uint32_t> number_named(command_body const& body) {
    return std::visit(
        [](auto const& one) -> std::optional<std::uint32_t> {
            if constexpr (requires { one.offer; }) return one.offer;
            if constexpr (requires { one.refund; }) return one.refund;
            return std::nullopt;
        },
        body);
}

std::vector<actor> actors(record const& all) {
    auto const kept = subject_of(all);
    auto mediator = all.mediation().kept.seat->mediator;
    // Under appeal it is the reviewer's turn, who has not decided before; a mediation that begins anew after it has a
    // mediator of its own.
    if (all.dispute().in<dispute::under_appeal>() && !all.appeals().empty())
        mediator = all.appeals().back().kept.reviewer;
    if (mediator.empty()) mediator = free_mediator(all);
    return {{role::buyer, kept.buyer.id},
            {role::seller, kept.seller.id},
            {role::mediator, mediator},
            {role::host, actor_id{"host"}},
            {role::platform_operator, actor_id{"operator"}}};
}

}  // namespace recourse
