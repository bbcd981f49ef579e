// Asking for items and showing them.
#include "modules/market/openings.hpp"

#include "modules/market/views.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

void ask_for_items(Stage& stage) {
    Choices& choices = stage.choices;
    const std::uint64_t id =
        stage.fitting(market::kSubmissions, [&](const market::Submission& each) {
            return each.state == market::SubmissionState::window &&
                   each.items_asked < each.item_count && stage.now_s() + 5 < each.deadline_s;
        });
    const auto record = stage.state().get(market::kSubmissions, id);
    const std::uint64_t count = record ? record->item_count : 4;
    market::ForceOpen message{.submission = id};
    for (std::uint64_t index = 0; index < std::min<std::uint64_t>(count, 8); ++index) {
        const bool asked =
            stage.state().contains(market::kAskedItems, {.submission = id, .index = index});
        if (choices.one_in(24) || (!asked && choices.below(3) != 0))
            message.indices.push_back(index);
    }
    if (message.indices.empty()) message.indices.push_back(choices.below(5));
    if (choices.one_in(32)) message.indices.push_back(message.indices.back());
    stage.send(stage.anybody(), ModuleId::market, message,
               stage.nearly(stage.chain.ask(
                   market::QuoteForceOpen{.submission = id, .indices = message.indices})));
}

std::optional<std::pair<ItemWork, market::OpenItems>> answer_of(Stage& stage) {
    const std::uint64_t id = stage.fitting(market::kOpenings, [&](const market::Opening& each) {
        return each.deadline_s > stage.now_s();
    });
    const auto opening = stage.state().get(market::kOpenings, id);
    const ItemWork* work = opening ? stage.work_of(opening->submission) : nullptr;
    if (work == nullptr) return std::nullopt;
    market::OpenItems message{.request = id};
    for (std::size_t i = 0; i < opening->indices.size(); ++i) {
        const std::uint64_t index = opening->indices[i];
        const bool shown = (opening->shown >> i & 1U) != 0;
        if (index >= work->contents.size() || (shown && !stage.choices.one_in(16))) continue;
        if (!stage.choices.one_in(6)) message.items.push_back(work->proof(index));
    }
    return std::pair{*work, std::move(message)};
}

void show_items(Stage& stage) {
    const auto answer = answer_of(stage);
    if (!answer) return;
    stage.send(stage.mostly(answer->first.contributor), ModuleId::market, answer->second);
}

}  // namespace assay::test
