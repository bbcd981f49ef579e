// Owns the challenger: looks at what is revealed and contests what its own reading speaks against.
#pragma once

#include <set>

#include "cli/demo/chain.hpp"
#include "cli/demo/evidence.hpp"
#include "cli/demo/examiner.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

// The chain's record of a submission together with who opens its items.
Outcome<OpenSubmission> open_submission(const Chain& chain, const Deliveries& deliveries,
                                        std::uint64_t id);

class Challenger {
  public:
    Challenger(Actor actor, const Assignment& assignment, const Examiner& examiner)
        : actor_(std::move(actor)), assignment_(&assignment), examiner_(&examiner) {}

    const Actor& actor() const { return actor_; }
    // Examines every revealed submission of the order that it has not seen yet, and challenges
    // those that fail. Evidence goes to `room`. Returns the disputes it opened.
    Outcome<std::vector<std::uint64_t>> look(std::uint64_t order, double demanded_percent,
                                             const Deliveries& deliveries, EvidenceRoom& room);

  private:
    struct Charge {
        disputes::Claim claim{};
        std::vector<Exhibit> exhibits;
        std::string because;
    };
    Outcome<std::optional<Charge>> charge_against(const market::Submission& submission,
                                                  const std::vector<market::Submission>& all,
                                                  double demanded_percent,
                                                  const Deliveries& deliveries) const;
    Outcome<std::uint64_t> challenge(const market::Submission& submission, const Charge& charge,
                                     EvidenceRoom& room);
    std::vector<Exhibit> exhibits_of(const std::vector<std::uint64_t>& indices,
                                     const OpenSubmission& work, std::uint64_t other) const;

    Actor actor_;
    const Assignment* assignment_;
    const Examiner* examiner_;
    std::set<std::uint64_t> seen_;
};

}  // namespace assay::cli
