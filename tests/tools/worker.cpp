// `recourse worker`: what it hands to a host's program or address, what becomes of it, and when deadlines are fired.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <map>
#include <thread>

#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "store/samples.hpp"
#include "tools/said.hpp"
#include "tools/worker/carrier.hpp"
#include "tools/worker/figures.hpp"

using namespace recourse;
using store_samples::append_one;
using store_samples::key;
using store_samples::sample;
using test::run;
using words = std::vector<std::string>;

namespace {

std::string const noon = "2026-03-01T12:00:00Z";
instant at_noon(std::int64_t seconds) { return plus_seconds(*parse_instant(noon), seconds); }

std::vector<std::string> lines_of(std::string const& path) {
    std::vector<std::string> all;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
}

// A store with so many effects in each of so many disputes, and a program that a test writes in shell.
struct workplace {
    store_samples::folder place;
    std::string file = place / "store.db";
    std::string script = place / "host.sh";
    std::string got = place / "got";

    explicit workplace(int disputes = 1, int effects = 1) {
        auto at = store::open_sqlite({.path = file});
        for (int dispute = 1; dispute <= disputes; ++dispute) {
            auto one = sample(key(fmt::format("D-{}", dispute)), 0, "open");
            for (int effect = 0; effect < effects; ++effect)
                one.outbox.push_back({"notification", fmt::format(R"({{"key":"n-{}"}})", effect)});
            append_one(*at, one);
        }
    }
    void program(std::string const& text) const { std::ofstream{script} << "got='" << got << "'\n" << text << "\n"; }
    // What a worker is called with, its program being the script.
    [[nodiscard]] words arguments(std::int64_t seconds, words more = {}) const {
        words all{"worker", "--store", file, "--once", "--now", to_text(at_noon(seconds)), "--seed", "7"};
        all.insert(all.end(), more.begin(), more.end());
        all.insert(all.end(), {"--command", "sh", script});
        return all;
    }
    [[nodiscard]] test::said work(std::int64_t seconds, words more = {}) const {
        return run(arguments(seconds, std::move(more)));
    }
    [[nodiscard]] std::unique_ptr<store::contract> store() const { return store::open_sqlite({.path = file}); }
    [[nodiscard]] std::vector<boost::json::object> handed() const {
        std::vector<boost::json::object> all;
        for (auto const& line : lines_of(got)) all.push_back(boost::json::parse(line).as_object());
        return all;
    }
    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> all;
        for (auto const& one : handed()) all.emplace_back(one.at("idempotency_key").as_string());
        return all;
    }
};

// The command as a process of its own, which a test may end as it likes.
class process {
  public:
    explicit process(words const& arguments) : child_{::fork()} {
        if (child_ != 0) return;
        std::vector<char*> all{const_cast<char*>("recourse")};
        for (auto const& word : arguments) all.push_back(const_cast<char*>(word.c_str()));
        all.push_back(nullptr);
        ::execv(RECOURSE_COMMAND, all.data());
        ::_exit(127);
    }
    process(process const&) = delete;
    process& operator=(process const&) = delete;
    ~process() {
        if (child_ > 0) ended_by(SIGKILL);
    }
    // Its exit code, or minus the signal that ended it.
    int ended_by(int signal) {
        ::kill(child_, signal);
        int status = 0;
        ::waitpid(child_, &status, 0);
        child_ = 0;
        return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    }

  private:
    pid_t child_;
};

void wait_for(std::string const& path) {
    for (int waited = 0; waited < 1000 && lines_of(path).empty(); ++waited)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    REQUIRE_FALSE(lines_of(path).empty());
}

