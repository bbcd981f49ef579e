// Owns RLP (Ethereum yellow paper, appendix B): writing nested lists and strict reading.
#pragma once

#include <vector>

#include "chain/base/bytes.hpp"
#include "chain/types/amount.hpp"

namespace assay::rlp {

// Writes items in order; a list is what lies between begin_list() and end_list().
class Encoder {
  public:
    void reserve(std::size_t bytes) { out_.reserve(bytes); }
    void begin_list() { open_.push_back(out_.size()); }
    void end_list();
    void bytes(ByteView view);
    // Big-endian without leading zeros; zero is the empty string.
    void integer(std::uint64_t value);
    void integer(Amount value);
    // A big-endian number of any width, leading zeros dropped.
    void number(ByteView big_endian);
    // An item, or several, already encoded.
    void encoded(ByteView items) { append(out_, items); }
    // Every list must be closed.
    Bytes take() &&;

  private:
    Bytes out_;
    std::vector<std::size_t> open_;  // where the payloads of open lists start
};

// A string or a list; a list's payload is its items one after another.
struct Item {
    bool is_list = false;
    ByteView payload;
};

// Reads one item off the front of `rest` without copying. Refuses any form but the shortest.
Result<Item> take(ByteView& rest);
// One item and nothing behind it.
Result<Item> decode(ByteView whole);

// A canonical integer that fits; the error says what is wrong, without a name.
Result<std::uint64_t> integer(const Item& item);
Result<Amount> amount(const Item& item);
// A canonical big-endian number of at most 32 bytes, padded on the left.
Result<FixedBytes<32>> word(const Item& item);

}  // namespace assay::rlp
