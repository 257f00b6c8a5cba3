// The JSON forms: commands in one spelling, events and records that read back as they were, damage that is found.
#include "recourse/engine/json.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <set>

#include "engine/walk.hpp"

using namespace recourse;
using namespace recourse::test;

namespace {

std::string problems_of(std::string_view text) {
    auto const read = read_command(text);
    return read ? "" : to_text(read.error());
}
std::string doing(std::string_view what) {
    return R"({"id":"c-7","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":)" + std::string{what} + "}";
}

// A canonical command as a host would send it.
std::string sent(std::string const& spelled) { return R"({"id":"c-7",)" + spelled.substr(1); }

// The same JSON with the members of every object the other way round.
boost::json::value reversed(boost::json::value const& from) {
    if (auto const* members = from.if_object()) {
        boost::json::object turned;
        for (auto one = members->end(); one != members->begin();) {
            --one;
            turned[one->key()] = reversed(one->value());
        }
        return turned;
    }
    if (auto const* elements = from.if_array()) {
        boost::json::array turned;
        for (auto const& one : *elements) turned.push_back(reversed(one));
        return turned;
    }
    return from;
}
std::string spaced(std::string_view text) {
    std::string out;
    bool quoted = false;
    for (char const letter : text) {
        if (letter == '"') quoted = !quoted;
        out += letter;
        if (!quoted && (letter == ',' || letter == ':' || letter == '{')) out += "\n\t ";
    }
    return out;
}

template <class Read>
bool is_damaged(Read read, std::string const& text) {
    try {
        (void)read(text);
        return false;
    } catch (failure const& no) {
        return no.kind() == failure_kind::store_corrupt;
    }
}

// The events that random walks record, and the records after them.
struct log_of_everything {
    std::vector<event> events;
    std::vector<command> commands;
    std::vector<record> records;
};
log_of_everything const& everything() {
    static log_of_everything const made = [] {
        log_of_everything all;
        std::mt19937_64 random{7};
        for (int walk = 0; walk < 160; ++walk) {
            stage play;
            play.known.policy = &any_policy(static_cast<unsigned>(walk));
            bool const hurries = walk % 16 < 8;
            auto now = opening;
            for (int at_step = 0; at_step < 50; ++at_step) {
                auto step = random_step(random);
                if (hurries) step.dispute = 0;
                now = hurries ? soon_after(now, step) : after(now, step);
                auto const asked = command_of(step, play);
                play.give(asked, now, step.dispute % play.disputes.size());
                if (walk < 40) all.commands.push_back(asked);
            }
            if (walk == 0) {
                // What is told to the file of a payment comes up in no dispute.
                for (auto body : std::initializer_list<command_body>{
                         payment::tell_order{policy_id{"aliexpress"}, 1, play.order},
                         payment::tell_outside_refund{outside_id{"O-1"}, {{line_id{"cups"}, 1, 100}}, {}},
                         chargeback::tell_chargeback{
                             chargeback_id{"CB-1"}, chargeback::phase::open, euro(100), {}, now, 2, now},
                         buyer_protection::extend_protection{line_id{"cups"}, 5},
                         buyer_protection::confirm_delivery{line_id{"cups"}}})
                    all.commands.push_back(play.asked(bank, std::move(body)));
                all.commands.push_back(play.asked(
                    otto, migration::migrate_policy{policy_id{"aliexpress"}, 2, "The terms of June.", true}));
            }
            for (auto const& one : play.disputes) {
                all.events.insert(all.events.end(), one.events.begin(), one.events.end());
                if (one.all.version > 0) all.records.push_back(one.all);
            }
        }
        return all;
    }();
    return made;
}

}  // namespace

// Those of every type do: see the test of the stories.
TEST_CASE("the events of random walks read back as they were written") {
    std::set<std::string> types;
    for (auto const& one : everything().events) {
        auto const text = to_json(one);
        CAPTURE(text);
        types.insert(type_of(one));
        REQUIRE(read_event(text) == one);
        REQUIRE(to_json(read_event(text)) == text);
    }
    CHECK(types.size() > 70);
}

TEST_CASE("records read back as they were written, whatever state they are in") {
    for (auto const& one : everything().records) {
        auto const text = to_json(one);
        CAPTURE(text);
        REQUIRE(read_record(text) == one);
        REQUIRE(to_json(read_record(text)) == text);
    }
}

