// Verifying: read, compute again, compare.
#include "recourse/engine/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "recourse/engine/account.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/lifecycle/evolve.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "vocabulary/json.hpp"

namespace recourse {
namespace {

// Damage is a finding; a store that cannot be read is not.
template <class Call>
bool readable(Call&& call, std::string& why) {
    try {
        call();
        return true;
    } catch (failure const& broken) {
        if (broken.kind() == failure_kind::store_unavailable) throw;
        why = broken.what();
        return false;
    }
}

// Where two documents differ first: "/offer/0/state"; empty if they do not.
std::string first_difference(json::value const& one, json::value const& two, std::string const& pointer = {}) {
    if (one == two) return {};
    auto const here = pointer.empty() ? std::string{"/"} : pointer;
    if (auto const* members = one.if_object(); members != nullptr && two.is_object()) {
        auto const& others = two.get_object();
        for (auto const& [key, content] : *members) {
            auto const below = fmt::format("{}/{}", pointer, std::string_view{key});
            auto const* other = others.if_contains(key);
            if (other == nullptr) return below;
            if (auto differs = first_difference(content, *other, below); !differs.empty()) return differs;
        }
        for (auto const& [key, content] : others) {
            if (!members->contains(key)) return fmt::format("{}/{}", pointer, std::string_view{key});
        }
        return {};
    }
    if (auto const* elements = one.if_array(); elements != nullptr && two.is_array()) {
        auto const& others = two.get_array();
        for (std::size_t at = 0; at < std::min(elements->size(), others.size()); ++at) {
            auto differs = first_difference((*elements)[at], others[at], fmt::format("{}/{}", pointer, at));
            if (!differs.empty()) return differs;
        }
    }
    return here;
}

std::string where_states_differ(record const& one, record const& two) {
    json::problems ignored;
    auto const left = json::parse(to_json(one), json::origin::own, ignored);
    auto const right = json::parse(to_json(two), json::origin::own, ignored);
    return left && right ? first_difference(*left, *right) : std::string{};
}

// A log that reads and replays.
struct told_log {
    dispute_key key;
    std::vector<store::stored_event> stored;
    std::vector<event> events;
    record all;
};

class verifying {
  public:
    explicit verifying(store::contract& store) : store_{store} {}

    // nullopt if it does not replay; breaks are kept if `reported`.
    std::optional<told_log> dispute(dispute_key const& key, bool reported) {
        std::vector<stored_break> found;
        std::size_t events = 0;
        auto log = read(key, found, events);
        if (reported) {
            ++all_.disputes;
            all_.events += events;
            all_.breaks.insert(all_.breaks.end(), found.begin(), found.end());
        }
        return log;
    }
    void ledger(settlement_group const& group, payment_id const& payment, std::vector<told_log const*> logs);
    void report(stored_break one) { all_.breaks.push_back(std::move(one)); }
    verification take() { return std::move(all_); }

  private:
    std::optional<told_log> read(dispute_key const& key, std::vector<stored_break>& found, std::size_t& events_read) {
        std::optional<store::loaded> stored;
        told_log log{key, {}, {}, {}};
        std::string why;
        bool const whole = readable(
            [&] {
                stored = store_.load(key);
                log.stored = store_.events(key);
            },
            why);
        if (!whole || !stored) {
            found.push_back({key, {}, whole ? "it is listed and cannot be found" : why});
            return std::nullopt;
        }
        events_read = log.stored.size();
        chain(log, stored->head, found);
        if (!events(log, found)) return std::nullopt;
        state(log, *stored, found);
        policy(log, found);
        texts(log, found);
        return log;
    }

    static void chain(told_log const& log, digest const& head, std::vector<stored_break>& found) {
        digest before;
        for (auto const& one : log.stored) {
            if (one.link != store::link_of(log.key, before, one))
                found.push_back({log.key, one.version, "its link is not that of what is stored of it"});
            before = one.link;
        }
        if (head != before)
            found.push_back({log.key, {}, "the head stored with the dispute is not the link of its last event"});
    }

