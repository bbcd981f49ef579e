// Pages of datasets' listings, and the names of uses.
#include "cli/commands/dataset_lookup.hpp"

#include <array>

namespace assay::cli {

namespace {

using namespace datasets;

struct Use {
    std::uint8_t bit;
    const char* name;
};
constexpr std::array kNames = {Use{kTrain, "train"}, Use{kEvaluate, "evaluate"},
                               Use{kDerive, "derive"}, Use{kPublish, "publish"},
                               Use{kCommercial, "commercial"}};

}  // namespace

std::string words_of_uses(std::uint8_t uses) {
    std::string out;
    for (const Use& use : kNames)
        if ((uses & use.bit) != 0) out += (out.empty() ? "" : ", ") + std::string(use.name);
    return out.empty() ? "nothing" : out;
}

std::string known_uses() {
    return words_of_uses(kAllUses);
}

Outcome<std::uint8_t> parse_uses(const std::string& text, const std::string& what) {
    if (text == "all") return kAllUses;
    std::uint8_t out = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string word = text.substr(at, end - at);
        std::uint8_t bit = 0;
        for (const Use& use : kNames)
            if (word == use.name) bit = use.bit;
        if (bit == 0) return usage(what + " takes " + known_uses() + ", or all; with commas");
        out = static_cast<std::uint8_t>(out | bit);
        at = end + 1;
    }
    return out;
}

Outcome<DatasetStatus> dataset_status(const RpcClient& rpc, std::uint64_t dataset) {
    return ask(rpc, ModuleId::datasets, GetDataset{.dataset = dataset});
}

Outcome<std::vector<SourceStatus>> sources_of(const RpcClient& rpc, std::uint64_t dataset) {
    std::vector<SourceStatus> out;
    for (;;) {
        const std::uint64_t after = out.empty() ? 0 : out.back().source.submission;
        const auto page =
            ask(rpc, ModuleId::datasets,
                ListSources{.dataset = dataset, .after = after, .limit = datasets::kMaxPage});
        if (!page) return page.error();
        out.insert(out.end(), page->begin(), page->end());
        if (page->size() < datasets::kMaxPage) return out;
    }
}

Outcome<std::vector<Licence>> licences_held(const RpcClient& rpc, const Address& holder) {
    return ask_all<Licence>(
        [&](std::uint64_t after) {
            return ask(
                rpc, ModuleId::datasets,
                ListHeldLicences{.holder = holder, .after = after, .limit = datasets::kMaxPage});
        },
        datasets::kMaxPage);
}

}  // namespace assay::cli
