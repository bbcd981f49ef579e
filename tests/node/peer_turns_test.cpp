// Who is heard when: each peer's messages in order, peers in turn, other work in between.
#include "node/peer_turns.hpp"

#include <boost/test/unit_test.hpp>
#include <future>

namespace assay::node::test {

namespace {

consensus::PeerId peer(std::uint8_t label) {
    consensus::PeerId out;
    out.bytes[0] = label;
    return out;
}

struct Fixture {
    EngineLoop loop;
    PeerTurns turns{loop};
    std::string heard;

    std::function<void()> note(char letter) {
        return [this, letter] { heard += letter; };
    }
    // Runs all that was posted; nothing of it posts more work than it has messages.
    void run() {
        std::promise<void> done;
        for (int i = 0; i < 64; ++i) turns.post(peer(200), [] {});
        turns.post(peer(200), [&] { done.set_value(); });
        loop.start();
        done.get_future().wait();
        loop.stop();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(peer_turns, Fixture)

BOOST_AUTO_TEST_CASE(one_peer_is_heard_in_its_order) {
    for (const char letter : {'a', 'b', 'c', 'd'}) turns.post(peer(1), note(letter));
    run();
    BOOST_TEST(heard == "abcd");
}

BOOST_AUTO_TEST_CASE(a_backlog_of_one_peer_delays_no_other) {
    for (int i = 0; i < 10; ++i) turns.post(peer(1), note('x'));
    turns.post(peer(2), note('a'));
    turns.post(peer(2), note('b'));
    turns.post(peer(3), note('c'));
    run();
    BOOST_TEST(heard == "xacxbxxxxxxxx");
}

BOOST_AUTO_TEST_CASE(other_work_comes_between_two_messages) {
    for (int i = 0; i < 4; ++i) turns.post(peer(1), note('x'));
    loop.post(note('t'));
    run();
    BOOST_TEST(heard == "xtxxx");
}

BOOST_AUTO_TEST_CASE(what_a_message_posts_waits_for_its_turn) {
    turns.post(peer(1), [this] {
        heard += 'x';
        turns.post(peer(1), note('y'));
        turns.post(peer(2), note('b'));
    });
    turns.post(peer(2), note('a'));
    run();
    BOOST_TEST(heard == "xayb");
}

BOOST_AUTO_TEST_CASE(many_threads_may_post) {
    constexpr int kEach = 2'000;
    std::array<int, 4> next{};
    std::array<bool, 4> in_order{true, true, true, true};
    std::atomic<int> left = 4 * kEach;
    std::promise<void> done;
    loop.start();
    std::vector<std::thread> threads;
    for (std::size_t label = 0; label < 4; ++label)
        threads.emplace_back([&, label] {
            for (int i = 0; i < kEach; ++i)
                turns.post(peer(static_cast<std::uint8_t>(label)), [&, label, i] {
                    in_order[label] = in_order[label] && next[label]++ == i;
                    if (--left == 0) done.set_value();
                });
        });
    for (auto& thread : threads) thread.join();
    done.get_future().wait();
    loop.stop();
    for (std::size_t label = 0; label < 4; ++label) BOOST_TEST(in_order[label]);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace assay::node::test
