// A stage for tests: one order of a buyer in Brussels from a seller in Shenzhen, under the preset aliexpress, and the
// disputes about it. Commands go through `decide`; what they record is kept, as a store would.
#pragma once

#include <algorithm>

#include "recourse/calendar/holidays.hpp"
#include "recourse/engine/decide.hpp"

namespace recourse::test {

inline instant at(std::string_view text) { return parse_instant(text).value(); }
constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;
inline money euro(std::int64_t cents) { return {cents, *currency::find("EUR")}; }
inline award full(std::int64_t cents) { return {remedy::full_refund, euro(cents)}; }
inline award partial(std::int64_t cents) { return {remedy::partial_refund, euro(cents)}; }
inline award goods_back(std::int64_t cents) { return {remedy::return_refund, euro(cents)}; }
inline evidence piece(std::string_view content, evidence_kind kind = evidence_kind::photo) {
    return {kind, sha256(content), "image/jpeg", 1000};
}

inline actor const anna{role::buyer, actor_id{"anna"}};
inline actor const shop{role::seller, actor_id{"shop"}};
inline actor const mia{role::mediator, actor_id{"mia"}};
inline actor const otto{role::platform_operator, actor_id{"otto"}};
inline actor const bank{role::host, actor_id{"bank"}};

inline instant const shipped = at("2026-02-02T08:00:00Z");
inline instant const opening = at("2026-03-14T10:00:00Z");  // day 40 of 60

// 29.99 for three cups, 20.00 for one pot, 4.90 for shipping.
inline order_facts an_order() {
    order_facts order;
    order.order = order_id{"O-1"};
    order.payment = payment_id{"P-1"};
    order.captured = euro(5489);
    order.buyer = {anna.id, "Europe/Brussels", "BE"};
    order.seller = {shop.id, "Asia/Shanghai", "CN"};
    order.lines = {
        {line_id{"cups"}, 3, euro(2999)}, {line_id{"pot"}, 1, euro(2000)}, {line_id{"shipping"}, 1, euro(490)}};
    order.paid_at = plus_seconds(shipped, -day);
    order.shipped_at = shipped;
    return order;
}

inline policy const& aliexpress() {
    static policy const read = read_policy(find_preset("aliexpress")->text).value();
    return read;
}

inline terms terms_under(policy const& rules) {
    terms known;
    known.policy = &rules;
    known.reference = {rules.id, rules.version, sha256(find_preset("aliexpress")->text)};
    known.buyer_calendar = find_calendar("BE");
    known.seller_calendar = find_calendar("CN");
    known.buyer_zone = time_zone::find("Europe/Brussels").value();
    known.seller_zone = time_zone::find("Asia/Shanghai").value();
    return known;
}

// What is kept of one dispute.
struct kept_dispute {
    dispute_key key;
    record all;
    std::vector<event> events;
};

struct stage {
    order_facts order = an_order();
    terms known = terms_under(aliexpress());
    std::optional<account> money;  // of the one payment that all its disputes are about
    std::vector<kept_dispute> disputes{{{settlement_group{"G-1"}, dispute_id{"D-1"}}, {}, {}},
                                       {{settlement_group{"G-1"}, dispute_id{"D-2"}}, {}, {}},
                                       {{settlement_group{"G-1"}, dispute_id{"D-3"}}, {}, {}}};

    [[nodiscard]] record const& all(std::size_t which = 0) const { return disputes[which].all; }

    command asked(actor const& by, command_body body, std::size_t which = 0) const {
        return {command_id{"c"}, disputes[which].key, by, {}, std::move(body)};
    }
    [[nodiscard]] dispute::open_dispute claim(award what,
                                              std::vector<claim_line> lines = {{line_id{"cups"}, 3}}) const {
        return {policy_id{"aliexpress"}, {}, order, reason{"damaged_or_defective"}, std::move(lines), std::move(what),
                {piece("opening")}};
    }

    // Decides and keeps what was recorded.
    decision give(command const& what, instant now, std::size_t which = 0) {
        auto& one = disputes[which];
        auto made = decide(one.key, one.all, money, known, what, now);
        for (auto const& done : made.lapses) keep(one, done);
        if (made.accepted) keep(one, *made.accepted);
        return made;
    }
    decision ask(actor const& by, command_body body, instant now, std::size_t which = 0) {
        return give(asked(by, std::move(body), which), now, which);
    }
    decision wait(instant now, std::size_t which = 0) {
        auto& one = disputes[which];
        auto made = lapse(one.key, one.all, money, known, now);
        for (auto const& done : made.lapses) keep(one, done);
        return made;
    }
    decision open(award what = full(2999), std::vector<claim_line> lines = {{line_id{"cups"}, 3}},
                  instant now = opening, std::size_t which = 0) {
        return ask(anna, claim(std::move(what), std::move(lines)), now, which);
    }

    // A card network tells of a chargeback of the payment; the disputes hear of it after their own deadlines. False if the
    // account says no, or knew it.
    bool tell(chargeback_told const& what, instant now) {
        for (std::size_t which = 0; which < disputes.size(); ++which) wait(now, which);
        if (!money) return false;
        auto const blocks = [&] {
            return std::any_of(money->chargebacks.begin(), money->chargebacks.end(), [&](auto const& one) {
                return one.id == what.id && one.state == chargeback_state::open;
            });
        };
        payment_news news;
        bool const blocked = blocks();
        auto const posted = post_chargeback(*money, what);
        if (!posted || !*posted) return false;
        ++money->version;
        news.chargeback_was_opened = blocks() && !blocked;
        for (auto& one : disputes) {
            if (auto const done = hear(one.key, one.all, *money, known, bank, news, now)) keep(one, *done);
        }
        return true;
    }

  private:
    void keep(kept_dispute& into, recorded const& done) {
        into.events.insert(into.events.end(), done.events.begin(), done.events.end());
        into.all = done.after;
        if (done.money) money = done.money;
    }
};

// "accepted", or the names of the refusals: "not_for_this_role stale_version".
inline std::string outcome_of(decision const& made) {
    std::string names;
    for (auto const& no : made.refused) names += (names.empty() ? "" : " ") + std::string{name(no.code)};
    return made.accepted ? "accepted" + names : names;
}

// A dispute over three lines in mid-negotiation: the claim, an offer of the seller, and the buyer's turn to answer.
inline stage negotiating() {
    stage play;
    play.open(full(5489), {{line_id{"cups"}, 3}, {line_id{"pot"}, 1}, {line_id{"shipping"}, 1}});
    play.ask(shop, offer::make_offer{partial(1000)}, plus_seconds(opening, hour));
    return play;
}

}  // namespace recourse::test
