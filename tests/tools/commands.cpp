// The command line: what it answers, its exit codes, and that bad input changes nothing.
#include "tools/commands.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "store/other_program.hpp"
#include "store/samples.hpp"
#include "tools/said.hpp"

using namespace recourse;
using store_samples::folder;
using test::run;
using test::said;

namespace {

std::string const order =
    R"({"order":"O-1","payment":"P-1","captured":{"currency":"EUR","minor":3000},)"
    R"("buyer":{"id":"anna","zone":"Europe/Brussels","calendar":"BE"},"seller":{"id":"shop","zone":"Asia/Shanghai","calendar":"CN"},)"
    R"("lines":[{"line":"mug","units":3,"paid":{"currency":"EUR","minor":3000}}],"shipped_at":"2026-02-01T00:00:00Z"})";

std::string opening(std::string const& id, std::string const& dispute, int units = 1, int minor = 1000) {
    return R"({"id":")" + id + R"(","dispute":")" + dispute +
           R"(","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{"policy":"aliexpress","order":)" + order +
           R"(,"reason":"not_received","lines":[{"line":"mug","units":)" + std::to_string(units) +
           R"(}],"award":{"remedy":"full_refund","amount":{"currency":"EUR","minor":)" + std::to_string(minor) +
           "}}}}}\n";
}

std::string withdrawal(std::string const& id, std::string const& more = {}) {
    return R"({"id":")" + id +
           R"(","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"withdraw_dispute":{}})" + more + "}\n";
}

std::string const noon = "2026-02-10T12:00:00Z";

boost::json::value parsed(std::string const& line) { return boost::json::parse(line); }

}  // namespace

TEST_CASE("submit answers every line in order and stores what it accepted", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    auto const first =
        run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1") + "\n" + withdrawal("c-2"));
    CHECK(first.code == 0);
    CHECK(first.error.empty());
    std::istringstream lines{first.out};
    std::string line;
    REQUIRE(std::getline(lines, line));
    CHECK(parsed(line).at("id") == "c-1");
    CHECK(parsed(line).at("accepted") == true);
    REQUIRE(std::getline(lines, line));
    CHECK(parsed(line).at("events").at(0) == "dispute.dispute_withdrawn");
    CHECK_FALSE(std::getline(lines, line));
    CHECK(run({"show", "--store", file}).out == "G-1/D-1  closed: withdrawn, decided by the buyer\n");
}

TEST_CASE("a command sent twice is answered twice and done once", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    auto const once = run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const again = run({"submit", "--store", file, "--now", "2026-03-10T12:00:00Z"}, opening("c-1", "G-1/D-1"));
    CHECK(again.code == 0);
    CHECK(parsed(again.out).at("duplicate") == true);
    CHECK(parsed(again.out).at("recorded") == parsed(once.out).at("recorded"));
    auto const other = run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1", 2, 2000));
    CHECK(other.code == tools::exit_refused);
    CHECK(parsed(other.out).at("refused").at(0) == "command_id_reused");
    // The expected version is about the moment of sending, not about what is asked.
    auto const versioned =
        run({"submit", "--store", file, "--now", noon}, withdrawal("c-2", R"(,"expected_version":3)"));
    CHECK(versioned.code == 0);
    CHECK(parsed(run({"submit", "--store", file, "--now", noon}, withdrawal("c-2", R"(,"expected_version":9)")).out)
              .at("duplicate") == true);
}

TEST_CASE("verify tells a sound store from one that was changed, by its exit code and line by line", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1") + opening("c-2", "G-1/D-2"));
    auto const sound = run({"verify", "--store", file});
    CHECK(sound.code == tools::exit_done);
    CHECK(sound.out == "2 disputes, 6 events: sound\n");
    CHECK(run({"verify", "--store", file, "--json", "G-1/D-2"}).out == R"({"disputes":1,"events":3,"breaks":0})"
                                                                       "\n");
    CHECK(run({"verify", "--store", file, "G-1/D-7"}).code == tools::exit_usage);
    CHECK(run({"verify", "--store", file, "nonsense"}).code == tools::exit_usage);
    CHECK(run({"verify"}).code == tools::exit_usage);
    CHECK(run({"verify", "--store", at / "none.db"}).code == tools::exit_failed);

    store_samples::other_program{file}.run("UPDATE events SET at = at + 1 WHERE dispute = 'D-2' AND version = 3");
    auto const broken = run({"verify", "--store", file});
    CHECK(broken.code == tools::exit_differs);
    CHECK(broken.out ==
          "G-1/D-2 version 3: its link is not that of what is stored of it\n"
          "G-1/D-2 version 3: its body tells of version 3, offer.claim_tabled, at 2026-02-10T12:00:00Z; its row of "
          "offer.claim_tabled at 2026-02-10T12:00:00.000001Z\n"
          "2 disputes, 6 events: 2 breaks\n");
    auto const told = run({"verify", "--store", file, "--json"});
    CHECK(told.code == tools::exit_differs);
    CHECK(told.out.find(R"({"dispute":"G-1/D-2","version":3,"what":"its link is not that of what is stored of it"})") ==
          0);
    CHECK(told.out.find(R"({"disputes":2,"events":6,"breaks":2})") != std::string::npos);
    CHECK(run({"verify", "--store", file, "G-1/D-1"}).code == tools::exit_done);
}

