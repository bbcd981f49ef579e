// Owns a grader's findings between commitment and reveal: which seats are whose, and their secrets.
#pragma once

#include "cli/client/ask.hpp"
#include "cli/client/secret_store.hpp"
#include "cli/keys/keyring.hpp"
#include "modules/market/audit_grade.hpp"
#include "modules/market/views_audit.hpp"

namespace assay::cli {

// What a reveal needs; kept in a file of mode 0600 from before the commitment is sent.
struct GradeSecret {
    market::Grade grade;
    Hash256 commitment;
};
BOOST_DESCRIBE_STRUCT(GradeSecret, (), (grade, commitment))

// The bitmap of an audit's items that are bad: "none", or their numbers in the submission with
// commas between. Refuses numbers that were not drawn.
Outcome<Bytes> bitmap_of(const std::string& text, const std::vector<std::uint64_t>& drawn);
// The numbers in the submission that a bitmap marks.
std::vector<std::uint64_t> marked_items(const Bytes& bitmap,
                                        const std::vector<std::uint64_t>& drawn);

// A new salt and the commitment to `defects` in one seat.
GradeSecret new_grade(std::uint64_t chain_id, std::uint64_t submission,
                      const market::GradeSeat& seat, const Bytes& defects);

// ~/.assay/grades, or $ASSAY_HOME/grades.
SecretStore grade_store();
Result<std::filesystem::path> save_grade(const SecretStore& store, const GradeSecret& secret);
// The kept grade whose commitment stands in `seat`; the error says where it was looked for.
Result<GradeSecret> load_grade(const SecretStore& store, std::uint64_t chain_id,
                               std::uint64_t submission, const market::GradeSeat& seat);

// The seats of `grader` in an audit, one of them where --seat is given. Refuses where there are
// none.
Outcome<std::vector<market::GradeSeat>> own_grade_seats(const Arguments& arguments,
                                                        const market::AuditRecord& record,
                                                        const Address& grader);

// Audits in which the grader's seats are not judged yet.
Outcome<std::vector<market::Audit>> audits_of(const RpcClient& rpc, const Address& grader);

}  // namespace assay::cli
