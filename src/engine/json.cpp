// The JSON forms of commands, events, records, accounts and refusals.
#include "recourse/engine/json.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <cassert>

#include "engine/described_account.hpp"
#include "engine/described_clock.hpp"
#include "engine/stored_command.hpp"
#include "engine/workings.hpp"
#include "recourse/engine/host_rules.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "vocabulary/described.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(input_problem, (), (pointer, reason))

// What a ledger row keeps of an account beside its totals.
struct account_content {
    std::optional<account_parties> parties;
    std::optional<std::int64_t> recouped_minor;  // left out while it is nothing
    std::vector<account_line> lines;
    std::vector<dispute_id> open;
    std::vector<account_tender> tenders;
    std::optional<settlement_facts> settlement;
    std::vector<account_outside_refund> outside_refunds;
    std::vector<account_chargeback> chargebacks;
};
BOOST_DESCRIBE_STRUCT(account_content, (),
                      (parties, recouped_minor, lines, open, tenders, settlement, outside_refunds, chargebacks))

namespace json {
template <>
inline constexpr std::array<std::string_view, 3> defaulted<account_line>{"outside_refunded_minor", "charged_back_minor",
                                                                         "units_given_up"};
template <>
inline constexpr std::array<std::string_view, 2> defaulted<account_tender>{"outside_refunded_minor",
                                                                           "charged_back_minor"};
template <>
inline constexpr std::array<std::string_view, 1> defaulted<account_chargeback>{"tender"};
}  // namespace json

namespace {

using engine::workings;
using json::place;
using json::problems;
using json::value;

// Calls visit<L>() for the lifecycle with that name; false if there is none.
template <class Visitor>
bool with_lifecycle(std::string_view name, Visitor&& visit) {
    bool found = false;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::name != name) return;
        found = true;
        visit.template operator()<L>();
    });
    return found;
}

template <class Key, class T>
void write_member(std::string& out, Key const& key, T const& content) {
    if (out.back() != '{') out += ',';
    json::write_string(out, key);
    out += ':';
    json::write_value(out, content);
}
void write_key(std::string& out, std::string_view key) {
    if (out.back() != '{' && out.back() != '[') out += ',';
    json::write_string(out, key);
    out += ':';
}

template <class L>
std::optional<std::uint8_t> state_code(std::string_view name) {
    for (auto const& one : lifecycle::states<L>) {
        if (one.name == name) return one.code;
    }
    return std::nullopt;
}

// The members of an object that this library wrote, one by one; what is missing or wrong is damage.
class stored_object {
  public:
    stored_object(json::object const& members, problems& found) : members_{members}, found_{found} {}

    [[nodiscard]] value const* find(std::string_view name) const { return members_.if_contains(name); }
    template <class T>
    void read(std::string_view name, T& into) const {
        if (auto const* given = find(name))
            json::read_value(*given, into, place{}.member(name), found_);
        else
            found_.report(place{}.member(name), "is missing");
    }
    [[nodiscard]] std::string text(std::string_view name) const {
        std::string into;
        read(name, into);
        return into;
    }
    [[nodiscard]] problems& found() const noexcept { return found_; }

  private:
    json::object const& members_;
    problems& found_;
};

// A text that is read once: what it says lies in one block as long as that takes, and is not given back piece by piece.
class short_lived {
  public:
    short_lived(std::string_view text, json::origin from, problems& found)
        : content_{json::parse(text, from, found, &memory_)} {}
    short_lived(short_lived const&) = delete;
    short_lived& operator=(short_lived const&) = delete;
    [[nodiscard]] std::optional<value> const& content() const noexcept { return content_; }

  private:
    std::array<unsigned char, 8192> bytes_;
    boost::json::monotonic_resource memory_{bytes_.data(), bytes_.size()};
    std::optional<value> content_;
};

json::object const& object_in(short_lived const& text, std::string_view what) {
    auto const& content = text.content();
    if (content && content->is_object()) return content->get_object();
    throw failure{failure_kind::store_corrupt, fmt::format("{} is not a JSON object", what)};
}

void require_none(problems& found, std::string_view what) {
    if (!found.none())
        throw failure{failure_kind::store_corrupt, fmt::format("{} cannot be read: {}", what, to_text(found.take()))};
}

