// The pages of docs/lifecycles, one a lifecycle and made from its table; and all tables as one JSON object.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <ostream>

#include "recourse/lifecycle/reactions.hpp"
#include "tools/commands.hpp"

namespace recourse::tools {
namespace {

template <class L>
std::string page() {
    auto text = fmt::format(
        "# {}\n\nMade by `./dev docs` from `include/recourse/lifecycle/{}.hpp`; change the table, not this page.\n\n",
        L::name, L::name);
    text += "```mermaid\nstateDiagram-v2\n";
    text += fmt::format("    [*] --> {}\n", L::initial::name);
    for (auto const& row : lifecycle::rows<L>)
        text += fmt::format("    {} --> {}: {}\n", lifecycle::state_name<L>(row.from), lifecycle::state_name<L>(row.to),
                            row.command);
    for (auto const& one : lifecycle::states<L>) {
        if (lifecycle::is_end<L>(one.code)) text += fmt::format("    {} --> [*]\n", one.name);
    }
    text += "```\n\n| from | on command | to | records | only if |\n|---|---|---|---|---|\n";
    for (auto const& row : lifecycle::rows<L>) {
        std::string guards;
        for (auto const& guard : row.guards) {
            if (!guard.empty()) guards += fmt::format("{}{}", guards.empty() ? "" : ", ", guard);
        }
        text += fmt::format("| {} | {}{} | {} | {} | {} |\n", lifecycle::state_name<L>(row.from), row.command,
                            row.internal ? " (told)" : "", lifecycle::state_name<L>(row.to), row.event, guards);
    }
    text +=
        "\nCommands marked *told* come from other machines or from a clock; nobody can send them.\n\n| state | code | "
        "clock |\n|---|---|---|\n";
    for (auto const& one : lifecycle::states<L>) {
        auto const kind = lifecycle::clock_in<L>(one.code);
        text += fmt::format("| {} | {} | {} |\n", one.name, one.code,
                            kind == lifecycle::clock::none ? "" : wire_name(kind));
    }
    return text;
}

std::string reactions_page() {
    std::string text =
        "# Reactions\n\nMade by `./dev docs` from `include/recourse/lifecycle/reactions.hpp`; change the table, not "
        "this page.\n\n"
        "| on event | tells | to do | only if |\n|---|---|---|---|\n";
    lifecycle::for_each(lifecycle::reactions{}, [&]<class When>() {
        std::string conditions;
        for (auto const& one : When::conditions) conditions += fmt::format("{}{}", conditions.empty() ? "" : ", ", one);
        std::string told{When::command::name};
        if constexpr (requires { When::command::as; }) told += fmt::format(" as {}", When::command::as);
        text += fmt::format("| {} | {} | {} | {} |\n", When::event::name, When::lifecycle::name, told, conditions);
    });
    return text;
}

boost::json::array names_of(std::array<std::string_view, lifecycle::guards_max> const& guards) {
    boost::json::array names;
    for (auto const& guard : guards) {
        if (!guard.empty()) names.emplace_back(guard);
    }
    return names;
}

template <class L>
boost::json::object as_object() {
    boost::json::array states;
    for (auto const& one : lifecycle::states<L>) {
        auto& state = states.emplace_back(boost::json::object{{"name", one.name}, {"code", one.code}}).get_object();
        if (auto const kind = lifecycle::clock_in<L>(one.code); kind != lifecycle::clock::none)
            state["clock"] = wire_name(kind);
        if (lifecycle::is_end<L>(one.code)) state["ends"] = true;
    }
    boost::json::array rows;
    for (auto const& row : lifecycle::rows<L>) {
        rows.push_back(boost::json::object{{"from", lifecycle::state_name<L>(row.from)},
                                           {"on_command", row.command},
                                           {"told", row.internal},
                                           {"to", lifecycle::state_name<L>(row.to)},
                                           {"records", row.event},
                                           {"only_if", names_of(row.guards)}});
    }
    return {{"name", L::name}, {"initial", L::initial::name}, {"states", std::move(states)}, {"rows", std::move(rows)}};
}

boost::json::array reactions_as_array() {
    boost::json::array all;
    lifecycle::for_each(lifecycle::reactions{}, [&]<class When>() {
        auto& reaction = all.emplace_back(boost::json::object{{"on_event", When::event::name},
                                                              {"tells", When::lifecycle::name},
                                                              {"to_do", When::command::name}})
                             .get_object();
        if constexpr (requires { When::command::as; }) reaction["as"] = When::command::as;
        boost::json::array conditions;
        for (auto const& one : When::conditions) conditions.emplace_back(one);
        reaction["only_if"] = std::move(conditions);
    });
    return all;
}

bool write(std::string const& path, std::string const& text, std::ostream& error) {
    std::ofstream file{path, std::ios::binary};
    file << text;
    if (file.flush()) return true;
    error << "recourse: cannot write " << path << "\n";
    return false;
}

}  // namespace

int write_lifecycles(std::string const& folder, streams with) {
    bool written = true;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() {
        written = written && write(fmt::format("{}/{}.md", folder, L::name), page<L>(), with.error);
    });
    written = written && write(folder + "/reactions.md", reactions_page(), with.error);
    return written ? exit_done : exit_failed;
}

int print_lifecycles(streams with) {
    boost::json::array all;
    lifecycle::for_each(lifecycle::all{}, [&]<class L>() { all.push_back(as_object<L>()); });
    with.out << boost::json::object{{"lifecycles", std::move(all)}, {"reactions", reactions_as_array()}} << "\n";
    return exit_done;
}

}  // namespace recourse::tools
