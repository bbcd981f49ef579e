// Adding, passing on and printing.
#include "tests/plays/report.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <sstream>

namespace assay::test {

void PlayReport::add(const PlayReport& other) {
    for (const auto& [name, count] : other.counts) {
        PlayCount& mine = counts[name];
        mine.sent += count.sent;
        mine.accepted += count.accepted;
        for (const auto& [code, times] : count.refused) mine.refused[code] += times;
    }
    for (const auto& [end, times] : other.ends) ends[end] += times;
    seeds += other.seeds;
    blocks += other.blocks;
    repeated += other.repeated;
    broken.insert(broken.end(), other.broken.begin(), other.broken.end());
}

std::uint64_t PlayReport::sent() const {
    std::uint64_t out = 0;
    for (const auto& [name, count] : counts) out += count.sent;
    return out;
}

std::uint64_t PlayReport::accepted() const {
    std::uint64_t out = 0;
    for (const auto& [name, count] : counts) out += count.accepted;
    return out;
}

std::string PlayReport::write() const {
    std::ostringstream out;
    out << "runs " << seeds << ' ' << blocks << ' ' << repeated << '\n';
    for (const auto& [name, count] : counts) {
        out << "count " << count.sent << ' ' << count.accepted << ' ' << name << '\n';
        for (const auto& [code, times] : count.refused)
            out << "refused " << times << ' ' << code << '\n';
    }
    for (const auto& [end, times] : ends) out << "end " << times << ' ' << end << '\n';
    for (const std::string& each : broken) out << "broken " << each << '\n';
    return out.str();
}

PlayReport PlayReport::read(const std::string& lines) {
    PlayReport out;
    PlayCount* last = nullptr;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string kind;
        words >> kind;
        if (kind == "runs") {
            words >> out.seeds >> out.blocks >> out.repeated;
        } else if (kind == "count") {
            PlayCount count;
            std::string name;
            words >> count.sent >> count.accepted;
            std::getline(words >> std::ws, name);
            last = &(out.counts[name] = count);
        } else if (kind == "refused" && last != nullptr) {
            std::uint64_t times = 0;
            std::string code;
            words >> times >> code;
            last->refused[code] += times;
        } else if (kind == "end") {
            std::uint64_t times = 0;
            std::string end;
            words >> times;
            std::getline(words >> std::ws, end);
            out.ends[end] += times;
        } else if (kind == "broken") {
            std::string what;
            std::getline(words >> std::ws, what);
            out.broken.push_back(what);
        }
    }
    return out;
}

void print(const PlayReport& report, bool details) {
    std::printf("%-32s %12s %12s %6s\n", "message", "sent", "accepted", "share");
    for (const auto& [name, count] : report.counts) {
        std::printf("%-32s %12" PRIu64 " %12" PRIu64 " %5.1f%%\n", name.c_str(), count.sent,
                    count.accepted,
                    100.0 * static_cast<double>(count.accepted) /
                        static_cast<double>(std::max<std::uint64_t>(count.sent, 1)));
        if (!details) continue;
        for (const auto& [code, times] : count.refused)
            std::printf("    %-28s %12" PRIu64 "\n", code.c_str(), times);
    }
    if (details)
        for (const auto& [end, times] : report.ends)
            std::printf("%-45s %12" PRIu64 "\n", end.c_str(), times);
    std::printf("%" PRIu64 " plays, %" PRIu64 " blocks, %" PRIu64 " plays executed again\n",
                report.seeds, report.blocks, report.repeated);
    std::printf("%" PRIu64 " messages sent, %" PRIu64 " accepted\n", report.sent(),
                report.accepted());
}

}  // namespace assay::test
