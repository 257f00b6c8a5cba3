// Money of random orders in three currencies, with components, tenders and discounts, that disputes, refunds by other
// routes and chargebacks move in any order: the account is sound after every step, nothing is counted twice, and the last
// refund returns the last unit of each line, tender and component.
#include <map>

#include "engine/stage.hpp"
#include "properties/properties.hpp"
#include "properties/walks.hpp"
#include "recourse/engine/json.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

// Numbers that RapidCheck made, read one by one; after the last one the story ends.
class tape {
  public:
    explicit tape(std::vector<unsigned> numbers) : numbers_{std::move(numbers)} {}
    [[nodiscard]] bool ended() const noexcept { return at_ >= numbers_.size(); }
    std::int64_t below(std::int64_t limit) {
        auto const number = ended() ? 0U : numbers_[at_++];
        return limit <= 0 ? 0 : static_cast<std::int64_t>(number) % limit;
    }
    std::int64_t from_1_to(std::int64_t most) { return 1 + below(most); }

  private:
    std::vector<unsigned> numbers_;
    std::size_t at_ = 0;
};

order_facts random_order(tape& random) {
    auto const unit = *currency::find(std::array{"EUR", "JPY", "KWD"}[static_cast<std::size_t>(random.below(3))]);
    auto order = an_order();
    order.lines.clear();
    auto const count = random.from_1_to(4);
    for (std::int64_t at = 0; at < count; ++at) {
        order_line line{line_id{"L" + std::to_string(at)}, random.from_1_to(4), {random.below(20000), unit}};
        if (random.below(2) == 0) {
            auto const tax = line.paid.minor / 6;
            line.components = {{component_kind::item, line.paid.minor - tax}, {component_kind::tax, tax}};
        }
        order.lines.push_back(std::move(line));
    }
    // Of the whole order: shipping, then a discount of up to three quarters.
    for (auto const& of_order :
         {component{component_kind::shipping_outbound, random.below(900)}, component{component_kind::discount, 0}}) {
        std::int64_t paid = 0;
        for (auto const& line : order.lines) paid += line.paid.minor;
        auto told = of_order;
        if (told.kind == component_kind::discount) told.minor = -random.below(paid * 3 / 4 + 1);
        if (paid > 0) order.lines = spread(told, order.lines).value();
        std::int64_t after = 0;
        for (auto const& line : order.lines) after += line.paid.minor;
        RC_ASSERT(after == paid + (paid > 0 ? told.minor : 0));
    }
    order.captured = {0, unit};
    for (auto const& line : order.lines) order.captured.minor += line.paid.minor;
    if (random.below(4) != 0) {
        auto const gift = random.below(order.captured.minor + 1);
        auto const credit = random.below(order.captured.minor - gift + 1);
        order.tenders = {{tender_id{"card"}, tender_kind::card, {order.captured.minor - gift - credit, unit}},
                         {tender_id{"gift"}, tender_kind::gift_card, {gift, unit}},
                         {tender_id{"credit"}, tender_kind::store_credit, {credit, unit}}};
    }
    RC_ASSERT(contradiction(order, account_of(order)) == "");
    return order;
}

struct one_dispute {
    dispute_id id;
    record all;
};

// The same money once more, by the simplest means: what each route has paid back.
struct paid_back {
    std::int64_t refunded = 0;
    std::int64_t outside = 0;
    std::map<std::string, std::pair<chargeback_state, std::int64_t>, std::less<>> chargebacks;
};

class story {
  public:
    story(order_facts order, tender_order first) : order_{std::move(order)}, first_{std::move(first)} {
        of_ = account_of(order_);
        for (auto const& line : order_.lines) given_.push_back(by_component(line.components, 0, 0));
    }

    void step(tape& random) {
        switch (random.below(6)) {
            case 0: open_dispute(random); break;
            case 1: settle(random); break;
            case 2: confirm(random); break;
            case 3: withdraw(random); break;
            case 4: refund_outside(random); break;
            default: charge_back(random); break;
        }
        check();
    }

    // Everything is called off and won, then what is left is paid back in a few parts.
    void finish(tape& random) {
        while (!undecided_.empty()) withdraw(random);
        while (!instructed_.empty()) confirm(random);
        for (auto& [name, heard] : model_.chargebacks) {
            RC_ASSERT(
                post_chargeback(of_, {chargeback_id{name}, chargeback_state::won, {heard.second, of_.currency}, {}})
                    .has_value());
            heard.first = chargeback_state::won;
        }
        check();
        while (of_.left_minor() > 0) {
            lines_ part;
            for (auto const& line : of_.lines) {
                auto const left = engine_left(line);
                auto const some = left > 2 ? left / 3 + 1 : left;
                if (some > 0) part.push_back({line.line, 1, some});
            }
            tell_outside({outside_id{next_name("last")}, part, {}, {}});
            check();
        }
        for (std::size_t at = 0; at < of_.lines.size(); ++at) {
            auto const& line = of_.lines[at];
            RC_ASSERT(line.refunded_minor + line.outside_refunded_minor == line.paid_minor);
            if (!line.components.empty()) RC_ASSERT(given_[at] == line.components);
        }
        for (auto const& one : of_.tenders)
            RC_ASSERT(one.refunded_minor + one.outside_refunded_minor == one.captured_minor);
    }

