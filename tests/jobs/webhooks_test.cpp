#include "usecase/webhooks.hpp"

#include <fstream>
#include <iterator>

#include "env/webhook.hpp"
#include "support/temp_folder.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

struct Hooked : JobsWorld {
    usecase::Actor admin{StaffId("BOSS"), {Role::admin}, {shop}, false, "staff:BOSS"};
    usecase::EndpointView endpoint = added("https://wms.example/hook");

    usecase::EndpointView added(const std::string& url) {
        return usecase::add_endpoint(ctx, admin, guard(admin), {shop, "WMS", url}).value();
    }
    std::vector<usecase::DeliveryView> deliveries() { return usecase::list_deliveries(ctx, admin, {endpoint.id}).value().items; }
    usecase::EndpointView now() {
        const auto list = usecase::list_endpoints(ctx, admin, {}).value();
        for (const auto& each : list.items)
            if (each.id == endpoint.id) return each;
        return {};
    }
    static std::string header(const connect::HttpPost& request, std::string_view name) {
        for (const auto& [key, value] : request.headers)
            if (key == name) return value;
        return {};
    }
    std::string signature(const std::string& secret, const connect::HttpPost& request) const {
        const Instant at = Instant{} + seconds(std::stoll(header(request, "webhook-timestamp")));
        return env::webhook_signature(secret, header(request, "webhook-id"), at, request.body).value();
    }
};

TEST_CASE("an approved return is sent to the shop's endpoints, signed; the warehouse's plugin hears it as before") {
    Hooked w;
    const auto r = w.approved("W1");
    w.tick();
    REQUIRE(w.posted.size() == 1);
    const auto& request = w.posted.front();
    CHECK(request.url == "https://wms.example/hook");
    CHECK(Hooked::header(request, "webhook-signature") == w.signature(w.endpoint.secret, request));
    CHECK(Hooked::header(request, "webhook-timestamp") == std::to_string(w.clock.now().ms / 1'000));
    CHECK(request.body.starts_with(R"({"type":"return.announced","timestamp":")"));
    CHECK(request.body.find("\"key\":\"" + r.operation_id.value + "\"") != std::string::npos);
    CHECK(request.body.find("\"sku\":\"SKU-A\"") != std::string::npos);
    CHECK(w.seen_of(kAnnounceReturnOp).size() == 1);
    const auto sent = w.deliveries();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].type == "return.announced");
    CHECK(sent[0].state == OutboxState::done);
    CHECK(sent[0].case_id == r.case_id);
    CHECK(sent[0].body == request.body);
    w.tick();
    CHECK(w.posted.size() == 1);
}

TEST_CASE("a parcel and a withdrawal are told as well; a switched off endpoint and other shops hear nothing") {
    Hooked w;
    const auto off = w.added("https://off.example/");
    REQUIRE(usecase::change_endpoint(w.ctx, w.admin, w.guard(w.admin), {off.id, "off", "https://off.example/", false}));
    const ShopId other = usecase::add_shop(w.ctx, an_admin(), w.guard(an_admin()), {"other", "Other", "CNY", "Asia/Shanghai"})->id;
    REQUIRE(usecase::add_endpoint(w.ctx, an_admin(), w.guard(an_admin()), {other, "x", "https://other.example/"}));
    w.shipped("W2");
    const auto r = w.approved("W3");
    REQUIRE(usecase::withdraw(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id, {}}}));
    w.live(minutes(1), seconds(5));
    std::vector<std::string> types;
    for (const auto& each : w.posted) {
        CHECK(each.url == "https://wms.example/hook");
        types.push_back(each.body.substr(9, each.body.find('"', 9) - 9));
    }
    std::sort(types.begin(), types.end());
    // nothing is left of W3 to announce when its turn comes
    CHECK(types == std::vector<std::string>{"return.announced", "return.cancelled", "return.shipped"});
}

