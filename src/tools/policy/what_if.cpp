// `recourse policy what-if`: the stored commands decided again, group by group, on all cores.
#include <fmt/format.h>

#include <atomic>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <ostream>
#include <thread>

#include "recourse/engine/what_if.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/policy/commands.hpp"
#include "tools/progress.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    std::string policy;
    std::string store;
    calendar_sources calendars;
    std::string now;
    unsigned jobs = 0;
    bool as_json = false;
};

using group_keys = std::vector<dispute_key>;

std::vector<group_keys> groups_of(store::contract& store) {
    constexpr std::size_t page_size = 10'000;
    std::vector<group_keys> groups;
    std::optional<dispute_key> after;
    for (auto page = store.disputes(after, page_size); !page.empty(); page = store.disputes(after, page_size)) {
        for (auto const& key : page) {
            if (groups.empty() || groups.back().front().group != key.group) groups.emplace_back();
            groups.back().push_back(key);
        }
        after = page.back();
    }
    return groups;
}

struct totals {
    std::map<what_if_result, std::size_t> disputes;
    std::uint64_t commands = 0;
    std::int64_t missed_before = 0;
    std::int64_t missed_after = 0;
    std::int64_t seconds_before = 0;  // from the opening to the close, of what has closed both times
    std::int64_t seconds_after = 0;
    std::size_t closed_both_times = 0;
    std::map<std::string, moved_money_of> moved;  // more than before, by currency
    std::map<std::string, std::int64_t> endings;  // more than before, by resolution

    void add(what_if_dispute const& one) {
        ++disputes[one.result];
        if (one.result == what_if_result::diverged) return;
        missed_before += one.stored.deadlines_missed;
        missed_after += one.again.deadlines_missed;
        auto& more = moved[std::string{one.stored.currency.code()}];
        more.buyer += one.again.moved.buyer - one.stored.moved.buyer;
        more.seller += one.again.moved.seller - one.stored.moved.seller;
        more.platform += one.again.moved.platform - one.stored.moved.platform;
        more.carrier += one.again.moved.carrier - one.stored.moved.carrier;
        if (one.stored.outcome) --endings[std::string{wire_name(one.stored.outcome->resolution)}];
        if (one.again.outcome) ++endings[std::string{wire_name(one.again.outcome->resolution)}];
        if (!one.stored.closed || !one.again.closed) return;
        ++closed_both_times;
        seconds_before += seconds_between(one.stored.began, *one.stored.closed);
        seconds_after += seconds_between(one.again.began, *one.again.closed);
    }

  private:
    static std::int64_t seconds_between(instant from, instant to) {
        return (to.microseconds - from.microseconds) / microseconds_per_second;
    }
};

// Each thread has its own connection; they take the groups in turn.
std::vector<what_if_group> decided_again(std::vector<group_keys> const& groups, arguments const& given,
                                         std::optional<policy> const& rules, instant until, progress_bar& bar) {
    constexpr std::size_t at_a_time = 16;
    std::vector<what_if_group> found(groups.size());
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = 0;
    std::atomic<unsigned> running = 0;
    std::mutex guard;
    std::exception_ptr broken;
    auto const work = [&] {
        try {
            auto const store = store::open_sqlite({.path = given.store, .create = false, .read_only = true});
            what_if again{*store, {rules, calendars_of(given.calendars), until}};
            for (auto first = next.fetch_add(at_a_time); first < groups.size(); first = next.fetch_add(at_a_time)) {
                for (auto at = first; at < std::min(first + at_a_time, groups.size()); ++at) {
                    found[at] = again.decide(groups[at]);
                    ++done;
                }
            }
        } catch (...) {
            std::lock_guard const held{guard};
            broken = std::current_exception();
            next = groups.size();
        }
        --running;
    };
    auto const jobs = given.jobs > 0 ? given.jobs : std::max(1U, std::thread::hardware_concurrency());
    running = jobs;
    std::vector<std::thread> threads;
    threads.reserve(jobs);
    for (unsigned one = 0; one < jobs; ++one) threads.emplace_back(work);
    while (running > 0) {
        bar.show(done, groups.size());
        std::this_thread::sleep_for(std::chrono::milliseconds{done < groups.size() ? 5 : 1});
    }
    for (auto& one : threads) one.join();
    if (broken) std::rethrow_exception(broken);
    return found;
}

void tell(what_if_dispute const& one, std::ostream& out) {
    if (one.result == what_if_result::same) return;
    out << to_text(one.dispute) << "  ";
    if (one.result == what_if_result::diverged)
        out << fmt::format("diverged at command {} ({}): {}\n", one.command, one.command_id, one.because);
    else
        out << fmt::format("changed: {}\n", fmt::join(one.changes, "; "));
}

std::string in_days(std::int64_t seconds, std::size_t over) {
    return fmt::format(
        "{:.1f}", static_cast<double>(seconds) / seconds_per_day / static_cast<double>(std::max<std::size_t>(over, 1)));
}

