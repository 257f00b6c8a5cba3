// The sections of the page, one a member of the policy, in the order in which the members are described.
#include <fmt/format.h>

#include <algorithm>

#include "policy/described.hpp"
#include "policy/page/blocks.hpp"
#include "policy/page/words.hpp"
#include "policy/page/worked.hpp"

namespace recourse::page {
namespace {

template <class T>
inline constexpr bool is_list_of_structs = false;
template <class T>
inline constexpr bool is_list_of_structs<std::vector<T>> = json::described<T>;

std::string path_of(std::string_view path, std::string_view name) {
    return path.empty() ? std::string{name} : fmt::format("{}.{}", path, name);
}

mark mark_of(basis from) {
    switch (from) {
        case basis::documented: return mark::documented;
        case basis::secondary: return mark::secondary;
        case basis::assumed: break;
    }
    return mark::assumed;
}

template <class Visitor>
void for_each_clock(clock_rules const& all, Visitor&& visit) {
    boost::mp11::mp_for_each<boost::describe::describe_members<clock_rules, boost::describe::mod_public>>(
        [&](auto member) {
            auto const& one = all.*member.pointer;
            if constexpr (json::is_optional<std::remove_cvref_t<decltype(one)>>) {
                if (one) visit(std::string_view{member.name}, *one);
            } else {
                visit(std::string_view{member.name}, one);
            }
        });
}

text value_of(std::string const& path, bool yes) {
    return plain(sentence_of(path, yes ? "true" : "false").value_or(yes ? "yes" : "no"));
}
text value_of(std::string const& path, std::string const& words) {
    if (words.empty()) return plain(sentence_of(path, "").value_or("none"));
    return plain(words);
}
template <std::integral T>
text value_of(std::string const& path, T number) {
    constexpr std::int64_t mebibyte = 1 << 20;
    auto const digits = std::to_string(number);
    if (path.ends_with("_bytes") && number > 0 && static_cast<std::int64_t>(number) % mebibyte == 0)
        return plain(fmt::format("{} ({} MiB)", digits, static_cast<std::int64_t>(number) / mebibyte));
    return plain(sentence_of(path, digits).value_or(digits));
}
template <wire_named E>
text value_of(std::string const& path, E one) {
    if (auto const sentence = sentence_of(path, wire_name(one))) {
        auto words = plain(*sentence);
        if (!sentence->ends_with('.')) return words;
        // A whole sentence says little of the name by which the document and the logs call it.
        add(words, " ");
        return add(words, wire_name(one), mark::code);
    }
    return plain(spaced(wire_name(one)));
}
// What has no overload of its own is shown as its own text.
template <class T>
    requires(!json::described<T> && !wire_named<T> && !std::integral<T>)
&&requires(T const& one) { to_text(one); }
text value_of(std::string const&, T const& one) { return plain(to_text(one)); }
template <class Tag>
text value_of(std::string const&, id<Tag> const& one) {
    return {{mark::code, std::string{one.text()}}};
}
text value_of(std::string const&, money const& amount) { return plain(to_text(amount)); }
text value_of(std::string const&, date day) { return plain(to_words(day)); }
text value_of(std::string const&, service_window const& window) {
    auto const as_written = written(window);
    std::string days;
    for (auto const day : as_written.days) days += fmt::format("{}{}", days.empty() ? "" : ", ", wire_name(day));
    return plain(fmt::format("{} {} to {}", days, as_written.open, as_written.close));
}
text value_of(std::string const&, reminder_rule const& rule) {
    std::string to;
    for (auto const who : rule.to) to += fmt::format("{}{}", to.empty() ? "" : ", ", spaced(wire_name(who)));
    return plain(fmt::format("{} before the end of {}, to: {}", length_in_words(rule.before), spaced(rule.clock), to));
}
text value_of(std::string const&, partial_rule const& rule) {
    switch (rule.form) {
        case partial_form::free: return plain("any amount");
        case partial_form::range: return plain(fmt::format("{} percent", fmt::join(rule.percents, " to ")));
        case partial_form::grid: break;
    }
    return plain(fmt::format("{} percent", fmt::join(rule.percents, ", ")));
}
text value_of(std::string const& path, tender_order const& order) {
    if (order.proportional) return plain("All of them at once, in proportion to what each has left.");
    if (order.first.empty()) return plain(sentence_of(path, "").value_or("none"));
    std::string words;
    for (auto const kind : order.first)
        words += fmt::format("{}{}", words.empty() ? "" : ", ", spaced(wire_name(kind)));
    return plain(fmt::format("First {}; then the others, in the order in which the host names them.", words));
}
text value_of(std::string const&, clock_rule const& rule) {
    auto words = plain(fmt::format("{}, {} ", length_in_words(rule.rule.length), whose_days(rule)));
    add(words, "", mark_of(rule.basis));
    if (!rule.note.empty()) add(words, " "), add(words, rule.note, mark::soft);
    return words;
}
template <json::described T>
text value_of(std::string const& path, T const& one);
template <class T>
text value_of(std::string const& path, std::optional<T> const& one) {
    if (!one) return plain(sentence_of(path, "").value_or("none"));
    return value_of(path, *one);
}
template <class T>
text value_of(std::string const& path, std::vector<T> const& several) {
    if (several.empty()) return plain(sentence_of(path, "").value_or("none"));
    text words;
    for (auto const& one : several) {
        if (!words.empty()) add(words, ", ");
        add(words, value_of(path, one));
    }
    return words;
}
// What is nested too deep for rows of its own: its members one after the other.
template <json::described T>
text value_of(std::string const& path, T const& one) {
    text words;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        auto const here = path_of(path, member.name);
        if (!words.empty()) add(words, "; ");
        add(words, fmt::format("{}: ", label_of(here)));
        add(words, value_of(here, one.*member.pointer));
    });
    return words;
}

