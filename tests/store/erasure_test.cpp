#include "usecase/erasure.hpp"

#include <fstream>

#include "domain/asked.hpp"
#include "store/case_state.hpp"
#include "store/event_codec.hpp"
#include "store/hash_chain.hpp"
#include "support/photo.hpp"
#include "support/traces.hpp"
#include "usecase/approvals.hpp"
#include "usecase/closing.hpp"
#include "usecase/customers.hpp"
#include "usecase/photos.hpp"
#include "usecase/reviews.hpp"
#include "usecase/search.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;
using test::traces;

namespace {

const std::string kName = "欧阳澜清", kPhone = "13912345678", kMail = "lanqing@example.org", kSaid = "Zephyrine words";
using Texts = std::vector<std::string>;

/// A customer about whom something is written wherever something can be.
struct Person {
    explicit Person(ShopWorld& world) : w(world) {
        w.ctx->photos_folder = w.folder.path() / "photos";
        usecase::PutOrder put;
        put.shop_id = w.shop;
        put.number = "7100";
        put.customer = usecase::PutOrderCustomer{"M-4711", kName, kPhone, kMail, "CN"};
        put.lines = {{"CUP", "Cup", 3, 40'000, 0}};
        put.placed_at = w.clock.now() - days(3);
        put.delivered_at = w.clock.now() - days(1);
        order = w.must(usecase::put_order(*w.ctx, w.admin, w.guard(w.admin), put));
        id = order.order.customer_id;
        w.must(usecase::add_tag(*w.ctx, w.agent, w.guard(w.agent), {id, kSaid}));
        w.must(usecase::note_customer(*w.ctx, w.agent, w.guard(w.agent, "note"), {id, CustomerNoteKind::preference, kSaid, {}}));
        w.must(usecase::set_fact(*w.ctx, w.agent, w.guard(w.agent), {id, FactField::style, kSaid, false, false}));
        w.must(usecase::reveal_contact(*w.ctx, w.agent, w.guard(w.agent), {id, "phone", kSaid}));
        w.must(usecase::put_review(*w.ctx, w.agent, w.guard(w.agent), {w.shop, "R1", "7100", "CUP", "Cup", "taobao", kSaid, 1, w.clock.now()}));
        w.sql("INSERT INTO address VALUES ('A1', '" + id.value + "', '" + kName + "', '" + kPhone + "', 'CN', '', '', '', '" + kSaid + "', 'order', 1);"
              "INSERT INTO handover VALUES ('H1', '" + w.shop.value + "', NULL, NULL, 'call " + kName + " at " + kPhone + "', NULL, 1, NULL, 0, 1, '', 0);"
              "INSERT INTO shipment VALUES ('S1', '" + order.order.id.value + "', 1, 'SF', 'SF1', 1, 1, 'A1')");
    }
    /// A return, with words of everybody, that ends in nothing.
    CaseId told() {
        const auto photo = w.must(usecase::put_photo(*w.ctx, w.agent, w.guard(w.agent), {w.shop}, test::a_picture("png", 8))).id.value;
        auto in = w.opening(order, 3);
        in.open.topic = kSaid + ", " + kName;
        in.note = kName + ", " + kPhone;
        in.request->reason = Reason::quality;
        in.request->photo_ref = photo;
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "open"), in));
        w.must(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, NoteKind::internal, kSaid}));
        domain::Asked what;
        what.command = AskedWord::approve;
        what.operation_id = opened.operation_id;
        w.must(usecase::ask_approval(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, what, "", kSaid}));
        return opened.case_id;
    }
    void close(const CaseId& one) {
        const auto operation = w.view(one).operations.at(0).id;
        w.must(usecase::withdraw(*w.ctx, w.agent, w.guard(w.agent), {one, {operation, {}}}));
        w.must(usecase::close_with(*w.ctx, w.agent, w.guard(w.agent), {one, {{"size", Fault::customer, kSaid}, kSaid + ", " + kName, {}, {}}, ""}));
        w.sql("DELETE FROM outbox");  // all of it arrived
    }
    Result<usecase::ErasedCustomer> erase(const std::string& key = {}) {
        return usecase::erase_customer(*w.ctx, w.lead, w.guard(w.lead, key), {id, ErasureReason::customer_asked});
    }
    usecase::CustomerView view() { return w.must(usecase::get_customer(*w.ctx, w.lead, {id})); }
    domain::CaseState state(const CaseId& one) {
        return w.must(w.store->read([&](store::Tx& tx) { return store::load_case(tx, one, false); }));
    }
    Texts left() {
        Texts found;
        for (const std::string& text : {kName, kPhone, kMail, kSaid, std::string("M-4711")})
            for (std::string& place : traces(*w.database, text)) found.push_back(std::move(place));
        return found;
    }
    /// What the files of an SQLite database hold, whether a row still points at it or not.
    std::string bytes() const {
        std::string all;
        for (const char* part : {"", "-wal"}) {
            std::ifstream in(w.folder.path() / ("test.db" + std::string(part)), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all;
    }
    ShopWorld& w;
    usecase::OrderView order;
    CustomerId id;
};

std::string topic_event(ShopWorld& w, const CaseId& one) {
    std::string data;
    for (const auto& event : w.must(usecase::case_timeline(*w.ctx, w.lead, {one, 0})).items)
        if (event.type == "case_opened/1") data = event.data.text;
    return data;
}

/// As a stream was written before words stood beside the payload.
void as_of_old(ShopWorld& w, const CaseId& one) {
    static constexpr auto kRows = db::Query::both("rows", "SELECT seq, type, at, actor_id, actor_role, payload, words FROM event WHERE stream = :id ORDER BY seq");
    static constexpr auto kSet = db::Query::both("set", "UPDATE event SET payload = :payload, prev_hash = :prev, hash = :hash, words = '' WHERE stream = :id AND seq = :seq");
    w.database->change(db::Lane::people, [&](db::Connection& tx) {
        std::vector<std::pair<std::int64_t, domain::Event>> events;
        tx.run(kRows, {{"id", one.value}}, [&](const db::Row& row) {
            events.emplace_back(row.integer(0), domain::Event{Instant{row.integer(2)}, StaffId(std::string(row.text(3))), *from_word<Role>(row.text(4)),
                                                              *store::decode_event(row.text(1), row.text(5), row.text(6))});
        });
        std::string prev;
        for (const auto& [seq, event] : events) {
            const std::string payload = store::whole_event(event.body), hash = store::chain_hash(prev, one.value, seq, event, payload);
            tx.write(kSet, {{"payload", payload}, {"prev", prev}, {"hash", hash}, {"id", one.value}, {"seq", seq}}, 1);
            prev = hash;
        }
        return true;
    });
}

}  // namespace

