#pragma once
#include "store/trainings.hpp"
#include "usecase/context.hpp"

/// How people are taught: a lead keeps lists of steps, and leads a person through one. Each step is an errand, so it stands among that person's tasks.
namespace aftercare::usecase {

using store::Errand;
using store::Training;
using store::TrainingStep;

struct TrainingIn {
    std::string title;
    std::vector<TrainingStep> steps;
};
template <class Io>
void fields(Io& io, TrainingIn& in) {
    io("title", in.title, length(1, 120));
    io("steps", in.steps, length(1, 30));
}
struct AddTraining {
    ShopId shop_id;
    TrainingIn training;
};
template <class Io>
void fields(Io& io, AddTraining& in) {
    io("shop_id", in.shop_id);
    fields(io, in.training);
}
/// `forbidden` but for whoever manages policies; `refused` "too_many_trainings" beyond 200 of a shop; `invalid` "/steps/N/article_id" unknown_article.
Result<Training> add_training(Context&, const Actor&, const Guard&, const AddTraining&);

/// What was started before stays as it was.
struct ChangeTraining {
    TrainingId training_id;
    TrainingIn training;
    bool retired = false;
};
template <class Io>
void fields(Io& io, ChangeTraining& in) {
    io("training_id", in.training_id);
    fields(io, in.training);
    io("retired", in.retired, maybe, doc("nobody is started on it any more"));
}
Result<Training> change_training(Context&, const Actor&, const Guard&, const ChangeTraining&);

struct TrainingQuery {
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, TrainingQuery& q) {
    io("shop_id", q.shop_id);
}
struct TrainingList {
    static constexpr std::string_view kSchema = "TrainingList";
    std::vector<Training> items;
};
template <class Io>
void fields(Io& io, TrainingList& l) {
    io("items", l.items);
}
Result<TrainingList> list_trainings(Context&, const Actor&, const TrainingQuery&);  ///< by title, retired ones last

/// One person's way through a training, and how far it is.
struct TrainingRun {
    static constexpr std::string_view kSchema = "TrainingRun";
    std::string id;
    TrainingId training_id;
    ShopId shop_id;
    std::string title;
    StaffId staff_id;
    std::string staff_name;
    Instant started_at;
    std::int64_t done = 0, of = 0, late = 0;  ///< steps; those that were dropped count nowhere
    std::vector<Errand> steps;
};
template <class Io>
void fields(Io& io, TrainingRun& r) {
    io("id", r.id);
    io("training_id", r.training_id);
    io("shop_id", r.shop_id);
    io("title", r.title);
    io("staff_id", r.staff_id);
    io("staff_name", r.staff_name);
    io("started_at", r.started_at);
    io("done", r.done);
    io("of", r.of, doc("steps that count: those that were dropped do not"));
    io("late", r.late);
    io("steps", r.steps);
}
struct StartTraining {
    TrainingId training_id;
    StaffId staff_id;
};
template <class Io>
void fields(Io& io, StartTraining& in) {
    io("training_id", in.training_id);
    io("staff_id", in.staff_id);
}
/// An errand of every step, due at the end of its day at the shop. `refused` "training_retired", "training_runs" {name} while that person has open
/// steps of it; `invalid` "/staff_id" unknown_person.
Result<TrainingRun> start_training(Context&, const Actor&, const Guard&, const StartTraining&);

struct TrainingProgress {
    static constexpr std::string_view kSchema = "TrainingProgress";
    std::vector<TrainingRun> items;
    bool more = false;
};
template <class Io>
void fields(Io& io, TrainingProgress& p) {
    io("items", p.items);
    io("more", p.more, doc("there are older ones"));
}
/// The last started first, about 2,000 steps of them; of everybody for whom one leads, else one's own.
Result<TrainingProgress> training_progress(Context&, const Actor&, const TrainingQuery&);

}  // namespace aftercare::usecase
