// Reading a policy: its members, then what they mean together.
#include "recourse/policy/policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "embedded/policy_presets.hpp"
#include "policy/described.hpp"
#include "policy/findings.hpp"
#include "policy/further_checks.hpp"
#include "recourse/calendar/clock_time.hpp"
#include "recourse/vocabulary/quoted.hpp"
#include "vocabulary/json_positions.hpp"

namespace recourse::json {

namespace {

// The schedule says whose days and hours count.
void check_scheduled(written_clock const& clock, period const& length, object const& given, place const& where,
                     problems& found) {
    if (length.unit != period_unit::service_hours)
        return found.report(where.member("schedule"), "is for service_hours; leave it out");
    if (clock.schedule.empty())
        return found.report(where.member("schedule"), "is missing; service_hours need one of the policy's schedules");
    for (std::string_view const name : {"calendar", "zone", "start", "roll", "cut_off", "regime"}) {
        if (given.contains(name)) found.report(where.member(name), "is not for service_hours; leave it out");
    }
}

// The law says how days are counted.
void check_regime(written_clock const& clock, place const& where, problems& found) {
    if (clock.start != start_rule::count || clock.roll != roll_rule::none || !clock.cut_off.empty())
        found.report(where.member("regime"), "says itself how days are counted; leave start, roll and cut_off out");
}

}  // namespace

// "first_of(delivered, estimated_delivery + 3 calendar_days)"; its names are looked up once all of them are read.
void read_value(value const& from, anchor_rule& into, place const& where, problems& found) {
    auto const text = read_text(from, where, found);
    if (!text) return;
    if (auto anchor = parse_anchor(*text))
        into = *std::move(anchor);
    else
        found.report(where, anchor.error());
}

void read_value(value const& from, service_window& into, place const& where, problems& found) {
    written_window window;
    read_value<written_window>(from, window, where, found);
    into.days = {};
    for (auto const day : window.days)
        into.days.bits = static_cast<std::uint8_t>(into.days.bits | (1U << static_cast<unsigned>(day)));
    auto const* members = from.if_object();
    auto const read = [&](std::string_view name, std::string const& text, std::int32_t& seconds) {
        auto const* written = members == nullptr ? nullptr : members->if_contains(name);
        if (written == nullptr || !written->is_string()) return;  // told already
        if (auto const time = parse_clock_time(text))
            seconds = *time;
        else
            found.report(where.member(name), time.error());
    };
    read("open", window.open, into.open_seconds);
    read("close", window.close, into.close_seconds);
}

void read_value(value const& from, clock_rule& into, place const& where, problems& found) {
    written_clock clock;
    read_value<written_clock>(from, clock, where, found);
    into.rule.start = clock.start;
    into.rule.roll = clock.roll;
    into.calendar = clock.calendar;
    into.zone = clock.zone;
    into.basis = clock.basis;
    into.note = clock.note;
    into.regime = clock.regime;
    if (clock.zone != "buyer" && clock.zone != "seller") {
        if (auto const zone = time_zone::find(clock.zone); !zone) found.report(where.member("zone"), zone.error());
    }
    auto const cut_off = clock.cut_off.empty() ? result<std::int32_t, std::string>{0} : parse_clock_time(clock.cut_off);
    if (!cut_off) found.report(where.member("cut_off"), cut_off.error());
    auto const* members = from.if_object();
    auto const* written = members == nullptr ? nullptr : members->if_contains("length");
    bool const was_read =
        written != nullptr && written->is_string() && (!clock.length.empty() || written->get_string().empty());
    if (!was_read) return;  // told already
    auto const length = parse_period(clock.length);
    if (!length) return found.report(where.member("length"), length.error());
    into.rule.length = *length;
    auto const unit = length->unit;
    if (unit == period_unit::service_hours || !clock.schedule.empty()) {
        check_scheduled(clock, *length, *members, where, found);
        into.schedule = clock.schedule;
        return;
    }
    if ((unit == period_unit::hours || unit == period_unit::business_days) && clock.roll != roll_rule::none)
        found.report(where.member("roll"),
                     "only calendar_days, weeks, months and years can roll; leave it out or write \"none\"");
    if (unit == period_unit::hours && clock.start != start_rule::count)
        found.report(where.member("start"), "hours run from the instant; leave it out or write \"count\"");
    if (clock.regime) check_regime(clock, where, found);
    if (clock.cut_off.empty() || !cut_off) return;
    if (unit == period_unit::hours)
        found.report(where.member("cut_off"), "hours run from the instant; leave it out");
    else
        into.rule.cut_off = *cut_off;
}

// "free", {"range":[10,80]} or {"grid":[10,25,50]}: percents of what is refundable.
void read_value(value const& from, partial_rule& into, place const& where, problems& found) {
    if (auto const* text = from.if_string(); text != nullptr && *text == "free") return;
    auto const* members = from.if_object();
    auto const form = members != nullptr && members->size() == 1
                          ? from_wire_name<partial_form>(std::string_view{members->begin()->key()})
                          : std::nullopt;
    if (!form || *form == partial_form::free)
        return found.report(where, "expected \"free\", {\"range\":[10,80]} or {\"grid\":[10,25,50]}; found " +
                                       (members != nullptr ? boost::json::serialize(from) : picture(from)));
    into.form = *form;
    auto const percents = where.member(wire_name(*form));
    read_value(members->begin()->value(), into.percents, percents, found);
    if (into.percents.empty() || (*form == partial_form::range && into.percents.size() != 2))
        found.report(percents, *form == partial_form::range ? "expected two percents, the least and the most"
                                                            : "lists no percent, so that nothing could be offered");
    for (std::size_t at = 0; at < into.percents.size(); ++at) {
        if (into.percents[at] < 1 || into.percents[at] > 99)
            found.report(percents.element(at), fmt::format("expected 1 to 99; found {}", into.percents[at]));
        else if (at > 0 && into.percents[at] <= into.percents[at - 1])
            found.report(percents.element(at),
                         fmt::format("expected more than {}, the percent before it", into.percents[at - 1]));
    }
}

// "proportional", or the kinds of tenders in the order in which they are refunded.
void read_value(value const& from, tender_order& into, place const& where, problems& found) {
    if (auto const* text = from.if_string()) {
        into.proportional = *text == "proportional";
        if (!into.proportional)
            found.report(where, "expected \"proportional\" or an array of kinds of tenders; found " + picture(from));
        return;
    }
    read_value(from, into.first, where, found);
    for (std::size_t at = 0; at < into.first.size(); ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            if (into.first[before] == into.first[at])
                found.report(where.element(at), fmt::format("repeats {}", wire_name(into.first[at])));
        }
    }
}

}  // namespace recourse::json

