#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "domain/ties.hpp"
#include "store/rows.hpp"
#include "store/store.hpp"

/// How cases of a shop stand to each other: links, and merges (domain/ties.hpp). Rows beside the streams.
namespace aftercare::store {

struct CaseLink {
    CaseId case_id, other_id;  ///< the first stands to the second as `relation` says
    ShopId shop_id;
    Relation relation{};
    StaffId linked_by;
    Instant linked_at;
    std::string linked_name{};  ///< only read
};
template <class Io>
void fields(Io& io, CaseLink& l) {
    io("case_id", l.case_id);
    io("other_id", l.other_id);
    io("shop_id", l.shop_id);
    io("relation", l.relation);
    io("linked_by", l.linked_by, maybe);
    io("linked_at", l.linked_at);
    io("linked_name", l.linked_name, maybe);
}

struct CaseMerge {
    CaseId case_id, into_id;
    ShopId shop_id;
    RawJson was;                    ///< the Matter before
    std::int64_t version = 0, into_version = 0;  ///< of both after it
    StaffId merged_by;
    Instant merged_at;
    std::string merged_name{};  ///< only read
};
template <class Io>
void fields(Io& io, CaseMerge& m) {
    io("case_id", m.case_id);
    io("into_id", m.into_id);
    io("shop_id", m.shop_id);
    io("was", m.was);
    io("version", m.version);
    io("into_version", m.into_version);
    io("merged_by", m.merged_by, maybe);
    io("merged_at", m.merged_at);
    io("merged_name", m.merged_name, maybe);
}

/// What was done in a case that goes on in another.
struct MergedOperation {
    static constexpr std::string_view kSchema = "MergedOperation";
    OperationId id;
    CaseId case_id;
    std::string case_number;
    OperationKind kind{};
    SubKind sub_kind{};
    DecisionState decision{};
    Reason reason{};
    std::int64_t amount_minor = 0;
    std::string currency;
    Instant requested_at;
};
template <class Io>
void fields(Io& io, MergedOperation& o) {
    io("id", o.id);
    io("case_id", o.case_id);
    io("case_number", o.case_number);
    io("kind", o.kind);
    io("sub_kind", o.sub_kind, maybe);
    io("decision", o.decision);
    io("reason", o.reason);
    io("amount_minor", o.amount_minor);
    io("currency", o.currency, maybe);
    io("requested_at", o.requested_at);
}

std::vector<CaseLink> links_of(Tx&, const CaseId&);
void put_link(Tx&, const CaseLink&);
/// Whichever way round it was made; how many there were.
std::int64_t drop_link(Tx&, const CaseId&, const CaseId& other);

/// Into this case, and of it; oldest first.
std::vector<CaseMerge> merges_of(Tx&, const CaseId&);
/// Of all cases that were merged into this one, and into those; oldest first.
std::vector<MergedOperation> merged_operations(Tx&, const CaseId&);
void insert_merge(Tx&, const CaseMerge&);
void drop_merge(Tx&, const CaseId&);
/// Rows of these cases, as the queue shows them; those of other shops are left out.
std::vector<CaseRow> case_rows(Tx&, const std::vector<std::string>& ids, const std::vector<std::string>& shops);
/// Nobody else changes them until this change ends: their orders, then the cases, each by id, so that no two changes wait for each other.
void hold_cases(Tx&, const std::vector<CaseId>&);
/// Where what comes for a merged case lands: the end of its chain; the case itself when it is not merged.
CaseId target_of(Tx&, CaseId);

}  // namespace aftercare::store
