// What a value rarely has, lists that mostly are empty, and clocks in 16 bytes: they read as what they stand for.
#include "recourse/vocabulary/rarely.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

#include "recourse/lifecycle/clock.hpp"

using namespace recourse;
using lifecycle::kept_clock;
using lifecycle::running_clock;

namespace {

struct extras {
    std::string text;
    int number = 7;
    bool operator==(extras const&) const = default;
};

constexpr std::size_t pointer_size = sizeof(void*);
static_assert(sizeof(rarely<extras>) == pointer_size);
static_assert(sizeof(few<extras>) == pointer_size);

}  // namespace

TEST_CASE("what is rarely there reads as a fresh value until it is changed") {
    rarely<extras> held;
    CHECK(*held == extras{});
    CHECK(held->number == 7);
    held.change().text = "other";
    CHECK(held->text == "other");
    CHECK(held->number == 7);
    CHECK_FALSE(held == rarely<extras>{});
    held = extras{};
    CHECK(held == rarely<extras>{});
}

TEST_CASE("what was changed back is equal to what never was changed") {
    rarely<extras> held;
    held.change().number = 8;
    held.change().number = 7;
    CHECK(held == rarely<extras>{});
    CHECK(rarely<extras>{} == held);
}

TEST_CASE("copies of what is rarely there change apart from each other") {
    rarely<extras> first;
    first.change().text = "first";
    auto second = first;
    second.change().text = "second";
    CHECK(first->text == "first");
    first = second;
    second.change().number = 1;
    CHECK(first->text == "second");
    CHECK(first->number == 7);
    auto const& itself = first;
    first = itself;
    CHECK(first->text == "second");
    first = rarely<extras>{};
    CHECK(first->text.empty());
    rarely<extras> const nothing;
    second = nothing;
    CHECK(*second == extras{});
    auto moved = std::move(first);
    CHECK(*moved == extras{});
}

TEST_CASE("a list that mostly is empty is one like others when it is not") {
    few<std::string> several;
    CHECK(several.empty());
    CHECK(several.begin() == several.end());
    several.clear();
    several.push_back("a");
    several.emplace_back() = "b";
    several.push_back("c");
    CHECK(several.size() == 3);
    CHECK(several.front() == "a");
    CHECK(several[1] == "b");
    CHECK(several.back() == "c");
    erase_if(several, [](auto const& one) { return one == "b"; });
    std::string joined;
    for (auto const& one : several) joined += one;
    CHECK(joined == "ac");
    auto copy = several;
    copy.back() = "d";
    CHECK(several.back() == "c");
    CHECK_FALSE(copy == several);
    several = copy;
    CHECK(copy == several);
    auto const& itself = several;
    several = itself;
    CHECK(several.size() == 2);
}

TEST_CASE("an emptied list is equal to one that never had anything") {
    few<std::string> several;
    several.push_back("a");
    erase_if(several, [](auto const&) { return true; });
    CHECK(several == few<std::string>{});
    CHECK(few<std::string>{} == several);
    few<std::string> other;
    erase_if(other, [](auto const&) { return true; });
    CHECK(other.empty());
    other.push_back("b");
    CHECK_FALSE(other == several);
    other = several;
    CHECK(other.empty());
}

TEST_CASE("a kept clock is the clock that it was given, over all years and kinds") {
    CHECK_FALSE(kept_clock{});
    CHECK_FALSE(kept_clock{running_clock{}});  // of the kind none
    for (auto const due : {first_instant, instant{-1}, instant{0}, instant{1'774'747'800'000'001}, last_instant}) {
        for (std::size_t kind = 1; kind < lifecycle::clock_count; ++kind) {
            running_clock const runs{static_cast<lifecycle::clock>(kind), due, {due.microseconds / 2}};
            kept_clock kept = runs;
            REQUIRE(kept.has_value());
            CHECK(*kept == runs);
            CHECK(kept->due == due);
            CHECK(kept == kept_clock{runs});
            kept.reset();
            CHECK(kept == kept_clock{});
        }
    }
}

TEST_CASE("a clock beyond the years that are told is an error, not another clock") {
    running_clock runs{lifecycle::clock::decision, {last_instant.microseconds + 1}, {0}};
    CHECK_THROWS_AS(kept_clock{runs}, failure);
    runs = {lifecycle::clock::decision, {0}, {first_instant.microseconds - 1}};
    CHECK_THROWS_AS(kept_clock{runs}, failure);
}
