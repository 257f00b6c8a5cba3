// The candidates of each command: one overload a command, so that a command without candidates does not compile.
#include "recourse/engine/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/situation.hpp"

namespace recourse {
namespace {

template <class Command>
struct asked_for {};

struct proposing {
    record const& all;
    terms const& known;
    account const* money;

    using found = std::vector<command_body>;

    found operator()(asked_for<dispute::open_dispute>) const { return {}; }  // `eligibility` answers for these
    found operator()(asked_for<dispute::submit_evidence>) const { return {dispute::submit_evidence{evidence()}}; }
    found operator()(asked_for<dispute::escalate_dispute>) const { return {dispute::escalate_dispute{}}; }
    found operator()(asked_for<dispute::withdraw_dispute>) const { return {dispute::withdraw_dispute{}}; }

    found operator()(asked_for<offer::make_offer>) const { return of_each_award<offer::make_offer>(); }
    found operator()(asked_for<offer::accept_offer>) const { return of_each_open_offer<offer::accept_offer>(); }
    found operator()(asked_for<offer::decline_offer>) const { return of_each_open_offer<offer::decline_offer>(); }
    found operator()(asked_for<offer::withdraw_offer>) const { return of_each_open_offer<offer::withdraw_offer>(); }

    found operator()(asked_for<mediation::take_mediation>) const { return {mediation::take_mediation{}}; }
    found operator()(asked_for<mediation::request_information>) const {
        using enum mediation::asked;
        return {mediation::request_information{both}, mediation::request_information{buyer},
                mediation::request_information{seller}};
    }
    found operator()(asked_for<mediation::provide_information>) const {
        return {mediation::provide_information{evidence()}};
    }
    found operator()(asked_for<mediation::award_remedy>) const { return of_each_award<mediation::award_remedy>(); }
    found operator()(asked_for<mediation::reject_claim>) const { return {mediation::reject_claim{}}; }

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
    found operator()(asked_for<return_request::contest_return>) const {
        return {return_request::contest_return{evidence()}};
    }

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
    found operator()(asked_for<refund::retry_refund>) const {
        found made;
        for (auto const& one : all.refunds()) made.emplace_back(refund::retry_refund{one.number});
        return made;
    }

  private:
    [[nodiscard]] std::vector<recourse::evidence> evidence() const { return {fresh_evidence(all, known)}; }

    template <class Command>
    [[nodiscard]] found of_each_award() const {
        found made;
        auto const& currency = all.dispute().kept.refundable.currency;
        for (auto const& legal : award_amounts(all, known)) {
            auto tried = legal.values_minor;
            if (tried.empty()) {
                auto const between = legal.smallest_minor + (legal.largest_minor - legal.smallest_minor) / 2;
                tried = {legal.smallest_minor, between, legal.largest_minor};
            }
            // Where no amount is right, one that is wrong still tells why.
            for (auto& minor : tried) minor = std::max<std::int64_t>(minor, 1);
            tried.erase(std::unique(tried.begin(), tried.end()), tried.end());
            for (auto const minor : tried) made.emplace_back(Command{award{legal.remedy, {minor, currency}}});
        }
        return made;
    }

    template <class Command>
    [[nodiscard]] found of_each_open_offer() const {
        found made;
        for (auto const& one : all.offers()) {
            if (one.in<offer::proposed>()) made.emplace_back(Command{one.number});
        }
        return made;
    }
};

}  // namespace

std::vector<legal_amounts> award_amounts(remedy_set offered, std::int64_t refundable_minor) {
    std::vector<legal_amounts> amounts;
    for (std::size_t at = 0; at < wire_names<remedy>.size(); ++at) {
        auto const kind = static_cast<remedy>(at);
        if (!offered.contains(kind)) continue;
        switch (kind) {
            case remedy::full_refund:
                amounts.push_back({kind, refundable_minor, refundable_minor, {refundable_minor}});
                break;
            case remedy::partial_refund: amounts.push_back({kind, 1, refundable_minor - 1, {}}); break;
            case remedy::return_refund: amounts.push_back({kind, 1, refundable_minor, {}}); break;
        }
    }
    return amounts;
}

std::vector<legal_amounts> award_amounts(record const& all, terms const& known) {
    auto const& disputed = all.dispute().kept;
    return award_amounts(engine::offered_remedies(*known.policy, disputed.reason), disputed.refundable.minor);
}

evidence fresh_evidence(record const& all, terms const&) {
    // Content is judged by its digest, and this one is of nothing; the count makes it new each time.
    auto const content = fmt::format("recourse: piece {} for trial", all.dispute().kept.evidence.size());
    return {evidence_kind::statement, sha256(content), "text/plain", 1};
}

std::vector<command_body> candidates(record const& all, terms const& known, account const* money) {
    std::vector<command_body> found;
    if (all.version == 0) return found;
    proposing const of{all, known, money};
    lifecycle::for_each(lifecycle::words_of<lifecycle::all>::commands{}, [&]<class Command>() {
        auto made = of(asked_for<Command>{});
        std::move(made.begin(), made.end(), std::back_inserter(found));
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
    auto const& kept = all.dispute().kept;
    auto mediator = all.mediation().kept.mediator;
    if (mediator.empty()) {
        // Nobody mediates a dispute in which he is a party.
        mediator = actor_id{"any-mediator"};
        for (int next = 2; mediator == kept.buyer.id || mediator == kept.seller.id; ++next)
            mediator = actor_id{fmt::format("any-mediator-{}", next)};
    }
    return {{role::buyer, kept.buyer.id},
            {role::seller, kept.seller.id},
            {role::mediator, mediator},
            {role::host, actor_id{"host"}},
            {role::platform_operator, actor_id{"operator"}}};
}

}  // namespace recourse
