// Runs a fuzz target without libFuzzer: every file of its corpus, then seeded mutations of those files.
//
//     policy_fuzz tests/fuzz/corpus/policy                  // 2000 mutations, a new seed; prints the seed
//     policy_fuzz tests/fuzz/corpus/policy --seed 12345     // the same 2000 again
//     policy_fuzz crash-1a2b3c                              // that one input, as libFuzzer left it
//
// When a run dies, the input it died of lies in the file that the first line names.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);

namespace {

using input = std::vector<std::uint8_t>;
constexpr int mutation_count = 2000;
constexpr std::size_t input_size_bytes_max = 1 << 16;

input read(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void run(input const& bytes) {
    // A copy of the exact size, so that the address sanitizer sees a read past the end.
    input const exact(bytes.begin(), bytes.end());
    (void)LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

class mutator {
  public:
    mutator(std::uint64_t seed, std::vector<input> const& corpus) : random_{seed}, corpus_{corpus} {}

    input next() {
        input made = corpus_[below(corpus_.size())];
        for (auto rounds = 1 + below(8); rounds > 0; --rounds) change(made);
        if (made.size() > input_size_bytes_max) made.resize(input_size_bytes_max);
        return made;
    }

  private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    std::uint8_t any_byte() { return static_cast<std::uint8_t>(random_()); }
    static input::iterator at(input& bytes, std::size_t position) {
        return bytes.begin() + static_cast<std::ptrdiff_t>(position);
    }

    void change(input& bytes) {
        using namespace std::string_view_literals;
        static constexpr auto telling = "\0\xff\"\\{}[],:-+.eE0129TZ\n"sv;
        auto const position = below(bytes.size() + 1);
        if (position == bytes.size()) {
            bytes.push_back(any_byte());
            return;
        }
        auto const length = std::min(bytes.size() - position, 1 + below(16));
        switch (below(6)) {
            case 0: bytes[position] = any_byte(); break;
            case 1: bytes[position] = static_cast<std::uint8_t>(bytes[position] ^ (1U << below(8))); break;
            case 2: bytes[position] = static_cast<std::uint8_t>(telling[below(telling.size())]); break;
            case 3: bytes.erase(at(bytes, position), at(bytes, position + length)); break;
            case 4: {  // repeat a piece
                input const piece(at(bytes, position), at(bytes, position + length));
                bytes.insert(at(bytes, position), piece.begin(), piece.end());
                break;
            }
            default: {  // splice the tail of another input
                input const& other = corpus_[below(corpus_.size())];
                bytes.resize(position);
                bytes.insert(bytes.end(), other.begin() + static_cast<std::ptrdiff_t>(below(other.size() + 1)),
                             other.end());
            }
        }
    }

    std::mt19937_64 random_;
    std::vector<input> const& corpus_;
};

}  // namespace

int main(int argument_count, char* arguments[]) {
    std::vector<std::string> const given(arguments + 1, arguments + argument_count);
    if (given.empty()) {
        std::fprintf(stderr, "usage: %s CORPUS_DIRECTORY [--seed NUMBER] | INPUT_FILE\n", arguments[0]);
        return 2;
    }
    std::filesystem::path const source{given[0]};
    if (std::filesystem::is_regular_file(source)) {
        run(read(source));
        return 0;
    }

    std::uint64_t seed = std::random_device{}();
    if (given.size() == 3 && given[1] == "--seed") seed = std::strtoull(given[2].c_str(), nullptr, 10);
    auto const last_input = std::filesystem::absolute(arguments[0]).string() + ".last_input";
    std::printf("seed %llu; the input under way is in %s\n", static_cast<unsigned long long>(seed), last_input.c_str());
    std::fflush(stdout);

    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(source)) {
        for (auto const& entry : std::filesystem::recursive_directory_iterator{source}) {
            if (entry.is_regular_file()) files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());  // the order of a directory differs between machines, a seed must not

    std::vector<input> corpus{input{}};
    for (auto const& file : files) corpus.push_back(read(file));
    auto const run_and_remember = [&](input const& bytes) {
        std::ofstream{last_input, std::ios::binary}.write(reinterpret_cast<char const*>(bytes.data()),
                                                          static_cast<std::streamsize>(bytes.size()));
        run(bytes);
    };
    for (auto const& bytes : corpus) run_and_remember(bytes);
    mutator mutations{seed, corpus};
    for (int i = 0; i < mutation_count; ++i) run_and_remember(mutations.next());
    std::filesystem::remove(last_input);
    std::printf("%zu inputs of the corpus and %d mutations\n", corpus.size(), mutation_count);
}
