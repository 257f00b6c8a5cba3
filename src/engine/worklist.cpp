// The worklist: each running dispute is looked at, and the most urgent tasks are kept.
#include "recourse/engine/worklist.hpp"

#include <algorithm>
#include <map>

#include "recourse/engine/engine.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse {
namespace {

constexpr std::size_t keys_a_page = 256;

// The person of the dispute who is meant; nullopt if the worker has no part in it.
std::optional<actor> asked_of(record const& all, worker const& whose) {
    if (whose.role == role::mediator && whose.id && all.mediation().kept.seat->mediator != *whose.id)
        return std::nullopt;
    for (auto& one : actors(all)) {
        if (one.role != whose.role) continue;
        if (whose.id) one.id = *whose.id;
        return one;
    }
    return std::nullopt;
}

}  // namespace

work_position position_of(task const& one) {
    return {one.owed.until, one.dispute, one.owed.lifecycle, one.owed.number};
}

std::vector<task> tasks_of(dispute_key const& key, record const& before, std::optional<account> const& money,
                           terms const& known, worker const& whose, instant now) {
    std::vector<task> found;
    auto const ahead = outlook_of(key, before, money, known, now);
    auto const& all = ahead.prospects.front().all;
    auto const who = asked_of(all, whose);
    if (!who) return found;
    for (auto& waiting : waits(ahead)) {
        if (!owes(all, waiting, *who)) continue;
        auto const what = code_of(waiting);
        auto const reminded = remind_at(key, all, known, waiting.lifecycle, waiting.number, who->role, now);
        found.push_back({key, all.version, *who, what, std::move(waiting), {}, reminded});
    }
    return found;
}

void find_answers(task& one, record const& before, std::optional<account> const& money, terms const& known,
                  instant now) {
    one.answers.clear();
    for (auto const& possible : actions(one.dispute, before, money, known, one.who, now)) {
        if (possible.owed && possible.owed->lifecycle == one.owed.lifecycle && possible.owed->number == one.owed.number)
            one.answers.push_back({possible.command, possible.number});
    }
}

work_page dispute_engine::worklist(worker const& whose, instant now, std::size_t limit,
                                   std::optional<work_position> const& after) {
    struct kept {
        task owed;
        dispute_view seen;
    };
    std::map<work_position, kept> urgent;
    work_page page;
    std::optional<dispute_key> last;
    for (auto keys = store_.disputes(last, keys_a_page); !keys.empty(); keys = store_.disputes(last, keys_a_page)) {
        last = keys.back();
        for (auto const& key : keys) {
            try {
                auto const stored = store_.load(key);
                if (!stored || !stored->next_due) continue;  // nothing is waited for
                auto const seen = view_of(key, *stored);
                for (auto& one : tasks_of(key, seen.all, seen.money, seen.known, whose, now)) {
                    auto const position = position_of(one);
                    if (after && position <= *after) continue;
                    urgent.emplace(position, kept{std::move(one), seen});
                    if (urgent.size() <= limit) continue;
                    urgent.erase(std::prev(urgent.end()));
                    page.more = true;
                }
            } catch (failure const& broken) {
                if (broken.kind() == failure_kind::store_unavailable) throw;
                page.failed.push_back({key, broken.kind(), broken.what()});
            }
        }
    }
    for (auto& [position, one] : urgent) {
        find_answers(one.owed, one.seen.all, one.seen.money, one.seen.known, now);
        page.tasks.push_back(std::move(one.owed));
    }
    return page;
}

}  // namespace recourse
