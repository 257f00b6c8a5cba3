// A killed `recourse submit` loses nothing that it had acknowledged: the command runs as a process of its own, is
// killed with SIGKILL after a number of answers, and every answered command is then found in the file.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "recourse/engine/engine.hpp"
#include "recourse/store/sqlite.hpp"

using namespace recourse;

namespace {

std::string opening(int number) {
    auto const name = std::to_string(number);
    return R"({"id":"open-)" + name + R"(","dispute":"G-)" + name +
           R"(/D-1","as":{"role":"buyer","id":"anna"},"do":{"open_dispute":{"policy":"aliexpress",)"
           R"("order":{"order":"O-1","payment":"P-1","captured":{"currency":"EUR","minor":1000},"buyer":{"id":"anna","zone":"Europe/Brussels","calendar":"BE"},)"
           R"("seller":{"id":"shop","zone":"Asia/Shanghai","calendar":"CN"},"lines":[{"line":"mug","units":1,"paid":{"currency":"EUR","minor":1000}}],)"
           R"("shipped_at":"2026-02-01T00:00:00Z"},"reason":"not_received","lines":[{"line":"mug","units":1}],)"
           R"("award":{"remedy":"full_refund","amount":{"currency":"EUR","minor":1000}}}}})"
           "\n";
}

struct pipes {
    int to_child[2];
    int from_child[2];
};

// Sends openings and kills the process after `answers` of them; the ids that were answered.
std::vector<std::string> killed_after(std::string const& file, int first, int answers) {
    pipes lines{};
    if (::pipe(lines.to_child) != 0 || ::pipe(lines.from_child) != 0) std::abort();
    auto const child = ::fork();
    if (child == 0) {
        ::dup2(lines.to_child[0], 0);
        ::dup2(lines.from_child[1], 1);
        ::close(lines.to_child[1]);
        ::close(lines.from_child[0]);
        ::execl(RECOURSE_COMMAND, "recourse", "submit", "--store", file.c_str(), "--now", "2026-02-10T12:00:00Z",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(lines.to_child[0]);
    ::close(lines.from_child[1]);
    // More than will be answered, so that the process is killed at work. The pipe holds them all.
    std::string input;
    for (int number = first; number < first + answers + 20; ++number) input += opening(number);
    ::fcntl(lines.to_child[1], F_SETPIPE_SZ, 1 << 20);
    if (::write(lines.to_child[1], input.data(), input.size()) != static_cast<ssize_t>(input.size())) std::abort();
    std::vector<std::string> answered;
    std::string text;
    char letter = 0;
    while (static_cast<int>(answered.size()) < answers && ::read(lines.from_child[0], &letter, 1) == 1) {
        if (letter != '\n') {
            text += letter;
            continue;
        }
        auto const answer = boost::json::parse(text).as_object();
        if (answer.at("accepted") == true) answered.emplace_back(answer.at("dispute").as_string().c_str());
        text.clear();
    }
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(lines.to_child[1]);
    ::close(lines.from_child[0]);
    return answered;
}

}  // namespace

int main() {
    auto const folder = std::filesystem::temp_directory_path() / ("recourse-killed-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    auto const file = (folder / "disputes.db").string();
    auto const seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937 random{seed};
    std::vector<std::string> acknowledged;
    int lost = 0;
    int halves = 0;
    for (int round = 0; round < 12; ++round) {
        auto const answered = killed_after(file, round * 100, 1 + static_cast<int>(random() % 12));
        acknowledged.insert(acknowledged.end(), answered.begin(), answered.end());
        auto const store = store::open_sqlite({.path = file});
        dispute_engine disputes{*store};
        for (auto const& spelled : acknowledged) {
            auto const key = *parse_dispute_key(spelled);
            auto const seen = disputes.find(key);
            if (!seen) ++lost;
        }
        // Whatever else is there is whole: three events, its money reserved, its notification waiting.
        for (auto const& key : store->disputes(std::nullopt, 100'000)) {
            auto const seen = disputes.find(key);
            if (!seen || seen->all.version != 3 || !seen->money || seen->money->reserved_minor() != 1000) ++halves;
        }
    }
    std::printf("%zu acknowledged, %d lost, %d half\n", acknowledged.size(), lost, halves);
    // The check itself must be able to fail: a dispute that nobody opened is missed.
    auto const store = store::open_sqlite({.path = file});
    dispute_engine disputes{*store};
    bool const notices = !disputes.find({settlement_group{"G-never"}, dispute_id{"D-1"}});
    std::filesystem::remove_all(folder);
    return lost == 0 && halves == 0 && notices && acknowledged.size() >= 12 ? 0 : 1;
}
