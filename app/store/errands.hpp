#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "domain/errands.hpp"
#include "store/articles.hpp"
#include "store/tasks.hpp"

namespace aftercare {
using TrainingId = Id<struct TrainingTag>;
}  // namespace aftercare

/// Work that belongs to no case. Functions may throw DbError and need no permission.
namespace aftercare::store {

struct Errand {
    static constexpr std::string_view kSchema = "Errand";
    ErrandId id;
    ShopId shop_id;
    std::string title, words;
    domain::ErrandStand stand;
    ArticleId article_id;  ///< what to read for it
    Instant opened_at, due_at;  ///< due 0: whenever it can be
    std::string result;         ///< what whoever ended it said
    StaffId finished_by;
    Instant finished_at;
    std::int64_t version = 1;
    TrainingId training_id{};  ///< it is a step of this
    std::string run_id{};      ///< what was started together
    std::int64_t step = 0;
    std::string owner_name{}, asked_name{}, finished_name{}, article_title{}, training_title{};  ///< only read
};
template <class Io>
void fields(Io& io, Errand& e) {
    io("id", e.id);
    io("shop_id", e.shop_id);
    io("title", e.title);
    io("words", e.words, maybe);
    io("owner_id", e.stand.owner_id, maybe);
    io("department", e.stand.department, doc("whose it is while nobody there took it"));
    io("asked_by", e.stand.asked_by, maybe);
    io("article_id", e.article_id, maybe);
    io("opened_at", e.opened_at);
    io("due_at", e.due_at, maybe);
    io("state", e.stand.state);
    io("result", e.result, maybe);
    io("finished_by", e.finished_by, maybe);
    io("finished_at", e.finished_at, maybe);
    io("version", e.version);
    io("training_id", e.training_id, maybe, doc("it is a step of this"));
    io("run_id", e.run_id, maybe);
    io("step", e.step, maybe);
    io("owner_name", e.owner_name, maybe);
    io("asked_name", e.asked_name, maybe);
    io("finished_name", e.finished_name, maybe);
    io("article_title", e.article_title, maybe);
    io("training_title", e.training_title, maybe);
}

/// What a list is narrowed to. `seen_by`: only what is this person's, was given by them, or waits for a department.
struct ErrandFilter {
    std::vector<std::string> shops;
    std::optional<ErrandState> state{};
    StaffId owner_id{}, asked_by{}, seen_by{};
    std::optional<std::vector<std::string>> departments{};
};

void insert_errand(Tx&, const Errand&);
std::optional<Errand> find_errand(Tx&, const ErrandId&);
/// Open ones first, the nearest due before those without a due time; then what ended, the last one first.
std::vector<Errand> errands(Tx&, const ErrandFilter&, std::int64_t limit);
/// Steps of trainings, the last run first, each in its order. An empty owner: everybody's.
std::vector<Errand> training_steps(Tx&, const std::vector<std::string>& shops, const StaffId& owner, std::int64_t limit);
TaskCount count_errands_of(Tx&, const std::vector<std::string>& shops, const StaffId& owner, Instant now);
/// Counted up to 1000.
std::int64_t count_unowned_errands(Tx&, const std::vector<std::string>& shops, const std::vector<std::string>& departments);
void change_errand(Tx&, const Errand&);  ///< whose it is, how it ended; the row with this version

}  // namespace aftercare::store
