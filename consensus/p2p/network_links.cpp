// Who becomes a peer, what peers' links do, and what ends them.
#include "consensus/p2p/network_impl.hpp"

namespace assay::consensus {

namespace asio = boost::asio;

Hello PeerNetwork::Impl::hello() const {
    return {.chain_id = config.chain_id,
            .genesis = config.genesis,
            .listens = config.external_address,
            .session = session};
}

std::size_t PeerNetwork::Impl::callers(bool greeted, const std::string& source) const {
    return static_cast<std::size_t>(
        std::count_if(links.begin(), links.end(), [&](const LinkPtr& link) {
            return !link->is_dialled() && link->is_greeted() == greeted && !link->is_named() &&
                   (source.empty() || caller_of(link->host()) == source);
        }));
}

PeerNetwork::Impl::LinkPtr PeerNetwork::Impl::make_link(asio::ip::tcp::socket socket,
                                                        std::optional<PeerId> expected) {
    auto link = std::make_shared<Link>(std::move(socket), tls, config.link, hello(), expected,
                                       outbox, events);
    links.insert(link);
    return link;
}

// Both ends decide alike: of two links the one that the node with the smaller id dialled stays. A
// node that dials again has lost its older link, which is then the one to go; so has one that was
// started anew.
bool PeerNetwork::Impl::keep_new(const Link& old, const Link& fresh) const {
    if (old.is_dialled() == fresh.is_dialled()) return true;
    if (old.theirs().session != fresh.theirs().session) return true;
    return fresh.is_dialled() == (own_id < fresh.id());
}

bool PeerNetwork::Impl::is_kept_out(const LinkPtr& link, bool is_new) {
    std::string why;
    const auto same = std::count_if(links.begin(), links.end(), [&](const LinkPtr& other) {
        return other->is_greeted() && other->id() == link->id();
    });
    if (link->id() == own_id)
        why = "this node called itself";
    else if (standing.is_banned(link->id(), now_ms()))
        why = "is banned";
    else if (same > 2)
        why = "has two links already";
    else if (is_new && !link->is_dialled() && !link->is_named() &&
             callers(true) > config.max_inbound)
        why = "there is no room for more peers";
    else if (is_new && !link->is_dialled() && !link->is_named() &&
             callers(true, caller_of(link->host())) > config.max_inbound_of_source)
        why = "there is no room for more peers of its address";
    if (why.empty()) return false;
    link->close(why);
    return true;
}

void PeerNetwork::Impl::greeted(const LinkPtr& link) {
    const PeerId id = link->id();
    Wanted* one = find_wanted(id);
    if (one != nullptr && one->persistent) link->be_named();
    LinkPtr old;
    if (const auto it = up.find(id); it != up.end()) old = it->second;
    if (is_kept_out(link, !old)) return;
    if (old && !keep_new(*old, *link)) return;  // end_twins() will end it
    {
        const std::lock_guard lock(mutex);
        up[id] = link;
    }
    if (one != nullptr) one->dialling = false;
    if (old)
        replace(old, link);
    else if (handlers.up)
        handlers.up(id);
    if (const auto place = parse_host_port(link->theirs().listens))
        if (is_believable(place->first, link->host()))
            book.add({.id = id, .host = place->first, .port = place->second},
                     network_of(link->host()), true);
    if (!link->is_dialled()) return;
    book.succeeded(id);
    if (book.size() < 2 * config.max_outbound) ask_for_addresses(*link);
}

// The other of two links that both ends opened goes on until both know of both; one that was lost
// ends now.
void PeerNetwork::Impl::replace(const LinkPtr& old, const LinkPtr& fresh) {
    const bool both_opened = old->is_dialled() != fresh->is_dialled() &&
                             old->theirs().session == fresh->theirs().session;
    if (both_opened) return;
    old->close("it came back on a newer link");
    if (handlers.down) handlers.down(fresh->id());
    if (handlers.up) handlers.up(fresh->id());
}

void PeerNetwork::Impl::closed(const LinkPtr& link, const std::string& why) {
    links.erase(link);
    waiting.erase(link);
    const PeerId id = link->id();
    const auto it = up.find(id);
    const bool was_up = it != up.end() && it->second == link;
    bool is_up = it != up.end();
    if (was_up) {
        const auto twin = std::find_if(links.begin(), links.end(), [&](const LinkPtr& other) {
            return other->is_greeted() && other->id() == id;
        });
        is_up = !stopping && twin != links.end();
        const std::lock_guard lock(mutex);
        if (is_up)
            it->second = *twin;
        else
            up.erase(it);
    }
    if (!stopping) say((link->is_greeted() ? to_hex(id) : link->host()) + ": " + why);
    if (was_up) answers_due.erase(id);
    if (Wanted* one = link->is_dialled() ? find_wanted(link->wanted_id()) : nullptr) {
        const bool settled = link->is_greeted() && link->age_ms() >= config.settled_ms;
        one->dialling = false;
        if (settled) one->wait_ms = config.redial_ms;
        if (!settled && !up.contains(one->address.id)) dial_failed(one->address.id);
    }
    if (was_up && handlers.down) handlers.down(id);
    if (was_up && is_up && handlers.up) handlers.up(id);
    if (was_up && !stopping) dial_all();
}

// Messages ----------------------------------------------------------------------------------------

bool PeerNetwork::Impl::admit(Link& link, std::size_t bytes) {
    if (intake.admit(link.id(), bytes, link.is_named())) return true;
    waiting.insert(link.shared_from_this());
    return false;
}

void PeerNetwork::Impl::release(const PeerId& peer, std::size_t bytes) {
    intake.release(peer, bytes);
    if (waiting.empty() || stopping) return;
    for (const auto& link : std::exchange(waiting, {})) link->wake();
}

void PeerNetwork::Impl::message(Link& link, Channel channel, Bytes payload) {
    const std::size_t bytes = payload.size();
    link.bytes_in += bytes;
    {
        const std::lock_guard lock(mutex);
        auto& flow = counts.in[static_cast<std::size_t>(channel)];
        ++flow.messages;
        flow.bytes += bytes;
    }
    if (channel != Channel::addresses && up.contains(link.id()))
        return handlers.message(link.id(), channel, std::move(payload));
    const auto kept = link.shared_from_this();
    if (channel == Channel::addresses) take_addresses(link, payload);
    release(kept->id(), bytes);
}

void PeerNetwork::Impl::report(const PeerId& peer, Offence offence) {
    const bool was_banned = standing.is_banned(peer, now_ms());  // this was said before
    if (!standing.report(peer, offence, now_ms(), is_named(peer))) return;
    if (!was_banned) {
        const std::lock_guard lock(mutex);
        ++counts.banned;
    }
    const std::set<LinkPtr> all = links;
    for (const auto& link : all)
        if (link->is_greeted() && link->id() == peer) link->close("has lost its standing");
}

}  // namespace assay::consensus
