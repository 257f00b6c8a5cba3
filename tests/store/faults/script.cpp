// The run of commands, and everything that a store shows.
#include "script.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <type_traits>

#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/store/sqlite_upkeep.hpp"
#include "recourse/vocabulary/salted_text.hpp"

namespace recourse::test {

using namespace store_samples;
using store::committed;
using store::duplicate;
using store::key_reused;
using store::outcome;

namespace {

// Values with a line each, behind their names.
class told {
  public:
    told& add(std::string_view name, std::string_view value) {
        text_.append(name).append(" ").append(std::to_string(value.size())).append(" ").append(value).append("\n");
        return *this;
    }
    told& add(std::string_view name, std::int64_t value) { return add(name, std::to_string(value)); }
    told& add(std::string_view name, digest const& value) { return add(name, to_text(value)); }
    told& add(std::string_view name, std::optional<instant> value) {
        return value ? add(name, value->microseconds) : add(name, "never");
    }
    told& add(std::string_view name, dispute_key const& value) { return add(name, to_text(value)); }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

void tell(told& all, store::stored_event const& one) {
    all.add("event", std::int64_t{one.version}).add("at", std::optional{one.at}).add("type", one.type);
    all.add("command", one.command).add("fingerprint", one.fingerprint).add("recorded", one.recorded_at);
    all.add("body", one.body).add("link", one.link);
}

void tell(told& all, store::policy_document const& one) {
    all.add("policy", one.id.text()).add("version", std::int64_t{one.version}).add("hash", one.hash);
    all.add("text", one.text);
}

void tell_dispute(told& all, store::contract& at, dispute_key const& key) {
    all.add("dispute", key);
    if (auto const now = at.load(key)) {
        all.add("version", std::int64_t{now->version}).add("state", now->state).add("due", now->next_due);
        for (auto const hash : now->command_hashes) all.add("key", static_cast<std::int64_t>(hash));
        all.add("head", now->head);
    }
    for (auto const& event : at.events(key)) tell(all, event);
    for (auto const& text : at.texts(key)) {
        all.add("whose", text.subject.id.text()).add("as", wire_name(text.subject.role)).add("digest", text.content);
        all.add("salt", text.salt).add("text", text.text);
    }
}

void tell_refusals(told& all, store::contract& at, dispute_key const& key) {
    for (auto const& count : at.refusal_counts(key)) {
        all.add("code", std::int64_t{count.code}).add("count", static_cast<std::int64_t>(count.count));
    }
    for (auto const& one : at.refusals(key, 100)) {
        all.add("refused", std::optional{one.at}).add("command", one.command).add("asked", one.asked);
        for (auto const code : one.codes) all.add("code", std::int64_t{code});
    }
}

void tell_payment(told& all, store::contract& at, settlement_group const& group, payment_id const& payment) {
    auto const found = at.ledger(group, payment);
    if (!found) return;
    all.add("payment", payment.text()).add("version", static_cast<std::int64_t>(found->version));
    all.add("currency", found->currency).add("captured", found->captured_minor);
    all.add("reserved", found->reserved_minor).add("refunded", found->refunded_minor).add("lines", found->lines);
}

dispute_key const refused{key("D-none")};

}  // namespace

std::string contents_of(store::contract& at) {
    constexpr std::size_t all_of_them = 1000;
    told all;
    for (auto const& key : at.disputes(std::nullopt, all_of_them)) tell_dispute(all, at, key);
    tell_refusals(all, at, refused);
    for (auto const* group : {"G-1", "G-2"})
        for (auto const* payment : {"P-1", "P-2", "P-3"})
            tell_payment(all, at, settlement_group{group}, payment_id{payment});
    for (auto const& due : at.due(instant{5000}, all_of_them)) all.add("due at 5000", due.dispute);
    for (auto const& due : at.due(last_instant, all_of_them))
        all.add("due", due.dispute).add("version", std::int64_t{due.version}).add("at", std::optional{due.due});
    for (auto const& effect : at.outbox(0, all_of_them)) {
        all.add("effect", static_cast<std::int64_t>(effect.position)).add("of", effect.dispute);
        all.add("version", std::int64_t{effect.version}).add("index", std::int64_t{effect.index});
        all.add("kind", effect.entry.kind).add("body", effect.entry.body);
    }
    for (auto const& one : at.feed(0, all_of_them)) {
        all.add("fed", one.dispute);
        tell(all, one.event);
    }
    for (auto const* id : {"shop", "other"})
        if (auto const found = at.policy(policy_id{id}, 1)) tell(all, *found);
    return all.take();
}

// --- sessions ----------------------------------------------------------------------------------------------------

store_change& change_of_stores() {
    static store_change change;
    return change;
}

std::unique_ptr<store::contract> open_store(std::string const& path, int busy_timeout_ms) {
    auto opened = store::open_sqlite({.path = path, .busy_timeout_ms = busy_timeout_ms});
    return change_of_stores() ? change_of_stores()(std::move(opened)) : std::move(opened);
}

session::session(simulated_disk& disk, std::string path) : disk_{disk}, path_{std::move(path)} {}

void session::open() {
    close();
    at_ = open_store(path_, 0);
}

store_place::store_place() : path_{folder_ / "store.db"} { std::ofstream{path_}; }

// --- the steps ---------------------------------------------------------------------------------------------------

namespace {

using store_samples::row;

store::append with(store::append one, std::vector<store::outbox_entry> outbox, std::optional<instant> next_due) {
    one.outbox = std::move(outbox);
    one.next_due = next_due;
    return one;
}

store::personal_text text_of(std::string const& who, std::string const& said) {
    salted_text const salted{said, sha256("salt of " + said)};
    return {{role::buyer, actor_id{who}}, digest_of(salted), salted.salt, said};
}

constexpr char const* erased_text = "what anna would rather not have said";

// What an earlier try has left is removed by the library where it looks for files, and that is not the simulated disk.
void copy_store(session& here, std::string const& end, store::backup_form form) {
    auto const copy = here.path() + end;
    for (auto const* part : {"", "-journal", "-wal"}) here.disk().remove(copy + part);
    store::back_up({.path = here.path(), .busy_timeout_ms = 0}, copy, form);
}

void require_forgotten(session& here) {
    for (auto const& [name, bytes] : here.disk().files())
        if (name.starts_with(here.path()) && name.find(".copy") == std::string::npos &&
            bytes.find(erased_text) != std::string::npos)
            throw std::logic_error{"an erased text stands in " + name};
}

// Everything that the store does, once or twice, from its first row to its upkeep.
std::vector<step> steps_of(unsigned seed) {
    std::mt19937 random{seed};
    auto const bytes = [&](std::size_t most) { return std::string(1 + random() % most, 'b'); };
    auto const effect = [&](char const* kind) { return store::outbox_entry{kind, bytes(300)}; };
    auto const amount = [&](int from) {
        return static_cast<std::int64_t>(static_cast<unsigned>(from) + random() % 10);
    };
    auto const sized = [&](store::append one, std::size_t most) {
        for (auto& event : one.events) event.body += bytes(most);
        one.state += bytes(most);
        return one;
    };
    auto const d1 = key("D-1");
    auto const d2 = key("D-2");
    std::vector<step> all;

    auto first =
        with(sized(sample(d1, 0, "open D-1", 2), 600), {effect("notification"), effect("refund_order")}, instant{5000});
    first.ledger = {{row(1, 1000, amount(100), 0)}};
    first.policy = policy("shop", 1, "{\"shop\":1}" + bytes(2000));
    first.texts = {text_of("anna", erased_text)};
    all.push_back({.name = "the first command", .group = {first}, .answers = {committed{2}}});

    auto second = with(sized(sample(d2, 0, "open D-2"), 600), {effect("notification")}, instant{4000});
    second.ledger = {{row(1, 500, amount(10), 0, "P-2")}};
    auto late = with(sample(key("D-3"), 0, "open D-3"), {effect("notification")}, instant{1});
    late.ledger = {{row(1, 70, 7, 0, "P-3")}, {row(1, 1000, 1, 0, "P-1")}};  // the second was written by another
    late.texts = {text_of("mia", "never said")};
    auto other = sized(sample(key("D-1", "G-2"), 0, "open in G-2", 1 + static_cast<std::uint32_t>(random() % 2)), 600);
    other.policy = policy("other", 1, "{}");
    all.push_back({.name = "a group of which one is a conflict",
                   .group = {second, late, other},
                   .answers = {committed{1}, ledger_conflict(1), committed{other.events.back().version}}});

    auto third = with(sized(sample(d1, 2, "go on with D-1"), 600), {effect("refund_order")}, instant{6000});
    third.ledger = {{row(2, 1000, amount(200), amount(20))}};
    all.push_back({.name = "one command with money", .group = {third}, .answers = {committed{3}}});

    auto reused = first;
    reused.fingerprint = sha256("another content");
    auto fourth = with(sample(d2, 1, "go on with D-2"), {}, std::nullopt);
    all.push_back({.name = "a duplicate, a key that is used again, and a new command",
                   .group = {first, reused, fourth},
                   .answers = {duplicate{1}, key_reused{}, committed{2}}});

    auto stale = third;
    stale.command = "decided on an old version";
    auto stale_money = sample(key("D-4"), 0, "money of an old version");
    stale_money.ledger = {{row(2, 1000, 1, 1)}};
    all.push_back({.name = "commands that were decided on what has changed since",
                   .group = {stale, stale_money},
                   .answers = {dispute_conflict(3), ledger_conflict(2)}});

    all.push_back({.name = "settling the last effect", .call = [](store::contract& at) {
                       auto const pending = at.outbox(0, 100);
                       if (!pending.empty()) at.settle(pending.back().position);
                   }});

    auto large = with(sample(d2, 2, "a large one"), {effect("notification")}, instant{7000});
    large.events[0].body = std::string(5000 + random() % 9000, 'l');
    all.push_back({.name = "a command of several pages", .group = {large}, .answers = {committed{3}}});

    auto whole = with(sample(d1, 3, "together with what fails"), {effect("refund_order")}, instant{8000});
    whole.all_or_none = true;
    auto failing = sample(d2, 1, "what fails");
    all.push_back({.name = "a group that is taken back whole",
                   .group = {whole, failing},
                   .answers = {dispute_conflict(3), dispute_conflict(3)}});

    auto one = with(sized(sample(d1, 3, "one of two"), 600), {effect("refund_order")}, instant{9000});
    one.all_or_none = true;
    one.ledger = {{row(3, 1000, amount(100), amount(300))}};
    auto two = with(sized(sample(d2, 3, "two of two", 2), 600), {}, instant{2000});
    two.ledger = {{row(2, 500, amount(100), 0, "P-2")}};
    two.texts = {text_of("mia", "a word")};
    all.push_back(
        {.name = "a group that is committed whole", .group = {one, two}, .answers = {committed{4}, committed{5}}});

    all.push_back({.name = "a refused command", .call = [](store::contract& at) {
                       at.refuse({refused, instant{7}, {20, 21}, "refused", "asked"}, store::keeping::whole);
                   }});

    all.push_back({.name = "closing and opening again", .upkeep = [](session& here) { here.open(); }});

    auto texts = sample(d2, 5, "more texts");
    texts.texts = {text_of("anna", std::string{erased_text} + ", again"), text_of("otto", "stays")};
    all.push_back({.name = "texts of several people", .group = {texts}, .answers = {committed{6}}});

    all.push_back(
        {.name = "a backup", .upkeep = [](session& here) { copy_store(here, ".copy", store::backup_form::pages); }});
    all.push_back({.name = "a compact backup",
                   .upkeep = [](session& here) { copy_store(here, ".copy2", store::backup_form::compact); }});

    all.push_back({.name = "an erasure",
                   .call =
                       [](store::contract& at) {
                           at.erase({role::buyer, actor_id{"anna"}});
                       },
                   .repeats = true});
    all.push_back({.name = "looking for what was erased", .upkeep = require_forgotten});

    auto after = with(sized(sample(d1, 4, "after a checkpoint"), 600), {effect("notification")}, instant{10'000});
    after.ledger = {{row(4, 1000, amount(10), amount(400))}};
    all.push_back({.name = "a command after a checkpoint", .group = {after}, .answers = {committed{5}}});

    auto base = with(sample(d2, 6, "what is built on"), {effect("notification")}, instant{11'000});
    auto built = with(sample(d2, 7, "what builds on it"), {effect("refund_order")}, instant{12'000});
    all.push_back(
        {.name = "two commands to one dispute", .group = {base, built}, .answers = {committed{7}, committed{8}}});

    all.push_back({.name = "looking for damage", .upkeep = [](session& here) {
                       for (auto const& found : here.at().damages()) throw std::logic_error{found.what};
                   }});
    return all;
}

}  // namespace

std::vector<std::string> take(session& here, step const& one, bool first_time) {
    std::vector<std::string> faults;
    if (one.upkeep) {
        one.upkeep(here);
        return faults;
    }
    if (one.call) {
        one.call(here.at());
        return faults;
    }
    auto const found = here.at().append(one.group);
    for (std::size_t at = 0; at < one.group.size(); ++at) {
        bool const known = std::holds_alternative<duplicate>(found.at(at)) &&
                           std::get<duplicate>(found[at]).first_version == one.group[at].expected + 1;
        bool const was_committed = std::holds_alternative<committed>(one.answers[at]);
        if (found[at] != one.answers[at] && !(known && was_committed && !first_time))
            faults.push_back(one.name + ": append " + std::to_string(at) + " has another answer");
    }
    return faults;
}

script make_script(unsigned seed) {
    script made{steps_of(seed), {}, {".copy", ".copy2"}};
    auto const memory = store::open_memory();
    made.after.push_back(contents_of(*memory));
    for (auto const& one : made.steps) {
        if (one.call) one.call(*memory);
        if (!one.group.empty()) memory->append(one.group);
        made.after.push_back(contents_of(*memory));
    }
    return made;
}

}  // namespace recourse::test