// Answers one request after the other as it was told, each on a connection of its own.
class web_server {
  public:
    explicit web_server(std::vector<std::string> answers) : listening_{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&where), size) == 0);
        REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&where), &size) == 0);
        REQUIRE(::listen(listening_, 8) == 0);
        url = fmt::format("http://127.0.0.1:{}/effects", ntohs(where.sin_port));
        serving_ = std::thread{[this, answers = std::move(answers)] {
            for (auto const& answer : answers) serve(answer);
        }};
    }
    web_server(web_server const&) = delete;
    web_server& operator=(web_server const&) = delete;
    ~web_server() {
        ::shutdown(listening_, SHUT_RDWR);
        serving_.join();
        ::close(listening_);
    }
    std::string url;
    std::vector<std::string> asked;  // read after `stop`

  private:
    void serve(std::string const& answer) {
        int const at = ::accept(listening_, nullptr, nullptr);
        if (at < 0) return;
        std::string text;
        char some[4096];
        for (auto end = std::string::npos; end == std::string::npos || text.back() != '\n';) {
            auto const size = ::read(at, some, sizeof some);
            if (size <= 0) break;
            text.append(some, static_cast<std::size_t>(size));
            end = text.find("\r\n\r\n{");  // and then one line of JSON
        }
        asked.push_back(text);
        auto const whole = "HTTP/1.1 " + answer + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        static_cast<void>(::write(at, whole.data(), whole.size()));
        ::close(at);
    }

    int listening_;
    std::thread serving_;
};

}  // namespace

TEST_CASE("an effect that the host's program fails at comes again under the same key until it works", "[worker]") {
    workplace const at;
    at.program("cat >> \"$got\"; echo no luck >&2; [ $(wc -l < \"$got\") -ge 3 ]");
    auto const first = at.work(0);
    CHECK(first.code == tools::exit_done);
    CHECK_THAT(first.error, Catch::Contains(R"("reason":"exit code 1: no luck")"));
    CHECK(at.keys().size() == 1);
    CHECK(at.work(0).code == tools::exit_done);  // before its time
    CHECK(at.keys().size() == 1);
    CHECK(at.work(1).code == tools::exit_done);
    CHECK(at.keys().size() == 2);
    CHECK(at.work(10).code == tools::exit_done);
    CHECK(at.keys() == words{"G-1/D-1/1/0", "G-1/D-1/1/0", "G-1/D-1/1/0"});
    auto const last = at.handed().back();
    CHECK(last.at("attempt") == 3);
    CHECK(last.at("kind") == "notification");
    CHECK(last.at("dispute") == "G-1/D-1");
    CHECK(last.at("body").at("key") == "n-0");
    CHECK(at.store()->outbox(0, 10).empty());
    CHECK(at.work(1000).code == tools::exit_done);
    CHECK(at.keys().size() == 3);
}

TEST_CASE("an effect that never works is parked; those behind it wait for its release, other disputes do not",
          "[worker]") {
    workplace const at{2, 2};
    at.program("read -r line; case $line in *D-1/1/0*) exit 1;; esac; echo \"$line\" >> \"$got\"");
    CHECK(at.work(0, {"--attempts", "2"}).code == tools::exit_done);
    CHECK(at.work(100, {"--attempts", "2"}).code == tools::exit_failed);  // at the second it is parked
    CHECK(at.work(1'000'000, {"--attempts", "2"}).code == tools::exit_done);
    CHECK(at.keys() == words{"G-1/D-2/1/0", "G-1/D-2/1/1"});
    auto const shown = run({"parked", "--store", at.file, "--json"});
    auto const one = boost::json::parse(shown.out).as_object();
    CHECK(one.at("key") == "G-1/D-1/1/0");
    CHECK(one.at("attempts") == 2);
    CHECK(one.at("reason") == "exit code 1");
    CHECK(one.at("at") == to_text(at_noon(100)).c_str());
    CHECK_THAT(run({"parked", "--store", at.file}).out, Catch::Contains("after 2 attempts: exit code 1"));
    auto const position = std::to_string(one.at("position").to_number<std::uint64_t>());
    CHECK(run({"parked", "--store", at.file, "--release", position}).code == tools::exit_done);
    CHECK(run({"parked", "--store", at.file, "--release", position}).code == tools::exit_usage);
    CHECK(run({"parked", "--store", at.file}).out.empty());
    at.program("cat >> \"$got\"");
    CHECK(at.work(1'000'001).code == tools::exit_done);
    CHECK(at.keys() == words{"G-1/D-2/1/0", "G-1/D-2/1/1", "G-1/D-1/1/0", "G-1/D-1/1/1"});
    CHECK(at.handed()[2].at("attempt") == 1);
}

