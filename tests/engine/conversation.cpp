// Messages: who may write to whom, that nothing else changes, and that what was written can be erased for good.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "engine/stage.hpp"
#include "recourse/engine/channel.hpp"
#include "recourse/engine/engine.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/replay.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "store/other_program.hpp"
#include "store/samples.hpp"

using namespace recourse;
using namespace recourse::test;
using conversation::recipient;
using conversation::send_message;

namespace {

dispute_key const first{settlement_group{"G-1"}, dispute_id{"D-1"}};
digest salt(std::string const& of = "a salt") { return sha256(of); }
send_message saying(recipient to, std::string text, std::string const& salt_of = "a salt") {
    return {to, salted_text{std::move(text), salt(salt_of)}, {}, {}};
}
command asked(char const* id, actor const& by, command_body body) {
    return {command_id{id}, first, by, {}, std::move(body)};
}

// Disputes in every stage that messages tell apart.
std::vector<stage> stages(policy const& rules) {
    auto const now = plus_seconds(opening, hour);
    auto const with = [&](std::vector<std::pair<actor, command_body>> steps) {
        stage play;
        play.known.policy = &rules;
        play.open();
        for (auto& [by, body] : steps) REQUIRE(play.ask(by, std::move(body), now).accepted);
        return play;
    };
    std::vector<stage> all;
    all.push_back(with({}));
    all.push_back(with({{shop, offer::decline_offer{1}}, {anna, dispute::escalate_dispute{}}}));
    all.push_back(with(
        {{shop, offer::decline_offer{1}}, {anna, dispute::escalate_dispute{}}, {mia, mediation::take_mediation{}}}));
    all.push_back(with({{shop, offer::make_offer{goods_back(2999)}}, {anna, offer::accept_offer{2}}}));
    all.push_back(with({{shop, offer::accept_offer{1}}}));
    all.push_back(with({{shop, offer::accept_offer{1}}, {bank, refund::report_refund_failed{1, "closed"}}}));
    all.push_back(with({{anna, dispute::withdraw_dispute{}}}));
    return all;
}

policy with_recontact() {
    auto rules = aliexpress();
    rules.channel.recontact.emplace();
    rules.channel.recontact->rule.length = parse_period("30 calendar_days").value();
    return rules;
}

// All bytes of a file and of the log beside it.
std::string bytes_of(std::string const& path) {
    std::string all;
    for (auto const* beside : {"", "-wal", "-journal"}) {
        std::ifstream file{path + beside, std::ios::binary};
        if (file) all.append(std::istreambuf_iterator<char>{file}, {});
    }
    return all;
}

}  // namespace

TEST_CASE("a message changes nothing but the conversation, in any stage", "[conversation]") {
    auto const rules = with_recontact();
    for (auto& play : stages(rules)) {
        auto const before = play.all();
        auto const money = play.money;
        auto const due = next_due(before);
        auto const to = recipients(before, rules, anna, plus_seconds(opening, 2 * hour));
        INFO(lifecycle::state_name<dispute::lifecycle_type>(before.dispute().state));
        REQUIRE_FALSE(to.empty());
        auto const made = play.ask(anna, saying(to.front(), "Hello"), plus_seconds(opening, 2 * hour));
        REQUIRE(made.accepted);
        CHECK(made.accepted->events.size() == 1);
        CHECK_FALSE(made.accepted->money);
        auto same = play.all();
        CHECK(same.conversation().kept.messages == 1);
        same.of<conversation::lifecycle_type>() = before.conversation();
        same.version = before.version;
        same.last_at = before.last_at;
        CHECK(same == before);
        CHECK(next_due(play.all()) == due);
        CHECK(play.money == money);
    }
}