TEST_CASE("submit counts or keeps refused commands and lets an instant of sending count, if it is told to",
          "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    CHECK(run({"submit", "--store", file, "--now", noon, "--refusals", "counted"}, opening("c-2", "G-1/D-1")).code ==
          tools::exit_refused);
    CHECK(parsed(run({"export", "--store", file, "G-1/D-1"}).out).at("refusals") ==
          parsed(R"({"counts":{"dispute_already_opened":1}})"));
    run({"submit", "--store", file, "--now", noon, "--refusals", "kept"}, opening("c-3", "G-1/D-1"));
    auto const all = parsed(run({"export", "--store", file, "G-1/D-1"}).out).at("refusals");
    CHECK(all.at("counts").at("dispute_already_opened") == 2);
    REQUIRE(all.at("kept").as_array().size() == 1);
    CHECK(all.at("kept").at(0).at("id") == "c-3");
    CHECK(all.at("kept").at(0).at("at").as_string() == noon);
    CHECK(all.at("kept").at(0).at("refused").at(0) == "dispute_already_opened");
    CHECK(all.at("kept").at(0).at("asked").at("dispute") == "G-1/D-1");
    CHECK(run({"submit", "--refusals", "all"}).code == tools::exit_usage);
    CHECK(run({"submit", "--submitted-skew", "-1"}).code == tools::exit_usage);

    auto const sent = R"(,"submitted_at":"2026-02-10T12:59:30Z")";
    run({"submit", "--store", file, "--now", "2026-02-10T13:00:00Z", "--submitted-skew", "30"},
        withdrawal("c-4", sent));
    auto const log = parsed(run({"export", "--store", file, "G-1/D-1"}).out).at("log").as_array();
    CHECK(log.at(3).at("at") == "2026-02-10T12:59:30Z");
    CHECK(log.at(3).at("recorded_at") == "2026-02-10T13:00:00Z");
    CHECK(log.at(3).at("link").as_string().size() == 64);
}

TEST_CASE("show and export tell what was written until it is erased, and then that it was", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    std::string const salt(64, '5');
    auto const message =
        R"({"id":"c-2","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"send_message":{"to":"seller",)"
        R"("text":{"text":"Where is\u001b[2J it?","salt":")" +
        salt + "\"}}}}\n";
    auto const given = run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1") + message);
    CHECK(given.code == 0);
    CHECK(given.out.find("Where") == std::string::npos);  // an answer shows what is recorded
    CHECK(run({"show", "--store", file, "--now", noon, "G-1/D-1"})
              .out.find("buyer anna: writes to the seller: Where is [2J it?\n") != std::string::npos);
    auto const before = parsed(run({"export", "--store", file, "G-1/D-1"}).out);
    CHECK(before.at("log").at(3).at("text") == "Where is\x1b[2J it?");

    CHECK(run({"erase", "--store", file, "--subject", "seller/anna"}).out == "seller/anna: 0 texts erased\n");
    CHECK(run({"erase", "--store", file, "--json", "--subject", "buyer/anna"}).out ==
          R"({"subject":"buyer/anna","erased":1})"
          "\n");
    CHECK(run({"show", "--store", file, "--now", noon, "G-1/D-1"})
              .out.find("buyer anna: writes to the seller (erased)\n") != std::string::npos);
    auto const after = parsed(run({"export", "--store", file, "G-1/D-1"}).out);
    CHECK(after.at("log").at(3).at("erased") == true);
    CHECK_FALSE(after.at("log").at(3).as_object().contains("text"));
    CHECK(after.at("log").at(3).at("link") == before.at("log").at(3).at("link"));
    CHECK(after.at("state") == before.at("state"));
    CHECK(run({"verify", "--store", file}).code == tools::exit_done);
    CHECK(parsed(run({"submit", "--store", file, "--now", noon}, message).out).at("duplicate") == true);
    CHECK(parsed(run({"export", "--store", file, "G-1/D-1"}).out).at("log").at(3).at("erased") == true);

    for (auto const* subject : {"anna", "buyer/", "thief/anna", "/anna", "buyer/an na"})
        CHECK(run({"erase", "--store", file, "--subject", subject}).code == tools::exit_usage);
    CHECK(run({"erase", "--store", file}).code == tools::exit_usage);
    CHECK(run({"erase", "--subject", "buyer/anna"}).code == tools::exit_usage);
}