namespace recourse {
namespace {

template <class Rule>
void check_named_once(std::vector<Rule> const& rules, std::string_view list, std::string_view name, auto member,
                      findings& found) {
    json::place const whole;
    auto const listed = whole.member(list);
    for (std::size_t at = 0; at < rules.size(); ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            if (rules[before].*member == rules[at].*member)
                found.report(listed.element(at).member(name), fmt::format("repeats /{}/{}", list, before),
                             {listed.element(before).member(name)});
        }
    }
}

template <class T>
void check_listed_once(std::vector<T> const& listed, json::place const& where, findings& found) {
    for (auto one = listed.begin(); one != listed.end(); ++one) {
        auto const before = std::find(listed.begin(), one, *one);
        if (before != one)
            found.report(where.element(static_cast<std::size_t>(one - listed.begin())), "is listed before",
                         {where.element(static_cast<std::size_t>(before - listed.begin()))});
    }
}

// What a policy has beyond the plain course needs its clocks, its lists and its limits; a clock that nothing would start
// is a mistake as well.
void check_further(policy const& read, findings& found) {
    json::place const whole;
    auto const clocks = whole.member("clocks");
    auto const goes_with = [&](std::optional<clock_rule> const& clock, std::string_view name, bool wanted,
                               std::string_view what, json::place const& because) {
        if (wanted && !clock)
            found.report(clocks.member(name), fmt::format("is missing; it is needed for {}", what), {because});
        if (!wanted && clock)
            found.report(clocks.member(name), fmt::format("would never run: there is no {}", what), {because});
    };
    auto const contact = whole.member("contact");
    auto const levels = whole.member("appeals");
    auto const reasons = whole.member("reasons");
    auto const chargebacks = whole.member("chargebacks");
    auto const mediation = whole.member("mediation");
    auto const offers = [&](auto&& chosen) {
        return std::any_of(read.reasons.begin(), read.reasons.end(), [&](auto const& one) {
            return std::any_of(one.remedies.begin(), one.remedies.end(), chosen);
        });
    };
    auto const and_clocks = read.clocks;
    goes_with(and_clocks.contact_wait, "contact_wait", read.contact.required, "contact before a dispute", contact);
    goes_with(and_clocks.contact_opening, "contact_opening", read.contact.required, "contact before a dispute",
              contact);
    bool const appeals = read.appeals.levels > 0;
    goes_with(and_clocks.appeal_window, "appeal_window", appeals, "appeal", levels);
    goes_with(and_clocks.appeal_evidence, "appeal_evidence", appeals, "appeal", levels);
    goes_with(and_clocks.appeal_review, "appeal_review", appeals, "appeal", levels);
    if (!appeals) goes_with(and_clocks.appeal_window_of_loser, "appeal_window_of_loser", false, "appeal", levels);
    bool const sends = offers([](remedy kind) { return kind == remedy::exchange || kind == remedy::replacement; });
    bool const promises = offers([](remedy kind) { return is_a_promise(kind); });
    bool const performs = offers([](remedy kind) { return kind == remedy::alternative; });
    goes_with(and_clocks.replacement_shipment, "replacement_shipment", sends,
              "exchange or replacement among the remedies", reasons);
    goes_with(and_clocks.replacement_transit, "replacement_transit", sends,
              "exchange or replacement among the remedies", reasons);
    goes_with(and_clocks.replacement_confirmation, "replacement_confirmation", promises,
              "exchange, replacement or alternative among the remedies", reasons);
    goes_with(and_clocks.performance, "performance", performs, "alternative among the remedies", reasons);
    goes_with(and_clocks.suspension, "suspension", read.chargebacks.on_open == chargeback_effect::suspends,
              "chargeback that suspends", chargebacks);

    if (appeals && read.appeals.grounds.empty())
        found.report(levels.member("grounds"), "lists no ground, so that nobody could appeal",
                     {levels.member("levels")});
    check_listed_once(read.appeals.grounds, levels.member("grounds"), found);
    if (auto const& cap = read.mediation.penalty_cap; cap && cap->minor < 0)
        found.report(mediation.member("penalty_cap"), "expected an amount of zero or more");
    if (performs != !read.alternatives.empty())
        found.report(whole.member("alternatives"),
                     performs ? "lists none, but alternative is among the remedies of a reason"
                              : "lists some, but alternative is among the remedies of no reason",
                     {reasons});
    if (read.mediation.decisions_cite_rules && read.rules.empty())
        found.report(whole.member("rules"), "lists none, but decisions must cite one", {mediation});
    check_named_once(read.alternatives, "alternatives", "alternative", &alternative_rule::alternative, found);
    check_named_once(read.rules, "rules", "rule", &cited_rule::rule, found);
}

constexpr std::string_view media_type_letters = "abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-";

bool is_media_type(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    auto const names = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of(media_type_letters) == std::string_view::npos;
    };
    auto const narrower = text.substr(slash + 1);
    return names(text.substr(0, slash)) && (narrower == "*" || names(narrower));
}

