// What every archive must do; run for each adapter that has one.
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "adapters.hpp"
#include "recourse/vocabulary/salted_text.hpp"
#include "samples.hpp"

using namespace recourse;
using namespace store_samples;

namespace {

adapter each_adapter_with_archive() {
    std::vector<adapter> those;
    std::copy_if(adapters().begin(), adapters().end(), std::back_inserter(those),
                 [](auto const& one) { return one.open_archive != nullptr; });
    auto const which = GENERATE_COPY(from_range(those));
    UNSCOPED_INFO("store: " << which.name);
    return which;
}

constexpr instant in_april{1'776'000'000'000'000};  // 2026-04-12
constexpr instant in_june{1'781'000'000'000'000};   // 2026-06-09

store::resting_dispute rests(std::string const& dispute, std::uint32_t version, instant since = in_april) {
    return {key(dispute), version, since};
}

std::vector<dispute_key> move(store::archive& into, std::vector<store::resting_dispute> const& batch) {
    return into.move(batch);
}

std::uint64_t count_in(store::archive& at) {
    std::uint64_t all = 0;
    for (auto const& month : at.months()) all += month.disputes;
    return all;
}

// Everything a reader can see, the feed included.
struct seen {
    std::vector<dispute_key> disputes;
    std::vector<std::vector<store::stored_event>> events;
    std::vector<std::string> states;
    std::vector<digest> heads;
    std::vector<std::vector<std::uint64_t>> commands;
    std::vector<std::vector<store::personal_text>> texts;
    std::vector<std::vector<store::code_count>> refusal_counts;
    std::vector<store::fed_event> feed;
    std::vector<store::fed_event> feed_in_steps;
    std::optional<store::ledger_row> ledger;
    bool operator==(seen const&) const = default;
};

seen everything(store::contract& at) {
    seen all;
    all.disputes = at.disputes(std::nullopt, 1000);
    for (auto const& dispute : all.disputes) {
        auto const found = at.load(dispute);
        all.events.push_back(at.events(dispute));
        all.states.push_back(found->state);
        all.heads.push_back(found->head);
        all.commands.push_back(found->command_hashes);
        all.texts.push_back(at.texts(dispute));
        all.refusal_counts.push_back(at.refusal_counts(dispute));
    }
    all.feed = at.feed(0, 1000);
    for (std::uint64_t after = 0;;) {
        auto const page = at.feed(after, 2);
        if (page.empty()) break;
        all.feed_in_steps.insert(all.feed_in_steps.end(), page.begin(), page.end());
        after = page.back().position;
    }
    all.ledger = at.ledger(settlement_group{"G-1"}, payment_id{"P-1"});
    return all;
}

void write_some(store::contract& at) {
    for (int number = 1; number <= 6; ++number) {
        auto one = sample(key("D-" + std::to_string(number)), 0, "open " + std::to_string(number), 2);
        if (number == 1) one.ledger = {{row(1, 100, 0, 40)}};
        salted_text const text{"words", sha256("salt")};
        one.texts = {{{role::buyer, actor_id{"anna"}}, digest_of(text), text.salt, text.text}};
        append_one(at, one);
    }
    for (int number = 1; number <= 6; ++number)
        append_one(at, sample(key("D-" + std::to_string(number)), 2, "close " + std::to_string(number)));
    at.refuse({key("D-1"), {2000}, {7}, "late", "asked"}, store::keeping::whole);
}

}  // namespace

TEST_CASE("what is archived is read as before, by every call, and is sound", "[store][every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto at = which.open();
    auto const archive = which.open_archive(at);
    write_some(*at);
    auto const before = everything(*at);
    CHECK(before.feed.size() == 18);
    CHECK(archive->resting(std::nullopt, 100).size() == 6);

    CHECK(move(*archive, {rests("D-4", 3, in_june), rests("D-1", 3), rests("D-2", 3)}) ==
          std::vector{key("D-1"), key("D-2"), key("D-4")});
    CHECK(everything(*at) == before);
    CHECK(at->damages().empty());
    CHECK(archive->resting(std::nullopt, 100) == std::vector{key("D-3"), key("D-5"), key("D-6")});
    CHECK(archive->resting(key("D-3"), 1) == std::vector{key("D-5")});
    CHECK(at->events(key("D-1"), 2).size() == 1);
    CHECK(at->events(key("D-1"), 3).empty());
    CHECK(at->disputes(key("D-1"), 2) == std::vector{key("D-2"), key("D-3")});
    CHECK(count_in(*archive) == 3);

    CHECK(move(*archive, {rests("D-1", 3)}).empty());  // again
    auto another = which.open_again(at);
    CHECK(everything(*another) == before);

    CHECK(archive->restore(key("D-1")));
    CHECK_FALSE(archive->restore(key("D-1")));
    CHECK_FALSE(archive->restore(key("D-9")));
    CHECK(everything(*at) == before);
    CHECK(at->damages().empty());
    CHECK(count_in(*archive) == 2);
}

TEST_CASE("only what rests is archived: not what has moved on, has a deadline, or an effect to be settled",
          "[store][every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto at = which.open();
    auto const archive = which.open_archive(at);
    auto due = sample(key("D-1"), 0, "open 1");
    due.next_due = instant{5000};
    auto effect = sample(key("D-2"), 0, "open 2");
    effect.outbox = {{"notification", "x"}};
    append_one(*at, due);
    append_one(*at, effect);
    append_one(*at, sample(key("D-3"), 0, "open 3", 2));
    append_one(*at, sample(key("D-4"), 0, "open 4"));  // so that none above is the last of the file
    CHECK(archive->resting(std::nullopt, 10) == std::vector{key("D-2"), key("D-3"), key("D-4")});
    CHECK(move(*archive, {rests("D-1", 1), rests("D-2", 1), rests("D-3", 1), rests("D-9", 1)}).empty());
    CHECK(everything(*at).feed.size() == 5);
    CHECK(at->due(last_instant, 10).size() == 1);
    auto const pending = at->outbox(0, 10);
    REQUIRE(pending.size() == 1);
    CHECK(at->settle(pending[0].position));
    CHECK(move(*archive, {rests("D-2", 1), rests("D-3", 2)}) == std::vector{key("D-2"), key("D-3")});
    CHECK(move(*archive, {}).empty());
}

TEST_CASE("an archived dispute is there for appends too: its keys are known, its name is taken, its version compared",
          "[store][every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto at = which.open();
    auto const archive = which.open_archive(at);
    write_some(*at);
    auto const before = everything(*at);
    REQUIRE(move(*archive, {rests("D-1", 3), rests("D-2", 3)}).size() == 2);

    CHECK(append_one(*at, sample(key("D-1"), 0, "open 1", 2)) == store::outcome{store::duplicate{1}});
    CHECK(append_one(*at, sample(key("D-1"), 2, "close 1")) == store::outcome{store::duplicate{3}});
    auto other = sample(key("D-1"), 2, "close 1");
    other.fingerprint = sha256("something else");
    CHECK(append_one(*at, other) == store::outcome{store::key_reused{}});
    CHECK(append_one(*at, sample(key("D-1"), 0, "another opening")) == dispute_conflict(3));
    CHECK(append_one(*at, sample(key("D-1"), 2, "too late")) == dispute_conflict(3));
    CHECK(everything(*at) == before);
    CHECK(count_in(*archive) == 2);

    auto const again = sample(key("D-1"), 3, "open it again");
    if (!which.appends_bring_back) {
        CHECK_THROWS_AS(append_one(*at, again), failure);
        CHECK(everything(*at) == before);
        CHECK(archive->restore(key("D-1")));
    }
    CHECK(append_one(*at, again) == store::outcome{store::committed{4}});
    CHECK(count_in(*archive) == 1);
    CHECK(at->events(key("D-1")).size() == 4);
    CHECK(at->load(key("D-1"))->version == 4);
    CHECK(at->load(key("D-1"))->command_hashes.size() == 3);
    CHECK(at->damages().empty());
    CHECK(move(*archive, {rests("D-1", 3)}).empty());
    append_one(*at, sample(key("D-6"), 3, "the last of the file"));
    CHECK(move(*archive, {rests("D-1", 4, in_june)}).size() == 1);
    CHECK(at->events(key("D-1")).size() == 4);
    CHECK(at->damages().empty());
}

TEST_CASE("an erasure reaches the texts of archived disputes", "[store][every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto at = which.open();
    auto const archive = which.open_archive(at);
    write_some(*at);
    REQUIRE(move(*archive, {rests("D-1", 3), rests("D-2", 3)}).size() == 2);
    CHECK(at->texts(key("D-1")).size() == 1);
    CHECK(at->erase({role::buyer, actor_id{"anna"}}) == 6);
    CHECK(at->texts(key("D-1")).empty());
}

TEST_CASE("readers that go on from any position miss nothing and meet nothing twice while disputes are archived",
          "[store][every_adapter]") {
    auto const which = each_adapter_with_archive();
    auto at = which.open();
    write_some(*at);
    std::atomic<bool> stop{false};
    constexpr std::size_t written_before = 18;
    std::set<std::pair<dispute_key, std::uint32_t>> followed;  // by a reader that goes on from where it was
    std::uint64_t last = 0;
    std::size_t times = 0;
    auto const follow = [&](store::contract& by) {
        for (auto page = by.feed(last, 5); !page.empty(); page = by.feed(last, 5)) {
            for (auto const& one : page) followed.emplace(one.dispute, one.event.version);
            times += page.size();
            last = page.back().position;
        }
    };
    auto moving = which.open_again(at);
    auto reading = which.open_again(at);
    auto const archive = which.open_archive(at);
    std::atomic<int> moves{0};
    std::size_t written = 0;
    // One writes new disputes, one moves and brings back, one reads all from the beginning again and again.
    std::thread writer{[&] {
        for (int number = 0; number < 60 || (moves == 0 && number < 5000); ++number, ++written)
            append_one(*moving, sample(key("N-" + std::to_string(number)), 0, "new " + std::to_string(number)));
        stop = true;
    }};
    std::thread archiver{[&] {
        while (!stop) {
            moves +=
                static_cast<int>(move(*archive, {rests("D-1", 3), rests("D-2", 3, in_june), rests("D-3", 3)}).size());
            for (auto const* const one : {"D-1", "D-2", "D-3"}) archive->restore(key(one));
        }
    }};
    bool complete = true;
    int rounds = 0;
    while (!stop || rounds < 5) {
        follow(*reading);
        std::set<std::pair<dispute_key, std::uint32_t>> met;
        std::size_t count = 0;
        for (std::uint64_t after = 0;;) {
            auto const page = reading->feed(after, 5);
            if (page.empty()) break;
            for (auto const& one : page) {
                complete = complete && one.position > after;
                after = one.position;
                met.emplace(one.dispute, one.event.version);
                ++count;
            }
        }
        complete = complete && met.size() == count && count >= written_before;
        complete = complete && reading->load(key("D-1"))->version == 3 && reading->events(key("D-2")).size() == 3;
        ++rounds;
    }
    writer.join();
    archiver.join();
    follow(*reading);
    CHECK(complete);
    CHECK(moves > 0);
    CHECK(followed.size() == written_before + written);
    CHECK(times == followed.size());
    CHECK(at->damages().empty());
}