TEST_CASE("a delivery that is not taken is tried again for about three days, with the same id and body, then given up and shown") {
    Hooked w;
    w.approved("W4");
    w.receiver = [](const connect::HttpPost&) { return connect::Posted{500, {}, {}}; };
    w.tick();
    const Instant first = w.clock.now();
    CHECK(w.deliveries().at(0).state == OutboxState::pending);
    CHECK(w.deliveries().at(0).code == "http_500");
    Instant last = first;
    for (int i = 0; i < 5'000 && w.now().state == EndpointState::active; ++i) {
        const auto before = w.posted.size();
        w.clock.advance(minutes(5));
        w.tick();
        if (w.posted.size() > before) last = w.clock.now();
    }
    CHECK(w.posted.size() == 10);
    CHECK(last - first > days(2));
    CHECK(last - first < days(4));
    for (const auto& each : w.posted) {
        CHECK(each.body == w.posted[0].body);
        CHECK(Hooked::header(each, "webhook-id") == Hooked::header(w.posted[0], "webhook-id"));
    }
    CHECK(w.now().state == EndpointState::given_up);
    CHECK(w.now().code == "http_500");
    CHECK(w.now().dead == 1);

    w.approved("W5");  // kept, so that nothing is lost
    w.tick();
    CHECK(w.posted.size() == 10);
    CHECK(w.deliveries().at(0).state == OutboxState::dead);
    CHECK(w.deliveries().at(0).code == "endpoint_off");

    w.receiver = [](const connect::HttpPost&) { return connect::Posted{200, {}, {}}; };
    REQUIRE(usecase::change_endpoint(w.ctx, w.admin, w.guard(w.admin), {w.endpoint.id, "WMS", w.endpoint.url, true}));
    for (const auto& each : w.deliveries()) REQUIRE(usecase::replay_delivery(w.ctx, w.admin, w.guard(w.admin), {each.id}));
    CHECK(usecase::replay_delivery(w.ctx, w.admin, w.guard(w.admin), {w.deliveries()[0].id}).error().code == "delivery_under_way");
    w.tick();
    CHECK(w.posted.size() == 12);
    CHECK(w.posted[10].body == w.posted[0].body);
    for (const auto& each : w.deliveries()) CHECK(each.state == OutboxState::done);
}

TEST_CASE("one delivery that is never taken ends alone; a test or a replay finds a given up endpoint back") {
    Hooked w;
    w.approved("W7");
    const auto poison = [&] { return w.posted[0].body; };
    w.receiver = [&](const connect::HttpPost& request) { return connect::Posted{request.body == poison() ? 500 : 200, {}, {}}; };
    w.tick();
    w.approved("W8");
    w.live(days(5), minutes(5));
    CHECK(w.now().dead == 1);
    CHECK(w.now().state == EndpointState::active);

    w.receiver = [](const connect::HttpPost&) { return connect::Posted{410, {}, {}}; };
    w.approved("W9");
    w.tick();
    REQUIRE(w.now().state == EndpointState::given_up);
    w.receiver = [](const connect::HttpPost&) { return connect::Posted{500, {}, {}}; };
    REQUIRE(usecase::test_endpoint(w.ctx, w.admin, w.guard(w.admin), {w.endpoint.id}));
    const auto before = w.posted.size();
    w.live(hours(1));
    CHECK(w.posted.size() == before + 1);  // once
    CHECK(w.now().state == EndpointState::given_up);
    w.receiver = [](const connect::HttpPost&) { return connect::Posted{200, {}, {}}; };
    for (const auto& each : w.deliveries())
        if (each.code == "http_410") REQUIRE(usecase::replay_delivery(w.ctx, w.admin, w.guard(w.admin), {each.id}));
    w.tick();
    CHECK(w.now().state == EndpointState::active);

    const auto last = w.deliveries().front().id;
    REQUIRE(usecase::change_endpoint(w.ctx, w.admin, w.guard(w.admin), {w.endpoint.id, "WMS", w.endpoint.url, false}));
    CHECK(usecase::replay_delivery(w.ctx, w.admin, w.guard(w.admin), {last}).error().code == "endpoint_off");
}

