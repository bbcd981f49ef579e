// JSON-RPC 2.0: validity of a call, batches, notifications, and replies that come later.
#include "rpc/server/run.hpp"

#include <array>
#include <exception>
#include <utility>

namespace assay::rpc {

namespace {

std::string json_of(const JsonValue& value) {
    JsonBuffer buffer;
    JsonWriter writer(buffer);
    value.Accept(writer);
    return std::string(text_of(buffer));
}

void put_head(JsonBuffer& out, const JsonValue* id) {
    put_raw(out, R"({"jsonrpc":"2.0","id":)");
    if (id == nullptr) {
        put_raw(out, "null");
    } else {
        JsonWriter writer(out);
        id->Accept(writer);
    }
}

void put_error_member(JsonBuffer& out, const RpcError& error) {
    put_raw(out, R"(,"error":{"code":)");
    put_raw(out, std::to_string(error.code));
    put_raw(out, R"(,"message":)");
    JsonWriter writer(out);
    put_string(writer, error.message);
    if (!error.data.empty()) {
        put_raw(out, R"(,"data":)");
        put_raw(out, error.data);
    }
    put_raw(out, "}}");
}

void put_answer(JsonBuffer& out, std::string_view id, const Answer& answer) {
    if (const auto* error = std::get_if<RpcError>(&answer)) return put_error(out, id, *error);
    put_raw(out, R"({"jsonrpc":"2.0","id":)");
    put_raw(out, id);
    put_raw(out, R"(,"result":)");
    put_raw(out, std::get<std::string>(answer));
    put_raw(out, "}");
}

const JsonValue* member(const JsonValue& object, const char* name) {
    const auto it = object.FindMember(name);
    return it == object.MemberEnd() ? nullptr : &it->value;
}

// The name of a member that stands twice among the four that a call has; empty without one. Two
// readers of such a call could take different ones.
std::string_view duplicate_of(const JsonValue& request) {
    static constexpr std::array<std::string_view, 4> kNames{"jsonrpc", "id", "method", "params"};
    std::array<bool, kNames.size()> seen{};
    for (const auto& entry : request.GetObject())
        for (std::size_t i = 0; i < kNames.size(); ++i)
            if (text_of(entry.name) == kNames[i] && std::exchange(seen[i], true)) return kNames[i];
    return {};
}

bool is_id(const JsonValue& value) {
    return value.IsNull() || value.IsString() || value.IsNumber();
}

}  // namespace

void put_error(JsonBuffer& out, std::string_view id, const RpcError& error) {
    put_raw(out, R"({"jsonrpc":"2.0","id":)");
    put_raw(out, id);
    put_error_member(out, error);
}

// Gathers deferred answers from any thread and replies after the last.
class Dispatcher::Run::Collector {
  public:
    Collector(JsonBuffer out, bool is_batch, std::size_t open, Reply reply)
        : out_(std::move(out)), is_batch_(is_batch), open_(open), reply_(std::move(reply)) {}

    void add(const std::string& id, const Answer& answer) {
        {
            const std::lock_guard lock(mutex_);
            if (!id.empty()) {
                if (is_batch_ && out_.GetSize() > 1) put_raw(out_, ",");
                put_answer(out_, id, answer);
            }
            if (--open_ > 0) return;
        }
        close_batch(out_, is_batch_);
        reply_(std::move(out_));
    }
    // A batch of notifications only has no reply at all.
    static void close_batch(JsonBuffer& out, bool is_batch) {
        if (!is_batch) return;
        if (out.GetSize() == 1)
            out.Clear();
        else
            put_raw(out, "]");
    }

