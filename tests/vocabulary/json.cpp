// The JSON reader: every problem with its place, and nothing guessed; and the writer, whose text is canonical.
#include "vocabulary/json.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "recourse/vocabulary/remedy.hpp"

namespace recourse {
namespace {

struct piece {
    line_id line;
    std::int64_t units = 1;
    bool operator==(piece const&) const = default;
};
BOOST_DESCRIBE_STRUCT(piece, (), (line, units))

struct parcel {
    std::string title;
    remedy kind = remedy::full_refund;
    std::optional<std::uint8_t> weight;
    std::vector<piece> pieces;
    bool fragile = false;
    std::int32_t offset = 0;
    std::optional<instant> at;
    std::optional<digest> content;
    std::optional<recourse::currency> unit;
    bool operator==(parcel const&) const = default;
};
BOOST_DESCRIBE_STRUCT(parcel, (), (title, kind, weight, pieces, fragile, offset, at, content, unit))

}  // namespace

namespace json {
template <>
inline constexpr std::array<std::string_view, 2> defaulted<parcel>{"fragile", "offset"};
}  // namespace json

namespace {

result<parcel, input_problems> read(std::string_view text) {
    json::problems found;
    parcel into;
    if (auto const document = json::parse(text, json::origin::foreign, found))
        json::read_value(*document, into, {}, found);
    if (found.none()) return into;
    return failed{found.take()};
}

// One line a problem; empty for a text that is read.
std::string problems_of(std::string_view text) {
    auto const made = read(text);
    return made ? std::string{} : to_text(made.error());
}

// A parcel with one more member.
std::string with(std::string_view member) {
    return R"({"title":"t","kind":"full_refund",)" + std::string{member} + "}";
}

std::int64_t milliseconds_for(std::string_view text) {
    auto const start = std::chrono::steady_clock::now();
    CHECK_FALSE(read(text));
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

std::string repeated(std::string_view piece_of_text, std::size_t size_bytes) {
    std::string made;
    while (made.size() < size_bytes) made += piece_of_text;
    return made;
}

}  // namespace

TEST_CASE("a member may be missing if it is optional, a list, or has a default") {
    auto const made = read(R"({"title":"t","kind":"return_refund"})");
    REQUIRE(made);
    CHECK(*made == parcel{"t", remedy::return_refund, {}, {}, false, 0, {}, {}, {}});
}

TEST_CASE("every kind of problem is reported at its place") {
    struct row {
        std::string text;
        std::string expected;
    };
    // clang-format off
    row const rows[] = {
        {"[]"                                            , "/: expected an object; found an array"},
        {"null"                                          , "/: expected an object; found null"},
        {R"({"title":"t"})"                              , "/kind: is missing"},
        {R"({"title":7,"kind":"full_refund"})"           , "/title: expected a string; found 7"},
        {R"({"title":"t","kind":"full_refunt"})"         , "/kind: expected one of full_refund, partial_refund, return_refund, exchange, replacement, alternative; found \"full_refunt\" (did you mean \"full_refund\"?)"},
        {R"({"title":"t","kind":0})"                     , "/kind: expected a string; found 0"},
        {with(R"("weight":256)")                         , "/weight: expected an integer from 0 to 255; found 256"},
        {with(R"("weight":-1)")                          , "/weight: expected an integer from 0 to 255; found -1"},
        {with(R"("weight":1.0)")                         , "/weight: expected an integer from 0 to 255; found 1E0"},
        {with(R"("weight":"5")")                         , "/weight: expected an integer from 0 to 255; found \"5\""},
        {with(R"("weight":null)")                        , "/weight: expected an integer from 0 to 255; found null"},
        {with(R"("offset":2147483648)")                  , "/offset: expected an integer from -2147483648 to 2147483647; found 2147483648"},
        {with(R"("offset":18446744073709551615)")        , "/offset: expected an integer from -2147483648 to 2147483647; found 18446744073709551615"},
        {with(R"("offset":-1e30)")                       , "/offset: expected an integer from -2147483648 to 2147483647; found -1E30"},
        {with(R"("fragile":1)")                          , "/fragile: expected true or false; found 1"},
        {with(R"("pieces":{})")                          , "/pieces: expected an array; found an object"},
        {with(R"("pieces":[{"line":"L-1","units":1},7])"), "/pieces/1: expected an object; found 7"},
        {with(R"("pieces":[{"line":"L 1","units":1}])")  , "/pieces/0/line: an identifier is printable ASCII without space, quote, backslash or slash; character 2 of this one is 0x20"},
        {with(R"("pieces":[{"line":"L-1","unit":1}])")   , "/pieces/0/units: is missing\n/pieces/0/unit: is not known here (did you mean \"units\"?)"},
        {with(R"("titl":"t")")                           , "/titl: is not known here (did you mean \"title\"?)"},
        {with(R"("something_else":1)")                   , "/something_else: is not known here"},
        {with(R"("a/b~c":1)")                            , "/a~1b~0c: is not known here"},
        {with(R"("content":"abc")")                      , "/content: a digest has 64 hexadecimal digits; this one has 3"},
        {with(R"("unit":"eur")")                         , "/unit: expected an ISO 4217 currency code such as \"EUR\"; found \"eur\""},
    };
    // clang-format on
    for (auto const& [text, expected] : rows) {
        CAPTURE(text);
        CHECK(problems_of(text) == expected);
    }
    CHECK(problems_of(with(R"("at":"2026-03-29T01:30:00")")).starts_with("/at: "));
}

TEST_CASE("several problems are reported at once, in the order of the members") {
    CHECK(problems_of(R"({"title":1,"weight":-1,"pieces":[{"units":0.5}],"wieght":2})") ==
          "/title: expected a string; found 1\n"
          "/kind: is missing\n"
          "/weight: expected an integer from 0 to 255; found -1\n"
          "/pieces/0/line: is missing\n"
          "/pieces/0/units: expected an integer from -9223372036854775808 to 9223372036854775807; found 5E-1\n"
          "/wieght: is not known here (did you mean \"weight\"?)");
}

TEST_CASE("a text that is not one JSON value is refused with the byte where it goes wrong") {
    struct row {
        std::string_view text;
        std::string_view expected;
    };
    using namespace std::string_view_literals;
    row const rows[] = {
        {"", "/: is not JSON: "},
        {" ", "/: is not JSON: "},
        {"{", "/: is not JSON: "},
        {"{}}", "/: is not one JSON value: there is more after byte 2"},
        {"{} {}", "/: is not one JSON value: there is more after byte 3"},
        {"{'title':1}", "/: is not JSON: "},
        {"{\"title\":1,}", "/: is not JSON: "},
        {"{\"title\":01}", "/: is not JSON: "},
        {"{\"title\":NaN}", "/: is not JSON: "},
        {"// remark\n{}", "/: is not JSON: "},
        {"\xef\xbb\xbf{}", "/: is not JSON: "},
        {"{\"title\":\"\xff\"}", "/: is not JSON: "},
        {"{\"title\":\"\xc0\xaf\"}", "/: is not JSON: "},
        {"{\"title\":\"\xed\xa0\x80\"}", "/: is not JSON: "},
        {"{\"title\":\"\\ud800\"}", "/: is not JSON: "},
        {"{\"title\":\"a\nb\"}", "/: is not JSON: "},
        {"{\"title\":\"a\0b\"}"sv, "/: is not JSON: "},
        {"\0"sv, "/: is not JSON: "},
        {"{}\0"sv, "/: is not one JSON value: there is more after byte 2"},
    };
    for (auto const& [text, expected] : rows) {
        CAPTURE(text);
        CHECK_THAT(problems_of(text), Catch::StartsWith(std::string{expected}));
    }
}

TEST_CASE("a member that is named twice in one object is refused wherever it stands, but not in what was stored") {
    CHECK(problems_of(R"({"title":"t","kind":"full_refund","title":"u"})") ==
          "/: names the member \"title\" twice in one object");
    CHECK(problems_of(with(R"("pieces":[{"line":"L","line":"L","units":1}])")) ==
          "/: names the member \"line\" twice in one object");
    CHECK(problems_of(with("\"pieces\":[{\"line\":\"L\",\"l\\u0069ne\":\"L\",\"units\":1}]")) ==
          "/: names the member \"line\" twice in one object");
    CHECK(problems_of(with(R"("pieces":[{"line":"A","units":1},{"line":"B","units":1}])")).empty());
    json::problems found;
    CHECK(json::parse(R"({"a":1,"a":2})", json::origin::own, found));
}

TEST_CASE("depth and length have limits") {
    auto const nested = [](int depth) {
        return repeated("[", static_cast<std::size_t>(depth)) + repeated("]", static_cast<std::size_t>(depth));
    };
    CHECK_THAT(problems_of(nested(json::depth_max)), Catch::StartsWith("/: expected an object"));
    CHECK_THAT(problems_of(nested(json::depth_max + 1)), Catch::StartsWith("/: is not JSON: "));
    auto const titled = [](std::size_t length) {
        return R"({"kind":"full_refund","title":")" + std::string(length, 'x') + "\"}";
    };
    CHECK(problems_of(titled(json::text_length_max)).empty());
    CHECK(problems_of(titled(json::text_length_max + 1)) == "/title: is too long: 4097 bytes, at most 4096");
}

TEST_CASE("a message shows foreign text short, and as text that can be printed and sent on") {
    CHECK(problems_of(with("\"unit\":\"a\\u0000\\n\\u001b[31m\"")) ==
          "/unit: expected an ISO 4217 currency code such as \"EUR\"; found \"a\\x00\\x0a\\x1b[31m\"");
    CHECK(problems_of(with("\"unit\":\"" + std::string(50, 'x') + "\"")) ==
          "/unit: expected an ISO 4217 currency code such as \"EUR\"; found \"" + std::string(40, 'x') + "...\"");
    CHECK(problems_of(with("\"a\\u0000b\":1")) == "/a?b: is not known here");
    // Two bytes a letter: a cut must not leave half of one.
    for (auto const* const shift : {"", "x"}) {
        auto const letters = shift + repeated("\xc3\xa9", 200);
        for (auto const& member : {"\"unit\":\"" + letters + "\"", "\"" + letters + "\":1"}) {
            auto const told = read(with(member));
            REQUIRE_FALSE(told);
            json::problems found;
            std::string message;
            json::write_string(message, told.error().front().pointer + told.error().front().reason);
            CHECK(json::parse(message, json::origin::own, found));
        }
    }
}

TEST_CASE("ten megabytes of nonsense are refused in a moment") {
    constexpr std::size_t size = 10'000'000;
    constexpr std::int64_t moment = 10'000;  // milliseconds, with sanitizers on a busy machine
    std::mt19937_64 random{20260101};
    std::string noise(size, '\0');
    for (auto& letter : noise) letter = static_cast<char>(random());
    CHECK(milliseconds_for(noise) < moment);
    CHECK(milliseconds_for(repeated("[", size)) < moment);
    CHECK(milliseconds_for(repeated("{\"a\":", size)) < moment);
    CHECK(milliseconds_for("\"" + repeated("a", size)) < moment);
    CHECK(milliseconds_for(repeated(" ", size)) < moment);
    CHECK(milliseconds_for("[" + repeated("0,", size) + "0]") < moment);
    CHECK(milliseconds_for(repeated("9", size)) < moment);
    CHECK(milliseconds_for("{\"title\":\"" + repeated("\\u00e9", size) + "\"}") < moment);
}

TEST_CASE("a million problems are told as the first of them") {
    std::string members = "{\"title\":\"t\"";
    for (int at = 0; at < 500'000; ++at) members += ",\"m" + std::to_string(at) + "\":1";
    auto const made = read(members + "}");
    REQUIRE_FALSE(made);
    CHECK(made.error().size() <= json::problems_max + 1);
    CHECK(made.error().front() == input_problem{"/kind", "is missing"});
    CHECK(made.error().back() == input_problem{"", "has more problems than these"});
}

TEST_CASE("what is written leaves out what is empty, keeps the order of the members, and reads back as it was") {
    parcel const small{"t", remedy::full_refund, {}, {}, false, 0, {}, {}, {}};
    CHECK(json::to_json(small) == R"({"title":"t","kind":"full_refund","fragile":false,"offset":0})");
    parcel const whole{"quo\"te\\ \n\t\x01 \xc3\xa9",
                       remedy::return_refund,
                       255,
                       {{line_id{"L-1"}, 2}},
                       true,
                       std::numeric_limits<std::int32_t>::min(),
                       instant{1},
                       sha256("x"),
                       currency::find("JPY")};
    auto const text = json::to_json(whole);
    CHECK(read(text).value() == whole);
    CHECK(json::to_json(read(text).value()) == text);
    CHECK(read(R"({"offset":0,"kind":"full_refund","title":"t"})").value() == small);
}

}  // namespace recourse
