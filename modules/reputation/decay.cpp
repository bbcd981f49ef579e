// The table of the half-life and its use.
#include "modules/reputation/decay.hpp"

namespace assay::reputation {

namespace {

constexpr std::uint64_t kOne = 1ULL << 32U;
constexpr std::uint64_t kMostHalvings = 32;  // nothing that fits 32 bits is left after them

}  // namespace

// clang-format off
const std::array<std::uint64_t, kHalfLifeSteps> kDecay = {
    4'294'967'296U, 4'262'016'076U, 4'229'317'659U, 4'196'870'107U, 4'164'671'494U,
    4'132'719'910U, 4'101'013'461U, 4'069'550'266U, 4'038'328'457U, 4'007'346'184U,
    3'976'601'609U, 3'946'092'908U, 3'915'818'271U, 3'885'775'903U, 3'855'964'021U,
    3'826'380'858U, 3'797'024'658U, 3'767'893'681U, 3'738'986'198U, 3'710'300'495U,
    3'681'834'871U, 3'653'587'636U, 3'625'557'115U, 3'597'741'646U, 3'570'139'579U,
    3'542'749'276U, 3'515'569'113U, 3'488'597'478U, 3'461'832'771U, 3'435'273'404U,
    3'408'917'801U, 3'382'764'401U, 3'356'811'651U, 3'331'058'011U, 3'305'501'955U,
    3'280'141'967U, 3'254'976'541U, 3'230'004'186U, 3'205'223'420U, 3'180'632'774U,
    3'156'230'789U, 3'132'016'016U, 3'107'987'021U, 3'084'142'378U, 3'060'480'672U,
    3'037'000'499U, 3'013'700'468U, 2'990'579'196U, 2'967'635'312U, 2'944'867'455U,
    2'922'274'273U, 2'899'854'428U, 2'877'606'589U, 2'855'529'437U, 2'833'621'661U,
    2'811'881'964U, 2'790'309'054U, 2'768'901'653U, 2'747'658'491U, 2'726'578'307U,
    2'705'659'852U, 2'684'901'884U, 2'664'303'173U, 2'643'862'495U, 2'623'578'640U,
    2'603'450'404U, 2'583'476'593U, 2'563'656'021U, 2'543'987'515U, 2'524'469'906U,
    2'505'102'037U, 2'485'882'759U, 2'466'810'933U, 2'447'885'427U, 2'429'105'119U,
    2'410'468'894U, 2'391'975'647U, 2'373'624'281U, 2'355'413'708U, 2'337'342'848U,
    2'319'410'628U, 2'301'615'985U, 2'283'957'863U, 2'266'435'216U, 2'249'047'003U,
    2'231'792'193U, 2'214'669'764U, 2'197'678'698U, 2'180'817'989U, 2'164'086'636U,
};
// clang-format on

std::uint32_t decayed(std::uint32_t score, std::uint64_t steps) {
    const std::uint64_t halvings = steps / kHalfLifeSteps;
    if (halvings >= kMostHalvings) return 0;
    const std::uint64_t left = score * kDecay[steps % kHalfLifeSteps];
    return static_cast<std::uint32_t>(left >> (32U + halvings));
}

std::uint32_t decayed_up(std::uint32_t score, std::uint64_t steps) {
    if (score == 0) return 0;
    const std::uint64_t halvings = steps / kHalfLifeSteps;
    if (halvings >= kMostHalvings) return 1;
    const std::uint64_t entry = kDecay[steps % kHalfLifeSteps];
    // An entry other than the first is below what it stands for by less than one.
    const std::uint64_t left = score * (entry == kOne ? entry : entry + 1);
    const std::uint64_t unit = 1ULL << (32U + halvings);
    return static_cast<std::uint32_t>((left + unit - 1) >> (32U + halvings));
}

}  // namespace assay::reputation
