#include "store/relay.hpp"

#include <atomic>
#include <set>
#include <thread>

#include "store/world.hpp"

namespace aftercare::test {
namespace {

using store::Hint;
using store::Relay;

/// One node: a relay that runs, and what it heard.
struct Node {
    Node(const std::string& url, const std::string& node)
        : relay(url, node, {[this](const Hint& hint) { keep(hint); }, [this] { ++resyncs; }, [this](std::string_view) { ++breaks; }}),
          thread([this](const std::stop_token& stop) { relay.run(stop); }) {}

    void keep(const Hint& hint) {
        const std::scoped_lock lock(mutex);
        heard.push_back(hint);
    }
    std::size_t count(const std::string& id) {
        const std::scoped_lock lock(mutex);
        return static_cast<std::size_t>(std::count_if(heard.begin(), heard.end(), [&](const Hint& hint) { return hint.id == id; }));
    }
    void tell(const std::string& id, const std::string& topic = "order") { relay.send({topic, id, ShopId("S"), 1}); }

    std::mutex mutex;
    std::vector<Hint> heard;
    std::atomic<int> resyncs{0}, breaks{0};
    Relay relay;
    std::jthread thread;
};

template <class Happened>
bool within_5_s(Happened happened) {
    for (int tries = 0; tries < 500 && !happened(); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return happened();
}

/// Both listen: only what is said from now on counts.
void meet(Node& one, Node& two) {
    const auto met = [&] {
        one.tell("hello from one"), two.tell("hello from two");
        return one.count("hello from two") > 0 && two.count("hello from one") > 0;
    };
    REQUIRE(within_5_s(met));
}

/// A database of a server and two nodes on it, whose lines carry a name of their own. Ids are this run's own: NOTIFY knows no schemas.
struct TwoNodes {
    ShopWorld world{db::Engine::postgres};
    std::string name = "relay_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    std::string url = world.schema->url() + "&application_name=" + name;
    Node one{url, name + "_one"}, two{url, name + "_two"};

    TwoNodes() { meet(one, two); }
    void run(std::string_view sql) {
        world.database->read([&](db::Connection& connection) { connection.run(db::Query::both("relay_test", sql)); });
    }
    std::string id(const std::string& word) const { return name + word; }

    static inline int made = 0;
};

bool has_server() { return std::getenv("AFTERCARE_TEST_POSTGRES") != nullptr; }

}  // namespace

TEST_CASE("hints are joined into texts that are short enough, and read again") {
    std::vector<Hint> hints;
    for (int i = 0; i < 500; ++i) hints.push_back({i % 2 ? "case" : "outbox", "01J" + std::to_string(i), ShopId("SHOP"), i});
    hints.insert(hints.begin() + 250, {"case", std::string(8'000, 'x'), {}, 1});
    const auto posts = store::join_hints("NODE", hints, 1'000);
    std::vector<Hint> read;
    for (const std::string& text : posts) {
        CHECK(text.size() <= 1'000);
        const auto post = store::read_post(text);
        REQUIRE(post);
        CHECK(post->node == "NODE");
        read.insert(read.end(), post->hints.begin(), post->hints.end());
    }
    REQUIRE(read.size() == 500);
    CHECK(read[499].id == "01J499");
    CHECK(read[499].version == 499);
    CHECK(read[3].shop_id == ShopId("SHOP"));
    CHECK(posts.size() < 60);
    CHECK(store::join_hints("NODE", {}, 1'000).empty());
    const auto many = store::read_post(store::join_hints("NODE", {{"revisit", "", ShopId("SHOP"), 0}, {"case", "C", ShopId("SHOP"), 1}}, 1'000).at(0));
    REQUIRE(many);  // one word for many of a shop
    CHECK(many->hints.size() == 2);
}

TEST_CASE("a word about any thing that pages watch is taken, and holds back none beside it") {
    for (const std::string topic : {"case", "order", "customer", "import", "connector", "outbox", "revisit", "plan", "calendar", "parcel", "roster", "handover"}) {
        const auto post = store::read_post(store::join_hints("NODE", {{topic, "X", ShopId("SHOP"), 1}, {"case", "C", ShopId("SHOP"), 1}}, 1'000).at(0));
        INFO(topic);
        REQUIRE(post);
        CHECK(post->hints.size() == 2);
    }
}

TEST_CASE("what is no post of ours is nothing") {
    for (const char* text : {"", "hello", "{", "[]", "null", "{\"node\":\"N\"}", "{\"node\":7,\"hints\":[]}", "{\"node\":\"\",\"hints\":[]}",
                             "{\"node\":\"N\",\"hints\":[{\"topic\":\"secrets\",\"id\":\"1\",\"version\":1}]}",
                             "{\"node\":\"N\",\"hints\":[{\"topic\":\"case\",\"version\":1}]}",
                             "{\"node\":\"N\",\"hints\":[{\"topic\":\"case\",\"id\":\"1\",\"version\":1e99}]}", "{\"node\":\"\xff\",\"hints\":[]}"})
        CHECK_FALSE(store::read_post(text));
    CHECK_FALSE(store::read_post(std::string(7'000, '[')));
}

TEST_CASE("two nodes on one server hear each other, and nobody hears itself") {
    if (!has_server()) return;
    TwoNodes nodes;
    nodes.one.tell(nodes.id("A"), "case");
    nodes.two.tell(nodes.id("B"), "outbox");
    CHECK(within_5_s([&] { return nodes.two.count(nodes.id("A")) > 0 && nodes.one.count(nodes.id("B")) > 0; }));
    nodes.two.tell(nodes.id("C"));
    CHECK(within_5_s([&] { return nodes.one.count(nodes.id("C")) > 0; }));
    CHECK(nodes.one.count(nodes.id("A")) == 0);
    CHECK(nodes.one.count(nodes.id("B")) == 1);
    CHECK(nodes.two.count(nodes.id("A")) == 1);
    CHECK(nodes.one.resyncs + nodes.two.resyncs == 0);
}

TEST_CASE("more than one message holds arrives whole, and the last words of a node that stops too") {
    if (!has_server()) return;
    TwoNodes nodes;
    constexpr int kMany = 2'000;
    for (int i = 0; i < kMany; ++i) nodes.one.tell(nodes.id(std::to_string(i)));
    nodes.one.thread.request_stop();
    nodes.one.thread.join();
    CHECK(within_5_s([&] { return nodes.two.count(nodes.id(std::to_string(kMany - 1))) == 1; }));
    std::set<std::string> ids;
    for (const Hint& hint : nodes.two.heard)
        if (hint.id.starts_with(nodes.name)) ids.insert(hint.id);
    CHECK(ids.size() == kMany);
    CHECK(nodes.one.breaks == 0);
}

TEST_CASE("a broken line is opened again and everybody reads afresh") {
    if (!has_server()) return;
    TwoNodes nodes;
    nodes.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + nodes.name + "'");
    CHECK(within_5_s([&] { return nodes.one.resyncs > 0 && nodes.two.resyncs > 0; }));
    CHECK(nodes.one.breaks == 1);
    nodes.one.tell(nodes.id("after"));
    CHECK(within_5_s([&] { return nodes.two.count(nodes.id("after")) == 1; }));
}

TEST_CASE("a line that cannot be opened is tried until it can, and stops when told") {
    if (!has_server()) return;
    const TempFolder folder;
    Node node("postgresql:///none?host=" + folder.path().string(), "N");
    CHECK(within_5_s([&] { return node.breaks >= 2; }));
    node.tell("nobody hears it");
    const auto start = std::chrono::steady_clock::now();
    node.thread.request_stop();
    node.thread.join();
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
    CHECK(node.resyncs == 0);
}

TEST_CASE("what others say on the channel is ignored") {
    if (!has_server()) return;
    TwoNodes nodes;
    for (const std::string& text : {std::string("hello"), std::string("{\"node\":1}"), std::string(7'999, '['), std::string()})
        nodes.run("SELECT pg_notify('aftercare_live', '" + text + "')");
    nodes.run("SELECT pg_notify('another_channel', '{\"node\":\"N\",\"hints\":[{\"topic\":\"case\",\"id\":\"" + nodes.id("X") + "\",\"version\":1}]}')");
    nodes.one.tell(nodes.id("after"));
    CHECK(within_5_s([&] { return nodes.two.count(nodes.id("after")) == 1; }));
    CHECK(nodes.two.count(nodes.id("X")) == 0);
    CHECK(nodes.two.breaks + nodes.two.resyncs == 0);
}

TEST_CASE("the sweep finds what no hint told, once") {
    on_each_engine([](ShopWorld& w) {
        std::vector<Hint> heard;
        Relay relay("postgresql://nobody", "N", {[&](const Hint& hint) { heard.push_back(hint); }, [] {}, [](std::string_view) {}});
        w.store->on_commit = [&](const Hint& hint) { relay.send(hint); };
        const auto told = ShopWorld::must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("1"), 1)));
        w.store->on_commit = {};
        const auto lost = ShopWorld::must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("2"), 1)));
        CHECK(relay.sweep(*w.store, w.clock.now() + seconds(1)));
        REQUIRE(heard.size() == 1);
        CHECK(heard[0].topic == "case");
        CHECK(heard[0].id == lost.case_id.value);
        CHECK(heard[0].shop_id == w.shop);
        CHECK(heard[0].version == lost.version);
        CHECK(relay.sweep(*w.store, w.clock.now() + seconds(5)));
        CHECK(heard.size() == 1);
        w.clock.advance(seconds(61));
        CHECK(relay.sweep(*w.store, w.clock.now()));
        CHECK(heard.size() == 1);
        ShopWorld::must(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {told.case_id, NoteKind::internal, "again"}));
        CHECK(relay.sweep(*w.store, w.clock.now()));
        REQUIRE(heard.size() == 2);
        CHECK(heard[1].id == told.case_id.value);
        CHECK(heard[1].version > told.version);
    });
}

}  // namespace aftercare::test
