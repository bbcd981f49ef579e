// The calls of other threads, the listener and the clock.
#include "consensus/p2p/peer_network.hpp"

#include <boost/asio/post.hpp>
#include <fstream>
#include <sstream>

#include "consensus/disk/posix_disk.hpp"
#include "consensus/p2p/network_impl.hpp"

namespace assay::consensus {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::uint64_t kSaveBookMs = 60'000;
constexpr std::uint64_t kTwinMs = 1'000;
constexpr std::uint64_t kAcceptPauseMs = 100;

SSL_CTX* taken(const std::shared_ptr<ssl_ctx_st>& settings) {
    ::SSL_CTX_up_ref(settings.get());
    return settings.get();
}

}  // namespace

PeerNetwork::Impl::Impl(PeerConfig given, const NodeKey& key,
                        const std::shared_ptr<ssl_ctx_st>& settings)
    : config(std::move(given)),
      own_id(key.id()),
      outbox(config.outbox),
      tls(taken(settings)),
      intake(config.intake),
      standing(StandingLimits{.ban_ms = config.ban_ms, .named_ban_ms = config.named_ban_ms}),
      call_rates(config.calls_per_s, 5 * config.calls_per_s) {
    session = random();
    config.link.handshake_ms = config.handshake_ms;
    events = {
        .greeted = [this](const LinkPtr& link) { greeted(link); },
        .admit = [this](Link& link, std::size_t bytes) { return admit(link, bytes); },
        .abandoned = [this](const Link& link, std::size_t bytes) { release(link.id(), bytes); },
        .message = [this](Link& link, Channel channel,
                          Bytes payload) { message(link, channel, std::move(payload)); },
        .offence = [this](const PeerId& peer, Offence offence) { report(peer, offence); },
        .closed = [this](const LinkPtr& link, const std::string& why) { closed(link, why); },
        .now_ms = now_ms};
}

std::uint64_t PeerNetwork::Impl::now_ms() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

void PeerNetwork::Impl::say(const std::string& what) const {
    if (handlers.log) handlers.log(what);
}

