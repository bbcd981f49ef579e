// Lives of a simulated node.
#include "tests/simulation/node.hpp"

#include "tests/simulation/life.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

constexpr const char* kSignPath = "sign_state";
constexpr const char* kJournalPath = "journal";
constexpr std::uint64_t kJournalBytes = 20'000;
constexpr std::int64_t kEpoch = 1'700'000'000;  // of the simulated clock
constexpr std::uint8_t kVoteTag = 0x22;

}  // namespace

PeerId peer_of(std::size_t number) {
    PeerId out;
    out.bytes[19] = static_cast<std::uint8_t>(number);
    return out;
}

std::size_t number_of(const PeerId& peer) {
    return peer.bytes[19];
}

Node::Node(World& world, std::size_t number)
    : world_(world),
      number_(number),
      member_(world.plan.members[number]),
      app_(world.stage->host(disk_)),
      skew_ms_(member_.skew_ms) {
    CHECK(SignState::create(disk_, kSignPath).has_value());
    if (member_.byzantine && !member_.twin)
        liar_ = std::make_unique<Liar>(*this, world, number, world.random.fork());
}

Node::~Node() = default;

std::int32_t Node::round() const {
    return life_ ? life_->replica->core().round() : -1;
}

// A process --------------------------------------------------------------------------------------

void Node::start() {
    if (life_) return;
    ++lives_;
    life_ = std::make_unique<Life>();
    const auto opened = open(*life_);
    if (!opened) {
        if (!disk_.failed())
            world_.judge.violate("node " + std::to_string(number_) +
                                 " does not start: " + opened.error().message);
        return gone();
    }
    Replica& replica = *life_->replica;
    world_.trace(number_, [&] { return "UP at " + std::to_string(replica.position().height); });
    if (is_honest()) {
        world_.judge.recovered(number_, replica.position().height);
        // A block may be durable although the process never heard so.
        if (height() > 0) world_.judge.committed(number_, replica.position(), *app_);
    }
    replica.start();
    for (const PeerId& peer : peers()) replica.peer_up(peer);
    for (const auto& other : world_.nodes)
        if (other.get() != this)
            other->call([&](Life& it) { it.replica->peer_up(peer_of(number_)); });
    settle();
}

Result<void> Node::open(Life& life) {
    auto app = app_->start();
    if (!app) return app.error();
    life.app = *app;
    const crypto::SecretKey& key = key_of(member_.key).secret;
    if (liar_) {
        life.signer =
            std::make_unique<RecklessSigner>(key, member_.habits.lies_about_time, world_.judge);
    } else {
        auto state = SignState::open(disk_, kSignPath);
        if (!state) return state.error();
        life.signer = std::make_unique<CarefulSigner>(key, std::move(*state), world_.judge);
    }
    auto wal = Wal::open(disk_, {"wal", world_.plan.segment_bytes});
    if (!wal) return wal.error();
    life.wal = std::move(*wal);
    auto journal = MempoolJournal::open(disk_, kJournalPath, kJournalBytes, [&](Bytes raw) {
        if (const auto admitted = app_->admit(std::move(raw)); admitted.tx)
            (void)life.mempool.add(admitted.tx, admitted.account_nonce);
    });
    if (!journal) return journal.error();
    life.journal = std::move(*journal);
    life.replica = std::make_unique<Replica>(
        world_.identity, world_.plan.config,
        Replica::Ports{.app = *life.app,
                       .mempool = life.mempool,
                       .wal = *life.wal,
                       .signer = life.signer.get(),
                       .peers = *this,
                       .clock = *this,
                       .timers = *this,
                       .prover = world_.stage->prover(member_.key)},
        Replica::Events{.committed = [this](const CommittedBlock& done) { committed(done); },
                        .failed = [&life](const Error& error) { life.failure = error.message; },
                        .refused = {}});
    return life.replica->recover();
}

void Node::committed(const CommittedBlock& done) {
    const ChainPosition& position = life_->replica->position();
    world_.trace(number_, [&] {
        return "COMMITTED " + std::to_string(position.height) + " " +
               to_hex(position.last_block_id.hash).substr(0, 8) + ", " +
               std::to_string(done.txs.size()) + " transactions";
    });
    world_.mix(position.height + number_);
    if (is_honest()) world_.judge.committed(number_, position, *app_);
    (void)life_->journal->trim(life_->mempool);
}

template <class Call>
void Node::call(Call action) {
    if (!life_) return;
    action(*life_);
    settle();
}

// A replica that has failed is a process that ends; only a broken disk is a reason.
void Node::settle() {
    if (!life_ || !life_->replica->has_failed()) return;
    if (!disk_.failed())
        world_.judge.violate("node " + std::to_string(number_) + " stops: " + life_->failure);
    gone();
}

void Node::gone() {
    ++world_.stats.crashes_at_effect;
    crash(when_disk_fails_);
    restart_after(down_for_);
}

void Node::crash(Crash how) {
    world_.trace(number_, [&] {
        return std::string(how == Crash::power ? "POWER LOST" : "KILLED") + " at " +
               std::to_string(height());
    });
    ++world_.stats.crashes;
    life_.reset();
    app_->stop();
    if (how == Crash::power) {
        std::mt19937_64 keep(world_.random.next());
        disk_.crash(keep);
    }
    disk_.repair();
    for (const auto& other : world_.nodes)
        if (other.get() != this && other->is_up())
            other->life_->replica->peer_down(peer_of(number_));
}