  private:
    std::mutex mutex_;
    JsonBuffer out_;
    bool is_batch_;
    std::size_t open_;
    Reply reply_;
};

void Dispatcher::Run::finish(Reply reply) && {
    if (waiting_.empty()) {
        Collector::close_batch(out_, is_batch_);
        return reply(std::move(out_));
    }
    auto collector =
        std::make_shared<Collector>(std::move(out_), is_batch_, waiting_.size(), std::move(reply));
    for (auto& waiting : waiting_)
        waiting.call.start([collector, id = std::move(waiting.id),
                            &dispatcher = dispatcher_](const Answer& answer) {
            if (const auto* error = std::get_if<RpcError>(&answer))
                return collector->add(id, dispatcher.worded(*error));
            collector->add(id, answer);
        });
}

void Dispatcher::Run::begin_item() {
    if (is_batch_ && out_.GetSize() > 1) put_raw(out_, ",");
}

void Dispatcher::Run::reply_error(const JsonValue* id, const RpcError& error) {
    begin_item();
    put_head(out_, id);
    put_error_member(out_, dispatcher_.worded(error));
}

void Dispatcher::Run::message(char* text) {
    rapidjson::Document document;
    if (const auto parsed = parse_in_place(text, document, dispatcher_.limits_.json_depth); !parsed)
        return reply_error(nullptr, error_of(ErrorCode::parse, parsed.error().message));
    if (document.IsArray()) return batch(document);
    call(document);
}

void Dispatcher::Run::batch(const JsonValue& items) {
    if (items.Empty())
        return reply_error(nullptr, error_of(ErrorCode::invalid_request, "empty batch"));
    if (items.Size() > dispatcher_.limits_.batch_items)
        return reply_error(
            nullptr, error_of(ErrorCode::invalid_request,
                              "batch too large: at most " +
                                  std::to_string(dispatcher_.limits_.batch_items) + " calls"));
    is_batch_ = true;
    put_raw(out_, "[");
    bool full = false;
    for (const auto& item : items.GetArray()) {
        const std::size_t before = out_.GetSize();
        if (!full) {
            call(item);
            if (out_.GetSize() <= dispatcher_.limits_.batch_reply_bytes) continue;
            out_.Pop(out_.GetSize() - before);
            full = true;
        }
        const JsonValue* id = item.IsObject() ? member(item, "id") : nullptr;
        if (id != nullptr && is_id(*id))
            reply_error(id, error_of(ErrorCode::response_too_large, "response too large"));
    }
}

void Dispatcher::Run::call(const JsonValue& request) {
    const auto invalid = [&](const JsonValue* id, const std::string& why) {
        reply_error(id, error_of(ErrorCode::invalid_request, why));
    };
    if (!request.IsObject()) return invalid(nullptr, "invalid request: not an object");
    if (const auto name = duplicate_of(request); !name.empty())
        return invalid(nullptr, "invalid request: duplicate member " + std::string(name));
    const JsonValue* id = member(request, "id");
    if (id != nullptr && !is_id(*id))
        return invalid(nullptr, "invalid request: id is neither string, number nor null");
    const JsonValue* version = member(request, "jsonrpc");
    if (version == nullptr || !version->IsString() || text_of(*version) != "2.0")
        return invalid(id, R"(invalid request: jsonrpc must be "2.0")");
    const JsonValue* method = member(request, "method");
    if (method == nullptr || !method->IsString())
        return invalid(id, "invalid request: method is missing or not a string");
    const JsonValue* params = member(request, "params");
    if (params != nullptr && params->IsNull()) params = nullptr;
    if (params != nullptr && !params->IsArray() && !params->IsObject())
        return reply_error(id, invalid_params("params must be an array or an object"));
    if (!session_->charge()) {
        if (id != nullptr)
            reply_error(id, error_of(ErrorCode::limit_exceeded, "request rate limit exceeded"));
        return;
    }
    const Entry* entry = dispatcher_.find(text_of(*method));
    if (entry != nullptr) return run_handler(*entry, params, id);
    ++dispatcher_.unknown_;
    if (id == nullptr) return;
    reply_error(
        id, error_of(ErrorCode::method_not_found, "the method " + std::string(text_of(*method)) +
                                                      " does not exist/is not available"));
}

void Dispatcher::Run::run_handler(const Entry& entry, const JsonValue* params,
                                  const JsonValue* id) {
    const std::size_t before = out_.GetSize();
    begin_item();
    put_head(out_, id);
    put_raw(out_, R"(,"result":)");
    JsonWriter writer(out_);
    Call call{.params = params, .out = writer, .session = session_, .id = id};
    Outcome outcome;
    try {
        outcome = entry.handler(call);
    } catch (const std::exception& fault) {  // out of memory, or a library's own: one call only
        outcome = error_of(ErrorCode::internal, std::string("internal error: ") + fault.what());
    }
    // A deferred call counts as answered: it was accepted.
    ++(std::holds_alternative<RpcError>(outcome) ? entry.refused : entry.answered);
    if (std::holds_alternative<Done>(outcome) && id != nullptr) return put_raw(out_, "}");
    out_.Pop(out_.GetSize() - before);
    if (auto* deferred = std::get_if<Deferred>(&outcome))
        waiting_.push_back({id == nullptr ? std::string() : json_of(*id), std::move(*deferred)});
    else if (id != nullptr && std::holds_alternative<RpcError>(outcome))
        reply_error(id, std::get<RpcError>(outcome));
}

}  // namespace assay::rpc
