// Owns asking a module's view by its declared struct.
#pragma once

#include "chain/codec/abi.hpp"
#include "chain/exec/message.hpp"
#include "cli/client/rpc_client.hpp"

namespace assay::cli {

// The view's answer at `block`; a refusal of the view is Exit::refused with its text.
template <View V>
Outcome<typename V::Returns> ask(const RpcClient& rpc, ModuleId module, const V& question,
                                 const std::string& block = "latest") {
    CallRequest request;
    request.to = module_address(module);
    request.data = abi::encode_call(question);
    const auto answer = rpc.view(request, block);
    if (!answer) return answer.error();
    auto value = abi::decode_return<typename V::Returns>(*answer);
    if (!value) return Problem{Exit::failed, "unexpected answer: " + value.error().message};
    return std::move(*value);
}

// Every row of a listing by id: asks `page(after)` until a page is not full.
template <class Row, class Page>
Outcome<std::vector<Row>> ask_all(const Page& page, std::uint32_t limit) {
    std::vector<Row> out;
    for (;;) {
        auto rows = page(out.empty() ? std::uint64_t{0} : out.back().id);
        if (!rows) return rows.error();
        const bool last = rows->size() < limit;
        for (auto& row : *rows) out.push_back(std::move(row));
        if (last) return out;
    }
}

}  // namespace assay::cli
