#include <algorithm>
#include <set>
#include <thread>

#include "sql/all.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

TEST_CASE("every statement is understood by both engines") {
    test::on_each_engine([](ShopWorld& w) {
        for (const db::Query* query : sql::all())
            w.database->read([&](db::Connection& connection) {
                INFO(query->name);
                CHECK_NOTHROW(connection.prepare(*query));
            });
    });
}

TEST_CASE("one return goes from request to money back, and every unit and cent is accounted for") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("A-1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 3)));
        const CaseId id = opened.case_id;
        const OperationId op = opened.operation_id;
        w.must(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {id, {op}}));
        const auto promised = w.view(id).operations[0].quote.net_minor;
        CHECK(promised == 3 * 1'999 - 55);  // its share of the order's discount of 1.01

        w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "SF", "SF1", {{order.lines[0].id, 2}}}}));
        w.must(usecase::arrive(*w.ctx, w.dock, w.guard(w.dock), {id, {op, {}, "SF1", std::nullopt, ""}}));
        w.must(usecase::inspect(*w.ctx, w.dock, w.guard(w.dock),
                                {id, {op, order.lines[0].id, 2, Grade::pass, Disposition::restock, "", "", ""}}));
        CHECK(w.view(id).operations[0].header == Header::part_returned);

        w.must(usecase::submit_refund(*w.ctx, w.finance, w.guard(w.finance), {id, {op, {}}}));
        const auto attempt = w.view(id).attempts.at(0).id;
        w.must(usecase::refund_result(*w.ctx, w.finance, w.guard(w.finance), {id, {op, attempt, RefundResult::ok, "P1", ""}}));

        w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "SF", "SF2", {}}}));
        w.must(usecase::arrive(*w.ctx, w.dock, w.guard(w.dock), {id, {op, {}, "SF2", std::nullopt, ""}}));
        w.must(usecase::inspect(*w.ctx, w.dock, w.guard(w.dock),
                                {id, {op, order.lines[0].id, 1, Grade::pass, Disposition::restock, "", "", ""}}));
        w.must(usecase::submit_refund(*w.ctx, w.finance, w.guard(w.finance), {id, {op, {}}}));
        const auto second = w.view(id).attempts.at(1).id;
        w.must(usecase::refund_result(*w.ctx, w.finance, w.guard(w.finance), {id, {op, second, RefundResult::ok, "P2", ""}}));

        const auto after = w.view(id);
        CHECK(after.operations[0].decision == DecisionState::settled);
        const auto& money = after.order.at(0).money.at(0);
        CHECK(money.refunded_minor == promised);
        CHECK(money.promised_minor == 0);
        CHECK(money.in_flight_minor == 0);
        for (const UnitRun& run : after.order.at(0).units)
            if (run.order_line_id == order.lines[0].id) CHECK(run.bucket == Bucket::returned);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("the same key gives the same answer, another body under it an error, and nothing happens twice") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("B-1");
        const auto first = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K1"), w.opening(order, 1)));
        const auto again = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K1"), w.opening(order, 1)));
        CHECK(again == first);
        const auto other = usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K1", "other"), w.opening(order, 1));
        REQUIRE_FALSE(other);
        CHECK(other.error().code == "idempotency_key_reused");
        CHECK(w.must(usecase::get_order(*w.ctx, w.lead, {order.order.id})).cases.size() == 1);
        // a refusal stores nothing: the key may ask again
        const auto refused = usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K2"), w.opening(order, 3));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::refused);
        CHECK(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K2"), w.opening(order, 2)));
    });
}

TEST_CASE("a version that is not the newest is stale and writes no event") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("C-1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        auto guard = w.guard(w.agent);
        guard.expected_version = opened.version - 1;
        const auto late = usecase::approve(*w.ctx, w.agent, guard, {opened.case_id, {opened.operation_id}});
        REQUIRE_FALSE(late);
        CHECK(late.error().kind == ErrorKind::stale);
        CHECK(w.view(opened.case_id).c.version == opened.version);
        guard.expected_version = opened.version;
        CHECK(usecase::approve(*w.ctx, w.agent, guard, {opened.case_id, {opened.operation_id}}));
    });
}

TEST_CASE("the timeline tells every event in order, with the words of its notes") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("T-1");
        auto in = w.opening(order, 1);
        in.note = "it is too small";
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
        w.must(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id}}));
        const auto told = w.must(usecase::case_timeline(*w.ctx, w.agent, {opened.case_id, 0})).items;
        REQUIRE(told.size() >= 4);
        for (std::size_t i = 0; i < told.size(); ++i) CHECK(told[i].seq == static_cast<std::int64_t>(i) + 1);
        CHECK(told.front().type == "case_opened/1");
        CHECK(std::count_if(told.begin(), told.end(), [](const auto& e) { return e.note == "it is too small"; }) == 1);
        CHECK(w.must(usecase::case_timeline(*w.ctx, w.agent, {opened.case_id, 2})).items.front().seq == 3);
    });
}

