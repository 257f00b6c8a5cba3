// Policies that somebody got wrong: presets with members changed by chance, and plays on the real engine that hold a proof
// to its word.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/search/graph.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace recourse::test {

// ---- mutations -------------------------------------------------------------------------------------------------------

class policy_mutator {
  public:
    explicit policy_mutator(std::uint64_t seed) : chance_{seed} {
        for (auto const name : preset_names()) collect(boost::json::parse(find_preset(name)->text), "");
    }

    // One to three members of the document are removed, or have another value: a period of another length or unit, what
    // stands in other presets under that name, a switch turned, a number near its bounds.
    std::string mutated(std::string_view text) {
        auto document = boost::json::parse(renamed(text));
        for (auto times = below(3) + 1; times > 0; --times) change(document);
        return boost::json::serialize(document);
    }
    // As it is, but for the id: the preset has its own.
    static std::string renamed(std::string_view text) {
        auto document = boost::json::parse(boost::json::string_view{text.data(), text.size()});
        document.as_object()["id"] = "mutant";
        return boost::json::serialize(document);
    }
    std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>{0, most - 1}(chance_); }

  private:
    void collect(boost::json::value const& from, std::string const& name) {
        if (auto const* members = from.if_object()) {
            for (auto const& [key, content] : *members) collect(content, key);
        } else if (auto const* all = from.if_array()) {
            for (auto const& one : *all) collect(one, name);
        } else if (from.is_string()) {
            seen_[name].emplace_back(from.get_string());
        }
    }

    // What the mutation may change: every value but the head of the document.
    struct spot {
        boost::json::value* whole;  // the object or array that it is in
        std::string member;
        std::size_t index = 0;
    };
    void list(boost::json::value& at, std::vector<spot>& into) {
        if (auto* members = at.if_object()) {
            for (auto& [key, content] : *members) {
                std::string const name{key};
                if (name == "format" || name == "id" || name == "sources" || name == "title" || name == "note")
                    continue;
                into.push_back({&at, name});
                list(content, into);
            }
        } else if (auto* all = at.if_array()) {
            for (std::size_t index = 0; index < all->size(); ++index) {
                into.push_back({&at, {}, index});
                list((*all)[index], into);
            }
        }
    }

    void change(boost::json::value& document) {
        std::vector<spot> spots;
        list(document, spots);
        auto const& one = spots[below(spots.size())];
        auto* members = one.whole->if_object();
        if (below(4) == 0) {
            if (members != nullptr)
                members->erase(one.member);
            else
                one.whole->get_array().erase(one.whole->get_array().begin() + static_cast<std::ptrdiff_t>(one.index));
            return;
        }
        auto& content = members != nullptr ? members->at(one.member) : one.whole->get_array()[one.index];
        if (content.is_bool()) {
            content = !content.get_bool();
        } else if (content.is_int64()) {
            static constexpr std::int64_t tried[] = {0, 1, 2, 3, 5, 100, -1};
            content = tried[below(std::size(tried))];
        } else if (auto const* text = content.if_string()) {
            content = other_text(std::string{*text}, one.member);
        }
    }

    std::string other_text(std::string const& was, std::string const& member) {
        auto const space = was.find(' ');
        if (!was.empty() && was.front() >= '0' && was.front() <= '9' && space != std::string::npos) {
            static constexpr char const* lengths[] = {"1", "2", "3", "10", "30", "4000", "0"};
            static constexpr char const* units[] = {" hours", " calendar_days", " business_days", " years"};
            return below(2) == 0 ? lengths[below(std::size(lengths))] + was.substr(space)
                                 : was.substr(0, space) + units[below(std::size(units))];
        }
        auto const& all = seen_[member];
        return all.empty() ? was + "x" : all[below(all.size())];
    }

    std::mt19937_64 chance_;
    std::map<std::string, std::vector<std::string>> seen_;  // strings of the presets by the member that has them
};

// ---- plays -----------------------------------------------------------------------------------------------------------

struct played_path {
    std::size_t accepted = 0;  // steps that went as the path says, before the first that did not
    std::string refused{};     // the first refusal, or what was thrown
    bool threw = false;
    bool closed = false;
    std::optional<instant> next_due{};
};

// The steps of a proof on an engine with a store, which knows nothing of searches.
inline played_path play(std::string const& document, std::vector<search_step> const& path) {
    auto const store = store::open_memory();
    engine_options trusting;
    trusting.policies = soundness::trust;
    dispute_engine disputes{*store, {}, trusting};
    played_path played;
    if (auto const offered = disputes.offer_policy(document); !offered) {
        played.refused = to_text(offered.error());
        return played;
    }
    auto const& key = engine::searched_dispute();
    try {
        for (auto const& step : path) {
            if (step.asked) {
                command const asked{command_id{"c-" + std::to_string(played.accepted)}, key, step.by, {}, *step.asked};
                auto const answer = disputes.submit(asked, step.at);
                if (!answer.accepted()) {
                    played.refused = to_text(answer.refused.front());
                    break;
                }
            } else {
                disputes.pass_time(key, step.at);
            }
            ++played.accepted;
        }
        if (auto const seen = disputes.find(key)) {
            played.closed = seen->all.dispute().in<dispute::closed>();
            if (auto const due = next_due(seen->all)) played.next_due = due->clock.due;
        }
    } catch (std::exception const& broken) {
        played.threw = true;
        played.refused = broken.what();
    }
    return played;
}

