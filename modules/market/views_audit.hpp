// Owns what can be asked of audits.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/audit.hpp"

namespace assay::market {

// The value that postAudited must carry.
struct QuotePostAudited {
    using Returns = Amount;
    std::uint64_t item_quota = 0;
    Amount price_per_item;
    std::uint8_t graders = 0;
    std::uint32_t audits = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuotePostAudited, (), (item_quota, price_per_item, graders, audits))

struct GetAuditTerms {
    using Returns = AuditTerms;
    std::uint64_t order = 0;
    Result<AuditTerms> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetAuditTerms, (), (order))

// An audit with all that is known of it.
struct AuditRecord {
    Audit audit;
    std::uint64_t phase_ends_s = 0;    // of commit and reveal; 0 else
    std::vector<std::uint64_t> items;  // drawn, ascending: bit i of a bitmap is the i-th of them
    SampleBounds bounds;               // c0 and c_r of that many
    std::vector<GradeSeat> seats;
};
BOOST_DESCRIBE_STRUCT(AuditRecord, (), (audit, phase_ends_s, items, bounds, seats))

struct GetAudit {
    using Returns = AuditRecord;
    std::uint64_t submission = 0;
    Result<AuditRecord> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetAudit, (), (submission))

// Audits in which a grader has seats that are not judged yet, of submissions with ids after
// `after`.
struct ListAudits {
    using Returns = std::vector<Audit>;
    Address grader;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListAudits, (), (grader, after, limit))

}  // namespace assay::market
