// The examples on the page about policies: each, put into the preset aliexpress, is a policy that reads.
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "recourse/policy/policy.hpp"

using namespace recourse;

namespace {

std::vector<std::string> examples() {
    std::ifstream file{RECOURSE_SOURCE_DIR "/docs/policies.md", std::ios::binary};
    std::string const page{std::istreambuf_iterator<char>{file}, {}};
    constexpr std::string_view begin = "\n```json\n";
    constexpr std::string_view end = "\n```\n";
    std::vector<std::string> found;
    for (auto at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
        at += begin.size();
        auto const last = page.find(end, at);
        REQUIRE(last != std::string::npos);
        found.push_back(page.substr(at, last - at));
    }
    return found;
}

void put(boost::json::object& into, boost::json::object const& part) {
    for (auto const& one : part) {
        auto& there = into[one.key()];
        if (there.is_object() && one.value().is_object())
            put(there.get_object(), one.value().get_object());
        else
            there = one.value();
    }
}

result<policy, input_problems> with(std::string const& example) {
    auto document = boost::json::parse(find_preset("aliexpress")->text).as_object();
    put(document, boost::json::parse(example).as_object());
    return read_policy(boost::json::serialize(document));
}

}  // namespace

TEST_CASE("every example on the page about policies makes a policy that reads, and another one", "[docs]") {
    auto const all = examples();
    CHECK(all.size() >= 11);
    auto const plain = read_policy(find_preset("aliexpress")->text).value();
    for (auto const& example : all) {
        CAPTURE(example);
        auto const read = with(example);
        if (!read)
            FAIL_CHECK(to_text(read.error()));
        else
            CHECK_FALSE((*read == plain));
    }
}

TEST_CASE("an example that is wrong would be found") {
    CHECK_FALSE(with(R"({"contact": {"required": true}})"));
    CHECK_FALSE(with(R"({"limits": {"offers_per_partie": 3}})"));
}
