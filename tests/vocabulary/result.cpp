// result<T, E>: a value or an error, never both and never neither.
#include "recourse/vocabulary/result.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

using namespace recourse;

namespace {

result<int, std::string> half(int number) {
    if (number % 2 != 0) return failed{std::string{"odd"}};
    return number / 2;
}

}  // namespace

static_assert(!std::is_default_constructible_v<result<int, std::string>>, "there is no result that is neither");
static_assert(!std::is_convertible_v<result<int, std::string>, bool>, "a result is asked, not added up");

TEST_CASE("a result holds the value it was made from") {
    auto const right = half(8);
    CHECK(right);
    CHECK(right.has_value());
    CHECK(right.value() == 4);
    CHECK(*right == 4);
    CHECK(right == 4);
    CHECK(right == half(8));
}

TEST_CASE("a result holds the error it was made from") {
    auto const wrong = half(7);
    CHECK_FALSE(wrong);
    CHECK(wrong.error() == "odd");
    CHECK_FALSE(wrong == 3);
    CHECK(wrong == half(5));
    CHECK_FALSE(wrong == half(8));
}

TEST_CASE("value and error of one type are told apart") {
    result<std::string, std::string> const value = std::string{"text"};
    result<std::string, std::string> const error = failed{std::string{"text"}};
    CHECK(value);
    CHECK_FALSE(error);
    CHECK_FALSE(value == error);
}

TEST_CASE("a value or an error moves out of a result that is given away") {
    result<std::unique_ptr<int>, std::string> held = std::make_unique<int>(5);
    auto const taken = *std::move(held);
    CHECK(*taken == 5);
    result<int, std::unique_ptr<int>> failing = failed{std::make_unique<int>(6)};
    auto const why = std::move(failing).error();
    CHECK(*why == 6);
}

TEST_CASE("a value in a result can be changed in place") {
    result<std::string, int> text = std::string{"a"};
    *text += "b";
    text->push_back('c');
    CHECK(text.value() == "abc");
}