TEST_CASE("an event that carries the command that asked for it reads back without it") {
    auto const& one = everything().events.front();
    auto const text = to_json(one, R"({"do":{"withdraw_dispute":{}}})");
    CHECK(text.ends_with(R"(,"asked":{"do":{"withdraw_dispute":{}}}})"));
    CHECK(read_event(text) == one);
}

TEST_CASE("a command of every kind has one spelling, whatever the order of its members and the space between them") {
    std::set<std::string_view> kinds;
    for (auto const& asked : everything().commands) {
        auto const spelled = canonical(asked);
        CAPTURE(spelled);
        kinds.insert(name(asked.body));
        auto const read = read_command(sent(spelled));
        REQUIRE(read);
        CHECK(read->body == asked.body);
        CHECK(read->by == asked.by);
        REQUIRE(canonical(*read) == spelled);
        REQUIRE(canonical(read_command(spaced(sent(spelled))).value()) == spelled);
        REQUIRE(canonical(read_command(boost::json::serialize(reversed(boost::json::parse(sent(spelled))))).value()) ==
                spelled);
    }
    CHECK(kinds.size() == command_names().size());
}

TEST_CASE("the spelling leaves out what two sendings may differ in, and keeps all else") {
    stage const play;
    auto asked = play.asked(anna, play.claim(full(2999)));
    auto const spelled = canonical(asked);
    asked.id = command_id{"another"};
    asked.expected_version = 12;
    CHECK(canonical(asked) == spelled);
    asked.by = shop;
    CHECK(canonical(asked) != spelled);
    auto const with = [](std::string_view instant_text) {
        auto text = sent(canonical(stage{}.asked(anna, stage{}.claim(full(2999)))));
        auto const found = text.find("2026-02-02T08:00:00Z");
        return canonical(read_command(text.replace(found, 20, instant_text)).value());
    };
    CHECK(with("2026-02-02T09:00:00+01:00") == spelled);
    CHECK(with("2026-02-02T08:00:00.000Z") == spelled);
    CHECK(with("2026-02-02T08:00:01Z") != spelled);
}

TEST_CASE("what is wrong with a command is told at its place") {
    struct row {
        std::string text;
        std::string expected;
    };
    // clang-format off
    row const rows[] = {
        {"7"                                     , "/: expected a command, an object; found 7"},
        {"{}"                                    , "/id: is missing\n/dispute: is missing\n/as: is missing\n/do: is missing"},
        {doing("{}")                             , "/do: expected an object with one member, the command: {\"withdraw_dispute\":{}}; found an object"},
        {doing(R"({"withdraw_dispute":{},"escalate_dispute":{}})"), "/do: expected an object with one member, the command: {\"withdraw_dispute\":{}}; found an object"},
        {doing(R"("withdraw_dispute")")          , "/do: expected an object with one member, the command: {\"withdraw_dispute\":{}}; found \"withdraw_dispute\""},
        {doing(R"({"withdraw":{}})")             , "/do/withdraw: is no command"},
        {doing(R"({"withdraw_disputes":{}})")    , "/do/withdraw_disputes: is no command (did you mean \"withdraw_dispute\"?)"},
        {doing(R"({"withdraw_dispute":{"why":1}})"), "/do/withdraw_dispute/why: is not known here"},
        {doing(R"({"accept_offer":{"offer":-1}})"), "/do/accept_offer/offer: expected an integer from 0 to 4294967295; found -1"},
        {doing(R"({"accept_offer":{"offer":1.0}})"), "/do/accept_offer/offer: expected an integer from 0 to 4294967295; found 1E0"},
        {doing(R"({"make_offer":{"award":{"remedy":"full_refund","amount":{"currency":"EUR"}}}})"), "/do/make_offer/award/amount/minor: is missing"},
        {doing(R"({"begin_settlement":{}})")     , "/do/begin_settlement: is no command"},
        {doing(R"({"deadline_passed":{}})")      , "/do/deadline_passed: is no command"},
    };
    // clang-format on
    for (auto const& [text, expected] : rows) {
        CAPTURE(text);
        CHECK(problems_of(text) == expected);
    }
    CHECK(
        problems_of(
            R"({"id":"","dispute":"D-1","as":{"role":"byer","id":"anna"},"expected_version":-1,"do":{"withdraw_dispute":{}},"remark":1})") ==
        "/id: an identifier has 1 to 64 characters; this one has 0\n"
        "/dispute: a dispute key is GROUP/DISPUTE; this one has no slash\n"
        "/as/role: expected one of buyer, seller, mediator, platform_operator, host, timer; found \"byer\" (did you "
        "mean \"buyer\"?)\n"
        "/expected_version: expected an integer from 0 to 4294967295; found -1\n"
        "/remark: is not known here");
}

