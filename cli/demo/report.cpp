// The demo's last page.
#include <ostream>

#include "cli/demo/story.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

using market::SubmissionState;

std::string name_of(SubmissionState state) {
    switch (state) {
        case SubmissionState::committed:
        case SubmissionState::revealed: return "committed";
        case SubmissionState::window: return "window";
        case SubmissionState::disputed: return "disputed";
        case SubmissionState::accepted: return "accepted";
        case SubmissionState::rejected: return "rejected";
        case SubmissionState::forfeited: return "forfeited";
        case SubmissionState::finalized: return "accepted";
        case SubmissionState::clawed_back: return "clawed back";
    }
    return "?";
}

std::string claim_of(const WorkOutcome& work) {
    if (!work.dispute) return "nobody contested it";
    const auto& dispute = *work.dispute;
    const std::string claim = dispute.claim == disputes::Claim::plagiarism    ? "plagiarism"
                              : dispute.claim == disputes::Claim::low_quality ? "low quality"
                                                                              : "other";
    return claim + ", " + std::to_string(dispute.votes_reject) + " of " +
           std::to_string(dispute.votes_reject + dispute.votes_accept) + " jurors agree";
}

// Tokens to six digits after the point, which is enough to compare by eye; --json has them all.
std::string tokens(Amount amount) {
    const u128 micro = amount.raw() / (kTokenUnits / 1'000'000);
    std::string part = std::to_string(static_cast<std::uint64_t>(micro % 1'000'000));
    part.insert(0, 6 - part.size(), '0');
    return grouped(static_cast<std::uint64_t>(micro / 1'000'000)) + "." + part;
}

std::string change(Amount before, Amount after) {
    return after >= before ? "+" + tokens(difference_of(after, before))
                           : "-" + tokens(difference_of(before, after));
}

Amount all_of(const Holding& holding) {
    return sum_of(holding.free, holding.staked);
}

