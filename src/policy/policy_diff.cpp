// Comparing two policies: one walk over the described members, so that no member can be forgotten.
#include "recourse/policy/policy_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "policy/described.hpp"
#include "recourse/calendar/clock_time.hpp"

namespace recourse {

namespace {

// ---- values as JSON --------------------------------------------------------------------------------------------------

template <class T>
void spell(std::string& out, T const& one);
template <class T>
std::string spelled(T const& one) {
    std::string out;
    spell(out, one);
    return out;
}
template <class T>
void spell_list(std::string& out, std::vector<T> const& several) {
    out += '[';
    for (auto const& one : several) {
        if (out.back() != '[') out += ',';
        spell(out, one);
    }
    out += ']';
}
void spell_member(std::string& out, std::string_view name, std::string const& value) {
    if (out.back() != '{') out += ',';
    json::write_string(out, name);
    out += ':';
    out += value;
}

void spell_own(std::string& out, partial_rule const& one) {
    if (one.form == partial_form::free) return json::write_string(out, "free");
    out += '{';
    spell_member(out, wire_name(one.form), spelled(one.percents));
    out += '}';
}
void spell_own(std::string& out, tender_order const& one) {
    if (one.proportional) return json::write_string(out, "proportional");
    spell_list(out, one.first);
}
void spell_own(std::string& out, clock_rule const& one) {
    out += '{';
    spell_member(out, "length", spelled(to_text(one.rule.length)));
    spell_member(out, "start", spelled(one.rule.start));
    spell_member(out, "roll", spelled(one.rule.roll));
    if (one.rule.cut_off) spell_member(out, "cut_off", spelled(to_clock_text(*one.rule.cut_off)));
    spell_member(out, "calendar", spelled(one.calendar));
    spell_member(out, "zone", spelled(one.zone));
    spell_member(out, "basis", spelled(one.basis));
    spell_member(out, "note", spelled(one.note));
    if (one.regime) spell_member(out, "regime", spelled(*one.regime));
    if (!one.schedule.empty()) spell_member(out, "schedule", spelled(one.schedule));
    out += '}';
}
void spell_own(std::string& out, anchor_rule const& one) { json::write_string(out, to_text(one)); }
void spell_own(std::string& out, service_window const& one) { json::write_value(out, written(one)); }
void spell_own(std::string& out, reminder_rule const& one) {
    json::write_value(out, written_reminder{one.clock, to_text(one.before), one.to});
}
void spell_own(std::string& out, order_selector const& one) {
    out += '{';
    for (auto const& [name, listed] : {std::pair<std::string_view, std::vector<std::string> const&>{"site", one.site},
                                       {"category", one.category},
                                       {"payment_method", one.payment_method},
                                       {"seller_type", one.seller_type}}) {
        if (!listed.empty()) spell_member(out, name, spelled(listed));
    }
    for (auto const& [name, day] :
         {std::pair<std::string_view, std::optional<date> const&>{"ordered_from", one.ordered_from},
          {"ordered_before", one.ordered_before}}) {
        if (day) spell_member(out, name, spelled(*day));
    }
    out += '}';
}

template <class T>
concept spells_itself = requires(std::string& out, T const& one) {
    spell_own(out, one);
};

// Described, or not: it is shown as one.
template <class T>
concept one_value = spells_itself<T> || std::is_same_v<T, money>;

template <class T>
void spell(std::string& out, T const& one) {
    if constexpr (spells_itself<T>) {
        spell_own(out, one);
    } else if constexpr (std::is_same_v<T, date>) {
        json::write_string(out, to_text(one));
    } else if constexpr (json::described<T> && !one_value<T>) {
        out += '{';
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
            auto const& content = one.*member.pointer;
            if (json::is_absent(content)) return;
            if constexpr (json::is_optional<std::remove_cvref_t<decltype(content)>>)
                spell_member(out, member.name, spelled(*content));
            else
                spell_member(out, member.name, spelled(content));
        });
        out += '}';
    } else if constexpr (json::listed<T>) {
        spell_list(out, one);
    } else {
        json::write_value(out, one);
    }
}

// A value for people: a text without its quotes, an amount, "3 calendar days".
template <class T>
std::string in_words(T const& one) {
    if constexpr (std::is_same_v<T, money> || std::is_same_v<T, date> || std::is_same_v<T, anchor_rule>) {
        return to_text(one);
    } else if constexpr (std::is_same_v<T, clock_rule>) {
        auto text = to_text(one.rule.length);
        std::replace(text.begin(), text.end(), '_', ' ');
        if (one.rule.length.length == 1) text.pop_back();
        return text;
    } else if constexpr (std::is_same_v<T, std::string>) {
        return one.empty() ? std::string{"nothing"} : one;
    } else if constexpr (wire_named<T>) {
        return std::string{wire_name(one)};
    } else if constexpr (json::is_id<T>) {
        return std::string{one.text()};
    } else {
        return spelled(one);
    }
}