TEST_CASE("a program that says another time, or takes too long, is asked again and never parked", "[worker]") {
    workplace const at;
    at.program("exit 75");
    CHECK(at.work(0, {"--attempts", "1"}).code == tools::exit_done);
    at.program("sleep 20 & sleep 20");
    auto const slow = at.work(10, {"--attempts", "1", "--timeout", "200"});
    CHECK(slow.code == tools::exit_done);
    CHECK_THAT(slow.error, Catch::Contains("200 ms were not enough"));
    at.program("exit 1");
    CHECK(at.work(20, {"--attempts", "9"}).code == tools::exit_done);
    CHECK(at.store()->parked_effects(0, 10).empty());
    CHECK(at.work(1000, {"--attempts", "4"}).code == tools::exit_failed);  // all are counted
    CHECK(at.store()->parked_effects(0, 10).at(0).attempts == 4);
}

TEST_CASE("a program that is not there or reads nothing is no end of the worker", "[worker]") {
    workplace const at;
    auto large = sample(key("D-0"), 0, "open");
    large.outbox = {{"x", std::string(std::size_t{1} << 20U, 'x')}};
    append_one(*at.store(), large);
    at.program("exit 0");
    CHECK(at.work(0).code == tools::exit_done);
    CHECK(at.store()->outbox(0, 10).empty());
    workplace const other;
    auto const none =
        run({"worker", "--store", other.file, "--once", "--now", noon, "--command", other.place / "not_there"});
    CHECK_THAT(none.error, Catch::Contains("not_there cannot be started: No such file"));
    CHECK(other.store()->outbox(0, 10).size() == 1);
}

TEST_CASE("two workers at once carry out each effect once, in the order of its dispute", "[worker]") {
    workplace const at{6, 4};
    at.program("cat >> \"$got\"");
    std::vector<std::thread> both;
    std::vector<test::said> said(2);
    for (std::size_t one = 0; one < 2; ++one) both.emplace_back([&, one] { said[one] = at.work(0, {"--batch", "2"}); });
    for (auto& one : both) one.join();
    CHECK(said[0].code == tools::exit_done);
    CHECK(said[1].code == tools::exit_done);
    CHECK(at.work(0).code == tools::exit_done);  // what one had claimed when the other ended
    std::map<std::string, words> order;
    for (auto const& one : at.handed()) {
        CHECK(one.at("attempt") == 1);
        order[std::string{one.at("dispute").as_string()}].emplace_back(one.at("idempotency_key").as_string());
    }
    CHECK(order.size() == 6);
    for (auto const& [dispute, keys] : order)
        CHECK(keys == words{dispute + "/1/0", dispute + "/1/1", dispute + "/1/2", dispute + "/1/3"});
    CHECK(at.store()->outbox(0, 10).empty());
}

TEST_CASE("what a killed worker had is handed out again when its lease has ended, under the same key", "[worker]") {
    workplace const at{1, 2};
    at.program("cat >> \"$got\"; exec sleep 3 2> /dev/null");
    {
        process killed{at.arguments(0)};
        wait_for(at.got);
        CHECK(killed.ended_by(SIGKILL) == -SIGKILL);
    }
    at.program("cat >> \"$got\"");
    CHECK(at.work(59).code == tools::exit_done);
    CHECK(at.keys() == words{"G-1/D-1/1/0"});
    CHECK(at.work(60).code == tools::exit_done);
    CHECK(at.keys() == words{"G-1/D-1/1/0", "G-1/D-1/1/0", "G-1/D-1/1/1"});
    CHECK(at.handed()[1].at("attempt") == 2);
}