TEST_CASE("who may be written to is what happens when it is tried, for everybody, everywhere, whatever the policy says",
          "[conversation]") {
    actor const everybody[] = {
        anna, shop, mia, otto, bank, {role::mediator, actor_id{"max"}}, {role::buyer, actor_id{"eve"}}};
    int open = 0;
    for (auto const kind : {channel_kind::closed, channel_kind::direct, channel_kind::through_mediator}) {
        for (bool const recontact : {false, true}) {
            auto rules = recontact ? with_recontact() : aliexpress();
            rules.channel.negotiation = rules.channel.mediation = rules.channel.returning = rules.channel.settlement =
                kind;
            for (auto& play : stages(rules)) {
                for (auto const& by : everybody) {
                    auto const now = plus_seconds(opening, 2 * hour);
                    auto const said = recipients(play.all(), rules, by, now);
                    for (auto const to : {recipient::buyer, recipient::seller, recipient::mediator, recipient::both}) {
                        bool const listed = std::find(said.begin(), said.end(), to) != said.end();
                        auto tried = play;
                        INFO(wire_name(by.role) << " to " << wire_name(to) << ", " << wire_name(kind));
                        CHECK(tried.ask(by, saying(to, "Hello"), now).accepted.has_value() == listed);
                        open += listed ? 1 : 0;
                    }
                }
            }
        }
    }
    CHECK(open > 50);
}

TEST_CASE("the channel follows the stage: direct, through the mediator, and closed after closing", "[conversation]") {
    auto const rules = with_recontact();
    std::vector<channel_kind> kinds;
    for (auto const& play : stages(aliexpress())) kinds.push_back(channel(play.all(), aliexpress(), opening));
    using enum channel_kind;
    CHECK(kinds == std::vector{direct, through_mediator, through_mediator, direct, direct, direct, closed});
    CHECK(channel({}, aliexpress(), opening) == closed);
    auto const last = stages(rules).back().all();
    REQUIRE(last.recontact_until);
    CHECK(*last.recontact_until == at("2026-04-13T22:00:00Z"));  // the end of the 13th in Brussels
    CHECK(channel(last, rules, {last.recontact_until->microseconds - 1}) == direct);
    CHECK(channel(last, rules, *last.recontact_until) == closed);
}

TEST_CASE("how long the parties may still write is in the event that closes, and replay needs no policy for it",
          "[conversation]") {
    auto const rules = with_recontact();
    auto const play = stages(rules).back();
    auto const& log = play.disputes[0].events;
    CHECK(replay(log) == play.all());
    std::vector<event> read;
    for (auto const& one : log) read.push_back(read_event(to_json(one)));
    CHECK(read == log);
    CHECK(replay(read).recontact_until == play.all().recontact_until);
    CHECK(read_record(to_json(play.all())) == play.all());
}

TEST_CASE("the salted digest of a text is SHA-256 over the salt and the text, and stands for it in all that is stored",
          "[conversation]") {
    salted_text const one{"Where is my coat?", salt()};
    std::string bytes;
    for (auto const byte : one.salt.bytes) bytes += static_cast<char>(byte);
    CHECK(digest_of(one) == sha256(bytes + "Where is my coat?"));
    CHECK(digest_of({one.text, salt("another")}) != digest_of(one));
    CHECK(digest_of({"Where is my coat", salt()}) != digest_of(one));
    auto const message = asked("c-2", anna, saying(recipient::seller, one.text));
    CHECK(
        canonical(message) ==
        R"({"dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"send_message":{"to":"seller","text":{"digest":")" +
            to_text(digest_of(one)) + R"("},"reference":""}}})");
}

TEST_CASE("a text is read with its salt, and what is wrong with it is told at its place", "[conversation]") {
    auto const problems = [](std::string const& text) {
        auto const read = read_command(
            R"({"id":"c-2","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"send_message":{"to":"seller","text":)" +
            text + "}}}");
        return read ? std::string{} : to_text(read.error());
    };
    CHECK(problems(R"({"text":"Hello","salt":")" + to_text(salt()) + "\"}").empty());
    CHECK(problems(R"("Hello")") == R"(/do/send_message/text: expected {"text":...,"salt":...}; found "Hello")");
    CHECK(problems(R"({"text":"Hello"})") == "/do/send_message/text/salt: is missing");
    CHECK(problems(R"({"text":"Hello","salt":"ab"})").find("/do/send_message/text/salt: a digest has 64") == 0);
    CHECK(problems(R"({"text":7,"salt":")" + to_text(salt()) + R"(","digest":""})") ==
          "/do/send_message/text/text: expected a string; found 7\n/do/send_message/text/digest: is not known here");
}

