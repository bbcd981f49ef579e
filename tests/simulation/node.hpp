// Owns Node: one simulated machine, with a disk that outlives its processes.
#pragma once

#include "consensus/mempool/journal.hpp"
#include "consensus/privval/file_signer.hpp"
#include "tests/simulation/liar.hpp"
#include "tests/simulation/world.hpp"

namespace assay::simulation {

// What is lost with the process: nothing that was written, or what was not synced.
enum class Crash { kill, power };

class Node final : public consensus::PeerPort,
                   public consensus::ClockPort,
                   public consensus::TimerPort {
  public:
    Node(World& world, std::size_t number);
    ~Node() override;

    // Opens the disk, goes through the log and takes part.
    void start();
    void crash(Crash how);
    // It fails at its n-th effect from now, and the process crashes then.
    void crash_at_effect(std::uint64_t effects, Crash how, Micros down_for);
    void restart_after(Micros delay);
    // A disk that works and a process that runs.
    void heal();
    void jump_clock(std::int64_t by_ms) { skew_ms_ += by_ms; }

    bool is_up() const { return life_ != nullptr; }
    bool is_honest() const { return !member_.byzantine; }
    const Member& member() const { return member_; }
    std::uint64_t height() const { return app_->height(); }
    const HostedApp& app() const { return *app_; }
    std::int32_t round() const;

    void deliver(std::size_t from, consensus::Channel channel, const Bytes& message);
    // A client's transaction; its receipt is the commit.
    void submit(const Bytes& raw);
    void liar_speaks();

    bool send(const consensus::PeerId& peer, consensus::Channel channel,
              const Bytes& message) override;
    void report(const consensus::PeerId& peer, consensus::Offence offence) override;
    std::vector<consensus::PeerId> peers() const override;
    BlockTime now() const override;
    std::uint64_t monotonic_ms() const override;
    void set(std::uint64_t delay_ms, std::uint64_t number) override;

  private:
    struct Life;
    friend class Liar;

    Result<void> open(Life& life);
    template <class Call>
    void call(Call action);
    void settle();
    void committed(const consensus::CommittedBlock& done);
    void gone();
    bool take_transaction(const Bytes& raw);
    void gossip_transaction(const Bytes& raw, std::size_t except);
    void watch_vote(const Bytes& message);

    World& world_;
    std::size_t number_;
    Member member_;
    test::MemoryDisk disk_;
    std::unique_ptr<HostedApp> app_;
    std::int64_t skew_ms_ = 0;
    std::uint64_t lives_ = 0;
    std::unique_ptr<Life> life_;
    Crash when_disk_fails_ = Crash::power;
    Micros down_for_ = 0;
    std::unique_ptr<Liar> liar_;
};

consensus::PeerId peer_of(std::size_t number);
std::size_t number_of(const consensus::PeerId& peer);

}  // namespace assay::simulation
