// Any lines as an export: importing them may throw a failure and do nothing worse; what is imported is a sound store.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "recourse/store/sqlite_upkeep.hpp"
#include "store/samples.hpp"

using namespace recourse;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static store_samples::folder const place;
    auto const path = place / "store.db";
    for (auto const* beside : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + beside);
    std::string_view left{reinterpret_cast<char const*>(bytes), size};
    try {
        store::import_lines(
            [&]() -> std::optional<std::string> {
                if (left.empty()) return std::nullopt;
                auto const end = left.find('\n');
                std::string line{left.substr(0, end)};
                left = end == std::string_view::npos ? std::string_view{} : left.substr(end + 1);
                return line;
            },
            {.path = path});
    } catch (failure const&) {
        if (std::filesystem::exists(path)) std::abort();  // something half made was left
        return 0;
    }
    if (!store::open_sqlite({.path = path, .create = false})->damages().empty()) std::abort();
    return 0;
}