    static bool events(told_log& log, std::vector<stored_break>& found) {
        for (auto const& one : log.stored) {
            std::string why;
            if (!readable([&] { log.events.push_back(read_event(one.body)); }, why)) {
                found.push_back({log.key, one.version, why});
                return false;
            }
            auto const& told = log.events.back();
            if (told.version != one.version || told.at != one.at || type_of(told) != one.type)
                found.push_back(
                    {log.key, one.version,
                     fmt::format("its body tells of version {}, {}, at {}; its row of {} at {}", told.version,
                                 type_of(told), to_text(told.at), one.type, to_text(one.at))});
        }
        std::string why;
        bool const replays = readable([&] { log.all = replay(log.events); }, why);
        if (!replays) found.push_back({log.key, {}, fmt::format("its log does not replay: {}", why)});
        return replays;
    }

    static void state(told_log const& log, store::loaded const& stored, std::vector<stored_break>& found) {
        record kept;
        std::string why;
        if (!readable([&] { kept = read_record(stored.state); }, why))
            found.push_back({log.key, {}, why});
        else if (kept != log.all)
            found.push_back({log.key,
                             {},
                             fmt::format("its stored state differs from what its events add up to, at {}",
                                         where_states_differ(log.all, kept))});
        auto const due = next_due(log.all);
        if (stored.next_due != (due ? std::optional{due->clock.due} : std::nullopt))
            found.push_back({log.key, {}, "its stored deadline is not the next one of its state"});
        std::vector<std::uint64_t> hashes;
        for (auto const& one : log.stored) {
            if (!one.command.empty()) hashes.push_back(store::command_hash(one.command));
        }
        if (stored.command_hashes != hashes)
            found.push_back({log.key, {}, "its stored command keys are not those of its events"});
    }

    void policy(told_log const& log, std::vector<stored_break>& found) {
        auto const& pinned = subject_of(log.all).policy;
        std::optional<store::policy_document> document;
        std::string why;
        auto const named = fmt::format("policy {} version {}", pinned.id.text(), pinned.version);
        if (!readable([&] { document = store_.policy(pinned.hash); }, why))
            found.push_back({log.key, {}, why});
        else if (!document)
            found.push_back({log.key, {}, fmt::format("its {} is not in the store", named)});
        else if (sha256(document->text) != pinned.hash)
            found.push_back({log.key, {}, fmt::format("the text of its {} has another hash", named)});
        else if (document->id != pinned.id || document->version != pinned.version)
            found.push_back(
                {log.key,
                 {},
                 fmt::format("its {} is stored as {} version {}", named, document->id.text(), document->version)});
    }

    // That a text is not there any more is no break: it may have been erased.
    void texts(told_log const& log, std::vector<stored_break>& found) {
        std::vector<store::personal_text> kept;
        std::string why;
        if (!readable([&] { kept = store_.texts(log.key); }, why)) found.push_back({log.key, {}, why});
        for (auto const& text : kept) {
            auto const digest = to_text(text.content);
            if (digest_of({text.text, text.salt}) != text.content)
                found.push_back({log.key, {}, fmt::format("the text with the digest {} has another one", digest)});
            std::size_t at = 0;
            while (at < log.events.size() && (log.events[at].on_behalf_of.value_or(log.events[at].by) != text.subject ||
                                              log.stored[at].body.find(digest) == std::string::npos))
                ++at;
            if (at == log.events.size())
                found.push_back({log.key,
                                 {},
                                 fmt::format("no event of {} {} tells of the text with the digest {}",
                                             wire_name(text.subject.role), text.subject.id.text(), digest)});
        }
    }

