// A host that has only the installed library: it links, runs, and reaches what the library itself links.
#include <recourse/vocabulary/digest.hpp>
#include <recourse/vocabulary/instant.hpp>

#include <cstdio>

int main() {
    auto const parsed = recourse::parse_instant("2026-03-29T03:30:00+02:00");
    if (!parsed) return 1;
    std::string const text = recourse::to_text(*parsed);
    std::string const empty = recourse::to_text(recourse::sha256(""));
    std::printf("%s %s\n", text.c_str(), empty.c_str());
    return text == "2026-03-29T01:30:00Z" && empty.starts_with("e3b0c442") ? 0 : 1;
}
