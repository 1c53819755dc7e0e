#include <sys/stat.h>

#include "plugins/world.hpp"

using namespace aftercare;
using test::PluginWorld;
namespace fs = std::filesystem;

namespace {

const std::string kReceipts = "receipt_id,key,order_line_id,qty,tracking,received_at\n";

std::vector<std::string> ids(const ReceiptPage& page) {
    std::vector<std::string> all;
    for (const auto& each : page.items) all.push_back(each.id);
    return all;
}
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("receipts come file by file; the same cursor gives the same items; a file is done when its cursor comes back") {
    PluginWorld world;
    world.put("receipts", "b.csv", kReceipts + "R3,OP2,L9,1,,\n");
    world.put("receipts", "a.csv", kReceipts + "R1,OP1,L1,2,SF1,2026-03-02 10:00\nR2,OP1,L2,1,SF2,\n");
    const auto first = world.receipts();
    CHECK(ids(first) == Ids{"R1", "R2"});
    CHECK(first.more);
    CHECK(first.items[0].received_at == Instant{1'772'416'800'000});
    CHECK(ids(world.receipts()) == Ids{"R1", "R2"});
    CHECK(world.exists("receipts/a.csv"));

    const auto second = world.receipts(first.cursor);
    CHECK(ids(second) == Ids{"R3"});
    CHECK(world.exists("done/a.csv"));
    CHECK(ids(world.receipts(first.cursor)) == Ids{"R3"});
    CHECK(world.exists("receipts/b.csv"));

    const auto end = world.receipts(second.cursor);
    CHECK(end.items.empty());
    CHECK_FALSE(end.more);
    CHECK(world.exists("done/b.csv"));
    CHECK(world.receipts(end.cursor).items.empty());
}

TEST_CASE("a long file comes in pages and moves only after the last") {
    PluginWorld world;
    std::string text = kReceipts;
    for (int i = 0; i < 7; ++i) text += "R" + std::to_string(i) + ",OP1,L1,1,,\n";
    world.put("receipts", "long.csv", text);
    const auto a = world.receipts("", 3);
    const auto b = world.receipts(a.cursor, 3);
    CHECK(ids(b) == Ids{"R3", "R4", "R5"});
    CHECK(ids(world.receipts(a.cursor, 3)) == ids(b));
    CHECK(world.exists("receipts/long.csv"));
    const auto c = world.receipts(b.cursor, 3);
    CHECK(ids(c) == Ids{"R6"});
    CHECK_FALSE(c.more);
    CHECK(world.receipts(c.cursor, 3).items.empty());
    CHECK(world.exists("done/long.csv"));
}

TEST_CASE("a new file under an old name is read, not put away unread") {
    PluginWorld world;
    world.put("receipts", "today.csv", kReceipts + "R1,OP1,L1,1,,\n");
    const auto first = world.receipts();
    world.put("receipts", "today.csv", kReceipts + "R1,OP1,L1,1,,\nR2,OP1,L1,1,,\n");
    const auto second = world.receipts(first.cursor);
    CHECK(ids(second) == Ids{"R1", "R2"});
    world.receipts(second.cursor);
    world.put("receipts", "today.csv", kReceipts + "R3,OP1,L1,1,,\n");
    const auto third = world.receipts(second.cursor);
    CHECK(ids(third) == Ids{"R3"});
    world.receipts(third.cursor);
    CHECK(world.exists("done/today.csv"));
    CHECK(world.count("done", "today") == 2);
}

TEST_CASE("however many files had the name before, the next one finds its place") {
    PluginWorld world;
    for (int i = 0; i < 1'000; ++i) world.put("done", "today" + (i ? " (" + std::to_string(i + 1) + ")" : std::string()) + ".csv", "x");
    world.put("receipts", "today.csv", kReceipts + "R1,OP1,L1,1,,\n");
    world.receipts(world.receipts().cursor);
    CHECK_FALSE(world.exists("receipts/today.csv"));
    CHECK(world.count("done", "today") == 1'001);
}

TEST_CASE("the same file put back is read again, not put away unread") {
    PluginWorld world;
    world.put("receipts", "today.csv", kReceipts + "R1,OP1,L1,1,,\n");
    const auto idle = world.receipts(world.receipts().cursor);
    world.put("receipts", "today.csv", kReceipts + "R1,OP1,L1,1,,\n");
    CHECK(ids(world.receipts(idle.cursor)) == Ids{"R1"});
}

TEST_CASE("a malformed file is set aside with row and reason, and the next one is read") {
    PluginWorld world;
    world.put("receipts", "1-bad.csv", kReceipts + "R1,OP1,L1,1,,\nR2,OP1,L1,many,,\n");
    world.put("receipts", "2-torn.csv", kReceipts + "R1,OP1,\xFF\xFF,1,,\n");
    world.put("receipts", "3-good.csv", kReceipts + "R9,OP1,L1,1,,\n");
    CHECK(ids(world.receipts()) == Ids{"R9"});
    CHECK_FALSE(world.exists("receipts/1-bad.csv"));
    CHECK(world.exists("rejected/1-bad.csv"));
    CHECK(world.read("rejected/1-bad.csv.error.txt").find("row 3: bad_qty") != std::string::npos);
    CHECK(world.read("rejected/2-torn.csv.error.txt").find("file: neither_utf8_nor_gb18030") != std::string::npos);
}

TEST_CASE("a file that changed a moment ago is left alone, whole or not, then read") {
    PluginWorld world;
    world.clock.advance(seconds(1));
    world.put("receipts", "growing.csv", kReceipts + "R1,OP1,L1,1,,\n", false);
    CHECK(world.receipts().items.empty());
    CHECK(world.exists("receipts/growing.csv"));
    world.put("receipts", "growing.csv", kReceipts + "R1,OP1,L1,1,,\nR2,OP1,L2,1,,\n", false);
    world.clock.advance(seconds(20));
    CHECK(ids(world.receipts()) == Ids{"R1", "R2"});
    world.put("receipts", "growing.csv", kReceipts + "R1,OP1", true);
    CHECK(world.receipts().items.empty());
    CHECK(world.exists("rejected/growing.csv"));  // an hour old: nobody writes it any more
}

TEST_CASE("a file of the future is read once two looks saw it the same") {
    PluginWorld world;
    world.clock.advance(hours(-3));
    world.put("receipts", "a.csv", kReceipts + "R1,OP1,L1,1,,\n");
    const auto first = world.receipts();
    CHECK(first.items.empty());
    world.put("receipts", "a.csv", kReceipts + "R1,OP1,L1,1,,\nR2,OP1,L1,1,,\n");
    const auto second = world.receipts(first.cursor);
    CHECK(second.items.empty());
    CHECK(ids(world.receipts(second.cursor)) == Ids{"R1", "R2"});
}

TEST_CASE("files whose names cannot be used are counted in the log, once") {
    PluginWorld world;
    world.put("receipts", "\xCA\xD5\xBB\xF5.csv", kReceipts + "R1,OP1,L1,1,,\n");
    world.put("receipts", std::string(210, 'x') + ".csv", kReceipts + "R1,OP1,L1,1,,\n");
    for (int i = 0; i < 3; ++i) CHECK(world.receipts().items.empty());
    const auto tail = world.health("W").log_tail;
    CHECK(std::count_if(tail.begin(), tail.end(), [](const auto& line) { return line.message.starts_with("2 files in receipts/"); }) == 1);
}

TEST_CASE("a connector opened again and again leaves nothing open") {
    PluginWorld world;
    for (int i = 0; i < 300; ++i) {
        world.supervisor.configure({world.instance("W", "warehouse_files", R"({"utc_offset_minutes":)" + std::to_string(i) + R"(,"folder":")" + world.drop.path().string() + "\"}")});
        REQUIRE(world.call("W", "check/1").ok);
    }
}

TEST_CASE("hostile names, links and special files are not touched") {
    PluginWorld world;
    test::TempFolder elsewhere;
    elsewhere.write("secret.csv", kReceipts + "STOLEN,OP1,L1,1,,\n");
    world.put("receipts", "收货 (1) '\";$(x).csv", kReceipts + "R1,OP1,L1,1,,\n");
    world.put("receipts", ".hidden.csv", kReceipts + "H,OP1,L1,1,,\n");
    world.put("receipts", "bad\xff.csv", kReceipts + "H,OP1,L1,1,,\n");
    world.put("receipts", "new\nline.csv", kReceipts + "H,OP1,L1,1,,\n");
    world.put("receipts", "notes.txt", "not for us");
    fs::create_symlink(elsewhere.path() / "secret.csv", world.drop.path() / "receipts" / "a-link.csv");
    fs::create_directory(world.drop.path() / "receipts" / "folder.csv");
    REQUIRE(mkfifo((world.drop.path() / "receipts" / "b-pipe.csv").c_str(), 0600) == 0);
    const auto page = world.receipts();
    CHECK(ids(page) == Ids{"R1"});
    CHECK_FALSE(page.more);
    world.receipts(page.cursor);
    CHECK(world.exists("done/收货 (1) '\";$(x).csv"));
    CHECK(fs::exists(elsewhere.path() / "secret.csv"));
}

TEST_CASE("a name as long as names get still finds its way aside") {
    PluginWorld world;
    std::string name;
    for (int i = 0; i < 65; ++i) name += "货";
    name += ".csv";
    world.put("receipts", name, "rubbish\n");
    CHECK(world.receipts().items.empty());
    CHECK(std::distance(fs::directory_iterator(world.drop.path() / "rejected"), {}) == 2);
}

TEST_CASE("inspections are a stream of their own") {
    PluginWorld world;
    world.put("inspections", "i.csv", "inspection_id,key,sku,qty,grade,disposition,photo_ref,note,inspector,inspected_at\n"
                                      "I1,OP1,85048,1,damaged,scrap,p/1.jpg,碎了,王,2026-03-02 10:00\n");
    const auto page = world.inspections();
    REQUIRE(page.items.size() == 1);
    CHECK(page.items[0].grade == Grade::damaged);
    CHECK(page.items[0].disposition == Disposition::scrap);
    CHECK(page.items[0].photo_ref == "p/1.jpg");
    CHECK(world.receipts().items.empty());
    CHECK(world.inspections(page.cursor).items.empty());
    CHECK(world.exists("done/i.csv"));
}

TEST_CASE("a cursor that is not ours and a stream that is not are refused") {
    PluginWorld world;
    for (const char* cursor : {"x", "{}", R"({"v":2,"file":"a","mark":"","item":0,"done":false})"})
        CHECK(world.ask("W", kWarehousePullOp, PullRequest{WarehouseStream::receipts, cursor, 10}, false).code == "bad_cursor");
    CHECK(world.call("W", kWarehousePullOp, R"({"stream":"fees"})").code == "invalid_fields");
}

TEST_CASE("a check says what is waiting") {
    PluginWorld world;
    world.put("receipts", "a.csv", kReceipts);
    CHECK(world.call("W", "check/1").reply_json == R"({"message":"1 receipt files, 0 inspection files and 0 shipment files are waiting"})");
}
