#include <aftercare/codec/json.hpp>

#include "domain/asked.hpp"
#include "usecase/articles.hpp"
#include "usecase/errands.hpp"
#include "usecase/handovers.hpp"
#include "usecase/incidents.hpp"
#include "usecase/reviews.hpp"
#include "usecase/ties.hpp"
#include "usecase/trainings.hpp"

// What is kept as text: acts that somebody asked for, matters before a merge, and answers under idempotency keys.
namespace aftercare {
template std::string encode(const domain::Asked&);
template Result<domain::Asked> decode(std::string_view);
template std::string encode(const Matter&);
template Result<Matter> decode(std::string_view);
template std::string encode(const usecase::TieList&);
template Result<usecase::TieList> decode(std::string_view);
template std::string encode(const store::Article&);
template Result<store::Article> decode(std::string_view);
template std::string encode(const store::Errand&);
template Result<store::Errand> decode(std::string_view);
template std::string encode(const store::Review&);
template Result<store::Review> decode(std::string_view);
template std::string encode(const store::Handover&);
template Result<store::Handover> decode(std::string_view);
template std::string encode(const store::Training&);
template Result<store::Training> decode(std::string_view);
template std::string encode(const usecase::TrainingRun&);
template Result<usecase::TrainingRun> decode(std::string_view);
template std::string encode(const usecase::UnifiedReplySent&);
template Result<usecase::UnifiedReplySent> decode(std::string_view);
}  // namespace aftercare
