#include "usecase/matters.hpp"
#include "usecase/tasks.hpp"
#include "usecase/staff.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

}  // namespace

TEST_CASE("a complaint with its words, tasks and results is stored, listed, and derived again by check") {
    test::on_each_engine([](ShopWorld& w) {
        const StaffId hall = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"hall", "Hall", "correct horse", {Role::warehouse}, {w.shop}})).id;
        const CaseId id = w.opened(CaseKind::complaint);
        CHECK(w.must(usecase::list_cases(*w.ctx, w.agent, {})).items.at(0).c.matter.stage == MatterStage::received);
        w.must(usecase::matter_step<MatterWord::acknowledge>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "sorry"}));
        w.must(usecase::matter_step<MatterWord::verify>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
        w.must(usecase::ask_task(*w.ctx, w.agent, w.guard(w.agent), {id, {Department::warehouse, hall, w.clock.now() + hours(5)}, "photos"}));
        auto view = w.view(id);
        CHECK(view.c.matter.replied_at == w.clock.now());
        CHECK(view.c.due_at == w.clock.now() + hours(5));
        REQUIRE(view.tasks.size() == 1);
        CHECK(view.tasks[0].owner_id == hall);
        w.must(usecase::finish_task(*w.ctx, w.lead, w.guard(w.lead), {view.tasks[0].id, TaskResult::confirmed, "it was us"}));
        w.must(usecase::matter_act<MatterWord::outside, domain::TellOutside, domain::tell_outside>(*w.ctx, w.lead, w.guard(w.lead), {id, {Outside::media, "M-1"}, ""}));
        view = w.view(id);
        CHECK(view.c.owner_id == w.lead.staff_id);
        CHECK(view.tasks[0].result == TaskResult::confirmed);
        std::vector<std::string> said;
        for (const auto& event : w.must(usecase::case_timeline(*w.ctx, w.agent, {id, 0})).items)
            if (!event.note.empty()) said.push_back(event.note);
        CHECK(said == std::vector<std::string>{"sorry", "photos", "it was us"});
        CHECK(w.differences().empty());
        w.sql("UPDATE support_case SET matter_rounds = 9");
        CHECK(w.differences().size() == 1);
    });
}

TEST_CASE("tasks are listed for whom they wait, the nearest due first, and counted") {
    test::on_each_engine([](ShopWorld& w) {
        const usecase::Actor hall{w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"hall", "Hall", "correct horse", {Role::warehouse}, {w.shop}})).id,
                                  {Role::warehouse}, {w.shop}, false, "staff:hall"};
        const auto ask = [&](const CaseId& id, Department department, Duration in, const std::string& words) {
            w.must(usecase::ask_task(*w.ctx, w.agent, w.guard(w.agent), {id, {department, hall.staff_id, w.clock.now() + in}, words}));
        };
        const auto words = [&](const usecase::Actor& who, std::optional<TaskScope> scope, std::optional<Department> department = {}) {
            std::vector<std::string> found;
            for (const auto& item : w.must(usecase::list_tasks(*w.ctx, who, {w.shop, scope, department})).items) found.push_back(item.task.words.empty() ? item.task.code : item.task.words);
            return found;
        };
        using Texts = std::vector<std::string>;
        const CaseId complaint = w.opened(CaseKind::complaint), defect = w.opened(CaseKind::product_defect);
        ask(complaint, Department::warehouse, hours(5), "photos");
        ask(complaint, Department::logistics, hours(2), "where is it");
        CHECK(words(hall, {}) == Texts{"where is it", "photos"});
        CHECK(words(hall, TaskScope::team) == Texts{"photos"});
        CHECK(words(w.lead, TaskScope::all) == Texts{"where is it", "photos", "quality_alert"});
        CHECK(words(w.lead, TaskScope::all, Department::logistics) == Texts{"where is it"});
        CHECK(words(w.agent, {}).empty());
        const auto item = w.must(usecase::list_tasks(*w.ctx, hall, {})).items.at(0);
        CHECK(item.number == w.view(complaint).c.number);
        CHECK(item.task.owner_name == "Hall");
        CHECK(w.must(usecase::count_tasks(*w.ctx, hall, {})).waiting == 2);
        w.clock.set(w.clock.now() + hours(3));
        CHECK(w.must(usecase::count_tasks(*w.ctx, hall, {})).late == 1);
        w.must(usecase::finish_task(*w.ctx, hall, w.guard(hall), {item.task.id, TaskResult::done, "found"}));
        CHECK(words(hall, {}) == Texts{"photos"});
        const usecase::Actor stranger{StaffId("S"), {Role::lead}, {ShopId("OTHER")}, false, "staff:s"};
        CHECK(words(stranger, TaskScope::all).empty());
        CHECK(w.view(defect).tasks.at(0).code == "quality_alert");
    });
}

TEST_CASE("a task is asked of somebody who works in the shop, and a remedy is a case of the same shop") {
    test::on_each_engine([](ShopWorld& w) {
        const CaseId id = w.opened(CaseKind::review_followup);
        const auto asked = usecase::ask_task(*w.ctx, w.agent, w.guard(w.agent), {id, {Department::warehouse, StaffId("NOBODY"), w.clock.now() + hours(5)}, "photos"});
        REQUIRE_FALSE(asked);
        CHECK(asked.error().fields == std::vector<FieldError>{{"/owner_id", "unknown_person"}});
        w.must(usecase::matter_step<MatterWord::triage>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, ""}));
        w.must(usecase::matter_act<MatterWord::plan_contact, domain::PlanContact, domain::plan_contact>(*w.ctx, w.agent, w.guard(w.agent), {id, {w.clock.now() + minutes(1)}, ""}));
        w.must(usecase::matter_act<MatterWord::record_contact, domain::RecordContact, domain::record_contact>(*w.ctx, w.agent, w.guard(w.agent), {id, {ContactResult::reached}, ""}));
        CHECK(usecase::decide_remedy(*w.ctx, w.agent, w.guard(w.agent), {id, {CaseId("NONE")}, ""}).error().code == "case_not_found");
        const CaseId remedy = w.opened(CaseKind::return_refund);
        w.must(usecase::decide_remedy(*w.ctx, w.agent, w.guard(w.agent), {id, {remedy}, ""}));
        CHECK(w.view(id).c.matter.linked_case_id == remedy);
        CHECK(w.differences().empty());
    });
}
