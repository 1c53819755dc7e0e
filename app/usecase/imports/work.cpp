#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include <array>
#include <fstream>
#include <limits>

#include "store/products.hpp"
#include "store/reviews.hpp"
#include "usecase/imports/import_file.hpp"
#include "usecase/imports/look.hpp"
#include "usecase/imports/people.hpp"

/// Imports carried out: by jobs, run by run, and by the command line at once.
namespace aftercare::usecase {
namespace {

namespace fs = std::filesystem;
using imports::errors_of, imports::file_of, imports::look_at;
using store::ImportRunRow;

constexpr Duration kLease = minutes(2);

Result<store::Shop> shop_of(Context& ctx, const ShopId& id) {
    return ctx.store.read([&](store::Tx& tx) -> Result<store::Shop> {
        auto found = store::find_shop(tx, id);
        if (!found) return fail(ErrorKind::not_found, "shop_not_found");
        return std::move(*found);
    });
}

/// One run, carried out. Everything it tells the database goes through the run's row.
class Work {
   public:
    Work(Context& ctx, ImportRunRow row, fs::path file, fs::path errors, std::function<bool()> stop)
        : ctx_(ctx), row_(std::move(row)), file_(std::move(file)), errors_path_(std::move(errors)), stop_(std::move(stop)) {}

    std::function<void(const ImportSummary&, std::int64_t, std::int64_t)> progress;

    Result<ImportSummary> import(bool dry) {
        const auto sum = carry_out(dry);
        const std::string code = sum ? "" : sum.error().code;
        if (code == "import_interrupted") return release(), sum;
        if (code == "import_changed") return sum;  // somebody cancelled it, or goes on with it
        const bool passes = !sum && sum.error().kind == ErrorKind::unavailable;
        const auto finish = [&](ImportRunRow& row) {
            if (row.state != (dry ? ImportState::previewing : ImportState::running)) return void(row.lease_until = {});
            row.error = code;
            if (passes) return;  // tried again when the lease runs out
            row.lease_until = {};
            row.state = dry ? ImportState::ready : sum ? ImportState::done : ImportState::failed;
            row.ended_at = ctx_.clock.now();
            if (sum) (dry ? row.preview : row.summary) = RawJson{encode(*sum)};
        };
        AC_CHECK(change(finish));
        std::error_code ignored;  // the hourly sweep finds what stays
        if (!dry && !passes && row_.content_hash.empty()) fs::remove(file_, ignored);
        return sum;
    }

    Result<void> revert() {
        std::int64_t kept = 0;
        for (const bool products : {false, true}) {
            AC_TRY(const std::int64_t stayed, erase_all(products));
            kept += stayed;
        }
        return change([&](ImportRunRow& row) {
            row.state = ImportState::reverted;
            row.kept = kept;
            row.lease_until = {};
            row.ended_at = ctx_.clock.now();
        });
    }

   private:
    Result<ImportSummary> carry_out(bool dry) {
        AC_TRY(const auto shop, shop_of(ctx_, row_.shop_id));
        const auto kind = from_word<ImportKind>(row_.kind).value_or(ImportKind::orders);
        const auto mapping = decode<ImportMapping>(row_.options.text).value_or(ImportMapping{});
        AC_TRY(const auto looked, look_at(ctx_, file_, kind, mapping));
        AC_TRY(const auto table, imports::Table::open(file_, ctx_.imports_folder));
        std::ofstream errors(errors_path_, std::ios::binary);
        const auto before = dry ? ImportSummary{} : decode<ImportSummary>(row_.summary.text).value_or(ImportSummary{});
        const auto checkpoint = [&](store::Tx& tx, const ImportSummary& sum, std::int64_t bytes, std::int64_t done) -> Result<void> {
            if (stop_ && stop_()) return fail(ErrorKind::unavailable, "import_interrupted");
            AC_TRY(auto row, store::find_run(tx, row_.id));
            if (row.state != (dry ? ImportState::previewing : ImportState::running)) return fail(ErrorKind::conflict, "import_cancelled");
            (dry ? row.preview : row.summary) = RawJson{encode(sum)};
            row.done_bytes = bytes;
            row.done_units = done;
            row.error.clear();
            row.lease_until = ctx_.clock.now() + kLease;
            AC_CHECK(store::update_run(tx, row));
            if (progress) progress(sum, bytes, table->bytes());
            return {};
        };
        const auto sum = imports::import_file(ctx_, {shop, row_.id, kind, mapping, looked.dates, dry, dry ? 0 : row_.done_units, before, *table, errors, checkpoint});
        if (!errors.flush()) return fail(Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, "the error file could not be written"});
        return sum;
    }

