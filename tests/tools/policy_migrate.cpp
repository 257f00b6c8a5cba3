// `recourse policy migrate`: a dry run over the disputes of a store.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "recourse/policy/policy.hpp"
#include "store/samples.hpp"
#include "tools/said.hpp"

using namespace recourse;
using store_samples::folder;
using test::run;

namespace {

// The preset as its version 2, with another time to answer.
std::string policy_with(std::string const& path, std::string const& length) {
    std::string text{find_preset("aliexpress")->text};
    auto const put = [&](std::string const& before, std::string const& after) {
        auto const found = text.find(before);
        REQUIRE(found != std::string::npos);
        text.replace(found, before.size(), after);
    };
    put(R"("version": 1)", R"("version": 2)");
    put(R"("seller_response": {"length": "5 calendar_days")", R"("seller_response": {"length": ")" + length + '"');
    std::ofstream{path} << text;
    return path;
}

std::string bytes_of(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string opening(std::string const& dispute) {
    return R"({"id":"c-)" + dispute + R"(","dispute":"G-1/)" + dispute +
           R"(","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{"policy":"aliexpress","order":{"order":"O-1",)"
           R"("payment":"P-1","captured":{"currency":"EUR","minor":3000},)"
           R"("buyer":{"id":"anna","zone":"Europe/Brussels","calendar":"BE"},)"
           R"("seller":{"id":"shop","zone":"Asia/Shanghai","calendar":"CN"},)"
           R"("lines":[{"line":"mug","units":3,"paid":{"currency":"EUR","minor":3000}}],)"
           R"("shipped_at":"2026-02-01T00:00:00Z"},"reason":"not_received","lines":[{"line":"mug","units":1}],)"
           R"("award":{"remedy":"full_refund","amount":{"currency":"EUR","minor":1000}}}}})"
           "\n";
}
std::string const withdrawal =
    R"({"id":"c-9","dispute":"G-1/D-2","as":{"role":"buyer","id":"anna"},"do":{"withdraw_dispute":{}}})";

}  // namespace

