#pragma once
#include "domain/closing.hpp"
#include "usecase/context.hpp"
#include "usecase/views.hpp"

namespace aftercare::usecase {

/// A closing with the facts that are missing. `prevention`: how it will not happen again, kept as an internal note.
struct CloseCaseIn {
    CaseId case_id;
    domain::CloseWith command;
    std::string prevention;
};
template <class Io>
void fields(Io& io, CloseCaseIn& in) {
    io("case_id", in.case_id);
    fields(io, in.command);
    io("prevention", in.prevention, maybe, length(0, 4'000));
}
Result<CaseChanged> close_with(Context&, const Actor&, const Guard&, const CloseCaseIn&);

}  // namespace aftercare::usecase