    /// The run's row as it is now, changed by `fn(row)`.
    template <class Fn>
    Result<void> change(Fn&& fn) {
        const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
        const auto done = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
            AC_TRY(auto row, store::find_run(tx, row_.id));
            fn(row);
            AC_CHECK(store::update_run(tx, row));
            return Done{};
        }, {}, db::Lane::bulk);
        AC_CHECK(done);
        ctx_.store.hint({"import", row_.id.value, row_.shop_id, 0});
        return {};
    }
    void release() {
        const auto let_go = change([](ImportRunRow& row) { row.lease_until = {}; });
        static_cast<void>(let_go);  // else the lease runs out by itself
    }

    Result<bool> erase(store::Tx& tx, const store::ImportItem& item) const {
        if (item.kind == "case") return store::erase_case(tx, CaseId(item.ref_id), item.stamp);
        if (item.kind == "order") return store::erase_order(tx, OrderId(item.ref_id));
        if (item.kind == "customer") return store::erase_customer(tx, CustomerId(item.ref_id), row_.id);
        if (item.kind == "product") return store::erase_product(tx, ProductId(item.ref_id));
        if (item.kind == "review") return store::erase_review(tx, ReviewId(item.ref_id));
        if (item.kind == "profile") imports::unsay(tx, CustomerId(item.ref_id), "import:" + row_.id.value);
        if (item.kind == "product_before") return put_back(tx, item);
        if (item.kind == "note") store::erase_note(tx, CustomerNoteId(item.ref_id));
        if (item.kind == "tag") store::remove_tag(tx, CustomerId(item.ref_id.substr(0, item.ref_id.find('\n'))), item.ref_id.substr(item.ref_id.find('\n') + 1));
        return true;
    }

    // False when somebody changed the product since.
    static Result<bool> put_back(store::Tx& tx, const store::ImportItem& item) {
        AC_TRY(const Product before, decode<Product>(item.ref_id.substr(item.ref_id.find('\n') + 1)));
        const auto now = store::find_product(tx, before.id);
        if (!now || now->changed_at.ms != item.stamp) return false;
        store::update_product(tx, before);
        return true;
    }

    // Newest first; products in a second walk, when the orders that sold them are gone. How many things stayed.
    Result<std::int64_t> erase_all(bool products) {
        std::int64_t before = std::numeric_limits<std::int64_t>::max(), kept = 0;
        for (std::size_t seen = 1; seen > 0;) {
            std::int64_t stayed = 0, next = before;
            const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
            const auto slice = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
                if (stop_ && stop_()) return fail(ErrorKind::unavailable, "import_interrupted");
                stayed = 0;
                const auto items = store::last_items(tx, row_.id, before, 100);
                seen = items.size();
                for (const auto& item : items) {
                    next = item.seq;
                    if ((item.kind == "product") != products) continue;
                    AC_TRY(const bool gone, erase(tx, item));
                    if (gone) store::delete_item(tx, row_.id, item.seq);
                    else ++stayed;
                }
                AC_TRY(auto row, store::find_run(tx, row_.id));
                row.lease_until = guard.now + kLease;
                AC_CHECK(store::update_run(tx, row));
                if (seen == 0 && products) store::delete_adjustments(tx, row_.id);
                return Done{};
            }, {}, db::Lane::bulk);
            AC_CHECK(slice);
            before = next;
            kept += stayed;
        }
        return kept;
    }

    Context& ctx_;
    ImportRunRow row_;
    const fs::path file_, errors_path_;
    const std::function<bool()> stop_;
};

// Takes the lease of a due run; nullopt when another worker was faster.
std::optional<ImportRunRow> claim(Context& ctx, const ImportRunId& id) {
    const Guard guard{"system", {}, {}, {}, ctx.clock.now()};
    const auto row = ctx.store.change(guard, [&](store::Tx& tx) -> Result<ImportRunRow> {
        AC_TRY(auto found, store::find_run(tx, id));
        if (found.lease_until >= guard.now) return fail(ErrorKind::conflict, "import_changed");
        found.lease_until = guard.now + kLease;
        AC_CHECK(store::update_run(tx, found));
        return found;
    });
    if (!row) return std::nullopt;
    return *row;
}

Result<ImportedNow> count_only(Context& ctx, const ImportNow& in, DateOrder dates) {
    AC_TRY(const auto shop, shop_of(ctx, in.shop_id));
    AC_TRY(const auto table, imports::Table::open(in.file, ctx.imports_folder));
    std::ofstream errors(in.errors, std::ios::binary);
    const auto tell = [&](store::Tx&, const ImportSummary& sum, std::int64_t bytes, std::int64_t) -> Result<void> {
        if (in.progress) in.progress(sum, bytes, table->bytes());
        return {};
    };
    AC_TRY(const auto sum, imports::import_file(ctx, {shop, {}, in.kind, in.mapping, dates, true, 0, {}, *table, errors, tell}));
    return ImportedNow{{}, sum, in.errors};
}

