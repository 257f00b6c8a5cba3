// Reading a log for its commands, its deadlines and its silences.
#include "engine/what_if/stored_course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "engine/stored_command.hpp"
#include "recourse/engine/cost.hpp"
#include "recourse/engine/json.hpp"
#include "recourse/lifecycle/evolve.hpp"
#include "recourse/vocabulary/failure.hpp"
#include "vocabulary/json.hpp"

namespace recourse::engine {
namespace {

constexpr std::string_view asked_mark = R"(,"asked":{)";
constexpr std::size_t digest_length = 64;

// The canonical command in the first event that it recorded: its last member. In a text the quotes would be escaped.
std::string_view asked_in(std::string_view body) {
    static std::boyer_moore_horspool_searcher const mark{asked_mark.begin(), asked_mark.end()};
    auto const found = static_cast<std::size_t>(std::search(body.begin(), body.end(), mark) - body.begin());
    if (found == body.size()) return {};
    auto const from = found + asked_mark.size() - 1;
    return body.substr(from, body.size() - 1 - from);
}

std::string_view member_text(std::string_view object, std::string_view mark) {
    auto const found = object.find(mark);
    if (found == std::string_view::npos) return {};
    auto const from = found + mark.size();
    return object.substr(from, object.find('"', from) - from);
}

// What is stored of a text is its digest; a command has the text. One that was
// erased has a stand-in: decisions ask no more of it than that it is there, is short enough and has a salt.
std::string with_texts(std::string asked, std::vector<store::personal_text> const& kept) {
    constexpr std::string_view mark = R"({"digest":")";
    for (auto at = asked.find(mark); at != std::string::npos; at = asked.find(mark, at + 1)) {
        auto const digits = asked.substr(at + mark.size(), digest_length);
        auto const one =
            std::find_if(kept.begin(), kept.end(), [&](auto const& text) { return to_text(text.content) == digits; });
        std::string told = R"({"text":)";
        json::write_string(told, one == kept.end() ? std::string_view{"(erased)"} : std::string_view{one->text});
        told += R"(,"salt":)";
        json::write_string(told, one == kept.end() ? digits : to_text(one->salt));
        told += '}';
        asked.replace(at, mark.size() + digest_length + 2, told);
    }
    return asked;
}

command command_of(dispute_key const& key, store::stored_event const& stored, std::string_view asked) {
    std::string text = R"({"id":)";
    json::write_string(text, stored.command);
    text += ',';
    text += asked.substr(1);
    auto read = read_stored_command(text);
    if (!read)
        throw failure{failure_kind::store_corrupt, fmt::format("{} version {}: its command cannot be read: {}",
                                                               to_text(key), stored.version, to_text(read.error()))};
    return *std::move(read);
}

std::string_view const closing_types[] = {"dispute.dispute_closed", "dispute.dispute_settled",
                                          "dispute.dispute_withdrawn"};

std::int64_t* purse_of(moved_money_of& moved, purse one) noexcept {
    switch (one) {
        case purse::buyer: return &moved.buyer;
        case purse::platform: return &moved.platform;
        case purse::carrier: return &moved.carrier;
        case purse::seller:
        case purse::held:
        case purse::penalty: break;
    }
    return &moved.seller;
}

moved_money_of moved_by(record const& all) {
    moved_money_of moved;
    std::int64_t paid = 0;
    for (auto const& one : all.refunds()) paid += one.in<refund::confirmed>() ? one.kept.amount.minor : 0;
    auto const& kept = all.dispute().kept;
    paid -= kept.bill->recoup_minor;
    moved.buyer += paid;
    auto rest = paid;
    auto const borne = burden_of(all);
    for (auto const& one : borne.bearers) {
        auto const part = std::min(one.minor, std::max<std::int64_t>(rest, 0));
        if (one.purse == purse::seller) continue;
        *purse_of(moved, one.purse) -= part;
        rest -= part;
    }
    moved.seller -= rest;
    for (auto const& one : borne.charges) {
        *purse_of(moved, one.payer) -= one.minor;
        *purse_of(moved, one.payee) += one.minor;
    }
    return moved;
}

}  // namespace

bool is_no_question(lifecycle::clock kind) noexcept {
    using enum lifecycle::clock;
    return kind == delivery_hold || kind == protection || kind == suspension || kind == representment;
}

