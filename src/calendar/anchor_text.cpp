// The text of an anchor, and which anchors there can be.
#include "recourse/calendar/anchor.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "recourse/vocabulary/quoted.hpp"

namespace recourse {

namespace {

constexpr bool is_letter(char letter) noexcept { return letter >= 'a' && letter <= 'z'; }
constexpr bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }
constexpr bool is_of_word(char letter) noexcept { return is_letter(letter) || is_digit(letter) || letter == '_'; }
constexpr bool is_space(char letter) noexcept { return letter == ' ' || letter == '\t' || letter == '\n'; }

// What is wrong with the name of a fact; empty when nothing is.
std::string name_problem(std::string_view name) {
    bool const plain = std::all_of(name.begin(), name.end(), is_of_word);
    if (name.empty() || name.size() > fact_name_length_max || !plain || !is_letter(name.front())) {
        return fmt::format(
            "{} is not the name of a fact, which has 1 to {} lower case letters, digits and underscores, a letter "
            "first",
            quoted(name), fact_name_length_max);
    }
    if (name == wire_name(anchor_kind::first_of) || name == wire_name(anchor_kind::last_of)) {
        return fmt::format("{} is not the name of a fact: it stands before several anchors in brackets", quoted(name));
    }
    return {};
}

class reader {
  public:
    explicit reader(std::string_view text) : text_{text} {}

    result<anchor_rule, std::string> read() {
        if (text_.size() > anchor_length_max) {
            return failed{fmt::format("{} is not an anchor: it has {} characters, more than {}", quoted(text_),
                                      text_.size(), anchor_length_max)};
        }
        auto rule = anchor(1);
        if (rule && !at_end()) {
            if (peek() == '+' || peek() == '-') {
                return failed{
                    no_anchor("a second length follows; an anchor has one, so write "
                              "first_of(delivered + 3 calendar_days) + 2 hours")};
            }
            return failed{no_anchor(fmt::format("{} follows where the anchor has ended", word_here()))};
        }
        return rule;
    }

  private:
    bool at_end() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        return at_ == text_.size();
    }
    char peek() { return at_end() ? '\0' : text_[at_]; }
    bool takes(char letter) {
        if (peek() != letter) return false;
        ++at_;
        return true;
    }
    std::string_view word() {
        peek();
        auto const from = at_;
        while (at_ < text_.size() && is_of_word(text_[at_])) ++at_;
        return text_.substr(from, at_ - from);
    }
    // What stands at the place of an error: a word whole, anything else as one character.
    std::string word_here() {
        if (at_ >= text_.size()) return "the end";
        auto last = at_;
        while (last < text_.size() && !is_space(text_[last]) && text_[last] != ',' && text_[last] != '(' &&
               text_[last] != ')') {
            ++last;
        }
        return quoted(text_.substr(at_, std::max<std::size_t>(last - at_, 1)));
    }
    [[nodiscard]] std::string no_anchor(std::string_view why) const {
        return fmt::format("{} is not an anchor: at character {} {}", quoted(text_), at_ + 1, why);
    }

    result<anchor_rule, std::string> anchor(std::size_t depth) {
        if (at_end()) return failed{no_anchor("the name of a fact, first_of or last_of is missing")};
        auto const from = at_;
        auto const name = word();
        anchor_rule rule;
        if (name == wire_name(anchor_kind::first_of) || name == wire_name(anchor_kind::last_of)) {
            rule.kind = name == wire_name(anchor_kind::first_of) ? anchor_kind::first_of : anchor_kind::last_of;
            auto parts = anchors_in_brackets(name, depth);
            if (!parts) return failed{std::move(parts).error()};
            rule.of = *std::move(parts);
        } else {
            if (auto const problem = name_problem(name); !problem.empty()) {
                at_ = from;
                return failed{no_anchor(name.empty() ? fmt::format("the name of a fact, first_of or last_of is "
                                                                   "expected, not {}",
                                                                   word_here())
                                                     : problem)};
            }
            if (++names_ > anchor_names_max) {
                at_ = from;
                return failed{no_anchor(fmt::format("there are more than {} facts", anchor_names_max))};
            }
            rule.fact = name;
        }
        auto offset = length_after();
        if (!offset) return failed{std::move(offset).error()};
        rule.offset = *offset;
        return rule;
    }

