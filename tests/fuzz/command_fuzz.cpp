// Fuzzes the reader of commands: what is accepted has one spelling, which reads back as the same command.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "recourse/engine/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    auto const read = recourse::read_command(text);
    if (!read) {
        if (read.error().empty()) std::abort();
        for (auto const& one : read.error()) {
            if (one.reason.empty()) std::abort();
        }
        (void)recourse::to_json(read.error());
        return 0;
    }
    auto const spelled = recourse::canonical(*read);
    // A text is spelled as its digest, from which nobody reads it back.
    auto const* message = std::get_if<recourse::conversation::send_message>(&read->body);
    if (message != nullptr && message->text) {
        if (message->text->text.size() > 64 && spelled.find(message->text->text) != std::string::npos) std::abort();
        return 0;
    }
    auto const again = recourse::read_command("{\"id\":\"c\"," + spelled.substr(1));
    if (!again || recourse::canonical(*again) != spelled || again->body != read->body) std::abort();
    return 0;
}
