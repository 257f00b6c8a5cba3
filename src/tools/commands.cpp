// The subcommands of `recourse`.
#include "tools/commands.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

#include "recourse/engine/cost.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/engine/verify.hpp"
#include "recourse/store/memory.hpp"
#include "recourse/store/sqlite.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "tools/play.hpp"
#include "tools/shown.hpp"
#include "tools/soundness.hpp"
#include "tools/words.hpp"
#include "tools/worker/opening.hpp"
#include "vocabulary/json.hpp"

namespace recourse::tools {
namespace {

using boost::json::object;
using boost::json::serialize;

constexpr std::size_t line_bytes_max = 1 << 20;

// The one clock of the project: the tools' own, when nobody says what time it is.
instant system_now() {
    return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
}
instant now_of(common_options const& options) { return options.now.value_or(system_now()); }

enum class opening : unsigned char { create, existing, to_read };

std::unique_ptr<store::contract> open_store(common_options const& options, opening how) {
    if (options.store_path.empty() && !options.announces) {
        if (how != opening::create) throw std::invalid_argument{"which store? Name its file with --store FILE"};
        return store::open_memory();
    }
    if (options.announces) return open_announcing(options.store_path);
    if (is_server(options.store_path)) return open_existing(options.store_path);
    store::sqlite_options file;
    file.path = options.store_path;
    file.create = how == opening::create;
    file.read_only = how == opening::to_read;
    return store::open_sqlite(file);
}

std::string contents_of(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw failure{failure_kind::store_unavailable, fmt::format("cannot read {}", path)};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void offer_policies(dispute_engine& disputes, common_options const& options) {
    for (auto const& path : options.policy_paths) {
        auto const text = contents_of(path);
        if (auto const offered = disputes.offer_policy(text, certificate_for(text, options.certificate_paths));
            !offered)
            throw failure{failure_kind::policy_missing,
                          fmt::format("{} is not a sound policy:\n{}", path, to_text(offered.error(), path))};
    }
}

// A line, or what of it is too long: the rest is skipped without being kept.
struct read_line {
    std::string text;
    bool too_long = false;
};
std::optional<read_line> next_line(std::istream& in) {
    read_line line;
    auto* buffer = in.rdbuf();
    for (auto letter = buffer->sbumpc(); letter != std::char_traits<char>::eof(); letter = buffer->sbumpc()) {
        if (letter == '\n') return line;
        if (line.text.size() < line_bytes_max)
            line.text += static_cast<char>(letter);
        else
            line.too_long = true;
    }
    if (line.text.empty()) return std::nullopt;
    return line;
}

object invalid(input_problems const& problems) {
    return {{"error", {{"code", "invalid_command"}, {"problems", parsed(to_json(problems))}}}};
}

// The id of a line that is no command, if it has one: the sender wants to know which it was.
std::optional<std::string> id_of(std::string const& text) {
    json::problems ignored;
    auto const document = json::parse(text, json::origin::own, ignored);
    if (!document || !document->is_object()) return std::nullopt;
    auto const* id = document->get_object().if_contains("id");
    if (id == nullptr || !id->is_string()) return std::nullopt;
    return std::string{std::string_view{id->get_string()}.substr(0, identifier_length_max)};
}

dispute_view require(dispute_engine& disputes, std::string const& spelled) {
    auto const key = parse_dispute_key(spelled);
    if (!key) throw std::invalid_argument{key.error()};
    auto seen = disputes.find(*key);
    if (!seen) throw std::invalid_argument{fmt::format("there is no dispute {} in this store", spelled)};
    return *std::move(seen);
}

role require_role(std::string const& spelled) {
    auto const known = from_wire_name<role>(spelled);
    if (known && *known != role::timer) return *known;
    std::string roles;
    for (auto const& who : actors({})) roles += fmt::format("{}{}", roles.empty() ? "" : ", ", wire_name(who.role));
    throw std::invalid_argument{fmt::format("--as takes one of {}; \"{}\" is none", roles, spelled)};
}

actor_id require_id(std::string const& spelled) {
    auto parsed_id = actor_id::parse(spelled);
    if (!parsed_id) throw std::invalid_argument{parsed_id.error()};
    return *std::move(parsed_id);
}

// What a message says: nullopt for other events and messages without a text, empty if it was erased.
std::optional<std::string> text_of(event const& happened, std::vector<store::personal_text> const& texts) {
    auto const* message = std::get_if<conversation::message_sent>(&happened.body);
    if (message == nullptr || !message->text) return std::nullopt;
    for (auto const& one : texts) {
        if (one.content == *message->text) return one.text;
    }
    return std::string{};
}

// For a terminal: what somebody else wrote moves no cursor.
std::string on_one_line(std::string text) {
    for (auto& letter : text) {
        if (static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f') letter = ' ';
    }
    return text;
}

void print_answer(answer const& given, bool as_json, std::ostream& out) {
    if (as_json) {
        out << serialize(shown(given)) << "\n";
        return;
    }
    out << to_text(given.dispute) << "\n";
    for (auto const& happened : given.lapsed) {
        if (auto const text = words_of(happened); !text.empty())
            out << "  " << to_text(happened.at) << "  " << text << "\n";
    }
}

}  // namespace

int submit(common_options const& options, streams with) {
    auto const store = open_store(options, opening::create);
    dispute_engine disputes{*store, calendars_of(options.calendars), options.engine};
    offer_policies(disputes, options);
    int worst = exit_done;
    while (auto const line = next_line(with.in)) {
        if (!line->too_long && line->text.find_first_not_of(" \t\r") == std::string::npos) continue;
        object answer;
        int code = exit_done;
        if (line->too_long) {
            answer = invalid({{"", fmt::format("the line is longer than {} bytes", line_bytes_max)}});
            code = exit_invalid;
        } else if (auto const asked = read_command(line->text); !asked) {
            if (auto const id = id_of(line->text)) answer["id"] = *id;
            for (auto const& [key, content] : invalid(asked.error())) answer[key] = content;
            code = exit_invalid;
        } else {
            auto const given = [&]() -> object {
                try {
                    auto const decided = disputes.submit(*asked, now_of(options));
                    if (!decided.accepted()) code = exit_refused;
                    return shown(decided);
                } catch (failure const& broken) {
                    code = exit_failed;
                    return {{"error", {{"code", name(broken.kind())}, {"message", broken.what()}}}};
                }
            }();
            answer["id"] = asked->id.text();
            for (auto const& [key, content] : given) answer[key] = content;
        }
        with.out << serialize(answer) << std::endl;  // the sender may go on only when it has seen this
        worst = std::max(worst, code);
    }
    return worst;
}

int play(common_options const& options, std::vector<std::string> const& stories, bool quiet, streams with) {
    auto const store = open_store(options, opening::create);
    auto const how = quiet ? telling::nothing : options.json ? telling::json : telling::words;
    player stage{*store, how, with.out};
    offer_policies(stage.disputes(), options);
    for (auto const& path : stories) {
        std::ifstream story{path};
        if (!story) {
            with.error << "recourse: cannot read " << path << "\n";
            return exit_usage;
        }
        if (auto const differs = stage.play(story, path)) {
            with.error << "recourse: " << *differs << "\n";
            return exit_differs;
        }
        if (how == telling::words) with.out << "    as expected\n";
    }
    return exit_done;
}

int show(common_options const& options, std::string const& dispute, std::string const& viewer, streams with) {
    auto const store = open_store(options, opening::existing);
    dispute_engine disputes{*store, calendars_of(options.calendars)};
    if (dispute.empty()) {
        std::optional<dispute_key> after;
        for (auto page = store->disputes(after, 100); !page.empty(); page = store->disputes(after, 100)) {
            for (auto const& key : page) {
                auto const seen = disputes.find(key);
                if (!seen) continue;
                if (options.json)
                    with.out << serialize(object{{"dispute", to_text(key)},
                                                 {"version", seen->all.version},
                                                 {"in_words", state_in_words(seen->all)}})
                             << "\n";
                else
                    with.out << fmt::format("{}  {}\n", to_text(key), state_in_words(seen->all));
            }
            after = page.back();
        }
        return exit_done;
    }
    auto seen = require(disputes, dispute);
    auto const now = now_of(options);
    auto const stored_version = seen.all.version;
    std::string behind;  // why the dispute is shown as it is stored
    try {
        seen.all = as_of(seen.key, seen.all, seen.money, seen.known, now);
    } catch (failure const& broken) {
        behind = broken.what();
    }
    if (options.json) {
        auto all = shown(seen);
        add_data_versions(all["deadlines"].as_array(), disputes, seen);
        add_reputation(all, disputes, seen);
        if (behind.empty()) all["status"] = shown_status(seen, now);
        if (!viewer.empty()) all["evidence"] = shown_evidence(seen, require_role(viewer));
        with.out << serialize(all) << "\n";
        return exit_done;
    }
    auto const& zone = *seen.known.buyer_zone;
    with.out << fmt::format("{}  {}\n", dispute, state_in_words(seen.all));
    if (seen.all.version != stored_version)
        with.out << "  (as of " << in_words(now, zone)
                 << ": deadlines that have passed count as applied, run-due records them)\n";
    if (!behind.empty()) with.out << "  (as stored: " << behind << ")\n";
    with.out << "\n";
    auto const texts = disputes.texts(seen.key);
    for (auto const& happened : disputes.events(seen.key)) {
        auto text = words_of(happened);
        if (auto const written = text_of(happened, texts))
            text += written->empty() ? " (erased)" : ": " + on_one_line(*written);
        if (!text.empty())
            with.out << fmt::format("  {}  {} {}: {}\n", in_words(happened.at, zone), wire_name(happened.by.role),
                                    happened.on_behalf_of ? fmt::format("{} for the {}", happened.by.id.text(),
                                                                        wire_name(happened.on_behalf_of->role))
                                                          : happened.by.id.text(),
                                    text);
    }
    with.out << "\n";
    for_each_machine(seen.all, [&]<class L>(machine<L> const& one) {
        if (one.clock) with.out << explained(disputes, seen, *one.clock) << "\n";
    });
    if (behind.empty()) {
        for (auto const& text : choices_in_words(seen, now)) with.out << "  " << text << "\n";
    }
    if (seen.money)
        with.out << fmt::format("  payment {}: captured {}, reserved {}, refunded {}\n", seen.money->payment.text(),
                                to_text({seen.money->captured_minor(), seen.money->currency}),
                                to_text({seen.money->reserved_minor(), seen.money->currency}),
                                to_text({seen.money->refunded_minor(), seen.money->currency}));
    if (seen.money && !is_of_payment(seen.all)) {
        for (auto const& one : cost(seen.all, *seen.money))
            with.out << fmt::format("  cost {}: {} by the {}\n", wire_name(one.kind), to_text(one.amount),
                                    wire_name(one.payer));
    }
    if (auto const told = disputes.reputation(seen.key); told && told->effect != reputation_effect::pending)
        with.out << fmt::format("  seller's reputation: {}\n", wire_name(told->effect));
    return exit_done;
}

int show_actions(common_options const& options, std::string const& dispute, std::string const& role_name,
                 std::string const& id, streams with) {
    auto const store = open_store(options, opening::existing);
    dispute_engine disputes{*store, calendars_of(options.calendars)};
    auto const seen = require(disputes, dispute);
    auto const known = require_role(role_name);
    actor by{known, {}};
    for (auto const& who : actors(seen.all)) {
        if (who.role == known) by = who;
    }
    if (!id.empty()) by.id = require_id(id);
    auto const now = now_of(options);
    auto const all = actions(seen.key, seen.all, seen.money, seen.known, by, now);
    if (options.json) {
        with.out << serialize(shown(all)) << "\n";
        return exit_done;
    }
    auto const& zone = known == role::seller ? *seen.known.seller_zone : *seen.known.buyer_zone;
    with.out << to_text(status_of(seen.key, seen.all, seen.money, seen.known, known, now)) << "\n\n";
    for (bool const allowed : {true, false}) {
        for (auto const& one : all) {
            if (one.allowed == allowed) with.out << choice_in_words(one, zone) << "\n";
        }
    }
    return exit_done;
}

int show_worklist(common_options const& options, std::string const& role_name, std::string const& id, std::size_t limit,
                  streams with) {
    auto const store = open_store(options, opening::existing);
    dispute_engine disputes{*store, calendars_of(options.calendars)};
    worker whose{require_role(role_name), {}};
    if (!id.empty()) whose.id = require_id(id);
    auto const page = disputes.worklist(whose, now_of(options), limit);
    for (auto const& one : page.tasks) {
        if (options.json)
            with.out << serialize(shown(one)) << "\n";
        else
            with.out << task_in_words(one) << "\n";
    }
    if (page.more) with.error << fmt::format("recourse: there is more; --limit {} was shown\n", limit);
    for (auto const& one : page.failed)
        with.error << fmt::format("recourse: {} cannot be brought up to date: {}\n", to_text(one.dispute), one.message);
    return page.failed.empty() ? exit_done : exit_failed;
}

int show_reminders(common_options const& options, std::string const& after, streams with) {
    auto const since = parse_instant(after);
    if (!since) throw std::invalid_argument{"--after: " + since.error()};
    auto const store = open_store(options, opening::existing);
    dispute_engine disputes{*store, calendars_of(options.calendars)};
    auto const run = disputes.reminders(*since, now_of(options));
    for (auto const& one : run.reminders) {
        auto const seen = disputes.find(one.dispute);
        if (!seen) continue;
        auto const why = explain_reminder(one, seen->known);
        if (options.json)
            with.out << serialize(shown(one, why)) << "\n";
        else
            with.out << reminder_in_words(one, why);
    }
    if (run.next) {
        if (options.json)
            with.out << serialize(object{{"next", to_text(*run.next)}}) << "\n";
        else
            with.out << fmt::format("the next one is at {}\n", to_text(*run.next));
    }
    for (auto const& one : run.failed)
        with.error << fmt::format("recourse: {} cannot be brought up to date: {}\n", to_text(one.dispute), one.message);
    return run.failed.empty() ? exit_done : exit_failed;
}

int show_eligibility(common_options const& options, streams with) {
    auto const store = open_store(options, opening::create);
    // Nothing is opened here.
    dispute_engine disputes{*store, calendars_of(options.calendars), {.policies = soundness::trust}};
    offer_policies(disputes, options);
    int worst = exit_done;
    while (auto const line = next_line(with.in)) {
        if (!line->too_long && line->text.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto const asked =
            line->too_long
                ? failed{input_problems{{"", fmt::format("the line is longer than {} bytes", line_bytes_max)}}}
                : read_eligibility_question(line->text);
        if (!asked) {
            with.out << serialize(object{
                            {"error", {{"code", "invalid_question"}, {"problems", parsed(to_json(asked.error()))}}}})
                     << std::endl;
            worst = std::max<int>(worst, exit_invalid);
            continue;
        }
        auto const given = disputes.eligibility(*asked, now_of(options));
        if (options.json)
            with.out << serialize(shown(given)) << std::endl;
        else
            with.out << in_words(given, asked->order) << std::flush;
        if (!given.eligible()) worst = std::max<int>(worst, exit_refused);
    }
    return worst;
}

int due(common_options const& options, std::size_t limit, streams with) {
    auto const store = open_store(options, opening::existing);
    for (auto const& one : store->due(now_of(options), limit)) {
        if (options.json)
            with.out << serialize(object{
                            {"dispute", to_text(one.dispute)}, {"version", one.version}, {"due", to_text(one.due)}})
                     << "\n";
        else
            with.out << fmt::format("{}  {}\n", to_text(one.due), to_text(one.dispute));
    }
    return exit_done;
}

int run_due(common_options const& options, std::size_t limit, streams with) {
    auto const store = open_store(options, opening::existing);
    dispute_engine disputes{*store, calendars_of(options.calendars)};
    auto const run = disputes.run_due(now_of(options), limit);
    for (auto const& given : run.applied) print_answer(given, options.json, with.out);
    for (auto const& one : run.failed)
        with.error << fmt::format("recourse: {} cannot be brought up to date: {}\n", to_text(one.dispute), one.message);
    return run.failed.empty() ? exit_done : exit_failed;
}

int verify_store(common_options const& options, std::string const& dispute, streams with) {
    std::optional<dispute_key> only;
    if (!dispute.empty()) {
        auto key = parse_dispute_key(dispute);
        if (!key) throw std::invalid_argument{key.error()};
        only = *std::move(key);
    }
    auto const store = open_store(options, opening::to_read);
    auto const found = verify(*store, only);
    if (only && found.disputes == 0 && found.sound())
        throw std::invalid_argument{fmt::format("there is no dispute {} in this store", dispute)};
    for (auto const& one : found.breaks) {
        if (!options.json) {
            with.out << to_text(one) << "\n";
            continue;
        }
        object line;
        if (one.dispute) line["dispute"] = to_text(*one.dispute);
        if (one.version) line["version"] = *one.version;
        line["what"] = one.what;
        with.out << serialize(line) << "\n";
    }
    if (options.json)
        with.out << serialize(
                        object{{"disputes", found.disputes}, {"events", found.events}, {"breaks", found.breaks.size()}})
                 << "\n";
    else
        with.out << fmt::format("{} disputes, {} events: {}\n", found.disputes, found.events,
                                found.sound() ? "sound" : fmt::format("{} breaks", found.breaks.size()));
    return found.sound() ? exit_done : exit_differs;
}

int erase_texts(common_options const& options, std::string const& subject, streams with) {
    auto const slash = subject.find('/');
    auto const as = from_wire_name<role>(std::string_view{subject}.substr(0, slash));
    auto id = slash == std::string::npos ? result<actor_id, std::string>{failed{std::string{"it has no slash"}}}
                                         : actor_id::parse(std::string_view{subject}.substr(slash + 1));
    if (!as || !id)
        throw std::invalid_argument{fmt::format("--subject takes ROLE/ID, such as buyer/anna; \"{}\" is none: {}",
                                                subject, as ? id.error() : "there is no such role")};
    auto const store = open_store(options, opening::existing);
    auto const erased = store->erase({*as, *std::move(id)});
    if (options.json)
        with.out << serialize(object{{"subject", subject}, {"erased", erased}}) << "\n";
    else
        with.out << fmt::format("{}: {} texts erased\n", subject, erased);
    return exit_done;
}

int export_dispute(common_options const& options, std::string const& dispute, streams with) {
    auto const store = open_store(options, opening::existing);
    dispute_engine disputes{*store, calendars_of(options.calendars)};
    auto const seen = require(disputes, dispute);
    auto file = shown(seen);
    add_data_versions(file["deadlines"].as_array(), disputes, seen);
    add_reputation(file, disputes, seen);
    auto const texts = disputes.texts(seen.key);
    boost::json::array log;
    for (auto const& stored : store->events(seen.key)) {
        auto line = parsed(stored.body).as_object();
        if (auto const text = text_of(read_event(stored.body), texts)) {
            if (text->empty())
                line["erased"] = true;
            else
                line["text"] = *text;
        }
        if (stored.recorded_at) line["recorded_at"] = to_text(*stored.recorded_at);
        line["link"] = to_text(stored.link);
        log.push_back(std::move(line));
    }
    file["log"] = std::move(log);
    if (auto refused = shown_refusals(disputes, seen.key); !refused.empty()) file["refusals"] = std::move(refused);
    boost::json::array reasons;
    for_each_machine(seen.all, [&]<class L>(machine<L> const& one) {
        if (one.clock) reasons.emplace_back(explained(disputes, seen, *one.clock));
    });
    file["deadlines_explained"] = std::move(reasons);
    if (auto const policy = store->policy(subject_of(seen.all).policy.hash)) file["policy"] = parsed(policy->text);
    boost::json::array effects;
    for (std::uint64_t after = 0;;) {
        auto const page = store->outbox(after, 1000);
        if (page.empty()) break;
        after = page.back().position;
        for (auto const& one : page) {
            if (one.dispute != seen.key) continue;
            auto effect = parsed(one.entry.body).as_object();
            effect["kind"] = one.entry.kind;
            effects.push_back(std::move(effect));
        }
    }
    file["effects_pending"] = std::move(effects);
    with.out << serialize(file) << "\n";
    return exit_done;
}

}  // namespace recourse::tools
