// Digests: SHA-256 and its text form.
#include "recourse/vocabulary/digest.hpp"

#include <catch2/catch.hpp>

using namespace recourse;

TEST_CASE("SHA-256 gives the digests of the standard's examples") {
    // FIPS 180-4 and its example computations.
    CHECK(to_text(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_text(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_text(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_text(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("every byte counts, zero bytes as well") {
    CHECK(sha256(std::string_view{"\0", 1}) != sha256(""));
    CHECK(sha256("a") != sha256("A"));
}

TEST_CASE("a digest is read from its text, in either case of the letters") {
    auto const made = sha256("abc");
    CHECK(parse_digest(to_text(made)).value() == made);
    CHECK(parse_digest("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD").value() == made);
}

TEST_CASE("a text that is no digest says what is wrong with it") {
    auto const text = to_text(sha256("abc"));
    CHECK(parse_digest("").error() == "a digest has 64 hexadecimal digits; this one has 0");
    CHECK(parse_digest(text.substr(1)).error() == "a digest has 64 hexadecimal digits; this one has 63");
    CHECK(parse_digest(text + "0").error() == "a digest has 64 hexadecimal digits; this one has 65");
    auto wrong = text;
    wrong[63] = 'g';
    CHECK(parse_digest(wrong).error() == "a digest has hexadecimal digits only; character 64 is not one");
    wrong[0] = '\0';
    CHECK(parse_digest(wrong).error() == "a digest has hexadecimal digits only; character 1 is not one");
}
