// Slots: magic, CRC-32C, length, record; the rest is zero.
#include "consensus/privval/sign_state.hpp"

#include <optional>

#include "chain/crypto/crc32c.hpp"

namespace assay::consensus {

namespace {

constexpr std::uint64_t kMagic = 0x31564c4159415341;  // "ASAYALV1"
constexpr std::size_t kHeadBytes = 16;
constexpr std::size_t kMaxSignBytes = 1024;

void put_le(Bytes& out, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t get_le(ByteView in, std::size_t at, std::size_t width) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < width; ++i)
        out |= static_cast<std::uint64_t>(in[at + i]) << (8 * i);
    return out;
}

void write(protobuf::Writer& out, const SignRecord& record) {
    out.varint(1, record.sequence);
    out.integer(2, record.height);
    out.integer(3, record.round);
    out.varint(4, static_cast<std::uint64_t>(record.step));
    out.bytes(5, record.sign_bytes);
    out.bytes(6, record.signature);
}

void read(protobuf::Reader& in, SignRecord& record) {
    record.sequence = in.varint(1);
    record.height = in.int64(2);
    record.round = in.int32(3);
    const std::uint64_t step = in.varint(4);
    if (step > 3) in.fail(4, "is no step");
    record.step = in.ok() ? static_cast<SignStep>(step) : SignStep::none;
    record.sign_bytes = to_bytes(in.bytes(5));
    record.signature = in.fixed<64>(6);
}

Bytes slot_of(const SignRecord& record) {
    protobuf::Writer body;
    write(body, record);
    CHECK(body.view().size() <= kSignSlotBytes - kHeadBytes);
    Bytes checked;
    put_le(checked, body.view().size(), 4);
    append(checked, body.view());
    Bytes out;
    put_le(out, kMagic, 8);
    put_le(out, crc32c(checked), 4);
    append(out, checked);
    out.resize(kSignSlotBytes);
    return out;
}

std::optional<SignRecord> record_in(ByteView slot) {
    const std::uint64_t length = get_le(slot, 12, 4);
    if (get_le(slot, 0, 8) != kMagic || length > kSignSlotBytes - kHeadBytes) return std::nullopt;
    if (get_le(slot, 8, 4) != crc32c(slot.subspan(12, 4 + length))) return std::nullopt;
    protobuf::Reader in(slot.subspan(kHeadBytes, length));
    SignRecord out;
    read(in, out);
    if (!in.finish()) return std::nullopt;
    return out;
}

}  // namespace

Result<SignState> SignState::create(Disk& disk, const std::string& path) {
    if (disk.exists(path))
        return failure(path + " exists already; it guards the key against signing twice");
    SignRecord first;
    first.sequence = 1;
    Bytes content = slot_of(SignRecord{});
    append(content, slot_of(first));
    const auto written = replace_file(disk, path, content);
    if (!written) return written.error();
    return open(disk, path);
}

Result<SignState> SignState::open(Disk& disk, const std::string& path) {
    if (!disk.exists(path))
        return failure(path +
                       " is missing, so what this key signed is unknown. Restore the file. "
                       "Only if the key never signed on this chain, create a new one");
    auto file = disk.open(path);
    if (!file) return file.error();
    std::optional<SignRecord> newest;
    if ((*file)->size() == 2 * kSignSlotBytes) {
        const auto content = (*file)->read(0, 2 * kSignSlotBytes);
        if (!content) return content.error();
        for (const std::size_t at : {std::size_t{0}, kSignSlotBytes}) {
            auto record = record_in(ByteView(*content).subspan(at, kSignSlotBytes));
            if (record && record->sequence % 2 == at / kSignSlotBytes &&
                (!newest || record->sequence > newest->sequence))
                newest = std::move(record);
        }
    }
    if (!newest)
        return failure(path +
                       " is damaged in both slots, so what this key signed is unknown. "
                       "Restore the file, or wait until the chain is past every height "
                       "this node may have signed and create a new one");
    // A process that was killed may have left a record that only the system's memory holds.
    if (const auto synced = (*file)->sync(); !synced) return synced.error();
    return SignState(std::move(*file), std::move(*newest));
}

Result<void> SignState::store(SignRecord record) {
    CHECK(record.sign_bytes.size() <= kMaxSignBytes);
    record.sequence = last_.sequence + 1;
    const auto at = (record.sequence % 2) * kSignSlotBytes;
    auto done = file_->write(at, slot_of(record));
    if (done) done = file_->sync();
    if (done) last_ = std::move(record);
    return done;
}

}  // namespace assay::consensus
