// Whom this node calls, when, and how it learns of others.
#include <boost/asio/connect.hpp>

#include "consensus/p2p/network_impl.hpp"

namespace assay::consensus {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::uint64_t kMaxWaitMs = 60'000;
constexpr std::uint64_t kMaxNamedWaitMs = 10'000;
constexpr std::uint64_t kAnswersEachMs = 10'000;  // how often one peer may ask
constexpr std::uint64_t kAskOneEachMs = 60'000;   // how often this node asks the same one
constexpr std::uint64_t kAskEachMs = 10'000;      // and anybody

// Forgets what lies so far back that it matters no more.
void forget_old(std::map<PeerId, std::uint64_t>& times, std::uint64_t now_ms, std::uint64_t age) {
    std::erase_if(times, [&](const auto& one) { return now_ms - one.second >= age; });
}

}  // namespace

PeerNetwork::Impl::Wanted* PeerNetwork::Impl::find_wanted(const PeerId& id) {
    const auto it = std::find_if(wanted.begin(), wanted.end(),
                                 [&](const Wanted& one) { return one.address.id == id; });
    return it == wanted.end() ? nullptr : &*it;
}

bool PeerNetwork::Impl::is_named(const PeerId& id) {
    const Wanted* one = find_wanted(id);
    return one != nullptr && one->persistent;
}

// Fills the places for peers that nobody named, from the book.
void PeerNetwork::Impl::want_more() {
    const auto is_other = [](const Wanted& one) { return !one.persistent && !one.seed; };
    std::erase_if(wanted, [&](const Wanted& one) {
        return is_other(one) && !one.dialling && !up.contains(one.address.id);
    });
    auto others = static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), is_other));
    if (others >= config.max_outbound) return;
    for (const auto& address : book.due(2 * config.max_outbound, random, now_ms())) {
        if (others >= config.max_outbound) return;
        if (address.id == own_id || up.contains(address.id) || find_wanted(address.id) != nullptr ||
            standing.is_banned(address.id, now_ms()))
            continue;
        wanted.push_back({.address = address, .wait_ms = config.redial_ms});
        ++others;
    }
}

void PeerNetwork::Impl::dial_all() {
    const bool alone = up.empty();
    for (Wanted& one : wanted) {
        if (one.dialling || up.contains(one.address.id) || now_ms() < one.next_ms) continue;
        if (one.seed && !alone) continue;
        if (standing.is_banned(one.address.id, now_ms())) continue;
        dial(one);
    }
}

void PeerNetwork::Impl::dial(Wanted& one) {
    one.dialling = true;
    const PeerId id = one.address.id;
    resolver.async_resolve(one.address.host, std::to_string(one.address.port),
                           [this, id](const error_code& error, auto places) {
                               if (stopping) return;
                               if (error) return dial_failed(id);
                               connect(id, std::move(places));
                           });
}

void PeerNetwork::Impl::connect(const PeerId& id, asio::ip::tcp::resolver::results_type places) {
    auto socket = std::make_shared<asio::ip::tcp::socket>(context);
    auto deadline = std::make_shared<asio::steady_timer>(context);
    deadline->expires_after(std::chrono::milliseconds(config.handshake_ms));
    deadline->async_wait([socket](const error_code& error) {
        error_code ignored;
        if (!error) socket->close(ignored);
    });
    asio::async_connect(*socket, places,
                        [this, id, socket, deadline](const error_code& error, const auto&) {
                            deadline->cancel();
                            if (stopping) return;
                            if (error || !socket->is_open()) return dial_failed(id);
                            make_link(std::move(*socket), id)->start();
                        });
}

// Waits twice as long each time, and never as long as somebody else who failed at the same moment.
void PeerNetwork::Impl::dial_failed(const PeerId& id) {
    book.failed(id, now_ms(), !up.empty());
    Wanted* one = find_wanted(id);
    if (one == nullptr) return;
    one->dialling = false;
    one->next_ms = now_ms() + one->wait_ms / 2 + random() % (one->wait_ms + 1);
    one->wait_ms = std::min(one->wait_ms * 2, one->persistent ? kMaxNamedWaitMs : kMaxWaitMs);
}

// Addresses ---------------------------------------------------------------------------------------

void PeerNetwork::Impl::ask_for_addresses(Link& link) {
    forget_old(we_asked_ms, now_ms(), kAskOneEachMs);
    if (we_asked_ms.contains(link.id()) || !link.reserve(Channel::addresses, 0)) return;
    asked_ms = now_ms();
    we_asked_ms[link.id()] = asked_ms;
    answers_due.insert(link.id());
    link.queue(static_cast<std::uint8_t>(Channel::addresses), {});
}

// While there are places for peers whom nobody named.
void PeerNetwork::Impl::ask_somebody() {
    if (up.empty() || now_ms() - asked_ms < kAskEachMs) return;
    const auto dialled = static_cast<std::size_t>(std::count_if(
        up.begin(), up.end(), [](const auto& one) { return one.second->is_dialled(); }));
    if (dialled >= config.max_outbound) return;
    asked_ms = now_ms();
    const LinkPtr link =
        std::next(up.begin(), static_cast<std::ptrdiff_t>(random() % up.size()))->second;
    ask_for_addresses(*link);
}

void PeerNetwork::Impl::take_addresses(Link& link, const Bytes& payload) {
    const PeerId id = link.id();
    if (!payload.empty()) {
        if (answers_due.erase(id) == 0) return report(id, Offence::useless);
        const auto told = decode_addresses(payload);
        if (!told) return report(id, Offence::malformed);
        for (const auto& address : *told)
            if (is_believable(address.host, link.host()) && address.id != own_id)
                book.add(address, network_of(link.host()), false);
        return;
    }
    forget_old(they_asked_ms, now_ms(), kAnswersEachMs);
    if (!they_asked_ms.try_emplace(id, now_ms()).second) return report(id, Offence::flood);
    Bytes answer = encode_addresses(book.some(kMaxAddressesTold, random));
    if (!answer.empty() && link.reserve(Channel::addresses, answer.size()))
        link.queue(static_cast<std::uint8_t>(Channel::addresses), std::move(answer));
}

}  // namespace assay::consensus
