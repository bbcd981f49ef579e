// What datasets offer.
#include "modules/datasets/module.hpp"

#include "modules/datasets/events.hpp"
#include "modules/datasets/invariants.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/views.hpp"

namespace assay::datasets {

Module make_module() {
    Module module{.id = ModuleId::datasets, .name = "datasets"};
    module.messages = messages<RegisterDataset, EditDataset, BuyLicence, TransferLicence,
                               GrantConsent, RevokeConsent, SetStandingConsent, ClaimRoyalties>();
    module.views = views<GetDataset, ListDatasets, GetSource, ListSources, ListDatasetsOfSubmission,
                         GetStandingConsent, GetLicence, ListLicences, ListHeldLicences,
                         QuoteBuyLicence, GetConsentInLicence, GetConsentAt>();
    module.events =
        events<DatasetRegistered, DatasetEdited, ConsentChanged, StandingConsentSet, LicenceBought,
               LicenceTransferred, RoyaltyEarned, RoyaltiesClaimed, RoyaltiesBurned>();
    module.invariants = {check_money, check_consents, check_lineage, check_licences};
    return module;
}

}  // namespace assay::datasets
