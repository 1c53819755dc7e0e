#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "domain/headers.hpp"
#include "domain/kinds.hpp"
#include "domain/matters.hpp"
#include "store/check.hpp"
#include "usecase/cases.hpp"
#include "usecase/demo.hpp"
#include "usecase/errands.hpp"
#include "usecase/schedules.hpp"
#include "usecase/trainings.hpp"
#include "world.hpp"

using namespace aftercare;

namespace {

using Pairs = std::set<std::string>;

template <class A, class B>
std::string pair(A a, B b) {
    return std::string(word(a)) + " " + std::string(word(b));
}

struct Shown {
    Pairs operations, ways, headers, statuses, stages, kinds;
};

Shown shown(test::World& w) {
    Shown seen;
    usecase::CaseQuery query;
    query.page.limit = 200;
    do {
        const auto list = usecase::list_cases(w.ctx, test::an_admin(), query);
        if (!list) FAIL(list.error().code);
        for (const auto& row : list->items) {
            const auto view = usecase::get_case(w.ctx, test::an_admin(), {row.c.id});
            REQUIRE(view);
            seen.kinds.insert(std::string(word(view->c.kind)));
            if (view->c.matter.stage == MatterStage::none) seen.statuses.insert(pair(view->c.kind, view->c.status));
            else seen.stages.insert(pair(view->c.kind, view->c.matter.stage));
            for (const auto& o : view->operations) {
                seen.operations.insert(pair(o.kind, o.decision));
                seen.ways.insert(pair(o.kind, o.sub_kind));
                seen.headers.insert(std::string(word(o.header)));
            }
        }
        query.page.after = list->next;
    } while (!query.page.after.empty());
    return seen;
}

/// What the rows of the kinds can come to: no check, no waiting for one; what settles with its approval is never merely approved.
Pairs operation_states() {
    Pairs all;
    for (const auto& rule : domain::table::kKinds)
        for (const auto& [state, name] : Words<DecisionState>::all) {
            if (state == DecisionState::verifying && !rule.checked) continue;
            if (state == DecisionState::approved && rule.settles != domain::Settles::later) continue;
            if (state == DecisionState::disputed && !rule.comes_back && !rule.goes_out) continue;
            if (state == DecisionState::superseded && rule.home == 0) continue;
            all.insert(pair(rule.kind, state));
        }
    return all;
}

/// The stages that the table leads a kind of case to, from its first one; what a remedy is comes of an act whose row says no_remedy.
Pairs matter_stages() {
    Pairs all;
    for (const auto& [kind, name] : Words<CaseKind>::all) {
        if (domain::first_stage(kind) == MatterStage::none) continue;
        all.insert(pair(kind, domain::first_stage(kind)));
        all.insert(pair(kind, MatterStage::closed));
        for (const auto& rule : domain::table::kMatterRules)
            if (domain::in(rule.kinds, kind) && rule.to != MatterStage::none) all.insert(pair(kind, rule.to));
    }
    all.insert(pair(CaseKind::review_followup, MatterStage::remedy));
    return all;
}

Pairs case_statuses() {
    Pairs all;
    for (const auto& [kind, name] : Words<CaseKind>::all)
        for (const auto& [status, unused] : Words<CaseStatus>::all)
            if (domain::first_stage(kind) == MatterStage::none) all.insert(pair(kind, status));
    return all;
}

Pairs missing(const Pairs& wanted, const Pairs& seen) {
    Pairs left;
    for (const auto& each : wanted)
        if (!seen.count(each)) left.insert(each);
    return left;
}

template <class E>
Pairs words_of() {
    Pairs all;
    for (const auto& [value, name] : Words<E>::all) all.insert(std::string(name));
    return all;
}

}  // namespace

TEST_CASE("the demo shop shows a case of every kind and an operation of every kind in every state that it can come to") {
    test::World w;
    const auto made = usecase::make_demo(w.ctx);
    if (!made) FAIL(made.error().code << " " << made.error().detail);
    const auto due = usecase::due_clocks(w.ctx, 10'000);  // what the service does in its first second
    REQUIRE(due);
    for (const auto& clock : *due) REQUIRE(usecase::fire_clock(w.ctx, clock));

    const Shown seen = shown(w);
    CHECK(seen.operations == operation_states());
    CHECK(seen.stages == matter_stages());
    CHECK(missing(case_statuses(), seen.statuses) == Pairs{});
    CHECK(missing(words_of<CaseKind>(), seen.kinds) == Pairs{});
    Pairs ways;
    for (const auto& rule : domain::table::kKinds) ways.insert(pair(rule.kind, rule.sub_kind));
    CHECK(seen.ways == ways);
    Pairs headers = words_of<Header>();
    headers.erase("none");  // there is no operation
    CHECK(missing(headers, seen.headers) == Pairs{});

    const auto training = usecase::training_progress(w.ctx, test::an_admin(), {});
    REQUIRE(training);
    REQUIRE(training->items.size() == 1);
    CHECK(training->items[0].done * 2 == training->items[0].of);
    CHECK(training->items[0].steps[0].article_title == "电话投诉四步");
    const auto errands = usecase::list_errands(w.ctx, test::an_admin(), {{}, ErrandScope::all, ErrandState::open});
    REQUIRE(errands);
    CHECK(errands->items.size() == 4);  // two of the training

    const auto report = store::check(w.store, {});
    REQUIRE(report);
    Pairs wrong;
    for (const auto& d : report->differences) wrong.insert(d.stream + " " + d.table + " " + d.column + " " + d.stored + " / " + d.derived);
    CHECK(wrong == Pairs{});
}
