// The engine over a store: load, decide, append, and again if somebody else was faster.
#include "recourse/engine/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/account_rows.hpp"
#include "engine/workings.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

constexpr int tries_max = 64;  // each lost race means that another writer has won one

std::optional<account> load_account(store::contract& store, settlement_group const& group, payment_id const& payment) {
    auto const row = store.ledger(group, payment);
    if (!row) return std::nullopt;
    auto read = read_account(row->lines);
    read.payment = row->payment;
    read.version = row->version;
    auto const unit = currency::find(row->currency);
    if (!unit)
        throw failure{failure_kind::store_corrupt,
                      fmt::format("payment {} is in the unknown currency {}", payment.text(), row->currency)};
    read.currency = *unit;
    if (read.captured_minor() != row->captured_minor || read.reserved_minor() != row->reserved_minor ||
        read.refunded_minor() != row->refunded_minor)
        throw failure{failure_kind::store_corrupt,
                      fmt::format("the lines of payment {} do not add up to its totals", payment.text())};
    return read;
}

store::append append_of(dispute_key const& key, std::uint32_t expected, recorded const& done, std::string_view command,
                        std::string const& spelled, instant recorded_at, host_rules const* host) {
    store::append made;
    made.dispute = key;
    made.expected = expected;
    made.command = command;
    made.fingerprint = sha256(spelled);
    for (auto const& happened : done.events) {
        bool const first = &happened == &done.events.front();
        made.events.push_back({happened.version, happened.at, type_of(happened),
                               to_json(happened, first ? spelled : std::string_view{}),
                               first ? made.command : std::string{}, first ? made.fingerprint : digest{}, recorded_at});
    }
    made.state = to_json(done.after);
    if (auto const due = next_due(done.after)) made.next_due = due->clock.due;
    made.outbox = effects_of(key, done, host);
    if (done.money)
        made.ledger.push_back({{done.money->payment, done.money->version, std::string{done.money->currency.code()},
                                done.money->captured_minor(), done.money->reserved_minor(),
                                done.money->refunded_minor(), lines_to_json(*done.money)}});
    return made;
}

std::string spelled_lapse(dispute_key const& key, next_deadline const& due) {
    return fmt::format(
        R"({{"dispute":"{}","as":{{"role":"timer","id":"timer"}},"do":{{"deadline_passed":{{"clock":"{}","due":"{}"}}}}}})",
        to_text(key), wire_name(due.clock.kind), to_text(due.clock.due));
}

std::string spelled_hearing(dispute_key const& key, actor const& by, dispute_key const& of, std::uint32_t version) {
    return fmt::format(
        R"({{"dispute":"{}","as":{{"role":"{}","id":"{}"}},"do":{{"hear":{{"of":"{}","version":{}}}}}}})", to_text(key),
        wire_name(by.role), by.id.text(), to_text(of), version);
}

void add_up(std::vector<line_amount>& into, line_amount one) {
    auto const found =
        std::find_if(into.begin(), into.end(), [&](auto const& other) { return other.line == one.line; });
    if (found == into.end())
        into.push_back(std::move(one));
    else
        found->minor += one.minor;
}

// Whether a chargeback blocks money now that did not before.
bool opened_between(std::optional<account> const& before, account const& after) {
    return std::any_of(after.chargebacks.begin(), after.chargebacks.end(), [&](auto const& one) {
        if (one.state != chargeback_state::open) return false;
        return !before || std::none_of(before->chargebacks.begin(), before->chargebacks.end(), [&](auto const& was) {
            return was.id == one.id && was.state == chargeback_state::open;
        });
    });
}

bool has_amendable_claim(record const& all) noexcept {
    return all.dispute().in<dispute::negotiating>() || all.dispute().in<dispute::in_mediation>();
}

// The appends of a decision: each lapse is a command of its own.
std::vector<store::append> appends_of(dispute_key const& key, std::uint32_t version, decision const& made,
                                      instant recorded_at, host_rules const* host) {
    std::vector<store::append> all;
    for (auto const& done : made.lapses) {
        all.push_back(append_of(key, version, done, fmt::format("timer:{}:{}", to_text(key), version),
                                spelled_lapse(key, *done.lapse), recorded_at, host));
        version = done.after.version;
    }
    return all;
}

