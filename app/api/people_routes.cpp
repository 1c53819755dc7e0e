#include "api/people_routes.hpp"

#include "usecase/approvals.hpp"
#include "usecase/articles.hpp"
#include "usecase/errands.hpp"
#include "usecase/handovers.hpp"
#include "usecase/incidents.hpp"
#include "usecase/reports.hpp"
#include "usecase/reviews.hpp"
#include "usecase/tasks.hpp"
#include "usecase/ties.hpp"
#include "usecase/trainings.hpp"

namespace aftercare::api {

void add_people_routes(Routes& routes) {
    const std::string one = "/api/v1/cases/{case_id}";
    routes.get(one + "/ties", "caseTies", "Cases that this one is linked to or merged with", usecase::case_ties);
    routes.post(one + "/link", "linkCase", "Say how this case stands to another of its shop", usecase::link_case);
    routes.post(one + "/unlink", "unlinkCase", "Take a link back", usecase::unlink_case);
    routes.post(one + "/merge", "mergeCase", "Let the case go on in another one", usecase::merge_case);
    routes.post(one + "/unmerge", "unmergeCase", "Take a merge back while nothing new happened", usecase::unmerge_case);
    routes.post(one + "/continue", "continueCase", "A new case that follows a closed one", usecase::continue_case).creates();
    routes.get(one + "/unified_replies", "unifiedReplies", "Replies that went to every case linked to an incident, and what became of them", usecase::unified_replies);
    routes.post(one + "/unified_replies", "sendUnifiedReply", "One reply to the customers of all open cases linked to an incident", usecase::send_unified_reply)
        .needs_key().creates();
    routes.post(one + "/unified_replies/{reply_id}/send", "sendUnifiedReplyOn", "The same reply to cases that were linked since", usecase::send_unified_reply_on)
        .needs_key();
    routes.post(one + "/ask_approval", "askApproval", "Ask a lead or finance for an act that is above one's limit", usecase::ask_approval)
        .needs_key();
    routes.post("/api/v1/tasks/{task_id}/answer", "answerApproval", "Grant what was asked for, which carries it out, or refuse it", usecase::answer_approval)
        .needs_key();
    routes.get("/api/v1/approvals", "listApprovals", "What waits for one's decision, or what one asked for", usecase::list_approvals);
    routes.get("/api/v1/approvals/count", "countApprovals", "How much waits for one's decision", usecase::count_approvals);
    routes.get("/api/v1/tasks", "listTasks", "Open tasks over all cases, and errands: one's own, one's team's, or every department's", usecase::list_tasks);
    routes.get("/api/v1/tasks/count", "countTasks", "How many tasks one has, and how many are late", usecase::count_tasks);
    routes.get("/api/v1/errands", "listErrands", "Work that belongs to no case: one's own, one's team's, what one gave, or all", usecase::list_errands);
    routes.post("/api/v1/errands", "giveErrand", "Give work to a person, a department or oneself", usecase::give_errand).creates();
    routes.post("/api/v1/errands/{errand_id}/take", "takeErrand", "Out of the department's into one's own", usecase::take_errand);
    routes.post("/api/v1/errands/{errand_id}/finish", "finishErrand", "It is done, and what came of it", usecase::finish_errand);
    routes.post("/api/v1/errands/{errand_id}/drop", "dropErrand", "It need not be done any more", usecase::drop_errand);
    routes.get("/api/v1/trainings", "listTrainings", "Lists of steps that people are led through", usecase::list_trainings);
    routes.get("/api/v1/trainings/progress", "trainingProgress", "Who is how far; of everybody for whom one leads, else oneself", usecase::training_progress);
    routes.post("/api/v1/trainings", "addTraining", "Write a training down", usecase::add_training).creates();
    routes.post("/api/v1/trainings/{training_id}", "changeTraining", "Write it anew, or retire it; what was started stays", usecase::change_training).needs_version();
    routes.post("/api/v1/trainings/{training_id}/start", "startTraining", "Lead a person through it: an errand of every step", usecase::start_training).creates();
    routes.get("/api/v1/articles", "listArticles", "What people at the desk look up; of a case what concerns it", usecase::list_articles);
    routes.post("/api/v1/articles", "addArticle", "Write something to look up", usecase::add_article).creates();
    routes.post("/api/v1/articles/{article_id}", "changeArticle", "Write it anew", usecase::change_article).needs_version();
    routes.remove("/api/v1/articles/{article_id}", "dropArticle", "Take it out", usecase::drop_article);
    const std::string reviews = "/api/v1/reviews", review = reviews + "/{review_id}";
    routes.get(reviews, "listReviews", "Reviews of buyers, newest first", usecase::list_reviews);
    routes.post(reviews, "putReview", "Write down what a buyer wrote, once by its number", usecase::put_review).creates();
    routes.get(reviews + "/count", "countReviews", "How many are new, how many of them are bad, how many were written yesterday", usecase::count_reviews);
    routes.get(review, "getReview", "One review, and what was done about it", usecase::get_review);
    routes.post(review + "/answer", "answerReview", "Keep what is written under it; a person puts it there", usecase::answer_review).needs_key();
    routes.post(review + "/follow_up", "followUpReview", "Open a case in which it is followed up", usecase::follow_up_review).needs_key();
    routes.post(review + "/set_aside", "setReviewAside", "It was read, and there is nothing to do", usecase::set_review_aside);
    routes.post(review + "/take_up", "takeReviewUp", "One that was set aside is new again", usecase::take_review_up);
    routes.get("/api/v1/reports/causes", "causesReport", "Why cases came, whose fault it was, which goods, and what will prevent it", usecase::causes_report);
    routes.get("/api/v1/handovers", "listHandovers", "The last handovers, newest first", usecase::list_handovers);
    routes.get("/api/v1/handovers/sheet", "handoverSheet", "Promises, cases at risk and offers as they stand now", usecase::handover_sheet);
    routes.post("/api/v1/handovers", "handOver", "Keep the sheet as it stands for the next shift", usecase::hand_over).creates();
    routes.get("/api/v1/handovers/{handover_id}", "getHandover", "A handover with its cases as they stood", usecase::get_handover);
    routes.post("/api/v1/handovers/{handover_id}/acknowledge", "acknowledgeHandover", "The next shift has read it", usecase::acknowledge_handover);
}

}  // namespace aftercare::api
