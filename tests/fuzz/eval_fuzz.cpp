// Fuzzes `recourse calendar eval`: every line gives exactly one line, JSON with a result or an error, and two evaluators
// that hear the same lines say the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tools/calendar/eval.hpp"

namespace {

void check_answer(std::string_view answer) {
    if (answer.find('\n') != std::string_view::npos) std::abort();
    recourse::json::problems found;
    auto const line = recourse::json::parse(answer, recourse::json::origin::foreign, found);
    if (!line || !line->is_object()) std::abort();
    auto const& members = line->get_object();
    if (members.contains("result") == members.contains("error")) std::abort();
    if (!members.contains("error")) return;
    auto const& error = members.at("error").as_object();
    if (error.at("code").as_string().empty() || error.at("message").as_string().empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view rest{reinterpret_cast<char const*>(bytes), size};
    recourse::tools::evaluator one{{}};
    recourse::tools::evaluator other{{}};
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto const answer = one.answer(line);
        check_answer(answer);
        if (other.answer(line) != answer) std::abort();
    }
    return 0;
}
