// A piece of evidence, by reference: the bytes stay with the host, the dispute keeps what identifies them.
#pragma once

#include <cstdint>
#include <string>

#include "recourse/vocabulary/digest.hpp"
#include "recourse/vocabulary/wire_name.hpp"

namespace recourse {

enum class evidence_kind : std::uint8_t { statement, photo, video, document };
template <>
inline constexpr std::array<std::string_view, 4> wire_names<evidence_kind>{"statement", "photo", "video", "document"};

struct evidence {
    evidence_kind kind = evidence_kind::statement;
    digest content;          // SHA-256 of the bytes
    std::string media_type;  // "image/jpeg"
    std::int64_t size_bytes = 0;
    bool operator==(evidence const&) const = default;
};

}  // namespace recourse