TEST_CASE("a stale version is refused with the version that is right", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const stale = run({"submit", "--store", file, "--now", noon}, withdrawal("c-2", R"(,"expected_version":2)"));
    CHECK(stale.code == tools::exit_refused);
    CHECK(parsed(stale.out).at("refused").at(0) == "stale_version");
    CHECK(parsed(stale.out).at("refusals").at(0).at("expected") == 3);
}

TEST_CASE("bad lines get a pointer and a reason, the others go on, nothing of them is stored", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const before = run({"export", "--store", file, "G-1/D-1"}).out;
    auto const problem = [&](std::string const& line) {
        auto const given = run({"submit", "--store", file, "--now", noon}, line + "\n");
        CHECK(given.code == tools::exit_invalid);
        CHECK(run({"export", "--store", file, "G-1/D-1"}).out == before);
        auto const first = parsed(given.out).at("error").at("problems").at(0);
        return std::string{first.at("pointer").as_string()} + ": " + std::string{first.at("reason").as_string()};
    };
    auto const with = [](std::string const& what) {
        return R"({"id":"c-9","dispute":"G-1/D-1","as":{"role":"seller","id":"shop"},"do":)" + what + "}";
    };
    CHECK(problem("nonsense").find(": is not JSON") == 0);
    CHECK(problem("[]") == ": expected a command, an object; found an array");
    CHECK(problem(with(R"({"mak_offer":{}})")).find(R"(/do/mak_offer: is no command (did you mean "make_offer"?))") ==
          0);
    CHECK(problem(with(R"({"deadline_passed":{}})")).find("/do/deadline_passed: is no command") == 0);
    CHECK(problem(with(R"({"begin_settlement":{}})")).find("/do/begin_settlement: is no command") == 0);
    CHECK(problem(with(R"({"make_offer":{}})")) == "/do/make_offer/award: is missing");
    CHECK(problem(with(R"({"make_offer":{"award":{"remedy":"partial_refund"}}})")) ==
          "/do/make_offer/award/amount: is missing");
    CHECK(
        problem(with(R"({"make_offer":{"award":{"remedy":"partial_refund","amount":{"currency":"EUR","minor":1.5}}}})"))
            .find("/do/make_offer/award/amount/minor: expected an integer") == 0);
    CHECK(
        problem(
            with(
                R"({"make_offer":{"award":{"remedy":"partial_refund","amount":{"currency":"EUR","minor":99999999999999999999}}}})"))
            .find("/do/make_offer/award/amount/minor: expected an integer") == 0);
    CHECK(problem(with(R"({"make_offer":{"award":{"remedy":"partial_refund","amount":{"currency":"XXQ","minor":1}}}})"))
              .find("/do/make_offer/award/amount/currency: expected an ISO 4217") == 0);
    CHECK(
        problem(with(R"({"accept_offer":{"offer":-1}})")).find("/do/accept_offer/offer: expected an integer from 0") ==
        0);
    CHECK(problem(with(R"({"accept_offer":{"offer":1,"ofer":2}})")) ==
          R"(/do/accept_offer/ofer: is not known here (did you mean "offer"?))");
    CHECK(problem(with(R"({"accept_offer":{"offer":1,"offer":2}})")).find(R"(: names the member "offer" twice)") == 0);
    CHECK(problem(R"({"id":"c-9","dispute":"D-1","as":{"role":"seller","id":"shop"},"do":{"withdraw_dispute":{}}})")
              .find("/dispute: ") == 0);
    CHECK(problem(R"({"id":"c 9","dispute":"G-1/D-1","as":{"role":"seller","id":"shop"},"do":{"withdraw_dispute":{}}})")
              .find("/id: ") == 0);
    CHECK(problem(R"({"id":"c-9","dispute":"G-1/D-1","as":{"role":"king","id":"shop"},"do":{"withdraw_dispute":{}}})")
              .find("/as/role: expected one of buyer") == 0);
    CHECK(problem(R"({"dispute":"G-1/D-1"})") == "/id: is missing");
    CHECK(problem(std::string(100'000, '[')).find(": is not JSON") == 0);
    auto dated = opening("c-9", "G-1/D-9");
    dated.replace(dated.find("2026-02-01T00:00:00Z"), 20, "2026-02-01T00:00:00");
    dated.pop_back();
    CHECK(problem(dated).find("/do/open_dispute/order/shipped_at: ") == 0);
}

TEST_CASE("ten megabytes of nonsense are one bad line", "[commands]") {
    folder const at;
    auto const given = run({"submit", "--store", at / "a.db", "--now", noon},
                           std::string(10 << 20, 'x') + "\n" + opening("c-1", "G-1/D-1"));
    CHECK(given.code == tools::exit_invalid);
    std::istringstream lines{given.out};
    std::string line;
    REQUIRE(std::getline(lines, line));
    CHECK(parsed(line).at("error").at("code") == "invalid_command");
    REQUIRE(std::getline(lines, line));
    CHECK(parsed(line).at("accepted") == true);
}

TEST_CASE("amounts that cannot be are refused and change nothing", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const before = run({"export", "--store", file, "G-1/D-1"}).out;
    auto const refused = [&](std::string const& amount, std::string const& remedy = "partial_refund") {
        auto const given = run(
            {"submit", "--store", file, "--now", noon},
            R"({"id":"c-9","dispute":"G-1/D-1","as":{"role":"seller","id":"shop"},"do":{"make_offer":{"award":{"remedy":")" +
                remedy + R"(","amount":)" + amount + "}}}}\n");
        CHECK(given.code == tools::exit_refused);
        CHECK(run({"export", "--store", file, "G-1/D-1"}).out == before);
        return std::string{parsed(given.out).at("refused").at(0).as_string()};
    };
    CHECK(refused(R"({"currency":"EUR","minor":0})") == "amount_not_positive");
    CHECK(refused(R"({"currency":"EUR","minor":-5})") == "amount_not_positive");
    CHECK(refused(R"({"currency":"USD","minor":5})") == "amount_in_another_currency");
    CHECK(refused(R"({"currency":"EUR","minor":1001})") == "amount_exceeds_refundable");
    CHECK(refused(R"({"currency":"EUR","minor":5})", "return_refund") == "remedy_not_offered");
}