  private:
    using lines_ = std::vector<line_amount>;

    static std::int64_t engine_left(account_line const& line) {
        return line.paid_minor - line.reserved_minor - line.refunded_minor - line.outside_refunded_minor -
               line.charged_back_minor;
    }
    std::string next_name(std::string_view kind) { return std::string{kind} + "-" + std::to_string(++names_); }
    void happens(one_dispute const& one, event_body body) {
        event happened;
        happened.body = std::move(body);
        post(of_, one.id, one.all, happened);
    }
    // Every cent that goes back has its components, whichever way it goes.
    void give(lines_ const& several, account const& before) {
        for (auto const& one : several) {
            for (std::size_t at = 0; at < before.lines.size(); ++at) {
                if (before.lines[at].line != one.line) continue;
                auto const parts = by_component(before.lines[at], one.minor);
                for (std::size_t part = 0; part < parts.size(); ++part) {
                    bool const is_discount = parts[part].kind == component_kind::discount;
                    RC_ASSERT((is_discount ? parts[part].minor <= 0 : parts[part].minor >= 0));
                    given_[at][part].minor += parts[part].minor;
                }
            }
        }
    }

    void open_dispute(tape& random) {
        one_dispute made{dispute_id{next_name("D")}, {}};
        auto& kept = made.all.of<dispute::lifecycle_type>().kept;
        for (auto const& line : of_.lines) {
            auto const free_units = line.units - line.units_in_dispute;
            auto const units = std::min(free_units, random.below(3));
            if (units < 1) continue;
            auto const minor = refundable_minor(line, units);
            RC_ASSERT(minor >= 0);
            RC_ASSERT(minor <= engine_left(line));
            kept.lines.push_back({line.line, units, minor});
        }
        if (kept.lines.empty()) return;
        happens(made, dispute::dispute_opened{});
        undecided_.push_back(std::move(made));
    }
    one_dispute taken(std::vector<one_dispute>& from, tape& random) {
        auto const at = from.begin() + random.below(static_cast<std::int64_t>(from.size()));
        auto one = std::move(*at);
        from.erase(at);
        return one;
    }
    void settle(tape& random) {
        if (undecided_.empty()) return;
        auto one = taken(undecided_, random);
        auto const& held = one.all.dispute().kept.lines;
        std::vector<std::int64_t> weights;
        std::int64_t all = 0;
        for (auto const& line : held) {
            weights.push_back(line.minor);
            all += line.minor;
        }
        auto const award = all == 0 ? 0 : random.from_1_to(all);
        auto split = held;
        auto const shares = allocate(award, weights);
        for (std::size_t at = 0; at < split.size(); ++at) split[at].minor = shares[at];
        dispute::settlement_begun begun;
        begun.split = split;
        happens(one, std::move(begun));
        auto const tenders =
            of_.tenders.empty() ? std::vector<tender_amount>{} : split_over_tenders(of_, award, first_);
        std::int64_t of_tenders = 0;
        for (auto const& part : tenders) of_tenders += part.minor;
        if (!of_.tenders.empty()) RC_ASSERT(of_tenders == award);
        refund::instance order;
        order.lines = split;
        order.tenders = tenders;
        one.all.of<refund::lifecycle_type>().push_back({.number = 1, .state = 1, .clock = {}, .kept = order});
        refund::refund_instructed instructed;
        instructed.tenders = tenders;
        happens(one, std::move(instructed));
        instructed_.push_back(std::move(one));
    }
    void confirm(tape& random) {
        if (instructed_.empty()) return;
        auto const one = taken(instructed_, random);
        auto const& paid = one.all.refunds()[0].kept.lines;
        give(paid, of_);
        for (auto const& line : paid) model_.refunded += line.minor;
        happens(one, refund::refund_confirmed{});
        happens(one, dispute::dispute_settled{});
    }
    void withdraw(tape& random) {
        if (undecided_.empty()) return;
        happens(taken(undecided_, random), dispute::dispute_withdrawn{});
    }

