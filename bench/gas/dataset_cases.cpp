// Datasets of accepted work, their licences, consents and royalties.
#include "bench/gas/cases.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/objects.hpp"

namespace assay::bench {

namespace {

using namespace datasets;

constexpr std::uint8_t kUses = kTrain | kDerive;
const Amount kSale = Amount(kTokenUnits / 10);

class DatasetTale {
  public:
    DatasetTale(Story& story, const Accepted& accepted) : story_(story), accepted_(accepted) {}

    void registrations() {
        story_.measure("datasets.setStandingConsent", "", [&](std::size_t lane) {
            return call(
                person(lane, Role::writer), ModuleId::datasets,
                SetStandingConsent{
                    .submission = accepted_.by_writer[lane], .uses = kAllUses, .least_ppm = 1});
        });
        of_one_ = next_id();
        story_.measure("datasets.registerDataset", "1 submission", [&](std::size_t lane) {
            return registration(lane, {accepted_.by_writer[lane]});
        });
        of_all_ = next_id();
        story_.measure("datasets.registerDataset",
                       std::to_string(accepted_.all[0].size()) + " submissions",
                       [&](std::size_t lane) { return registration(lane, accepted_.all[lane]); });
        for (int i = 2; i < 8; ++i)
            story_.each(
                [&](std::size_t lane) { return registration(lane, {accepted_.by_writer[lane]}); });
    }

    // Eight parents with a parent each: a sale of their child pays sixteen.
    void lineage() {
        std::vector<std::uint64_t> parents;
        for (std::size_t i = 0; i < kMaxParents; ++i) {
            const std::uint64_t grandparent = next_id();
            story_.each([&](std::size_t lane) { return outside(lane, {}); });
            parents.push_back(next_id());
            story_.each([&](std::size_t lane) { return outside(lane, {grandparent}); });
        }
        child_ = next_id();
        story_.measure("datasets.registerDataset", "8 parents",
                       [&](std::size_t lane) { return outside(lane, parents); });
    }

    void consents() {
        const auto second = [&](std::size_t lane) {
            const auto& all = accepted_.all[lane];
            return all[all[0] == accepted_.by_writer[lane] ? 1 : 0];
        };
        const auto contributor = [&](std::size_t lane) {
            return story_.chain()
                .state()
                .must_get(kSources, {.dataset = of_all_ + lane, .submission = second(lane)})
                .contributor;
        };
        story_.measure("datasets.grantConsent", "", [&](std::size_t lane) {
            return call(contributor(lane), ModuleId::datasets,
                        GrantConsent{.dataset = of_all_ + lane, .submission = second(lane)});
        });
        story_.measure("datasets.revokeConsent", "", [&](std::size_t lane) {
            return call(contributor(lane), ModuleId::datasets,
                        RevokeConsent{.dataset = of_all_ + lane, .submission = second(lane)});
        });
    }

    void licences() {
        buy("no parents", of_one_);
        const std::uint64_t first = story_.chain().state().must_get(kCounters, {}).licences + 1;
        buy("16 receivers", child_);
        story_.measure("datasets.transferLicence", "", [&](std::size_t lane) {
            return call(person(lane, Role::licensee), ModuleId::datasets,
                        TransferLicence{.licence = first + lane, .to = person(lane, Role::heir)});
        });
        claim("of the owner", 0);
        story_.measure("datasets.claimRoyalties", "of a submission", [&](std::size_t lane) {
            return call(
                person(lane, Role::writer), ModuleId::datasets,
                ClaimRoyalties{.dataset = of_one_ + lane, .submission = accepted_.by_writer[lane]});
        });
        story_.measure("datasets.editDataset", "", [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::datasets,
                        EditDataset{.dataset = of_all_ + lane, .price = tokens(1)});
        });
    }

  private:
    std::uint64_t next_id() {
        return story_.chain().state().get_or_default(kCounters, {}).datasets + 1;
    }
    static RegisterDataset described() {
        return {.outside_root = {},
                .data_uri = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
                .terms = {.text_hash = sha256(view_of("licence")),
                          .text_uri = "ipfs://licence",
                          .uses = kUses,
                          .transferable = true},
                .price = kSale,
                .submissions = {},
                .parents = {}};
    }
    Call registration(std::size_t lane, std::vector<std::uint64_t> submissions) const {
        RegisterDataset out = described();
        out.terms.contributors_ppm = 600'000;
        out.submissions = std::move(submissions);
        return call(person(lane, Role::buyer), ModuleId::datasets, out);
    }
    // `parents` are those of lane 0.
    static Call outside(std::size_t lane, const std::vector<std::uint64_t>& parents) {
        RegisterDataset out = described();
        out.outside_root = sha256(view_of("outside"));
        for (const std::uint64_t parent : parents)
            out.parents.push_back({.dataset = parent + lane, .royalty_ppm = 100'000});
        return call(person(lane, Role::buyer), ModuleId::datasets, out);
    }
    void buy(const std::string& what, std::uint64_t first) {
        story_.measure("datasets.buyLicence", what, [&](std::size_t lane) {
            return call(person(lane, Role::licensee), ModuleId::datasets,
                        BuyLicence{.dataset = first + lane, .least_items = 0}, kSale);
        });
    }
    void claim(const std::string& what, std::uint64_t submission) {
        story_.measure("datasets.claimRoyalties", what, [&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::datasets,
                        ClaimRoyalties{.dataset = of_one_ + lane, .submission = submission});
        });
    }

    Story& story_;
    const Accepted& accepted_;
    std::uint64_t of_one_ = 0;  // lane 0's, as of the next ones
    std::uint64_t of_all_ = 0;
    std::uint64_t child_ = 0;
};

}  // namespace

void tell_of_datasets(Story& story, const Accepted& accepted) {
    DatasetTale tale(story, accepted);
    tale.registrations();
    tale.lineage();
    tale.consents();
    tale.licences();
}

}  // namespace assay::bench
