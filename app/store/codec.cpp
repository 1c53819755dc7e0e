#include <aftercare/codec/json.hpp>

#include "store/check.hpp"

namespace aftercare {
template std::string encode(const store::CheckReport&);
}