void Node::crash_at_effect(std::uint64_t effects, Crash how, Micros down_for) {
    when_disk_fails_ = how;
    down_for_ = down_for;
    disk_.fail_after(effects);
}

void Node::restart_after(Micros delay) {
    world_.scheduler.after(delay, [this, life = lives_] {
        if (lives_ == life) start();
    });
}

void Node::heal() {
    disk_.repair();
    start();
}

// What happens to it ------------------------------------------------------------------------------

void Node::deliver(std::size_t from, Channel channel, const Bytes& message) {
    if (!life_) return;
    if (liar_) liar_->hear(from, channel, message);
    if (channel == Channel::transactions) {
        if (take_transaction(message)) gossip_transaction(message, from);
        return call([](Life& life) { life.replica->work(); });
    }
    if (channel != Channel::consensus) return;
    world_.trace(number_, [&] { return "< " + std::to_string(from) + " " + summary_of(message); });
    if (is_honest()) watch_vote(message);
    call([&](Life& life) { life.replica->receive(peer_of(from), message); });
}

// For the count of double votes that honest nodes could have punished.
void Node::watch_vote(const Bytes& message) {
    if (message.empty() || message[0] != kVoteTag || world_.plan.members.empty()) return;
    const auto decoded = decode_message(message);
    if (!decoded) return;
    const Vote& vote = std::get<Vote>(*decoded);
    const auto height = static_cast<std::int64_t>(this->height()) + 1;
    for (const Member& member : world_.plan.members) {
        const Key& key = key_of(member.key);
        if (!member.byzantine || key.address != vote.validator || vote.height != height) continue;
        if (vote.round > life_->replica->core().round() + 1) continue;
        const ValidatorSet& set = life_->replica->position().validators;
        if (set.index_of(vote.validator) != static_cast<std::size_t>(vote.validator_index))
            continue;
        if (verify_message(key.public_key, vote.sign_bytes(world_.identity.chain_id),
                           vote.signature))
            world_.judge.saw_vote(number_, vote);
        return;
    }
}

bool Node::take_transaction(const Bytes& raw) {
    const auto admitted = app_->admit(raw);
    if (!admitted.tx) return false;
    const auto added = life_->mempool.add(admitted.tx, admitted.account_nonce);
    if (added) (void)life_->journal->add(*admitted.tx);
    world_.stats.largest_mempool = std::max(world_.stats.largest_mempool, life_->mempool.size());
    return added.has_value();
}

void Node::gossip_transaction(const Bytes& raw, std::size_t except) {
    for (std::size_t to = 0; to < world_.nodes.size(); ++to)
        if (to != number_ && to != except && world_.nodes[to]->is_up())
            world_.network->send(number_, to, Channel::transactions, raw);
}

void Node::submit(const Bytes& raw) {
    if (!life_ || !take_transaction(raw)) return;
    gossip_transaction(raw, number_);
    call([](Life& life) { life.replica->work(); });
}

void Node::liar_speaks() {
    if (life_ && liar_) liar_->speak_up();
}

// Its ports ---------------------------------------------------------------------------------------

bool Node::send(const PeerId& peer, Channel channel, const Bytes& message) {
    const std::size_t to = number_of(peer);
    world_.trace(number_, [&] { return "> " + std::to_string(to) + " " + summary_of(message); });
    if (is_honest()) world_.judge.released(number_, message);
    if (liar_ && !world_.byzantine_quiet) return liar_->pass_on(to, message);
    return world_.network->send(number_, to, channel, message);
}

// Whatever an honest node sends, no honest node may take for an offence.
void Node::report(const PeerId& peer, Offence offence) {
    ++world_.stats.refused;
    const std::size_t from = number_of(peer);
    world_.trace(number_, [&] {
        return "reports " + std::to_string(from) + " for offence " +
               std::to_string(static_cast<int>(offence));
    });
    if (!is_honest() || !world_.nodes[from]->is_honest()) return;
    if (offence == Offence::malformed || offence == Offence::invalid)
        world_.judge.violate("node " + std::to_string(number_) + " blames honest node " +
                             std::to_string(from));
}

std::vector<PeerId> Node::peers() const {
    std::vector<PeerId> out;
    for (std::size_t i = 0; i < world_.nodes.size(); ++i)
        if (i != number_ && world_.nodes[i]->is_up()) out.push_back(peer_of(i));
    return out;
}

BlockTime Node::now() const {
    const auto ms = static_cast<std::int64_t>(world_.scheduler.now() / 1'000) + skew_ms_;
    const std::int64_t seconds = kEpoch + 10'000 + ms / 1'000 - (ms % 1'000 < 0 ? 1 : 0);
    const auto rest = static_cast<std::int32_t>((ms % 1'000 + 1'000) % 1'000);
    return {seconds, rest * 1'000'000};
}

std::uint64_t Node::monotonic_ms() const {
    return world_.scheduler.now() / 1'000;
}

void Node::set(std::uint64_t delay_ms, std::uint64_t number) {
    world_.scheduler.after(delay_ms * member_.timer_speed, [this, number, life = lives_] {
        if (lives_ == life) call([&](Life& it) { it.replica->timer(number); });
    });
}

}  // namespace assay::simulation
