// Fuzzes what reads calendars as JSON: documents of hosts, holiday tables and decrees, and the rules in them. Any text is
// one of them or has at least one problem, told in a sentence; a rule that is read writes back to the same rule.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "recourse/calendar/calendar_document.hpp"
#include "recourse/calendar/holiday_table.hpp"

namespace {

template <class T>
void check(recourse::result<T, recourse::input_problems> const& read) {
    if (read) return;
    if (read.error().empty()) std::abort();
    for (auto const& one : read.error()) {
        if (one.reason.empty()) std::abort();
    }
}

template <class T>
void check_rule(recourse::result<T, std::string> (*parse)(std::string_view), std::string_view text) {
    auto const read = parse(text);
    if (!read && read.error().empty()) std::abort();
    if (!read) return;
    auto const again = parse(to_text(*read));
    if (!again || *again != *read) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static recourse::calendar_set const known;
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    auto const document = recourse::read_calendar_document(text, known);
    check(document);
    if (document && document->first_year() > document->last_year()) std::abort();
    check(recourse::read_holiday_table(text));
    check(recourse::read_holiday_decree(text));
    check_rule(recourse::parse_day_rule, text);
    check_rule(recourse::parse_substitute_rule, text);
    return 0;
}
