#include <aftercare/files/cells.hpp>
#include <aftercare/files/drop_folder.hpp>
#include <aftercare/files/encoding.hpp>
#include <aftercare/plugin.hpp>
#include <map>

namespace courier_manual {

using namespace aftercare;
using namespace aftercare::plugin;
using namespace aftercare::files;

struct Settings {
    ReturnAddress to;  // printed by the service
    std::string carrier, folder;
};
template <class Io>
void fields(Io& io, Settings& s) {
    fields(io, s.to);
    io("carrier", s.carrier, maybe, length(0, 60));
    io("folder", s.folder, maybe, length(0, 1'000));
}

/// Columns number and tracking; optional carrier.
Parsed<SentParcel> read_parcels(std::string_view text, const std::string& usual_carrier) {
    Parsed<SentParcel> parsed;
    const Table table = read_table(text);
    if (table.broken) return {{}, {*table.broken}};
    std::map<std::string, std::size_t> at;
    for (std::size_t i = 0; i < table.rows[0].cells.size(); ++i) at.emplace(lower(trimmed(table.rows[0].cells[i])), i);
    const auto column = [&](std::initializer_list<const char*> names) {
        for (const char* name : names)
            if (const auto found = at.find(name); found != at.end()) return found->second;
        return std::string::npos;
    };
    const auto number = column({"number", "key", "退货编号", "工单号"}), tracking = column({"tracking", "快递单号", "物流单号", "运单号"});
    const auto carrier = column({"carrier", "快递公司", "物流公司"});
    if (number == std::string::npos) parsed.problems.push_back({1, "missing_column_number"});
    if (tracking == std::string::npos) parsed.problems.push_back({1, "missing_column_tracking"});
    if (!parsed.problems.empty()) return parsed;
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        const auto& cells = table.rows[i].cells;
        const auto cell = [&](std::size_t which) { return which < cells.size() ? plain(cells[which]) : std::string(); };
        SentParcel parcel{{}, cell(number), cell(carrier), cell(tracking), {}};
        if (parcel.carrier.empty()) parcel.carrier = usual_carrier;
        parcel.id = parcel.tracking;
        const std::size_t row = table.rows[i].number;
        if (parcel.key.empty() || parcel.key.size() > 128) parsed.problems.push_back({row, "bad_number"});
        if (parcel.tracking.empty() || parcel.tracking.size() > 60) parsed.problems.push_back({row, "bad_tracking"});
        if (parcel.carrier.empty() || parcel.carrier.size() > 60) parsed.problems.push_back({row, "bad_carrier"});
        if (parsed.problems.size() >= 100) break;
        parsed.items.push_back(std::move(parcel));
    }
    if (!parsed.problems.empty()) parsed.items.clear();
    return parsed;
}

/// People hand parcels over; this gives each its booking and reads the numbers they write down (README.md).
class CourierManual final : public Courier<Settings> {
    Answer<CheckReply> check(Ctx& ctx) override {
        if (settings().folder.empty()) return CheckReply{"tracking numbers are typed in the case"};
        AC_TRY(const auto waiting, count_waiting("parcels", ctx.folder()));
        return CheckReply{std::to_string(waiting) + " files with tracking numbers are waiting"};
    }
    Answer<BookReply> book(const BookRequest& request, Ctx&) override {
        if (request.items.empty()) return refuse(ErrorClass::invalid, "no_items");
        return BookReply{"M-" + request.number, settings().carrier, {}};
    }
    Answer<PullReply<SentParcel>> pull_parcels(const PullFrom<CourierStream>& request, Ctx& ctx) override {
        if (settings().folder.empty()) return PullReply<SentParcel>{{}, request.cursor, false};
        return pull<SentParcel>("parcels", request, ctx, [&](std::string_view text, const FileInfo&) { return read_parcels(text, settings().carrier); });
    }
};

}  // namespace courier_manual

AC_PLUGIN(courier_manual::CourierManual)