TEST_CASE("texts lie apart from the log, and after erasure everything but the texts is as it was", "[conversation]") {
    auto const memory = store::open_memory();
    store_samples::folder const place;
    auto const path = place / "store.db";
    auto const file = store::open_sqlite({.path = path});
    std::string const secret = "My telephone is 0470 12 34 56";
    std::string const answer_to_it = "We will call you back";
    for (auto* at : {memory.get(), file.get()}) {
        stage play;
        dispute_engine disputes{*at, {}, {.keep_refusals = refusal_keeping::kept}};
        REQUIRE(disputes.submit(asked("c-1", anna, play.claim(full(2999))), opening).accepted());
        auto const message = asked("c-2", anna, saying(recipient::seller, secret));
        REQUIRE(disputes.submit(message, opening).accepted());
        REQUIRE(disputes.submit(asked("c-3", shop, saying(recipient::buyer, answer_to_it)), opening).accepted());
        auto for_her = asked("c-4", otto, saying(recipient::seller, secret, "another salt"));
        for_her.on_behalf_of = anna;
        REQUIRE(disputes.submit(for_her, opening).accepted());
        CHECK_FALSE(
            disputes.submit(asked("c-5", anna, saying(recipient::mediator, secret, "a third")), opening).accepted());
        CHECK(disputes.texts(first).size() == 3);
        CHECK(verify(*at).sound());

        auto const all = disputes.find(first)->all;
        auto const log = at->events(first);
        auto const head = at->load(first)->head;
        for (auto const& one : log) CHECK(one.body.find("0470") == std::string::npos);
        CHECK(disputes.refusals(first, 10).at(0).asked.find("0470") == std::string::npos);

        CHECK(disputes.erase(anna) == 2);
        CHECK(disputes.erase(anna) == 0);
        auto const left = disputes.texts(first);
        REQUIRE(left.size() == 1);
        CHECK(left[0] == store::personal_text{shop, digest_of({answer_to_it, salt()}), salt(), answer_to_it});
        CHECK(at->events(first) == log);
        CHECK(at->load(first)->head == head);
        CHECK(replay(disputes.events(first)) == all);
        CHECK(verify(*at).sound());

        // Sent again, it is known again, and nothing of it comes back.
        auto const again = disputes.submit(message, plus_seconds(opening, day));
        CHECK(again.duplicate);
        CHECK(again.accepted());
        CHECK(disputes.texts(first).size() == 1);
        auto other = message;
        std::get<send_message>(other.body).text->text += '!';
        CHECK(disputes.submit(other, plus_seconds(opening, day)).refused.at(0).code == refusal::command_id_reused);
        CHECK(disputes.erase({role::seller, anna.id}) == 0);  // another person, who has the same id in another role
    }
    CHECK(bytes_of(path).find("0470 12 34 56") == std::string::npos);
    CHECK(bytes_of(path).find(answer_to_it) != std::string::npos);
}

TEST_CASE("after erasure no byte of the texts is in the file, however many there were and whoever was erased before",
          "[conversation][sqlite]") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    auto const at = store::open_sqlite({.path = path});
    stage play;
    dispute_engine disputes{*at};
    REQUIRE(disputes.submit(asked("c-1", anna, play.claim(full(2999))), opening).accepted());
    // Long and short ones in turn, so that rows lie in pages of their own and together, and pages are joined when half
    // of the rows are gone.
    for (int number = 0; number < 120; ++number) {
        auto const& by = number % 2 == 0 ? anna : shop;
        std::string const mark = number % 2 == 0 ? "secret-of-anna " : "secret-of-shop ";
        std::string text;
        while (text.size() < static_cast<std::size_t>(20 + number % 7 * 280)) text += mark;
        auto one = saying(number % 2 == 0 ? recipient::seller : recipient::buyer, text, std::to_string(number));
        one.text->text.resize(std::min<std::size_t>(one.text->text.size(), 2000));
        auto const id = "c-1-" + std::to_string(number);
        REQUIRE(disputes.submit(asked(id.c_str(), by, one), opening).accepted());
    }
    REQUIRE(bytes_of(path).find("secret-of-anna") != std::string::npos);
    CHECK(disputes.erase(anna) == 60);
    CHECK(bytes_of(path).find("secret-of-anna") == std::string::npos);
    CHECK(bytes_of(path).find("secret-of-shop") != std::string::npos);
    CHECK(disputes.erase(shop) == 60);
    CHECK(bytes_of(path).find("secret-of-shop") == std::string::npos);
    CHECK(verify(*at).sound());
}

