// Owns the inside of PeerNetwork, all of it on one thread but what the mutex guards.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "consensus/p2p/address_book.hpp"
#include "consensus/p2p/intake.hpp"
#include "consensus/p2p/link.hpp"
#include "consensus/p2p/peer_network.hpp"
#include "consensus/p2p/source.hpp"

namespace assay::consensus {

struct PeerNetwork::Impl {
    using LinkPtr = std::shared_ptr<Link>;
    // Somebody whom this node calls until it is connected.
    struct Wanted {
        PeerAddress address;
        bool persistent = false;
        bool seed = false;
        bool dialling = false;
        std::uint64_t wait_ms = 0;
        std::uint64_t next_ms = 0;
    };

    Impl(PeerConfig given, const NodeKey& key, const std::shared_ptr<ssl_ctx_st>& settings);

    // Starting and ticking
    Result<void> listen();
    void load_book();
    void save_book();
    void accept();
    void accepted(boost::asio::ip::tcp::socket socket);
    void tick();
    void schedule_tick();
    void end_twins();
    void close_all();

    // Calling
    void dial_all();
    void dial(Wanted& wanted);
    void connect(const PeerId& id, boost::asio::ip::tcp::resolver::results_type places);
    void dial_failed(const PeerId& id);
    Wanted* find_wanted(const PeerId& id);
    void want_more();

    void ask_for_addresses(Link& link);
    void ask_somebody();

    // Links
    LinkPtr make_link(boost::asio::ip::tcp::socket socket, std::optional<PeerId> expected);
    void greeted(const LinkPtr& link);
    void closed(const LinkPtr& link, const std::string& why);
    bool is_kept_out(const LinkPtr& link, bool is_new);
    void replace(const LinkPtr& old, const LinkPtr& fresh);
    bool admit(Link& link, std::size_t bytes);
    void release(const PeerId& peer, std::size_t bytes);
    void message(Link& link, Channel channel, Bytes payload);
    void take_addresses(Link& link, const Bytes& payload);
    void report(const PeerId& peer, Offence offence);
    bool keep_new(const Link& old, const Link& fresh) const;
    // Those that called: greeted or not, of one source or, where it is empty, of all.
    std::size_t callers(bool greeted, const std::string& source = {}) const;
    bool is_named(const PeerId& id);
    void count();
    Hello hello() const;
    void say(const std::string& what) const;
    static std::uint64_t now_ms();

    PeerConfig config;
    Handlers handlers;
    PeerId own_id;
    std::uint64_t session = 0;
    Outbox outbox;  // outlives the links, of which the context may hold the last
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open{
        context.get_executor()};
    boost::asio::ssl::context tls;
    boost::asio::ip::tcp::acceptor acceptor{context};
    boost::asio::ip::tcp::resolver resolver{context};
    boost::asio::steady_timer ticker{context};
    boost::asio::steady_timer accept_pause{context};
    std::thread thread;
    std::mt19937_64 random{std::random_device{}()};
    Link::Events events;
    std::uint16_t port = 0;
    bool stopping = false;

    std::set<LinkPtr> links;  // greeted or not
    std::vector<Wanted> wanted;
    std::set<LinkPtr> waiting;  // for room in the intake
    Intake intake;
    Standing standing;
    CallRates call_rates;
    AddressBook book;
    std::map<PeerId, std::uint64_t> they_asked_ms;  // for addresses
    std::map<PeerId, std::uint64_t> we_asked_ms;
    std::set<PeerId> answers_due;  // of addresses, to us
    std::uint64_t asked_ms = 0;    // anybody
    std::uint64_t book_saved_ms = 0;
    std::string saved_book;

    mutable std::mutex mutex;
    std::map<PeerId, LinkPtr> up;
    PeerStats counts;
};

}  // namespace assay::consensus
