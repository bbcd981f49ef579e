// Makes, keeps and finds grades.
#include "cli/commands/grades.hpp"

#include <algorithm>
#include <charconv>

#include "chain/crypto/kdf.hpp"
#include "cli/terminal/files.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

namespace {

// Part of the commitment is in the name, so that a grade that was never sent stands in nobody's
// way.
std::string name_of_grade(std::uint64_t chain_id, std::uint64_t submission, std::uint8_t seat,
                          const Hash256& commitment) {
    return std::to_string(chain_id) + "-" + std::to_string(submission) + "-" +
           std::to_string(seat) + "-" + to_hex(commitment).substr(0, 12);
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}

}  // namespace

Outcome<Bytes> bitmap_of(const std::string& text, const std::vector<std::uint64_t>& drawn) {
    Bytes out(market::bitmap_bytes(drawn.size()));
    if (text == "none") return out;
    std::string_view rest = text;
    for (;;) {
        const std::size_t comma = rest.find(',');
        const auto item = whole_number(rest.substr(0, comma));
        if (!item) return usage("DEFECTS: none, or numbers of items with commas between");
        const auto at = std::ranges::lower_bound(drawn, *item);
        if (at == drawn.end() || *at != *item)
            return usage("DEFECTS: item " + std::to_string(*item) +
                         " was not drawn; \"assay audit show\" lists those that were");
        const auto bit = static_cast<std::size_t>(at - drawn.begin());
        out[bit / 8] = static_cast<std::uint8_t>(out[bit / 8] | 1U << bit % 8);
        if (comma == std::string_view::npos) return out;
        rest.remove_prefix(comma + 1);
    }
}

std::vector<std::uint64_t> marked_items(const Bytes& bitmap,
                                        const std::vector<std::uint64_t>& drawn) {
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < drawn.size() && i / 8 < bitmap.size(); ++i)
        if (market::is_defect(bitmap, i)) out.push_back(drawn[i]);
    return out;
}

GradeSecret new_grade(std::uint64_t chain_id, std::uint64_t submission,
                      const market::GradeSeat& seat, const Bytes& defects) {
    GradeSecret out{.grade = {.chain_id = chain_id,
                              .submission = submission,
                              .seat = seat.seat,
                              .grader = seat.grader,
                              .defects = defects}};
    out.grade.salt = crypto::random_hash();
    out.commitment = market::grade_commitment(out.grade);
    return out;
}

SecretStore grade_store() {
    return SecretStore(assay_home() / "grades");
}

Result<std::filesystem::path> save_grade(const SecretStore& store, const GradeSecret& secret) {
    return store.save("grade",
                      name_of_grade(secret.grade.chain_id, secret.grade.submission,
                                    secret.grade.seat, secret.commitment),
                      json::to_string(secret));
}

Result<GradeSecret> load_grade(const SecretStore& store, std::uint64_t chain_id,
                               std::uint64_t submission, const market::GradeSeat& seat) {
    const auto document =
        store.load("grade", name_of_grade(chain_id, submission, seat.seat, seat.commitment));
    if (!document)
        return failure("the grade of seat " + std::to_string(seat.seat) +
                       " is not on this machine: " + document.error().message);
    return json::read<GradeSecret>(*document);
}

Outcome<std::vector<market::GradeSeat>> own_grade_seats(const Arguments& arguments,
                                                        const market::AuditRecord& record,
                                                        const Address& grader) {
    auto seats = record.seats;
    std::erase_if(seats, [&](const market::GradeSeat& seat) { return seat.grader != grader; });
    if (seats.empty())
        return Problem{Exit::refused, "not_a_grader: " + checksummed(grader) +
                                          " has no seat in the audit of submission " +
                                          std::to_string(record.audit.submission)};
    if (!arguments.has("seat")) return seats;
    const auto wanted = arguments.number("seat", 255);
    if (!wanted) return wanted.error();
    std::erase_if(seats, [&](const market::GradeSeat& seat) { return seat.seat != *wanted; });
    if (seats.empty()) return usage("--seat: that seat is not yours");
    return seats;
}

Outcome<std::vector<market::Audit>> audits_of(const RpcClient& rpc, const Address& grader) {
    std::vector<market::Audit> out;
    for (;;) {
        const std::uint64_t after = out.empty() ? 0 : out.back().submission;
        auto page =
            ask(rpc, ModuleId::market,
                market::ListAudits{.grader = grader, .after = after, .limit = market::kMaxPage});
        if (!page) return page.error();
        const bool last = page->size() < market::kMaxPage;
        for (auto& audit : *page) out.push_back(std::move(audit));
        if (last) return out;
    }
}

}  // namespace assay::cli