// Rows of many sizes that come and go by chance: their pages are split and joined again and again, and a database leaves
// copies of rows in the room between those that it moves. This walk is one in which a store that only deletes, and
// overwrites what it deletes, leaves texts behind.
TEST_CASE("after erasure no byte of a text is left where rows were moved", "[conversation][sqlite]") {
    std::size_t const sizes[] = {5, 40, 200, 900, 2000};
    for (unsigned const seed : {3U}) {
        INFO("seed " << seed);
        std::mt19937 random{seed};
        auto const below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
        store_samples::folder const place;
        auto const path = place / "store.db";
        auto const at = store::open_sqlite({.path = path});
        std::map<std::size_t, int> written;
        std::map<std::size_t, std::uint32_t> versions;
        for (int step = 0; step < 400; ++step) {
            auto const person = below(60);
            auto const mark = "<<person " + std::to_string(100 + person) + ">>";
            actor const subject{role::buyer, actor_id{std::to_string(person)}};
            if (below(5) != 0) {
                auto const dispute = below(9);
                auto one = store_samples::sample(store_samples::key("D-" + std::to_string(dispute)), versions[dispute],
                                                 "command " + std::to_string(step));
                salted_text text{mark, sha256(std::to_string(step))};
                for (auto const size = sizes[below(std::size(sizes))]; text.text.size() < size;) text.text += mark;
                one.texts = {{subject, digest_of(text), text.salt, text.text}};
                REQUIRE(store_samples::append_one(*at, one) == store::outcome{store::committed{++versions[dispute]}});
                ++written[person];
            } else {
                REQUIRE(at->erase(subject) == static_cast<std::uint64_t>(written[person]));
                written[person] = 0;
                REQUIRE(bytes_of(path).find(mark) == std::string::npos);
            }
        }
        CHECK(at->damages().empty());
    }
}

TEST_CASE("while another connection reads, erasure says that the bytes are still there, and finishes when asked again",
          "[conversation][sqlite]") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    auto const at = store::open_sqlite({.path = path, .busy_timeout_ms = 20});
    stage play;
    dispute_engine disputes{*at};
    REQUIRE(disputes.submit(asked("c-1", anna, play.claim(full(2999))), opening).accepted());
    REQUIRE(disputes.submit(asked("c-2", anna, saying(recipient::seller, "secret-of-anna")), opening).accepted());
    {
        store_samples::other_program reader{path};
        reader.run("BEGIN; SELECT count(*) FROM personal_texts");
        try {
            disputes.erase(anna);
            FAIL("nothing was thrown");
        } catch (failure const& caught) {
            CHECK(caught.kind() == failure_kind::store_unavailable);
            CHECK_THAT(caught.what(), Catch::Contains("erase again"));
        }
        reader.run("ROLLBACK");
    }
    CHECK(disputes.texts(first).empty());
    CHECK(disputes.erase(anna) == 0);
    CHECK(bytes_of(path).find("secret-of-anna") == std::string::npos);
}

TEST_CASE("verify finds a text that is not the one that was written, or that no event tells of",
          "[conversation][verify]") {
    store_samples::folder const place;
    auto const path = place / "store.db";
    auto const at = store::open_sqlite({.path = path});
    stage play;
    dispute_engine disputes{*at};
    REQUIRE(disputes.submit(asked("c-1", anna, play.claim(full(2999))), opening).accepted());
    REQUIRE(disputes.submit(asked("c-2", anna, saying(recipient::seller, "Hello")), opening).accepted());
    auto const found = [&](std::string const& sql) {
        store_samples::other_program{path}.run(sql);
        std::string all;
        for (auto const& one : verify(*at).breaks) all += to_text(one) + "\n";
        return all;
    };
    auto const digest = to_text(digest_of({"Hello", salt()}));
    CHECK(found("UPDATE personal_texts SET text = CAST('Hallo' AS BLOB)") ==
          "G-1/D-1: the text with the digest " + digest +
              " has another one\n"
              "G-1/D-1: a personal text differs from its seal\n");
    CHECK(found("UPDATE personal_texts SET text = CAST('Hello' AS BLOB), subject = 'shop'") ==
          "G-1/D-1: no event of buyer shop tells of the text with the digest " + digest +
              "\n"
              "G-1/D-1: a personal text differs from its seal\n");
    CHECK_THAT(found("UPDATE personal_texts SET role = 'nobody'"), Catch::Contains("its value role is no role"));
}
