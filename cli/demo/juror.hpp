// Owns a juror: stakes, and where drawn judges with its own eyes, votes sealed, then opens.
#pragma once

#include <map>

#include "cli/demo/challenger.hpp"
#include "modules/disputes/views.hpp"

namespace assay::cli {

// What lies open to the jury of a dispute.
struct Courtroom {
    const Deliveries* deliveries = nullptr;
    const EvidenceRoom* evidence = nullptr;
    const std::string* specification = nullptr;
};

class Juror {
  public:
    Juror(Actor actor, const Examiner& examiner) : actor_(std::move(actor)), examiner_(&examiner) {}

    const Actor& actor() const { return actor_; }
    // Brings its stake up to `stake`; does nothing where it is there.
    Outcome<void> stake(Amount stake);
    // Votes in every seat of the panel that is its own and open in the dispute's phase.
    Outcome<void> attend(const disputes::Dispute& dispute, const std::vector<disputes::Seat>& panel,
                         const Courtroom& room);

  private:
    struct Verdict {
        disputes::Choice choice{};
        std::string because;
    };
    Outcome<Verdict> judge(const disputes::Dispute& dispute, const Courtroom& room) const;
    Outcome<Verdict> judge_quality(const disputes::Dispute& dispute, const Courtroom& room,
                                   const std::vector<Exhibit>& exhibits) const;
    Outcome<Verdict> judge_copy(const disputes::Dispute& dispute, const Courtroom& room,
                                const std::vector<Exhibit>& exhibits) const;
    Outcome<void> commit(const disputes::Dispute& dispute, std::uint8_t seat,
                         const Courtroom& room);
    Outcome<void> reveal(const disputes::Dispute& dispute, std::uint8_t seat);

    struct Vote {
        disputes::Choice choice{};
        Hash256 salt;
    };
    Actor actor_;
    const Examiner* examiner_;
    std::map<std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>, Vote> votes_;
};

}  // namespace assay::cli