Result<void> PeerNetwork::Impl::listen() {
    error_code error;
    const auto address = asio::ip::make_address(config.address, error);
    if (error) return failure("p2p.address: " + config.address + " is no address");
    const asio::ip::tcp::endpoint place(address, config.port);
    acceptor.open(place.protocol(), error);
    if (!error) acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(place, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return failure("p2p.port: cannot listen on " + config.address + ":" +
                       std::to_string(config.port) + ": " + error.message());
    port = acceptor.local_endpoint().port();
    accept();
    return {};
}

void PeerNetwork::Impl::accept() {
    acceptor.async_accept([this](const error_code& error, asio::ip::tcp::socket socket) {
        if (stopping) return;
        if (!error) {
            accepted(std::move(socket));
            return accept();
        }
        // Most likely there are no file descriptors; they do not come back by asking at once.
        accept_pause.expires_after(std::chrono::milliseconds(kAcceptPauseMs));
        accept_pause.async_wait([this](const error_code& cancelled) {
            if (!cancelled && !stopping) accept();
        });
    });
}

// Where there is no room the caller is dropped at once: it costs nothing but the accept.
void PeerNetwork::Impl::accepted(asio::ip::tcp::socket socket) {
    error_code unknown;
    const std::string source = caller_of(socket.remote_endpoint(unknown).address().to_string());
    if (unknown || callers(false) >= config.max_half_open ||
        callers(false, source) >= config.max_half_open_of_source ||
        !call_rates.take(source, now_ms())) {
        const std::lock_guard lock(mutex);
        ++counts.refused;
        return;
    }
    make_link(std::move(socket), std::nullopt)->start();
}

void PeerNetwork::Impl::schedule_tick() {
    ticker.expires_after(std::chrono::milliseconds(config.tick_ms));
    ticker.async_wait([this](const error_code& error) {
        if (error || stopping) return;
        tick();
        schedule_tick();
    });
}

void PeerNetwork::Impl::tick() {
    const std::set<LinkPtr> all = links;
    for (const auto& link : all) link->tick();
    end_twins();
    want_more();
    dial_all();
    ask_somebody();
    if (now_ms() - book_saved_ms >= kSaveBookMs) save_book();
    count();
}

void PeerNetwork::Impl::save_book() {
    book_saved_ms = now_ms();
    if (config.address_book.empty()) return;
    std::string text = book.to_json();
    if (text == saved_book) return;
    PosixDisk disk;
    if (const auto done = replace_file(disk, config.address_book, view_of(text)); !done)
        say("address book: " + done.error().message);
    saved_book = std::move(text);
}

// What other threads may read of what only this one knows.
void PeerNetwork::Impl::count() {
    const std::lock_guard lock(mutex);
    counts.half_open = callers(false);
    counts.addresses = book.size();
    counts.held = intake.held();
    counts.waiting = waiting.size();
}

// Two nodes that called each other have two links and use the same one. The other is ended when
// both have surely seen both, by the node with the larger id; by the smaller one if that does not.
void PeerNetwork::Impl::end_twins() {
    const std::set<LinkPtr> all = links;
    for (const auto& link : all) {
        const auto it = up.find(link->id());
        const std::uint64_t age = link->id() < own_id ? kTwinMs : 2 * config.handshake_ms;
        if (link->is_greeted() && it != up.end() && it->second != link && link->age_ms() > age)
            link->close("another link takes its place");
    }
}

void PeerNetwork::Impl::close_all() {
    stopping = true;
    save_book();
    error_code ignored;
    acceptor.close(ignored);
    ticker.cancel();
    accept_pause.cancel();
    resolver.cancel();
    const std::set<LinkPtr> all = links;
    for (const auto& link : all) link->close("this node stops");
}

PeerNetwork::PeerNetwork(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PeerNetwork::~PeerNetwork() {
    stop();
}

Result<std::unique_ptr<PeerNetwork>> PeerNetwork::create(PeerConfig config, const NodeKey& key) {
    if (!config.external_address.empty())
        if (const auto good = parse_host_port(config.external_address); !good)
            return failure("p2p.external_address: " + good.error().message);
    auto tls = key.tls_context();
    if (!tls) return tls.error();
    auto impl = std::make_unique<Impl>(std::move(config), key, *tls);
    for (const bool persistent : {true, false})
        for (const auto& text : persistent ? impl->config.persistent_peers : impl->config.seeds) {
            auto address = parse_peer_address(text);
            if (!address)
                return failure(std::string(persistent ? "p2p.persistent_peers: " : "p2p.seeds: ") +
                               address.error().message);
            if (address->id == impl->own_id || impl->find_wanted(address->id) != nullptr) continue;
            impl->wanted.push_back({.address = std::move(*address),
                                    .persistent = persistent,
                                    .seed = !persistent,
                                    .wait_ms = impl->config.redial_ms});
        }
    return std::unique_ptr<PeerNetwork>(new PeerNetwork(std::move(impl)));
}

void PeerNetwork::Impl::load_book() {
    std::ifstream file(config.address_book);
    if (!file) return;
    std::ostringstream text;
    text << file.rdbuf();
    if (const auto read = book.load(text.str()); !read) say(read.error().message);
}

Result<void> PeerNetwork::start(Handlers handlers) {
    impl_->handlers = std::move(handlers);
    impl_->load_book();
    if (auto listening = impl_->listen(); !listening) return listening;
    asio::post(impl_->context, [this] { impl_->tick(); });
    impl_->schedule_tick();
    impl_->thread = std::thread([this] { impl_->context.run(); });
    return {};
}

void PeerNetwork::stop() {
    if (!impl_->thread.joinable()) return;
    asio::post(impl_->context, [this] {
        impl_->close_all();
        impl_->open.reset();
        impl_->context.stop();
    });
    impl_->thread.join();
}

std::uint16_t PeerNetwork::port() const {
    return impl_->port;
}
PeerId PeerNetwork::id() const {
    return impl_->own_id;
}

bool PeerNetwork::send(const PeerId& peer, Channel channel, const Bytes& message) {
    Impl::LinkPtr link;
    {
        const std::lock_guard lock(impl_->mutex);
        const auto it = impl_->up.find(peer);
        if (it == impl_->up.end()) return false;
        if (!it->second->reserve(channel, message.size())) {
            ++impl_->counts.dropped;
            return false;
        }
        link = it->second;
        auto& flow = impl_->counts.out[static_cast<std::size_t>(channel)];
        ++flow.messages;
        flow.bytes += message.size();
        it->second->bytes_out += message.size();
    }
    asio::post(impl_->context, [link = std::move(link), channel, message] {
        link->queue(static_cast<std::uint8_t>(channel), message);
    });
    return true;
}

void PeerNetwork::report(const PeerId& peer, Offence offence) {
    asio::post(impl_->context, [this, peer, offence] { impl_->report(peer, offence); });
}

std::vector<PeerInfo> PeerNetwork::infos() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<PeerInfo> out;
    for (const auto& [id, link] : impl_->up)
        out.push_back({.id = id,
                       .host = link->host(),
                       .dialled = link->is_dialled(),
                       .connected_ms = link->age_ms(),
                       .bytes_in = link->bytes_in,
                       .bytes_out = link->bytes_out});
    return out;
}

std::vector<PeerId> PeerNetwork::peers() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<PeerId> out;
    for (const auto& [id, link] : impl_->up) out.push_back(id);
    return out;
}

void PeerNetwork::release(const PeerId& peer, std::size_t bytes) {
    asio::post(impl_->context, [this, peer, bytes] { impl_->release(peer, bytes); });
}

PeerStats PeerNetwork::stats() const {
    const std::lock_guard lock(impl_->mutex);
    PeerStats out = impl_->counts;
    out.connected = impl_->up.size();
    out.queued = impl_->outbox.queued();
    return out;
}

}  // namespace assay::consensus
