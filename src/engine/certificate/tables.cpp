// Everything that decides, as text: what a certificate is bound to.
#include <fmt/format.h>

#include "recourse/engine/certificate.hpp"
#include "recourse/lifecycle/reactions.hpp"

namespace recourse {
namespace {

// Goes up when the search walks other combinations, or calls other things a flaw: what was proved before is proved anew.
constexpr int search_version = 3;

template <class L>
std::string table_of() {
    auto text = fmt::format("lifecycle {} {}\n", L::name, L::code);
    for (auto const& one : lifecycle::states<L>)
        text += fmt::format("state {} {} clock {}{}\n", one.code, one.name, wire_name(lifecycle::clock_in<L>(one.code)),
                            lifecycle::is_end<L>(one.code) ? " ends" : "");
    for (auto const& row : lifecycle::rows<L>) {
        text +=
            fmt::format("row {} {}{} {} {} if", row.from, row.command, row.internal ? " told" : "", row.to, row.event);
        for (auto const& guard : row.guards) {
            if (!guard.empty()) text += fmt::format(" {}", guard);
        }
        text += "\n";
    }
    return text;
}

}  // namespace

std::string tables_in_full() {
    auto text = fmt::format("search {}\n", search_version);
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() { text += table_of<L>(); });
    lifecycle::for_each(lifecycle::reactions{}, [&]<class When>() {
        text += fmt::format("when {} {} {}", When::event::name, When::lifecycle::name, When::command::name);
        if constexpr (requires { When::command::as; }) text += fmt::format(" as {}", When::command::as);
        for (auto const& one : When::conditions) text += fmt::format(", {}", one);
        text += "\n";
    });
    return text;
}

digest tables_hash() {
    static digest const hash = sha256(tables_in_full());
    return hash;
}

}  // namespace recourse
