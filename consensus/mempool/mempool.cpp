// Admission, replacement, eviction and selection.
#include "consensus/mempool/mempool.hpp"

#include <algorithm>
#include <queue>

#include "chain/exec/gas.hpp"

namespace assay {

namespace {

// 10% more, rounded up, so that a fee of one still has to rise.
bool outbids(Amount fee, Amount old_fee) {
    const auto needed = mul_div_ceil(old_fee, Amount(110), Amount(100));
    return needed && fee >= *needed && fee > old_fee;
}

}  // namespace

Mempool::Cheapness Mempool::cheapness(const Entry& entry) {
    return {entry.tx->envelope.max_priority_fee_per_gas, entry.arrival, entry.tx->hash};
}

std::size_t Mempool::ready_count(const Sender& sender) {
    std::size_t count = 0;
    std::uint64_t nonce = sender.next;
    for (auto it = sender.txs.find(nonce); it != sender.txs.end() && it->first == nonce; ++it) {
        ++nonce;
        ++count;
    }
    return count;
}

Result<void> Mempool::add(const CheckedTxPtr& tx, std::uint64_t account_nonce) {
    {
        const std::lock_guard lock(mutex_);
        if (auto admitted = admit(tx, account_nonce); !admitted) return admitted;
    }
    if (added_) added_(tx);
    return {};
}

Result<void> Mempool::admit(const CheckedTxPtr& tx, std::uint64_t account_nonce) {
    if (by_hash_.contains(tx->hash)) return failure("already known");
    const std::uint64_t nonce = tx->envelope.nonce;
    const auto known = senders_.find(tx->sender);
    const std::uint64_t next =
        known == senders_.end() ? account_nonce : std::max(account_nonce, known->second.next);
    if (nonce < next)
        return failure("nonce too low: next nonce " + std::to_string(next) + ", tx nonce " +
                       std::to_string(nonce));
    if (nonce - next > limits_.max_nonce_gap)
        return failure("nonce too high: next nonce " + std::to_string(next) + ", tx nonce " +
                       std::to_string(nonce));
    if (known != senders_.end()) {
        const auto same = known->second.txs.find(nonce);
        if (same != known->second.txs.end()) {
            const CheckedTxPtr old = same->second.tx;
            if (!outbids(tx->envelope.max_fee_per_gas, old->envelope.max_fee_per_gas) ||
                !outbids(tx->envelope.max_priority_fee_per_gas,
                         old->envelope.max_priority_fee_per_gas))
                return failure("replacement transaction underpriced");
            if (bytes_ - old->raw.size() + tx->raw.size() > limits_.max_bytes)
                return failure("txpool is full");
            remove(old);
        } else if (known->second.txs.size() >= limits_.max_txs_per_sender) {
            return failure("txpool is full: at most " + std::to_string(limits_.max_txs_per_sender) +
                           " transactions wait for one sender");
        }
    }
    if (auto room = make_room(tx); !room) return room;
    Sender& sender = senders_[tx->sender];
    sender.next = next;
    const Entry entry{tx, arrivals_++, height_};
    sender.txs[nonce] = entry;
    by_hash_.emplace(tx->hash, tx);
    by_price_.insert(cheapness(entry));
    by_age_.push_back({entry.height, entry.arrival, tx->hash});
    place_head(tx->sender, sender);
    bytes_ += tx->raw.size();
    return {};
}

Result<void> Mempool::make_room(const CheckedTxPtr& tx) {
    const auto full = [&] {
        return by_hash_.size() >= limits_.max_txs || bytes_ + tx->raw.size() > limits_.max_bytes;
    };
    while (full()) {
        if (by_price_.empty() || !(by_price_.begin()->tip < tx->envelope.max_priority_fee_per_gas))
            return failure("txpool is full");
        const CheckedTxPtr cheapest = by_hash_.at(by_price_.begin()->hash);
        remove(cheapest);
    }
    return {};
}

void Mempool::remove(const CheckedTxPtr& tx) {
    const CheckedTxPtr keep = tx;  // the caller's reference may be the one erased here
    const auto sender = senders_.find(keep->sender);
    const auto entry = sender->second.txs.find(keep->envelope.nonce);
    by_price_.erase(cheapness(entry->second));
    bytes_ -= keep->raw.size();
    by_hash_.erase(keep->hash);
    sender->second.txs.erase(entry);
    place_head(keep->sender, sender->second);
    if (sender->second.txs.empty()) senders_.erase(sender);
}

void Mempool::place_head(const Address& address, Sender& sender) {
    std::optional<Head> head;
    const auto first = sender.txs.find(sender.next);
    if (first != sender.txs.end()) {
        const Entry& entry = first->second;
        head = Head{entry.tx->envelope.max_priority_fee_per_gas, entry.arrival, address};
    }
    if (head && sender.head && head->arrival == sender.head->arrival) return;
    if (sender.head) heads_.erase(*sender.head);
    if (head) heads_.insert(*head);
    sender.head = head;
}

// The heads met so far, best effective tip first.
struct Mempool::Selection {
    struct Cursor {
        Amount tip;
        std::uint64_t arrival = 0;
        Queue::const_iterator at;
        Queue::const_iterator end;
        bool operator<(const Cursor& other) const {  // the queue's top is the largest
            if (tip != other.tip) return tip < other.tip;
            return arrival > other.arrival;
        }
    };

    explicit Selection(Amount fee) : base_fee(fee) {}

