// Appends to write in tests of the store, and a folder that goes away with the test.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "recourse/store/store.hpp"

namespace store_samples {

namespace store = recourse::store;

class folder {
  public:
    folder() {
        auto pattern = (root() / "recourse_store_XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) std::abort();
        path_ = pattern;
    }
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string operator/(std::string const& name) const { return path_ / name; }

  private:
    // In memory where there is such a place: these tests open thousands of stores, and none pulls the plug.
    static std::filesystem::path root() {
        std::filesystem::path const memory{"/dev/shm"};
        bool const chosen = std::getenv("TMPDIR") != nullptr;
        return !chosen && access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    }

    std::filesystem::path path_;
};

inline recourse::dispute_key key(std::string const& dispute, std::string const& group = "G-1") {
    return {recourse::settlement_group{group}, recourse::dispute_id{dispute}};
}

// `count` events on top of `expected`; all else follows from the command key.
inline store::append sample(recourse::dispute_key of, std::uint32_t expected, std::string const& command,
                            std::uint32_t count = 1) {
    store::append made;
    made.dispute = std::move(of);
    made.expected = expected;
    made.command = command;
    made.fingerprint = recourse::sha256("content of " + command);
    for (std::uint32_t at = 1; at <= count; ++at)
        made.events.push_back({expected + at, {1000 + expected + at}, "offer.offer_made", "body " + command, "", {}});
    made.state = "state after " + command;
    return made;
}

inline store::ledger_row row(std::uint64_t version, std::int64_t captured, std::int64_t reserved, std::int64_t refunded,
                             std::string const& payment = "P-1") {
    return {recourse::payment_id{payment}, version, "EUR", captured, reserved, refunded, "lines"};
}

inline store::policy_document policy(std::string const& id, std::uint32_t version, std::string const& text) {
    return {recourse::sha256(text), recourse::policy_id{id}, version, text};
}

inline store::outcome append_one(store::contract& at, store::append const& one) { return at.append({&one, 1}).at(0); }

inline std::vector<store::outcome> append_all(store::contract& at, std::vector<store::append> const& group) {
    return at.append(group);
}

inline store::outcome dispute_conflict(std::uint64_t actual) {
    return store::conflict{store::conflict::cause::dispute_version, actual};
}

inline store::outcome ledger_conflict(std::uint64_t actual) {
    return store::conflict{store::conflict::cause::ledger_version, actual};
}

}  // namespace store_samples
