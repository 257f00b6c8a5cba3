// `recourse policy migrate`: what another policy would do to the open disputes of a store. A dry run: nothing is written.
#include <fmt/format.h>

#include <memory>
#include <ostream>

#include "recourse/engine/engine.hpp"
#include "recourse/engine/migration.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/policy/commands.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    std::string policy;
    std::string store;
    std::string dispute;
    calendar_sources calendars;
    bool harm_is_allowed = false;
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

int plan_migrations(arguments const& given, streams with) {
    auto const calendars = calendars_of(given.calendars);
    auto const text = policy_text(given.policy);
    auto const rules = policy_named(given.policy, calendars);
    policy_reference const reference{rules.id, rules.version, sha256(text)};
    auto const store = store::open_sqlite({.path = given.store, .create = false, .read_only = true});
    dispute_engine disputes{*store, calendars};
    if (!given.dispute.empty() && !parse_dispute_key(given.dispute))
        throw std::invalid_argument{parse_dispute_key(given.dispute).error()};
    std::size_t planned = 0;
    std::size_t refused = 0;
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
        bool const is_refused = !plan.obstacle.empty() || (plan.harms_somebody() && !given.harm_is_allowed);
        ++planned;
        refused += is_refused ? 1 : 0;
        if (given.as_json)
            with.out << to_json(plan) << "\n";
        else
            tell(plan, is_refused, with.out);
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
    if (!given.as_json) with.out << fmt::format("{} open disputes, {} refused\n", planned, refused);
    return refused > 0 ? exit_refused : exit_done;
}

}  // namespace

policy_subcommand add_policy_migrate(CLI::App& policies) {
    auto* command = policies.add_subcommand(
        "migrate", "What another policy would do to the open disputes of a store; nothing is written");
    auto const given = std::make_shared<arguments>();
    command->add_option("--policy", given->policy, "A preset, or a file")->required();
    command->add_option("--store", given->store, "The SQLite file of the disputes; it is only read")->required();
    command->add_option("--dispute", given->dispute, "GROUP/DISPUTE; all that are open if left out");
    add_calendar_sources(*command, given->calendars);
    command->add_flag("--allow-harm", given->harm_is_allowed, "Refuse none because it harms a party");
    command->add_flag("--json", given->as_json, "Answer in JSON, one object a dispute");
    return {command, [given](streams with) { return plan_migrations(*given, with); }};
}

}  // namespace recourse::tools