std::string right_aligned(const std::string& text, std::size_t width) {
    return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

void print_work(const DemoResult& result, Narrator& narrator) {
    narrator.part(
        "Submissions (accuracy is measured here, with the true labels; no role ever saw "
        "them)");
    Table table({"submission", "by", "accuracy", "contested for", "outcome", "paid"});
    for (const auto& work : result.work)
        table.add({std::to_string(work.submission.id), work.who,
                   show_percent(work.accuracy_percent), claim_of(work),
                   name_of(work.submission.state), show_money(work.submission.payout)});
    for (const auto& one : result.newcomers)
        table.add({std::to_string(one.submission.id), one.who, show_percent(one.accuracy_percent),
                   "hidden gold decided", name_of(one.submission.state),
                   show_money(one.submission.payout)});
    for (const auto& one : result.audited)
        table.add({std::to_string(one.submission.id), one.who + ", audited",
                   show_percent(one.accuracy_percent),
                   std::to_string(one.audit.defects) + " of " + std::to_string(one.audit.items) +
                       " drawn items bad",
                   name_of(one.submission.state), show_money(one.submission.payout)});
    table.print(narrator.output(), "");
}

void print_money(const DemoResult& result, Narrator& narrator) {
    narrator.part("Balances in tokens, what is staked included");
    constexpr std::size_t kWidth = 20;
    Table table({"role", right_aligned("before", kWidth), right_aligned("after", kWidth),
                 right_aligned("change", kWidth), "staked"});
    for (const auto& role : result.money)
        table.add({role.who, right_aligned(tokens(all_of(role.before)), kWidth),
                   right_aligned(tokens(all_of(role.after)), kWidth),
                   right_aligned(change(all_of(role.before), all_of(role.after)), kWidth),
                   role.after.staked.is_zero() ? "-" : tokens(role.after.staked)});
    table.print(narrator.output(), "");
}

void print_supply(const SupplyCheck& check, Narrator& narrator) {
    narrator.part("Supply at block " + std::to_string(check.height));
    Fields fields;
    fields.add("genesis", show_money(check.supply.genesis));
    fields.add("+ minted", show_money(check.supply.minted));
    fields.add("- burned", show_money(check.burned));
    fields.add("= expected", show_money(check.expected));
    for (const auto& [name, amount] : check.held) fields.add("  " + name, show_money(amount));
    fields.add("= sum of all of it", show_money(check.sum));
    fields.print(narrator.output());
    narrator.output().out()
        << (check.adds_up() ? "The two are equal to the last unit.\n"
                            : "The two differ: accounts outside this demo hold the rest.\n");
}

void write_amount(JsonWriter& out, const char* key, Amount amount) {
    out.Key(key);
    json::write(out, amount);
}

void write_work(JsonWriter& out, const WorkOutcome& work) {
    out.StartObject();
    out.Key("who");
    write_text(out, work.who);
    out.Key("accuracyPercent");
    out.Double(work.accuracy_percent);
    out.Key("asExpected");
    out.Bool(work.expected);
    out.Key("submission");
    json::write(out, work.submission);
    out.Key("dispute");
    json::write(out, work.dispute);
    out.EndObject();
}

void write_newcomer(JsonWriter& out, const NewcomerWork& one) {
    out.StartObject();
    out.Key("who");
    write_text(out, one.who);
    out.Key("address");
    json::write(out, one.address);
    out.Key("accuracyPercent");
    out.Double(one.accuracy_percent);
    write_amount(out, "balance", one.paid);
    out.Key("submission");
    json::write(out, one.submission);
    out.EndObject();
}

void write_audited(JsonWriter& out, const AuditedWork& one) {
    out.StartObject();
    out.Key("who");
    write_text(out, one.who);
    out.Key("accuracyPercent");
    out.Double(one.accuracy_percent);
    out.Key("submission");
    json::write(out, one.submission);
    out.Key("audit");
    json::write(out, one.audit);
    out.EndObject();
}

void write_money(JsonWriter& out, const RoleMoney& role) {
    out.StartObject();
    out.Key("who");
    write_text(out, role.who);
    out.Key("address");
    json::write(out, role.address);
    write_amount(out, "before", role.before.free);
    write_amount(out, "stakedBefore", role.before.staked);
    write_amount(out, "after", role.after.free);
    write_amount(out, "stakedAfter", role.after.staked);
    out.EndObject();
}

void write_supply(JsonWriter& out, const SupplyCheck& check) {
    out.StartObject();
    out.Key("block");
    json::write(out, check.height);
    out.Key("supply");
    json::write(out, check.supply);
    write_amount(out, "expected", check.expected);
    write_amount(out, "sum", check.sum);
    out.Key("held");
    out.StartObject();
    for (const auto& [name, amount] : check.held) write_amount(out, name.c_str(), amount);
    out.EndObject();
    out.Key("addsUp");
    out.Bool(check.adds_up());
    out.EndObject();
}

}  // namespace

void print_result(const DemoResult& result, Narrator& narrator) {
    Output& output = narrator.output();
    if (!output.json()) {
        print_work(result, narrator);
        print_money(result, narrator);
        print_supply(result.supply, narrator);
        return;
    }
    output.document([&](JsonWriter& out) {
        out.StartObject();
        out.Key("asExpected");
        out.Bool(result.as_expected());
        out.Key("steps");
        narrator.write_steps(out);
        out.Key("work");
        out.StartArray();
        for (const auto& work : result.work) write_work(out, work);
        out.EndArray();
        out.Key("newcomers");
        out.StartArray();
        for (const auto& one : result.newcomers) write_newcomer(out, one);
        out.EndArray();
        out.Key("audited");
        out.StartArray();
        for (const auto& one : result.audited) write_audited(out, one);
        out.EndArray();
        out.Key("money");
        out.StartArray();
        for (const auto& role : result.money) write_money(out, role);
        out.EndArray();
        out.Key("supply");
        write_supply(out, result.supply);
        out.EndObject();
    });
}

}  // namespace assay::cli
