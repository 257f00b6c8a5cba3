// `recourse policy render`: a policy as a page for people, in Markdown or HTML; and the pages of all presets.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <ostream>

#include "recourse/engine/policy_diagram.hpp"
#include "recourse/policy/policy_page.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "recourse/vocabulary/quoted.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/policy/commands.hpp"
#include "vocabulary/json.hpp"

extern char** environ;

namespace recourse::tools {
namespace {

struct place_given {
    std::string calendar;
    std::string zone;
};

struct render_options {
    std::string policy;
    bool html = false;
    bool markdown = false;
    std::string start;
    place_given buyer;
    place_given seller;
    std::string out;
    std::string presets_folder;
    calendar_sources calendars;
};

// So that the pages of the presets stay as they are: the Thursday before Easter, on which days are skipped.
constexpr std::string_view start_of_presets = "2026-04-02";

date today() {
    auto const since_1970 = std::chrono::system_clock::now().time_since_epoch();
    auto const hours = std::chrono::duration_cast<std::chrono::hours>(since_1970).count();
    return {static_cast<std::int32_t>(hours / 24)};
}

page_days days_given(place_given given, place_given const& usual, std::string_view who, calendar_set const& calendars) {
    if (given.calendar.empty()) given.calendar = usual.calendar;
    if (given.zone.empty()) {
        if (given.calendar != usual.calendar)
            throw std::invalid_argument{
                fmt::format("with --{0} {1} it takes --{0}-zone, such as {2}", who, given.calendar, usual.zone)};
        given.zone = usual.zone;
    }
    auto const zone = time_zone::find(given.zone);
    if (!zone) throw std::invalid_argument{fmt::format("--{}-zone: {}", who, zone.error())};
    auto const* calendar = calendars.find(given.calendar);
    if (calendar == nullptr)
        throw std::invalid_argument{fmt::format("--{}: there is no calendar {}{}; `recourse calendar list` names them",
                                                who, quoted(std::string_view{given.calendar}),
                                                json::nearest(given.calendar, calendars.names()))};
    return {calendar, *zone};
}

using file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// What Graphviz makes of it, from the element <svg> on; nothing if it is not installed or fails.
std::optional<std::string> drawn_by_graphviz(std::string const& dot) {
    file const in{std::tmpfile(), &std::fclose};
    file const out{std::tmpfile(), &std::fclose};
    if (!in || !out || std::fwrite(dot.data(), 1, dot.size(), in.get()) != dot.size()) return std::nullopt;
    std::rewind(in.get());
    posix_spawn_file_actions_t streams_of_it{};
    posix_spawn_file_actions_init(&streams_of_it);
    posix_spawn_file_actions_adddup2(&streams_of_it, fileno(in.get()), 0);
    posix_spawn_file_actions_adddup2(&streams_of_it, fileno(out.get()), 1);
    posix_spawn_file_actions_addopen(&streams_of_it, 2, "/dev/null", O_WRONLY, 0);  // warnings about fonts
    std::string name = "dot";
    std::string form = "-Tsvg";
    std::array<char*, 3> words{name.data(), form.data(), nullptr};
    pid_t child = 0;
    bool const started = posix_spawnp(&child, name.c_str(), &streams_of_it, nullptr, words.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&streams_of_it);
    int status = 0;
    if (!started || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return std::nullopt;
    std::string svg;
    std::rewind(out.get());
    std::array<char, 4096> part{};
    for (std::size_t read = 1; read > 0;) {
        read = std::fread(part.data(), 1, part.size(), out.get());
        svg.append(part.data(), read);
    }
    auto const begin = svg.find("<svg");
    if (begin == std::string::npos) return std::nullopt;
    return svg.substr(begin);
}

page_diagram diagram_for(policy const& of, bool html, std::ostream& error) {
    auto const drawn = diagram_of(of);
    page_diagram made{
        "The stages of a dispute, and what leads from one to the next. What is marked \"after\" time does by itself. "
        "What happens within a stage, mergers and chargebacks are left out.",
        to_mermaid(drawn)};
    if (!html) return made;
    if (auto svg = drawn_by_graphviz(to_dot(drawn)))
        made.svg = *std::move(svg);
    else
        error << "recourse: Graphviz (dot) is not here, so the diagram of the stages is Mermaid text\n";
    return made;
}

void write(std::string const& path, std::string const& text) {
    std::ofstream to{path, std::ios::binary};
    to << text;
    if (!to.flush()) throw failure{failure_kind::store_unavailable, fmt::format("cannot write {}", path)};
}

int render(render_options const& given, streams with) {
    auto const calendars = calendars_of(given.calendars);
    page_setting on{.start = today(),
                    .buyer = days_given(given.buyer, {"BE", "Europe/Brussels"}, "buyer", calendars),
                    .seller = days_given(given.seller, {"CN", "Asia/Shanghai"}, "seller", calendars),
                    .calendars = &calendars};
    if (!given.start.empty() || !given.presets_folder.empty()) {
        auto const start = parse_date(given.start.empty() ? start_of_presets : given.start);
        if (!start) throw std::invalid_argument{"--start: " + start.error()};
        on.start = *start;
    }
    if (!given.presets_folder.empty()) {
        on.made_by = "Made by `./dev docs` from the preset; change the preset, not this page.";
        for (auto const name : preset_names()) {
            auto const of = policy_named(std::string{name}, calendars);
            on.diagrams = {diagram_for(of, false, with.error)};
            write(fmt::format("{}/{}.md", given.presets_folder, name), to_markdown(of, on));
        }
        return exit_done;
    }
    auto const of = policy_named(given.policy, calendars);
    on.diagrams = {diagram_for(of, given.html, with.error)};
    auto const page = given.html ? to_html(of, on) : to_markdown(of, on);
    if (given.out.empty())
        with.out << page;
    else
        write(given.out, page);
    return exit_done;
}

}  // namespace

policy_subcommand add_policy_render(CLI::App& policies) {
    auto* command = policies.add_subcommand("render", "A policy as a page for people, with worked dates and diagrams");
    auto const given = std::make_shared<render_options>();
    auto* named = command->add_option("policy", given->policy, "A preset, or a file");
    auto* html = command->add_flag("--html", given->html, "One HTML file, for a browser, a phone and a printer");
    command->add_flag("--markdown", given->markdown, "Markdown, also if left out")->excludes(html);
    command->add_option("--start", given->start, "The day from which dates are worked out; today if left out");
    command->add_option("--buyer", given->buyer.calendar, "The buyer's calendar; BE if left out");
    command->add_option("--buyer-zone", given->buyer.zone, "The buyer's zone; needed with another calendar");
    command->add_option("--seller", given->seller.calendar, "The seller's calendar; CN if left out");
    command->add_option("--seller-zone", given->seller.zone, "The seller's zone; needed with another calendar");
    auto* out = command->add_option("--out", given->out, "The file to write; standard output if left out");
    auto* all = command->add_option("--presets", given->presets_folder,
                                    "Instead of one policy: a page in Markdown for each preset, into this folder");
    all->excludes(html)->excludes(out)->excludes(named);
    add_calendar_sources(*command, given->calendars);
    command->final_callback([given] {
        if (given->policy.empty() && given->presets_folder.empty())
            throw CLI::RequiredError{"which policy? A preset, a file, or --presets FOLDER"};
    });
    return {command, [given](streams with) { return render(*given, with); }};
}

}  // namespace recourse::tools