TEST_CASE("twenty people want the same three units: three get one, the others are told why") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("D-1");
        std::atomic<int> won{0}, refused{0}, odd{0};
        std::vector<std::thread> people;
        for (int i = 0; i < 20; ++i)
            people.emplace_back([&] {
                const auto result = usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1));
                if (result) ++won;
                else if (result.error().code == "qty_not_available") ++refused;
                else ++odd;
            });
        for (auto& each : people) each.join();
        CHECK(won == 3);
        CHECK(refused == 17);
        CHECK(odd == 0);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a tracking number that is on its way in one case is refused in every other of the shop") {
    test::on_each_engine([](ShopWorld& w) {
        const auto ship = [&](const usecase::CaseChanged& opened) {
            return usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id, "SF", "SF100", {}}});
        };
        const auto approved = [&](const std::string& number) {
            const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold(number), 1)));
            w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
            return opened;
        };
        const auto first = approved("T-1"), second = approved("T-2");
        w.must(ship(first));
        const auto refused = ship(second);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "tracking_in_use");
        const std::vector<std::pair<std::string, std::string>> where{{"tracking", "SF100"}, {"case_number", first.number}};
        CHECK(refused.error().params == where);
        w.must(usecase::arrive(*w.ctx, w.dock, w.guard(w.dock), {first.case_id, {first.operation_id, {}, "SF100", {}, "R1"}}));
        CHECK(ship(second));  // the number is free again
    });
}

TEST_CASE("two clerks give one tracking number to two cases at once: one is told where it stands") {
    test::on_each_engine([](ShopWorld& w) {
        for (int round = 0; round < 10; ++round) {
            const std::string tracking = "RACE" + std::to_string(round);
            std::vector<usecase::CaseChanged> cases;
            for (int i = 0; i < 4; ++i) {
                const auto order = w.sold(tracking + "-" + std::to_string(i));
                cases.push_back(w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1))));
                w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {cases[i].case_id, {cases[i].operation_id}}));
            }
            std::atomic<int> won{0}, refused{0};
            std::vector<std::thread> clerks;
            for (const auto& each : cases)
                clerks.emplace_back([&] {
                    const auto shipped = usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {each.case_id, {each.operation_id, "SF", tracking, {}}});
                    if (shipped) ++won;
                    else if (shipped.error().code == "tracking_in_use") ++refused;
                });
            for (auto& clerk : clerks) clerk.join();
            CHECK(won == 1);
            CHECK(refused == 3);
        }
    });
}

TEST_CASE("twenty senders of one key make one case") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("E-1", 20);
        std::vector<std::thread> senders;
        std::vector<std::string> answers(20);
        for (std::size_t i = 0; i < 20; ++i)
            senders.emplace_back([&, i] {
                const auto result = usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "SAME"), w.opening(order, 1));
                answers[i] = result ? result->case_id.value : result.error().code;
            });
        for (auto& each : senders) each.join();
        for (const auto& answer : answers) CHECK(answer == answers[0]);
        CHECK(w.must(usecase::get_order(*w.ctx, w.lead, {order.order.id})).cases.size() == 1);
    });
}

TEST_CASE("people of another shop see nothing of a case and cannot touch it") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("F-1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        const usecase::Actor stranger{StaffId("X"), {Role::agent, Role::lead}, {ShopId("OTHER")}, false, "staff:X"};
        CHECK(usecase::get_case(*w.ctx, stranger, {opened.case_id}).error().code == "case_not_found");
        auto guard = w.guard(stranger);
        guard.expected_version = 99;
        CHECK(usecase::approve(*w.ctx, stranger, guard, {opened.case_id, {opened.operation_id}}).error().kind == ErrorKind::not_found);
        usecase::CaseQuery all;
        CHECK(w.must(usecase::list_cases(*w.ctx, stranger, all)).items.empty());
        all.q = "F-1";
        CHECK(w.must(usecase::list_cases(*w.ctx, stranger, all)).items.empty());
        CHECK(w.must(usecase::list_cases(*w.ctx, w.agent, all)).items.size() == 1);
        CHECK(w.must(usecase::count_cases(*w.ctx, stranger, {})).all_open == 0);
    });
}

TEST_CASE("a refusal is told in words, which are the first reply; without words it only stands") {
    test::on_each_engine([](ShopWorld& w) {
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("R-1"), 1)));
        w.must(usecase::add_note(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, NoteKind::from_customer, "when?"}));
        w.must(usecase::reject(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id, RejectCode::used_by_customer}, "it was worn, we are sorry"}));
        const auto view = w.view(opened.case_id);
        CHECK(view.operations[0].decision == DecisionState::rejected);
        CHECK(std::none_of(view.clocks.begin(), view.clocks.end(), [](const Clock& c) { return c.kind == ClockKind::next_reply && c.state == ClockState::running; }));
        const auto events = w.must(usecase::case_timeline(*w.ctx, w.agent, {opened.case_id, 0})).items;
        CHECK(events.back().note == "it was worn, we are sorry");
        CHECK(events.back().data.text.find("to_customer") != std::string::npos);
        const auto bare = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("R-2"), 1)));
        w.must(usecase::reject(*w.ctx, w.agent, w.guard(w.agent), {bare.case_id, {bare.operation_id, RejectCode::other}}));
        CHECK(w.differences().empty());
    });
}

TEST_CASE("pages of the queue follow each other without gap or repeat in every order") {
    test::on_each_engine([](ShopWorld& w) {
        for (int i = 0; i < 7; ++i) {
            const auto order = w.sold("G-" + std::to_string(i));
            w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
            w.clock.advance(minutes(i % 2));  // neighbours share a due time: the id must decide
        }
        for (const auto sort : {CaseOrder::due, CaseOrder::changed, CaseOrder::opened}) {
            usecase::CaseQuery query;
            query.page.limit = 2;
            query.sort = sort;
            std::set<std::string> seen;
            int pages = 0;
            do {
                const auto page = w.must(usecase::list_cases(*w.ctx, w.agent, query));
                for (const auto& row : page.items) CHECK(seen.insert(row.c.id.value).second);
                query.page.after = page.next;
                ++pages;
            } while (!query.page.after.empty() && pages < 10);
            CHECK(seen.size() == 7);
            CHECK(pages == 4);
        }
    });
}
