// Hearing: what a dispute does when a chargeback begins or ends, and what the file of a payment does when a dispute pays.
#include <fmt/format.h>

#include <numeric>

#include "engine/account_rows.hpp"
#include "engine/deciding.hpp"

namespace recourse {
namespace {

using engine::deciding;

constexpr std::uint8_t holding[] = {dispute::negotiating::code,  dispute::in_mediation::code, dispute::decided::code,
                                    dispute::under_appeal::code, dispute::returning::code,    dispute::exchanging::code,
                                    dispute::remedying::code};
constexpr std::uint8_t paying[] = {dispute::settling::code, dispute::settlement_failed::code};

template <std::size_t Size>
bool is_in(record const& all, std::uint8_t const (&states)[Size]) noexcept {
    return std::find(std::begin(states), std::end(states), all.dispute().state) != std::end(states);
}

std::int64_t sum(std::vector<line_amount> const& lines) noexcept {
    return std::accumulate(lines.begin(), lines.end(), std::int64_t{0},
                           [](auto total, auto const& one) { return total + one.minor; });
}

// So much of these lines, in proportion to what each has.
std::vector<line_amount> part_of(std::vector<line_amount> lines, std::int64_t minor) {
    std::vector<std::int64_t> weights;
    for (auto const& one : lines) weights.push_back(one.minor);
    auto const shares = allocate(minor, weights);
    for (std::size_t at = 0; at < lines.size(); ++at) lines[at] = {lines[at].line, 0, shares[at]};
    std::erase_if(lines, [](auto const& one) { return one.minor == 0; });
    return lines;
}

class hearing {
  public:
    hearing(dispute_key const& key, record const& before, account const& money, terms const& known, actor const& by,
            instant at)
        : known_{known}, key_{key}, money_{money}, doing_{begun(before, money), key, known, by, std::nullopt, at} {}

    std::optional<recorded> of(payment_news const& news) {
        doing_.hears();
        if (is_payment_file(key_)) {
            settle_recoup();
            release_confirmations();
        } else if (news.merged) {
            tell<dispute::lifecycle_type>(1, dispute::join_units{*news.merged, news.joined});
        } else if (is_in(doing_.all(), holding) || is_in(doing_.all(), paying)) {
            give_up(news.given_up);
            if (news.chargeback_was_opened) chargeback_opens();
            if (!blocked_since(money_)) chargebacks_have_ended();
        }
        if (!doing_.has_recorded()) return std::nullopt;
        doing_.finish();
        return std::move(done_);
    }

  private:
    recorded& begun(record const& before, account const& money) {
        engine::begin(done_, before);
        done_.money = money;
        return done_;
    }

    template <class L, class Command>
    void tell(std::uint32_t number, Command const& command) {
        if (doing_.tell<L>(number, command)) return;
        throw failure{failure_kind::store_corrupt,
                      fmt::format("{} cannot do what follows from its payment: {}", to_text(key_),
                                  to_text(doing_.refused_so_far().front()))};
    }
    void close(resolution how) { tell<dispute::lifecycle_type>(1, dispute::close_dispute{how}); }
    [[nodiscard]] bool is_closed() const { return doing_.all().dispute().in<dispute::closed>(); }

    void settle_recoup() {
        auto const& asked = doing_.all().payments().front().kept.recoup_minor;
        if (money_.recoup_due_minor() != asked) tell<payment::lifecycle_type>(1, payment::settle_recoup{});
    }

    // What was delivered counts as confirmed once nobody disputes it any more.
    void release_confirmations() {
        for (std::uint32_t number = 1; number <= doing_.all().protections().size(); ++number) {
            auto const& one = doing_.all().protections()[number - 1];
            bool const is_free = std::any_of(money_.lines.begin(), money_.lines.end(), [&](auto const& line) {
                return line.line == one.kept.line && line.units_in_dispute == 0;
            });
            if (one.kept.is_held && is_free)
                tell<buyer_protection::lifecycle_type>(number, buyer_protection::release_confirmation{});
        }
    }

