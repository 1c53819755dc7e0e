#pragma once
#include <string_view>

/// Files of schema/policies, compiled in.
namespace aftercare::usecase {

extern const std::string_view kPolicyCn;
extern const std::string_view kPolicyEu;

}  // namespace aftercare::usecase
