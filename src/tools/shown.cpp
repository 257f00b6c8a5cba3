// What the command shows as JSON, put together from the library's own JSON forms.
#include "tools/shown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "recourse/engine/channel.hpp"
#include "recourse/engine/cost.hpp"
#include "recourse/engine/evidence_view.hpp"
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

value text_of(std::string_view text) { return value(boost::json::string_view{text.data(), text.size()}); }

array array_of(std::vector<std::string_view> const& texts) {
    array all;
    for (auto const text : texts) all.push_back(text_of(text));
    return all;
}

array kinds_of(std::vector<evidence_kind> const& kinds) {
    array all;
    for (auto const kind : kinds) all.push_back(text_of(wire_name(kind)));
    return all;
}

array amounts_of(std::vector<amount_limits> const& amounts) {
    array all;
    for (auto const& one : amounts) {
        object line;
        line["remedy"] = wire_name(one.remedy);
        line["smallest"] = parsed(json::to_json(one.smallest));
        line["largest"] = parsed(json::to_json(one.largest));
        if (!one.values.empty()) {
            array values;
            for (auto const& each : one.values) values.push_back(parsed(json::to_json(each)));
            line["values"] = std::move(values);
        }
        if (!one.evidence_required.empty()) line["evidence_required"] = kinds_of(one.evidence_required);
        all.push_back(std::move(line));
    }
    return all;
}

object shown_limits(evidence_limits const& limits) {
    object out;
    out["kinds"] = kinds_of(limits.kinds);
    if (!limits.required.empty()) out["required"] = kinds_of(limits.required);
    if (!limits.media_types.empty()) {
        array types;
        for (auto const& type : limits.media_types) types.push_back(text_of(type));
        out["media_types"] = std::move(types);
    }
    out["pieces_left"] = limits.pieces_left;
    out["bytes_max"] = limits.bytes_max;
    return out;
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
    if (!given.heard.empty()) {
        array heard;
        for (auto const& one : given.heard)
            heard.push_back(object{{"dispute", to_text(one.dispute)},
                                   {"version", one.version},
                                   {"events", types_of(one.events)},
                                   {"recorded", recorded_of(one.events)}});
        out["heard"] = std::move(heard);
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
    out["stage"] = is_of_payment(seen.all)
                       ? lifecycle::state_name<payment::lifecycle_type>(seen.all.payments().front().state)
                       : lifecycle::state_name<dispute::lifecycle_type>(seen.all.dispute().state);
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
    if (auto const& end = seen.all.dispute().kept.ruling->outcome) out["outcome"] = parsed(json::to_json(*end));
    if (seen.money) out["ledger"] = shown(*seen.money);
    if (!seen.money || is_of_payment(seen.all)) return out;
    array costs;
    for (auto const& one : cost(seen.all, *seen.money))
        costs.push_back(object{{"kind", text_of(wire_name(one.kind))},
                               {"payer", text_of(wire_name(one.payer))},
                               {"amount", parsed(json::to_json(one.amount))}});
    if (!costs.empty()) out["cost"] = std::move(costs);
    return out;
}

void add_reputation(object& out, dispute_engine& disputes, dispute_view const& seen) {
    auto const told = disputes.reputation(seen.key);
    if (!told || told->effect == reputation_effect::pending) return;
    auto& made = out["reputation"].emplace_object();
    made["effect"] = text_of(wire_name(told->effect));
    if (told->act_by) made["act_by"] = to_text(*told->act_by);
    if (told->acted_at) made["acted_at"] = to_text(*told->acted_at);
}

void add_data_versions(array& deadlines, dispute_engine& disputes, dispute_view const& seen) {
    for_each_machine(seen.all, [&]<class L>(machine<L> const& one) {
        auto const from = one.clock ? disputes.set_from(seen, *one.clock) : std::nullopt;
        if (!from || from->data.empty()) return;
        for (auto& line : deadlines) {
            auto& members = line.as_object();
            if (members.at("clock").as_string() == wire_name(from->kind) &&
                members.at("due").as_string() == to_text(from->due))
                members["data"] = text_of(from->data);
        }
    });
}

object shown(wait const& waiting) {
    object out;
    out["clock"] = wire_name(waiting.clock);
    out["until"] = to_text(waiting.until);
    if (waiting.ended_by != waiting.clock) out["ended_by"] = wire_name(waiting.ended_by);
    if (!waiting.otherwise) return out;
    auto const& what = *waiting.otherwise;
    object otherwise;
    otherwise["event"] = what.event;
    if (!what.stage.empty()) otherwise["stage"] = what.stage;
    if (what.awarded) otherwise["awarded"] = parsed(json::to_json(*what.awarded));
    if (what.outcome) otherwise["outcome"] = parsed(json::to_json(*what.outcome));
    otherwise["text"] = to_text(what);
    out["otherwise"] = std::move(otherwise);
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
        if (one.from) line["from"] = to_text(*one.from);
        if (one.owed) line["owed"] = shown(*one.owed);
        if (!one.amounts.empty()) line["amounts"] = amounts_of(one.amounts);
        if (one.amount) line["amount"] = parsed(json::to_json(*one.amount));
        if (one.evidence) line["evidence"] = shown_limits(*one.evidence);
        if (!one.addressees.empty()) line["addressees"] = array_of(one.addressees);
        if (!one.blocked_by.empty()) line["blocked_by"] = parsed(to_json(one.blocked_by));
        out.push_back(std::move(line));
    }
    return out;
}