TEST_CASE("410 ends it at once, Retry-After is heeded, an answer that comes late is no second delivery") {
    Hooked w;
    w.approved("W6");
    w.receiver = [](const connect::HttpPost&) { return connect::Posted{429, {}, minutes(10)}; };
    w.tick();
    CHECK(w.deliveries()[0].next_at >= w.clock.now() + minutes(10));
    w.receiver = [](const connect::HttpPost&) { return connect::Posted{410, {}, {}}; };
    w.clock.advance(minutes(13));
    w.tick();
    CHECK(w.now().state == EndpointState::given_up);
    CHECK(w.posted.size() == 2);
}

TEST_CASE("for a day after a rotation both secrets sign; the secrets are in no answer but the first and nowhere in the database") {
    const TempFolder folder;
    const auto file = folder.path() / "shop.db";
    std::string first, second;
    {
        struct OnDisk : World {
            using World::World;
        } w(file.string());
        const auto admin = an_admin();
        const ShopId shop = usecase::add_shop(w.ctx, admin, w.guard(admin), {"main", "Main", "CNY", "Asia/Shanghai"})->id;
        const auto made = usecase::add_endpoint(w.ctx, admin, w.guard(admin, "key"), {shop, "WMS", "https://wms.example/"}).value();
        first = made.secret;
        CHECK(usecase::add_endpoint(w.ctx, admin, w.guard(admin, "key"), {shop, "WMS", "https://wms.example/"}).value().secret.empty());
        second = usecase::rotate_secret(w.ctx, admin, w.guard(admin, "again"), {made.id}).value().secret;
        CHECK(usecase::list_endpoints(w.ctx, admin, {}).value().items[0].secret.empty());
    }
    REQUIRE(first.size() == 38);
    REQUIRE(second.size() == 38);
    std::size_t bytes = 0;
    for (const auto& each : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream in(each.path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), {}};
        bytes += content.size();
        for (const std::string& secret : {first, second}) CHECK(content.find(secret.substr(6)) == std::string::npos);
    }
    CHECK(bytes > 10'000);

    Hooked h;
    const std::string before = h.endpoint.secret;
    const std::string after = usecase::rotate_secret(h.ctx, h.admin, h.guard(h.admin), {h.endpoint.id}).value().secret;
    REQUIRE(usecase::test_endpoint(h.ctx, h.admin, h.guard(h.admin), {h.endpoint.id}));
    h.tick();
    CHECK(Hooked::header(h.posted.at(0), "webhook-signature") == h.signature(after, h.posted[0]) + " " + h.signature(before, h.posted[0]));
    CHECK(h.posted[0].body.starts_with(R"({"type":"test.ping")"));
    h.clock.advance(usecase::kOldSecretSigns);
    REQUIRE(usecase::test_endpoint(h.ctx, h.admin, h.guard(h.admin), {h.endpoint.id}));
    h.tick();
    CHECK(Hooked::header(h.posted.at(1), "webhook-signature") == h.signature(after, h.posted[1]));
}

TEST_CASE("endpoints are for whoever manages connectors, and their addresses are checked") {
    Hooked w;
    CHECK(usecase::list_endpoints(w.ctx, w.agent, {}).error().code == "permission_missing");
    CHECK(usecase::add_endpoint(w.ctx, w.agent, w.guard(w.agent), {w.shop, "x", "https://a/"}).error().code == "permission_missing");
    for (const char* url : {"", "ftp://a/", "https://", "https:///x", "https://user@a/", "https://a/#x", "https://a b/", "https://\xe9/",
                            "javascript:alert(1)", "http://a/\r\nX: y"}) {
        CAPTURE(url);
        const auto refused = usecase::add_endpoint(w.ctx, w.admin, w.guard(w.admin), {w.shop, "x", url});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().fields.at(0).code == "bad_url");
    }
    CHECK(usecase::add_endpoint(w.ctx, w.admin, w.guard(w.admin), {w.shop, "x", "http://wms.lan:8080/in?a=1"}));
    usecase::Guard stale = w.guard(w.admin);
    stale.expected_version = 7;
    CHECK(usecase::change_endpoint(w.ctx, w.admin, stale, {w.endpoint.id, "x", "https://a/", true}).error().code == "stale");
}

}  // namespace
}  // namespace aftercare::test