// A list of structs is a table with a column for each member.
template <class T>
void add_list(blocks& to, std::string const& path, std::vector<T> const& several) {
    if (several.empty()) {
        to.push_back(paragraph{value_of(path, several)});
        return;
    }
    table made;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) { made.head.push_back(label_of(path_of(path, member.name))); });
    for (auto const& one : several) {
        auto& row = made.rows.emplace_back();
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) { row.push_back(value_of(path_of(path, member.name), one.*member.pointer)); });
    }
    to.push_back(std::move(made));
}

// A struct is a table with a row for each member; lists of structs come after it, each under its heading.
template <class T>
void add_rows(blocks& to, table& made, blocks& lists, std::string const& path, T const& one, policy const& of,
              page_setting const& on) {
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        auto const here = path_of(path, member.name);
        auto const& content = one.*member.pointer;
        using content_type = std::remove_cvref_t<decltype(content)>;
        if constexpr (is_list_of_structs<content_type>) {
            lists.push_back(heading{3, plain(label_of(here))});
            add_list(lists, here, content);
        } else if constexpr (json::described<content_type> && !std::is_same_v<content_type, money>) {
            add_rows(to, made, lists, here, content, of, on);
        } else {
            made.rows.push_back({plain(label_of(here)), value_of(here, content)});
            auto const worked = [&](clock_rule const& rule) {
                made.rows.push_back({plain(fmt::format("Begun on {} at noon", to_words(on.start))),
                                     joined(plain("ends "), worked_date(rule, of, on))});
            };
            if constexpr (std::is_same_v<content_type, clock_rule>) worked(content);
            if constexpr (std::is_same_v<content_type, std::optional<clock_rule>>) {
                if (content) worked(*content);
            }
        }
    });
}
template <class T>
void add_struct(blocks& to, std::string const& path, T const& one, policy const& of, page_setting const& on) {
    table made{{"What", "Rule"}, {}, true};
    blocks lists;
    add_rows(to, made, lists, path, one, of, on);
    if (!made.rows.empty()) to.push_back(std::move(made));
    to.insert(to.end(), lists.begin(), lists.end());
}

text what_its_end_does(policy const& of, std::string_view name) {
    auto const* words = words_of_clock(name);
    if (words == nullptr) return {};
    if (words->silent == nullptr) return plain(words->otherwise);
    return value_of(std::string{words->silence_path}, of.silences.*words->silent);
}