template <class L>
std::uint8_t read_state(stored_object const& members, std::string_view name) {
    auto const code = state_code<L>(members.text(name));
    if (!code) members.found().report(place{}.member(name), fmt::format("is no state of {}", L::name));
    return code.value_or(L::initial::code);
}

}  // namespace

// ---- commands --------------------------------------------------------------------------------------------------------

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    lifecycle::for_each(lifecycle::words_of<lifecycle::all>::commands{}, [&]<class C>() { names.push_back(C::name); });
    return names;
}

namespace {

std::optional<command_body> read_body(value const& from, place const& where, problems& found) {
    auto const* members = from.if_object();
    if (members == nullptr || members->size() != 1) {
        found.report(where, "expected an object with one member, the command: {\"withdraw_dispute\":{}}; found " +
                                json::picture(from));
        return std::nullopt;
    }
    std::string_view const asked = members->begin()->key();
    std::optional<command_body> body;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (!body) body = workings<L>::read_command(asked, members->begin()->value(), where.member(asked), found);
    });
    if (!body) found.report(where.member(asked), "is no command" + json::nearest(asked, command_names()));
    return body;
}

}  // namespace

namespace {

result<command, input_problems> command_in(std::string_view text, json::origin from) {
    problems found;
    short_lived const text_read{text, from, found};
    auto const& document = text_read.content();
    if (!document) return failed{found.take()};
    place const whole;
    auto const* members = document->if_object();
    if (members == nullptr) {
        found.report(whole, "expected a command, an object; found " + json::picture(*document));
        return failed{found.take()};
    }
    command read;
    std::vector<std::string_view> const known{"id",           "dispute",          "as", "on_behalf_of",
                                              "submitted_at", "expected_version", "do"};
    for (auto const* name : {"id", "dispute", "as", "do"}) {
        if (!members->contains(name)) found.report(whole.member(name), "is missing");
    }
    for (auto const& [key, content] : *members) {
        std::string_view const name = key;
        auto const where = whole.member(name);
        if (name == "id") {
            json::read_value(content, read.id, where, found);
        } else if (name == "dispute") {
            if (auto const spelled = json::read_text(content, where, found)) {
                if (auto parsed_key = parse_dispute_key(*spelled))
                    read.dispute = *std::move(parsed_key);
                else
                    found.report(where, parsed_key.error());
            }
        } else if (name == "as") {
            json::read_value(content, read.by, where, found);
        } else if (name == "on_behalf_of") {
            json::read_value(content, read.on_behalf_of, where, found);
        } else if (name == "submitted_at") {
            json::read_value(content, read.submitted_at, where, found);
        } else if (name == "expected_version") {
            json::read_value(content, read.expected_version, where, found);
        } else if (name == "do") {
            if (auto body = read_body(content, where, found)) read.body = *std::move(body);
        } else {
            found.report(where, "is not known here" + json::nearest(name, known));
        }
    }
    if (!found.none()) return failed{found.take()};
    return read;
}

}  // namespace

result<command, input_problems> read_command(std::string_view text) { return command_in(text, json::origin::foreign); }
result<command, input_problems> engine::read_stored_command(std::string_view text) {
    return command_in(text, json::origin::own);
}

std::string canonical(command const& asked) {
    std::string out = "{";
    write_member(out, "dispute", to_text(asked.dispute));
    write_member(out, "as", asked.by);
    if (asked.on_behalf_of) write_member(out, "on_behalf_of", *asked.on_behalf_of);
    if (asked.submitted_at) write_member(out, "submitted_at", *asked.submitted_at);
    write_key(out, "do");
    out += '{';
    write_key(out, name(asked.body));
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() { workings<L>::write_command(out, asked.body); });
    return out += "}}";
}

// ---- events ----------------------------------------------------------------------------------------------------------

std::string type_of(event const& happened) {
    std::string type;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code == happened.lifecycle) type = L::name;
    });
    type += '.';
    type += std::visit([](auto const& body) { return std::remove_cvref_t<decltype(body)>::name; }, happened.body);
    return type;
}