template <class Rule>
void check_stages_once(std::vector<Rule> const& rules, json::place const& where, findings& found) {
    for (std::size_t at = 0; at < rules.size(); ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            auto const listed = where.element(at);
            if (rules[before].stage == rules[at].stage)
                found.report(listed.member("stage"), fmt::format("repeats {}", where.element(before).pointer()),
                             {where.element(before).member("stage")});
        }
    }
}

void check_evidence(policy const& read, json::place const& where, findings& found) {
    auto const& rules = read.evidence;
    json::place const whole;
    auto const types = where.member("media_types");
    for (std::size_t at = 0; at < rules.media_types.size(); ++at) {
        if (!is_media_type(rules.media_types[at]))
            found.report(types.element(at), fmt::format("expected a media type in small letters, such as image/jpeg or "
                                                        "image/*; found {}",
                                                        quoted(rules.media_types[at])));
    }
    check_listed_once(rules.media_types, types, found);
    auto const required = where.member("required");
    for (std::size_t at = 0; at < rules.required.size(); ++at) {
        auto const& one = rules.required[at];
        auto const here = required.element(at);
        if (one.kinds.size() > read.limits.evidence_pieces)
            found.report(here.member("kinds"),
                         fmt::format("lists {} kinds, and a party may bring {} pieces", one.kinds.size(),
                                     read.limits.evidence_pieces),
                         {whole.member("limits")});
        check_listed_once(one.kinds, here.member("kinds"), found);
        auto const fits = [&](reason_rule const& why) {
            return (!one.reason || *one.reason == why.reason) &&
                   (!one.remedy ||
                    std::find(why.remedies.begin(), why.remedies.end(), *one.remedy) != why.remedies.end());
        };
        if (std::none_of(read.reasons.begin(), read.reasons.end(), fits))
            found.report(here, "would never count: no reason of the policy is that one with that remedy",
                         {whole.member("reasons")});
    }
    auto const stages = where.member("stages");
    for (std::size_t at = 0; at < rules.stages.size(); ++at) {
        auto const& one = rules.stages[at];
        check_listed_once(one.by, stages.element(at).member("by"), found);
        if (one.stage != evidence_stage::negotiating && one.stage != evidence_stage::in_mediation &&
            one.stage != evidence_stage::returning)
            found.report(stages.element(at).member("stage"),
                         "nobody brings evidence there of his own accord; expected negotiating, in_mediation or "
                         "returning");
    }
    check_stages_once(rules.stages, stages, found);
    auto const shown = where.member("shown");
    for (std::size_t at = 0; at < rules.shown.size(); ++at)
        check_listed_once(rules.shown[at].to, shown.element(at).member("to"), found);
    check_stages_once(rules.shown, shown, found);
}

