// Host rules: points from the tables, functions of the host's, and what becomes of what they throw.
#include "recourse/engine/host_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "recourse/engine/decide.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "vocabulary/described.hpp"
#include "vocabulary/edit_distance.hpp"

namespace recourse {
namespace {

constexpr std::size_t name_length_max = 64;
constexpr std::size_t words_length_max = 1000;

struct host_order {
    std::string key;
    std::string name;
    std::string event;
    std::uint32_t version = 0;
    std::string payload;
};
BOOST_DESCRIBE_STRUCT(host_order, (), (key, name, event, version, payload))

// "offer.accept_offer"; of a lapse, which is no point, too.
std::string point_of(std::string_view lifecycle, std::string_view name) {
    return fmt::format("{}.{}", lifecycle, name);
}

template <class List>
void add_points(std::vector<std::string>& into, std::string_view lifecycle) {
    lifecycle::for_each(List{}, [&]<class One>() {
        if (!std::is_same_v<One, lifecycle::deadline_passed>) into.push_back(point_of(lifecycle, One::name));
    });
}

bool matches(std::string_view pattern, std::string_view point) {
    if (pattern == "*" || pattern == point) return true;
    return pattern.ends_with(".*") && point.starts_with(pattern.substr(0, pattern.size() - 1));
}

std::string nearest(std::string_view wrong, std::vector<std::string> const& right) {
    auto const by_distance = [&](std::string const& one, std::string const& two) {
        return edit_distance(wrong, one) < edit_distance(wrong, two);
    };
    return *std::min_element(right.begin(), right.end(), by_distance);
}

std::vector<std::string_view> points_for(std::string_view pattern, std::vector<std::string> const& all) {
    std::vector<std::string_view> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                 [&](std::string_view one) { return matches(pattern, one); });
    if (!found.empty()) return found;
    if (pattern.ends_with(lifecycle::deadline_passed::name))
        throw std::invalid_argument{
            fmt::format("the end of a deadline cannot be vetoed: every dispute ends by time alone; not {}", pattern)};
    throw std::invalid_argument{
        fmt::format("there is no point \"{}\"; did you mean \"{}\"?", pattern, nearest(pattern, all))};
}

void require_name(std::string_view name) {
    bool const right =
        !name.empty() && name.size() <= name_length_max && std::all_of(name.begin(), name.end(), [](char letter) {
            return letter == '_' || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        });
    if (!right)
        throw std::invalid_argument{
            fmt::format("a rule of the host has a name of 1 to {} small letters, digits and underscores; not \"{}\"",
                        name_length_max, name)};
}

template <class Rules>
void require_new(Rules const& rules, std::string_view name, std::vector<std::string_view> const& points) {
    for (auto const& one : rules) {
        if (one.name != name) continue;
        auto const twice = std::find_first_of(points.begin(), points.end(), one.points.begin(), one.points.end());
        if (twice != points.end()) throw std::invalid_argument{fmt::format("{} stands at {} already", name, *twice)};
    }
}

void require_text(std::string_view text, std::string_view what) {
    std::string quoted;
    json::write_value(quoted, std::string{text});
    boost::json::error_code broken;
    auto const read = boost::json::parse(quoted, broken);
    if (broken) throw std::invalid_argument{fmt::format("{} is not UTF-8", what)};
}

// Whatever the host's function throws is a failure of its own kind: none of ours may be taken for it.
template <class Called>
auto call(std::string_view name, std::string_view point, Called const& called) {
    auto const failed = [&](std::string_view why) {
        return failure{failure_kind::host_rule_failed, fmt::format("{} at {}: {}", name, point, why)};
    };
    try {
        return called();
    } catch (std::exception const& broken) {
        throw failed(broken.what());
    } catch (...) {
        throw failed("threw what is no std::exception");
    }
}

// The points of a command: its own, and those of the commands that it made machines tell each other.
std::vector<std::string> points_of(command_body const& body, recorded const& done, bool is_possible) {
    std::vector<std::string> points;
    std::visit(
        [&]<class Command>(Command const&) {
            lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
                if constexpr (lifecycle::contains<lifecycle::commands_of<L>, Command>)
                    points.push_back(point_of(L::name, Command::name));
            });
        },
        body);
    if (!is_possible) return points;
    for (auto const& taken : done.rows) {
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
            if (L::code == taken.lifecycle) points.push_back(point_of(L::name, lifecycle::rows<L>[taken.row].command));
        });
    }
    return points;
}

}  // namespace

