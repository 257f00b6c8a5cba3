// The `recourse` command.
#include <iostream>

#include "tools/commands.hpp"

int main(int count, char** words) {
    std::ios::sync_with_stdio(false);
    return recourse::tools::run(count, words, {std::cin, std::cout, std::cerr});
}
