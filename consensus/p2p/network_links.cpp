// Calling peers, greeting them, and what their links do.
#include <boost/asio/connect.hpp>

#include "consensus/p2p/network_impl.hpp"

namespace assay::consensus {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::uint64_t kMaxWaitMs = 60'000;
constexpr std::uint64_t kAddressesEachMs = 10'000;  // how often one peer may ask

}  // namespace

Hello PeerNetwork::Impl::hello() const {
    return {
        .chain_id = config.chain_id, .genesis = config.genesis, .listens = config.external_address};
}

std::size_t PeerNetwork::Impl::half_open() const {
    return static_cast<std::size_t>(std::count_if(
        links.begin(), links.end(), [](const LinkPtr& link) { return !link->is_greeted(); }));
}

std::size_t PeerNetwork::Impl::inbound() const {
    return static_cast<std::size_t>(std::count_if(
        links.begin(), links.end(), [](const LinkPtr& link) { return !link->is_dialled(); }));
}

// Calling -----------------------------------------------------------------------------------------

PeerNetwork::Impl::Wanted* PeerNetwork::Impl::find_wanted(const PeerId& id) {
    const auto it = std::find_if(wanted.begin(), wanted.end(),
                                 [&](const Wanted& one) { return one.address.id == id; });
    return it == wanted.end() ? nullptr : &*it;
}

// Fills the places for peers that nobody named, from the book.
void PeerNetwork::Impl::want_more() {
    std::erase_if(wanted, [&](const Wanted& one) {
        return !one.persistent && !one.seed && !one.dialling && !up.contains(one.address.id);
    });
    const auto others =
        static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), [](const Wanted& one) {
            return !one.persistent && !one.seed;
        }));
    if (others >= config.max_outbound) return;
    for (const auto& address : book.some(config.max_outbound, random)) {
        if (wanted.size() >= config.max_outbound + config.persistent_peers.size()) return;
        if (address.id == own_id || up.contains(address.id) || find_wanted(address.id) != nullptr ||
            standing.is_banned(address.id, now_ms()))
            continue;
        wanted.push_back({.address = address, .wait_ms = config.redial_ms});
    }
}

void PeerNetwork::Impl::dial_all() {
    const bool alone = up.empty();
    for (Wanted& one : wanted) {
        if (one.dialling || up.contains(one.address.id) || now_ms() < one.next_ms) continue;
        if (one.seed && !alone) continue;
        if (!one.persistent && standing.is_banned(one.address.id, now_ms())) continue;
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
                            if (error) return dial_failed(id);
                            make_link(std::move(*socket), id)->start();
                        });
}

// Waits twice as long each time, and never as long as somebody else who failed at the same moment.
void PeerNetwork::Impl::dial_failed(const PeerId& id) {
    book.failed(id);
    Wanted* one = find_wanted(id);
    if (one == nullptr) return;
    one->dialling = false;
    one->next_ms = now_ms() + one->wait_ms / 2 + random() % (one->wait_ms + 1);
    one->wait_ms = std::min(one->wait_ms * 2, kMaxWaitMs);
}

// Links -------------------------------------------------------------------------------------------

PeerNetwork::Impl::LinkPtr PeerNetwork::Impl::make_link(asio::ip::tcp::socket socket,
                                                        std::optional<PeerId> expected) {
    LinkLimits limits;
    limits.handshake_ms = config.handshake_ms;
    auto link = std::make_shared<Link>(std::move(socket), tls, limits, hello(), expected, events);
    links.insert(link);
    return link;
}

// Both ends decide alike: of two links the one that the node with the smaller id dialled stays. A
// node that dials again has lost its older link, which is then the one to go.
bool PeerNetwork::Impl::keep_new(const Link& old, const Link& fresh) const {
    if (old.is_dialled() == fresh.is_dialled()) return true;
    return fresh.is_dialled() == (own_id < fresh.id());
}