    // Refunded by another route: the claim is so much smaller, or there is none left.
    void give_up(std::vector<line_amount> const& lines) {
        if (lines.empty()) return;
        tell<dispute::lifecycle_type>(1, dispute::reduce_claim{lines, true});
        if (doing_.all().dispute().kept.refundable.minor == 0) close(resolution::refunded_outside);
    }

    void chargeback_opens() {
        if (is_closed()) return;
        switch (known_.policy->chargebacks.on_open) {
            case chargeback_effect::closes: return close(resolution::charged_back);
            case chargeback_effect::continues: return;
            case chargeback_effect::suspends: break;
        }
        if (is_suspended(doing_.all())) return;
        auto const next = static_cast<std::uint32_t>(doing_.all().suspensions().size() + 1);
        tell<suspension::lifecycle_type>(next, suspension::begin_suspension{});
    }

    // What a lost chargeback has taken of the money that the dispute held is gone; the dispute goes on with the rest.
    void chargebacks_have_ended() {
        if (is_closed()) return;
        auto const& all = doing_.all();
        std::vector<line_amount> claimed;
        if (is_in(all, holding)) claimed = all.dispute().kept.lines;
        std::int64_t held = 0;
        for (auto const& one : all.refunds()) held += one.in<refund::held>() ? one.kept.amount.minor : 0;
        auto const whole = sum(claimed) + held;
        auto gone = std::min(money_.overlapping_minor(), whole);
        if (gone > 0 && gone == whole) return close(resolution::charged_back);
        auto const of_claim = std::min(gone, sum(claimed));
        if (of_claim > 0) tell<dispute::lifecycle_type>(1, dispute::reduce_claim{part_of(claimed, of_claim), false});
        gone -= of_claim;
        if (is_suspended(doing_.all()))
            tell<suspension::lifecycle_type>(doing_.all().suspensions().back().number, suspension::end_suspension{});
        for (std::uint32_t number = 1; number <= doing_.all().refunds().size(); ++number) {
            auto const order = doing_.all().refunds()[number - 1];
            if (!order.in<refund::held>()) continue;
            auto const of_order = std::min(gone, order.kept.amount.minor);
            gone -= of_order;
            if (of_order == order.kept.amount.minor)
                tell<refund::lifecycle_type>(number, refund::call_off_refund{});
            else
                tell<refund::lifecycle_type>(number, refund::release_refund{part_of(order.kept.lines, of_order)});
        }
    }

    terms const& known_;
    dispute_key const& key_;
    account const& money_;  // as it was before what is recorded here
    recorded done_;
    deciding doing_;
};

}  // namespace

std::optional<recorded> hear(dispute_key const& key, record const& before, account const& money, terms const& known,
                             actor const& by, payment_news const& news, instant at) {
    return hearing{key, before, money, known, by, at}.of(news);
}

std::int64_t claimed_minor(record const& all, line_id const& line) noexcept {
    std::int64_t total = 0;
    if (!is_in(all, holding)) return total;
    for (auto const& one : all.dispute().kept.lines) total += one.line == line ? one.minor : 0;
    return total;
}

std::vector<line_amount> lacking_for(account const& of, std::vector<line_amount> lines) {
    for (auto& one : lines) {
        for (auto const& line : of.lines) {
            if (line.line == one.line) one.minor = std::max<std::int64_t>(0, one.minor - engine::left_of(line));
        }
    }
    return lines;
}

std::vector<line_amount> given_up_by(record const& all, std::vector<line_amount>& lacking) {
    std::vector<line_amount> gives;
    for (auto& one : lacking) {
        auto const minor = std::min(one.minor, claimed_minor(all, one.line));
        one.minor -= minor;
        if (minor > 0) gives.push_back({one.line, 0, minor});
    }
    return gives;
}

}  // namespace recourse
