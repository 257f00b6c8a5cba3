// Identifiers: which texts they take, and the key of a dispute.
#include "recourse/vocabulary/identity.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

using namespace recourse;

static_assert(!std::is_convertible_v<std::string, dispute_id>, "an identifier is named, never guessed from a text");
static_assert(!std::is_constructible_v<dispute_id, order_id>, "one kind of identifier is never taken for another");

TEST_CASE("an identifier keeps 1 to 64 printable characters as they are") {
    std::string const longest(identifier_length_max, 'x');
    for (std::string const& text : {std::string{"D-1"}, std::string{"!"}, std::string{"a.b:c_d~e(f)[g]{h}"}, longest}) {
        CAPTURE(text);
        CHECK(identifier_problem(text).empty());
        CHECK(dispute_id{text}.text() == text);
        CHECK(dispute_id::parse(text).value() == dispute_id{text});
    }
    CHECK(dispute_id{"a"} < dispute_id{"b"});
    CHECK(dispute_id{}.empty());
}

TEST_CASE("an identifier that is empty or too long is refused with its length") {
    CHECK(dispute_id::parse("").error() == "an identifier has 1 to 64 characters; this one has 0");
    CHECK(dispute_id::parse(std::string(65, 'x')).error() == "an identifier has 1 to 64 characters; this one has 65");
}

TEST_CASE("an identifier takes exactly printable ASCII without space, quotes, backslash and slash") {
    for (int code = 0; code < 256; ++code) {
        CAPTURE(code);
        std::string const text{'a', static_cast<char>(code)};
        bool const printable = code > 0x20 && code < 0x7f;
        bool const reserved = std::string_view{"'\"`\\/"}.find(static_cast<char>(code)) != std::string_view::npos;
        CHECK(identifier_problem(text).empty() == (printable && !reserved));
    }
}

TEST_CASE("the problem with an identifier names the character, itself in printable ASCII") {
    std::string const start = "an identifier is printable ASCII without space, quote, backslash or slash; ";
    CHECK(identifier_problem("a/b") == start + "character 2 of this one is '/'");
    CHECK(identifier_problem("a b") == start + "character 2 of this one is 0x20");
    CHECK(identifier_problem("\n") == start + "character 1 of this one is 0x0a");
    CHECK(identifier_problem("ab\xc3\xa9") == start + "character 3 of this one is 0xc3");
    CHECK(identifier_problem(std::string_view{"\0", 1}) == start + "character 1 of this one is 0x00");
}

TEST_CASE("making an identifier of a wrong text throws a failure") {
    CHECK_THROWS_AS(dispute_id{""}, failure);
    try {
        (void)order_id{"a b"};
        FAIL("it was made");
    } catch (failure const& no) {
        CHECK(no.kind() == failure_kind::out_of_range);
    }
}

TEST_CASE("the key of a dispute is written and read as group and dispute") {
    dispute_key const key{settlement_group{"G-1"}, dispute_id{"D-1"}};
    CHECK(to_text(key) == "G-1/D-1");
    CHECK(parse_dispute_key("G-1/D-1").value() == key);
    CHECK(dispute_key{settlement_group{"A"}, dispute_id{"Z"}} < dispute_key{settlement_group{"B"}, dispute_id{"A"}});
}

TEST_CASE("the file of a payment has a key that no dispute can have") {
    auto const file = file_of(settlement_group{"G-1"}, payment_id{"P-1"});
    CHECK(to_text(file) == "G-1//P-1");
    CHECK(parse_dispute_key("G-1//P-1").value() == file);
    CHECK(is_payment_file(file));
    CHECK(payment_of(file) == payment_id{"P-1"});
    CHECK_FALSE(is_payment_file({settlement_group{"G-1"}, dispute_id{"P-1"}}));
    CHECK(file_of(settlement_group{"G"}, payment_id{std::string(identifier_length_max, 'x')}).dispute.text().size() ==
          65);
    // Nothing but the one slash in front, and an identifier behind it.
    for (auto const* text : {"/", "//P-1", "/P/1", "P/", "/ P"}) {
        CAPTURE(text);
        CHECK_FALSE(dispute_id::parse(text));
    }
    CHECK_FALSE(order_id::parse("/P-1"));
    CHECK_FALSE(payment_id::parse("/P-1"));
}

TEST_CASE("a key that lacks a part says which") {
    CHECK(parse_dispute_key("").error() == "a dispute key is GROUP/DISPUTE; this one has no slash");
    CHECK(parse_dispute_key("G-1").error() == "a dispute key is GROUP/DISPUTE; this one has no slash");
    CHECK(parse_dispute_key("/D-1").error().starts_with("the settlement group before the slash: "));
    CHECK(parse_dispute_key("G-1/").error().starts_with("the dispute after the slash: "));
    CHECK(parse_dispute_key("G-1/D-1/x").error().starts_with("the dispute after the slash: "));
    CHECK(parse_dispute_key("G 1/D-1").error().starts_with("the settlement group before the slash: "));
}
