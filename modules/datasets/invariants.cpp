// Walks all datasets, sources and licences.
#include "modules/datasets/invariants.hpp"

#include <algorithm>
#include <map>

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/datasets/consent.hpp"
#include "modules/datasets/money.hpp"
#include "modules/datasets/needs.hpp"

namespace assay::datasets {

namespace {

class Findings {
  public:
    Findings(const char* rule, std::vector<InvariantFailure>& failures)
        : rule_(rule), failures_(failures) {}
    void expect(bool holds, const char* object, std::uint64_t id, const char* what) {
        if (!holds)
            failures_.push_back(
                {.rule = rule_,
                 .what = std::string(object) + " " + std::to_string(id) + ": " + what});
    }
    void expect_equal(const std::string& what, Amount found, Amount expected) {
        if (found != expected)
            failures_.push_back({.rule = rule_,
                                 .what = what + " is " + to_string(found) + ", the records say " +
                                         to_string(expected)});
    }

  private:
    const char* rule_;
    std::vector<InvariantFailure>& failures_;
};

template <class F>
void for_each_dataset(const State& state, F&& visit) {
    const std::uint64_t last = state.get_or_default(kCounters, {}).datasets;
    for (std::uint64_t id = 1; id <= last; ++id)
        visit(state.must_get(kDatasets, id), state.must_get(kBooks, id));
}

template <class F>
void for_each_source(const State& state, std::uint64_t dataset, F&& visit) {
    for (const std::uint64_t submission : state.get_or_default(kContents, dataset))
        visit(state.must_get(kSources, {.dataset = dataset, .submission = submission}));
}

// What consents come to at each version, by taking every change in turn.
struct Point {
    Hash256 digest;
    std::uint32_t submissions = 0;
    std::uint64_t items = 0;
};

struct Step {
    ChangeKey key;
    ConsentChange change;
    Consent before{};
    std::uint64_t items = 0;
};

std::map<std::uint64_t, Step> steps_of(const State& state, std::uint64_t dataset) {
    std::map<std::uint64_t, Step> out;
    for_each_source(state, dataset, [&](const Source& source) {
        Consent before = Consent::none;
        for (std::uint64_t number = 1; number <= source.changes; ++number) {
            const ChangeKey key{
                .dataset = dataset, .submission = source.submission, .number = number};
            const ConsentChange change = state.must_get(kChanges, key);
            out[change.version] = {
                .key = key, .change = change, .before = before, .items = source.items};
            before = change.consent;
        }
    });
    return out;
}

std::vector<Point> points_of(const std::map<std::uint64_t, Step>& steps) {
    std::vector<Point> out(1);
    for (const auto& [version, step] : steps) {
        Point next = out.back();
        next.digest = next_digest(next.digest, step.key, step.change);
        if (step.before == Consent::granted) {
            next.submissions -= 1;
            next.items -= step.items;
        }
        if (step.change.consent == Consent::granted) {
            next.submissions += 1;
            next.items += step.items;
        }
        out.push_back(next);
    }
    return out;
}

void check_source(const State& state, const Dataset& dataset, const Source& source,
                  Findings& findings) {
    const auto say = [&](bool holds, const char* what) {
        findings.expect(holds, "submission", source.submission, what);
    };
    const auto work = needs::work_of(state, source.submission);
    say(work && work->buyer == dataset.owner && work->contributor == source.contributor &&
            work->items == source.items,
        "a dataset says other things of it than the market");
    say(work && work->stands == (source.consent != Consent::withdrawn),
        "counts although it does not stand, or the other way round");
    Consent last = Consent::none;
    if (source.changes != 0)
        last = state
                   .must_get(kChanges, {.dataset = dataset.id,
                                        .submission = source.submission,
                                        .number = source.changes})
                   .consent;
    say(last == source.consent, "its last change is not its consent");
    const auto places = state.get_or_default(kPlaces, source.submission);
    say(std::find(places.begin(), places.end(), dataset.id) != places.end() &&
            places.size() <= kMaxDatasetsOfSubmission,
        "its list of datasets is wrong");
}

}  // namespace

void check_money(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Findings findings("datasets: money", failures);
    Amount owed;
    for_each_dataset(state, [&](const Dataset& dataset, const Books& books) {
        Amount sources;
        Amount paid;
        for_each_source(state, dataset.id, [&](const Source& source) {
            const Amount due = claimable(books, source);
            sources = sum_of(sources, due);
            paid = sum_of(paid, sum_of(due, source.claimed));
        });
        const std::string name = "dataset " + std::to_string(dataset.id);
        findings.expect_equal(name + ": contributors' part", books.contributors_due, sources);
        findings.expect(sum_of(books.owner_due, paid) <= books.income, "dataset", dataset.id,
                        "owes and paid more than it earned");
        owed = sum_of(owed, sum_of(books.owner_due, books.contributors_due));
    });
    findings.expect_equal("the royalties' pool", ledger::balance(state, pool::kRoyalties), owed);
}

void check_consents(const State& state, const StateReader&,
                    std::vector<InvariantFailure>& failures) {
    Findings findings("datasets: consents", failures);
    for_each_dataset(state, [&](const Dataset& dataset, const Books& books) {
        std::uint64_t items = 0;
        std::uint32_t count = 0;
        for_each_source(state, dataset.id, [&](const Source& source) {
            check_source(state, dataset, source, findings);
            items += source.items;
            ++count;
        });
        findings.expect(items == dataset.items && count == dataset.submissions, "dataset",
                        dataset.id, "its counts are not those of its submissions");
        const auto steps = steps_of(state, dataset.id);
        const bool complete = steps.size() == books.consent_version &&
                              (steps.empty() || (steps.begin()->first == 1 &&
                                                 steps.rbegin()->first == books.consent_version));
        findings.expect(complete, "dataset", dataset.id, "a version of its consents is missing");
        const Point last = points_of(steps).back();
        findings.expect(last.digest == books.consent_digest, "dataset", dataset.id,
                        "its consents have another digest");
        findings.expect(
            last.items == books.consented_items && last.submissions == books.consented_submissions,
            "dataset", dataset.id, "it miscounts its consents");
    });
}

void check_lineage(const State& state, const StateReader&,
                   std::vector<InvariantFailure>& failures) {
    Findings findings("datasets: lineage", failures);
    for_each_dataset(state, [&](const Dataset& dataset, const Books&) {
        std::uint64_t royalties = 0;
        for (const Parent& parent : dataset.parents) {
            royalties += parent.royalty_ppm;
            findings.expect(parent.dataset < dataset.id, "dataset", dataset.id,
                            "a parent is not older");
            const auto from = state.get(kDatasets, parent.dataset);
            findings.expect(from && parent.royalty_ppm >= from->terms.royalty_ppm, "dataset",
                            dataset.id, "a parent gets less than it asks");
        }
        std::uint64_t received = 0;
        for (const Receiver& each : dataset.receivers) received += each.ppm;
        findings.expect(received == royalties, "dataset", dataset.id,
                        "its receivers' parts are not its parents' royalties");
        findings.expect(royalties + dataset.terms.contributors_ppm <= kPpm, "dataset", dataset.id,
                        "it gives away more than its price");
        findings.expect(receivers_of(state, dataset.parents) == dataset.receivers, "dataset",
                        dataset.id, "its receivers are not those of its parents");
    });
}

void check_licences(const State& state, const StateReader&,
                    std::vector<InvariantFailure>& failures) {
    Findings findings("datasets: licences", failures);
    std::uint64_t sold = 0;
    for_each_dataset(state, [&](const Dataset& dataset, const Books& books) {
        const auto points = points_of(steps_of(state, dataset.id));
        std::uint64_t count = 0;
        std::uint64_t free_from_s = 0;
        DatasetLicence at{.dataset = dataset.id, .licence = 0};
        for (;;) {
            const auto next = state.next_after(kSold, at);
            if (!next || next->first.dataset != dataset.id) break;
            at = next->first;
            ++count;
            const Licence licence = state.must_get(kLicences, at.licence);
            const auto say = [&](bool holds, const char* what) {
                findings.expect(holds, "licence", licence.id, what);
            };
            say(licence.dataset == dataset.id && licence.id == at.licence, "listed elsewhere");
            say(state.contains(kHeld, {.holder = licence.holder, .licence = licence.id}),
                "not listed with its holder");
            say(licence.text_hash == dataset.terms.text_hash, "other terms than its dataset");
            say(!dataset.terms.exclusive || licence.bought_s >= free_from_s,
                "overlaps another exclusive licence");
            free_from_s = licence.ends_s;
            if (licence.consent_version >= points.size()) {
                say(false, "its consents are not there");
                continue;
            }
            const Point& then = points[licence.consent_version];
            say(then.digest == licence.consent_digest && then.items == licence.consented_items &&
                    then.submissions == licence.consented_submissions,
                "its consents are not those of its version");
            say(dataset.submissions == 0 || then.items != 0, "bought without any consent");
        }
        findings.expect(count == books.licences, "dataset", dataset.id,
                        "it miscounts its licences");
        sold += count;
    });
    std::uint64_t held = 0;
    state.scan(kHeld, [&](const HolderLicence&, const Listed&) { ++held; });
    const std::uint64_t made = state.get_or_default(kCounters, {}).licences;
    findings.expect(sold == made && held == made, "counter", made, "licences are not all listed");
}

}  // namespace assay::datasets