std::string to_json(event const& happened, std::string_view asked) {
    std::string out = "{";
    out.reserve(512);
    write_member(out, "version", happened.version);
    write_member(out, "at", happened.at);
    write_member(out, "by", happened.by);
    if (happened.on_behalf_of) write_member(out, "on_behalf_of", *happened.on_behalf_of);
    write_member(out, "type", type_of(happened));
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        if (L::code != happened.lifecycle) return;
        if (L::many) write_member(out, "number", happened.number);
        write_member(out, "from", std::string{lifecycle::state_name<L>(happened.from)});
        write_member(out, "to", std::string{lifecycle::state_name<L>(happened.to)});
        if (happened.clock_started) write_member(out, "clock_started", *happened.clock_started);
        if (happened.clock_stopped) write_member(out, "clock_stopped", true);
        if (happened.recontact_until) write_member(out, "recontact_until", *happened.recontact_until);
        if (happened.money_version) write_member(out, "money_version", *happened.money_version);
        write_key(out, "body");
        workings<L>::write_event(out, happened.body);
    });
    if (!asked.empty()) {
        write_key(out, "asked");
        out += asked;
    }
    return out += '}';
}

event read_event(std::string_view text) {
    problems found;
    problems ignored;
    short_lived const document{text, json::origin::own, ignored};
    stored_object const members{object_in(document, "an event"), found};
    event read;
    members.read("version", read.version);
    members.read("at", read.at);
    members.read("by", read.by);
    if (members.find("on_behalf_of") != nullptr) members.read("on_behalf_of", read.on_behalf_of);
    if (members.find("clock_started") != nullptr) members.read("clock_started", read.clock_started);
    if (members.find("clock_stopped") != nullptr) members.read("clock_stopped", read.clock_stopped);
    if (members.find("recontact_until") != nullptr) members.read("recontact_until", read.recontact_until);
    if (members.find("money_version") != nullptr) members.read("money_version", read.money_version);
    auto const type = members.text("type");
    auto const dot = type.find('.');
    bool const known = with_lifecycle(std::string_view{type}.substr(0, dot), [&]<class L>() {
        read.lifecycle = L::code;
        if (L::many) members.read("number", read.number);
        read.from = read_state<L>(members, "from");
        read.to = read_state<L>(members, "to");
        auto const* body = members.find("body");
        auto const kind = dot == std::string::npos ? std::string_view{} : std::string_view{type}.substr(dot + 1);
        auto told =
            body != nullptr ? workings<L>::read_event(kind, *body, place{}.member("body"), found) : std::nullopt;
        if (told)
            read.body = *std::move(told);
        else
            found.report(place{}.member("type"), fmt::format("is no event that this version knows: {}", type));
    });
    if (!known) found.report(place{}.member("type"), fmt::format("names no lifecycle: {}", type));
    if (read.version == 0 || read.number == 0) found.report({}, "version and number count from 1");
    require_none(found, "an event");
    return read;
}

// ---- records ---------------------------------------------------------------------------------------------------------

namespace {

template <class L>
void write_machine(std::string& out, machine<L> const& one) {
    out += '{';
    if (L::many) write_member(out, "number", one.number);
    write_member(out, "state", std::string{lifecycle::state_name<L>(one.state)});
    if (one.clock) write_member(out, "clock", *one.clock);
    write_key(out, "kept");
    workings<L>::write_kept(out, one.kept);
    out += '}';
}

template <class L>
void read_machine(value const& from, machine<L>& into, std::uint32_t number, problems& found) {
    auto const* given = from.if_object();
    if (given == nullptr) return found.report(place{}.member(L::name), "is not an object");
    stored_object const members{*given, found};
    into.number = number;
    into.state = read_state<L>(members, "state");
    if (members.find("clock") != nullptr) {
        lifecycle::running_clock runs;
        members.read("clock", runs);
        into.clock = runs;
    }
    if (auto const* kept = members.find("kept"))
        workings<L>::read_kept(*kept, into.kept, place{}.member("kept"), found);
}

}  // namespace