    store::contract& store_;
    verification all_;
};

// The order that a dispute was opened with, from the command in its first event.
std::optional<order_facts> order_of(told_log const& log) {
    json::problems ignored;
    auto const body = json::parse(log.stored.front().body, json::origin::own, ignored);
    auto const* asked = body && body->is_object() ? body->get_object().if_contains("asked") : nullptr;
    if (asked == nullptr || !asked->is_object()) return std::nullopt;
    auto whole = asked->get_object();
    whole["id"] = "opening";
    auto const read = read_command(boost::json::serialize(whole));
    auto const begins = read ? beginning_of(read->body) : beginning{};
    return begins ? std::optional{*begins.order} : std::nullopt;
}

// One command of one dispute, where it stands among those of the others over the same payment: by when it was recorded,
// and within one dispute never before the command ahead of it.
struct moment {
    instant recorded;
    std::size_t log = 0;
    std::size_t first = 0;  // event
    std::size_t past = 0;
};
std::vector<moment> in_order(std::vector<told_log const*> const& logs) {
    std::vector<moment> all;
    for (std::size_t which = 0; which < logs.size(); ++which) {
        auto const& stored = logs[which]->stored;
        instant latest = first_instant;
        for (std::size_t at = 0; at < stored.size();) {
            auto past = at + 1;
            while (past < stored.size() && stored[past].command.empty()) ++past;
            latest = std::max(latest, stored[at].recorded_at.value_or(stored[at].at));
            all.push_back({latest, which, at, past});
            at = past;
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](auto const& one, auto const& two) { return one.recorded < two.recorded; });
    return all;
}

// What the events of all disputes over a payment make of it.
std::optional<account> account_of_logs(std::vector<told_log const*> const& logs) {
    auto const moments = in_order(logs);
    auto const order = order_of(*logs[moments.front().log]);
    if (!order) return std::nullopt;
    auto money = account_of(*order);
    std::vector<record> records(logs.size());
    // Of what was recorded at one instant, that comes next which says so; what says nothing, when nothing else is due.
    std::vector<bool> done(moments.size(), false);
    auto const version_of = [&](moment const& one) { return logs[one.log]->events[one.first].money_version; };
    auto const next = [&] {
        std::optional<std::size_t> chosen;
        std::vector<bool> behind(logs.size(), false);  // another of its log comes first
        std::optional<instant> when;
        for (std::size_t at = 0; at < moments.size(); ++at) {
            auto const& one = moments[at];
            if (done[at]) continue;
            if (when && one.recorded != *when) break;
            when = one.recorded;
            if (behind[one.log]) continue;
            behind[one.log] = true;
            auto const version = version_of(one);
            if (version == money.version + 1) return at;
            if (!chosen || (version_of(moments[*chosen]) && !version)) chosen = at;
        }
        return *chosen;
    };
    for (std::size_t count = 0; count < moments.size(); ++count) {
        auto const which = next();
        done[which] = true;
        auto const& one = moments[which];
        bool moved = false;
        for (auto at = one.first; at < one.past; ++at) {
            auto const& happened = logs[one.log]->events[at];
            evolve(records[one.log], happened);
            moved = post(money, logs[one.log]->key.dispute, records[one.log], happened) || moved;
        }
        if (moved) ++money.version;
    }
    return money;
}

std::string difference(account const& expected, store::ledger_row const& row) {
    auto kept = read_account(row.lines);
    auto open = expected.open;
    std::sort(open.begin(), open.end());
    std::sort(kept.open.begin(), kept.open.end());
    auto const told = [](char const* what, auto const& stored, auto const& right) {
        return fmt::format("its {} is {}, and the events make it {}", what, stored, right);
    };
    if (row.version != expected.version) return told("version", row.version, expected.version);
    if (row.currency != expected.currency.code()) return told("currency", row.currency, expected.currency.code());
    if (row.captured_minor != expected.captured_minor())
        return told("captured amount", row.captured_minor, expected.captured_minor());
    if (row.reserved_minor != expected.reserved_minor())
        return told("reserved amount", row.reserved_minor, expected.reserved_minor());
    if (row.refunded_minor != expected.refunded_minor())
        return told("refunded amount", row.refunded_minor, expected.refunded_minor());
    if (kept.lines != expected.lines) return "its lines are not what the events make of them";
    if (kept.outside_refunds != expected.outside_refunds)
        return "its refunds by other routes are not what the events tell of them";
    if (kept.chargebacks != expected.chargebacks) return "its chargebacks are not what the events tell of them";
    if (kept.recouped_minor != expected.recouped_minor)
        return told("amount asked back", kept.recouped_minor, expected.recouped_minor);
    if (kept.open != open) return "its open disputes are not those that hold something of it";
    return {};
}

void verifying::ledger(settlement_group const& group, payment_id const& payment, std::vector<told_log const*> logs) {
    auto const break_with = [&](std::string const& what) {
        std::optional<dispute_key> one;
        if (logs.size() == 1) one = logs.front()->key;
        report({one, {}, fmt::format("payment {} of group {}: {}", payment.text(), group.text(), what)});
    };
    std::optional<store::ledger_row> row;
    std::string why;
    if (!readable([&] { row = store_.ledger(group, payment); }, why)) return break_with(why);
    if (!row) return break_with("it has no ledger row");
    auto const expected = account_of_logs(logs);
    if (!expected) return break_with("the first event does not tell the order it was opened with");
    std::string differs;
    if (!readable([&] { differs = difference(*expected, *row); }, why)) return break_with(why);
    if (!differs.empty()) break_with(differs);
}

// The payments of one settlement group. A log that cannot be told leaves the payments of its group unchecked, and is
// itself a break.
void check_payments(verifying& doing, settlement_group const& group, std::vector<told_log> const& logs,
                    std::optional<payment_id> const& only) {
    std::map<payment_id, std::vector<told_log const*>> by_payment;
    for (auto const& log : logs) by_payment[subject_of(log.all).payment].push_back(&log);
    for (auto const& [payment, its] : by_payment) {
        if (!only || *only == payment) doing.ledger(group, payment, its);
    }
}

std::vector<dispute_key> keys_of(store::contract& store, std::optional<dispute_key> after,
                                 std::optional<settlement_group> const& within) {
    constexpr std::size_t page_size = 1000;
    std::vector<dispute_key> keys;
    for (auto page = store.disputes(after, page_size); !page.empty(); page = store.disputes(after, page_size)) {
        for (auto const& key : page) {
            if (within && key.group != *within) return keys;
            keys.push_back(key);
        }
        after = page.back();
    }
    return keys;
}

}  // namespace

std::string to_text(stored_break const& one) {
    return fmt::format("{}{}{}", one.dispute ? to_text(*one.dispute) : "",
                       one.version ? fmt::format(" version {}", *one.version) : "",
                       fmt::format("{}{}", one.dispute ? ": " : "", one.what));
}

verification verify(store::contract& store, std::optional<dispute_key> const& only) {
    verifying doing{store};
    std::vector<dispute_key> keys;
    std::string why;
    std::optional<dispute_key> after;
    std::optional<settlement_group> within;
    if (only) {
        after = dispute_key{only->group, {}};  // before every key of the group
        within = only->group;
    }
    if (!readable([&] { keys = keys_of(store, after, within); }, why)) doing.report({{}, {}, why});
    for (auto first = keys.begin(); first != keys.end();) {
        auto const past = std::find_if(first, keys.end(), [&](auto const& key) { return key.group != first->group; });
        std::vector<told_log> logs;
        bool all_told = true;
        std::optional<payment_id> payment;
        for (auto key = first; key != past; ++key) {
            bool const reported = !only || *only == *key;
            auto log = doing.dispute(*key, reported);
            all_told = all_told && log;
            if (!log) continue;
            if (only && reported) payment = subject_of(log->all).payment;
            logs.push_back(*std::move(log));
        }
        if (all_told && (!only || payment)) check_payments(doing, first->group, logs, payment);
        if (!all_told && only && payment)
            doing.report({*only, {}, "its payment cannot be checked: another dispute of its group cannot be told"});
        first = past;
    }
    std::vector<store::damage> damages;
    if (!readable([&] { damages = store.damages(); }, why)) doing.report({{}, {}, why});
    for (auto& one : damages) {
        if (!only || !one.dispute || *one.dispute == *only) doing.report({one.dispute, {}, std::move(one.what)});
    }
    return doing.take();
}

}  // namespace recourse
