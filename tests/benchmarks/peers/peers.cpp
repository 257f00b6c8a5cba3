// Business days beside QuantLib and numpy: the same holidays and questions for all, and the answers must be the same.
//
//     recourse_peers FOLDER COMMAND...   // writes the questions into FOLDER and runs each COMMAND with it as argument
//
// Ends with 0 only if every peer was measured, every answer is ours, and every limit holds.
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

#include "benchmarks/peers/limits.hpp"
#include "benchmarks/peers/ours.hpp"
#include "benchmarks/peers/output_of.hpp"

using namespace recourse::peers;

namespace {

constexpr std::size_t fewest_answers = 500;  // fewer of a peer prove nothing

// By peer, in the order in which they came; then by kind.
using table = std::vector<std::pair<std::string, std::map<std::string, answers, std::less<>>>>;

void enter(table& rows, answers const& made) {
    auto row = std::find_if(rows.begin(), rows.end(), [&](auto const& one) { return one.first == made.peer; });
    if (row == rows.end()) row = rows.insert(row, {made.peer, {}});
    row->second[made.kind] = made;
}

// Notes are printed at once.
std::vector<answers> answers_in(std::string const& text) {
    std::vector<answers> all;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) {
            fmt::print("{}\n", line);
            continue;
        }
        std::istringstream fields{line};
        answers made;
        std::getline(fields, made.peer, '\t');
        std::getline(fields, made.kind, '\t');
        bool const whole = fields >> made.nanoseconds >> made.answered >> made.checksum && (fields >> std::ws).eof();
        if (!whole || made.nanoseconds <= 0 || std::find(kinds.begin(), kinds.end(), made.kind) == kinds.end())
            throw std::runtime_error{fmt::format("its line '{}' is not peer, kind, time, answers and checksum", line)};
        all.push_back(made);
    }
    return all;
}

// Nothing is said when the peer answered as we do: every kind of question, and for one kind of calendar at least.
std::string disagreement(our_side const& ours, std::map<std::string, answers, std::less<>> const& row) {
    if (!row.contains(from_list) && !row.contains(from_rules)) return "no calendar was made";
    for (auto const kind : kinds) {
        auto const made = row.find(kind);
        if (made == row.end()) {
            if (is_whole_calendar(kind)) continue;
            return fmt::format("{} was not answered", kind);
        }
        auto const [answered, checksum] = std::pair{made->second.answered, made->second.checksum};
        auto const asked = ours.questions(kind).size();
        auto const fewest = is_whole_calendar(kind) ? asked : fewest_answers;
        if (answered < fewest || answered > asked)
            return fmt::format("{} has {} answers, where {} to {} are right", kind, answered, fewest, asked);
        if (auto const expected = ours.checksum(kind, answered); checksum != expected) {
            return fmt::format("{}: the checksum of the first {} answers is {}, and ours {}", kind, answered, checksum,
                               expected);
        }
    }
    return "";
}

answers const& our_row(table const& rows, std::string_view kind) { return rows.front().second.find(kind)->second; }

// A calendar takes microseconds, an answer nanoseconds.
void print(table const& rows) {
    fmt::print("{:<30}", "time, and times ours");
    for (auto const kind : kinds) {
        fmt::print("{:>20}", fmt::format("{}, {}", kind, is_whole_calendar(kind) ? "us" : "ns"));
    }
    fmt::print("\n");
    for (auto const& [peer, row] : rows) {
        fmt::print("{:<30}", peer);
        for (auto const kind : kinds) {
            auto const made = row.find(kind);
            if (made == row.end()) {
                fmt::print("{:>20}", "-");
                continue;
            }
            auto const nanoseconds = made->second.nanoseconds;
            auto const times = nanoseconds / our_row(rows, kind).nanoseconds;
            fmt::print("{:>10.1f} {:>8.{}f}x", is_whole_calendar(kind) ? nanoseconds / 1'000 : nanoseconds, times,
                       times < 10 ? 1 : 0);
        }
        fmt::print("\n");
    }
    fmt::print("\n");
}

void print(limit const& one) {
    fmt::print("{:<26} at most {:>6.0f} {:<5} {:>10.1f}  {:<4}  {}\n", one.what, one.most, one.unit, one.measured,
               one.holds() ? "ok" : "over", one.of);
}

// The rows of everybody, ours first; `trouble` gets a line for every peer that is missing or answers otherwise.
table compared(our_side const& ours, std::string const& folder, std::vector<std::string> const& commands,
               std::vector<std::string>& trouble) {
    table rows;
    for (auto const kind : kinds) enter(rows, ours.answers_to(kind));
    for (auto const& command : commands) {
        try {
            auto const all = answers_in(output_of(fmt::format("{} '{}'", command, folder)));
            if (all.empty()) throw std::runtime_error{"it gave no answers"};
            for (auto const& made : all) enter(rows, made);
        } catch (std::exception const& failure) {
            trouble.push_back(fmt::format("not measured: {}: {}", command, failure.what()));
        }
    }
    for (auto const& [peer, row] : rows) {
        if (auto const why = disagreement(ours, row); !why.empty()) trouble.push_back(fmt::format("{}: {}", peer, why));
    }
    if (rows.size() == 1) trouble.emplace_back("there is no peer beside us");
    return rows;
}

}  // namespace

int main(int count, char** words) try {
    if (count < 2) throw std::runtime_error{"usage: recourse_peers FOLDER COMMAND..."};
    std::string const folder = words[1];
    std::filesystem::create_directories(folder);
    our_side const ours;
    for (auto const kind : kinds) write_questions(folder, kind, ours.questions(kind));
    fmt::print(
        "The calendar US, {} to {}, with {} closed weekdays; {} questions of each kind, seeds {} (add) and {} "
        "(count).\nThe least processor time of several runs.\n",
        first_year, last_year, ours.questions(from_list).size(), ours.questions(add).size(), add_seed, count_seed);

    std::vector<std::string> trouble;
    auto const rows = compared(ours, folder, {words + 2, words + count}, trouble);
    print(rows);

    auto const& adding = our_row(rows, add);
    auto const& counting =
        std::max(our_row(rows, count_90_days), our_row(rows, count_16_years),
                 [](answers const& left, answers const& right) { return left.nanoseconds < right.nanoseconds; });
    std::vector<limit> all{{"add business days", "US", adding.nanoseconds, 5, "ns"},
                           {"count business days", "US, " + counting.kind, counting.nanoseconds, 5, "ns"}};
    for (auto const& one : limits()) all.push_back(one);
    for (auto const& one : all) {
        print(one);
        if (!one.holds()) trouble.push_back("over the limit: " + one.what);
    }
    fmt::print("\n");
    for (auto const& line : trouble) fmt::print("NOT AS IT SHOULD BE: {}\n", line);
    if (trouble.empty()) fmt::print("Every answer is the same, and every limit holds.\n");
    return trouble.empty() ? 0 : 1;
} catch (std::exception const& failure) {
    fmt::print(stderr, "recourse_peers: {}\n", failure.what());
    return 1;
}