    result<std::vector<anchor_rule>, std::string> anchors_in_brackets(std::string_view name, std::size_t depth) {
        if (depth >= anchor_depth_max) {
            return failed{no_anchor(fmt::format("anchors stand in each other more than {} deep", anchor_depth_max))};
        }
        if (!takes('(')) return failed{no_anchor(fmt::format("a bracket is expected after {}", name))};
        std::vector<anchor_rule> parts;
        do {
            auto part = anchor(depth + 1);
            if (!part) return failed{std::move(part).error()};
            parts.push_back(*std::move(part));
        } while (takes(','));
        if (!takes(')')) {
            return failed{
                no_anchor(fmt::format("a comma or the closing bracket of {} is expected, not {}", name, word_here()))};
        }
        return parts;
    }

    result<std::optional<anchor_offset>, std::string> length_after() {
        auto const sign = peek();
        if (sign != '+' && sign != '-') return std::optional<anchor_offset>{};
        ++at_;
        peek();
        auto const from = at_;
        auto const number = word();
        auto const unit = word();
        auto const length = parse_period(fmt::format("{} {}", number, unit));
        if (!length) {
            at_ = from;
            return failed{no_anchor(length.error())};
        }
        return std::optional{anchor_offset{*length, sign == '+' ? offset_direction::after : offset_direction::before}};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t names_ = 0;
};

void write(std::string& text, anchor_rule const& rule) {
    if (rule.kind == anchor_kind::fact) {
        text += rule.fact;
    } else {
        text += wire_name(rule.kind);
        text += '(';
        for (bool first = true; auto const& part : rule.of) {
            if (!first) text += ", ";
            first = false;
            write(text, part);
        }
        text += ')';
    }
    if (!rule.offset) return;
    text += rule.offset->direction == offset_direction::after ? " + " : " - ";
    text += to_text(rule.offset->length);
}

// What is wrong with an anchor that nobody has read; empty when nothing is.
std::string problem_of(anchor_rule const& rule, std::size_t depth, std::size_t& names) {
    if (depth > anchor_depth_max) {
        return fmt::format("anchors stand in each other more than {} deep", anchor_depth_max);
    }
    if (rule.offset) {
        auto const& length = rule.offset->length;
        if (length.length < period_length_min || length.length > period_length_max) {
            return fmt::format("{} is not a length: it is {} to {} of a unit", to_text(length), period_length_min,
                               period_length_max);
        }
    }
    if (rule.kind == anchor_kind::fact) {
        if (!rule.of.empty()) return fmt::format("the fact {} has anchors in it", quoted(rule.fact));
        if (++names > anchor_names_max) return fmt::format("there are more than {} facts", anchor_names_max);
        return name_problem(rule.fact);
    }
    if (!rule.fact.empty()) {
        return fmt::format("{} has the name {}, which only a fact has", wire_name(rule.kind), quoted(rule.fact));
    }
    if (rule.of.empty()) return fmt::format("{} has no anchor in it", wire_name(rule.kind));
    for (auto const& part : rule.of) {
        if (auto problem = problem_of(part, depth + 1, names); !problem.empty()) return problem;
    }
    return {};
}

void collect(std::vector<std::string>& names, anchor_rule const& rule) {
    if (rule.kind == anchor_kind::fact && std::find(names.begin(), names.end(), rule.fact) == names.end()) {
        names.push_back(rule.fact);
    }
    for (auto const& part : rule.of) collect(names, part);
}

}  // namespace

std::string to_text(anchor_rule const& rule) {
    std::string text;
    write(text, rule);
    return text;
}

result<anchor_rule, std::string> parse_anchor(std::string_view text) { return reader{text}.read(); }

result<anchor_rule, std::string> checked(anchor_rule rule) {
    std::size_t names = 0;
    if (auto const problem = problem_of(rule, 1, names); !problem.empty()) {
        return failed{fmt::format("This is not an anchor: {}", problem)};
    }
    return rule;
}

std::vector<std::string> fact_names(anchor_rule const& rule) {
    std::vector<std::string> names;
    collect(names, rule);
    return names;
}

std::string unknown_fact(anchor_rule const& rule, std::vector<std::string> const& there_are) {
    for (auto const& name : fact_names(rule)) {
        if (std::find(there_are.begin(), there_are.end(), name) != there_are.end()) continue;
        return fmt::format("The anchor {} names the fact {}, which nobody tells; the facts are {}",
                           quoted(to_text(rule)), quoted(name), fmt::join(there_are, ", "));
    }
    return {};
}

}  // namespace recourse
