// Eligibility: an opening is tried on nothing, with everything that could be claimed.
#include "recourse/engine/eligibility.hpp"

#include <algorithm>

#include "engine/situation.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(eligibility_question, (), (group, policy, policy_version, order, reason))
namespace json {
template <>
inline constexpr std::array<std::string_view, 1> defaulted<eligibility_question>{"policy"};
}  // namespace json

namespace {

// What the buyer would claim: all that is free and still worth something; else what tells why nothing can be claimed.
std::vector<claim_line> claimable(std::vector<claimable_line> const& lines, instant now) {
    std::vector<claim_line> claimed;
    auto const is_open = [&](auto const& one) { return one.earliest && *one.earliest <= now && now < *one.latest; };
    bool const none_is_open = std::none_of(lines.begin(), lines.end(), is_open);
    for (auto const& one : lines) {
        if (one.refundable.minor > 0 && (none_is_open || is_open(one))) claimed.push_back({one.line, one.units});
    }
    if (!claimed.empty()) return claimed;
    for (auto const& one : lines) claimed.push_back({one.line, std::max<std::int64_t>(one.units, 1)});
    return claimed;
}

class question {
  public:
    question(order_facts const& order, reason const& why, std::optional<account> const& recorded, terms const& known,
             instant now)
        : order_{order}, why_{why}, recorded_{recorded}, known_{known}, now_{now} {}

    eligibility answered() {
        answer_.policy = known_.reference;
        auto const money = recorded_.value_or(account_of(order_));
        if (contradiction(order_, money).empty()) {
            list_lines(money);
        }
        if (engine::rule_of(why_, *known_.policy) != nullptr) answer_.evidence_required = kinds_with(std::nullopt);
        claimed_ = claimable(answer_.lines, now_);
        try_remedies();
        if (answer_.eligible()) answer_.evidence = evidence_accepted({}, known_, role::buyer);
        return std::move(answer_);
    }

  private:
    std::vector<evidence_kind> kinds_with(std::optional<remedy> about) const {
        return engine::kinds_for_opening(*known_.policy, why_, about, order_.buyer);
    }

    void list_lines(account const& money) {
        for (auto const& one : money.lines) {
            auto const free = one.units - one.units_in_dispute;
            auto const minor = free > 0 ? refundable_minor(one, free) : 0;
            auto& line = answer_.lines.emplace_back(
                claimable_line{one.line, free, one.units_in_dispute, {minor, money.currency}});
            find_window(line);
        }
    }

    void find_window(claimable_line& of) {
        auto const times = times_of(order_, of.line, known_.policy->protection.parcels);
        auto const end = engine::protection_end(times, known_);
        if (!end) return;
        auto const window = engine::window_of(why_, times, known_, now_);
        of.earliest = window.opens ? std::max(end->from, *window.opens) : end->from;
        of.latest = window.closes ? std::min(end->due, *window.closes) : end->due;
        if (!answer_.earliest || *of.earliest < *answer_.earliest) answer_.earliest = of.earliest;
        if (!answer_.latest || *of.latest > *answer_.latest) answer_.latest = of.latest;
    }

    void try_remedies() {
        std::int64_t all_minor = 0;
        for (auto const& one : answer_.lines) {
            bool const is_claimed = std::any_of(claimed_.begin(), claimed_.end(),
                                                [&](auto const& claimed) { return claimed.line == one.line; });
            if (is_claimed) all_minor += one.refundable.minor;
        }
        auto const currency = order_.captured.currency;
        std::optional<refusals> fewest;
        auto const take = [&](refusals no) {
            if (!fewest || no.size() < fewest->size()) fewest = std::move(no);
        };
        auto const offered = engine::offered_remedies(*known_.policy, why_);
        auto const partial = engine::partial_refunds(*known_.policy, why_, {all_minor, currency});
        for (auto const& legal : award_amounts(offered, all_minor, partial)) {
            award tried{legal.remedy, {legal.smallest_minor, currency}};
            if (legal.remedy == remedy::alternative && !known_.policy->alternatives.empty())
                tried.alternative = known_.policy->alternatives.front().alternative;
            auto no = refused_for(tried);
            if (no.empty()) {
                auto& limits = answer_.remedies.emplace_back(limits_of(legal, currency));
                limits.evidence_required = kinds_with(legal.remedy);
                std::erase_if(limits.evidence_required, [&](auto kind) {
                    auto const& anyway = answer_.evidence_required;
                    return std::find(anyway.begin(), anyway.end(), kind) != anyway.end();
                });
            }
            take(std::move(no));
        }
        // A reason that is not offered has no remedies; the opening itself says so.
        if (!fewest) take(refused_for({remedy::full_refund, {all_minor, currency}}));
        answer_.blocked_by = *std::move(fewest);
    }

    refusals refused_for(award claim) const {
        dispute::open_dispute opening;
        opening.policy = known_.policy->id;
        opening.order = order_;
        opening.reason = why_;
        opening.lines = claimed_;
        for (auto const kind : kinds_with(claim.remedy))
            opening.evidence.push_back({kind, sha256(wire_name(kind)), engine::media_type_taken(*known_.policy), 1});
        opening.award = std::move(claim);
        dispute_key const nowhere;
        command asked;
        asked.dispute = nowhere;
        asked.by = {role::buyer, order_.buyer.id};
        asked.body = std::move(opening);
        return decide(nowhere, {}, recorded_, known_, asked, now_).refused;
    }

    order_facts const& order_;
    reason const& why_;
    std::optional<account> const& recorded_;
    terms const& known_;
    instant now_;
    std::vector<claim_line> claimed_;
    eligibility answer_;
};

}  // namespace

eligibility eligibility_of(order_facts const& order, reason const& why, std::optional<account> const& recorded,
                           terms const& known, instant now) {
    return question{order, why, recorded, known, now}.answered();
}

result<eligibility_question, input_problems> read_eligibility_question(std::string_view text) {
    json::problems found;
    eligibility_question read;
    if (auto const document = json::parse(text, json::origin::foreign, found))
        json::read_value(*document, read, json::place{}, found);
    if (!found.none()) return failed{found.take()};
    return read;
}

}  // namespace recourse