// What of a command is stored apart, so that it can be erased.
std::vector<store::personal_text> texts_of(command const& asked) {
    std::vector<salted_text> carried;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() { engine::workings<L>::collect_texts(asked.body, carried); });
    std::vector<store::personal_text> texts;
    for (auto& one : carried)
        texts.push_back({asked.on_behalf_of.value_or(asked.by), digest_of(one), one.salt, std::move(one.text)});
    return texts;
}

answer answer_of(dispute_key const& key, std::uint32_t version, decision const& made) {
    answer given;
    given.dispute = key;
    given.version = version;
    std::optional<next_deadline> due;
    auto const take = [&](recorded const& done, std::vector<event>& into) {
        into.insert(into.end(), done.events.begin(), done.events.end());
        given.rows.insert(given.rows.end(), done.rows.begin(), done.rows.end());
        given.version = done.after.version;
        due = next_due(done.after);
    };
    for (auto const& done : made.lapses) take(done, given.lapsed);
    if (made.accepted) take(*made.accepted, given.events);
    given.refused = made.refused;
    if (due) given.next_due = due->clock.due;
    return given;
}

answer refusal_answer(dispute_key const& key, refused no) {
    answer given;
    given.dispute = key;
    given.refused.push_back(std::move(no));
    return given;
}

failure too_busy(dispute_key const& key) {
    return {failure_kind::store_unavailable,
            fmt::format("dispute {} is changed by others all the time; try again", to_text(key))};
}

bool committed_all(std::vector<store::outcome> const& outcomes) {
    return std::all_of(outcomes.begin(), outcomes.end(), [](auto const& one) {
        return std::holds_alternative<store::committed>(one);  // a duplicate is answered from its own events
    });
}

}  // namespace

// What others over the payment are to hear of: that the money has moved.
struct dispute_engine::moved_money {
    dispute_key key;
    record after;
    account money;
    actor by;
    instant at;
    std::optional<account> money_before{};
    terms known{};
    std::vector<std::pair<dispute_id, std::vector<line_amount>>> given_up{};
    static std::optional<moved_money> of(dispute_key const& key, decision const& made, actor const& by, instant at);
};
std::optional<dispute_engine::moved_money> dispute_engine::moved_money::of(dispute_key const& key, decision const& made,
                                                                           actor const& by, instant at) {
    std::optional<moved_money> what;
    auto const look_at = [&](recorded const& done) {
        if (done.money) what = moved_money{key, done.after, *done.money, by, at};
        if (what) what->after = done.after;
    };
    for (auto const& done : made.lapses) look_at(done);
    if (made.accepted) look_at(*made.accepted);
    return what;
}

dispute_engine::dispute_engine(store::contract& store, calendar_set calendars, engine_options options)
    : store_{store}, calendars_{std::move(calendars)}, options_{std::move(options)} {
    if (options_.submitted_skew_seconds < 0 || options_.submitted_skew_seconds > seconds_per_day)
        throw std::invalid_argument{
            fmt::format("submitted_skew_seconds is 0 to {}; not {}", seconds_per_day, options_.submitted_skew_seconds)};
}

// ---- policies --------------------------------------------------------------------------------------------------------

std::shared_ptr<dispute_engine::offered_policy const> dispute_engine::add(std::string_view text, policy content) {
    auto made = std::make_shared<offered_policy>();
    made->reference = {content.id, content.version, sha256(text)};
    made->text = text;
    made->content = std::move(content);
    by_hash_[made->reference.hash] = made;
    return made;
}

result<policy_reference, policy_refused> dispute_engine::offer_policy(std::string_view text,
                                                                      std::optional<certificate> const& proved) {
    auto read = read_policy(text, calendars_);
    if (!read) return failed{policy_refused{std::move(read).error(), {}, {}}};
    auto const hash = sha256(text);
    auto const stored = store_.policy(read->id, read->version);
    auto const offered = newest(read->id, read->version);
    for (auto const& known : {stored ? std::optional{stored->hash} : std::nullopt,
                              offered ? std::optional{offered->reference.hash} : std::nullopt}) {
        if (known && *known != hash)
            return failed{
                policy_refused{{{"/version", other_document({read->id, read->version, hash}, *known)}}, {}, {}}};
    }
    if (auto ties = ties_of(*read); !ties.empty()) return failed{policy_refused{std::move(ties), {}, {}}};
    // What this engine took before it need not prove again.
    if (!offered) {
        if (auto no = doubts_about(*read, {read->id, read->version, hash}, proved)) return failed{*std::move(no)};
    }
    auto const made = add(text, *std::move(read));
    by_id_[made->reference.id][made->reference.version] = made;
    return made->reference;
}