    void tell_outside(outside_refund const& told) {
        auto const before = of_;
        auto const done = post_outside_refund(of_, told, first_);
        if (!done) {
            RC_ASSERT(of_ == before);
            RC_ASSERT(done.error().code == refusal::amount_exceeds_refundable);
            return;
        }
        RC_ASSERT(*done);
        give(told.lines, before);
        for (auto const& line : told.lines) model_.outside += line.minor;
        auto const once = of_;
        RC_ASSERT(!post_outside_refund(of_, told, first_).value());
        RC_ASSERT(of_ == once);
    }
    void refund_outside(tape& random) {
        outside_refund told{outside_id{next_name("R")}, {}, {}, {}};
        auto const& line =
            of_.lines[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(of_.lines.size())))];
        told.lines = {{line.line, 1, random.from_1_to(engine_left(line) + 2)}};
        if (!of_.tenders.empty() && random.below(3) == 0) told.tender = of_.tenders[0].tender;
        // A dispute may give up what it holds of the line.
        line_amount* held = nullptr;
        if (!undecided_.empty() && random.below(2) == 0) {
            for (auto& one : undecided_.back().all.of<dispute::lifecycle_type>().kept.lines) {
                if (one.line == line.line && one.minor > 0) held = &one;
            }
        }
        if (held != nullptr) told.released = {{held->line, 0, random.from_1_to(held->minor)}};
        auto const outside_before = model_.outside;
        tell_outside(told);
        if (held != nullptr && model_.outside != outside_before) held->minor -= told.released[0].minor;
    }
    void charge_back(tape& random) {
        auto const name = "CB-" + std::to_string(random.below(3));
        auto const state = static_cast<chargeback_state>(random.below(6));
        auto const minor = random.from_1_to(of_.captured_minor() + 1);
        auto const before = of_;
        auto const done = post_chargeback(of_, {chargeback_id{name}, state, {minor, of_.currency}, {}});
        auto const known = model_.chargebacks.find(name);
        bool const reopens = known != model_.chargebacks.end() && is_final(known->second.first) && !is_final(state);
        RC_ASSERT(done.has_value() == (!reopens && minor <= of_.captured_minor()));
        if (!done) {
            RC_ASSERT(of_ == before);
            return;
        }
        model_.chargebacks[name] = {state, minor};
        auto const once = of_;
        RC_ASSERT(!post_chargeback(of_, {chargeback_id{name}, state, {minor, of_.currency}, {}}).value());
        RC_ASSERT(of_ == once);
    }

    void check() const {
        RC_ASSERT(imbalance(of_) == "");
        std::int64_t held = 0;
        for (auto const& one : undecided_) {
            for (auto const& line : one.all.dispute().kept.lines) held += line.minor;
        }
        for (auto const& one : instructed_) {
            for (auto const& line : one.all.refunds()[0].kept.lines) held += line.minor;
        }
        RC_ASSERT(of_.reserved_minor() == held);
        RC_ASSERT(of_.refunded_minor() == model_.refunded);
        RC_ASSERT(of_.outside_refunded_minor() == model_.outside);
        RC_ASSERT(of_.open.size() == undecided_.size() + instructed_.size());
        std::int64_t open = 0;
        std::int64_t lost = 0;
        for (auto const& [name, heard] : model_.chargebacks) {
            if (heard.first == chargeback_state::open) open += heard.second;
            if (heard.first == chargeback_state::lost) lost += heard.second;
        }
        // As much is charged back as there is room for, and not a unit more.
        auto const room = of_.captured_minor() - held - model_.refunded - model_.outside;
        RC_ASSERT(of_.blocked_minor() + of_.lost_minor() == std::min(room, open + lost));
        RC_ASSERT(of_.left_minor() == room - std::min(room, open + lost));
        RC_ASSERT(of_.overlapping_minor() == open + lost - std::min(room, open + lost));
        RC_ASSERT(of_.recoup_due_minor() ==
                  std::max<std::int64_t>(0, model_.refunded + model_.outside + lost - of_.captured_minor()));
        auto read = read_account(lines_to_json(of_));
        read.payment = of_.payment;
        read.currency = of_.currency;
        RC_ASSERT(read == of_);
    }

    order_facts order_;
    tender_order first_;
    account of_;
    std::vector<one_dispute> undecided_;
    std::vector<one_dispute> instructed_;
    std::vector<std::vector<component>> given_;
    paid_back model_;
    int names_ = 0;
};

}  // namespace

bool no_route_pays_twice() {
    return rc::check("disputes, refunds by other routes and chargebacks in any order keep the account sound", [] {
        tape random{*rc::gen::scale(4.0, rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0U, 1'000'000U)))};
        tender_order const orders[] = {{}, {true, {}}, {false, {tender_kind::store_credit, tender_kind::gift_card}}};
        story told{random_order(random), orders[random.below(3)]};
        while (!random.ended()) told.step(random);
        told.finish(random);
    });
}