bool is_missed(lifecycle::clock kind) noexcept {
    using enum lifecycle::clock;
    return !is_no_question(kind) && kind != appeal_window && kind != appeal_evidence && kind != contact_opening &&
           kind != replacement_confirmation;
}

course course_of(record const& all) {
    course made;
    auto const& whole = all.dispute();
    made.stage = std::string{lifecycle::state_name<dispute::lifecycle_type>(whole.state)};
    made.outcome = whole.kept.ruling->outcome;
    made.currency = whole.kept.refundable.currency;
    made.moved = moved_by(all);
    return made;
}

stored_course::stored_course(store::contract& store, dispute_key key, std::size_t place,
                             std::vector<stored_moment>& moments)
    : store_{store}, key_{std::move(key)} {
    auto const loaded = store.load(key_);
    if (!loaded) throw failure{failure_kind::store_corrupt, fmt::format("{} is listed and not there", to_text(key_))};
    auto const all = read_record(loaded->state);
    told_ = course_of(all);
    payment_ = subject_of(all).payment;
    policy_ = subject_of(all).policy;
    next_due_ = loaded->next_due;
    auto const log = store.events(key_);
    std::optional<std::vector<store::personal_text>> texts;
    instant latest = first_instant;
    if (!log.empty()) told_.began = log.front().at;
    for (auto const& stored : log) {
        latest = std::max(latest, stored.recorded_at.value_or(stored.at));
        if (!told_.closed &&
            std::find(std::begin(closing_types), std::end(closing_types), stored.type) != std::end(closing_types))
            told_.closed = stored.at;
        if (stored.command.empty() || stored.command.starts_with("heard:")) continue;
        auto const asked = asked_in(stored.body);
        stored_moment one{place, latest, stored.at, {}, 0, {}, false};
        if (stored.command.starts_with("timer:")) {
            auto const kind = from_wire_name<lifecycle::clock>(member_text(asked, R"("clock":")"));
            if (!kind)
                throw failure{failure_kind::store_corrupt,
                              fmt::format("{} version {}: no clock is named", to_text(key_), stored.version)};
            one.kind = *kind;
            lapses_.emplace(*kind, stored.at);
            told_.deadlines_missed += is_missed(*kind) ? 1U : 0U;
        } else {
            auto text = std::string{asked};
            if (text.find(R"({"digest":")") != std::string::npos) {
                if (!texts) texts = store.texts(key_);
                text = with_texts(std::move(text), *texts);
            }
            one.asked = command_of(key_, stored, text);
            one.number = ++commands_;
        }
        moments.push_back(std::move(one));
    }
}

instant stored_course::complete_until(instant until) const noexcept {
    return next_due_ && *next_due_ <= until ? instant{next_due_->microseconds - 1} : until;
}

bool stored_course::shows_silence(next_deadline const& due, instant until) {
    if (is_no_question(due.clock.kind) || has_lapsed(due.clock.kind, due.clock.due)) return true;
    if (!waits_) find_waits(until);
    return std::any_of(waits_->begin(), waits_->end(), [&](auto const& one) {
        return one.lifecycle == due.lifecycle && one.number == due.number && one.kind == due.clock.kind &&
               one.from <= due.clock.since && due.clock.due <= one.to;
    });
}

void stored_course::find_waits(instant until) {
    auto& found = waits_.emplace();
    record all;
    std::map<std::pair<std::uint8_t, std::uint32_t>, std::pair<lifecycle::running_clock, instant>> open;
    for (auto const& stored : store_.events(key_)) {
        auto const happened = read_event(stored.body);
        evolve(all, happened);
        for_each_machine(all, [&]<class L>(machine<L> const& one) {
            auto const running = open.find({L::code, one.number});
            if (running != open.end() && (!one.clock || *one.clock != running->second.first)) {
                found.push_back({L::code, one.number, running->second.first.kind, running->second.second, happened.at});
                open.erase(running);
            }
            if (one.clock) open.try_emplace({L::code, one.number}, *one.clock, happened.at);
        });
    }
    for (auto const& [who, running] : open)
        found.push_back({who.first, who.second, running.first.kind, running.second, complete_until(until)});
}

}  // namespace recourse::engine
