// Fuzzes the readers of what was stored: only failure{store_corrupt} may escape, and what is read is written the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "recourse/engine/json.hpp"
#include "recourse/vocabulary/failure.hpp"

namespace {

template <class Read, class Write>
void round_trip(Read read, Write write, std::string_view text) {
    try {
        auto const made = read(text);
        auto const written = write(made);
        if (read(written) != made || write(read(written)) != written) std::abort();
    } catch (recourse::failure const& no) {
        if (no.kind() != recourse::failure_kind::store_corrupt) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace recourse;
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    round_trip(
        read_event, [](event const& one) { return to_json(one); }, text);
    round_trip(
        read_record, [](record const& one) { return to_json(one); }, text);
    round_trip(
        read_account, [](account const& one) { return lines_to_json(one); }, text);
    return 0;
}
