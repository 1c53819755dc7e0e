#include "api/routes.hpp"
#include "usecase/cases.hpp"
#include "usecase/closing.hpp"
#include "usecase/hours.hpp"

namespace aftercare::api {

void add_case_routes(Routes& routes) {
    routes.get("/api/v1/cases", "listCases", "The case queue", usecase::list_cases);
    routes.get("/api/v1/cases/counts", "countCases", "How many cases are in each view", usecase::count_cases);
    routes.post("/api/v1/cases", "openCase", "Open a case, with its first operation when one is given", usecase::open_case).creates();
    routes.get("/api/v1/cases/{case_id}", "getCase", "A case with everything but its timeline", usecase::get_case);
    routes.get("/api/v1/cases/{case_id}/clocks", "clockHistory", "What each clock of a case went through: started, paused, warned, broken, met",
               usecase::clock_history);
    routes.get("/api/v1/cases/{case_id}/events", "caseTimeline", "What happened, by seq; after: events with a higher seq",
               usecase::case_timeline);
    routes.post("/api/v1/cases/{case_id}/notes", "addNote", "Write a note", usecase::add_note).creates();
    routes.post("/api/v1/cases/{case_id}/assign", "assignCase", "Give the case to a person, or back to the queue",
                usecase::assign_case);
    routes.post("/api/v1/cases/{case_id}/hear_platform", "hearPlatform", "What the marketplace says of the case now; older versions change nothing",
                usecase::hear_platform);
    routes.post("/api/v1/cases/{case_id}/close", "closeCase", "Close the case with cause, summary and the facts that are missing", usecase::close_with);
    routes.post("/api/v1/tasks/{task_id}/finish", "finishTask", "A department has done its task", usecase::finish_task);
}

}  // namespace aftercare::api
