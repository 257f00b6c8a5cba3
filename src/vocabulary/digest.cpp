// SHA-256 from libcrypto, and the text form of a digest.
#include "recourse/vocabulary/digest.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace recourse {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

constexpr int digit_value(char digit) noexcept {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

// Looked up once: libcrypto 3 would look for it at every digest, which takes as long as a short one.
EVP_MD const* algorithm() {
#if OPENSSL_VERSION_NUMBER >= 0x30000000L
    static EVP_MD const* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (found != nullptr) return found;
#endif
    return EVP_sha256();
}

}  // namespace

digest sha256(std::string_view bytes) {
    digest made;
    auto size = static_cast<unsigned int>(made.bytes.size());
    // Fails only where the process has no memory, or a libcrypto set up without SHA-256: nothing can go on without it.
    if (EVP_Digest(bytes.data(), bytes.size(), made.bytes.data(), &size, algorithm(), nullptr) != 1)
        throw std::runtime_error{"libcrypto cannot compute SHA-256"};
    return made;
}

std::string to_text(digest const& value) {
    std::string text;
    text.reserve(2 * value.bytes.size());
    for (unsigned char byte : value.bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

result<digest, std::string> parse_digest(std::string_view hexadecimal) {
    digest made;
    if (hexadecimal.size() != 2 * made.bytes.size())
        return failed{"a digest has 64 hexadecimal digits; this one has " + std::to_string(hexadecimal.size())};
    for (std::size_t at = 0; at < hexadecimal.size(); ++at) {
        int value = digit_value(hexadecimal[at]);
        if (value < 0)
            return failed{"a digest has hexadecimal digits only; character " + std::to_string(at + 1) + " is not one"};
        auto& byte = made.bytes[at / 2];
        byte = static_cast<unsigned char>(byte * 16 + value);
    }
    return made;
}

}  // namespace recourse