// ---- what an element of a list is called -----------------------------------------------------------------------------

std::string name_of(policy_source const& one) { return one.document; }
std::string name_of(reason_rule const& one) { return std::string{one.reason.text()}; }
std::string name_of(alternative_rule const& one) { return std::string{one.alternative.text()}; }
std::string name_of(cited_rule const& one) { return std::string{one.rule.text()}; }
std::string name_of(coverage_rule const& one) { return to_text(one.from); }
std::string name_of(strike_rule const& one) { return fmt::format("{} strikes", one.strikes); }
std::string name_of(named_anchor const& one) { return one.anchor; }
std::string name_of(schedule_rule const& one) { return one.schedule; }
std::string name_of(evidence_stage_rule const& one) { return std::string{wire_name(one.stage)}; }
std::string name_of(evidence_view_rule const& one) { return std::string{wire_name(one.stage)}; }
// Nothing names it but what it says.
std::string name_of(evidence_requirement one) {
    std::sort(one.kinds.begin(), one.kinds.end());
    return spelled(one);
}
template <class T>
std::string name_of(T const& one) {
    return in_words(one);
}

// ---- comparing -------------------------------------------------------------------------------------------------------

favoured other_than(favoured one) noexcept {
    switch (one) {
        case favoured::buyer: return favoured::seller;
        case favoured::seller: return favoured::buyer;
        case favoured::platform:  // what the marketplace loses both parties win
        case favoured::neither:
        case favoured::depends: break;
    }
    return one == favoured::neither ? favoured::neither : favoured::depends;
}
// More of it favours one, less of it the other; nothing if it cannot be told.
favoured in_direction(favoured more, int direction) noexcept {
    if (more == favoured::neither || direction > 0) return more;
    return direction < 0 ? other_than(more) : favoured::depends;
}

// How long a period is in days at least and at most.
struct span_of_days {
    double least = 0;
    double most = 0;
};
span_of_days days_of(period const& one) noexcept {
    double const length = one.length;
    switch (one.unit) {
        case period_unit::hours: return {length / 24, length / 24};
        case period_unit::calendar_days: return {length, length + 1};
        case period_unit::weeks: return {length * 7, length * 7 + 1};
        case period_unit::months: return {length * 28, length * 31 + 1};
        case period_unit::years: return {length * 365, length * 366 + 1};
        case period_unit::business_days:
        case period_unit::service_hours: break;
    }
    return {one.unit == period_unit::business_days ? length : length / 24, std::numeric_limits<double>::infinity()};
}
int longer(period const& before, period const& after) noexcept {
    if (before.unit == after.unit) return after.length > before.length ? 1 : after.length < before.length ? -1 : 0;
    auto const was = days_of(before);
    auto const is = days_of(after);
    return is.least >= was.most ? 1 : is.most <= was.least ? -1 : 0;
}
template <class T>
int more(T const& before, T const& after) noexcept {
    return after > before ? 1 : after < before ? -1 : 0;
}
// Only what never moves a deadline to an earlier day is sure to be later than none.
int later(roll_rule before, roll_rule after) noexcept {
    auto const rank = [](roll_rule one) {
        return one == roll_rule::following ? 1 : one == roll_rule::preceding ? -1 : one == roll_rule::none ? 0 : 2;
    };
    return rank(before) == 2 || rank(after) == 2 ? 0 : more(rank(before), rank(after));
}

struct spot {
    std::string pointer;
    std::string pattern;
    std::string of;  // the name of the innermost element
    [[nodiscard]] spot member(std::string_view name) const {
        return {fmt::format("{}/{}", pointer, name), fmt::format("{}/{}", pattern, name), of};
    }
    [[nodiscard]] spot element(std::size_t at, std::string name) const {
        return {fmt::format("{}/{}", pointer, at), pattern + "/*", std::move(name)};
    }
};

constexpr member_rule unjudged{"", judged::fixed, favoured::depends, "{of} {}", "no rule says whom it favours"};

member_rule const& rule_of(std::string_view pattern) {
    auto const rules = member_rules();
    auto const found =
        std::find_if(rules.begin(), rules.end(), [&](auto const& one) { return one.pattern == pattern; });
    return found == rules.end() ? unjudged : *found;
}

