// SHA-256 over several values, so that no two lists of values have the same bytes.
//
//     summed{"recourse event 1"}.add(group).add(version).absent().sum()
//
// The name of what is summed comes first, as a text. A text and a blob are eight bytes of length, big-endian, and their
// bytes; an integer is eight bytes, big-endian, in two's complement, with the length 8 before it; a digest is its 32
// bytes with their length; what is absent is a length of all ones and nothing behind it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "recourse/vocabulary/digest.hpp"

namespace recourse::store {

class summed {
  public:
    explicit summed(std::string_view name) {
        bytes_.reserve(2048);  // as most need
        add(name);
    }

    summed& add(std::string_view bytes) {
        number(bytes.size());
        bytes_ += bytes;
        return *this;
    }
    summed& add(std::int64_t value) {
        number(8);
        number(static_cast<std::uint64_t>(value));
        return *this;
    }
    summed& add(digest const& value) {
        number(value.bytes.size());
        for (unsigned char const byte : value.bytes) bytes_ += static_cast<char>(byte);
        return *this;
    }
    summed& absent() {
        number(~std::uint64_t{0});
        return *this;
    }
    [[nodiscard]] digest sum() const { return sha256(bytes_); }

  private:
    void number(std::uint64_t value) {
        for (int shift = 56; shift >= 0; shift -= 8) bytes_ += static_cast<char>(value >> shift & 0xffU);
    }

    std::string bytes_;
};

}  // namespace recourse::store
