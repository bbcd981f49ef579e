// The command line program.
#include <iostream>
#include <string>
#include <vector>

#include "cli/commands/commands.hpp"

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    return assay::cli::all_commands().run(words, std::cout, std::cerr);
}
