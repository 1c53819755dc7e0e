#include "usecase/imports/import_file.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <unordered_set>

#include "store/products.hpp"
#include "usecase/imports/record_slice.hpp"

namespace aftercare::usecase::imports {
namespace {

constexpr std::int64_t kWindow = 2'000;  // rows an order may pause before it counts as whole
constexpr std::size_t kLeastRows = 100, kMostRows = 5'000;
constexpr std::int64_t kSliceMs = 40;
constexpr std::size_t kMostNames = 200'000;  // distinct products and names held at once

// Collects the rows of each order until none came for kWindow rows; keeps the order in which they began.
class Window {
   public:
    void add(Line line, std::int64_t row, std::int64_t file_row) {
        const std::string number = line.number;
        auto [at, is_new] = open_.try_emplace(number);
        if (is_new) order_.push_back(number);
        at->second.invoice.lines.push_back(std::move(line));
        at->second.invoice.rows.push_back(file_row);
        at->second.last_row = row;
    }
    std::vector<Invoice> take(std::int64_t row, bool all) {
        std::vector<Invoice> whole;
        while (!order_.empty() && (all || open_.at(order_.front()).last_row + kWindow < row)) {
            auto node = open_.extract(order_.front());
            order_.pop_front();
            whole.push_back(std::move(node.mapped().invoice));
        }
        return whole;
    }

   private:
    struct Open {
        Invoice invoice;
        std::int64_t last_row = 0;
    };
    std::map<std::string, Open> open_;
    std::deque<std::string> order_;
};

/// The products that an order file names, written when all is read: most rows name one that was named before.
struct Catalog {
    struct Entry {
        std::map<std::string, std::int64_t> names;
        bool charge = false;
    };
    std::map<std::string, Entry> by_sku;
    std::size_t held = 0;

    void see(const Line& line) {
        if (line.sku.empty()) return;
        Entry& entry = by_sku[line.sku];
        entry.charge = line.charge;
        const auto [at, is_new] = entry.names.try_emplace(line.name, 0);
        ++at->second;
        held += is_new ? 1 : 0;
    }
};

std::string channel_of(const ImportMapping& mapping) {
    const auto end = mapping.preset.find('_');
    const std::string platform = mapping.preset.substr(0, end);
    return platform == "taobao" || platform == "pinduoduo" || platform == "doudian" ? platform : "file";
}

class Import {
   public:
    Import(Context& ctx, const FileImport& in, Sheet sheet)
        : ctx_(ctx), in_(in), sheet_(std::move(sheet)), errors_(in.errors),
          run_{in.shop, in.run, channel_of(in.mapping), sheet_.columns.has(Field::line_number), in.mapping.dedupe, in.resumed, in.dry, &seen_} {}

    Result<ImportSummary> run() {
        const Instant began = ctx_.clock.now();
        errors_.row(std::vector<std::string>{"row", "line", "reason", "content"});
        env::CsvRow row;
        for (env::CsvStep step = in_.table.next(row); step != env::CsvStep::end; step = in_.table.next(row)) {
            ++total_.rows;
            if (step == env::CsvStep::bad) reject(row.number, row.line, row.reason, row.raw);
            else take(row);
            if (waits_for_slice()) AC_CHECK(flush(false));
        }
        AC_CHECK(flush(true));
        AC_CHECK(write_catalog());
        total_.customers = static_cast<std::int64_t>(people_.size());
        total_.milliseconds = (ctx_.clock.now() - began).ms;
        return total_;
    }

   private:
    bool waits_for_slice() const { return in_.kind == ImportKind::orders ? total_.rows % 500 == 0 : records_.size() >= slice_rows_; }

    void reject(std::int64_t row, std::int64_t line, std::string_view reason, const std::string& raw) {
        ++total_.rejected;
        errors_.row(std::vector<std::string>{std::to_string(row), std::to_string(line), std::string(reason), raw});
    }

    void take(const env::CsvRow& row) {
        if (in_.kind == ImportKind::orders) return take_line(row);
        auto record = read_record(row.fields);
        if (!record) return reject(row.number, row.line, record.error().code, row.raw);
        if (const auto* customer = std::get_if<CustomerRow>(&*record)) people_.insert(person_key(customer->person));
        records_.push_back({std::move(*record), row.number, row.line, row.raw});
    }