void add_clocks(blocks& to, policy const& of, page_setting const& on) {
    table made{{"Time", "Length", "When it ends", fmt::format("Begun on {} at noon, it ends", to_words(on.start)),
                "Where the figure comes from"},
               {}};
    for_each_clock(of.clocks, [&](std::string_view name, clock_rule const& rule) {
        auto const* words = words_of_clock(name);
        text what{{mark::strong, words != nullptr ? std::string{words->label} : label_of(name)}};
        add(what, " "), add(what, name, mark::code);
        if (words != nullptr) add(what, fmt::format(" {}", words->whose));
        text length{{mark::strong, length_in_words(rule.rule.length)}};
        add(length, fmt::format(", {}", whose_days(rule)));
        text from{{mark_of(rule.basis), ""}};
        if (!rule.note.empty()) add(from, " "), add(from, rule.note, mark::soft);
        made.rows.push_back({std::move(what), std::move(length), what_its_end_does(of, name), worked_date(rule, of, on),
                             std::move(from)});
    });
    to.push_back(std::move(made));
}

// What is switched off is one sentence: its other members mean nothing then.
template <class T>
bool is_off(T const&) {
    return false;
}
bool is_off(contact_rules const& one) { return !one.required; }
bool is_off(amendment_rules const& one) { return one.most == 0; }
bool is_off(appeal_rules const& one) { return one.levels == 0; }
std::string_view off_path(std::string_view section) {
    return section == "contact" ? "contact.required" : section == "amendments" ? "amendments.most" : "appeals.levels";
}

void add_section(blocks& to, policy const& of, page_setting const& on, std::string_view name) {
    boost::mp11::mp_for_each<boost::describe::describe_members<policy, boost::describe::mod_public>>([&](auto member) {
        if (name != member.name) return;
        auto const& content = of.*member.pointer;
        using content_type = std::remove_cvref_t<decltype(content)>;
        std::string const path{name};
        to.push_back(heading{2, plain(label_of(name))});
        if (auto const opening = opening_of(name); !opening.empty()) to.push_back(paragraph{plain(opening)});
        if (is_off(content)) {
            to.push_back(paragraph{plain(sentence_of(off_path(name), path == "contact" ? "false" : "0").value_or(""))});
        } else if constexpr (std::is_same_v<content_type, clock_rules>) {  // NOLINT(bugprone-branch-clone): by type
            add_clocks(to, of, on);
        } else if constexpr (is_list_of_structs<content_type>) {
            add_list(to, path, content);
        } else if constexpr (json::described<content_type>) {
            add_struct(to, path, content, of, on);
        } else if constexpr (requires {
                                 requires json::is_optional<content_type> &&
                                     json::described<typename content_type::value_type>;
                             }) {
            if (content)
                add_struct(to, path, *content, of, on);
            else
                to.push_back(paragraph{value_of(path, content)});
        } else {
            to.push_back(paragraph{value_of(path, content)});
        }
    });
}

void add_head(blocks& to, policy const& of) {
    to.push_back(heading{1, plain(of.title)});
    auto words = plain("Policy ");
    add(words, of.id.text(), mark::code);
    add(words, fmt::format(", version {}, in format {}.", of.version, of.format));
    to.push_back(paragraph{std::move(words)});
    std::size_t counts[3] = {};
    std::size_t all = 1;
    auto const count = [&](basis from) { ++counts[static_cast<std::size_t>(from)]; };
    count(of.protection.length.basis);
    for_each_clock(of.clocks, [&](std::string_view, clock_rule const& rule) { ++all, count(rule.basis); });
    if (of.conduct.prompt_answer) ++all, count(of.conduct.prompt_answer->basis);
    if (of.channel.recontact) ++all, count(of.channel.recontact->basis);
    to.push_back(paragraph{plain(fmt::format(
        "Each length of time says where it comes from: of {}, {} documented, {} secondary, {} assumed. Other rules "
        "carry no such mark.",
        all, counts[0], counts[1], counts[2]))});
    to.push_back(
        bullets{{{{mark::documented, ""}, {mark::plain, ": it stands in one of the sources."}},
                 {{mark::secondary, ""}, {mark::plain, ": it is from second-hand copies of a source."}},
                 {{mark::assumed, ""}, {mark::plain, ": no source gives it, it was chosen for this policy."}}}});
}