TEST_CASE("arguments that are wrong say what would be right", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    CHECK(run({}).code == tools::exit_usage);
    CHECK(run({"shwo"}).code == tools::exit_usage);
    CHECK(run({"--help"}).code == 0);
    CHECK(run({"--version"}).out.find("recourse ") == 0);
    auto const no_store = run({"show"});
    CHECK(no_store.code == tools::exit_usage);
    CHECK(no_store.error == "recourse: which store? Name its file with --store FILE\n");
    auto const missing = run({"show", "--store", at / "none.db", "G-1/D-1"});
    CHECK(missing.code == tools::exit_failed);
    CHECK_FALSE(std::filesystem::exists(at / "none.db"));
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    CHECK(run({"show", "--store", file, "D-1"}).code == tools::exit_usage);
    CHECK(run({"show", "--store", file, "G-1/D-7"}).error == "recourse: there is no dispute G-1/D-7 in this store\n");
    CHECK(run({"actions", "--store", file, "G-1/D-1", "--as", "king"}).error ==
          "recourse: --as takes one of buyer, seller, mediator, host, platform_operator; \"king\" is none\n");
    auto const naive = run({"due", "--store", file, "--now", "2026-02-10T12:00:00"});
    CHECK(naive.code == tools::exit_usage);
    CHECK(naive.error.find("recourse: --now: ") == 0);
    CHECK(run({"play", at / "none.jsonl"}).code == tools::exit_usage);
    std::ofstream{at / "not.db"} << "this is not a database, but it is long enough to be looked at as one...";
    auto const foreign = run({"show", "--store", at / "not.db"});
    CHECK(foreign.code == tools::exit_failed);
    CHECK(foreign.error.find(at / "not.db") != std::string::npos);
    std::ofstream{at / "bad.json"} << R"({"format":2})";
    auto const policy = run({"submit", "--store", file, "--policy", at / "bad.json"});
    CHECK(policy.code == tools::exit_failed);
    CHECK(policy.error.find("/id: is missing") != std::string::npos);
}

