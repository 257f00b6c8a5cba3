// The built-in calendars: each document is read, and each calendar compiled, when it is first asked for.
#include "recourse/calendar/holidays.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <deque>
#include <memory>

#include "embedded/holiday_decrees.hpp"
#include "embedded/holiday_tables.hpp"

namespace recourse {

namespace {

// A value that is made when it is first asked for. Of two threads that make it at once, one wins.
template <class T>
class made_once {
  public:
    made_once() = default;
    made_once(made_once const&) = delete;
    made_once& operator=(made_once const&) = delete;
    ~made_once() { delete value_.load(std::memory_order_relaxed); }

    template <class Make>
    T& get(Make&& make) {
        if (auto* present = value_.load(std::memory_order_acquire)) return *present;
        auto made = std::make_unique<T>(make());
        T* present = nullptr;
        if (value_.compare_exchange_strong(present, made.get(), std::memory_order_acq_rel)) return *made.release();
        return *present;
    }

  private:
    std::atomic<T*> value_{nullptr};
};

// A wrong document of ours is a bug; a test reads them all.
template <class T, class E>
T sound(result<T, E> made) {
    assert(made && "a built-in holiday table or decree is wrong");
    return std::move(made).value();
}

std::vector<holiday_decree> decrees_of(std::string_view code) {
    std::vector<holiday_decree> decrees;
    for (auto const& [name, text] : holiday_documents::decrees) {
        // "cn_2026" belongs to CN.
        auto const prefix = name.substr(0, name.find('_'));
        bool const same = std::equal(prefix.begin(), prefix.end(), code.begin(), code.end(),
                                     [](char left, char right) { return left == right || left - 'a' + 'A' == right; });
        if (same) decrees.push_back(sound(read_holiday_decree(text)));
    }
    return decrees;
}

// The first member of a table is its code: it is known without reading the rest.
std::string_view code_of(std::string_view document) {
    constexpr std::string_view member = "\"calendar\":";
    auto const start = document.find('"', document.find(member) + member.size()) + 1;
    return document.substr(start, document.find('"', start) - start);
}

bool is_also(holiday_table const& table, std::string_view name) {
    return std::find(table.also.begin(), table.also.end(), name) != table.also.end();
}

class country {
  public:
    explicit country(std::string_view document) : code_{code_of(document)}, document_{document} {}

    [[nodiscard]] std::string_view code() const { return code_; }

    holiday_table const& table() {
        return table_.get([&] { return sound(read_holiday_table(document_)); });
    }
    std::vector<holiday_decree> const& decrees() {
        return decrees_.get([&] { return decrees_of(code_); });
    }
    business_calendar const& national() {
        return national_.get([&] { return sound(compile_calendar(table(), {}, decrees())); });
    }
    // To its code, another name of its table, or one of its regions; none of them is compiled to know that.
    bool answers_to(std::string_view name) {
        auto const& regions = table().regions;
        return code_ == name || is_also(table(), name) ||
               std::any_of(regions.begin(), regions.end(), [&](auto const& one) { return one.code == name; });
    }
    business_calendar const* regional(std::string_view region) {
        auto const& listed = table().regions;
        auto const found =
            std::find_if(listed.begin(), listed.end(), [&](auto const& one) { return one.code == region; });
        if (found == listed.end()) return nullptr;
        auto& places = regions_.get([&] { return std::deque<made_once<business_calendar>>(listed.size()); });
        auto& place = places[static_cast<std::size_t>(found - listed.begin())];
        return &place.get([&] { return sound(compile_calendar(table(), {.region = found->code}, decrees())); });
    }

  private:
    std::string_view code_;
    std::string_view document_;
    made_once<holiday_table> table_;
    made_once<std::vector<holiday_decree>> decrees_;
    made_once<business_calendar> national_;
    made_once<std::deque<made_once<business_calendar>>> regions_;
};

// In the order of their codes.
std::vector<std::unique_ptr<country>> const& countries() {
    static std::vector<std::unique_ptr<country>> const all = [] {
        std::vector<std::unique_ptr<country>> made;
        for (auto const& [name, text] : holiday_documents::tables) made.push_back(std::make_unique<country>(text));
        std::sort(made.begin(), made.end(),
                  [](auto const& left, auto const& right) { return left->code() < right->code(); });
        return made;
    }();
    return all;
}

country* country_coded(std::string_view code) {
    auto const& all = countries();
    auto const found = std::lower_bound(all.begin(), all.end(), code,
                                        [](auto const& one, std::string_view wanted) { return one->code() < wanted; });
    return found != all.end() && (*found)->code() == code ? found->get() : nullptr;
}

business_calendar const& weekdays() {
    static business_calendar const calendar = business_calendar::make(calendar_content{
                                                                          .name = "WEEKDAYS",
                                                                          .title = "Monday to Friday, no holidays",
                                                                          .data_version = "1",
                                                                      })
                                                  .value();
    return calendar;
}

// The country that answers to a code, a region's code, or another name; the last is looked for in every table.
country* country_called(std::string_view name) {
    if (auto* exact = country_coded(name)) return exact;
    if (auto* around = country_coded(name.substr(0, name.find('-')))) return around;
    for (auto const& one : countries()) {
        if (is_also(one->table(), name)) return one.get();
    }
    return nullptr;
}

}  // namespace

business_calendar const* find_calendar(std::string_view name) {
    if (name == weekdays().name()) return &weekdays();
    auto* found = country_called(name);
    if (found == nullptr) return nullptr;
    if (found->code() == name || is_also(found->table(), name)) return &found->national();
    return found->regional(name);
}

std::vector<std::string_view> calendar_names() {
    std::vector<std::string_view> names{weekdays().name()};
    for (auto const& one : countries()) names.push_back(one->code());
    std::sort(names.begin(), names.end());
    return names;
}

holiday_table const* find_holiday_table(std::string_view name) {
    auto* found = country_called(name);
    return found != nullptr && found->answers_to(name) ? &found->table() : nullptr;
}

std::vector<holiday_decree> const& built_in_decrees(holiday_table const& table) {
    static std::vector<holiday_decree> const none;
    auto* found = country_called(table.code);
    return found == nullptr ? none : found->decrees();
}

}  // namespace recourse