TEST_CASE("a stored text that is cut anywhere is found to be damaged") {
    auto const event_text = to_json(everything().events.front());
    for (std::size_t length = 0; length < event_text.size(); ++length)
        REQUIRE(is_damaged(read_event, event_text.substr(0, length)));
    auto const record_text = to_json(everything().records.back());
    for (std::size_t length = 0; length < record_text.size(); length += 7)
        REQUIRE(is_damaged(read_record, record_text.substr(0, length)));
    auto const lines_text = lines_to_json(account_of(an_order()));
    for (std::size_t length = 0; length < lines_text.size(); ++length)
        REQUIRE(is_damaged(read_account, lines_text.substr(0, length)));
}

TEST_CASE("a stored text that names what does not exist is found to be damaged") {
    auto const damaged_event = [](std::string_view from, std::string_view to) {
        auto text = to_json(everything().events.front());
        auto const found = text.find(from);
        REQUIRE(found != std::string::npos);
        return is_damaged(read_event, text.replace(found, from.size(), to));
    };
    CHECK(damaged_event("dispute.dispute_opened", "dispute.dispute_closed_for_ever"));
    CHECK(damaged_event("dispute.dispute_opened", "offer.dispute_opened"));
    CHECK(damaged_event("dispute.dispute_opened", "dispute"));
    CHECK(damaged_event("dispute.dispute_opened", "."));
    CHECK(damaged_event("\"to\":\"negotiating\"", "\"to\":\"agreed\""));
    CHECK(damaged_event("\"version\":1", "\"version\":0"));
    CHECK(damaged_event("\"version\":1", "\"version\":-1"));
    CHECK(damaged_event("\"body\":", "\"bodi\":"));
    CHECK(damaged_event("\"role\":\"buyer\"", "\"role\":\"thief\""));
    auto offered = to_json(everything().events.at(2));
    REQUIRE(offered.find("\"number\":1,") != std::string::npos);
    CHECK(is_damaged(read_event, offered.replace(offered.find("\"number\":1,"), 11, "\"number\":0,")));
    CHECK(is_damaged(read_event, offered.replace(offered.find("\"number\":0,"), 11, "")));
    CHECK(is_damaged(read_record, "{}"));
    CHECK(is_damaged(read_record, R"({"version":1,"last_at":"2026-01-01T00:00:00Z","offer":{}})"));
    CHECK(is_damaged(read_record, R"({"version":1,"last_at":"2026-01-01T00:00:00Z","dispute":{"state":"somewhere"}})"));
}

TEST_CASE("lines of a payment read back, and impossible ones are found to be damaged") {
    auto funds = account_of(an_order());
    funds.lines[0] = {line_id{"cups"}, 3, 2999, 2, 1000, 999};
    CHECK(read_account(lines_to_json(funds)).lines == funds.lines);
    account_line const wrong[] = {
        {line_id{"cups"}, 0, 2999, 0, 0, 0},       {line_id{"cups"}, 3, -1, 0, 0, 0},
        {line_id{"cups"}, 3, 2999, 4, 0, 0},       {line_id{"cups"}, 3, 2999, -1, 0, 0},
        {line_id{"cups"}, 3, 2999, 0, -1, 0},      {line_id{"cups"}, 3, 2999, 0, 0, -1},
        {line_id{"cups"}, 3, 2999, 0, 3000, 0},    {line_id{"cups"}, 3, 2999, 0, 0, 3000},
        {line_id{"cups"}, 3, 2999, 0, 1500, 1500}, {line_id{"cups"}, 3, 2999, 0, INT64_MAX, INT64_MAX},
    };
    for (auto const& line : wrong) {
        funds.lines[0] = line;
        CHECK(is_damaged(read_account, lines_to_json(funds)));
    }
}

TEST_CASE("a refusal is written with its name, its message and what it was judged by") {
    refused no;
    no.code = refusal::amount_exceeds_refundable;
    no.guard = "amount_is_refundable";
    no.limit = euro(2999);
    CHECK(
        to_json(refusals{no}) ==
        R"([{"code":"amount_exceeds_refundable","message":"The amount exceeds what can still be refunded for these units. )"
        R"(The limit is 29.99 EUR.","guard":"amount_is_refundable","limit":{"currency":"EUR","minor":2999}}])");
    CHECK(to_json(input_problems{{"/a", "is \"b\""}}) == R"([{"pointer":"/a","reason":"is \"b\""}])");
    CHECK(to_json(refusals{}) == "[]");
}