TEST_CASE("due lists what has passed and run-due applies it once", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1") + opening("c-2", "G-1/D-2"));
    CHECK(run({"due", "--store", file, "--now", "2026-02-15T15:59:59.999999Z"}).out.empty());
    CHECK(run({"due", "--store", file, "--now", "2026-02-15T16:00:00Z"}).out ==
          "2026-02-15T16:00:00Z  G-1/D-1\n2026-02-15T16:00:00Z  G-1/D-2\n");
    CHECK(run({"due", "--store", file, "--now", "2026-02-15T16:00:00Z", "--limit", "1"}).out ==
          "2026-02-15T16:00:00Z  G-1/D-1\n");
    auto const done = run({"run-due", "--store", file, "--now", "2026-02-20T00:00:00Z"});
    CHECK(done.code == 0);
    CHECK(done.out.find("the seller's time to answer has run out: silence opens escalation") != std::string::npos);
    CHECK(run({"run-due", "--store", file, "--now", "2026-02-20T00:00:00Z"}).out.empty());
}

TEST_CASE("actions lists what may be done, until when, and why the rest may not", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const words = run({"actions", "--store", file, "G-1/D-1", "--as", "buyer", "--now", noon});
    CHECK(words.code == 0);
    CHECK(words.out.find("yes  make_offer, up to 10.00 EUR, until ") != std::string::npos);
    CHECK(words.out.find("yes  withdraw_dispute") != std::string::npos);
    CHECK(words.out.find("no   escalate_dispute\n       escalation_not_open_yet: ") != std::string::npos);
    CHECK(words.out.find("\n       possible from Sun 15 Feb 2026 17:00:00 Europe/Brussels (CET)\n") !=
          std::string::npos);
    auto const all =
        parsed(run({"actions", "--store", file, "G-1/D-1", "--as", "seller", "--now", noon, "--json"}).out);
    bool found = false;
    for (auto const& one : all.as_array()) {
        if (one.at("command") == "accept_offer") found = one.at("allowed") == true && one.at("number") == 1;
    }
    CHECK(found);
    auto const stranger = run({"actions", "--store", file, "G-1/D-1", "--as", "buyer", "--id", "bart", "--now", noon});
    CHECK(stranger.out.find("yes") == std::string::npos);
    CHECK(stranger.out.find("not_a_party_of_this_dispute") != std::string::npos);
}

TEST_CASE("actions says in both forms what is owed, within which limits, and when the answer turns", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const words = run({"actions", "--store", file, "G-1/D-1", "--as", "seller", "--now", noon}).out;
    CHECK(words.find("Your answer is due by Sun 15 Feb 2026 24:00 Asia/Shanghai\n\n") == 0);
    // The negotiation ends at midnight in Brussels.
    CHECK(words.find("yes  accept_offer 1, until Thu 26 Feb 2026 07:00:00 Asia/Shanghai (CST); owed by Sun 15 Feb 2026 "
                     "24:00 Asia/Shanghai, else the buyer may escalate\n") != std::string::npos);
    auto const all = parsed(run({"actions", "--store", file, "G-1/D-1", "--as", "buyer", "--now", noon, "--json"}).out);
    for (auto const& one : all.as_array()) {
        auto const command = std::string{one.at("command").as_string()};
        if (command == "escalate_dispute") CHECK(one.at("from") == "2026-02-15T16:00:00Z");
        if (command == "make_offer") {
            CHECK(one.at("amounts").at(0).at("values").at(0).at("minor") == 1000);
            CHECK(one.at("amounts").at(1).at("remedy") == "partial_refund");
            CHECK(one.at("amounts").at(1).at("largest").at("minor") == 999);
        }
        if (command == "submit_evidence") CHECK(one.at("evidence").at("pieces_left") == 20);
    }
    auto const shown = parsed(run({"show", "--store", file, "G-1/D-1", "--now", noon, "--json"}).out);
    CHECK(shown.at("status").at("seller").at("your_turn") == true);
    CHECK(shown.at("status").at("buyer").at("code") == "awaiting_sellers_answer");
    CHECK(shown.as_object().if_contains("evidence") == nullptr);
    auto const seen = parsed(run({"show", "--store", file, "G-1/D-1", "--as", "seller", "--now", noon, "--json"}).out);
    CHECK(seen.at("evidence").as_array().empty());
}