std::shared_ptr<dispute_engine::offered_policy const> dispute_engine::newest(policy_id const& id,
                                                                             std::optional<std::uint32_t> version) {
    if (auto const* preset = find_preset(id.text()); preset != nullptr && presets_read_.insert(id).second) {
        if (auto read = read_policy(preset->text, calendars_)) {
            auto const number = read->version;
            bool const is_asked = options_.policies == soundness::require_certificate;
            auto const no = is_asked ? doubts_about(*read, {id, number, sha256(preset->text)}, {}) : std::nullopt;
            if (no)
                presets_not_taken_.emplace(id, no->problems.front().reason);
            else
                by_id_[id].try_emplace(number, add(preset->text, *std::move(read)));
        }
    }
    auto const versions = by_id_.find(id);
    if (versions == by_id_.end()) return nullptr;
    if (!version) return versions->second.rbegin()->second;
    auto const found = versions->second.find(*version);
    return found == versions->second.end() ? nullptr : found->second;
}

std::shared_ptr<dispute_engine::offered_policy const> dispute_engine::pinned(policy_reference const& reference) {
    if (auto const known = by_hash_.find(reference.hash); known != by_hash_.end()) return known->second;
    auto const stored = store_.policy(reference.hash);
    if (!stored)
        throw failure{failure_kind::policy_missing,
                      fmt::format("policy {} version {} with hash {} is not in the store", reference.id.text(),
                                  reference.version, to_text(reference.hash))};
    auto read = read_policy(stored->text, calendars_);
    if (sha256(stored->text) != reference.hash)
        throw failure{failure_kind::store_corrupt, fmt::format("the stored policy {} version {} is damaged",
                                                               reference.id.text(), reference.version)};
    // It was read when it was offered; a calendar of the host's own that it names may not be here today.
    if (!read)
        throw failure{failure_kind::policy_missing,
                      fmt::format("the stored policy {} version {} cannot be read here:\n{}", reference.id.text(),
                                  reference.version, to_text(read.error()))};
    return add(stored->text, *std::move(read));
}

result<terms, refused> dispute_engine::terms_of(offered_policy const& policy, party_facts const& buyer,
                                                party_facts const& seller) {
    terms known;
    known.policy = &policy.content;
    known.reference = policy.reference;
    known.calendars = &calendars_;
    if (!options_.host.empty()) known.host = &options_.host;
    known.buyer_calendar = calendars_.find(buyer.calendar);
    known.seller_calendar = calendars_.find(seller.calendar);
    refused no;
    for (auto const& [calendar, who] : {std::pair{known.buyer_calendar, &buyer}, {known.seller_calendar, &seller}}) {
        if (calendar != nullptr) continue;
        no.code = refusal::calendar_unknown;
        no.subject = who->calendar;
        no.because = fmt::format("There are {}.", fmt::join(calendars_.names(), ", "));
        return failed{std::move(no)};
    }
    for (auto const& [zone, who] : {std::pair{&known.buyer_zone, &buyer}, {&known.seller_zone, &seller}}) {
        if (auto found = time_zone::find(who->zone)) {
            zone->emplace(*found);
        } else {
            no.code = refusal::time_zone_unknown;
            no.subject = who->zone;
            no.because = found.error();
            return failed{std::move(no)};
        }
    }
    return known;
}

refused dispute_engine::policy_unknown(policy_id const& id, std::optional<std::uint32_t> version) const {
    refused no;
    auto const uncertified = presets_not_taken_.find(id);
    bool const is_known = uncertified != presets_not_taken_.end();
    no.code = is_known ? refusal::policy_not_certified : refusal::policy_unknown;
    no.subject = version ? fmt::format("{} version {}", id.text(), *version) : std::string{id.text()};
    no.because = is_known ? uncertified->second : fmt::format("There are {}.", fmt::join(policy_names(), ", "));
    return no;
}

std::vector<std::string> dispute_engine::policy_names() const {
    std::set<std::string> names;
    for (auto const& one : preset_names()) names.emplace(one);
    for (auto const& [id, versions] : by_id_) names.emplace(id.text());
    return {names.begin(), names.end()};
}