std::string to_json(record const& all) {
    std::string out = "{";
    out.reserve(2048);
    write_member(out, "version", all.version);
    write_member(out, "last_at", all.last_at);
    if (all.recontact_until) write_member(out, "recontact_until", *all.recontact_until);
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        // In the file of a payment there is no dispute.
        if constexpr (!L::many) {
            if (is_of_payment(all) && all.of<L>() == machine<L>{}) return;
        }
        write_key(out, L::name);
        if constexpr (L::many) {
            out += '[';
            for (auto const& one : all.of<L>()) {
                if (out.back() != '[') out += ',';
                write_machine<L>(out, one);
            }
            out += ']';
        } else {
            write_machine<L>(out, all.of<L>());
        }
    });
    return out += '}';
}

record read_record(std::string_view text) {
    problems found;
    problems ignored;
    short_lived const document{text, json::origin::own, ignored};
    stored_object const members{object_in(document, "the state of a dispute"), found};
    record read;
    members.read("version", read.version);
    members.read("last_at", read.last_at);
    if (members.find("recontact_until") != nullptr) members.read("recontact_until", read.recontact_until);
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        auto const* given = members.find(L::name);
        if (given == nullptr) return;  // a lifecycle that came later: nothing of it has happened yet
        if constexpr (L::many) {
            auto const* several = given->if_array();
            if (several == nullptr) return found.report(place{}.member(L::name), "is not an array");
            auto& machines = read.of<L>();
            for (auto const& one : *several) {
                auto& made = machines.emplace_back();
                read_machine<L>(one, made, static_cast<std::uint32_t>(machines.size()), found);
            }
        } else {
            read_machine<L>(*given, read.of<L>(), 1, found);
        }
    });
    if (read.version > 0 && read.dispute().in<dispute::not_opened>() && !is_of_payment(read))
        found.report(place{}, "is neither of a dispute nor of a payment");
    require_none(found, "the state of a dispute");
    // The first offer always is the claim; a record of before does not say so.
    if (!read.offers().empty()) read.of<offer::lifecycle_type>().front().kept.is_the_claim = true;
    return read;
}

// ---- accounts and refusals -------------------------------------------------------------------------------------------

std::string lines_to_json(account const& of) {
    account_content content{of.parties,    {}, of.lines, of.open, of.tenders, of.settlement, of.outside_refunds,
                            of.chargebacks};
    if (of.recouped_minor != 0) content.recouped_minor = of.recouped_minor;
    return json::to_json(content);
}

account read_account(std::string_view text) {
    problems found;
    account_content content;
    short_lived const text_read{text, json::origin::own, found};
    if (auto const& document = text_read.content()) json::read_value(*document, content, {}, found);
    require_none(found, "the lines of a payment");
    account read;
    read.parties = std::move(content.parties);
    read.recouped_minor = content.recouped_minor.value_or(0);
    read.lines = std::move(content.lines);
    read.open = std::move(content.open);
    read.tenders = std::move(content.tenders);
    read.settlement = std::move(content.settlement);
    read.outside_refunds = std::move(content.outside_refunds);
    read.chargebacks = std::move(content.chargebacks);
    if (auto const why = imbalance(read); !why.empty()) throw failure{failure_kind::store_corrupt, why};
    return read;
}

std::string to_json(refused const& no) {
    std::string out = "{";
    write_member(out, "code", std::string{name(no.code)});
    write_member(out, "message", to_text(no));
    if (!no.guard.empty()) write_member(out, "guard", std::string{no.guard});
    if (!no.subject.empty()) write_member(out, "subject", no.subject);
    if (no.since) write_member(out, "since", *no.since);
    if (no.not_before) write_member(out, "not_before", *no.not_before);
    if (no.limit) write_member(out, "limit", *no.limit);
    if (no.expected) write_member(out, "expected", *no.expected);
    if (auto const told = veto_told_by(no)) {
        std::string veto = "{";
        write_member(veto, "name", told->name);
        write_member(veto, "code", told->code);
        write_member(veto, "words", told->words);
        (out += R"(,"veto":)") += veto += '}';
    }
    return out += '}';
}

std::string to_json(refusals const& all) {
    std::string out = "[";
    for (auto const& no : all) {
        if (out.back() != '[') out += ',';
        out += to_json(no);
    }
    return out += ']';
}

std::string to_json(input_problems const& problems) { return json::to_json(problems); }

}  // namespace recourse
