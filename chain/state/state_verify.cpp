// The full check of a store: every hash again from key and value, both copies, count and root.
#include "chain/state/state_store_impl.hpp"

namespace assay {

namespace {

constexpr std::uint64_t kProgressEvery = 65536;

class Verifier {
  public:
    Verifier(const StateVersion& version, const std::function<void(std::uint64_t)>& progress)
        : version_(version), progress_(progress), records_(version.snapshot->iterator()) {}

    Result<void> run() {
        UpperTree tree;
        records_.seek(ByteView(&kRecordPrefix, 1));
        tree.rebuild([this](Leaf& leaf) { return next_leaf(leaf); },
                     [](NodeIndex, std::span<const Leaf>) {});
        if (damage_) return *damage_;
        if (auto read = records_.status(); !read) return read;
        if (tree.root().count != version_.head.count)
            return failure("there are " + std::to_string(tree.root().count) +
                           " records, the head states " + std::to_string(version_.head.count));
        if (tree.root().hash != version_.head.root)
            return failure("the records give root " + to_hex0x(tree.root().hash) +
                           ", the head states " + to_hex0x(version_.head.root));
        return check_ordered_count();
    }

  private:
    bool next_leaf(Leaf& leaf) {
        if (damage_ || !records_.valid() || records_.key()[0] != kRecordPrefix) return false;
        if (auto checked = check_record(leaf); !checked) {
            damage_ = checked.error();
            return false;
        }
        records_.next();
        if (++done_ % kProgressEvery == 0 && progress_) progress_(done_);
        return true;
    }
    Result<void> check_record(Leaf& leaf) {
        if (records_.key().size() != RecordKey::kSize)
            return failure("a stored record has a key of the wrong length");
        const auto record = decode_record(records_.value());
        if (!record) return record.error();
        const std::string name = "record " + to_hex0x(record->key);
        leaf = {TreePath::from(records_.key().subspan(1)), record->hash};
        if (leaf.path != path_of(record->key)) return failure(name + " is stored elsewhere");
        if (leaf.hash != leaf_hash(leaf.path, record->value))
            return failure(name + " does not have its stored leaf hash");
        if (!is_ordered_key(record->key)) return {};
        ++ordered_;
        const auto copy = version_.snapshot->get(ordered_key(record->key));
        if (!copy) return failure(name + " has no ordered copy");
        if (text_of(*copy) != text_of(record->value))
            return failure(name + " differs from its ordered copy");
        return {};
    }
    Result<void> check_ordered_count() const {
        Iterator it = version_.snapshot->iterator();
        std::uint64_t count = 0;
        for (it.seek(ByteView(&kOrderedPrefix, 1)); it.valid() && it.key()[0] == kOrderedPrefix;
             it.next())
            ++count;
        if (auto read = it.status(); !read) return read;
        if (count != ordered_)
            return failure("there are " + std::to_string(count) + " ordered copies of " +
                           std::to_string(ordered_) + " records");
        return {};
    }

    const StateVersion& version_;
    const std::function<void(std::uint64_t)>& progress_;
    Iterator records_;
    std::optional<Error> damage_;
    std::uint64_t done_ = 0;
    std::uint64_t ordered_ = 0;
};

}  // namespace

Result<void> StateStore::verify(const std::function<void(std::uint64_t)>& progress) const {
    const auto version = impl_->newest();
    if (!version) return {};
    return Verifier(*version, progress).run();
}

}  // namespace assay