// ---- reading ---------------------------------------------------------------------------------------------------------

std::optional<dispute_view> dispute_engine::find(dispute_key const& key) {
    auto const stored = store_.load(key);
    return stored ? std::optional{view_of(key, *stored)} : std::nullopt;
}

dispute_view dispute_engine::view_of(dispute_key const& key, store::loaded const& stored) {
    dispute_view seen{key, read_record(stored.state), {}, {}};
    if (seen.all.version != stored.version)
        throw failure{failure_kind::store_corrupt,
                      fmt::format("dispute {} is stored at version {} with the state of version {}", to_text(key),
                                  stored.version, seen.all.version)};
    auto const kept = subject_of(seen.all);
    seen.money = load_account(store_, key.group, kept.payment);
    if (!seen.money)
        throw failure{failure_kind::store_corrupt,
                      fmt::format("payment {} of dispute {} has no ledger row", kept.payment.text(), to_text(key))};
    auto known = terms_of(*pinned(kept.policy), kept.buyer, kept.seller);
    if (!known)
        throw failure{failure_kind::store_corrupt, fmt::format("dispute {}: {}", to_text(key), to_text(known.error()))};
    seen.known = *std::move(known);
    if (seen.known.policy->mediation.merges_disputes && !is_payment_file(key)) {
        for (auto const& other : seen.money->open) {
            auto const beside = other == key.dispute ? std::nullopt : store_.load({key.group, other});
            if (!beside) continue;
            auto const all = read_record(beside->state);
            auto const& its = all.dispute();
            seen.known.disputes_beside.push_back(
                {other, its.kept.order, its.kept.buyer.id, its.kept.seller.id, has_amendable_claim(all)});
        }
    }
    return seen;
}

std::vector<event> dispute_engine::events(dispute_key const& key) {
    std::vector<event> all;
    for (auto const& stored : store_.events(key)) all.push_back(read_event(stored.body));
    return all;
}

std::optional<std::vector<action>> dispute_engine::actions(dispute_key const& key, actor const& by, instant now) {
    auto const seen = find(key);
    if (!seen) return std::nullopt;
    return recourse::actions(key, seen->all, seen->money, seen->known, by, now);
}

std::optional<reputation> dispute_engine::reputation(dispute_key const& key) {
    auto const seen = find(key);
    if (!seen) return std::nullopt;
    return reputation_of(seen->all, events(key), seen->known);
}

std::optional<status> dispute_engine::status(dispute_key const& key, role viewer, instant now) {
    auto const seen = find(key);
    if (!seen) return std::nullopt;
    return status_of(key, seen->all, seen->money, seen->known, viewer, now);
}

eligibility dispute_engine::eligibility(eligibility_question const& asked, instant now) {
    recourse::eligibility given;
    auto const policy = chosen(asked.policy, asked.policy_version, asked.order);
    if (!policy) {
        given.blocked_by.push_back(policy.error());
        return given;
    }
    given.policy = (*policy)->reference;
    auto known = terms_of(**policy, asked.order.buyer, asked.order.seller);
    if (!known) {
        given.blocked_by.push_back(std::move(known).error());
        return given;
    }
    auto money = load_account(store_, asked.group, asked.order.payment);
    known->protections = protections_in(file_of(asked.group, asked.order.payment));
    auto const open = money ? money->open : std::vector<dispute_id>{};
    for (auto const& other : open) {
        auto const seen = find({asked.group, other});
        if (!seen) continue;
        for (auto const& done : lapse(seen->key, seen->all, money, seen->known, now).lapses) {
            if (done.money) money = done.money;
        }
    }
    return eligibility_of(asked.order, asked.reason, money, *known, now);
}

explanation dispute_engine::explain(dispute_view const& seen, lifecycle::running_clock const& clock) {
    for (auto const& one : seen.all.suspensions()) {
        for (auto const& resumed : one.kept.resumed) {
            if (resumed.clock.kind == clock.kind && resumed.clock.due == clock.due &&
                resumed.clock.since == clock.since && !resumed.clock.length.empty())
                return explain_clock(resumed.clock);
        }
    }
    return explain_clock(clock, seen.known);
}

// ---- writing ---------------------------------------------------------------------------------------------------------

