// Owns the table of commands: finding the one a command line names, its help, and running it.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>

#include "cli/terminal/arguments.hpp"

namespace assay::cli {

class Output;

// What a command runs with.
struct Session {
    const Arguments& arguments;
    Output& output;
};

struct Command {
    std::string path;  // "keys new"
    std::string summary;
    std::vector<Positional> positionals = {};
    std::vector<Flag> flags = {};
    std::vector<std::string> examples = {};
    std::string notes = {};
    std::function<Outcome<void>(const Session&)> run = {};
    std::string alias = {};  // a second path, for those who write "postOrder" for "post-order"
};

// The commands of the program in the order help shows them.
class CommandTable {
  public:
    void add(Command command);
    void add(std::vector<Command> commands);
    // Says what a group of commands is for: group("keys", "...").
    void group(std::string path, std::string summary);
    // nullptr where no command has that path.
    const Command* find(const std::string& path) const;
    // Runs what `words` names; answers --help and unfinished paths with help. Returns the exit
    // code.
    int run(std::span<const std::string> words, std::ostream& out, std::ostream& err) const;

  private:
    struct Match {
        const Command* command = nullptr;
        std::size_t words = 0;  // how many words of the line the path took
    };
    Match match(std::span<const std::string> words) const;
    std::string summary_of(const std::string& path) const;
    // The words that may follow `path`, each with its summary.
    std::vector<std::pair<std::string, std::string>> children(const std::string& path) const;
    bool is_group(const std::string& path) const { return !children(path).empty(); }
    void show_group(const std::string& path, std::ostream& out) const;
    int explain_unknown(std::span<const std::string> words, std::ostream& out,
                        std::ostream& err) const;

    std::vector<Command> commands_;
    std::vector<std::pair<std::string, std::string>> groups_;
};

// The whole help text of one command.
std::string help_of(const Command& command);

}  // namespace assay::cli