TEST_CASE("worklist lists what somebody must do, the most urgent first", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1") + opening("c-2", "G-1/D-2"));
    auto const words = run({"worklist", "--store", file, "--as", "seller", "--id", "shop", "--now", noon});
    CHECK(words.code == 0);
    CHECK(words.out.find("2026-02-15T16:00:00Z  G-1/D-1  seller shop: awaiting sellers answer (make_offer, "
                         "accept_offer 1, decline_offer 1); else the buyer may escalate\n") == 0);
    CHECK(run({"worklist", "--store", file, "--as", "buyer", "--now", noon}).out.empty());
    auto const first = run({"worklist", "--store", file, "--as", "seller", "--limit", "1", "--now", noon, "--json"});
    auto const task = parsed(first.out);
    CHECK(task.at("dispute") == "G-1/D-1");
    CHECK(task.at("as").at("id") == "shop");
    CHECK(task.at("what") == "awaiting_sellers_answer");
    CHECK(task.at("until") == "2026-02-15T16:00:00Z");
    CHECK(task.at("otherwise").at("event") == "negotiation.seller_lapsed");
    CHECK(task.at("answers").at(1).at("number") == 1);
    CHECK(first.error == "recourse: there is more; --limit 1 was shown\n");
    CHECK(run({"worklist", "--store", file, "--as", "timer"}).code == tools::exit_usage);
    CHECK(run({"worklist", "--as", "seller"}).code == tools::exit_usage);
}

TEST_CASE("eligibility answers each question, and a line that is none with its problems", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    auto const question = R"({"group":"G-1","policy":"aliexpress","reason":"not_received","order":)" + order + "}\n";
    auto const yes = run({"eligibility", "--store", file, "--now", noon}, question);
    CHECK(yes.code == 0);
    CHECK(yes.out ==
          "yes  O-1\n"
          "  from Sun 1 Feb 2026 01:00:00 Europe/Brussels (CET) until Thu 2 Apr 2026 24:00 Europe/Brussels\n"
          "  line mug: 3 units, 30.00 EUR\n"
          "  full refund: 30.00 EUR to 30.00 EUR\n"
          "  partial refund: 0.01 EUR to 29.99 EUR\n");
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1", 3, 3000));
    auto const no = run({"eligibility", "--store", file, "--now", noon, "--json"}, question + "\n{}\n");
    CHECK(no.code == tools::exit_invalid);
    std::istringstream lines{no.out};
    std::string line;
    REQUIRE(std::getline(lines, line));
    CHECK(parsed(line).at("eligible") == false);
    CHECK(parsed(line).at("blocked_by").at(0).at("code") == "units_already_in_dispute");
    CHECK(parsed(line).at("lines").at(0).at("units_in_dispute") == 3);
    REQUIRE(std::getline(lines, line));
    CHECK(parsed(line).at("error").at("code") == "invalid_question");
    CHECK(run({"eligibility", "--store", file, "--now", "2026-05-01T00:00:00Z"}, question).code == tools::exit_refused);
    // Asking has stored nothing.
    CHECK(run({"show", "--store", file}).out.find("negotiating") != std::string::npos);
}

TEST_CASE("export holds the whole file: log, state, policy, deadlines with their reasons, effects", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    auto const whole = parsed(run({"export", "--store", file, "G-1/D-1"}).out);
    CHECK(whole.at("log").as_array().size() == 3);
    CHECK(whole.at("log").at(0).at("asked").at("do").at("open_dispute").at("order").at("payment") == "P-1");
    CHECK(whole.at("policy").at("id") == "aliexpress");
    CHECK(whole.at("deadlines_explained").as_array().size() == 2);
    CHECK(whole.at("effects_pending").at(0).at("kind") == "notification");
    CHECK(whole.at("ledger").at("reserved_minor") == 1000);
}

TEST_CASE("a changed document under an old version is refused", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    std::ifstream source{RECOURSE_SOURCE_DIR "/src/policy/presets/aliexpress.json"};
    std::string text{std::istreambuf_iterator<char>{source}, {}};
    run({"submit", "--store", file, "--now", noon}, opening("c-1", "G-1/D-1"));
    text.replace(text.find("15 calendar_days"), 16, "16 calendar_days");
    std::ofstream{at / "changed.json"} << text;
    auto const changed =
        run({"submit", "--store", file, "--now", noon, "--policy", at / "changed.json"}, withdrawal("c-2"));
    CHECK(changed.code == tools::exit_failed);
    CHECK(changed.error.find("a changed policy needs a new version") != std::string::npos);
    CHECK(run({"show", "--store", file}).out.find("negotiating") != std::string::npos);
}