void add_in_short(blocks& to, policy const& of) {
    to.push_back(heading{2, plain("In short")});
    auto const line = [](std::string_view words, clock_rule const& rule, std::string_view after) {
        auto made = plain(words);
        add(made, length_in_words(rule.rule.length), mark::strong);
        return add(made, after);
    };
    bullets made;
    auto const& clocks = of.clocks;
    made.items.push_back(line(of.contact.required ? "The buyer writes to the seller first. A dispute may be opened for "
                                                  : "A dispute may be opened for ",
                              of.protection.length,
                              fmt::format(" from when the order is {}.", wire_name(of.protection.from))));
    if (of.escalation.at_once) {
        made.items.push_back(plain("It goes to mediation at once."));
    } else {
        made.items.push_back(joined(line("The seller has ", clocks.seller_response, " to answer; otherwise: "),
                                    plain(sentence_of("silences.seller", wire_name(of.silences.seller))
                                              .value_or(wire_name(of.silences.seller)))));
        made.items.push_back(line("Both have ", clocks.negotiation, " to agree."));
    }
    made.items.push_back(joined(line("A mediator has ", clocks.decision, " to decide; otherwise: "),
                                plain(sentence_of("silences.mediator", wire_name(of.silences.mediator))
                                          .value_or(wire_name(of.silences.mediator)))));
    if (of.appeals.levels > 0 && clocks.appeal_window)
        made.items.push_back(line("A decision may be appealed for ", *clocks.appeal_window, "."));
    to.push_back(std::move(made));
}

void add_course(blocks& to, policy const& of, page_setting const& on) {
    to.push_back(heading{2, plain("How a dispute goes")});
    for (auto const& one : on.diagrams) {
        to.push_back(paragraph{plain(one.title)});
        to.push_back(one);
    }
    auto made = course_of(of, on);
    if (made.all.empty()) return;
    auto last = made.all.front().last;
    for (auto const& one : made.all) last = std::max(last, one.last);
    to.push_back(heading{3, plain("If everybody takes all of the time there is")});
    to.push_back(
        paragraph{plain(fmt::format("From {}, each stage once, to {}: {} days. Questions, rounds and payments that are "
                                    "repeated take longer; people "
                                    "who are quicker take less.",
                                    to_words(on.start), to_words(last), last.days - on.start.days))});
    to.push_back(std::move(made));
}

}  // namespace

blocks page_of(policy const& of, page_setting const& on) {
    blocks all;
    add_head(all, of);
    add_in_short(all, of);
    add_course(all, of, on);
    boost::mp11::mp_for_each<boost::describe::describe_members<policy, boost::describe::mod_public>>([&](auto member) {
        std::string_view const name = member.name;
        // These four stand in the head of the page.
        if (name == "format" || name == "id" || name == "version" || name == "title") return;
        add_section(all, of, on, name);
    });
    auto words = plain(fmt::format(
        "Worked dates count from noon on {}, with the calendar {} and the zone {} for the buyer, {} and {} for the "
        "seller. The day of the event is not counted; a time in days ends at local midnight after its last day.",
        to_words(on.start), on.buyer.calendar->name(), on.buyer.zone.name(), on.seller.calendar->name(),
        on.seller.zone.name()));
    if (!on.made_by.empty()) add(words, " "), add(words, on.made_by);
    all.push_back(heading{2, plain("How the dates were worked out")});
    all.push_back(paragraph{std::move(words)});
    return all;
}

}  // namespace recourse::page

namespace recourse {

std::string to_markdown(policy const& of, page_setting const& on) { return page::as_markdown(page::page_of(of, on)); }
std::string to_html(policy const& of, page_setting const& on) { return page::as_html(page::page_of(of, on), of.title); }

}  // namespace recourse