object shown(task const& one) {
    object out;
    out["dispute"] = to_text(one.dispute);
    out["version"] = one.version;
    out["as"] = object{{"role", wire_name(one.who.role)}, {"id", one.who.id.text()}};
    out["what"] = wire_name(one.what);
    for (auto const& [key, content] : shown(one.owed)) out[key] = content;
    array answers;
    for (auto const& each : one.answers) {
        object answer{{"command", each.command}};
        if (each.number) answer["number"] = *each.number;
        answers.push_back(std::move(answer));
    }
    out["answers"] = std::move(answers);
    if (one.remind_at) out["remind_at"] = to_text(*one.remind_at);
    return out;
}

object shown(reminder const& one, explanation const& why) {
    object to{{"role", text_of(wire_name(one.to.role))}};
    if (!one.to.id.empty()) to["id"] = text_of(one.to.id.text());
    return {{"at", to_text(one.at)},
            {"dispute", to_text(one.dispute)},
            {"to", std::move(to)},
            {"clock", text_of(wire_name(one.clock.kind))},
            {"due", to_text(one.clock.due)},
            {"before", to_text(one.before)},
            {"key", one.key},
            {"why", parsed(to_json(why))}};
}

object shown(eligibility const& asked) {
    object out;
    out["eligible"] = asked.eligible();
    if (!asked.blocked_by.empty()) out["blocked_by"] = parsed(to_json(asked.blocked_by));
    if (asked.earliest) out["earliest"] = to_text(*asked.earliest);
    if (asked.latest) out["latest"] = to_text(*asked.latest);
    array lines;
    for (auto const& one : asked.lines) {
        object line{{"line", one.line.text()},
                    {"units", one.units},
                    {"units_in_dispute", one.units_in_dispute},
                    {"refundable", parsed(json::to_json(one.refundable))}};
        if (one.earliest) line["earliest"] = to_text(*one.earliest);
        if (one.latest) line["latest"] = to_text(*one.latest);
        lines.push_back(std::move(line));
    }
    out["lines"] = std::move(lines);
    if (!asked.remedies.empty()) out["remedies"] = amounts_of(asked.remedies);
    out["evidence_required"] = kinds_of(asked.evidence_required);
    if (asked.evidence) out["evidence"] = shown_limits(*asked.evidence);
    if (!asked.policy.id.empty())
        out["policy"] = object{{"id", asked.policy.id.text()}, {"version", asked.policy.version}};
    return out;
}

object shown_status(dispute_view const& seen, instant now) {
    object out;
    for (auto const viewer : {role::buyer, role::seller, role::mediator, role::platform_operator}) {
        auto const told = status_of(seen.key, seen.all, seen.money, seen.known, viewer, now);
        object line;
        line["code"] = wire_name(told.code);
        line["your_turn"] = told.your_turn;
        if (told.until) line["until"] = to_text(*told.until);
        if (told.remind_at) line["remind_at"] = to_text(*told.remind_at);
        if (told.amount) line["amount"] = parsed(json::to_json(*told.amount));
        line["text"] = to_text(told);
        out[wire_name(viewer)] = std::move(line);
    }
    return out;
}

array shown_evidence(dispute_view const& seen, role viewer) {
    array out;
    for (auto const& one : evidence_visible_to(seen.all, *seen.known.policy, viewer)) {
        object line{{"content", to_text(one.content)}};
        if (one.brought_by) line["brought_by"] = text_of(wire_name(*one.brought_by));
        if (!one.stage.empty()) line["stage"] = text_of(one.stage);
        out.push_back(std::move(line));
    }
    return out;
}

object shown_refusals(dispute_engine const& disputes, dispute_key const& key) {
    constexpr std::size_t kept_max = 1000;
    object counts;
    for (auto const& one : disputes.refusal_counts(key)) counts[name(one.code)] = one.count;
    if (counts.empty()) return {};
    object out{{"counts", std::move(counts)}};
    array kept;
    for (auto const& one : disputes.refusals(key, kept_max)) {
        array codes;
        for (auto const code : one.codes) codes.emplace_back(value(boost::json::string_view{name(code)}));
        object shown{
            {"at", to_text(one.at)}, {"id", one.command}, {"refused", std::move(codes)}, {"asked", parsed(one.asked)}};
        array vetoes;
        for (auto const& said : one.vetoes)
            vetoes.push_back(object{{"name", said.name}, {"code", said.code}, {"words", said.words}});
        if (!vetoes.empty()) shown["vetoes"] = std::move(vetoes);
        kept.push_back(std::move(shown));
    }
    if (!kept.empty()) out["kept"] = std::move(kept);
    return out;
}

array shown_choices(dispute_view const& seen, instant now) {
    array out;
    for (auto const& who : actors(seen.all)) {
        array may;
        for (auto const& one : actions(seen.key, seen.all, seen.money, seen.known, who, now)) {
            if (!one.allowed) continue;
            may.emplace_back(one.number ? fmt::format("{} {}", one.command, *one.number) : std::string{one.command});
        }
        if (may.empty()) continue;
        object line;
        line["as"] = wire_name(who.role);
        line["may"] = std::move(may);
        array written_to;
        for (auto const to : recipients(seen.all, *seen.known.policy, who, now))
            written_to.emplace_back(value(boost::json::string_view{wire_name(to)}));
        if (!written_to.empty()) line["may_write_to"] = std::move(written_to);
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace recourse::tools
