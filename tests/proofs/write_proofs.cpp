// Writes proofs of random and edge-case states, one JSON object a line, for another implementation
// to judge: root, key, value (null: absent) and the ICS-23 proof bytes.
#include <cstdio>
#include <map>
#include <random>

#include "chain/codec/json.hpp"
#include "chain/state/state_store.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay {

struct ProofCase {
    std::string name;
    Hash256 root;
    Bytes key;
    std::optional<Bytes> value;
    Bytes proof;
};
BOOST_DESCRIBE_STRUCT(ProofCase, (), (name, root, key, value, proof))

namespace {

class Writer {
  public:
    Writer() {
        database_ = std::move(Database::open(dir_.path()).value());
        store_ = std::move(StateStore::open(*database_).value());
    }
    void commit(const std::map<Bytes, std::optional<Bytes>>& wanted) {
        std::vector<Change> changes;
        for (const auto& [key, value] : wanted) changes.push_back({key, value});
        Batch batch;
        auto prepared = store_->prepare(store_->empty() ? 0 : store_->height() + 1, changes, batch);
        CHECK(database_->write(batch, false).has_value());
        store_->commit(std::move(prepared));
    }
    void write(const std::string& name, std::uint64_t height, const Bytes& key) const {
        const auto proof = store_->prove(height, key);
        CHECK(proof.has_value());
        auto value = store_->at(height)->get(key);
        // What the tree commits to: an empty record stands as one zero byte.
        if (value) value = to_bytes(committed_value(*value));
        rapidjson::StringBuffer text;
        JsonWriter json(text);
        json::write(json,
                    ProofCase{name, *store_->root_at(height), key, value, encode_ics23(*proof)});
        std::puts(text.GetString());
    }
    std::uint64_t height() const { return store_->height(); }

  private:
    TempDir dir_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<StateStore> store_;
};

Bytes key_of(std::uint32_t number) {
    return {4, static_cast<std::uint8_t>(number % 2 == 0 ? 0x90 : 0x10),
            static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
}

void write_small_trees() {
    Writer writer;
    for (std::uint32_t size = 1; size <= 20; ++size) {
        writer.commit({{key_of(size), Bytes(size, 7)}});
        for (std::uint32_t number = 1; number <= 40; ++number)
            writer.write("tree of " + std::to_string(size), writer.height(), key_of(number));
    }
    writer.commit({{key_of(1), Bytes{}}});
    writer.write("empty record", writer.height(), key_of(1));
    writer.write("neighbour of an empty record", writer.height(), key_of(50));
}

void write_random_tree() {
    Writer writer;
    std::mt19937_64 random(20);
    constexpr std::uint32_t kKeys = 6000;
    const auto any_key = [&] { return key_of(static_cast<std::uint32_t>(random() % kKeys)); };
    for (int block = 0; block < 30; ++block) {
        std::map<Bytes, std::optional<Bytes>> changes;
        for (int i = 0; i < 300; ++i) {
            auto& value = changes[any_key()];
            if (random() % 4 != 0) value = Bytes(1 + random() % 80, 5);
        }
        writer.commit(changes);
    }
    for (int i = 0; i < 600; ++i)
        writer.write("newest of a random tree", writer.height(), any_key());
    for (int i = 0; i < 600; ++i)
        writer.write("earlier height of a random tree", random() % writer.height(), any_key());
}

}  // namespace

}  // namespace assay

int main() {
    assay::write_small_trees();
    assay::write_random_tree();
    return 0;
}
