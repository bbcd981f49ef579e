// Finds, explains and runs commands.
#include "cli/terminal/command.hpp"

#include <algorithm>
#include <ostream>
#include <set>

#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kHelpWidth = 100;

// Breaks `text` between words so that a line stays under kHelpWidth, with `indent` spaces before
// every line but the first.
std::string wrapped(const std::string& text, std::size_t indent) {
    std::string out;
    std::size_t column = indent;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (column > indent && column + 1 + end - at > kHelpWidth) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out += text.substr(at, end - at);
        column += end - at;
        at = end + 1;
    }
    return out;
}

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string aligned(const Lines& lines) {
    constexpr std::size_t kWidest = 34;
    std::size_t width = 0;
    for (const auto& [name, text] : lines)
        if (name.size() <= kWidest) width = std::max(width, name.size());
    std::string out;
    for (const auto& [name, text] : lines) {
        out += "  " + name;
        if (name.size() > width)
            out += "\n" + std::string(width + 4, ' ');
        else
            out += std::string(width - name.size() + 2, ' ');
        out += wrapped(text, width + 4) + "\n";
    }
    return out;
}

std::string flag_help(const Flag& flag) {
    std::string out = flag.help;
    if (flag.repeats) out += "; may be repeated";
    if (!flag.standard.empty()) out += " (default " + flag.standard + ")";
    if (!flag.variable.empty()) out += " [environment: " + flag.variable + "]";
    return out;
}

std::string joined(std::span<const std::string> words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

// Every command understands these.
const std::vector<Flag> kCommonFlags = {
    {"json", "", "print the result as one JSON document"},
    {"help", "", "show this help"},
};

Outcome<void> run_command(const Command& command, std::span<const std::string> rest,
                          std::ostream& out, std::ostream& err) {
    auto flags = command.flags;
    flags.insert(flags.end(), kCommonFlags.begin(), kCommonFlags.end());
    const auto arguments = Arguments::parse(rest, flags, command.positionals);
    if (!arguments) return arguments.error();
    if (arguments->has("help")) {
        out << help_of(command);
        return {};
    }
    Output output(out, err, arguments->has("json"));
    return command.run({*arguments, output});
}

}  // namespace

std::string help_of(const Command& command) {
    std::string out = command.summary + "\n\nUsage: assay " + command.path;
    for (const auto& word : command.positionals) {
        const std::string name = upper(word.name) + (word.repeats ? "..." : "");
        out += word.required ? " " + name : " [" + name + "]";
    }
    for (const auto& flag : command.flags)
        if (flag.required) out += " --" + flag.name + " " + flag.value;
    out += " [flags]\n";
    if (!command.notes.empty()) out += "\n" + wrapped(command.notes, 0) + "\n";
    Lines words;
    for (const auto& word : command.positionals) words.emplace_back(upper(word.name), word.help);
    if (!words.empty()) out += "\nArguments:\n" + aligned(words);
    Lines flags;
    const auto add = [&](const Flag& flag) {
        flags.emplace_back("--" + flag.name + (flag.value.empty() ? "" : " " + flag.value),
                           flag_help(flag));
    };
    std::for_each(command.flags.begin(), command.flags.end(), add);
    std::for_each(kCommonFlags.begin(), kCommonFlags.end(), add);
    out += "\nFlags:\n" + aligned(flags);
    if (!command.examples.empty()) out += "\nExamples:\n";
    for (const auto& example : command.examples) out += "  " + example + "\n";
    return out;
}

void CommandTable::add(Command command) {
    CHECK(find(command.path) == nullptr);
    commands_.push_back(std::move(command));
}

void CommandTable::add(std::vector<Command> commands) {
    for (auto& command : commands) add(std::move(command));
}

void CommandTable::group(std::string path, std::string summary) {
    groups_.emplace_back(std::move(path), std::move(summary));
}

const Command* CommandTable::find(const std::string& path) const {
    for (const auto& command : commands_)
        if (command.path == path || (!command.alias.empty() && command.alias == path))
            return &command;
    return nullptr;
}

CommandTable::Match CommandTable::match(std::span<const std::string> words) const {
    Match out;
    std::string path;
    for (std::size_t i = 0; i < words.size() && !words[i].starts_with("-"); ++i) {
        path += (path.empty() ? "" : " ") + words[i];
        if (const Command* found = find(path)) out = {found, i + 1};
    }
    return out;
}

std::string CommandTable::summary_of(const std::string& path) const {
    for (const auto& [name, summary] : groups_)
        if (name == path) return summary;
    const Command* command = find(path);
    return command == nullptr ? "" : command->summary;
}

std::vector<std::pair<std::string, std::string>> CommandTable::children(
    const std::string& path) const {
    const std::string prefix = path.empty() ? "" : path + " ";
    Lines out;
    std::set<std::string> seen;
    for (const auto& command : commands_) {
        if (!command.path.starts_with(prefix)) continue;
        const std::string rest = command.path.substr(prefix.size());
        const std::string word = rest.substr(0, rest.find(' '));
        if (seen.insert(word).second) out.emplace_back(word, summary_of(prefix + word));
    }
    return out;
}

void CommandTable::show_group(const std::string& path, std::ostream& out) const {
    if (path.empty())
        out << "assay: wallet and client of the Assay chain, where training data is ordered, "
               "delivered,\nchallenged and paid.\n\nUsage: assay COMMAND [flags]\n";
    else
        out << summary_of(path) << "\n\nUsage: assay " << path << " COMMAND [flags]\n";
    out << "\nCommands:\n" << aligned(children(path));
    out << "\n\"assay" << (path.empty() ? "" : " " + path)
        << " COMMAND --help\" explains one command.\n";
    if (path.empty())
        out << "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 refused by the chain, "
               "4 no node answered.\n";
}

int CommandTable::explain_unknown(std::span<const std::string> words, std::ostream& out,
                                  std::ostream& err) const {
    std::string path;
    std::size_t used = 0;
    while (used < words.size() && !words[used].starts_with("-")) {
        const std::string longer = path + (path.empty() ? "" : " ") + words[used];
        if (!is_group(longer)) break;
        path = longer;
        ++used;
    }
    const bool finished = used == words.size() || words[used].starts_with("-");
    if (finished) {
        const bool asked = used < words.size() && (words[used] == "--help" || words[used] == "-h");
        show_group(path, asked ? out : err);
        return static_cast<int>(asked ? Exit::ok : Exit::usage);
    }
    std::vector<std::string> known;
    for (const auto& [word, summary] : children(path)) known.push_back(word);
    const std::string near = nearest(words[used], known);
    err << "assay: unknown command \"" << joined(words.first(used + 1)) << "\"";
    if (!near.empty())
        err << "; did you mean \"assay " << path << (path.empty() ? "" : " ") << near << "\"?";
    err << "\n\"assay" << (path.empty() ? "" : " " + path) << " --help\" lists the commands.\n";
    return static_cast<int>(Exit::usage);
}

int CommandTable::run(std::span<const std::string> words, std::ostream& out,
                      std::ostream& err) const {
    const Match found = match(words);
    if (found.command == nullptr) return explain_unknown(words, out, err);
    const auto done = run_command(*found.command, words.subspan(found.words), out, err);
    out.flush();
    if (done) return static_cast<int>(Exit::ok);
    const Problem& problem = done.error();
    if (!problem.message.empty()) err << "assay: " << problem.message << "\n";
    if (problem.code == Exit::usage)
        err << "\"assay " << found.command->path << " --help\" shows its arguments and examples.\n";
    return static_cast<int>(problem.code);
}

}  // namespace assay::cli
