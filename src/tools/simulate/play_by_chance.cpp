// People by chance. The commands are those of candidates(), so that a new command is played as soon as it has candidates.
#include "tools/simulate/play_by_chance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/situation.hpp"
#include "recourse/engine/candidates.hpp"

namespace recourse::tools {
namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::size_t who_belong = 5;  // the first actors; those behind them have no business here
constexpr int bodies_tried = 4;

// Whether some machine of the dispute is in a state in which its table has a row for the command.
bool fits(record const& all, std::string_view command) {
    bool found = false;
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        for (auto const& row : lifecycle::rows<L>) found = found || (row.from == one.state && row.command == command);
    });
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if constexpr (L::many) {
            for (auto const& row : lifecycle::rows<L>)
                found = found || (row.from == L::initial::code && row.command == command && !row.internal);
        }
    });
    return found;
}

}  // namespace

order_facts some_order(chance& luck, std::size_t number, instant now) {
    order_facts order;
    order.order = order_id{fmt::format("O-{}", number)};
    order.payment = payment_id{fmt::format("P-{}", number)};
    order.buyer = {actor_id{"anna"}, "Europe/Brussels", "BE"};
    order.seller = {actor_id{"shop"}, "Asia/Shanghai", "CN"};
    auto const euro = *currency::find("EUR");
    order.captured = {0, euro};
    for (std::size_t line = 1 + luck.below(3); line > 0; --line) {
        order_line const one{line_id{fmt::format("L-{}", line)}, luck.between(1, 6), {luck.between(1, 9999), euro}};
        order.lines.push_back(one);
        order.captured.minor += one.paid.minor;
    }
    order.shipped_at = plus_seconds(now, -luck.between(0, 40 * seconds_per_day));
    order.paid_at = plus_seconds(*order.shipped_at, -seconds_per_day);
    order.delivered_at = plus_seconds(*order.shipped_at, 5 * seconds_per_day);
    return order;
}

dispute::open_dispute some_opening(chance& luck, order_facts const& order, account const& money, policy const& rules) {
    dispute::open_dispute opening;
    opening.policy = rules.id;
    opening.policy_version = rules.version;
    opening.order = order;
    auto const& why = luck.one_of(rules.reasons);
    opening.reason = why.reason;
    std::int64_t left = 0;
    for (auto const& line : money.lines) {
        if (!opening.lines.empty() && luck.in(1, 2)) continue;
        auto const units = luck.in(1, 12) ? line.units + 1 : luck.between(1, (line.units + 1) / 2);
        opening.lines.push_back({line.line, units});
        left += refundable_minor(line, units);
    }
    auto const kind = luck.in(1, 12) ? remedy::return_refund : luck.one_of(why.remedies);
    opening.award = {kind, {left, order.captured.currency}};
    if (kind == remedy::partial_refund) opening.award.amount.minor = luck.between(0, std::max<std::int64_t>(left, 1));
    if (luck.in(1, 12)) ++opening.award.amount.minor;
    std::string const photo = "image/jpeg";
    auto const type = takes_media_type(rules.evidence, photo) ? photo : engine::media_type_taken(rules);
    for (auto const needed : engine::kinds_for_opening(rules, why.reason, kind, order.buyer)) {
        if (!luck.in(1, 12))
            opening.evidence.push_back({needed, sha256(fmt::format("{}", luck.below(1000))), type, 1000});
    }
    return opening;
}

std::optional<asked_by_chance> some_command(chance& luck, record const& all, terms const& known, account const& money,
                                            std::function<bool(asked_by_chance const&)> const& may) {
    auto bodies = candidates(all, known, &money);
    auto who = actors(all);
    who.push_back({role::mediator, actor_id{"another-mediator"}});
    who.push_back({role::buyer, actor_id{"stranger"}});
    who.push_back({role::timer, actor_id{"timer"}});
    if (!luck.in(1, 10)) std::erase_if(bodies, [&](auto const& one) { return !fits(all, name(one)); });
    if (bodies.empty()) return std::nullopt;
    asked_by_chance asked{luck.one_of(who), luck.one_of(bodies)};
    if (luck.in(1, 6)) return asked;
    // Mostly somebody does what he may.
    for (int tries = 0; tries < bodies_tried; ++tries) {
        asked.body = luck.one_of(bodies);
        auto const first = luck.below(who_belong);
        for (std::size_t next = 0; next < who_belong; ++next) {
            asked.by = who[(first + next) % who_belong];
            if (may(asked)) return asked;
        }
    }
    return asked;
}

std::vector<command_body> some_news(chance& luck, order_facts const& order, instant now) {
    std::vector<command_body> news;
    auto const& euro = order.captured.currency;
    for (std::size_t number = luck.below(3); number > 0; --number) {
        chargeback::tell_chargeback told;
        told.chargeback = chargeback_id{fmt::format("CB-{}", number)};
        told.amount = {luck.in(1, 2) ? order.captured.minor : luck.between(1, order.captured.minor), euro};
        auto const tell = [&](chargeback::phase phase) {
            told.state = phase;
            told.at = plus_seconds(now, -hour * (20 - static_cast<std::int64_t>(++told.sequence)));
            news.emplace_back(told);
        };
        using enum chargeback::phase;
        for (auto const phase : {alert, inquiry, open, represented, pre_arbitration, arbitration}) {
            if (phase == open ? !luck.in(1, 8) : luck.in(1, 3)) tell(phase);
        }
        if (told.sequence > 0 && luck.in(1, 4)) continue;
        tell(luck.in(1, 5) ? withdrawn : luck.in(1, 2) ? won : lost);
        if (luck.in(1, 4)) tell(told.state == lost ? won : lost);
    }
    for (std::size_t number = luck.below(3); number > 0; --number) {
        auto const& line = order.lines[luck.below(order.lines.size())];
        news.emplace_back(payment::tell_outside_refund{
            outside_id{fmt::format("X-{}", number)}, {{line.line, 1, luck.between(1, line.paid.minor)}}, {}});
    }
    return news;
}

instant some_time_later(chance& luck, instant now, std::optional<instant> due) {
    auto const kind = luck.below(200);
    if (kind < 120) return plus_seconds(now, luck.between(0, 30 * minute));
    if (kind < 180) return plus_seconds(now, luck.between(0, 3 * hour));
    if (kind < 190) return plus_seconds(now, luck.between(0, 2 * seconds_per_day));
    if (kind < 193 && due && *due > now) return {due->microseconds - 1};
    if (kind < 196 && due && *due > now) return *due;
    if (kind < 197) return plus_seconds(now, luck.between(0, 20 * seconds_per_day));
    return plus_seconds(now, -luck.between(0, 2 * hour));
}

}  // namespace recourse::tools
