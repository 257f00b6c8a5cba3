// Where things stand in a JSON text.
#include "vocabulary/json_positions.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace recourse;

TEST_CASE("a member is found where its name begins, an element where it begins") {
    constexpr std::string_view text = "{\n  \"a\": {\"b\": [1, {\"c\": null}],\n    \"d/e\": \"x\"},\n  \"f~\": []}\n";
    json_positions const positions{text};
    // clang-format off
    CHECK(positions.of("")        == text_position{1, 1});
    CHECK(positions.of("/a")      == text_position{2, 3});
    CHECK(positions.of("/a/b")    == text_position{2, 9});
    CHECK(positions.of("/a/b/0")  == text_position{2, 15});
    CHECK(positions.of("/a/b/1")  == text_position{2, 18});
    CHECK(positions.of("/a/b/1/c") == text_position{2, 19});
    CHECK(positions.of("/a/d~1e") == text_position{3, 5});
    CHECK(positions.of("/f~0")    == text_position{4, 3});
    // clang-format on
}

TEST_CASE("what is not in a text stands at what is around it") {
    json_positions const positions{"{\"a\":\n{\"b\":[7]}}"};
    CHECK(positions.of("/x") == text_position{1, 1});
    CHECK(positions.of("/a/x/y") == text_position{1, 2});
    CHECK(positions.of("/a/b/9") == text_position{2, 2});
}

TEST_CASE("columns are letters, not bytes, and blanks before the document count") {
    json_positions const positions{"\n {\"\xc3\xa9\xe2\x82\xac\": 1, \"b\": 2}"};
    CHECK(positions.of("") == text_position{2, 2});
    CHECK(positions.of("/b") == text_position{2, 12});
    CHECK(position_of_byte("ab\ncd", 0) == text_position{1, 1});
    CHECK(position_of_byte("ab\ncd", 4) == text_position{2, 2});
    CHECK(position_of_byte("ab\ncd", 99) == text_position{2, 3});
}

TEST_CASE("brackets, commas and quotes in texts and names are no structure") {
    json_positions const positions{R"({"a":"}],\"{[","b\"]":{"\u0063":1},"d":2})"};
    CHECK(positions.of("/b\"]/c") == text_position{1, 24});
    CHECK(positions.of("/d") == text_position{1, 36});
}

TEST_CASE("members that are named twice are told with both places, and only in one object") {
    json_positions const positions{
        "{\"a\":1,\n\"b\":[{\"a\":1},{\"a\":2}],\n\"\\u0061\":3,\"c\":{\"x\":1,\n\"x\":2,\"x\":3}}"};
    auto const repeated = positions.repeated();
    REQUIRE(repeated.size() == 3);
    CHECK(repeated[0].pointer == "/a");
    CHECK(repeated[0].first == text_position{1, 2});
    CHECK(repeated[0].again == text_position{3, 1});
    CHECK(repeated[1].pointer == "/c/x");
    CHECK(repeated[1].again == text_position{4, 1});
    CHECK(repeated[2].first == repeated[1].first);
    CHECK(positions.of("/a") == text_position{3, 1});  // the last one counts
}

TEST_CASE("a text that is no JSON has places all the same") {
    for (std::string const text :
         {"", "{", "[", "}", "]]", "{\"a", "{\"a\\", "[,,", "{\"a\":[1,}", "\"", "{\"a\":{\"a\"", "nonsense"}) {
        CAPTURE(text);
        json_positions const positions{text};
        CHECK(positions.of("/a/0").line == 1);
        CHECK(positions.repeated().empty());
    }
}
