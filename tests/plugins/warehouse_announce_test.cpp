#include "plugins/world.hpp"

using namespace aftercare;
using test::PluginWorld;

namespace {

const std::string kHeader = "\xEF\xBB\xBFkey,case_number,order_number,carrier,tracking,order_line_id,sku,name,qty,reason\r\n";

ReturnNotice a_return() {
    return {"OP1", "C-1", "489434", "Shop", "", "", {{OrderLineId("L1"), "85048", "15CM, 玻璃球", 3, "quality"}, {OrderLineId("L2"), "79323P", "灯", 1, "=1+1"}}};
}
ReturnNotice parcel(const std::string& tracking, std::vector<ReturnLine> lines) {
    auto n = a_return();
    n.carrier = "SF";
    n.tracking = tracking;
    n.lines = std::move(lines);
    return n;
}

}  // namespace

TEST_CASE("an announced return is a file that a warehouse can open") {
    PluginWorld world;
    CHECK(world.answer<ReturnAccepted>(world.ask("W", kAnnounceReturnOp, a_return())).external_id == "RETURN-OP1");
    CHECK(world.read("returns/RETURN-OP1.csv") == kHeader + "OP1,C-1,489434,,,L1,85048,\"15CM, 玻璃球\",3,quality\r\n"
                                                            "OP1,C-1,489434,,,L2,79323P,灯,1,'=1+1\r\n");
    CHECK(world.ask("W", kAnnounceReturnOp, a_return()).ok);
    CHECK(std::distance(test::fs::directory_iterator(world.drop.path() / "returns"), {}) == 1);
}

TEST_CASE("parcels fill in their tracking, one after the other, each once") {
    PluginWorld world;
    world.ask("W", kAnnounceReturnOp, a_return());
    const auto first = parcel("SF100", {{OrderLineId("L1"), "85048", "15CM, 玻璃球", 2, "quality"}});
    CHECK(world.ask("W", kUpdateReturnOp, first).ok);
    CHECK(world.ask("W", kUpdateReturnOp, first).ok);
    CHECK(world.ask("W", kUpdateReturnOp, parcel("SF200", {})).ok);
    CHECK(world.ask("W", kAnnounceReturnOp, a_return()).ok);  // a late repetition loses nothing
    const auto text = world.read("returns/RETURN-OP1.csv");
    CHECK(text == kHeader + "OP1,C-1,489434,SF,SF200,L1,85048,\"15CM, 玻璃球\",1,quality\r\n"
                            "OP1,C-1,489434,SF,SF200,L2,79323P,灯,1,'=1+1\r\n"
                            "OP1,C-1,489434,SF,SF100,L1,85048,\"15CM, 玻璃球\",2,quality\r\n");
}

TEST_CASE("a parcel whose announcement the warehouse has taken is announced by itself") {
    PluginWorld world;
    const auto line = std::vector<ReturnLine>{{OrderLineId("L1"), "85048", "球", 2, ""}};
    CHECK(world.ask("W", kUpdateReturnOp, parcel("SF100", line)).ok);
    CHECK(world.read("returns/RETURN-OP1.csv") == kHeader + "OP1,C-1,489434,SF,SF100,L1,85048,球,2,\r\n");
}

TEST_CASE("a cancelled return leaves a note and takes its file away, also twice") {
    PluginWorld world;
    world.ask("W", kAnnounceReturnOp, a_return());
    for (int i = 0; i < 2; ++i)
        CHECK(world.ask("W", kCancelReturnOp, CancelReturnRequest{"OP1", "C-1", "withdrawn"}).ok);
    CHECK_FALSE(world.exists("returns/RETURN-OP1.csv"));
    CHECK(world.exists("cancelled/RETURN-OP1.csv"));
    CHECK(world.read("returns/CANCEL-OP1.csv") == "\xEF\xBB\xBFkey,case_number,reason\r\nOP1,C-1,withdrawn\r\n");
}

TEST_CASE("a key that would leave the folder is refused by field") {
    PluginWorld world;
    for (const char* key : {"../../etc/x", "a/b", ".hidden", "a b", "键", "x\n"}) {
        auto notice = a_return();
        notice.key = key;
        const auto outcome = world.ask("W", kAnnounceReturnOp, notice);
        CHECK(outcome.error_class == ErrorClass::invalid);
        CHECK(outcome.code == "bad_key");
    }
    CHECK(world.call("W", kAnnounceReturnOp, "{}", true).code == "invalid_fields");
    CHECK(test::fs::is_empty(world.drop.path()));
}

TEST_CASE("a folder that is not there, or is a link out of it, is said and not followed") {
    PluginWorld world;
    test::TempFolder elsewhere;
    test::fs::create_directory_symlink(elsewhere.path(), world.drop.path() / "returns");
    const auto outcome = world.ask("W", kAnnounceReturnOp, a_return());
    CHECK(outcome.error_class == ErrorClass::forbidden);
    CHECK(test::fs::is_empty(elsewhere.path()));

    world.supervisor.configure({world.instance("W", "warehouse_files", PluginWorld::encode_settings("/nonexistent"))});
    CHECK(world.call("W", "check/1").code == "folder_unusable");
    world.supervisor.configure({world.instance("W", "warehouse_files", "{}")});
    CHECK(world.call("W", "check/1").code == "bad_settings");
}

TEST_CASE("what is to be sent to a customer is a file, and what was sent is read back") {
    PluginWorld world;
    const ShipRequest request{"LEG1", "OP1", "C-1", "489434", "Shop", "reissue", {{OrderLineId("L1"), "85048", "Ball", 2, "missing_parts"}}};
    CHECK(world.answer<ReturnAccepted>(world.ask("W", kShipReplacementOp, request)).external_id == "SHIP-LEG1");
    CHECK(world.ask("W", kShipReplacementOp, request).ok);  // the same key again changes nothing
    CHECK(world.read("orders/SHIP-LEG1.csv") == "\xEF\xBB\xBFkey,return_key,case_number,order_number,kind,order_line_id,sku,name,qty,reason\r\n"
                                                 "LEG1,OP1,C-1,489434,reissue,L1,85048,Ball,2,missing_parts\r\n");
    world.put("shipments", "sent.csv", "shipment_id,key,carrier,tracking,sent_at\nS1,LEG1,SF,SF900,2026-03-02 10:00\n");
    const auto sent = world.answer<GoodsSentPage>(world.ask("W", kWarehousePullOp, PullRequest{WarehouseStream::shipments, {}, 200}, false));
    REQUIRE(sent.items.size() == 1);
    CHECK(sent.items[0].key == "LEG1");
    CHECK(sent.items[0].tracking == "SF900");
    CHECK(world.answer<ReturnAccepted>(world.ask("W", kCancelOrderOp, CancelReturnRequest{"LEG1", "C-1", "voided"})).external_id == "SHIP-LEG1");
    CHECK(test::fs::exists(world.drop.path() / "orders" / "CANCEL-LEG1.csv"));
    CHECK_FALSE(test::fs::exists(world.drop.path() / "orders" / "SHIP-LEG1.csv"));
    CHECK(world.ask("W", kShipReplacementOp, ShipRequest{"../x", {}, {}, {}, {}, {}, request.lines}).code == "bad_key");
}
