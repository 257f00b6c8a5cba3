// Playing a story, line by line.
#include "tools/play.hpp"

#include <fmt/format.h>

#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "recourse/engine/json.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/shown.hpp"
#include "tools/words.hpp"
#include "vocabulary/json.hpp"

namespace recourse::tools {

using boost::json::object;
using boost::json::serialize;
using boost::json::value;

std::optional<std::string> difference(value const& expected, value const& actual, std::string const& pointer) {
    auto const here = pointer.empty() ? std::string{"/"} : pointer;
    if (auto const* members = expected.if_object()) {
        auto const* found = actual.if_object();
        if (found == nullptr) return fmt::format("{}: expected an object, found {}", here, serialize(actual));
        for (auto const& [key, content] : *members) {
            auto const below = pointer + "/" + std::string{key};
            auto const* one = found->if_contains(key);
            if (one == nullptr) return fmt::format("{}: expected {}, found nothing", below, serialize(content));
            if (auto differs = difference(content, *one, below)) return differs;
        }
        return std::nullopt;
    }
    if (auto const* elements = expected.if_array()) {
        auto const* found = actual.if_array();
        if (found == nullptr || found->size() != elements->size())
            return fmt::format("{}: expected {}, found {}", here, serialize(expected), serialize(actual));
        for (std::size_t at = 0; at < elements->size(); ++at) {
            if (auto differs = difference((*elements)[at], (*found)[at], fmt::format("{}/{}", pointer, at)))
                return differs;
        }
        return std::nullopt;
    }
    if (expected == actual) return std::nullopt;
    return fmt::format("{}: expected {}, found {}", here, serialize(expected), serialize(actual));
}

std::optional<std::string> player::play(std::istream& story, std::string const& name) {
    name_ = name;
    line_number_ = 0;
    dispute_.clear();
    observed_ = {};
    std::string text;
    while (std::getline(story, text)) {
        ++line_number_;
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        json::problems found;
        auto const document = json::parse(text, json::origin::foreign, found);
        std::optional<std::string> wrong;
        if (!document)
            wrong = to_text(found.take());
        else if (auto const* members = document->if_object())
            wrong = line(*members);
        else
            wrong = "expected an object";
        if (wrong) return fmt::format("{}:{}: {}", name, line_number_, *wrong);
    }
    if (line_number_ == 0) return fmt::format("{}: the story has no lines", name);
    return std::nullopt;
}

std::optional<std::string> player::line(object const& given) {
    if (given.contains("story")) return head(given);
    if (auto const* note = given.if_contains("note")) {
        if (how_ == telling::words && note->is_string())
            out_ << "    (" << std::string_view{note->get_string()} << ")\n";
        return given.size() == 1 && note->is_string() ? std::nullopt
                                                      : std::optional<std::string>{"a note is {\"note\":\"text\"}"};
    }
    if (auto const* expected = given.if_contains("expect")) {
        if (given.size() != 1) return "an expectation is {\"expect\":{...}}";
        if (observed_.empty()) return "nothing has happened yet that could be expected";
        return difference(*expected, observed_);
    }
    if (given.contains("at")) return step(given);
    return "expected one of story, note, at, expect";
}

std::optional<std::string> player::head(object const& given) {
    for (auto const& [key, content] : given) {
        if (key == "policies") {
            if (auto wrong = offer(content)) return wrong;
            continue;
        }
        if (key != "story" && key != "dispute" && key != "source")
            return fmt::format("/{}: is not known here; a story has story, source, dispute and policies",
                               std::string_view{key});
        if (!content.is_string()) return fmt::format("/{}: expected a string", std::string_view{key});
    }
    if (auto const* dispute = given.if_contains("dispute")) dispute_ = std::string_view{dispute->get_string()};
    if (how_ == telling::words) out_ << "\n== " << std::string_view{given.at("story").get_string()} << "\n";
    return std::nullopt;
}

// Policies that the story brings along: documents named by their path from the story's folder.
std::optional<std::string> player::offer(value const& paths) {
    auto const* all = paths.if_array();
    if (all == nullptr) return "/policies: expected an array of paths";
    for (auto const& one : *all) {
        if (!one.is_string()) return "/policies: expected an array of paths";
        std::string const named{std::string_view{one.get_string()}};
        auto const path = named.starts_with('/') ? named : name_.substr(0, name_.find_last_of('/') + 1) + named;
        std::ifstream file{path, std::ios::binary};
        if (!file) return fmt::format("/policies: cannot read {}", path);
        if (auto const offered = disputes_.offer_policy(std::string{std::istreambuf_iterator<char>{file}, {}});
            !offered)
            return fmt::format("{} is not a sound policy: {}", path, to_text(offered.error()));
    }
    return std::nullopt;
}

// A command of the story, completed: the id is the line's, the dispute the story's, unless the line says otherwise.
std::optional<std::string> player::step(object const& given) {
    object asked;
    for (auto const& [key, content] : given) {
        if (key == "at") {
            auto const at = content.is_string()
                                ? parse_instant(std::string_view{content.get_string()})
                                : result<instant, std::string>{failed{std::string{"expected a string"}}};
            if (!at) return fmt::format("/at: {}", at.error());
            now_ = *at;
        } else {
            asked[key] = content;
        }
    }
    observed_ = {};
    try {
        if (asked.empty() || (asked.size() == 1 && asked.contains("dispute"))) {
            auto const spelled = asked.empty() ? dispute_ : std::string{std::string_view{asked["dispute"].as_string()}};
            auto const key = parse_dispute_key(spelled);
            if (!key) return "time passes for the story's dispute, and it names none: " + key.error();
            auto const passed = disputes_.pass_time(*key, now_);
            if (!passed) return fmt::format("there is no dispute {}", spelled);
            observe(*passed);
            return std::nullopt;
        }
        if (!asked.contains("id"))
            asked["id"] = fmt::format("{}:{}", name_.substr(name_.find_last_of('/') + 1), line_number_);
        if (!asked.contains("dispute") && !dispute_.empty()) asked["dispute"] = dispute_;
        auto const command = read_command(serialize(asked));
        if (!command) {
            observed_["accepted"] = false;
            observed_["problems"] = parsed(to_json(command.error()));
            if (how_ == telling::words) out_ << "    not a command: " << to_text(command.error()) << "\n";
            if (how_ == telling::json) out_ << serialize(observed_) << "\n";
            return std::nullopt;
        }
        auto const answer = disputes_.submit(*command, now_);
        if (how_ == telling::words) {
            auto const seen = disputes_.find(answer.dispute);
            auto const zone = seen ? seen->known.buyer_zone : std::optional<time_zone>{};
            out_ << fmt::format("{}  {} {}: {}\n", zone ? in_words(now_, *zone) : to_text(now_),
                                wire_name(command->by.role), command->by.id.text(), recourse::name(command->body));
        }
        observe(answer);
    } catch (failure const& broken) {
        observed_["failure"] = object{{"kind", name(broken.kind())}, {"message", broken.what()}};
        if (how_ == telling::words) out_ << "    failed: " << broken.what() << "\n";
        if (how_ == telling::json) out_ << serialize(observed_) << "\n";
    }
    return std::nullopt;
}

void player::observe(answer const& given) {
    rows_.insert(rows_.end(), given.rows.begin(), given.rows.end());
    observed_ = shown(given);
    boost::json::array effects;
    for (auto const& one : store_.outbox(effects_seen_, 1000)) {
        effects_seen_ = one.position;
        auto effect = parsed(one.entry.body).as_object();
        effect["kind"] = one.entry.kind;
        effects.push_back(std::move(effect));
    }
    observed_["effects"] = std::move(effects);
    if (auto const seen = disputes_.find(given.dispute)) {
        for (auto& [key, content] : shown(*seen)) observed_[key] = std::move(content);
        observed_["choices"] = shown_choices(*seen, now_);
        observed_["status"] = shown_status(*seen, now_);
    }
    if (how_ == telling::words) tell(given);
    if (how_ == telling::json) out_ << serialize(observed_) << "\n";
}

void player::tell(answer const& given) {
    auto const seen = disputes_.find(given.dispute);
    for (auto const& happened : given.lapsed) {
        if (auto const text = words_of(happened); !text.empty())
            out_ << fmt::format("    {}  {}\n",
                                seen ? in_words(happened.at, *seen->known.buyer_zone) : to_text(happened.at), text);
    }
    if (given.duplicate) out_ << "    seen before: the same answer, nothing new\n";
    for (auto const& happened : given.events) {
        if (auto const text = words_of(happened); !text.empty()) out_ << "    " << text << "\n";
    }
    for (auto const& no : given.refused) out_ << "    refused: " << to_text(no) << "\n";
    if (!seen) return;
    out_ << "    -> " << state_in_words(seen->all) << "\n";
    for (auto const& text : deadlines_in_words(*seen)) out_ << "       " << text << "\n";
    for (auto const& text : choices_in_words(*seen, now_)) out_ << "       " << text << "\n";
}

}  // namespace recourse::tools
