// Owns the structs of the ABI and EIP-712 vectors; tests/vectors/schema.mjs has the same ones.
#pragma once

#include "chain/codec/describe.hpp"
#include "chain/types/ids.hpp"

namespace assay::test {

enum class Shade : std::uint8_t { red, green, blue };

struct Leaf {
    std::uint32_t weight = 0;
    std::string label;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (weight, label, amount))

struct Point {
    std::int64_t x = 0;
    std::int32_t y = 0;
    bool is_on = false;
};
BOOST_DESCRIBE_STRUCT(Point, (), (x, y, is_on))

struct Numbers {
    bool flag = false;
    std::uint8_t u8 = 0;
    std::uint16_t u16 = 0;
    std::uint32_t u32 = 0;
    std::uint64_t u64 = 0;
    std::int8_t i8 = 0;
    std::int16_t i16 = 0;
    std::int32_t i32 = 0;
    std::int64_t i64 = 0;
    Shade shade{};
    Address owner_address;
    FixedBytes<4> tag;
    Hash256 digest;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(Numbers, (),
                      (flag, u8, u16, u32, u64, i8, i16, i32, i64, shade, owner_address, tag,
                       digest, amount))

struct Everything {
    Numbers numbers;
    Bytes blob;
    std::string long_text;
    std::vector<std::uint64_t> counts;
    std::vector<Bytes> blobs;
    std::vector<std::string> texts;
    std::vector<Hash256> hashes;
    std::vector<bool> flags;
    std::vector<Address> owners;
    Leaf leaf;
    Point point;
    std::vector<Leaf> leaves;
    std::vector<Point> points;
    std::array<std::uint16_t, 3> triple{};
    std::array<std::string, 2> pair;
    std::vector<std::vector<std::uint32_t>> grid;
    std::array<Point, 2> corners;
    std::vector<Shade> shades;
    std::uint8_t last_one = 0;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (numbers, blob, long_text, counts, blobs, texts, hashes, flags, owners, leaf,
                       point, leaves, points, triple, pair, grid, corners, shades, last_one))

struct LeavesOf {
    Address owner;
    using Returns = std::vector<Leaf>;
};
BOOST_DESCRIBE_STRUCT(LeavesOf, (), (owner))

struct Seen {
    std::string long_text;
    Address who;
    std::vector<std::uint32_t> counts;
    Leaf leaf;
    std::uint64_t total = 0;
    static constexpr int kIndexed = 3;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (long_text, who, counts, leaf, total))

}  // namespace assay::test
