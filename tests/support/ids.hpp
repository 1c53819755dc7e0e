#pragma once
#include <atomic>

#include "env/ids.hpp"

namespace aftercare::test {

/// "ID-000001", "ID-000002", …: ids that golden files can hold. Thread safe.
class CountingIds final : public env::IdSource {
   public:
    std::string next() override;

   private:
    std::atomic<unsigned> count_{0};
};

}  // namespace aftercare::test