void tell(totals const& all, double seconds, std::ostream& out) {
    auto const count = [&](what_if_result one) {
        auto const found = all.disputes.find(one);
        return found == all.disputes.end() ? std::size_t{0} : found->second;
    };
    out << fmt::format("{} same, {} changed, {} diverged; {} commands decided in {:.2f} s\n",
                       count(what_if_result::same), count(what_if_result::changed), count(what_if_result::diverged),
                       all.commands, seconds);
    if (all.missed_before != all.missed_after)
        out << fmt::format("deadlines missed: {} instead of {}\n", all.missed_after, all.missed_before);
    if (all.seconds_before != all.seconds_after)
        out << fmt::format("from the opening to the close: {} days instead of {}, on average\n",
                           in_days(all.seconds_after, all.closed_both_times),
                           in_days(all.seconds_before, all.closed_both_times));
    for (auto const& [resolution, more] : all.endings) {
        if (more != 0) out << fmt::format("{}: {:+} disputes\n", resolution, more);
    }
    for (auto const& [code, more] : all.moved) {
        auto const unit = currency::find(code);
        for (auto const& [who, minor] :
             {std::pair{"buyers", more.buyer}, std::pair{"sellers", more.seller},
              std::pair{"the platform", more.platform}, std::pair{"carriers", more.carrier}}) {
            if (minor != 0 && unit) out << fmt::format("{} get {} more\n", who, to_text(money{minor, *unit}));
        }
    }
}

boost::json::object shown(totals const& all) {
    boost::json::object moved;
    for (auto const& [code, more] : all.moved)
        moved[code] = boost::json::object{
            {"buyer", more.buyer}, {"seller", more.seller}, {"platform", more.platform}, {"carrier", more.carrier}};
    boost::json::object endings;
    for (auto const& [resolution, more] : all.endings) {
        if (more != 0) endings[resolution] = more;
    }
    boost::json::object counted;
    for (auto const one : {what_if_result::same, what_if_result::changed, what_if_result::diverged}) {
        auto const found = all.disputes.find(one);
        counted[wire_name(one)] = found == all.disputes.end() ? 0 : found->second;
    }
    return {{"disputes", std::move(counted)},
            {"commands", all.commands},
            {"deadlines_missed", {{"stored", all.missed_before}, {"again", all.missed_after}}},
            {"seconds_open", {{"stored", all.seconds_before}, {"again", all.seconds_after}}},
            {"outcomes_more", std::move(endings)},
            {"moved_more", std::move(moved)}};
}

instant until_of(arguments const& given) {
    if (given.now.empty())
        return {
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
    auto const said = parse_instant(given.now);
    if (!said) throw std::invalid_argument{"--now: " + said.error()};
    return *said;
}

int decide_again(arguments const& given, streams with) {
    if (given.policy.empty() && given.calendars.table_paths.empty() && given.calendars.decree_paths.empty() &&
        given.calendars.document_paths.empty())
        throw std::invalid_argument{"under what? Name a policy with --policy, or calendars"};
    std::optional<policy> rules;
    if (!given.policy.empty()) rules = policy_named(given.policy, calendars_of(given.calendars));
    auto const groups = groups_of(*store::open_sqlite({.path = given.store, .create = false, .read_only = true}));
    auto const began = std::chrono::steady_clock::now();
    std::vector<what_if_group> found;
    {
        progress_bar bar{with.error, "settlement groups"};
        found = decided_again(groups, given, rules, until_of(given), bar);
    }
    auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    totals all;
    for (auto const& group : found) {
        all.commands += group.commands;
        for (auto const& one : group.disputes) {
            all.add(one);
            if (given.as_json)
                with.out << to_json(one) << "\n";
            else
                tell(one, with.out);
        }
    }
    if (given.as_json)
        with.out << boost::json::serialize(shown(all)) << "\n";
    else
        tell(all, seconds, with.out);
    return exit_done;
}

}  // namespace

policy_subcommand add_policy_what_if(CLI::App& policies) {
    auto* command = policies.add_subcommand(
        "what-if", "The stored commands of people and the host decided again under another policy or other calendars");
    auto const given = std::make_shared<arguments>();
    command->add_option("--policy", given->policy, "A preset, or a file; each dispute's own if left out");
    command->add_option("--store", given->store, "The SQLite file of the disputes; it is only read")->required();
    add_calendar_sources(*command, given->calendars);
    command->add_option("--now", given->now,
                        "Until when time passes for open disputes, RFC 3339; the system's clock if left out");
    command->add_option("--jobs", given->jobs, "So many threads; one a core if left out");
    command->add_flag("--json", given->as_json, "Answer in JSON, one object a dispute and one of the totals");
    return {command, [given](streams with) { return decide_again(*given, with); }};
}

}  // namespace recourse::tools