TEST_CASE("of a person who is erased no word is left in any table or file, and goods, money and history stand as they stood (I33)") {
    test::on_each_engine([](ShopWorld& w) {
        Person person(w);
        const CaseId one = person.told();
        person.close(one);
        REQUIRE(person.left().size() > 15);
        if (!w.schema) REQUIRE(person.bytes().find(kSaid) != std::string::npos);
        auto before = person.state(one);
        const auto value = person.view().value;
        w.clock.advance(minutes(1));

        const auto erased = w.must(person.erase());
        CHECK(erased.orders == 1);
        CHECK(erased.cases == 1);
        CHECK(person.left() == Texts{});
        CHECK(w.differences().empty());
        if (!w.schema)
            for (const std::string& text : {kName, kPhone, kMail, kSaid}) CHECK(person.bytes().find(text) == std::string::npos);

        before.c.topic.clear();
        before.c.summary.clear();
        CHECK(person.state(one) == before);
        CHECK(person.view().value.spent_minor == value.spent_minor);
        CHECK(person.view().customer.erased_at == w.clock.now());
        CHECK(person.view().orders.size() == 1);
        CHECK(person.view().reveals.at(0).reason.empty());
        CHECK(usecase::photo_file(*w.ctx, w.lead, {PhotoId(before.operations[0].return_ref)}, usecase::PhotoSize::whole).error().code == "photo_not_found");
        CHECK(topic_event(w, one).find("\"topic\":\"\"") != std::string::npos);
        const auto history = w.must(usecase::customer_timeline(*w.ctx, w.lead, {person.id, {}})).items;
        CHECK(history.at(0).kind == "erased");
        CHECK(history.at(0).ref == "customer_asked");
    });
}

TEST_CASE("words in events are read with them, stand outside the chain, and those of older events are taken out with it") {
    test::on_each_engine([](ShopWorld& w) {
        Person person(w);
        const CaseId one = person.told();
        CHECK(topic_event(w, one).find(kSaid) != std::string::npos);
        CHECK(traces(*w.database, kSaid + ", " + kName) == Texts{"event.words", "support_case.topic"});
        person.close(one);
        as_of_old(w, one);
        CHECK(w.differences().empty());
        CHECK(topic_event(w, one).find(kSaid) != std::string::npos);
        CHECK_FALSE(traces(*w.database, kSaid + ", " + kName) == Texts{"event.words", "support_case.topic"});
        w.must(person.erase());
        CHECK(person.left() == Texts{});
        CHECK(w.differences().empty());
        w.sql("UPDATE support_case SET topic = 'x' WHERE id = '" + one.value + "'");
        CHECK(w.must(store::rebuild(*w.store)) == 1);  // written again from events: still nothing
        CHECK(w.differences().empty());
        CHECK(person.left() == Texts{});
    });
}

