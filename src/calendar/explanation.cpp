// The text and the JSON of an explanation.
#include "recourse/calendar/explanation.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "calendar/json.hpp"
#include "calendar/walk.hpp"

namespace recourse {

BOOST_DESCRIBE_STRUCT(explanation_step, (), (kind, first, last, number, reason, source, known_by))
BOOST_DESCRIBE_STRUCT(day_range, (), (earliest, latest))

namespace {

// An explanation as it is written: the answer's members and the words beside the steps.
struct written_explanation {
    instant due;
    std::string due_words;
    instant from;
    std::string from_words;
    std::string period;
    std::string calendar;
    std::string zone;
    std::string data_version;
    std::optional<std::string> regime;
    count_direction direction{};
    std::vector<explanation_step> steps;
    std::optional<day_range> may_fall;
};
BOOST_DESCRIBE_STRUCT(written_explanation, (),
                      (due, due_words, from, from_words, period, calendar, zone, data_version, regime, direction, steps,
                       may_fall))

std::string hours_words(std::int32_t seconds) {
    return seconds % 60 == 0 ? fmt::format("{}:{:02}", seconds / 3'600, seconds / 60 % 60)
                             : fmt::format("{}:{:02}:{:02}", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string step_words(explanation_step const& step, std::string const& days) {
    switch (step.kind) {
        case step_kind::hours_run: return fmt::format("{}: hours run from the instant, through closed days", days);
        case step_kind::day_zero: return fmt::format("{}: day 0, not counted", days);
        case step_kind::start_moved: return fmt::format("{}: day 0 instead, the first working day", days);
        case step_kind::counted: {
            auto const first = step.number - std::abs(step.last.days - step.first.days);
            auto const numbers =
                first == step.number ? fmt::format("day {}", first) : fmt::format("days {} to {}", first, step.number);
            return fmt::format("{}: {}{}{}", days, numbers, step.reason.empty() ? "" : ", ", step.reason);
        }
        case step_kind::skipped: return fmt::format("{}: closed, {}", days, step.reason);
        case step_kind::rolled: return fmt::format("{}: the last day instead ({})", days, step.reason);
        case step_kind::offset_changed: return fmt::format("the clocks change on the way, {}", step.reason);
        case step_kind::cut_off: return fmt::format("{}: counts as the day of the event, {}", days, step.reason);
        case step_kind::shifted: return fmt::format("{}: {}", days, step.reason);
        case step_kind::lengthened: return fmt::format("{}: the last day instead, {}", days, step.reason);
        case step_kind::not_counted: return fmt::format("{}: not counted, {}", days, step.reason);
        case step_kind::open_hours: return fmt::format("{}: {} hours, {}", days, hours_words(step.number), step.reason);
        case step_kind::held_not_before: return fmt::format("{}: not before {}", days, step.reason);
        case step_kind::held_not_after: return fmt::format("{}: not after {}", days, step.reason);
        case step_kind::held_as_shown: return fmt::format("{}: not earlier than was shown, {}", days, step.reason);
        case step_kind::anchored: return fmt::format("{}: {}", days, step.reason);
    }
    return "unknown step";
}

std::string words_without_source(explanation_step const& step) {
    auto const days = step.first == step.last ? to_words(step.first)
                                              : fmt::format("{} to {}", to_words(step.first), to_words(step.last));
    auto text = step_words(step, days);
    if (step.known_by && *step.known_by != certainty::rule) text += fmt::format(", {}", wire_name(*step.known_by));
    return text;
}

}  // namespace

std::string to_text(explanation_step const& step) {
    auto text = words_without_source(step);
    if (!step.source.empty()) text += fmt::format(" [{}]", step.source);
    return text;
}

std::string to_text(explanation const& told) {
    auto const& answer = told.answer;
    auto text = fmt::format("{} {} {}{}\n", walk::period_words(answer.length),
                            told.direction == count_direction::before ? "before" : "from", told.from_words,
                            told.regime.empty() ? std::string{} : fmt::format(", by {}", told.regime));
    // Sources are long and come again: they stand below, by number.
    std::vector<std::string_view> sources;
    for (auto const& step : told.steps) {
        text += fmt::format("  {}", words_without_source(step));
        if (!step.source.empty()) {
            auto const known = std::find(sources.begin(), sources.end(), step.source);
            text += fmt::format(" [{}]", known - sources.begin() + 1);
            if (known == sources.end()) sources.push_back(step.source);
        }
        text += '\n';
    }
    text += fmt::format("due before {} ({})\n", told.due_words, to_text(answer.due));
    if (told.may_fall) {
        text += fmt::format("a predicted holiday may move the last day: {} at the earliest, {} at the latest\n",
                            to_words(told.may_fall->earliest), to_words(told.may_fall->latest));
    }
    text += answer.calendar.empty() ? "" : fmt::format("calendar {}, ", answer.calendar);
    text += fmt::format("zone {}, data {}\n", answer.zone, answer.data_version);
    for (std::size_t at = 0; at < sources.size(); ++at) text += fmt::format("[{}] {}\n", at + 1, sources[at]);
    return text;
}

std::string to_json(explanation const& told) {
    auto const& answer = told.answer;
    written_explanation written{
        answer.due,      told.due_words, answer.from,         told.from_words, to_text(answer.length),
        answer.calendar, answer.zone,    answer.data_version, std::nullopt,    told.direction,
        told.steps,      told.may_fall};
    if (!told.regime.empty()) written.regime = told.regime;
    return json::to_json(written);
}

}  // namespace recourse
