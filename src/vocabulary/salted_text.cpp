// The digest of a text with its salt.
#include "recourse/vocabulary/salted_text.hpp"

namespace recourse {

digest digest_of(salted_text const& one) {
    std::string bytes{one.salt.bytes.begin(), one.salt.bytes.end()};
    return sha256(bytes + one.text);
}

}  // namespace recourse