TEST_CASE("who is called like a piece of JSON leaves every view and every refused item readable") {
    test::on_each_engine([](ShopWorld& w) {
        Person person(w);
        w.must(usecase::set_fact(*w.ctx, w.lead, w.guard(w.lead), {person.id, FactField::name, R"(":")", true, true}));
        w.sql("INSERT INTO staff (id, login, name, password_hash, roles, shops, active, created_at) VALUES ('S', 's', 'S', '', '[]', '[]', 1, 1);"
              "INSERT INTO saved_view VALUES ('V1', 'S', NULL, 'Hers', '{\"q\":\"" + kPhone + "\",\"status\":\"open\"}', 1, 1);"
              "INSERT INTO delivered_problem VALUES ('api:" + w.shop.value + "', 's', 'e', 'c', '{\"buyer\":\"" + kPhone + "\"}', NULL, 1)");
        w.must(person.erase());
        const auto text_of = [&](const db::Query& query) {
            std::string found;
            w.database->read([&](db::Connection& tx) { tx.run(query, {}, [&](const db::Row& row) { found = row.text(0); }); });
            return found;
        };
        static constexpr auto kView = db::Query::both("view", "SELECT filter FROM saved_view"), kItem = db::Query::both("item", "SELECT item FROM delivered_problem");
        CHECK(text_of(kView) == R"({"q":"***","status":"open"})");
        CHECK(text_of(kItem) == "{}");
    });
}

TEST_CASE("an old stream that somebody changed is not chained anew: that would hide it") {
    test::on_each_engine([](ShopWorld& w) {
        Person person(w);
        const CaseId one = person.told();
        person.close(one);
        as_of_old(w, one);
        w.sql("UPDATE event SET at = at + 1 WHERE stream = '" + one.value + "' AND seq = 2");
        const auto refused = person.erase();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::unavailable);
        CHECK(person.view().customer.name == kName);
        CHECK_FALSE(w.differences().empty());
    });
}

TEST_CASE("nobody is erased while something of theirs is under way, by whom it is no business of, or twice") {
    test::on_each_engine([](ShopWorld& w) {
        Person person(w);
        const CaseId one = person.told();
        const auto open = person.erase();
        CHECK(open.error().code == "customer_has_open_cases");
        CHECK(open.error().params.at(0).second == "#" + w.view(one).c.number);
        CHECK(usecase::erase_customer(*w.ctx, w.agent, w.guard(w.agent), {person.id, {}}).error().code == "permission_missing");
        const usecase::Actor elsewhere{StaffId("ELSE"), {Role::admin}, {ShopId("other")}, false, "staff:ELSE"};
        CHECK(usecase::erase_customer(*w.ctx, elsewhere, w.guard(elsewhere), {person.id, {}}).error().code == "customer_not_found");
        CHECK(usecase::erase_customer(*w.ctx, w.lead, w.guard(w.lead), {CustomerId("nobody"), {}}).error().code == "customer_not_found");
        person.close(one);
        w.sql("INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, state, due_at, attempts, lease_owner, lease_until, last_error, created_at, done_at)"
              " VALUES ('X', 'send_message', '{}', '" + w.shop.value + "', '" + one.value + "', NULL, 'pending', 1, 0, '', 0, '', 1, 0)");
        CHECK(person.erase().error().code == "customer_has_effects");
        CHECK(person.view().customer.name == kName);
        w.sql("DELETE FROM outbox");
        const auto erased = w.must(person.erase("once"));
        CHECK(w.must(person.erase("once")).erased_at == erased.erased_at);  // the same key: the same answer
        CHECK(person.erase().error().code == "customer_erased");
        CHECK(usecase::add_tag(*w.ctx, w.agent, w.guard(w.agent), {person.id, "vip"}).error().code == "customer_erased");
        CHECK(usecase::reveal_contact(*w.ctx, w.agent, w.guard(w.agent), {person.id, "phone", "call"}).error().code == "nothing_to_reveal");
    });
}

TEST_CASE("an old order brings an erased person not back, and one who buys again is somebody new") {
    test::on_each_engine([](ShopWorld& w) {
        Person person(w);
        w.must(person.erase());
        const auto buys = [&](const std::string& number, Instant at) {
            usecase::PutOrder put;
            put.shop_id = w.shop;
            put.number = number;
            put.customer = usecase::PutOrderCustomer{"", kName, kPhone, "", "CN"};
            put.lines = {{"CUP", "Cup", 1, 1'999, 0}};
            put.placed_at = at;
            return w.must(usecase::put_order(*w.ctx, w.admin, w.guard(w.admin), put)).order.customer_id;
        };
        CHECK(buys("7099", w.clock.now() - days(30)).empty());
        CHECK(w.must(usecase::list_customers(*w.ctx, w.lead, {{}, w.shop, "5678", {}})).items.empty());
        CHECK(person.left() == Texts{});
        w.clock.advance(days(2));
        const auto again = buys("7200", w.clock.now());
        CHECK_FALSE(again.empty());
        CHECK(again != person.id);
        CHECK(w.must(usecase::list_customers(*w.ctx, w.lead, {{}, w.shop, "5678", {}})).items.size() == 1);
        CHECK(w.must(usecase::search(*w.ctx, w.lead, {kName, w.shop})).customers.size() == 1);
        CHECK(w.differences().empty());
    });
}