std::optional<answer> dispute_engine::answer_again(command const& asked, store::loaded const& stored,
                                                   digest const& fingerprint) {
    auto const& hashes = stored.command_hashes;
    if (std::find(hashes.begin(), hashes.end(), store::command_hash(asked.id.text())) == hashes.end())
        return std::nullopt;
    answer given;
    bool found = false;
    bool same = false;
    for (auto const& one : store_.events(asked.dispute)) {
        if (!one.command.empty()) {
            if (found) break;
            found = one.command == asked.id.text();
            same = found && one.fingerprint == fingerprint;
        }
        if (found && same) given.events.push_back(read_event(one.body));
    }
    if (!found) return std::nullopt;  // two keys with one hash
    given.dispute = asked.dispute;
    given.version = stored.version;
    given.next_due = stored.next_due;
    given.duplicate = same;
    if (!same) {
        refused no;
        no.code = refusal::command_id_reused;
        no.subject = asked.id.text();
        given.refused.push_back(std::move(no));
    }
    return given;
}

std::vector<protected_until> dispute_engine::protections_in(dispute_key const& file) {
    std::vector<protected_until> found;
    auto const stored = store_.load(file);
    if (!stored) return found;
    auto const all = read_record(stored->state);
    for (auto const& one : all.protections()) {
        if (one.kept.ends) found.push_back({one.kept.line, *one.kept.ends});
    }
    return found;
}

std::optional<answer> dispute_engine::try_once(command const& asked, std::string const& spelled, instant now,
                                               instant recorded_at) {
    auto const& key = asked.dispute;
    auto const begins = beginning_of(asked.body);
    auto const stored = store_.load(key);
    if (stored) {
        if (auto again = answer_again(asked, *stored, sha256(spelled))) return again;
    }
    dispute_view seen{key, {}, {}, {}};
    std::shared_ptr<offered_policy const> policy;
    if (stored) seen = view_of(key, *stored);
    auto const as_of = decided_as_of(asked, seen.all, now, options_.submitted_skew_seconds);
    if (!stored && !begins) {
        refused no;
        no.code = is_payment_file(key) ? refusal::payment_unknown : refusal::dispute_unknown;
        no.subject = to_text(key);
        return refusal_answer(key, std::move(no));
    }
    // What the disputes over a payment hear of it they hear after their own deadlines.
    if (stored && is_payment_file(key) && pass_time_of_others(*seen.money, key, as_of, recorded_at))
        seen.money = load_account(store_, key.group, payment_of(key));
    auto const* merges = std::get_if<dispute::merge_dispute>(&asked.body);
    if (merges != nullptr && stored && seen.money && pass_time_of_others(*seen.money, key, as_of, recorded_at))
        seen = view_of(key, *stored);
    auto const given_up = stored ? given_up_for(asked, seen) : decltype(given_up_for(asked, seen)){};
    for (auto const& [dispute, lines] : given_up)
        for (auto const& one : lines) add_up(seen.known.given_up, one);
    if (!stored) {
        auto found = chosen(*begins.policy, *begins.policy_version, *begins.order);
        if (!found) return refusal_answer(key, std::move(found).error());
        policy = *std::move(found);
        auto known = terms_of(*policy, begins.order->buyer, begins.order->seller);
        if (!known) return refusal_answer(key, std::move(known).error());
        seen.known = *std::move(known);
        seen.money = load_account(store_, key.group, begins.order->payment);
        // What time has done to other disputes over this payment counts, whether their timers ran or not.
        if (seen.money && pass_time_of_others(*seen.money, key, as_of, recorded_at))
            seen.money = load_account(store_, key.group, begins.order->payment);
    }

    if (auto const* opening = std::get_if<dispute::open_dispute>(&asked.body); opening != nullptr && opening->follows) {
        dispute_key const earlier{key.group, *opening->follows};
        if (earlier == key || !store_.load(earlier)) {
            refused no;
            no.code = refusal::dispute_unknown;
            no.subject = to_text(earlier);
            no.because = "A dispute follows one that was opened before it in the same group.";
            return refusal_answer(key, std::move(no));
        }
    }
    if (begins && !is_payment_file(key))
        seen.known.protections = protections_in(file_of(key.group, begins.order->payment));
    else if (std::holds_alternative<dispute::amend_claim>(asked.body) && !is_payment_file(key))
        seen.known.protections = protections_in(file_of(key.group, seen.all.dispute().kept.payment));

    terms other;
    if (auto const* moves = std::get_if<migration::migrate_policy>(&asked.body); moves != nullptr && stored) {
        policy = newest(moves->policy, moves->policy_version);
        if (policy) {
            auto const kept = subject_of(seen.all);
            auto known = terms_of(*policy, kept.buyer, kept.seller);
            if (!known) return refusal_answer(key, std::move(known).error());
            other = *std::move(known);
            seen.known.migrates_to = &other;
        }
    }

    auto const made = decide(key, seen.all, seen.money, seen.known, asked, as_of);
    auto group = appends_of(key, seen.all.version, made, recorded_at, seen.known.host);
    if (made.accepted) {
        auto const version = made.lapses.empty() ? seen.all.version : made.lapses.back().after.version;
        auto& own = group.emplace_back(
            append_of(key, version, *made.accepted, asked.id.text(), spelled, recorded_at, seen.known.host));
        own.texts = texts_of(asked);
        if (policy)
            own.policy = {policy->reference.hash, policy->reference.id, policy->reference.version, policy->text};
    }
    auto given = answer_of(key, seen.all.version, made);
    if (auto what = moved_money::of(key, made, asked.on_behalf_of.value_or(asked.by), as_of)) {
        what->money_before = seen.money;
        what->known = seen.known;
        what->given_up = given_up;
        given.heard = tell_others(*what, recorded_at, group, given.rows);
    }
    if (merges != nullptr && made.accepted && !tell_joined(asked, *made.accepted, recorded_at, group, given))
        return std::nullopt;
    if (!group.empty() && !committed_all(store_.append(group))) {
        if (policy) refuse_other_document(*policy);
        return std::nullopt;
    }
    if (auto const due = next_due(seen.all); group.empty() && due) given.next_due = due->clock.due;
    return given;
}

