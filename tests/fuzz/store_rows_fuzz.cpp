// Any bytes as a database file: opening and reading it may throw a failure and do nothing worse.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "recourse/store/sqlite.hpp"
#include "store/samples.hpp"

using namespace recourse;

namespace {

void read_and_write(std::string const& path) {
    auto at = store::open_sqlite({.path = path, .busy_timeout_ms = 0});
    dispute_key some{settlement_group{"G-1"}, dispute_id{"D-1"}};
    std::uint32_t version = 0;
    for (auto const& key : at->disputes(std::nullopt, 100)) {
        some = key;
        if (auto const found = at->load(key)) version = found->version;  // a damaged index may list what is not there
        at->events(key);
        at->texts(key);
        at->refusal_counts(key);
        at->refusals(key, 100);
    }
    at->damages();
    at->due(last_instant, 100);
    at->outbox(0, 100);
    at->ledger(some.group, payment_id{"P-1"});
    at->policy(policy_id{"shop"}, 1);
    store::append one;
    one.dispute = some;
    one.expected = version;
    one.command = "next";
    one.events.push_back({version + 1, {}, "type", "body", "", {}});
    at->append({&one, 1});
    at->refuse({some, {}, {20}, "refused", "asked"}, store::keeping::whole);
    at->erase({role::buyer, actor_id{"anna"}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static store_samples::folder const place;
    auto const path = place / "store.db";
    for (auto const* beside : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + beside);
    std::ofstream{path, std::ios::binary}.write(reinterpret_cast<char const*>(bytes),
                                                static_cast<std::streamsize>(size));
    try {
        read_and_write(path);
    } catch (failure const&) {
    } catch (std::invalid_argument const&) {  // a version that has no successor
    }
    return 0;
}
