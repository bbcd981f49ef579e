// rpc.discover: the dispatcher's own table as an OpenRPC document.
#include "rpc/server/dispatcher.hpp"

namespace assay::rpc {

namespace {

void put_member(JsonWriter& out, std::string_view key, std::string_view value) {
    put_key(out, key);
    put_string(out, value);
}

void put_method(JsonWriter& out, const Method& method) {
    out.StartObject();
    put_member(out, "name", method.name);
    put_member(out, "summary", method.summary);
    put_member(out, "paramStructure", "by-position");
    out.Key("params");
    out.StartArray();
    for (const auto& param : method.params) {
        out.StartObject();
        put_member(out, "name", param.name);
        out.Key("required");
        out.Bool(param.required);
        out.Key("schema");
        out.StartObject();
        put_member(out, "type", param.type);
        out.EndObject();
        out.EndObject();
    }
    out.EndArray();
    out.Key("result");
    out.StartObject();
    put_member(out, "name", "result");
    out.Key("schema");
    out.StartObject();
    out.EndObject();
    out.EndObject();
    out.EndObject();
}

}  // namespace

void Dispatcher::add_discovery(std::string title, std::string version) {
    add({.name = "rpc.discover", .summary = "This document", .params = {}},
        [this, title = std::move(title), version = std::move(version)](Call& call) -> Outcome {
            JsonWriter& out = call.out;
            out.StartObject();
            put_member(out, "openrpc", "1.3.2");
            out.Key("info");
            out.StartObject();
            put_member(out, "title", title);
            put_member(out, "version", version);
            out.EndObject();
            out.Key("methods");
            out.StartArray();
            for (const Method* method : methods()) put_method(out, *method);
            out.EndArray();
            out.EndObject();
            return Done{};
        });
}

}  // namespace assay::rpc