// Whether the engine comes to what the proof says; why not, if it does not. Nothing to play: empty.
inline std::string cry_of_wolf(std::string const& document, policy_flaw const& flaw) {
    if (first_story({flaw}, "").empty()) return {};
    auto const played = play(document, flaw.path);
    auto const is = [&](std::string_view kind) { return flaw.because.starts_with(kind); };
    auto const told = flaw.because + ": the engine went " + std::to_string(played.accepted) + " of " +
                      std::to_string(flaw.path.size()) + " steps; " + played.refused;
    if (is("cannot_be_opened")) return played.accepted + 1 == flaw.path.size() && !played.refused.empty() ? "" : told;
    if (is("throws")) return played.threw ? "" : told;
    if (played.accepted != flaw.path.size()) return told;
    if (is("waits_for_ever")) return !played.closed && !played.next_due ? "" : told;
    return {};
}

// Whether the longest play ends as the proof says.
inline std::string empty_promise(std::string const& document, policy_proof const& found) {
    auto const& path = found.longest.path;
    if (path.empty() || std::any_of(path.begin(), path.end(), [](auto const& one) { return one.reordered; })) return {};
    auto const played = play(document, path);
    if (played.accepted == path.size() && played.closed) return {};
    return "the longest play: the engine went " + std::to_string(played.accepted) + " of " +
           std::to_string(path.size()) + " steps; " + played.refused;
}

// ---- what became of them ---------------------------------------------------------------------------------------------

struct mutant_counts {
    std::size_t refused = 0;  // by the reader, each with a pointer and a reason
    std::size_t sound = 0;
    std::size_t unsound = 0;
    std::size_t played = 0;  // of the unsound: with a play, and the engine came to it
    std::size_t not_decided = 0;
    std::map<std::string, std::size_t> flaws{};  // by the first word of what is told
    std::vector<std::string> wrong{};            // promises that were not kept, each with the document
};

inline std::string to_text(mutant_counts const& counts) {
    auto text = std::to_string(counts.refused) + " refused by the reader, " + std::to_string(counts.sound) +
                " proved sound, " + std::to_string(counts.unsound) + " unsound (" + std::to_string(counts.played) +
                " with a play, all played), " + std::to_string(counts.not_decided) + " not decided, " +
                std::to_string(counts.wrong.size()) + " wrong";
    for (auto const& [flaw, times] : counts.flaws) text += "; " + flaw + " " + std::to_string(times);
    return text;
}

inline void judge(std::string const& document, std::size_t nodes_max, mutant_counts& counts) {
    auto const wrong = [&](std::string because) { counts.wrong.push_back(std::move(because) + "\n" + document); };
    auto const rules = read_policy(document);
    if (!rules) {
        ++counts.refused;
        for (auto const& one : rules.error()) {
            auto const found = boost::json::string_view{one.pointer};
            boost::system::error_code none;
            // What is missing has a place in what it is missing from.
            auto const above =
                found.substr(0, found.rfind('/') == boost::json::string_view::npos ? 0 : found.rfind('/'));
            auto const whole = boost::json::parse(document);
            if (one.reason.empty() || whole.find_pointer(above, none) == nullptr)
                wrong("a problem without a spot: " + one.pointer + ": " + one.reason);
        }
        return;
    }
    proof_basis basis;
    basis.nodes_max = nodes_max;
    auto const found = prove(*rules, {rules->id, rules->version, sha256(document)}, {}, basis);
    if (found.is_sound()) {
        ++counts.sound;
        if (auto no = empty_promise(document, found); !no.empty()) wrong(std::move(no));
        return;
    }
    if (found.verdict() == "not decided") {
        ++counts.not_decided;
        return;
    }
    ++counts.unsound;
    counts.played += first_story(found.flaws, "").empty() ? 0 : 1;
    for (auto const& flaw : found.flaws) {
        ++counts.flaws[flaw.kind == unsoundness::found_by_search ? flaw.because.substr(0, flaw.because.find(':'))
                                                                 : std::string{wire_name(flaw.kind)}];
        if (flaw.because.empty()) wrong("a flaw without a reason");
        if (auto no = cry_of_wolf(document, flaw); !no.empty()) wrong(std::move(no));
    }
}

}  // namespace recourse::test
