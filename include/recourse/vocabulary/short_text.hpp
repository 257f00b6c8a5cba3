// A text that never changes and mostly is short: 16 bytes, of which 15 characters fit inside; more are on the heap.
//
//     short_text{"Europe/Brussels"}.view()                     // the 15 characters, inside
//     short_text{"Europe/Copenhagen"} == "Europe/Copenhagen"   // true; its 17 characters are on the heap
//
// A record holds dozens of identifiers and names: half the size of a std::string, and copied without a call.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace recourse {

class short_text {
  public:
    static constexpr std::size_t inside_max = 15;

    short_text() noexcept = default;
    short_text(std::string_view text) { hold(text); }  // NOLINT(google-explicit-constructor): it is the same text
    short_text(std::string const& text) : short_text{std::string_view{text}} {}  // NOLINT(google-explicit-constructor)
    short_text(char const* text) : short_text{std::string_view{text}} {}         // NOLINT(google-explicit-constructor)
    short_text(short_text const& other) {
        if (other.is_inside())
            bytes_ = other.bytes_;
        else
            hold(other.view());
    }
    short_text(short_text&& other) noexcept : bytes_{other.bytes_} { other.bytes_ = nothing; }
    short_text& operator=(short_text const& other) {
        if (is_inside() && other.is_inside())
            bytes_ = other.bytes_;
        else if (this != &other)
            *this = short_text{other};
        return *this;
    }
    short_text& operator=(short_text&& other) noexcept {
        auto const held = bytes_;
        bytes_ = other.bytes_;
        other.bytes_ = nothing;
        release(held);
        return *this;
    }
    ~short_text() { release(bytes_); }

    [[nodiscard]] std::string_view view() const noexcept {
        if (is_inside()) return {bytes_.data(), static_cast<unsigned char>(bytes_.back())};
        return {block_of(bytes_), size_outside()};
    }
    operator std::string_view() const noexcept { return view(); }  // NOLINT(google-explicit-constructor)
    explicit operator std::string() const { return std::string{view()}; }
    [[nodiscard]] std::size_t size() const noexcept { return view().size(); }
    [[nodiscard]] bool empty() const noexcept { return bytes_.back() == 0; }

    friend bool operator==(short_text const& left, short_text const& right) noexcept {
        // What is not used inside is zero: equal texts have equal bytes. Two words, and no call.
        if (left.is_inside() || right.is_inside())
            return std::bit_cast<words>(left.bytes_) == std::bit_cast<words>(right.bytes_);
        return left.view() == right.view();
    }
    friend std::strong_ordering operator<=>(short_text const& left, short_text const& right) noexcept {
        return left.view() <=> right.view();
    }
    friend bool operator==(short_text const& left, std::string_view right) noexcept { return left.view() == right; }
    friend bool operator==(short_text const& left, std::string const& right) noexcept { return left.view() == right; }
    friend bool operator==(short_text const& left, char const* right) noexcept { return left.view() == right; }

  private:
    using storage = std::array<char, inside_max + 1>;  // characters, then how many; or a block, its size, and `outside`
    struct words {
        std::uint64_t first;
        std::uint64_t second;
        bool operator==(words const&) const = default;
    };
    static constexpr storage nothing{};
    static constexpr char outside = inside_max + 1;

    [[nodiscard]] bool is_inside() const noexcept { return bytes_.back() != outside; }
    static char* block_of(storage const& from) noexcept {
        char* block = nullptr;
        std::memcpy(&block, from.data(), sizeof block);
        return block;
    }
    [[nodiscard]] std::size_t size_outside() const noexcept {
        std::uint32_t size = 0;
        std::memcpy(&size, bytes_.data() + sizeof(char*), sizeof size);
        return size;
    }
    static void release(storage const& held) noexcept {
        if (held.back() == outside) delete[] block_of(held);
    }
    void hold(std::string_view text) {
        if (text.size() <= inside_max) {
            text.copy(bytes_.data(), text.size());
            bytes_.back() = static_cast<char>(text.size());
            return;
        }
        char* const block = new char[text.size()];
        text.copy(block, text.size());
        auto const size = static_cast<std::uint32_t>(text.size());
        std::memcpy(bytes_.data(), &block, sizeof block);
        std::memcpy(bytes_.data() + sizeof block, &size, sizeof size);
        bytes_.back() = outside;
    }

    alignas(char*) storage bytes_{};
};

static_assert(sizeof(short_text) == 16);

}  // namespace recourse