// Why one of the other silences is none of these; empty where the choice itself says it.
std::string_view why_not(std::string_view member, silence chosen) {
    if (member == "mediator" || member == "lost_return" || member == "appeal") return {};
    switch (chosen) {
        case silence::upholds: return "upholds is for appeals; there is no decision yet that could stand";
        case silence::by_label: return "by_label is for lost_return; nothing was sent yet";
        case silence::opens_escalation: return "the dispute would wait for ever";
        case silence::closes: return "a silent seller would win";
        case silence::grants_claim: return "a silent buyer would win";
        case silence::escalates: return {};
    }
    return {};
}

void check_silences(silence_rules const& read, json::place const& where, findings& found) {
    for (auto const& [member, chosen, allowed] : json::silence_choices) {
        auto const one = read.*chosen;
        if (std::find(allowed.begin(), allowed.end(), one) != allowed.end()) continue;
        auto const why = why_not(member, one);
        auto const names = json::allowed_names(allowed);
        auto const expected =
            fmt::format("expected {} or {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
        found.report(where.member(member), why.empty() ? fmt::format("{}; found {}", expected, wire_name(one))
                                                       : fmt::format("{}; {}", why, expected));
    }
}

void check_conduct(policy const& read, json::place const& where, findings& found) {
    auto const rows = where.member("strikes");
    auto const& all = read.conduct.strikes;
    for (std::size_t at = 0; at < all.size(); ++at) {
        auto const& one = all[at];
        auto const here = rows.element(at);
        if (one.evidence.empty() && one.remedies.empty())
            found.report(here, "asks for nothing; expected evidence or remedies");
        if (one.evidence.size() > read.limits.evidence_pieces)
            found.report(here.member("evidence"),
                         fmt::format("calls for {} pieces, and {} may be brought", one.evidence.size(),
                                     read.limits.evidence_pieces),
                         {json::place{}.member("limits").member("evidence_pieces")});
        if (at > 0 && one.strikes <= all[at - 1].strikes)
            found.report(here.member("strikes"), fmt::format("expected more than {}", all[at - 1].strikes),
                         {rows.element(at - 1).member("strikes")});
        if (one.remedies.empty()) continue;
        for (auto const& rule : read.reasons) {
            auto const allowed = [&](remedy kind) {
                return std::find(one.remedies.begin(), one.remedies.end(), kind) != one.remedies.end();
            };
            std::vector<std::string_view> names;
            for (auto const kind : rule.remedies) names.push_back(wire_name(kind));
            if (!rule.is_heading && !names.empty() && std::none_of(rule.remedies.begin(), rule.remedies.end(), allowed))
                found.report(here.member("remedies"),
                             fmt::format("leaves nothing to claim for {}; expected one of {} among them",
                                         rule.reason.text(), fmt::join(names, ", ")));
        }
    }
}

// What each member says may be right and still not go together.
void check(policy const& read, findings& found) {
    json::place const whole;
    auto const sources = whole.member("sources");
    for (std::size_t at = 0; at < read.sources.size(); ++at) {
        auto const day = parse_date(read.sources[at].read);
        if (!day) found.report(sources.element(at).member("read"), day.error());
    }
    auto const protection = whole.member("protection");
    if (read.protection.length.rule.length.unit != period_unit::calendar_days)
        found.report(protection.member("length"), "expected calendar_days: sellers extend protection by days");
    auto const& more = read.protection.extensions;
    auto const extensions = protection.member("extensions");
    if ((more.most > 0) != (more.days_in_all > 0))
        found.report(extensions.member("days_in_all"),
                     fmt::format("expected {}; found {}", more.most > 0 ? "1 to 3650" : "0, as nobody may extend it",
                                 more.days_in_all),
                     {extensions.member("most")});
    auto const reasons = whole.member("reasons");
    for (std::size_t at = 0; at < read.reasons.size(); ++at) {
        auto const& one = read.reasons[at];
        auto const where = reasons.element(at);
        for (auto kind = one.remedies.begin(); kind != one.remedies.end(); ++kind) {
            if (std::find(one.remedies.begin(), kind, *kind) != kind)
                found.report(where.member("remedies"), fmt::format("lists {} twice", wire_name(*kind)));
        }
        for (std::size_t before = 0; before < at; ++before) {
            if (read.reasons[before].reason == one.reason)
                found.report(where.member("reason"), fmt::format("repeats /reasons/{}", before),
                             {reasons.element(before).member("reason")});
        }
    }
    check_silences(read.silences, whole.member("silences"), found);
    check_evidence(read, whole.member("evidence"), found);
    check_conduct(read, whole.member("conduct"), found);
    auto const coverage = whole.member("coverage");
    for (std::size_t at = 0; at < read.coverage.size(); ++at) {
        auto const& row = read.coverage[at];
        auto const where = coverage.element(at);
        if (row.cap.minor < 0)
            found.report(where.member("cap"), fmt::format("expected 0 or more; found {}", to_text(row.cap)));
        if (at == 0) continue;
        if (row.from <= read.coverage[at - 1].from)
            found.report(where.member("from"),
                         fmt::format("expected a day after {}", to_text(read.coverage[at - 1].from)),
                         {coverage.element(at - 1).member("from")});
        if (row.cap.currency != read.coverage[0].cap.currency)
            found.report(where.member("cap"),
                         fmt::format("expected {}, as in the first row", read.coverage[0].cap.currency.code()),
                         {coverage.element(0).member("cap")});
    }
    auto const clocks = whole.member("clocks");
    auto const& answer = read.clocks.seller_response.rule.length;
    auto const& all = read.clocks.negotiation.rule.length;
    if (answer.unit == all.unit && answer.length >= all.length)
        found.report(clocks.member("negotiation"),
                     fmt::format("ends ({}) before or as the seller's time to answer does ({}), so the buyer could "
                                 "never escalate against a silent seller",
                                 to_text(all), to_text(answer)),
                     {clocks.member("seller_response")});
    if (auto const& wait = read.clocks.escalation_wait;
        wait && wait->rule.length.unit == all.unit && wait->rule.length.length >= all.length)
        found.report(clocks.member("negotiation"),
                     fmt::format("ends ({}) before or as escalation opens ({}), so nobody could ever escalate",
                                 to_text(all), to_text(wait->rule.length)),
                     {clocks.member("escalation_wait")});
    check_further(read, found);
    check_selector(read, found);
    check_reminders(read, found);
}

// What a kind of another reason leaves out is the other's, which stands before it.
void inherit(policy& read, json::value const& document, findings& found) {
    json::place const whole;
    auto const reasons = whole.member("reasons");
    auto const* members = document.if_object();
    auto const* written = members == nullptr ? nullptr : members->if_contains("reasons");
    if (written == nullptr || !written->is_array()) return;
    for (std::size_t at = 0; at < read.reasons.size(); ++at) {
        auto& one = read.reasons[at];
        auto const* given = written->get_array()[at].if_object();
        if (!one.parent || given == nullptr) continue;
        auto const before = read.reasons.begin() + static_cast<std::ptrdiff_t>(at);
        auto const parent = std::find_if(read.reasons.begin(), before,
                                         [&](reason_rule const& other) { return other.reason == *one.parent; });
        if (parent == before) {
            std::vector<std::string_view> names;
            for (auto other = read.reasons.begin(); other != before; ++other) names.push_back(other->reason.text());
            found.report(reasons.element(at).member("parent"),
                         fmt::format("expected a reason that stands before this one; found {}{}",
                                     quoted(one.parent->text()), json::nearest(one.parent->text(), names)),
                         {reasons});
            continue;
        }
        parent->is_heading = true;
        if (!given->contains("remedies")) one.remedies = parent->remedies;
        if (!given->contains("evidence")) one.evidence = parent->evidence;
        if (!given->contains("partial")) one.partial = parent->partial;
        if (!given->contains("waits_for_delivery")) one.waits_for_delivery = parent->waits_for_delivery;
        if (!given->contains("not_before")) one.not_before = parent->not_before;
        if (!given->contains("not_after")) one.not_after = parent->not_after;
    }
    for (std::size_t at = 0; at < read.reasons.size(); ++at) {
        if (read.reasons[at].remedies.empty() && !read.reasons[at].is_heading)
            found.report(reasons.element(at).member("remedies"),
                         "lists no remedy, so that nothing could be claimed for this reason");
    }
}

// The anchor with the policy's own names replaced by what they are.
anchor_rule without_names(anchor_rule rule, std::vector<named_anchor> const& names) {
    for (auto& part : rule.of) part = without_names(std::move(part), names);
    if (rule.kind != anchor_kind::fact) return rule;
    auto const named =
        std::find_if(names.begin(), names.end(), [&](auto const& one) { return one.anchor == rule.fact; });
    if (named == names.end()) return rule;
    if (!rule.offset) return named->is;
    return {.kind = anchor_kind::first_of, .fact = {}, .of = {named->is}, .offset = rule.offset};
}

class anchor_names {
  public:
    anchor_names(policy& read, findings& found) : read_{read}, found_{found} {}

    void replace() {
        json::place const whole;
        auto const listed = whole.member("anchors");
        for (std::size_t at = 0; at < read_.anchors.size(); ++at) {
            auto& one = read_.anchors[at];
            check_name(one.anchor, listed.element(at).member("anchor"));
            replace_in(one.is, listed.element(at).member("is"));
            known_.push_back(one);
        }
        auto const protection = whole.member("protection");
        if (read_.protection.starts) replace_in(*read_.protection.starts, protection.member("starts"));
        auto const reasons = whole.member("reasons");
        for (std::size_t at = 0; at < read_.reasons.size(); ++at) {
            auto& one = read_.reasons[at];
            if (one.not_before) replace_in(*one.not_before, reasons.element(at).member("not_before"));
            if (one.not_after) replace_in(*one.not_after, reasons.element(at).member("not_after"));
        }
    }

  private:
    void check_name(std::string const& name, json::place const& where) {
        auto const own = parse_anchor(name);
        bool const is_a_name = own && own->kind == anchor_kind::fact && !own->offset;
        if (!is_a_name)
            found_.report(
                where, fmt::format("expected a name in small letters, digits and underscores; found {}", quoted(name)));
        else if (std::find(policy_fact_names.begin(), policy_fact_names.end(), name) != policy_fact_names.end())
            found_.report(where, "is the name of a fact of the order");
        else if (std::any_of(known_.begin(), known_.end(), [&](auto const& one) { return one.anchor == name; }))
            found_.report(where, "is named before");
    }
    void replace_in(anchor_rule& rule, json::place const& where) {
        auto made = checked(without_names(rule, known_));
        if (!made) return found_.report(where, made.error());
        auto wrong = unknown_name(*made);
        if (wrong.empty()) wrong = no_service_hours(*made);
        if (!wrong.empty()) return found_.report(where, std::move(wrong));
        rule = *std::move(made);
    }
    [[nodiscard]] std::string unknown_name(anchor_rule const& rule) const {
        std::vector<std::string_view> names{policy_fact_names.begin(), policy_fact_names.end()};
        for (auto const& one : known_) names.push_back(one.anchor);
        for (auto const& name : fact_names(rule)) {
            if (std::find(policy_fact_names.begin(), policy_fact_names.end(), name) != policy_fact_names.end())
                continue;
            return fmt::format("{} is no fact of an order and no anchor before it; expected one of {}{}", quoted(name),
                               fmt::join(names, ", "), json::nearest(name, names));
        }
        return {};
    }
    static std::string no_service_hours(anchor_rule const& rule) {
        if (rule.offset && rule.offset->length.unit == period_unit::service_hours)
            return "service_hours have no schedule here";
        for (auto const& part : rule.of) {
            if (auto why = no_service_hours(part); !why.empty()) return why;
        }
        return {};
    }

    policy& read_;
    findings& found_;
    std::vector<named_anchor> known_;
};

void check_protection_start(policy const& read, json::value const& document, findings& found) {
    json::place const whole;
    auto const protection = whole.member("protection");
    boost::json::error_code none;
    bool const names_a_fact = document.find_pointer("/protection/from", none) != nullptr;
    if (!names_a_fact && !read.protection.starts) found.report(protection.member("from"), "is missing");
    if (names_a_fact && read.protection.starts)
        found.report(protection.member("starts"), "stands beside from; expected one of them");
    if (read.protection.length.regime)
        found.report(protection.member("length").member("regime"),
                     "is not for protection, which sellers extend by days; leave it out");
}

}  // namespace

