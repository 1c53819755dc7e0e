#include "api/routes.hpp"
#include "usecase/calendar.hpp"
#include "usecase/revisits.hpp"

namespace aftercare::api {

void add_revisit_routes(Routes& routes) {
    routes.get("/api/v1/calendar", "calendarDays", "Days with lunar date, festivals, solar term and days off", usecase::calendar_days);
    routes.get("/api/v1/calendar/years", "calendarYears", "The years whose days off are known", usecase::calendar_years);
    routes.post("/api/v1/calendar/import", "importCalendar", "Load the days off of one or more years, as NateScarlet/holiday-cn writes them",
                usecase::import_calendar);
    routes.get("/api/v1/revisit_plans", "listPlans", "Revisit plans", usecase::list_plans);
    routes.post("/api/v1/revisit_plans", "addPlan", "Make a revisit plan", usecase::add_plan).creates();
    routes.post("/api/v1/revisit_plans/preview", "previewPlan", "The next dates of these terms and how many customers they mean", usecase::preview_plan);
    routes.post("/api/v1/revisit_plans/{plan_id}", "changePlan", "The next version of a plan, or switch it on and off", usecase::change_plan);
    routes.get("/api/v1/revisits", "listRevisits", "Revisits by due time", usecase::list_revisits);
    routes.get("/api/v1/revisits/counts", "countRevisits", "How many revisits wait", usecase::count_revisits);
    routes.get("/api/v1/revisits/month", "revisitMonth", "Revisits a day and plan, for the weeks of a month", usecase::revisit_month);
    routes.get("/api/v1/revisits/{revisit_id}", "getRevisit", "A revisit with its script, the masked phone and the customer's others", usecase::get_revisit);
    routes.post("/api/v1/revisits/{revisit_id}/finish", "finishRevisit", "Record how it ended", usecase::finish_revisit);
    routes.post("/api/v1/revisits/{revisit_id}/reschedule", "rescheduleRevisit", "Move it to another time", usecase::reschedule_revisit);
    routes.post("/api/v1/revisits/{revisit_id}/skip", "skipRevisit", "Leave it out, with a reason", usecase::skip_revisit);
    routes.post("/api/v1/revisits/{revisit_id}/assign", "assignRevisit", "Give it to a person, take it, or give it back", usecase::assign_revisit);
}

}  // namespace aftercare::api
