// The command line of `recourse`.
#include <CLI/CLI.hpp>
#include <map>
#include <ostream>

#include "recourse/vocabulary/failure.hpp"
#include "tools/calendar/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/policy/commands.hpp"
#include "tools/simulate/command.hpp"
#include "tools/soundness.hpp"
#include "tools/store/commands.hpp"
#include "tools/worker/command.hpp"

namespace recourse::tools {
namespace {

struct arguments {
    common_options common;
    std::string now;
    std::string dispute;
    std::string role;
    std::string id;
    std::string folder;
    std::string subject;
    std::string after;
    std::vector<std::string> stories;
    std::size_t limit = 1000;
    bool quiet = false;
};

void add_common(CLI::App& command, arguments& given, bool with_now, bool with_policy) {
    command.add_option("--store", given.common.store_path, "The SQLite file of the disputes");
    command.add_flag("--json", given.common.json, "Answer in JSON, one object a line");
    add_calendar_sources(command, given.common.calendars);
    if (with_now)
        command.add_option("--now", given.now,
                           "The time to decide by, RFC 3339 with a zone; the system's clock if left out");
    if (with_policy)
        command.add_option("--policy", given.common.policy_paths,
                           "A policy document to offer beside the presets; may be repeated");
}

}  // namespace

int run(int count, char const* const* words, streams with) {
    arguments given;
    CLI::App app{"recourse: buyer and seller disputes. Formats and exit codes: docs/commands.md.", "recourse"};
    app.require_subcommand(1);
    app.set_version_flag("--version", RECOURSE_VERSION);

    auto* submit_command = app.add_subcommand(
        "submit", "Decide commands: JSON lines on standard input, one answer line each once it is durable");
    add_common(*submit_command, given, true, true);
    submit_command
        ->add_option("--submitted-skew", given.common.engine.submitted_skew_seconds,
                     "How many seconds before --now a command's submitted_at still counts; 0 if left out")
        ->check(CLI::Range(std::int64_t{0}, seconds_per_day));
    std::map<std::string, refusal_keeping> const keepings{
        {"none", refusal_keeping::none}, {"counted", refusal_keeping::counted}, {"kept", refusal_keeping::kept}};
    submit_command
        ->add_option("--refusals", given.common.engine.keep_refusals,
                     "What becomes of refused commands beside their answer: none, counted or kept")
        ->transform(CLI::CheckedTransformer(keepings));
    auto const add_announce = [&](CLI::App& command) {
        command.add_flag("--announce", given.common.announces, "Wake the workers that --listen, in PostgreSQL");
    };
    add_announce(*submit_command);
    add_soundness(*submit_command, given.common.engine.policies, given.common.certificate_paths);
    auto* play_command = app.add_subcommand("play", "Play stories and stop at the first difference");
    add_common(*play_command, given, false, true);
    play_command->add_flag("--quiet", given.quiet, "Say nothing unless a story differs");
    play_command->add_option("story", given.stories, "Files of JSON lines")->required();
    auto* show_command =
        app.add_subcommand("show", "Show a dispute: its state, its history, its deadlines; without one, list all");
    add_common(*show_command, given, true, false);
    show_command->add_option("dispute", given.dispute, "GROUP/DISPUTE");
    show_command->add_option("--as", given.role, "with --json: the evidence that somebody in this role may see");
    auto* actions_command = app.add_subcommand("actions", "What somebody may do now, what not, and why");
    add_common(*actions_command, given, true, false);
    actions_command->add_option("dispute", given.dispute, "GROUP/DISPUTE")->required();
    actions_command->add_option("--as", given.role, "buyer, seller, mediator, host or platform_operator")->required();
    actions_command->add_option("--id", given.id,
                                "Who exactly; the dispute's own buyer, seller or mediator if left out");
    auto* worklist_command = app.add_subcommand(
        "worklist", "What somebody, or everybody in a role, must do, until when, and what happens if not");
    add_common(*worklist_command, given, true, false);
    worklist_command->add_option("--as", given.role, "buyer, seller, mediator, host or platform_operator")->required();
    worklist_command->add_option("--id", given.id, "Who exactly; everybody in the role if left out");
    worklist_command->add_option("--limit", given.limit, "At most so many");
    auto* eligibility_command = app.add_subcommand(
        "eligibility", "Whether a dispute could be opened: JSON lines on standard input, one answer each");
    add_common(*eligibility_command, given, true, true);
    auto* reminders_command =
        app.add_subcommand("reminders", "Who is to be reminded of a deadline, after one instant until now");
    add_common(*reminders_command, given, true, false);
    reminders_command->add_option("--after", given.after, "When this was asked last, RFC 3339 with a zone")->required();
    auto* due_command = app.add_subcommand("due", "List the disputes with a deadline that has passed, earliest first");
    add_common(*due_command, given, true, false);
    due_command->add_option("--limit", given.limit, "At most so many");
    auto* run_due_command = app.add_subcommand("run-due", "Apply the deadlines that have passed");
    add_common(*run_due_command, given, true, false);
    add_announce(*run_due_command);
    run_due_command->add_option("--limit", given.limit, "At most so many disputes");
    auto* verify_command =
        app.add_subcommand("verify", "Whether the store still holds what was written: chain, replay, ledger, policies");
    add_common(*verify_command, given, false, false);
    verify_command->add_option("dispute", given.dispute, "GROUP/DISPUTE; all if left out");
    auto* erase_command = app.add_subcommand("erase", "Erase what a person wrote, in every dispute");
    add_common(*erase_command, given, false, false);
    erase_command->add_option("--subject", given.subject, "ROLE/ID: buyer/anna")->required();
    auto* export_command = app.add_subcommand("export", "The complete file of a dispute as one JSON object");
    add_common(*export_command, given, false, false);
    export_command->add_option("dispute", given.dispute, "GROUP/DISPUTE")->required();
    auto const calendar_command = add_calendar_commands(app);
    auto const policy_command = add_policy_commands(app);
    auto const simulate_command = add_simulate_command(app);
    auto const store_command = add_store_commands(app);
    auto const worker_command = add_worker_commands(app);
    auto* docs_command = app.add_subcommand("docs", "Write generated documentation");
    docs_command->require_subcommand(1);
    auto* lifecycles_command = docs_command->add_subcommand("lifecycles", "One page a lifecycle, from its table");
    auto* folder_option = lifecycles_command->add_option("folder", given.folder, "Where to write them");
    auto* json_option =
        lifecycles_command->add_flag("--json", given.common.json, "Print all tables as one JSON object instead");
    lifecycles_command->require_option(1);
    folder_option->excludes(json_option);

    try {
        app.parse(count, words);
    } catch (CLI::CallForHelp const&) {
        with.out << app.help();
        return exit_done;
    } catch (CLI::CallForVersion const&) {
        with.out << "recourse " << RECOURSE_VERSION << "\n";
        return exit_done;
    } catch (CLI::ParseError const& wrong) {
        with.error << "recourse: " << wrong.what() << "\nSee recourse --help.\n";
        return exit_usage;
    }

    try {
        if (!given.now.empty()) {
            auto const now = parse_instant(given.now);
            if (!now) throw std::invalid_argument{"--now: " + now.error()};
            given.common.now = *now;
        }
        if (auto const asked = calendar_command()) return asked(with);
        if (auto const asked = policy_command()) return asked(with);
        if (auto const asked = simulate_command()) return asked(with);
        if (auto const asked = store_command()) return asked(with);
        if (auto const asked = worker_command()) return asked(with);
        if (submit_command->parsed()) return submit(given.common, with);
        if (play_command->parsed()) return play(given.common, given.stories, given.quiet, with);
        if (show_command->parsed()) return show(given.common, given.dispute, given.role, with);
        if (actions_command->parsed()) return show_actions(given.common, given.dispute, given.role, given.id, with);
        if (worklist_command->parsed()) return show_worklist(given.common, given.role, given.id, given.limit, with);
        if (eligibility_command->parsed()) return show_eligibility(given.common, with);
        if (reminders_command->parsed()) return show_reminders(given.common, given.after, with);
        if (due_command->parsed()) return due(given.common, given.limit, with);
        if (run_due_command->parsed()) return run_due(given.common, given.limit, with);
        if (verify_command->parsed()) return verify_store(given.common, given.dispute, with);
        if (erase_command->parsed()) return erase_texts(given.common, given.subject, with);
        if (export_command->parsed()) return export_dispute(given.common, given.dispute, with);
        return given.common.json ? print_lifecycles(with) : write_lifecycles(given.folder, with);
    } catch (std::invalid_argument const& wrong) {
        with.error << "recourse: " << wrong.what() << "\n";
        return exit_usage;
    } catch (failure const& broken) {
        with.error << "recourse: " << broken.what() << "\n";
        return exit_failed;
    } catch (std::exception const& unforeseen) {
        with.error << "recourse: internal error: " << unforeseen.what() << "\n";
        return exit_failed;
    }
}

}  // namespace recourse::tools