TEST_CASE("a worker that is told to stop finishes what is under way and gives back the rest", "[worker]") {
    auto const signal = GENERATE(SIGTERM, SIGINT);
    workplace const at{3, 1};
    at.program("cat >> \"$got\"; sleep 0.5; echo done >> \"$got.done\"");
    process stopped{at.arguments(0)};
    wait_for(at.got);
    CHECK(stopped.ended_by(signal) == 0);
    CHECK(at.keys() == words{"G-1/D-1/1/0"});
    CHECK(lines_of(at.got + ".done").size() == 1);
    auto const left = at.store()->claim_outbox({"another", at_noon(0), at_noon(1), 10});
    REQUIRE(left.size() == 2);  // at the same instant, and nothing was counted
    for (auto const& one : left) CHECK(one.attempt == 1);
}

TEST_CASE("several effects at once are of several disputes, and each dispute keeps its order", "[worker]") {
    workplace const at{6, 3};
    // Each waits until four others have begun, or for ten seconds; so somebody must be beside it.
    at.program(R"(read -r line
mkdir -p "$got.begun"; : > "$got.begun/$$"
waited=0
while [ $(ls "$got.begun" | wc -l) -lt 4 ] && [ $waited -lt 100 ]; do sleep 0.1; waited=$((waited + 1)); done
[ $waited -lt 100 ] || exit 1
echo "$line" >> "$got")");
    auto const said = at.work(0, {"--at-once", "4"});
    INFO(said.error);
    CHECK(said.code == tools::exit_done);
    std::map<std::string, words> order;
    for (auto const& one : at.handed()) {
        CHECK(one.at("attempt") == 1);
        order[std::string{one.at("dispute").as_string()}].emplace_back(one.at("idempotency_key").as_string());
    }
    CHECK(order.size() == 6);
    for (auto const& [dispute, keys] : order)
        CHECK(keys == words{dispute + "/1/0", dispute + "/1/1", dispute + "/1/2"});
    CHECK(at.store()->outbox(0, 10).empty());
}

TEST_CASE("one at a time is never two at once", "[worker]") {
    workplace const at{4, 1};
    at.program(R"(read -r line; mkdir "$got.alone" || exit 1; sleep 0.05; rmdir "$got.alone"; echo "$line" >> "$got")");
    CHECK(at.work(0).code == tools::exit_done);
    CHECK(at.keys().size() == 4);
}

TEST_CASE("what fails among several at once is parked alone, and programs that read nothing end no worker",
          "[worker]") {
    workplace const at{8, 2};
    auto large = sample(key("D-0"), 0, "open");
    large.outbox = {{"x", std::string(std::size_t{1} << 20U, 'x')}};
    append_one(*at.store(), large);
    at.program("exit 1");
    CHECK(at.work(0, {"--at-once", "8", "--attempts", "1"}).code == tools::exit_failed);
    auto const parked = at.store()->parked_effects(0, 100);
    CHECK(parked.size() == 9);
    CHECK(at.store()->outbox(0, 100).size() == 17);
    for (auto const& one : parked) CHECK(at.store()->release(one.effect.position));
    at.program("exit 0");
    CHECK(at.work(1, {"--at-once", "8"}).code == tools::exit_done);
    CHECK(at.store()->outbox(0, 10).empty());
}

TEST_CASE("a worker with several at once that is told to stop finishes those, and gives back the rest", "[worker]") {
    workplace const at{6, 1};
    at.program("cat >> \"$got\"; sleep 2; echo done >> \"$got.done\"");
    process stopped{at.arguments(0, {"--at-once", "2"})};
    wait_for(at.got);
    CHECK(stopped.ended_by(SIGTERM) == 0);
    auto const begun = at.keys().size();
    CHECK(begun >= 1);
    CHECK(begun <= 4);  // two, and two more on a machine that was slow to tell it
    CHECK(lines_of(at.got + ".done").size() == begun);
    auto const left = at.store()->claim_outbox({"another", at_noon(0), at_noon(1), 10});
    REQUIRE(left.size() == 6 - begun);
    for (auto const& one : left) CHECK(one.attempt == 1);
}