namespace {

void check_calendar(std::string const& name, json::place const& where, calendar_set const& calendars, findings& found) {
    if (name == "buyer" || name == "seller" || calendars.find(name) != nullptr) return;
    auto names = calendars.names();
    names.insert(names.end(), {"buyer", "seller"});
    found.report(where.member("calendar"), fmt::format("expected buyer, seller or a calendar, such as BE; found {}{}",
                                                       quoted(name), json::nearest(name, names)));
}

// Calls visit(clock, place) for every clock that the policy has.
template <class Policy, class Visitor>
void for_each_clock(Policy& read, Visitor&& visit) {
    json::place const whole;
    auto const protection = whole.member("protection");
    visit(read.protection.length, protection.member("length"));
    auto const channel = whole.member("channel");
    if (read.channel.recontact) visit(*read.channel.recontact, channel.member("recontact"));
    if (read.conduct.prompt_answer) visit(*read.conduct.prompt_answer, whole.member("conduct").member("prompt_answer"));
    auto const clocks = whole.member("clocks");
    boost::mp11::mp_for_each<boost::describe::describe_members<clock_rules, boost::describe::mod_public>>(
        [&](auto member) {
            auto& clock = read.clocks.*member.pointer;
            if constexpr (json::is_optional<std::remove_cvref_t<decltype(clock)>>) {
                if (clock) visit(*clock, clocks.member(member.name));
            } else {
                visit(clock, clocks.member(member.name));
            }
        });
}

void check_calendars(policy const& read, calendar_set const& calendars, findings& found) {
    for_each_clock(read, [&](clock_rule const& clock, json::place const& where) {
        check_calendar(clock.calendar, where, calendars, found);
    });
    json::place const whole;
    auto const schedules = whole.member("schedules");
    for (std::size_t at = 0; at < read.schedules.size(); ++at)
        check_calendar(read.schedules[at].calendar, schedules.element(at), calendars, found);
}

// Clocks that run in service hours count on the calendar and in the zone of their schedule.
void place_schedules(policy& read, findings& found) {
    json::place const whole;
    auto const listed = whole.member("schedules");
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at < read.schedules.size(); ++at) {
        auto const& one = read.schedules[at];
        auto const where = listed.element(at);
        if (one.schedule.empty() || std::find(names.begin(), names.end(), one.schedule) != names.end())
            found.report(where.member("schedule"), one.schedule.empty() ? "is empty" : "is named before");
        names.push_back(one.schedule);
        if (one.zone != "buyer" && one.zone != "seller") {
            if (auto const zone = time_zone::find(one.zone); !zone) found.report(where.member("zone"), zone.error());
        }
        auto const made = growing_schedule::make({.zone = *time_zone::find("UTC"), .windows = one.windows});
        if (!made) found.report(where.member("windows"), made.error());
    }
    for_each_clock(read, [&](clock_rule& clock, json::place const& where) {
        if (clock.schedule.empty()) return;
        auto const named = std::find(names.begin(), names.end(), clock.schedule);
        if (named == names.end())
            return found.report(where.member("schedule"),
                                fmt::format("expected one of the schedules of the policy; found {}{}",
                                            quoted(clock.schedule), json::nearest(clock.schedule, names)),
                                {listed});
        auto const& schedule = read.schedules[static_cast<std::size_t>(named - names.begin())];
        clock.calendar = schedule.calendar;
        clock.zone = schedule.zone;
    });
}

}  // namespace

