// What a person wrote, with a salt: the text itself stays out of every event and every stored command, which have its
// digest instead. Text and salt lie in a row of their own, which can be erased; without the salt the digest tells nothing.
//
//     digest_of({"Hello", salt})                     // SHA-256 over the 32 bytes of the salt and then the text
//
// The salt is 32 random bytes that the sender makes, keeps with the command and sends again with it: the library has no
// chance in it, and whatever it could derive a salt from stays in the log, where a short text could be guessed from it.
#pragma once

#include <string>

#include "recourse/vocabulary/digest.hpp"

namespace recourse {

struct salted_text {
    std::string text;
    digest salt;
    bool operator==(salted_text const&) const = default;
};

digest digest_of(salted_text const&);

}  // namespace recourse
