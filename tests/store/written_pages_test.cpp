// Counts the pages that one durable command writes to the log of a SQLite store, table by table, and how often it waits for
// the disk. Takes no arguments; exit code 0 means one sync for each command, at most 7 pages where no money moves, and at most 9
// where the row of a payment changes. Pages of 4096 bytes, the mean over commands to disputes chosen by chance; one that also
// brings the log into the file is told apart.
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "store/faults/script.hpp"
#include "store/faults/trials.hpp"

using namespace recourse;
using namespace recourse::test;
using namespace store_samples;

namespace {

constexpr std::uint32_t disputes = 20'000;
constexpr std::uint32_t commands = 2000;
constexpr std::int64_t day = 86'400'000'000;

dispute_key key_of(std::uint32_t dispute) {
    return key("D-" + std::to_string(dispute), "G-" + std::to_string(dispute / 4));
}

// As large as a command of the engine is: an event, a state, a deadline and a notification.
store::append command_of(std::uint32_t dispute, std::uint32_t version, bool money, bool same_deadline,
                         std::mt19937& random) {
    auto one = sample(key_of(dispute), version, "command " + std::to_string(dispute) + " " + std::to_string(version));
    one.events[0].body = std::string(300, 'e');
    one.state = std::string(400, 's');
    auto const moved = same_deadline ? dispute : random();
    one.next_due = instant{static_cast<std::int64_t>(moved % 3000) * day / 100};
    one.outbox = {{"notification", std::string(150, 'n')}};
    if (money)
        one.ledger = {{{payment_id{"P-" + std::to_string(dispute)}, version + 1, "EUR", 10'000, version, 0,
                        std::string(200, 'l')}}};
    return one;
}

// The table of each page; an index is told with its name.
std::map<std::uint32_t, std::string> tables_by_page(std::string const& path) {
    std::map<std::uint32_t, std::string> names{{1, "first page"}};
    sqlite3* at = nullptr;
    auto const keep = [](void* into, int, char** values, char**) {
        auto& all = *static_cast<std::map<std::uint32_t, std::string>*>(into);
        all.emplace(static_cast<std::uint32_t>(std::stoul(values[0])), values[1]);
        return 0;
    };
    if (sqlite3_open(path.c_str(), &at) == SQLITE_OK)
        sqlite3_exec(at, "SELECT pageno, name FROM dbstat", keep, &names, nullptr);  // not in every SQLite
    sqlite3_close(at);
    return names;
}

struct measured {
    std::uint64_t counted = 0;
    std::uint64_t with_checkpoint = 0;
    std::uint64_t syncs = 0;
    std::uint64_t syncs_most = 0;
    std::uint64_t pages_most = 0;
    std::vector<std::uint32_t> pages{};
};

measured measure(store::contract& at, simulated_disk& disk, std::vector<std::uint32_t>& versions, bool money,
                 bool same_deadline, std::mt19937& random) {
    measured sum;
    for (std::uint32_t done = 0; done < commands; ++done) {
        auto const dispute = static_cast<std::uint32_t>(random() % disputes);
        auto const one = command_of(dispute, versions[dispute], money, same_deadline, random);
        disk.count_anew();
        if (!std::holds_alternative<store::committed>(append_one(at, one))) std::abort();
        ++versions[dispute];
        auto const pending = at.outbox(0, 1);  // some worker goes on meanwhile, so that the outbox stays short
        auto const counts = disk.counts();
        if (!pending.empty()) at.settle(pending[0].position);
        if (counts.syncs > 1 && counts.writes > 2 * counts.log_pages.size()) {
            ++sum.with_checkpoint;
            continue;
        }
        ++sum.counted;
        sum.syncs += counts.syncs;
        sum.syncs_most = std::max(sum.syncs_most, counts.syncs);
        sum.pages_most = std::max<std::uint64_t>(sum.pages_most, counts.log_pages.size());
        sum.pages.insert(sum.pages.end(), counts.log_pages.begin(), counts.log_pages.end());
    }
    return sum;
}

double a_command(measured const& sum, std::uint64_t count) {
    return static_cast<double>(count) / static_cast<double>(sum.counted);
}

bool print(char const* what, measured const& sum, std::map<std::uint32_t, std::string> const& names, double most) {
    std::map<std::string, std::uint64_t> by_table;
    for (auto const page : sum.pages) {
        auto const name = names.find(page);
        ++by_table[name == names.end() ? "no table any more" : name->second];
    }
    auto const pages = a_command(sum, sum.pages.size());
    std::printf(
        "%s: %.2f pages (%llu at most) and %.2f syncs (%llu at most) a command, over %llu; %llu more also "
        "emptied the log\n",
        what, pages, static_cast<unsigned long long>(sum.pages_most), a_command(sum, sum.syncs),
        static_cast<unsigned long long>(sum.syncs_most), static_cast<unsigned long long>(sum.counted),
        static_cast<unsigned long long>(sum.with_checkpoint));
    for (auto const& [name, count] : by_table) std::printf("    %-36s %.2f\n", name.c_str(), a_command(sum, count));
    if (pages > most) std::printf("FAULT %s: more than %.0f pages\n", what, most);
    if (sum.syncs_most > 1) std::printf("FAULT %s: more than one sync\n", what);
    return pages <= most && sum.syncs_most == 1;
}

}  // namespace

int main() {
    std::mt19937 random{1};
    store_place const place;
    simulated_disk disk;
    session here{disk, place.path()};
    std::vector<std::uint32_t> versions(disputes, 0);
    for (int events = 0; events < 3; ++events) {
        for (std::uint32_t first = 0; first < disputes; first += 500) {
            std::vector<store::append> group;
            for (auto dispute = first; dispute < first + 500; ++dispute) {
                group.push_back(command_of(dispute, versions[dispute]++, true, true, random));
                group.back().outbox.clear();
            }
            here.at().append(group);
        }
    }
    auto const with_money = measure(here.at(), disk, versions, true, false, random);
    auto const without = measure(here.at(), disk, versions, false, false, random);
    measure(here.at(), disk, versions, false, true, random);  // brings deadlines back to where they stay
    auto const unmoved = measure(here.at(), disk, versions, false, true, random);
    here.close();
    auto const names = tables_by_page(place.path());
    bool const plain = print("without money", without, names, 7);
    bool const money = print("with the row of a payment", with_money, names, 9);
    bool const still = print("without money, most deadlines as they were", unmoved, names, 7);
    return plain && money && still ? 0 : 1;
}
