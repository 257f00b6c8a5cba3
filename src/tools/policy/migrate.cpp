// `recourse policy migrate`: what another policy would do to the open disputes of a store; with --apply it is done. Without
// that nothing is written.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <ostream>

#include "recourse/engine/engine.hpp"
#include "recourse/engine/migration.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/policy/commands.hpp"
#include "tools/progress.hpp"
#include "tools/soundness.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    std::string policy;
    std::string store;
    std::string dispute;
    calendar_sources calendars;
    bool harm_is_allowed = false;
    bool is_applied = false;
    std::string id;
    std::string by = "operator";
    std::string because;
    std::string now;
    soundness policies = soundness::prove_if_uncertified;
    std::vector<std::string> certificates{};
    bool as_json = false;
};

std::string whom(std::vector<party> const& harmed) {
    std::string text;
    for (auto const one : harmed) text += fmt::format("{}the {}", text.empty() ? "" : " and ", wire_name(one));
    return text;
}

void tell(migration_plan const& plan, bool is_refused, std::ostream& out) {
    out << fmt::format("{}  {} version {} -> {} version {}{}\n", to_text(plan.dispute), plan.from.id.text(),
                       plan.from.version, plan.to.id.text(), plan.to.version, is_refused ? ": refused" : "");
    if (!plan.obstacle.empty()) out << fmt::format("  cannot go on: {}\n", plan.obstacle);
    for (auto const& one : plan.consequences)
        out << fmt::format("  {}{}\n", one.words,
                           one.harms.empty() ? std::string{} : fmt::format("; it harms {}", whom(one.harms)));
    if (plan.consequences.empty() && plan.obstacle.empty()) out << "  no consequence\n";
}

instant now_of(arguments const& given) {
    if (given.now.empty())
        return {
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
    auto const said = parse_instant(given.now);
    if (!said) throw std::invalid_argument{said.error()};
    return *said;
}

// One dispute, by a command whose id is the same each time: what was migrated before is answered as it was then.
command migration_of(dispute_key const& key, policy_reference const& to, arguments const& given) {
    auto const id = given.id.empty() ? fmt::format("migrate-{}-{}", to.id.text(), to.version) : given.id;
    return {command_id{fmt::format("{}:{}", id, key.dispute.text())},
            key,
            {role::platform_operator, actor_id{given.by}},
            {},
            migration::migrate_policy{to.id, to.version, given.because, given.harm_is_allowed}};
}

void tell_refused(dispute_key const& key, refusals const& no, arguments const& given, std::ostream& out) {
    if (given.as_json)
        out << fmt::format(R"({{"dispute":"{}","refused":"{}"}})", to_text(key), name(no.front().code)) << "\n";
    else
        out << fmt::format("{}  refused: {}\n", to_text(key), to_text(no.front()));
}

int plan_migrations(arguments const& given, streams with) {
    auto const calendars = calendars_of(given.calendars);
    auto const text = policy_text(given.policy);
    auto const rules = policy_named(given.policy, calendars);
    policy_reference const reference{rules.id, rules.version, sha256(text)};
    auto const store = store::open_sqlite({.path = given.store, .create = false, .read_only = !given.is_applied});
    dispute_engine disputes{*store, calendars, {.policies = given.policies}};
    std::optional<progress_bar> bar;
    if (given.is_applied) {
        if (auto const offered = disputes.offer_policy(text, certificate_for(text, given.certificates)); !offered)
            throw std::invalid_argument{to_text(offered.error(), given.policy)};
        bar.emplace(with.error, "migrating");
    }
    if (!given.dispute.empty() && !parse_dispute_key(given.dispute))
        throw std::invalid_argument{parse_dispute_key(given.dispute).error()};
    if (!given.dispute.empty() && is_payment_file(*parse_dispute_key(given.dispute)))
        throw std::invalid_argument{fmt::format(
            "{} is the file of a payment, which keeps its policy; expected a dispute, as in G-1/D-1", given.dispute)};
    std::size_t planned = 0;
    std::size_t refused = 0;
    std::size_t done = 0;
    bool is_there = given.dispute.empty();
    auto const plan_for = [&](dispute_key const& key) {
        if (is_payment_file(key)) return;
        auto const seen = disputes.find(key);
        if (!seen) return;
        is_there = true;
        if (seen->all.dispute().in<dispute::closed>() || subject_of(seen->all).policy == reference) return;
        auto to = seen->known;
        to.policy = &rules;
        to.reference = reference;
        auto const plan = plan_migration(key, seen->all, seen->known, to);
        bool const is_refused = !plan.obstacle.empty() || (!plan.harm().empty() && !given.harm_is_allowed);
        ++planned;
        refused += is_refused ? 1 : 0;
        if (bar) bar->show(planned, 0);
        if (given.as_json)
            with.out << to_json(plan) << "\n";
        else
            tell(plan, is_refused, with.out);
        if (!given.is_applied || is_refused) return;
        // What has come meanwhile is seen by the engine: it plans anew, and says no where that harms.
        auto const answer = disputes.submit(migration_of(key, reference, given), now_of(given));
        if (answer.accepted()) {
            ++done;
        } else {
            ++refused;
            tell_refused(key, answer.refused, given, with.out);
        }
    };
    if (given.dispute.empty()) {
        constexpr std::size_t page_size = 1000;
        std::optional<dispute_key> after;
        for (auto page = store->disputes(after, page_size); !page.empty(); page = store->disputes(after, page_size)) {
            for (auto const& key : page) plan_for(key);
            after = page.back();
        }
    } else {
        plan_for(*parse_dispute_key(given.dispute));
    }
    if (!is_there) throw std::invalid_argument{fmt::format("there is no dispute {} in this store", given.dispute)};
    if (given.is_applied && given.as_json)
        with.out << fmt::format(R"({{"open":{},"migrated":{},"refused":{}}})", planned, done, refused) << "\n";
    else if (given.is_applied)
        with.out << fmt::format("{} open disputes, {} migrated, {} refused\n", planned, done, refused);
    else if (!given.as_json)
        with.out << fmt::format("{} open disputes, {} refused\n", planned, refused);
    return refused > 0 ? exit_refused : exit_done;
}

}  // namespace

policy_subcommand add_policy_migrate(CLI::App& policies) {
    auto* command = policies.add_subcommand(
        "migrate", "What another policy would do to the open disputes of a store; with --apply it is done");
    auto const given = std::make_shared<arguments>();
    command->add_option("--policy", given->policy, "A preset, or a file")->required();
    command->add_option("--store", given->store, "The SQLite file of the disputes; only read without --apply")
        ->required();
    command->add_option("--dispute", given->dispute, "GROUP/DISPUTE; all that are open if left out");
    add_calendar_sources(*command, given->calendars);
    command->add_flag("--allow-harm", given->harm_is_allowed, "Refuse none because it harms a party");
    command->add_flag("--apply", given->is_applied, "Carry it out where it is not refused, an event a dispute");
    command->add_option("--id", given->id, "With --apply: what the ids of its commands begin with");
    command->add_option("--by", given->by, "With --apply: the id of the operator");
    command->add_option("--because", given->because, "With --apply: which decision or ticket; recorded");
    command->add_option("--now", given->now, "With --apply: RFC 3339; the system's clock if left out");
    add_soundness(*command, given->policies, given->certificates);
    command->add_flag("--json", given->as_json, "Answer in JSON, one object a dispute");
    return {command, [given](streams with) { return plan_migrations(*given, with); }};
}

}  // namespace recourse::tools
