#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/errands.hpp"

/// Lists of steps that people are led through. Functions may throw DbError and need no permission.
namespace aftercare::store {

struct TrainingStep {
    std::string title;
    ArticleId article_id;   ///< what to read for it
    std::int64_t days = 0;  ///< due at the end of so many days after the start
};
template <class Io>
void fields(Io& io, TrainingStep& s) {
    io("title", s.title, length(1, 120));
    io("article_id", s.article_id, maybe);
    io("days", s.days, maybe, between(0, 365), doc("due at the end of so many days after the start"));
}
struct TrainingSteps {
    std::vector<TrainingStep> items;
};
template <class Io>
void fields(Io& io, TrainingSteps& s) {
    io("items", s.items);
}

struct Training {
    static constexpr std::string_view kSchema = "Training";
    TrainingId id;
    ShopId shop_id;
    std::string title;
    std::vector<TrainingStep> steps;
    bool retired = false;  ///< nobody is started on it any more
    StaffId changed_by;
    Instant changed_at;
    std::int64_t version = 1;
    std::string changed_name{};  ///< only read
};
template <class Io>
void fields(Io& io, Training& t) {
    io("id", t.id);
    io("shop_id", t.shop_id);
    io("title", t.title);
    io("steps", t.steps);
    io("retired", t.retired);
    io("changed_by", t.changed_by, maybe);
    io("changed_at", t.changed_at);
    io("version", t.version);
    io("changed_name", t.changed_name, maybe);
}

void insert_training(Tx&, const Training&);
std::optional<Training> find_training(Tx&, const TrainingId&);
std::vector<Training> trainings(Tx&, const std::vector<std::string>& shops, std::int64_t limit);  ///< by title, retired ones last
void change_training(Tx&, const Training&);  ///< the row with this version
/// Nobody else starts it until this change ends. True when this person has open steps of it.
bool hold_training(Tx&, const TrainingId&, const StaffId&);

}  // namespace aftercare::store
