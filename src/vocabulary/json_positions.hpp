// Where the members and elements of a JSON text stand in it: the parser gives values without places.
//
//     json_positions const positions{text};
//     positions.of("/clocks/decision")      // line 12, column 5: where the member's name begins
//     positions.repeated()                  // members that are named twice in one object, with both places
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recourse {

struct text_position {
    std::uint32_t line = 1;    // from 1
    std::uint32_t column = 1;  // from 1, in letters of UTF-8
    bool operator==(text_position const&) const = default;
};
text_position position_of_byte(std::string_view text, std::size_t byte);

class json_positions {
  public:
    // Of a text that the parser has read, which must live as long as this.
    explicit json_positions(std::string_view text);

    // Of what a pointer names, or, if that is not there, of the nearest thing around it that is.
    [[nodiscard]] text_position of(std::string_view pointer) const;

    struct repetition {
        std::string pointer;
        text_position first;
        text_position again;
    };
    [[nodiscard]] std::vector<repetition> repeated() const;

  private:
    struct node {
        std::size_t parent;
        std::string step;  // as in a pointer
        std::size_t byte;
        std::size_t same;  // the node of the same name before it; itself if there is none
    };
    [[nodiscard]] std::string pointer_to(std::size_t at) const;
    friend class json_walk;

    std::string_view text_;
    std::vector<node> nodes_;  // the whole document first
};

}  // namespace recourse