    Result<decltype(RecordRow::record)> read_record(const std::vector<std::string>& row) const {
        using Any = decltype(RecordRow::record);
        const auto any = [](auto read) -> Result<Any> {
            if (!read) return tl::unexpected(read.error());
            return Any(std::move(*read));
        };
        switch (in_.kind) {
            case ImportKind::customers: return any(read_customer(row, sheet_));
            case ImportKind::products: return any(read_product(row, sheet_));
            case ImportKind::after_sales: return any(read_after_sale(row, sheet_));
            default: return any(read_review(row, sheet_));
        }
    }

    void take_line(const env::CsvRow& row) {
        auto line = read_line(row.fields, sheet_);
        if (!line) return reject(row.number, row.line, line.error().code, row.raw);
        if (line->kind == RowKind::adjustment) {
            ++total_.adjustments;
            adjustments_.push_back({row.number, std::string(line->reason), row.raw.substr(0, 4'000)});
            return;
        }
        if (const auto key = person_key(line->person); !key.empty()) people_.insert(key);
        catalog_.see(*line);
        window_.add(std::move(*line), total_.rows, row.number);
    }

    Result<void> flush(bool all) {
        for (Invoice& invoice : window_.take(total_.rows, all)) {
            if (run_.resumed) invoice.written_before = numbers_seen_.insert(std::hash<std::string>{}(invoice.number())).second;
            waiting_rows_ += invoice.lines.size();
            waiting_.push_back(std::move(invoice));
            if (waiting_rows_ >= slice_rows_) AC_CHECK(write_slice());
        }
        if (records_.size() >= slice_rows_ || (all && !records_.empty())) AC_CHECK(write_records());
        if (catalog_.held >= kMostNames) AC_CHECK(write_catalog());
        if (!all) return {};
        return write_slice();
    }

    /// One transaction (of a dry run: a reading one): `fn(Tx&, const Guard&) → Result<ImportSummary>`, added to the total.
    template <class Fn>
    Result<void> slice(std::size_t rows, Fn&& fn) {
        const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
        const std::int64_t position = in_.table.position();
        const auto write = [&](store::Tx& tx) -> Result<ImportSummary> {
            AC_TRY(const ImportSummary part, fn(tx, guard));
            if (in_.dry) return part;
            for (const auto& each : adjustments_) store::insert_adjustment(tx, in_.run, each);
            AC_CHECK(in_.checkpoint(tx, so_far(part), position));
            return part;
        };
        const auto part = in_.dry ? ctx_.store.read(write) : ctx_.store.change(guard, write, {}, db::Lane::bulk);
        AC_CHECK(part);
        if (in_.dry) {
            const auto told = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
                AC_CHECK(in_.checkpoint(tx, so_far(*part), position));
                return Done{};
            }, {}, db::Lane::bulk);
            AC_CHECK(told);
        }
        adjustments_.clear();
        total_ += *part;
        const std::int64_t took = std::max<std::int64_t>(1, (ctx_.clock.now() - guard.now).ms);
        const auto fair = static_cast<std::size_t>(static_cast<std::int64_t>(rows) * kSliceMs / took);
        if (rows >= kLeastRows) slice_rows_ = std::clamp(fair, std::max(kLeastRows, slice_rows_ / 2), std::min(kMostRows, slice_rows_ * 2));
        return {};
    }

    ImportSummary so_far(const ImportSummary& part) const {
        ImportSummary sum = total_;
        sum += part;
        sum.customers = static_cast<std::int64_t>(people_.size());
        return sum;
    }

    // Drawn before the change: at most one case per returned row and one per cancellation.
    Result<std::vector<std::string>> draw(std::size_t count) {
        std::vector<std::string> numbers;
        while (numbers.size() < count && !in_.dry) {
            AC_TRY(numbers.emplace_back(), ctx_.store.next_case_number());
        }
        return numbers;
    }

    Result<void> write_slice() {
        if (waiting_.empty() && adjustments_.empty()) return {};
        std::size_t cases = 0;
        for (const Invoice& invoice : waiting_) cases += invoice.is_return() ? invoice.lines.size() + 1 : 0;
        AC_TRY(const auto numbers, draw(cases));
        AC_CHECK(slice(waiting_rows_, [&](store::Tx& tx, const Guard& guard) -> Result<ImportSummary> {
            return OrderSlice(ctx_, tx, run_, guard, numbers).write(waiting_);
        }));
        waiting_.clear();
        waiting_rows_ = 0;
        return {};
    }

    Result<void> write_records() {
        AC_TRY(const auto numbers, draw(in_.kind == ImportKind::after_sales ? records_.size() : 0));
        RecordSlice::Written written;
        AC_CHECK(slice(records_.size(), [&](store::Tx& tx, const Guard& guard) -> Result<ImportSummary> {
            AC_TRY(written, RecordSlice(ctx_, tx, run_, guard, numbers).write(records_));
            return written.sum;
        }));
        for (const auto& [at, reason] : written.rejected) reject(records_[at].row, records_[at].line, reason, records_[at].raw);
        records_.clear();
        return {};
    }

    Result<void> write_catalog() {
        for (auto at = catalog_.by_sku.begin(); at != catalog_.by_sku.end();) {
            const auto from = at;
            std::size_t names = 0;
            for (; at != catalog_.by_sku.end() && names < 500; ++at) names += at->second.names.size();
            AC_CHECK(slice(0, [&](store::Tx& tx, const Guard& guard) { return write_products(tx, guard, from, at); }));
        }
        catalog_ = {};
        return {};
    }

    using Skus = std::map<std::string, Catalog::Entry>::const_iterator;
    Result<ImportSummary> write_products(store::Tx& tx, const Guard& guard, Skus from, Skus to) const {
        ImportSummary sum;
        std::int64_t item = in_.dry ? 0 : store::last_item(tx, in_.run);
        for (auto at = from; at != to; ++at) {
            const auto& names = at->second.names;
            const auto most = std::max_element(names.begin(), names.end(), [](const auto& a, const auto& b) {
                return std::pair(!a.first.empty(), a.second) < std::pair(!b.first.empty(), b.second);
            });
            auto known = store::product_by_sku(tx, in_.shop.id, at->first);
            if (!known) {
                ++sum.products_added;
                if (in_.dry) continue;
                known = Product{ctx_.ids.make<ProductId>(), in_.shop.id, at->first, most->first, {}, {}, {}, 0, {}, at->second.charge, guard.now, guard.now};
                store::insert_product(tx, *known);
                store::insert_item(tx, in_.run, {++item, "product", known->id.value, 0});
            }
            if (in_.dry || total_.orders_added == 0) continue;  // nothing new: its names were counted when it came
            for (const auto& [name, uses] : names)
                if (!name.empty()) store::use_name(tx, known->id, {name, uses});
        }
        return sum;
    }

    Context& ctx_;
    const FileImport& in_;
    const Sheet sheet_;
    env::CsvWriter errors_;
    std::set<std::string> seen_;  // of a dry run
    const SliceRun run_;
    Window window_;
    Catalog catalog_;
    std::vector<Invoice> waiting_;
    std::vector<RecordRow> records_;
    std::vector<store::ImportAdjustment> adjustments_;
    std::size_t waiting_rows_ = 0, slice_rows_ = 500;
    std::unordered_set<std::string> people_;
    std::unordered_set<std::size_t> numbers_seen_;  // of a resumed run
    ImportSummary total_;
};

}  // namespace

Result<ImportSummary> import_file(Context& ctx, const FileImport& in) {
    env::CsvRow header;
    if (in.table.next(header) != env::CsvStep::row) return fail(ErrorKind::invalid, "file_empty");
    AC_TRY(const Columns columns, find_columns(in.kind, header.fields, in.mapping));
    AC_TRY(const auto zone, env::Zone::find(in.shop.zone));
    const DateOrder dates = in.mapping.dates == DateOrder::automatic ? in.dates : in.mapping.dates;
    return Import(ctx, in, Sheet{columns, zone, dates, in.mapping.charge_codes, in.mapping.shipping_codes}).run();
}

}  // namespace aftercare::usecase::imports