bool dispute_engine::tell_joined(command const& asked, recorded const& merged, instant recorded_at,
                                 std::vector<store::append>& group, answer& given) {
    auto const its = find({asked.dispute.group, std::get<dispute::merge_dispute>(asked.body).into});
    if (!its || !has_amendable_claim(its->all)) return false;
    payment_news news;
    news.merged = asked.dispute.dispute;
    auto const& kept = merged.after.dispute().kept;
    news.joined = kept.course->joined;  // what was merged into it before goes on as well
    for (auto const& one : kept.lines) news.joined.push_back({one.line, one.units});
    auto const did = hear(its->key, its->all, *merged.money, its->known, asked.by, news, merged.after.last_at);
    group.push_back(append_of(
        its->key, its->all.version, *did, fmt::format("heard:{}:{}", to_text(its->key), its->all.version),
        spelled_hearing(its->key, asked.by, asked.dispute, merged.after.version), recorded_at, its->known.host));
    given.rows.insert(given.rows.end(), did->rows.begin(), did->rows.end());
    given.heard.push_back({its->key, did->after.version, did->events});
    for (auto& one : group) one.all_or_none = true;
    return true;
}

std::vector<std::pair<dispute_id, std::vector<line_amount>>> dispute_engine::given_up_for(command const& asked,
                                                                                          dispute_view const& file) {
    std::vector<std::pair<dispute_id, std::vector<line_amount>>> found;
    auto const* told = std::get_if<payment::tell_outside_refund>(&asked.body);
    if (told == nullptr || !file.money || !is_payment_file(file.key)) return found;
    auto const known = std::any_of(file.money->outside_refunds.begin(), file.money->outside_refunds.end(),
                                   [&](auto const& one) { return one.id == told->outside_refund; });
    if (known) return found;
    auto lacking = lacking_for(*file.money, told->lines);
    for (auto const& dispute : file.money->open) {
        auto const stored = store_.load({file.key.group, dispute});
        if (!stored) continue;
        auto gives = given_up_by(read_record(stored->state), lacking);
        if (!gives.empty()) found.emplace_back(dispute, std::move(gives));
    }
    return found;
}