    // A transaction whose cap is below the base fee waits, and with it what follows.
    void meet(Queue::const_iterator at, Queue::const_iterator end) {
        const auto price = at->second.tx->effective_gas_price(base_fee);
        if (!price) return;
        best.push({difference_of(*price, base_fee), at->second.arrival, at, end});
    }
    // True when no head from `next` on can be better than the best met.
    bool settled(const Head& next) const {
        if (best.empty()) return false;
        const Cursor& top = best.top();
        return top.tip != next.bound ? top.tip > next.bound : top.arrival < next.arrival;
    }

    Amount base_fee;
    std::priority_queue<Cursor> best;
};

std::vector<CheckedTxPtr> Mempool::select(Amount base_fee, std::uint64_t max_gas,
                                          std::uint64_t max_bytes) const {
    // A nearly full block is not worth a walk over everything that does not fit.
    constexpr std::size_t kMaxMisfits = 256;
    const std::lock_guard lock(mutex_);
    Selection selection(base_fee);
    std::vector<CheckedTxPtr> out;
    std::uint64_t gas = 0;
    std::uint64_t bytes = 0;
    std::size_t misfits = 0;
    auto next_head = heads_.begin();
    while (misfits < kMaxMisfits && gas + kTxGas <= max_gas) {
        for (; next_head != heads_.end() && !selection.settled(*next_head); ++next_head) {
            const Sender& sender = senders_.find(next_head->sender)->second;
            selection.meet(sender.txs.find(sender.next), sender.txs.end());
        }
        if (selection.best.empty()) break;
        const Selection::Cursor head = selection.best.top();
        selection.best.pop();
        const CheckedTxPtr& tx = head.at->second.tx;
        if (gas + tx->gas > max_gas || bytes + tx->raw.size() > max_bytes) {
            ++misfits;
            continue;
        }
        gas += tx->gas;
        bytes += tx->raw.size();
        out.push_back(tx);
        const auto next = std::next(head.at);
        if (next != head.end && next->first == head.at->first + 1) selection.meet(next, head.end);
    }
    return out;
}

bool Mempool::has_ready(Amount base_fee) const {
    const std::lock_guard lock(mutex_);
    for (const Head& head : heads_) {
        const Sender& sender = senders_.find(head.sender)->second;
        if (sender.txs.find(sender.next)->second.tx->effective_gas_price(base_fee)) return true;
    }
    return false;
}

void Mempool::committed(const std::vector<CheckedTxPtr>& txs, std::uint64_t height) {
    const std::lock_guard lock(mutex_);
    height_ = height;
    for (const auto& tx : txs) {
        const auto sender = senders_.find(tx->sender);
        if (sender == senders_.end()) continue;
        sender->second.next = std::max(sender->second.next, tx->envelope.nonce + 1);
        while (true) {
            const auto still = senders_.find(tx->sender);
            if (still == senders_.end()) break;
            const auto first = still->second.txs.begin();
            if (first->first >= still->second.next) {
                place_head(tx->sender, still->second);
                break;
            }
            remove(first->second.tx);
        }
    }
    expire();
}

void Mempool::expire() {
    // Names of those that left are swept once they are the most: a constant price for each.
    if (by_age_.size() > 2 * by_hash_.size() + 1024)
        std::erase_if(by_age_, [this](const Arrived& a) { return !by_hash_.contains(a.hash); });
    while (!by_age_.empty() && by_age_.front().height + limits_.max_age_blocks < height_) {
        const Arrived oldest = by_age_.front();
        by_age_.pop_front();
        const auto waiting = by_hash_.find(oldest.hash);
        if (waiting == by_hash_.end()) continue;
        const CheckedTxPtr tx = waiting->second;
        const Sender& sender = senders_.find(tx->sender)->second;
        if (sender.txs.find(tx->envelope.nonce)->second.arrival == oldest.arrival) remove(tx);
    }
}

void Mempool::drop(const Hash256& hash) {
    const std::lock_guard lock(mutex_);
    const auto it = by_hash_.find(hash);
    if (it != by_hash_.end()) remove(it->second);
}

std::uint64_t Mempool::next_nonce(const Address& sender, std::uint64_t account_nonce) const {
    const std::lock_guard lock(mutex_);
    const auto it = senders_.find(sender);
    if (it == senders_.end()) return account_nonce;
    const std::uint64_t start = std::max(account_nonce, it->second.next);
    std::uint64_t nonce = start;
    for (auto tx = it->second.txs.find(start); tx != it->second.txs.end() && tx->first == nonce;
         ++tx)
        ++nonce;
    return nonce;
}

CheckedTxPtr Mempool::find(const Hash256& hash) const {
    const std::lock_guard lock(mutex_);
    const auto it = by_hash_.find(hash);
    return it == by_hash_.end() ? nullptr : it->second;
}

std::vector<SenderContent> Mempool::content() const {
    const std::lock_guard lock(mutex_);
    std::vector<SenderContent> out;
    for (const auto& [address, sender] : senders_) {  // sorted below
        SenderContent content{.sender = address, .pending = {}, .queued = {}};
        const std::size_t ready = ready_count(sender);
        for (const auto& [nonce, entry] : sender.txs)
            (nonce - sender.next < ready ? content.pending : content.queued).push_back(entry.tx);
        out.push_back(std::move(content));
    }
    std::sort(out.begin(), out.end(),
              [](const SenderContent& a, const SenderContent& b) { return a.sender < b.sender; });
    return out;
}

std::size_t Mempool::size() const {
    const std::lock_guard lock(mutex_);
    return by_hash_.size();
}

std::size_t Mempool::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

std::pair<std::size_t, std::size_t> Mempool::counts() const {
    const std::lock_guard lock(mutex_);
    std::size_t ready = 0;
    for (const auto& [address, sender] : senders_) ready += ready_count(sender);
    return {ready, by_hash_.size() - ready};
}

}  // namespace assay
