// What owners, contributors and licensees of datasets do.
#include "modules/datasets/messages.hpp"
#include "modules/datasets/views.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

using datasets::Dataset;

bool stands(const market::Submission& each) {
    return each.state == market::SubmissionState::accepted ||
           each.state == market::SubmissionState::finalized;
}

std::uint64_t dataset_id(Stage& stage) {
    return stage.id_in(datasets::kDatasets);
}

Address owner_of(Stage& stage, std::uint64_t dataset) {
    const auto found = stage.state().get(datasets::kDatasets, dataset);
    return found ? found->owner : stage.anybody();
}

datasets::Terms some_terms(Stage& stage) {
    Choices& choices = stage.choices;
    return {.text_hash = stage.hash(),
            .text_uri = "ipfs://licence",
            .uses = static_cast<std::uint8_t>(choices.one_in(32) ? 64 : 1 + choices.below(31)),
            .duration_s = choices.below(2) == 0 ? 0U : 5U + choices.below(60),
            .exclusive = choices.one_in(6),
            .transferable = choices.below(3) != 0,
            .contributors_ppm = choices.below(250) * 2'003U,
            .royalty_ppm = choices.below(100) * 1'009U};
}

// Up to four standing works of the buyer, rising.
std::vector<std::uint64_t> works_of(Stage& stage, std::uint64_t newest, const Address& buyer) {
    std::vector<std::uint64_t> out;
    for (std::uint64_t id = newest > 8 ? newest - 8 : 1; id < newest; ++id) {
        const auto each = stage.state().get(market::kSubmissions, id);
        if (!each || !stands(*each) || stage.buyer_of(each->order) != buyer) continue;
        if (out.size() < 3 && stage.choices.below(3) != 0) out.push_back(id);
    }
    out.push_back(newest);
    return out;
}

// A submission of the dataset, mostly.
std::uint64_t source_in(Stage& stage, std::uint64_t dataset) {
    const auto contents = stage.state().get_or_default(datasets::kContents, dataset);
    if (contents.empty() || stage.choices.one_in(24)) return stage.submission_id();
    return stage.choices.of(contents);
}

std::uint64_t dataset_with_sources(Stage& stage) {
    return stage.fitting(datasets::kDatasets,
                         [](const Dataset& each) { return each.submissions != 0; });
}

// As a parent, by its own owner or a holder of a licence. Returns who may derive of it.
Address add_parent(Stage& stage, datasets::RegisterDataset& message) {
    Choices& choices = stage.choices;
    const std::uint64_t licence_id =
        stage.fitting(datasets::kLicences, [&](const datasets::Licence& each) {
            const Dataset from = stage.state().must_get(datasets::kDatasets, each.dataset);
            return stage.now_s() < each.ends_s && (from.terms.uses & datasets::kDerive) != 0;
        });
    datasets::Parent parent{.dataset = dataset_id(stage), .licence = 0, .royalty_ppm = 0};
    Address sender = owner_of(stage, parent.dataset);
    const auto licence = stage.state().get(datasets::kLicences, licence_id);
    if (licence && choices.below(3) != 0) {
        parent.dataset = licence->dataset;
        parent.licence = licence->id;
        sender = licence->holder;
    }
    if (const auto from = stage.state().get(datasets::kDatasets, parent.dataset)) {
        parent.royalty_ppm = from->terms.royalty_ppm + choices.below(4) * 9'973U;
        if (choices.one_in(24)) parent.royalty_ppm -= 1;
        const bool bound = parent.licence != 0 || from->terms.contributors_ppm != 0;
        if (bound && !choices.one_in(24)) message.terms.uses &= from->terms.uses;
    }
    message.parents = {parent};
    return sender;
}

// What the dataset's own contributors are owed more after a sale: whole units an item with consent
// of their rate of what ancestors leave.
void check_sale(Stage& stage, std::uint64_t id, Amount value, const datasets::Books& before) {
    constexpr const char* kRule = "terms of licences";
    const Dataset dataset = stage.state().must_get(datasets::kDatasets, id);
    const auto after = stage.state().must_get(datasets::kBooks, id);
    stage.expect(dataset.price == value, kRule, "a licence cost " + to_string(value));
    u128 left = value.raw();
    std::uint64_t kept = kPpm;
    for (const datasets::Receiver& each : dataset.receivers) {
        left -= rate_of(value, each.ppm).raw();
        kept -= each.ppm;
    }
    u128 due = 0;
    if (before.consented_items != 0 && kept != 0)
        due = left * dataset.terms.contributors_ppm / kept / before.consented_items *
              before.consented_items;
    stage.expect(after.contributors_due == sum_of(before.contributors_due, Amount::from_raw(due)),
                 kRule, "contributors of dataset " + std::to_string(id));
}

}  // namespace

