#include "usecase/reports.hpp"

#include "usecase/facts.hpp"

namespace aftercare::usecase {

Result<CausesReport> causes_report(Context& ctx, const Actor& actor, const CausesQuery& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    if (in.to <= in.from || in.to > in.from + days(kMostReportDays)) return fail_field("/to", "out_of_range");
    return ctx.store.read([&](store::Tx& tx) -> Result<CausesReport> {
        return store::causes_report(tx, shops_for(tx, actor, in.shop_id), in.from, in.to, in.cause.value_or(""));
    });
}

}  // namespace aftercare::usecase
