// Payments, and bytes that mean nothing.
#include "modules/bank/allowance.hpp"
#include "modules/bank/transfer.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

void transfer(Stage& stage) {
    Choices& choices = stage.choices;
    Address to = stage.anybody();
    if (choices.one_in(12))
        to = reserved_address(static_cast<std::uint8_t>(choices.below(2)),
                              static_cast<std::uint8_t>(choices.below(16)));
    const Amount amount = choices.one_in(3) ? stage.amount() : stage.thousandths(100);
    if (choices.one_in(2)) {
        stage.deliver("plain payment",
                      {.sender = stage.anybody(), .to = to, .value = amount, .data = {}});
        return;
    }
    stage.send(stage.anybody(), ModuleId::bank, bank::Transfer{.to = to, .amount = amount});
}

void ask_allowance(Stage& stage) {
    const Address spender = stage.anybody();
    if (stage.choices.below(2) == 0)
        stage.send(stage.anybody(), ModuleId::bank,
                   bank::Approve{.spender = spender, .amount = stage.amount()});
    else
        stage.send(
            stage.anybody(), ModuleId::bank,
            bank::TransferFrom{.from = stage.anybody(), .to = spender, .amount = stage.amount()});
}

// A known selector with bytes that mean nothing, or nothing at all.
void noise(Stage& stage) {
    const Module& module = stage.choices.of(stage.chain.registry().modules());
    Bytes data;
    if (!module.messages.empty()) append(data, stage.choices.of(module.messages).function.selector);
    for (std::uint32_t i = stage.choices.below(100); i > 0; --i)
        data.push_back(stage.choices.byte());
    const Amount value = stage.choices.below(2) == 0 ? Amount{} : stage.amount();
    stage.deliver(
        "noise",
        {.sender = stage.anybody(), .to = module_address(module.id), .value = value, .data = data});
}

}  // namespace assay::test
