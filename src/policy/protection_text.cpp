// The text and the JSON of an answer of the buyer-protection calculator.
#include <fmt/format.h>

#include "calendar/json.hpp"
#include "recourse/policy/protection.hpp"

namespace recourse {

namespace {

void write(std::string& text, std::string_view what, protection_instant const& when, std::string const& at) {
    text +=
        fmt::format("  {}: {}\n", what, when.at ? at : fmt::format("not known yet, it waits for {}", when.waits_for));
    if (when.at && !when.may_come.empty()) {
        text += fmt::format("    it may become earlier with {}\n", fmt::join(when.may_come, ", "));
    }
    for (auto const& step : when.steps) text += fmt::format("    {}\n", to_text(step));
    if (when.may_fall) {
        text += fmt::format("    a predicted holiday may move it: {} at the earliest, {} at the latest\n",
                            to_words(when.may_fall->earliest), to_words(when.may_fall->latest));
    }
}

// The members as they are written: each step also in words.
struct written_step {
    step_kind kind;
    date first;
    date last;
    std::int32_t number;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(written_step, (), (kind, first, last, number, words))

struct written_instant {
    std::optional<instant> at;
    std::vector<std::string> missing;
    std::vector<std::string> may_come;
    std::string waits_for;
    bool held_as_shown;
    std::optional<date> may_fall_earliest;
    std::optional<date> may_fall_latest;
    std::vector<written_step> steps;
};
BOOST_DESCRIBE_STRUCT(written_instant, (),
                      (at, missing, may_come, waits_for, held_as_shown, may_fall_earliest, may_fall_latest, steps))

struct written_window {
    recourse::reason reason;
    written_instant earliest;
    written_instant latest;
};
BOOST_DESCRIBE_STRUCT(written_window, (), (reason, earliest, latest))

struct written_line {
    line_id line;
    written_instant start;
    written_instant end;
    std::int32_t extended_days;
    std::vector<written_window> windows;
};
BOOST_DESCRIBE_STRUCT(written_line, (), (line, start, end, extended_days, windows))

struct written_override {
    actor_id by;
    instant at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(written_override, (), (by, at, reason))

struct written_protection {
    std::vector<written_line> lines;
    std::string calendar;
    std::string zone;
    std::string data_version;
    std::optional<written_override> overridden;
};
BOOST_DESCRIBE_STRUCT(written_protection, (), (lines, calendar, zone, data_version, overridden))

written_instant written(protection_instant const& when) {
    written_instant made{when.at, when.missing, when.may_come, when.waits_for, when.held_as_shown, {}, {}, {}};
    if (when.may_fall) {
        made.may_fall_earliest = when.may_fall->earliest;
        made.may_fall_latest = when.may_fall->latest;
    }
    for (auto const& step : when.steps) {
        made.steps.push_back({step.kind, step.first, step.last, step.number, to_text(step)});
    }
    return made;
}

}  // namespace

std::string to_text(protection const& all, time_zone const& zone) {
    std::string text;
    auto const from = [&](protection_instant const& when) {
        return when.at ? in_words(*when.at, zone) : std::string{};
    };
    auto const until = [&](protection_instant const& when) {
        return when.at ? "before " + due_in_words(*when.at, zone) : std::string{};
    };
    for (auto const& line : all.lines) {
        text += fmt::format("line {}\n", line.line.text());
        write(text, "protection starts", line.start, from(line.start));
        write(text, "protection ends", line.end, until(line.end));
        for (auto const& window : line.windows) {
            write(text, fmt::format("{} may be opened from", window.reason.text()), window.earliest,
                  from(window.earliest));
            write(text, fmt::format("{} may be opened until", window.reason.text()), window.latest,
                  until(window.latest));
        }
    }
    if (all.overridden) {
        text += fmt::format("ends may be earlier than shown, by {} on {}: {}\n", all.overridden->by.text(),
                            in_words(all.overridden->at, zone), all.overridden->reason);
    }
    return text + fmt::format("calendar {}, zone {}, data {}\n", all.calendar, all.zone, all.data_version);
}

std::string to_json(protection const& all) {
    written_protection made{{}, all.calendar, all.zone, all.data_version, {}};
    if (all.overridden) made.overridden = {all.overridden->by, all.overridden->at, all.overridden->reason};
    for (auto const& line : all.lines) {
        written_line one{line.line, written(line.start), written(line.end), line.extended_days, {}};
        for (auto const& window : line.windows) {
            one.windows.push_back({window.reason, written(window.earliest), written(window.latest)});
        }
        made.lines.push_back(std::move(one));
    }
    return json::to_json(made);
}

}  // namespace recourse