std::string filled(std::string_view says, spot const& at, std::string_view value) {
    std::string text{says};
    for (auto const& [mark, with] : {std::pair<std::string_view, std::string_view>{"{of}", at.of}, {"{}", value}}) {
        if (auto const found = text.find(mark); found != std::string::npos) text.replace(found, mark.size(), with);
    }
    return text;
}
// Of two clauses with "|" between the first or the second.
std::string_view clause(std::string_view says, bool first) {
    auto const middle = says.find('|');
    if (middle == std::string_view::npos) return says;
    return first ? says.substr(0, middle) : says.substr(middle + 1);
}

template <class T>
int direction(member_rule const& rule, T const& before, T const& after) {
    if constexpr (std::is_same_v<T, bool>) {
        return after ? 1 : -1;
    } else if constexpr (std::is_same_v<T, money>) {
        return before.currency == after.currency ? more(before.minor, after.minor) : 0;
    } else if constexpr (std::is_integral_v<T>) {
        return more(before, after);
    } else if constexpr (wire_named<T>) {
        auto const place = [&](T one) {
            auto const found = fmt::format(" {} ", rule.order).find(fmt::format(" {} ", wire_name(one)));
            return found == std::string::npos ? -1 : static_cast<int>(found);
        };
        return place(before) < 0 || place(after) < 0 ? 0 : more(place(before), place(after));
    } else {
        return 0;
    }
}

class comparing {
  public:
    template <class T>
    void compare(T const& before, T const& after, spot const& at) {
        if (before == after) return;
        if constexpr (std::is_same_v<T, clock_rule>)
            clocks(before, after, at);
        else if constexpr (json::described<T> && !one_value<T>)
            boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
                [&](auto member) { members(before.*member.pointer, after.*member.pointer, at.member(member.name)); });
        else if constexpr (json::listed<T> && !one_value<T>)
            lists(before, after, at);
        else
            values(before, after, at);
    }
    std::vector<policy_change> take() { return std::move(found_); }

  private:
    template <class T>
    void members(T const& before, T const& after, spot const& at) {
        if constexpr (json::is_optional<T>) {
            if (before && after) return compare(*before, *after, at);
            if (before || after) appears_or_not(before, after, at);
        } else {
            compare(before, after, at);
        }
    }

    // A struct that is there or not is judged by its first member.
    template <class T>
    void appears_or_not(std::optional<T> const& before, std::optional<T> const& after, spot const& at) {
        if constexpr (json::described<T> && !spells_itself<T> && !std::is_same_v<T, money>) {
            boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
                [&](auto member) {
                    using content = std::remove_cvref_t<decltype((*before).*member.pointer)>;
                    appears_or_not(before ? std::optional<content>{(*before).*member.pointer} : std::nullopt,
                                   after ? std::optional<content>{(*after).*member.pointer} : std::nullopt,
                                   at.member(member.name));
                });
        } else {
            auto const& rule = rule_of(at.pattern);
            auto const& there = before ? *before : *after;
            auto const says = filled(rule.says, at, in_words(there));
            report(at, before ? spelled(there) : std::string{}, after ? spelled(there) : std::string{},
                   in_direction(rule.appears, after ? 1 : -1),
                   after ? fmt::format("{}; before, nothing was said about it", says)
                         : fmt::format("it is no longer said that {}", says),
                   rule.because);
        }
    }

    template <class T>
    void values(T const& before, T const& after, spot const& at) {
        auto const& rule = rule_of(at.pattern);
        std::string words;
        if constexpr (std::is_same_v<T, bool>)
            words = filled(clause(rule.says, after), at, {});
        else
            words = fmt::format("{} instead of {}", filled(rule.says, at, in_words(after)), in_words(before));
        auto const favours =
            rule.how == judged::fixed ? rule.more : in_direction(rule.more, direction(rule, before, after));
        report(at, spelled(before), spelled(after), favours, std::move(words), rule.because);
    }

    void clocks(clock_rule const& before, clock_rule const& after, spot const& at) {
        auto const& rule = rule_of(at.pattern);
        if (before.rule.length != after.rule.length)
            report(at.member("length"), spelled(to_text(before.rule.length)), spelled(to_text(after.rule.length)),
                   in_direction(rule.more, longer(before.rule.length, after.rule.length)),
                   fmt::format("{} instead of {}", filled(rule.says, at, in_words(after)), in_words(before)),
                   rule.because);
        auto const part = [&](std::string_view name, auto const& was, auto const& is, favoured favours,
                              std::string_view because) {
            if (was == is) return;
            report(at.member(name), spelled(was), spelled(is), favours,
                   fmt::format("{}: {} is {} instead of {}", filled(rule.says, at, in_words(after)), name, in_words(is),
                               in_words(was)),
                   because);
        };
        auto const day = std::string_view{"which days count decides how long it is"};
        part("start", before.rule.start, after.rule.start,
             in_direction(rule.more, more(before.rule.start, after.rule.start)), rule.because);
        part("roll", before.rule.roll, after.rule.roll,
             in_direction(rule.more, later(before.rule.roll, after.rule.roll)), rule.because);
        auto const cut_off = [](clock_rule const& one) {
            return one.rule.cut_off ? to_clock_text(*one.rule.cut_off) : std::string{};
        };
        // The earlier the cut-off, the more events count as one of the next day; none is as late as can be.
        part("cut_off", cut_off(before), cut_off(after),
             in_direction(rule.more, more(after.rule.cut_off.value_or(seconds_per_civil_day),
                                          before.rule.cut_off.value_or(seconds_per_civil_day))),
             rule.because);
        part("calendar", before.calendar, after.calendar, favoured::depends, day);
        part("zone", before.zone, after.zone, favoured::depends, day);
        auto const law = [](clock_rule const& one) {
            return one.regime ? std::string{wire_name(*one.regime)} : std::string{};
        };
        part("regime", law(before), law(after), favoured::depends, day);
        part("schedule", before.schedule, after.schedule, favoured::depends, day);
        part("basis", before.basis, after.basis, favoured::neither, "it says where the figure comes from");
        part("note", before.note, after.note, favoured::neither, "it says where the figure comes from");
    }

    template <class T>
    void lists(std::vector<T> const& before, std::vector<T> const& after, spot const& at) {
        auto const place = [](std::vector<T> const& in, std::string const& name) {
            return std::find_if(in.begin(), in.end(), [&](auto const& one) { return name_of(one) == name; });
        };
        for (std::size_t index = 0; index < after.size(); ++index) {
            auto name = name_of(after[index]);
            auto const was = place(before, name);
            auto const here = at.element(index, holds_members<T> ? name : at.of);
            if (was == before.end())
                element(here, {}, spelled(after[index]), name);
            else
                compare(*was, after[index], here);
        }
        for (std::size_t index = 0; index < before.size(); ++index) {
            auto name = name_of(before[index]);
            if (place(after, name) == after.end())
                element(at.element(index, holds_members<T> ? name : at.of), spelled(before[index]), {}, name);
        }
    }
    template <class T>
    static constexpr bool holds_members = json::described<T>;

    void element(spot const& at, std::string before, std::string after, std::string const& name) {
        auto const& rule = rule_of(at.pattern);
        bool const is_new = before.empty();
        auto const favours = rule.how == judged::fixed ? rule.more : in_direction(rule.more, is_new ? 1 : -1);
        report(at, std::move(before), std::move(after), favours, filled(clause(rule.says, is_new), at, name),
               rule.because);
    }

    void report(spot const& at, std::string before, std::string after, favoured favours, std::string words,
                std::string_view because) {
        found_.push_back(
            {at.pointer, std::move(before), std::move(after), favours, std::move(words), std::string{because}});
    }

    std::vector<policy_change> found_;
};

