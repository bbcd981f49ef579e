// Owns the type-erased forms of messages, views and events, made from their one declaration.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chain/codec/abi.hpp"
#include "chain/codec/abi_event.hpp"
#include "chain/codec/json.hpp"
#include "chain/exec/message.hpp"

namespace assay {

// A decoded message, ready to run.
class AnyMessage {
  public:
    virtual ~AnyMessage() = default;
    virtual TxCode check(const TxEnv& env) const = 0;
    virtual TxCode execute(State& state, const TxEnv& env) const = 0;
    virtual std::uint64_t gas() const = 0;
    virtual Amount spends() const = 0;
    virtual Bytes encode_call() const = 0;
    virtual void to_json(JsonWriter& out) const = 0;
};

struct MessageEntry {
    abi::Function function;  // name, selector, inputs, payable: what the published ABI shows
    bool payable = false;
    Result<std::unique_ptr<AnyMessage>> (*decode)(ByteView arguments) = nullptr;
    Result<std::unique_ptr<AnyMessage>> (*from_json)(const JsonValue& fields) = nullptr;
};

// A view with its arguments.
class AnyView {
  public:
    virtual ~AnyView() = default;
    // Writes what the view returns; nothing where it fails.
    virtual Result<void> answer(const State& state, const BlockEnv& block,
                                JsonWriter& out) const = 0;
};

struct ViewEntry {
    abi::Function function;
    Result<Bytes> (*call)(ByteView arguments, const State& state, const BlockEnv& block) = nullptr;
    Result<std::unique_ptr<AnyView>> (*from_json)(const JsonValue& arguments) = nullptr;
};

struct EventEntry {
    abi::Event event;
};

template <Message M>
class TypedMessage final : public AnyMessage {
  public:
    explicit TypedMessage(M message) : message_(std::move(message)) {}
    TxCode check(const TxEnv& env) const override { return message_.check(env); }
    TxCode execute(State& state, const TxEnv& env) const override {
        return message_.execute(state, env);
    }
    std::uint64_t gas() const override { return gas_of(message_); }
    Amount spends() const override { return spends_of(message_); }
    Bytes encode_call() const override { return abi::encode_call(message_); }
    void to_json(JsonWriter& out) const override { json::write(out, message_); }
    const M& message() const { return message_; }

  private:
    M message_;
};

template <Message M>
MessageEntry message_entry() {
    return {.function = abi::function_of<M>(is_payable<M>()),
            .payable = is_payable<M>(),
            .decode = [](ByteView arguments) -> Result<std::unique_ptr<AnyMessage>> {
                auto message = abi::decode<M>(arguments);
                if (!message) return message.error();
                return std::make_unique<TypedMessage<M>>(std::move(*message));
            },
            .from_json = [](const JsonValue& fields) -> Result<std::unique_ptr<AnyMessage>> {
                auto message = json::read<M>(fields);
                if (!message) return message.error();
                return std::make_unique<TypedMessage<M>>(std::move(*message));
            }};
}

template <View V>
class TypedView final : public AnyView {
  public:
    explicit TypedView(V view) : view_(std::move(view)) {}
    Result<void> answer(const State& state, const BlockEnv& block, JsonWriter& out) const override {
        const auto result = view_.view(state, block);
        if (!result) return result.error();
        json::write(out, *result);
        return {};
    }

  private:
    V view_;
};

template <View V>
ViewEntry view_entry() {
    return {
        .function = abi::view_of<V, typename V::Returns>(),
        .call = [](ByteView arguments, const State& state, const BlockEnv& block) -> Result<Bytes> {
            const auto view = abi::decode<V>(arguments);
            if (!view) return view.error();
            const auto out = view->view(state, block);
            if (!out) return out.error();
            return abi::encode_return(*out);
        },
        .from_json = [](const JsonValue& arguments) -> Result<std::unique_ptr<AnyView>> {
            auto view = json::read<V>(arguments);
            if (!view) return view.error();
            return std::make_unique<TypedView<V>>(std::move(*view));
        }};
}

template <class E>
EventEntry event_entry() {
    return {.event = abi::event_of<E>()};
}

template <class... M>
std::vector<MessageEntry> messages() {
    return {message_entry<M>()...};
}
template <class... V>
std::vector<ViewEntry> views() {
    return {view_entry<V>()...};
}
template <class... E>
std::vector<EventEntry> events() {
    return {event_entry<E>()...};
}

}  // namespace assay
