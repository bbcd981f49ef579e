// `assay order post-audited`, `assay audit commit | reveal | show | mine`.
#include "cli/commands/commands.hpp"
#include "cli/commands/grades.hpp"
#include "cli/commands/order_terms.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/market/audit_order.hpp"

namespace assay::cli {

namespace {

using namespace market;

const Flag kSeat = {"seat", "N", "one seat only; all of yours unless given"};

Outcome<PostAudited> audited_order(const Arguments& arguments, const RpcClient& rpc) {
    PostAudited out;
    const auto spec = spec_hash_of(arguments);
    if (!spec) return spec.error();
    const auto price = price_of(arguments);
    if (!price) return price.error();
    const auto kind = enum_of<ItemKind>(arguments.text("kind"), "--kind");
    if (!kind) return kind.error();
    const auto items = arguments.number("items", kMaxItems);
    if (!items) return items.error();
    const auto payload = arguments.number("max-payload-bytes", kMaxPayloadBytes);
    if (!payload) return payload.error();
    const auto cap = arguments.number("cap");
    if (!cap) return cap.error();
    const auto least = arguments.number("min-items", kMaxItems);
    if (!least) return least.error();
    const auto graders = arguments.number("graders", 7);
    if (!graders) return graders.error();
    const auto audits = arguments.number("audits", 0xFFFF'FFFF);
    if (!audits) return audits.error();
    const auto deadline = deadline_in(arguments, rpc);
    if (!deadline) return deadline.error();
    out.spec_hash = *spec;
    out.spec_uri = arguments.text("spec-uri");
    out.item_quota = *items;
    out.price_per_item = *price;
    out.item_kind = *kind;
    out.max_payload_bytes = static_cast<std::uint32_t>(*payload);
    out.contributor_cap = *cap;
    out.deadline_s = *deadline;
    out.min_items = *least;
    out.graders = static_cast<std::uint8_t>(*graders);
    out.audits = static_cast<std::uint32_t>(*audits);
    return out;
}

Outcome<void> run_post_audited(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto order = audited_order(session.arguments, sender->rpc());
    if (!order) return order.error();
    const auto sent = send_typed(session, *sender, "market", *order);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    const auto posted = event_in(*sent, "OrderPosted");
    if (const AbiValue* id = value_named(posted, "order"))
        session.output.note("Contributors deliver at least " + std::to_string(order->min_items) +
                            " items with \"assay submit commit PATH --order " + id->text +
                            "\". Graders need the specification and, from each contributor, the "
                            "drawn items.");
    return {};
}

// What was done to one seat.
struct SeatSent {
    std::uint8_t seat = 0;
    Sent sent;
};

void print_seats(const Session& session, std::uint64_t submission,
                 const std::vector<SeatSent>& all) {
    Table table({"submission", "seat", "transaction", "block"});
    for (const auto& one : all)
        table.add({std::to_string(submission), std::to_string(one.seat),
                   one.sent.dry_run ? "-" : to_hex0x(one.sent.hash),
                   one.sent.receipt ? std::to_string(one.sent.receipt->block) : "-"});
    table.print(session.output, "nothing was sent");
}

Outcome<void> run_commit(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto record = ask(sender->rpc(), ModuleId::market, GetAudit{.submission = *id});
    if (!record) return record.error();
    const auto seats = own_grade_seats(session.arguments, *record, sender->address());
    if (!seats) return seats.error();
    const auto defects = bitmap_of(session.arguments.text("DEFECTS"), record->items);
    if (!defects) return defects.error();
    std::vector<SeatSent> done;
    for (const auto& seat : *seats) {
        if (!seat.commitment.is_zero()) {
            session.output.note("seat " + std::to_string(seat.seat) + " has its grade already");
            continue;
        }
        const auto grade = new_grade(sender->chain_id(), *id, seat, *defects);
        const AuditCommit message{
            .submission = *id, .seat = seat.seat, .commitment = grade.commitment};
        const auto keep = [&]() -> Result<void> {
            const auto saved = save_grade(grade_store(), grade);
            if (!saved) return saved.error();
            return {};
        };
        auto sent = send_typed(session, *sender, "market", message, {}, keep);
        if (!sent) return sent.error();
        done.push_back({seat.seat, std::move(*sent)});
    }
    print_seats(session, *id, done);
    session.output.note("When all have committed: assay audit reveal " + std::to_string(*id) +
                        ". An unrevealed grade costs twice a wrong one.");
    return {};
}

Outcome<void> run_reveal(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto record = ask(sender->rpc(), ModuleId::market, GetAudit{.submission = *id});
    if (!record) return record.error();
    const auto seats = own_grade_seats(session.arguments, *record, sender->address());
    if (!seats) return seats.error();
    std::vector<SeatSent> done;
    for (const auto& seat : *seats) {
        if (seat.commitment.is_zero() || !seat.defects.empty()) {
            session.output.note("seat " + std::to_string(seat.seat) +
                                (seat.defects.empty() ? " committed no grade" : " is revealed"));
            continue;
        }
        const auto kept = load_grade(grade_store(), sender->chain_id(), *id, seat);
        if (!kept) return kept.error();
        const AuditReveal message{.submission = *id,
                                  .seat = seat.seat,
                                  .defects = kept->grade.defects,
                                  .salt = kept->grade.salt};
        auto sent = send_typed(session, *sender, "market", message);
        if (!sent) return sent.error();
        done.push_back({seat.seat, std::move(*sent)});
    }
    print_seats(session, *id, done);
    return {};
}

std::string list_of(const std::vector<std::uint64_t>& numbers) {
    std::string out;
    for (const std::uint64_t number : numbers)
        out += (out.empty() ? "" : ",") + std::to_string(number);
    return out.empty() ? "none" : out;
}

std::string grade_of(const GradeSeat& seat, const std::vector<std::uint64_t>& drawn) {
    if (!seat.defects.empty()) return list_of(marked_items(seat.defects, drawn));
    return seat.commitment.is_zero() ? "-" : "sealed";
}

void print_audit(Output& output, const AuditRecord& record, std::uint64_t now_s) {
    const Audit& audit = record.audit;
    Fields fields;
    fields.add("submission", std::to_string(audit.submission));
    fields.add("phase", words_of(audit.phase));
    fields.add("lot", words_of(audit.lot));
    if (record.phase_ends_s != 0) fields.add("phase ends", when(record.phase_ends_s, now_s));
    if (audit.lot == Lot::audited) {
        fields.add("items to look at", list_of(record.items));
        fields.add("defects", std::to_string(record.bounds.forgiven) + " forgiven, " +
                                  std::to_string(record.bounds.rejected) + " reject");
        fields.add("grades", std::to_string(audit.commits) + " committed, " +
                                 std::to_string(audit.reveals) + " revealed, of " +
                                 std::to_string(audit.seats));
    }
    if (audit.counted) fields.add("most found", std::to_string(audit.defects) + " defects");
    fields.print(output);
    if (record.seats.empty()) return;
    Table table({"seat", "grader", "found bad", "outcome", "earned", "penalty"});
    for (const auto& seat : record.seats)
        table.add({std::to_string(seat.seat), checksummed(seat.grader),
                   grade_of(seat, record.items), words_of(seat.outcome), show_money(seat.earned),
                   show_money(seat.penalty)});
    table.print(output, "no seats");
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto record = ask(*rpc, ModuleId::market, GetAudit{.submission = *id});
    if (!record) return record.error();
    return show_record(session, *rpc, *record, print_audit);
}

std::string next_step(const Audit& audit, const GradeSeat& seat) {
    const std::string id = std::to_string(audit.submission);
    if (audit.phase == AuditPhase::commit && seat.commitment.is_zero())
        return "assay audit commit " + id + " none|ITEM,ITEM";
    if (audit.phase == AuditPhase::reveal && !seat.commitment.is_zero() && seat.defects.empty())
        return "assay audit reveal " + id;
    return "-";
}

Outcome<void> run_mine(const Session& session) {
    const auto account = account_of(session.arguments, "ACCOUNT");
    if (!account) return account.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto audits = audits_of(*rpc, *account);
    if (!audits) return audits.error();
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"submission", "seat", "phase", "items", "phase ends", "to do"});
    for (const Audit& audit : *audits) {
        const auto record = ask(*rpc, ModuleId::market, GetAudit{.submission = audit.submission});
        if (!record) return record.error();
        for (const GradeSeat& seat : record->seats)
            if (seat.grader == *account)
                table.add({std::to_string(audit.submission), std::to_string(seat.seat),
                           words_of(record->audit.phase), std::to_string(record->audit.items),
                           record->phase_ends_s == 0 ? "-" : when(record->phase_ends_s, *now),
                           next_step(record->audit, seat)});
    }
    table.print(session.output, "no seats in audits that are not judged yet");
    return {};
}

Command post_audited_command() {
    std::vector<Flag> own = {
        {"items", "N", "how many items", "", "", true},
        {"min-items", "N", "of one submission, unless fewer are left", "10"},
        {"graders", "N", "of one audit: 3, 5 or 7", "3"},
        {"audits", "N", "how many audits you pay for", "", "", true},
        {"kind", "KIND", "original, or annotation of something that may come twice", "original"},
        {"max-payload-bytes", "N", "of one item, at most 65536", "65536"},
        {"cap", "N", "items of one contributor; 0 is no cap", "0"},
    };
    return {.path = "order post-audited",
            .summary = "Ask for items that drawn jurors look at before they are paid",
            .flags = joined(joined(order_term_flags(), std::move(own)), sending_flags()),
            .examples = {"assay order post-audited --spec rules.md --items 1000 --min-items 50 "
                         "--price 0.1assay --audits 10"},
            .notes =
                "The beacon draws submissions, graders and items. Defects that most graders "
                "find cost pay, and above a limit the bond. Once the audits are used up, "
                "further work passes unless somebody challenges it; unused ones are paid "
                "back when the order settles.",
            .run = run_post_audited};
}

}  // namespace