std::vector<std::string> const& veto_points() {
    static auto const all = [] {
        std::vector<std::string> points;
        lifecycle::for_each(lifecycle::all{},
                            [&]<class L>() { add_points<lifecycle::commands_of<L>>(points, L::name); });
        return points;
    }();
    return all;
}

std::vector<std::string> const& effect_points() {
    static auto const all = [] {
        std::vector<std::string> points;
        lifecycle::for_each(lifecycle::all{}, [&]<class L>() { add_points<lifecycle::events_of<L>>(points, L::name); });
        return points;
    }();
    return all;
}

host_rules& host_rules::add_veto(std::string_view point, std::string name, veto_function asked) {
    require_name(name);
    auto points = points_for(point, veto_points());
    require_new(vetoes_, name, points);
    if (!asked) throw std::invalid_argument{fmt::format("the veto {} has no function", name)};
    vetoes_.push_back({std::move(name), std::move(points), std::move(asked)});
    return *this;
}

host_rules& host_rules::add_effect(std::string_view point, std::string name, host_effect_function made) {
    require_name(name);
    auto points = points_for(point, effect_points());
    require_new(effects_, name, points);
    if (!made) throw std::invalid_argument{fmt::format("the effect {} has no function", name)};
    effects_.push_back({std::move(name), std::move(points), std::move(made)});
    return *this;
}

refusals host_rules::vetoes(veto_question asked, recorded const& done, bool is_possible) const {
    refusals found;
    if (vetoes_.empty()) return found;
    if (is_possible) asked.events = done.events;
    auto const touched = points_of(asked.body, done, is_possible);
    for (auto const& one : vetoes_) {
        for (auto const& point : one.points) {
            if (std::find(touched.begin(), touched.end(), point) == touched.end()) continue;
            asked.point = point;
            auto const says = call(one.name, point, [&] {
                auto no = one.asked(asked);
                if (no) require_text(no->code, "the code of a veto");
                if (no) require_text(no->words, "what a veto says");
                if (no && no->words.size() > words_length_max)
                    throw std::invalid_argument{fmt::format("what a veto says has at most {} bytes", words_length_max)};
                return no;
            });
            if (!says) continue;
            refused no;
            no.code = refusal::vetoed_by_host;
            no.subject = fmt::format("{}.{}", one.name, says->code);
            no.because = says->words;
            no.since = says->since;
            no.not_before = says->not_before;
            bool const is_new = std::find(found.begin(), found.end(), no) == found.end();
            if (is_new) found.push_back(std::move(no));
        }
    }
    return found;
}

std::vector<std::string> host_rules::effects(dispute_key const& key, recorded const& done) const {
    std::vector<std::string> bodies;
    if (effects_.empty()) return bodies;
    for (auto const& happened : done.events) {
        auto const type = type_of(happened);
        for (auto const& one : effects_) {
            if (std::find(one.points.begin(), one.points.end(), type) == one.points.end()) continue;
            auto payload = call(one.name, type, [&] {
                auto made = one.asked({key, happened, done.after});
                if (made) require_text(*made, "a payload");
                return made;
            });
            if (!payload) continue;
            host_order const ordered{fmt::format("{}/host/{}/{}", to_text(key), one.name, happened.version), one.name,
                                     type, happened.version, *std::move(payload)};
            bodies.push_back(json::to_json(ordered));
        }
    }
    return bodies;
}

std::optional<veto_told> veto_told_by(refused const& no) {
    if (no.code != refusal::vetoed_by_host) return std::nullopt;
    auto const dot = no.subject.find('.');
    if (dot == std::string::npos) return std::nullopt;
    return veto_told{no.subject.substr(0, dot), no.subject.substr(dot + 1), no.because};
}

}  // namespace recourse
