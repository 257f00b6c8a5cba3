// One walk over a JSON text that is known to be right.
#include "vocabulary/json_positions.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "vocabulary/json.hpp"

namespace recourse {

text_position position_of_byte(std::string_view text, std::size_t byte) {
    auto const before = text.substr(0, byte);
    auto const line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    auto const on_line = before.substr(line_start);
    auto const begins_a_letter = [](char one) { return (static_cast<unsigned char>(one) & 0xC0U) != 0x80U; };
    return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
            static_cast<std::uint32_t>(std::count_if(on_line.begin(), on_line.end(), begins_a_letter) + 1)};
}

// What is open during the walk. It ends early, without harm, where a text is not the JSON it was said to be.
class json_walk {
  public:
    explicit json_walk(json_positions& into) : into_{into}, text_{into.text_} {}

    void run() {
        into_.nodes_.push_back({0, {}, skip_blanks(0), 0});
        for (auto at = into_.nodes_.front().byte; at < text_.size(); at = skip_blanks(at)) {
            switch (text_[at]) {
                case '{':
                case '[':
                    open_.push_back({current_, text_[at] == '{', 0, {}});
                    element_or_name(++at);
                    break;
                case '}':
                case ']':
                    if (open_.empty()) return;
                    current_ = open_.back().node;
                    open_.pop_back();
                    ++at;
                    break;
                case ',': element_or_name(++at); break;
                case '"': at = end_of_string(at); break;
                default: ++at;
            }
        }
    }

  private:
    struct opened {
        std::size_t node;
        bool is_object;
        std::size_t elements;
        std::map<std::string, std::size_t, std::less<>> names;
    };

    [[nodiscard]] std::size_t skip_blanks(std::size_t at) const {
        return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
    }
    [[nodiscard]] std::size_t end_of_string(std::size_t at) const {
        for (++at; at < text_.size() && text_[at] != '"'; ++at) {
            if (text_[at] == '\\') ++at;
        }
        return std::min(at + 1, text_.size());
    }

    // After a bracket or a comma: what comes next is a node of what is open.
    void element_or_name(std::size_t& at) {
        at = skip_blanks(at);
        if (open_.empty() || at >= text_.size() || text_[at] == '}' || text_[at] == ']') return;
        auto& parent = open_.back();
        auto const byte = at;
        std::string step;
        auto same = into_.nodes_.size();
        if (parent.is_object) {
            at = end_of_string(at);
            auto name = name_in(text_.substr(byte, at - byte));
            step = json::pointer_step(name);
            auto const [before, is_new] = parent.names.try_emplace(std::move(name), same);
            if (!is_new) same = before->second;
        } else {
            step = std::to_string(parent.elements++);
        }
        current_ = into_.nodes_.size();
        into_.nodes_.push_back({parent.node, std::move(step), byte, same});
    }

    static std::string name_in(std::string_view quoted) {
        if (quoted.find('\\') == std::string_view::npos)
            return std::string{quoted.substr(1, std::max<std::size_t>(quoted.size(), 2) - 2)};
        boost::json::error_code error;
        auto const name = boost::json::parse(boost::json::string_view{quoted.data(), quoted.size()}, error);
        return name.is_string() ? std::string{std::string_view{name.get_string()}} : std::string{};
    }

    json_positions& into_;
    std::string_view text_;
    std::vector<opened> open_;
    std::size_t current_ = 0;
};

json_positions::json_positions(std::string_view text) : text_{text} { json_walk{*this}.run(); }

text_position json_positions::of(std::string_view pointer) const {
    std::size_t at = 0;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        auto const step = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(step.size());
        // The last of a name is the one that counts; it stands after what holds it.
        std::size_t found = 0;
        for (auto next = at + 1; next < nodes_.size(); ++next) {
            if (nodes_[next].parent == at && nodes_[next].step == step) found = next;
        }
        if (found == 0) break;
        at = found;
    }
    return position_of_byte(text_, nodes_[at].byte);
}

std::string json_positions::pointer_to(std::size_t at) const {
    return at == 0 ? std::string{} : pointer_to(nodes_[at].parent) + "/" + nodes_[at].step;
}

std::vector<json_positions::repetition> json_positions::repeated() const {
    std::vector<repetition> found;
    for (std::size_t at = 1; at < nodes_.size() && found.size() <= json::problems_max; ++at) {
        auto const& one = nodes_[at];
        if (one.same != at)
            found.push_back(
                {pointer_to(at), position_of_byte(text_, nodes_[one.same].byte), position_of_byte(text_, one.byte)});
    }
    return found;
}

}  // namespace recourse
