#include "usecase/kinds.hpp"

#include "domain/guards.hpp"
#include "domain/policies.hpp"

namespace aftercare::usecase {

Result<KindList> list_kinds(Context&, const Actor&, const Nothing&) {
    KindList list;
    for (const auto& rule : domain::table::kKinds) {
        KindView view{rule.kind, rule.sub_kind, {}, {}, rule.amount, rule.window, rule.comes_back, false, false};
        view.ships_back = rule.comes_back && rule.sub_kind != SubKind::intercept;  // a stopped parcel comes back by itself
        // a part has no goods of its own to choose, and repaired goods are the customer's
        view.chooses = rule.goes_out && rule.kind != OperationKind::repair && rule.sub_kind != SubKind::part;
        for (const auto& [bucket, name] : Words<Bucket>::all)
            if (domain::in(rule.home, bucket)) view.home.push_back(bucket);
        for (const auto& [reason, name] : Words<Reason>::all)
            if (domain::suits(reason, rule))
                view.reasons.push_back({reason, domain::rule_of(reason).fault, domain::needs_photo(rule, reason), domain::needs_lines(rule, reason)});
        list.items.push_back(std::move(view));
    }
    return list;
}

}  // namespace aftercare::usecase