result<policy, input_problems> read_policy(std::string_view text, calendar_set const& calendars) {
    json::problems found;
    policy read;
    // Members that are named twice are looked for by where they stand, so that all else is told with them.
    if (auto const document = json::parse(text, json::origin::own, found)) {
        json_positions const positions{text};
        for (auto const& one : positions.repeated())
            found.report({one.pointer,
                          fmt::format("is named again at line {}, column {}", one.again.line, one.again.column),
                          {},
                          one.first.line,
                          one.first.column});
        json::read_value(*document, read, {}, found);
        findings meant{found};
        inherit(read, *document, meant);
        anchor_names{read, meant}.replace();
        check_protection_start(read, *document, meant);
        check_calendars(read, calendars, meant);
        place_schedules(read, meant);
        check(read, meant);
        if (found.none()) return read;
        auto problems = found.take();
        for (auto& one : problems) {
            if (one.line > 0) continue;
            auto const [line, column] = positions.of(one.pointer);
            one.line = line;
            one.column = column;
        }
        std::stable_sort(problems.begin(), problems.end(),
                         [](auto const& left, auto const& right) { return left.line < right.line; });
        return failed{std::move(problems)};
    }
    return failed{found.take()};
}

bool takes_media_type(evidence_rules const& rules, std::string_view media_type) {
    if (rules.media_types.empty()) return true;
    std::string essence{media_type.substr(0, media_type.find(';'))};
    while (!essence.empty() && essence.back() == ' ') essence.pop_back();
    for (auto& letter : essence) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return std::any_of(rules.media_types.begin(), rules.media_types.end(), [&](std::string const& one) {
        if (!one.ends_with("/*")) return essence == one;
        auto const broad = std::string_view{one}.substr(0, one.size() - 1);  // with the slash
        return essence.size() > broad.size() && essence.starts_with(broad);
    });
}

namespace {
std::vector<preset> const& presets() {
    static std::vector<preset> const all = [] {
        std::vector<preset> made;
        for (auto const& [name, text] : policy_presets::documents) made.push_back({name, text});
        return made;
    }();
    return all;
}
}  // namespace

preset const* find_preset(std::string_view name) {
    auto const found =
        std::find_if(presets().begin(), presets().end(), [&](auto const& one) { return one.name == name; });
    return found == presets().end() ? nullptr : &*found;
}

std::vector<std::string_view> preset_names() {
    std::vector<std::string_view> names;
    for (auto const& one : presets()) names.push_back(one.name);
    return names;
}

}  // namespace recourse
