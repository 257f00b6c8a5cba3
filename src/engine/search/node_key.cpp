// The canonical form of a record: its JSON, without what no decision reads.
#include "engine/search/node_key.hpp"

#include <algorithm>

#include "recourse/engine/json.hpp"

namespace recourse::engine {
namespace {

constexpr std::size_t digest_length = 64;

bool is_digest(std::string_view text) noexcept {
    return text.size() == digest_length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
bool looks_like_an_instant(std::string_view text) noexcept {
    return text.size() >= 20 && text.size() <= 27 && text[4] == '-' && text[10] == 'T' && text.back() == 'Z';
}

// Digests become "#" and instants "@": no decision about a dispute that was opened compares now with an instant that is
// not a deadline.
std::string without_particulars(std::string const& text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '"') {
            kept += text[at++];
            continue;
        }
        auto end = at + 1;
        while (text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
        auto const content = std::string_view{text}.substr(at + 1, end - at - 1);
        if (is_digest(content)) {
            kept += "#";
        } else if (looks_like_an_instant(content)) {
            kept += "@";
        } else {
            kept.append(text, at, end + 1 - at);
        }
        at = end + 1;
    }
    return kept;
}

// Of an offer that is over, decisions ask who made it (offers are counted by party) and nothing else; once no mediator can
// get the dispute any more, before whom the parties may settle, not even that.
void forget_offers(record& all) {
    auto& offers = all.of<offer::lifecycle_type>();
    auto const is_open = [](auto const& one) {
        return one.template in<offer::proposed>() || one.template in<offer::half_accepted>();
    };
    auto const& stage = all.dispute();
    if (stage.in<dispute::exchanging>() || stage.in<dispute::remedying>() || stage.in<dispute::settling>() ||
        stage.in<dispute::settlement_failed>() || stage.in<dispute::closed>()) {
        std::erase_if(offers, [&](auto const& one) { return !is_open(one); });
        return;
    }
    for (auto& one : offers) {
        if (is_open(one)) continue;
        one.state = offer::expired::code;
        one.kept.award = {};
    }
}

template <class Visitor>
void for_clock_of(record& all, pending_clock const& which, Visitor&& visit) {
    for_each_machine(all, [&]<class L>(machine<L>& one) {
        if (L::code == which.lifecycle && one.number == which.number) visit(*one.clock);
    });
}

bool started_by(std::vector<recorded> const& done, pending_clock const& which) {
    return std::any_of(done.begin(), done.end(), [&](auto const& one) {
        return std::any_of(one.events.begin(), one.events.end(), [&](auto const& happened) {
            return happened.lifecycle == which.lifecycle && happened.number == which.number &&
                   happened.clock_started.has_value();
        });
    });
}

}  // namespace

std::vector<pending_clock> pending_clocks(record const& all) {
    std::vector<pending_clock> found;
    for_each_machine(all, [&]<class L>(machine<L> const& one) {
        if (one.clock) found.push_back({L::code, one.number, *one.clock});
    });
    // Stable: at one instant they pass in the order in which the machines are visited, as in next_due.
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& one, auto const& two) { return one.clock.due < two.clock.due; });
    return found;
}

digest node_key(record const& all, std::optional<account> const& money) {
    auto shape = all;
    shape.version = 0;
    std::string queue;
    for (auto const& one : pending_clocks(all))
        queue += std::to_string(one.lifecycle) + "." + std::to_string(one.number) + " ";
    forget_offers(shape);
    // Decisions ask how many pieces of evidence each has brought, not in which order, nor when.
    auto& sources = shape.of<dispute::lifecycle_type>().kept.sources;
    for (auto& one : sources) one.stage = 0;
    std::sort(sources.begin(), sources.end(), [](auto const& one, auto const& two) { return one.by < two.by; });
    auto text = without_particulars(to_json(shape)) + queue;
    if (money) text += lines_to_json(*money);
    return sha256(text);
}

bool deadlines_coincide(std::vector<pending_clock> const& pending) noexcept {
    for (std::size_t at = 1; at < pending.size(); ++at) {
        if (pending[at].clock.due == pending[at - 1].clock.due) return true;
    }
    return false;
}

record with_deadlines_apart(record all) {
    auto due = all.last_at;
    for (auto const& one : pending_clocks(all)) {
        due = plus_seconds(due, 1);
        for_clock_of(all, one, [&](auto& clock) { clock.due = due; });
    }
    return all;
}

std::vector<record> reorderings(record const& after, std::vector<recorded> const& done) {
    std::vector<record> others;
    auto const pending = pending_clocks(after);
    if (pending.size() < 2) return others;
    std::vector<bool> is_new;
    is_new.reserve(pending.size());
    for (auto const& one : pending) is_new.push_back(started_by(done, one));
    if (std::none_of(is_new.begin(), is_new.end(), [](bool one) { return one; })) return others;

    std::vector<std::size_t> order(pending.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    while (std::next_permutation(order.begin(), order.end())) {
        // Deadlines that stood before keep their order among each other.
        std::optional<std::size_t> last_old;
        bool possible = true;
        for (auto const which : order) {
            if (is_new[which]) continue;
            possible = possible && (!last_old || *last_old < which);
            last_old = which;
        }
        if (!possible) continue;
        auto moved = after;
        auto due = moved.last_at;
        for (auto const which : order) {
            due = plus_seconds(due, 1);
            for_clock_of(moved, pending[which], [&](auto& clock) { clock.due = due; });
        }
        others.push_back(std::move(moved));
    }
    return others;
}

}  // namespace recourse::engine
