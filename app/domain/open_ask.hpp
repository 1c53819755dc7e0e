#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/model/words.hpp>
#include <vector>

namespace aftercare {
/// What may be asked of somebody who may do more.
AC_WORDS(AskedWord, approve, submit_refund, propose, request, rule, resend, write_off);
}  // namespace aftercare

namespace aftercare::domain {

/// An act that waits for its answer (asked.hpp), as far as others look at it.
struct OpenAsk {
    TaskId task_id;
    StaffId asked_by;
    AskedWord command{};
    OperationKind kind{};            ///< request only
    std::vector<OrderLineId> lines;  ///< request only
};

}  // namespace aftercare::domain
