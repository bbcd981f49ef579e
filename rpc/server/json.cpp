// A RapidJSON parse that counts nesting on its way into the document.
#include "rpc/server/json.hpp"

#include <cstring>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

namespace assay::rpc {

namespace {

constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseValidateEncodingFlag;

// Forwards parse events to the document and stops at the depth limit.
class DepthGuard {
  public:
    DepthGuard(rapidjson::Document& out, unsigned max_depth) : out_(out), left_(max_depth) {}

    bool Null() { return out_.Null(); }
    bool Bool(bool value) { return out_.Bool(value); }
    bool Int(int value) { return out_.Int(value); }
    bool Uint(unsigned value) { return out_.Uint(value); }
    bool Int64(std::int64_t value) { return out_.Int64(value); }
    bool Uint64(std::uint64_t value) { return out_.Uint64(value); }
    bool Double(double value) { return out_.Double(value); }
    bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
        return out_.RawNumber(text, size, copy);
    }
    bool String(const char* text, rapidjson::SizeType size, bool copy) {
        return out_.String(text, size, copy);
    }
    bool Key(const char* text, rapidjson::SizeType size, bool copy) {
        return out_.Key(text, size, copy);
    }
    bool StartObject() { return enter() && out_.StartObject(); }
    bool EndObject(rapidjson::SizeType count) { return leave() && out_.EndObject(count); }
    bool StartArray() { return enter() && out_.StartArray(); }
    bool EndArray(rapidjson::SizeType count) { return leave() && out_.EndArray(count); }

  private:
    bool enter() {
        if (left_ == 0) return false;
        --left_;
        return true;
    }
    bool leave() {
        ++left_;
        return true;
    }

    rapidjson::Document& out_;
    unsigned left_;
};

// True where the text ends inside a UTF-8 sequence. RapidJSON's check of such a sequence takes all
// of its bytes, the end mark and what lies behind it included.
bool ends_inside_character(std::string_view text) {
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto lead = static_cast<std::uint8_t>(text[text.size() - back]);
        const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
        if (length > back) return true;
    }
    return false;
}

}  // namespace

Result<void> parse_in_place(char* text, rapidjson::Document& out, unsigned max_depth) {
    if (ends_inside_character({text, std::strlen(text)}))
        return failure("invalid JSON: it ends inside a UTF-8 character");
    rapidjson::InsituStringStream stream(text);
    rapidjson::Reader reader;
    const auto generate = [&](rapidjson::Document& document) {
        DepthGuard guard(document, max_depth);
        return !reader.Parse<kFlags>(stream, guard).IsError();
    };
    out.Populate(generate);
    if (!reader.HasParseError()) return {};
    if (reader.GetParseErrorCode() == rapidjson::kParseErrorTermination)
        return failure("JSON nests deeper than " + std::to_string(max_depth) + " levels");
    return failure("invalid JSON at byte " + std::to_string(reader.GetErrorOffset()) + ": " +
                   rapidjson::GetParseError_En(reader.GetParseErrorCode()));
}

}  // namespace assay::rpc
