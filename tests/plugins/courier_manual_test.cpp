#include "plugins/world.hpp"

using namespace aftercare;
using test::PluginWorld;

namespace {
using Page = PullReply<SentParcel>;
Page parcels(PluginWorld& world, const std::string& cursor = {}) {
    return world.answer<Page>(world.ask("C", kCourierPullOp, PullFrom<CourierStream>{CourierStream::parcels, cursor, 200}, false));
}
}  // namespace

TEST_CASE("a booking is answered with a number of its own, the same each time") {
    PluginWorld world;
    const BookRequest request{"OP1", "20417", "O1", "main", {}, {{"CUP", "Cup", 2}}};
    for (int i = 0; i < 2; ++i) {
        const auto reply = world.answer<BookReply>(world.ask("C", kBookOp, request));
        CHECK(reply.booking_id == "M-20417");
        CHECK(reply.carrier == "SF");
        CHECK(reply.tracking.empty());
    }
    CHECK(world.ask("C", kBookOp, BookRequest{"OP1", "20417", {}, {}, {}, {}}).error_class == ErrorClass::invalid);
    CHECK(world.call("C", "check/1").ok);
}

TEST_CASE("tracking numbers come out of files, once") {
    PluginWorld world;
    world.put("parcels", "a.csv", "number,tracking,carrier\n20417,SF100,\n=\"20418\",=\"YT200\",\xD4\xB2\xCD\xA8\xCB\xD9\xB5\xDD\n");
    const auto page = parcels(world);
    REQUIRE(page.items.size() == 2);
    CHECK(page.items[0].carrier == "SF");
    CHECK(page.items[1].carrier == "圆通速递");
    CHECK(page.items[1].key == "20418");
    CHECK(parcels(world, page.cursor).items.empty());
    CHECK(world.exists("done/a.csv"));
    world.put("parcels", "c.csv", "退货编号,快递单号\n20417,\n");
    CHECK(parcels(world, page.cursor).items.empty());
    CHECK(world.read("rejected/c.csv.error.txt").find("row 2: bad_tracking") != std::string::npos);
    world.put("parcels", "b.csv", "number\n1\n");
    CHECK(parcels(world, page.cursor).items.empty());
    CHECK(world.exists("rejected/b.csv"));
    CHECK(world.read("rejected/b.csv.error.txt").find("missing_column_tracking") != std::string::npos);
}

TEST_CASE("without a folder there is nothing to read") {
    PluginWorld world;
    world.supervisor.configure({world.instance("C", "courier_manual", R"({"return_name":"R","return_address":"A"})")});
    CHECK(parcels(world).items.empty());
    CHECK(world.call("C", "check/1").ok);
}