void register_dataset(Stage& stage) {
    const std::uint64_t newest = stage.fitting(market::kSubmissions, stands, 60);
    const auto work = stage.state().get(market::kSubmissions, newest);
    const Address buyer = work ? stage.buyer_of(work->order) : stage.anybody();
    datasets::RegisterDataset message{
        .outside_root = stage.choices.one_in(3) ? stage.hash() : Hash256{},
        .data_uri = "ipfs://set",
        .terms = some_terms(stage),
        .price = stage.choices.one_in(8) ? stage.amount() : stage.thousandths(100),
        .submissions = works_of(stage, newest, buyer),
        .parents = {}};
    if (stage.choices.one_in(32)) message.submissions.push_back(newest);
    stage.send(stage.mostly(buyer), ModuleId::datasets, message);
}

void derive_dataset(Stage& stage) {
    datasets::RegisterDataset message{.outside_root = stage.hash(),
                                      .data_uri = "ipfs://derived",
                                      .terms = some_terms(stage),
                                      .price = stage.thousandths(100),
                                      .submissions = {},
                                      .parents = {}};
    const Address sender = add_parent(stage, message);
    const std::uint64_t newest = stage.fitting(market::kSubmissions, stands, 60);
    const auto work = stage.state().get(market::kSubmissions, newest);
    if (work && stage.buyer_of(work->order) == sender)
        message.submissions = works_of(stage, newest, sender);
    else if (!stage.choices.one_in(24))
        message.terms.contributors_ppm = 0;
    stage.send(stage.mostly(sender), ModuleId::datasets, message);
}

void edit_dataset(Stage& stage) {
    const std::uint64_t id =
        stage.fitting(datasets::kDatasets, [](const Dataset&) { return true; });
    stage.send(stage.mostly(owner_of(stage, id)), ModuleId::datasets,
               datasets::EditDataset{
                   .dataset = id,
                   .price = stage.choices.one_in(8) ? stage.amount() : stage.thousandths(100),
                   .on_sale = !stage.choices.one_in(6)});
}

void buy_licence(Stage& stage) {
    const std::uint64_t id = stage.fitting(datasets::kDatasets, [&](const Dataset& each) {
        const auto books = stage.state().must_get(datasets::kBooks, each.id);
        return each.on_sale && stage.now_s() >= books.taken_until_s &&
               (each.submissions == 0 || books.consented_items != 0);
    });
    const Amount value = stage.nearly(stage.chain.ask(datasets::QuoteBuyLicence{.dataset = id}));
    const auto before = stage.state().get_or_default(datasets::kBooks, id);
    const TxCode code = stage.send(
        stage.anybody(), ModuleId::datasets,
        datasets::BuyLicence{.dataset = id,
                             .least_items = stage.choices.one_in(8) ? stage.choices.below(9) : 0U},
        value);
    if (code == TxCode::ok) check_sale(stage, id, value, before);
}

void transfer_licence(Stage& stage) {
    const std::uint64_t id = stage.fitting(datasets::kLicences, [&](const datasets::Licence& each) {
        return stage.now_s() < each.ends_s &&
               stage.state().must_get(datasets::kDatasets, each.dataset).terms.transferable;
    });
    const auto licence = stage.state().get(datasets::kLicences, id);
    stage.send(stage.mostly(licence ? licence->holder : stage.anybody()), ModuleId::datasets,
               datasets::TransferLicence{.licence = id, .to = stage.anybody()});
}

void change_consent(Stage& stage) {
    const std::uint64_t id = dataset_with_sources(stage);
    const std::uint64_t submission = source_in(stage, id);
    const auto source =
        stage.state().get(datasets::kSources, {.dataset = id, .submission = submission});
    const Address who = stage.mostly(source ? source->contributor : stage.anybody());
    const bool has = source && source->consent == datasets::Consent::granted;
    if (has == stage.choices.one_in(12))
        stage.send(who, ModuleId::datasets,
                   datasets::GrantConsent{.dataset = id, .submission = submission});
    else
        stage.send(who, ModuleId::datasets,
                   datasets::RevokeConsent{.dataset = id, .submission = submission});
}

void set_standing_consent(Stage& stage) {
    const std::uint64_t id = stage.submission_id();
    const auto work = stage.state().get(market::kSubmissions, id);
    stage.send(stage.mostly(work ? work->contributor : stage.anybody()), ModuleId::datasets,
               datasets::SetStandingConsent{
                   .submission = id,
                   .uses = static_cast<std::uint8_t>(
                       stage.choices.below(3) == 0 ? stage.choices.below(34) : 31U),
                   .least_ppm =
                       stage.choices.one_in(24) ? 1'000'001U : stage.choices.below(100) * 1'000U});
}

void claim_royalties(Stage& stage) {
    const bool as_owner = stage.choices.below(2) == 0;
    const std::uint64_t id = stage.fitting(datasets::kDatasets, [&](const Dataset& each) {
        const auto books = stage.state().must_get(datasets::kBooks, each.id);
        return as_owner ? !books.owner_due.is_zero() : !books.contributors_due.is_zero();
    });
    const std::uint64_t submission = as_owner ? 0 : source_in(stage, id);
    stage.send(stage.anybody(), ModuleId::datasets,
               datasets::ClaimRoyalties{.dataset = id, .submission = submission});
}

}  // namespace assay::test
