// Fuzzes the readers of instants, dates and periods: what is read is written as something that reads the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "recourse/calendar/date.hpp"
#include "recourse/calendar/period.hpp"
#include "recourse/vocabulary/instant.hpp"

namespace {

constexpr std::size_t error_bytes_max = 400;

template <class Parse>
void round_trip(Parse parse, std::string_view text) {
    auto const first = parse(text);
    if (!first) {
        if (first.error().empty() || first.error().size() > error_bytes_max) std::abort();
        return;
    }
    auto const again = parse(to_text(*first));
    if (!again || *again != *first) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    round_trip(recourse::parse_instant, text);
    round_trip(recourse::parse_date, text);
    round_trip(recourse::parse_period, text);
    return 0;
}
