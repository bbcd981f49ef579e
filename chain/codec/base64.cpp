// RFC 4648, section 4.
#include "chain/codec/base64.hpp"

#include <algorithm>

namespace assay {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64_of(ByteView data) {
    std::string out;
    out.reserve((data.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < data.size(); i += 3) {
        const std::size_t left = data.size() - i;
        std::uint32_t group = static_cast<std::uint32_t>(data[i]) << 16U;
        if (left > 1) group |= static_cast<std::uint32_t>(data[i + 1]) << 8U;
        if (left > 2) group |= data[i + 2];
        out += kBase64[group >> 18U];
        out += kBase64[(group >> 12U) & 63U];
        out += left > 1 ? kBase64[(group >> 6U) & 63U] : '=';
        out += left > 2 ? kBase64[group & 63U] : '=';
    }
    return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t pads = !last ? 0 : text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const std::size_t digit = j < 4 - pads ? kBase64.find(text[i + j]) : 0;
            if (digit == std::string_view::npos) return std::nullopt;
            group = group << 6U | static_cast<std::uint32_t>(digit);
        }
        for (std::size_t j = 0; j < 3 - pads; ++j)
            out.push_back(static_cast<std::uint8_t>(group >> (16U - 8U * j)));
    }
    return out;
}

}  // namespace assay