void PeerNetwork::Impl::greeted(const LinkPtr& link) {
    const PeerId id = link->id();
    if (id == own_id) return link->close("this node called itself");
    Wanted* one = find_wanted(id);
    const bool persistent = one != nullptr && one->persistent;
    if (standing.is_banned(id, now_ms()) && !persistent) return link->close("is banned");
    LinkPtr old;
    if (const auto it = up.find(id); it != up.end()) old = it->second;
    if (old && !keep_new(*old, *link)) return;  // end_twins() will end it
    if (!old && !link->is_dialled() && !persistent && inbound() > config.max_inbound)
        return link->close("there is no room for more peers");
    {
        const std::lock_guard lock(mutex);
        up[id] = link;
    }
    if (one != nullptr) {
        one->dialling = false;
        one->wait_ms = config.redial_ms;
    }
    if (old && old->is_dialled() == link->is_dialled()) old->close("it came back on a newer link");
    if (!old && handlers.up) handlers.up(id);
    book.succeeded(id);
    error_code unnamed;
    if (const auto place = parse_host_port(link->theirs().listens)) {
        asio::ip::make_address(place->first, unnamed);
        if (!unnamed) book.add({.id = id, .host = place->first, .port = place->second}, id);
    }
    if (!old && link->is_dialled() && book.size() < config.max_outbound &&
        link->reserve(Channel::addresses, 0)) {
        answers_due.insert(id);
        link->queue(static_cast<std::uint8_t>(Channel::addresses), {});
    }
}

void PeerNetwork::Impl::closed(const LinkPtr& link, const std::string& why) {
    links.erase(link);
    const PeerId id = link->id();
    const auto it = up.find(id);
    bool was_up = it != up.end() && it->second == link;
    if (was_up) {
        const auto twin = std::find_if(links.begin(), links.end(), [&](const LinkPtr& other) {
            return other->is_greeted() && other->id() == id;
        });
        const std::lock_guard lock(mutex);
        if (twin == links.end())
            up.erase(it);
        else
            it->second = *twin;
        was_up = twin == links.end();
    }
    if (!stopping) say((link->is_greeted() ? to_hex(id) : link->host()) + ": " + why);
    if (was_up) answers_due.erase(id);
    Wanted* one = link->is_dialled() ? find_wanted(link->wanted_id()) : nullptr;
    if (one != nullptr && one->dialling) {
        if (up.contains(one->address.id))
            one->dialling = false;
        else
            dial_failed(one->address.id);
    }
    if (was_up && handlers.down) handlers.down(id);
    if (was_up && !stopping) dial_all();
}

void PeerNetwork::Impl::message(Link& link, Channel channel, Bytes payload) {
    if (!up.contains(link.id())) return;
    {
        const std::lock_guard lock(mutex);
        counts.bytes_in += payload.size();
    }
    if (channel != Channel::addresses)
        return handlers.message(link.id(), channel, std::move(payload));
    take_addresses(link, payload);
    link.release(payload.size());
}

void PeerNetwork::Impl::take_addresses(Link& link, const Bytes& payload) {
    const PeerId id = link.id();
    if (answers_due.contains(id) && !payload.empty()) {
        answers_due.erase(id);
        const auto told = decode_addresses(payload);
        if (!told) return report(id, Offence::malformed);
        for (const auto& address : *told) {
            error_code unnamed;
            asio::ip::make_address(address.host, unnamed);
            if (!unnamed && address.id != own_id) book.add(address, id);
        }
        return;
    }
    if (!payload.empty()) return report(id, Offence::useless);
    if (const auto it = asked_ms.find(id);
        it != asked_ms.end() && now_ms() - it->second < kAddressesEachMs)
        return report(id, Offence::flood);
    asked_ms[id] = now_ms();
    std::erase_if(asked_ms, [&](const auto& one) { return !up.contains(one.first); });
    Bytes answer = encode_addresses(book.some(kMaxAddressesTold, random));
    if (!answer.empty() && link.reserve(Channel::addresses, answer.size()))
        link.queue(static_cast<std::uint8_t>(Channel::addresses), std::move(answer));
}

void PeerNetwork::Impl::report(const PeerId& peer, Offence offence) {
    if (!standing.report(peer, offence, now_ms())) return;
    const auto it = up.find(peer);
    if (it == up.end()) return;
    const LinkPtr link = it->second;
    link->close("has lost its standing");
    if (Wanted* one = find_wanted(peer)) {
        one->wait_ms = kMaxWaitMs;
        one->next_ms = now_ms() + kMaxWaitMs;
    }
}

}  // namespace assay::consensus