std::vector<heard_of_it> dispute_engine::tell_others(moved_money const& what, instant recorded_at,
                                                     std::vector<store::append>& group, std::vector<taken_row>& rows) {
    std::vector<heard_of_it> heard;
    auto const& key = what.key;
    auto money = what.money;
    auto const tell = [&](dispute_view const& its, payment_news const& news) {
        auto const did = hear(its.key, its.all, money, its.known, what.by, news, what.at);
        if (!did) return;
        if (did->money) money = *did->money;
        auto const command = fmt::format("heard:{}:{}", to_text(its.key), its.all.version);
        group.push_back(append_of(its.key, its.all.version, *did, command,
                                  spelled_hearing(its.key, what.by, key, what.after.version), recorded_at,
                                  its.known.host));
        rows.insert(rows.end(), did->rows.begin(), did->rows.end());
        heard.push_back({its.key, did->after.version, did->events});
    };
    if (is_payment_file(key)) {
        for (auto const& dispute : std::vector{money.open}) {
            auto const its = find({key.group, dispute});
            if (!its) continue;
            payment_news news{opened_between(what.money_before, money), {}};
            for (auto const& [who, lines] : what.given_up)
                if (who == dispute) news.given_up = lines;
            tell(*its, news);
        }
        tell({key, what.after, money, what.known}, {});
    } else if (auto const stored = store_.load(file_of(key.group, money.payment))) {
        auto file = view_of(file_of(key.group, money.payment), *stored);
        // Its own deadlines first, judged by the money as it was before.
        auto const passed = lapse(file.key, file.all, what.money_before, file.known, what.at);
        for (auto& late : appends_of(file.key, file.all.version, passed, recorded_at, file.known.host))
            group.push_back(std::move(late));
        for (auto const& done : passed.lapses) {
            rows.insert(rows.end(), done.rows.begin(), done.rows.end());
            heard.push_back({file.key, done.after.version, done.events});
            file.all = done.after;
        }
        tell(file, {});
    }
    if (!heard.empty())
        for (auto& one : group) one.all_or_none = true;
    return heard;
}

answer dispute_engine::submit(command const& asked, instant now, std::optional<instant> recorded_at) {
    auto const spelled = canonical(asked);
    for (int tries = 0; tries < tries_max; ++tries) {
        if (auto given = try_once(asked, spelled, now, recorded_at.value_or(now))) {
            if (!given->accepted()) keep_refusal(asked, spelled, now, *given);
            return *std::move(given);
        }
    }
    throw too_busy(asked.dispute);
}

std::optional<answer> dispute_engine::pass_time(dispute_key const& key, instant now,
                                                std::optional<instant> recorded_at) {
    for (int tries = 0; tries < tries_max; ++tries) {
        auto const seen = find(key);
        if (!seen) return std::nullopt;
        auto const made = lapse(key, seen->all, seen->money, seen->known, now);
        auto group = appends_of(key, seen->all.version, made, recorded_at.value_or(now), seen->known.host);
        auto given = answer_of(key, seen->all.version, made);
        if (auto what = moved_money::of(key, made, {role::timer, actor_id{"timer"}}, now)) {
            what->money_before = seen->money;
            what->known = seen->known;
            given.heard = tell_others(*what, recorded_at.value_or(now), group, given.rows);
        }
        if (!group.empty() && !committed_all(store_.append(group))) continue;
        if (auto const due = next_due(seen->all); group.empty() && due) given.next_due = due->clock.due;
        return given;
    }
    throw too_busy(key);
}

bool dispute_engine::pass_time_of_others(account const& money, dispute_key const& key, instant now,
                                         instant recorded_at) {
    bool any = false;
    for (auto const& other : money.open) {
        dispute_key const its{key.group, other};
        auto const stored = store_.load(its);
        if (its == key || !stored || !stored->next_due || *stored->next_due > now) continue;
        any = pass_time(its, now, recorded_at).has_value() || any;
    }
    return any;
}

due_run dispute_engine::run_due(instant now, std::size_t limit) {
    due_run run;
    std::set<dispute_key> seen;
    while (run.applied.size() < limit) {
        // Those that cannot be applied stay due and stand in front: look past them.
        bool any_new = false;
        for (auto const& one : store_.due(now, limit - run.applied.size() + run.failed.size())) {
            if (!seen.insert(one.dispute).second) continue;
            any_new = true;
            try {
                // Somebody else may have been here first: then nothing is left to apply.
                if (auto given = pass_time(one.dispute, now); given && !given->lapsed.empty())
                    run.applied.push_back(*std::move(given));
            } catch (failure const& broken) {
                if (broken.kind() == failure_kind::store_unavailable) throw;
                run.failed.push_back({one.dispute, broken.kind(), broken.what()});
            }
        }
        if (!any_new) break;
    }
    return run;
}

}  // namespace recourse