// ---- all members, by type --------------------------------------------------------------------------------------------

template <class T>
void list_patterns(std::vector<std::string>& into, std::string const& at) {
    if constexpr (json::is_optional<T>) {
        list_patterns<typename T::value_type>(into, at);
    } else if constexpr (json::described<T> && !one_value<T>) {
        if (!at.empty() && at.ends_with('*')) into.push_back(at);
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
            using content = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
            list_patterns<content>(into, fmt::format("{}/{}", at, member.name));
        });
    } else if constexpr (json::listed<T> && !one_value<T>) {
        list_patterns<typename T::value_type>(into, at + "/*");
    } else {
        into.push_back(at);
    }
}

}  // namespace

std::vector<policy_change> policy_diff(policy const& before, policy const& after) {
    comparing doing;
    doing.compare(before, after, {});
    return doing.take();
}

std::vector<std::string> policy_member_patterns() {
    std::vector<std::string> all;
    list_patterns<policy>(all, {});
    return all;
}

std::string to_json(policy_change const& one) {
    std::string out = "{";
    spell_member(out, "pointer", spelled(one.pointer));
    spell_member(out, "before", one.before.empty() ? "null" : one.before);
    spell_member(out, "after", one.after.empty() ? "null" : one.after);
    spell_member(out, "favours", spelled(one.favours));
    spell_member(out, "words", spelled(one.words));
    spell_member(out, "because", spelled(one.because));
    return out += '}';
}

}  // namespace recourse
