#include <aftercare/codec/json.hpp>

#include "store/check.hpp"
#include "store/relay.hpp"
#include "store/trainings.hpp"

namespace aftercare {
template std::string encode(const store::CheckReport&);
template std::string encode(const store::Hint&);
template std::string encode(const store::HintPost&);
template Result<store::HintPost> decode(std::string_view);
template std::string encode(const store::TrainingSteps&);
template Result<store::TrainingSteps> decode(std::string_view);
}  // namespace aftercare