TEST_CASE("a migration is planned on the command line, and refused where it harms", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    REQUIRE(
        run({"submit", "--store", file, "--now", "2026-03-14T10:00:00Z"}, opening("D-1") + opening("D-2") + withdrawal)
            .code == tools::exit_done);
    auto const before = bytes_of(file);
    auto const planned = [&](std::string const& policy, std::vector<std::string> const& more = {}) {
        std::vector<std::string> words{"policy", "migrate", "--policy", policy, "--store", file};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    auto const shorter = policy_with(at / "shorter.json", "3 calendar_days");
    auto const harm = planned(shorter);
    CHECK(harm.code == tools::exit_refused);
    CHECK(harm.error.empty());
    // The dispute that is closed stays with its policy.
    std::string const consequences =
        "  seller_response is due Tue 17 Mar 2026 24:00 Asia/Shanghai instead of Thu 19 Mar 2026 24:00 Asia/Shanghai; "
        "it harms the seller\n"
        "  from now on, the seller has 3 calendar days to answer instead of 5 calendar days; it harms the seller\n";
    CHECK(harm.out == "G-1/D-1  aliexpress version 1 -> aliexpress version 2: refused\n" + consequences +
                          "1 open disputes, 1 refused\n");
    auto const allowed = planned(shorter, {"--allow-harm"});
    CHECK(allowed.code == tools::exit_done);
    CHECK(allowed.out ==
          "G-1/D-1  aliexpress version 1 -> aliexpress version 2\n" + consequences + "1 open disputes, 0 refused\n");

    auto const longer = planned(policy_with(at / "longer.json", "8 calendar_days"), {"--dispute", "G-1/D-1", "--json"});
    CHECK(longer.code == tools::exit_done);
    auto const plan = boost::json::parse(longer.out);
    CHECK(plan.at("dispute") == "G-1/D-1");
    CHECK(plan.at("from").at("version") == 1);
    CHECK(plan.at("to").at("version") == 2);
    auto const& deadline = plan.at("consequences").at(0);
    CHECK(deadline.at("about") == "seller_response");
    CHECK(deadline.at("was") == "2026-03-19T16:00:00Z");
    CHECK(deadline.at("becomes") == "2026-03-22T16:00:00Z");
    CHECK(deadline.at("harms").as_array().empty());

    // Its own policy is no other one, and a dispute that is closed is told of by its name neither.
    CHECK(planned("aliexpress").out == "0 open disputes, 0 refused\n");
    CHECK(planned(shorter, {"--dispute", "G-1/D-2"}).out == "0 open disputes, 0 refused\n");
    CHECK(bytes_of(file) == before);
    CHECK_FALSE(before.empty());
}

TEST_CASE("a migration that stopped half way goes on where it stopped, and does nothing twice", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    REQUIRE(run({"submit", "--store", file, "--now", "2026-03-14T10:00:00Z"}, opening("D-1") + opening("D-2")).code ==
            tools::exit_done);
    auto const applied = [&](std::string const& policy, std::vector<std::string> const& more = {}) {
        std::vector<std::string> words{"policy",
                                       "migrate",
                                       "--policy",
                                       policy,
                                       "--store",
                                       file,
                                       "--apply",
                                       "--now",
                                       "2026-03-14T11:00:00Z",
                                       "--unsound-policy",
                                       "allow"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    auto const shorter = policy_with(at / "shorter.json", "3 calendar_days");
    auto const harm = applied(shorter);
    CHECK(harm.code == tools::exit_refused);
    CHECK(harm.out.ends_with("2 open disputes, 0 migrated, 2 refused\n"));
    CHECK(applied(shorter, {"--allow-harm", "--dispute", "G-1/D-1"})
              .out.ends_with("1 open disputes, 1 migrated, 0 refused\n"));
    auto const rest = applied(shorter, {"--allow-harm", "--json"});
    CHECK(rest.code == tools::exit_done);
    CHECK(rest.out.ends_with("{\"open\":1,\"migrated\":1,\"refused\":0}\n"));
    CHECK(applied(shorter, {"--allow-harm"}).out == "0 open disputes, 0 migrated, 0 refused\n");
    CHECK(run({"verify", "--store", file}).code == tools::exit_done);
    auto const shown = run({"show", "--store", file, "G-1/D-2", "--now", "2026-03-14T12:00:00Z"});
    CHECK(shown.out.find("17 Mar 2026 24:00 Asia/Shanghai") != std::string::npos);
}

TEST_CASE("a migration that cannot be planned is refused with the reason", "[commands]") {
    folder const at;
    auto const file = at / "a.db";
    REQUIRE(run({"submit", "--store", file, "--now", "2026-03-14T10:00:00Z"}, opening("D-1")).code == tools::exit_done);
    auto const planned = [&](std::vector<std::string> const& more) {
        std::vector<std::string> words{"policy", "migrate", "--store", file};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    CHECK(planned({}).code == tools::exit_usage);
    CHECK(planned({"--policy", "no_such_preset"}).code == tools::exit_usage);
    auto const missing = planned({"--policy", "aliexpress", "--dispute", "G-1/D-7"});
    CHECK(missing.code == tools::exit_usage);
    CHECK(missing.error.find("there is no dispute G-1/D-7 in this store") != std::string::npos);
    CHECK(planned({"--policy", "aliexpress", "--dispute", "D-1"}).code == tools::exit_usage);
    auto const of_payment = planned({"--policy", "aliexpress", "--dispute", "G-1//P-1"});
    CHECK(of_payment.code == tools::exit_usage);
    CHECK(of_payment.error.find("G-1//P-1 is the file of a payment, which keeps its policy") != std::string::npos);
    auto const nowhere = run({"policy", "migrate", "--policy", "aliexpress", "--store", at / "none.db"});
    CHECK(nowhere.code == tools::exit_failed);
    CHECK_FALSE(std::filesystem::exists(at / "none.db"));
}