void go_on(Context& ctx, const ImportRunRow& row, const std::function<bool()>& stop) {
    Work work(ctx, row, file_of(ctx, row.id), errors_of(ctx, row.id), stop);
    if (row.state == ImportState::reverting) {
        const auto reverted = work.revert();
        static_cast<void>(reverted);  // interrupted: its lease runs out and the next worker goes on
    } else {
        const auto done = work.import(row.state == ImportState::previewing);
        static_cast<void>(done);  // told in the run's row
    }
}

}  // namespace

bool work_on_imports(Context& ctx, const std::function<bool()>& stop) {
    if (ctx.imports_folder.empty()) return false;
    const auto due = ctx.store.read([&](store::Tx& tx) -> Result<std::vector<ImportRunRow>> { return store::due_runs(tx, ctx.clock.now()); });
    bool worked = false;
    for (const auto& each : due ? *due : std::vector<ImportRunRow>{}) {
        std::error_code ignored;
        // another machine's upload
        if (each.state != ImportState::reverting && !fs::exists(file_of(ctx, each.id), ignored)) continue;
        if (stop()) break;
        if (const auto row = claim(ctx, each.id)) go_on(ctx, *row, stop), worked = true;
    }
    return worked;
}

Result<ImportRun> revert_now(Context& ctx, const Actor& actor, const Guard& guard, const OneImport& in, const std::function<bool()>& stop) {
    AC_CHECK(revert_import(ctx, actor, guard, in));
    if (const auto row = claim(ctx, in.import_id)) go_on(ctx, *row, stop);
    return get_import(ctx, actor, in);
}

namespace {

std::string content_hash(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    Poco::SHA2Engine engine;
    std::array<char, 64 * 1'024> part;
    while (in.read(part.data(), part.size()) || in.gcount() > 0) engine.update(part.data(), static_cast<std::size_t>(in.gcount()));
    return Poco::DigestEngine::digestToHex(engine.digest());
}

}  // namespace

Result<ImportedNow> import_now(Context& ctx, const Actor& actor, const ImportNow& in) {
    AC_CHECK(require(actor, Permission::import_data));
    AC_CHECK(require_shop(actor, in.shop_id));
    std::error_code failed;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(in.file, failed));
    if (failed) return fail(ErrorKind::invalid, "file_missing");
    AC_TRY(const auto looked, look_at(ctx, in.file, in.kind, in.mapping));
    if (in.dry) return count_only(ctx, in, looked.dates);
    const Guard guard{actor.principal, {}, {}, {}, ctx.clock.now()};
    ImportRunRow row;
    row.id = ctx.ids.make<ImportRunId>();
    row.shop_id = in.shop_id;
    row.kind = word(in.kind);
    row.state = ImportState::running;
    row.file_name = in.file.filename().string();
    row.bytes = row.received = bytes;
    row.options.text = encode(in.mapping);
    row.started_by = actor.staff_id;
    row.created_at = row.started_at = guard.now;
    row.lease_until = guard.now + kLease;
    row.content_hash = content_hash(in.file);
    AC_TRY(row, ctx.store.change(guard, [&](store::Tx& tx) -> Result<ImportRunRow> {
        auto old = store::interrupted_run(tx, in.shop_id, row.kind, row.content_hash);
        if (!old) {
            store::insert_run(tx, row);
            return row;
        }
        if (old->lease_until >= guard.now) return fail(ErrorKind::conflict, "import_under_way");
        old->options = row.options;
        old->lease_until = row.lease_until;
        AC_CHECK(store::update_run(tx, *old));
        return *old;
    }));
    const fs::path errors = in.errors.empty() ? errors_of(ctx, row.id) : in.errors;
    Work work(ctx, row, in.file, errors, in.stop);
    work.progress = in.progress;
    AC_TRY(const auto sum, work.import(false));
    return ImportedNow{row.id, sum, errors};
}

void forget_import_files(Context& ctx) {
    std::error_code failed;
    for (const auto& each : fs::directory_iterator(ctx.imports_folder, failed)) {
        const auto written = each.last_write_time(failed);
        if (!failed && fs::file_time_type::clock::now() - written > std::chrono::hours(24 * 30)) fs::remove(each.path(), failed);
    }
}

}  // namespace aftercare::usecase
