// What the command shows as JSON, put together from the library's own JSON forms.
#include "tools/shown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "recourse/engine/json.hpp"
#include "tools/words.hpp"
#include "vocabulary/described.hpp"

namespace recourse::tools {

using boost::json::array;
using boost::json::object;
using boost::json::value;

value parsed(std::string_view text) { return boost::json::parse(boost::json::string_view{text.data(), text.size()}); }

namespace {

array types_of(std::vector<event> const& events) {
    array types;
    for (auto const& one : events) types.emplace_back(type_of(one));
    return types;
}

array recorded_of(std::vector<event> const& events) {
    array all;
    for (auto const& one : events) all.push_back(parsed(to_json(one)));
    return all;
}

}  // namespace

object shown(answer const& given) {
    object out;
    out["dispute"] = to_text(given.dispute);
    out["accepted"] = given.accepted();
    out["version"] = given.version;
    if (given.duplicate) out["duplicate"] = true;
    if (!given.lapsed.empty()) {
        out["lapsed"] = types_of(given.lapsed);
        out["lapsed_recorded"] = recorded_of(given.lapsed);
    }
    if (given.accepted()) {
        out["events"] = types_of(given.events);
        out["recorded"] = recorded_of(given.events);
    } else {
        array codes;
        for (auto const& no : given.refused) codes.emplace_back(value(boost::json::string_view{name(no.code)}));
        out["refused"] = std::move(codes);
        out["refusals"] = parsed(to_json(given.refused));
    }
    if (given.next_due) out["next_due"] = to_text(*given.next_due);
    return out;
}

object shown(account const& money) {
    object out;
    out["payment"] = money.payment.text();
    out["currency"] = money.currency.code();
    out["captured_minor"] = money.captured_minor();
    out["reserved_minor"] = money.reserved_minor();
    out["refunded_minor"] = money.refunded_minor();
    if (auto const due = money.recoup_due_minor(); due > 0) out["recoup_due_minor"] = due;
    auto const content = parsed(lines_to_json(money));
    for (auto const& [name, value] : content.as_object()) out[name] = value;
    return out;
}

object shown(dispute_view const& seen) {
    object out;
    out["dispute"] = to_text(seen.key);
    out["version"] = seen.all.version;
    out["stage"] = lifecycle::state_name<dispute::lifecycle_type>(seen.all.dispute().state);
    out["in_words"] = state_in_words(seen.all);
    out["state"] = parsed(to_json(seen.all));
    array deadlines;
    for_each_machine(seen.all, [&]<class L>(machine<L> const& one) {
        if (!one.clock) return;
        auto const why = dispute_engine::explain(seen, *one.clock);
        object line;
        line["clock"] = wire_name(one.clock->kind);
        line["due"] = to_text(one.clock->due);
        line["local"] = due_in_words(seen, *one.clock);
        line["length"] = to_text(why.answer.length);
        line["from"] = to_text(one.clock->since);
        line["calendar"] = why.answer.calendar;
        line["zone"] = why.answer.zone;
        deadlines.push_back(std::move(line));
    });
    std::stable_sort(deadlines.begin(), deadlines.end(), [](value const& one, value const& two) {
        return one.at("due").as_string() < two.at("due").as_string();
    });
    out["deadlines"] = std::move(deadlines);
    if (auto const& end = seen.all.dispute().kept.outcome) out["outcome"] = parsed(json::to_json(*end));
    if (seen.money) out["ledger"] = shown(*seen.money);
    return out;
}

array shown(std::vector<action> const& all) {
    array out;
    for (auto const& one : all) {
        object line;
        line["command"] = one.command;
        if (one.number) line["number"] = *one.number;
        line["allowed"] = one.allowed;
        if (one.until) line["until"] = to_text(*one.until);
        if (!one.remedies.empty()) {
            array remedies;
            for (auto const kind : one.remedies)
                remedies.emplace_back(value(boost::json::string_view{wire_name(kind)}));
            line["remedies"] = std::move(remedies);
        }
        if (one.amount_max) line["amount_max"] = parsed(json::to_json(*one.amount_max));
        if (!one.addressees.empty()) {
            array who;
            for (auto const each : one.addressees) who.emplace_back(value(boost::json::string_view{wire_name(each)}));
            line["addressees"] = std::move(who);
        }
        if (!one.blocked_by.empty()) line["blocked_by"] = parsed(to_json(one.blocked_by));
        out.push_back(std::move(line));
    }
    return out;
}

array shown_choices(dispute_view const& seen, instant now) {
    array out;
    for (auto const& who : actors_of(seen.all)) {
        array may;
        for (auto const& one : actions(seen.key, seen.all, seen.money, seen.known, who, now)) {
            if (!one.allowed) continue;
            may.emplace_back(one.number ? fmt::format("{} {}", one.command, *one.number) : std::string{one.command});
        }
        if (may.empty()) continue;
        object line;
        line["as"] = wire_name(who.role);
        line["may"] = std::move(may);
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace recourse::tools
