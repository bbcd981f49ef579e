// `assay demo`: the main job from order to minted reward, played on a devnet.
#include <cstdlib>
#include <filesystem>

#include "cli/commands/commands.hpp"
#include "cli/demo/story.hpp"
#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace {

// The published test mnemonic, whose first ten accounts every devnet funds.
const char* const kMnemonic = "test test test test test test test test test test test junk";

// Where scripts/devnet puts the SpamAssassin corpus.
std::filesystem::path corpus_folder() {
    namespace fs = std::filesystem;
    fs::path cache;
    if (const char* set = std::getenv("XDG_CACHE_HOME"); set != nullptr && *set != '\0')
        cache = set;
    else if (const char* home = std::getenv("HOME"); home != nullptr)
        cache = fs::path(home) / ".cache";
    return cache / "assay" / "spam-assassin" / "package" / "data";
}

Outcome<std::string> input_of(const Arguments& arguments) {
    if (const auto input = arguments.maybe("input")) return *input;
    const auto folder = corpus_folder();
    if (std::filesystem::exists(folder)) return folder.string();
    return Problem{Exit::failed,
                   "the SpamAssassin corpus is not in " + folder.string() +
                       ". scripts/devnet puts it there; or name texts of your own with --input "
                       "FILE (JSONL or CSV with text and label)"};
}

Outcome<void> run_demo(const Session& session) {
    const auto input = input_of(session.arguments);
    if (!input) return input.error();
    const auto tasks = session.arguments.number("tasks", kMaxCorpusItems);
    if (!tasks) return tasks.error();
    auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto chain = Chain::open(std::move(*rpc));
    if (!chain) return chain.error();
    Narrator narrator(session.output);
    const auto result =
        play_demo({.input = *input, .tasks = *tasks, .mnemonic = kMnemonic}, *chain, narrator);
    if (!result) return result.error();
    print_result(*result, narrator);
    for (const auto& work : result->work)
        if (!work.expected)
            return Problem{Exit::failed,
                           "the work of the " + work.who +
                               " did not end as it should have; the table above says how the "
                               "jury voted. With few texts a jury has little to go by"};
    return {};
}

}  // namespace

std::vector<Command> demo_commands() {
    return {{.path = "demo",
             .summary = "Play the whole market on real texts: order, work, fraud, jury, payment",
             .flags = {rpc_flag(),
                       {"input", "FILE",
                        "your own texts: JSONL of {\"text\",\"label\"} or CSV with those columns; "
                        "the SpamAssassin e-mails unless given"},
                       {"tasks", "N", "label at most this many texts", "3000"}},
             .examples = {"assay demo", "assay demo --input reviews.csv --tasks 1000",
                          "assay demo --rpc http://127.0.0.1:18545 --json"},
             .notes = "Needs a devnet (\"assayd devnet\"): ten of its accounts play a buyer, three "
                      "contributors, a challenger and five jurors. They see texts and labelled "
                      "examples, never the true label of a text to be labelled; those measure the "
                      "accuracy in the table at the end and nothing else. Exit code 1 when honest "
                      "work was not paid or dishonest work was.",
             .run = run_demo}};
}

}  // namespace assay::cli
