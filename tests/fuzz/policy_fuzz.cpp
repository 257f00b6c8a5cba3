// Fuzzes the reader of policies: any text is a policy or has at least one problem, told in a sentence with its line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "recourse/policy/policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    auto const read = recourse::read_policy({reinterpret_cast<char const*>(bytes), size});
    if (read) {
        if (read->reasons.empty() || read->version == 0) std::abort();
        return 0;
    }
    if (read.error().empty()) std::abort();
    for (auto const& one : read.error()) {
        if (one.reason.empty() || one.line == 0 || one.column == 0) std::abort();
    }
    return 0;
}