std::vector<Command> audit_commands() {
    auto looking = keyring_flags();
    looking.insert(looking.begin(), rpc_flag());
    const Positional submission = {"SUBMISSION", "its number"};
    return {
        post_audited_command(),
        {.path = "audit commit",
         .summary = "Grade as a drawn juror, sealed: which of the drawn items are bad",
         .positionals = {submission, {"DEFECTS", "none, or numbers of items as 4,17,93"}},
         .flags = joined({kSeat}, sending_flags()),
         .examples = {"assay audit commit 12 none", "assay audit commit 12 4,17,93 --yes"},
         .notes = "The grade and its salt are kept in ~/.assay/grades (mode 0600) before the "
                  "commitment is sent, so that the reveal needs no retyping. A grade is judged by "
                  "how the submission ends: who says good of what is rejected later pays.",
         .run = run_commit},
        {.path = "audit reveal",
         .summary = "Open your committed grades",
         .positionals = {submission},
         .flags = joined({kSeat}, sending_flags()),
         .examples = {"assay audit reveal 12"},
         .run = run_reveal},
        {.path = "audit show",
         .summary = "A submission's audit: its items, its graders and what they found",
         .positionals = {submission},
         .flags = {rpc_flag()},
         .examples = {"assay audit show 12", "assay audit show 12 --json"},
         .run = run_show},
        {.path = "audit mine",
         .summary = "The audits that you are drawn for, and what to do",
         .positionals = {{"ACCOUNT",
                          "an address, or one of your keys by name; your only key unless given",
                          false}},
         .flags = looking,
         .examples = {"assay audit mine", "assay audit mine alice --json"},
         .run = run_mine},
    };
}

}  // namespace assay::cli
