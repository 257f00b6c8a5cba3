// Short texts: inside or on the heap, the same text.
#include "recourse/vocabulary/short_text.hpp"

#include <catch2/catch.hpp>

#include <utility>

using recourse::short_text;

namespace {

std::string letters(std::size_t count) { return std::string(count, 'a'); }

}  // namespace

TEST_CASE("a short text holds what it was given, inside or on the heap") {
    for (std::size_t const size : {0U, 1U, 14U, 15U, 16U, 17U, 64U, 5000U}) {
        auto const text = letters(size);
        short_text const held{text};
        CHECK(held.view() == text);
        CHECK(held.size() == size);
        CHECK(held.empty() == (size == 0));
        CHECK(held == text);
        CHECK_FALSE(held == text + "b");
    }
}

TEST_CASE("a short text keeps characters that mean something elsewhere") {
    std::string const odd{"a\0b\xff", 4};
    CHECK(short_text{odd}.view() == odd);
    CHECK_FALSE(short_text{odd} == short_text{"a"});
}

TEST_CASE("copies of a short text are texts of their own, and what was moved from is empty") {
    for (std::size_t const size : {3U, 40U}) {
        short_text first{letters(size)};
        short_text second{first};
        CHECK(second == first);
        first = short_text{"other"};
        CHECK(second == letters(size));
        short_text third{std::move(second)};
        CHECK(third == letters(size));
        CHECK(second.empty());  // NOLINT(bugprone-use-after-move): that is what is asked
        auto const& itself = third;
        third = itself;
        CHECK(third == letters(size));
        third = short_text{letters(50)};
        CHECK(third == letters(50));
        second = third;
        CHECK(second == third);
    }
}

TEST_CASE("short texts are ordered as texts are") {
    CHECK(short_text{"a"} < short_text{"b"});
    CHECK(short_text{"a"} < short_text{"aa"});
    CHECK(short_text{letters(20)} < short_text{"b"});
    CHECK(short_text{"b"} > short_text{letters(20)});
    CHECK(short_text{letters(15)} < short_text{letters(16)});
    CHECK(short_text{} < short_text{"a"});
    CHECK((short_text{letters(16)} <=> short_text{letters(16)}) == std::strong_ordering::equal);
}
