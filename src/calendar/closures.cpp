// A host's own days on top of a calendar: which rows of the base they take away, and what the result is called.
#include "recourse/calendar/closures.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "recourse/vocabulary/digest.hpp"

namespace recourse {

namespace {

constexpr std::size_t title_bytes_max = 120;
constexpr std::size_t version_bytes_max = 32;
constexpr std::size_t version_digits = 8;

std::string short_digest(std::string_view text) { return to_text(sha256(text)).substr(0, version_digits); }

std::string version_of(std::vector<holiday> const& own) {
    std::string all;
    for (auto const& one : own) {
        all += fmt::format("{} {} {} {} {} {}-{} {}\n{}\n{}\n", to_text(one.day), wire_name(one.kind),
                           wire_name(one.known_by), one.substitute, one.may_move_days, one.closed.from,
                           one.closed.until, one.name, one.english, one.source);
    }
    return "own-" + short_digest(all);
}

// "BASE.OWN" in the letters and the length that a version has. A base whose version does not fit, such as that of many
// joined calendars, gives its digest.
std::string both_versions(std::string base, std::string_view own) {
    auto const digest = short_digest(base);
    std::replace_if(
        base.begin(), base.end(), [](char letter) { return letter == '+' || letter == '&'; }, '.');
    auto both = fmt::format("{}.{}", base, own);
    if (both.size() > version_bytes_max) both = fmt::format("{}.{}", digest, own);
    return both;
}

// Joined calendars have long titles; the end is cut after a letter.
std::string title_of(business_calendar const& base, std::string_view added) {
    auto title = base.title();
    if (title.size() + added.size() > title_bytes_max) {
        auto end = title_bytes_max - added.size();
        while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xc0U) == 0x80) --end;
        title.resize(end);
    }
    return title.append(added);
}

}  // namespace

result<business_calendar, std::string> with_closures(business_calendar const& base, std::string name,
                                                     std::vector<holiday> own, closure_label label) {
    std::set<date> worked;
    for (auto const& one : own) {
        if (one.kind == holiday_kind::worked_weekend) worked.insert(one.day);
    }
    auto version = base.data_version();
    if (!own.empty() || !label.version.empty()) {
        version = both_versions(std::move(version), label.version.empty() ? version_of(own) : label.version);
    } else {
        version = both_versions(std::move(version), {});
        version.pop_back();
    }
    calendar_content content{
        .name = std::move(name),
        .title = label.title.empty() ? title_of(base, own.empty() ? "" : ", with own days") : std::move(label.title),
        .data_version = std::move(version),
        .weekends = base.weekends(),
        .first_year = base.first_year(),
        .last_year = base.last_year()};
    content.holidays = base.holidays(to_date({base.first_year(), 1, 1}), to_date({base.last_year(), 12, 31})).value();
    std::erase_if(content.holidays, [&](holiday const& row) {
        return row.kind != holiday_kind::worked_weekend && worked.contains(row.day);
    });
    content.holidays.insert(content.holidays.end(), std::make_move_iterator(own.begin()),
                            std::make_move_iterator(own.end()));
    return business_calendar::make(std::move(content));
}

}  // namespace recourse