TEST_CASE("a deadline is fired when it has come and not before, and effects are left alone without a host",
          "[worker]") {
    store_samples::folder const place;
    auto const file = place / "store.db";
    auto const opened = run(
        {"submit", "--store", file, "--now", "2026-02-10T12:00:00Z"},
        R"({"id":"open","dispute":"G-1/D-1","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{"policy":"aliexpress",)"
        R"("order":{"order":"O-1","payment":"P-1","captured":{"currency":"EUR","minor":1000},"buyer":{"id":"anna","zone":"Europe/Brussels","calendar":"BE"},)"
        R"("seller":{"id":"shop","zone":"Asia/Shanghai","calendar":"CN"},"lines":[{"line":"mug","units":1,"paid":{"currency":"EUR","minor":1000}}],)"
        R"("shipped_at":"2026-02-01T00:00:00Z"},"reason":"not_received","lines":[{"line":"mug","units":1}],)"
        R"("award":{"remedy":"full_refund","amount":{"currency":"EUR","minor":1000}}}}})"
        "\n");
    INFO(opened.out << opened.error);
    REQUIRE(opened.code == tools::exit_done);
    auto const at = store::open_sqlite({.path = file});
    auto const due = at->load(key("D-1"))->next_due;
    REQUIRE(due);
    auto const version = at->load(key("D-1"))->version;
    auto const figures = place / "figures.prom";
    auto const work = [&](instant now) {
        return run({"worker", "--store", file, "--once", "--now", to_text(now), "--metrics", figures, "--name", "w-1"});
    };
    auto const early = work(plus_seconds(*due, -1));
    CHECK(early.code == tools::exit_done);
    CHECK(early.error.find("deadline_fired") == std::string::npos);
    CHECK(at->load(key("D-1"))->version == version);
    auto const fired = work(plus_seconds(*due, 3));
    CHECK(fired.code == tools::exit_done);
    CHECK_THAT(fired.error, Catch::Contains(R"("event":"deadline_fired","dispute":"G-1/D-1")"));
    CHECK(at->load(key("D-1"))->version > version);
    CHECK(at->events(key("D-1"), version).at(0).at == *due);  // at its own instant
    CHECK(at->outbox(0, 100).size() >= 2);
    std::string all;
    for (auto const& line : lines_of(figures)) all += line + "\n";
    CHECK_THAT(all, Catch::Contains("recourse_worker_deadlines_fired_total{worker=\"w-1\"} 1\n") &&
                        Catch::Contains("recourse_worker_deadline_lag_seconds{worker=\"w-1\"} 3\n") &&
                        Catch::Contains("# TYPE recourse_worker_carry_out_seconds histogram\n"));
    for (auto const& line : {early.error, fired.error})
        CHECK_NOTHROW(boost::json::parse(line.substr(0, line.find('\n'))));
}

TEST_CASE("an effect is posted with its key, and what the answer means is told by its status", "[worker]") {
    workplace const at;
    web_server const host{{"503 Busy\r\nRetry-After: 120", "409 Conflict", "204 No Content"}};
    auto const work = [&](std::int64_t seconds) {
        return run({"worker", "--store", at.file, "--once", "--now", to_text(at_noon(seconds)), "--attempts", "2",
                    "--url", host.url});
    };
    CHECK(work(0).code == tools::exit_done);
    CHECK(work(119).code == tools::exit_done);  // before the host wants it again
    CHECK(work(120).code == tools::exit_failed);
    auto const parked = at.store()->parked_effects(0, 10);
    REQUIRE(parked.size() == 1);
    CHECK(parked[0].reason == "status 409");
    CHECK(at.store()->release(parked[0].effect.position));
    CHECK(work(121).code == tools::exit_done);
    CHECK(at.store()->outbox(0, 10).empty());
    REQUIRE(host.asked.size() == 3);
    for (auto const& text : host.asked)
        CHECK_THAT(text, Catch::StartsWith("POST /effects HTTP/1.1\r\n") &&
                             Catch::Contains("Idempotency-Key: G-1/D-1/1/0\r\n") &&
                             Catch::Contains("Content-Type: application/json\r\n"));
}

