// What our side and every peer are asked, and how a peer tells its answers: the standard library alone, for all of them.
//
//     write_questions(folder, "add", {{20'270, -7}});       // FOLDER/add: one question a line
//     read_questions(folder, "add").front().other           // -7
//     report({"QuantLib", "add", 16'299.0, 20'000, sum});   // a line on the standard output
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recourse::peers {

// Two days since 1970-01-01; for "add" a business day and how many to go from it; for calendars a closed weekday, twice.
struct question {
    std::int32_t day = 0;
    std::int32_t other = 0;
};

inline constexpr std::string_view add{"add"};
inline constexpr std::string_view count_90_days{"count_90_days"};
inline constexpr std::string_view count_16_years{"count_16_years"};
inline constexpr std::string_view from_list{"from_list"};    // a calendar made of its closed weekdays
inline constexpr std::string_view from_rules{"from_rules"};  // a calendar made of rules, in which these are closed
inline constexpr std::array<std::string_view, 5> kinds{add, count_90_days, count_16_years, from_list, from_rules};

constexpr bool is_whole_calendar(std::string_view kind) { return kind == from_list || kind == from_rules; }

inline constexpr std::int32_t first_year = 2015;
inline constexpr std::int32_t last_year = 2040;

inline void write_questions(std::string const& folder, std::string_view kind, std::span<question const> all) {
    auto const path = folder + "/" + std::string{kind};
    std::ofstream file{path};
    for (auto const& asked : all) file << asked.day << ' ' << asked.other << '\n';
    if (!file.flush()) throw std::runtime_error{path + " cannot be written"};
}

inline std::vector<question> read_questions(std::string const& folder, std::string_view kind) {
    auto const path = folder + "/" + std::string{kind};
    std::ifstream file{path};
    std::vector<question> all;
    for (question asked; file >> asked.day >> asked.other;) all.push_back(asked);
    if (all.empty()) throw std::runtime_error{path + " holds no questions"};
    return all;
}

// The answers to the first `answered` questions, of which slow peers take few.
struct answers {
    std::string peer;
    std::string kind;
    double nanoseconds = 0;  // of processor time for one answer, or for a whole calendar
    std::size_t answered = 0;
    std::int64_t checksum = 0;
};

// Unequal when an answer is wrong, and also when two have changed places.
inline std::int64_t checksum_of(std::span<std::int32_t const> all) {
    std::int64_t sum = 0;
    std::int64_t place = 0;
    for (auto const one : all) sum += ++place * one;
    return sum;
}

// A line on the standard output: the fields with tabs between them. A line that begins with # is for people.
inline void report(answers const& made) {
    std::cout << made.peer << '\t' << made.kind << '\t' << made.nanoseconds << '\t' << made.answered << '\t'
              << made.checksum << '\n';
}

// The least processor time of several runs, in nanoseconds: whatever else the computer does only ever adds to it.
template <class Run>
double least_nanoseconds(int runs, Run run) {
    auto least = std::numeric_limits<std::clock_t>::max();
    for (; runs > 0; --runs) {
        auto const start = std::clock();
        run();
        least = std::min(least, std::clock() - start);
    }
    return static_cast<double>(least) * 1e9 / CLOCKS_PER_SEC;
}

// Answers every question, each into its own place, so that none can be left out.
template <class Question, class Answer>
answers ask(std::string peer, std::string_view kind, int runs, std::span<Question const> all, Answer answer) {
    std::vector<std::int32_t> given(all.size());
    auto const nanoseconds = least_nanoseconds(runs, [&] {
        for (std::size_t at = 0; at < all.size(); ++at) given[at] = answer(all[at]);
    });
    return {std::move(peer), std::string{kind}, nanoseconds / static_cast<double>(all.size()), all.size(),
            checksum_of(given)};
}

}  // namespace recourse::peers
