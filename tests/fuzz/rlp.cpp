// Fuzzes RLP: what is accepted encodes back to the input.
#include "chain/codec/rlp.hpp"

namespace assay {

namespace {

// Writes the item again from what was read; false where something inside it is malformed. Nesting
// beyond the limit is left alone, since nothing in the chain nests deeper.
bool rewrite(rlp::Encoder& out, const rlp::Item& item, int depth) {
    if (!item.is_list) {
        out.bytes(item.payload);
        return true;
    }
    if (depth == 0) return false;
    out.begin_list();
    for (ByteView rest = item.payload; !rest.empty();) {
        const auto next = rlp::take(rest);
        if (!next || !rewrite(out, *next, depth - 1)) return false;
    }
    out.end_list();
    return true;
}

void check_number(const rlp::Item& item) {
    const auto word = rlp::word(item);
    const auto amount = rlp::amount(item);
    const auto integer = rlp::integer(item);
    CHECK(!integer || amount->low() == *integer);
    CHECK(!amount || word.has_value());
    if (!word) return;
    rlp::Encoder again;
    again.number(*word);
    rlp::Encoder same;
    same.bytes(item.payload);
    CHECK(std::move(again).take() == std::move(same).take());
}

}  // namespace

}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto item = rlp::decode({data, size});
    if (!item) return 0;
    check_number(*item);
    rlp::Encoder out;
    if (rewrite(out, *item, 64)) CHECK(std::move(out).take() == Bytes(data, data + size));
    return 0;
}