TEST_CASE("nobody at the address is another time, and what is no address is refused", "[worker]") {
    workplace const at;
    std::string gone;
    {
        web_server const host{{}};
        gone = host.url;
    }
    auto const said = run({"worker", "--store", at.file, "--once", "--now", noon, "--attempts", "1", "--url", gone});
    CHECK(said.code == tools::exit_done);
    CHECK_THAT(said.error, Catch::Contains("effect_put_off"));
    CHECK(at.store()->parked_effects(0, 10).empty());
    CHECK(run({"worker", "--store", at.file, "--once", "--url", "file:///etc/passwd"}).code == tools::exit_usage);
}

TEST_CASE("a worker says what is wrong with its arguments", "[worker]") {
    workplace const at;
    CHECK(run({"worker"}).code == tools::exit_usage);
    CHECK(run({"worker", "--store", at.place / "none.db", "--once"}).code == tools::exit_failed);
    CHECK(run({"worker", "--store", at.file, "--once", "--url", "http://x", "--command", "true"}).code ==
          tools::exit_usage);
    auto const slow = run({"worker", "--store", at.file, "--once", "--lease", "10", "--timeout", "10000"});
    CHECK(slow.code == tools::exit_usage);
    CHECK_THAT(slow.error, Catch::Contains("less than --lease"));
    CHECK(run({"worker", "--store", at.file, "--once", "--", "-x"}).code == tools::exit_usage);
    CHECK(run({"worker", "--store", at.file, "--once", "--name", "a b"}).code == tools::exit_usage);
    CHECK(run({"worker", "--store", at.file, "--once", "--now", "noon"}).code == tools::exit_usage);
    CHECK(run({"worker", "--store", at.file, "--once", "--at-once", "0"}).code == tools::exit_usage);
    auto const deaf = run({"worker", "--store", at.file, "--once", "--listen"});
    CHECK(deaf.code == tools::exit_usage);
    CHECK_THAT(deaf.error, Catch::Contains("has a bell"));
}

TEST_CASE("figures are text that Prometheus reads", "[worker]") {
    tools::worker_figures all;
    all.effects[{"a\"b\\c\n", "delivered"}] = 3;
    all.add_duration(0.01);
    all.add_duration(400);
    auto const text = tools::to_prometheus(all, "w-1");
    CHECK_THAT(
        text, Catch::Contains(R"(recourse_worker_effects_total{worker="w-1",kind="a\"b\\c\n",outcome="delivered"} 3)"));
    CHECK_THAT(text, Catch::Contains(R"(recourse_worker_carry_out_seconds_bucket{worker="w-1",le="0.005"} 0)"));
    CHECK_THAT(text, Catch::Contains(R"(recourse_worker_carry_out_seconds_bucket{worker="w-1",le="0.02"} 1)"));
    CHECK_THAT(text, Catch::Contains(R"(recourse_worker_carry_out_seconds_bucket{worker="w-1",le="300"} 1)"));
    CHECK_THAT(text, Catch::Contains(R"(recourse_worker_carry_out_seconds_bucket{worker="w-1",le="+Inf"} 2)"));
    store_samples::folder const place;
    CHECK_THROWS_AS(tools::write_whole(place / "none/figures", text), failure);
    tools::write_whole(place / "figures", text);
    CHECK_FALSE(lines_of(place / "figures").empty());
}
